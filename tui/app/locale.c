/* See locale.h. */
#include "tui/app/locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool locale_init(void)
{
    static const char *const FALLBACKS[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "ja_JP.UTF-8"};
    if (setlocale(LC_ALL, "") == NULL)
        setlocale(LC_ALL, "C");
    setlocale(LC_NUMERIC, "C");
    for (size_t i = 0; !is_utf8() && i < sizeof FALLBACKS / sizeof FALLBACKS[0]; i++)
        setlocale(LC_CTYPE, FALLBACKS[i]);
    return is_utf8();
}

/* LANGUAGE goes before the locale, as gettext has it, unless the locale is plain C: who sets that wants no language. The C library
 * itself ignores LANGUAGE in C.UTF-8 since glibc 2.39; for us a locale without language says nothing, and LANGUAGE may. */
static bool from_language(enum lang *out, const char *locale)
{
    const char *list = getenv("LANGUAGE");
    char first[16];
    if (list == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return false;
    snprintf(first, sizeof first, "%.*s", (int)strcspn(list, ":"), list);
    return lang_parse(out, first);
}

enum lang locale_lang(bool utf8)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *term = getenv("TERM"), *locale = "";
    enum lang lang = LANG_EN;
    if (!utf8 || (term != NULL && strcmp(term, "linux") == 0))
        return LANG_EN;
    for (size_t i = 0; locale[0] == '\0' && i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const char *value = getenv(NAMES[i]);
        locale = value != NULL ? value : "";
    }
    if (!from_language(&lang, locale) && !lang_parse(&lang, locale))
        return LANG_EN;
    return lang;
}
