/* suspect.c: what is said of a zip before, and besides, reading what is in it. */
#include "intake/suspect.h"

#include "base/file.h"
#include "base/i18n.h"

#include <string.h>

/* Faults told one by one; a zip may have as many as it has entries. */
#define TOLD_MAX ((size_t)20)

struct store_limits suspect_limits(const struct workspace *ws)
{
	struct store_limits limits = store_limits_suspect;
	if (ws) {
		limits.files = ws->limits.files;
		limits.depth = (unsigned)ws->limits.depth;
		limits.total_bytes = ws->limits.megabytes * UINT64_C(1048576);
		limits.ratio = ws->limits.ratio;
		limits.name_bytes = ws->limits.name_bytes;
	}
	return limits;
}

/* ---- whose it is ------------------------------------------------------- */

static int begins_with_id(const char *text, const char *id)
{
	size_t n = strlen(id);
	return strncmp(text, id, n) == 0 && (text[n] == '\0' || strchr("/.-_", text[n]));
}

/* How much of the path speaks for the department: length of its id or name, 0 for nothing. */
static size_t speaks_for(const struct department *department, const char *path)
{
	const char *first = strchr(path, '/') ? strchr(path, '/') + 1 : path;
	if (begins_with_id(first, department->id) ||
	    begins_with_id(path_base(path), department->id))
		return strlen(department->id);
	return *department->name && strstr(first, department->name) ? strlen(department->name) : 0;
}

const char *suspect_department(const struct workspace *ws, const char *path)
{
	const struct department *best = NULL;
	size_t most = 0;
	int twice = 0;
	for (size_t i = 0; ws && i < ws->department_count; i++) {
		const struct department *department = &ws->departments[i];
		size_t n = speaks_for(department, path);
		if (n == 0)
			continue;
		/* "县公安局" within "县公安局交警大队" is the longer one; any other two are a
		 * riddle. */
		if (best && !strstr(best->name, department->name) &&
		    !strstr(department->name, best->name) && !strstr(best->id, department->id) &&
		    !strstr(department->id, best->id))
			twice = 1;
		if (n > most) {
			most = n;
			best = department;
		}
	}
	return best && !twice ? best->id : NULL;
}

/* ---- what speaks against it -------------------------------------------- */

int suspect_refused(
    const struct intake_context *context, const char *label, const struct store *store)
{
	size_t count;
	const struct store_fault *faults = store_faults(store, &count);
	const char *department = suspect_department(context->workspace, label);
	size_t told = count <= TOLD_MAX + 1 ? count : TOLD_MAX;
	for (size_t i = 0; i < told; i++) {
		const struct store_fault *fault = &faults[i];
		/* What the limits forbid, the office may allow. */
		enum code code =
		    fault->kind == STORE_FAULT_LIMIT ? CODE_INTAKE_LIMIT : CODE_INTAKE_UNSAFE_ZIP;
		findings_add(context->findings,
		    &(struct finding){ .code = code_table[code].id,
		        .severity = code_table[code].severity,
		        .department = department,
		        .at = { label, 0, 0 },
		        .subject = fault->name,
		        .message = fault->name ? N_("the zip is refused for '%s'")
		                               : N_("the zip is refused"),
		        .args = { fault->name },
		        .why = fault->problem });
	}
	if (told < count)
		FIND(context->findings, INTAKE_UNSAFE_ZIP, department, AT(label, 0, 0), NULL,
		    N_("the zip is refused for %s more of its entries"),
		    arena_printf(context->arena, "%zu", count - told));
	return count > 0;
}

/* ---- notes ------------------------------------------------------------- */

void suspect_notes(const struct intake_context *context, const struct submission *submission)
{
	size_t count, litter = 0;
	const struct store_file *files = store_files(submission->store, &count);
	const char *first = NULL, *charset = store_charset(submission->store);
	const char *department = submission->department ? submission->department->id : NULL;
	/* In a folder they may be of the office's own making. */
	for (size_t i = 0; i < count && store_is_zip(submission->store); i++)
		if (files[i].litter && litter++ == 0)
			first = files[i].name;
	if (litter == 1)
		FIND(context->findings, INTAKE_LITTER, department, AT(submission->label, 0, 0),
		    first, N_("'%s' is ignored"), first);
	else if (litter)
		FIND(context->findings, INTAKE_LITTER, department, AT(submission->label, 0, 0),
		    first, N_("'%s' and %s more of the kind are ignored"), first,
		    arena_printf(context->arena, "%zu", litter - 1));
	if (charset && strcmp(charset, "UTF-8") != 0)
		FIND(context->findings, INTAKE_ZIP_NAMES, department, AT(submission->label, 0, 0),
		    charset, N_("the names in this zip were read as %s"), charset);
}
