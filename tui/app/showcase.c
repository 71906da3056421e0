/* See showcase.h. */
#include "tui/app/showcase.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/model/demo.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/screen/screens.h"

enum err showcase_write(const char *folder, const struct demo *demo, bool fleet, struct buf *failed, struct diag *diag)
{
    size_t n = fleet ? demo->n : 1;
    enum err err = ERR_OK;
    for (size_t i = 0; i < n && err == ERR_OK; i++) {
        const struct demo_file *f = &demo->file[i];
        char *path = path_join(folder, f->name);
        err = file_write_new(path, buf_str(&f->bytes), f->bytes.len, false, diag);
        if (err != ERR_OK)
            buf_adds(failed, path);
        free(path);
    }
    return err;
}

enum err showcase_make(struct showcase **out, enum lang lang, const char *today, bool fleet, struct buf *failed, struct diag *diag)
{
    const char *tmp = getenv("TMPDIR");
    struct showcase *s = xcalloc(1, sizeof *s);
    *out = NULL;
    s->demo = xcalloc(1, sizeof *s->demo);
    s->folder = path_join(tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp", "monshin-demo-XXXXXX");
    enum err err = ERR_OK;
    if (mkdtemp(s->folder) == NULL) {
        err = diag_sys(diag, ERR_WRITE, errno, NULL);
        buf_adds(failed, s->folder);
    } else {
        demo_load(s->demo, lang, today);
        s->plant = path_join(s->folder, s->demo->file[0].name);
        err = showcase_write(s->folder, s->demo, fleet, failed, diag);
    }
    if (err == ERR_OK)
        *out = s;
    else
        showcase_clear(s, NULL);
    return err;
}

/* Is it a file of the example, or one that the store keeps beside it (.lock, .gen1)? */
static bool is_ours(const struct demo *demo, const char *name)
{
    for (size_t i = 0; i < demo->n; i++)
        if (strncmp(name, demo->file[i].name, strlen(demo->file[i].name)) == 0)
            return true;
    return false;
}

bool showcase_clear(struct showcase *s, struct buf *folder)
{
    if (s == NULL)
        return true;
    /* Those one knows first: where no file can be opened, the folder cannot be listed. */
    for (size_t i = 0; i < s->demo->n; i++) {
        char *path = path_join(s->folder, s->demo->file[i].name);
        unlink(path);
        free(path);
    }
    DIR *dir = opendir(s->folder);
    for (struct dirent *d = dir != NULL ? readdir(dir) : NULL; d != NULL; d = readdir(dir))
        if (is_ours(s->demo, d->d_name)) {
            char *path = path_join(s->folder, d->d_name);
            unlink(path);
            free(path);
        }
    if (dir != NULL)
        closedir(dir);
    bool gone = rmdir(s->folder) == 0 || errno == ENOENT;
    if (!gone && folder != NULL)
        buf_adds(folder, s->folder);
    demo_release(s->demo);
    free(s->demo);
    free(s->plant);
    free(s->folder);
    free(s);
    return gone;
}

/* ---- In the program ---- */

void showcase_begin(struct app *app)
{
    for (int i = 0; i < app->n_tabs; i++)
        if (app->tab[i].ops == &result_screen)
            app_show_tab(app, i);
    app_say(app, TONE_INFO, "%s", T(app->cat, "An example: the company is fictitious, and what you change here is not kept."));
}

/* What is looked at now is let go before its files are: the plant that is open, and the sites. */
static void leave(struct app *app)
{
    app_detach(app);
    fleet_free(app->fleet);
    app->fleet = NULL;
    showcase_clear(app->showcase, NULL);
    app->showcase = NULL;
    app->example = NULL;
}

void showcase_open(struct app *app, bool fleet)
{
    char now[ISO_SIZE];
    struct diag diag = {0};
    struct buf failed = {0};
    struct showcase *s;
    app_now(app, now);
    enum err err = showcase_make(&s, app->lang, now, fleet, &failed, &diag);
    if (err != ERR_OK) {
        app_say_diag(app, buf_str(&failed), &diag);
        buf_release(&failed);
        return;
    }
    leave(app);
    app->showcase = s;
    app->example = s->folder;
    app_push(app, &home_screen, NULL); /* Esc goes back to it */
    const char *sites = s->folder;
    if (fleet)
        app_show_sites(app, &sites, 1, NULL);
    else if (app_open(app, s->plant, false, &diag) != ERR_OK)
        app_say_diag(app, s->plant, &diag);
    if (app->message[0] == '\0')
        showcase_begin(app);
    buf_release(&failed);
}
