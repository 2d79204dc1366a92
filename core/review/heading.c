/* heading.c: what report.ini prints over and under the report: title, issuer and date. */
#include "review/heading.h"

#include "base/codes.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "review/text.h"

#include <stdlib.h>

enum {
	REGION_MAX = 12, /* characters of a region's name */
	STEM_MIN = 2     /* of it without 县: 我县, 全县 name none */
};

/* ---- another year --------------------------------------------------------------- */

/* The year (four digits before 年) at `p`, or 0. */
static int year_at(const char *p)
{
	size_t n = strspn(p, "0123456789");
	return n == 4 && text_word(p + n, "年") ? atoi(p) : 0;
}

/* The one year of a title, if it is not the report's. */
static int other_year(const char *title, int now)
{
	int other = 0;
	for (const char *p = title; *p;) {
		int year = year_at(p);
		if (year == now || (year && other && year != other))
			return 0;
		if (year)
			other = year;
		p += *p >= '0' && *p <= '9' ? strspn(p, "0123456789") : 1;
	}
	return other;
}

static void check_year(struct findings *findings, const struct workspace *ws)
{
	int year = other_year(ws->title, ws->year);
	if (year)
		FIND(findings, REPORT_HEADING, NULL, AT(ws->report_file, ws->title_line, 0),
		    "title", N_("the title is of %s, the report of %s: '%s'"),
		    arena_printf(findings->arena, "%d", year),
		    arena_printf(findings->arena, "%d", ws->year), ws->title);
}

/* ---- another region -------------------------------------------------------------- */

/* 云桥县: [name, end), and its stem 云桥 up to `suffix`. */
struct region {
	const char *name, *suffix, *end;
};

/* Reads the name of a region that begins at `p`; 0 if none does. */
static int read_region(const char *p, struct region *out)
{
	static const char *const suffixes[] = { "县", "市", "区", "旗", NULL };
	const char *end = p + strlen(p);
	*out = (struct region){ .name = p };
	for (int i = 0; i <= REGION_MAX && p < end; i++) {
		size_t n = text_any(p, suffixes);
		if (n) {
			out->suffix = p;
			out->end = p + n;
			return i >= STEM_MIN;
		}
		if (!utf8_is_han(utf8_next(&p, end)))
			return 0;
	}
	return 0;
}

/* Whether two characters that stand together in one name do so in the other. */
static int is_akin(const struct region *a, const char *b)
{
	for (const char *p = a->name; p < a->suffix;) {
		const char *next = p, *two;
		utf8_next(&next, a->suffix);
		two = next;
		utf8_next(&two, a->suffix);
		char pair[16] = "";
		if (two > next && (size_t)(two - p) < sizeof pair) {
			memcpy(pair, p, (size_t)(two - p));
			if (strstr(b, pair))
				return 1;
		}
		p = next;
	}
	return 0;
}

/* Zones and prefectures have names long and short, and a county's may hold its city's. */
static int is_plain(const char *name)
{
	static const char *const zones[] = { "开发", "高新", "经开", "新区", "园区", "自治", "地区",
		"自贸", "示范", "管理", NULL };
	for (size_t i = 0; zones[i]; i++)
		if (strstr(name, zones[i]))
			return 0;
	return 1;
}

static void check_region(struct findings *findings, const struct workspace *ws, const char *key,
    const char *text, unsigned line)
{
	struct region own, named;
	if (text_word(text, "中共"))
		text += strlen("中共");
	if (text_word(text, "关于"))
		text += strlen("关于");
	if (!read_region(ws->region, &own) || *own.end || !read_region(text, &named))
		return;
	const char *name =
	    arena_strndup(findings->arena, named.name, (size_t)(named.end - named.name));
	if (strcmp(own.suffix, arena_strndup(findings->arena, named.suffix,
	                           (size_t)(named.end - named.suffix))) != 0 ||
	    !is_plain(ws->region) || !is_plain(text) || strstr(text, ws->region) ||
	    is_akin(&named, ws->region) || is_akin(&own, text))
		return;
	FIND(findings, REPORT_HEADING, NULL, AT(ws->report_file, line, 0), key,
	    N_("'%s' in [report] names %s, the region is %s"), key, name, ws->region);
}

/* ---- the date ---------------------------------------------------------------------- */

/* A year's report is written when it is over, or about to be. */
static void check_date(struct findings *findings, const struct workspace *ws)
{
	int date = ws->date ? date_read(ws->date) : 0;
	if (date && date < ws->year * 10000 + 1201)
		FIND(findings, REPORT_EARLY, NULL, AT(ws->report_file, ws->date_line, 0), "date",
		    N_("the report on %2$s is dated %1$s: that year was not over"), ws->date,
		    arena_printf(findings->arena, "%d", ws->year));
}

void heading_check(struct findings *findings, const struct workspace *ws)
{
	if (ws->year) {
		check_year(findings, ws);
		check_date(findings, ws);
	}
	check_region(findings, ws, "title", ws->title, ws->title_line);
	check_region(findings, ws, "issuer", ws->issuer, ws->issuer_line);
}
