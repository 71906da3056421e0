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
/* The whole of both answers, from a line on. Returns the greatest line that it makes sense to begin with. */
int beside_draw(const struct app *app, struct area a, int top, const struct ck_item *item, const struct side *left, const struct side *right);

#endif
