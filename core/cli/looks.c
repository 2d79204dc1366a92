/* looks.c: formats by name, and their templates. */
#include "cli/looks.h"

#include "base/file.h"
#include "base/i18n.h"

int looks_check(const char *const *names, size_t count, struct arena *arena, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!format_find(names[i])) {
			const char *known = "";
			for (size_t k = 0; format_table[k]; k++)
				if (!format_table[k]->internal)
					known = arena_printf(arena, "%s%s%s", known,
					    *known ? ", " : "", format_table[k]->name);
			return err_set(err, ERR_USAGE, _("there is no format '%s'; there are %s"),
			    names[i], known);
		}
	return 0;
}

int looks_render(const struct templates *templates, const struct format *format,
    const struct report *report, struct findings *findings, struct buf *out, struct err *err)
{
	struct buf look = { 0 };
	int rc = 0;
	if (format->template && format->own_template) {
		const char *own = template_find(templates, format->template, findings->arena);
		rc = own ? file_read(own, 64 << 20, &look, err) : 0;
	} else if (format->template) {
		rc = template_read(templates, format->template, &look, err);
	}
	struct setting setting = { .look = buf_str(&look),
		.look_size = look.len,
		.arena = findings->arena,
		.findings = findings };
	if (rc == 0)
		rc = format->render(report, &setting, out, err);
	buf_release(&look);
	return rc;
}
