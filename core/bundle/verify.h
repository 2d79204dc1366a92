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

/* One thing wrong with a bag, or worth knowing of it. */
struct bag_fault {
	enum bag_severity severity;
	const char *file;    /* within the bag */
	unsigned line;       /* of a manifest, 0 if none */
	const char *message; /* untranslated, %s for args */
	const char *args[3];
};

struct bag_verdict {
	struct bag_fault *faults;
	size_t count;
	size_t errors;          /* of them: 0 means the bag is valid */
	uint64_t files;         /* payload files checked */
	uint64_t bytes;         /* payload bytes digested */
	const char *algorithms; /* "sha256, sm3" */
	const char *version;    /* of BagIt, as declared */
	/* What stands beside it, see seal.h: */
	int checksum;          /* it is there, and is right */
	const char *signature; /* "cms", "sm2"; NULL: there is none */
	int signature_matches;
	const char *signer; /* of its certificate; NULL if it is not known */
	int trusted;        /* the chain of that: 1, 0, or -1: not checked */
};

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
