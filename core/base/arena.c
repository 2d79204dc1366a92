/* arena.c: the run's memory, and the one place where running out of it ends the program. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_SIZE = 256 * 1024 };

/* What must be aligned fills a block from its start, strings from its end: no gaps between them. */
struct arena_block {
	struct arena_block *next;
	size_t used, size; /* free is what lies between the two */
	max_align_t data[];
};

/* No allocation, no stdio: there is no memory for either. */
_Noreturn void mem_fail(void)
{
	static const char text[] = "nianbao: out of memory / 内存不足\n";
	ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
	(void)ignored;
	_exit(3);
}

void *mem_alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);
	if (!memory)
		mem_fail();
	return memory;
}

void *mem_realloc(void *memory, size_t size)
{
	memory = realloc(memory, size ? size : 1);
	if (!memory)
		mem_fail();
	return memory;
}

void arena_init(struct arena *arena)
{
	arena->blocks = NULL;
}

void arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;
		free(arena->blocks);
		arena->blocks = next;
	}
}

size_t arena_size(const struct arena *arena)
{
	size_t size = 0;
	for (const struct arena_block *block = arena->blocks; block; block = block->next)
		size += block->size > BLOCK_SIZE ? block->size : BLOCK_SIZE;
	return size;
}

static struct arena_block *block_new(size_t size)
{
	if (size > SIZE_MAX - sizeof(struct arena_block))
		mem_fail();
	struct arena_block *block = mem_alloc(sizeof *block + size);
	*block = (struct arena_block){ .size = size };
	return block;
}

/* Zeroed by the system, where it can: what is never written to takes no memory. */
static struct arena_block *block_zeroed(size_t size)
{
	if (size > SIZE_MAX - sizeof(struct arena_block))
		mem_fail();
	struct arena_block *block = calloc(1, sizeof *block + size);
	if (!block)
		mem_fail();
	block->size = block->used = size;
	return block;
}

/* A block for that much alone, behind the one that is being filled. */
static void *own_block(struct arena *arena, size_t size)
{
	struct arena_block *own = block_zeroed(size), *block = arena->blocks;
	if (block) {
		own->next = block->next;
		block->next = own;
	} else {
		arena->blocks = own;
	}
	return own->data;
}

/* The block that is being filled, with room for so much. */
static struct arena_block *with_room(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	if (!block || block->size - block->used < size) {
		block = block_new(BLOCK_SIZE);
		block->next = arena->blocks;
		arena->blocks = block;
	}
	return block;
}

static size_t aligned(size_t size)
{
	const size_t align = _Alignof(max_align_t);
	return (size + align - 1) / align * align;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - _Alignof(max_align_t))
		mem_fail();
	size = aligned(size);
	if (size > BLOCK_SIZE / 4)
		return own_block(arena, size);
	struct arena_block *block = with_room(arena, size);
	void *memory = (char *)block->data + block->used;
	block->used += size;
	return memset(memory, 0, size);
}

/* Room for a string of `n` bytes and its NUL. */
static char *string_alloc(struct arena *arena, size_t n)
{
	if (n >= BLOCK_SIZE / 4)
		return own_block(arena, n + 1);
	struct arena_block *block = with_room(arena, n + 1);
	block->size -= n + 1;
	return (char *)block->data + block->size;
}

char *arena_strndup(struct arena *arena, const char *text, size_t n)
{
	char *copy = string_alloc(arena, n);
	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(n >= 0);
	char *text = string_alloc(arena, (size_t)n);
	vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

/* Gives back what has a block of its own. */
static void give_back(struct arena *arena, const void *own)
{
	for (struct arena_block **at = &arena->blocks; *at; at = &(*at)->next)
		if ((*at)->data == own) {
			struct arena_block *block = *at;
			*at = block->next;
			free(block);
			return;
		}
}

/* Takes what lies behind the items, if they are the last that came from the block's start. */
static int grow_in_place(struct arena *arena, const void *items, size_t from, size_t to)
{
	struct arena_block *block = arena->blocks;
	size_t more = aligned(to) - aligned(from);
	if (to > BLOCK_SIZE / 4) /* which has a block of its own */
		return 0;
	char *end = (char *)block->data + block->used;
	if ((const char *)items + aligned(from) != end || block->size - block->used < more)
		return 0;
	memset(end, 0, more);
	block->used += more;
	return 1;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	/* Full at 0 and at each power of two from 8 on. */
	if (count != 0 && (count < 8 || (count & (count - 1)) != 0))
		return items;
	size_t cap = count ? count * 2 : 8;
	if (cap > SIZE_MAX / size)
		mem_fail();
	if (count && grow_in_place(arena, items, count * size, cap * size))
		return items;
	void *grown = arena_alloc(arena, cap * size);
	if (count)
		memcpy(grown, items, count * size);
	if (count * size > BLOCK_SIZE / 4)
		give_back(arena, items);
	return grown;
}
