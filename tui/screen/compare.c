/* The file against another one, or against its own round before: what differs first, both answers in full below. The other side is only
 * read; Enter goes to the item in the tabs, and Esc there comes back. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/method/compare.h"
#include "tui/app/app.h"
#include "tui/app/other.h"
#include "tui/app/words.h"
#include "tui/screen/beside.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { HEAD_ROWS = 4, DETAIL_MIN = 5 };

struct compare {
    struct list list;
    int detail_top;
    bool all; /* what is the same too */
    struct difference d[ITEMS_MAX];
    int n_differ;
};

static int shown(const struct app *app, const struct compare *st)
{
    return st->all ? app->assessment->checklist->n_items : st->n_differ;
}

/* The answers of `changed` are borrowed: asked for anew whenever the model was touched. a: the other side, so that + means more here. */
static void changed(struct app *app, void *state)
{
    struct compare *st = state;
    const struct assessment *whose;
    const struct round *there = other_round(app, &whose);
    const struct checklist *ck = app->assessment->checklist;
    compare_rounds(st->d, ck, there, assessment_round(app->assessment));
    for (st->n_differ = 0; st->n_differ < ck->n_items && st->d[st->n_differ].kind != DIFF_SAME; st->n_differ++)
        ;
}

static void open_compare(struct app *app, void *state, const void *arg)
{
    struct compare *st = state;
    const int *item = arg;
    changed(app, state);
    st->all = st->n_differ == 0;
    for (int i = 0; item != NULL && i < shown(app, st); i++)
        if (st->d[i].item == *item)
            st->list.sel = i;
    app->comparing = false;
}

/* ---- Drawing ---- */

static void put_side(const struct app *app, struct area a, int row, const char *name, const struct assessment *whose, const struct round *round)
{
    const struct checklist *ck = whose->checklist;
    struct mark marks[ITEMS_MAX];
    struct grade_result r;
    struct buf b = {0};
    grade_marks(marks, round, ck->n_items);
    grade_compute(&r, ck, marks);
    buf_addf(&b, "%s  %s  ", name, whose->site.name[0] != '\0' ? whose->site.name : whose->site.id);
    buf_addf(&b, T(app->cat, "round %s, %.10s"), round->id, round->started);
    buf_adds(&b, "  ");
    words_grade(&b, ck, &r);
    area_put_fit(a, row, 1, a.cols - 2, ST_TEXT, buf_str(&b));
    buf_release(&b);
}

static const char *left_name(const struct app *app)
{
    return T(app->cat, "this file" /* max 10 columns */);
}

static const char *right_name(const struct app *app)
{
    return app->other != NULL ? T(app->cat, "other" /* max 10 columns */) : T(app->cat, "before" /* max 10 columns */);
}

static void draw_head(const struct app *app, const struct compare *st, struct area a)
{
    const struct assessment *whose;
    const struct round *there = other_round(app, &whose);
    int n[DIFF_KIND_COUNT] = {0};
    for (int i = 0; i < whose->checklist->n_items; i++)
        n[st->d[i].kind]++;
    put_side(app, a, 0, left_name(app), app->assessment, assessment_round(app->assessment));
    put_side(app, a, 1, right_name(app), whose, there);
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "Other level %d, other kind of answer %d, other basis %d, the same %d"), n[DIFF_LEVEL], n[DIFF_STATE], n[DIFF_BASIS],
             n[DIFF_SAME]);
    area_put_fit(a, 2, 1, a.cols - 2, ST_STRONG, buf_str(&b));
    buf_release(&b);
    beside_heads(app, a, 3, left_name(app), right_name(app));
}

static void draw_row(const struct app *app, struct area a, int row, const struct difference *d, bool on)
{
    char sign[16] = "";
    unsigned style = ST_DIM;
    if (d->kind == DIFF_LEVEL) {
        snprintf(sign, sizeof sign, "%+d", d->distance);
        style = d->distance > 0 ? ST_OK : ST_LOW;
    } else if (d->kind == DIFF_STATE) {
        snprintf(sign, sizeof sign, "!");
        style = ST_WARN;
    } else if (d->kind == DIFF_BASIS) {
        snprintf(sign, sizeof sign, "~");
    }
    beside_row(app, a, row, &app->assessment->checklist->item[d->item], d->b, d->a, sign, style, on);
}

/* Rows of the list; the rest below a rule is the detail. */
static int list_rows(struct area a)
{
    int rows = (a.rows - HEAD_ROWS) / 2;
    return a.rows - HEAD_ROWS - rows < DETAIL_MIN ? (a.rows - HEAD_ROWS > DETAIL_MIN ? a.rows - HEAD_ROWS - DETAIL_MIN : a.rows - HEAD_ROWS) : rows;
}

static void draw_detail(const struct app *app, const struct compare *st, struct area a)
{
    const struct difference *d = &st->d[st->list.sel];
    const struct assessment *whose;
    const struct ck_item *item = &app->assessment->checklist->item[d->item];
    struct buf b = {0};
    other_round(app, &whose);
    buf_addf(&b, "%s %s ", item->id, app_ltext(app, &item->label));
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    area_put(a, 0, 1, ST_STRONG, buf_str(&b));
    struct side left = {left_name(app), app->assessment, d->b}, right = {right_name(app), whose, d->a};
    beside_draw(app, area_sub(a, 1, 0, a.rows - 1, a.cols), st->detail_top, item, &left, &right);
    buf_release(&b);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct compare *st = state;
    int n = shown(app, st), rows = list_rows(a);
    draw_head(app, st, a);
    if (n == 0)
        return;
    struct area list = area_sub(a, HEAD_ROWS, 0, rows, a.cols);
    int top = list_top(&st->list, n, rows);
    for (int row = 0; row < rows && top + row < n; row++)
        draw_row(app, list, row, &st->d[top + row], top + row == st->list.sel);
    list_bar(list, top, n, app->glyphs);
    if (a.rows - HEAD_ROWS - rows > 1)
        draw_detail(app, st, area_sub(a, HEAD_ROWS + rows, 0, a.rows - HEAD_ROWS - rows, a.cols));
}

/* ---- Doing ---- */

static void move(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    list_act(&st->list, action, shown(app, st), list_rows((struct area){.rows = rows, .cols = cols}));
    st->detail_top = 0;
}

static void scroll_detail(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    (void)app;
    st->detail_top += action == ACT_DETAIL_DOWN ? 1 : st->detail_top > 0 ? -1 : 0;
}

static void filter(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    (void)action;
    st->all = !st->all || st->n_differ == 0;
    if (st->list.sel >= shown(app, st))
        st->list = (struct list){0};
    st->detail_top = 0;
}

static void open_item(struct app *app, void *state, enum act action)
{
    const struct compare *st = state;
    (void)action;
    int item = st->d[st->list.sel].item;
    app_pop(app);
    app_go(app, item);
    app->comparing = true;
}

static void another(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    app_pop(app);
    compare_ask(app);
}

static const struct handler HANDLERS[] = {
    {ACT_COMPARE, another},
    {ACT_UP, move},    {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move}, {ACT_FIRST, move}, {ACT_LAST, move},
    {ACT_OPEN, open_item}, {ACT_FILTER, filter}, {ACT_DETAIL_DOWN, scroll_detail}, {ACT_DETAIL_UP, scroll_detail},
};

const struct screen_ops compare_screen = {
    .name = "compare",
    .title = N_("Comparison"),
    .context = CTX_COMPARE,
    .state_size = sizeof(struct compare),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_compare,
    .draw = draw,
    .changed = changed,
};

/* ---- Which file ---- */

static void chosen(struct app *app, int tag, const char *path)
{
    (void)tag;
    struct diag diag = {0};
    const struct assessment *whose;
    int item = app_item(app);
    if (path[0] == '\0') {
        other_release(app);
        if (other_round(app, &whose) == NULL) {
            app_say(app, TONE_WARN, "%s", T(app->cat, "This file has one round only: name a file to compare it with"));
            return;
        }
    } else if (other_take(app, path, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
        return;
    }
    app_push(app, &compare_screen, item >= 0 ? &item : NULL);
}

void compare_ask(struct app *app)
{
    struct ask ask = {.title = app->assessment->n_rounds > 1 ? N_("Compare with the file (empty: with the round before)") : N_("Compare with the file"),
                      .initial = app->other_path != NULL ? app->other_path : "", .item = -1, .max_bytes = 1000, .done = chosen};
    app_push(app, &ask_screen, &ask);
}
