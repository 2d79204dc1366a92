/*
 * test_relation.c: the grammar of relations and ratios, their evaluation over what is exact,
 * approximate, absent and "/", and true sums and rates, which fail with any one digit changed.
 */
#include "base/quantity.h"
#include "chapters/relation.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static struct arena arena;

static void forget(void)
{
	arena_release(&arena);
}

#define ARENA .fini = forget

/* ---- the grammar --------------------------------------------------------------- */

Test(chapters, relations_that_can_be_read, ARENA)
{
	static const char *const texts[] = {
		"a = b",
		"a=b",
		"  a\n\t= b ",
		"a <= b + c - d",
		"a - b >= c",
		"a + b = c + d",
		"a = other.b",
		"a = last(b)",
		"a = last( b ) + c",
		"a = rows(list)",
		"a = rows(list) + sum(list.column)",
		"x_1 = y2",
	};
	struct relation relation;

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cr_expect_null(relation_read(&arena, texts[i], &relation), "%s", texts[i]);
}

Test(chapters, relations_that_cannot_be_read, ARENA)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "", "a name is missing" },
		{ "a", "=, <= or >= is missing" },
		{ "a =", "a name is missing" },
		{ "= a", "a name is missing" },
		{ "a = b +", "a name is missing" },
		{ "a = -b", "a name is missing" },
		{ "a == b", "a name is missing" },
		{ "a < b", "=, <= or >= is missing" },
		{ "a = b * c", "something stands behind the relation" },
		{ "a = b = c", "something stands behind the relation" },
		{ "a = b c", "something stands behind the relation" },
		{ "a = (b + c)", "a name is missing" },
		{ "a = last(b", "a closing parenthesis is missing" },
		{ "a = rows()", "a name is missing" },
		{ "a = sum(list)", "sum() takes list.column" },
		{ "a = sum(list.)", "a name is missing" },
		{ "a = max(b)", "there is no such function; there are last(), rows() and sum()" },
		{ "a. = b", "a name is missing" },
		{ "甲 = b", "a name is missing" },
	};
	struct relation relation;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *why = relation_read(&arena, cases[i].text, &relation);
		cr_expect(why && strcmp(why, cases[i].why) == 0, "'%s': %s", cases[i].text,
		    why ? why : "read");
	}
}

Test(chapters, ratios_and_their_grammar, ARENA)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "a / b", NULL },
		{ "(a + b) / c", NULL },
		{ "a / (b + c)", NULL },
		{ "( a + b - c )/( d + e )", NULL },
		{ "a", "a ratio needs a / between its two sides" },
		{ "a / ", "a name is missing" },
		{ "(a + b / c", "a closing parenthesis is missing" },
		{ "a / b / c", "something stands behind the ratio" },
		{ "a / b = c", "something stands behind the ratio" },
	};
	struct relation relation;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *why = ratio_read(&arena, cases[i].text, &relation);
		cr_expect(cases[i].why ? why && strcmp(why, cases[i].why) == 0 : !why, "'%s': %s",
		    cases[i].text, why ? why : "read");
	}
}

Test(chapters, names_that_a_chapter_does_not_have, ARENA)
{
	static const struct nb_figure figures[] = { { .id = "a" }, { .id = "b" } };
	static const struct nb_column columns[] = { { .id = "items" } };
	static const struct list_def lists[] = { { "leniency", "清单", columns, 1 } };
	static const struct chapter chapter = {
		.id = "x", .figures = figures, .figure_count = 2, .lists = lists, .list_count = 1
	};
	static const struct {
		const char *text, *unknown;
	} cases[] = {
		{ "a = b", NULL },
		{ "a = c", "c" },
		{ "c = a + d", "c" },
		{ "a = last(c)", "c" },
		{ "a = rows(leniency)", NULL },
		{ "a = rows(decisions)", "decisions" },
		{ "a = sum(leniency.items)", NULL },
		{ "a = sum(leniency.units)", "units" },
		/* Another chapter may be in the report or not: its figures are unknown then. */
		{ "a = other.c", NULL },
	};
	struct relation relation;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		cr_assert_null(relation_read(&arena, cases[i].text, &relation));
		const char *unknown = relation_unknown(&relation, &chapter);
		cr_expect(
		    cases[i].unknown ? unknown && strcmp(unknown, cases[i].unknown) == 0 : !unknown,
		    "%s: %s", cases[i].text, unknown ? unknown : "known");
	}
}

/* ---- evaluation ------------------------------------------------------------------ */

/*
 * The value of a term in "a=14 b=2500余 c=/ last(a)=3 d=5+": a "+" behind it says that others may
 * add to it; what is not named was not given. Its line is its position.
 */
static struct operand look_up(void *self, const struct term *term)
{
	const char *values = self;
	char name[64];
	unsigned line = 1;

	snprintf(name, sizeof name, term->kind == TERM_LAST ? "last(%s)=" : "%s=", term->id);
	for (const char *at = values; *at; line++) {
		size_t n = strcspn(at, " ");
		if (strncmp(at, name, strlen(name)) == 0) {
			struct operand operand = { .place = { "sfj/submission.ini", line, 0 } };
			char *text = arena_strndup(&arena, at + strlen(name), n - strlen(name));
			size_t end = strlen(text);
			if (end && text[end - 1] == '+') {
				operand.open = 1;
				text[end - 1] = '\0';
			}
			cr_assert_null(
			    quantity_read(&arena, text, NB_COUNT, NULL, &operand.quantity), "%s",
			    values);
			return operand;
		}
		at += n;
		at += *at == ' ';
	}
	return (struct operand){ 0 };
}

static struct verdict check(const char *text, const char *values)
{
	struct relation relation;
	union {
		const char *in;
		void *out;
	} self = { values };

	cr_assert_null(relation_read(&arena, text, &relation), "%s", text);
	return relation_check(&arena, &relation, look_up, self.out);
}

struct relation_case {
	const char *relation, *values;
	/* "11 ≠ 2+3" broken; "" holds; "?" cannot be told */
	const char *said;
	unsigned line; /* where the finding stands */
};

static const struct relation_case relation_cases[] = {
	/* What is exact. */
	{ "a = b + c", "a=5 b=2 c=3", "", 1 },
	{ "a = b + c", "a=6 b=2 c=3", "6 ≠ 2+3", 1 },
	{ "a = b + c", "b=2 c=3 a=4", "4 ≠ 2+3", 3 },
	{ "a = b - c", "a=1 b=3 c=2", "", 1 },
	{ "a = b - c", "a=2 b=3 c=2", "2 ≠ 3-2", 1 },
	{ "a + b = c + d", "a=1 b=4 c=2 d=3", "", 1 },
	{ "a + b = c + d", "a=1 b=4 c=2 d=2", "1+4 ≠ 2+2", 1 },
	{ "a <= b", "a=3 b=3", "", 1 },
	{ "a <= b", "a=4 b=3", "4 > 3", 1 },
	{ "a >= b", "a=3 b=3", "", 1 },
	{ "a >= b", "a=2 b=3", "2 < 3", 1 },
	{ "a + b <= c + d", "a=3 b=3 c=4 d=1", "3+3 > 4+1", 1 },
	{ "a = b", "a=0 b=0", "", 1 },
	{ "a = b", "a=0 b=1", "0 ≠ 1", 1 },
	{ "a = last(a)", "a=3 last(a)=3", "", 1 },
	{ "a = last(a)", "a=3 last(a)=4", "3 ≠ 4（上年）", 1 },
	{ "a = last(a) + b - c", "a=101 last(a)=100 b=4 c=3", "", 1 },
	{ "a = last(a) + b - c", "a=102 last(a)=100 b=4 c=3", "102 ≠ 100（上年）+4-3", 1 },

	/* A missing addend is unknown, not zero; known parts above the total are wrong all the
	   same. */
	{ "a = b + c", "a=5 b=2", "?", 1 },
	{ "a = b + c", "a=5 b=5", "?", 1 },
	{ "a = b + c", "a=5 b=6", "5 ≠ 6+?", 1 },
	{ "a = b + c", "b=6 c=1", "?", 1 },
	{ "a = b + c", "a=5", "?", 1 },
	{ "a = b + c", "", "?", 0 },
	{ "a <= b", "a=5", "?", 1 },
	{ "a <= b", "b=5", "?", 1 },
	{ "a <= b + c", "a=5 b=1", "?", 1 },
	{ "a + d <= b", "a=5 b=4", "5+? > 4", 1 },
	{ "a >= b + c", "a=5 b=6", "5 < 6+?", 1 },
	/* Less of something unknown may be anything below. */
	{ "a = b - c", "a=1 b=5", "?", 1 },
	{ "a = b - c", "a=6 b=5", "6 ≠ 5-?", 1 },
	{ "a = last(a) + b - c", "a=3 b=5 c=2", "?", 1 },
	{ "a = last(a) + b - c", "a=1 b=5 c=2", "1 ≠ ?+5-2", 1 },

	/* Empty, 0 and "/" are three things: nothing known, nothing, no part in the sum. */
	{ "a = b + c", "a=5 b=5 c=0", "", 1 },
	{ "a = b + c", "a=5 b=5 c=/", "", 1 },
	{ "a = b + c", "a=5 b=4 c=/", "5 ≠ 4+/", 1 },
	{ "a = b + c", "a=5 b=4 c=0", "5 ≠ 4+0", 1 },
	{ "a = b + c", "a=/ b=4 c=0", "?", 2 },
	{ "a = b + c", "a=0 b=/ c=/", "", 1 },
	{ "a = b + c", "a=5 b=/ c=/", "5 ≠ /+/", 1 },
	{ "a <= b", "a=5 b=/", "?", 1 },
	{ "a <= b", "a=/ b=5", "?", 2 },
	{ "a <= b", "a=5 b=0", "5 > 0", 1 },

	/* Approximate values are intervals. */
	{ "a = b + c", "a=2500余 b=2000 c=550", "", 1 },
	{ "a = b + c", "a=2500余 b=2000 c=700", "2500余 ≠ 2000+700", 1 },
	{ "a = b + c", "a=2500余 b=2000 c=499", "2500余 ≠ 2000+499", 1 },
	{ "a = b + c", "a=30 b=近20 c=20余", "", 1 },
	{ "a = b + c", "a=60 b=近20 c=20余", "60 ≠ 近20+20余", 1 },
	{ "a <= b", "a=近800 b=790", "", 1 },
	{ "a <= b", "a=800余 b=790", "800余 > 790", 1 },
	{ "a <= b", "a=1000000 b=100以上", "", 1 },
	{ "a >= b", "a=5 b=至少10", "5 < 至少10", 1 },
	{ "a = b", "a=至少10 b=11", "", 1 },
	{ "a = b", "a=至少10 b=9", "至少10 ≠ 9", 1 },
	{ "a = b", "a=至少10 b=至少99", "", 1 },

	/* Others may add to what is open. */
	{ "a = b + c", "a=19 b=11+ c=3+", "?", 1 },
	{ "a = b + c", "a=13 b=11+ c=3+", "13 ≠ 11+?+3+?", 1 },
	{ "a >= b", "a=3+ b=10", "?", 1 },
	{ "a <= b", "a=3 b=2+", "?", 1 },
	{ "a <= b", "a=3+ b=2", "3+? > 2", 1 },
	{ "a = b + c", "a=19 b=11 c=/+", "?", 1 },

	/* Sums beyond all numbers do not wrap around. */
	{ "a = b + c", "a=900000000000 b=900000000000 c=900000000000",
	    "900000000000 ≠ 900000000000+900000000000", 1 },
	{ "a <= b + c + d + e + f + g + h + i + j + k + l + m",
	    "a=900000000000 b=900000000000 c=900000000000 d=900000000000 e=900000000000 "
	    "f=900000000000 g=900000000000 h=900000000000 i=900000000000 j=900000000000 "
	    "k=900000000000 l=900000000000 m=900000000000",
	    "", 1 },
};

Test(chapters, relations_over_intervals, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(relation_cases); i++) {
		const struct relation_case *c = &relation_cases[i];
		struct verdict verdict = check(c->relation, c->values);
		const char *said = verdict.broken ? verdict.text : verdict.assessable ? "" : "?";

		cr_expect(
		    strcmp(said, c->said) == 0, "%s with %s: '%s'", c->relation, c->values, said);
		cr_expect(verdict.at.line == c->line, "%s with %s: line %u", c->relation, c->values,
		    verdict.at.line);
		cr_expect(
		    verdict.approximate ==
		        (strstr(c->values, "余") != NULL || strstr(c->values, "近") != NULL ||
		            strstr(c->values, "至少") != NULL || strstr(c->values, "以上") != NULL),
		    "%s with %s", c->relation, c->values);
	}
}

/* ---- rates ------------------------------------------------------------------------- */

static struct verdict check_rate(
    const char *text, const char *values, const char *rate, struct nb_quantity *quotient)
{
	struct relation ratio;
	struct operand reported = { .place = { "sfj/submission.ini", 9, 0 } };
	union {
		const char *in;
		void *out;
	} self = { values };

	cr_assert_null(ratio_read(&arena, text, &ratio), "%s", text);
	cr_assert_null(
	    quantity_read(&arena, rate, NB_PERCENT, "%", &reported.quantity), "%s", rate);
	if (quotient)
		*quotient =
		    ratio_value(&arena, &ratio, reported.quantity.decimals, look_up, self.out);
	return ratio_check(&arena, &ratio, &reported, look_up, self.out);
}

/* Some offices round, others cut off: both are right, nothing else is. */
Test(chapters, rates_rounded_or_cut_off, ARENA)
{
	static const struct {
		const char *ratio, *values, *rate;
		const char *said; /* as above */
	} cases[] = {
		/* 陕西 2016: 88.574…% and 19.936…% */
		{ "a / b", "a=1876 b=2118", "88.57%", "" },
		{ "a / b", "a=1876 b=2118", "88.58%", "88.58% ≠ 1876/2118" },
		{ "a / b", "a=1876 b=2118", "88.6%", "" },
		{ "a / b", "a=1876 b=2118", "88.5%", "" },
		{ "a / b", "a=1876 b=2118", "88.4%", "88.4% ≠ 1876/2118" },
		{ "a / b", "a=1876 b=2118", "89%", "" },
		{ "a / b", "a=1876 b=2118", "88%", "" },
		{ "a / b", "a=1876 b=2118", "90%", "90% ≠ 1876/2118" },
		{ "a / b", "a=374 b=1876", "19.94%", "" },
		{ "a / b", "a=374 b=1876", "19.93%", "" },
		{ "a / b", "a=374 b=1876", "19.95%", "19.95% ≠ 374/1876" },
		{ "a / b", "a=374 b=1876", "20%", "" },
		{ "a / b", "a=374 b=1876", "19%", "" },
		{ "a / b", "a=374 b=1876", "20.0%", "20.0% ≠ 374/1876" },
		{ "(a + b + c + d) / e", "a=70 b=209 c=10 d=85 e=1876", "19.94%", "" },
		{ "(a + b + c + d) / e", "a=70 b=209 c=10 d=86 e=1876", "19.94%",
		    "19.94% ≠ (70+209+10+86)/1876" },
		/* All and nothing. */
		{ "a / b", "a=30 b=30", "100%", "" },
		{ "a / b", "a=29 b=30", "100%", "100% ≠ 29/30" },
		{ "a / b", "a=299 b=300", "100%", "100% ≠ 299/300" },
		{ "a / b", "a=0 b=30", "0%", "" },
		{ "a / b", "a=0 b=30", "0.00%", "" },
		{ "a / b", "a=0 b=0", "100%", "100% ≠ 0/0" },
		{ "a / b", "a=1 b=3", "33.333333%", "" },
		{ "a / b", "a=2 b=3", "66.666667%", "" },
		{ "a / b", "a=2 b=3", "66.666666%", "" },
		{ "a / b", "a=2 b=3", "66.666668%", "66.666668% ≠ 2/3" },
		{ "a / b", "a=45 b=30", "150%", "" },
		/* Halves round up. */
		{ "a / b", "a=1 b=8", "12.5%", "" },
		{ "a / b", "a=1 b=8", "13%", "" },
		{ "a / b", "a=1 b=8", "12%", "" },
		/* What is not known for certain proves nothing. */
		{ "a / b", "a=1876", "10%", "?" },
		{ "a / b", "b=1876", "10%", "?" },
		{ "a / b", "a=近20 b=100", "90%", "?" },
		{ "a / b", "a=20 b=100", "约90%", "?" },
		{ "a / b", "a=/ b=100", "90%", "?" },
		{ "a / (b + c)", "a=20 b=100", "90%", "?" },
		{ "a / (b + c)", "a=20 b=100 c=/", "20%", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct verdict verdict =
		    check_rate(cases[i].ratio, cases[i].values, cases[i].rate, NULL);
		const char *said = verdict.broken ? verdict.text : verdict.assessable ? "" : "?";

		cr_expect(strcmp(said, cases[i].said) == 0, "%s of %s: '%s'", cases[i].rate,
		    cases[i].values, said);
		cr_expect_eq(verdict.at.line, 9);
	}
}

Test(chapters, rates_worked_out_are_rounded, ARENA)
{
	static const struct {
		const char *values, *decimals, *quotient;
	} cases[] = {
		{ "a=1876 b=2118", "0.00", "88.57%" },
		{ "a=374 b=1876", "0.00", "19.94%" },
		{ "a=374 b=1876", "0", "20%" },
		{ "a=1 b=8", "0", "13%" },
		{ "a=30 b=30", "0.00", "100%" },
		{ "a=0 b=30", "0.00", "0%" },
		{ "a=30 b=0", "0.00", "" },
		{ "a=30", "0.00", "" },
		{ "a=30 b=/", "0.00", "" },
		{ "a=30 b=40余", "0.00", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct nb_quantity quotient;

		check_rate("a / b", cases[i].values, cases[i].decimals, &quotient);
		cr_expect(strcmp(quotient.text, cases[i].quotient) == 0, "%s: '%s'",
		    cases[i].values, quotient.text);
		cr_expect(quotient.state == (*cases[i].quotient ? NB_EXACT : NB_ABSENT));
	}
}

/* ---- true data (DOMAIN.md, section 7) ------------------------------------------------ */

/* Calls `holds` with the values once as they are and once with each digit changed to each other. */
static void each_digit(const char *values, int (*holds)(const char *relation, const char *values),
    const char *relation)
{
	size_t changed = 0;

	cr_expect(holds(relation, values), "%s with %s", relation, values);
	for (size_t i = 0; values[i]; i++) {
		if (values[i] < '0' || values[i] > '9')
			continue;
		for (char digit = '0'; digit <= '9'; digit++) {
			char *other = arena_strdup(&arena, values);
			if (digit == values[i])
				continue;
			other[i] = digit;
			cr_expect(!holds(relation, other), "%s holds with %s", relation, other);
			changed++;
		}
	}
	cr_assert(changed > 0);
}

static int sum_holds(const char *relation, const char *values)
{
	struct verdict verdict = check(relation, values);
	return verdict.assessable && !verdict.broken;
}

/* The rate stands behind the values: "a=1876 b=2118 88.57%". */
static int rate_holds(const char *relation, const char *values)
{
	const char *rate = strrchr(values, ' ');
	struct verdict verdict = check_rate(
	    relation, arena_strndup(&arena, values, (size_t)(rate - values)), rate + 1, NULL);
	return verdict.assessable && !verdict.broken;
}

Test(chapters, true_sums_fail_with_any_digit_changed, ARENA)
{
	static const struct {
		const char *of, *relation, *values;
	} cases[] = {
		{ "陕西 2016, received", "a = b + c", "a=2371 b=1968 c=403" },
		{ "陕西 2016, to be concluded", "a = b + c", "a=2118 b=1968 c=150" },
		{ "陕西 2016, corrected", "a = b + c + d + e", "a=374 b=70 c=209 d=10 e=85" },
		{ "庆元 2024, penalties by class", "a = b + c + d + e + f + g + h + i + j",
		    "a=108156 b=12175 c=94929 d=235 e=189 f=101 g=0 h=11 i=504 j=12" },
		{ "庆元 2024", "a = b + c + d", "a=26569 b=26462 c=102 d=5" },
		{ "沁水 2021, reconsideration", "a = b + c + d + e + f + g + h",
		    "a=14 b=3 c=2 d=2 e=3 f=2 g=1 h=1" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		each_digit(cases[i].values, sum_holds, cases[i].relation);
}

/*
 * A digit far behind does not show in a rate of two decimals (1876 of 2118 and of 2118 give one
 * rate only), so it is the rate's digits that are changed.
 */
Test(chapters, true_rates_fail_with_any_digit_changed, ARENA)
{
	static const struct {
		const char *values, *rate;
		int and_cut; /* last digit of the same rate cut off, which is right, too */
	} cases[] = {
		{ "a=1876 b=2118", "88.57%", '7' },
		{ "a=374 b=1876", "19.94%", '3' },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t last = strlen(cases[i].rate) - 2;
		cr_expect(rate_holds(
		    "a / b", arena_printf(&arena, "%s %s", cases[i].values, cases[i].rate)));
		for (size_t k = 0; k <= last; k++)
			for (char digit = '0'; digit <= '9'; digit++) {
				char *other = arena_strdup(&arena, cases[i].rate);
				if (other[k] == '.' || other[k] == digit ||
				    (k == last && digit == cases[i].and_cut))
					continue;
				other[k] = digit;
				cr_expect(!rate_holds("a / b", arena_printf(&arena, "%s %s",
				                                   cases[i].values, other)),
				    "%s of %s", other, cases[i].values);
			}
	}
}
