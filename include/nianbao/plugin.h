/*
 * plugin.h: the whole contract between nianbao and a chapter plugin.
 *
 * A chapter plugin is a shared object that exports one symbol, the constant
 *
 *     const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "parks", ... };
 *
 * and nothing else. What a chapter is about stands in tables: figures, lists,
 * topics and rules. What tables cannot say stands in three optional functions.
 * They get plain data and a host table, and answer through the host only, so
 * a chapter can run inside the program or in a process of its own and never
 * knows which. A plugin needs no symbol of the program: link it with
 * -Wl,-z,defs. It does no input or output of its own.
 *
 * Strings are UTF-8. What a plugin is handed stays valid until the function
 * returns; what a descriptor points to must stay valid while it is loaded.
 *
 * Growing: fields are only ever appended, and every struct that a plugin
 * fills in is copied by min(its size, ours) into a zeroed one, so a plugin
 * built yesterday reads as one that leaves the new fields empty. What it is
 * handed in arrays (values, rows, points) keeps its shape within one ABI.
 * NB_PLUGIN_ABI counts what cannot be bridged that way.
 */
#ifndef NIANBAO_PLUGIN_H
#define NIANBAO_PLUGIN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Number of this contract. A plugin with another number is refused by name. */
#define NB_PLUGIN_ABI 1u

/* The symbol a plugin exports. */
#define NB_PLUGIN_SYMBOL "nianbao_chapter"

/* Marks a message for translation; costs nothing at run time. */
#define NB_N(text) text

/* ---- tables ------------------------------------------------------------ */

/* A table of rows of one type. `size` is the plugin's own row size, so rows may grow. */
struct nb_table {
	const void *rows;
	uint32_t count;
	uint32_t size;
};

/* The table made of all elements of a constant array. */
#define NB_TABLE(array)                                                                            \
	{                                                                                          \
		(array), sizeof(array) / sizeof *(array), sizeof *(array)                          \
	}

/* What a figure measures, and so how its value may be written. */
enum nb_kind {
	NB_COUNT,   /* a whole number, never negative */
	NB_AMOUNT,  /* a number with decimals, such as money */
	NB_PERCENT, /* written "96.3%" or "96.3"; kept as the number before the sign */
	NB_DATE,    /* written 2025-03-09 */
	NB_TEXT     /* any words; takes no part in arithmetic */
};

/* How the values of several departments become the county's. */
enum nb_combine {
	NB_SUM,  /* added up */
	NB_MAX,  /* the greatest */
	NB_ONE,  /* all must agree; two different values are a conflict */
	NB_RATIO /* worked out from combined figures, see `ratio` */
};

/* Flags of a figure. */
#define NB_EXPECTED 0x1u /* a county is expected to have it: nobody reporting it is a warning */
#define NB_LISTED 0x2u   /* a count of named things: without list or attachment it is a warning */

/* A figure (指标): a named number with a unit. */
struct nb_figure {
	const char *id;    /* [a-z][a-z0-9_]*, unique in the chapter */
	const char *label; /* Chinese, as the forms print it */
	const char *unit;  /* 件, 次, 万元, %; NULL for dates and text */
	enum nb_kind kind;
	enum nb_combine combine;
	const char *ratio; /* for NB_RATIO, over figures of this chapter: "a / b", "(a + b) / c" */
	uint32_t flags;
	const char *note; /* how it is counted, one sentence for whoever fills it in; may be NULL */
	const char *aliases; /* other names of it in prose, "出庭率|出庭应诉率"; may be NULL */
};

/* A column of a list. */
struct nb_column {
	const char *id;
	const char *label; /* Chinese; a list's header row may use either */
	enum nb_kind kind;
	int required; /* an empty cell is an error; for a column the header must have */
	int of_year;  /* NB_DATE: a day outside the report's year is a warning */
};

/* A list (台账): the rows behind a figure. */
struct nb_list {
	const char *id;
	const char *label;
	struct nb_table columns; /* of struct nb_column */
};

/* A topic: where a point belongs within its chapter. Table order is report order. */
struct nb_topic {
	const char *id;
	const char *label;
};

enum nb_severity { NB_NOTE = 1, NB_WARNING, NB_ERROR };

/*
 * A relation that must hold, as data.
 *
 *     relation := side ( "=" | "<=" | ">=" ) side
 *     side     := term { ("+" | "-") term }
 *     term     := figure | chapter.figure | last(figure) | rows(list) | sum(list.column) | number
 *
 * It is evaluated on each submission and on the county's combined figures;
 * one that uses last() on the county's only, against last year's bundle. A
 * figure nobody gave is unknown, not zero: a relation is reported as broken
 * only when no value of the unknown ones could mend it.
 */
struct nb_rule {
	const char *code; /* [a-z][a-z0-9-]*; findings carry "chapter.code" */
	const char *relation;
	const char *message; /* what should be so, one clause without a full stop; NB_N() */
	const char *source;  /* law, standard or form it comes from; may be NULL */
};

/*
 * Words that bind figures (均, 全部, 100%): where a clause of a department's
 * text, or the one before it, has one of `subject` and the clause one of
 * `words`, `relation` must hold, else the text claims too much.
 */
struct nb_claim {
	const char *subject; /* "行政复议|复议案件" */
	const char *words;   /* "均已办结|全部审结" */
	const char *relation;
};

/* What check() and reconcile() can find; a finding with another code is not taken. */
struct nb_code {
	const char *code;          /* as in nb_finding */
	enum nb_severity severity; /* as a rule; a finding may be milder */
	const char *meaning;       /* what it is, one clause without a full stop; NB_N() */
	const char *advice;        /* what to do; NB_N() */
};

/* What a chart compares. */
enum nb_chart_kind {
	NB_BARS,   /* figures beside each other */
	NB_SHARES, /* the parts of a whole: each bar says its share, too; those of 0 are left out */
	NB_YEARS   /* each figure beside its value of last year, if there is one */
};

/* A chart (图): figures side by side, where that says more than their table. */
struct nb_chart {
	const char *id;    /* [a-z][a-z0-9_]*, unique among the chapter's charts */
	const char *title; /* Chinese, as the caption prints it behind 图1 */
	enum nb_chart_kind kind;
	const char *figures; /* two ids of this chapter or more, "a|b|c", all of one unit */
};

/* ---- data handed to a plugin ------------------------------------------ */

/* Where something stands. Line and column count from 1; 0: the file as a whole. */
struct nb_place {
	const char *file;
	uint32_t line;
	uint32_t column;
};

/* Empty, "/" and 0 are three different things. */
enum nb_state {
	NB_ABSENT,         /* not given, left empty, or not readable */
	NB_NOT_APPLICABLE, /* "/" */
	NB_EXACT,          /* low == high */
	NB_APPROXIMATE,    /* somewhere in [low, high] */
	NB_WORDS           /* a date or a text, in `text` */
};

/* One unit of a quantity's low and high. All quantities are kept in millionths. */
#define NB_UNIT INT64_C(1000000)
/* A quantity's `high` when there is no upper bound (不少于, 以上). */
#define NB_UNBOUNDED INT64_MAX

struct nb_quantity {
	enum nb_state state;
	int64_t low;       /* millionths of the figure's unit */
	int64_t high;      /* millionths; NB_UNBOUNDED without upper bound */
	uint32_t decimals; /* digits written after the point, 0..6 */
	const char
	    *text; /* as it is to be printed: "2500余", "14", "96.3%", "/"; never NULL, may be "" */
};

/* A figure's value and where it was given. */
struct nb_value {
	const char *id;
	struct nb_quantity quantity;
	struct nb_place place;
};

/* A row of a list. One cell per declared column, in table order; "" where empty. */
struct nb_row {
	const char *const *cells;
	struct nb_place place;
};

struct nb_rows {
	const char *id;
	const struct nb_row *rows;
	size_t count;
	int given; /* 0: the list was not handed in; a list without rows is given and empty */
	struct nb_place place;
};

/* A point (要点): the smallest piece that is numbered in the report. */
struct nb_point {
	const char *headline;
	const char *topic; /* id, or NULL */
	const char *body;  /* Markdown */
	const char *department;
	struct nb_place place;
};

/*
 * What one department handed in for the chapter, or the county as a whole.
 * `values` has one entry per declared figure and `lists` one per declared
 * list, in table order.
 */
struct nb_part {
	uint32_t size;          /* of this struct, as the host knows it */
	const char *department; /* id; NULL for the county */
	const char *name;
	const struct nb_value *values;
	size_t value_count;
	const struct nb_rows *lists;
	size_t list_count;
	const struct nb_point *points;
	size_t point_count;
	struct nb_place place; /* of the chapter's section in the hand-in */
	const char *opening;   /* Markdown before the first point, or ""; NULL for the county */
};

/* The whole year, for functions that look across departments. */
struct nb_county {
	uint32_t size;
	int year;
	size_t departments;          /* how many the workspace names */
	const struct nb_part *parts; /* one per department that wrote; see nb_county_part() */
	size_t part_count;
	const struct nb_part *whole; /* combined; its points are in report order */
};

/* ---- what a plugin can say --------------------------------------------- */

#define NB_ARGS 6

/*
 * A finding (校核意见). `message` is English, marked with NB_N(), with a %s
 * for each argument and no other directive; a translation may reorder with
 * %1$s. The host translates it and sets department and fingerprint.
 */
struct nb_finding {
	const char *code; /* without the chapter's id: "steps-order" */
	enum nb_severity severity;
	struct nb_place place;
	const char *subject; /* what it is about: figure id, title; part of the fingerprint */
	const char *message;
	const char *args[NB_ARGS];
};

/* The host table: all a plugin may call. Append only. */
struct nb_host {
	uint32_t abi;
	uint32_t size;
	void *self; /* hand back as first argument */

	/* Records a finding; all of it is copied. `size` is the caller's; use nb_report(). */
	void (*report)(void *self, const struct nb_finding *finding, uint32_t size);

	/*
	 * For compose(): gives the chapter's template a value under `name`,
	 * Markdown text or "" for false. A later one of the same name replaces.
	 */
	void (*put)(void *self, const char *name, const char *markdown);

	/*
	 * Memory for the running call, zeroed, aligned for anything, owned by the
	 * host and gone after the call. Never NULL.
	 */
	void *(*alloc)(void *self, size_t size);
};

/* ---- the descriptor ---------------------------------------------------- */

/* How a chapter's points are numbered. */
enum nb_numbering {
	NB_PAREN, /* （一） then 1. then （1） */
	NB_SHI    /* 一是 二是 … ; sub-points as under paren */
};

struct nb_chapter {
	uint32_t abi;  /* NB_PLUGIN_ABI */
	uint32_t size; /* sizeof(struct nb_chapter) */

	const char *id;      /* [a-z][a-z0-9_]*, unique among chapters */
	const char *title;   /* Chinese, as the report prints it; report.ini may replace it */
	const char *version; /* of the plugin, free text */
	enum nb_numbering numbering;

	struct nb_table figures; /* of struct nb_figure */
	struct nb_table lists;   /* of struct nb_list */
	struct nb_table topics;  /* of struct nb_topic */
	struct nb_table rules;   /* of struct nb_rule */

	/* All optional. `host` is valid during the call only. */

	/* Looks at what one department handed in. */
	void (*check)(const struct nb_host *host, const struct nb_part *part);
	/* Looks at all departments together. */
	void (*reconcile)(const struct nb_host *host, const struct nb_county *county);
	/* Gives the template what the tables do not: host->put(). */
	void (*compose)(const struct nb_host *host, const struct nb_county *county);

	struct nb_table claims; /* of struct nb_claim */
	struct nb_table codes;  /* of struct nb_code */

	struct nb_table charts; /* of struct nb_chart */
};

/* First line of a descriptor. */
#define NB_CHAPTER_HEAD .abi = NB_PLUGIN_ABI, .size = sizeof(struct nb_chapter)

/* ---- small conveniences, all inline ------------------------------------ */

/* The value of figure `id` in a part; NULL if the chapter has no such figure. */
static inline const struct nb_value *nb_part_value(const struct nb_part *part, const char *id)
{
	for (size_t i = 0; i < part->value_count; i++)
		if (strcmp(part->values[i].id, id) == 0)
			return &part->values[i];
	return NULL;
}

/* The rows of list `id` in a part; NULL if the chapter has no such list. */
static inline const struct nb_rows *nb_part_list(const struct nb_part *part, const char *id)
{
	for (size_t i = 0; i < part->list_count; i++)
		if (strcmp(part->lists[i].id, id) == 0)
			return &part->lists[i];
	return NULL;
}

/* What stands before the first point of a part, "" if nothing does or an older host cannot say. */
static inline const char *nb_part_opening(const struct nb_part *part)
{
	return part->size > offsetof(struct nb_part, opening) && part->opening ? part->opening : "";
}

/* Part `i` of a county, counted by the host's size of a part. */
static inline const struct nb_part *nb_county_part(const struct nb_county *county, size_t i)
{
	return (const struct nb_part *)(const void *)((const char *)county->parts +
	                                              i * county->parts->size);
}

/* Records a finding. */
static inline void nb_report(const struct nb_host *host, const struct nb_finding *finding)
{
	host->report(host->self, finding, sizeof *finding);
}

/* Whether a quantity is a number, exact or approximate. */
static inline int nb_is_number(const struct nb_quantity *quantity)
{
	return quantity->state == NB_EXACT || quantity->state == NB_APPROXIMATE;
}

#ifdef __cplusplus
}
#endif
#endif
