/* Templates: the workspace's own before the installed one, and nothing from elsewhere. */
#include "workspace/templates.h"

#include "../base/found.h"

Test(workspace, templates, SCRATCH)
{
	sh("mkdir -p own installed && echo own >own/a.md && echo installed | tee installed/a.md "
	   ">installed/b.md && echo secret >secret.md && mkdir own/b.md installed/d.md && "
	   "printf '\\307\\337' >installed/gbk.md && printf '\\307' >installed/cut.md && echo "
	   "hidden >installed/.hidden");
	struct templates both = { in("own"), in("installed") };
	struct templates only = { NULL, in("installed") };
	static const struct {
		int own;
		const char *name, *text; /* NULL: refused, with `word` */
		const char *word;
	} cases[] = {
		{ 1, "a.md", "own\n", NULL },
		{ 0, "a.md", "installed\n", NULL },
		{ 1, "b.md", "installed\n", NULL }, /* a folder is no template */
		{ 1, "c.md", NULL, "there is no template 'c.md' in " },
		{ 1, "d.md", NULL, "there is no template 'd.md' in " },
		{ 1, "", NULL, "there is no template '' in " },
		/* Names come from a template's own {{>partial}}, too. */
		{ 1, "../secret.md", NULL, "there is no template '../secret.md'" },
		{ 1, "/etc/passwd", NULL, "there is no template" },
		{ 1, "x/../../secret.md", NULL, "there is no template" },
		{ 1, ".hidden", NULL, "there is no template" },
		{ 1, "gbk.md", "沁", NULL },
		{ 1, "cut.md", NULL, "cut.md' is neither UTF-8 nor GB18030 (line 1)" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };
		struct err err = { 0 };
		int rc = template_read(cases[i].own ? &both : &only, cases[i].name, &out, &err);

		cr_expect_eq(rc, cases[i].text ? 0 : -1, "%s", cases[i].name);
		if (cases[i].text) {
			cr_expect_str_eq(buf_str(&out), cases[i].text, "%s", cases[i].name);
		} else {
			cr_expect_eq(err.kind, ERR_USAGE, "%s", cases[i].name);
			cr_expect(strstr(err.text, cases[i].word), "%s", err.text);
		}
		buf_release(&out);
	}
	/* What is there is appended to. */
	struct buf out = { 0 };
	struct err err;

	buf_adds(&out, "\xC7 before ");
	cr_expect_eq(template_read(&both, "a.md", &out, &err), 0);
	cr_expect_str_eq(buf_str(&out), "\xC7 before own\n");
	buf_release(&out);
	cr_expect_str_eq(template_find(&both, "a.md", &scratch_arena), in("own/a.md"));
	cr_expect_str_eq(template_find(&both, "b.md", &scratch_arena), in("installed/b.md"));
	cr_expect_null(template_find(&both, "c.md", &scratch_arena));
}
