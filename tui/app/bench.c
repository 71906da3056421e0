/* See bench.h. */
#include "tui/app/bench.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "tui/app/app.h"
#include "tui/app/recent.h"

enum { BENCH_BYTES = 1 << 20, PATH_BYTES = 8192 };

enum err bench_read(struct benchmark *out, const char *path, find_checklist_fn find, void *cookie, struct diag *diag)
{
    struct buf bytes = {0};
    enum err err = file_read(&bytes, path, BENCH_BYTES, diag);
    struct cell *cell = xml_cell_new();
    if (err == ERR_OK)
        err = benchmark_read(cell, out, bytes.p, bytes.len, find, cookie, diag);
    cell_free(cell);
    buf_release(&bytes);
    return err;
}

/* The file with the path in it; NULL: there is no home. Owned by the caller. */
static char *note_path(void)
{
    char *dir = recent_folder();
    char *path = dir != NULL ? path_join(dir, "benchmark") : NULL;
    free(dir);
    return path;
}

static void remember(const char *path)
{
    char *note = note_path(), *whole = realpath(path, NULL);
    if (note != NULL && whole != NULL && recent_make_folder())
        (void)file_write_new(note, whole, strlen(whole), true, NULL);
    free(whole);
    free(note);
}

static enum err load(struct app *app, const char *path, struct diag *diag)
{
    struct benchmark *b = xcalloc(1, sizeof *b);
    enum err err = bench_read(b, path, app->find, app->find_cookie, diag);
    if (err != ERR_OK) {
        free(b);
        return err;
    }
    bench_release(app);
    app->bench = b;
    app->bench_path = xstrdup(path);
    app->stale = true;
    return ERR_OK;
}

enum err bench_take(struct app *app, const char *path, struct diag *diag)
{
    enum err err = load(app, path, diag);
    if (err == ERR_OK)
        remember(path);
    return err;
}

void bench_drop(struct app *app)
{
    char *note = note_path();
    if (note != NULL)
        unlink(note);
    free(note);
    bench_release(app);
    app->stale = true;
}

void bench_recall(struct app *app)
{
    char *note = note_path();
    struct buf path = {0};
    if (app->bench == NULL && note != NULL && file_read(&path, note, PATH_BYTES, NULL) == ERR_OK)
        (void)load(app, buf_str(&path), NULL);
    buf_release(&path);
    free(note);
}

void bench_release(struct app *app)
{
    free(app->bench);
    free(app->bench_path);
    app->bench = NULL;
    app->bench_path = NULL;
}

const struct benchmark *bench_of(const struct app *app)
{
    bool ours = app->bench != NULL && app->assessment != NULL && app->bench->checklist == app->assessment->checklist;
    return ours ? app->bench : NULL;
}
