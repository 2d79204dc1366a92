/* number.c: making numbers of headings, and knowing typed ones. */
#include "document/number.h"

#include "base/buf.h"

#include <string.h>

static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

const char *chinese_number(struct arena *arena, unsigned n)
{
	static const char *const places[] = { "", "十", "百", "千" };
	char *text = arena_strdup(arena, "");
	int gap = 0;
	if (n > 9999) /* no report has so many, but a number must show */
		return arena_printf(arena, "%u", n);
	for (int place = 3; place >= 0; place--) {
		unsigned power = place == 3 ? 1000 : place == 2 ? 100 : place == 1 ? 10 : 1;
		unsigned digit = n / power % 10;
		if (digit == 0) {
			gap = *text != '\0';
			continue;
		}
		/* 十一, not 一十一 */
		int bare = digit == 1 && place == 1 && *text == '\0';
		text = arena_printf(arena, "%s%s%s%s", text, gap ? "零" : "",
		    bare ? "" : digits[digit], places[place]);
		gap = 0;
	}
	return text;
}

const char *number_of_level(struct arena *arena, unsigned level, unsigned n)
{
	switch (level) {
	case 1:
		return arena_printf(arena, "%s、", chinese_number(arena, n));
	case 2:
		return arena_printf(arena, "（%s）", chinese_number(arena, n));
	case 3:
		return arena_printf(arena, "%u.", n);
	case 4:
		return arena_printf(arena, "（%u）", n);
	default: /* the standard has four levels; below them circled numbers are the custom */
		if (n <= 20)
			return arena_printf(
			    arena, "\xE2\x91%c", (char)(0x9F + n)); /* ① is U+2460 */
		return arena_printf(arena, "%u）", n);
	}
}

const char *number_shi(struct arena *arena, unsigned n)
{
	return arena_printf(arena, "%s是", chinese_number(arena, n));
}

static size_t skip_chinese(const char *text)
{
	size_t n = 0;
	for (;;) {
		size_t before = n;
		for (size_t i = 1; i < sizeof digits / sizeof *digits; i++)
			if (strncmp(text + n, digits[i], 3) == 0)
				n += 3;
		if (strncmp(text + n, "十", 3) == 0)
			n += 3;
		if (n == before || n > 15)
			return n;
	}
}

static size_t skip(const char *text, const char *word)
{
	size_t n = strlen(word);
	return strncmp(text, word, n) == 0 ? n : 0;
}

static size_t skip_blanks(const char *text, size_t at)
{
	for (;;) {
		size_t n = skip(text + at, " ") + skip(text + at, "\xE3\x80\x80");
		if (n == 0)
			return at;
		at += n;
	}
}

size_t typed_number(const char *headline)
{
	size_t open = skip(headline, "（") + skip(headline, "(");
	size_t chinese = skip_chinese(headline + open);
	size_t arabic = strspn(headline + open, "0123456789");
	if (open) {
		size_t n = chinese ? chinese : arabic <= 2 ? arabic : 0; /* （2021） is a year */
		size_t close = skip(headline + open + n, "）") + skip(headline + open + n, ")");
		return n && n <= 15 && close ? skip_blanks(headline, open + n + close) : 0;
	}
	if (chinese) {
		size_t sign = skip(headline + chinese, "、");
		if (!sign && chinese <= 9)
			sign = skip(headline + chinese, "是");
		return sign ? skip_blanks(headline, chinese + sign) : 0;
	}
	if (arabic && arabic <= 2) {
		size_t sign = skip(headline + arabic, ".") + skip(headline + arabic, "．") +
		              skip(headline + arabic, "、");
		char next = headline[arabic + sign];
		if (sign && !(next >= '0' && next <= '9'))
			return skip_blanks(headline, arabic + sign);
	}
	return 0;
}
