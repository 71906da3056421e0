/* Two answers to one item side by side: for comparing files and for deciding between them. */
#ifndef TUI_SCREEN_BESIDE_H
#define TUI_SCREEN_BESIDE_H

#include "tui/app/app.h"
#include "tui/widget/page.h"

struct side {
    const char *name;           /* of the column: "this file" */
    const struct assessment *a; /* whose people are meant */
    const struct answer *x;
};

/* Item, levels and columns: " 2-6  ■■■□□ 3 E  ■■□□□ 2 I  Asset inventory". Both answers beside each other, then `sign` (at most 3 columns) and the label. */
enum { BESIDE_SIGN = 3 };
void beside_row(const struct app *app, struct area a, int row, const struct ck_item *item, const struct answer *left, const struct answer *right,
                const char *sign, unsigned sign_style, bool selected);
/* The heads of those columns. */
void beside_heads(const struct app *app, struct area a, int row, const char *left, const char *right);
/* Below a rule with the item's name: the whole of both answers, from a line on (no further than makes sense). */
void beside_draw(const struct app *app, struct area a, int top, const struct ck_item *item, const struct side *left, const struct side *right);
/* The line to begin with after ACT_DETAIL_DOWN or ACT_DETAIL_UP, in an area of this size. */
int beside_scroll(const struct app *app, struct area a, int top, enum act action, const struct ck_item *item, const struct side *left,
                  const struct side *right);

/* A head, a list of n and the pair below share a.rows: how many the list gets. Where that leaves too little for the pair (beside_room: false),
 * it takes the whole area when it is opened. */
enum { BESIDE_HEAD = 4 };
int beside_list_rows(int rows, int n);
bool beside_room(int rows, int n);

#endif
