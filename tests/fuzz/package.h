/* package.h: an office file around parts, one of which is the fuzzer's. */
#ifndef TESTS_FUZZ_PACKAGE_H
#define TESTS_FUZZ_PACKAGE_H

#include "archive/deflate.h"
#include "base/buf.h"

#include <string.h>

struct fuzz_part {
	const char *name, *text;
	size_t n; /* 0: strlen(text) */
};

static void put_number(struct buf *out, uint32_t value, int bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		buf_addc(out, (char)(value & 255));
}

static void put_common(struct buf *out, const struct fuzz_part *part)
{
	put_number(out, 20, 2);
	put_number(out, 0, 4); /* flags, method: stored */
	put_number(out, 0x00210000, 4);
	put_number(out, deflate_crc(part->text, part->n), 4);
	put_number(out, (uint32_t)part->n, 4);
	put_number(out, (uint32_t)part->n, 4);
	put_number(out, (uint32_t)strlen(part->name), 4); /* no extra field */
}

static struct buf pack(struct fuzz_part *parts, size_t count)
{
	struct buf out = { 0 }, table = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct fuzz_part *part = &parts[i];
		part->n = part->n ? part->n : strlen(part->text);
		put_number(&table, 0x02014b50, 4);
		put_number(&table, 0x0314, 2);
		put_common(&table, part);
		put_number(&table, 0, 4); /* comment, disk */
		put_number(&table, 0, 2);
		put_number(&table, 0, 4);
		put_number(&table, (uint32_t)out.len, 4);
		buf_adds(&table, part->name);
		put_number(&out, 0x04034b50, 4);
		put_common(&out, part);
		buf_adds(&out, part->name);
		buf_add(&out, part->text, part->n);
	}
	uint32_t start = (uint32_t)out.len;
	buf_add(&out, buf_str(&table), table.len);
	put_number(&out, 0x06054b50, 4);
	put_number(&out, 0, 4);
	put_number(&out, (uint32_t)count, 2);
	put_number(&out, (uint32_t)count, 2);
	put_number(&out, (uint32_t)table.len, 4);
	put_number(&out, start, 4);
	put_number(&out, 0, 2);
	buf_release(&table);
	return out;
}

#define TYPES "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
#define OVERRIDE(part, type)                                                                       \
	"<Override PartName='" part                                                                \
	"' ContentType='application/vnd.openxmlformats-officedocument." type "'/></Types>"
#define RELATIONS                                                                                  \
	"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define RELATION(id, type, target)                                                                 \
	"<Relationship Id='" id                                                                    \
	"' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type        \
	"' Target='" target "'/>"

static const struct office_limits fuzz_limits = { .parts = 100,
	.total_bytes = 1 << 22,
	.xml_bytes = 1 << 22,
	.ratio = 200,
	.depth = 250,
	.text_bytes = 1 << 20,
	.cells = 10000,
	.paragraphs = 10000 };

#endif
