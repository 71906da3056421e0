/* A file to write: its name, and where there is one already, whether it may go. What the program itself reads is never replaced. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/app/merging.h"
#include "tui/app/own_key.h"
#include "tui/screen/screens.h"

struct replace {
    const char *title; /* of the prompt: it comes back on a no */
    char *path;
    target_fn write;
};

static bool same(const char *path, const struct stat *out)
{
    struct stat in;
    return path != NULL && stat(path, &in) == 0 && in.st_dev == out->st_dev && in.st_ino == out->st_ino;
}

static bool must_stay(const struct app *app, const struct stat *out)
{
    const struct merging *m = app->merging;
    bool found = (app->store != NULL && same(store_path(app->store), out)) || same(app->other_path, out) || same(app->bench_path, out);
    found = found || (m != NULL && (same(m->path[0], out) || same(m->path[1], out)));
    char *key = own_key_path(".key"); /* nobody could make that one again */
    found = found || same(key, out);
    free(key);
    for (size_t i = 0; !found && app->fleet != NULL && i < app->fleet->r.n; i++)
        found = same(app->fleet->r.file[i].path, out);
    return found;
}

void ask_target(struct app *app, const char *title, const char *initial, target_fn write)
{
    struct ask ask = {.title = title, .initial = initial, .item = -1, .must = true, .max_bytes = 1000, .write = write};
    app_push(app, &ask_screen, &ask);
}

void target_named(struct app *app, const char *title, const char *path, target_fn write)
{
    struct stat st;
    struct replace question = {title, xstrdup(path), write};
    /* What is no regular file is never replaced: the one who writes says so. */
    if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        free(question.path);
        write(app, path, false);
    } else if (must_stay(app, &st)) {
        free(question.path);
        ask_target(app, title, path, write);
        app_say(app, TONE_WARN, "%s", T(app->cat, "This file is in use here: name another one"));
    } else {
        app_push(app, &replace_screen, &question);
    }
}

static void open_replace(struct app *app, void *state, const void *arg)
{
    (void)app;
    *(struct replace *)state = *(const struct replace *)arg;
}

static void close_replace(struct app *app, void *state)
{
    struct replace *st = state;
    (void)app;
    free(st->path);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct replace *st = state;
    struct buf title = {0}, path = {0};
    buf_addf(&title, " %s ", T(app->cat, "This file exists already. Replace it?" /* max 38 columns */));
    text_clean(&path, st->path, strlen(st->path), TEXT_ONE_LINE);
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    area_put_fit(a, 0, 1, text_width(buf_str(&title)) < a.cols - 1 ? text_width(buf_str(&title)) : a.cols - 1, ST_WARN, buf_str(&title));
    area_put_fit(a, 1, 2, a.cols - 4, ST_TEXT, buf_str(&path));
    buf_release(&path);
    buf_release(&title);
}

static void answer(struct app *app, void *state, enum act action)
{
    struct replace st = *(struct replace *)state;
    ((struct replace *)state)->path = NULL;
    app_pop(app);
    if (action == ACT_REPLACE)
        st.write(app, st.path, true);
    else
        ask_target(app, st.title, st.path, st.write);
    free(st.path);
}

static const struct handler HANDLERS[] = {{ACT_REPLACE, answer}, {ACT_KEEP, answer}};

const struct screen_ops replace_screen = {
    .name = "replace",
    .context = CTX_REPLACE,
    .bottom_rows = 2,
    .state_size = sizeof(struct replace),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_replace,
    .draw = draw,
    .close = close_replace,
};
