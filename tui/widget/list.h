/* A list that scrolls: which row is selected and which is at the top. What a row looks like is its screen's affair. */
#ifndef TUI_WIDGET_LIST_H
#define TUI_WIDGET_LIST_H

#include <stdbool.h>

#include "tui/app/action.h"
#include "tui/term/canvas.h"
#include "tui/term/glyph.h"

struct list {
    int sel, top;
};

/* The top row with which the selection is visible in n_rows rows: what draw uses (draw remembers nothing). */
int list_top(const struct list *l, int n, int n_rows);
/* Moves on UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST; false: not one of these. */
bool list_act(struct list *l, enum act action, int n, int n_rows);
void list_select(struct list *l, int row, int n, int n_rows);
/* A scroll bar in the last column, when not all rows are visible. */
void list_bar(struct area a, int top, int n, enum glyph_set glyphs);

#endif
