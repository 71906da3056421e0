/* See veil.h. */
#include "tui/app/veil.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/seal/key.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"
#include "tui/app/app.h"
#include "tui/app/fleet.h"
#include "tui/app/merging.h"
#include "tui/app/recent.h"
#include "tui/widget/page.h"

enum { SHORTEST = 10, FIELD_COLS = 40 };

bool veil_is_on(const struct app *app)
{
    return app->veil.kind != VEIL_NONE;
}

void veil_release(struct app *app)
{
    struct veil *v = &app->veil;
    long long touched = v->touched_ms;
    secret_free(v->typed);
    secret_free(v->first);
    free(v->path);
    *v = (struct veil){.touched_ms = touched};
    app->stale = true;
}

static void begin(struct app *app, enum veil_kind kind)
{
    veil_release(app);
    secret_start();
    app->veil.kind = kind;
    app->veil.typed = secret_new(sizeof *app->veil.typed);
}

/* ---- What the screen is locked with ---- */

/* The key of a roll-up has opened more than any file: while it is in memory its passphrase counts. */
static const struct key_secret *roll_up_key(const struct app *app)
{
    const struct key_secret *key = app->fleet != NULL ? app->fleet->key : NULL;
    return key != NULL && key->locked ? key : NULL;
}

static bool has_safe(const struct app *app)
{
    return app->store != NULL && store_has_safe(app->store);
}

/* Files under a passphrase that are being merged: not open yet, but shown. */
static const struct passphrase *merge_passphrase(const struct app *app)
{
    return app->merging != NULL && app->store == NULL ? app->merging->pass : NULL;
}

static bool can_lock(const struct app *app)
{
    return roll_up_key(app) != NULL || has_safe(app) || merge_passphrase(app) != NULL;
}

static bool same(const struct passphrase *a, const struct passphrase *b)
{
    return a->n_bytes == b->n_bytes && memcmp(a->text, b->text, a->n_bytes) == 0;
}

static bool fits(const struct app *app, const struct passphrase *typed)
{
    if (roll_up_key(app) != NULL)
        return key_passphrase_fits(app->fleet->key, typed);
    return has_safe(app) ? store_passphrase_fits(app->store, typed) : same(typed, merge_passphrase(app));
}

void veil_lock(struct app *app)
{
    if (can_lock(app))
        begin(app, VEIL_LOCKED);
    else if (app->store == NULL)
        app_say(app, TONE_INFO, "%s", T(app->cat, "Nothing here was opened with a passphrase, so there is nothing to lock with"));
    else
        app_say(app, TONE_INFO, T(app->cat, "This file has no passphrase, so there is nothing to lock with; %s sets one"),
                keymap_key(CTX_ITEMS, ACT_PASSPHRASE));
}

void veil_open(struct app *app, const char *path)
{
    char *kept = xstrdup(path);
    begin(app, VEIL_OPEN);
    app->veil.path = kept;
}

/* The key of the file; pass may be NULL. */
static enum err read_key(struct key_secret *out, const char *path, const struct passphrase *pass, struct diag *diag)
{
    struct buf text = {0};
    enum err err = file_read(&text, path, KEY_FILE_MAX, diag);
    if (err == ERR_OK && pass == NULL && key_is_locked(buf_str(&text), text.len))
        err = diag_set(diag, ERR_LOCKED_FILE, 0, NULL, NULL);
    if (err == ERR_OK)
        err = key_secret_parse(out, buf_str(&text), text.len, pass, diag);
    secret_buf_release(&text);
    return err;
}

void veil_key(struct app *app, const char *path, key_fn take)
{
    struct diag diag = {0};
    secret_start();
    struct key_secret *key = secret_new(sizeof *key);
    enum err err = read_key(key, path, NULL, &diag);
    if (err == ERR_OK) {
        take(app, key);
        return;
    }
    secret_free(key);
    if (err != ERR_LOCKED_FILE) {
        app_say_diag(app, path, &diag);
        return;
    }
    char *kept = xstrdup(path);
    begin(app, VEIL_KEY);
    app->veil.path = kept;
    app->veil.take = take;
}

void veil_change(struct app *app)
{
    if (app->store != NULL && !app_is_example(app))
        begin(app, VEIL_NEW);
}

/* ---- What is typed ---- */

static size_t characters(const struct passphrase *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_bytes; i++)
        n += ((unsigned char)p->text[i] & 0xc0) != 0x80;
    return n;
}

static void rub_out(struct passphrase *p)
{
    while (p->n_bytes > 0 && ((unsigned char)p->text[--p->n_bytes] & 0xc0) == 0x80)
        continue;
    secret_wipe(p->text + p->n_bytes, sizeof p->text - p->n_bytes);
}

static void clear(struct passphrase *p)
{
    secret_wipe(p, sizeof *p);
}

static void add(struct passphrase *p, const char *s, size_t n)
{
    for (size_t i = 0; i < n && p->n_bytes < PASSPHRASE_MAX; i++)
        if ((unsigned char)s[i] >= ' ' && s[i] != 0x7f)
            p->text[p->n_bytes++] = s[i];
}

/* ---- What becomes of it ---- */

static void again(struct veil *v, const char *why)
{
    v->said = why;
    clear(v->typed);
}

static void try_open(struct app *app)
{
    struct veil *v = &app->veil;
    struct diag diag = {0};
    enum err err = app_open_locked(app, v->path, v->typed, app->look_only, &diag);
    if (err == ERR_PASSPHRASE) {
        again(v, N_("That is not the passphrase"));
        return;
    }
    if (err != ERR_OK)
        app_say_diag(app, v->path, &diag);
    else
        recent_add(v->path);
    veil_release(app);
}

static void try_key(struct app *app)
{
    struct veil *v = &app->veil;
    struct diag diag = {0};
    key_fn take = v->take;
    struct key_secret *key = secret_new(sizeof *key);
    enum err err = read_key(key, v->path, v->typed, &diag);
    if (err == ERR_PASSPHRASE) {
        secret_free(key);
        again(v, N_("That is not the passphrase"));
        return;
    }
    if (err != ERR_OK) {
        app_say_diag(app, v->path, &diag);
        secret_free(key);
    }
    veil_release(app);
    if (err == ERR_OK)
        take(app, key);
}

/* The change is saved as a revision of its own, so that the screen's #N says when it is so on the disk. */
static void set_safe(struct app *app, struct safe *safe)
{
    char now[32];
    app_now(app, now);
    store_set_safe(app->store, safe);
    store_submit(app->store, app->assessment, "monshin " MONSHIN_VERSION, now);
    veil_release(app);
    app_saved(app);
    if (safe != NULL)
        app_say(app, TONE_INFO, "%s", T(app->cat, "From now on the file opens with the passphrase only; older generations are removed"));
    else
        app_say(app, TONE_INFO, "%s", T(app->cat, "The file has no passphrase any more"));
}

static void take_new(struct app *app)
{
    struct veil *v = &app->veil;
    if (v->typed->n_bytes == 0 && !store_has_safe(app->store)) {
        veil_release(app);
    } else if (v->typed->n_bytes == 0) {
        set_safe(app, NULL);
    } else if (characters(v->typed) < SHORTEST) {
        again(v, N_("Too short: at least 10 characters"));
    } else {
        v->first = v->typed;
        v->typed = secret_new(sizeof *v->typed);
        v->kind = VEIL_AGAIN;
        v->said = NULL;
    }
}

static void take_again(struct app *app)
{
    struct veil *v = &app->veil;
    struct diag diag = {0};
    struct safe *safe;
    if (!same(v->typed, v->first)) {
        again(v, N_("That is another one; type the first one again"));
    } else if (safe_new(&safe, v->first, SAFE_WORK, &diag) != ERR_OK) {
        app_say_diag(app, store_path(app->store), &diag);
        veil_release(app);
    } else {
        set_safe(app, safe);
    }
}

static void work(struct app *app)
{
    struct veil *v = &app->veil;
    switch (v->kind) {
    case VEIL_LOCKED:
        if (fits(app, v->typed))
            veil_release(app);
        else
            again(v, N_("That is not the passphrase"));
        break;
    case VEIL_OPEN:
        try_open(app);
        break;
    case VEIL_KEY:
        try_key(app);
        break;
    case VEIL_NEW:
        take_new(app);
        break;
    case VEIL_AGAIN:
        take_again(app);
        break;
    case VEIL_NONE:
        break;
    }
}

int veil_work(struct app *app)
{
    struct veil *v = &app->veil;
    if (v->due == 0)
        return -1;
    if (v->due++ == 1)
        return 0;
    v->due = 0;
    v->said = NULL;
    work(app);
    app->stale = true;
    return -1;
}

static bool is_ctrl(const struct key *k, int letter)
{
    return k->mods == MOD_CTRL && (k->code == letter || k->code == letter - 'a' + 'A');
}

static void on_key(struct app *app, const struct event *ev)
{
    struct veil *v = &app->veil;
    bool leaves = ev->key.code == K_ESC || is_ctrl(&ev->key, 'c');
    if (v->due > 0)
        return;
    if (ev->key.code == K_ENTER)
        v->due = 1;
    else if (leaves && v->kind != VEIL_LOCKED)
        veil_release(app);
    else if (is_ctrl(&ev->key, 'c')) /* everything is saved, or nothing (merge): whoever wants may end it */
        app->quit = true;
    else if (leaves || is_ctrl(&ev->key, 'u'))
        clear(v->typed);
    else if (ev->key.code == K_BACKSPACE)
        rub_out(v->typed);
    else
        add(v->typed, ev->text, strlen(ev->text));
}

void veil_event(struct app *app, const struct event *ev)
{
    if (ev->kind == EV_KEY)
        on_key(app, ev);
    else if (ev->kind == EV_PASTE && app->veil.due == 0)
        add(app->veil.typed, ev->paste, ev->n_paste);
    else if (ev->kind == EV_END)
        app->quit = true;
    app->stale = true;
}

int veil_tick(struct app *app)
{
    long long limit = app->lock_minutes * 60000LL, now = app->clock.ms(app->clock.cookie);
    if (limit == 0 || app->veil.kind == VEIL_LOCKED || !can_lock(app))
        return -1;
    long long left = app->veil.touched_ms + limit - now;
    if (left <= 0) {
        begin(app, VEIL_LOCKED);
        return -1;
    }
    return (int)left;
}

bool veil_overtook(struct app *app)
{
    if (app->veil.kind == VEIL_LOCKED)
        return false;
    veil_tick(app);
    return app->veil.kind == VEIL_LOCKED;
}

/* ---- Drawing ---- */

static const char *title(const struct app *app)
{
    switch (app->veil.kind) {
    case VEIL_LOCKED:
        return roll_up_key(app) != NULL ? N_("Locked. Type the passphrase of the secret key to go on") : N_("Locked. Type the passphrase of the file to go on");
    case VEIL_OPEN:
        return N_("This file has a passphrase");
    case VEIL_KEY:
        return N_("The passphrase of this secret key");
    case VEIL_NEW:
        return N_("A new passphrase for this file; empty: none any more");
    case VEIL_AGAIN:
        return N_("The same passphrase again");
    case VEIL_NONE:
        break;
    }
    return "";
}

static const char *hint(const struct app *app)
{
    switch (app->veil.kind) {
    case VEIL_LOCKED:
        return merge_passphrase(app) != NULL ? N_("Enter: go on   Ctrl-C: quit; nothing is written yet") : N_("Enter: go on   Ctrl-C: quit; everything is saved");
    case VEIL_OPEN:
        return N_("Enter: open   Esc: back");
    case VEIL_NEW:
    case VEIL_AGAIN:
    case VEIL_KEY:
        return N_("Enter: go on   Esc: leave it as it is");
    case VEIL_NONE:
        break;
    }
    return "";
}

/* How many, not which: a sign for each character, as many as there is room for. */
static void put_field(const struct veil *v, struct area a, int row)
{
    int n = (int)characters(v->typed), cols = a.cols - 6 < FIELD_COLS ? a.cols - 6 : FIELD_COLS;
    n = n < cols - 1 ? n : cols - 1;
    struct area field = area_sub(a, row, 3, 1, cols);
    area_fill(field, ST_FIELD);
    for (int i = 0; i < n; i++)
        area_put(field, 0, i, ST_FIELD, "*");
    area_cursor(field, 0, n);
}

/* What is typed into, and below it what to know about it; each line wrapped, for a lost passphrase is nothing to read half of. */
static void build_head(const struct app *app, struct page *p, bool tight)
{
    const struct veil *v = &app->veil;
    page_line(p);
    page_put(p, 0, ST_TITLE, "monshin");
    if (!tight)
        page_line(p);
    page_line(p);
    page_wrap(p, 0, ST_STRONG, T(app->cat, title(app)));
    if (v->path != NULL) {
        struct buf clean = {0};
        text_clean(&clean, v->path, strlen(v->path), TEXT_ONE_LINE);
        page_line(p);
        page_wrap(p, 0, ST_DIM, buf_str(&clean));
        buf_release(&clean);
    } else {
        page_line(p);
    }
    if (!tight)
        page_line(p);
}

static void build_tail(const struct app *app, struct page *p)
{
    const struct veil *v = &app->veil;
    const char *said = v->due > 0 ? N_("One moment") : v->said != NULL ? v->said : v->kind == VEIL_NEW ? N_("Nobody can bring back a lost passphrase") : NULL;
    page_line(p);
    if (said != NULL)
        page_wrap(p, 0, v->due <= 0 && v->said != NULL ? ST_WARN : ST_DIM, T(app->cat, said));
    page_line(p);
    page_line(p);
    page_wrap(p, 0, ST_DIM, T(app->cat, hint(app)));
}

void veil_draw(const struct app *app, struct area a)
{
    enum { LEFT = 3, ROOMY_ROWS = 14 };
    int cols = a.cols - 2 * LEFT;
    struct page head = {.cols = cols}, tail = {.cols = cols};
    build_head(app, &head, a.rows < ROOMY_ROWS);
    build_tail(app, &tail);
    int rows = head.n_lines + 1 + tail.n_lines, top = a.rows > rows ? (a.rows - rows) / 2 : 0;
    area_fill(a, ST_TEXT);
    page_draw(&head, area_sub(a, top, LEFT, head.n_lines, cols), 0);
    put_field(&app->veil, a, top + head.n_lines);
    page_draw(&tail, area_sub(a, top + head.n_lines + 1, LEFT, a.rows - top - head.n_lines - 1, cols), 0);
    page_release(&tail);
    page_release(&head);
}
