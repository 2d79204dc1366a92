/*
 * doc_template.c: the office's own .docx around the report. Its parts are copied as
 * they are but for five: the document, into which the report goes, its
 * relations, the styles, the list of types, and the properties.
 *
 * The one place that holds whole XML parts as trees: what stands in a template is not ours
 * to write anew, only to add to.
 */
#include "archive/zip_writer.h"
#include "base/i18n.h"
#include "base/length.h"
#include "office/doc_impl.h"
#include "office/doc_tree.h"
#include "office/package.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PLACEHOLDER "{{report}}"
/* Where the report goes, while the template's document is a tree. */
#define MARKER "nianbao-report"
#define TYPE_PREFIX "application/vnd.openxmlformats-officedocument.wordprocessingml."

enum { WIDTH_LEAST = 2000, WIDTH_MOST = 31680 };

struct doc_template {
	struct package *package;
	const char *main, *relations; /* names of parts */
	const char *styles;
	const char *core; /* NULL: it has none */
	struct relations of_main, of_package;
	struct buf after;      /* of the main part, behind the report */
	struct buf new_styles; /* the styles part with ours */
};

static int refuse(const struct doc_template *template, const char *why, struct err *err)
{
	return err_input(err, why, _("cannot use '%s' as the report's template"),
	    package_label(template->package));
}

/* ---- the document ------------------------------------------------------- */

/* Of the paragraph alone: in a box that is tied to it there are others. */
static void gather(const xmlNode *node, struct buf *text)
{
	for (const xmlNode *at = node->children; at; at = at->next) {
		if (tree_is(at, "t"))
			for (const xmlNode *inner = at->children; inner; inner = inner->next)
				if (inner->type == XML_TEXT_NODE)
					buf_adds(text, (const char *)inner->content);
		if (!tree_is(at, "p"))
			gather(at, text);
	}
}

enum holds { HOLDS_NONE, HOLDS_AMONG_WORDS, HOLDS_ALONE };

static enum holds holds_placeholder(const xmlNode *paragraph)
{
	struct buf text = { 0 };
	gather(paragraph, &text);
	const char *from = buf_str(&text), *at = strstr(from, PLACEHOLDER);
	int alone = at && strspn(from, " \t\r\n") == (size_t)(at - from);
	if (alone) {
		at += strlen(PLACEHOLDER);
		alone = at[strspn(at, " \t\r\n")] == '\0';
	}
	buf_release(&text);
	return alone ? HOLDS_ALONE : at ? HOLDS_AMONG_WORDS : HOLDS_NONE;
}

/* Paragraphs that are the placeholder, anywhere, or have it among other words. */
struct placeholders {
	xmlNode *last; /* of those that are */
	size_t count, among_words;
};

static void find_placeholders(xmlNode *node, struct placeholders *found)
{
	for (xmlNode *at = node->children; at; at = at->next) {
		enum holds holds = tree_is(at, "p") ? holds_placeholder(at) : HOLDS_NONE;
		if (holds == HOLDS_ALONE) {
			found->last = at;
			found->count++;
			continue;
		}
		found->among_words += holds == HOLDS_AMONG_WORDS;
		find_placeholders(at, found);
	}
}

/* What was said and changed while the template was made, by name and hour, is not for the public.
 */
static int holds_remarks(const xmlNode *node)
{
	static const char *const names[] = { "commentReference", "ins", "del", "moveFrom", "moveTo",
		"rPrChange", "pPrChange" };
	for (size_t i = 0; i < LENGTH(names); i++)
		if (tree_is(node, names[i]))
			return 1;
	for (const xmlNode *at = node->children; at; at = at->next)
		if (at->type == XML_ELEMENT_NODE && holds_remarks(at))
			return 1;
	return 0;
}

/* Numbers that ours must not repeat: of bookmarks and of pictures. */
static void find_numbers(const xmlNode *node, struct doc_writer *doc)
{
	for (const xmlNode *at = node->children; at; at = at->next) {
		if (at->type == XML_ELEMENT_NODE) {
			int bookmark = tree_is(at, "bookmarkStart");
			char *id = bookmark ? tree_attribute(at, "id")
			           : strcmp((const char *)at->name, "docPr") == 0
			               ? tree_plain_attribute(at, "id")
			               : NULL;
			unsigned long n = id ? strtoul(id, NULL, 10) : 0;
			unsigned *most = bookmark ? &doc->bookmarks : &doc->pictures;
			if (n < 1000000000 && n > *most)
				*most = (unsigned)n;
			free(id);
		}
		find_numbers(at, doc);
	}
}

static unsigned measure(const xmlNode *section, const char *element, const char *attribute)
{
	const xmlNode *at = tree_child(section, element);
	char *value = at ? tree_attribute(at, attribute) : NULL;
	unsigned long n = value ? strtoul(value, NULL, 10) : 0;
	free(value);
	return n < WIDTH_MOST ? (unsigned)n : WIDTH_MOST;
}

/* Between the margins of the section that the report is in. */
static unsigned width_at(const xmlNode *from)
{
	const xmlNode *section = NULL;
	for (const xmlNode *at = from; at && !section; at = at->next) {
		const xmlNode *properties = tree_is(at, "p") ? tree_child(at, "pPr") : NULL;
		if (tree_is(at, "sectPr"))
			section = at;
		else if (properties)
			section = tree_child(properties, "sectPr");
	}
	if (!section)
		return DOC_TEXT_WIDTH;
	unsigned page = measure(section, "pgSz", "w");
	unsigned beside = measure(section, "pgMar", "left") + measure(section, "pgMar", "right") +
	                  measure(section, "pgMar", "gutter");
	return page >= beside + WIDTH_LEAST ? page - beside : DOC_TEXT_WIDTH;
}

/* Puts the marker where the report goes; NULL if it can go nowhere, and `*why`. */
static xmlNode *put_marker(xmlNode *body, const char **why)
{
	static const char where[] =
	    N_("{{report}} must be a paragraph of its own, outside of tables and boxes");
	struct placeholders found = { 0 };
	find_placeholders(body, &found);
	xmlNode *place = found.last;
	if (found.count > 1)
		*why = N_("{{report}} stands in it more than once");
	else if (found.among_words || (place && place->parent != body))
		*why = where;
	if (*why)
		return NULL;
	xmlNode *marker = xmlNewDocPI(body->doc, (const xmlChar *)MARKER, NULL);
	if (!marker)
		mem_fail();
	if (!place) {
		xmlNode *last = xmlGetLastChild(body);
		while (last && last->type != XML_ELEMENT_NODE)
			last = last->prev;
		if (last && tree_is(last, "sectPr"))
			return xmlAddPrevSibling(last, marker);
		return xmlAddChild(body, marker);
	}
	xmlAddPrevSibling(place, marker);
	xmlNode *properties = tree_child(place, "pPr");
	if (properties && tree_child(properties, "sectPr")) {
		/* The section ends here, so its paragraph stays, without its words. */
		while (xmlGetLastChild(place) != properties) {
			xmlNode *word = xmlGetLastChild(place);
			xmlUnlinkNode(word);
			xmlFreeNode(word);
		}
	} else {
		xmlUnlinkNode(place);
		xmlFreeNode(place);
	}
	return marker;
}

/* Whether our markup means in this document what it means in ours. */
static const char *foreign_document(xmlNode *root)
{
	static const char strict[] = "http://purl.oclc.org/ooxml/";
	if (root->ns && root->ns->href &&
	    strncmp((const char *)root->ns->href, strict, sizeof strict - 1) == 0)
		return N_("it was saved as a strict Open XML document: save it as a Word document "
		          "(.docx)");
	if (!tree_is(root, "document") || !root->ns->prefix ||
	    strcmp((const char *)root->ns->prefix, "w") != 0 || !tree_child(root, "body"))
		return N_("its text is not as Word, WPS and LibreOffice write it");
	for (const xmlNs *ns = root->nsDef; ns; ns = ns->next) {
		if (!ns->prefix || strcmp((const char *)ns->prefix, "r") != 0)
			continue;
		return strcmp((const char *)ns->href, R_NAMESPACE) == 0
		           ? NULL
		           : N_("its text is not as Word, WPS and LibreOffice write it");
	}
	if (!xmlNewNs(root, (const xmlChar *)R_NAMESPACE, (const xmlChar *)"r"))
		mem_fail();
	return NULL;
}

/* The document up to the report becomes the writer's, what is behind it is kept. */
static int take_document(struct doc_template *template, struct doc_writer *doc, struct err *err)
{
	xmlDoc *tree;
	struct buf whole = { 0 };
	if (tree_read(template->package, template->main, &tree, err) != 0)
		return -1;
	xmlNode *root = xmlDocGetRootElement(tree);
	const char *why = foreign_document(root);
	if (!why && holds_remarks(root))
		why = N_("it holds comments or tracked changes, which would be published with the "
		         "report: take them out");
	xmlNode *marker = why ? NULL : put_marker(tree_child(root, "body"), &why);
	if (!marker) {
		xmlFreeDoc(tree);
		return refuse(template, why, err);
	}
	find_numbers(root, doc);
	doc->width = width_at(marker->next);
	tree_write(tree, &whole);
	xmlFreeDoc(tree);
	const char *at = strstr(buf_str(&whole), "<?" MARKER);
	const char *behind = at ? strstr(at, "?>") : NULL;
	/* In a comment there may be another one, and the report would go in there. */
	if (behind && strstr(behind, "<?" MARKER))
		behind = NULL;
	int rc = behind ? 0
	                : refuse(template,
	                      N_("its text is not as Word, WPS and LibreOffice write it"), err);
	if (rc == 0) {
		buf_clear(&doc->body);
		buf_add(&doc->body, whole.data, (size_t)(at - whole.data));
		buf_adds(&template->after, behind + 2);
	}
	buf_release(&whole);
	return rc;
}

/* ---- opening ------------------------------------------------------------ */

static const char *part_problem(struct doc_template *template)
{
	if (package_kind(template->package) != PACKAGE_DOCUMENT)
		return N_("it is no Word document");
	if (package_has_macros(template->package))
		return N_("it holds macros: save it as .docx without them");
	for (size_t i = 0; package_part(template->package, i); i++)
		if (strncasecmp(package_part(template->package, i), "_xmlsignatures/", 15) == 0)
			return N_("it is signed, and what is added to it would break the "
			          "signature: save it without one");
	return NULL;
}

static int is_taken(const struct relations *relations, const char *prefix)
{
	for (size_t i = 0; i < relations->count; i++)
		if (strncmp(relations->items[i].id, prefix, strlen(prefix)) == 0)
			return 1;
	return 0;
}

/* A template may be an earlier report of ours, with names that we gave then. */
static void choose_names(struct doc_template *template, struct doc_writer *doc)
{
	const char *folder = arena_strndup(&doc->arena, template->main,
	    (size_t)(strrchr(template->main, '/')
	                 ? strrchr(template->main, '/') - template->main + 1
	                 : 0));
	while (is_taken(&template->of_main, doc->relation_prefix))
		doc->relation_prefix = arena_printf(&doc->arena, "%sx", doc->relation_prefix);
	for (size_t i = 0; package_part(template->package, i); i++) {
		const char *prefix = arena_printf(&doc->arena, "%s%s", folder, doc->media_prefix);
		if (strncasecmp(package_part(template->package, i), prefix, strlen(prefix)) == 0) {
			doc->media_prefix = arena_printf(&doc->arena, "%sx", doc->media_prefix);
			i = (size_t)-1; /* from the first part again */
		}
	}
	doc->folder = folder;
}

int doc_use_template(struct doc_writer *doc, const char *label, struct buf *bytes, struct err *err)
{
	struct doc_template *template = arena_alloc(&doc->arena, sizeof *template);
	if (package_open(&template->package, label, bytes, NULL, &doc->arena, err) != 0)
		return -1;
	doc->template = template;
	const char *why = part_problem(template);
	if (why)
		return refuse(template, why, err);
	template->main = package_main(template->package);
	const char *slash = strrchr(template->main, '/');
	size_t folder = slash ? (size_t)(slash - template->main) + 1 : 0;
	template->relations = arena_printf(
	    &doc->arena, "%.*s_rels/%s.rels", (int)folder, template->main, template->main + folder);
	if (package_relations(template->package, "", &template->of_package, err) != 0 ||
	    package_relations(template->package, template->main, &template->of_main, err) != 0)
		return -1;
	const struct relation *styles = relations_of_type(&template->of_main, "styles");
	const struct relation *core = relations_of_type(&template->of_package, "core-properties");
	if (!styles)
		return refuse(template, N_("it has no styles"), err);
	template->styles = styles->target;
	template->core = core ? core->target : NULL;
	if (template->core && (strcmp(template->core, template->main) == 0 ||
	                          strcmp(template->core, template->styles) == 0))
		return refuse(
		    template, N_("its text is not as Word, WPS and LibreOffice write it"), err);
	choose_names(template, doc);
	if (take_document(template, doc, err) != 0)
		return -1;
	return doc_take_styles(
	    doc, template->package, template->styles, &template->new_styles, err);
}

/* ---- closing ------------------------------------------------------------ */

static xmlNode *add_element(xmlNode *root, const char *name)
{
	xmlNode *node = xmlNewChild(root, root->ns, (const xmlChar *)name, NULL);
	if (!node)
		mem_fail();
	return node;
}

static void set(xmlNode *node, const char *name, const char *value)
{
	xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

static void add_relation(
    xmlNode *root, const char *id, const char *type, const char *target, int external)
{
	xmlNode *node = add_element(root, "Relationship");
	set(node, "Id", id);
	set(node, "Type", type);
	set(node, "Target", target);
	if (external)
		set(node, "TargetMode", "External");
}

static void relate_main(struct doc_writer *doc, xmlNode *root)
{
	for (size_t i = 0; i < doc->relation_count; i++) {
		const struct doc_relation *of = &doc->relations[i];
		add_relation(root, arena_printf(&doc->arena, "%s%zu", doc->relation_prefix, i + 1),
		    arena_printf(&doc->arena, R_NAMESPACE "/%s", of->type), of->target,
		    of->external);
	}
}

static int has_type(const xmlNode *root, const char *attribute, const char *value)
{
	int found = 0;
	for (const xmlNode *at = root->children; at && !found; at = at->next) {
		char *is =
		    at->type == XML_ELEMENT_NODE ? tree_plain_attribute(at, attribute) : NULL;
		found = is && strcasecmp(is, value) == 0;
		free(is);
	}
	return found;
}

static void add_types(struct doc_writer *doc, xmlNode *root)
{
	static const char *const endings[][2] = { { "svg", "image/svg+xml" },
		{ "jpeg", "image/jpeg" }, { "png", "image/png" } };
	const struct doc_template *template = doc->template;
	const char *main = arena_printf(&doc->arena, "/%s", template->main);
	for (size_t i = 0; doc->media_count && i < sizeof endings / sizeof *endings; i++) {
		if (has_type(root, "Extension", endings[i][0]))
			continue;
		xmlNode *node = add_element(root, "Default");
		set(node, "Extension", endings[i][0]);
		set(node, "ContentType", endings[i][1]);
		xmlUnlinkNode(node); /* defaults stand first */
		if (!root->children || !xmlAddPrevSibling(root->children, node))
			xmlAddChild(root, node);
	}
	/* A .dotx under the name of a .docx would open as a new document each time. */
	for (xmlNode *at = root->children; at; at = at->next) {
		char *name =
		    at->type == XML_ELEMENT_NODE ? tree_plain_attribute(at, "PartName") : NULL;
		if (name && strcasecmp(name, main) == 0)
			set(at, "ContentType", TYPE_PREFIX "document.main+xml");
		free(name);
	}
	if (!template->core) {
		xmlNode *node = add_element(root, "Override");
		set(node, "PartName", "/docProps/core.xml");
		set(node, "ContentType",
		    "application/vnd.openxmlformats-package.core-properties+xml");
	}
}

/* A part that is a list, with what we add to it. */
static int add_list(struct doc_writer *doc, struct zip_writer *zip, const char *name,
    void (*add)(struct doc_writer *doc, xmlNode *root), struct err *err)
{
	struct buf bytes = { 0 };
	xmlDoc *tree;
	if (tree_read(doc->template->package, name, &tree, err) != 0)
		return -1;
	add(doc, xmlDocGetRootElement(tree));
	tree_write(tree, &bytes);
	xmlFreeDoc(tree);
	zip_writer_add_bytes(zip, name, &bytes);
	return 0;
}

static void relate_core(struct doc_writer *doc, xmlNode *root)
{
	if (!doc->template->core)
		add_relation(root, "rIdNbCore",
		    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
		    "core-properties",
		    "docProps/core.xml", 0);
}

static int add_part(
    struct doc_writer *doc, struct zip_writer *zip, const char *name, struct err *err)
{
	struct doc_template *template = doc->template;
	struct buf bytes = { 0 };
	if (strcasecmp(name, "[Content_Types].xml") == 0)
		return add_list(doc, zip, name, add_types, err);
	if (strcasecmp(name, "_rels/.rels") == 0)
		return add_list(doc, zip, name, relate_core, err);
	if (strcasecmp(name, template->relations) == 0)
		return add_list(doc, zip, name, relate_main, err);
	if (template->core && strcmp(name, template->core) == 0)
		doc_properties(&doc->info, &bytes);
	else if (strcmp(name, template->styles) == 0)
		buf_add(&bytes, buf_str(&template->new_styles), template->new_styles.len);
	else if (strcmp(name, template->main) == 0) {
		buf_add(&doc->body, buf_str(&template->after), template->after.len);
		zip_writer_add_bytes(zip, name, &doc->body);
		return 0;
	} else if (package_read(template->package, name, UINT64_MAX, &bytes, err) != 0) {
		buf_release(&bytes);
		return -1;
	}
	zip_writer_add_bytes(zip, name, &bytes);
	return 0;
}

int doc_template_finish(struct doc_writer *doc, struct buf *out, struct err *err)
{
	struct doc_template *template = doc->template;
	struct zip_writer *zip = zip_writer_new("docx", 1);
	struct buf core = { 0 };
	/* Readers that take a file for what its first part is find the list of types there. */
	int rc = add_part(doc, zip, "[Content_Types].xml", err);
	for (size_t i = 0; rc == 0 && package_part(template->package, i); i++) {
		const char *name = package_part(template->package, i);
		if (strcasecmp(name, "[Content_Types].xml") != 0)
			rc = add_part(doc, zip, name, err);
	}
	if (rc != 0) {
		zip_writer_drop(zip);
		return -1;
	}
	if (!template->core) {
		doc_properties(&doc->info, &core);
		zip_writer_add_bytes(zip, "docProps/core.xml", &core);
	}
	doc_add_media(doc, zip);
	return zip_writer_commit_bytes(zip, out, err);
}

void doc_template_free(struct doc_template *template)
{
	if (!template)
		return;
	package_close(template->package);
	buf_release(&template->after);
	buf_release(&template->new_styles);
}
