/* A grid of cells that screens draw into. Only tui/term/term.c sends it to a terminal, so every screen can be drawn and compared as
 * text. A cell holds one grapheme cluster; a wide one takes two cells, and no operation ever leaves half of it behind.
 *
 * Drawing goes through an area: a clipped window with its own coordinates, passed by value. Rows and columns outside of it are simply not
 * drawn, so scrolled content may start at a negative row. Text must be valid UTF-8; control characters are drawn as '?'. */
#ifndef TUI_TERM_CANVAS_H
#define TUI_TERM_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/term/style.h"

struct buf;

enum { CELL_BYTES = 22 };

struct cell {
    char text[CELL_BYTES]; /* one cluster, NUL-terminated; "" in the right half of a wide one */
    unsigned char width;   /* 1, 2; 0 in the right half of a wide one */
    unsigned char style;   /* enum role, perhaps with STYLE_SELECTED */
};

struct canvas {
    int rows, cols;
    struct cell *cell;          /* owned: rows * cols */
    int cursor_row, cursor_col; /* -1: no cursor is shown */
};

void canvas_init(struct canvas *cv, int rows, int cols); /* blank */
void canvas_release(struct canvas *cv);
void canvas_clear(struct canvas *cv);
const struct cell *canvas_cell(const struct canvas *cv, int row, int col);
/* The screen as people see it: a line for each row, blanks at the ends cut. */
void canvas_to_text(struct buf *out, const struct canvas *cv);
/* The same grid as style letters (style_letter), one for each column. */
void canvas_to_styles(struct buf *out, const struct canvas *cv);

struct area {
    struct canvas *cv;
    int row, col; /* of its first cell on the canvas */
    int rows, cols;
};

struct area area_all(struct canvas *cv);
/* A part of an area, clipped to it. */
struct area area_sub(struct area a, int row, int col, int rows, int cols);

/* Draws one line, at most to the right edge; returns the column after it (col when nothing could be drawn). */
int area_put(struct area a, int row, int col, unsigned style, const char *s);
/* The same for n_bytes of text in at most n_cols columns. */
int area_put_n(struct area a, int row, int col, int n_cols, unsigned style, const char *s, size_t n_bytes);
/* Cut with ".." when it takes more than n_cols, else padded with blanks; returns col + n_cols. */
int area_put_fit(struct area a, int row, int col, int n_cols, unsigned style, const char *s);
int area_printf(struct area a, int row, int col, unsigned style, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Ends at the right edge; returns the column where it starts. */
int area_put_right(struct area a, int row, unsigned style, const char *s);

void area_fill(struct area a, unsigned style);                          /* blanks */
void area_select(struct area a, int row);                               /* marks a whole row as selected */
void area_hline(struct area a, int row, unsigned style, const char *g); /* g: one column */
void area_vline(struct area a, int col, unsigned style, const char *g);
void area_cursor(struct area a, int row, int col); /* shows the terminal's cursor there, if inside */

#endif
