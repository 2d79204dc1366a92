/* bag_impl.h: what those who write parts of a bag share. Private to bag.c, describe.c, record.c. */
#ifndef BUNDLE_BAG_IMPL_H
#define BUNDLE_BAG_IMPL_H

#include "bundle/bag.h"
#include "bundle/names.h"
#include "bundle/received.h"

struct writer {
	struct bag *bag;
	struct arena arena;
	struct zip_writer *zip;
	const char *root;
	struct names names;          /* of submissions' files and of the configuration's */
	struct buf renamed;          /* names.csv: names that had to change */
	struct buf entry;            /* the name of the entry that is being added */
	struct handed_in *handed_in; /* one a submission; none in a publication */
	const char *title;           /* of the entries that are added next */
	const char **titles;         /* of all entries */
	size_t entries;              /* added so far */
	struct received received;
};

/* Where a hand-in lies in the bag. */
struct handed_in {
	const struct submission *submission;
	const char *folder;     /* "data/submissions/sfj/1" */
	size_t first, count;    /* of the zip's entries */
	const char **originals; /* of a folder: each entry's name as handed in; NULL of a zip */
	size_t renamed;         /* how many of them have another name in the bag */
};

/* All of these add an entry; `name` is within the bag: "data/figures.csv". */
void writer_add_text(struct writer *w, const char *name, struct buf *content);
void writer_add_path(struct writer *w, const char *name, const char *path);
void writer_add_late(struct writer *w, const char *name, zip_late *make);

/* Whether a zip's entry belongs to the payload; its name within the bag. */
int writer_is_payload(const struct writer *w, const char *entry);
const char *writer_plain(const struct writer *w, const char *entry);

/*
 * describe.c: what an archive reads first. 说明文件.TXT and 文件目录.XML
 * (《电子档案移交与接收办法》), then bag-info.txt; due when all other payload is added.
 */
void describe_payload(struct writer *w);
void describe_bag(struct writer *w);

/*
 * record.c: how the bundle came about: program and plugins, and unless it is
 * for publication the configuration and what became of each hand-in.
 */
int record_add(struct writer *w, struct err *err);

#endif
