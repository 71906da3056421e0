/* See list.h. */
#include "tui/widget/list.h"

static int clamp(int x, int low, int high)
{
    return x > high ? (high > low ? high : low) : x < low ? low : x;
}

int list_top(const struct list *l, int n, int n_rows)
{
    int top = l->top;
    if (l->sel < top)
        top = l->sel;
    if (l->sel >= top + n_rows)
        top = l->sel - n_rows + 1;
    return clamp(top, 0, n - n_rows);
}

void list_select(struct list *l, int row, int n, int n_rows)
{
    l->sel = clamp(row, 0, n - 1);
    l->top = list_top(l, n, n_rows);
}

bool list_act(struct list *l, enum act action, int n, int n_rows)
{
    int page = n_rows > 1 ? n_rows - 1 : 1;
    const struct {
        enum act action;
        int to;
    } MOVES[] = {
        {ACT_UP, l->sel - 1},          {ACT_DOWN, l->sel + 1}, {ACT_PAGE_UP, l->sel - page},
        {ACT_PAGE_DOWN, l->sel + page}, {ACT_FIRST, 0},         {ACT_LAST, n - 1},
    };
    for (size_t i = 0; i < sizeof MOVES / sizeof MOVES[0]; i++) {
        if (MOVES[i].action == action) {
            list_select(l, MOVES[i].to, n, n_rows);
            return true;
        }
    }
    return false;
}

void list_bar(struct area a, int top, int n, enum glyph_set glyphs)
{
    if (n <= a.rows || a.rows < 2 || a.cols < 1)
        return;
    int len = a.rows * a.rows / n;
    if (len < 1)
        len = 1;
    int from = n > a.rows ? top * (a.rows - len) / (n - a.rows) : 0;
    for (int row = 0; row < a.rows; row++) {
        bool on = row >= from && row < from + len;
        area_put(a, row, a.cols - 1, ST_RULE, glyph(glyphs, on ? GL_THUMB : GL_VLINE));
    }
}
