/* Terminals that do not speak UTF-8: EUC-JP and Shift_JIS of older systems in Japan. Inside everything is UTF-8; what goes to such a terminal, or
 * comes from it, is converted here by the C library's iconv. Files, and CSV, XML and HTML wherever they go, stay UTF-8. */
#ifndef TUI_TERM_CHARSET_H
#define TUI_TERM_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct charset;

/* NULL: that is UTF-8, or nobody here can convert it. Owned by the caller. */
struct charset *charset_new(const char *name);
void charset_free(struct charset *c);
bool charset_has_kanji(struct charset *c);

/* Appends text for the terminal. What it lacks becomes what resembles it, else question marks of the same width. c NULL: as it is. */
void charset_out(struct charset *c, struct buf *out, const char *utf8, size_t n_bytes);
/* Appends what came from the terminal as UTF-8. The beginning of a character whose end has not come yet is kept for the next call;
 * what is no character is dropped. c NULL: as it is. */
void charset_in(struct charset *c, struct buf *out, const char *bytes, size_t n_bytes);

/* The same sign from another row of Unicode: the tables of EUC-JP, Shift_JIS and Windows disagree on some. NULL: there is none. */
const char *charset_twin(const char *utf8, size_t n_bytes);

#endif
