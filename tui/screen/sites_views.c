/* Two more looks at a roll-up: the gaps that sites have in common, and what became of each file. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/app/message.h"
#include "tui/app/outcome.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

struct view {
    struct list list;
    size_t *file; /* files: owned, those to be worried about first */
};

static int visible(const struct app *app, int head)
{
    int rows, cols;
    app_content_size(app, &rows, &cols);
    return rows - head;
}

/* ---- Common gaps ---- */

enum { COMMON_HEAD = 2, COL_ITEM = 3, COL_LABEL = 9, RIGHT_COLS = 40, BAR_COLS = 10 };

static void draw_bar(const struct app *app, struct area a, int row, int col, const struct common_gap *g)
{
    int on = g->applicable > 0 ? (int)(g->below * BAR_COLS / g->applicable) : 0;
    for (int i = 0; i < BAR_COLS; i++)
        area_put(a, row, col + i, i < on ? ST_MID : ST_DIM, app_glyph(app, i < on ? GL_BAR_ON : GL_BAR_OFF));
}

static void draw_gap(const struct app *app, struct area a, int row, const struct common_gap *g, bool on)
{
    const struct ck_item *item = &app->fleet->checklist->item[g->item];
    bool roomy = a.cols >= 70;
    int right = a.cols - (roomy ? RIGHT_COLS : 17), mean = common_gap_mean(g);
    area_put(a, row, COL_ITEM, item->key ? ST_STRONG : ST_TEXT, item->id);
    area_put_fit(a, row, COL_LABEL, right - COL_LABEL - 1, ST_TEXT, app_ltext(app, &item->label));
    area_printf(a, row, right, ST_TEXT, "%5zu/%zu", g->below, g->applicable);
    if (mean >= 0)
        area_printf(a, row, right + 12, ST_TEXT, "%d.%d", mean / 10, mean % 10);
    if (roomy) {
        area_put_fit(a, row, right + 17, 10, item->fix == FIX_HQ ? ST_ACCENT : ST_DIM,
                     item->fix == FIX_HQ ? T(app->cat, "HQ" /* max 10 columns */) : T(app->cat, "each plant" /* max 10 columns */));
        draw_bar(app, a, row, right + 28, g);
    }
    if (on) {
        area_put(a, row, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
        area_select(a, row);
    }
}

static void draw_common(const struct app *app, const void *state, struct area a)
{
    const struct view *v = state;
    const struct fleet *f = app->fleet;
    int n = f->checklist->n_items, rows = a.rows - COMMON_HEAD, top = list_top(&v->list, n, rows);
    int right = a.cols - (a.cols >= 70 ? RIGHT_COLS : 17);
    area_put(a, 0, 1, ST_TITLE, T(app->cat, "Common gaps: sites under target"));
    area_put_fit(a, 1, COL_ITEM, right - COL_ITEM - 1, ST_DIM, T(app->cat, "Item"));
    area_put(a, 1, right, ST_DIM, T(app->cat, "under/of" /* max 10 columns */));
    area_put(a, 1, right + 12, ST_DIM, T(app->cat, "avg" /* max 4 columns */));
    if (a.cols >= 70)
        area_put(a, 1, right + 17, ST_DIM, T(app->cat, "fix at" /* max 10 columns */));
    for (int i = 0; i < rows && top + i < n; i++)
        draw_gap(app, a, COMMON_HEAD + i, &f->gap[top + i], top + i == v->list.sel);
    list_bar(area_sub(a, COMMON_HEAD, 0, rows, a.cols), top, n, app->glyphs);
}

static void move_common(struct app *app, void *state, enum act action)
{
    struct view *v = state;
    list_act(&v->list, action, app->fleet->checklist->n_items, visible(app, COMMON_HEAD));
}

/* Back to the sites, sorted by this item, the worst first. */
static void choose_gap(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct view *v = state;
    struct fleet *f = app->fleet;
    f->items.sel = f->gap[v->list.sel].item;
    f->sort = SORT_ITEM;
    f->sort_item = f->items.sel;
    f->reverse = true;
    f->sites = (struct list){0};
    fleet_sort(f);
    app_pop(app);
}

static const struct handler COMMON_HANDLERS[] = {
    {ACT_UP, move_common},        {ACT_DOWN, move_common},  {ACT_PAGE_UP, move_common},
    {ACT_PAGE_DOWN, move_common}, {ACT_FIRST, move_common}, {ACT_LAST, move_common},
    {ACT_OPEN, choose_gap},
};

const struct screen_ops sites_common_screen = {
    .name = "sites-common",
    .title = N_("Common gaps"),
    .alone = true,
    .context = CTX_SITES_VIEW,
    .state_size = sizeof(struct view),
    .handlers = COMMON_HANDLERS,
    .n_handlers = N_HANDLERS(COMMON_HANDLERS),
    .draw = draw_common,
};

/* ---- What became of each file ---- */

enum { FILES_HEAD = 2, OUTCOME_COLS = 10 };

static const enum rollup_outcome ORDER[ROLLUP_OUTCOME_COUNT] = {ROLLUP_REJECTED, ROLLUP_CONFLICT, ROLLUP_DUPLICATE, ROLLUP_OLDER,
                                                                ROLLUP_TAKEN};

static const char *outcome_name(const struct app *app, enum rollup_outcome o)
{
    switch (o) {
    case ROLLUP_TAKEN:
        return T(app->cat, "taken" /* max 10 columns */);
    case ROLLUP_OLDER:
        return T(app->cat, "older" /* max 10 columns */);
    case ROLLUP_DUPLICATE:
        return T(app->cat, "duplicate" /* max 10 columns */);
    case ROLLUP_CONFLICT:
        return T(app->cat, "conflict" /* max 10 columns */);
    case ROLLUP_REJECTED:
        return T(app->cat, "rejected" /* max 10 columns */);
    case ROLLUP_OUTCOME_COUNT:
        break;
    }
    return "";
}

static void open_files(struct app *app, void *state, const void *arg)
{
    (void)arg;
    struct view *v = state;
    const struct rollup *r = &app->fleet->r;
    size_t n = 0;
    v->file = xcalloc(r->n, sizeof *v->file);
    for (int o = 0; o < ROLLUP_OUTCOME_COUNT; o++)
        for (size_t i = 0; i < r->n; i++)
            if (r->file[i].outcome == ORDER[o])
                v->file[n++] = i;
}

static void close_files(struct app *app, void *state)
{
    (void)app;
    struct view *v = state;
    free(v->file);
}

/* Why: the reason of a rejection, else the file that counts instead. */
static void add_why(struct buf *out, const struct app *app, const struct rollup *r, const struct rollup_file *f)
{
    if (f->outcome == ROLLUP_REJECTED) {
        message_diag(out, app->cat, f->diag);
    } else if (f->outcome == ROLLUP_TAKEN) {
        buf_addf(out, "%s  %s", f->site->id, f->site->name);
    } else {
        buf_addf(out, T(app->cat, "round %s #%ld; taken instead: "), f->site->round, f->site->revision);
        const char *path = r->file[f->taken].path;
        text_clean(out, path, strlen(path), TEXT_ONE_LINE);
        if (f->other_name)
            buf_addf(out, T(app->cat, "; here it is called %s"), f->site->name);
    }
    outcome_signer(out, app->cat, f);
}

/* The end of a path tells more than its beginning: ".." for folders that do not fit, or, when the name alone is too long, for its beginning. */
static void add_tail(struct buf *out, const char *path, int n_cols)
{
    size_t n = strlen(path), skip = 0;
    if (text_columns(path, n) > n_cols) {
        while (text_columns(path + skip, n - skip) > n_cols - 2)
            skip = text_next(path, n, skip);
        const char *slash = strchr(path + skip, '/');
        skip = slash != NULL ? (size_t)(slash - path) : skip;
        buf_adds(out, "..");
    }
    buf_adds(out, path + skip);
}

static void draw_file(const struct app *app, struct area a, int row, const struct rollup_file *f, bool on)
{
    static const unsigned STYLES[ROLLUP_OUTCOME_COUNT] = {
        [ROLLUP_TAKEN] = ST_OK, [ROLLUP_OLDER] = ST_DIM, [ROLLUP_DUPLICATE] = ST_DIM, [ROLLUP_CONFLICT] = ST_WARN, [ROLLUP_REJECTED] = ST_BAD};
    struct buf path = {0}, tail = {0}, why = {0};
    int half = (a.cols - 4 - OUTCOME_COLS) * 2 / 5;
    text_clean(&path, f->path, strlen(f->path), TEXT_ONE_LINE);
    add_why(&why, app, &app->fleet->r, f);
    area_put_fit(a, row, 3, OUTCOME_COLS, STYLES[f->outcome], outcome_name(app, f->outcome));
    add_tail(&tail, buf_str(&path), half);
    area_put_fit(a, row, 4 + OUTCOME_COLS, half, ST_TEXT, buf_str(&tail));
    area_put_fit(a, row, 5 + OUTCOME_COLS + half, a.cols - 6 - OUTCOME_COLS - half, ST_DIM, buf_str(&why));
    if (on) {
        area_put(a, row, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
        area_select(a, row);
    }
    buf_release(&path);
    buf_release(&tail);
    buf_release(&why);
}

static void draw_files(const struct app *app, const void *state, struct area a)
{
    const struct view *v = state;
    const struct rollup *r = &app->fleet->r;
    int n = (int)r->n, rows = a.rows - FILES_HEAD, top = list_top(&v->list, n, rows), col = 1;
    /* In a narrow window only what there is, the bad news first. */
    bool narrow = a.cols < 60;
    for (int k = 0; k < ROLLUP_OUTCOME_COUNT; k++) {
        enum rollup_outcome o = ORDER[narrow ? k : ROLLUP_OUTCOME_COUNT - 1 - k];
        if (!narrow || r->count[o] > 0)
            col = area_printf(a, 0, col, o == ROLLUP_REJECTED && r->count[o] > 0 ? ST_WARN : ST_TEXT, "%s %zu", outcome_name(app, o), r->count[o]) + 2 - narrow;
    }
    for (int i = 0; i < rows && top + i < n; i++)
        draw_file(app, a, FILES_HEAD + i, &r->file[v->file[top + i]], top + i == v->list.sel);
    list_bar(area_sub(a, FILES_HEAD, 0, rows, a.cols), top, n, app->glyphs);
}

static void move_files(struct app *app, void *state, enum act action)
{
    struct view *v = state;
    list_act(&v->list, action, (int)app->fleet->r.n, visible(app, FILES_HEAD));
}

/* The whole reason, where the row had to cut it. */
static void tell_file(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct view *v = state;
    const struct rollup *r = &app->fleet->r;
    struct buf b = {0};
    if (r->n == 0)
        return;
    add_why(&b, app, r, &r->file[v->file[v->list.sel]]);
    app_say(app, TONE_INFO, "%s", buf_str(&b));
    buf_release(&b);
}

static const struct handler FILES_HANDLERS[] = {
    {ACT_UP, move_files},        {ACT_DOWN, move_files},  {ACT_PAGE_UP, move_files},
    {ACT_PAGE_DOWN, move_files}, {ACT_FIRST, move_files}, {ACT_LAST, move_files},
    {ACT_OPEN, tell_file},
};

const struct screen_ops sites_files_screen = {
    .name = "sites-files",
    .title = N_("Files"),
    .alone = true,
    .context = CTX_SITES_VIEW,
    .state_size = sizeof(struct view),
    .handlers = FILES_HANDLERS,
    .n_handlers = N_HANDLERS(FILES_HANDLERS),
    .open = open_files,
    .draw = draw_files,
    .close = close_files,
};
