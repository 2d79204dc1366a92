/* test_mustache.c: every clause of Mustache's core modules, the house rules, errors, hostile
 * templates. */
#include "chapters/mustache.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct mustache_case {
	const char *module, *what, *text, *data, *partials, *expected;
};

/* clang-format off: one case, one or two lines */
static const struct mustache_case cases[] = {
	{ "comments", "inline", "年{{! nothing }}报", "{}", "{}", "年报" },
	{ "comments", "over lines", "a{{! b\nc\n}}d\n", "{}", "{}", "ad\n" },
	{ "comments", "alone on a line", "a\n{{! b }}\nc\n", "{}", "{}", "a\nc\n" },
	{ "comments", "alone, indented, blanks behind", "a\n \t{{! b }}\t \nc\n", "{}", "{}",
	    "a\nc\n" },
	{ "comments", "alone over lines", "a\n  {{!\n b\n }}\nc\n", "{}", "{}", "a\nc\n" },
	{ "comments", "alone, CRLF", "a\r\n{{! b }}\r\nc\r\n", "{}", "{}", "a\r\nc\r\n" },
	{ "comments", "alone on the first line", " {{! a }}\nb", "{}", "{}", "b" },
	{ "comments", "alone on the last line", "a\n {{! b }}", "{}", "{}", "a\n" },
	{ "comments", "nothing else", "{{! a }}", "{}", "{}", "" },
	{ "comments", "text before keeps the line", " a {{! b }}\nc", "{}", "{}", " a \nc" },
	{ "comments", "text behind keeps the line", " {{! a }} b\nc", "{}", "{}", "  b\nc" },
	{ "comments", "two on a line keep it", "{{! a }}{{! b }}\nc", "{}", "{}", "\nc" },
	{ "comments", "two after a break", "{{!\n}} {{! b }}\nc", "{}", "{}", " \nc" },
	{ "comments", "with braces and signs", "{{! {a} #b ^c /d {{e }}f", "{}", "{}", "f" },
	{ "comments", "empty", "a{{!}}b", "{}", "{}", "ab" },
	{ "comments", "are no names", "{{!x}}", "{\"x\":1,\"!x\":2}", "{}", "" },

	{ "delimiters", "new pair", "{{=<% %>=}}<%x%>{{x}}", "{\"x\":1}", "{}", "1{{x}}" },
	{ "delimiters", "one byte each", "{{=[ ]=}}[x]", "{\"x\":1}", "{}", "1" },
	{ "delimiters", "the same for both", "{{=| |=}}|x||x|", "{\"x\":1}", "{}", "11" },
	{ "delimiters", "a sign as delimiter", "{{=^ /=}}^x/{{^x/}}", "{\"x\":1}", "{}", "1{{1}}" },
	{ "delimiters", "and back", "{{=| |=}}|x||={{ }}=|{{x}}|", "{\"x\":1}", "{}", "11|" },
	{ "delimiters", "not ASCII", "{{=【 】=}}【x】", "{\"x\":1}", "{}", "1" },
	{ "delimiters", "blanks within", "{{=  [ \n ]\t=}}[x]", "{\"x\":1}", "{}", "1" },
	{ "delimiters", "set in a section", "{{#s}}{{=| |=}}|x||/s||x|", "{\"s\":[1,2],\"x\":7}",
	    "{}", "777" },
	{ "delimiters", "set in a section not shown", "{{#s}}{{=| |=}}|/s||x|", "{\"x\":7}", "{}",
	    "7" },
	{ "delimiters", "section begun before", "{{#s}}a{{=| |=}}b|/s|c", "{\"s\":true}", "{}",
	    "abc" },
	{ "delimiters", "inverted, too", "{{=| |=}}|^s|a|/s|", "{}", "{}", "a" },
	{ "delimiters", "not handed to a partial", "{{=| |=}}|>p|", "{\"x\":1}",
	    "{\"p\":\"{{x}}|x|\"}", "1|x|" },
	{ "delimiters", "not taken from a partial", "{{>p}}{{x}}|x|", "{\"x\":1}",
	    "{\"p\":\"{{=| |=}}|x|\"}", "11|x|" },
	{ "delimiters", "raw with a brace", "{{=<% %>=}}<%{x}%><%x%>", "{\"x\":\"<\"}", "{}",
	    "<&lt;" },
	{ "delimiters", "raw with an ampersand", "{{=<% %>=}}<%&x%>", "{\"x\":\"<\"}", "{}", "<" },
	{ "delimiters", "comment", "{{=<% %>=}}<%! }} %>a", "{}", "{}", "a" },
	{ "delimiters", "alone on a line", "a\n  {{=| |=}} \nb\n", "{}", "{}", "a\nb\n" },
	{ "delimiters", "alone, CRLF", "a\r\n{{=| |=}}\r\nb", "{}", "{}", "a\r\nb" },
	{ "delimiters", "alone on the first line", " {{=| |=}}\nb", "{}", "{}", "b" },
	{ "delimiters", "alone on the last line", "a\n {{=| |=}}", "{}", "{}", "a\n" },
	{ "delimiters", "among text", "a {{=| |=}} b\n", "{}", "{}", "a  b\n" },

	{ "interpolation", "no tag", "a {b} } { }}\n", "{}", "{}", "a {b} } { }}\n" },
	{ "interpolation", "empty template", "", "{}", "{}", "" },
	{ "interpolation", "string", "共{{x}}件", "{\"x\":\"三\"}", "{}", "共三件" },
	{ "interpolation", "values are not templates", "{{x}}", "{\"x\":\"{{y}}\",\"y\":1}", "{}",
	    "{{y}}" },
	{ "interpolation", "escaped", "{{x}}", "{\"x\":\"a & <b> \\\"c\\\" 'd'\"}", "{}",
	    "a &amp; &lt;b&gt; &quot;c&quot; &#39;d&#39;" },
	{ "interpolation", "control characters are left out", "{{x}}",
	    "{\"x\":\"a\\u0001b\\u000bc\\u001fd\\u007fe\\tf\\ng\"}", "{}", "abcde\tf\ng" },
	{ "interpolation", "triple is raw", "{{{x}}}", "{\"x\":\"& <>\\\"'\"}", "{}", "& <>\"'" },
	{ "interpolation", "ampersand is raw", "{{&x}}", "{\"x\":\"& <>\\\"'\"}", "{}", "& <>\"'" },
	{ "interpolation", "brace behind a tag", "{{x}}}", "{\"x\":1}", "{}", "1}" },
	{ "interpolation", "brace before a triple", "{{{x}}}}", "{\"x\":1}", "{}", "1}" },
	{ "interpolation", "integers", "{{x}} {{&y}}", "{\"x\":85,\"y\":-9007199254740993}", "{}",
	    "85 -9007199254740993" },
	{ "interpolation", "reals", "{{x}} {{{y}}}", "{\"x\":1.210,\"y\":0.1}", "{}", "1.21 0.1" },
	{ "interpolation", "true and false", "{{x}}{{y}}", "{\"x\":true,\"y\":false}", "{}",
	    "truefalse" },
	{ "interpolation", "null", "[{{x}}{{{x}}}{{&x}}]", "{\"x\":null}", "{}", "[]" },
	{ "interpolation", "null hides what is around", "{{#a}}[{{x}}]{{/a}}",
	    "{\"x\":1,\"a\":{\"x\":null}}", "{}", "[]" },
	{ "interpolation", "missing", "[{{x}}{{{x}}}{{&x}}]", "{}", "{}", "[]" },
	{ "interpolation", "list", "[{{x}}]", "{\"x\":[1,2]}", "{}", "[]" },
	{ "interpolation", "dotted", "{{a.b}} {{{a.b}}} {{&a.b}}", "{\"a\":{\"b\":\"<\"}}", "{}",
	    "&lt; < <" },
	{ "interpolation", "dotted, deep", "{{a.b.c.d}}", "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}", "{}",
	    "1" },
	{ "interpolation", "dotted, broken", "[{{a.b.c}}]", "{\"a\":{}}", "{}", "[]" },
	{ "interpolation", "dotted, through a string", "[{{a.b}}]", "{\"a\":\"b\"}", "{}", "[]" },
	{ "interpolation", "dotted, through a list", "[{{a.b}}]", "{\"a\":[{\"b\":1}]}", "{}",
	    "[]" },
	{ "interpolation", "dotted, parts only in their parent", "[{{a.b}}]", "{\"a\":{},\"b\":1}",
	    "{}", "[]" },
	{ "interpolation", "dotted, first part from around", "{{#s}}{{a.b}}{{/s}}",
	    "{\"s\":{\"c\":1},\"a\":{\"b\":2}}", "{}", "2" },
	{ "interpolation", "dotted, inner first part wins", "[{{#s}}{{a.b}}{{/s}}]",
	    "{\"s\":{\"a\":{}},\"a\":{\"b\":2}}", "{}", "[]" },
	{ "interpolation", "a key with a dot is not found", "[{{a.b}}]", "{\"a.b\":1}", "{}",
	    "[]" },
	{ "interpolation", "the value itself", "{{.}} {{{.}}} {{&.}}", "\"<\"", "{}", "&lt; < <" },
	{ "interpolation", "the value itself, a number", "{{.}}", "85", "{}", "85" },
	{ "interpolation", "leading dot", "{{#s}}[{{.a}}{{.b}}]{{/s}}", "{\"s\":{\"a\":1},\"b\":2}",
	    "{}", "[1]" },
	{ "interpolation", "blanks in the tag", "{{ x }}{{\tx\r\n}}{{{ x }}}{{& x }}{{ & x }}",
	    "{\"x\":1}", "{}", "11111" },
	{ "interpolation", "blanks around", " {{x}} \n\t{{{x}}}\t\n", "{\"x\":1}", "{}",
	    " 1 \n\t1\t\n" },
	{ "interpolation", "never takes its line", " {{x}}\n {{{x}}}\n {{&x}}\n", "{}", "{}",
	    " \n \n \n" },

	{ "sections", "true", "{{#x}}a{{/x}}", "{\"x\":true}", "{}", "a" },
	{ "sections", "false", "[{{#x}}a{{/x}}]", "{\"x\":false}", "{}", "[]" },
	{ "sections", "null", "[{{#x}}a{{/x}}]", "{\"x\":null}", "{}", "[]" },
	{ "sections", "missing", "[{{#x}}a{{/x}}]", "{}", "{}", "[]" },
	{ "sections", "empty list", "[{{#x}}a{{/x}}]", "{\"x\":[]}", "{}", "[]" },
	{ "sections", "empty string is false", "[{{#x}}a{{/x}}]", "{\"x\":\"\"}", "{}", "[]" },
	{ "sections", "zero is true", "{{#x}}a{{/x}}{{#y}}b{{/y}}", "{\"x\":0,\"y\":0.0}", "{}",
	    "ab" },
	{ "sections", "empty object is true", "{{#x}}a{{/x}}", "{\"x\":{}}", "{}", "a" },
	{ "sections", "string is no list", "{{#x}}[{{.}}]{{/x}}", "{\"x\":\"abc\"}", "{}",
	    "[abc]" },
	{ "sections", "object in scope", "{{#x}}{{a}}{{b}}{{/x}}", "{\"x\":{\"a\":1},\"b\":2}",
	    "{}", "12" },
	{ "sections", "inner hides outer", "{{#x}}{{a}}{{/x}}{{a}}", "{\"x\":{\"a\":1},\"a\":2}",
	    "{}", "12" },
	{ "sections", "three deep", "{{#a}}{{#b}}{{#c}}{{x}}{{y}}{{z}}{{/c}}{{/b}}{{/a}}",
	    "{\"x\":0,\"a\":{\"x\":1,\"b\":{\"y\":2,\"c\":{\"z\":3}}}}", "{}", "123" },
	{ "sections", "list of objects", "{{#x}}{{a}},{{/x}}", "{\"x\":[{\"a\":1},{\"a\":2},{}]}",
	    "{}", "1,2,," },
	{ "sections", "list of strings", "{{#x}}{{.}}{{{.}}}{{&.}};{{/x}}", "{\"x\":[\"a\",\"<\"]}",
	    "{}", "aaa;&lt;<<;" },
	{ "sections", "list of numbers", "{{#x}}{{.}};{{/x}}", "{\"x\":[1,2.5]}", "{}", "1;2.5;" },
	{ "sections", "false in a list is an item", "{{#x}}[{{.}}]{{/x}}",
	    "{\"x\":[false,null,\"\"]}", "{}", "[false][][]" },
	{ "sections", "list of lists", "{{#x}}({{#.}}{{.}}{{/.}}){{/x}}", "{\"x\":[[1,2],[],[3]]}",
	    "{}", "(12)()(3)" },
	{ "sections", "list at the root", "{{#.}}{{a}}{{/.}}", "[{\"a\":1},{\"a\":2}]", "{}",
	    "12" },
	{ "sections", "list in a list", "{{#x}}{{n}}{{#y}}{{n}}{{m}}{{/y}}{{/x}}",
	    "{\"x\":[{\"n\":1,\"y\":[{\"m\":5},{\"m\":6}]},{\"n\":2,\"y\":[]}]}", "{}", "115162" },
	{ "sections", "two of a name", "{{#x}}a{{/x}}{{#x}}b{{/x}}", "{\"x\":true}", "{}", "ab" },
	{ "sections", "in itself", "{{#x}}a{{#x}}b{{/x}}c{{/x}}", "{\"x\":true}", "{}", "abc" },
	{ "sections", "in itself, false", "[{{#x}}a{{#x}}b{{/x}}c{{/x}}]", "{\"x\":false}", "{}",
	    "[]" },
	{ "sections", "dotted", "{{#a.b}}{{c}}{{/a.b}}", "{\"a\":{\"b\":{\"c\":1}}}", "{}", "1" },
	{ "sections", "dotted, broken", "[{{#a.b.c}}x{{/a.b.c}}]", "{\"a\":{}}", "{}", "[]" },
	{ "sections", "dotted brings the last part only", "[{{#a.b}}{{c}}{{/a.b}}]",
	    "{\"a\":{\"b\":{},\"c\":1}}", "{}", "[]" },
	{ "sections", "blanks in the tags", "{{# x }}a{{/ x\n}}{{ #x }}b{{ /x }}", "{\"x\":true}",
	    "{}", "ab" },
	{ "sections", "blanks around", " {{#x}} a {{/x}} \n", "{\"x\":true}", "{}", "  a  \n" },
	{ "sections", "tags alone on lines", "a\n{{#x}}\nb\n{{/x}}\nc\n", "{\"x\":true}", "{}",
	    "a\nb\nc\n" },
	{ "sections", "tags alone, indented", "a\n  {{#x}} \nb\n\t{{/x}}\nc\n", "{\"x\":true}",
	    "{}", "a\nb\nc\n" },
	{ "sections", "tags alone, CRLF", "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc", "{\"x\":true}", "{}",
	    "a\r\nb\r\nc" },
	{ "sections", "tags alone, first and last", " {{#x}}\na\n {{/x}}", "{\"x\":true}", "{}",
	    "a\n" },
	{ "sections", "begin alone, end not", "{{#x}}\na{{/x}}\nb", "{\"x\":true}", "{}", "a\nb" },
	{ "sections", "both on a line keep it", " {{#x}}{{/x}}\na", "{\"x\":true}", "{}", " \na" },
	{ "sections", "a comment beside keeps the line", "{{#x}} {{! a }}\n{{/x}}b", "{\"x\":true}",
	    "{}", " \nb" },
	{ "sections", "list over lines", "{{#x}}\n- {{.}}\n{{/x}}\n", "{\"x\":[1,2]}", "{}",
	    "- 1\n- 2\n" },

	{ "inverted", "false", "{{^x}}a{{/x}}", "{\"x\":false}", "{}", "a" },
	{ "inverted", "true", "[{{^x}}a{{/x}}]", "{\"x\":true}", "{}", "[]" },
	{ "inverted", "null", "{{^x}}a{{/x}}", "{\"x\":null}", "{}", "a" },
	{ "inverted", "missing", "{{^x}}a{{/x}}", "{}", "{}", "a" },
	{ "inverted", "empty list", "{{^x}}a{{/x}}", "{\"x\":[]}", "{}", "a" },
	{ "inverted", "empty string", "{{^x}}a{{/x}}", "{\"x\":\"\"}", "{}", "a" },
	{ "inverted", "list", "[{{^x}}a{{/x}}]", "{\"x\":[0]}", "{}", "[]" },
	{ "inverted", "object, zero", "[{{^x}}a{{/x}}{{^y}}b{{/y}}]", "{\"x\":{},\"y\":0}", "{}",
	    "[]" },
	{ "inverted", "the scope stays", "{{#s}}{{^x}}{{.}}{{a}}{{/x}}{{/s}}",
	    "{\"s\":[\"k\"],\"a\":1}", "{}", "k1" },
	{ "inverted", "either or", "{{#x}}a{{/x}}{{^x}}b{{/x}}", "{}", "{}", "b" },
	{ "inverted", "in itself", "{{^x}}a{{^x}}b{{/x}}c{{/x}}", "{}", "{}", "abc" },
	{ "inverted", "dotted", "{{^a.b}}x{{/a.b}}{{^a.c}}y{{/a.c}}",
	    "{\"a\":{\"b\":1,\"c\":false}}", "{}", "y" },
	{ "inverted", "dotted, broken", "{{^a.b.c}}x{{/a.b.c}}", "{\"a\":{}}", "{}", "x" },
	{ "inverted", "blanks", "| {{^ x }} a {{/ x }} |", "{}", "{}", "|  a  |" },
	{ "inverted", "tags alone on lines", "a\n {{^x}}\nb\n {{/x}}\nc\n", "{}", "{}",
	    "a\nb\nc\n" },
	{ "inverted", "tags alone, CRLF", "{{^x}}\r\nb\r\n{{/x}}\r\n", "{}", "{}", "b\r\n" },

	{ "partials", "inline", "[{{>p}}]", "{}", "{\"p\":\"a\"}", "[a]" },
	{ "partials", "missing", "[{{>p}}]", "{\"p\":1}", "{}", "[]" },
	{ "partials", "missing takes its line", "a\n {{>p}}\nb", "{}", "{}", "a\nb" },
	{ "partials", "names are not split", "{{>a.b}}{{>a/b}}", "{}",
	    "{\"a.b\":\"1\",\"a/b\":\"2\"}", "12" },
	{ "partials", "in the scope of the tag", "{{#s}}{{>p}}{{/s}}",
	    "{\"s\":[{\"a\":1},{\"a\":2}],\"b\":0}", "{\"p\":\"{{a}}{{b}}\"}", "1020" },
	{ "partials", "within a partial", "{{>p}}", "{}", "{\"p\":\"a{{>q}}c\",\"q\":\"b\"}",
	    "abc" },
	{ "partials", "recursion", "{{>p}}",
	    "{\"n\":1,\"k\":[{\"n\":2,\"k\":[]},{\"n\":3,\"k\":[]}]}",
	    "{\"p\":\"{{n}}({{#k}}{{>p}}{{/k}})\"}", "1(2()3())" },
	{ "partials", "sections of their own", "{{#s}}{{>p}}{{/s}}", "{\"s\":true,\"t\":true}",
	    "{\"p\":\"{{#t}}a{{/t}}\"}", "a" },
	{ "partials", "blanks in the tag", "[{{> p }}{{ >p}}]", "{}", "{\"p\":\"a\"}", "[aa]" },
	{ "partials", "blanks around", "| {{>p}} |", "{}", "{\"p\":\"\\ta\\t\"}", "| \ta\t |" },
	{ "partials", "inline is not indented", "  a {{>p}}\n", "{}", "{\"p\":\"b\\nc\"}",
	    "  a b\nc\n" },
	{ "partials", "behind a value is not indented", "  {{x}} {{>p}}\n", "{\"x\":1}",
	    "{\"p\":\"b\\nc\"}", "  1 b\nc\n" },
	{ "partials", "indented", "a\n  {{>p}}\nb\n", "{}", "{\"p\":\"c\\nd\\n\"}",
	    "a\n  c\n  d\nb\n" },
	{ "partials", "indented, first line", "  {{>p}}\nb", "{}", "{\"p\":\"c\\nd\"}",
	    "  c\n  db" },
	{ "partials", "indented, last line", "a\n\t{{>p}}", "{}", "{\"p\":\"c\\nd\\n\"}",
	    "a\n\tc\n\td\n" },
	{ "partials", "indented, empty lines too", " {{>p}}\n", "{}", "{\"p\":\"a\\n\\nb\\n\"}",
	    " a\n \n b\n" },
	{ "partials", "indented, CRLF", "a\r\n {{>p}}\r\nb", "{}", "{\"p\":\"c\\r\\nd\\r\\n\"}",
	    "a\r\n c\r\n d\r\nb" },
	{ "partials", "values are not indented", " {{>p}}\n", "{\"x\":\"1\\n2\"}",
	    "{\"p\":\"{{x}}\\n{{{x}}}\\n\"}", " 1\n2\n 1\n2\n" },
	{ "partials", "indented, tags alone in it", " {{>p}}\n", "{\"x\":[1,2]}",
	    "{\"p\":\"{{! a }}\\n{{#x}}\\n{{.}}\\n{{/x}}\\nb\\n\"}", " 1\n 2\n b\n" },
	{ "partials", "indented, tags among text in it", " {{>p}}\n", "{\"x\":[1,2]}",
	    "{\"p\":\"{{#x}}a\\nb{{/x}}\\n{{! a }}{{! b }}\\n{{^y}}c{{/y}}{{z}}\\n\"}",
	    " a\n ba\n b\n \n c\n" },
	{ "partials", "indents add up", " {{>p}}\n", "{}",
	    "{\"p\":\"a\\n {{>q}}\\nb\\n\",\"q\":\"c\\nd\\n\"}", " a\n  c\n  d\n b\n" },
	{ "partials", "inline within an indented one", " {{>p}}\n", "{}",
	    "{\"p\":\"a {{>q}}\\n{{>q}} b\\n\",\"q\":\"c\\n {{>r}}\\nd\",\"r\":\"e\\n\"}",
	    " a c\n e\nd\n c\n e\nd b\n" },
	{ "partials", "one name, two indents", " {{>p}}\n  {{>p}}\n{{>p}}\n", "{}",
	    "{\"p\":\"a\\n\"}", " a\n  a\na\n" },

	{ "objects", "print their text", "{{{p}}} {{p.a}} {{p}}", "{\"p\":{\"\":\"<p>\",\"a\":1}}",
	    "{}", "<p> 1 &lt;p&gt;" },
	{ "objects", "print their number", "{{p}}", "{\"p\":{\"\":14,\"sum\":true}}", "{}", "14" },
	{ "objects", "without a text", "[{{p}}{{{p}}}]", "{\"p\":{\"a\":1}}", "{}", "[]" },
	{ "objects", "a text is no object", "[{{p}}]", "{\"p\":{\"\":{\"\":1}}}", "{}", "[]" },
	{ "objects", "in a list", "{{#l}}{{.}}{{a}};{{/l}}",
	    "{\"l\":[{\"\":\"x\",\"a\":1},{\"\":\"y\"}]}", "{}", "x1;y;" },
	{ "objects", "dotted", "{{a.b}}{{a.b.c}}", "{\"a\":{\"b\":{\"\":1,\"c\":2}}}", "{}", "12" },

	{ "numbers", "whole reals", "{{a}} {{b}} {{c}}",
	    "{\"a\":1.0,\"b\":100000.0,\"c\":-2500000.0}", "{}", "1 100000 -2500000" },
	{ "numbers", "zero", "{{a}} {{b}}", "{\"a\":0.0,\"b\":-0.0}", "{}", "0 0" },
	{ "numbers", "round trip", "{{a}} {{b}} {{c}}",
	    "{\"a\":0.30000000000000004,\"b\":96.3,\"c\":-123456.789}", "{}",
	    "0.30000000000000004 96.3 -123456.789" },
	{ "numbers", "small", "{{a}} {{b}}", "{\"a\":0.000001,\"b\":-0.00000012}", "{}",
	    "0.000001 -1.2e-7" },
	{ "numbers", "large", "{{a}} {{b}} {{c}}",
	    "{\"a\":1e20,\"b\":1.5e21,\"c\":1.7976931348623157e308}", "{}",
	    "100000000000000000000 1.5e21 1.7976931348623157e308" },
};
/* clang-format on */

enum { CASES = sizeof cases / sizeof *cases };

/* Partials from a JSON object. */
static int partial_from_json(void *self, const char *name, struct buf *out, struct err *err)
{
	const char *text = json_string_value(json_object_get(self, name));
	(void)err;
	if (!text)
		return 0;
	buf_adds(out, text);
	return 1;
}

static json_t *load(const char *text)
{
	json_error_t error;
	json_t *value = json_loads(text, JSON_DECODE_ANY, &error);
	cr_assert(value != NULL, "%s in %s", error.text, text);
	return value;
}

static int render(const char *text, size_t n, const char *data, const char *partials,
    struct buf *out, struct err *err)
{
	json_t *context = load(data), *texts = load(partials);
	struct mustache_env env = { .partial = partial_from_json, .self = texts };
	/* A copy of exactly its size, so that the sanitizer sees each byte too far. */
	char *copy = malloc(n ? n : 1);
	cr_assert(copy != NULL);
	memcpy(copy, text, n);
	int rc = mustache_render("t", copy, n, context, &env, out, err);
	free(copy);
	json_decref(context);
	json_decref(texts);
	return rc;
}

static void check_module(const char *module)
{
	size_t met = 0;
	for (size_t i = 0; i < CASES; i++) {
		const struct mustache_case *c = &cases[i];
		if (strcmp(c->module, module) != 0)
			continue;
		struct buf out = { 0 };
		struct err err = { 0 };
		int rc = render(c->text, strlen(c->text), c->data, c->partials, &out, &err);
		cr_expect(rc == 0, "%s, %s: %s", module, c->what, err.text);
		cr_expect(err.kind == ERR_NONE);
		cr_expect(strcmp(buf_str(&out), c->expected) == 0, "%s, %s:\n%s\nbut got\n%s",
		    module, c->what, c->expected, buf_str(&out));
		buf_release(&out);
		met++;
	}
	cr_assert(met > 0);
}

Test(chapters, mustache_comments)
{
	check_module("comments");
}

Test(chapters, mustache_delimiters)
{
	check_module("delimiters");
}

Test(chapters, mustache_interpolation)
{
	check_module("interpolation");
}

Test(chapters, mustache_sections)
{
	check_module("sections");
}

Test(chapters, mustache_inverted)
{
	check_module("inverted");
}

Test(chapters, mustache_partials)
{
	check_module("partials");
}

Test(chapters, mustache_objects)
{
	check_module("objects");
}

Test(chapters, mustache_numbers)
{
	check_module("numbers");
}

Test(chapters, mustache_errors)
{
	/* clang-format off */
	static const struct {
		const char *what, *text, *partials, *expected;
	} errors[] = {
		{ "tag", "a\nb {{c", "{}", "t:2: a tag that is not closed" },
		{ "tag at the end", "a{{", "{}", "t:1: a tag that is not closed" },
		{ "half a closing", "\n\n{{a}", "{}", "t:3: a tag that is not closed" },
		{ "comment", "{{! a\n b", "{}", "t:1: a tag that is not closed" },
		{ "triple closed by two", "{{{a}} b", "{}", "t:1: a tag that is not closed" },
		{ "delimiters without =", "{{=| |}}", "{}", "t:1: a tag that is not closed" },
		{ "old delimiters", "{{=| |=}}\n|#a|\n{{/a}}", "{}", "t:2: the section 'a' is not closed" },
		{ "line behind a long comment", "{{! a\n\n}}\n{{a", "{}", "t:4: a tag that is not closed" },
		{ "line behind a long tag", "x{{\na\n}}\n{{a", "{}", "t:4: a tag that is not closed" },
		{ "line, CRLF", "{{! a }}\r\n\r\n{{a", "{}", "t:3: a tag that is not closed" },
		{ "section", "a\n{{#b}}\nc\n", "{}", "t:2: the section 'b' is not closed" },
		{ "section, the inner one", "{{#a}}\n{{^b.c}}\n", "{}", "t:2: the section 'b.c' is not closed" },
		{ "section not shown", "{{#年}}", "{}", "t:1: the section '年' is not closed" },
		{ "end alone", "a\n{{/b}}", "{}", "t:2: 'b' ends a section that is not open" },
		{ "end twice", "{{#b}}{{/b}}\n{{/b}}", "{}", "t:2: 'b' ends a section that is not open" },
		{ "wrong end", "{{#a}}\n\n{{/b}}", "{}", "t:3: 'b' ends the section 'a' of line 1" },
		{ "crossed ends", "{{#a}}\n{{#b}}\n{{/a}}\n{{/b}}", "{}", "t:3: 'a' ends the section 'b' of line 2" },
		{ "end is longer", "{{#a}}{{/ab}}", "{}", "t:1: 'ab' ends the section 'a' of line 1" },
		{ "no name", "\n{{}}", "{}", "t:2: a tag without a name" },
		{ "no name but blanks", "{{# }}", "{}", "t:1: a tag without a name" },
		{ "no name, raw", "{{{}}}", "{}", "t:1: a tag without a name" },
		{ "blank in a name", "{{a b}}", "{}", "t:1: a blank or control character in a name" },
		{ "tag closed too late", "a {{b\nc {{d}}", "{}", "t:1: a blank or control character in a name" },
		{ "one delimiter", "{{=|=}}", "{}", "t:1: new delimiters are two words of at most 32 bytes" },
		{ "no delimiter", "{{==}}", "{}", "t:1: new delimiters are two words of at most 32 bytes" },
		{ "three delimiters", "{{=a b c=}}", "{}", "t:1: more than two delimiters" },
		{ "long delimiter", "{{=a xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=}}", "{}",
		    "t:1: new delimiters are two words of at most 32 bytes" },
		{ "in a partial", "\n{{>p}}", "{\"p\":\"a\\n\\n{{b\"}", "p:3: a tag that is not closed" },
		{ "section out of a partial", "{{#a}}{{>p}}", "{\"p\":\"{{/a}}\"}", "t:1: the section 'a' is not closed" },
		{ "end in a partial", "{{^a}}{{>p}}{{/a}}", "{\"p\":\"{{/a}}\"}", "p:1: 'a' ends a section that is not open" },
		{ "a partial in itself", "{{>p}}", "{\"p\":\"a\\n{{>p}}\"}", "p:2: partials nested deeper than 64" },
		{ "two partials in each other", "{{>p}}", "{\"p\":\"{{>q}}{{>q}}\",\"q\":\"\\n{{>p}}{{>p}}\"}",
		    "q:2: partials nested deeper than 64" },
		{ "sections by recursion", "{{>p}}",
		    "{\"p\":\"{{^a}}{{^a}}{{^a}}{{^a}}\\n{{^a}}{{>p}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}\"}",
		    "p:1: sections nested deeper than 256" },
	};
	/* clang-format on */
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		struct buf out = { 0 };
		struct err err = { 0 };
		int rc = render(
		    errors[i].text, strlen(errors[i].text), "{}", errors[i].partials, &out, &err);
		cr_expect(rc == -1, "%s", errors[i].what);
		cr_expect(err.kind == ERR_USAGE, "%s", errors[i].what);
		cr_expect(strcmp(err.text, errors[i].expected) == 0, "%s:\n%s\nbut got\n%s",
		    errors[i].what, errors[i].expected, err.text);
		buf_release(&out);
	}
}

/* A long name is cut in a message, but not within a character. */
Test(chapters, mustache_long_name)
{
	struct buf text = { 0 }, out = { 0 };
	struct err err = { 0 };
	buf_adds(&text, "{{#x");
	for (int i = 0; i < 1000; i++)
		buf_adds(&text, "年");
	buf_adds(&text, "}}");
	cr_assert(render(text.data, text.len, "{}", "{}", &out, &err) == -1);
	cr_expect_str_eq(
	    err.text, "t:1: the section 'x年年年年年年年年年年年年年年年年年年年' is not closed");
	buf_release(&text);
	buf_release(&out);
}

/* 256 sections in each other are fine, one more is not. */
Test(chapters, mustache_nesting)
{
	for (int depth = 256; depth <= 257; depth++) {
		struct buf text = { 0 }, out = { 0 };
		struct err err = { 0 };
		for (int i = 0; i < depth; i++)
			buf_adds(&text, "{{#a}}\n");
		buf_adds(&text, "{{b}}");
		for (int i = 0; i < depth; i++)
			buf_adds(&text, "{{/a}}");
		int rc = render(text.data, text.len, "{\"a\":true,\"b\":7}", "{}", &out, &err);
		cr_expect(rc == (depth == 256 ? 0 : -1));
		if (rc == 0)
			cr_expect_str_eq(buf_str(&out), "7");
		else
			cr_expect_str_eq(err.text, "t:257: sections nested deeper than 256");
		buf_release(&text);
		buf_release(&out);
	}
}

/* Time grows with the size of the template, whatever stands in it. */
Test(chapters, mustache_hostile, .timeout = 60)
{
	static const struct {
		const char *first, *repeated, *last;
		int rc;
	} hostile[] = {
		{ "", "{", "", -1 },
		{ "", "{{", "", -1 },
		{ "", "{{{", "", -1 },
		{ "", "{{#a}}", "", -1 },
		{ "", "{{^a}}", "", -1 },
		{ "", "{{/a}}", "", -1 },
		{ "", "{{! ", "", -1 },
		{ "", "{{!", "}}", 0 },
		{ "", "{{! }}", "", 0 },
		{ "", "{{a}", "", -1 },
		{ "", "}", "", 0 },
		{ "", "{{a}}", "", 0 },
		{ "", "{{a.", "}}", 0 },
		{ "{{a", ".a", "}}", 0 },
		{ "", "{{a}}   ", "", 0 },
		{ "", "{{#a}}\n{{/a}}", "", 0 },
		{ "", "{{^a}}\n{{/a}}\n", "", 0 },
		{ "", "{{>p}}", "", 0 },
		{ "", " {{>none}}\n", "", 0 },
		{ " ", " ", "{{!}}", 0 },
		{ "", "{{! }} ", "", 0 },
		{ "", "{{={{ }}=}}", "", 0 },
		{ "{{=", "|", "=}}", -1 },
		{ "{{=[[[[[[[[ ]]]]]]]]=}}", "[[[[[[[ ", "", 0 },
		{ "{{=[ ]]]]]]]]]]]]]]]]=}}[a", "]", "", 0 },
		{ "{{#a}}", "\n", "{{/b}}", -1 },
		{ "{{", "a", "}}", 0 },
		{ "{{", " ", "}}", -1 },
		{ "", "\r", "", 0 },
		{ "", "\n", "", 0 },
	};
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct buf text = { 0 }, out = { 0 };
		struct err err = { 0 };
		buf_adds(&text, hostile[i].first);
		while (text.len < 1024 * 1024)
			buf_adds(&text, hostile[i].repeated);
		buf_adds(&text, hostile[i].last);
		clock_t begin = clock();
		int rc = render(text.data, text.len, "{}", "{\"p\":\"x\"}", &out, &err);
		double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
		cr_expect(rc == hostile[i].rc, "%s: %s", hostile[i].repeated, err.text);
		cr_expect(seconds < 2, "%s: %.1f s", hostile[i].repeated, seconds);
		buf_release(&text);
		buf_release(&out);
	}
}

struct counter {
	int asked;
	int rc;
};

static int partial_counted(void *self, const char *name, struct buf *out, struct err *err)
{
	struct counter *counter = self;
	counter->asked++;
	buf_addf(out, "{{.}}%s\n", name);
	return counter->rc < 0 ? err_set(err, ERR_SYSTEM, "cannot read '%s'", name) : counter->rc;
}

/* A partial in a long list is asked for and read once, also when there is none. */
Test(chapters, mustache_long_list)
{
	static const char text[] = "{{#l}}\n {{>p}}\n{{/l}}\n";
	json_t *list = json_array(), *context = json_pack("{s:o}", "l", list);
	for (int i = 0; i < 10000; i++)
		json_array_append_new(list, json_integer(i % 10));
	for (int rc = 0; rc <= 1; rc++) {
		struct counter counter = { .rc = rc };
		struct mustache_env env = { .partial = partial_counted, .self = &counter };
		struct buf out = { 0 };
		struct err err = { 0 };
		cr_assert(mustache_render("t", text, strlen(text), context, &env, &out, &err) == 0);
		cr_expect(counter.asked == 1);
		cr_expect(out.len == (rc ? 10000u * 4 : 0));
		cr_expect(strncmp(buf_str(&out), rc ? " 0p\n 1p\n" : "", 8) == 0);
		buf_release(&out);
	}
	json_decref(context);
}

/* A failure of the partial function is passed on as it is. */
Test(chapters, mustache_partial_fails)
{
	struct counter counter = { .rc = -1 };
	struct mustache_env env = { .partial = partial_counted, .self = &counter };
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_assert(mustache_render("t", "a{{>p}}b", 8, NULL, &env, &out, &err) == -1);
	cr_expect(err.kind == ERR_SYSTEM);
	cr_expect_str_eq(err.text, "cannot read 'p'");
	cr_expect_str_eq(buf_str(&out), "a");
	buf_release(&out);
}

static void escape_loudly(struct buf *out, const char *text)
{
	buf_addf(out, "<%s>", text);
}

/* Nothing but strings is escaped; without an environment HTML, and no partials. */
Test(chapters, mustache_environment)
{
	static const char text[] = "{{a}}{{{a}}}{{&a}}{{b}}{{>p}}";
	json_t *context = load("{\"a\":\"&\",\"b\":1}");
	struct mustache_env env = { .escape = escape_loudly };
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_assert(mustache_render("t", text, strlen(text), context, &env, &out, &err) == 0);
	cr_expect_str_eq(buf_str(&out), "<&>&&1");
	cr_assert(mustache_render("t", text, strlen(text), context, NULL, &out, &err) == 0);
	cr_expect_str_eq(buf_str(&out), "<&>&&1&amp;&&1", "appends");
	buf_clear(&out);
	cr_assert(mustache_render("t", text, strlen(text), NULL, NULL, &out, &err) == 0);
	cr_expect_str_eq(buf_str(&out), "");
	buf_release(&out);
	json_decref(context);
}

/* A template may hold NUL bytes; a name may not. */
Test(chapters, mustache_nul)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_assert(mustache_render("t", "a\0b{{!\0}}", 9, NULL, NULL, &out, &err) == 0);
	cr_expect(out.len == 3 && memcmp(out.data, "a\0b", 3) == 0);
	cr_assert(mustache_render("t", "{{a\0b}}", 7, NULL, NULL, &out, &err) == -1);
	cr_expect_str_eq(err.text, "t:1: a blank or control character in a name");
	buf_release(&out);
}

/* Templates made of random pieces neither crash nor leave success with a message. */
Test(chapters, mustache_random)
{
	static const char *const pieces[] = { "{{", "}}", "{{{", "}}}", "#", "^", "/", ">", "&",
		"!", "=", "a", "p", ".", "a.b", " ", "\n", "\r\n", "{{#a}}", "{{/a}}", "{{^a}}",
		"{{>p}}", "{{=| |=}}", "|={{ }}=|", "|", "x", "{{! c }}", "{{a}}", "\n  ", "年" };
	unsigned seed = 2025;
	for (int round = 0; round < 20000; round++) {
		struct buf text = { 0 }, out = { 0 };
		struct err err = { 0 };
		seed = seed * 1103515245u + 12345u;
		for (unsigned n = seed >> 16 & 31; n > 0; n--) {
			seed = seed * 1103515245u + 12345u;
			buf_adds(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		int rc = render(buf_str(&text), text.len, "{\"a\":[{\"b\":1},{}],\"p\":\"x\"}",
		    "{\"p\":\"[{{a.b}}\\n{{#a}}{{.b}}{{/a}}]\"}", &out, &err);
		cr_expect(
		    rc == 0 ? err.kind == ERR_NONE : err.kind == ERR_USAGE, "%s", buf_str(&text));
		buf_release(&text);
		buf_release(&out);
	}
}
