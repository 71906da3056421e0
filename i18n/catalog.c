/* See catalog.h. The built-in catalogues are part of the program: a test opens them through the checks below, so that looking
 * up may trust them and nothing has to be remembered at run time (switching the language changes one pointer). */
#include "i18n/catalog.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/embed.h"
#include "core/base/mem.h"
#include "core/base/text.h"

/* Layout of a .mo file, little-endian, revision 0 (GNU gettext manual, "The Format of GNU MO Files"): a header, then two tables
 * of (length, offset), one for ids and one for translations. A plural id is "one NUL many", its translation the forms
 * with NUL between them. */
enum { MO_COUNT = 8, MO_IDS = 12, MO_TEXTS = 16, MO_HEADER = 28, MO_ENTRY = 8 };
enum { MO_MAX_BYTES = 16 * 1024 * 1024 };
static const uint32_t MO_MAGIC = 0x950412deU;

struct catalog {
    enum lang lang;
    const unsigned char *mo; /* borrowed; NULL: no translations, every id stands for itself */
};

/* How many plural forms a language has and which one a number takes; tests hold them to the PO header. */
static const int n_forms[LANG_COUNT] = {[LANG_EN] = 2, [LANG_JA] = 1};

static int plural_form(enum lang lang, unsigned long n)
{
    return n_forms[lang] == 1 || n == 1 ? 0 : 1;
}

static const struct {
    const char *code;
    struct catalog catalog;
} builtin[LANG_COUNT] = {
    [LANG_EN] = {"en", {LANG_EN, NULL}},
    [LANG_JA] = {"ja", {LANG_JA, (const unsigned char *)embed_ja_mo}},
};

const struct catalog *catalog_for(enum lang lang)
{
    return &builtin[lang].catalog;
}

enum lang catalog_lang(const struct catalog *cat)
{
    return cat->lang;
}

const char *lang_code(enum lang lang)
{
    return builtin[lang].code;
}

bool lang_parse(enum lang *out, const char *code)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        size_t n = strlen(builtin[i].code);
        /* strchr also finds the NUL that ends the set: the bare code. */
        if (strncasecmp(code, builtin[i].code, n) == 0 && strchr("_-.@", code[n]) != NULL) {
            *out = (enum lang)i;
            return true;
        }
    }
    return false;
}

static uint32_t u32(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The string at row of the table that the header names at which (MO_IDS or MO_TEXTS). */
static const char *string_at(const unsigned char *mo, int which, size_t row, size_t *n_bytes)
{
    const unsigned char *entry = mo + u32(mo + which) + row * MO_ENTRY;
    *n_bytes = u32(entry);
    return (const char *)mo + u32(entry + 4);
}

static bool table_fits(const unsigned char *mo, int which, size_t rows, size_t n_bytes)
{
    size_t at = u32(mo + which);
    return at <= n_bytes && rows <= (n_bytes - at) / MO_ENTRY;
}

/* In bounds, ended by NUL, every part of it UTF-8; gives the number of parts. */
static bool string_good(const unsigned char *mo, int which, size_t row, size_t n_bytes, int *parts)
{
    size_t len = 0;
    const unsigned char *entry = mo + u32(mo + which) + row * MO_ENTRY;
    size_t at = u32(entry + 4);
    if (at >= n_bytes || u32(entry) >= n_bytes - at)
        return false;
    const char *s = string_at(mo, which, row, &len);
    if (s[len] != '\0')
        return false;
    *parts = 0;
    for (size_t i = 0; i <= len; i += strlen(s + i) + 1) {
        if (!text_valid(s + i, strlen(s + i)))
            return false;
        ++*parts;
    }
    return true;
}

static bool entries_good(const unsigned char *mo, size_t rows, size_t n_bytes, enum lang lang)
{
    const char *last = NULL;
    for (size_t i = 0; i < rows; i++) {
        int ids = 0, texts = 0;
        size_t len = 0;
        if (!string_good(mo, MO_IDS, i, n_bytes, &ids) || !string_good(mo, MO_TEXTS, i, n_bytes, &texts))
            return false;
        if (ids > 2 || texts != (ids == 2 ? n_forms[lang] : 1))
            return false;
        const char *id = string_at(mo, MO_IDS, i, &len);
        if (last != NULL && strcmp(last, id) >= 0)
            return false;
        last = id;
    }
    return true;
}

bool catalog_open(struct catalog **out, enum lang lang, const void *mo, size_t n_bytes)
{
    const unsigned char *p = mo;
    if (n_bytes < MO_HEADER || n_bytes > MO_MAX_BYTES || u32(p) != MO_MAGIC || u32(p + 4) != 0)
        return false;
    size_t rows = u32(p + MO_COUNT);
    if (!table_fits(p, MO_IDS, rows, n_bytes) || !table_fits(p, MO_TEXTS, rows, n_bytes))
        return false;
    if (!entries_good(p, rows, n_bytes, lang))
        return false;
    struct catalog *cat = xcalloc(1, sizeof *cat);
    *cat = (struct catalog){lang, p};
    *out = cat;
    return true;
}

void catalog_free(struct catalog *cat)
{
    free(cat);
}

/* Compares an id of the catalogue with context EOT id, or with id alone when context is NULL. */
static int id_cmp(const char *have, const char *context, const char *id)
{
    if (context == NULL)
        return strcmp(have, id);
    size_t n = strlen(context);
    int c = strncmp(have, context, n);
    if (c != 0)
        return c;
    if (have[n] != '\004')
        return (unsigned char)have[n] < 4 ? -1 : 1;
    return strcmp(have + n + 1, id);
}

/* The translation (its first form) with the length of all its forms, or NULL. */
static const char *look_up(const struct catalog *cat, const char *context, const char *id, size_t *n_bytes)
{
    /* The empty id is the header of the PO file, which is nobody's message. */
    if (cat->mo == NULL || id[0] == '\0')
        return NULL;
    size_t low = 0, high = u32(cat->mo + MO_COUNT), len = 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = id_cmp(string_at(cat->mo, MO_IDS, mid, &len), context, id);
        if (c == 0)
            return string_at(cat->mo, MO_TEXTS, mid, n_bytes);
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const char *catalog_get(const struct catalog *cat, const char *id)
{
    size_t len = 0;
    const char *text = look_up(cat, NULL, id, &len);
    return text != NULL ? text : id;
}

const char *catalog_get_in(const struct catalog *cat, const char *context, const char *id)
{
    size_t len = 0;
    const char *text = look_up(cat, context, id, &len);
    return text != NULL ? text : id;
}

const char *catalog_get_n(const struct catalog *cat, const char *one, const char *many, unsigned long n)
{
    size_t len = 0;
    const char *text = look_up(cat, NULL, one, &len);
    if (text == NULL)
        return plural_form(LANG_EN, n) == 0 ? one : many;
    /* A plain message of the same id has one form for every number. */
    const char *end = text + len;
    for (int form = plural_form(cat->lang, n); form > 0 && text + strlen(text) < end; form--)
        text += strlen(text) + 1;
    return text;
}
