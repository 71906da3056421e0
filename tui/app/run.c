/* See run.h. The one loop of the program: wait, turn the event into what it means, draw once. */
#include "tui/app/run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/bench.h"
#include "tui/app/locale.h"
#include "tui/app/message.h"
#include "tui/app/other.h"
#include "tui/app/recent.h"
#include "tui/app/showcase.h"
#include "tui/screen/screens.h"
#include "tui/term/charset.h"
#include "tui/term/term.h"

enum { FLUSH_MS = 5000, EXIT_TROUBLE = 3 };
enum { RESERVE_BYTES = 1024 * 1024 }; /* what a save of the longest interview takes, several times over; untouched it costs nothing */

static time_t wall_clock(void *cookie)
{
    (void)cookie;
    return time(NULL);
}

/* It goes on while the machine sleeps: who opens the lid after lunch finds the screen locked. */
static long long monotonic_clock(void *cookie)
{
    (void)cookie;
    struct timespec ts;
    clock_gettime(CLOCK_BOOTTIME, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Words that must be converted would need memory: there it is English. */
static void say_low(const struct app *app, bool saved)
{
    const struct catalog *cat = app->plain_words ? catalog_for(LANG_EN) : app->cat;
    fprintf(stderr, "monshin: %s\n",
            saved ? T(cat, "out of memory; what was answered is saved")
                  : T(cat, "out of memory; the file is as it was last saved"));
}

/* Out of memory, the reserve included: what was handed to the store is written, the terminal given back, and the shell told. Nothing here asks for
 * memory, and nothing that runs at exit gets to. */
static void exhausted(void *cookie)
{
    const struct app *app = cookie;
    bool saved = app->store == NULL || store_emergency(app->store);
    term_rescue();
    say_low(app, saved);
    _exit(EXIT_TROUBLE);
}

/* One line for the shell. */
static void say(const struct app_options *options, const char *what, const char *why)
{
    struct buf raw = {0}, line = {0}, out = {0};
    buf_addf(&raw, "monshin: %s: %s", what, why);
    text_clean(&line, buf_str(&raw), raw.len, TEXT_ONE_LINE);
    charset_out(options->locale->charset, &out, buf_str(&line), line.len);
    fprintf(stderr, "%s\n", buf_str(&out));
    buf_release(&out);
    buf_release(&line);
    buf_release(&raw);
}

static void complain(const struct app_options *options, enum lang lang, const char *what, const struct diag *d)
{
    struct buf why = {0};
    message_diag(&why, catalog_for(lang), d);
    say(options, what, buf_str(&why));
    buf_release(&why);
}

/* Who wanted Japanese and gets English is told why, once. */
static void explain_english(struct app *app, const struct locale_found *locale)
{
    if (app->lang != LANG_EN || locale_wish() == LANG_EN)
        return;
    if (locale->kernel)
        app_say(app, TONE_INFO, "%s", T(app->cat, "This console has no kanji: the program speaks English here."));
    else
        app_say(app, TONE_INFO, T(app->cat, "%s has no full screen here: English. In Japanese: monshin ask FILE"), locale->name);
}

static void draw(struct app *app, struct terminal *term, struct canvas *cv)
{
    if (cv->rows != app->rows || cv->cols != app->cols) {
        canvas_release(cv);
        canvas_init(cv, app->rows, app->cols);
    }
    if (app->redraw)
        term_redraw(term);
    app->redraw = false;
    /* Who wants Japanese says that it can be shown. */
    term_plain(term, app->lang == LANG_EN);
    app->stale = false;
    app_draw(app, cv);
    term_draw(term, cv);
}

static void take_size(struct app *app, struct terminal *term)
{
    int rows, cols;
    term_size(term, &rows, &cols);
    app_resize(app, rows, cols);
}

static void take_event(struct app *app, struct terminal *term, const struct event *ev)
{
    if (ev->kind == EV_RESIZE) {
        take_size(app, term);
    } else if (ev->kind == EV_CURSOR) {
        if (term_learn(term, ev)) {
            /* The first paint, whole, was sent after the question and wiped it away: only glyphs differ now. */
            app->glyphs = term_glyphs(term);
            app->stale = true;
        }
    } else {
        app_event(app, ev);
    }
    if (app->suspend) {
        app->suspend = false;
        term_suspend(term);
    }
}

/* Draws when nothing more is waiting: a pasted line or a held-down key is painted once, not for every byte.
 * opened: to be noted among the recent files, or NULL; the first paint does not wait for that. */
static void loop(struct app *app, struct terminal *term, const char *opened)
{
    struct canvas cv = {0};
    struct event ev;
    while (!app->quit) {
        while (!app->quit && term_poll(term, &ev))
            take_event(app, term, &ev);
        app->quit = app->quit || mem_is_low();
        if (app->quit)
            break;
        int tick = app_tick(app);
        if (app->stale)
            draw(app, term, &cv);
        if (opened != NULL)
            recent_add(opened);
        opened = NULL;
        term_wait(term, tick, app->store != NULL ? store_wake_fd(app->store) : -1, &ev);
        if (ev.kind == EV_TICK) {
            struct store_state before = app->save;
            app_saved(app);
            /* A wake-up without news paints nothing new. */
            app->stale = app->stale || before.phase != app->save.phase || before.durable != app->save.durable;
        } else {
            take_event(app, term, &ev);
        }
    }
    canvas_release(&cv);
}

/* Keeps the open texts, then waits for the disk, but only if there is something to wait for. */
static bool finish(struct app *app, struct diag *diag)
{
    while (app->n_layers > 0)
        app_pop(app);
    if (app->store == NULL || app->read_only)
        return true;
    struct store_state s;
    store_state(app->store, &s);
    return s.durable >= s.submitted || store_flush(app->store, FLUSH_MS, diag);
}

/* The files of an example that was opened from the home screen. What comes after the loop must not keep them here. */
static void block_ends(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
}

static void clear_example(const struct app_options *options, enum lang lang, struct showcase *s)
{
    struct buf folder = {0};
    if (!showcase_clear(s, &folder))
        say(options, buf_str(&folder), T(catalog_for(lang), "what you wrote while looking at the example is here"));
    buf_release(&folder);
}

/* false: one of them cannot be used, which has been said. */
static bool take_files(struct app *app, const struct app_options *options)
{
    struct diag diag = {0};
    const char *path = options->path;
    enum err err = path != NULL ? app_open_locked(app, path, options->passphrase, options->read_only, &diag) : ERR_OK;
    if (err == ERR_OK && options->against != NULL) {
        path = options->against;
        err = other_take(app, path, &diag);
    }
    if (err == ERR_OK && options->bench != NULL) {
        path = options->bench;
        err = bench_take(app, path, &diag);
    }
    if (err != ERR_OK)
        complain(options, options->lang, path, &diag);
    return err == ERR_OK;
}

int app_run(const struct app_options *options)
{
    struct app app;
    struct diag diag = {0};
    app_init(&app, options->lang, (struct app_clock){wall_clock, monotonic_clock, NULL});
    app.lock_minutes = options->lock_minutes;
    app.example = options->example;
    app.trust = options->trust;
    app.find = options->find;
    app.find_cookie = options->find_cookie;
    if (!take_files(&app, options)) {
        app_release(&app);
        return EXIT_TROUBLE;
    }
    struct terminal *term;
    const struct locale_found *locale = options->locale;
    struct term_options how = {.ascii = options->ascii,
                               .no_color = options->no_color,
                               .utf8 = locale->utf8 && locale->name[0] == '\0',
                               .charset = locale->charset,
                               .native = locale->native};
    if (term_open(&term, &how, &diag) != ERR_OK) {
        app_release(&app);
        return APP_NO_TERMINAL;
    }
    app.plain_words = locale->charset != NULL;
    mem_on_exhausted(exhausted, &app);
    mem_keep_reserve(RESERVE_BYTES);
    app.merging = options->merging;
    if (options->merging != NULL)
        app_push(&app, &merge_screen, NULL);
    else if (options->sites != NULL)
        app_show_sites(&app, options->sites, options->n_sites, key_copy(options->key));
    else if (options->path == NULL)
        app_push(&app, &home_screen, NULL);
    if (options->example != NULL)
        showcase_begin(&app);
    if (app.other != NULL)
        app_push(&app, &compare_screen, NULL);
    app.glyphs = term_glyphs(term);
    take_size(&app, term);
    if (!options->lang_given && app.message[0] == '\0')
        explain_english(&app, locale);
    loop(&app, term, options->example == NULL ? options->path : NULL);
    struct showcase *example = app.showcase;
    if (example != NULL)
        block_ends();
    bool saved = finish(&app, &diag);
    bool low = mem_is_low();
    term_close(term);
    if (!saved)
        complain(options, app.lang, app.store != NULL ? store_path(app.store) : "", &diag);
    else if (low)
        say_low(&app, true);
    app_release(&app);
    clear_example(options, app.lang, example);
    mem_on_exhausted(NULL, NULL);
    mem_keep_reserve(0);
    return saved && !low ? EXIT_SUCCESS : EXIT_TROUBLE;
}
