/*
 * sums.c: whether the numbers of one sentence agree with each other.
 *
 * A sentence is taken at its word only where its form leaves no other reading:
 * 其中 may name some parts and may name overlapping ones, 共 may add up what
 * stands in the sentence before, 其余 may be the rest of what was said
 * earlier. Wherever another reading fits, or the form is not a known one,
 * nothing is said.
 */
#include "review/sums.h"

#include "base/i18n.h"
#include "base/quantity.h"
#include "review/shares.h"

enum {
	PARTS_MAX = 12, /* of one total */
	REST_MAX = 6,   /* numbers that a rest is reckoned from */
	LATER_MAX = 4,  /* numbers behind a rest that may be of it */
	BACK_MAX = 8    /* numbers before a list that may belong to it */
};

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
	sentence_report(s, CODE_NUMBER_SUM, total, first, last, message,
	    (const char *const[4]){ buf_str(&terms), sum.text, sentence_written(s, total) });
	buf_release(&terms);
}

/* ---- A3次、B5次，共8次 ------------------------------------------------------------- */

/* Whether a clause or the sentence ends behind number `i`. */
static int stands_alone(const struct sentence *s, size_t i)
{
	struct span after = sentence_behind(s, i);
	span_skip_blanks(&after);
	return after.p == after.end || span_skip(&after, span_commas) ||
	       span_skip(&after, span_joints);
}

/* Where the list before total `i` ends; 0 if none does. *exactly: parts it must have, or 0. */
static size_t announced(const struct sentence *s, size_t i, size_t *exactly)
{
	static const char *const words[] = { "共调整", "共计", "共有", "共", "合计", "总计", "总共",
		"一共", "以上合计", "以上共计", NULL };
	struct span gap = sentence_before(s, i), stop;
	*exactly = 0;
	if (!i)
		return 0;
	if (span_equals(gap, words)) { /* ，两项合计28项 */
		const struct nb_quantity *q = &s->numbers[i - 1].quantity;
		stop = sentence_before(s, i - 1);
		if (i < 3 || text_digit((unsigned char)*q->text) >= 0 ||
		    !span_equals(stop, span_commas) || q->low != q->high ||
		    q->low > PARTS_MAX * NB_UNIT)
			return 0;
		*exactly = (size_t)(q->low / NB_UNIT);
		return i - 1;
	}
	span_skip_blanks(&gap);
	return (span_skip(&gap, span_commas) || span_skip(&gap, span_joints)) &&
	               span_equals(gap, words)
	           ? i
	           : 0;
}

/* How part `i` hangs on to the one before it. */
enum joint { JOINT_NONE, JOINT_LIST, JOINT_COMMA };

static enum joint joint_of(const struct sentence *s, size_t i)
{
	struct span gap = sentence_before(s, i);
	span_skip_blanks(&gap);
	enum joint joint = span_skip(&gap, span_joints)   ? JOINT_LIST
	                   : span_skip(&gap, span_commas) ? JOINT_COMMA
	                                                  : JOINT_NONE;
	if (joint == JOINT_NONE)
		return JOINT_NONE;
	return span_last_clause(gap).p == gap.p && span_is_label(gap) ? joint : JOINT_NONE;
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
		if (!number_counts(number) || quantities_overlap(q, &total->quantity) ||
		    quantities_overlap(&sum, &total->quantity) ||
		    quantities_overlap(&with, &total->quantity))
			return 1;
	}
	return 0;
}

/* Whether a list that begins with number `from` begins there, and is not the end of a longer one.
 */
static int begins_list(const struct sentence *s, size_t from)
{
	struct span gap = sentence_before(s, from), name = span_last_clause(gap), stop = gap;
	if (from > BACK_MAX)
		return 0;
	for (size_t i = 0; i <= from; i++)
		if (!span_is_balanced(sentence_before(s, i)))
			return 0; /* numbers in brackets are parts of parts */
	stop.end = name.p;
	return from == 0 ? !text_any_before(stop.p, stop.end, span_joints)
	                 : text_any_before(stop.p, stop.end, span_commas) != 0;
}

/* Parts with ， between them: only where all numbers of the sentence are parts. */
static int all_are_parts(const struct sentence *s, size_t end, const struct number *total)
{
	if (end < 2 || end > BACK_MAX)
		return 0;
	for (size_t i = 0; i < end; i++)
		if (!number_alike(&s->numbers[i], total) || (i && joint_of(s, i) == JOINT_NONE) ||
		    s->numbers[i].quantity.low > total->quantity.high)
			return 0;
	return span_is_label(sentence_before(s, 0));
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
	if (!end || s->goes_on || !number_counts(total) || !stands_alone(s, i))
		return;
	while (from > 0 && end - from < PARTS_MAX && number_alike(&s->numbers[from - 1], total)) {
		from--;
		if (joint_of(s, from) != JOINT_LIST)
			break;
	}
	struct span name = span_last_clause(sentence_before(s, from));
	while (span_skip(&name, heads))
		;
	if (end - from == PARTS_MAX || from == end || !span_is_label(name))
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
	if (quantities_overlap(&sum, &total->quantity) || !begins_list(s, from) ||
	    fits_further_back(s, from, end, total) || span_holds(list, others))
		return;
	/* 新增3家、退出5家，共12家: that is how many there are now. */
	struct span moves = { name.p, list.end };
	if (from != first)
		moves.p = s->text.p;
	if (span_holds(moves, stock) && !span_holds(sentence_before(s, i), adjusted))
		return;
	/* What is counted one by one in the list may be its own total: 受理58件、办结58件，共58件.
	 */
	for (size_t k = from; k < end; k++)
		if (quantities_overlap(&s->numbers[k].quantity, &total->quantity))
			return;
	report_sum(s, i, from, end, N_("%s = %s, not the total in the text, %s"));
}

/* ---- 收到286件，保留231件、废止41件，其余13件 -------------------------------------------- */

/* What a rest may be followed by, so that it is the same thing that is counted. */
static int is_rest_of_same(const struct sentence *s, size_t i)
{
	static const char *const words[] = { "正", "因", "计划", "尚", "已", "按", "拟", "仍",
		"全部", "将", "退", "待", "转", "移", NULL };
	struct span after = sentence_behind(s, i);
	span_skip_blanks(&after);
	return stands_alone(s, i) || span_skip(&after, words);
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
		if (quantities_overlap(&sum, &s->numbers[first].quantity))
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
	struct span after = sentence_before(s, first + 1),
	            label = span_last_clause(sentence_before(s, first));
	if (!span_is_label(label) || span_holds(label, part))
		return 0;
	return span_skip(&after, of_it) ||
	       (!others && span_holds(label, whole) &&
	           (span_holds(after, part) || span_holds(after, mended)));
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
	struct span gap = sentence_before(s, i);
	span_skip_blanks(&gap);
	if (i < 2 || s->goes_on || !number_counts(rest) ||
	    (!span_skip(&gap, span_commas) && !span_skip(&gap, span_joints)))
		return;
	int other = span_equals(gap, others);
	if ((!other && !span_equals(gap, rests)) || !is_rest_of_same(s, i) ||
	    sentence_carries_over(s))
		return;
	/* The run of counts before it; a rate between them, 整改率93.75%, is none. */
	struct number run[REST_MAX + 2];
	size_t at[REST_MAX + 2], n = 0;
	for (size_t k = i; k-- > 0 && n <= REST_MAX;) {
		if (s->numbers[k].percent)
			continue;
		if (!number_alike(&s->numbers[k], rest))
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
	if (!span_is_label(span_last_clause(sentence_before(s, at[n - 2]))) &&
	    !span_holds(span_last_clause(sentence_before(s, at[n - 2])),
	        (const char *const[]){ "其中", NULL }))
		return;
	struct span claim = { s->search->start + s->numbers[first].end,
		s->search->start + rest->start };
	if (span_holds(claim, unclear))
		return;
	for (size_t k = 1; k <= n; k++)
		if (run[k].quantity.low > run[0].quantity.high)
			return;
	struct number all[REST_MAX + LATER_MAX + 2];
	struct sentence alone = *s;
	size_t more = n;
	memcpy(all, run, n * sizeof *run);
	for (size_t k = i + 1; k < s->count && k <= i + LATER_MAX; k++)
		if (number_alike(&s->numbers[k], rest))
			all[more++] = s->numbers[k]; /* 剩余2个正在整改、1个移交 */
	all[more] = *rest;
	alone.numbers = all;
	alone.count = more + 1;
	for (size_t k = 0; k < n; k++)
		if (fits_rest(&alone, k, more))
			return;
	alone.numbers = run;
	alone.count = n + 1;
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
				if (span_holds(span_last_clause(sentence_before(s, i)),
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
	return span_equals(label, names);
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
	if (from >= s->count || !number_counts(total) || !number_alike(&s->numbers[from], total))
		return;
	struct span gap = sentence_before(s, from);
	span_skip_blanks(&gap);
	if (!span_skip(&gap, span_commas))
		return;
	int complete = from == whole + 1 && span_skip(&gap, all);
	if (!complete && !span_skip(&gap, some))
		return;
	size_t to = from + 1;
	while (to < s->count && to - from < PARTS_MAX && number_alike(&s->numbers[to], total) &&
	       joint_of(s, to) == JOINT_LIST)
		to++;
	struct nb_quantity sum = sum_of(s, from, to);
	if (!complete && sum.low <= total->quantity.high)
		return; /* some parts, as it should be */
	if (to - from == PARTS_MAX || quantities_overlap(&sum, &total->quantity) ||
	    span_last_clause(gap).p != gap.p || !span_is_label(gap) || !stands_alone(s, to - 1) ||
	    is_of_earlier(s, whole, &sum))
		return;
	/* What came in this year and what was done this year are not one in the other. */
	int carries_over = sentence_carries_over(s);
	int above = sum.low > total->quantity.high && !carries_over &&
	            !span_holds(span_last_clause(sentence_before(s, whole)), came_in);
	if (above && to - from == 1 && is_plain_part(gap))
		sentence_report(s, CODE_NUMBER_SUM, whole, whole, to,
		    N_("the part %s is more than the whole, %s"),
		    (const char *const[4]){
		        sentence_written(s, from), sentence_written(s, whole) });
	else if (above && to - from > 1 && is_partition(s, from, to))
		report_sum(s, whole, from, to, N_("the parts %s = %s are more than the whole, %s"));
	else if (complete && !s->goes_on && !carries_over && to - from > 1 && to == s->count &&
	         !text_any(total->unit, holders) &&
	         total->quantity.low != (int64_t)(to - from) * NB_UNIT) {
		struct span after = sentence_behind(s, to - 1);
		span_skip_blanks(&after);
		for (size_t i = from; i < to; i++)
			if (s->numbers[i].quantity.low > total->quantity.high)
				return; /* it counts those that have parts, not the parts */
		if (after.p == after.end)
			report_sum(
			    s, whole, from, to, N_("%s = %s, not the total in the text, %s"));
	}
}

/* ---- the text -------------------------------------------------------------------------- */

static void check_sentence(const struct sentence *s)
{
	for (size_t i = 0; i < s->count; i++) {
		if (s->numbers[i].percent) {
			shares_check(s, i);
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

static void check_passage(struct search *search, struct arena *scratch, struct number *numbers,
    size_t all, size_t from, size_t to)
{
	const struct passage *passage = search->passage;
	size_t count = 0, figure = 0, next = 0;
	for (size_t i = 0; i < all; i++)
		if (numbers[i].kind == NUMBER_QUANTITY)
			numbers[count++] = numbers[i];
	static const char *const carrying[] = { "结转", "旧存", "积案", NULL };
	int goes_on = 0, carries_over = search_has(search, carrying);
	for (const char *p = search->start, *start = p; p < search->end;) {
		/* Most characters end no sentence, as their first byte tells. */
		p += strcspn(p, "\xE3\xEF;!?");
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
			.answers =
			    &(struct answers){ .carries_over = carries_over ? YES : NOT_ASKED },
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
    struct number *const *numbers, const size_t *number_counts, size_t from, size_t to)
{
	unsigned found[CODE_COUNT] = { 0 }; /* in the whole text */
	for (size_t i = 0; i < count; i++) {
		struct arena scratch = { 0 };
		struct search search = search_begin(reviewer, &passages[i]);
		memcpy(search.found, found, sizeof found);
		if (passages[i].kind != PASSAGE_CELL)
			check_passage(&search, &scratch, numbers[i], number_counts[i], from, to);
		memcpy(found, search.found, sizeof found);
		arena_release(&scratch);
	}
}
