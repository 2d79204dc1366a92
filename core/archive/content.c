/* content.c: what a file is by its first bytes. */
#include "archive/content.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"

#include <string.h>

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

static int holds(const char *bytes, size_t n, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = bytes; n >= length; at++, n--) {
		const char *hit = memchr(at, word[0], n - length + 1);

		if (!hit)
			return 0;
		n -= (size_t)(hit - at);
		at = hit;
		if (memcmp(at, word, length) == 0)
			return 1;
	}
	return 0;
}

/* Names of entries stand as they are, in local headers and in the table. */
static void look_into_zip(struct content *content, const char *bytes, size_t n)
{
	if (holds(bytes, n, "[Content_Types].xml"))
		content->kind = CONTENT_IS_OFFICE;
	else if (holds(bytes, n, "OFD.xml"))
		content->kind = CONTENT_IS_OFD;
	content->encrypted = n > 6 && bytes[2] == 3 && (bytes[6] & 1);
	content->macros = content->kind == CONTENT_IS_OFFICE && holds(bytes, n, "vbaProject.bin");
}

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

struct content content_of(const void *from, size_t n)
{
	const char *bytes = from;
	struct content content = { .kind = CONTENT_IS_UNKNOWN };

	for (size_t i = 0; i < LENGTH(marks) && content.kind == CONTENT_IS_UNKNOWN; i++)
		if (n >= marks[i].n && memcmp(bytes, marks[i].bytes, marks[i].n) == 0)
			content.kind = marks[i].kind;
	if (content.kind == CONTENT_IS_ZIP)
		look_into_zip(&content, bytes, n);
	else if (content.kind == CONTENT_IS_PDF)
		content.encrypted = holds(bytes, n, "/Encrypt ");
	else if (content.kind == CONTENT_IS_BINARY_OFFICE) {
		content.encrypted = holds_wide(bytes, n, "EncryptedPackage");
		content.macros = holds_wide(bytes, n, "_VBA_PROJECT");
	}
	return content;
}

int content_fits(const char *name, enum content_kind kind)
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
			return kind == endings[i].kind;
	for (size_t i = 0; i < LENGTH(texts); i++)
		if (path_has_ending(path_base(name), texts[i]))
			return kind == CONTENT_IS_UNKNOWN;
	return 1;
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
