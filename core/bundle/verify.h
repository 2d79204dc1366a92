/* verify.h: is this bag (RFC 8493) complete and unaltered? Ours or anyone's, zip or folder. */
#ifndef BUNDLE_VERIFY_H
#define BUNDLE_VERIFY_H

#include "archive/store.h"
#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

enum bag_severity {
	BAG_ERROR,
	BAG_WARNING, /* doubtful, and no reason to refuse it */
	BAG_NOTE     /* to know */
};

/* What DA/T 70 wants to know of a bag (四性检测), as far as it can be found in it. */
enum bag_item {
	ITEM_NONE,
	/* 真实性 */
	ITEM_ORIGIN,    /* it is the bundle that was handed over */
	ITEM_SIGNATURE, /* and signed by who says so */
	ITEM_UNALTERED, /* every file is as its checksums say */
	/* 完整性 */
	ITEM_LISTED,   /* nothing is missing, nothing more is there */
	ITEM_COUNTED,  /* numbers and sizes are as described */
	ITEM_NUMBERED, /* the directory and revisions have no gaps */
	/* 可用性 */
	ITEM_READABLE, /* everything can be read: no encryption, no odd compression */
	ITEM_FORMATS,  /* files are of the formats that their names say, not encrypted */
	ITEM_TEXTS,    /* the report's formats say the same */
	/* 安全性 */
	ITEM_NAMES,    /* no name leads out of the bag or harms a system */
	ITEM_HIDDEN,   /* nothing stands between the files of the zip */
	ITEM_PROGRAMS, /* no programs, no macros */
	ITEM_COUNT
};

enum bag_state { STATE_UNCHECKED, STATE_PASSED, STATE_DOUBTFUL, STATE_FAILED };

/* One thing wrong with a bag, or worth knowing of it. */
struct bag_fault {
	enum bag_severity severity;
	const char *file;    /* within the bag */
	unsigned line;       /* of a manifest, 0 if none */
	const char *message; /* untranslated, %s for args */
	const char *args[3];
	enum bag_item item; /* that it speaks against */
};

struct bag_verdict {
	struct bag_fault *faults;
	size_t count;
	size_t errors;          /* of them: 0 means the bag is valid */
	uint64_t files;         /* payload files checked */
	uint64_t bytes;         /* payload bytes digested */
	const char *algorithms; /* "sha256, sm3" */
	const char *version;    /* of BagIt, as declared */
	/* What bag-info.txt calls it; NULL where it does not say. */
	const char *title, *identifier;
	int draft; /* Document-Version: draft */
	enum bag_state items[ITEM_COUNT];
	/* What stands beside it, see seal.h: */
	int checksum;          /* it is there, and is right */
	const char *signature; /* "cms", "sm2"; NULL: there is none */
	int signature_matches;
	const char *signer; /* of its certificate; NULL if it is not known */
	int trusted;        /* the chain of that: 1, 0, or -1: not checked */
};

/* Something was looked at; it has passed unless a fault says otherwise. */
void bag_item_checked(struct bag_verdict *verdict, enum bag_item item);
/* It has failed by a fault that speaks against another item first. */
void bag_item_failed(struct bag_verdict *verdict, enum bag_item item);

/* Adds one; arguments are copied into the arena, `file` and `message` borrowed. */
void bag_fault_add(struct bag_verdict *verdict, struct arena *arena, const struct bag_fault *fault);

/*
 * Checks declaration, every manifest and tag manifest present, each file's
 * digests, Payload-Oxum, nothing missing, nothing in data/ that no manifest
 * names. `path`: a zip with the bag in its one top folder (or at its root), or
 * a folder. Faults go to the verdict; -1 only where it cannot be read at all
 * (ERR_INPUT: no zip or folder; ERR_SYSTEM).
 */
int bag_verify(const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err);

#endif
