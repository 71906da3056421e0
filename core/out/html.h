/* HTML that is one file: no script, no outside reference, escaped text, a style that prints well on A4. For reports. It is written so
 * that it is well-formed XML too: every tool can check it and read it. */
#ifndef CORE_OUT_HTML_H
#define CORE_OUT_HTML_H

#include <stdbool.h>

struct buf;

/* Text into content or a quoted attribute: & < > " ' escaped, line feeds kept. */
void html_text(struct buf *out, const char *s);
/* The same with a line break for each line feed. */
void html_lines(struct buf *out, const char *s);
/* <TAG ATTRIBUTES>TEXT</TAG> and a line feed; attributes (or NULL) as they stand, text escaped. */
void html_element(struct buf *out, const char *tag, const char *attributes, const char *text);
/* Up to and with <body>; and from </body>. lang: "ja" or "en". */
void html_begin(struct buf *out, const char *lang, const char *title);
void html_end(struct buf *out);
/* A grade as a letter on its colour; the letter is always there. rank: 0 the best; < 0: none, shown as a dash. class: one more, or "". */
void html_grade(struct buf *out, int rank, int n_grades, char letter, const char *class);
/* A bar of n to 100 per cent; nothing is said by it that the text beside it does not say, so it is hidden from readers of the screen. */
void html_bar(struct buf *out, int tenths);

#endif
