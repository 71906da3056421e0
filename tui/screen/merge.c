/* Two files of one site made one: what they disagree on, decided one by one. Whatever nobody decides is the newer answer. Nothing is
 * written before w; then the merged file is opened. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "tui/app/app.h"
#include "tui/app/merging.h"
#include "tui/app/recent.h"
#include "tui/screen/beside.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

struct merge {
    struct list list;
    int detail_top;
    bool whole;  /* a small window: the pair takes all of it */
    bool warned; /* that nothing is written yet */
};

/* ---- Drawing ---- */

enum { LONG_WORDS = 76 };

static void put_file(const struct app *app, struct area a, int row, const char *name, const char *path, const struct assessment *as)
{
    struct buf b = {0};
    buf_addf(&b, "%s  %s  ", name, as->site.name[0] != '\0' ? as->site.name : as->site.id);
    buf_addf(&b, T(app->cat, "round %s, %.10s"), assessment_round(as)->id, as->modified);
    buf_addf(&b, "  %s", path);
    area_put_fit(a, row, 1, a.cols - 2, ST_TEXT, buf_str(&b));
    buf_release(&b);
}

static bool says(const struct answer *x)
{
    return x->state == ANSWER_LEVEL || x->state == ANSWER_NA;
}

static void put_summary(const struct app *app, struct area a, const struct merging *m)
{
    int only[MERGE_SIDES] = {0};
    struct buf b = {0};
    for (int i = 0; i < m->merged->checklist->n_items; i++) {
        bool left = says(assessment_answer(m->side[0], i)), right = says(assessment_answer(m->side[1], i));
        only[0] += left && !right;
        only[1] += right && !left;
    }
    buf_addf(&b,
             a.cols < LONG_WORDS ? T(app->cat, "A only %d, B only %d, differ %d, open %d" /* max 38 columns */)
                                 : T(app->cat, "Answered by A only %d, by B only %d; contradictions %d, of these undecided %d"),
             only[0], only[1], m->n_conflicts, merging_undecided(m));
    area_put_fit(a, 2, 1, a.cols - 2, ST_STRONG, buf_str(&b));
    buf_release(&b);
}

static void draw_row(const struct app *app, struct area a, int row, const struct merging *m, int i, bool on)
{
    const struct merge_conflict *c = &m->conflict[i];
    bool decided = m->decided[c->item];
    char sign[8];
    snprintf(sign, sizeof sign, "%c%s", c->took_b ? 'B' : 'A', decided ? "" : "?");
    beside_row(app, a, row, &m->merged->checklist->item[c->item], c->a, c->b, sign, decided ? ST_OK : ST_WARN, on);
}

static bool alone(const struct merge *st, const struct merging *m, int rows)
{
    return st->whole && m->n_conflicts > 0 && !beside_room(rows, m->n_conflicts);
}

/* Each side's name says whether its answer is the one that is taken. */
struct pair {
    struct buf name[MERGE_SIDES];
    struct side side[MERGE_SIDES];
    const struct ck_item *item;
};

static void pair_make(struct pair *p, const struct app *app, const struct merge *st, const struct merging *m)
{
    const struct merge_conflict *c = &m->conflict[st->list.sel];
    *p = (struct pair){.item = &m->merged->checklist->item[c->item]};
    buf_addf(&p->name[0], c->took_b ? "A" : T(app->cat, "%s: taken"), "A");
    buf_addf(&p->name[1], c->took_b ? T(app->cat, "%s: taken") : "B", "B");
    p->side[0] = (struct side){buf_str(&p->name[0]), m->side[0], c->a};
    p->side[1] = (struct side){buf_str(&p->name[1]), m->side[1], c->b};
}

static void pair_release(struct pair *p)
{
    buf_release(&p->name[0]);
    buf_release(&p->name[1]);
}

static void draw_pair(const struct app *app, const struct merge *st, struct area a, const struct merging *m)
{
    struct pair p;
    pair_make(&p, app, st, m);
    beside_draw(app, a, st->detail_top, p.item, &p.side[0], &p.side[1]);
    pair_release(&p);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct merge *st = state;
    const struct merging *m = app->merging;
    int n = m->n_conflicts, rows = beside_list_rows(a.rows, n), rest = a.rows - BESIDE_HEAD - rows;
    if (alone(st, m, a.rows)) {
        draw_pair(app, st, a, m);
        return;
    }
    put_file(app, a, 0, "A", m->path[0], m->side[0]);
    put_file(app, a, 1, "B", m->path[1], m->side[1]);
    put_summary(app, a, m);
    beside_heads(app, a, 3, "A", "B");
    struct area list = area_sub(a, BESIDE_HEAD, 0, rows, a.cols);
    if (n == 0) {
        area_put_fit(list, 0, 1, a.cols - 2, ST_OK, T(app->cat, "No contradictions: w writes the merged file"));
        return;
    }
    int top = list_top(&st->list, n, rows);
    for (int row = 0; row < rows && top + row < n; row++)
        draw_row(app, list, row, m, top + row, top + row == st->list.sel);
    list_bar(list, top, n, app->glyphs);
    if (rest > 1)
        draw_pair(app, st, area_sub(a, BESIDE_HEAD + rows, 0, rest, a.cols), m);
}

/* ---- Deciding ---- */

static void move(struct app *app, void *state, enum act action)
{
    struct merge *st = state;
    int rows, cols, n = app->merging->n_conflicts;
    app_content_size(app, &rows, &cols);
    list_act(&st->list, action, n, beside_list_rows(rows, n));
    st->detail_top = 0;
    st->warned = false;
}

static void scroll_detail(struct app *app, void *state, enum act action)
{
    struct merge *st = state;
    const struct merging *m = app->merging;
    struct area a = {0};
    struct pair p;
    app_content_size(app, &a.rows, &a.cols);
    if (m->n_conflicts == 0)
        return;
    if (!alone(st, m, a.rows))
        a.rows -= BESIDE_HEAD + beside_list_rows(a.rows, m->n_conflicts);
    pair_make(&p, app, st, m);
    st->detail_top = beside_scroll(app, a, st->detail_top, action, p.item, &p.side[0], &p.side[1]);
    pair_release(&p);
}

/* The two answers in full and back to the list, where there is no room for both. */
static void zoom(struct app *app, void *state, enum act action)
{
    struct merge *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    st->whole = action == ACT_OPEN && !st->whole && !beside_room(rows, app->merging->n_conflicts);
    st->detail_top = 0;
}

/* On to the next one that nobody has decided; the last stays selected. */
static void go_on(struct merge *st, const struct merging *m)
{
    for (int k = 1; k < m->n_conflicts; k++) {
        int i = (st->list.sel + k) % m->n_conflicts;
        if (!m->decided[m->conflict[i].item]) {
            st->list.sel = i;
            break;
        }
    }
    st->detail_top = 0;
}

static void decide(struct app *app, void *state, enum act action)
{
    struct merge *st = state;
    struct merging *m = app->merging;
    if (m->n_conflicts == 0)
        return;
    st->warned = false;
    merging_decide(m, st->list.sel, action == ACT_MERGE_A ? MERGE_A : action == ACT_MERGE_B ? MERGE_B : MERGE_NEWER);
    go_on(st, m);
}

static void decide_rest(struct app *app, void *state, enum act action)
{
    struct merging *m = app->merging;
    (void)state, (void)action;
    for (int i = 0; i < m->n_conflicts; i++)
        if (!m->decided[m->conflict[i].item])
            merging_decide(m, i, MERGE_NEWER);
}

/* ---- Writing ---- */

static void written(struct app *app, const char *path, bool force)
{
    struct merging *m = app->merging;
    struct diag diag = {0};
    char now[ISO_SIZE];
    int n = m->n_conflicts, open = merging_undecided(m);
    app_now(app, now);
    m->force = force;
    if (merging_write(m, path, now, &diag) != ERR_OK || app_open_locked(app, path, m->pass, false, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
        return;
    }
    recent_add(path);
    app_say(app, TONE_INFO, T(app->cat, "Merged. Contradictions %d: decided by you %d, by the newer answer %d"), n, n - open, open);
}

static void ask_where(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    ask_target(app, N_("Write the merged file to"), app->merging->out, written);
}

/* Elsewhere everything is saved already; here nothing is. */
static void quit(struct app *app, void *state, enum act action)
{
    struct merge *st = state;
    (void)action;
    app->quit = st->warned;
    st->warned = true;
    app_say(app, TONE_WARN, "%s", T(app->cat, "Nothing is written yet: w writes, q again leaves it"));
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},           {ACT_DOWN, move},          {ACT_PAGE_UP, move},         {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move},        {ACT_LAST, move},          {ACT_MERGE_A, decide},       {ACT_MERGE_B, decide},
    {ACT_MERGE_NEWER, decide}, {ACT_MERGE_REST, decide_rest}, {ACT_MERGE_WRITE, ask_where}, {ACT_DETAIL_DOWN, scroll_detail},
    {ACT_DETAIL_UP, scroll_detail}, {ACT_QUIT, quit},        {ACT_OPEN, zoom},            {ACT_BACK, zoom},
};

const struct screen_ops merge_screen = {
    .name = "merge",
    .title = N_("Merge"),
    .alone = true,
    .context = CTX_MERGE,
    .state_size = sizeof(struct merge),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .draw = draw,
};
