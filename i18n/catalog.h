/* Messages of the interface. The English text is the id; other languages come from PO files compiled to .mo and embedded
 * in the program, so that no locale, no file and no environment variable is needed (glibc >= 2.39 ignores LANGUAGE in C.UTF-8,
 * musl always does). The reader checks every offset, length, NUL and the sort order before it trusts a catalogue. */
#ifndef I18N_CATALOG_H
#define I18N_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/lang.h"

struct catalog; /* immutable once opened; may be shared by threads */

/* The built-in catalogue of a language; English is the empty catalogue. Never NULL. */
const struct catalog *catalog_for(enum lang lang);
enum lang catalog_lang(const struct catalog *cat);
const char *lang_code(enum lang lang);                  /* "en", "ja" */
bool lang_parse(enum lang *out, const char *code);       /* accepts ja, ja_JP.UTF-8, en_GB, ...; false: not one of ours */

/* Opens a .mo image (borrowed for the life of the result). false if anything in it is out of bounds or out of order. */
bool catalog_open(struct catalog **out, enum lang lang, const void *mo, size_t n_bytes);
void catalog_free(struct catalog *cat);

/* Translation of id, or id itself. Borrowed for ever. The xgettext keywords are T:2 and TC:2c,3 and TN:2,3. format_arg: where the result is a
 * format, the compiler holds the arguments to the English one (and msgfmt holds the translation to the English). */
const char *catalog_get(const struct catalog *cat, const char *id) __attribute__((format_arg(2)));
const char *catalog_get_in(const struct catalog *cat, const char *context, const char *id)
    __attribute__((format_arg(3)));
const char *catalog_get_n(const struct catalog *cat, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2), format_arg(3)));

#define T(cat, id)             catalog_get((cat), (id))
#define TC(cat, context, id)   catalog_get_in((cat), (context), (id))
#define TN(cat, one, many, n)  catalog_get_n((cat), (one), (many), (n))
#define N_(id)                 (id) /* marks a string in a table for xgettext */

#endif
