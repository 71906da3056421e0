/* See locale.h. */
#include "tui/app/locale.h"

#include <langinfo.h>
#include <locale.h>
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

enum lang locale_lang(bool utf8)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *term = getenv("TERM");
    if (!utf8 || (term != NULL && strcmp(term, "linux") == 0))
        return LANG_EN;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const char *value = getenv(NAMES[i]);
        if (value == NULL || value[0] == '\0')
            continue;
        enum lang lang;
        return lang_parse(&lang, value) ? lang : LANG_EN;
    }
    return LANG_EN;
}
