/* csv.c: CSV over libcsv, the only file that knows it. */
#include "base/csv.h"

#include "base/utf8.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 200 };

struct reader {
	struct arena *arena;
	csv_row *row;
	void *self;
	const char *fields[FIELDS_MAX];
	size_t count;
	unsigned line;     /* being fed */
	unsigned row_line; /* where the row in hand began */
	int in_row;
};

static void field(void *bytes, size_t n, void *self)
{
	struct reader *r = self;
	if (r->count >= FIELDS_MAX)
		return;
	const char *start = bytes ? bytes : "", *end = start + (bytes ? n : 0);
	utf8_trim(&start, &end);
	r->fields[r->count++] = arena_strndup(r->arena, start, (size_t)(end - start));
}

static void row_end(int c, void *self)
{
	struct reader *r = self;
	int filled = 0; /* spreadsheets leave rows of commas behind */
	(void)c;
	for (size_t i = 0; i < r->count; i++)
		filled |= *r->fields[i] != '\0';
	if (filled)
		r->row(r->self, r->fields, r->count, r->row_line);
	r->count = 0;
	r->in_row = 0;
}

enum csv_fault csv_read(
    struct arena *arena, const char *text, size_t n, csv_row *row, void *self, unsigned *line)
{
	struct reader r = { .arena = arena, .row = row, .self = self };
	struct csv_parser parser;
	enum csv_fault fault = CSV_FINE;
	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
	csv_set_realloc_func(&parser, mem_realloc);
	csv_set_free_func(&parser, free);
	const char *end = text + n;
	/* Fed line by line, for libcsv does not tell where it is. */
	while (text < end && fault == CSV_FINE) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t len = newline ? (size_t)(newline - text) + 1 : (size_t)(end - text);
		r.line++;
		size_t blanks = 0;
		while (!r.in_row && blanks < len && strchr(" \t\r\n", text[blanks]))
			blanks++;
		if (!r.in_row && blanks < len) {
			r.in_row = 1;
			r.row_line = r.line;
		}
		if (csv_parse(&parser, text, len, field, row_end, &r) != len)
			fault = CSV_BAD_QUOTE;
		text += len;
	}
	if (fault == CSV_FINE && csv_fini(&parser, field, row_end, &r) != 0)
		fault = CSV_OPEN_QUOTE;
	csv_free(&parser);
	*line = r.row_line;
	return fault;
}

void csv_put(struct buf *out, const char *text, char follow)
{
	size_t n = strlen(text);
	if (strpbrk(text, ",\"\r\n") || *text == ' ' || (n && text[n - 1] == ' ')) {
		buf_reserve(out, 2 * n + 2);
		out->len += csv_write(out->data + out->len, 2 * n + 2, text, n);
	} else {
		buf_adds(out, text);
	}
	buf_addc(out, follow);
}

/* -3, +1,234.50, -2.5%: what a spreadsheet shows as it is. */
static int is_signed_number(const char *text)
{
	size_t n = strspn(text + 1, "0123456789.,");
	const char *end = text + 1 + n;
	return (*text == '-' || *text == '+') && n > 0 && text[1] >= '0' && text[1] <= '9' &&
	       (*end == '\0' || strcmp(end, "%") == 0);
}

void csv_put_cell(struct buf *out, const char *text, char follow)
{
	struct buf guarded = { 0 };
	if (*text && strchr("=+-@\t\r", *text) && !is_signed_number(text)) {
		buf_addf(&guarded, "'%s", text);
		text = buf_str(&guarded);
	}
	csv_put(out, text, follow);
	buf_release(&guarded);
}
