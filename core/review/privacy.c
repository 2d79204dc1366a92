/* privacy.c: what must not be published: numbers that lead to a person; marks are in secrecy.c. */
#include "review/secrecy.h"
#include "review/text.h"

#include "base/i18n.h"

enum {
	GROUPS_MAX = 6,  /* 6222 0212 3456 7890 123 are five */
	DIGITS_MAX = 19, /* of a bank card, the longest number looked for */
	ID_DIGITS = 18,
	OLD_ID_DIGITS = 15,
	MAIL_MAX = 64, /* octets of a mail name (RFC 5321, 4.5.3.1.1); here of the domain, too */
};

/* ---- numbers --------------------------------------------------------------- */

/* Digits that stand together. 10 is the X of an identity number. */
struct group {
	const char *start, *end;
	size_t count; /* of all digits; those past DIGITS_MAX are not kept */
	unsigned char digits[DIGITS_MAX];
	uint32_t joint; /* the one character between this group and the next, or 0 */
};

/* Groups put together. */
struct joined {
	size_t count;
	unsigned char digits[DIGITS_MAX];
	const char *start, *end;
};

static int is_hyphen(uint32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0xFF0D;
}

/* Reads the group of digits at `p`. */
static struct group read_group(const char *p, const char *end)
{
	struct group group = { .start = p, .end = p };
	for (int digit; (digit = text_digit(utf8_next(&p, end))) >= 0; group.end = p)
		if (group.count++ < DIGITS_MAX)
			group.digits[group.count - 1] = (unsigned char)digit;
	const char *next = group.end;
	uint32_t c = utf8_next(&next, end);
	int x = c == 'X' || c == 'x' || c == 0xFF38 || c == 0xFF58;
	if (x && group.count < ID_DIGITS && !text_is_word(text_at(next, end))) {
		group.digits[group.count++] = 10;
		group.end = next;
	} else if ((text_is_blank(c) || is_hyphen(c)) && text_digit(text_at(next, end)) >= 0) {
		group.joint = c;
	}
	return group;
}

/* Groups from `p` on that one blank or hyphen parts, GROUPS_MAX at most. */
static size_t read_groups(const char *p, const char *end, struct group *groups)
{
	size_t n = 0;
	do {
		groups[n] = read_group(p, end);
		p = groups[n].end;
		utf8_next(&p, end);
	} while (groups[n++].joint && n < GROUPS_MAX);
	return n;
}

/* Puts `n` groups together; 0 if that makes too many digits, or if the joints differ. */
static int join(const struct group *groups, size_t n, struct joined *out)
{
	*out = (struct joined){ .start = groups[0].start, .end = groups[n - 1].end };
	for (size_t i = 0; i < n; i++) {
		if (out->count + groups[i].count > DIGITS_MAX)
			return 0;
		if (i + 1 < n && groups[i].joint != groups[0].joint)
			return 0;
		memcpy(out->digits + out->count, groups[i].digits, groups[i].count);
		out->count += groups[i].count;
	}
	return 1;
}

static unsigned value(const unsigned char *digits, size_t n)
{
	unsigned sum = 0;
	while (n--)
		sum = sum * 10 + *digits++;
	return sum;
}

static int is_birth_date(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return year >= 1880 && year < 2100 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1];
}

/* Region and birth date as in an identity number (GB 11643-1999); regions by GB/T 2260. */
static int looks_like_id(const struct joined *number)
{
	static const unsigned char provinces[] = { 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34,
		35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81,
		82, 83 };
	const unsigned char *d = number->digits;
	return number->count == ID_DIGITS &&
	       memchr(provinces, (int)value(d, 2), sizeof provinces) != NULL &&
	       is_birth_date(value(d + 6, 4), value(d + 10, 2), value(d + 12, 2));
}

/* GB 11643-1999: ISO 7064, MOD 11-2; 10 is written X, and only as the last digit. */
static int is_citizen_id(const struct joined *number)
{
	unsigned sum = 0;
	if (!looks_like_id(number))
		return 0;
	for (size_t i = 0; i < ID_DIGITS; i++) {
		if (number->digits[i] == 10 && i + 1 < ID_DIGITS)
			return 0;
		sum = (sum + number->digits[i]) * (i + 1 < ID_DIGITS ? 2 : 1) % 11;
	}
	return sum == 1;
}

/* 1[3-9] and nine more digits. */
static int is_mobile(const struct joined *number)
{
	return number->count == 11 && number->digits[0] == 1 && number->digits[1] >= 3 &&
	       number->digits[10] != 10;
}

/* An issuer's number in front (UnionPay, Visa, Mastercard) and Luhn's check digit (ISO/IEC 7812).
 */
static int is_bank_card(const struct joined *number)
{
	unsigned issuer, sum = 0;
	if (number->count < 16)
		return 0;
	issuer = value(number->digits, 2);
	if (issuer != 62 &&
	    !(number->count == 16 && (issuer / 10 == 4 || (issuer >= 51 && issuer <= 55))))
		return 0;
	for (size_t i = 0; i < number->count; i++) {
		unsigned digit = number->digits[number->count - 1 - i];
		if (digit == 10)
			return 0;
		if (i % 2)
			digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

/* The digits between the first and the last ones covered: 138****0000. */
static const char *masked(
    struct search *search, const struct joined *number, size_t first, size_t last)
{
	char shown[DIGITS_MAX + 1] = "";
	for (size_t i = 0; i < number->count; i++)
		shown[i] = i >= first && i + last < number->count ? '*'
		           : number->digits[i] == 10              ? 'X'
		                                                  : (char)('0' + number->digits[i]);
	return arena_strdup(search->reviewer->arena, shown);
}

/* Whether a number may begin here: not within a longer one, a code, a path, a masked number. */
static int may_begin(const struct search *search, const char *p)
{
	const char *start = search->start;
	uint32_t c = utf8_before(start, p);
	if (text_is_word(c) || c == '*' || c == 0xFF0A)
		return 0;
	uint32_t earlier = utf8_before(start, text_left(start, p, 1));
	if (c == '.' || c == 0xFF0E || c == '_' || is_hyphen(c))
		return !text_is_word(earlier);
	return c != '/' || !text_is_letter(earlier);
}

static int may_end(const struct search *search, const char *p)
{
	uint32_t c = utf8_next(&p, search->end);
	if (text_is_word(c) || c == '*' || c == 0xFF0A || c == '@' || c == 0xFF20)
		return 0;
	return !((c == '.' || c == '_' || is_hyphen(c)) && text_is_word(text_at(p, search->end)));
}

/* ￥13800000000, 15000000000元, 第13800000000号: an amount, or the number of a paper. */
static int is_counted(const struct search *search, const struct joined *number)
{
	static const char *const before[] = { "第", "¥", "￥", "$", NULL };
	static const char *const after[] = { "元", "万", "亿", "余", "多", "件", "个", "次", "吨",
		"号", "%", "％", NULL };
	const char *behind = text_skip_blanks(number->end, search->end);
	return text_any_before(search->start, number->start, before) ||
	       (text_any(behind, after) && !text_word(behind, "号码"));
}

/* 身份证号码：, 身份证： in front: what stands there is one, even with a slip in it. */
static int is_called_id(const struct search *search, const char *p)
{
	static const char *const links[] = { "：", ":", "为", "是", "码", "号", NULL };
	static const char *const words[] = { "身份证", "公民身份", NULL };
	for (int i = 0; i < TEXT_BLANKS_MAX; i++) { /* 号, 码, ：, and a blank */
		if (text_is_blank(utf8_before(search->start, p)))
			p = text_left(search->start, p, 1);
		p -= text_any_before(search->start, p, links);
	}
	return text_any_before(search->start, p, words) != 0;
}

/* 18 digits, or the 15 of before 1999, by the length alone. */
static int is_id_long(const struct joined *number)
{
	return number->count == ID_DIGITS || number->count == OLD_ID_DIGITS;
}

/* The number of groups that an identity number takes up, or 0. */
static size_t find_id(struct search *search, const struct group *groups, size_t n)
{
	struct joined number;
	for (size_t k = 1; k <= n && join(groups, k, &number); k++) {
		if (k > 1 && !text_is_blank(groups[0].joint))
			break;
		if (!may_end(search, number.end) ||
		    !(is_citizen_id(&number) ||
		        (is_id_long(&number) && is_called_id(search, number.start))))
			continue;
		search_report(search, CODE_PRIVACY_CITIZEN_ID, number.start,
		    N_("a citizen's identity number stands in the text: %s"),
		    masked(search, &number, 6, 2), NULL);
		return k;
	}
	return 0;
}

/* 138 0000 0000 or 138-0000-0000, and not 4 digits more. */
static int is_mobile_shape(const struct group *groups, size_t n, size_t k)
{
	if (k == 1)
		return 1;
	if (groups[0].count != 3 || (k == 3 && groups[1].count != 4) || k > 3)
		return 0;
	return !(k < n && groups[k - 1].joint && groups[k].count == 4);
}

static size_t find_mobile(struct search *search, const struct group *groups, size_t n)
{
	struct joined number;
	size_t from = 0;
	if (n > 1 && value(groups[0].digits, groups[0].count < 4 ? groups[0].count : 4) == 86)
		from = 1; /* +86 138…, 0086-138… */
	for (size_t k = 1; from + k <= n && join(groups + from, k, &number); k++) {
		/* 8613800000000 */
		size_t country = k == 1 && number.count == 13   ? 2
		                 : k == 1 && number.count == 15 ? 4
		                                                : 0;
		if (country && value(number.digits, country) == 86) {
			memmove(number.digits, number.digits + country, 11);
			number.count = 11;
		}
		if (!is_mobile(&number) || !is_mobile_shape(groups + from, n - from, k) ||
		    !may_end(search, number.end) || is_counted(search, &number))
			continue;
		search_report(search, CODE_PRIVACY_MOBILE, number.start,
		    N_("a mobile number stands in the text: %s"), masked(search, &number, 3, 4),
		    NULL);
		return from + k;
	}
	return 0;
}

/* 6222021234567890123, 6222 0212 3456 7890 123, 622202 1234567890123. */
static int is_card_shape(const struct group *groups, size_t k)
{
	if (k == 2 && groups[0].count == 6)
		return 1;
	for (size_t i = 0; i + 1 < k; i++)
		if (groups[i].count != 4)
			return 0;
	return k != 2 && k != 3;
}

static size_t find_bank_card(struct search *search, const struct group *groups, size_t n)
{
	struct joined number;
	for (size_t k = 1; k <= n && join(groups, k, &number); k++) {
		/* 18 digits with a birth date in them: an identity number with a slip in it. */
		if (!is_card_shape(groups, k) || !is_bank_card(&number) || looks_like_id(&number) ||
		    !may_end(search, number.end) || is_counted(search, &number))
			continue;
		/* 6222 0212 3456 7890 could go on. */
		if (k > 1 && k < n && groups[k].count < 4)
			continue;
		search_report(search, CODE_PRIVACY_BANK_CARD, number.start,
		    N_("what looks like a bank card number stands in the text: %s"),
		    masked(search, &number, 6, 2), NULL);
		return k;
	}
	return 0;
}

/* Looks at the digits at `p`; returns where to go on. */
static const char *find_numbers(struct search *search, const char *p)
{
	struct group groups[GROUPS_MAX];
	size_t n = read_groups(p, search->end, groups), used = 0;
	if (may_begin(search, p)) {
		used = find_id(search, groups, n);
		if (!used)
			used = find_bank_card(search, groups, n);
		if (!used)
			used = find_mobile(search, groups, n);
	}
	return groups[used ? used - 1 : 0].end;
}

/* ---- mail addresses -------------------------------------------------------- */

static int is_mail_char(uint32_t c)
{
	return text_is_word(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

/* Where the domain at `p` ends: name.tld or longer; NULL if it is none. */
static const char *domain_end(const char *p, const char *end)
{
	const char *from = p, *last = NULL; /* behind the last label that may end a domain */
	int letters = 0, dots = 0;
	while (p < end && p - from < MAIL_MAX) {
		const char *at = p;
		uint32_t c = utf8_next(&p, end);
		if (c == '.') {
			if (at == from || !text_is_word(text_at(p, end)))
				break;
			dots++;
			letters = 0;
		} else if (text_is_word(c) || c == '-') {
			letters = text_is_letter(c) ? letters + 1 : -MAIL_MAX;
			if (dots && letters >= 2)
				last = p;
		} else {
			break;
		}
	}
	return last;
}

/* `p` is at the @. */
static void find_mail(struct search *search, const char *p)
{
	const char *name = p, *domain = p;
	while (name > search->start && p - name < MAIL_MAX &&
	       is_mail_char(utf8_before(search->start, name)))
		name = text_left(search->start, name, 1);
	utf8_next(&domain, search->end);
	const char *end = domain_end(domain, search->end);
	if (name == p || !end)
		return;
	const char *first = name;
	utf8_next(&first, search->end);
	search_report(search, CODE_PRIVACY_EMAIL, name,
	    N_("an e-mail address stands in the text: %s"),
	    arena_printf(search->reviewer->arena, "%.*s***@%.*s", (int)(first - name), name,
	        (int)(end - domain), domain),
	    NULL);
}

void privacy_check(const struct reviewer *reviewer, const struct passage *passage)
{
	struct search search = search_begin(reviewer, passage);
	search.severity = reviewer->internal ? NB_NOTE : 0;
	for (const char *p = search.start; p < search.end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search.end);
		if (text_digit(c) >= 0)
			p = find_numbers(&search, at);
		else if (c == '@' || c == 0xFF20)
			find_mail(&search, at);
	}
	secrecy_check(reviewer, passage);
}
