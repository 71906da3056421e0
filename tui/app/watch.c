/* Who only reads is told when the file changes under it, or is let go by who held it; a key reads it again. See app.h. */
#include "core/base/buf.h"
#include "tui/app/app.h"

enum { WATCH_MS = 1000 };

static enum outside look(const struct app *app)
{
    if (store_changed_outside(app->store))
        return OUTSIDE_CHANGED;
    return app->locked_by[0] != '\0' && !app->look_only && store_lock_is_free(app->store) ? OUTSIDE_FREE : OUTSIDE_SAME;
}

int watch_tick(struct app *app)
{
    if (app->store == NULL || !app->read_only)
        return -1;
    long long now = app->clock.ms(app->clock.cookie), due = app->watched_ms + WATCH_MS;
    if (now < due)
        return (int)(due - now);
    enum outside before = app->outside;
    app->watched_ms = now;
    app->outside = look(app);
    if (app->outside != before) {
        app->message[0] = '\0'; /* "open elsewhere" has been overtaken */
        app->stale = true;
    }
    return WATCH_MS;
}

void watch_text(const struct app *app, struct buf *out)
{
    const char *key = keymap_key(CTX_ITEMS, ACT_RELOAD);
    switch (app->outside) {
    case OUTSIDE_SAME:
        break;
    case OUTSIDE_CHANGED:
        buf_addf(out, T(app->cat, "%s: read again (the file has changed on the disk)"), key);
        break;
    case OUTSIDE_FREE:
        buf_addf(out, T(app->cat, "%s: open for work (it is no longer open elsewhere)"), key);
        break;
    }
}

/* The place in the interview is kept, by the item's id: what comes may be on another checklist. Who asked for read-only gets it again. */
void app_reload(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    struct diag diag = {0};
    if (app->store == NULL || !app->read_only) {
        app_say(app, TONE_INFO, "%s", T(app->cat, "Nothing to read again: what is shown is what is saved"));
        return;
    }
    struct buf path = {0}, id = {0};
    int tab = app->tab_now, item = app_item(app);
    if (item >= 0)
        buf_adds(&id, app->assessment->checklist->item[item].id);
    buf_adds(&path, store_path(app->store));
    enum err err = app_open(app, buf_str(&path), app->look_only, &diag);
    if (err == ERR_LOCKED_FILE) {
        veil_open(app, buf_str(&path));
    } else if (err != ERR_OK) {
        app_say_diag(app, buf_str(&path), &diag);
    } else {
        if (app->message[0] == '\0')
            app_say(app, TONE_INFO, T(app->cat, "Read again: #%ld"), app->assessment->revision);
        app_go(app, checklist_item(app->assessment->checklist, buf_str(&id)));
        app_show_tab(app, tab);
    }
    buf_release(&path);
    buf_release(&id);
}
