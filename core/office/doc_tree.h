/*
 * doc_tree.h: XML parts of a template as trees, over libxml2. Private to this
 * room. Elements and attributes are those of WordprocessingML (w:), unless it
 * is said otherwise.
 */
#ifndef OFFICE_DOC_TREE_H
#define OFFICE_DOC_TREE_H

#include "base/buf.h"
#include "base/err.h"
#include "office/package.h"

#include <libxml/tree.h>

/* ERR_INPUT for what is not well-formed or has a DOCTYPE. The caller frees it by xmlFreeDoc(). */
int tree_read(struct package *package, const char *part, xmlDoc **tree, struct err *err);

/* Appends the part as it is now. */
void tree_write(xmlDoc *tree, struct buf *out);

/* Appends one element; its namespaces must be known where it goes. */
void tree_write_node(xmlDoc *tree, const xmlNode *node, struct buf *out);

int tree_is(const xmlNode *node, const char *name);

/* The first child of that name, or NULL. */
xmlNode *tree_child(const xmlNode *node, const char *name);

/* An attribute's value, NULL if it is not there. The caller frees it. */
char *tree_attribute(const xmlNode *node, const char *name);
char *tree_plain_attribute(const xmlNode *node, const char *name); /* in no namespace */

#endif
