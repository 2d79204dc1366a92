/*
 * catalog.h: what the chapters ask for: figures, lists, topics and rules, as
 * plain tables in the order of the report. The chapters room fills it from
 * plugins; every room may read it.
 */
#ifndef WORKSPACE_CATALOG_H
#define WORKSPACE_CATALOG_H

#include "base/arena.h"

#include <nianbao/plugin.h>

#include <stddef.h>

struct list_def {
	const char *id;
	const char *label;
	const struct nb_column *columns;
	size_t column_count;
};

struct chart_def {
	const char *id;
	const char *title;
	enum nb_chart_kind kind;
	const char *const *figures; /* ids */
	size_t figure_count;
};

/* A chapter as the core knows it: rows of any plugin's size, brought to ours. */
struct chapter {
	const char *id;
	const char *title; /* the plugin's */
	const char *version;
	const char *path; /* of the shared object */
	uint32_t abi;
	enum nb_numbering numbering;

	const struct nb_figure *figures;
	size_t figure_count;
	const struct list_def *lists;
	size_t list_count;
	const struct nb_topic *topics;
	size_t topic_count;
	const struct nb_rule *rules;
	size_t rule_count;
	struct relation *relations; /* of the rules, one each; of the chapters room */
	const struct nb_claim *claims;
	size_t claim_count;
	struct relation *claim_relations; /* likewise */
	const struct nb_code *codes;
	size_t code_count;
	const struct chart_def *charts;
	size_t chart_count;

	void (*check)(const struct nb_host *host, const struct nb_part *part);
	void (*reconcile)(const struct nb_host *host, const struct nb_county *county);
	void (*compose)(const struct nb_host *host, const struct nb_county *county);
	void *handle; /* of the loaded object */
};

/* The chapters in use, in the order of the report. */
struct catalog {
	struct chapter *chapters;
	size_t count;
};

struct chapter *catalog_chapter(const struct catalog *catalog, const char *id);
const struct nb_figure *chapter_figure(const struct chapter *chapter, const char *id);
const struct list_def *chapter_list(const struct chapter *chapter, const char *id);
const struct nb_topic *chapter_topic(const struct chapter *chapter, const char *id);
const struct nb_code *chapter_code(const struct chapter *chapter, const char *code);
const struct chart_def *chapter_chart(const struct chapter *chapter, const char *id);

/* Whether an id may be used: [a-z][a-z0-9_]*, at most 64 bytes. */
int id_is_valid(const char *id);

#endif
