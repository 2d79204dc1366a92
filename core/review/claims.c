/* claims.c: 均已办结, 全部整改, 出庭率100%: words that say all or none where the figures do not. */
#define _GNU_SOURCE /* memmem */
#include "review/claims.h"

#include "base/i18n.h"
#include "base/number.h"
#include "chapters/rules.h"
#include "review/clause.h"
#include "review/words.h"

#include <string.h>

enum { CLAUSE_MAX = 300 };

/* Whether one of the words, | between them, stands in `n` bytes of text. */
static int holds_any(const char *text, size_t n, const char *words)
{
	for (const char *p = words; *p;) {
		size_t size = strcspn(p, "|");
		if (memmem(text, n, p, size))
			return 1;
		p += size + (p[size] == '|');
	}
	return 0;
}

/* Whether the clause that the words at `at` stand in, up to them, makes them no claim. */
static int speaks_otherwise(const struct passage *passage, size_t at)
{
	/* 尚未全部整改 denies it, 确保全部整改 is a goal, 复查 another round. */
	static const char words[] =
	    "未|没有|不是|并非|确保|力争|争取|要求|督促|推动|力求|目标|复查|复评";
	size_t start = clause_start(passage->text, at, CLAUSE_MAX);
	return holds_any(passage->text + start, at - start, words);
}

/* Where the clause before that of `at` begins. */
static size_t two_clauses(const struct passage *passage, size_t at)
{
	size_t start = clause_start(passage->text, at, CLAUSE_MAX);
	if (start <= 3)
		return start;
	return clause_start(passage->text, start - 3, CLAUSE_MAX); /* 3: the mark itself */
}

/* Whether it is said of others than the figures count, or with an exception. */
static int is_of_others(const struct passage *passage, size_t at, size_t end)
{
	const char *text = passage->text;
	size_t start = two_clauses(passage, at);
	size_t stop = clause_end(text, passage->size, end, CLAUSE_MAX);
	size_t next = stop + 3 < passage->size && memcmp(text + stop, "，", 3) == 0
	                  ? clause_end(text, passage->size, stop + 3, CLAUSE_MAX)
	                  : stop;
	return words_of_last_year(text + start, at - start) ||
	       holds_any(text + start, at - start, "审计") ||
	       words_of_others(text + start, at - start) ||
	       strncmp(text + start, "除", strlen("除")) == 0 ||
	       holds_any(text + end, next - end, "除外|以外|之外");
}

/* Whether the department reported this number for a figure of the chapter. */
static int is_reported(const struct written *written, const struct number *number)
{
	for (size_t i = 0; i < written->chapter->figure_count; i++) {
		const struct nb_quantity *q = &written->values[i].quantity;
		int64_t scale;
		const char *unit = unit_base(written->chapter->figures[i].unit, &scale);
		if (nb_is_number(q) && (*number->unit == '\0' || strcmp(unit, number->unit) == 0) &&
		    number->quantity.low / scale <= q->high &&
		    q->low <= number->quantity.high / scale)
			return 1;
	}
	return 0;
}

/*
 * 任前考试28人全部合格: a number between the subject and the words says who they
 * all are. If it is no figure's, they are others.
 */
static int counts_others(
    const struct passage *passage, const struct written *written, size_t at, const char *subject)
{
	struct arena scratch = { 0 };
	struct number *numbers;
	size_t start = two_clauses(passage, at);
	const char *text = passage->text + start;
	size_t count = numbers_find(&scratch, text, at - start, &numbers);
	int others = 0;
	for (size_t i = count; i-- > 0;)
		if (numbers[i].kind == NUMBER_QUANTITY && !numbers[i].percent) {
			others =
			    !is_reported(written, &numbers[i]) &&
			    !holds_any(text + numbers[i].end, at - start - numbers[i].end, subject);
			break;
		}
	arena_release(&scratch);
	return others;
}

/* Whether the clause at `at`, or the one before it, speaks of the claim's subject. */
static int has_subject(const struct passage *passage, size_t at, size_t end, const char *subject)
{
	size_t start = two_clauses(passage, at);
	return holds_any(passage->text + start, end - start, subject);
}

/* Where the passage claims it; 0 if it does not. */
static int find_words(struct arena *arena, const struct passage *passage,
    const struct written *written, const struct nb_claim *claim, size_t *start, size_t *end)
{
	for (const char *p = claim->words; *p;) {
		size_t n = strcspn(p, "|");
		const char *word = arena_strndup(arena, p, n);
		p += n + (p[n] == '|');
		for (const char *hit = passage->text; (hit = strstr(hit, word)) != NULL; hit += n) {
			*start = (size_t)(hit - passage->text);
			*end = *start + n;
			if (!speaks_otherwise(passage, *start) &&
			    has_subject(passage, *start, *end, claim->subject) &&
			    !is_of_others(passage, *start, *end) &&
			    !counts_others(passage, written, *start, claim->subject))
				return 1;
		}
	}
	return 0;
}

void claims_check(const struct reviewer *reviewer, const struct catalog *catalog,
    const struct submission *submission, const struct written *written)
{
	const struct chapter *chapter = written->chapter;
	struct arena scratch = { 0 };
	const char *told = ""; /* words of the last claim found: one cause, one finding */
	for (size_t c = 0; c < chapter->claim_count; c++) {
		if (strcmp(chapter->claims[c].words, told) == 0)
			continue;
		struct verdict verdict =
		    rules_claim(reviewer->arena, catalog, submission, written, c);
		if (!verdict.broken)
			continue;
		for (size_t p = 0; p < written->passage_count; p++) {
			const struct passage *passage = &written->passages[p];
			size_t start, end;
			if (!find_words(
			        &scratch, passage, written, &chapter->claims[c], &start, &end))
				continue;
			findings_add(reviewer->findings,
			    &(struct finding){ FINDING(NUMBER_ABSOLUTE),
			        .department = reviewer->department,
			        .at = passage_place(passage, start), .also = verdict.at,
			        .subject = chapter->claims[c].relation,
			        .message = N_("the text says '%s', the figures do not: %s"),
			        .args = {
			            arena_strndup(&scratch, passage->text + start, end - start),
			            verdict.text } });
			told = chapter->claims[c].words;
			break;
		}
	}
	arena_release(&scratch);
}
