/* Files: read whole within a limit, written whole or not at all. */
#include "base/file.h"

#include "found.h"

#include <sys/stat.h>

Test(base, paths)
{
	static const struct {
		const char *folder, *name, *joined;
	} joins[] = {
		{ "inbox", "sfj", "inbox/sfj" },
		{ "inbox/", "sfj", "inbox/sfj" },
		{ "inbox///", "sfj/a.md", "inbox/sfj/a.md" },
		{ ".", "report.ini", "report.ini" },
		{ "", "report.ini", "report.ini" },
		{ "/", "tmp", "/tmp" },
		{ "a", "/absolute", "/absolute" },
		{ "../沁水县", "年报", "../沁水县/年报" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(joins); i++)
		cr_expect_str_eq(
		    path_join(&arena, joins[i].folder, joins[i].name), joins[i].joined);
	cr_expect_str_eq(path_base("inbox/sfj/a.md"), "a.md");
	cr_expect_str_eq(path_base("a.md"), "a.md");
	cr_expect_str_eq(path_base("inbox/"), "");
	cr_expect(path_has_ending("a.md", ".md"));
	cr_expect(path_has_ending("附件.csv", ".csv"));
	cr_expect_not(path_has_ending(".md", ".md"), "nothing before it");
	cr_expect(path_has_ending("a.MD", ".md"));
	cr_expect_not(path_has_ending("md", ".md"));
	arena_release(&arena);
}

Test(base, file_read, SCRATCH)
{
	struct buf out = { 0 };
	struct err err = { 0 };

	put("a", "一\0二", 7);
	sh("mkdir folder && mkfifo pipe && ln -s a link && : >empty");
	cr_expect_eq(file_type(in("a")), FILE_REGULAR);
	cr_expect_eq(file_type(in("link")), FILE_REGULAR);
	cr_expect_eq(file_type(in("folder")), FILE_FOLDER);
	cr_expect_eq(file_type(in("pipe")), FILE_OTHER);
	cr_expect_eq(file_type(in("none")), FILE_NONE);

	/* What is there is appended to, and the limit counts the file alone. */
	buf_adds(&out, "before ");
	cr_expect_eq(file_read(in("a"), 7, &out, &err), 0);
	cr_expect_eq(out.len, 14);
	cr_expect_eq(memcmp(out.data, "before 一\0二", 15), 0);
	cr_expect_eq(file_read(in("empty"), 0, &out, &err), 0);
	cr_expect_eq(out.len, 14);
	cr_expect_eq(err.kind, ERR_NONE, "untouched on success");

	/* The subject in quotes, the cause behind a colon. */
	struct {
		const char *name;
		uint64_t limit;
		enum err_kind kind;
		const char *cause;
	} failing[] = {
		{ "none", 100, ERR_SYSTEM, "': No such file or directory" },
		{ "folder", 100, ERR_INPUT, "': it is no regular file" },
		{ "pipe", 100, ERR_INPUT, "': it is no regular file" }, /* and does not hang */
		{ "a", 6, ERR_INPUT, "': it is larger than the limits allow" },
		/* A file that does not tell its size, or grows while it is read. */
		{ "/proc/self/maps", 100, ERR_INPUT, "': it is larger than the limits allow" },
	};
	for (size_t i = 0; i < COUNT(failing); i++) {
		err = (struct err){ 0 };
		cr_expect_lt(file_read(in(failing[i].name), failing[i].limit, &out, &err), 0);
		cr_expect_eq(err.kind, failing[i].kind, "%s", failing[i].name);
		cr_expect_str_eq(strstr(err.text, "'") ? err.text + strcspn(err.text, ":") - 1 : "",
		    failing[i].cause, "%s", err.text);
		cr_expect(strstr(err.text, in(failing[i].name)));
		cr_expect_eq(out.len, 14, "%s: the buffer is as it was", failing[i].name);
		cr_expect_eq(out.data[out.len], '\0');
	}
	buf_release(&out);
}

Test(base, file_write, SCRATCH)
{
	struct buf old;
	struct err err = { 0 };
	struct arena arena = { 0 };
	char **names;
	size_t count;

	cr_assert_eq(file_write(in("new"), "一", 3, &err), 0, "%s", err.text);
	cr_assert_eq(file_write(in("new"), "二三", 6, &err), 0);
	cr_assert_eq(file_write(in("空"), "", 0, &err), 0);
	old = bytes_of("new");
	cr_expect_str_eq(buf_str(&old), "二三");
	buf_release(&old);

	/* A folder in the way, or none to write into: nothing is changed and no litter left. */
	sh("mkdir -p taken/full");
	cr_expect_lt(file_write(in("taken"), "x", 1, &err), 0);
	cr_expect_eq(err.kind, ERR_SYSTEM);
	cr_expect(strstr(err.text, in("taken")), "%s", err.text);
	cr_expect_lt(file_write(in("none/new"), "x", 1, &err), 0);
	cr_expect(strstr(err.text, "No such file"), "%s", err.text);
	cr_assert_eq(folder_list(scratch, &arena, &names, &count, &err), 0);
	cr_expect_eq(count, 3);
	cr_expect_str_eq(names[0], "new");
	cr_expect_str_eq(names[1], "taken");
	cr_expect_str_eq(names[2], "空");

	cr_expect_eq(folder_make(in("a/b/c"), &err), 0);
	cr_expect_eq(folder_make(in("a/b/c/"), &err), 0, "one that is there is fine");
	cr_expect_eq(file_type(in("a/b/c")), FILE_FOLDER);
	cr_expect_lt(folder_make(in("new/below"), &err), 0);
	cr_expect(strstr(err.text, in("new")), "%s", err.text);
	cr_assert_eq(folder_list(in("a/b/c"), &arena, &names, &count, &err), 0);
	cr_expect_eq(count, 0);
	err = (struct err){ 0 };
	cr_expect_lt(folder_list(in("none"), &arena, &names, &count, &err), 0);
	cr_expect_eq(err.kind, ERR_SYSTEM);
	arena_release(&arena);
}
