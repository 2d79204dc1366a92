/* received.c: what goes into the bundle is what the counter received. */
#include "bundle/received.h"

#include "archive/digest.h"
#include "base/i18n.h"

#include <assert.h>
#include <string.h>

struct received_item {
	const struct submission *submission;
	size_t first, end;
};

void received_note(
    struct received *received, const struct submission *submission, size_t first, size_t end)
{
	if (!submission->receipt || !submission->receipt->sha256 || submission->altered)
		return;
	received->items =
	    arena_grow(received->arena, received->items, received->count, sizeof *received->items);
	received->items[received->count++] = (struct received_item){ submission, first, end };
}

/* A folder's digest, see handin_digest(), out of those of its files. */
static void digest_folder(const struct received_item *item, const struct zip_entry *done,
    int litter, char hex[DIGEST_HEX_MAX])
{
	size_t count, at = item->first;
	const struct store_file *files = store_files(item->submission->store, &count);
	struct digest *list = digest_new("sha256");
	for (size_t i = 0; i < count; i++) {
		if (!files[i].readable)
			continue;
		assert(at < item->end);
		if (litter || !files[i].litter) {
			digest_add(list, done[at].sha256, 64);
			digest_add(list, "  ", 2);
			digest_add(list, files[i].name, strlen(files[i].name));
			digest_add(list, "\n", 1);
		}
		at++;
	}
	digest_end(list, hex);
}

static int is_as_received(const struct received_item *item, const struct zip_entry *done)
{
	const char *sha256 = item->submission->receipt->sha256;
	char hex[DIGEST_HEX_MAX];
	if (store_is_zip(item->submission->store))
		return strcmp(done[item->first].sha256, sha256) == 0;
	/* Whoever only opens a folder may leave a Thumbs.db in it. */
	for (int litter = 0; litter < 2; litter++) {
		digest_folder(item, done, litter, hex);
		if (strcmp(hex, sha256) == 0)
			return 1;
	}
	return 0;
}

int received_check(void *self, const struct zip_entry *done, size_t count, struct err *err)
{
	const struct received *received = self;
	for (size_t i = 0; i < received->count; i++) {
		const struct received_item *item = &received->items[i];
		assert(item->first < item->end && item->end <= count);
		if (!is_as_received(item, done))
			return err_set(err, ERR_SYSTEM,
			    _("cannot pack '%s': it is not what was received: its SHA-256 is "
			      "another "
			      "than in '%s'"),
			    item->submission->label, item->submission->receipt->path);
	}
	return 0;
}
