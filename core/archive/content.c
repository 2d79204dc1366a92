/* content.c: what a file is by its first bytes. */
#define _GNU_SOURCE /* memmem */
#include "archive/content.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static const struct mark {
	const char *bytes;
	size_t n;
	enum content_kind kind;
} marks[] = {
	{ "%PDF-", 5, CONTENT_IS_PDF },
	{ "\xFF\xD8\xFF", 3, CONTENT_IS_JPEG },
	{ "\x89PNG\r\n\x1A\n", 8, CONTENT_IS_PNG },
	{ "GIF87a", 6, CONTENT_IS_GIF },
	{ "GIF89a", 6, CONTENT_IS_GIF },
	{ "II*\0", 4, CONTENT_IS_TIFF },
	{ "MM\0*", 4, CONTENT_IS_TIFF },
	{ "PK\3\4", 4, CONTENT_IS_ZIP },
	{ "PK\5\6", 4, CONTENT_IS_ZIP },
	{ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, CONTENT_IS_BINARY_OFFICE },
	{ "Rar!\x1A\x07", 6, CONTENT_IS_RAR },
	{ "7z\xBC\xAF\x27\x1C", 6, CONTENT_IS_7Z },
	{ "\x7F"
	  "ELF",
	    4, CONTENT_IS_PROGRAM },
	{ "MZ\x90\0", 4, CONTENT_IS_PROGRAM },
	{ "#!/", 3, CONTENT_IS_PROGRAM },
};

static const char *find(const char *from, const char *end, const char *word)
{
	return memmem(from, (size_t)(end - from), word, strlen(word));
}

/* ---- zips ------------------------------------------------------------------- */

enum { LOCAL_SIZE = 30, DESCRIPTOR_SIZE = 16, FLAG_ENCRYPTED = 1, FLAG_LATER = 8, EXTRA_WIDE = 1 };

/* An entry as its local header has it. */
struct local {
	const char *name;
	size_t name_length;
	const char *data;
	uint64_t packed; /* UINT64_MAX: it says so only behind the data */
	int encrypted;
};

static uint64_t number(const char *p, int bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | (unsigned char)p[bytes];
	return value;
}

/* What the 64-bit extra field says of the packed size (APPNOTE 4.5.3): the second value. */
static uint64_t wide_size(const char *extra, size_t n)
{
	while (n >= 4) {
		size_t length = (size_t)number(extra + 2, 2);

		if (length > n - 4)
			break;
		if (number(extra, 2) == EXTRA_WIDE && length >= 16)
			return number(extra + 12, 8);
		extra += 4 + length;
		n -= 4 + length;
	}
	return UINT64_MAX;
}

/* Reads the local header at `p`. 0 if there is none, or not all of it. */
static int read_local(struct local *local, const char *p, const char *end)
{
	size_t n = (size_t)(end - p), name, extra;
	unsigned flags;

	if (n < LOCAL_SIZE || memcmp(p, "PK\3\4", 4) != 0)
		return 0;
	name = (size_t)number(p + 26, 2);
	extra = (size_t)number(p + 28, 2);
	if (n - LOCAL_SIZE < name + extra)
		return 0;
	flags = (unsigned)number(p + 6, 2);
	*local = (struct local){ .name = p + LOCAL_SIZE,
		.name_length = name,
		.data = p + LOCAL_SIZE + name + extra,
		.packed = number(p + 18, 4),
		.encrypted = (flags & FLAG_ENCRYPTED) != 0 };
	if (local->packed == 0xFFFFFFFFu)
		local->packed = wide_size(local->name + name, extra);
	else if (local->packed == 0 && (flags & FLAG_LATER))
		local->packed = UINT64_MAX;
	return 1;
}

/* Behind the mark and the sizes that may follow an entry's data; itself, if they do not. */
static const char *behind_sizes(const char *at, const char *end)
{
	if (end - at < DESCRIPTOR_SIZE || memcmp(at, "PK\7\10", 4) != 0)
		return at;
	at += DESCRIPTOR_SIZE;
	/* With 64 bits for each, it is longer by eight bytes. */
	return end - at >= 8 && memcmp(at, "PK", 2) != 0 ? at + 8 : at;
}

/*
 * Where the data of an entry ends that told no size: before a mark that does. Another zip's headers
 * and marks may well stand in the data. NULL: there is no such mark.
 */
static const char *end_of_stream(const char *data, const char *end)
{
	const char *hit = data;

	for (; (hit = find(hit, end, "PK\7\10")) != NULL && end - hit >= DESCRIPTOR_SIZE; hit++)
		if (number(hit + 8, 4) == (uint64_t)(hit - data))
			return hit;
	return NULL;
}

/* Where the next entry begins. `unmarked`: a stream without a mark was met, as the others will be.
 */
static const char *next_local(const struct local *local, const char *end, int *unmarked)
{
	const char *next;

	if (local->packed != UINT64_MAX)
		return local->packed < (uint64_t)(end - local->data)
		           ? behind_sizes(local->data + local->packed, end)
		           : end;
	next = *unmarked ? NULL : end_of_stream(local->data, end);
	if (next)
		return behind_sizes(next, end);
	*unmarked = 1;
	next = find(local->data, end, "PK\3\4");
	return next ? next : end;
}

static int is_named(const struct local *local, const char *name)
{
	return local->name_length == strlen(name) &&
	       strncasecmp(local->name, name, local->name_length) == 0;
}

static int ends_in(const struct local *local, const char *ending)
{
	size_t n = strlen(ending);

	return local->name_length >= n &&
	       strncasecmp(local->name + local->name_length - n, ending, n) == 0;
}

/* Whether it is Office's project of macros, or a file that is there to hold one. */
static int has_macros(const struct local *local)
{
	static const char *const endings[] = { "vbaProject.bin", ".docm", ".dotm", ".xlsm", ".xltm",
		".xlam", ".pptm", ".potm", ".ppsm", ".ppam" };

	for (size_t i = 0; i < LENGTH(endings); i++)
		if (ends_in(local, endings[i]))
			return 1;
	return 0;
}

/* Its own entries say what it is; those of a docx that lies in it as it is, say what that is. */
static void look_into_zip(struct content *content, const char *bytes, size_t n, int whole)
{
	const char *end = bytes + n, *at = bytes;
	struct local local;
	int unmarked = 0;

	while (read_local(&local, at, end)) {
		if (is_named(&local, "[Content_Types].xml"))
			content->kind = CONTENT_IS_OFFICE;
		else if (is_named(&local, "OFD.xml"))
			content->kind = CONTENT_IS_OFD;
		content->encrypted = content->encrypted || local.encrypted;
		at = next_local(&local, end, &unmarked);
	}
	/* What ends before its table does, or in the midst of a header. */
	content->partial = !whole && (end - at < 4 || memcmp(at, "PK\3\4", 4) == 0);
	/* Macros of a file within it are in it, too. */
	for (at = bytes; !content->macros && (at = find(at, end, "PK\3\4")) != NULL; at++)
		content->macros = read_local(&local, at, end) && has_macros(&local);
}

/* ---- other kinds ------------------------------------------------------------- */

/* A stream's name in UTF-16, as compound files have it. */
static int holds_wide(const char *bytes, size_t n, const char *word)
{
	char wide[64];
	size_t length = 0;

	for (; *word && length + 2 < sizeof wide; word++) {
		wide[length++] = *word;
		wide[length++] = '\0';
	}
	for (size_t i = 0; i + length <= n; i++)
		if (bytes[i] == wide[0] && memcmp(bytes + i, wide, length) == 0)
			return 1;
	return 0;
}

struct content content_of(const void *from, size_t n, int whole)
{
	const char *bytes = from;
	struct content content = { .kind = CONTENT_IS_UNKNOWN };

	for (size_t i = 0; i < LENGTH(marks) && content.kind == CONTENT_IS_UNKNOWN; i++)
		if (n >= marks[i].n && memcmp(bytes, marks[i].bytes, marks[i].n) == 0)
			content.kind = marks[i].kind;
	if (content.kind == CONTENT_IS_ZIP)
		look_into_zip(&content, bytes, n, whole);
	else if (content.kind == CONTENT_IS_PDF)
		content.encrypted = find(bytes, bytes + n, "/Encrypt ") != NULL;
	else if (content.kind == CONTENT_IS_BINARY_OFFICE) {
		content.encrypted = holds_wide(bytes, n, "EncryptedPackage");
		content.macros = holds_wide(bytes, n, "_VBA_PROJECT");
	}
	return content;
}

/* What is a zip beneath is a zip; and of a big one not all is seen that makes it more. */
static int is_same(enum content_kind wanted, const struct content *content)
{
	if (wanted == CONTENT_IS_ZIP)
		return content->kind == CONTENT_IS_ZIP || content->kind == CONTENT_IS_OFFICE ||
		       content->kind == CONTENT_IS_OFD;
	if (wanted == CONTENT_IS_OFFICE || wanted == CONTENT_IS_OFD)
		return content->kind == wanted ||
		       (content->kind == CONTENT_IS_ZIP && content->partial);
	return content->kind == wanted;
}

int content_fits(const char *name, const struct content *content)
{
	static const struct {
		const char *ending;
		enum content_kind kind;
	} endings[] = { { ".pdf", CONTENT_IS_PDF }, { ".jpg", CONTENT_IS_JPEG },
		{ ".jpeg", CONTENT_IS_JPEG }, { ".png", CONTENT_IS_PNG },
		{ ".gif", CONTENT_IS_GIF }, { ".tif", CONTENT_IS_TIFF },
		{ ".tiff", CONTENT_IS_TIFF }, { ".docx", CONTENT_IS_OFFICE },
		{ ".xlsx", CONTENT_IS_OFFICE }, { ".pptx", CONTENT_IS_OFFICE },
		{ ".ofd", CONTENT_IS_OFD }, { ".zip", CONTENT_IS_ZIP },
		{ ".doc", CONTENT_IS_BINARY_OFFICE }, { ".xls", CONTENT_IS_BINARY_OFFICE },
		{ ".rar", CONTENT_IS_RAR }, { ".7z", CONTENT_IS_7Z } };
	static const char *const texts[] = { ".md", ".txt", ".csv", ".html", ".json", ".ini",
		".xml" };

	for (size_t i = 0; i < LENGTH(endings); i++)
		if (path_has_ending(path_base(name), endings[i].ending))
			return is_same(endings[i].kind, content);
	for (size_t i = 0; i < LENGTH(texts); i++)
		if (path_has_ending(path_base(name), texts[i]))
			return content->kind == CONTENT_IS_UNKNOWN;
	return 1;
}

int content_runs(const char *name)
{
	static const char *const endings[] = { ".bat", ".cmd", ".com", ".cpl", ".exe", ".hta",
		".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".ps1", ".reg", ".scr", ".vbe",
		".vbs", ".wsf" };

	for (size_t i = 0; i < LENGTH(endings); i++)
		if (path_has_ending(path_base(name), endings[i]))
			return 1;
	return 0;
}

const char *content_name(enum content_kind kind)
{
	switch (kind) {
	case CONTENT_IS_UNKNOWN:
		return N_("something unknown");
	case CONTENT_IS_PDF:
		return "PDF";
	case CONTENT_IS_JPEG:
		return "JPEG";
	case CONTENT_IS_PNG:
		return "PNG";
	case CONTENT_IS_GIF:
		return "GIF";
	case CONTENT_IS_TIFF:
		return "TIFF";
	case CONTENT_IS_OFFICE:
		return "Office Open XML";
	case CONTENT_IS_OFD:
		return "OFD";
	case CONTENT_IS_ZIP:
		return "zip";
	case CONTENT_IS_BINARY_OFFICE:
		return N_("a file of Office 97-2003, or an encrypted one");
	case CONTENT_IS_RAR:
		return "RAR";
	case CONTENT_IS_7Z:
		return "7-Zip";
	case CONTENT_IS_PROGRAM:
		return N_("a program");
	}
	return "";
}
