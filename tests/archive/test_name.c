/* Names from outside, names for a bundle. */
#include "archive/name.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
	const char *name, *problem; /* a word of it; NULL: fine */
} names[] = {
	{ "a", NULL },
	{ "附件/2021年行政复议案件台账.csv", NULL },
	{ "a b/c.d", NULL },
	{ "...", NULL },
	{ "..a/b..", NULL },
	{ "会议:纪要.txt", NULL },
	{ "", "empty" },
	{ "/etc/passwd", "absolute" },
	{ "..", "\"..\"" },
	{ "../a", "\"..\"" },
	{ "a/../b", "\"..\"" },
	{ "a/..", "\"..\"" },
	{ "./a", "empty part" },
	{ "a//b", "empty part" },
	{ "a/", "empty part" },
	{ "a/./b", "empty part" },
	{ "C:a", "drive" },
	{ "c:/a", "drive" },
	{ "a\\b", "backslash" },
	{ "..\\a", "backslash" },
	{ "a\nb", "control" },
	{ "a\x7f", "control" },
	{ "a\xC2\x85", "control" },
	{ "a\xE2\x80\xAEgpj.exe", "control" }, /* right-to-left override */
	{ "\xEF\xBB\xBF"
	  "a",
	    "control" },
	{ "\xB8\xBD\xBC\xFE.txt", "UTF-8" }, /* 附件 in GBK */
	{ "\xC0\xAF", "UTF-8" },
	{ "\xED\xA0\x80", "UTF-8" },
};

Test(archive, name_problem)
{
	char longer[1100];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *problem = name_problem(names[i].name);

		if (!names[i].problem)
			cr_expect_null(problem, "'%s': %s", names[i].name, problem ? problem : "");
		else
			cr_expect(problem && strstr(problem, names[i].problem), "'%s': %s",
			    names[i].name, problem ? problem : "no problem");
	}
	memset(longer, 'a', sizeof longer);
	longer[255] = '\0';
	cr_expect_null(name_problem(longer));
	longer[255] = 'a';
	longer[256] = '\0';
	cr_expect_not_null(name_problem(longer));
	longer[256] = 'a';
	for (size_t i = 200; i < sizeof longer; i += 200)
		longer[i] = '/';
	longer[1000] = 'a'; /* the slash of the fifth part */
	longer[1001] = '\0';
	cr_expect_not_null(name_problem(longer));
	longer[999] = '\0';
	cr_expect_null(name_problem(longer));
}

static const struct {
	const char *name, *safe;
} safe[] = {
	{ "附件/台账.csv", "附件/台账.csv" },
	{ "a:b*c?d\"e<f>g|h%i", "a_b_c_d_e_f_g_h_i" },
	{ "a. ", "a" },
	{ "a./b ./c", "a/b/c" },
	{ ".../a", "_/a" },
	{ "con", "_con" },
	{ "x/CON.txt/y", "x/_CON.txt/y" },
	{ "Lpt1.log", "_Lpt1.log" },
	{ "com\xC2\xB9", "_com\xC2\xB9" },
	{ "com", "com" },
	{ "com0x", "com0x" },
	{ "console", "console" },
	{ "nul .txt", "_nul .txt" },
	{ "e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9" }, /* NFD é */
	{ ".hidden", ".hidden" },
};

Test(archive, name_safe)
{
	struct arena arena;
	char name[256];
	const char *cut;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
		cr_expect_str_eq(name_safe(&arena, safe[i].name), safe[i].safe);
		cr_expect_str_eq(name_safe(&arena, safe[i].safe), safe[i].safe);
	}
	/* 84 characters of 3 bytes and an extension: the extension stays, no character is cut. */
	*name = '\0';
	for (int i = 0; i < 80; i++)
		strcat(name, "复");
	strcat(name, ".docx");
	cut = name_safe(&arena, name);
	cr_expect_eq(strlen(cut), 65 * 3 + 5);
	cr_expect_str_eq(cut + 65 * 3, ".docx");
	cr_expect_null(name_problem(cut));
	arena_release(&arena);
}

Test(archive, name_fold)
{
	static const char *const same[][2] = {
		{ "Data/A.TXT", "data/a.txt" },
		{ "e\xCC\x81", "\xC3\x89" }, /* é in two characters, É in one */
		{ "STRASSE", "stra\xC3\x9F"
		             "e" },
		{ "Ａ", "ａ" },
	};
	static const char *const other[][2] = { { "a", "b" }, { "复议", "复义" }, { "a", "ａ" } };
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		cr_expect_str_eq(name_fold(&arena, same[i][0]), name_fold(&arena, same[i][1]));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		cr_expect_str_neq(name_fold(&arena, other[i][0]), name_fold(&arena, other[i][1]));
	cr_expect_str_eq(name_fold(&arena, "\xB8\xBD"), "\xB8\xBD");
	arena_release(&arena);
}
