/* reference.c: finding {{…}} in a narrative and the value it stands for. */
#include "intake/reference.h"

#include "base/utf8.h"

#include <string.h>

int reference_next(const char *text, struct reference *reference)
{
	for (const char *open = text; *open; open++) {
		if (open[0] != '{' || open[1] != '{')
			continue;
		/* A name stands on one line and holds no braces: one pass, whatever comes. */
		const char *from = open + 2, *to = from;
		while (*to && *to != '{' && *to != '}' && *to != '\n')
			to++;
		if (to[0] != '}' || to[1] != '}')
			continue;
		reference->start = open;
		reference->end = to + 2;
		/* {{{x}}} means the same. */
		while (reference->start > text && reference->start[-1] == '{' &&
		       *reference->end == '}') {
			reference->start--;
			reference->end++;
		}
		for (const char *p = from; p < to; from = p)
			if (!utf8_is_space(utf8_next(&p, to)))
				break;
		while (to > from && utf8_is_space(utf8_before(from, to))) {
			do
				to--;
			while (to > from && ((unsigned char)*to & 0xC0) == 0x80);
		}
		size_t n = (size_t)(to - from);
		if (n >= sizeof reference->name)
			n = 0;
		memcpy(reference->name, from, n);
		reference->name[n] = '\0';
		return 1;
	}
	return 0;
}

const struct nb_value *reference_value(const struct submission *submission,
    const struct written *written, const char *name, const struct written **in)
{
	const char *dot = strchr(name, '.');
	*in = written;
	if (dot) {
		*in = NULL;
		for (size_t i = 0; i < submission->written_count; i++) {
			const char *id = submission->written[i].chapter->id;
			if (strlen(id) == (size_t)(dot - name) &&
			    strncmp(id, name, strlen(id)) == 0)
				*in = &submission->written[i];
		}
		name = dot + 1;
	}
	if (!*in)
		return NULL;
	for (size_t i = 0; i < (*in)->chapter->figure_count; i++)
		if (strcmp((*in)->values[i].id, name) == 0)
			return &(*in)->values[i];
	return NULL;
}
