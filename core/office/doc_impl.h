/* doc_impl.h: what the files that write a .docx share. Private to this room. */
#ifndef OFFICE_DOC_IMPL_H
#define OFFICE_DOC_IMPL_H

#include "base/arena.h"
#include "office/doc_style.h"
#include "office/doc_writer.h"

#define W_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NAMESPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define A_NAMESPACE "http://schemas.openxmlformats.org/drawingml/2006/"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* The style of text in a template that has one of this name. */
#define DOC_BODY_NAME "报告正文"

enum { NESTED_MAX = 16, COLUMNS_MAX = 64 };

struct doc_template;
struct package;
struct zip_writer;

/* What the document refers to outside of itself. */
struct doc_relation {
	const char *type;   /* last word of its URI */
	const char *target; /* "media/image1.png", or an address */
	int external;
};

struct doc_media {
	const char *name; /* as in the relation */
	struct buf bytes;
};

struct doc_writer {
	struct doc_info info;
	struct arena arena;
	struct buf body;  /* what stands in w:body */
	size_t paragraph; /* where the open one's content begins */
	int new_page;
	unsigned bookmarks;
	unsigned open[NESTED_MAX]; /* ids of bookmarks begun; 0: one that was left out */
	size_t open_count;
	unsigned width; /* between the margins */
	unsigned widths[COLUMNS_MAX];
	size_t columns, column;
	int in_row, header;
	int after_table; /* the last thing written is a table */
	unsigned pictures;
	int contents; /* lines of the table of contents so far, from 1 while it is open */
	struct doc_relation *relations;
	size_t relation_count;
	struct doc_media *media;
	size_t media_count;
	struct doc_template *template; /* the office's own, or NULL */
	const char *relation_prefix;   /* of the ids of relations */
	const char *media_prefix;      /* of pictures' names, within the folder of the document */
	const char *folder;
	struct doc_names names;
	unsigned char unnumbered[DOC_STYLES]; /* its template would number them once more */
};

/* Appends text as XML holds it; what XML cannot hold is left out. Attributes: quotes as well. */
void xml_text(struct buf *out, const char *text, size_t n);
void xml_attribute(struct buf *out, const char *name, const char *value);

/* The id of a relation, which is there from now on: "rIdNb1". */
const char *doc_relate(struct doc_writer *doc, const char *type, const char *target, int external);

/* All of them as <Relationship/>s; the pictures' parts. */
void doc_add_relations(const struct doc_writer *doc, struct buf *out);
void doc_add_media(struct doc_writer *doc, struct zip_writer *zip);

/* docProps/core.xml */
void doc_properties(const struct doc_info *info, struct buf *out);

/* Appends a package of the template's parts and what was written, which is taken over. */
int doc_template_finish(struct doc_writer *doc, struct buf *out, struct err *err);
/* Appends the part with the styles of a template and ours; names them in the writer. */
int doc_take_styles(struct doc_writer *doc, struct package *package, const char *part,
    struct buf *out, struct err *err);
void doc_template_free(struct doc_template *template); /* takes NULL */

#endif
