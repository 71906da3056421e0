/* See app.h. */
#include "tui/app/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/bench.h"
#include "tui/app/fleet.h"
#include "tui/app/message.h"
#include "tui/app/other.h"
#include "tui/app/sealing.h"
#include "tui/screen/screens.h"

void app_init(struct app *app, enum lang lang, struct app_clock clock)
{
    *app = (struct app){.lang = lang, .cat = catalog_for(lang), .clock = clock, .glyphs = GLYPHS_NARROW};
    app->rows = 24;
    app->cols = 80;
    app->lock_minutes = VEIL_MINUTES;
    app->veil.touched_ms = clock.ms(clock.cookie);
    app->stale = true;
}

static void close_screen(struct app *app, struct open_screen *s)
{
    if (s->ops->close != NULL)
        s->ops->close(app, s->state);
    free(s->state);
    *s = (struct open_screen){0};
}

void app_detach(struct app *app)
{
    while (app->n_layers > 0)
        app_pop(app);
    while (app->n_tabs > 0)
        close_screen(app, &app->tab[--app->n_tabs]);
    other_release(app);
    store_close(app->store);
    history_free(app->history);
    assessment_free(app->assessment);
    app->store = NULL;
    app->history = NULL;
    app->assessment = NULL;
    app->tab_now = 0;
    app->filter = FILTER_ALL;
    app->save = (struct store_state){0};
    app->stale = true;
}

void app_release(struct app *app)
{
    veil_release(app);
    sealing_drop(app);
    app_detach(app);
    bench_release(app);
    fleet_free(app->fleet);
    app->fleet = NULL;
}

static bool shows_sites(const struct app *app)
{
    for (int i = 0; i < app->n_layers; i++)
        if (app->layer[i].ops == &sites_screen)
            return true;
    return false;
}

void app_show_sites(struct app *app, const char *const *path, size_t n_paths, struct key_secret *key)
{
    while (shows_sites(app)) /* they look at the fleet that goes */
        app_pop(app);
    struct fleet *old = app->fleet; /* path may be in it */
    app->fleet = fleet_new(path, n_paths, key, app->trust, app->find, app->find_cookie);
    fleet_free(old);
    app_push(app, &sites_screen, NULL);
}

void app_attach(struct app *app, struct assessment *a, struct store *store, bool read_only, const char *locked_by)
{
    app_detach(app);
    app->assessment = a;
    app->store = store;
    app->history = history_new();
    app->read_only = read_only;
    snprintf(app->locked_by, sizeof app->locked_by, "%s", locked_by);
    app->outside = OUTSIDE_SAME;
    app->opened_ms = app->watched_ms = app->veil.touched_ms = app->clock.ms(app->clock.cookie);
    app->save = (struct store_state){.durable = a->revision, .submitted = a->revision};
    grade_assessment(&app->grade, a);
    if (store != NULL)
        store_state(store, &app->save);
    tabs_open(app);
}

enum err app_open(struct app *app, const char *path, bool read_only, struct diag *diag)
{
    return app_open_locked(app, path, NULL, read_only, diag);
}

enum err app_open_locked(struct app *app, const char *path, const struct passphrase *pass, bool read_only, struct diag *diag)
{
    struct store *store;
    struct store_open result = {0};
    enum err err = store_open_locked(&store, &result, path, pass, app->find, app->find_cookie, NULL, diag);
    if (err != ERR_OK)
        return err;
    if (read_only)
        store_look_only(store);
    app_attach(app, result.assessment, store, read_only || result.read_only, result.locked_by);
    app->look_only = read_only;
    bench_recall(app);
    if (result.locked_by[0] != '\0')
        app_say(app, TONE_WARN, T(app->cat, "Read-only: the file is open elsewhere (%s)"), result.locked_by);
    else if (result.notes.n_unknown > 0)
        app_say(app, TONE_WARN, T(app->cat, "The file has additions of a newer version (%s, line %ld); they are kept"),
                result.notes.first_unknown, result.notes.first_line);
    return ERR_OK;
}

bool app_is_example(const struct app *app)
{
    if (app->example == NULL)
        return false;
    if (app->store == NULL) /* home is not part of it */
        return app->showcase == NULL || shows_sites(app);
    return strncmp(store_path(app->store), app->example, strlen(app->example)) == 0;
}

static struct open_screen *top(struct app *app)
{
    if (app->n_layers > 0)
        return &app->layer[app->n_layers - 1];
    return app->n_tabs > 0 ? &app->tab[app->tab_now] : NULL;
}

const struct open_screen *app_top(const struct app *app)
{
    if (app->n_layers > 0)
        return &app->layer[app->n_layers - 1];
    return app->n_tabs > 0 ? &app->tab[app->tab_now] : NULL;
}

void app_push(struct app *app, const struct screen_ops *ops, const void *arg)
{
    if (app->n_layers == LAYERS_MAX)
        return;
    struct open_screen *s = &app->layer[app->n_layers++];
    *s = (struct open_screen){.ops = ops, .state = xcalloc(1, ops->state_size), .section = -1};
    if (ops->open != NULL)
        ops->open(app, s->state, arg);
    app->stale = true;
}

void app_pop(struct app *app)
{
    if (app->n_layers == 0)
        return;
    struct open_screen s = app->layer[--app->n_layers];
    close_screen(app, &s);
    app->stale = true;
}

/* A key in the interview must not pay for the gap list of a tab that nobody sees. */
static void catch_up(struct app *app, struct open_screen *tab)
{
    if (!tab->behind)
        return;
    tab->behind = false;
    if (tab->ops->changed != NULL)
        tab->ops->changed(app, tab->state);
}

void app_show_tab(struct app *app, int tab)
{
    if (tab < 0 || tab >= app->n_tabs)
        return;
    app->tab_now = tab;
    catch_up(app, &app->tab[tab]);
    app->stale = true;
}

void app_go(struct app *app, int item)
{
    if (app->assessment == NULL || item < 0)
        return;
    int section = app->assessment->checklist->item[item].section;
    for (int i = 0; i < app->n_tabs; i++) {
        struct open_screen *s = &app->tab[i];
        if (s->section != section || s->ops->go == NULL)
            continue;
        catch_up(app, s);
        s->ops->go(app, s->state, item);
        app_show_tab(app, i);
        return;
    }
}

int app_item(const struct app *app)
{
    if (app->n_tabs == 0)
        return -1;
    const struct open_screen *s = &app->tab[app->tab_now];
    return s->ops->item != NULL ? s->ops->item(app, s->state) : -1;
}

void app_say(struct app *app, enum tone tone, const char *fmt, ...)
{
    char line[MESSAGE_BYTES];
    va_list ap;
    if (tone < app->pinned)
        return;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : text_floor(line, sizeof line - 1, sizeof line - 4);
    memcpy(app->message, line, len);
    app->message[len] = '\0';
    app->tone = tone;
    app->stale = true;
}

void app_say_diag(struct app *app, const char *what, const struct diag *d)
{
    struct buf b = {0};
    message_diag(&b, app->cat, d);
    app_say(app, TONE_BAD, "%s: %s", what, buf_str(&b));
    buf_release(&b);
}

void app_now(const struct app *app, char out[32])
{
    time_t now = app->clock.now(app->clock.cookie);
    struct tm local;
    long offset = 0;
    if (localtime_r(&now, &local) != NULL)
        offset = local.tm_gmtoff / 60;
    iso_format(out, (long long)now, (int)offset);
}

const char *app_ltext(const struct app *app, const struct ltext *t)
{
    return t->in[app->lang];
}

const char *app_glyph(const struct app *app, enum glyph g)
{
    return glyph(app->glyphs, g);
}

void app_set_lang(struct app *app, enum lang lang)
{
    app->lang = lang;
    app->cat = catalog_for(lang);
    app->message[0] = '\0'; /* it was made in the other language */
    app->stale = true;
}

int app_asked(const struct app *app, int section)
{
    if (app->assessment == NULL)
        return 0;
    const struct scope_grade *g = section < 0 ? &app->grade.overall : &app->grade.section[section];
    return g->answered + g->unknown + (g->total - g->applicable);
}

void app_content_size(const struct app *app, int *rows, int *cols)
{
    *rows = chrome_layout(app).content_rows;
    *cols = app->cols;
}

/* Changes */

static void tell_screens(struct app *app)
{
    for (int i = 0; i < app->n_tabs; i++)
        app->tab[i].behind = true;
    if (app->n_tabs > 0)
        catch_up(app, &app->tab[app->tab_now]);
    for (int i = 0; i < app->n_layers; i++) {
        const struct screen_ops *ops = app->layer[i].ops;
        if (ops->gone != NULL && ops->gone(app, app->layer[i].state)) {
            while (app->n_layers > i) /* what lies on it came from it */
                app_pop(app);
        } else if (ops->changed != NULL) {
            ops->changed(app, app->layer[i].state);
        }
    }
}

/* Said before there is no room left, and at every further hundredth. */
static void tell_fill(struct app *app)
{
    enum { NEARLY_FULL = 90 };
    int fill = store_fill(app->store);
    if (fill >= NEARLY_FULL && fill != app->fill_told) {
        app_say(app, TONE_WARN, T(app->cat, "The file is nearly full (%d %%): shorten notes, or go on in a new file"), fill);
        app->pinned = TONE_WARN;
    }
    app->fill_told = fill;
}

/* Hands the present state to the store. false: it has no room for it, which is said. */
static bool submit(struct app *app)
{
    char now[32];
    struct diag why;
    if (app->store == NULL)
        return true;
    app_now(app, now);
    store_submit(app->store, app->assessment, "monshin " MONSHIN_VERSION, now);
    store_state(app->store, &app->save);
    if (store_refused(app->store, &why) == ERR_OK) {
        tell_fill(app);
        return true;
    }
    app_say_diag(app, T(app->cat, "Not recorded"), &why);
    app->pinned = TONE_BAD;
    return false;
}

static void changed(struct app *app)
{
    grade_assessment(&app->grade, app->assessment);
    tell_screens(app);
    app->stale = true;
}

/* What cannot be saved is not kept: what the screen shows is always what the file can hold. */
bool app_do(struct app *app, struct change *c, unsigned long group)
{
    if (app->read_only) {
        change_release(c);
        return false;
    }
    history_do(app->history, app->assessment, c, group);
    bool fits = submit(app);
    if (!fits) {
        history_take_back(app->history, app->assessment);
        store_pardon(app->store);
    }
    changed(app);
    return fits;
}

/* What undo and redo did, said and shown. */
static void show_step(struct app *app, const struct history_step *did, const char *done)
{
    static const char *const WHAT[CHANGE_KIND_COUNT] = {
        [CHANGE_ANSWER] = N_("answer"), [CHANGE_SITE] = N_("site"),     [CHANGE_PERSON] = N_("people"),
        [CHANGE_ROUND] = N_("round"),   [CHANGE_TARGET] = N_("target"), [CHANGE_ACTION] = N_("action"),
        [CHANGE_EDITION] = N_("edition"),
    };
    const char *what = T(app->cat, WHAT[did->kind]);
    if (did->item < 0) {
        app_say(app, TONE_INFO, T(app->cat, "%s: %s"), done, what);
        return;
    }
    const struct ck_item *item = &app->assessment->checklist->item[did->item];
    if (did->kind != CHANGE_ACTION) /* a step is undone where one is */
        app_go(app, did->item);
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "%s: "), done);
    buf_addf(&b, T(app->cat, "%s %s (%s)"), item->id, app_ltext(app, &item->label), what);
    app_say(app, TONE_INFO, "%s", buf_str(&b));
    buf_release(&b);
}

void app_undo(struct app *app, void *state, enum act action)
{
    (void)state;
    struct history_step did;
    bool back = action == ACT_UNDO;
    bool done = back ? history_undo(app->history, app->assessment, &did)
                     : history_redo(app->history, app->assessment, &did);
    if (!done) {
        app_say(app, TONE_INFO, "%s", back ? T(app->cat, "Nothing to undo") : T(app->cat, "Nothing to redo"));
        return;
    }
    if (!submit(app)) {
        if (back)
            history_redo(app->history, app->assessment, &did);
        else
            history_undo(app->history, app->assessment, &did);
        store_pardon(app->store);
    }
    changed(app);
    show_step(app, &did, back ? T(app->cat, "Undone") : T(app->cat, "Redone"));
}

/* Events */

const char *app_unmet(const struct app *app, enum act action)
{
    unsigned needs = action_info(action)->needs;
    if ((needs & NEED_FILE) != 0 && app->assessment == NULL)
        return N_("No file is open");
    if ((needs & NEED_WRITE) != 0 && app->read_only)
        return N_("The file is open read-only; nothing can be changed");
    int item = app_item(app);
    if ((needs & NEED_ITEM) != 0 && item < 0)
        return N_("No item is selected");
    if ((needs & NEED_LEVEL) == 0)
        return NULL;
    enum answer_state state = assessment_answer(app->assessment, item)->state;
    if (state == ANSWER_UNKNOWN || state == ANSWER_NA)
        return N_("Only a level has that; give the item a level first");
    return NULL;
}

static const struct handler *find_handler(const struct handler *h, size_t n, enum act action)
{
    for (size_t i = 0; i < n; i++)
        if (h[i].action == action)
            return &h[i];
    return NULL;
}

bool app_act(struct app *app, enum act action)
{
    struct open_screen *s = top(app);
    if (s == NULL || action == ACT_NONE)
        return false;
    const char *why = app_unmet(app, action);
    if (why != NULL) {
        app_say(app, TONE_WARN, "%s", T(app->cat, why));
        return false;
    }
    const struct handler *h = find_handler(s->ops->handlers, s->ops->n_handlers, action);
    if (h == NULL)
        h = find_handler(GENERAL_HANDLERS, N_GENERAL_HANDLERS, action);
    if (h == NULL)
        return false;
    h->fn(app, s->state, action);
    app->stale = true;
    return true;
}

static bool too_small(const struct app *app)
{
    return app->rows < APP_MIN_ROWS || app->cols < APP_MIN_COLS;
}

static void clear_message(struct app *app)
{
    app->message[0] = '\0';
    app->pinned = TONE_INFO;
}

static void on_key(struct app *app, const struct event *ev)
{
    struct open_screen *s = top(app);
    if (s == NULL)
        return;
    clear_message(app);
    app->stale = true;
    enum act action = keymap_find(s->ops->context, ev->key);
    if (too_small(app)) {
        /* Blind typing must not change answers. */
        if (action == ACT_QUIT || action == ACT_SUSPEND)
            app_act(app, action);
        return;
    }
    if (s->ops->text != NULL && ev->text[0] != '\0')
        s->ops->text(app, s->state, ev->text, strlen(ev->text), false);
    else
        app_act(app, action);
}

static void on_mouse(struct app *app, const struct event *ev)
{
    struct open_screen *s = top(app);
    struct layout l = chrome_layout(app);
    if (s == NULL || too_small(app))
        return;
    clear_message(app);
    app->stale = true;
    if (ev->row == l.tabs && app->n_layers == 0) {
        if (ev->button == MOUSE_LEFT)
            app_show_tab(app, chrome_tab_at(app, ev->col));
        return;
    }
    int rows = s->ops->bottom_rows > 0 ? s->ops->bottom_rows : l.content_rows;
    int row = ev->row - (l.content + l.content_rows - rows);
    if (s->ops->click == NULL || row < 0 || row >= rows)
        return;
    s->ops->click(app, s->state,
                  (struct click){.row = row, .col = ev->col, .rows = rows, .cols = app->cols, .button = ev->button});
}

void app_event(struct app *app, const struct event *ev)
{
    struct open_screen *s = top(app);
    bool touched = ev->kind == EV_KEY || ev->kind == EV_PASTE || ev->kind == EV_MOUSE;
    if (touched && veil_overtook(app))
        return;
    if (touched)
        app->veil.touched_ms = app->clock.ms(app->clock.cookie);
    if (veil_is_on(app)) {
        veil_event(app, ev);
        return;
    }
    switch (ev->kind) {
    case EV_KEY:
        on_key(app, ev);
        break;
    case EV_PASTE:
        if (s != NULL && s->ops->text != NULL && !too_small(app)) {
            s->ops->text(app, s->state, ev->paste, ev->n_paste, true);
            app->stale = true;
        }
        break;
    case EV_MOUSE:
        on_mouse(app, ev);
        break;
    case EV_END:
        app->quit = true;
        break;
    case EV_NONE:
    case EV_CURSOR:
    case EV_RESIZE:
    case EV_TICK:
        break;
    }
}

void app_saved(struct app *app)
{
    if (app->store != NULL)
        store_state(app->store, &app->save);
    app->stale = true;
}

/* Of two waits in ms, -1 for ever. */
static int sooner(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

int app_tick(struct app *app)
{
    int work = veil_work(app);
    if (work >= 0)
        return work;
    struct open_screen *s = top(app);
    int wait = -1;
    if (app->sealing != NULL && (s == NULL || s->ops->bottom_rows == 0)) /* nobody is asked for the file any more */
        sealing_forget_key(app->sealing);
    if (s != NULL && s->ops->tick != NULL)
        wait = s->ops->tick(app, s->state);
    wait = sooner(wait, veil_tick(app));
    if (app->assessment == NULL)
        return wait;
    /* The timer in the header moves once a minute. */
    int minute = 60000 - (int)((app->clock.ms(app->clock.cookie) - app->opened_ms) % 60000);
    return sooner(sooner(wait, watch_tick(app)), minute);
}

void app_resize(struct app *app, int rows, int cols)
{
    app->rows = rows;
    app->cols = cols;
    int content_rows, content_cols;
    app_content_size(app, &content_rows, &content_cols);
    for (int i = 0; i < app->n_tabs; i++)
        if (app->tab[i].ops->resize != NULL)
            app->tab[i].ops->resize(app, app->tab[i].state, content_rows, content_cols);
    for (int i = 0; i < app->n_layers; i++)
        if (app->layer[i].ops->resize != NULL)
            app->layer[i].ops->resize(app, app->layer[i].state, content_rows, content_cols);
    app->stale = true;
}

static void draw_screen(const struct app *app, const struct open_screen *s, struct area content)
{
    int rows = s->ops->bottom_rows;
    struct area a = rows > 0 ? area_sub(content, content.rows - rows, 0, rows, content.cols) : content;
    area_fill(a, ST_TEXT);
    if (s->ops->draw != NULL)
        s->ops->draw(app, s->state, a);
}

void app_draw(const struct app *app, struct canvas *cv)
{
    canvas_clear(cv);
    struct area all = area_all(cv);
    if (veil_is_on(app)) {
        veil_draw(app, all);
        return;
    }
    if (too_small(app)) {
        toosmall_draw(app, all);
        return;
    }
    struct layout l = chrome_layout(app);
    struct area content = area_sub(all, l.content, 0, l.content_rows, cv->cols);
    chrome_draw(app, all);
    /* From the topmost screen that covers everything, upwards. */
    int first = app->n_layers - 1;
    while (first >= 0 && app->layer[first].ops->bottom_rows > 0)
        first--;
    if (first < 0 && app->n_tabs > 0)
        draw_screen(app, &app->tab[app->tab_now], content);
    for (int i = first < 0 ? 0 : first; i < app->n_layers; i++)
        draw_screen(app, &app->layer[i], content);
    chrome_message(app, all);
}
