/* See locale.h. */
#include "tui/app/locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tui/term/charset.h"

static bool is_utf8(const char *codeset)
{
    return strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "utf8") == 0;
}

/* The first of these variables that is set to something, as the C library looks them up; "" for none. */
static const char *first_of(const char *category)
{
    const char *const names[] = {"LC_ALL", category, "LANG"};
    const char *locale = "";
    for (size_t i = 0; locale[0] == '\0' && i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        locale = value != NULL ? value : "";
    }
    return locale;
}

static bool is_plain(const char *locale)
{
    return locale[0] == '\0' || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

/* What the environment calls the terminal's characters: ja_JP.eucJP@x -> eucJP; "" for UTF-8 and for names that do not say. */
static void name_charset(struct locale_found *l, const char *locale)
{
    const char *dot = strchr(locale, '.');
    if (dot != NULL)
        snprintf(l->name, sizeof l->name, "%.*s", (int)strcspn(dot + 1, "@"), dot + 1);
    if (is_utf8(l->name))
        l->name[0] = '\0';
}

void locale_init(struct locale_found *out)
{
    static const char *const FALLBACKS[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "ja_JP.UTF-8"};
    const char *locale = first_of("LC_CTYPE"), *term = getenv("TERM");
    *out = (struct locale_found){.ascii = is_plain(locale), .kernel = term != NULL && strcmp(term, "linux") == 0};
    bool found = setlocale(LC_ALL, "") != NULL;
    if (!found)
        setlocale(LC_ALL, "C");
    setlocale(LC_NUMERIC, "C");
    const char *codeset = nl_langinfo(CODESET);
    /* "ja_JP" alone may be EUC-JP: the C library knows. musl says UTF-8 to everything: then the name counts. */
    if (!out->ascii && found && !is_utf8(codeset)) {
        out->charset = charset_new(codeset);
        out->native = out->charset != NULL && charset_has_kanji(out->charset);
        snprintf(out->name, sizeof out->name, "%s", codeset);
    } else if (!out->ascii) {
        name_charset(out, locale);
        out->charset = out->name[0] != '\0' ? charset_new(out->name) : NULL;
    }
    for (size_t i = 0; !out->native && !is_utf8(nl_langinfo(CODESET)) && i < sizeof FALLBACKS / sizeof FALLBACKS[0]; i++)
        setlocale(LC_CTYPE, FALLBACKS[i]);
    out->utf8 = is_utf8(nl_langinfo(CODESET));
    if (!out->utf8 && out->name[0] == '\0')
        snprintf(out->name, sizeof out->name, "%s", "ASCII");
}

void locale_release(struct locale_found *l)
{
    charset_free(l->charset);
    *l = (struct locale_found){0};
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

enum lang locale_wish(void)
{
    enum lang lang = LANG_EN;
    const char *locale = first_of("LC_MESSAGES");
    if (!from_language(&lang, locale) && !lang_parse(&lang, locale))
        return LANG_EN;
    return lang;
}

enum lang locale_lang(const struct locale_found *l, bool full_screen)
{
    bool foreign = l->name[0] != '\0';
    bool can = !l->kernel && (foreign ? l->charset != NULL && charset_has_kanji(l->charset) : l->utf8);
    if (full_screen && foreign && !l->native)
        can = false;
    return can ? locale_wish() : LANG_EN;
}
