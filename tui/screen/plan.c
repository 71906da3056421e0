/* The Plan tab: what one can spend, or the grade one wants, and at once the exact best set of steps. A thread solves; the screen asks for
 * its answer at each tick and never waits. Single steps can be forced in or kept out; accepting makes the steps into actions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/solver.h"
#include "tui/app/words.h"
#include "tui/screen/figures.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"
#include "tui/widget/radar.h"

enum { NARROW = 60, COL_LEAD = 18, HEAD_ROWS = 4, SIDE_COLS = 44, WIDE = 112, FOOT_ROWS = 4, POLL_MS = 30, COL_RIGHT = 29, LOWEST_DEFAULT = 1 };

struct plan {
    struct solver *solver; /* owned; made when first shown */
    struct plan_request ask;
    enum plan_wish *wish; /* owned: by step */
    struct plan_result result;
    bool has_result, dirty;
    struct step_ref *row; /* owned: the chosen steps in order, then the others that may be wished for */
    int n_rows, n_chosen, n_marked; /* marked: of those that are not chosen, first among them */
    struct list list;
};

static size_t n_steps(const struct app *app)
{
    return (size_t)app->assessment->checklist->n_items * (LEVEL_MAX - 1);
}

static enum plan_wish *wish_of(const struct plan *st, struct step_ref ref)
{
    return &st->wish[ref.item * (LEVEL_MAX - 1) + ref.to - 2];
}

/* ---- Asking and taking ---- */

static int level_now(const struct app *app, int item)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    return x->state == ANSWER_LEVEL ? x->level : x->state == ANSWER_NA ? LEVEL_MAX : LEVEL_MIN;
}

/* The steps that are not chosen: those that bear a mark, or those that bear none. */
static void add_others(const struct app *app, struct plan *st, bool marked)
{
    const struct checklist *ck = app->assessment->checklist;
    for (int item = 0; item < ck->n_items; item++) {
        for (int to = level_now(app, item) + 1; to <= LEVEL_MAX; to++) {
            struct step_ref ref = {item, to};
            bool chosen = (*wish_of(st, ref) != WISH_FREE) != marked;
            for (int k = 0; k < st->n_chosen && !chosen; k++)
                chosen = st->row[k].item == item && st->row[k].to == to;
            if (!chosen && ck->item[item].step[to - 2].to != 0)
                st->row[st->n_rows++] = ref;
        }
    }
}

static void build_rows(const struct app *app, struct plan *st)
{
    struct step_ref was = st->n_rows > 0 ? st->row[st->list.sel] : (struct step_ref){-1, 0};
    st->n_rows = 0;
    for (size_t i = 0; i < st->result.n; i++)
        st->row[st->n_rows++] = (struct step_ref){st->result.step[i].item, st->result.step[i].to};
    st->n_chosen = st->n_rows;
    st->n_marked = st->n_rows;
    add_others(app, st, true);
    st->n_marked = st->n_rows - st->n_marked;
    add_others(app, st, false);
    st->list.sel = st->list.sel < st->n_rows ? st->list.sel : st->n_rows > 0 ? st->n_rows - 1 : 0;
    for (int i = 0; i < st->n_rows; i++)
        if (st->row[i].item == was.item && st->row[i].to == was.to)
            st->list.sel = i;
}

static int tick(struct app *app, void *state)
{
    struct plan *st = state;
    struct plan_result result;
    if (st->solver == NULL)
        st->solver = solver_new();
    if (st->dirty) {
        char today[ISO_SIZE];
        figure_today(app, today);
        st->ask.wish = st->wish;
        solver_ask(st->solver, app->assessment, &st->ask, today);
        st->dirty = false;
        app->stale = true;
    }
    if (solver_take(st->solver, &result)) {
        if (st->has_result)
            plan_release(&st->result);
        st->result = result;
        st->has_result = true;
        build_rows(app, st);
        app->stale = true;
    }
    return solver_busy(st->solver) ? POLL_MS : -1;
}

static void changed(struct app *app, void *state)
{
    (void)app;
    struct plan *st = state;
    st->dirty = true;
}

/* One letter better than now is the natural first question. */
static int first_target(const struct app *app)
{
    int grade = app->grade.overall.low_grade; /* open items count as level 1 here */
    return grade == GRADE_NONE || grade > LOWEST_DEFAULT ? LOWEST_DEFAULT : grade > 0 ? grade - 1 : 0;
}

static void open_plan(struct app *app, void *state, const void *arg)
{
    (void)arg;
    struct plan *st = state;
    st->ask = (struct plan_request){.budget = -1, .days_tenths = -1, .stops = -1, .target = first_target(app), .day_rate = DAY_RATE_DEFAULT};
    st->wish = xcalloc(n_steps(app), sizeof *st->wish);
    st->row = xcalloc(n_steps(app), sizeof *st->row);
    st->dirty = true;
}

static void close_plan(struct app *app, void *state)
{
    (void)app;
    struct plan *st = state;
    solver_free(st->solver);
    if (st->has_result)
        plan_release(&st->result);
    free(st->wish);
    free(st->row);
}

/* ---- What one can spend ---- */

static struct plan *tab_of(struct app *app)
{
    for (int i = 0; i < app->n_tabs; i++)
        if (app->tab[i].ops == &plan_screen)
            return app->tab[i].state;
    return NULL;
}

/* A number of the prompt, -1 for an empty one, -2 for what is none. */
static long long parse(const char *text, long long max)
{
    char *end;
    if (text[0] == '\0')
        return -1;
    long long n = strtoll(text, &end, 10);
    return *end != '\0' || n < 0 || n > max ? -2 : n;
}

static void budget_done(struct app *app, int tag, const char *text)
{
    (void)tag;
    struct plan *st = tab_of(app);
    long long n = parse(text, 100000000000LL);
    if (n == -2)
        app_say(app, TONE_WARN, "%s", T(app->cat, "Yen: digits only, such as 5000000; empty for no limit"));
    else if (st != NULL)
        st->ask.budget = n, st->dirty = true;
}

static void days_done(struct app *app, int tag, const char *text)
{
    (void)tag;
    struct plan *st = tab_of(app);
    long long n = parse(text, 100000);
    if (n == -2)
        app_say(app, TONE_WARN, "%s", T(app->cat, "Person-days: digits only, such as 60; empty for no limit"));
    else if (st != NULL)
        st->ask.days_tenths = n < 0 ? -1 : (long)n * 10, st->dirty = true;
}

static void stops_done(struct app *app, int tag, const char *text)
{
    (void)tag;
    struct plan *st = tab_of(app);
    long long n = parse(text, 1000);
    if (n == -2)
        app_say(app, TONE_WARN, "%s", T(app->cat, "Line stops: a number such as 1; empty for no limit"));
    else if (st != NULL)
        st->ask.stops = (int)n, st->dirty = true;
}

static void ask_number(struct app *app, void *state, enum act action)
{
    const struct plan *st = state;
    struct buf b = {0};
    struct ask ask = {.item = -1};
    if (action == ACT_PLAN_BUDGET) {
        ask.title = N_("Budget in yen (empty: no limit)");
        ask.done = budget_done;
        if (st->ask.budget >= 0)
            buf_addf(&b, "%lld", st->ask.budget);
    } else if (action == ACT_PLAN_DAYS) {
        ask.title = N_("Person-days (empty: no limit)");
        ask.done = days_done;
        if (st->ask.days_tenths >= 0)
            figure_days(&b, st->ask.days_tenths);
    } else {
        ask.title = N_("Planned line stops (empty: no limit)");
        ask.done = stops_done;
        if (st->ask.stops >= 0)
            buf_addf(&b, "%d", st->ask.stops);
    }
    ask.initial = buf_str(&b);
    app_push(app, &ask_screen, &ask);
    buf_release(&b);
}

/* none, then the letters from the best down; the worst is no target. */
static void next_target(struct app *app, void *state, enum act action)
{
    (void)action;
    struct plan *st = state;
    int n = app->assessment->checklist->n_grades - 1;
    st->ask.target = st->ask.target == GRADE_NONE ? 0 : st->ask.target + 1 < n ? st->ask.target + 1 : GRADE_NONE;
    st->dirty = true;
}

static void set_wish(struct app *app, void *state, enum act action)
{
    struct plan *st = state;
    enum plan_wish want = action == ACT_PLAN_MUST ? WISH_MUST : WISH_BAR;
    (void)app;
    if (st->n_rows == 0)
        return;
    enum plan_wish *wish = wish_of(st, st->row[st->list.sel]);
    *wish = *wish == want ? WISH_FREE : want;
    st->dirty = true;
}

/* What stands on the screen answers an earlier question. */
static bool working(const struct plan *st)
{
    return st->solver == NULL || st->dirty || solver_busy(st->solver);
}

static void accept(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct plan *st = state;
    char now[ISO_SIZE];
    int n = 0;
    if (working(st)) {
        app_say(app, TONE_INFO, "%s", T(app->cat, "The plan is still being worked out"));
        return;
    }
    if (!st->has_result || (st->result.status != PLAN_OPTIMAL && st->result.status != PLAN_BEST_FOUND)) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "There is no plan to accept"));
        return;
    }
    app_now(app, now);
    /* Accepting changes the model, and with it this state: the steps are taken aside first. */
    size_t count = st->result.n;
    struct step_ref *steps = xcalloc(count, sizeof *steps);
    for (size_t i = 0; i < count; i++)
        steps[i] = (struct step_ref){st->result.step[i].item, st->result.step[i].to};
    unsigned long group = history_new_group(app->history);
    for (size_t i = 0; i < count; i++) {
        const struct action *present = assessment_action(app->assessment, steps[i].item, steps[i].to);
        if (present != NULL && present->status != ACTION_DROPPED)
            continue;
        struct action fresh = {.item = steps[i].item, .to = steps[i].to, .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1};
        struct change c = {.kind = CHANGE_ACTION, .item = steps[i].item};
        action_copy(&c.u.action, present != NULL ? present : &fresh);
        c.u.action.status = ACTION_OPEN;
        field_set(&c.u.action.updated, now, FIELD_MAX, false);
        action_log(&c.u.action, now);
        app_do(app, &c, group);
        n++;
    }
    free(steps);
    app_say(app, TONE_INFO, TN(app->cat, "%d step is now in the actions; u takes it back", "%d steps are now in the actions; u takes them back",
                               (unsigned long)n),
            n);
}

static void open_playbook(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct plan *st = state;
    if (st->n_rows > 0)
        app_push(app, &playbook_screen, &st->row[st->list.sel]);
}

/* ---- Drawing ---- */

static void add_limit(const struct app *app, struct buf *out, bool narrow, const char *label, const char *value)
{
    buf_addf(out, "%s%s%s[%s]", out->len > 0 ? "  " : "", label, narrow ? "" : " ", value[0] != '\0' ? value : app_glyph(app, GL_DASH));
}

static void draw_question(const struct app *app, const struct plan *st, struct area a)
{
    struct buf line = {0}, b = {0};
    bool narrow = a.cols < NARROW;
    if (st->ask.budget >= 0)
        figure_digits(&b, st->ask.budget);
    add_limit(app, &line, narrow, narrow ? TC(app->cat, "limit", "yen") : T(app->cat, "budget, yen"), buf_str(&b));
    buf_clear(&b);
    if (st->ask.days_tenths >= 0)
        figure_days(&b, st->ask.days_tenths);
    add_limit(app, &line, narrow, narrow ? TC(app->cat, "limit", "days") : T(app->cat, "person-days"), buf_str(&b));
    buf_clear(&b);
    if (st->ask.stops >= 0)
        buf_addf(&b, "%d", st->ask.stops);
    add_limit(app, &line, narrow, narrow ? TC(app->cat, "limit", "stops") : T(app->cat, "line stops"), buf_str(&b));
    buf_clear(&b);
    if (st->ask.target != GRADE_NONE)
        buf_addc(&b, app->assessment->checklist->grade[st->ask.target].letter);
    add_limit(app, &line, narrow, narrow ? TC(app->cat, "limit", "grade") : T(app->cat, "target grade"), buf_str(&b));
    area_put_fit(a, 0, 1, a.cols - 2, ST_STRONG, buf_str(&line));
    buf_release(&line);
    buf_release(&b);
}

static bool usable(const struct plan *st)
{
    return st->has_result && (st->result.status == PLAN_OPTIMAL || st->result.status == PLAN_BEST_FOUND);
}

static void put_wrapped(struct area a, unsigned style, const char *text)
{
    struct page p = {.cols = a.cols - 2};
    page_line(&p);
    page_wrap(&p, 1, style, text);
    page_draw(&p, a, 0);
    page_release(&p);
}

static void draw_answer(const struct app *app, const struct plan *st, struct area a)
{
    const struct plan_result *r = &st->result;
    struct buf b = {0};
    bool busy = working(st);
    if (!st->has_result) {
        area_put(a, 1, 1, ST_DIM, T(app->cat, "working it out ..."));
        return;
    }
    if (usable(st)) {
        struct buf before = {0}, after = {0};
        words_grade(&before, app->assessment->checklist, &r->before);
        words_grade(&after, app->assessment->checklist, &r->after);
        buf_addf(&b, T(app->cat, "now %s %s after %s"), buf_str(&before), app_glyph(app, GL_ARROW), buf_str(&after));
        buf_release(&before);
        buf_release(&after);
        buf_adds(&b, "   ");
        if (busy)
            buf_adds(&b, T(app->cat, "working it out ..."));
        else if (r->status == PLAN_OPTIMAL)
            buf_adds(&b, a.cols < NARROW ? TC(app->cat, "plan", "best") : T(app->cat, "proven best"));
        else
            buf_addf(&b, T(app->cat, "best found, at most %.1f %% from the best"), r->gap_percent);
        area_put_fit(a, 1, 1, a.cols - 2, busy ? ST_DIM : ST_OK, buf_str(&b));
        buf_clear(&b);
        words_plan_takes(&b, app->cat, r);
        if (r->n_open > 0 && a.cols >= NARROW)
            buf_addf(&b, TN(app->cat, "; %d open item counts as level 1", "; %d open items count as level 1", (unsigned long)r->n_open), r->n_open);
        put_wrapped(area_sub(a, 2, 0, HEAD_ROWS - 2, a.cols), ST_TEXT, buf_str(&b));
    } else {
        if (r->status == PLAN_OVER_LIMITS)
            words_plan_missing(&b, app->cat, r);
        else if (r->status == PLAN_UNREACHABLE)
            words_plan_why(&b, app->cat, app->assessment->checklist, r);
        else
            words_plan_failed(&b, app->cat, r);
        if (st->n_marked > 0) /* never a dead end */
            buf_addf(&b, T(app->cat, " Take a mark away: %s or %s on its step."), keymap_key(CTX_PLAN, ACT_PLAN_MUST), keymap_key(CTX_PLAN, ACT_PLAN_BAR));
        put_wrapped(area_sub(a, 1, 0, HEAD_ROWS - 1, a.cols), ST_WARN, buf_str(&b));
    }
    buf_release(&b);
}

static const char *mark(const struct app *app, const struct plan *st, int row)
{
    switch (*wish_of(st, st->row[row])) {
    case WISH_MUST: /* max 6 columns */
        return TC(app->cat, "plan", "must");
    case WISH_BAR: /* max 6 columns */
        return TC(app->cat, "plan", "not");
    case WISH_FREE:
        break;
    }
    return row < st->n_chosen ? "[x]" : "[ ]";
}

static void draw_row(const struct app *app, const struct plan *st, struct area a, int at, int row)
{
    const struct ck_item *item = &app->assessment->checklist->item[st->row[row].item];
    const struct ck_step *step = &item->step[st->row[row].to - 2];
    bool chosen = row < st->n_chosen, on = row == st->list.sel;
    unsigned style = chosen ? ST_TEXT : ST_DIM;
    /* Where there is no room for what to do, the lead and the days follow the step; the yen are in the playbook. */
    bool narrow = a.cols < NARROW;
    int right = narrow ? COL_LEAD : a.cols - COL_RIGHT, wave = narrow ? right + 15 : right + 22;
    struct step_cost cost;
    struct buf b = {0};
    step_cost(&cost, app->assessment, st->row[row].item, st->row[row].to);
    if (on)
        area_put(a, at, 0, ST_ACCENT, app_glyph(app, GL_CURSOR));
    area_put_fit(a, at, 1, 6, *wish_of(st, st->row[row]) != WISH_FREE ? ST_ACCENT : style, mark(app, st, row));
    buf_addf(&b, "%-5s %d>%d", item->id, st->row[row].to - 1, st->row[row].to);
    area_put(a, at, 8, style, buf_str(&b));
    if (!narrow)
        area_put_fit(a, at, 18, right - 19, style, app_ltext(app, &step->action));
    area_put_fit(a, at, right, 8, style, lead_name(app, step));
    buf_clear(&b);
    figure_days(&b, cost.effort_tenths);
    area_put(a, at, right + 13 - text_width(buf_str(&b)), style, buf_str(&b));
    buf_clear(&b);
    figure_yen(&b, app, cost.cost_jpy);
    if (!narrow)
        area_put(a, at, right + 21 - text_width(buf_str(&b)), style, buf_str(&b));
    if (chosen)
        area_put_fit(a, at, wave, 6, style, wave_name(app, st->result.step[row].wave));
    if (on)
        area_select(a, at);
    buf_release(&b);
}

/* Days by wave and by the role that leads: who will ask "and when am I to do that?" */
static void build_summary(const struct app *app, const struct plan *st, struct page *p)
{
    const struct checklist *ck = app->assessment->checklist;
    long wave_days[WAVE_COUNT] = {0}, *role_days = xcalloc((size_t)ck->n_roles, sizeof *role_days);
    int wave_steps[WAVE_COUNT] = {0};
    struct buf b = {0}, d = {0};
    for (size_t i = 0; i < st->result.n; i++) {
        const struct plan_step *s = &st->result.step[i];
        wave_days[s->wave] += s->cost.effort_tenths;
        wave_steps[s->wave]++;
        role_days[s->lead] += s->cost.effort_tenths;
    }
    for (int w = 0; w < WAVE_COUNT; w++) {
        buf_clear(&d);
        figure_days(&d, wave_days[w]);
        buf_addf(&b, TN(app->cat, "%s%s %d step, %s days", "%s%s %d steps, %s days", (unsigned long)wave_steps[w]), w > 0 ? "  |  " : "",
                 wave_name(app, (enum wave)w), wave_steps[w], buf_str(&d));
    }
    page_line(p);
    page_wrap(p, 1, ST_TEXT, buf_str(&b));
    buf_clear(&b);
    for (int role = 0; role < ck->n_roles; role++) {
        if (role_days[role] == 0)
            continue;
        buf_clear(&d);
        figure_days(&d, role_days[role]);
        buf_addf(&b, T(app->cat, "%s%s %s d"), b.len > 0 ? TC(app->cat, "list", ", ") : "", app_ltext(app, &ck->role[role].brief), buf_str(&d));
    }
    page_line(p);
    page_wrap(p, 1, ST_DIM, buf_str(&b));
    buf_release(&b);
    buf_release(&d);
    free(role_days);
}

static void draw_side(const struct app *app, const struct plan *st, struct area a)
{
    const struct checklist *ck = app->assessment->checklist;
    struct radar r = {.n_axes = ck->n_sections};
    struct page p = {.cols = a.cols - 1};
    for (int s = 0; s < r.n_axes; s++) {
        struct score after = st->result.after.section[s].score, before = st->result.before.section[s].score;
        r.label[s] = app_ltext(app, &ck->section[s].brief);
        for (int k = 0; k < RADAR_SERIES_COUNT; k++)
            r.value[k][s] = -1;
        r.value[RADAR_NOW][s] = after.den == 0 ? -1 : score_tenths(after);
        r.value[RADAR_LAST][s] = before.den == 0 ? -1 : score_tenths(before);
    }
    int rows = a.rows > 18 ? 15 : a.rows > 12 ? 11 : 0;
    if (rows > 0) {
        radar_draw(&r, area_sub(a, 0, 0, rows, a.cols), app->glyphs);
        const char *const names[RADAR_SERIES_COUNT] = {[RADAR_NOW] = T(app->cat, "after the plan"), [RADAR_LAST] = T(app->cat, "now")};
        radar_legend(&r, names, area_sub(a, rows, 0, 1, a.cols), app->glyphs);
    }
    build_summary(app, st, &p);
    page_draw(&p, area_sub(a, rows + 2, 0, a.rows - rows - 2, a.cols), 0);
    page_release(&p);
}

struct parts {
    struct area rows, side, foot;
};

static struct parts split(struct area a)
{
    struct parts p = {0};
    bool wide = a.cols >= WIDE;
    int foot = !wide && a.rows >= 14 ? FOOT_ROWS : 0;
    int cols = wide ? a.cols - SIDE_COLS - 2 : a.cols;
    p.rows = area_sub(a, HEAD_ROWS, 0, a.rows - HEAD_ROWS - foot, cols);
    p.side = wide ? area_sub(a, HEAD_ROWS, cols + 2, a.rows - HEAD_ROWS, SIDE_COLS) : p.side;
    p.foot = area_sub(a, a.rows - foot, 0, foot, a.cols);
    return p;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct plan *st = state;
    struct parts parts = split(a);
    draw_question(app, st, a);
    draw_answer(app, st, a);
    /* Where there is no plan, the marks that may be in its way can be taken back. */
    if (!usable(st) && st->n_marked == 0)
        return;
    int top = list_top(&st->list, st->n_rows, parts.rows.rows);
    for (int i = 0; i < parts.rows.rows && top + i < st->n_rows; i++)
        draw_row(app, st, parts.rows, i, top + i);
    list_bar(parts.rows, top, st->n_rows, app->glyphs);
    if (!usable(st))
        return;
    if (parts.side.rows > 0) {
        draw_side(app, st, parts.side);
    } else if (parts.foot.rows > 0) {
        struct page p = {.cols = a.cols - 2};
        area_hline(parts.foot, 0, ST_RULE, app_glyph(app, GL_HLINE));
        build_summary(app, st, &p);
        page_draw(&p, area_sub(parts.foot, 1, 0, parts.foot.rows - 1, a.cols), 0);
        page_release(&p);
    }
}

static int visible(const struct app *app)
{
    struct area a = {0};
    app_content_size(app, &a.rows, &a.cols);
    return split(a).rows.rows;
}

static void move(struct app *app, void *state, enum act action)
{
    struct plan *st = state;
    list_act(&st->list, action, st->n_rows, visible(app));
}

static void click(struct app *app, void *state, struct click c)
{
    struct plan *st = state;
    int rows = visible(app), row = list_top(&st->list, st->n_rows, rows) + c.row - HEAD_ROWS;
    if (c.row < HEAD_ROWS || c.row - HEAD_ROWS >= rows || row >= st->n_rows)
        return;
    bool again = row == st->list.sel;
    list_select(&st->list, row, st->n_rows, rows);
    if (again)
        open_playbook(app, st, ACT_OPEN);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},
    {ACT_DOWN, move},
    {ACT_PAGE_UP, move},
    {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move},
    {ACT_LAST, move},
    {ACT_OPEN, open_playbook},
    {ACT_PLAN_BUDGET, ask_number},
    {ACT_PLAN_DAYS, ask_number},
    {ACT_PLAN_STOPS, ask_number},
    {ACT_PLAN_TARGET, next_target},
    {ACT_PLAN_MUST, set_wish},
    {ACT_PLAN_BAR, set_wish},
    {ACT_PLAN_ACCEPT, accept},
};

const struct screen_ops plan_screen = {
    .name = "plan",
    .title = N_("Plan"),
    .context = CTX_PLAN,
    .state_size = sizeof(struct plan),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_plan,
    .draw = draw,
    .click = click,
    .tick = tick,
    .changed = changed,
    .close = close_plan,
};
