/*
 * sums.c: whether the numbers of one sentence agree with each other.
 *
 * A sentence is taken at its word only where its form leaves no other reading:
 * 其中 may name some parts and may name overlapping ones, 共 may add up what
 * stands in the sentence before, 其余 may be the rest of what was said
 * earlier. Wherever another reading fits, or the form is not a known one,
 * nothing is said.
 */
#define _GNU_SOURCE /* memmem */
#include "review/sums.h"

#include "base/i18n.h"
#include "base/number.h"
#include "base/number_words.h"
#include "base/quantity.h"
#include "review/text.h"

enum {
	LABEL_MAX = 90, /* bytes of what a part is called */
	PARTS_MAX = 12, /* of one total */
	REST_MAX = 6,   /* numbers that a rest is reckoned from */
	BACK_MAX = 8    /* numbers before a list that may belong to it */
};

/* A stretch of text. */
struct span {
	const char *p, *end;
};

/* One sentence and its quantities. */
struct sentence {
	struct search *search;
	struct arena *scratch;
	const struct number *numbers; /* of the sentence, quantities alone */
	size_t count;
	size_t earlier; /* numbers of the passage that stand before them, at numbers[-1] and on */
	struct span text;
	int goes_on;     /* ； stands before it, or behind it */
	size_t from, to; /* findings that may have named the cause already */
	int compares;    /* its percentages may be of something else */
	int carries_over;
};

/* ---- words ------------------------------------------------------------------ */

static int holds(struct span span, const char *const *words)
{
	for (; *words; words++)
		if (memmem(span.p, (size_t)(span.end - span.p), *words, strlen(*words)))
			return 1;
	return 0;
}

/* Passes one of the words; 0 if none stands here. */
static int skip(struct span *span, const char *const *words)
{
	size_t n = text_any(span->p, words);
	if (!n || n > (size_t)(span->end - span->p))
		return 0;
	span->p += n;
	return 1;
}

static int equals(struct span span, const char *const *words)
{
	return skip(&span, words) && span.p == span.end;
}

static void skip_blanks(struct span *span)
{
	const char *p = text_skip_blanks(span->p, span->end);
	span->p = p;
}

static const char *const commas[] = { "，", ",", NULL };
static const char *const joints[] = { "、", "和", "及", NULL };

/* What stands before number `i`, back to the number before it or the start of the sentence. */
static struct span before(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return (struct span){ i ? text + s->numbers[i - 1].end : s->text.p,
		text + s->numbers[i].start };
}

/* What stands behind it. */
static struct span behind(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return (struct span){ text + s->numbers[i].end,
		i + 1 < s->count ? text + s->numbers[i + 1].start : s->text.end };
}

/* The last clause of what stands before a number: 县政府常务会议 of ，其中县政府常务会议. */
static struct span last_clause(struct span span)
{
	struct span out = { span.p, span.end };
	for (const char *p = span.p; p < span.end;) {
		uint32_t c = utf8_next(&p, span.end);
		if (c == 0xFF0C || c == ',' || c == 0x3001 || c == 0xFF1A || c == ':')
			out.p = p;
	}
	return out;
}

/* Whether no bracket opens or closes half a pair. */
static int is_balanced(struct span span)
{
	int open = 0;
	for (const char *p = span.p; p < span.end;) {
		uint32_t c = utf8_next(&p, span.end);
		if (c == 0xFF08 || c == '(')
			open++;
		else if ((c == 0xFF09 || c == ')') && open-- == 0)
			return 0;
	}
	return open == 0;
}

/* Whether it only says what the part is: no comparing, no other count, no half a bracket. */
static int is_label(struct span span)
{
	static const char *const others[] = { "同比", "增长", "增加", "下降", "减少", "较", "占",
		"上年", "去年", "往年", "平均", "人均", "每", "各", "其中", "至", "目标", "计划",
		"力争", "主要", "例如", "包括", "等", "含", "结转", "另", "加上", "次均", "累计",
		"其他", "%", "\n", "{", "〔", "/", "“", NULL };
	if (span.end - span.p > LABEL_MAX || holds(span, others))
		return 0;
	return is_balanced(span);
}

/* ---- numbers ---------------------------------------------------------------- */

/*
 * A count in whole numbers. What is given in 万, or with decimals, was rounded
 * by itself: its sum need not come out.
 */
static int is_count(const struct number *number)
{
	static const char *const others[] = { "倍", "‰", "分", "届", "层", NULL };
	static const char *const rounded[] = { "万", "亿", "千", "百", NULL };
	const struct nb_quantity *q = &number->quantity;
	enum unit_kind kind;
	size_t n = unit_at(number->unit, &kind);
	if (number->percent || number->points || !n || number->unit[n] || q->decimals ||
	    (kind != UNIT_COUNT && kind != UNIT_MONEY) || text_any(number->unit, others))
		return 0;
	return text_digit((unsigned char)*q->text) < 0 ||
	       !holds((struct span){ q->text, q->text + strlen(q->text) }, rounded);
}

static int alike(const struct number *a, const struct number *b)
{
	return is_count(a) && is_count(b) && strcmp(a->unit, b->unit) == 0;
}

static int overlap(const struct nb_quantity *a, const struct nb_quantity *b)
{
	return a->low <= b->high && b->low <= a->high;
}

/* The sum of numbers [from, to), bounds alone. */
static struct nb_quantity sum_of(const struct sentence *s, size_t from, size_t to)
{
	struct nb_quantity sum = { .state = NB_EXACT, .text = "" };
	for (size_t i = from; i < to; i++) {
		sum.low = bound_add(sum.low, s->numbers[i].quantity.low);
		sum.high = bound_add(sum.high, s->numbers[i].quantity.high);
	}
	return sum;
}

/* ---- findings ----------------------------------------------------------------- */

static int same_place(const struct nb_place *a, const struct nb_place *b)
{
	return a->file && b->file && strcmp(a->file, b->file) == 0 && a->line == b->line &&
	       a->column == b->column;
}

/* Whether one of the numbers [from, to) has been found to be wrong by itself. */
static int is_told(const struct sentence *s, size_t from, size_t to)
{
	const struct findings *findings = s->search->reviewer->findings;
	for (size_t i = from; i < to && s->from < s->to; i++) {
		struct nb_place at = passage_place(s->search->passage, s->numbers[i].start);
		for (size_t f = s->from; f < s->to; f++) {
			const struct finding *one = &findings->items[f];
			if (strcmp(one->code, code_table[CODE_NUMBER_FREE].id) != 0 &&
			    same_place(&one->at, &at))
				return 1;
		}
	}
	return 0;
}

static const char *written(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return search_copy(s->search, text + s->numbers[i].start, text + s->numbers[i].end);
}

/* Reports at number `at`; the claim takes numbers [from, to). */
static void report(const struct sentence *s, enum code code, size_t at, size_t from, size_t to,
    const char *message, const char *const args[4])
{
	struct search *search = s->search;
	if (search->found[code] >= TEXT_FOUND_MAX || is_told(s, from, to))
		return;
	search->found[code]++;
	findings_add(search->reviewer->findings,
	    &(struct finding){ .code = code_table[code].id,
	        .severity = code_table[code].severity,
	        .department = search->reviewer->department,
	        .at = passage_place(search->passage, s->numbers[at].start),
	        .subject = written(s, at),
	        .message = message,
	        .args = { args[0], args[1], args[2], args[3] } });
}

/* Parts [from, to) do not make `total`. */
static void report_sum(
    const struct sentence *s, size_t total, size_t from, size_t to, const char *message)
{
	struct buf terms = { 0 };
	struct nb_quantity sum = s->numbers[from].quantity;
	if (s->search->found[CODE_NUMBER_SUM] >= TEXT_FOUND_MAX)
		return;
	for (size_t i = from; i < to; i++) {
		buf_addf(&terms, "%s%s", i > from ? "＋" : "", s->numbers[i].quantity.text);
		if (i > from)
			sum = quantity_add(s->scratch, &sum, &s->numbers[i].quantity, 0);
	}
	size_t first = total < from ? total : from, last = total >= to ? total + 1 : to;
	report(s, CODE_NUMBER_SUM, total, first, last, message,
	    (const char *const[4]){ buf_str(&terms), sum.text, written(s, total) });
	buf_release(&terms);
}

/* ---- A3次、B5次，共8次 ------------------------------------------------------------- */

/* Whether a clause or the sentence ends behind number `i`. */
static int stands_alone(const struct sentence *s, size_t i)
{
	struct span after = behind(s, i);
	skip_blanks(&after);
	return after.p == after.end || skip(&after, commas) || skip(&after, joints);
}

/* Where the list before total `i` ends; 0 if none does. *exactly: parts it must have, or 0. */
static size_t announced(const struct sentence *s, size_t i, size_t *exactly)
{
	static const char *const words[] = { "共调整", "共计", "共有", "共", "合计", "总计", "总共",
		"一共", "以上合计", "以上共计", NULL };
	struct span gap = before(s, i), stop;
	*exactly = 0;
	if (!i)
		return 0;
	if (equals(gap, words)) { /* ，两项合计28项 */
		const struct nb_quantity *q = &s->numbers[i - 1].quantity;
		stop = before(s, i - 1);
		if (i < 3 || text_digit((unsigned char)*q->text) >= 0 || !equals(stop, commas) ||
		    q->low != q->high || q->low > PARTS_MAX * NB_UNIT)
			return 0;
		*exactly = (size_t)(q->low / NB_UNIT);
		return i - 1;
	}
	skip_blanks(&gap);
	return (skip(&gap, commas) || skip(&gap, joints)) && equals(gap, words) ? i : 0;
}

/* How part `i` hangs on to the one before it. */
enum joint { JOINT_NONE, JOINT_LIST, JOINT_COMMA };

static enum joint joint_of(const struct sentence *s, size_t i)
{
	struct span gap = before(s, i);
	skip_blanks(&gap);
	enum joint joint = skip(&gap, joints)   ? JOINT_LIST
	                   : skip(&gap, commas) ? JOINT_COMMA
	                                        : JOINT_NONE;
	return last_clause(gap).p == gap.p && is_label(gap) ? joint : JOINT_NONE;
}

/*
 * Whether parts from some number on, further back than `from`, make the total,
 * or one of them with the list does: 共 may add up a whole paragraph.
 */
static int fits_further_back(
    const struct sentence *s, size_t from, size_t end, const struct number *total)
{
	struct nb_quantity list = sum_of(s, from, end), sum = list;
	const struct number *first = s->numbers - s->earlier;
	size_t i = from + s->earlier;
	for (int back = 0; i-- > 0 && back < PARTS_MAX; back++) {
		const struct number *number = &first[i];
		const struct nb_quantity *q = &number->quantity;
		if (strcmp(number->unit, total->unit) != 0)
			continue;
		struct nb_quantity with = { .low = bound_add(list.low, q->low),
			.high = bound_add(list.high, q->high) };
		sum.low = bound_add(sum.low, q->low);
		sum.high = bound_add(sum.high, q->high);
		if (!is_count(number) || overlap(q, &total->quantity) ||
		    overlap(&sum, &total->quantity) || overlap(&with, &total->quantity))
			return 1;
	}
	return 0;
}

/* Whether a list that begins with number `from` begins there, and is not the end of a longer one.
 */
static int begins_list(const struct sentence *s, size_t from)
{
	struct span gap = before(s, from), name = last_clause(gap), stop = gap;
	if (from > BACK_MAX)
		return 0;
	for (size_t i = 0; i <= from; i++)
		if (!is_balanced(before(s, i)))
			return 0; /* numbers in brackets are parts of parts */
	stop.end = name.p;
	return from == 0 ? !text_any_before(stop.p, stop.end, joints)
	                 : text_any_before(stop.p, stop.end, commas) != 0;
}

/* Parts with ， between them: only where all numbers of the sentence are parts. */
static int all_are_parts(const struct sentence *s, size_t end, const struct number *total)
{
	if (end < 2 || end > BACK_MAX)
		return 0;
	for (size_t i = 0; i < end; i++)
		if (!alike(&s->numbers[i], total) || (i && joint_of(s, i) == JOINT_NONE) ||
		    s->numbers[i].quantity.low > total->quantity.high)
			return 0;
	return is_label(before(s, 0));
}

static void check_total(const struct sentence *s, size_t i)
{
	static const char *const others[] = { "加上", "结转", "上年", "去年", "其中", "两年",
		"三年", "五年", "以来", "此外", "另", "还", "连同", "加之", NULL };
	static const char *const stock[] = { "新", "退出", "取消", "注销", "净增", "增补", "减",
		NULL };
	static const char *const adjusted[] = { "共调整", NULL };
	static const char *const heads[] = { "全年", "全县", "累计", NULL };
	const struct number *total = &s->numbers[i];
	size_t exactly, end = announced(s, i, &exactly), from = end;
	if (!end || s->goes_on || !is_count(total) || !stands_alone(s, i))
		return;
	while (from > 0 && end - from < PARTS_MAX && alike(&s->numbers[from - 1], total)) {
		from--;
		if (joint_of(s, from) != JOINT_LIST)
			break;
	}
	struct span name = last_clause(before(s, from));
	while (skip(&name, heads))
		;
	if (end - from == PARTS_MAX || from == end || !is_label(name))
		return;
	if (exactly && end - from != exactly)
		return;
	size_t first = from;
	if (end - from < 2) {
		if (!all_are_parts(s, end, total))
			return;
		from = 0;
	}
	struct nb_quantity sum = sum_of(s, from, end);
	struct span list = { s->text.p, s->search->start + total->end };
	if (overlap(&sum, &total->quantity) || !begins_list(s, from) ||
	    fits_further_back(s, from, end, total) || holds(list, others))
		return;
	/* 新增3家、退出5家，共12家: that is how many there are now. */
	struct span moves = { name.p, list.end };
	if (from != first)
		moves.p = s->text.p;
	if (holds(moves, stock) && !holds(before(s, i), adjusted))
		return;
	/* What is counted one by one in the list may be its own total: 受理58件、办结58件，共58件.
	 */
	for (size_t k = from; k < end; k++)
		if (overlap(&s->numbers[k].quantity, &total->quantity))
			return;
	report_sum(s, i, from, end, N_("%s = %s, not the total in the text, %s"));
}

/* ---- 收到286件，保留231件、废止41件，其余13件 -------------------------------------------- */

/* What a rest may be followed by, so that it is the same thing that is counted. */
static int is_rest_of_same(const struct sentence *s, size_t i)
{
	static const char *const words[] = { "正", "因", "计划", "尚", "已", "按", "拟", "仍",
		"全部", "将", "退", "待", "转", "移", NULL };
	struct span after = behind(s, i);
	skip_blanks(&after);
	return stands_alone(s, i) || skip(&after, words);
}

/* Whether some of the numbers (first, end) and the rest make number `first`. */
static int fits_rest(const struct sentence *s, size_t first, size_t end)
{
	size_t n = end - first - 1;
	for (unsigned chosen = 1; chosen < 1u << n; chosen++) {
		struct nb_quantity sum = s->numbers[end].quantity;
		for (size_t k = 0; k < n; k++)
			if (chosen >> k & 1) {
				const struct nb_quantity *q = &s->numbers[first + 1 + k].quantity;
				sum.low = bound_add(sum.low, q->low);
				sum.high = bound_add(sum.high, q->high);
			}
		if (overlap(&sum, &s->numbers[first].quantity))
			return 1;
	}
	return 0;
}

/* Whether number `first` is what the parts behind it are parts of. */
static int is_whole(const struct sentence *s, size_t first, int others)
{
	static const char *const whole[] = { "收到", "收集", "征集", "审核", "审查", "发现", "清理",
		"承担", "反馈", "评查", "抽查", "抽检", "排查", "交办", "承办", "梳理", "接到",
		"接收", "受理", "申请", "共", NULL };
	static const char *const part[] = { "通过", "完成", "已", "退", "合格", "办结", "保留",
		"废止", "失效", "修改", "不", "未", "维持", "撤", "驳回", "销号", "其中", "采纳",
		"回复", NULL };
	static const char *const mended[] = { "整改", NULL };
	static const char *const of_it[] = { "中", "，其中", ",其中", NULL };
	struct span after = before(s, first + 1), label = last_clause(before(s, first));
	if (!is_label(label) || holds(label, part))
		return 0;
	return skip(&after, of_it) ||
	       (!others && holds(label, whole) && (holds(after, part) || holds(after, mended)));
}

/* Whether a count before number `first` is made of the rest and what the run says. */
static int is_rest_of_earlier(
    const struct sentence *s, size_t first, const struct number *run, size_t n)
{
	const struct number *all = s->numbers - s->earlier;
	size_t i = first + s->earlier;
	int64_t parts = 0;
	for (size_t k = 1; k < n; k++)
		parts = bound_add(parts, run[k].quantity.low);
	int64_t rest = run[n].quantity.low, whole = run[0].quantity.low;
	for (int back = 0; i-- > 0 && back < PARTS_MAX; back++) {
		int64_t value = all[i].quantity.low;
		if (strcmp(all[i].unit, run[0].unit) == 0 &&
		    (value == bound_add(rest, whole) || value == bound_add(rest, parts) ||
		        value == bound_add(bound_add(rest, parts), whole)))
			return 1;
	}
	return 0;
}

static void check_rest(const struct sentence *s, size_t i)
{
	static const char *const rests[] = { "其余", "剩余", "余下", "剩下", NULL };
	static const char *const others[] = { "其他", "其它", NULL };
	static const char *const unclear[] = { "加上", "结转", "上年", "去年", "新增", "另", "涉及",
		"每", "各", "并处", "合并", NULL };
	const struct number *rest = &s->numbers[i];
	struct span gap = before(s, i);
	skip_blanks(&gap);
	if (i < 2 || s->goes_on || s->carries_over || !is_count(rest) ||
	    (!skip(&gap, commas) && !skip(&gap, joints)))
		return;
	int other = equals(gap, others);
	if ((!other && !equals(gap, rests)) || !is_rest_of_same(s, i))
		return;
	/* The run of counts before it; a rate between them, 整改率93.75%, is none. */
	struct number run[REST_MAX + 2];
	size_t at[REST_MAX + 2], n = 0;
	for (size_t k = i; k-- > 0 && n <= REST_MAX;) {
		if (s->numbers[k].percent)
			continue;
		if (!alike(&s->numbers[k], rest))
			break;
		at[n++] = k;
	}
	if (n < 2 || n > REST_MAX)
		return;
	size_t first = at[n - 1];
	if (!is_whole(s, first, other))
		return;
	for (size_t k = 0; k < n; k++)
		run[k] = s->numbers[at[n - 1 - k]];
	run[n] = *rest;
	/* Two parts and more must be one list. */
	for (size_t k = 0; k + 2 < n; k++)
		if (joint_of(s, at[k]) != JOINT_LIST || at[k] != at[k + 1] + 1)
			return;
	if (!is_label(last_clause(before(s, at[n - 2]))) &&
	    !holds(last_clause(before(s, at[n - 2])), (const char *const[]){ "其中", NULL }))
		return;
	struct span claim = { s->search->start + s->numbers[first].end,
		s->search->start + rest->start };
	if (holds(claim, unclear))
		return;
	for (size_t k = 1; k <= n; k++)
		if (run[k].quantity.low > run[0].quantity.high)
			return;
	struct sentence alone = *s;
	alone.numbers = run;
	alone.count = n + 1;
	for (size_t k = 0; k < n; k++)
		if (fits_rest(&alone, k, n))
			return;
	if (is_rest_of_earlier(s, first, run, n))
		return;
	report_sum(&alone, 0, 1, n + 1, N_("%s = %s, not the total in the text, %s"));
}

/* ---- 共N件，其中A x件、B y件 ------------------------------------------------------------ */

/* Kinds of parts that never overlap, whatever the text is about; each of them once. */
static int is_partition(const struct sentence *s, size_t from, size_t to)
{
	static const char *const groups[][7] = {
		{ "维持", "驳回", "撤销", "变更", "终止", NULL },
		{ "胜诉", "败诉", "撤诉", NULL },
		{ "常委会", "常务会", "党组会", NULL },
		{ "代表建议", "政协提案", NULL },
		{ "上半年", "下半年", NULL },
		{ "一季度", "二季度", "三季度", "四季度", NULL },
		{ "准予", "不予", NULL },
		{ "咨询类", "求助类", "投诉类", "举报类", "建议类", NULL },
	};
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
		unsigned used = 0;
		size_t i = from;
		for (; i < to; i++) {
			unsigned of = 0;
			for (unsigned w = 0; groups[g][w]; w++)
				if (holds(last_clause(before(s, i)),
				        (const char *const[]){ groups[g][w], NULL }))
					of |= 1u << w;
			if (!of || (of & (of - 1)) || used & of)
				break;
			used |= of;
		}
		if (i == to)
			return 1;
	}
	return 0;
}

/* A part that is one of the whole by its name alone. */
static int is_plain_part(struct span label)
{
	static const char *const names[] = { "罚款", "警告", "行政拘留", "拘留", "按期办结", "通过",
		"合格", "优秀", "不合格", "已整改", "线上", "线下", NULL };
	return equals(label, names);
}

/* Whether a count of the sentence before `whole` is at least so large: 其中 may mean that one. */
static int is_of_earlier(const struct sentence *s, size_t whole, const struct nb_quantity *sum)
{
	size_t i = whole;
	for (int back = 0; i-- > 0; back++)
		if (back == BACK_MAX || (strcmp(s->numbers[i].unit, s->numbers[whole].unit) == 0 &&
		                            s->numbers[i].quantity.high >= sum->low))
			return 1;
	return 0;
}

static void check_parts(const struct sentence *s, size_t whole)
{
	static const char *const some[] = { "其中：", "其中:", "其中", NULL };
	static const char *const all[] = { "其中分别为", "其中分别是", "分别为", "分别是", "分为",
		NULL };
	static const char *const holders[] = { "个", "类", "种", NULL };
	static const char *const came_in[] = { "受理", "收到", "新收", "新增", "立案", NULL };
	const struct number *total = &s->numbers[whole];
	size_t from = whole + 1;
	while (from < s->count && from < whole + 3 && s->numbers[from].percent)
		from++; /* 2864户，同比增长6.3%，其中 */
	if (from >= s->count || !is_count(total) || !alike(&s->numbers[from], total))
		return;
	struct span gap = before(s, from);
	skip_blanks(&gap);
	if (!skip(&gap, commas))
		return;
	int complete = from == whole + 1 && skip(&gap, all);
	if ((!complete && !skip(&gap, some)) || last_clause(gap).p != gap.p || !is_label(gap))
		return;
	size_t to = from + 1;
	while (to < s->count && to - from < PARTS_MAX && alike(&s->numbers[to], total) &&
	       joint_of(s, to) == JOINT_LIST)
		to++;
	struct nb_quantity sum = sum_of(s, from, to);
	if (to - from == PARTS_MAX || overlap(&sum, &total->quantity) || !stands_alone(s, to - 1) ||
	    is_of_earlier(s, whole, &sum))
		return;
	/* What came in this year and what was done this year are not one in the other. */
	int above = sum.low > total->quantity.high && !s->carries_over &&
	            !holds(last_clause(before(s, whole)), came_in);
	if (above && to - from == 1 && is_plain_part(gap))
		report(s, CODE_NUMBER_SUM, whole, whole, to,
		    N_("the part %s is more than the whole, %s"),
		    (const char *const[4]){ written(s, from), written(s, whole) });
	else if (above && to - from > 1 && is_partition(s, from, to))
		report_sum(s, whole, from, to, N_("the parts %s = %s are more than the whole, %s"));
	else if (complete && !s->goes_on && !s->carries_over && to - from > 1 && to == s->count &&
	         !text_any(total->unit, holders) &&
	         total->quantity.low != (int64_t)(to - from) * NB_UNIT) {
		struct span after = behind(s, to - 1);
		skip_blanks(&after);
		for (size_t i = from; i < to; i++)
			if (s->numbers[i].quantity.low > total->quantity.high)
				return; /* it counts those that have parts, not the parts */
		if (after.p == after.end)
			report_sum(
			    s, whole, from, to, N_("%s = %s, not the total in the text, %s"));
	}
}

/* ---- shares and rates ---------------------------------------------------------------- */

static double bound(int64_t millionths)
{
	return millionths == NB_UNBOUNDED ? 1e30 : (double)millionths;
}

/* Whether `part` of `whole` is the share, rounded or cut off at its decimals. */
static int is_share(const struct nb_quantity *part, const struct nb_quantity *whole,
    const struct nb_quantity *share)
{
	double unit = (double)NB_UNIT, nothing = unit / 1e6;
	for (uint32_t i = 0; i < share->decimals; i++)
		unit /= 10;
	if (whole->low <= 0)
		return 1;
	double low = bound(part->low) / bound(whole->high) * 100 * (double)NB_UNIT;
	double high = bound(part->high) / bound(whole->low) * 100 * (double)NB_UNIT;
	return high >= bound(share->low) - unit / 2 - nothing &&
	       low <= bound(share->high) + unit + nothing;
}

/* Millionths, rounded and printed with so many decimals. */
static const char *rounded(struct arena *arena, double millionths, unsigned decimals)
{
	int64_t step = NB_UNIT;
	for (unsigned i = 0; i < decimals && step > 1; i++)
		step /= 10;
	return quantity_print(arena, (int64_t)(millionths / (double)step + 0.5) * step, decimals);
}

static void report_share(const struct sentence *s, size_t share, size_t part, size_t whole)
{
	const struct nb_quantity *p = &s->numbers[part].quantity, *w = &s->numbers[whole].quantity;
	const struct nb_quantity *q = &s->numbers[share].quantity;
	struct nb_quantity rest = { .low = bound_add(p->low, w->low),
		.high = bound_add(p->high, w->high) };
	if (is_share(p, w, q) || is_share(w, p, q) || is_share(p, &rest, q) ||
	    is_share(w, &rest, q))
		return;
	if (p->low != p->high || w->low != w->high || p->low > w->low ||
	    s->search->found[CODE_NUMBER_SHARE] >= TEXT_FOUND_MAX)
		return; /* then there is no one share to name */
	double exact = (double)p->low / (double)w->low * 100 * (double)NB_UNIT;
	unsigned decimals = q->decimals < 2 ? 2 : q->decimals;
	size_t first = part < whole ? part : whole;
	report(s, CODE_NUMBER_SHARE, share, first, share + 1, N_("%s of %s is %s, not %s"),
	    (const char *const[4]){ written(s, part), written(s, whole),
	        arena_printf(s->scratch, "%s%%", rounded(s->scratch, exact, decimals)),
	        written(s, share) });
}

/* The only other count of that unit in the sentence before `part`; (size_t)-1 if there is not one.
 */
static size_t only_other(const struct sentence *s, size_t part)
{
	size_t other = (size_t)-1;
	for (size_t i = part, back = 0; i-- > 0; back++) {
		if (back == BACK_MAX)
			return (size_t)-1;
		if (strcmp(s->numbers[i].unit, s->numbers[part].unit) != 0)
			continue;
		if (other != (size_t)-1)
			return (size_t)-1;
		other = i;
	}
	return other != (size_t)-1 && alike(&s->numbers[other], &s->numbers[part]) ? other
	                                                                           : (size_t)-1;
}

/* 合格1451人，合格率99.2%: a rate by a word that its part has as well. */
static int is_rate_of(struct span gap, struct span part, struct span whole)
{
	static const char *const rates[] = { "合格", "通过", "采纳", "整改", "按期办结", NULL };
	static const char *const joins[] = { "率为", "率达到", "率达", "率", NULL };
	static const char *const unlike[] = { "报名", "应", "到期", "发放", NULL };
	for (size_t i = 0; rates[i]; i++) {
		const char *const one[] = { rates[i], NULL };
		struct span rest = gap;
		if (skip(&rest, one) && equals(rest, joins))
			return holds(part, one) &&
			       !holds(part, (const char *const[]){ "不", "未", "补考", NULL }) &&
			       !holds(whole, unlike);
	}
	return 0;
}

static void check_share(const struct sentence *s, size_t i)
{
	static const char *const of_all[] = { "占比达到", "占比达", "占比为", "占比", "占总数的",
		"占", NULL };
	static const char *const of_it[] = { "其中", NULL };
	static const char *const within[] = { "中", NULL };
	static const char *const of[] = { "的", NULL };
	static const char *const takes[] = { "占", NULL };
	static const char *const others[] = { "中心", "中队", "中小", "中学", "集中", NULL };
	if (i < 2 || s->compares || s->carries_over)
		return;
	struct span gap = before(s, i);
	if (equals(gap, of)) { /* 3218件，占同类办件3576件的90% */
		struct span whole = before(s, i - 1);
		if (skip(&whole, commas) && skip(&whole, takes) && is_label(whole) &&
		    last_clause(whole).p == whole.p && only_other(s, i - 1) == i - 2)
			report_share(s, i, i - 2, i - 1);
		return;
	}
	size_t part = i - 1, whole = only_other(s, part);
	if (whole == (size_t)-1 || !is_count(&s->numbers[part]))
		return;
	/* One stop between the two, and no other clause that may speak of something else. */
	struct span tail = gap, blank = gap;
	gap = last_clause(gap);
	tail.end = gap.p;
	tail.end -= text_any_before(tail.p, tail.end, commas);
	if (tail.end == gap.p || last_clause(tail).p != tail.p)
		return;
	skip_blanks(&blank);
	int adjoins = blank.p == tail.end;
	struct span name = last_clause(before(s, part)), of_whole = before(s, whole + 1);
	if (equals(gap, of_all)) {
		/* 12个乡镇中有5个: 中 behind what the whole counts. */
		const char *stop =
		    memmem(of_whole.p, (size_t)(of_whole.end - of_whole.p), "中", strlen("中"));
		int direct = whole + 1 == part && stop && stop - of_whole.p <= 12 &&
		             last_clause(of_whole).p == of_whole.p && !holds(of_whole, others);
		struct span start = name;
		if (skip(&start, of_it) || direct || skip(&of_whole, within))
			report_share(s, i, part, whole);
	} else if (adjoins && whole + 1 == part &&
	           is_rate_of(gap, name, last_clause(before(s, whole)))) {
		report_share(s, i, part, whole);
	}
}

/* 合格率992%. Returns whether it is so. */
static int check_rate(const struct sentence *s, size_t i)
{
	static const char *const rates[] = { "合格率", "满意率", "通过率", "办结率", "整改率",
		"胜诉率", "败诉率", "出庭率", "应诉率", "参与率", "知晓率", "覆盖率", "采纳率",
		"审结率", "备案率", "公开率", "可办率", "及格率", "优秀率", NULL };
	static const char *const done[] = { "办结率", "审结率", NULL };
	static const char *const joins[] = { "保持在", "达到了", "达到", "均为", "均达", "保持",
		"高达", "为", "达", "：", "是", NULL };
	struct span gap = before(s, i);
	const struct number *number = &s->numbers[i];
	if (!number->percent || number->points || number->quantity.low <= 100 * NB_UNIT)
		return 0;
	gap.end -= text_any_before(gap.p, gap.end, joins);
	size_t n = text_any_before(gap.p, gap.end, rates);
	/* What came in the year before is done this year: a little above 100 % may be right. */
	if (text_any_before(gap.p, gap.end, done) && number->quantity.low <= 150 * NB_UNIT)
		return 0;
	if (!n || s->compares || s->carries_over ||
	    s->search->found[CODE_NUMBER_IMPOSSIBLE_RATE] >= TEXT_FOUND_MAX)
		return 0;
	report(s, CODE_NUMBER_IMPOSSIBLE_RATE, i, i, i + 1,
	    N_("%s of %s: no share is more than the whole"),
	    (const char *const[4]){ search_copy(s->search, gap.end - n, gap.end), written(s, i) });
	return 1;
}

/* ---- the text -------------------------------------------------------------------------- */

static void check_sentence(struct sentence *s)
{
	static const char *const comparing[] = { "增长", "下降", "同比", "提高", "提升", "上升",
		"较", "百分点", "目标", "到期", "倍", "参保", "保险", "接种", NULL };
	static const char *const carrying[] = { "结转", "旧存", "上年", "去年", "往年", "历年",
		"积案", "加上", NULL };
	s->compares = holds(s->text, comparing);
	s->carries_over = s->carries_over || holds(s->text, carrying);
	for (size_t i = 0; i < s->count; i++) {
		if (s->numbers[i].percent) {
			if (!check_rate(s, i))
				check_share(s, i);
			continue;
		}
		check_total(s, i);
		check_rest(s, i);
		check_parts(s, i);
	}
}

static int is_semicolon(uint32_t c)
{
	return c == 0xFF1B || c == ';';
}

static int ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == 0xFF1B || c == ';' || c == 0xFF01 || c == '!' || c == 0xFF1F ||
	       c == '?';
}

/* Whether every {{figure}} of [from, to) has a value that was read as a number. */
static int figures_are_known(const struct passage *passage, size_t *figure, size_t from, size_t to,
    const struct number *numbers, size_t count)
{
	size_t i = 0;
	int known = 1;
	while (*figure < passage->figure_count && passage->figures[*figure].end <= from)
		++*figure;
	for (; *figure < passage->figure_count && passage->figures[*figure].start < to; ++*figure) {
		const struct passage_figure *one = &passage->figures[*figure];
		while (i < count && numbers[i].end <= one->start)
			i++;
		if (i == count || numbers[i].start >= one->end)
			known = 0;
	}
	return known;
}

static void check_passage(struct search *search, struct arena *scratch, size_t from, size_t to)
{
	const struct passage *passage = search->passage;
	struct number *numbers;
	size_t all = numbers_find(scratch, passage->text, passage->size, &numbers), count = 0;
	size_t figure = 0, next = 0;
	for (size_t i = 0; i < all; i++)
		if (numbers[i].kind == NUMBER_QUANTITY)
			numbers[count++] = numbers[i];
	static const char *const carrying[] = { "结转", "旧存", "积案", NULL };
	int goes_on = 0, carries_over = search_has(search, carrying);
	for (const char *p = search->start, *start = p; p < search->end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search->end);
		if (!ends_sentence(c) && p < search->end)
			continue;
		while (start < at && (utf8_is_space((unsigned char)*start) || *start == '\n'))
			start++;
		struct sentence s = { .search = search,
			.scratch = scratch,
			.numbers = numbers + next,
			.earlier = next,
			.text = { start, ends_sentence(c) ? at : p },
			.goes_on = goes_on || is_semicolon(c),
			.carries_over = carries_over,
			.from = from,
			.to = to };
		while (next < count && numbers[next].start < (size_t)(s.text.end - search->start))
			next++, s.count++;
		start = p;
		goes_on = is_semicolon(c);
		if (s.count &&
		    figures_are_known(passage, &figure, (size_t)(s.text.p - search->start),
		        (size_t)(s.text.end - search->start), s.numbers, s.count))
			check_sentence(&s);
	}
}

void sums_check(const struct reviewer *reviewer, const struct passage *passages, size_t count,
    size_t from, size_t to)
{
	unsigned found[CODE_COUNT] = { 0 }; /* in the whole text */
	for (size_t i = 0; i < count; i++) {
		struct arena scratch = { 0 };
		struct search search = search_begin(reviewer, &passages[i]);
		memcpy(search.found, found, sizeof found);
		if (passages[i].kind != PASSAGE_CELL)
			check_passage(&search, &scratch, from, to);
		memcpy(found, search.found, sizeof found);
		arena_release(&scratch);
	}
}
