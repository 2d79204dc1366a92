/*
 * codes.h: every finding the core can make, in one table: code, severity and
 * what it means and what to do. Codes of rules and plugins stand in the plugins.
 *
 * To add one, add a line to CODES; the compiler then knows CODE_<NAME>.
 */
#ifndef BASE_CODES_H
#define BASE_CODES_H

#include "base/i18n.h"

#include <nianbao/plugin.h>

#define CODES(X)                                                                                   \
	X(INI_SYNTAX, "ini.syntax", NB_ERROR,                                                      \
	    N_("a line that is neither section, key nor comment"),                                 \
	    N_("mend the line, or begin it with ; to make it a comment"))                          \
	X(INI_DUPLICATE_KEY, "ini.duplicate-key", NB_ERROR, N_("the same key twice in a section"), \
	    N_("keep one of the two lines"))                                                       \
	X(INI_DUPLICATE_SECTION, "ini.duplicate-section", NB_ERROR, N_("the same section twice"),  \
	    N_("bring both sections together under one heading"))                                  \
	X(INI_UNKNOWN_SECTION, "ini.unknown-section", NB_ERROR,                                    \
	    N_("a section with an unknown name"),                                                  \
	    N_("mend the name; the manual lists those there are"))                                 \
	X(INI_UNKNOWN_KEY, "ini.unknown-key", NB_ERROR, N_("a key with an unknown name"),          \
	    N_("mend the name, or take the line out"))                                             \
	X(INI_MISSING_KEY, "ini.missing-key", NB_ERROR, N_("a key that must be there is not"),     \
	    N_("add the key with its value"))                                                      \
	X(INI_BAD_VALUE, "ini.bad-value", NB_ERROR, N_("a value that cannot be read"),             \
	    N_("write the value in the form the message names"))                                   \
	X(INI_LIMIT, "ini.limit", NB_ERROR, N_("a file larger than the limits allow"),             \
	    N_("shorten the file"))                                                                \
	X(TEXT_ENCODING, "text.encoding", NB_ERROR, N_("text in no encoding that can be read"),    \
	    N_("save the file as UTF-8"))                                                          \
	X(TEXT_DECODED, "text.decoded", NB_NOTE, N_("text in another encoding than UTF-8"),        \
	    N_("nothing, if its characters come out right; better saved as UTF-8"))                \
	X(TEXT_CONTROL, "text.control", NB_ERROR, N_("control characters in a text"),              \
	    N_("delete the invisible characters; they come with text pasted from web pages"))      \
	X(TEXT_STALE_YEAR, "text.stale-year", NB_WARNING,                                          \
	    N_("a year that may be left from last year's text"),                                   \
	    N_("mend the year, if it is not meant"))                                               \
	X(TEXT_DATE, "text.date", NB_WARNING, N_("a date that does not exist"),                    \
	    N_("mend the date"))                                                                   \
	X(TEXT_PLACEHOLDER, "text.placeholder", NB_WARNING,                                        \
	    N_("a place of a template that nobody filled in"), N_("fill it in, or take it out"))   \
	X(TEXT_LAST_YEAR, "text.last-year", NB_WARNING, N_("text much like last year's report"),   \
	    N_("write what is new this year"))                                                     \
	X(TEXT_SIMILAR, "text.similar", NB_WARNING, N_("text much like another department's"),     \
	    N_("ask who wrote it; keep it once"))                                                  \
	X(TEXT_REPEATED, "text.repeated", NB_WARNING, N_("the same sentence twice"),               \
	    N_("delete one of them"))                                                              \
	X(TEXT_BRACKET, "text.bracket", NB_WARNING,                                                \
	    N_("a bracket or quotation mark without its partner"),                                 \
	    N_("add the other one, or delete it"))                                                 \
	X(TEXT_SLIP, "text.slip", NB_WARNING, N_("a word typed twice"), N_("delete one of them"))  \
	X(TEXT_STEPS, "text.steps", NB_WARNING, N_("一是, 二是 out of order"),                     \
	    N_("number the steps anew, or add the one that is missing"))                           \
	X(TEXT_PUNCTUATION, "text.punctuation", NB_NOTE, N_("marks doubled or mixed"),             \
	    N_("use the proper mark, once"))                                                       \
	X(TEXT_BLANK, "text.blank", NB_NOTE, N_("blanks within Chinese text"),                     \
	    N_("delete the blanks"))                                                               \
	X(TEXT_DOCUMENT_NUMBER, "text.document-number", NB_WARNING,                                \
	    N_("a document number in a wrong form"),                                               \
	    N_("write it like 岚政发〔2025〕8号 (GB/T 9704), and check the year"))                 \
	X(PRIVACY_SECRET, "privacy.secret", NB_ERROR, N_("a mark of secrecy"),                     \
	    N_("find out whether it may be published; else take it out or make the attachment "    \
	       "internal"))                                                                        \
	X(PRIVACY_INTERNAL, "privacy.internal", NB_ERROR, N_("words that forbid publication"),     \
	    N_("find out whether it may be published; else take it out or make the attachment "    \
	       "internal"))                                                                        \
	X(PRIVACY_CITIZEN_ID, "privacy.citizen-id", NB_ERROR, N_("a citizen's identity number"),   \
	    N_("take it out, or cover all but the last digits"))                                   \
	X(PRIVACY_MOBILE, "privacy.mobile", NB_ERROR, N_("a mobile number"), N_("take it out"))    \
	X(PRIVACY_BANK_CARD, "privacy.bank-card", NB_ERROR, N_("a bank card number"),              \
	    N_("take it out"))                                                                     \
	X(PRIVACY_EMAIL, "privacy.email", NB_ERROR, N_("an e-mail address"), N_("take it out"))    \
	X(PRIVACY_UNREAD, "privacy.unread", NB_WARNING,                                            \
	    N_("a public attachment that could not be looked through"),                            \
	    N_("save it as UTF-8, or look through it for what may not be published"))              \
	X(INTAKE_UNREADABLE, "intake.unreadable", NB_ERROR, N_("a hand-in that cannot be opened"), \
	    N_("hand in again, as a folder or an ordinary zip without password"))                  \
	X(INTAKE_NO_SUBMISSION, "intake.no-submission", NB_ERROR,                                  \
	    N_("a hand-in with neither a filled-in form nor a submission.ini"),                    \
	    N_("put the form's workbook, or submission.ini, at the top of the folder or zip"))     \
	X(INTAKE_STRAY, "intake.stray", NB_WARNING,                                                \
	    N_("something in the inbox that is no hand-in"),                                       \
	    N_("take it out of the inbox, or make a hand-in of it"))                               \
	X(INTAKE_UNSAFE_NAME, "intake.unsafe-name", NB_ERROR,                                      \
	    N_("a file name that must not be used"),                                               \
	    N_("give the file a plain name and hand in again"))                                    \
	X(INTAKE_UNSAFE_ZIP, "intake.unsafe-zip", NB_ERROR, N_("a zip that must not be unpacked"), \
	    N_("pack the files anew out of an ordinary folder, without password, links and odd "   \
	       "names, and hand in again"))                                                        \
	X(INTAKE_LITTER, "intake.litter", NB_NOTE, N_("what a system or program left in a zip"),   \
	    N_("nothing to mend; it is ignored"))                                                  \
	X(INTAKE_ZIP_NAMES, "intake.zip-names", NB_NOTE,                                           \
	    N_("file names in a zip that were not UTF-8"),                                         \
	    N_("nothing to mend if the names came out right"))                                     \
	X(INTAKE_MISSING_FILE, "intake.missing-file", NB_ERROR,                                    \
	    N_("a file that is named but not there"),                                              \
	    N_("add the file, or take the line out that names it"))                                \
	X(INTAKE_OUTSIDE, "intake.outside", NB_ERROR, N_("a path that leaves the hand-in"),        \
	    N_("put the file into the hand-in and name it from there"))                            \
	X(INTAKE_LIMIT, "intake.limit", NB_ERROR, N_("a hand-in larger than the limits allow"),    \
	    N_("send less, or ask the office to raise [limits]"))                                  \
	X(INTAKE_UNUSED_FILE, "intake.unused-file", NB_NOTE, N_("a file that nothing refers to"),  \
	    N_("register the file as an attachment, or take it out"))                              \
	X(INTAKE_FORMAT, "intake.format", NB_ERROR,                                                \
	    N_("a file of a kind that cannot be read here"),                                       \
	    N_("save the file in one of the forms the message names"))                             \
	X(FORM_TWICE, "form.twice", NB_ERROR, N_("one thing filled in twice, with two values"),    \
	    N_("keep the right one of the two"))                                                   \
	X(FORM_SEVERAL, "form.several", NB_ERROR,                                                  \
	    N_("several workbooks or documents where one is read"),                                \
	    N_("keep the last one in the hand-in, and take the others out"))                       \
	X(FORM_HEADER, "form.header", NB_ERROR,                                                    \
	    N_("a sheet of the form without the row that names its columns"),                      \
	    N_("copy what you filled in into a fresh form, and leave its headings as they are"))   \
	X(FORM_ROW, "form.row", NB_ERROR, N_("a row of the form that says nothing of what it is"), \
	    N_("fill in what is missing in the row, or empty it"))                                 \
	X(FORM_SHEET, "form.sheet", NB_WARNING, N_("a sheet of no chapter of the report"),         \
	    N_("fill in the sheets of the form; take other sheets out or hand them in as an "      \
	       "attachment"))                                                                      \
	X(FORM_HEADING, "form.heading", NB_ERROR, N_("text under no chapter's heading"),           \
	    N_("put the text under the headings of the form, and leave those as they are"))        \
	X(FORM_NO_VALUE, "form.no-value", NB_ERROR, N_("a formula whose result is not stored"),    \
	    N_("open the file in Excel or WPS, save it, and hand in again; or type the value"))    \
	X(FORM_FORMULA, "form.formula", NB_NOTE, N_("values that are results of formulas"),        \
	    N_("make sure that the results are right"))                                            \
	X(FORM_HIDDEN, "form.hidden", NB_WARNING, N_("values where nobody sees them"),             \
	    N_("show the hidden row, column or sheet, and look whether it is meant"))              \
	X(FORM_PERCENT, "form.percent", NB_WARNING,                                                \
	    N_("a percentage below one that may be a share of one"), N_("write the value with %")) \
	X(FORM_EMPTY, "form.empty", NB_ERROR, N_("a form that nobody has filled in"),              \
	    N_("fill in figures, lists or text, and hand in again"))                               \
	X(FORM_NO_TEXT, "form.no-text", NB_WARNING, N_("a chapter owed without any text"),         \
	    N_("write the chapter's text, or agree with the office that there is nothing to say")) \
	X(FORM_MERGED, "form.merged", NB_ERROR, N_("values in merged cells"),                      \
	    N_("unmerge the cells, and write each value into its own"))                            \
	X(FORM_UNIT, "form.unit", NB_WARNING, N_("a unit changed in the form"),                    \
	    N_("write the value in the unit of the form"))                                         \
	X(FORM_REMARK, "form.remark", NB_NOTE, N_("a department's remark on a figure"),            \
	    N_("read it; remarks are not printed in the report"))                                  \
	X(FORM_HEADLINE, "form.headline", NB_WARNING,                                              \
	    N_("a line that may be meant as a point's headline and is none"),                      \
	    N_("set headlines in the style 标题 2, without numbers"))                              \
	X(FORM_GUIDANCE, "form.guidance", NB_ERROR, N_("words in the form's lines of guidance"),   \
	    N_("write them into the lines below the guidance; what stands in it is not read"))     \
	X(FORM_PICTURE, "form.picture", NB_NOTE, N_("a picture in a Word document"),               \
	    N_("register the picture's file as a public attachment, if it is to be published"))    \
	X(FORM_LEFT_OUT, "form.left-out", NB_NOTE,                                                 \
	    N_("something in a Word or Excel file that is left out or taken otherwise"),           \
	    N_("look whether what is left out is meant; write it as plain text if so"))            \
	X(INTAKE_DEPARTMENT, "intake.department", NB_ERROR,                                        \
	    N_("a hand-in of an unknown department"), N_("write the id that departments.ini has")) \
	X(INTAKE_YEAR, "intake.year", NB_ERROR, N_("a hand-in for another year"),                  \
	    N_("check that this is the right hand-in, and mend the year"))                         \
	X(INTAKE_REVISION, "intake.revision", NB_ERROR,                                            \
	    N_("two hand-ins with one revision number"),                                           \
	    N_("give the newer hand-in a higher revision"))                                        \
	X(INTAKE_CHAPTER, "intake.chapter", NB_WARNING,                                            \
	    N_("a chapter the department does not owe"),                                           \
	    N_("make sure that the chapter is meant; the office may add it in departments.ini"))   \
	X(INTAKE_NO_CHAPTER, "intake.no-chapter", NB_WARNING,                                      \
	    N_("a chapter owed but not handed in"),                                                \
	    N_("write the chapter, or agree with the office that there is nothing to say"))        \
	X(INTAKE_MISSING, "intake.missing", NB_WARNING,                                            \
	    N_("a department that has handed in nothing"), N_("remind the department"))            \
	X(INTAKE_CHANGED, "intake.changed", NB_ERROR,                                              \
	    N_("a hand-in that is not what was received"),                                         \
	    N_("put back what was received; what is new is handed in and received anew"))          \
	X(INTAKE_RETURNED, "intake.returned", NB_WARNING,                                          \
	    N_("a hand-in that was returned to its department"),                                   \
	    N_("wait for the next revision, or remind the department"))                            \
	X(INTAKE_LATE, "intake.late", NB_WARNING, N_("a hand-in after the deadline"),              \
	    N_("nothing to mend; it is on record"))                                                \
	X(INTAKE_EARLY, "intake.early", NB_NOTE, N_("a hand-in dated before its year was over"),   \
	    N_("mend the date of the hand-in, if it is a slip"))                                   \
	X(INTAKE_EMPTY_INBOX, "intake.empty-inbox", NB_ERROR, N_("an inbox without any hand-in"),  \
	    N_("put the hand-ins into inbox/"))                                                    \
	X(FIGURE_VALUE, "figure.value", NB_ERROR, N_("a figure's value that is no number"),        \
	    N_("write a number, 0, / (does not apply), or leave it empty"))                        \
	X(FIGURE_CONFLICT, "figure.conflict", NB_ERROR,                                            \
	    N_("two departments, one figure, two values"),                                         \
	    N_("agree on one value; the department that keeps the record decides"))                \
	X(FIGURE_RATIO, "figure.ratio", NB_ERROR, N_("a rate that is not its parts' quotient"),    \
	    N_("reckon the rate again from its parts"))                                            \
	X(FIGURE_EXPECTED, "figure.expected", NB_WARNING,                                          \
	    N_("an expected figure nobody reported"),                                              \
	    N_("ask the department that keeps the record"))                                        \
	X(FIGURE_RATE_IMPOSSIBLE, "figure.rate-impossible", NB_ERROR,                              \
	    N_("a rate that no whole number can give"),                                            \
	    N_("reckon the rate again; with these cases it cannot come out"))                      \
	X(FIGURE_NOT_ASSESSABLE, "figure.not-assessable", NB_NOTE,                                 \
	    N_("a relation that cannot be confirmed"),                                             \
	    N_("ask for the missing figure, or give 0 where there was none"))                      \
	X(FIGURE_JUMP, "figure.jump", NB_NOTE, N_("a figure very different from last year's"),     \
	    N_("make sure that unit and counting are last year's"))                                \
	X(FIGURE_TWICE, "figure.twice", NB_NOTE, N_("two departments report the same number"),     \
	    N_("ask whether the same thing was counted twice"))                                    \
	X(LIST_SYNTAX, "list.syntax", NB_ERROR, N_("a list that is not proper CSV"),               \
	    N_("save the list again as CSV out of the spreadsheet"))                               \
	X(LIST_COLUMN, "list.column", NB_ERROR, N_("a list with wrong columns"),                   \
	    N_("name the columns in the first row as the form does"))                              \
	X(LIST_CELL, "list.cell", NB_ERROR, N_("a cell that cannot be read"), N_("mend the cell")) \
	X(LIST_EMPTY_CELL, "list.empty-cell", NB_ERROR, N_("a required cell that is empty"),       \
	    N_("fill in the cell"))                                                                \
	X(LIST_MISSING, "list.missing", NB_WARNING,                                                \
	    N_("a count without the list or attachment it promises"),                              \
	    N_("add the list, or an attachment that backs the figure"))                            \
	X(LIST_REPEATED, "list.repeated", NB_WARNING, N_("one row twice in a list"),               \
	    N_("delete one of them and mend the count"))                                           \
	X(LIST_TOTAL_ROW, "list.total-row", NB_WARNING, N_("a total among the rows of a list"),    \
	    N_("delete the row; the program adds up by itself"))                                   \
	X(LIST_TWICE, "list.twice", NB_WARNING, N_("one row in two departments' lists"),           \
	    N_("agree on who reports it; it is counted twice"))                                    \
	X(LIST_OTHER_YEAR, "list.other-year", NB_WARNING,                                          \
	    N_("a date outside the year of the report"),                                           \
	    N_("mend the date, or move the row to its own year's report"))                         \
	X(TABLE_TOTAL, "table.total", NB_WARNING,                                                  \
	    N_("a table whose total is not the sum of its rows"), N_("reckon the total again"))    \
	X(NUMBER_CONTRADICTS, "number.contradicts", NB_WARNING,                                    \
	    N_("a number in a text that is not the figure's"),                                     \
	    N_("mend the one that is wrong; written as {{id}} in the text, both stay the same"))   \
	X(NUMBER_TWICE, "number.twice", NB_WARNING, N_("one figure with two values in the text"),  \
	    N_("mend the one that is wrong, and report the figure"))                               \
	X(NUMBER_ABSOLUTE, "number.absolute", NB_WARNING,                                          \
	    N_("all, none or 100% where the figures say otherwise"),                               \
	    N_("mend the words or the figures"))                                                   \
	X(NUMBER_SUM, "number.sum", NB_WARNING,                                                    \
	    N_("a sentence whose parts do not make its total"),                                    \
	    N_("reckon again; mend the part or the total"))                                        \
	X(NUMBER_SHARE, "number.share", NB_WARNING,                                                \
	    N_("a percentage that part and whole beside it do not give"),                          \
	    N_("reckon the percentage again"))                                                     \
	X(NUMBER_IMPOSSIBLE_RATE, "number.impossible-rate", NB_WARNING,                            \
	    N_("a rate above 100 per cent"), N_("mend the rate; look for a lost decimal point"))   \
	X(NUMBER_FREE, "number.free", NB_NOTE, N_("a number in a text that no figure explains"),   \
	    N_("nothing, if it is right; written as {{id}}, it belongs to that figure"))           \
	X(NARRATIVE_REFERENCE, "narrative.reference", NB_ERROR,                                    \
	    N_("a {{…}} that names no figure"), N_("mend the name between the braces"))            \
	X(NARRATIVE_NO_VALUE, "narrative.no-value", NB_ERROR,                                      \
	    N_("a {{…}} whose figure has no value"),                                               \
	    N_("give the figure a value, or take it out of the text"))                             \
	X(NARRATIVE_TOPIC, "narrative.topic", NB_WARNING, N_("a topic the chapter does not know"), \
	    N_("use a topic that the chapter has"))                                                \
	X(NARRATIVE_HEADING, "narrative.heading", NB_WARNING, N_("headings that are not nested"),  \
	    N_("begin points with ## and their parts with ###"))                                   \
	X(NARRATIVE_EMPTY, "narrative.empty", NB_WARNING, N_("a narrative or point without text"), \
	    N_("write the text, or take the heading out"))                                         \
	X(NARRATIVE_MARKUP, "narrative.markup", NB_WARNING,                                        \
	    N_("markup that is shown as it stands"), N_("write it as the message says"))           \
	X(NARRATIVE_UNIT, "narrative.unit", NB_WARNING, N_("a figure followed by another unit"),   \
	    N_("write the unit once, and the figure's own"))                                       \
	X(NARRATIVE_PICTURE, "narrative.picture", NB_WARNING,                                      \
	    N_("a picture that cannot be set"),                                                    \
	    N_("put a PNG or JPEG file beside the text, and the picture on a line of its own "     \
	       "with blank lines around it"))                                                      \
	X(NARRATIVE_HALF_WIDTH, "narrative.half-width", NB_NOTE, N_("half-width punctuation"),     \
	    N_("nothing to do: the report is set with full-width marks"))                          \
	X(ATTACHMENT_BACKS, "attachment.backs", NB_ERROR,                                          \
	    N_("an attachment backs an unknown figure"),                                           \
	    N_("name figures or lists of the attachment's chapter"))                               \
	X(ATTACHMENT_TWICE, "attachment.twice", NB_WARNING, N_("a file registered twice"),         \
	    N_("keep one of the two entries"))                                                     \
	X(REPORT_CHAPTER_EMPTY, "report.chapter-empty", NB_WARNING,                                \
	    N_("a chapter nobody wrote for"),                                                      \
	    N_("find who writes it, or take it out of [chapters]"))                                \
	X(REPORT_STRUCTURE, "report.structure", NB_WARNING,                                        \
	    N_("text that does not fit the structure"),                                            \
	    N_("mend frame.md or the chapter as the message says"))                                \
	X(REPORT_DATE, "report.date", NB_WARNING, N_("a report without a date"),                   \
	    N_("set date in report.ini before publication"))                                       \
	X(REPORT_EARLY, "report.early", NB_WARNING, N_("a report dated before its year was over"), \
	    N_("mend date in report.ini"))                                                         \
	X(REPORT_HEADING, "report.heading", NB_WARNING,                                            \
	    N_("a title or issuer of another year or region"),                                     \
	    N_("mend title, issuer, year or region in report.ini"))                                \
	X(REPORT_STALE, "report.stale", NB_WARNING,                                                \
	    N_("a chapter edited before departments handed in anew"),                              \
	    N_("take over what is new, then mend the first line"))                                 \
	X(REPORT_PART_MISSING, "report.part-missing", NB_WARNING,                                  \
	    N_("a part that the law asks for is missing"),                                         \
	    N_("add the chapter, or write the part in frame.md"))                                  \
	X(REPORT_NUMBERING, "report.numbering", NB_NOTE,                                           \
	    N_("chapters side by side numbered in two ways"), N_("choose one way in report.ini"))  \
	X(REPORT_EDITED, "report.edited", NB_ERROR,                                                \
	    N_("a figure that was changed by hand in the report"),                                 \
	    N_("mend it in the hand-in and assemble anew, or set it right in the report"))         \
	X(REPORT_OUTDATED, "report.outdated", NB_WARNING,                                          \
	    N_("a figure that has another value since the report was assembled"),                  \
	    N_("assemble anew, or set the new value in the report"))                               \
	X(REPORT_FIGURE_GONE, "report.figure-gone", NB_WARNING,                                    \
	    N_("a figure that is no longer in the report"),                                        \
	    N_("look whether a number typed by hand stands in its place"))                         \
	X(FORMAT_GLYPH, "format.glyph", NB_WARNING, N_("characters that no font here has"),        \
	    N_("install a font that has them, or write other characters"))                         \
	X(FORMAT_FONT, "format.font", NB_NOTE, N_("official fonts that are not installed"),        \
	    N_("nothing, if the pages are good enough; else install the fonts named"))             \
	X(FORMAT_PICTURE, "format.picture", NB_WARNING,                                            \
	    N_("a picture that cannot be put on a page"),                                          \
	    N_("save the picture anew, as PNG or as JPEG in RGB colours"))                         \
	X(PLUGIN_REFUSED, "plugin.refused", NB_WARNING, N_("a plugin that was not loaded"),        \
	    N_("build the plugin anew for this version"))                                          \
	X(PLUGIN_FINDING, "plugin.finding", NB_WARNING, N_("a plugin that reports nonsense"),      \
	    N_("tell whoever wrote the plugin"))                                                   \
	X(WAIVER_UNUSED, "waiver.unused", NB_NOTE, N_("a waiver that matches no finding"),         \
	    N_("delete the section from waivers.ini"))                                             \
	X(PREVIOUS_NO_TEXT, "previous.no-text", NB_NOTE,                                           \
	    N_("last year's bundle has no report whose text can be compared"),                     \
	    N_("keep txt or md among the formats of report.ini"))                                  \
	X(PREVIOUS_UNUSABLE, "previous.unusable", NB_WARNING,                                      \
	    N_("last year's bundle cannot be used"),                                               \
	    N_("name last year's sealed bundle in report.ini"))

enum code {
#define X(name, id, severity, meaning, advice) CODE_##name,
	CODES(X)
#undef X
	    CODE_COUNT
};

struct code_info {
	const char *id;
	enum nb_severity severity;
	const char *meaning; /* untranslated */
	const char *advice;  /* what to do, untranslated */
};

/* The table, indexed by enum code. */
extern const struct code_info code_table[CODE_COUNT];

#endif
