/* Roll-out from the model plant: what each other site needs to get where the model is, and all of them together. Below the list the
 * selected site by wave. Files and rows for other programs: monshin rollup --model. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/method/rollout.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/app/words.h"
#include "tui/screen/figures.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { HEAD_ROWS = 2, FOOT_ROWS = WAVE_COUNT + 2, COL_NAME = 3, STEPS_COLS = 6, DAYS_COLS = 8, YEN_COLS = 9, STOPS_COLS = 7 };

struct row {
    const struct rollup_site *site;
    struct rollout_sum wave[WAVE_COUNT], all;
};

struct view {
    struct list list;
    struct row *row; /* owned */
    int n;
    struct rollout_sum all;
};

/* ---- Computing: every site once more, in parallel ---- */

struct run {
    struct rollup_mark model[ITEMS_MAX];
    const struct rollup_site *plant;
    char today[ISO_SIZE];
    struct view *view;
};

static void *make_one(void *cookie, const struct assessment *a, const struct rollup_site *site)
{
    const struct run *run = cookie;
    struct rollout r;
    if (site == run->plant || a->checklist != run->plant->checklist)
        return NULL;
    struct row *row = xcalloc(1, sizeof *row);
    rollout_compute(&r, a, run->model, run->today, DAY_RATE_DEFAULT);
    *row = (struct row){.site = site, .all = r.all};
    memcpy(row->wave, r.wave, sizeof row->wave);
    rollout_release(&r);
    return row;
}

static bool take_one(void *cookie, const struct rollup_file *file, void *made)
{
    struct run *run = cookie;
    struct view *v = run->view;
    (void)file;
    if (made == NULL)
        return true;
    v->row = xreallocarray(v->row, (size_t)v->n + 1, sizeof *v->row);
    v->row[v->n] = *(struct row *)made;
    rollout_add(&v->all, &v->row[v->n++].all);
    free(made);
    return true;
}

static int dearest_first(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->all.cost_jpy != y->all.cost_jpy)
        return x->all.cost_jpy < y->all.cost_jpy ? 1 : -1;
    return strcmp(x->site->id, y->site->id);
}

static void open_view(struct app *app, void *state, const void *arg)
{
    struct fleet *f = app->fleet;
    struct rollup_request how = fleet_request(f, app->find, app->find_cookie);
    struct run run = {.plant = f->r.file[f->model].site, .view = state};
    struct rollup_pass pass = {make_one, take_one, &run};
    size_t n_sites = f->r.n_sites;
    (void)arg;
    struct assessment *plant = rollup_open(&f->r, f->model, &how);
    if (plant != NULL) {
        figure_today(app, run.today);
        rollout_model(run.model, plant);
        rollup_each(&f->r, &how, &pass);
    }
    assessment_free(plant);
    if (run.view->n > 0)
        qsort(run.view->row, (size_t)run.view->n, sizeof *run.view->row, dearest_first);
    if (plant == NULL || f->r.n_sites != n_sites) { /* a file that was there is not, or not any more what it was */
        fleet_refresh(f);
        app_say(app, TONE_WARN, "%s", T(app->cat, "A file could not be read once more: see r, the files"));
    }
}

static void close_view(struct app *app, void *state)
{
    (void)app;
    struct view *v = state;
    free(v->row);
}

/* ---- Drawing ---- */

static const char *name_of(const struct rollup_site *s)
{
    return s->name[0] != '\0' ? s->name : s->id;
}

static void put_right(struct area a, int row, int end, unsigned style, const char *text)
{
    area_put_right(area_sub(a, row, 0, 1, end), 0, style, text);
}

/* Steps, days, yen, yen a year, line stops; on a narrow screen steps and yen alone. */
static void put_cells(struct area a, int row, unsigned style, const char *steps, const char *days, const char *yen, const char *run, const char *stops)
{
    int end = a.cols - 1;
    if (a.cols >= 60) {
        put_right(a, row, end, style, stops);
        put_right(a, row, end - STOPS_COLS, style, run);
        end -= STOPS_COLS + YEN_COLS;
    }
    put_right(a, row, end, style, yen);
    if (a.cols >= 60) {
        put_right(a, row, end - YEN_COLS, style, days);
        put_right(a, row, end - YEN_COLS - DAYS_COLS, style, steps);
    } else {
        put_right(a, row, end - YEN_COLS, style, steps);
    }
}

static int name_cols(struct area a)
{
    return a.cols - COL_NAME - 2 - (a.cols >= 60 ? STEPS_COLS + DAYS_COLS + 2 * YEN_COLS + STOPS_COLS : STEPS_COLS + YEN_COLS);
}

static void put_sum(const struct app *app, struct area a, int row, unsigned style, const char *name, const struct rollout_sum *sum)
{
    struct buf steps = {0}, days = {0}, yen = {0}, run = {0}, stops = {0};
    buf_addf(&steps, "%d", sum->steps);
    figure_days(&days, (long)sum->effort_tenths);
    figure_yen(&yen, app, sum->cost_jpy);
    figure_yen(&run, app, sum->run_jpy);
    buf_addf(&stops, "%d", sum->stops);
    area_put_fit(a, row, COL_NAME, name_cols(a), style, name);
    put_cells(a, row, style, buf_str(&steps), buf_str(&days), buf_str(&yen), buf_str(&run), buf_str(&stops));
    buf_release(&steps);
    buf_release(&days);
    buf_release(&yen);
    buf_release(&run);
    buf_release(&stops);
}

static void draw_waves(const struct app *app, struct area a, const struct row *r)
{
    struct buf title = {0};
    buf_addf(&title, "%s ", name_of(r->site));
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    area_put(a, 0, 1, ST_STRONG, buf_str(&title));
    for (int w = 0; w < WAVE_COUNT; w++)
        put_sum(app, a, 1 + w, ST_TEXT, wave_name(app, (enum wave)w), &r->wave[w]);
    put_sum(app, a, 1 + WAVE_COUNT, ST_STRONG, T(app->cat, "all"), &r->all);
    buf_release(&title);
}

static int list_rows(int rows)
{
    return rows - HEAD_ROWS - 1 - (rows >= HEAD_ROWS + FOOT_ROWS + 4 ? FOOT_ROWS : 0);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct view *v = state;
    const struct fleet *f = app->fleet;
    const struct rollup_site *plant = f->model < f->r.n ? f->r.file[f->model].site : NULL;
    struct buf b = {0};
    int rows = list_rows(a.rows), top = list_top(&v->list, v->n, rows);
    buf_addf(&b, T(app->cat, "Roll-out from %s: what the others need to get there"), plant != NULL ? name_of(plant) : "");
    area_put_fit(a, 0, 1, a.cols - 2, ST_TITLE, buf_str(&b));
    area_put_fit(a, 1, COL_NAME, name_cols(a), ST_DIM, T(app->cat, "Site"));
    put_cells(a, 1, ST_DIM, T(app->cat, "steps" /* max 5 columns */), T(app->cat, "days" /* max 7 columns */), T(app->cat, "yen" /* max 8 columns */),
              T(app->cat, "a year" /* max 8 columns */), T(app->cat, "stops" /* max 6 columns */));
    for (int i = 0; i < rows && top + i < v->n; i++) {
        put_sum(app, a, HEAD_ROWS + i, ST_TEXT, name_of(v->row[top + i].site), &v->row[top + i].all);
        if (top + i == v->list.sel) {
            area_put(a, HEAD_ROWS + i, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
            area_select(area_sub(a, 0, 0, a.rows, a.cols - 1), HEAD_ROWS + i);
        }
    }
    list_bar(area_sub(a, HEAD_ROWS, 0, rows, a.cols), top, v->n, app->glyphs);
    put_sum(app, a, HEAD_ROWS + rows, ST_STRONG, T(app->cat, "All sites"), &v->all);
    if (a.rows > HEAD_ROWS + rows + 1 && v->n > 0)
        draw_waves(app, area_sub(a, HEAD_ROWS + rows + 1, 0, FOOT_ROWS, a.cols), &v->row[v->list.sel]);
    buf_release(&b);
}

/* ---- Doing ---- */

static void move(struct app *app, void *state, enum act action)
{
    struct view *v = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    list_act(&v->list, action, v->n, list_rows(rows));
}

/* Back to the sites, on this one. */
static void choose(struct app *app, void *state, enum act action)
{
    const struct view *v = state;
    struct fleet *f = app->fleet;
    (void)action;
    for (size_t i = 0; v->n > 0 && i < f->n_rows; i++)
        if (f->r.file[f->row[i]].site == v->row[v->list.sel].site)
            f->sites.sel = (int)i;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move}, {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move}, {ACT_FIRST, move}, {ACT_LAST, move}, {ACT_OPEN, choose},
};

const struct screen_ops sites_rollout_screen = {
    .name = "sites-rollout",
    .title = N_("Roll-out"),
    .alone = true,
    .context = CTX_SITES_VIEW,
    .state_size = sizeof(struct view),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_view,
    .draw = draw,
    .close = close_view,
};
