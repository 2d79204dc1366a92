/* codes.c: the table of what the core can find. */
#include "base/codes.h"

const struct code_info code_table[CODE_COUNT] = {
#define X(name, id, severity, meaning, advice) [CODE_##name] = { id, severity, meaning, advice },
	CODES(X)
#undef X
};
