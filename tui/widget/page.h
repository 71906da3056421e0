/* A page of styled text, built line by line and then drawn from any line on: the detail of an item, the help, a playbook. Built anew for each
 * drawing; cheap. Zeroed is an empty page. */
#ifndef TUI_WIDGET_PAGE_H
#define TUI_WIDGET_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "tui/app/action.h"
#include "tui/term/canvas.h"

struct page_span {
    int line, col;
    unsigned style;
    size_t at, len; /* in text */
};

struct page {
    int cols; /* set before text is added: where lines wrap */
    int n_lines;
    struct buf text;
    struct page_span *span; /* owned */
    size_t n_spans, cap;
    int *tag; /* owned; for each line, for mouse clicks; 0: none */
    int n_tags;
};

void page_release(struct page *p);
void page_line(struct page *p); /* starts a new, empty line (also the first) */
/* On the present line at a column; not wrapped. Returns the column after it. */
int page_put(struct page *p, int col, unsigned style, const char *s);
/* Wraps a text between column indent and the right edge. The first line goes on the present line, the others on new ones. */
void page_wrap(struct page *p, int indent, unsigned style, const char *s);
/* A label at column 0 and a text wrapped beside it, starting on a new line. */
void page_item(struct page *p, int indent, unsigned label_style, const char *label, unsigned style, const char *s);
void page_gap(struct page *p); /* an empty line, if the page is not empty and has none at its end */
void page_tag(struct page *p, int first_line, int tag); /* for the lines from first_line to the present one */
int page_tag_at(const struct page *p, int line);

/* The greatest line that it makes sense to begin with in n_rows rows. */
int page_max_top(const struct page *p, int n_rows);
/* The first line after UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST or LAST in n_rows rows. */
int page_scroll(const struct page *p, int top, int n_rows, enum act action);
void page_draw(const struct page *p, struct area a, int top);

#endif
