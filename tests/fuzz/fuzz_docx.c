/*
 * fuzz_docx.c: whatever claims to be a Word document is read or refused; what is read is set as
 * Markdown. Input: a package, or a digit that says which part the XML behind it is.
 */
#include "fuzz.h"
#include "office/prose_markdown.h"
#include "package.h"

static void use(const struct prose *prose, struct arena *arena)
{
	struct prose_markdown markdown;
	const struct prose_range range = { .to = prose->count };
	unsigned sum = 0;
	prose_markdown(prose, &range, &markdown, arena);
	for (size_t i = 0; i < prose->count; i++) {
		const struct prose_paragraph *p = &prose->paragraphs[i];
		size_t n = strlen(p->text);
		for (size_t k = 0; k < p->bold_count; k++)
			if (p->bold[k].from >= p->bold[k].to || p->bold[k].to > n)
				__builtin_trap();
		for (size_t k = 0; k < p->image_count; k++)
			if (p->images[k].at > n)
				__builtin_trap();
		if (p->table > prose->table_count || (i && p->number <= p[-1].number))
			__builtin_trap();
		sum += prose_heading(p, arena)[0] ? 1u : 0u;
	}
	if (sum > prose->count)
		__builtin_trap();
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct fuzz_part parts[] = {
		{ "word/document.xml", "<x/>", 0 },
		{ "word/styles.xml", "<x/>", 0 },
		{ "word/numbering.xml", "<x/>", 0 },
		{ "word/_rels/document.xml.rels",
		    RELATIONS RELATION("a", "styles", "styles.xml") RELATION("b", "numbering",
		        "numbering.xml") RELATION("c", "image", "styles.xml") "</Relationships>",
		    0 },
		{ "[Content_Types].xml",
		    TYPES OVERRIDE("/word/document.xml", "wordprocessingml.document.main+xml"), 0 },
		{ "_rels/.rels",
		    RELATIONS RELATION(
		        "a", "officeDocument", "word/document.xml") "</Relationships>",
		    0 },
	};
	struct buf bytes = { 0 };
	struct prose prose;
	struct err err;
	if (n > 1 && *text >= '0' && *text <= '5') {
		parts[*text - '0'].text = text + 1;
		parts[*text - '0'].n = n - 1;
		bytes = pack(parts, sizeof parts / sizeof *parts);
	} else {
		buf_add(&bytes, text, n);
	}
	if (prose_read(&prose, "a.docx", &bytes, &fuzz_limits, arena, &err) == 0)
		use(&prose, arena);
}
