/* codes_page.h: docs/findings.md, made from the tables that the program uses. */
#ifndef CLI_CODES_PAGE_H
#define CLI_CODES_PAGE_H

#include "cli/cli.h"

/* Prints every code of core and chapters found as a Markdown page; returns the exit status. */
int codes_page(struct cli *cli);

#endif
