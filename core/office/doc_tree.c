/* doc_tree.c: XML parts as trees. */
#include "office/doc_tree.h"

#include "base/arena.h"
#include "base/i18n.h"
#include "office/doc_impl.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

int tree_read(struct package *package, const char *part, xmlDoc **tree, struct err *err)
{
	struct buf bytes = { 0 };
	if (package_read_xml(package, part, &bytes, err) != 0) {
		buf_release(&bytes);
		return -1;
	}
	*tree = bytes.len <= INT_MAX
	            ? xmlReadMemory(buf_str(&bytes), (int)bytes.len, NULL, NULL,
	                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
	            : NULL;
	buf_release(&bytes);
	if (*tree && !(*tree)->intSubset && xmlDocGetRootElement(*tree))
		return 0;
	xmlFreeDoc(*tree);
	*tree = NULL;
	return err_input(err, N_("the part is no proper XML"), _("cannot read '%s' in '%s'"), part,
	    package_label(package));
}

void tree_write(xmlDoc *tree, struct buf *out)
{
	xmlChar *text = NULL;
	int size = 0;
	xmlDocDumpMemoryEnc(tree, &text, &size, "UTF-8");
	if (!text)
		mem_fail();
	buf_add(out, text, (size_t)size);
	xmlFree(text);
}

void tree_write_node(xmlDoc *tree, const xmlNode *node, struct buf *out)
{
	xmlBuffer *text = xmlBufferCreate();
	xmlNode *copy = xmlDocCopyNode((xmlNode *)(uintptr_t)node, tree, 1);
	if (!text || !copy || xmlNodeDump(text, tree, copy, 0, 0) < 0)
		mem_fail();
	buf_add(out, xmlBufferContent(text), (size_t)xmlBufferLength(text));
	xmlFreeNode(copy);
	xmlBufferFree(text);
}

int tree_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 &&
	       node->ns && node->ns->href && strcmp((const char *)node->ns->href, W_NAMESPACE) == 0;
}

xmlNode *tree_child(const xmlNode *node, const char *name)
{
	for (xmlNode *at = node->children; at; at = at->next)
		if (tree_is(at, name))
			return at;
	return NULL;
}

/* libxml2's own memory may not be freed by free() everywhere. */
static char *own(xmlChar *value)
{
	if (!value)
		return NULL;
	size_t n = strlen((const char *)value) + 1;
	char *copy = memcpy(mem_alloc(n), value, n);
	xmlFree(value);
	return copy;
}

char *tree_attribute(const xmlNode *node, const char *name)
{
	return own(xmlGetNsProp(node, (const xmlChar *)name, (const xmlChar *)W_NAMESPACE));
}

char *tree_plain_attribute(const xmlNode *node, const char *name)
{
	return own(xmlGetNoNsProp(node, (const xmlChar *)name));
}
