/* address.c: addresses on the web, fit for a file that others parse. */
#include "formats/address.h"

#include "base/buf.h"

#include <string.h>

static int is_port(const char *text, size_t n)
{
	unsigned long port = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9' || n > 5)
			return 0;
		port = port * 10 + (unsigned long)(text[i] - '0');
	}
	return port < 65536;
}

static int is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Path, query and fragment: what may stand in none of them is percent-encoded. */
static void add_encoded(struct buf *out, const char *text)
{
	int fragment = 0;
	for (; *text; text++) {
		int whole = *text == '%' && is_hex(text[1]) && is_hex(text[2]);
		int second = *text == '#' && fragment++;
		if (second || (*text == '%' && !whole) || (unsigned char)*text <= ' ' ||
		    strchr("\"<>\\^`{|}[]\x7F", *text))
			buf_addf(out, "%%%02X", (unsigned char)*text);
		else
			buf_addc(out, *text);
	}
}

const char *web_address(const char *target, struct arena *arena)
{
	static const char *const schemes[] = { "http://", "https://" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i]);
		if (strncmp(target, schemes[i], n) != 0)
			continue;
		size_t host = strcspn(target + n, "/?#");
		const char *colon = memchr(target + n, ':', host);
		size_t name = colon ? (size_t)(colon - target) - n : host;
		if (name == 0 || strcspn(target + n, " @%[]\\<>\"^`{|}'!$&()*+,;=") < host ||
		    (colon && !is_port(colon + 1, host - name - 1)))
			return NULL;
		struct buf out = { 0 };
		buf_add(&out, target, n + host);
		add_encoded(&out, target + n + host);
		target = arena_strdup(arena, buf_str(&out));
		buf_release(&out);
		return target;
	}
	return NULL;
}
