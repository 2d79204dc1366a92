/* doc_template_styles.c: a template's styles in the place of ours, and ours where it has none. */
#include "office/doc_impl.h"
#include "office/doc_tree.h"

#include "base/i18n.h"
#include "base/length.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BASED_MAX = 20 };

/* A style of the template; strings live in the writer's arena. */
struct known {
	const char *id, *name, *type, *based, *link;
	xmlNode *node;
	int is_default;
};

struct styles {
	struct doc_writer *doc;
	xmlNode *root;
	struct known *items;
	size_t count;
};

static const char *copied(struct doc_writer *doc, char *value)
{
	const char *copy = value ? arena_strdup(&doc->arena, value) : "";
	free(value);
	return copy;
}

static const char *value_of(struct doc_writer *doc, const xmlNode *style, const char *element)
{
	const xmlNode *node = tree_child(style, element);
	return node ? copied(doc, tree_attribute(node, "val")) : "";
}

static void list_styles(struct styles *styles)
{
	struct doc_writer *doc = styles->doc;
	for (xmlNode *at = styles->root->children; at; at = at->next) {
		if (!tree_is(at, "style"))
			continue;
		const char *is_default = copied(doc, tree_attribute(at, "default"));
		styles->items =
		    arena_grow(&doc->arena, styles->items, styles->count, sizeof *styles->items);
		styles->items[styles->count++] =
		    (struct known){ .id = copied(doc, tree_attribute(at, "styleId")),
			    .name = value_of(doc, at, "name"),
			    .type = copied(doc, tree_attribute(at, "type")),
			    .based = value_of(doc, at, "basedOn"),
			    .link = value_of(doc, at, "link"),
			    .node = at,
			    .is_default = strcmp(is_default, "1") == 0 ||
			                  strcmp(is_default, "true") == 0 ||
			                  strcmp(is_default, "on") == 0 };
	}
}

static const struct known *by_id(const struct styles *styles, const char *id)
{
	for (size_t i = 0; *id && i < styles->count; i++)
		if (strcmp(styles->items[i].id, id) == 0)
			return &styles->items[i];
	return NULL;
}

/* Word's own names do not differ in case: "Heading 1" is "heading 1". */
static const struct known *by_name(const struct styles *styles, const char *type, const char *name)
{
	for (size_t i = 0; i < styles->count; i++)
		if (*styles->items[i].id && strcmp(styles->items[i].type, type) == 0 &&
		    strcasecmp(styles->items[i].name, name) == 0)
			return &styles->items[i];
	return NULL;
}

static const struct known *default_style(const struct styles *styles)
{
	for (size_t i = 0; i < styles->count; i++)
		if (styles->items[i].is_default && *styles->items[i].id &&
		    strcmp(styles->items[i].type, "paragraph") == 0)
			return &styles->items[i];
	return by_name(styles, "paragraph", "Normal");
}

/* What a style or one that it is based on says of its paragraphs; NULL if none does. */
static const xmlNode *property(
    const struct styles *styles, const struct known *style, const char *element)
{
	for (int depth = 0; style && depth < BASED_MAX; depth++) {
		const xmlNode *properties = tree_child(style->node, "pPr");
		const xmlNode *found = properties ? tree_child(properties, element) : NULL;
		if (found)
			return found;
		style = by_id(styles, style->based);
	}
	return NULL;
}

/* An id that no style of the template has, at best the one of ours. */
static const char *free_id(const struct styles *styles, const char *id)
{
	while (by_id(styles, id))
		id = arena_printf(&styles->doc->arena, "%sNb", id);
	return id;
}

static int is_indented(const struct styles *styles, const struct known *style)
{
	static const char *const names[] = { "firstLine", "firstLineChars", "hanging",
		"hangingChars" };
	const xmlNode *indent = property(styles, style, "ind");
	for (size_t i = 0; indent && i < LENGTH(names); i++) {
		char *value = tree_attribute(indent, names[i]);
		int is = value && strcmp(value, "0") != 0;
		free(value);
		if (is)
			return 1;
	}
	return 0;
}

/*
 * Text stands in the template's own body style. Of one without an indent another is
 * made that has it: no official text goes without.
 */
static void choose_body(struct styles *styles, const struct known *normal, struct buf *added)
{
	struct doc_names *names = &styles->doc->names;
	const struct known *own = by_name(styles, "paragraph", DOC_BODY_NAME);
	names->ids[DOC_BODY] = own ? own->id : normal->id;
	if (own || is_indented(styles, normal))
		return;
	names->ids[DOC_BODY] = free_id(styles, "NbBody");
	buf_addf(added,
	    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"%s\">"
	    "<w:name w:val=\"" DOC_BODY_NAME "\"/><w:basedOn w:val=\"",
	    names->ids[DOC_BODY]);
	xml_text(added, normal->id, strlen(normal->id));
	buf_adds(added, "\"/><w:qFormat/><w:pPr><w:ind w:firstLineChars=\"200\" "
	                "w:firstLine=\"640\"/></w:pPr></w:style>");
}

/* Its place among a style's elements is the schema's. */
static void add_link(xmlNode *style, const char *id)
{
	static const char *const before[] = { "name", "aliases", "basedOn", "next" };
	xmlNode *behind = NULL;
	for (size_t i = 0; i < LENGTH(before); i++) {
		xmlNode *at = tree_child(style, before[i]);
		behind = at ? at : behind;
	}
	xmlNode *link = xmlNewDocNode(style->doc, style->ns, (const xmlChar *)"link", NULL);
	if (!link || !behind)
		mem_fail();
	xmlNewNsProp(link, style->ns, (const xmlChar *)"val", (const xmlChar *)id);
	xmlAddNextSibling(behind, link);
}

/* Links a heading of the template to a character style with the letters of that heading. */
static void link_headline(
    struct styles *styles, const struct known *heading, unsigned level, struct buf *added)
{
	struct doc_names *names = &styles->doc->names;
	const struct known *linked = by_id(styles, heading->link);
	if (linked && strcmp(linked->type, "character") == 0) {
		names->headline[level] = linked->id;
		return;
	}
	names->headline[level] = free_id(styles, names->headline[level]);
	const char *name = arena_printf(&styles->doc->arena, "%s Char", heading->name);
	while (by_name(styles, "character", name))
		name = arena_printf(&styles->doc->arena, "%s Nb", name);
	buf_addf(added, "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"%s\">",
	    names->headline[level]);
	buf_adds(added, "<w:name");
	xml_attribute(added, "w:val", name);
	buf_adds(added, "/>");
	if (!linked && !*heading->link) {
		add_link(heading->node, names->headline[level]);
		buf_addf(added, "<w:link w:val=\"%s\"/>", heading->id);
	}
	const xmlNode *letters = tree_child(heading->node, "rPr");
	if (letters)
		tree_write_node(heading->node->doc, letters, added);
	buf_adds(added, "</w:style>");
}

/* Ours for what the template has no style of that name for. */
static void add_missing(struct styles *styles, const struct known *normal, struct buf *added)
{
	struct doc_writer *doc = styles->doc;
	struct doc_names *names = &doc->names, based;
	unsigned char missing[DOC_STYLES] = { 0 };
	for (int i = DOC_BODY + 1; i < DOC_STYLES; i++) {
		const struct known *style =
		    by_name(styles, "paragraph", doc_style_name((enum doc_style)i));
		missing[i] = style == NULL;
		names->ids[i] = style ? style->id : free_id(styles, names->ids[i]);
		doc->unnumbered[i] = style && property(styles, style, "numPr") != NULL;
	}
	for (unsigned level = 1; level < LENGTH(names->headline); level++) {
		enum doc_style heading = (enum doc_style)(DOC_HEADING_1 + level - 1);
		if (!missing[heading]) {
			link_headline(styles, by_id(styles, names->ids[heading]), level, added);
			continue;
		}
		names->headline[level] = free_id(styles, names->headline[level]);
		doc_add_headline(added, level, names);
	}
	based = *names;
	based.ids[DOC_BODY] = normal->id;
	for (int i = DOC_BODY + 1; i < DOC_STYLES; i++)
		if (missing[i])
			doc_add_style(
			    added, (enum doc_style)i, &based, doc->info.compact, doc->info.report);
	const struct known *hyperlink = by_name(styles, "character", "Hyperlink");
	names->hyperlink = hyperlink ? hyperlink->id : free_id(styles, names->hyperlink);
	if (!hyperlink)
		doc_add_hyperlink(added, names);
}

/* Ids of the template's go into our markup: one with a quote in it would end an attribute. */
static int is_plain_id(const char *id)
{
	return id[strcspn(id, "<>&\"")] == '\0';
}

int doc_take_styles(struct doc_writer *doc, struct package *package, const char *part,
    struct buf *out, struct err *err)
{
	static const char end[] = "</w:styles>";
	struct styles styles = { .doc = doc };
	struct buf added = { 0 }, whole = { 0 };
	const char *why = NULL;
	xmlDoc *tree;
	if (tree_read(package, part, &tree, err) != 0)
		return -1;
	styles.root = xmlDocGetRootElement(tree);
	list_styles(&styles);
	const struct known *normal = default_style(&styles);
	if (!tree_is(styles.root, "styles") || !styles.root->ns->prefix ||
	    strcmp((const char *)styles.root->ns->prefix, "w") != 0)
		why = N_("its styles are not as Word, WPS and LibreOffice write them");
	else if (!normal)
		why = N_("it has no style for plain text (Normal)");
	for (size_t i = 0; i < styles.count; i++)
		if (!is_plain_id(styles.items[i].id))
			why = N_("its styles are not as Word, WPS and LibreOffice write them");
	if (!why) {
		choose_body(&styles, normal, &added);
		add_missing(&styles, normal, &added);
		tree_write(tree, &whole);
	}
	xmlFreeDoc(tree);
	const char *at = why ? NULL : strstr(buf_str(&whole), end);
	if (at && strstr(at + 1, end)) { /* one of them in a comment, where ours would be lost */
		why = N_("its styles are not as Word, WPS and LibreOffice write them");
		at = NULL;
	}
	if (at) {
		buf_add(out, whole.data, (size_t)(at - whole.data));
		buf_add(out, buf_str(&added), added.len);
		buf_adds(out, at);
	} else if (!why) {
		why = N_("it has no style for plain text (Normal)");
	}
	buf_release(&added);
	buf_release(&whole);
	return why ? err_input(err, why, _("cannot use '%s' as the report's template"),
	                 package_label(package))
	           : 0;
}
