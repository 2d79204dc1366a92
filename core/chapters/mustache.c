/*
 * mustache.c: Mustache templates, filled from JSON values. A template is read
 * once into an array of tokens (parse), which is then walked (walk), jumping
 * from a section to its end.
 */
#include "chapters/mustache.h"

#include "base/arena.h"
#include "base/i18n.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_NESTING = 256, /* sections within sections, also across partials */
	MAX_PARTIALS = 64,
	MAX_DELIMITER = 32,
	MAX_SHOWN = 60 /* bytes of a name in a message */
};

enum token_kind {
	TEXT,
	VALUE,
	RAW,
	SECTION,
	INVERTED,
	END,
	PARTIAL,
	/* These leave no token. */
	COMMENT,
	DELIMITERS
};

/*
 * Text never runs past the end of a line, so that a partial can be indented
 * while it is shown: before each token that is the first of its line.
 */
struct token {
	enum token_kind kind;
	unsigned line;
	bool first;
	const char *text; /* or name; in the template's text, a partial's name NUL-ended */
	size_t n;
	union {
		size_t end;         /* section: index of its END */
		const char *indent; /* partial alone on its line: blanks before it */
	};
};

struct mustache {
	const char *name;
	struct token *tokens;
	size_t count;
};

struct delimiter {
	char text[MAX_DELIMITER];
	size_t n;
};

struct parser {
	struct mustache *mustache;
	struct arena *arena;
	struct err *err;
	const char *at, *end;
	unsigned line;
	bool fresh; /* nothing of the current line has been read yet */
	struct delimiter open, close;
	size_t sections[MAX_NESTING]; /* tokens of the open ones */
	size_t depth;
};

struct render {
	const struct mustache_env *env;
	struct arena arena;
	struct buf *out;
	struct err *err;
	const json_t *stack[MAX_NESTING + 1]; /* values in scope, the innermost last */
	size_t depth;
	unsigned partials; /* being shown, one within the other */
	struct buf indent; /* of all of them; in force is what stands from `margin` on */
	size_t margin;
	json_t *names;           /* of partials met: index in `known` */
	struct mustache **known; /* NULL: there is none of that name */
	size_t count;
};

__attribute__((format(printf, 4, 5))) static int fail(
    struct err *err, const char *name, unsigned line, const char *format, ...)
{
	char what[512];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	return err_set(err, ERR_USAGE, "%s:%u: %s", name, line, what);
}

/* A name for "%.*s": how much of it to show without cutting a character. */
static int shown(const char *name, size_t n)
{
	if (n <= MAX_SHOWN)
		return (int)n;
	n = MAX_SHOWN;
	while (n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

/* Reading. */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at;
}

static const char *skip_spaces(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static bool stands_at(const char *at, const char *end, const char *text, size_t n)
{
	return (size_t)(end - at) >= n && memcmp(at, text, n) == 0;
}

static struct token *add(struct parser *p, enum token_kind kind, const char *text, size_t n)
{
	struct mustache *t = p->mustache;
	t->tokens = arena_grow(p->arena, t->tokens, t->count, sizeof *t->tokens);
	struct token *token = &t->tokens[t->count++];
	*token = (struct token){
		.kind = kind, .line = p->line, .first = p->fresh, .text = text, .n = n
	};
	p->fresh = false;
	return token;
}

/* Reads two words into the delimiters. */
static int set_delimiters(struct parser *p, const char *at, const char *end)
{
	struct delimiter *const both[] = { &p->open, &p->close };
	for (size_t i = 0; i < 2; i++) {
		at = skip_blanks(at, end);
		const char *word = at;
		while (at < end && !is_blank(*at))
			at++;
		size_t n = (size_t)(at - word);
		if (n == 0 || n > MAX_DELIMITER)
			return fail(p->err, p->mustache->name, p->line,
			    _("new delimiters are two words of at most %d bytes"), MAX_DELIMITER);
		memcpy(both[i]->text, word, n);
		both[i]->n = n;
	}
	if (skip_blanks(at, end) != end)
		return fail(p->err, p->mustache->name, p->line, _("more than two delimiters"));
	return 0;
}

static int add_end(struct parser *p, const char *name, size_t n)
{
	struct mustache *t = p->mustache;
	if (p->depth == 0)
		return fail(p->err, t->name, p->line, _("'%.*s' ends a section that is not open"),
		    shown(name, n), name);
	add(p, END, name, n);
	struct token *section = &t->tokens[p->sections[--p->depth]];
	if (section->n != n || memcmp(section->text, name, n) != 0)
		return fail(p->err, t->name, p->line,
		    _("'%.*s' ends the section '%.*s' of line %u"), shown(name, n), name,
		    shown(section->text, section->n), section->text, section->line);
	section->end = t->count - 1;
	return 0;
}

static int add_tag(struct parser *p, enum token_kind kind, const char *text, size_t n)
{
	switch (kind) {
	case TEXT:
	case COMMENT:
		break;
	case DELIMITERS:
		if (set_delimiters(p, text, text + n) < 0)
			return -1;
		break;
	case VALUE:
	case RAW:
		add(p, kind, text, n);
		break;
	case SECTION:
	case INVERTED:
		if (p->depth == MAX_NESTING)
			return fail(p->err, p->mustache->name, p->line,
			    _("sections nested deeper than %d"), MAX_NESTING);
		p->sections[p->depth++] = p->mustache->count;
		add(p, kind, text, n);
		break;
	case END:
		if (add_end(p, text, n) < 0)
			return -1;
		break;
	case PARTIAL:
		add(p, kind, arena_strndup(p->arena, text, n), n);
		break;
	}
	return 0;
}

static enum token_kind kind_of(char sign)
{
	static const char signs[] = "!=#^/>&{";
	static const enum token_kind kinds[] = { COMMENT, DELIMITERS, SECTION, INVERTED, END,
		PARTIAL, RAW, RAW };
	const char *found = memchr(signs, sign, sizeof signs - 1);
	return found ? kinds[found - signs] : VALUE;
}

/*
 * Finds the end of the tag whose text begins at `at` with `sign`, and moves
 * p->at behind it. Returns the end of the text, NULL if there is none.
 */
static const char *close_tag(struct parser *p, const char *at, char sign)
{
	char closing[MAX_DELIMITER + 1];
	size_t n = 0;
	if (sign == '{' || sign == '=')
		closing[n++] = sign == '{' ? '}' : '=';
	memcpy(closing + n, p->close.text, p->close.n);
	n += p->close.n;

	while (at < p->end && (at = memchr(at, closing[0], (size_t)(p->end - at))) != NULL) {
		if (stands_at(at, p->end, closing, n)) {
			p->at = at + n;
			return at;
		}
		at++;
	}
	return NULL;
}

static int check_name(struct parser *p, const char *name, const char *end)
{
	if (name == end)
		return fail(p->err, p->mustache->name, p->line, _("a tag without a name"));
	for (; name < end; name++)
		if ((unsigned char)*name <= ' ' || *name == 0x7f)
			return fail(p->err, p->mustache->name, p->line,
			    _("a blank or control character in a name"));
	return 0;
}

/* Reads the tag that opens at p->at; the text before it on its line begins at `lead`. */
static int parse_tag(struct parser *p, const char *lead)
{
	const char *tag = p->at;
	const char *text = skip_blanks(tag + p->open.n, p->end);
	char sign = text < p->end ? *text : '\0';
	enum token_kind kind = kind_of(sign);
	if (kind != VALUE)
		text++;
	const char *end = close_tag(p, text, sign);
	if (!end)
		return fail(p->err, p->mustache->name, p->line, _("a tag that is not closed"));
	if (kind != COMMENT && kind != DELIMITERS) {
		text = skip_blanks(text, end);
		while (end > text && is_blank(end[-1]))
			end--;
		if (check_name(p, text, end) < 0)
			return -1;
	}

	/* Alone on its line, a tag takes the whole line with it. */
	const char *next = skip_spaces(p->at, p->end);
	if (stands_at(next, p->end, "\r\n", 2))
		next++;
	bool alone = kind != VALUE && kind != RAW && p->fresh && skip_spaces(lead, tag) == tag &&
	             (next == p->end || *next == '\n');
	size_t indent = (size_t)(tag - lead);
	if (alone)
		p->fresh = false;
	else if (indent > 0 || kind == COMMENT || kind == DELIMITERS)
		add(p, TEXT, lead, indent); /* though empty, it is what begins the line */

	if (add_tag(p, kind, text, (size_t)(end - text)) < 0)
		return -1;
	if (alone) {
		if (kind == PARTIAL)
			p->mustache->tokens[p->mustache->count - 1].indent =
			    arena_strndup(p->arena, lead, indent);
		p->at = next < p->end ? next + 1 : next;
		p->fresh = true;
	}
	for (; tag < p->at; tag++)
		p->line += *tag == '\n';
	return 0;
}

/* Reads a template of that name; the result points into `text`. NULL on failure. */
static struct mustache *parse(
    struct arena *arena, const char *name, const char *text, size_t n, struct err *err)
{
	struct parser p = {
		.mustache = arena_alloc(arena, sizeof *p.mustache),
		.arena = arena,
		.err = err,
		.at = text,
		.end = text + n,
		.line = 1,
		.fresh = true,
		.open = { "{{", 2 },
		.close = { "}}", 2 },
	};
	p.mustache->name = name;
	while (p.at < p.end) {
		const char *lead = p.at;
		while (
		    p.at < p.end && *p.at != '\n' && !stands_at(p.at, p.end, p.open.text, p.open.n))
			p.at++;
		if (p.at < p.end && *p.at != '\n') {
			if (parse_tag(&p, lead) < 0)
				return NULL;
			continue;
		}
		bool newline = p.at < p.end;
		p.at += newline;
		add(&p, TEXT, lead, (size_t)(p.at - lead));
		p.line += newline;
		p.fresh = newline;
	}
	if (p.depth > 0) {
		const struct token *open = &p.mustache->tokens[p.sections[p.depth - 1]];
		fail(err, name, open->line, _("the section '%.*s' is not closed"),
		    shown(open->text, open->n), open->text);
		return NULL;
	}
	return p.mustache;
}

/* Values. */

/* What a name stands for, NULL if nothing. */
static const json_t *lookup(const struct render *r, const char *name, size_t n)
{
	const char *end = name + n;
	const json_t *value = NULL;
	size_t scope = r->depth;
	if (*name == '.') {
		value = r->stack[scope - 1];
		name++;
	}
	for (bool root = !value; name < end && (root || value); root = false) {
		const char *dot = memchr(name, '.', (size_t)(end - name));
		size_t part = (size_t)((dot ? dot : end) - name);
		if (root)
			while (!value && scope > 0)
				value = json_object_getn(r->stack[--scope], name, part);
		else
			value = json_object_getn(value, name, part);
		name += part + (dot != NULL);
	}
	return value;
}

static bool is_true(const json_t *value)
{
	return value && !json_is_null(value) && !json_is_false(value) &&
	       !(json_is_array(value) && json_array_size(value) == 0) &&
	       !(json_is_string(value) && json_string_length(value) == 0);
}

/* Appends the shortest decimal that reads back as `value`, independent of the locale. */
static void add_real(struct buf *out, double value)
{
	char text[40], digits[20];
	for (int precision = 0; precision <= 16; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	const char *mark = strchr(text, 'e');
	int exponent = (int)strtol(mark + 1, NULL, 10), n = 0;
	for (const char *c = text; c < mark; c++)
		if (*c >= '0' && *c <= '9')
			digits[n++] = *c;

	if (value < 0)
		buf_addc(out, '-');
	bool scientific = exponent < -6 || exponent > 20;
	int whole = scientific ? 1 : exponent + 1; /* digits before the point */
	for (int i = whole < 1 ? whole - 1 : 0; i < n || i < whole; i++) {
		if (i == whole)
			buf_addc(out, '.');
		buf_addc(out, i >= 0 && i < n ? digits[i] : '0');
	}
	if (scientific)
		buf_addf(out, "e%d", exponent);
}

void mustache_escape_html(struct buf *out, const char *text)
{
	/* Neither HTML nor XML has a way to write control characters. */
	static const char special[] = "&<>\"'"
	                              "\1\2\3\4\5\6\7\10\13\14\16\17\20\21\22\23\24\25\26\27\30\31"
	                              "\32\33\34\35\36\37\177";
	static const char *const references[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	for (;;) {
		size_t n = strcspn(text, special);
		buf_add(out, text, n);
		text += n;
		if (*text == '\0')
			return;
		size_t which = (size_t)(strchr(special, *text++) - special);
		if (which < sizeof references / sizeof *references)
			buf_adds(out, references[which]);
	}
}

static void show_value(struct render *r, const json_t *value, bool raw)
{
	if (json_is_object(value))
		value = json_object_get(value, "");
	if (json_is_integer(value))
		buf_addf(r->out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		add_real(r->out, json_real_value(value));
	else if (json_is_boolean(value))
		buf_adds(r->out, json_is_true(value) ? "true" : "false");
	else if (json_is_string(value) && raw)
		buf_adds(r->out, json_string_value(value));
	else if (json_is_string(value))
		(r->env->escape ? r->env->escape : mustache_escape_html)(
		    r->out, json_string_value(value));
}

/* Showing. */

static int walk(struct render *r, const struct mustache *t, size_t from, size_t to);

/* Shows what is in the section at `i` once, with `value` in scope. */
static int show_section(struct render *r, const struct mustache *t, size_t i, const json_t *value)
{
	const struct token *section = &t->tokens[i];
	if (r->depth > MAX_NESTING)
		return fail(r->err, t->name, section->line, _("sections nested deeper than %d"),
		    MAX_NESTING);
	r->stack[r->depth++] = value;
	int rc = walk(r, t, i + 1, section->end + 1);
	r->depth--;
	return rc;
}

/* Finds the template of a partial, NULL if there is none. */
static int find_partial(struct render *r, const char *name, const struct mustache **found)
{
	const json_t *index = json_object_get(r->names, name);
	if (index) {
		*found = r->known[json_integer_value(index)];
		return 0;
	}
	struct mustache *partial = NULL;
	struct buf text = { 0 };
	int rc = r->env->partial ? r->env->partial(r->env->self, name, &text, r->err) : 0;
	if (rc > 0) {
		const char *copy = arena_strndup(&r->arena, buf_str(&text), text.len);
		partial = parse(&r->arena, name, copy, text.len, r->err);
		rc = partial ? 0 : -1;
	}
	buf_release(&text);
	if (rc < 0)
		return rc;
	r->known = arena_grow(&r->arena, r->known, r->count, sizeof *r->known);
	r->known[r->count] = partial;
	json_object_set_new_nocheck(r->names, name, json_integer((json_int_t)r->count++));
	*found = partial;
	return 0;
}

static int show_partial(struct render *r, const struct mustache *t, const struct token *token)
{
	const struct mustache *partial;
	if (r->partials == MAX_PARTIALS)
		return fail(r->err, t->name, token->line, _("partials nested deeper than %d"),
		    MAX_PARTIALS);
	if (find_partial(r, token->text, &partial) < 0)
		return -1;
	if (!partial)
		return 0;
	size_t before = r->indent.len, margin = r->margin;
	if (token->indent)
		buf_adds(&r->indent, token->indent);
	else
		r->margin = before;
	r->partials++;
	int rc = walk(r, partial, 0, partial->count);
	r->partials--;
	r->indent.len = before;
	r->margin = margin;
	return rc;
}

/* Shows the tokens from `from` up to and without `to`. */
static int walk(struct render *r, const struct mustache *t, size_t from, size_t to)
{
	int rc = 0;
	for (size_t i = from; i < to && rc == 0; i++) {
		const struct token *token = &t->tokens[i];
		const json_t *value;
		if (token->first && r->indent.len > r->margin)
			buf_add(r->out, r->indent.data + r->margin, r->indent.len - r->margin);
		switch (token->kind) {
		case TEXT:
			buf_add(r->out, token->text, token->n);
			break;
		case VALUE:
		case RAW:
			value = lookup(r, token->text, token->n);
			show_value(r, value, token->kind == RAW);
			break;
		case SECTION:
			value = lookup(r, token->text, token->n);
			if (json_is_array(value))
				for (size_t k = 0; k < json_array_size(value) && rc == 0; k++)
					rc = show_section(r, t, i, json_array_get(value, k));
			else if (is_true(value))
				rc = show_section(r, t, i, value);
			i = token->end;
			break;
		case INVERTED:
			if (!is_true(lookup(r, token->text, token->n)))
				rc = show_section(r, t, i, r->stack[r->depth - 1]);
			i = token->end;
			break;
		case PARTIAL:
			rc = show_partial(r, t, token);
			break;
		case END:
		case COMMENT:
		case DELIMITERS:
			break;
		}
	}
	return rc;
}

int mustache_render(const char *template_name, const char *text, size_t n, const json_t *context,
    const struct mustache_env *env, struct buf *out, struct err *err)
{
	static const struct mustache_env plain = { 0 };
	struct render r = {
		.env = env ? env : &plain,
		.out = out,
		.err = err,
		.stack = { context },
		.depth = 1,
		.names = json_object(),
	};
	int rc = -1;
	arena_init(&r.arena);
	const struct mustache *t = parse(&r.arena, template_name, text, n, err);
	if (t)
		rc = walk(&r, t, 0, t->count);
	json_decref(r.names);
	buf_release(&r.indent);
	arena_release(&r.arena);
	return rc;
}
