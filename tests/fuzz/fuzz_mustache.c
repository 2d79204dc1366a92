/* fuzz_mustache.c: a template is rendered or refused, in time that goes with its size. */
#include "chapters/mustache.h"
#include "fuzz.h"

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct mustache_env env = { 0 };
	struct buf out = { 0 };
	struct err err;
	json_t *data = json_pack("{s:s, s:[s,s], s:{s:i, s:s}, s:b}", "a", "x<&", "l", "1", "2",
	    "o", "i", 7, "", "o", "t", 1);
	(void)arena;
	mustache_render("f", text, n, data, &env, &out, &err);
	json_decref(data);
	buf_release(&out);
}
