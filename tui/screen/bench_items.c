/* Beside other sites, item by item: one's own level, the quartiles, and where that is; who is furthest behind comes first. Over the Result. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/out/report.h"
#include "tui/app/app.h"
#include "tui/app/bench.h"
#include "tui/screen/items.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

/* Columns; figures end there. A narrow window has the median and the difference only: the rest is said below. */
enum { COL_ITEM = 1, COL_OWN = 7, END_LOW = 22, END_MEDIAN = 30, END_HIGH = 37, NARROW_MEDIAN = 21, TITLE_ROWS = 2, ROOMY = 64, WIDE = 100 };

struct bench_items {
    struct list list;
    struct benchmark_rank rank[ITEMS_MAX];
    int n;
};

static void changed(struct app *app, void *state)
{
    struct bench_items *st = state;
    const struct benchmark *b = bench_of(app);
    st->n = b != NULL ? benchmark_ranks(st->rank, b, assessment_round(app->assessment)) : 0;
}

static void open_screen(struct app *app, void *state, const void *arg)
{
    (void)arg;
    changed(app, state);
}

/* ---- Drawing ---- */

/* Where the columns are in this width. */
struct columns {
    int low, median, high, difference; /* ends; low and high -1: not shown */
    int place, place_cols, label;
};

static struct columns columns(int cols)
{
    bool roomy = cols >= ROOMY;
    struct columns c = {roomy ? END_LOW : -1, roomy ? END_MEDIAN : NARROW_MEDIAN, roomy ? END_HIGH : -1, 0, 0, 0, 0};
    c.difference = (roomy ? c.high : c.median) + 7;
    c.place = c.difference + 2;
    c.place_cols = cols >= WIDE ? 24 : 2;
    c.label = c.place + c.place_cols + 1;
    return c;
}

static void put_end(struct area a, int row, int end, unsigned style, const char *text)
{
    if (end >= 0)
        area_put(a, row, end - text_width(text), style, text);
}

static void put_tenths(struct area a, int row, int end, unsigned style, int tenths)
{
    char cell[16];
    snprintf(cell, sizeof cell, "%d.%d", tenths / 10, tenths % 10);
    put_end(a, row, end, style, cell);
}

static unsigned place_style(enum benchmark_place place)
{
    static const unsigned STYLES[] = {
        [PLACE_NONE] = ST_DIM, [PLACE_LOWEST] = ST_LOW, [PLACE_BELOW] = ST_MID, [PLACE_MEDIAN] = ST_TEXT, [PLACE_ABOVE] = ST_OK, [PLACE_HIGHEST] = ST_OK};
    return STYLES[place];
}

/* Two signs for the outer quarters, one for the side of the median. */
static void put_place(const struct app *app, struct area a, int row, const struct columns *c, enum benchmark_place place)
{
    if (place == PLACE_NONE)
        return;
    if (c->place_cols > 2) {
        area_put_fit(a, row, c->place, c->place_cols, place_style(place), T(app->cat, report_place(place)));
        return;
    }
    bool below = place == PLACE_LOWEST || place == PLACE_BELOW;
    const char *sign = place == PLACE_MEDIAN ? "=" : app_glyph(app, below ? GL_MORE : GL_LESS);
    area_put(a, row, c->place, place_style(place), sign);
    if (place == PLACE_LOWEST || place == PLACE_HIGHEST)
        area_put(a, row, c->place + 1, place_style(place), sign);
}

static void draw_heads(const struct app *app, const struct benchmark *b, struct area a, const struct columns *c)
{
    struct buf title = {0};
    buf_addf(&title,
             a.cols >= ROOMY ? T(app->cat, "Beside %ld sites (%s), item by item: furthest behind first") : T(app->cat, "Beside %ld sites (%s)" /* max 38 columns */),
             b->n_sites, b->date);
    area_put_fit(a, 0, 1, a.cols - 2, ST_TITLE, buf_str(&title));
    area_put(a, 1, COL_OWN, ST_DIM, T(app->cat, "own" /* max 8 columns */));
    put_end(a, 1, c->low, ST_DIM, T(app->cat, "lower" /* max 5 columns */));
    put_end(a, 1, c->median, ST_DIM, T(app->cat, "median" /* max 6 columns */));
    put_end(a, 1, c->high, ST_DIM, T(app->cat, "upper" /* max 5 columns */));
    put_end(a, 1, c->difference, ST_DIM, T(app->cat, "diff." /* max 5 columns */));
    if (a.cols > c->label + 4)
        area_put_fit(a, 1, c->label, a.cols - c->label - 2, ST_DIM, T(app->cat, "Item"));
    buf_release(&title);
}

static void draw_row(const struct app *app, const struct benchmark *b, struct area a, int row, const struct columns *c, const struct benchmark_rank *r,
                     bool on)
{
    const struct ck_item *item = &app->assessment->checklist->item[r->item];
    const struct quartiles *q = &b->item[r->item];
    if (on)
        area_put(a, row, 0, ST_TITLE, app_glyph(app, GL_CURSOR));
    area_put_fit(a, row, COL_ITEM, 5, item->key ? ST_STRONG : ST_TEXT, item->id);
    items_draw_answer(app, assessment_answer(app->assessment, r->item), a, row, COL_OWN);
    if (q->n > 0) {
        put_tenths(a, row, c->low, ST_DIM, q->low);
        put_tenths(a, row, c->median, ST_TEXT, q->median);
        put_tenths(a, row, c->high, ST_DIM, q->high);
    } else {
        put_end(a, row, c->median, ST_DIM, app_glyph(app, GL_DASH));
    }
    if (r->place != PLACE_NONE) {
        char cell[16];
        snprintf(cell, sizeof cell, "%s%d.%d", r->tenths < 0 ? "-" : r->tenths > 0 ? "+" : "", abs(r->tenths) / 10, abs(r->tenths) % 10);
        put_end(a, row, c->difference, place_style(r->place), cell);
    }
    put_place(app, a, row, c, r->place);
    if (a.cols > c->label + 4)
        area_put_fit(a, row, c->label, a.cols - c->label - 2, ST_TEXT, app_ltext(app, &item->label));
    if (on)
        area_select(area_sub(a, 0, 0, a.rows, a.cols - 1), row);
}

/* The selected item in words. */
static void build_foot(const struct app *app, const struct benchmark *b, const struct benchmark_rank *r, struct page *p)
{
    const struct ck_item *item = &app->assessment->checklist->item[r->item];
    const struct quartiles *q = &b->item[r->item];
    struct buf line = {0};
    buf_addf(&line, "%s %s", item->id, app_ltext(app, &item->label));
    page_line(p);
    page_wrap(p, 1, ST_STRONG, buf_str(&line));
    buf_clear(&line);
    if (r->place != PLACE_NONE && p->cols >= ROOMY) /* else the signs say it */
        buf_addf(&line, T(app->cat, "This site: %s; "), T(app->cat, report_place(r->place)));
    if (q->n > 0)
        buf_addf(&line, T(app->cat, "median %d.%d; the middle half of %ld sites from %d.%d to %d.%d"), q->median / 10, q->median % 10, q->n,
                 q->low / 10, q->low % 10, q->high / 10, q->high % 10);
    else
        buf_adds(&line, T(app->cat, "Too few sites have answered this item."));
    page_line(p);
    page_wrap(p, 1, ST_TEXT, buf_str(&line));
    buf_release(&line);
}

enum { FOOT_ROWS = 4 }; /* with its rule, at the most */

static int list_rows(int rows)
{
    return rows - TITLE_ROWS - FOOT_ROWS;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct bench_items *st = state;
    const struct benchmark *b = bench_of(app);
    if (b == NULL || st->n == 0)
        return;
    struct columns c = columns(a.cols);
    int rows = list_rows(a.rows), top = list_top(&st->list, st->n, rows);
    draw_heads(app, b, a, &c);
    struct area list = area_sub(a, TITLE_ROWS, 0, rows, a.cols);
    for (int row = 0; row < rows && top + row < st->n; row++)
        draw_row(app, b, list, row, &c, &st->rank[top + row], top + row == st->list.sel);
    list_bar(list, top, st->n, app->glyphs);
    struct page p = {.cols = a.cols - 1};
    build_foot(app, b, &st->rank[st->list.sel], &p);
    area_hline(a, TITLE_ROWS + rows, ST_RULE, app_glyph(app, GL_HLINE));
    page_draw(&p, area_sub(a, TITLE_ROWS + rows + 1, 0, FOOT_ROWS - 1, a.cols), 0);
    page_release(&p);
}

/* ---- Doing ---- */

static void move(struct app *app, void *state, enum act action)
{
    struct bench_items *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    list_act(&st->list, action, st->n, list_rows(rows));
}

static void open_item(struct app *app, void *state, enum act action)
{
    const struct bench_items *st = state;
    (void)action;
    int item = st->n > 0 ? st->rank[st->list.sel].item : -1;
    app_pop(app);
    app_go(app, item);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move}, {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move}, {ACT_FIRST, move}, {ACT_LAST, move}, {ACT_OPEN, open_item},
};

const struct screen_ops bench_items_screen = {
    .name = "bench-items",
    .title = N_("Benchmark"),
    .context = CTX_BENCH,
    .state_size = sizeof(struct bench_items),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_screen,
    .draw = draw,
    .changed = changed,
};
