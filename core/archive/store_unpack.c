/* store_unpack.c: what the files of a zip hold, by any number of threads at once. */
#include "archive/deflate.h"
#include "archive/inflate.h"
#include "archive/store_impl.h"
#include "archive/zip_list.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Entries up to this are unpacked in memory, at three times the speed of a stream. */
#define IN_MEMORY ((uint64_t)16 << 20)

enum { METHOD_STORED = 0, METHOD_DEFLATED = 8 };

static int lies(const struct store *store, const struct store_file *file, struct err *err)
{
	return err_input(err, N_("its size is not what the zip says"),
	    _("cannot read '%s' in '%s'"), file->name, store->path);
}

/*
 * The entry's bytes as they lie in the zip, `n` of them behind the first `from`. Where they are,
 * the listing has found.
 */
static int read_packed(const struct store *store, const struct store_file *file, uint64_t from,
    void *to, size_t n, struct err *err)
{
	uint64_t at = store->listing->items[file->index].data + from;
	int rc;

	if (store->fd < 0) {
		if (at > store->bytes.len || n > store->bytes.len - at)
			return lies(store, file, err);
		memcpy(to, store->bytes.data + at, n);
		return 0;
	}
	rc = file_get(store->fd, to, n, at);
	if (rc < 0)
		return err_sys(err, errno, _("cannot read '%s'"), store->path);
	if (rc > 0)
		return lies(store, file, err);
	return 0;
}

static int wrong_crc(const struct store *store, const struct store_file *file, struct err *err)
{
	return err_input(err, N_("it is damaged: its checksum is wrong"),
	    _("cannot read '%s' in '%s'"), file->name, store->path);
}

static int interrupted(const struct store *store, const struct store_file *file, struct err *err)
{
	return err_set(
	    err, ERR_SYSTEM, _("cannot read '%s' in '%s': interrupted"), file->name, store->path);
}

static int whole(const struct store *store, const struct store_file *file,
    const struct zip_listed *item, store_sink *sink, void *self, struct err *err)
{
	size_t n = (size_t)item->size;
	char *packed = mem_alloc((size_t)item->packed), *bytes = packed;
	int rc = -1;

	if (read_packed(store, file, 0, packed, (size_t)item->packed, err) != 0)
		goto out;
	if (item->method == METHOD_DEFLATED) {
		bytes = mem_alloc(n);
		if (deflate_unpack(packed, (size_t)item->packed, bytes, n) != 0) {
			err_input(err, N_("it is damaged, or larger than the zip says"),
			    _("cannot read '%s' in '%s'"), file->name, store->path);
			goto out;
		}
	}
	if (deflate_crc(bytes, n) != item->crc)
		wrong_crc(store, file, err);
	else if (n > 0 && sink(self, bytes, n) != 0)
		interrupted(store, file, err);
	else
		rc = 0;
out:
	if (bytes != packed)
		free(bytes);
	free(packed);
	return rc;
}

/* A big file that is not compressed: scans and pictures mostly are not. */
static int stored(const struct store *store, const struct store_file *file,
    const struct zip_listed *item, store_sink *sink, void *self, struct err *err)
{
	char *piece = mem_alloc(STORE_PIECE);
	uint32_t crc = 0;
	int rc = 0;

	for (uint64_t at = 0; rc == 0 && at < item->size; at += STORE_PIECE) {
		uint64_t left = item->size - at;
		size_t n = left < STORE_PIECE ? (size_t)left : STORE_PIECE;

		rc = read_packed(store, file, at, piece, n, err);
		if (rc == 0) {
			crc = deflate_crc_add(crc, piece, n);
			if (sink(self, piece, n) != 0)
				rc = interrupted(store, file, err);
		}
	}
	free(piece);
	if (rc == 0 && crc != item->crc)
		rc = wrong_crc(store, file, err);
	return rc;
}

/* A big file on its way from the zip to the sink. */
struct passing {
	const struct store *store;
	const struct store_file *file;
	const struct zip_listed *item;
	uint64_t at, total; /* packed bytes taken, bytes handed on */
	uint32_t crc;
	store_sink *sink;
	void *self;
	struct err *err;
	int failed; /* and `err` says why */
};

static long give_packed(void *self, void *to, size_t n)
{
	struct passing *p = self;
	uint64_t left = p->item->packed - p->at;

	if (n > left)
		n = (size_t)left;
	if (read_packed(p->store, p->file, p->at, to, n, p->err) != 0) {
		p->failed = 1;
		return -1;
	}
	p->at += n;
	return (long)n;
}

static int take_unpacked(void *self, const void *bytes, size_t n)
{
	struct passing *p = self;

	p->crc = deflate_crc_add(p->crc, bytes, n);
	p->total += n;
	/* The sink gets no byte more than was announced. */
	if (p->total > p->item->size)
		p->failed = lies(p->store, p->file, p->err);
	else if (n > 0 && p->sink(p->self, bytes, n) != 0)
		p->failed = interrupted(p->store, p->file, p->err);
	return p->failed;
}

/* A big file that is compressed. */
static int inflated(const struct store *store, const struct store_file *file,
    const struct zip_listed *item, store_sink *sink, void *self, struct err *err)
{
	struct passing p = {
		.store = store, .file = file, .item = item, .sink = sink, .self = self, .err = err
	};
	int rc = inflate_stream(give_packed, take_unpacked, &p);

	if (p.failed)
		return -1;
	if (rc < 0)
		return err_input(err, N_("it is damaged"), _("cannot read '%s' in '%s'"),
		    file->name, store->path);
	if (p.crc != item->crc)
		return wrong_crc(store, file, err);
	return rc > 0 || p.total != item->size ? lies(store, file, err) : 0;
}

int store_zip_stream(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err)
{
	const struct zip_listed *item = &store->listing->items[file->index];

	if (item->size <= IN_MEMORY && item->packed <= IN_MEMORY)
		return whole(store, file, item, sink, self, err);
	if (item->method == METHOD_STORED)
		return stored(store, file, item, sink, self, err);
	return inflated(store, file, item, sink, self, err);
}
