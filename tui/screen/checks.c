/* Deep dive: the checks of one item, answered yes, no or unknown. Each is evidence for a level. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/method/axes.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

/* In a narrow window level and check share a head. */
enum { LEVEL_COL = 10, TEXT_COL = 18, NARROW_COL = 9, NARROW = 60 };

struct checks {
    int item;
    struct list list; /* sel: the check */
    int top;          /* line of the page */
};

static const struct ck_item *item_of(const struct app *app, const struct checks *st)
{
    return &app->assessment->checklist->item[st->item];
}

static enum check_result result_of(const struct app *app, const struct checks *st, int check)
{
    const struct answer *x = assessment_answer(app->assessment, st->item);
    return x->check == NULL ? CHECK_OPEN : x->check[check];
}

static const char *result_name(const struct app *app, enum check_result r)
{
    static const char *const NAMES[CHECK_RESULT_COUNT] = {
        [CHECK_OPEN] = "", [CHECK_YES] = N_("yes"), [CHECK_NO] = N_("no"), [CHECK_UNKNOWN] = N_("unknown")};
    return r == CHECK_OPEN ? app_glyph(app, GL_DASH) : T(app->cat, NAMES[r]);
}

static void add_check(const struct app *app, const struct checks *st, struct page *p, int i)
{
    static const unsigned STYLES[CHECK_RESULT_COUNT] = {
        [CHECK_OPEN] = ST_DIM, [CHECK_YES] = ST_OK, [CHECK_NO] = ST_LOW, [CHECK_UNKNOWN] = ST_WARN};
    const struct ck_check *check = &item_of(app, st)->check[i];
    enum check_result r = result_of(app, st, i);
    bool on = i == st->list.sel;
    char level[16];
    snprintf(level, sizeof level, "%d", check->level);
    page_line(p);
    int first = p->n_lines - 1;
    if (on)
        page_put(p, 0, ST_TITLE, app_glyph(app, GL_CURSOR));
    page_put(p, 2, STYLES[r], result_name(app, r));
    bool narrow = p->cols < NARROW;
    page_put(p, narrow ? NARROW_COL : LEVEL_COL + 2, ST_DIM, level);
    page_wrap(p, narrow ? NARROW_COL + 2 : TEXT_COL, on ? ST_STRONG : ST_TEXT, app_ltext(app, &check->text));
    page_tag(p, first, i + 1);
}

static void build(const struct app *app, const struct checks *st, struct page *p, int cols)
{
    const struct ck_item *item = item_of(app, st);
    const struct answer *x = assessment_answer(app->assessment, st->item);
    p->cols = cols - 1;
    page_line(p);
    int col = page_put(p, 1, ST_TITLE, T(app->cat, "Deep dive"));
    col = page_put(p, col + 2, ST_STRONG, item->id);
    page_put(p, col + 1, ST_STRONG, app_ltext(app, &item->label));
    page_line(p);
    char claimed[96];
    if (x->state == ANSWER_LEVEL)
        snprintf(claimed, sizeof claimed, T(app->cat, "claimed: level %d"), x->level);
    else
        snprintf(claimed, sizeof claimed, "%s", T(app->cat, "no level claimed yet"));
    int at = page_put(p, 1, ST_DIM, claimed);
    int suggested = dive_suggested(item, x);
    if (suggested > 0) {
        bool flagged = dive_flagged(item, x);
        snprintf(claimed, sizeof claimed, T(app->cat, "the checks suggest level %d"), suggested);
        at = page_put(p, at + 3, flagged ? ST_WARN : ST_OK, claimed);
        if (flagged)
            page_put(p, at + 2, ST_WARN, T(app->cat, "! the claim is higher"));
    }
    page_line(p);
    page_line(p);
    page_put(p, 2, ST_DIM, T(app->cat, "result"));
    if (p->cols < NARROW) {
        page_put(p, NARROW_COL, ST_DIM, T(app->cat, "level: check, yes is evidence" /* max 29 columns */));
    } else {
        /* max 6 columns; heads the column of levels */
        page_put(p, LEVEL_COL, ST_DIM, T(app->cat, "level"));
        page_put(p, TEXT_COL, ST_DIM, T(app->cat, "check (a yes is evidence for that level)"));
    }
    for (int i = 0; i < item->n_checks; i++)
        add_check(app, st, p, i);
}

static void open_checks(struct app *app, void *state, const void *arg)
{
    struct checks *st = state;
    st->item = *(const int *)arg;
    for (int i = 0; i < item_of(app, st)->n_checks; i++) {
        if (result_of(app, st, i) == CHECK_OPEN) {
            st->list.sel = i;
            break;
        }
    }
}

/* Scrolls so that the selected check is visible as a whole. */
static int follow(const struct page *p, int tag, int top, int rows)
{
    int first = -1, last = -1;
    for (int i = 0; i < p->n_lines; i++) {
        if (page_tag_at(p, i) == tag) {
            first = first < 0 ? i : first;
            last = i;
        }
    }
    if (last >= top + rows)
        top = last - rows + 1;
    if (tag == 1)
        first = 0; /* the heading belongs to the first */
    return first < top ? first : top;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct checks *st = state;
    struct page p = {0};
    build(app, st, &p, a.cols);
    page_draw(&p, a, follow(&p, st->list.sel + 1, st->top, a.rows));
    page_release(&p);
}

static void select_check(struct app *app, struct checks *st, int check)
{
    int rows, cols, n = item_of(app, st)->n_checks;
    app_content_size(app, &rows, &cols);
    list_select(&st->list, check, n, n);
    struct page p = {0};
    build(app, st, &p, cols);
    st->top = follow(&p, st->list.sel + 1, st->top, rows);
    page_release(&p);
}

static void move(struct app *app, void *state, enum act action)
{
    struct checks *st = state;
    int n = item_of(app, st)->n_checks;
    list_act(&st->list, action, n, n);
    select_check(app, st, st->list.sel);
}

static void set_result(struct app *app, void *state, enum act action)
{
    struct checks *st = state;
    enum check_result r = action == ACT_CHECK_YES  ? CHECK_YES
                          : action == ACT_CHECK_NO ? CHECK_NO
                          : action == ACT_CHECK_UNKNOWN ? CHECK_UNKNOWN
                                                        : CHECK_OPEN;
    struct change c;
    char now[32];
    app_now(app, now);
    change_check(&c, app->assessment, st->item, st->list.sel, r, now);
    app_do(app, &c, 0);
    if (r != CHECK_OPEN)
        select_check(app, st, st->list.sel + 1);
}

static void click(struct app *app, void *state, struct click c)
{
    struct checks *st = state;
    struct page p = {0};
    build(app, st, &p, c.cols);
    int max = page_max_top(&p, c.rows), tag = page_tag_at(&p, c.row + (st->top < max ? st->top : max));
    page_release(&p);
    if (c.button == MOUSE_WHEEL_UP || c.button == MOUSE_WHEEL_DOWN)
        app_act(app, c.button == MOUSE_WHEEL_UP ? ACT_UP : ACT_DOWN);
    else if (c.button == MOUSE_LEFT && tag > 0)
        select_check(app, st, tag - 1);
}

static void leave(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},           {ACT_DOWN, move},           {ACT_PAGE_UP, move},
    {ACT_PAGE_DOWN, move},    {ACT_FIRST, move},          {ACT_LAST, move},
    {ACT_CHECK_YES, set_result}, {ACT_CHECK_NO, set_result}, {ACT_CHECK_UNKNOWN, set_result},
    {ACT_CHECK_CLEAR, set_result}, {ACT_OPEN, leave},
};

const struct screen_ops checks_screen = {
    .name = "checks",
    .title = N_("Deep dive"),
    .context = CTX_CHECKS,
    .state_size = sizeof(struct checks),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_checks,
    .draw = draw,
    .click = click,
};
