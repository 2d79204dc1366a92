/* fuzz.h: what fuzz targets share: a libFuzzer entry that hands over text with its NUL. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/arena.h"
#include "base/finding.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Each target defines this: one input, with a NUL behind it, and memory that goes afterwards. */
static void fuzz(struct arena *arena, const char *text, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena arena = { 0 };
	const char *text = arena_strndup(&arena, (const char *)bytes, n);
	fuzz(&arena, text, n);
	arena_release(&arena);
	return 0;
}

#endif
