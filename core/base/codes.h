/*
 * codes.h: every finding the core can make, in one table: code, severity and
 * what it means. Codes of rules and plugins stand in the plugins.
 *
 * To add one, add a line to CODES; the compiler then knows CODE_<NAME>.
 */
#ifndef BASE_CODES_H
#define BASE_CODES_H

#include "base/i18n.h"

#include <nianbao/plugin.h>

#define CODES(X)                                                                                   \
	X(INI_SYNTAX, "ini.syntax", NB_ERROR,                                                      \
	    N_("a line that is neither section, key nor comment"))                                 \
	X(INI_DUPLICATE_KEY, "ini.duplicate-key", NB_ERROR, N_("the same key twice in a section")) \
	X(INI_DUPLICATE_SECTION, "ini.duplicate-section", NB_ERROR, N_("the same section twice"))  \
	X(INI_UNKNOWN_SECTION, "ini.unknown-section", NB_ERROR,                                    \
	    N_("a section with an unknown name"))                                                  \
	X(INI_UNKNOWN_KEY, "ini.unknown-key", NB_ERROR, N_("a key with an unknown name"))          \
	X(INI_MISSING_KEY, "ini.missing-key", NB_ERROR, N_("a key that must be there is not"))     \
	X(INI_BAD_VALUE, "ini.bad-value", NB_ERROR, N_("a value that cannot be read"))             \
	X(INI_LIMIT, "ini.limit", NB_ERROR, N_("a file larger than the limits allow"))             \
	X(TEXT_ENCODING, "text.encoding", NB_ERROR, N_("text that is not UTF-8"))                  \
	X(TEXT_CONTROL, "text.control", NB_ERROR, N_("control characters in a text"))              \
	X(INTAKE_UNREADABLE, "intake.unreadable", NB_ERROR, N_("a hand-in that cannot be opened")) \
	X(INTAKE_NO_SUBMISSION, "intake.no-submission", NB_ERROR,                                  \
	    N_("a hand-in without submission.ini"))                                                \
	X(INTAKE_STRAY, "intake.stray", NB_WARNING,                                                \
	    N_("something in the inbox that is no hand-in"))                                       \
	X(INTAKE_UNSAFE_NAME, "intake.unsafe-name", NB_ERROR,                                      \
	    N_("a file name that must not be used"))                                               \
	X(INTAKE_MISSING_FILE, "intake.missing-file", NB_ERROR,                                    \
	    N_("a file that is named but not there"))                                              \
	X(INTAKE_OUTSIDE, "intake.outside", NB_ERROR, N_("a path that leaves the hand-in"))        \
	X(INTAKE_LIMIT, "intake.limit", NB_ERROR, N_("a hand-in larger than the limits allow"))    \
	X(INTAKE_UNUSED_FILE, "intake.unused-file", NB_NOTE, N_("a file that nothing refers to"))  \
	X(INTAKE_FORMAT, "intake.format", NB_ERROR,                                                \
	    N_("a file of a kind that cannot be read here"))                                       \
	X(INTAKE_DEPARTMENT, "intake.department", NB_ERROR,                                        \
	    N_("a hand-in of an unknown department"))                                              \
	X(INTAKE_YEAR, "intake.year", NB_ERROR, N_("a hand-in for another year"))                  \
	X(INTAKE_REVISION, "intake.revision", NB_ERROR,                                            \
	    N_("two hand-ins with one revision number"))                                           \
	X(INTAKE_CHAPTER, "intake.chapter", NB_WARNING,                                            \
	    N_("a chapter the department does not owe"))                                           \
	X(INTAKE_NO_CHAPTER, "intake.no-chapter", NB_WARNING,                                      \
	    N_("a chapter owed but not handed in"))                                                \
	X(INTAKE_MISSING, "intake.missing", NB_WARNING,                                            \
	    N_("a department that has handed in nothing"))                                         \
	X(INTAKE_LATE, "intake.late", NB_WARNING, N_("a hand-in after the deadline"))              \
	X(INTAKE_EMPTY_INBOX, "intake.empty-inbox", NB_ERROR, N_("an inbox without any hand-in"))  \
	X(FIGURE_VALUE, "figure.value", NB_ERROR, N_("a figure's value that is no number"))        \
	X(FIGURE_CONFLICT, "figure.conflict", NB_ERROR,                                            \
	    N_("two departments, one figure, two values"))                                         \
	X(FIGURE_RATIO, "figure.ratio", NB_ERROR, N_("a rate that is not its parts' quotient"))    \
	X(FIGURE_EXPECTED, "figure.expected", NB_WARNING,                                          \
	    N_("an expected figure nobody reported"))                                              \
	X(LIST_SYNTAX, "list.syntax", NB_ERROR, N_("a list that is not proper CSV"))               \
	X(LIST_COLUMN, "list.column", NB_ERROR, N_("a list with wrong columns"))                   \
	X(LIST_CELL, "list.cell", NB_ERROR, N_("a cell that cannot be read"))                      \
	X(LIST_EMPTY_CELL, "list.empty-cell", NB_ERROR, N_("a required cell that is empty"))       \
	X(NARRATIVE_REFERENCE, "narrative.reference", NB_ERROR,                                    \
	    N_("a {{…}} that names no figure"))                                                    \
	X(NARRATIVE_NO_VALUE, "narrative.no-value", NB_ERROR,                                      \
	    N_("a {{…}} whose figure has no value"))                                               \
	X(NARRATIVE_TOPIC, "narrative.topic", NB_WARNING, N_("a topic the chapter does not know")) \
	X(NARRATIVE_HEADING, "narrative.heading", NB_WARNING, N_("headings that are not nested"))  \
	X(NARRATIVE_EMPTY, "narrative.empty", NB_WARNING, N_("a narrative or point without text")) \
	X(NARRATIVE_MARKUP, "narrative.markup", NB_WARNING,                                        \
	    N_("markup that is shown as it stands"))                                               \
	X(NARRATIVE_UNIT, "narrative.unit", NB_WARNING, N_("a figure followed by another unit"))   \
	X(NARRATIVE_HALF_WIDTH, "narrative.half-width", NB_NOTE, N_("half-width punctuation"))     \
	X(ATTACHMENT_BACKS, "attachment.backs", NB_ERROR,                                          \
	    N_("an attachment backs an unknown figure"))                                           \
	X(ATTACHMENT_TWICE, "attachment.twice", NB_WARNING, N_("a file registered twice"))         \
	X(REPORT_CHAPTER_EMPTY, "report.chapter-empty", NB_WARNING,                                \
	    N_("a chapter nobody wrote for"))                                                      \
	X(REPORT_STRUCTURE, "report.structure", NB_WARNING,                                        \
	    N_("text that does not fit the structure"))                                            \
	X(REPORT_DATE, "report.date", NB_WARNING, N_("a report without a date"))                   \
	X(REPORT_STALE, "report.stale", NB_WARNING,                                                \
	    N_("a chapter edited before departments handed in anew"))                              \
	X(PLUGIN_REFUSED, "plugin.refused", NB_WARNING, N_("a plugin that was not loaded"))        \
	X(PLUGIN_FINDING, "plugin.finding", NB_WARNING, N_("a plugin that reports nonsense"))      \
	X(WAIVER_UNUSED, "waiver.unused", NB_NOTE, N_("a waiver that matches no finding"))         \
	X(PREVIOUS_UNUSABLE, "previous.unusable", NB_WARNING,                                      \
	    N_("last year's bundle cannot be used"))

enum code {
#define X(name, id, severity, meaning) CODE_##name,
	CODES(X)
#undef X
	    CODE_COUNT
};

struct code_info {
	const char *id;
	enum nb_severity severity;
	const char *meaning; /* untranslated */
};

/* The table, indexed by enum code. */
extern const struct code_info code_table[CODE_COUNT];

#endif
