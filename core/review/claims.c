/* claims.c: 均已办结, 全部整改, 出庭率100%: words that say all or none where the figures do not. */
#include "review/claims.h"

#include "base/i18n.h"
#include "chapters/rules.h"
#include "review/clause.h"

#include <string.h>

enum { CLAUSE_MAX = 300 };

/* Whether one of the words, | between them, stands in the text. */
static int holds_any(struct arena *arena, const char *text, const char *words)
{
	for (const char *p = words; *p;) {
		size_t n = strcspn(p, "|");
		if (strstr(text, arena_strndup(arena, p, n)))
			return 1;
		p += n + (p[n] == '|');
	}
	return 0;
}

/* Whether the clause at `at`, or the one before it, speaks of the claim's subject. */
static int has_subject(
    struct arena *arena, const struct passage *passage, size_t at, size_t end, const char *subject)
{
	size_t start = clause_start(passage->text, at, CLAUSE_MAX);
	if (start > 3)
		start = clause_start(passage->text, start - 3, CLAUSE_MAX); /* 3: the mark itself */
	return holds_any(arena, arena_strndup(arena, passage->text + start, end - start), subject);
}

/* 尚未全部整改 says that not all is done. */
static int is_denied(const struct passage *passage, size_t at)
{
	static const char *const words[] = { "未", "未能", "没有", "不是", "并非" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		if (n <= at && memcmp(passage->text + at - n, words[i], n) == 0)
			return 1;
	}
	return 0;
}

/* Where the passage claims it; 0 if it does not. */
static int find_words(struct arena *arena, const struct passage *passage,
    const struct nb_claim *claim, size_t *start, size_t *end)
{
	for (const char *p = claim->words; *p;) {
		size_t n = strcspn(p, "|");
		const char *word = arena_strndup(arena, p, n);
		p += n + (p[n] == '|');
		for (const char *hit = passage->text; (hit = strstr(hit, word)) != NULL; hit += n) {
			*start = (size_t)(hit - passage->text);
			*end = *start + n;
			if (!is_denied(passage, *start) &&
			    has_subject(arena, passage, *start, *end, claim->subject))
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
	for (size_t c = 0; c < chapter->claim_count; c++) {
		struct verdict verdict =
		    rules_claim(reviewer->arena, catalog, submission, written, c);
		if (!verdict.broken)
			continue;
		for (size_t p = 0; p < written->passage_count; p++) {
			const struct passage *passage = &written->passages[p];
			size_t start, end;
			if (!find_words(&scratch, passage, &chapter->claims[c], &start, &end))
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
			break;
		}
	}
	arena_release(&scratch);
}
