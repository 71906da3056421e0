/* The file against another one, or against its own round before: what differs first, both answers in full below. The other side is only
 * read; Enter goes to the item in the tabs (in a small window to the answers in full first), and Esc there comes back. */
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

struct compare {
    struct list list;
    int detail_top;
    bool whole; /* a small window: the pair takes all of it */
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

/* Undo takes back the beginning of a round. */
static bool gone(const struct app *app, const void *state)
{
    (void)state;
    const struct assessment *whose;
    return other_round(app, &whose) == NULL;
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
}

/* ---- Drawing ---- */

enum { SIDE_COLS = 10, LONG_WORDS = 64 };

static void put_side(const struct app *app, struct area a, int row, const char *name, const struct assessment *whose, const struct round *round)
{
    const struct checklist *ck = whose->checklist;
    struct mark marks[ITEMS_MAX];
    struct grade_result r;
    struct buf b = {0};
    grade_marks(marks, round, ck->n_items);
    grade_compute(&r, ck, marks);
    words_grade(&b, ck, &r);
    buf_addf(&b, "  %s  ", whose->site.name[0] != '\0' ? whose->site.name : whose->site.id);
    buf_addf(&b, T(app->cat, "round %s, %.10s"), round->id, round->started);
    area_put_fit(a, row, 1, SIDE_COLS, ST_DIM, name);
    area_put_fit(a, row, SIDE_COLS + 2, a.cols - SIDE_COLS - 3, ST_TEXT, buf_str(&b));
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
    buf_addf(&b,
             a.cols < LONG_WORDS ? T(app->cat, "Level %d, kind %d, basis %d, same %d" /* max 38 columns */)
                                 : T(app->cat, "Other level %d, other kind of answer %d, other basis %d, the same %d"),
             n[DIFF_LEVEL], n[DIFF_STATE], n[DIFF_BASIS], n[DIFF_SAME]);
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

static void sides(const struct app *app, const struct compare *st, struct side *left, struct side *right)
{
    const struct difference *d = &st->d[st->list.sel];
    const struct assessment *whose;
    other_round(app, &whose);
    *left = (struct side){left_name(app), app->assessment, d->b};
    *right = (struct side){right_name(app), whose, d->a};
}

static const struct ck_item *selected(const struct app *app, const struct compare *st)
{
    return &app->assessment->checklist->item[st->d[st->list.sel].item];
}

static bool alone(const struct app *app, const struct compare *st, int rows)
{
    return st->whole && !beside_room(rows, shown(app, st)) && shown(app, st) > 0;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct compare *st = state;
    int n = shown(app, st), rows = beside_list_rows(a.rows, n), rest = a.rows - BESIDE_HEAD - rows;
    struct side left, right;
    if (n > 0)
        sides(app, st, &left, &right);
    if (alone(app, st, a.rows)) {
        beside_draw(app, a, st->detail_top, selected(app, st), &left, &right);
        return;
    }
    draw_head(app, st, a);
    if (n == 0)
        return;
    struct area list = area_sub(a, BESIDE_HEAD, 0, rows, a.cols);
    int top = list_top(&st->list, n, rows);
    for (int row = 0; row < rows && top + row < n; row++)
        draw_row(app, list, row, &st->d[top + row], top + row == st->list.sel);
    list_bar(list, top, n, app->glyphs);
    if (rest > 1)
        beside_draw(app, area_sub(a, BESIDE_HEAD + rows, 0, rest, a.cols), st->detail_top, selected(app, st), &left, &right);
}

/* ---- Doing ---- */

static void move(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    list_act(&st->list, action, shown(app, st), beside_list_rows(rows, shown(app, st)));
    st->detail_top = 0;
}

static void scroll_detail(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    struct area a = {0};
    struct side left, right;
    app_content_size(app, &a.rows, &a.cols);
    if (shown(app, st) == 0)
        return;
    if (!alone(app, st, a.rows))
        a.rows -= BESIDE_HEAD + beside_list_rows(a.rows, shown(app, st));
    sides(app, st, &left, &right);
    st->detail_top = beside_scroll(app, a, st->detail_top, action, selected(app, st), &left, &right);
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
    struct compare *st = state;
    (void)action;
    int item = st->d[st->list.sel].item, rows, cols;
    app_content_size(app, &rows, &cols);
    if (shown(app, st) == 0)
        return;
    if (!beside_room(rows, shown(app, st)) && !st->whole) {
        st->whole = true;
        st->detail_top = 0;
        return;
    }
    app_pop(app);
    app_go(app, item);
    app->comparing = true;
}

static void back(struct app *app, void *state, enum act action)
{
    struct compare *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    if (!alone(app, st, rows))
        app_back(app, NULL, action);
    else
        st->whole = false;
}

static void another(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    app_pop(app);
    compare_ask(app);
}

static const struct handler HANDLERS[] = {
    {ACT_COMPARE, another}, {ACT_BACK, back},
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
    .gone = gone,
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
