/* INI files: what iniparser would guess, cut, merge or drop without a word does not show. */
#include "workspace/ini.h"

#include "../base/found.h"

static int read_text(
    struct arena *arena, const char *text, size_t n, struct findings *findings, struct ini *ini)
{
	struct err err = { 0 };

	findings_init(findings, arena);
	return ini_read(arena, "x.ini", "sfj", text, n, findings, ini, &err);
}

/* "3 section.key=value" an entry. */
static const char *entries(struct arena *arena, const struct ini *ini)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < ini->entry_count; i++)
		buf_addf(&out, "%u %s.%s=%s\n", ini->entries[i].place.line, ini->entries[i].section,
		    ini->entries[i].key, ini->entries[i].value);
	text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static const struct {
	const char *text, *entries, *found;
} cases[] = {
	{ "", "", "" },
	{ "[report]\nyear = 2021\nregion=沁水县\n\n  issuer\t=  沁水县人民政府  \n",
	    "2 report.year=2021\n3 report.region=沁水县\n5 report.issuer=沁水县人民政府\n", "" },
	{ "[a]\r\nb = c\r\n", "2 a.b=c\n", "" },
	{ "[a]\nb = c", "2 a.b=c\n", "" }, /* no newline at the end */
	{ "[a]\nb =\nc = \"\"\nd\t=\t\n", "2 a.b=\n3 a.c=\n4 a.d=\n", "" },
	{ "[ 空 ]\n键 = 值\n", "2 空.键=值\n", "" },
	{ "　[a]　\n　b　=　c　\n", "2 a.b=c\n", "" }, /* blanks of full width */
	{ "[a　\u00A01]\n键\u00A0=　\"\u00A0x\"　; 注\nc\u00A0=\u00A01　# 注\n",
	    "2 a 1.键=\u00A0x\n3 a 1.c=1\n", "" },
	/* Names fold to lower case, values do not. */
	{ "[Report]\nYear = A\n", "2 report.year=A\n", "" },
	/* A mark at the beginning, as Windows writes it. */
	{ "\xEF\xBB\xBF[a]\nb = 1\n", "2 a.b=1\n", "" },
	{ "\xEF\xBB\xBF; note\n[a]\nb = 1\n", "3 a.b=1\n", "" },
	/* Comments: at the start of a line or behind a blank. Elsewhere ; and # belong to the
	   value. */
	{ "; x\n# y\n  ; z\n[a] ; comment\nb = 1 ; one\nc = 2 # two\nd = ; none\ne =; none\n",
	    "5 a.b=1\n6 a.c=2\n7 a.d=\n8 a.e=\n", "" },
	{ "[a]\nb = x;y#z\nc = \"x ; y # z\" ; note\nd = 100%;\n",
	    "2 a.b=x;y#z\n3 a.c=x ; y # z\n4 a.d=100%;\n", "" },
	{ "[a]\nb = 甲；乙＃丙\n", "2 a.b=甲；乙＃丙\n", "" },
	{ "[a ; b]\nc = 1\n", "2 a ; b.c=1\n", "" },
	/* What means something to iniparser, and nothing here. */
	{ "[a]\nb = 'x'\nc = x:y\nd = x=y=z\ne = 关于\"放管服\"的\nf = %2B%n\ng = a\\b\nh = \\;\n",
	    "2 a.b='x'\n3 a.c=x:y\n4 a.d=x=y=z\n5 a.e=关于\"放管服\"的\n6 a.f=%2B%n\n7 a.g=a\\b\n"
	    "8 a.h=\\;\n",
	    "" },
	{ "[a:b]\nc = 1\n[a]\nb:c = 2\n", "2 a:b.c=1\n4 a.b:c=2\n", "" },
	{ "[a]\nb = \"  x  \"\nc = \"\tx\"\n", "2 a.b=  x  \n3 a.c=\tx\n", "" },
	/* Values stay words: who wants a number asks for all of it. */
	{ "[a]\nb = 2o25\nc = yesterday\nd = 0x10\n", "2 a.b=2o25\n3 a.c=yesterday\n4 a.d=0x10\n",
	    "" },
	/* Twice: the first counts, the second is named, the rest is read. */
	{ "[a]\nb = 1\nB = 2\nc = 3\n", "2 a.b=1\n4 a.c=3\n", "x.ini:3 ini.duplicate-key\n" },
	{ "[a]\nb = 1\n[A]\nb = 2\nc = 3\n[d]\ne = 4\n", "2 a.b=1\n7 d.e=4\n",
	    "x.ini:3 ini.duplicate-section\n" },
	/* No section, a section without name or end. */
	{ "b = 1\n[a]\nc = 2\n", "3 a.c=2\n", "x.ini:1 ini.syntax\n" },
	{ "[a]\nb = 1\n[]\nc = 2\nd = 3\n[e]\nf = 4\n", "2 a.b=1\n7 e.f=4\n",
	    "x.ini:3 ini.syntax\n" },
	{ "[a]\nb = 1\n[ 　 ]\nc = 2\n", "2 a.b=1\n", "x.ini:3 ini.syntax\n" },
	{ "[a\nb = 1\n[c]\nd = 2\n", "4 c.d=2\n", "x.ini:1 ini.syntax\n" },
	{ "[a] b = 1\nc = 2\n", "2 a.c=2\n", "x.ini:1 ini.syntax\n" },
	{ "［a］\n[b]\nc = 1\n", "3 b.c=1\n", "x.ini:1 ini.syntax\n" },
	/* Lines that are nothing. */
	{ "[a]\nhello\nb ＝ 1\n= 2\nc = 3\n", "5 a.c=3\n",
	    "x.ini:2 ini.syntax\nx.ini:3 ini.syntax\nx.ini:4 ini.syntax\n" },
	/* A value does not go on in the next line, and takes no header with it. */
	{ "[a]\nb = 1\\\n[c]\nd = 2\n", "4 c.d=2\n", "x.ini:2 ini.syntax\n" },
	{ "[a]\nb = 1 \\ ; x\nc = 2\nd = 3\\", "3 a.c=2\n",
	    "x.ini:2 ini.syntax\nx.ini:4 ini.syntax\n" },
	{ "[a]\nb = \"c:\\\\\"\n", "2 a.b=c:\\\\\n", "" },
	/* Quotes. */
	{ "[a]\nb = \"x\nc = \"x\" y\nd = \"放管服\"改革\ne = 1\n", "5 a.e=1\n",
	    "x.ini:2 ini.syntax\nx.ini:3 ini.syntax\nx.ini:4 ini.syntax\n" },
	/* Control characters. */
	{ "[a]\nb = x\x01y\nc = \"x\x1B[2J\"\nd = 1\x7F\ne = 2\n", "5 a.e=2\n",
	    "x.ini:2 text.control\nx.ini:3 text.control\nx.ini:4 text.control\n" },
	/* GBK: 沁水 and 玕, whose second byte is a backslash. */
	{ "[a]\nb = 1\nc = \xC7\xDF\xCB\xAE\nd = \xAB\x5C\n", "", "x.ini:3 text.encoding\n" },
	{ "\xFF\xFE[\x01", "", "x.ini:1 text.encoding\n" },
};

Test(workspace, ini)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings findings;
		struct ini ini;

		cr_assert_eq(
		    read_text(&arena, cases[i].text, strlen(cases[i].text), &findings, &ini), 0);
		SAME_TEXT(entries(&arena, &ini), cases[i].entries, cases[i].text);
		SAME_TEXT(found(&findings), cases[i].found, cases[i].text);
		for (size_t k = 0; k < findings.count; k++) {
			cr_expect_str_eq(findings.items[k].department, "sfj");
			cr_expect_eq(findings.items[k].severity, NB_ERROR);
			for (size_t j = 0; j < k; j++)
				cr_expect_str_neq(findings.items[k].fingerprint,
				    findings.items[j].fingerprint,
				    "%s: a waiver for one must not hide the other", cases[i].text);
		}
		ini_release(&ini);
	}
	arena_release(&arena);
	arena_release(&scratch_arena);
}

Test(workspace, ini_nul)
{
	struct arena arena = { 0 };
	struct findings findings;
	struct ini ini;

	cr_assert_eq(read_text(&arena, "[a]\nb = 1\0\nc = 2\n", 18, &findings, &ini), 0);
	cr_expect_str_eq(found(&findings), "x.ini:2 text.control\n");
	cr_expect_eq(ini.entry_count, 0);
	ini_release(&ini);
	arena_release(&arena);
	arena_release(&scratch_arena);
}

/* iniparser takes 1022 bytes a line and stops at a longer one. */
Test(workspace, ini_long_lines)
{
	static const size_t lengths[] = { 0, 1, 299, 300, 301, 600, 899, 900, 1020, 1021, 1022,
		1023, 1024, 2048, 5000, 100000, 1000000 };
	static const char *const units[] = { "x", "沁", "\"'%=;#\\" };
	struct arena arena = { 0 };

	for (size_t u = 0; u < COUNT(units); u++)
		for (size_t i = 0; i < COUNT(lengths); i++) {
			struct findings findings;
			struct ini ini;
			struct buf value = repeat(units[u], lengths[i] / strlen(units[u]));
			struct buf text = { 0 };

			buf_addf(&text, "[a]\nb = v%sv\nc = after\n", buf_str(&value));
			cr_assert_eq(
			    read_text(&arena, buf_str(&text), text.len, &findings, &ini), 0);
			cr_assert_eq(findings.count, 0);
			cr_assert_eq(ini.entry_count, 2);
			cr_expect_eq(strlen(ini.entries[0].value), value.len + 2);
			cr_expect_eq(
			    memcmp(ini.entries[0].value + 1, buf_str(&value), value.len), 0);
			cr_expect_str_eq(ini.entries[1].value, "after");
			buf_release(&value);
			buf_release(&text);
			ini_release(&ini);
		}
	/* A long key and a long section name, too. */
	struct findings findings;
	struct ini ini;
	struct buf name = repeat("沁", 2000), text = { 0 };

	buf_addf(&text, "[%s]\n%s = 1\n", buf_str(&name), buf_str(&name));
	cr_assert_eq(read_text(&arena, buf_str(&text), text.len, &findings, &ini), 0);
	cr_expect(ini_find(&ini, buf_str(&name), buf_str(&name)));
	buf_release(&name);
	buf_release(&text);
	ini_release(&ini);
	arena_release(&arena);
}

/* A megabyte made to hurt: an answer in bounded time and memory, one that says what is not read. */
Test(workspace, ini_hostile)
{
	static const struct {
		const char *again; /* with the number of the line */
		const char *code;  /* the last finding */
		size_t most;       /* findings */
	} texts[] = {
		{ "k%u = 1\n", "ini.limit", 1 },
		{ "[s%u]\n", "ini.limit", 1 },
		{ "[s%u]\nk = 1\n", "ini.limit", 1 },
		{ "k = %u\n", "ini.limit", 1100 },
		{ "[a]\n", "ini.limit", 1100 },
		{ "g%u\n", "ini.limit", 1100 },
		{ "= %u\n", "ini.limit", 1100 },
		{ "[\n", "ini.limit", 1100 },
		{ "\n", NULL, 0 },
		{ "; %u\n", NULL, 0 },
		{ "　", NULL, 0 },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct findings findings;
		struct ini ini;
		struct buf text = { 0 };
		double start = spent();

		buf_adds(&text, "[a]\n");
		for (unsigned n = 0; text.len < (1 << 20) - 20; n++) {
			const char *number = strstr(texts[i].again, "%u");
			size_t before = number ? (size_t)(number - texts[i].again) : 0;

			buf_add(&text, texts[i].again, before);
			if (number)
				buf_addf(&text, "%u", n);
			buf_adds(&text, texts[i].again + before + (number ? 2 : 0));
		}
		cr_assert_eq(read_text(&arena, buf_str(&text), text.len, &findings, &ini), 0);
		cr_expect_lt(spent() - start, PATIENCE, "%s", texts[i].again);
		cr_expect_leq(
		    findings.count, texts[i].most, "%s: %zu", texts[i].again, findings.count);
		if (texts[i].code) {
			cr_assert_gt(findings.count, 0, "%s", texts[i].again);
			cr_expect_str_eq(findings.items[findings.count - 1].code, texts[i].code);
		}
		buf_release(&text);
		ini_release(&ini);
	}

	struct findings findings;
	struct ini ini;
	struct buf large = repeat("[a]\n", 300000);

	cr_assert_eq(read_text(&arena, buf_str(&large), large.len, &findings, &ini), 0);
	cr_expect_str_eq(found(&findings), "x.ini ini.limit\n");
	buf_release(&large);
	ini_release(&ini);
	arena_release(&arena);
	arena_release(&scratch_arena);
}

/* iniparser gets the lines in parts: nothing is lost between two, whatever a value's length. */
Test(workspace, ini_thousand_attachments)
{
	enum { ATTACHMENTS = 1000 };
	static const char *const keys[] = { "file", "title", "chapter", "backs", "access" };
	static const size_t lengths[] = { 0, 0, 3, 40, 299, 301, 620 };
	struct arena arena = { 0 };
	struct findings findings;
	struct ini ini;
	struct buf text = { 0 }, word = repeat("件", 400);

	for (unsigned n = 0; n < ATTACHMENTS; n++) {
		buf_addf(&text, "[attachment %u]\n", n);
		for (unsigned k = 0; k < COUNT(keys); k++)
			buf_addf(&text, "%s = %u.%u%.*s\n", keys[k], n, k,
			    (int)(lengths[(n + k) % COUNT(lengths)] / 3 * 3), buf_str(&word));
	}
	cr_assert_eq(read_text(&arena, buf_str(&text), text.len, &findings, &ini), 0);
	cr_assert_eq(findings.count, 0, "%s", found(&findings));
	cr_assert_eq(ini.section_count, ATTACHMENTS);
	cr_assert_eq(ini.entry_count, ATTACHMENTS * COUNT(keys));
	for (unsigned n = 0; n < ATTACHMENTS; n++) {
		const char *section = arena_printf(&arena, "attachment %u", n);

		for (unsigned k = 0; k < COUNT(keys); k++) {
			const struct ini_entry *entry = ini_find(&ini, section, keys[k]);

			cr_assert(entry, "%s.%s", section, keys[k]);
			SAME_TEXT(entry->value,
			    arena_printf(&arena, "%u.%u%.*s", n, k,
			        (int)(lengths[(n + k) % COUNT(lengths)] / 3 * 3), buf_str(&word)),
			    section);
		}
	}
	buf_release(&text);
	buf_release(&word);
	ini_release(&ini);
	arena_release(&arena);
	arena_release(&scratch_arena);
}

/* "key=value " of each entry of a section, by ini_first() and ini_next(). */
static const char *section_entries(struct arena *arena, const struct ini *ini, const char *section)
{
	const char *text = "";

	for (const struct ini_entry *entry = ini_first(ini, section); entry;
	     entry = ini_next(ini, entry)) {
		cr_expect_eq(ini_find(ini, section, entry->key), entry);
		text = arena_printf(arena, "%s%s=%s ", text, entry->key, entry->value);
	}
	return text;
}

/* What a form says joins what is read, in any order; the first that says a thing counts. */
Test(workspace, ini_added)
{
	static const char text[] = "[sfj]\na = 1\n[empty]\n[gaj]\na = 2\nb = 3\n";
	struct arena arena = { 0 };
	struct findings findings;
	struct ini ini, none = { 0 };

	cr_expect_null(ini_find(&none, "sfj", "a"));
	cr_expect_null(ini_section_find(&none, "sfj"));
	cr_expect_null(ini_first(&none, "sfj"));

	cr_assert_eq(read_text(&arena, text, sizeof text - 1, &findings, &ini), 0);
	cr_expect_str_eq(section_entries(&arena, &ini, "sfj"), "a=1 ");
	cr_expect_str_eq(section_entries(&arena, &ini, "empty"), "");
	cr_expect_str_eq(section_entries(&arena, &ini, "gaj"), "a=2 b=3 ");
	cr_expect_str_eq(section_entries(&arena, &ini, "tyj"), "");
	/* Where a section ends and a key begins makes a difference. */
	cr_expect_null(ini_find(&ini, "sf", "ja"));
	cr_expect_null(ini_find(&ini, "sfj", "b"));
	cr_expect_null(ini_find(&ini, "empty", "a"));

	for (unsigned n = 0; n < 100; n++) {
		static const char *const sections[] = { "sfj", "tyj", "gaj" };
		struct ini_entry entry = { .section = sections[n % 3],
			.key = arena_printf(&arena, "k%u", n / 3),
			.value = arena_printf(&arena, "%u", n) };

		cr_expect_null(ini_add(&ini, &entry));
		entry.value = "again";
		cr_expect_eq(ini_add(&ini, &entry), ini_find(&ini, entry.section, entry.key));
		cr_expect_str_eq(
		    ini_find(&ini, entry.section, entry.key)->value, arena_printf(&arena, "%u", n));
	}
	cr_expect_str_eq(
	    ini_add(&ini, &(struct ini_entry){ .section = "sfj", .key = "a", .value = "x" })->value,
	    "1");
	cr_expect_null(ini_add(&ini, &(struct ini_entry){ .section = "alone" }));
	cr_expect(ini_section_find(&ini, "alone"));
	cr_expect_eq(ini.section_count, 5);
	cr_expect_eq(ini.entry_count, 103);
	cr_expect_eq(
	    strncmp(section_entries(&arena, &ini, "gaj"), "a=2 b=3 k0=2 k1=5 k2=8 ", 23), 0);
	cr_expect_eq(strncmp(section_entries(&arena, &ini, "tyj"), "k0=1 k1=4 ", 10), 0);
	ini_release(&ini);
	cr_expect_null(ini_find(&ini, "gaj", "a"));
	ini_release(&ini);
	arena_release(&arena);
}

Test(workspace, ini_values)
{
	static const struct {
		const char *text;
		int good;
		long number;
	} numbers[] = { { "1", 1, 1 }, { "2021", 1, 2021 }, { "9999", 1, 9999 }, { "0", 0, 0 },
		{ "10000", 0, 0 }, { "", 0, 0 }, { "2o25", 0, 0 }, { "-1", 0, 0 }, { "+1", 0, 0 },
		{ "1.0", 0, 0 }, { " 1", 0, 0 }, { "0x1", 0, 0 }, { "１", 0, 0 },
		{ "18446744073709551617", 0, 0 } };
	static const struct {
		const char *text;
		int good, on;
	} flags[] = { { "yes", 1, 1 }, { "no", 1, 0 }, { "on", 1, 1 }, { "off", 1, 0 },
		{ "true", 1, 1 }, { "false", 1, 0 }, { "1", 1, 1 }, { "0", 1, 0 }, { "是", 1, 1 },
		{ "否", 1, 0 }, { "yesterday", 0, 0 }, { "", 0, 0 }, { "y", 0, 0 } };
	static const struct {
		const char *text, *parts;
	} splits[] = { { "", "" }, { "a", "<a>" }, { "a,b", "<a><b>" },
		{ " a ,　b、c，d ", "<a><b><c><d>" }, { ",,a,,", "<a>" }, { "，、,", "" },
		{ "甲 乙,丙", "<甲 乙><丙>" } };
	static const char *const names[] = { "narrative", "received", "concluded", "fee", NULL };
	static const struct {
		const char *name, *near;
	} nearest[] = { { "recieved", "received" }, { "receive", "received" }, { "fees", "fee" },
		{ "fe", "fee" }, { "conclude", "concluded" }, { "narative", "narrative" },
		{ "phone", NULL }, { "x", NULL }, { "", NULL }, { "案件数", NULL } };
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(numbers); i++) {
		long number = -7;

		cr_expect_eq(ini_number(numbers[i].text, 1, 9999, &number), numbers[i].good, "%s",
		    numbers[i].text);
		cr_expect_eq(number, numbers[i].good ? numbers[i].number : -7);
	}
	for (size_t i = 0; i < COUNT(flags); i++) {
		int on = 0;

		cr_expect_eq(ini_flag(flags[i].text, &on), flags[i].good, "%s", flags[i].text);
		cr_expect_eq(on, flags[i].on, "%s", flags[i].text);
	}
	for (size_t i = 0; i < COUNT(splits); i++) {
		struct buf out = { 0 };
		size_t count;
		const char **parts = ini_split(&arena, splits[i].text, &count);

		for (size_t k = 0; k < count; k++)
			buf_addf(&out, "<%s>", parts[k]);
		SAME_TEXT(buf_str(&out), splits[i].parts, splits[i].text);
		buf_release(&out);
	}
	for (size_t i = 0; i < COUNT(nearest); i++) {
		const char *near = ini_nearest(nearest[i].name, names);

		SAME_TEXT(
		    near ? near : "", nearest[i].near ? nearest[i].near : "", nearest[i].name);
	}
	arena_release(&arena);
}
