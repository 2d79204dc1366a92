/* Findings: their wording, order, and the fingerprint by which one is waived. */
#include "base/finding.h"

#include "base/utf8.h"
#include "found.h"

/* Codes are what people and waivers refer to: each one once, in lower case, with its meaning. */
Test(base, codes)
{
	for (size_t i = 0; i < CODE_COUNT; i++) {
		const struct code_info *code = &code_table[i];
		size_t n = strspn(code->id, "abcdefghijklmnopqrstuvwxyz-");

		cr_expect(n > 0 && code->id[n] == '.' &&
		              strspn(code->id + n + 1, "abcdefghijklmnopqrstuvwxyz-") ==
		                  strlen(code->id + n + 1),
		    "%s", code->id);
		cr_expect(code->severity >= NB_NOTE && code->severity <= NB_ERROR);
		cr_expect(*code->meaning);
		for (size_t k = 0; k < i; k++)
			cr_expect_str_neq(code->id, code_table[k].id);
	}
	cr_expect_str_eq(severity_id(NB_NOTE), "note");
	cr_expect_str_eq(severity_id(NB_WARNING), "warning");
	cr_expect_str_eq(severity_id(NB_ERROR), "error");
}

Test(base, finding_line)
{
	static const struct {
		struct finding finding;
		const char *line;
	} cases[] = {
		/* The form compilers use, so that editors can jump. */
		{ { .code = "supervision.outcomes-sum",
		      .severity = NB_ERROR,
		      .at = { "inbox/sfj/submission.ini", 14, 0 },
		      .message = "%s: %s",
		      .args = { "审结数", "11 ≠ 2+2" } },
		    "inbox/sfj/submission.ini:14: error: 审结数: 11 ≠ 2+2 "
		    "[supervision.outcomes-sum]" },
		{ { .code = "list.cell",
		      .severity = NB_WARNING,
		      .at = { "a.csv", 3, 2 },
		      .message = "plain" },
		    "a.csv:3:2: warning: plain [list.cell]" },
		{ { .code = "intake.stray",
		      .severity = NB_NOTE,
		      .at = { "inbox/x", 0, 7 },
		      .message = "x" },
		    "inbox/x: note: x [intake.stray]" },
		{ { .code = "a.b", .severity = NB_NOTE, .message = "" }, "note:  [a.b]" },
		/* A cause behind a colon, a second place in brackets. */
		{ { .code = "figure.conflict",
		      .severity = NB_ERROR,
		      .at = { "a.ini", 1, 0 },
		      .also = { "b.ini", 2, 0 },
		      .message = "%s",
		      .args = { "两个数" },
		      .why = "this is no number" },
		    "a.ini:1: error: 两个数: this is no number (see b.ini:2) [figure.conflict]" },
		/* Arguments in another order, missing ones, and what is no %s. */
		{ { .code = "a.b",
		      .severity = NB_NOTE,
		      .message = "%2$s before %1$s",
		      .args = { "one", "two" } },
		    "note: two before one [a.b]" },
		{ { .code = "a.b", .severity = NB_NOTE, .message = "<%s|%s>", .args = { "one" } },
		    "note: <one|> [a.b]" },
		{ { .code = "a.b",
		      .severity = NB_NOTE,
		      .message = "%s 100%% %s",
		      .args = { "one", "two" } },
		    "note: one 100% two [a.b]" },
		{ { .code = "a.b",
		      .severity = NB_NOTE,
		      .message = "50% of %d, %s, %",
		      .args = { "one" } },
		    "note: 50% of %d, one, % [a.b]" },
		{ { .code = "a.b", .severity = NB_NOTE, .message = "%9$s%s", .args = { "one" } },
		    "note: one [a.b]" },
		/* What is handed in is not believed: no format, no escape sequence, no bad bytes.
		 */
		{ { .code = "a.b",
		      .severity = NB_NOTE,
		      .at = { "in\nbox\x1B[2J", 1, 0 },
		      .also = { "b\x1B", 2, 0 },
		      .message = "%s",
		      .args = { "%s%n\x1B[31m\x7F\t\xC2\x9B\u202E" } },
		    "in�box�[2J:1: note: %s%n�[31m���� (see b�:2) [a.b]" },
		{ { .code = "a.b",
		      .severity = NB_NOTE,
		      .at = { "\xB8\xBD.md", 0, 0 },
		      .message = "%s",
		      .args = { "a\xB8\xBD.md" } },
		    "��.md: note: a��.md [a.b]" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings findings;
		struct buf line = { 0 };

		findings_init(&findings, &arena);
		findings_add(&findings, &cases[i].finding);
		finding_line(&findings.items[0], &line);
		SAME_TEXT(buf_str(&line), cases[i].line, cases[i].finding.message);
		cr_expect_eq(utf8_check(buf_str(&line), line.len), line.len);
		buf_release(&line);
	}
	arena_release(&arena);
}

/* What is written into data (JSON, CSV) is UTF-8 whatever was handed in. */
Test(base, finding_is_utf8)
{
	struct arena arena = { 0 };
	struct findings findings;
	const struct finding *f;

	findings_init(&findings, &arena);
	FIND(&findings, INTAKE_UNSAFE_NAME, "sfj", AT("in/\xB8\xBD", 0, 0), "\xB8\xBD", "%s",
	    "\xB8\xBD");
	FIND(&findings, INTAKE_UNSAFE_NAME, "sfj", AT("in/\xB8\xBE", 0, 0), "\xB8\xBE", "%s",
	    "\xB8\xBE");
	f = findings.items;
	cr_expect_str_eq(f->at.file, "in/��");
	cr_expect_str_eq(f->subject, "��");
	cr_expect_str_eq(f->args[0], "��");
	cr_expect_str_neq(f[0].fingerprint, f[1].fingerprint, "two names, two findings");
	arena_release(&arena);
}

Test(base, fingerprint)
{
	static const struct finding base = { .code = "figure.value",
		.severity = NB_ERROR,
		.department = "sfj",
		.at = { "inbox/sfj/submission.ini", 14, 0 },
		.subject = "received",
		.message = "%s",
		.args = { "受理", "十四" } };
	struct arena arena = { 0 };
	struct findings findings;
	struct finding other;

	findings_init(&findings, &arena);
	findings_add(&findings, &base);
	const char *print = arena_strdup(&arena, findings.items[0].fingerprint);
	cr_expect_eq(strspn(print, "0123456789abcdef"), 16);

#define SAME(expected, ...)                                                                        \
	do {                                                                                       \
		other = base;                                                                      \
		__VA_ARGS__;                                                                       \
		findings_add(&findings, &other);                                                   \
		cr_expect((strcmp(findings.items[findings.count - 1].fingerprint, print) == 0) ==  \
		              (expected),                                                          \
		    "%s", #__VA_ARGS__);                                                           \
	} while (0)
	/* It survives a re-run, edits elsewhere, a new revision, a zip for a folder, a translation.
	 */
	SAME(1, (void)0);
	SAME(1, other.at.line = 90, other.at.column = 2);
	SAME(1, other.at.file = "inbox/sfj/r2/submission.ini");
	SAME(1, other.at.file = "submission.ini");
	SAME(1, other.at.file = "inbox/sfj.zip!submission.ini");
	SAME(1, other.at.file = "inbox/司法局最终版2.zip!submission.ini");
	SAME(1, other.message = "otherwise said: %s");
	SAME(1, other.severity = NB_WARNING, other.waived = "reason");
	/* It is another one when the matter is. */
	SAME(0, other.code = "figure.conflict");
	SAME(0, other.department = "gaj");
	SAME(0, other.department = NULL);
	SAME(0, other.why = "this is no number");
	SAME(0, other.subject = "concluded");
	SAME(0, other.at.file = "inbox/sfj/supervision.md");
	SAME(0, other.args[1] = "十五");
	SAME(0, other.args[0] = "受理十", other.args[1] = "四");
	SAME(0, other.args[2] = "更多");
	arena_release(&arena);
}

Test(base, findings_sort)
{
	static const char *const order[] = { "sfj", "gaj", NULL };
	static const struct {
		const char *department, *file;
		uint32_t line, column;
		enum nb_severity severity;
	} added[] = {
		{ NULL, "report.ini", 2, 0, NB_NOTE },
		{ "gaj", "b.ini", 3, 0, NB_ERROR },
		{ "xxx", "a.ini", 1, 0, NB_ERROR }, /* of no department we know */
		{ "sfj", "b.md", 10, 0, NB_WARNING },
		{ "sfj", "b.md", 9, 5, NB_WARNING },
		{ "sfj", "b.md", 9, 4, NB_WARNING },
		{ "sfj", "b.md", 9, 4, NB_NOTE }, /* ties stay as they came */
		{ "sfj", "a.md", 99, 0, NB_ERROR },
		{ "sfj", NULL, 0, 0, NB_ERROR },
		{ NULL, NULL, 0, 0, NB_ERROR },
	};
	struct arena arena = { 0 };
	struct findings findings;

	findings_init(&findings, &arena);
	findings_sort(&findings, order); /* of nothing */
	for (size_t i = 0; i < COUNT(added); i++)
		findings_add(&findings, &(struct finding){ .code = severity_id(added[i].severity),
		                            .severity = added[i].severity,
		                            .department = added[i].department,
		                            .at = { added[i].file, added[i].line, added[i].column },
		                            .message = "m" });
	findings_sort(&findings, order);
	cr_expect_str_eq(found(&findings), "- error\n"
	                                   "a.md:99 error\n"
	                                   "b.md:9:4 warning\n"
	                                   "b.md:9:4 note\n"
	                                   "b.md:9:5 warning\n"
	                                   "b.md:10 warning\n"
	                                   "b.ini:3 error\n"
	                                   "a.ini:1 error\n"
	                                   "- error\n"
	                                   "report.ini:2 note\n");
	findings_sort(&findings, NULL);
	cr_expect_eq(findings.count, COUNT(added));

	cr_expect_eq(findings_count(&findings, NB_ERROR), 5);
	cr_expect_eq(findings_count(&findings, NB_WARNING), 3);
	findings.items[0].waived = "looked at";
	cr_expect_eq(findings_count(&findings, findings.items[0].severity),
	    findings.items[0].severity == NB_ERROR ? 4 : 2, "what is waived does not count");
	arena_release(&arena);
	arena_release(&scratch_arena);
}
