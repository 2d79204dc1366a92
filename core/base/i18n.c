/* i18n.c: which language messages are in. */
#include "base/i18n.h"

#include "base/arena.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* glibc's documented way to make gettext look at LANGUAGE again. */
extern int _nl_msg_cat_cntr;

/* What the environment asks of messages, by POSIX's order of precedence. */
static const char *asked_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "";
}

void i18n_init(const char *locale_dir)
{
	const char *asked = asked_locale();
	/* Only words and characters follow the locale; numbers in our files never do. */
	if (!setlocale(LC_CTYPE, "") || !setlocale(LC_MESSAGES, "")) {
		setlocale(LC_CTYPE, "C.UTF-8");
		setlocale(LC_MESSAGES, "C.UTF-8");
		if (strlen(asked) > 1 && asked[1] != '.' && !getenv("LANGUAGE")) {
			struct arena scratch = { 0 };
			setenv("LANGUAGE", arena_strndup(&scratch, asked, strcspn(asked, ".@")), 1);
			arena_release(&scratch);
		}
	}
	bindtextdomain("nianbao", locale_dir);
	bind_textdomain_codeset("nianbao", "UTF-8");
	textdomain("nianbao");
}

void i18n_chinese(int on)
{
	static char before[128];
	static char locale[128];
	if (on) {
		const char *language = getenv("LANGUAGE");
		strncpy(before, language ? language : "", sizeof before - 1);
		strncpy(locale, setlocale(LC_MESSAGES, NULL), sizeof locale - 1);
		/* In the locale "C" gettext never translates, whatever LANGUAGE says. */
		setlocale(LC_MESSAGES, "C.UTF-8");
		setenv("LANGUAGE", "zh_CN", 1);
	} else {
		setlocale(LC_MESSAGES, locale);
		if (*before)
			setenv("LANGUAGE", before, 1);
		else
			unsetenv("LANGUAGE");
	}
	_nl_msg_cat_cntr++;
}
