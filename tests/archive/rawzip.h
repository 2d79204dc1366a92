/* rawzip.h: zips built byte by byte, so that they can lie. */
#ifndef TESTS_RAWZIP_H
#define TESTS_RAWZIP_H

#include "archive/deflate.h"
#include "scratch.h"

struct raw {
	const char *name, *content;
	size_t name_length;     /* 0: strlen */
	const char *local_name; /* NULL: the same */
	unsigned method, flags; /* content is taken as packed already, whatever the method */
	uint32_t attributes;
	uint32_t crc_error, size_error, packed_error; /* added to the true ones, in both headers */
	uint32_t local_error;                         /* added to the local header's CRC only */
	int same_offset; /* the local header is the first entry's: overlap */
	uint32_t size;   /* 0: that of the content; else declared for deflated content */
};

static inline void put16(struct buf *out, unsigned value)
{
	buf_addc(out, (char)(value & 255));
	buf_addc(out, (char)(value >> 8 & 255));
}

static inline void put32(struct buf *out, uint32_t value)
{
	put16(out, value & 0xFFFF);
	put16(out, value >> 16);
}

/* Version needed to the extra field's length: what both headers share. */
static inline void put_common(struct buf *out, const struct raw *e, size_t name, uint32_t crc)
{
	size_t n = strlen(e->content);

	put16(out, 20);
	put16(out, e->flags);
	put16(out, e->method);
	put32(out, 0x00210000);
	put32(out, crc);
	put32(out, (uint32_t)n + e->packed_error);
	put32(out, (e->size ? e->size : (uint32_t)n) + e->size_error);
	put16(out, (unsigned)name);
	put16(out, 0);
}

static inline void raw_zip(struct buf *out, const struct raw *entries, size_t count)
{
	struct buf table = { 0 };
	uint32_t start;

	for (size_t i = 0; i < count; i++) {
		const struct raw *e = &entries[i];
		const char *local = e->local_name ? e->local_name : e->name;
		size_t name = e->name_length ? e->name_length : strlen(e->name);
		size_t local_n = e->local_name ? strlen(local) : name;
		uint32_t crc = deflate_crc(e->content, strlen(e->content)) + e->crc_error;
		uint32_t offset = e->same_offset ? 0 : (uint32_t)out->len;

		put32(&table, 0x02014b50);
		put16(&table, 0x0314);
		put_common(&table, e, name, crc);
		put16(&table, 0); /* comment, disk, internal */
		put16(&table, 0);
		put16(&table, 0);
		put32(&table, e->attributes);
		put32(&table, offset);
		buf_add(&table, e->name, name);
		if (e->same_offset)
			continue;
		put32(out, 0x04034b50);
		put_common(out, e, local_n, crc + e->local_error);
		buf_add(out, local, local_n);
		buf_adds(out, e->content);
	}
	start = (uint32_t)out->len;
	buf_add(out, buf_str(&table), table.len);
	put32(out, 0x06054b50);
	put32(out, 0);
	put16(out, (unsigned)count);
	put16(out, (unsigned)count);
	put32(out, (uint32_t)table.len);
	put32(out, start);
	put16(out, 0);
	buf_release(&table);
}

static inline void put_raw_zip(const char *name, const struct raw *entries, size_t count)
{
	struct buf out = { 0 };

	raw_zip(&out, entries, count);
	put(name, out.data, out.len);
	buf_release(&out);
}

#endif
