/* Text as people see it: bytes, code points, grapheme clusters and columns are four different numbers, and this is the
 * only place that knows how they relate (libunistring: UAX #11 widths, UAX #14 line breaks with kinsoku, UAX #29 clusters).
 *
 * Strings are UTF-8. Except for text_valid and text_clean every function expects valid UTF-8 without control characters
 * other than line feed; text_clean makes that out of anything. Characters of ambiguous width count as one column; what a
 * terminal with wide ambiguous characters needs is done where cells are sent to it (tui/term). */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

bool text_valid(const char *s, size_t n_bytes); /* well-formed UTF-8, no NUL */

/* Columns of one line (a line feed counts 0). */
int text_columns(const char *s, size_t n_bytes);
int text_width(const char *s); /* the same for a NUL-terminated string */

/* Boundaries of grapheme clusters: the next one after i, the last one before i, both in bytes; n_bytes or 0 at the ends. */
size_t text_next(const char *s, size_t n_bytes, size_t i);
size_t text_prev(const char *s, size_t n_bytes, size_t i);

/* Length in bytes of the longest prefix of whole clusters that takes at most n_cols columns. */
size_t text_cut(const char *s, size_t n_bytes, int n_cols);
/* Length in bytes of the longest prefix of at most max bytes that ends at a character (not cluster) boundary. */
size_t text_floor(const char *s, size_t n_bytes, size_t max);

/* Appends s, cut to n_cols with ".." at the end when something was cut, padded with blanks to n_cols when pad. */
void text_fit(struct buf *out, const char *s, int n_cols, bool pad);

struct text_line {
    size_t start; /* byte offset into the text */
    size_t len;   /* bytes shown: without the line feed and trailing blanks at the break */
    size_t next;  /* byte offset where the next line starts */
    int cols;
};

struct text_lines {
    struct text_line *line; /* owned */
    size_t n;
    size_t cap;
};

/* Breaks a text into lines of at most n_cols columns (at least 2): at line feeds, else by UAX #14, else, in a word longer than a
 * line, between clusters. An empty text has one empty line; a text that ends in a line feed has an empty last line.
 * Replaces what out held. */
void text_wrap(struct text_lines *out, const char *s, size_t n_bytes, int n_cols);
void text_lines_release(struct text_lines *lines);

/* Appends s with mark wherever a line may be broken beside a wide character (UAX #14, so never before 。 or a small kana): for typesetters
 * that know of blanks only. */
void text_mark_breaks(struct buf *out, const char *s, const char *mark);

enum text_clean {
    TEXT_ONE_LINE,  /* line breaks and tabs become one blank */
    TEXT_MULTI_LINE /* CR LF and CR become LF; tabs become blanks */
};
/* Appends foreign text made harmless: invalid bytes become U+FFFD; control characters (C0, DEL, C1), bidi controls, zero-width
 * and other format characters except ZWJ and variation selectors inside a cluster, private-use, unassigned line and paragraph separators
 * are removed; NFC. The one function through which text from files, the clipboard and the environment passes. */
void text_clean(struct buf *out, const char *s, size_t n_bytes, enum text_clean mode);

/* Does haystack contain needle, ignoring case, width (full/half) and kana form as NFKC casefolding does? For search. */
bool text_contains(const char *haystack, const char *needle);

/* Name and version of the library in use. */
void text_library(struct buf *out);

#endif
