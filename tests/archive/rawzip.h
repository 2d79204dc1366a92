/* rawzip.h: zips built byte by byte, so that they can lie. */
#ifndef TESTS_RAWZIP_H
#define TESTS_RAWZIP_H

#include "archive/deflate.h"
#include "scratch.h"

/* Bytes with their number, of a literal. */
struct raw_bytes {
	const char *data;
	size_t n;
};
#define RAW(literal)                                                                               \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

struct raw {
	const char *name, *content;
	size_t name_length;     /* 0: strlen */
	size_t content_length;  /* 0: strlen */
	const char *local_name; /* NULL: the same */
	unsigned method, flags; /* content is taken as packed already, whatever the method */
	uint32_t attributes;
	uint32_t crc_error, size_error, packed_error; /* added to the true ones, in both headers */
	uint32_t local_error;                         /* added to the local header's CRC only */
	int same_offset; /* the local header is the first entry's: overlap */
	uint32_t size;   /* 0: that of the content; else declared for deflated content */
	/* Of the local header alone: */
	unsigned local_flags, local_method; /* these bits are other ones */
	uint32_t local_size_error, local_packed_error;
	struct raw_bytes local_extra;
	/* Of the table alone: */
	struct raw_bytes extra;
	uint32_t offset_error;
	unsigned part; /* of a zip of several */
	int fat;       /* made on FAT, not on Unix */
	/* Sizes follow the data in so many bytes: 12, 16 with signature, 20 and 24 with 64 bits. */
	int descriptor;
	struct raw_bytes gap; /* behind it */
};

/* What stands around the entries. */
struct raw_frame {
	struct raw_bytes before, behind_table, after, comment;
	int pushed; /* offsets do not know of what stands before */
	unsigned disk;
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

static inline size_t raw_length(const struct raw *e)
{
	return e->content_length ? e->content_length : strlen(e->content);
}

static inline uint32_t raw_size(const struct raw *e)
{
	return (e->size ? e->size : (uint32_t)raw_length(e)) + e->size_error;
}

static inline uint32_t raw_crc(const struct raw *e)
{
	return deflate_crc(e->content, raw_length(e)) + e->crc_error;
}

static inline void raw_central(struct buf *table, const struct raw *e, uint32_t offset)
{
	size_t name = e->name_length ? e->name_length : strlen(e->name);

	put32(table, 0x02014b50);
	put16(table, e->fat ? 0x0014 : 0x0314);
	put16(table, 20);
	put16(table, e->flags);
	put16(table, e->method);
	put32(table, 0x00210000);
	put32(table, raw_crc(e));
	put32(table, (uint32_t)raw_length(e) + e->packed_error);
	put32(table, raw_size(e));
	put16(table, (unsigned)name);
	put16(table, (unsigned)e->extra.n);
	put16(table, 0); /* comment */
	put16(table, e->part);
	put16(table, 0); /* internal */
	put32(table, e->attributes);
	put32(table, offset + e->offset_error);
	buf_add(table, e->name, name);
	buf_add(table, e->extra.data, e->extra.n);
}

static inline void raw_descriptor(struct buf *out, const struct raw *e)
{
	int wide = e->descriptor >= 20;

	if (e->descriptor == 16 || e->descriptor == 24)
		put32(out, 0x08074b50);
	put32(out, raw_crc(e));
	put32(out, (uint32_t)raw_length(e) + e->packed_error);
	if (wide)
		put32(out, 0);
	put32(out, raw_size(e));
	if (wide)
		put32(out, 0);
}

static inline void raw_local(struct buf *out, const struct raw *e)
{
	const char *name = e->local_name ? e->local_name : e->name;
	size_t n = e->name_length && !e->local_name ? e->name_length : strlen(name);
	int later = e->descriptor > 0;

	put32(out, 0x04034b50);
	put16(out, 20);
	put16(out, e->flags ^ e->local_flags);
	put16(out, e->method ^ e->local_method);
	put32(out, 0x00210000);
	put32(out, later ? 0 : raw_crc(e) + e->local_error);
	put32(out, later ? 0 : (uint32_t)raw_length(e) + e->packed_error + e->local_packed_error);
	put32(out, later ? 0 : raw_size(e) + e->local_size_error);
	put16(out, (unsigned)n);
	put16(out, (unsigned)e->local_extra.n);
	buf_add(out, name, n);
	buf_add(out, e->local_extra.data, e->local_extra.n);
	buf_add(out, e->content, raw_length(e));
	if (later)
		raw_descriptor(out, e);
	buf_add(out, e->gap.data, e->gap.n);
}

static inline void raw_framed(
    struct buf *out, const struct raw *entries, size_t count, const struct raw_frame *frame)
{
	struct buf table = { 0 };
	uint32_t start, shift = frame->pushed ? (uint32_t)frame->before.n : 0;

	buf_add(out, frame->before.data, frame->before.n);
	for (size_t i = 0; i < count; i++) {
		const struct raw *e = &entries[i];
		uint32_t first = (uint32_t)frame->before.n;

		raw_central(&table, e, (e->same_offset ? first : (uint32_t)out->len) - shift);
		if (!e->same_offset)
			raw_local(out, e);
	}
	start = (uint32_t)out->len - shift;
	buf_add(out, buf_str(&table), table.len);
	buf_add(out, frame->behind_table.data, frame->behind_table.n);
	put32(out, 0x06054b50);
	put16(out, frame->disk);
	put16(out, frame->disk);
	put16(out, (unsigned)count);
	put16(out, (unsigned)count);
	put32(out, (uint32_t)table.len);
	put32(out, start);
	put16(out, (unsigned)frame->comment.n);
	buf_add(out, frame->comment.data, frame->comment.n);
	buf_add(out, frame->after.data, frame->after.n);
	buf_release(&table);
}

static inline void raw_zip(struct buf *out, const struct raw *entries, size_t count)
{
	static const struct raw_frame plain;

	raw_framed(out, entries, count, &plain);
}

static inline void put_raw_framed(
    const char *name, const struct raw *entries, size_t count, const struct raw_frame *frame)
{
	struct buf out = { 0 };

	raw_framed(&out, entries, count, frame);
	put(name, out.data, out.len);
	buf_release(&out);
}

static inline void put_raw_zip(const char *name, const struct raw *entries, size_t count)
{
	static const struct raw_frame plain;

	put_raw_framed(name, entries, count, &plain);
}

/* An extra field 0x7075 that gives the bytes of a name another meaning; in the scratch arena. */
static inline struct raw_bytes raw_unicode(const char *raw, const char *name)
{
	struct buf out = { 0 };
	struct raw_bytes field;

	put16(&out, 0x7075);
	put16(&out, (unsigned)(5 + strlen(name)));
	buf_addc(&out, 1);
	put32(&out, deflate_crc(raw, strlen(raw)));
	buf_adds(&out, name);
	field.data = arena_strndup(&scratch_arena, out.data, out.len);
	field.n = out.len;
	buf_release(&out);
	return field;
}

#endif
