/* encoding.c: a mark, strict UTF-8, strict GB18030, in this order; iconv knows the tables. */
#include "base/encoding.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name, *mark; /* byte order mark */
} encodings[] = {
	[ENCODING_BY_RULE] = { "", NULL },
	[ENCODING_UTF_8] = { "UTF-8", "\xEF\xBB\xBF" },
	[ENCODING_GB18030] = { "GB18030", "\x84\x31\x95\x33" },
	[ENCODING_UTF_16LE] = { "UTF-16LE", "\xFF\xFE" },
	[ENCODING_UTF_16BE] = { "UTF-16BE", "\xFE\xFF" },
};

enum { ENCODING_COUNT = sizeof encodings / sizeof *encodings };

const char *encoding_name(enum encoding encoding)
{
	return encodings[encoding].name;
}

int encoding_named(const char *name, enum encoding *out)
{
	for (int i = ENCODING_UTF_8; i < ENCODING_COUNT; i++)
		if (strcasecmp(name, encodings[i].name) == 0) {
			*out = (enum encoding)i;
			return 1;
		}
	if (strcasecmp(name, "gbk") != 0 && strcasecmp(name, "gb2312") != 0)
		return 0;
	*out = ENCODING_GB18030;
	return 1;
}

static enum encoding marked(const struct buf *bytes, size_t *size)
{
	for (int i = ENCODING_UTF_8; i < ENCODING_COUNT; i++) {
		*size = strlen(encodings[i].mark);
		if (bytes->len >= *size && memcmp(bytes->data, encodings[i].mark, *size) == 0)
			return (enum encoding)i;
	}
	*size = 0;
	return ENCODING_BY_RULE;
}

static int is_ascii(const struct buf *bytes)
{
	for (size_t i = 0; i < bytes->len; i++)
		if (bytes->data[i] == '\0' || (unsigned char)bytes->data[i] >= 0x80)
			return 0;
	return 1;
}

/* ---- one encoding tried ------------------------------------------------------- */

/* Bytes tried as one encoding: `text` up to the first byte that does not fit, `at`. */
struct attempt {
	enum encoding encoding;
	struct buf text;
	size_t at;
};

/* Bytes of the character at `p`, in well-formed text. */
static size_t size_of(enum encoding encoding, const unsigned char *p, size_t n)
{
	size_t big = encoding == ENCODING_UTF_16BE ? 0 : 1;
	if (encoding == ENCODING_GB18030)
		return p[0] < 0x80 ? 1 : n > 1 && p[1] < 0x40 ? 4 : 2;
	return n > big && (p[big] & 0xFC) == 0xD8 ? 4 : 2;
}

/* C0 characters but those that part lines and pages, C1, and what is not assigned to all. */
static int is_foreign(uint32_t c)
{
	return (c < 0x20 && (c < '\t' || c > '\r')) || (c >= 0x7F && c < 0xA0) ||
	       !utf8_is_assigned(c);
}

/* Ends the attempt at the first character that cannot stand in a text. */
static void stop_at_foreign(struct attempt *attempt, const struct buf *bytes, size_t from, int any)
{
	const char *end = attempt->text.data + attempt->text.len;
	for (const char *p = attempt->text.data; p < end;) {
		const char *start = p;
		uint32_t c = utf8_next(&p, end);
		if (c == 0 || (!any && is_foreign(c))) {
			attempt->text.len = (size_t)(start - attempt->text.data);
			attempt->at = from;
			return;
		}
		from += size_of(attempt->encoding, (const unsigned char *)bytes->data + from,
		    bytes->len - from);
	}
}

/* `any`: the encoding is known, so that characters of private use are meant. */
static int convert(
    struct attempt *attempt, const struct buf *bytes, size_t from, int any, struct err *err)
{
	const char *name = encodings[attempt->encoding].name;
	iconv_t convert = iconv_open("UTF-8", name);
	if (convert == (iconv_t)-1)
		return err_sys(err, errno, _("cannot read text in '%s'"), name);
	char *in = bytes->data + from;
	size_t left = bytes->len - from;
	struct buf *out = &attempt->text;
	while (left > 0) {
		buf_reserve(out, left + left / 2 + 64);
		char *to = out->data + out->len;
		size_t room = out->cap - out->len - 1;
		size_t n = iconv(convert, &in, &left, &to, &room);
		out->len = (size_t)(to - out->data);
		if (n == (size_t)-1 && errno != E2BIG)
			break;
	}
	iconv_close(convert);
	attempt->at = bytes->len - left;
	buf_add(out, "", 0);
	stop_at_foreign(attempt, bytes, from, any);
	return 0;
}

static int try_as(
    struct attempt *attempt, const struct buf *bytes, size_t from, int any, struct err *err)
{
	if (from == bytes->len) {
		attempt->at = from;
		buf_adds(&attempt->text, "");
		return 0;
	}
	if (attempt->encoding != ENCODING_UTF_8)
		return convert(attempt, bytes, from, any, err);
	const char *nul = memchr(bytes->data + from, '\0', bytes->len - from);
	size_t good = utf8_check(bytes->data + from, bytes->len - from);
	if (nul && (size_t)(nul - bytes->data) < from + good)
		good = (size_t)(nul - bytes->data) - from;
	attempt->at = from + good;
	buf_add(&attempt->text, bytes->data + from, good);
	return 0;
}

static unsigned line_of(const struct buf *text)
{
	unsigned line = 1;
	for (size_t i = 0; i < text->len; i++)
		line +=
		    text->data[i] == '\n' || (text->data[i] == '\r' && text->data[i + 1] != '\n');
	return line;
}

/* ---- which it is ---------------------------------------------------------------- */

/*
 * UTF-8 but for one place, such as a text cut off in a character. Read as
 * GB18030 it may well be characters, all of them wrong.
 */
static int is_broken_utf8(const struct buf *bytes, size_t bad)
{
	enum { HAN_LEAST = 3 };
	size_t han = 0;
	for (size_t i = 0; i < bytes->len; i++)
		han += ((unsigned char)bytes->data[i] & 0xF0) == 0xE0;
	size_t after = bad;
	do
		after++;
	while (after < bytes->len && ((unsigned char)bytes->data[after] & 0xC0) == 0x80);
	return han >= HAN_LEAST &&
	       utf8_check(bytes->data + after, bytes->len - after) == bytes->len - after;
}

static void refuse(struct decoded *how, const struct attempt *attempt, const char *wrong)
{
	how->encoding = attempt->encoding;
	how->at = attempt->at;
	how->line = line_of(&attempt->text);
	how->wrong = wrong;
}

static int by_rule(struct attempt *utf8, struct attempt *gb, const struct buf *bytes,
    struct decoded *how, struct err *err)
{
	if (try_as(utf8, bytes, 0, 0, err) != 0)
		return -1;
	how->encoding = ENCODING_UTF_8;
	if (utf8->at == bytes->len)
		return 0;
	if (is_broken_utf8(bytes, utf8->at) && bytes->data[utf8->at] != '\0') {
		refuse(how, utf8,
		    N_("the text is UTF-8, but for a broken character here; mend it and save the "
		       "file as UTF-8"));
		return 0;
	}
	if (try_as(gb, bytes, 0, 0, err) != 0)
		return -1;
	how->encoding = ENCODING_GB18030;
	if (gb->at == bytes->len)
		return 0;
	const struct attempt *best = gb->at > utf8->at ? gb : utf8;
	refuse(how, best,
	    bytes->data[best->at] == '\0'
	        ? N_("the file holds NUL bytes: it is no text, or UTF-16 without its mark; save it "
	             "as UTF-8")
	        : N_("the text is neither UTF-8 nor GB18030; save the file as UTF-8"));
	return 0;
}

static void take(struct buf *text, struct buf *from)
{
	struct buf old = *text;
	*text = *from;
	*from = old;
}

int encoding_decode(struct buf *text, enum encoding wanted, struct decoded *how, struct err *err)
{
	struct attempt first = { .encoding = ENCODING_UTF_8 },
	               second = { .encoding = ENCODING_GB18030 };
	size_t mark;
	int rc;
	*how = (struct decoded){ 0 };
	enum encoding told = marked(text, &mark);
	if (!mark && wanted && !is_ascii(text))
		told = wanted;
	if (told) {
		first.encoding = how->encoding = told;
		how->as_told = !mark;
		rc = try_as(&first, text, mark, 1, err);
		if (rc == 0 && first.at < text->len)
			refuse(how, &first,
			    mark ? N_("the text begins with the mark of %1$s and is not %1$s; save "
			              "the file as UTF-8")
			         : N_("departments.ini says %1$s, and the text is not %1$s; save "
			              "the file as UTF-8, or mend encoding there"));
	} else {
		rc = by_rule(&first, &second, text, how, err);
	}
	if (rc == 0 && how->wrong)
		rc = 1;
	if (rc == 0)
		take(text, how->encoding == first.encoding ? &first.text : &second.text);
	buf_release(&first.text);
	buf_release(&second.text);
	return rc;
}

int encoding_read(struct buf *text, enum encoding wanted, struct decoded *how, struct err *err)
{
	int rc = encoding_decode(text, wanted, how, err);
	if (rc != 0)
		return rc;
	utf8_plain(text);
	size_t control = utf8_control(buf_str(text), text->len);
	if (control == text->len)
		return 0;
	how->control_line = 1;
	for (size_t i = 0; i < control; i++)
		how->control_line += text->data[i] == '\n';
	utf8_drop_control(text);
	return 0;
}

void encoding_note(
    struct findings *findings, const char *department, const char *file, const struct decoded *how)
{
	if (how->wrong || how->encoding == ENCODING_UTF_8)
		return;
	const char *code = code_table[CODE_TEXT_DECODED].id;
	for (size_t i = findings->count; i-- > 0;)
		if (strcmp(findings->items[i].code, code) == 0 &&
		    strcmp(findings->items[i].at.file, file) == 0)
			return;
	FIND(findings, TEXT_DECODED, department, AT(file, 0, 0), path_base(file),
	    how->as_told ? N_("the file was read as %s, as departments.ini says")
	                 : N_("the file was read as %s"),
	    encoding_name(how->encoding));
}
