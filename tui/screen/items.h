/* A section tab: what its three files share. items.c is the screen, items_list.c the list of items, items_detail.c the item in full. */
#ifndef TUI_SCREEN_ITEMS_H
#define TUI_SCREEN_ITEMS_H

#include "tui/app/app.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

struct items {
    int section;
    int item; /* selected: index in the checklist; stays when a filter hides it until the selection moves */
    int top;
    int detail_top;
    bool zoom; /* the detail takes the whole screen */
};

/* Items of the section that the filter lets through, in order; returns how many (out: at least ITEMS_MAX). */
int items_visible(const struct app *app, int section, int *out);
/* Row of an item among those, or of the nearest before it. */
int items_row(const int *visible, int n, int item);
void items_draw_list(const struct app *app, const struct items *st, struct area a);
/* What the filter shows, for the line above the list: "" when it shows all. */
const char *items_filter_name(const struct app *app);

/* Gauge, digit and basis: eleven columns whatever the state, so that what follows stands under each other. Returns the column after it. */
int items_draw_answer(const struct app *app, const struct answer *x, struct area a, int row, int col);
/* One letter for the basis in the person's language; "" when none. */
const char *items_basis_letter(const struct app *app, enum basis basis);
const char *items_basis_name(const struct app *app, enum basis basis);

/* Everything about an item, wrapped to cols. Lines of level n are tagged n. */
void items_build_detail(const struct app *app, int item, int cols, struct page *p);

/* Where list and detail are in the content: side by side from ITEMS_WIDE columns on. */
enum { ITEMS_WIDE = 110 };
struct items_layout {
    struct area list, rule, detail; /* cv is NULL when only sizes are wanted */
    bool side;
};
struct items_layout items_layout(const struct app *app, const struct items *st, struct area a);

/* items_more.c: who said so (or whom to ask); the target level with its reason. */
void items_next_person(struct app *app, int item);
void items_ask_target(struct app *app, int item);

#endif
