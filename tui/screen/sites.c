/* The Sites screen of headquarters: a row a site, a column an item; both scroll. Above: how the grades are spread; below: what is under the
 * cursor. Common gaps and what became of each file: sites_views.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/model/locked.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/app/own_key.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { HEAD_ROWS = 3, FOOT_ROWS = 2, ITEM_COLS = 3, SECTION_COLS = 5, GRADE_COLS = 8, COUNTRY_COLS = 3 };

/* Where the columns are in a given width. */
struct columns {
    int name, country, grade, sections, items; /* first columns; country and sections -1: no room */
    int name_cols, n_items;                    /* visible ones */
};

static struct columns lay_out(const struct fleet *f, int cols)
{
    struct columns c = {.name = 2, .country = -1, .sections = -1};
    c.name_cols = cols >= 110 ? 26 : cols >= 70 ? 18 : 12;
    int col = c.name + c.name_cols + 1;
    if (cols >= 60) {
        c.country = col;
        col += COUNTRY_COLS;
    }
    c.grade = col;
    col += GRADE_COLS;
    if (cols >= 70) {
        c.sections = col;
        col += f->checklist->n_sections * SECTION_COLS;
    }
    c.items = col;
    c.n_items = (cols - 1 - col) / ITEM_COLS;
    if (c.n_items > f->checklist->n_items)
        c.n_items = f->checklist->n_items;
    return c;
}

static int rows_shown(int rows)
{
    return rows - HEAD_ROWS - FOOT_ROWS;
}

/* ---- Drawing ---- */

static unsigned grade_style(int grade)
{
    return grade == GRADE_NONE ? ST_DIM : grade >= 3 ? ST_LOW : grade == 2 ? ST_MID : ST_OK;
}

static const char *sort_name(const struct app *app, const struct fleet *f)
{
    switch (f->sort) {
    case SORT_SCORE:
        return T(app->cat, "score");
    case SORT_GRADE:
        return T(app->cat, "grade");
    case SORT_COUNTRY:
        return T(app->cat, "country");
    case SORT_NAME:
        return T(app->cat, "name");
    case SORT_ITEM:
        return f->checklist->item[f->sort_item].id;
    default: /* not an enum: a section */
        return app_ltext(app, &f->checklist->section[f->sort - SORT_SECTION].brief);
    }
}

static void draw_summary(const struct app *app, const struct fleet *f, struct area a)
{
    const struct checklist *ck = f->checklist;
    struct buf b = {0};
    buf_addf(&b, TN(app->cat, "%zu site", "%zu sites", (unsigned long)f->n_rows), f->n_rows);
    bool narrow = a.cols < 60;
    int col = area_put(a, 0, 1, ST_STRONG, buf_str(&b)) + 2 - narrow;
    for (int g = 0; g < ck->n_grades; g++)
        col = area_printf(a, 0, col, grade_style(g), narrow ? "%c%zu" : "%c %zu", ck->grade[g].letter, f->grades[g]) + 2 - narrow;
    if (f->grades[ck->n_grades] > 0)
        col = area_printf(a, 0, col, ST_DIM, "%s %zu", app_glyph(app, GL_DASH), f->grades[ck->n_grades]) + 2;
    size_t aside = f->r.n - f->r.n_sites, rejected = f->r.count[ROLLUP_REJECTED], sealed = fleet_n_sealed(f);
    buf_clear(&b);
    if (sealed > 0)
        buf_addf(&b, T(app->cat, "sealed %zu (K)"), sealed);
    if (sealed > 0 && rejected > sealed)
        buf_adds(&b, "  ");
    if (rejected > sealed)
        buf_addf(&b, narrow ? T(app->cat, "rejected %zu") : T(app->cat, "rejected %zu (r)"), rejected - sealed);
    else if (sealed == 0 && aside > 0)
        buf_addf(&b, T(app->cat, "set aside %zu (r)"), aside);
    int room = a.cols - 1 - col, width = text_width(buf_str(&b));
    if (b.len > 0 && room > 0)
        col = area_put_fit(a, 0, col, width < room ? width : room, rejected > 0 ? ST_WARN : ST_DIM, buf_str(&b)) + 2;
    buf_clear(&b);
    buf_addf(&b, T(app->cat, "by %s"), sort_name(app, f));
    buf_adds(&b, app_glyph(app, f->reverse ? GL_LESS : GL_MORE));
    if (col + text_width(buf_str(&b)) < a.cols)
        area_put_right(area_sub(a, 0, 0, 1, a.cols - 1), 0, ST_DIM, buf_str(&b));
    buf_release(&b);
}

/* What of an id tells an item from the others of its section: "2-13" is 13. */
static const char *id_tail(const struct checklist *ck, int item, char out[8])
{
    const char *id = ck->item[item].id, *dash = strrchr(id, '-');
    if (dash != NULL && dash[1] != '\0' && text_width(dash + 1) < ITEM_COLS)
        snprintf(out, 8, "%s", dash + 1);
    else
        snprintf(out, 8, "%d", (item - ck->section[ck->item[item].section].first_item + 1) % 100);
    return out;
}

static void put_tight(struct area a, int row, int col, int n_cols, unsigned style, const char *s)
{
    area_put_n(a, row, col, n_cols, style, s, text_cut(s, strlen(s), n_cols));
}

static void draw_item_heads(const struct app *app, const struct fleet *f, struct area a, const struct columns *c, int left)
{
    const struct checklist *ck = f->checklist;
    char tail[8];
    for (int i = 0; i < c->n_items; i++) {
        int item = left + i, section = ck->item[item].section, col = c->items + i * ITEM_COLS;
        bool on = item == f->items.sel;
        if (i == 0 || ck->item[item - 1].section != section) {
            int last = ck->section[section].first_item + ck->section[section].n_items;
            int room = ((last < left + c->n_items ? last : left + c->n_items) - item) * ITEM_COLS - 1;
            put_tight(a, 1, col + 1, room - 1, ST_DIM, app_ltext(app, &ck->section[section].brief));
        }
        id_tail(ck, item, tail);
        int width = text_width(tail);
        area_put(a, 2, col + ITEM_COLS - width, on ? ST_ACCENT : ck->item[item].key ? ST_STRONG : ST_DIM, tail);
    }
    if (left > 0)
        area_put(a, 2, c->items, ST_DIM, "<");
    if (left + c->n_items < ck->n_items)
        area_put(a, 1, a.cols - 1, ST_DIM, ">");
}

static void draw_heads(const struct app *app, const struct fleet *f, struct area a, const struct columns *c, int left)
{
    const struct checklist *ck = f->checklist;
    area_put_fit(a, 2, c->name, c->name_cols, ST_DIM, T(app->cat, "Site"));
    area_put_fit(a, 2, c->grade, GRADE_COLS - 1, ST_DIM, T(app->cat, "Grade" /* max 7 columns */));
    for (int s = 0; c->sections >= 0 && s < ck->n_sections; s++) {
        const char *name = app_ltext(app, &ck->section[s].brief);
        int width = text_width(name) <= SECTION_COLS - 1 ? SECTION_COLS - 1 : SECTION_COLS - 2;
        put_tight(a, 2, c->sections + s * SECTION_COLS, width, ST_DIM, name);
    }
    draw_item_heads(app, f, a, c, left);
}

/* A digit and its colour; < where it is under the model plant's. */
static void draw_mark(const struct fleet *f, struct area a, int row, int col, const struct rollup_mark *m, const struct rollup_mark *model)
{
    static const unsigned STYLES[] = {ST_DIM, ST_LOW, ST_MID, ST_OK, ST_OK, ST_OK};
    char digit[2] = {(char)('0' + m->level), '\0'};
    switch ((enum answer_state)m->state) {
    case ANSWER_LEVEL:
        area_put(a, row, col + 2, STYLES[m->level], digit);
        if (model != NULL && m->level < model->level)
            area_put(a, row, col + 1, ST_DIM, "<");
        break;
    case ANSWER_UNKNOWN:
        area_put(a, row, col + 2, ST_WARN, "?");
        break;
    case ANSWER_NA:
        area_put(a, row, col + 2, ST_DIM, "x");
        break;
    case ANSWER_OPEN:
    case ANSWER_STATE_COUNT:
        area_put(a, row, col + 2, ST_DIM, ".");
        break;
    }
    (void)f;
}

static void draw_site(const struct app *app, const struct fleet *f, struct area a, int row, int at, const struct columns *c, int left)
{
    const struct rollup_site *s = fleet_at(f, at);
    const struct checklist *ck = f->checklist;
    bool is_model = f->row[at] == f->model;
    const struct rollup_mark *model = f->model < f->r.n && !is_model ? f->r.file[f->model].site->mark : NULL;
    area_put_fit(a, row, c->name, c->name_cols, is_model ? ST_STRONG : ST_TEXT, s->name[0] != '\0' ? s->name : s->id);
    if (is_model)
        area_put(a, row, 1, ST_STRONG, app_glyph(app, GL_KEY));
    if (c->country >= 0)
        put_tight(a, row, c->country, COUNTRY_COLS - 1, ST_DIM, s->country);
    if (s->grade == GRADE_NONE)
        area_put(a, row, c->grade, ST_DIM, app_glyph(app, GL_DASH));
    else
        area_printf(a, row, c->grade, grade_style(s->grade), "%c%3d.%d%s", ck->grade[s->grade].letter, s->score / 10, s->score % 10,
                    s->provisional ? "~" : "");
    for (int k = 0; c->sections >= 0 && k < ck->n_sections; k++)
        if (s->section_grade[k] != GRADE_NONE)
            area_printf(a, row, c->sections + k * SECTION_COLS, grade_style(s->section_grade[k]), "%3d", s->section_score[k] / 10);
    for (int i = 0; i < c->n_items; i++)
        draw_mark(f, a, row, c->items + i * ITEM_COLS, &s->mark[left + i], model != NULL ? &model[left + i] : NULL);
    if (at == f->sites.sel) {
        area_put(a, row, 0, ST_ACCENT, app_glyph(app, GL_CURSOR));
        area_select(a, row);
    }
}

static void draw_foot(const struct app *app, const struct fleet *f, struct area a)
{
    const struct rollup_site *s = fleet_at(f, f->sites.sel);
    const struct ck_item *item = &f->checklist->item[f->items.sel];
    const struct common_gap *g = &f->gap[f->gap_of[f->items.sel]];
    const struct rollup_mark *m = &s->mark[f->items.sel];
    struct buf b = {0};
    int behind = fleet_behind_model(f, s), mean = common_gap_mean(g);
    buf_addf(&b, "%s  %s  %s", s->id, s->company, s->date);
    buf_addf(&b, T(app->cat, "  round %s  answered %d of %d"), s->round, s->answered, s->total);
    if (behind >= 0)
        buf_addf(&b, T(app->cat, "  under the model plant: %d"), behind);
    area_put_fit(a, a.rows - 2, 1, a.cols - 2, ST_TEXT, buf_str(&b));
    buf_clear(&b);
    buf_addf(&b, "%s ", item->id);
    buf_addf(&b, T(app->cat, "%s: "), app_ltext(app, &item->label));
    if (m->state == ANSWER_LEVEL)
        buf_addf(&b, T(app->cat, "level %d, target %d"), m->level, m->target);
    else
        buf_adds(&b, m->state == ANSWER_UNKNOWN ? T(app->cat, "unknown")
                     : m->state == ANSWER_NA    ? T(app->cat, "not applicable")
                                                : T(app->cat, "unanswered"));
    buf_addf(&b, T(app->cat, "; %zu of %zu under target"), g->below, g->applicable);
    if (mean >= 0)
        buf_addf(&b, T(app->cat, ", mean %d.%d"), mean / 10, mean % 10);
    area_put_fit(a, a.rows - 1, 1, a.cols - 2, ST_DIM, buf_str(&b));
    buf_release(&b);
}

static void draw_nothing(const struct app *app, const struct fleet *f, struct area a)
{
    struct buf b = {0};
    area_put(a, 1, 1, ST_STRONG, T(app->cat, "There is no assessment here."));
    if (f->r.n > 0) {
        buf_addf(&b, T(app->cat, "Files rejected: %zu; press r to see why"), f->r.n);
        area_put_fit(a, 2, 1, a.cols - 2, ST_WARN, buf_str(&b));
    }
    size_t sealed = fleet_n_sealed(f);
    if (sealed > 0) {
        buf_clear(&b);
        buf_addf(&b, TN(app->cat, "%zu file is sealed; press K to give the key", "%zu files are sealed; press K to give the key", (unsigned long)sealed), sealed);
        area_put_fit(a, 3, 1, a.cols - 2, ST_STRONG, buf_str(&b));
    }
    buf_release(&b);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    (void)state;
    const struct fleet *f = app->fleet;
    if (f->n_rows == 0) {
        draw_nothing(app, f, a);
        return;
    }
    struct columns c = lay_out(f, a.cols);
    int n = (int)f->n_rows, rows = rows_shown(a.rows), top = list_top(&f->sites, n, rows);
    int left = list_top(&f->items, f->checklist->n_items, c.n_items);
    draw_summary(app, f, a);
    draw_heads(app, f, a, &c, left);
    for (int i = 0; i < rows && top + i < n; i++)
        draw_site(app, f, a, HEAD_ROWS + i, top + i, &c, left);
    list_bar(area_sub(a, HEAD_ROWS, 0, rows, a.cols), top, n, app->glyphs);
    draw_foot(app, f, a);
}

/* ---- Doing ---- */

static void size(const struct app *app, int *rows, int *n_items)
{
    int cols;
    app_content_size(app, rows, &cols);
    *rows = rows_shown(*rows);
    *n_items = lay_out(app->fleet, cols).n_items;
}

static void move(struct app *app, void *state, enum act action)
{
    (void)state;
    struct fleet *f = app->fleet;
    int rows, n_items;
    if (f->n_rows == 0)
        return;
    size(app, &rows, &n_items);
    if (action == ACT_SITES_LEFT || action == ACT_SITES_RIGHT)
        list_act(&f->items, action == ACT_SITES_LEFT ? ACT_UP : ACT_DOWN, f->checklist->n_items, n_items);
    else
        list_act(&f->sites, action, (int)f->n_rows, rows);
}

static void sort(struct app *app, void *state, enum act action)
{
    (void)state;
    struct fleet *f = app->fleet;
    int n;
    if (f->n_rows == 0)
        return;
    n = SORT_SECTION + f->checklist->n_sections;
    if (action == ACT_SITES_REVERSE)
        f->reverse = !f->reverse;
    else if (action == ACT_SITES_BY_ITEM) {
        f->sort = SORT_ITEM;
        f->sort_item = f->items.sel;
    } else
        do {
            f->sort = (f->sort + 1) % n;
        } while (f->sort == SORT_ITEM);
    fleet_sort(f);
    app_say(app, TONE_INFO, f->reverse ? T(app->cat, "Sorted by %s, reversed") : T(app->cat, "Sorted by %s"), sort_name(app, f));
}

static void choose_model(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    struct fleet *f = app->fleet;
    const struct rollup_site *s = fleet_at(f, f->sites.sel);
    if (s == NULL)
        return;
    bool off = f->model == f->row[f->sites.sel];
    f->model = off ? f->r.n : f->row[f->sites.sel];
    if (off)
        app_say(app, TONE_INFO, "%s", T(app->cat, "No model plant"));
    else
        app_say(app, TONE_INFO, T(app->cat, "Model plant: %s; < marks what is under it, w shows the roll-out"),
                s->name[0] != '\0' ? s->name : s->id);
}

static void open_view(struct app *app, void *state, enum act action)
{
    (void)state;
    if (action == ACT_SITES_FILES)
        app_push(app, &sites_files_screen, NULL);
    else if (action == ACT_SITES_BOARD)
        sites_board(app);
    else if (action == ACT_SITES_ROLLOUT && app->fleet->model == app->fleet->r.n)
        app_say(app, TONE_WARN, "%s", T(app->cat, "Choose the model plant first: m on its row"));
    else if (action == ACT_SITES_ROLLOUT)
        app_push(app, &sites_rollout_screen, NULL);
    else if (app->fleet->n_rows > 0)
        app_push(app, &sites_common_screen, NULL);
}

/* A sealed one is opened and checked once more; the others as everywhere. */
static enum err read_site(struct app *app, size_t file, struct assessment **a, struct diag *diag)
{
    struct fleet *f = app->fleet;
    struct rollup_request how = fleet_request(f, app->find, app->find_cookie);
    if (f->r.file[file].seal != NULL) {
        *a = rollup_open(&f->r, file, &how);
        if (*a != NULL)
            return ERR_OK;
        *diag = *f->r.file[file].diag;
        fleet_refresh(f);
        return diag->err;
    }
    struct buf bytes = {0};
    enum err err = locked_read(&bytes, NULL, f->r.file[file].path, NULL, diag);
    struct cell *cell = xml_cell_new();
    if (err == ERR_OK)
        err = assessment_read_in(cell, a, buf_str(&bytes), bytes.len, app->find, app->find_cookie, NULL, diag);
    cell_free(cell);
    buf_release(&bytes);
    return err;
}

/* To look at, without a lock: the file belongs to somebody else. */
static void open_site(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    struct fleet *f = app->fleet;
    struct assessment *a = NULL;
    struct diag diag = {0};
    if (f->n_rows == 0)
        return;
    size_t file = f->row[f->sites.sel];
    const char *path = f->r.file[file].path;
    if (read_site(app, file, &a, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
        return;
    }
    app_attach(app, a, NULL, true, "");
    app_resize(app, app->rows, app->cols);
    app_say(app, TONE_INFO, "%s", T(app->cat, "Read-only. Esc: back to the sites"));
}

/* ---- The key ---- */

static void say_opened(struct app *app)
{
    size_t n_strange, n = fleet_n_opened(app->fleet, &n_strange);
    if (n == 0)
        app_say(app, TONE_WARN, "%s", T(app->cat, "This key opens none of the sealed files; r says why"));
    else if (n_strange > 0)
        app_say(app, TONE_WARN, T(app->cat, "Opened %zu. Nobody here has vouched for the signers of %zu: r shows who they are"), n, n_strange);
    else
        app_say(app, TONE_INFO, T(app->cat, "Opened %zu, all signed by those you trust"), n);
}

static void roll_up_again(struct app *app, struct key_secret *key)
{
    struct fleet *f = app->fleet;
    app_show_sites(app, (const char *const *)f->path, f->n_paths, key);
    say_opened(app);
}

static void key_named(struct app *app, int tag, const char *path)
{
    (void)tag;
    veil_key(app, path, roll_up_again);
}

static void ask_key(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    if (fleet_n_sealed(app->fleet) == 0) {
        app_say(app, TONE_INFO, "%s", T(app->cat, "Nothing here is sealed that is not open already"));
        return;
    }
    char *own = own_key_path(".key");
    struct ask ask = {.title = N_("Secret key file to open the sealed files with"), .initial = own != NULL ? own : "", .item = -1, .must = true,
                      .max_bytes = 1000, .done = key_named};
    app_push(app, &ask_screen, &ask);
    free(own);
}

static void click(struct app *app, void *state, struct click c)
{
    struct fleet *f = app->fleet;
    if (f->n_rows == 0)
        return;
    struct columns cols = lay_out(f, c.cols);
    int rows = rows_shown(c.rows), row = list_top(&f->sites, (int)f->n_rows, rows) + c.row - HEAD_ROWS;
    int item = list_top(&f->items, f->checklist->n_items, cols.n_items) + (c.col - cols.items) / ITEM_COLS;
    if (c.col >= cols.items && item < f->checklist->n_items)
        list_select(&f->items, item, f->checklist->n_items, cols.n_items);
    if (c.row < HEAD_ROWS || c.row - HEAD_ROWS >= rows || (size_t)row >= f->n_rows)
        return;
    bool again = row == f->sites.sel && c.col < cols.items;
    list_select(&f->sites, row, (int)f->n_rows, rows);
    if (again)
        open_site(app, state, ACT_OPEN);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},
    {ACT_DOWN, move},
    {ACT_PAGE_UP, move},
    {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move},
    {ACT_LAST, move},
    {ACT_SITES_LEFT, move},
    {ACT_SITES_RIGHT, move},
    {ACT_SITES_SORT, sort},
    {ACT_SITES_REVERSE, sort},
    {ACT_SITES_BY_ITEM, sort},
    {ACT_SITES_MODEL, choose_model},
    {ACT_SITES_COMMON, open_view},
    {ACT_SITES_FILES, open_view},
    {ACT_SITES_KEY, ask_key},
    {ACT_SITES_BOARD, open_view}, {ACT_SITES_ROLLOUT, open_view},
    {ACT_OPEN, open_site},
};

const struct screen_ops sites_screen = {
    .name = "sites",
    .title = N_("Sites at a glance"),
    .alone = true,
    .context = CTX_SITES,
    .state_size = 1,
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .draw = draw,
    .click = click,
};
