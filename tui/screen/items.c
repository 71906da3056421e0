/* A section tab: the items on the left (above, in a narrow window), the selected one in full on the right (below). See items.h. */
#include "tui/screen/items.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/screen/screens.h"

enum { LIST_ROWS_MIN = 3, LIST_COLS = 54, LIST_COLS_MAX = 62 };

/* Where things are */

static int list_rows(const struct app *app, const struct items *st, int rows)
{
    int n = app->assessment->checklist->section[st->section].n_items + (app->filter != FILTER_ALL);
    int want = rows / 3 > LIST_ROWS_MIN ? rows / 3 : LIST_ROWS_MIN;
    return n < want ? n : want;
}

struct items_layout items_layout(const struct app *app, const struct items *st, struct area a)
{
    struct items_layout l = {.side = a.cols >= ITEMS_WIDE};
    if (st->zoom) {
        l.rule = area_sub(a, 0, 0, 1, a.cols);
        l.detail = area_sub(a, 1, 0, a.rows - 1, a.cols);
    } else if (l.side) {
        int cols = LIST_COLS + (a.cols - ITEMS_WIDE) / 2;
        if (cols > LIST_COLS_MAX)
            cols = LIST_COLS_MAX;
        l.list = area_sub(a, 0, 0, a.rows, cols);
        l.rule = area_sub(a, 0, cols, a.rows, 1);
        l.detail = area_sub(a, 0, cols + 1, a.rows, a.cols - cols - 1);
    } else {
        int rows = list_rows(app, st, a.rows);
        l.list = area_sub(a, 0, 0, rows, a.cols);
        l.rule = area_sub(a, rows, 0, 1, a.cols);
        l.detail = area_sub(a, rows + 1, 0, a.rows - rows - 1, a.cols);
    }
    return l;
}

/* The same without a canvas, for handlers. */
static struct items_layout present_layout(const struct app *app, const struct items *st)
{
    struct area a = {0};
    app_content_size(app, &a.rows, &a.cols);
    return items_layout(app, st, a);
}

static int rows_for_items(const struct app *app, struct area list)
{
    return list.rows - (app->filter != FILTER_ALL);
}

/* The item under the cursor, or -1 when the filter leaves none. */
static int current(const struct app *app, const struct items *st)
{
    int visible[ITEMS_MAX];
    int n = items_visible(app, st->section, visible);
    return n > 0 ? visible[items_row(visible, n, st->item)] : -1;
}

static int item_of(const struct app *app, const void *state)
{
    return current(app, state);
}

static void select_item(const struct app *app, struct items *st, int item)
{
    int visible[ITEMS_MAX];
    int n = items_visible(app, st->section, visible), rows = rows_for_items(app, present_layout(app, st).list);
    struct list list = {0, st->top};
    list_select(&list, items_row(visible, n, item), n, rows > 0 ? rows : 1);
    if (st->item != item)
        st->detail_top = 0;
    st->item = item;
    st->top = list.top;
}

static void go(struct app *app, void *state, int item)
{
    select_item(app, state, item);
}

static void open_items(struct app *app, void *state, const void *arg)
{
    struct items *st = state;
    st->section = *(const int *)arg;
    const struct ck_section *s = &app->assessment->checklist->section[st->section];
    st->item = s->first_item;
    for (int i = s->first_item; i < s->first_item + s->n_items; i++) {
        if (assessment_answer(app->assessment, i)->state == ANSWER_OPEN) {
            select_item(app, st, i);
            break;
        }
    }
}

static void resize(struct app *app, void *state, int rows, int cols)
{
    (void)rows;
    (void)cols;
    struct items *st = state;
    select_item(app, st, st->item);
}

/* Drawing */

static void draw_scroll_hint(const struct app *app, const struct page *p, int top, struct area detail, struct area at)
{
    int max = page_max_top(p, detail.rows);
    if (top > max)
        top = max;
    if (max == 0)
        return;
    char hint[64], down[32] = "", up[32] = "";
    if (top < max)
        snprintf(down, sizeof down, "%s%s ", keymap_key(CTX_ITEMS, ACT_DETAIL_DOWN), app_glyph(app, GL_MORE));
    if (top > 0)
        snprintf(up, sizeof up, "%s%s ", keymap_key(CTX_ITEMS, ACT_DETAIL_UP), app_glyph(app, GL_LESS));
    snprintf(hint, sizeof hint, " %s%s", up, down);
    int width = text_width(hint);
    area_put(at, 0, at.cols - width - 2, ST_DIM, hint);
}

/* Title of the detail: on the rule where that is horizontal, else on the first line. */
static void draw_detail(const struct app *app, const struct items *st, int item, const struct items_layout *l)
{
    const struct ck_item *ck = &app->assessment->checklist->item[item];
    struct area detail = l->detail;
    struct area title = l->rule;
    if (l->side && !st->zoom) {
        area_vline(l->rule, 0, ST_RULE, app_glyph(app, GL_VLINE));
        title = area_sub(detail, 0, 0, 1, detail.cols);
        detail = area_sub(detail, 1, 0, detail.rows - 1, detail.cols);
    } else {
        area_hline(l->rule, 0, ST_RULE, app_glyph(app, GL_HLINE));
    }
    struct page p = {0};
    items_build_detail(app, item, detail.cols, &p);
    page_draw(&p, detail, st->detail_top);
    struct buf b = {0}, fit = {0};
    buf_addf(&b, " %s %s ", ck->id, app_ltext(app, &ck->label));
    text_fit(&fit, buf_str(&b), title.cols - 14, false);
    area_put(title, 0, 0, ST_STRONG, buf_str(&fit));
    draw_scroll_hint(app, &p, st->detail_top, detail, title);
    buf_release(&b);
    buf_release(&fit);
    page_release(&p);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct items *st = state;
    struct items_layout l = items_layout(app, st, a);
    int item = current(app, st);
    if (!st->zoom)
        items_draw_list(app, st, l.list);
    if (item >= 0)
        draw_detail(app, st, item, &l);
    else if (!l.side)
        area_hline(l.rule, 0, ST_RULE, app_glyph(app, GL_HLINE));
}

/* Moving */

static void move(struct app *app, void *state, enum act action)
{
    struct items *st = state;
    int visible[ITEMS_MAX];
    int n = items_visible(app, st->section, visible), rows = rows_for_items(app, present_layout(app, st).list);
    if (n == 0)
        return;
    struct list list = {items_row(visible, n, st->item), st->top};
    list_act(&list, action, n, rows > 0 ? rows : 1);
    select_item(app, st, visible[list.sel]);
}

static bool waits(const struct app *app, int item)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    return x->state == ANSWER_OPEN || x->carried;
}

/* On to the next item without an answer, over the end of the section and round to the start; if there is none, stay and say so. */
static void advance(struct app *app, struct items *st, int item)
{
    int n = app->assessment->checklist->n_items;
    if (app->filter != FILTER_ALL && app->filter != FILTER_OPEN) {
        int visible[ITEMS_MAX];
        int n_visible = items_visible(app, st->section, visible);
        for (int i = 0; i < n_visible; i++) {
            if (visible[i] > item) {
                select_item(app, st, visible[i]);
                return;
            }
        }
        return;
    }
    for (int step = 1; step < n; step++) {
        int next = (item + step) % n;
        if (waits(app, next)) {
            app_go(app, next);
            return;
        }
    }
    app_say(app, TONE_INFO, T(app->cat, "All %d items have an answer"), n);
}

static void detail_scroll(struct app *app, void *state, enum act action)
{
    struct items *st = state;
    int item = current(app, st);
    if (item < 0)
        return;
    struct items_layout l = present_layout(app, st);
    int rows = l.detail.rows - (l.side && !st->zoom);
    struct page p = {0};
    items_build_detail(app, item, l.detail.cols, &p);
    int max = page_max_top(&p, rows), step = rows > 2 ? rows - 2 : 1;
    page_release(&p);
    int top = st->detail_top + (action == ACT_DETAIL_DOWN ? step : -step);
    st->detail_top = top > max ? max : top < 0 ? 0 : top;
}

static void zoom(struct app *app, void *state, enum act action)
{
    struct items *st = state;
    if (action == ACT_BACK && !st->zoom) {
        app_back(app, NULL, action);
        return;
    }
    st->zoom = action == ACT_OPEN ? !st->zoom : false;
    st->detail_top = 0;
}

static void next_filter(struct app *app, void *state, enum act action)
{
    (void)action;
    struct items *st = state;
    app->filter = (enum filter)((app->filter + 1) % FILTER_COUNT);
    st->top = 0;
    select_item(app, st, st->item);
}

/* Answering */

/* "1-1 Management commitment: 3 Done"; a narrow window has one row for it, and the item's name is above. */
static void say_level(struct app *app, int item, int level)
{
    enum { NARROW = 60 };
    const struct ck_item *ck = &app->assessment->checklist->item[item];
    struct buf b = {0}, name = {0};
    buf_addf(&name, app->cols < NARROW ? "%s" : "%s %s", ck->id, app_ltext(app, &ck->label));
    buf_addf(&b, T(app->cat, "%s: "), buf_str(&name));
    buf_addf(&b, "%d %s", level, app_ltext(app, &app->assessment->checklist->level[level - 1].brief));
    app_say(app, TONE_INFO, "%s", buf_str(&b));
    buf_release(&name);
    buf_release(&b);
}

static void set_level(struct app *app, void *state, enum act action)
{
    struct items *st = state;
    int item = current(app, st), level = (int)action - ACT_LEVEL_1 + 1;
    struct change c;
    char now[32];
    app_now(app, now);
    change_level(&c, app->assessment, item, level, now);
    app_do(app, &c, 0);
    say_level(app, item, level);
    advance(app, st, item);
}

static void set_na(struct app *app, int item, const char *reason)
{
    struct change c;
    char now[32];
    app_now(app, now);
    change_na(&c, app->assessment, item, reason, now);
    app_do(app, &c, 0);
}

static void ask_na(struct app *app, void *state, enum act action)
{
    (void)action;
    int item = current(app, state);
    const struct answer *x = assessment_answer(app->assessment, item);
    struct ask ask = {.title = N_("why is it not applicable?"),
                      .initial = x->reason,
                      .item = item,
                      .must = true,
                      .max_bytes = TEXT_MAX,
                      .done = set_na};
    app_push(app, &ask_screen, &ask);
}

/* The marks that one key sets: unknown, clear, basis (cycles), flag and alternative (on, off). */
static void set_mark(struct app *app, void *state, enum act action)
{
    int item = current(app, state);
    const struct assessment *as = app->assessment;
    const struct answer *x = assessment_answer(as, item);
    struct change c;
    char now[32];
    app_now(app, now);
    if (action == ACT_UNKNOWN)
        change_unknown(&c, as, item, now);
    else if (action == ACT_CLEAR)
        change_clear(&c, as, item, now);
    else if (action == ACT_BASIS)
        change_basis(&c, as, item, (enum basis)((x->basis + 1) % BASIS_COUNT), now);
    else if (action == ACT_FLAG)
        change_flag(&c, as, item, !x->flag, now);
    else
        change_alternative(&c, as, item, !x->alternative, now);
    app_do(app, &c, 0);
    if (action == ACT_BASIS) {
        x = assessment_answer(as, item);
        app_say(app, TONE_INFO, "%s: %s", as->checklist->item[item].id, items_basis_name(app, x->basis));
    }
}

static void write_text(struct app *app, void *state, enum act action)
{
    struct write what = {.item = current(app, state), .what = action == ACT_NOTE ? LONG_NOTE : LONG_EVIDENCE};
    app_push(app, &write_screen, &what);
}

static void deep_dive(struct app *app, void *state, enum act action)
{
    (void)action;
    int item = current(app, state);
    if (app->assessment->checklist->item[item].n_checks == 0)
        app_say(app, TONE_INFO, "%s", T(app->cat, "This item has no checks"));
    else
        app_push(app, &checks_screen, &item);
}

/* Mouse */

static void click_detail(struct app *app, struct items *st, const struct items_layout *l, int row)
{
    int item = current(app, st);
    if (item < 0)
        return;
    int head = l->side && !st->zoom;
    struct page p = {0};
    items_build_detail(app, item, l->detail.cols, &p);
    int max = page_max_top(&p, l->detail.rows - head), top = st->detail_top < max ? st->detail_top : max;
    int level = page_tag_at(&p, row - head + top);
    page_release(&p);
    if (level > 0)
        app_act(app, (enum act)(ACT_LEVEL_1 + level - 1));
}

static bool inside(struct area a, int row, int col)
{
    return row >= a.row && row < a.row + a.rows && col >= a.col && col < a.col + a.cols;
}

static void click(struct app *app, void *state, struct click c)
{
    struct items *st = state;
    struct items_layout l = present_layout(app, st);
    bool on_list = inside(l.list, c.row, c.col);
    if (c.button == MOUSE_WHEEL_UP || c.button == MOUSE_WHEEL_DOWN) {
        bool down = c.button == MOUSE_WHEEL_DOWN;
        app_act(app, on_list ? (down ? ACT_DOWN : ACT_UP) : down ? ACT_DETAIL_DOWN : ACT_DETAIL_UP);
        return;
    }
    if (c.button != MOUSE_LEFT)
        return;
    if (inside(l.detail, c.row, c.col)) {
        click_detail(app, st, &l, c.row - l.detail.row);
        return;
    }
    int visible[ITEMS_MAX];
    int n = items_visible(app, st->section, visible);
    struct list list = {items_row(visible, n, st->item), st->top};
    int head = app->filter != FILTER_ALL, row = c.row - l.list.row - head + list_top(&list, n, l.list.rows - head);
    if (on_list && c.row - l.list.row >= head && row < n)
        select_item(app, st, visible[row]);
}

static void more(struct app *app, void *state, enum act action)
{
    (void)state;
    int item = app_item(app);
    if (item >= 0 && action == ACT_PERSON)
        items_next_person(app, item);
    else if (item >= 0)
        items_ask_target(app, item);
}

static const struct handler HANDLERS[] = {
    {ACT_PERSON, more},      {ACT_TARGET, more},
    {ACT_UP, move},          {ACT_DOWN, move},        {ACT_PAGE_UP, move},      {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move},       {ACT_LAST, move},        {ACT_OPEN, zoom},         {ACT_BACK, zoom},
    {ACT_LEVEL_1, set_level}, {ACT_LEVEL_2, set_level}, {ACT_LEVEL_3, set_level}, {ACT_LEVEL_4, set_level},
    {ACT_LEVEL_5, set_level}, {ACT_UNKNOWN, set_mark}, {ACT_NA, ask_na},         {ACT_CLEAR, set_mark},
    {ACT_NOTE, write_text},  {ACT_EVIDENCE, write_text}, {ACT_BASIS, set_mark},  {ACT_CHECKS, deep_dive},
    {ACT_FLAG, set_mark},    {ACT_ALTERNATIVE, set_mark}, {ACT_FILTER, next_filter},
    {ACT_DETAIL_DOWN, detail_scroll}, {ACT_DETAIL_UP, detail_scroll},
};

const struct screen_ops items_screen = {
    .name = "items",
    .context = CTX_ITEMS,
    .state_size = sizeof(struct items),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_items,
    .draw = draw,
    .click = click,
    .resize = resize,
    .item = item_of,
    .go = go,
};
