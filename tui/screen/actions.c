/* The Actions tab: the gap list in the order to do it. Each row is one step of one item: what, who leads, days, yen, wave, status. Below: the
 * selected step in a few lines, and why it stands where it stands. Enter opens its playbook. What is computed is kept until the model changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/words.h"
#include "tui/screen/figures.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

enum { DETAIL_ROWS = 7, COL_ITEM = 5, COL_STEP = 11, COL_WHAT = 16, COL_RIGHT = 29, NARROW = 60, LABEL_COLS = 12 };

enum what { WHAT_ALL, WHAT_NOW, WHAT_NEXT, WHAT_LATER, WHAT_DOING, WHAT_CLOSED, WHAT_COUNT };

struct actions {
    struct gaps gaps;
    int *row; /* indexes into gaps that pass the filters; owned */
    int n_rows;
    struct list list;
    enum what what;
    int role; /* leading role shown, -1: all */
};

static const struct gap *selected(const struct actions *st)
{
    return st->n_rows > 0 && st->list.sel < st->n_rows ? &st->gaps.gap[st->row[st->list.sel]] : NULL;
}

/* ---- Computing ---- */

static bool passes(const struct actions *st, const struct gap *g)
{
    bool closed = g->status == ACTION_DONE || g->status == ACTION_DROPPED;
    if (st->role >= 0 && (g->step->to == 0 || g->step->lead != st->role))
        return false;
    switch (st->what) {
    case WHAT_ALL:
    case WHAT_COUNT:
        return true;
    case WHAT_NOW:
        return g->wave == WAVE_NOW && !closed;
    case WHAT_NEXT:
        return g->wave == WAVE_NEXT && !closed;
    case WHAT_LATER:
        return g->wave == WAVE_LATER && !closed;
    case WHAT_DOING:
        return g->status == ACTION_DOING;
    case WHAT_CLOSED:
        return closed;
    }
    return true;
}

static void apply_filters(struct actions *st)
{
    st->n_rows = 0;
    for (size_t i = 0; i < st->gaps.n; i++)
        if (passes(st, &st->gaps.gap[i]))
            st->row[st->n_rows++] = (int)i;
    if (st->list.sel >= st->n_rows)
        st->list.sel = st->n_rows > 0 ? st->n_rows - 1 : 0;
}

static void changed(struct app *app, void *state)
{
    struct actions *st = state;
    char today[ISO_SIZE];
    figure_today(app, today);
    const struct gap *was = selected(st);
    int item = was != NULL ? was->item : -1, to = was != NULL ? was->to : 0;
    gaps_release(&st->gaps);
    gaps_compute(&st->gaps, app->assessment, today, DAY_RATE_DEFAULT);
    free(st->row);
    st->row = xcalloc(st->gaps.n, sizeof *st->row);
    apply_filters(st);
    /* The cursor stays on its step wherever that has gone. */
    for (int i = 0; i < st->n_rows; i++)
        if (st->gaps.gap[st->row[i]].item == item && st->gaps.gap[st->row[i]].to == to)
            st->list.sel = i;
}

static void open_actions(struct app *app, void *state, const void *arg)
{
    (void)app, (void)arg;
    struct actions *st = state;
    st->role = -1;
}

static void close_actions(struct app *app, void *state)
{
    (void)app;
    struct actions *st = state;
    gaps_release(&st->gaps);
    free(st->row);
}

/* ---- Drawing ---- */

static const char *what_name(const struct app *app, enum what what)
{
    switch (what) {
    case WHAT_NOW:
        return T(app->cat, "now (within a month, no budget)");
    case WHAT_NEXT:
        return T(app->cat, "next (within six months)");
    case WHAT_LATER:
        return T(app->cat, "later");
    case WHAT_DOING:
        return T(app->cat, "being done");
    case WHAT_CLOSED:
        return T(app->cat, "done or dropped");
    case WHAT_ALL:
    case WHAT_COUNT:
        break;
    }
    return T(app->cat, "all");
}

static void add_filter(const struct app *app, const struct actions *st, struct buf *out)
{
    buf_addf(out, T(app->cat, "; shown: %s"), what_name(app, st->what));
    if (st->role >= 0)
        buf_addf(out, "%s%s", TC(app->cat, "list", ", "), app_ltext(app, &app->assessment->checklist->role[st->role].name));
}

static void draw_summary(const struct app *app, const struct actions *st, struct area a)
{
    long days = 0;
    long long cost = 0;
    struct buf b = {0};
    for (int i = 0; i < st->n_rows; i++) {
        const struct gap *g = &st->gaps.gap[st->row[i]];
        if (g->status == ACTION_DONE || g->status == ACTION_DROPPED)
            continue;
        days += g->cost.effort_tenths;
        cost += g->cost.cost_jpy;
    }
    buf_addf(&b, TN(app->cat, "%d step", "%d steps", (unsigned long)st->n_rows), st->n_rows);
    if (st->what != WHAT_ALL || st->role >= 0)
        add_filter(app, st, &b);
    buf_adds(&b, "  ");
    struct buf d = {0}, y = {0};
    figure_days(&d, days);
    figure_yen(&y, app, cost);
    buf_addf(&b, T(app->cat, "about %s days, %s yen"), buf_str(&d), buf_str(&y));
    area_put_fit(a, 0, 1, a.cols - 2, ST_DIM, buf_str(&b));
    buf_release(&b);
    buf_release(&d);
    buf_release(&y);
}

/* Where there is no room for what to do, the lead and the days follow the step; the yen are below, in the playbook. */
static int right_part(struct area a, int *wave)
{
    int right = a.cols < NARROW ? COL_WHAT : a.cols - COL_RIGHT;
    *wave = a.cols < NARROW ? right + 15 : right + 22;
    return right;
}

static void draw_head(const struct app *app, struct area a)
{
    int wave, right = right_part(a, &wave);
    area_put(a, 1, 2, ST_DIM, "#");
    area_put_fit(a, 1, COL_ITEM, COL_STEP - COL_ITEM, ST_DIM, T(app->cat, "Item" /* max 5 columns */));
    area_put_fit(a, 1, COL_STEP, COL_WHAT - COL_STEP, ST_DIM, T(app->cat, "Step" /* max 4 columns */));
    if (right > COL_WHAT)
        area_put_fit(a, 1, COL_WHAT, right - COL_WHAT, ST_DIM, T(app->cat, "What to do"));
    area_put_fit(a, 1, right, 9, ST_DIM, T(app->cat, "Who" /* max 8 columns */));
    area_put_fit(a, 1, right + 9, 5, ST_DIM, T(app->cat, "Days" /* max 4 columns */));
    if (a.cols >= NARROW)
        area_put_fit(a, 1, right + 14, 7, ST_DIM, T(app->cat, "Yen" /* max 7 columns */));
    area_put_fit(a, 1, wave, 6, ST_DIM, T(app->cat, "Wave" /* max 6 columns */));
}

static const char *status_sign(const struct app *app, const struct gap *g)
{
    switch (g->status) {
    case ACTION_DONE:
        return app_glyph(app, GL_CHECK);
    case ACTION_DROPPED:
        return app_glyph(app, GL_CROSS);
    case ACTION_DOING:
        return g->stale ? "!" : ">";
    case ACTION_OPEN:
    case ACTION_STATUS_COUNT:
        break;
    }
    return g->stale ? "!" : " ";
}

static const char *what_to_do(const struct app *app, const struct gap *g)
{
    return words_step(app->cat, app->assessment->checklist, g->item, g->to);
}

static void right_aligned(struct area a, int row, int col, int cols, unsigned style, const char *s)
{
    int w = text_width(s);
    area_put(a, row, col + (w < cols ? cols - w : 0), style, s);
}

static void draw_row(const struct app *app, const struct actions *st, struct area a, int at, int row)
{
    const struct gap *g = &st->gaps.gap[st->row[row]];
    const struct ck_item *item = &app->assessment->checklist->item[g->item];
    bool closed = g->status == ACTION_DONE || g->status == ACTION_DROPPED, on = row == st->list.sel;
    unsigned style = closed || !g->ready ? ST_DIM : ST_TEXT;
    struct buf b = {0};
    char cell[16];
    int wave, right = right_part(a, &wave);
    snprintf(cell, sizeof cell, "%3d", st->row[row] + 1);
    if (on)
        area_put(a, at, 0, ST_ACCENT, app_glyph(app, GL_CURSOR));
    area_put(a, at, 1, style, cell);
    area_put(a, at, COL_ITEM, style, item->id);
    if (item->key)
        area_put(a, at, COL_STEP - 1, ST_WARN, app_glyph(app, GL_KEY));
    snprintf(cell, sizeof cell, "%d>%d", g->from, g->to);
    area_put(a, at, COL_STEP, style, cell);
    area_put(a, at, COL_STEP + 3, g->stale ? ST_WARN : ST_OK, status_sign(app, g));
    if (right > COL_WHAT)
        area_put_fit(a, at, COL_WHAT, right - COL_WHAT - 1, style, what_to_do(app, g));
    area_put_fit(a, at, right, 8, style, lead_name(app, g->step));
    figure_days(&b, g->cost.effort_tenths);
    right_aligned(a, at, right + 9, 4, style, buf_str(&b));
    buf_clear(&b);
    figure_yen(&b, app, g->cost.cost_jpy);
    if (right > COL_WHAT)
        right_aligned(a, at, right + 14, 7, style, buf_str(&b));
    area_put_fit(a, at, wave, 6, g->wave == WAVE_NOW && !closed ? ST_OK : style, wave_name(app, g->wave));
    if (on)
        area_select(a, at);
    buf_release(&b);
}

/* "blocked by 2-6 at 2 ..." in words; nothing when it can start today. */
static void add_blocked(const struct app *app, const struct gap *g, struct buf *out)
{
    words_blocked(out, app->cat, app->assessment->checklist, g);
}

static void add_owner(const struct app *app, const struct gap *g, struct buf *out)
{
    buf_addf(out, "%s", status_name(app, g->status));
    if (g->action == NULL)
        return;
    const struct person *p = assessment_person(app->assessment, g->action->owner);
    if (p != NULL)
        buf_addf(out, T(app->cat, ", owner %s"), p->name);
    if (g->action->due[0] != '\0')
        buf_addf(out, T(app->cat, ", due %s"), g->action->due);
    if (g->stale)
        buf_addf(out, "%s%s", TC(app->cat, "list", ", "), T(app->cat, "has not moved for 90 days"));
}

/* Why it stands here, in words and figures. */
void gap_explain(const struct app *app, const struct gap *g, struct buf *out)
{
    words_why(out, app->cat, app->assessment->checklist, g, app->grade.overall.low_grade);
}

static void add_line(struct page *p, unsigned label_style, const char *label, unsigned style, const char *s)
{
    page_line(p);
    page_put(p, 1, label_style, label);
    page_wrap(p, LABEL_COLS, style, s);
}

static void draw_detail(const struct app *app, const struct actions *st, struct area a)
{
    const struct gap *g = selected(st);
    struct page p = {.cols = a.cols - 2};
    struct buf b = {0};
    if (g == NULL)
        return;
    const struct ck_item *item = &app->assessment->checklist->item[g->item];
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    buf_addf(&b, " %s %s %d>%d ", item->id, app_ltext(app, &item->label), g->from, g->to);
    area_put(a, 0, 1, ST_STRONG, buf_str(&b));
    page_line(&p);
    page_wrap(&p, 1, ST_STRONG, what_to_do(app, g));
    if (g->step->to != 0)
        add_line(&p, ST_KEY, T(app->cat, "This week"), ST_TEXT, app_ltext(app, &g->step->first));
    buf_clear(&b);
    add_blocked(app, g, &b);
    if (b.len > 0)
        add_line(&p, ST_WARN, T(app->cat, "Blocked"), ST_WARN, buf_str(&b));
    buf_clear(&b);
    add_owner(app, g, &b);
    add_line(&p, ST_DIM, T(app->cat, "Status"), ST_TEXT, buf_str(&b));
    buf_clear(&b);
    gap_explain(app, g, &b);
    add_line(&p, ST_DIM, T(app->cat, "Why here"), ST_DIM, buf_str(&b));
    page_draw(&p, area_sub(a, 1, 0, a.rows - 1, a.cols), 0);
    page_release(&p);
    buf_release(&b);
}

static void split(struct area a, struct area *rows, struct area *detail)
{
    int d = a.rows >= 14 ? DETAIL_ROWS + (a.rows - 14) / 4 : 0;
    *rows = area_sub(a, 2, 0, a.rows - 2 - d, a.cols);
    *detail = area_sub(a, a.rows - d, 0, d, a.cols);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct actions *st = state;
    struct area rows, detail;
    split(a, &rows, &detail);
    draw_summary(app, st, a);
    draw_head(app, a);
    if (st->n_rows == 0)
        area_put_fit(rows, 0, 2, a.cols - 3, ST_DIM,
                     st->gaps.n == 0 ? T(app->cat, "Every item is at its target.") : T(app->cat, "No step passes this filter."));
    int top = list_top(&st->list, st->n_rows, rows.rows);
    for (int i = 0; i < rows.rows && top + i < st->n_rows; i++)
        draw_row(app, st, rows, i, top + i);
    list_bar(rows, top, st->n_rows, app->glyphs);
    if (detail.rows > 0)
        draw_detail(app, st, detail);
}

/* ---- Keys ---- */

static int visible(const struct app *app)
{
    struct area a = {0}, rows, detail;
    app_content_size(app, &a.rows, &a.cols);
    split(a, &rows, &detail);
    return rows.rows;
}

static void move(struct app *app, void *state, enum act action)
{
    struct actions *st = state;
    list_act(&st->list, action, st->n_rows, visible(app));
}

static void filter(struct app *app, void *state, enum act action)
{
    (void)action;
    struct actions *st = state;
    st->what = (enum what)((st->what + 1) % WHAT_COUNT);
    st->list.sel = 0;
    apply_filters(st);
    app_say(app, TONE_INFO, T(app->cat, "Shown: %s"), what_name(app, st->what));
}

/* The next role that leads anything in the list; after the last one everybody again. */
static void filter_role(struct app *app, void *state, enum act action)
{
    (void)action;
    struct actions *st = state;
    const struct checklist *ck = app->assessment->checklist;
    int next = -1;
    for (int role = st->role + 1; next < 0 && role < ck->n_roles; role++)
        for (size_t i = 0; next < 0 && i < st->gaps.n; i++)
            if (st->gaps.gap[i].step->to != 0 && st->gaps.gap[i].step->lead == role)
                next = role;
    st->role = next;
    st->list.sel = 0;
    apply_filters(st);
    app_say(app, TONE_INFO, T(app->cat, "Shown: %s"), next < 0 ? T(app->cat, "everybody's steps") : app_ltext(app, &ck->role[next].name));
}

static void open_playbook(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct gap *g = selected(state);
    if (g == NULL)
        return;
    struct step_ref ref = {g->item, g->to};
    app_push(app, &playbook_screen, &ref);
}

static void why(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct gap *g = selected(state);
    struct buf b = {0};
    if (g == NULL)
        return;
    if (!g->ready) {
        add_blocked(app, g, &b);
        buf_adds(&b, "; ");
    }
    gap_explain(app, g, &b);
    app_say(app, TONE_INFO, "%s", buf_str(&b));
    buf_release(&b);
}

static void edit(struct app *app, void *state, enum act action)
{
    const struct gap *g = selected(state);
    if (g != NULL)
        step_edit(app, g->item, g->to, action);
}

static void click(struct app *app, void *state, struct click c)
{
    struct actions *st = state;
    int rows = visible(app), row = list_top(&st->list, st->n_rows, rows) + c.row - 2;
    if (c.row < 2 || c.row - 2 >= rows || row >= st->n_rows)
        return;
    bool again = row == st->list.sel;
    list_select(&st->list, row, st->n_rows, rows);
    if (again)
        open_playbook(app, st, ACT_OPEN);
}

static int item_of(const struct app *app, const void *state)
{
    (void)app;
    const struct gap *g = selected(state);
    return g != NULL ? g->item : -1;
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},           {ACT_DOWN, move},        {ACT_PAGE_UP, move},    {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move},        {ACT_LAST, move},        {ACT_OPEN, open_playbook}, {ACT_FILTER, filter},
    {ACT_FILTER_ROLE, filter_role}, {ACT_WHY, why},    {ACT_STEP_STATUS, edit}, {ACT_STEP_OWNER, edit},
    {ACT_STEP_DUE, edit},     {ACT_STEP_DAYS, edit},   {ACT_STEP_COST, edit},  {ACT_STEP_NOTE, edit},
};

const struct screen_ops actions_screen = {
    .name = "actions",
    .title = N_("Actions"),
    .context = CTX_ACTIONS,
    .state_size = sizeof(struct actions),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_actions,
    .draw = draw,
    .click = click,
    .changed = changed,
    .close = close_actions,
    .item = item_of,
};
