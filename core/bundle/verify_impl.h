/* verify_impl.h: what the parts of verification share. Private to verify*.c. */
#ifndef BUNDLE_VERIFY_IMPL_H
#define BUNDLE_VERIFY_IMPL_H

#include "archive/content.h"
#include "bundle/tagfile.h"
#include "bundle/verify.h"

#include <string.h>

enum {
	MANIFESTS_MAX = 64, /* bits in a mask */
	VERSION_1_0 = 100,
	TOLD_MAX = 20,    /* files with the same fault that are named */
	TROUBLES_MAX = 32 /* kinds of faults that are counted */
};

#define DIRECTORY "data/文件目录.XML"

struct manifest {
	const char *file;      /* "manifest-sha256.txt" */
	const char *algorithm; /* lower case */
	int tag;               /* lists tag files */
	int usable;            /* known algorithm, readable text */
};

/* What one line of a manifest says of a file. */
struct expectation {
	struct expectation *next;
	const struct manifest *manifest;
	const char *hex;
	unsigned line;
	int differs; /* once the file is read */
};

struct subject {
	const struct store_file *file;
	struct expectation *first;
	uint64_t listed;     /* bit i: in manifest i */
	struct err *failure; /* why it could not be read, else NULL; on the heap */
	struct content content;
};

struct fetched {
	const char *name;
	unsigned line;
	int listed;
};

struct normal {
	const char *name; /* NFC */
	size_t subject;
};

struct check {
	struct store *store;
	struct arena *arena;
	struct bag_verdict *verdict;
	int version; /* 97 for 0.97, 100 for 1.0 */
	const char *encoding;
	struct manifest manifests[MANIFESTS_MAX];
	size_t manifest_count;
	struct subject *subjects;
	size_t count;
	struct fetched *fetch; /* sorted by name */
	size_t fetch_count;
	struct normal *normal; /* sorted by name; NULL until somebody asks */
	enum bag_item item;    /* that is being looked at */
	struct err *err;
};

enum { ERROR = BAG_ERROR, WARNING = BAG_WARNING };

/* `a` and `b` go for the message's %s; NULL if it has none. */
void verify_fault(struct check *c, int warning, const char *file, unsigned line,
    const char *message, const char *a, const char *b);

/* Whether nianbao made it. */
static inline int verify_is_ours(const struct check *c)
{
	return store_find(c->store, DIRECTORY) != NULL;
}

static inline int verify_is_payload(const char *name)
{
	return strncmp(name, "data/", 5) == 0;
}

static inline void fault(struct check *c, int warning, const char *file, unsigned line,
    const char *message, const char *a)
{
	verify_fault(c, warning, file, line, message, a, NULL);
}

/* Lines of a tag file. 1 if there are any to look at, 0 if there was a fault, -1 on failure. */
int verify_read_lines(
    struct check *c, const struct store_file *file, const char *encoding, struct tagfile *out);

/*
 * verify_lists.c: fetch.txt and all manifests: which files are expected, by whom, with which
 * checksums. -1 if the system fails.
 */
int verify_read_lists(struct check *c);
/* Whether a path in a manifest leads out of the bag (RFC 8493, section 5.1). */
int verify_leads_out(const char *path);
/* "manifest-sha256.txt" and "tagmanifest-sha256.txt" → "sha256"; NULL for other names. */
const char *verify_manifest_algorithm(struct arena *arena, const char *name, int *tag);

/*
 * verify_files.c: reads every file that a manifest lists, on many threads, for all that is expected
 * of it; `differs` and `failure` tell what came of it. -1 if the system fails.
 */
int verify_read_files(struct check *c);
void verify_release_files(struct check *c);

/*
 * examine.c: what is not a matter of checksums: formats by content, programs and macros, the
 * directory and the numbering of our own bundles, and whether the report's formats agree. -1 if the
 * system fails.
 */
int examine(struct check *c);

#endif
