/*
 * fuzz_docx.c: whatever claims to be a Word document is read or refused; what is read is set as
 * Markdown; its marked figures are looked at, and a report is set on it as on an office's paper.
 * Input: a package, or a digit that says which part the XML behind it is.
 */
#include "fuzz.h"
#include "office/doc_writer.h"
#include "office/marked.h"
#include "office/prose_markdown.h"
#include "package.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

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

static struct buf copy_of(const struct buf *bytes)
{
	struct buf copy = { 0 };
	buf_add(&copy, buf_str(bytes), bytes->len);
	return copy;
}

static void use_marked(const struct buf *bytes, struct arena *arena)
{
	struct buf copy = copy_of(bytes);
	struct marked marked;
	struct err err;
	if (marked_read(&marked, "a.docx", &copy, arena, &err) != 0)
		return;
	for (size_t i = 0; i < marked.count; i++)
		if (!marked.items[i].text || !marked.items[i].before || !marked.items[i].after ||
		    marked.items[i].paragraph == 0)
			__builtin_trap();
}

/* What is set on a paper that was taken must be read again. */
static void use_template(const struct buf *bytes, struct arena *arena)
{
	struct buf copy = copy_of(bytes), out = { 0 };
	struct doc_writer *doc = doc_new(&(struct doc_info){ .report = 1 });
	struct marked marked;
	struct err err;
	if (doc_use_template(doc, "a.docx", &copy, &err) != 0) {
		doc_drop(doc);
		return;
	}
	doc_paragraph(doc, DOC_HEADING_1, "题");
	doc_begin(doc, DOC_BODY);
	doc_bookmark_begin(doc, "_nb_0123456789ab_t14_1");
	doc_text(doc, "14");
	doc_bookmark_end(doc);
	doc_end(doc);
	if (doc_finish(doc, &out, &err) == 0 &&
	    (marked_read(&marked, "a.docx", &out, arena, &err) != 0 || marked.count == 0))
		__builtin_trap();
	buf_release(&out);
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct fuzz_part parts[] = {
		{ "word/document.xml", "<w:document " W "><w:body/></w:document>", 0 },
		{ "word/styles.xml",
		    "<w:styles " W "><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
		    "<w:name w:val=\"Normal\"/></w:style></w:styles>",
		    0 },
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
	use_marked(&bytes, arena);
	use_template(&bytes, arena);
	if (prose_read(&prose, "a.docx", &bytes, &fuzz_limits, arena, &err) == 0)
		use(&prose, arena);
}
