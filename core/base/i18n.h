/* i18n.h: messages in the user's language, through gettext. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

/*
 * Chooses the language from the environment and binds the catalogue that lies
 * in `locale_dir`. A locale that is named but not generated on this system
 * (zh_CN.UTF-8 on a fresh Debian) still chooses its language.
 */
void i18n_init(const char *locale_dir);

/*
 * Texts that go into a bundle must not depend on who packs it: between
 * i18n_chinese(1) and i18n_chinese(0) messages are Chinese for everyone.
 */
void i18n_chinese(int on);

#endif
