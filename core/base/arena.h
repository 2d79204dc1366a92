/* arena.h: memory that lives as long as a run and is given back at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Tree, figures and findings of a run live in one arena; nothing in it is
 * freed singly. Not for use by several threads at once. Out of memory ends
 * the program in one place, mem_fail(), so no caller checks for NULL.
 */
struct arena {
	struct arena_block *blocks;
};

void arena_init(struct arena *arena);

/* Gives back everything. A zeroed or released arena may be released again. */
void arena_release(struct arena *arena);

/* `size` zeroed bytes, aligned for any type, valid until arena_release(). Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of a string, of its first `n` bytes with a NUL added, and of any bytes. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t n);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/*
 * Room for one more element in an array kept in the arena: returns `items`,
 * made twice as long where they are or as a copy, when `count` elements of `size` bytes fill it;
 * then `items` is no more. Capacity follows from the count alone, so callers keep only the count.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);

/* About how many bytes it takes from the system. */
size_t arena_size(const struct arena *arena);

/* Heap memory for what outgrows or outlives an arena. Never NULL; the caller frees. */
void *mem_alloc(size_t size);
void *mem_realloc(void *memory, size_t size);

/* Where all of that ends, for libraries that could not get theirs. */
_Noreturn void mem_fail(void);

#endif
