/* Home: a new assessment, the files opened last, the files of this folder. All there is while no file is open; over the tabs when another
 * file is wanted. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/model/locked.h"
#include "tui/app/app.h"
#include "tui/app/fresh.h"
#include "tui/app/recent.h"
#include "tui/app/showcase.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { FILES_MAX = 60, FOLDER_MAX = 400, HEAD_ROWS = 4 };

/* A file to open, and what is told about it. */
struct entry {
    char *path;    /* owned */
    bool here;     /* found in this folder, not opened before */
    bool readable; /* the rest is known */
    char *site;    /* owned, "" when not readable */
    int asked, total;
    char grade;
    char score[8];
    char modified[12];
};

struct home {
    struct list list;
    struct entry entry[FILES_MAX];
    int n;
    struct cell *reader; /* while it is filled: what lies in a folder may have come from anywhere */
};

/* Who has no file yet may want to see where this leads: the example stands where the files would. */
enum { ROW_NEW, ROW_OPEN, ROW_FILES, ROW_DEMO = ROW_FILES, ROW_DEMO_FLEET, ROWS_WITHOUT };

static int n_rows(const struct home *h)
{
    return h->n > 0 ? ROW_FILES + h->n : ROWS_WITHOUT;
}

static void describe(const struct app *app, struct cell *reader, struct entry *e)
{
    struct buf bytes = {0};
    struct assessment *a = NULL;
    e->site = NULL;
    if (locked_read(&bytes, NULL, e->path, NULL, NULL) == ERR_OK &&
        assessment_read_in(reader, &a, buf_str(&bytes), bytes.len, app->find, app->find_cookie, NULL, NULL) == ERR_OK) {
        struct grade_result grade;
        grade_assessment(&grade, a);
        e->readable = true;
        e->site = xstrdup(a->site.name[0] != '\0' ? a->site.name : a->site.company);
        e->asked = grade.overall.answered + grade.overall.total - grade.overall.applicable;
        e->total = grade.overall.total;
        e->grade = grade.overall.grade == GRADE_NONE ? '-' : a->checklist->grade[grade.overall.grade].letter;
        score_format(e->score, grade.overall.score);
        snprintf(e->modified, sizeof e->modified, "%.10s", a->modified);
        assessment_free(a);
    }
    if (e->site == NULL)
        e->site = xstrdup("");
    buf_release(&bytes);
}

static bool listed(const struct home *h, const char *path)
{
    for (int i = 0; i < h->n; i++)
        if (strcmp(h->entry[i].path, path) == 0)
            return true;
    return false;
}

static void add(const struct app *app, struct home *h, const char *path, bool here)
{
    if (h->n == FILES_MAX || listed(h, path))
        return;
    struct entry *e = &h->entry[h->n++];
    *e = (struct entry){.path = xstrdup(path), .here = here};
    describe(app, h->reader, e);
}

static bool looks_like_ours(const char *name)
{
    size_t n = strlen(name);
    return name[0] != '.' && n > 7 && strcmp(name + n - 7, ".xml.gz") == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_folder(const struct app *app, struct home *h)
{
    DIR *dir = opendir(".");
    char *names[FOLDER_MAX];
    int n = 0;
    if (dir == NULL)
        return;
    for (struct dirent *d = readdir(dir); d != NULL && n < FOLDER_MAX; d = readdir(dir))
        if (looks_like_ours(d->d_name))
            names[n++] = xstrdup(d->d_name);
    closedir(dir);
    qsort(names, (size_t)n, sizeof names[0], by_name);
    for (int i = 0; i < n; i++) {
        char *whole = realpath(names[i], NULL);
        add(app, h, whole != NULL ? whole : names[i], true);
        free(whole);
        free(names[i]);
    }
}

static void open_home(struct app *app, void *state, const void *arg)
{
    (void)arg;
    struct home *h = state;
    struct recent recent;
    recent_load(&recent);
    h->reader = xml_cell_new();
    for (size_t i = 0; i < recent.n; i++)
        if (file_exists(recent.path[i]))
            add(app, h, recent.path[i], false);
    recent_release(&recent);
    add_folder(app, h);
    cell_free(h->reader);
    h->reader = NULL;
    h->list.sel = h->n > 0 ? ROW_FILES : ROW_NEW;
}

static void close_home(struct app *app, void *state)
{
    (void)app;
    struct home *h = state;
    for (int i = 0; i < h->n; i++) {
        free(h->entry[i].path);
        free(h->entry[i].site);
    }
}

/* ---- Doing ---- */

static void open_path(struct app *app, const char *path)
{
    struct diag diag = {0};
    enum err err = app_open(app, path, false, &diag);
    if (err == ERR_LOCKED_FILE)
        veil_open(app, path);
    else if (err != ERR_OK)
        app_say_diag(app, path, &diag);
    else
        recent_add(path);
}

static void open_done(struct app *app, int item, const char *text)
{
    (void)item;
    if (text[0] != '\0')
        open_path(app, text);
}

/* "osaka" becomes osaka.xml.gz; what already ends in .xml or .gz stays. */
static char *file_name(const char *text)
{
    size_t n = strlen(text);
    bool whole = (n > 4 && strcmp(text + n - 4, ".xml") == 0) || (n > 3 && strcmp(text + n - 3, ".gz") == 0);
    struct buf b = {0};
    buf_addf(&b, "%s%s", text, whole ? "" : ".xml.gz");
    return buf_take(&b);
}

static void new_done(struct app *app, int item, const char *text)
{
    (void)item;
    char *path = file_name(text), now[32];
    struct diag diag = {0};
    struct store *store = NULL;
    const struct checklist *ck = checklist_builtin(0);
    struct assessment *a = fresh_assessment(ck, ck->default_edition, app->clock.now(app->clock.cookie));
    app_now(app, now);
    if (store_create(&store, path, a, "monshin " MONSHIN_VERSION, now, NULL, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
        assessment_free(a);
    } else {
        recent_add(path);
        app_attach(app, a, store, false, "");
        app_show_tab(app, 0); /* the site first: who and where */
    }
    free(path);
}

static void ask_new(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    struct ask ask = {.title = N_("Name of the new file"), .item = -1, .must = true, .done = new_done};
    app_push(app, &ask_screen, &ask);
}

static void ask_open(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    struct ask ask = {.title = N_("File to open"), .item = -1, .must = true, .done = open_done};
    app_push(app, &ask_screen, &ask);
}

static void sites_done(struct app *app, int item, const char *text)
{
    (void)item;
    app_show_sites(app, &text, 1, NULL);
}

static void ask_sites(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    struct ask ask = {.title = N_("Folder with the files of the sites"), .initial = ".", .item = -1, .must = true, .max_bytes = 1000, .done = sites_done};
    app_push(app, &ask_screen, &ask);
}

/* Opening closes this screen. */
static void show_example(struct app *app, void *state, enum act action)
{
    (void)state;
    showcase_open(app, action == ACT_DEMO_FLEET);
}

static void choose(struct app *app, void *state, enum act action)
{
    const struct home *h = state;
    if (h->list.sel == ROW_NEW) {
        ask_new(app, state, action);
    } else if (h->list.sel == ROW_OPEN) {
        ask_open(app, state, action);
    } else if (h->n == 0) {
        showcase_open(app, h->list.sel == ROW_DEMO_FLEET);
    } else {
        /* Opening closes this screen, and the path with it. */
        char *path = xstrdup(h->entry[h->list.sel - ROW_FILES].path);
        open_path(app, path);
        free(path);
    }
}

/* ---- Drawing ---- */

static void draw_facts(const struct app *app, struct area a, int row, const struct entry *e, int col)
{
    struct buf b = {0};
    if (!e->readable) {
        area_put_fit(a, row, col, a.cols - col - 1, ST_WARN, T(app->cat, "cannot be read"));
        return;
    }
    buf_addf(&b, "%2d/%d  %c %5s  %s", e->asked, e->total, e->grade, e->score, e->modified);
    area_put_fit(a, row, col, a.cols - col - 1, ST_DIM, buf_str(&b));
    buf_release(&b);
}

static void draw_file(const struct app *app, struct area a, int row, const struct entry *e)
{
    enum { FACTS = 28 };
    int facts = a.cols >= 60 ? a.cols - FACTS : a.cols;
    int site = (facts - 4) / 2, name = facts - 4 - site - 1;
    struct buf clean = {0};
    const char *base = path_base(e->path);
    text_clean(&clean, base, strlen(base), TEXT_ONE_LINE);
    area_put_fit(a, row, 3, name, ST_TEXT, buf_str(&clean));
    area_put_fit(a, row, 3 + name + 1, site, ST_STRONG, e->site);
    if (facts < a.cols)
        draw_facts(app, a, row, e, facts);
    buf_release(&clean);
}

static void draw_example(const struct app *app, struct area a, int row, bool fleet)
{
    const char *words = fleet ? T(app->cat, "Look at a company of 12 plants" /* max 34 columns */)
                              : T(app->cat, "Look at an example plant" /* max 34 columns */);
    int col = area_put(a, row, 3, ST_STRONG, words);
    area_put(a, row, col + 1, ST_KEY, keymap_key(CTX_HOME, fleet ? ACT_DEMO_FLEET : ACT_DEMO));
}

static void draw_row(const struct app *app, struct area a, int at, const struct home *h, int row)
{
    if (row == ROW_NEW)
        area_put_fit(a, at, 3, a.cols - 4, ST_STRONG, T(app->cat, "New assessment"));
    else if (row == ROW_OPEN)
        area_put_fit(a, at, 3, a.cols - 4, ST_STRONG, T(app->cat, "Open a file by name"));
    else if (h->n == 0)
        draw_example(app, a, at, row == ROW_DEMO_FLEET);
    else
        draw_file(app, a, at, &h->entry[row - ROW_FILES]);
    if (row == h->list.sel) {
        area_put(a, at, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
        area_select(a, at);
    }
}

static struct area rows_area(struct area a)
{
    int head = a.rows > 10 ? HEAD_ROWS : 0;
    return area_sub(a, head, 0, a.rows - head, a.cols);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct home *h = state;
    struct area rows = rows_area(a);
    if (rows.rows < a.rows) {
        area_put(a, 0, 1, ST_TITLE, T(app->cat, "The interview before any test: where does this plant stand, and what next?"));
        area_put(a, 1, 1, ST_DIM, app_ltext(app, &checklist_builtin(0)->name));
        area_put(a, 2, 1, ST_DIM, T(app->cat, "Nothing leaves this machine. Every answer is saved as you give it."));
    }
    int n = n_rows(h), top = list_top(&h->list, n, rows.rows);
    for (int i = 0; i < rows.rows && top + i < n; i++)
        draw_row(app, rows, i, h, top + i);
    list_bar(rows, top, n, app->glyphs);
}

static int visible(const struct app *app)
{
    struct area a = {0};
    app_content_size(app, &a.rows, &a.cols);
    return rows_area(a).rows;
}

static void move(struct app *app, void *state, enum act action)
{
    struct home *h = state;
    list_act(&h->list, action, n_rows(h), visible(app));
}

static void click(struct app *app, void *state, struct click c)
{
    struct home *h = state;
    struct area a = {.rows = c.rows, .cols = c.cols};
    int rows = visible(app), n = n_rows(h);
    int row = list_top(&h->list, n, rows) + c.row - (a.rows - rows_area(a).rows);
    if (row < 0 || row >= n)
        return;
    bool again = row == h->list.sel;
    list_select(&h->list, row, n, rows);
    if (again)
        choose(app, h, ACT_OPEN);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},    {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move},     {ACT_FIRST, move},
    {ACT_LAST, move}, {ACT_OPEN, choose}, {ACT_NEW_FILE, ask_new}, {ACT_OPEN_FILE, ask_open},
    {ACT_SITES, ask_sites}, {ACT_DEMO, show_example}, {ACT_DEMO_FLEET, show_example},
};

const struct screen_ops home_screen = {
    .name = "home",
    .title = N_("Home"),
    .alone = true,
    .context = CTX_HOME,
    .state_size = sizeof(struct home),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_home,
    .draw = draw,
    .click = click,
    .close = close_home,
};
