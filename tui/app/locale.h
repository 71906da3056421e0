/* What the environment says about characters and language. */
#ifndef TUI_APP_LOCALE_H
#define TUI_APP_LOCALE_H

#include <stdbool.h>

#include "i18n/catalog.h"

/* Calls setlocale, falling back to any UTF-8 locale for characters when the environment names none (LANG unset, LANG=C, a locale that is not
 * installed). false: this system has none; then only ASCII can be shown. Numbers stay in the C form. */
bool locale_init(void);

/* The language that the environment asks for; English when it says nothing, and where Japanese cannot be shown: without UTF-8, and
 * on the kernel's console (TERM=linux), which has no kanji. */
enum lang locale_lang(bool utf8);

#endif
