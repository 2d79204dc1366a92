/* clause.h: where a clause (between ，。；：！？) begins and ends: nothing is read across. */
#ifndef REVIEW_CLAUSE_H
#define REVIEW_CLAUSE_H

#include <stddef.h>

/* Start of the clause that byte `at` stands in, looking back `most` bytes at most. */
size_t clause_start(const char *text, size_t at, size_t most);

/* Its end, before the mark that ends it, looking `most` bytes ahead at most. */
size_t clause_end(const char *text, size_t size, size_t at, size_t most);

#endif
