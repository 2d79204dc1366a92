/* zip_writer_entry.c: an entry's content read, digested and compressed in memory. */
#include "archive/zip_writer_impl.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOK_ASIDE = 4096 }; /* entries that are worth a thread */

int zip_tools_open(struct tools *tools, const struct zip_writer *w)
{
	*tools = (struct tools){ deflater_new(w->within ? DEFLATE_QUICK : DEFLATE_KEPT),
		w->undigested ? NULL : digest_new("sha256"),
		w->wants_sm3 ? digest_new("sm3") : NULL };
	return tools->deflater ? 0 : -1;
}

void zip_tools_close(struct tools *tools)
{
	deflater_free(tools->deflater);
	digest_free(tools->sha256);
	digest_free(tools->sm3);
	*tools = (struct tools){ 0 };
}

/* ---- files --------------------------------------------------------------- */

int zip_entry_changed(const struct entry *e, struct err *err)
{
	return err_set(
	    err, ERR_SYSTEM, _("cannot pack '%s': it changed while it was being read"), e->path);
}

int zip_entry_check_same(const struct entry *e, int fd, struct err *err)
{
	const struct file_state *was = &e->of.file;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_sys(err, errno, _("cannot read '%s'"), e->path);
	if ((uint64_t)st.st_size != e->size || st.st_ino != was->inode ||
	    st.st_mtim.tv_sec != was->mtime.tv_sec || st.st_mtim.tv_nsec != was->mtime.tv_nsec)
		return zip_entry_changed(e, err);
	return 0;
}

int zip_entry_open(const struct entry *e, struct err *err)
{
	/* O_NONBLOCK: a pipe that took the file's place must not hang us. */
	int fd = open(e->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_sys(err, errno, _("cannot read '%s'"), e->path);
	return fd;
}

static int read_from(struct entry *e, int fd, struct err *err)
{
	struct buf *content = &e->content;
	size_t size = (size_t)e->size;

	buf_reserve(content, size);
	while (content->len < size) {
		ssize_t n = read(fd, content->data + content->len, size - content->len);

		if (n == 0)
			return zip_entry_changed(e, err);
		if (n > 0)
			content->len += (size_t)n;
		else if (errno != EINTR)
			return err_sys(err, errno, _("cannot read '%s'"), e->path);
	}
	/* Only now: that it was the same before says nothing. */
	return zip_entry_check_same(e, fd, err);
}

static int read_file(struct entry *e, struct err *err)
{
	int fd = zip_entry_open(e, err), rc;

	if (fd < 0)
		return -1;
	rc = read_from(e, fd, err);
	close(fd);
	return rc;
}

/* ---- content in memory --------------------------------------------------- */

static void sum(struct digest *digest, const void *bytes, size_t n, char *hex)
{
	char text[DIGEST_HEX_MAX];

	if (!digest)
		return;
	digest_add(digest, bytes, n);
	digest_turn(digest, text);
	memcpy(hex, text, strlen(text) + 1);
}

/* Digests, CRC and compression. */
static void finish(struct entry *e, struct tools *tools)
{
	struct zip_entry *done = &e->writer->done[index_of(e)];
	const void *bytes = buf_str(&e->content);
	size_t n = e->content.len, packed_n = 0;
	struct buf packed = { 0 };

	sum(tools->sha256, bytes, n, done->sha256);
	sum(tools->sm3, bytes, n, done->sm3);
	e->crc = deflate_crc(bytes, n);
	e->size = n;
	if (n <= DEFLATE_PROBE || deflate_worth(tools->deflater, bytes, DEFLATE_PROBE)) {
		buf_reserve(&packed, n);
		packed_n = deflate_pack(tools->deflater, bytes, n, packed.data);
	}
	if (packed_n == 0) {
		buf_release(&packed);
		return;
	}
	buf_release(&e->content);
	/* What waits for its turn should not hold more memory than it fills. */
	packed.data = mem_realloc(packed.data, packed_n + 1);
	packed.cap = packed_n + 1;
	packed.len = packed_n;
	e->content = packed;
	e->deflated = 1;
}

int zip_entry_prepare(struct entry *e, struct tools *tools)
{
	struct err err;
	int rc = 0;

	if (e->kind == CONTENT_FILE)
		rc = read_file(e, &err);
	else if (e->kind == CONTENT_MEMBER)
		rc = store_read(e->of.member.store, e->of.member.file, e->size, &e->content, &err);
	if (rc != 0)
		return zip_entry_fail(e, &err);
	finish(e, tools);
	return 0;
}

int zip_entry_fail(struct entry *e, const struct err *err)
{
	if (!e->err) {
		e->err = mem_alloc(sizeof *err);
		*e->err = *err;
	}
	return -1;
}

/* ---- before anything is read ---------------------------------------------- */

static int by_file(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;

	if (x->of.file.device != y->of.file.device)
		return x->of.file.device < y->of.file.device ? -1 : 1;
	if (x->of.file.inode != y->of.file.inode)
		return x->of.file.inode < y->of.file.inode ? -1 : 1;
	return x < y ? -1 : 1;
}

static int same_state(const struct entry *a, const struct entry *b)
{
	const struct file_state *x = &a->of.file, *y = &b->of.file;

	return x->device == y->device && x->inode == y->inode && a->size == b->size &&
	       x->mtime.tv_sec == y->mtime.tv_sec && x->mtime.tv_nsec == y->mtime.tv_nsec;
}

/* Finds what is to be packed twice: an attachment stands in its hand-in as well. */
static void find_same(struct zip_writer *w)
{
	struct entry **files = mem_alloc(w->count * sizeof(struct entry *));
	struct entry *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < w->count; i++)
		if (w->entries[i].kind == CONTENT_FILE)
			files[n++] = &w->entries[i];
	if (n > 0)
		qsort(files, n, sizeof(struct entry *), by_file);
	for (size_t i = 0; i < n; i++) {
		if (!first || !same_state(first, files[i])) {
			first = files[i];
			continue;
		}
		files[i]->first = first;
		files[i]->streams = 0;
	}
	free(files);
}

static int look_at_file(struct entry *e, struct err *err)
{
	struct stat st;

	if (stat(e->path, &st) != 0)
		return err_sys(err, errno, _("cannot read '%s'"), e->path);
	if (!S_ISREG(st.st_mode))
		return err_set(
		    err, ERR_SYSTEM, _("cannot read '%s': it is no regular file"), e->path);
	e->size = (uint64_t)st.st_size;
	e->of.file = (struct file_state){ st.st_mtim, st.st_dev, st.st_ino };
	return 0;
}

/* Part of the entries, looked at by a thread. */
struct look {
	struct zip_writer *w;
	size_t from, to;
	int rc;
	struct err err;
};

static void *look_at(void *self)
{
	struct look *look = self;

	for (size_t i = look->from; i < look->to && look->rc == 0; i++) {
		struct entry *e = &look->w->entries[i];

		if (e->kind == CONTENT_FILE)
			look->rc = look_at_file(e, &look->err);
		e->streams = e->size > IN_MEMORY;
	}
	return NULL;
}

/* Two threads, for looking takes as long as packing what is in small files. */
static int look_at_all(struct zip_writer *w, struct err *err)
{
	size_t half = w->threads > 1 && w->count >= LOOK_ASIDE ? w->count / 2 : w->count;
	struct look first = { .w = w, .to = half },
	            second = { .w = w, .from = half, .to = w->count };
	pthread_t thread;
	int aside = half < w->count && pthread_create(&thread, NULL, look_at, &second) == 0;

	look_at(&first);
	if (aside)
		pthread_join(thread, NULL);
	else
		look_at(&second);
	if (first.rc != 0)
		*err = first.err;
	else if (second.rc != 0)
		*err = second.err;
	return first.rc != 0 || second.rc != 0 ? -1 : 0;
}

int zip_entries_look(struct zip_writer *w, struct err *err)
{
	if (look_at_all(w, err) != 0)
		return -1;
	for (size_t i = 0; i < w->count; i++)
		w->bytes_total += w->entries[i].size;
	find_same(w);
	return 0;
}
