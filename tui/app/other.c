/* See other.h. */
#include "tui/app/other.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/model/locked.h"
#include "tui/app/app.h"

/* By any name: links too. */
static bool is_open_file(const struct app *app, const char *path)
{
    struct stat here, there;
    return app->store != NULL && stat(store_path(app->store), &here) == 0 && stat(path, &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

enum err other_take(struct app *app, const char *path, struct diag *diag)
{
    struct buf bytes = {0};
    struct assessment *a = NULL;
    if (is_open_file(app, path))
        return diag_set(diag, ERR_SAME_FILE, 0, NULL, NULL);
    enum err err = locked_read(&bytes, NULL, path, NULL, diag);
    struct cell *cell = xml_cell_new();
    if (err == ERR_OK)
        err = assessment_read_in(cell, &a, bytes.p, bytes.len, app->find, app->find_cookie, NULL, diag);
    cell_free(cell);
    buf_release(&bytes);
    if (err == ERR_OK && a->checklist != app->assessment->checklist) {
        err = diag_set(diag, ERR_OTHER_CHECKLIST, 0, a->checklist->id, app->assessment->checklist->id);
        assessment_free(a);
    }
    if (err != ERR_OK)
        return err;
    other_release(app);
    app->other = a;
    app->other_path = xstrdup(path);
    return ERR_OK;
}

void other_release(struct app *app)
{
    assessment_free(app->other);
    free(app->other_path);
    app->other = NULL;
    app->other_path = NULL;
    app->comparing = false;
}

const struct round *other_round(const struct app *app, const struct assessment **whose)
{
    const struct assessment *as = app->assessment;
    *whose = app->other != NULL ? app->other : as;
    if (app->other != NULL)
        return assessment_round(app->other);
    return as->n_rounds > 1 ? &as->round[as->n_rounds - 2] : NULL;
}
