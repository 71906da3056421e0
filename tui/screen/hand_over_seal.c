/* The export that only headquarters can open: for whom, signed with which key, into which file. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/model/sealed.h"
#include "core/out/export.h"
#include "core/seal/secret.h"
#include "tui/app/own_key.h"
#include "tui/app/sealing.h"
#include "tui/screen/hand_over.h"
#include "tui/screen/screens.h"

static const char PROGRAM[] = "monshin " MONSHIN_VERSION;

/* ---- Written ---- */

static enum err seal_export(struct buf *out, struct app *app, const char *now, struct export_summary *sum, struct diag *diag)
{
    struct sealing *s = app->sealing;
    struct export_options options = {.anonymous_reason = "", .gzip = true, .program = PROGRAM, .now = now, .find = app->find, .cookie = app->find_cookie};
    struct buf bytes = {0};
    struct assessment *inside = NULL;
    struct seal_subject subject;
    enum err err = export_make(&bytes, sum, app->assessment, &options, diag);
    if (err == ERR_OK)
        err = assessment_read(&inside, buf_str(&bytes), bytes.len, app->find, app->find_cookie, NULL, diag);
    if (err == ERR_OK) {
        sealed_subject(&subject, inside);
        err = seal_make(out, bytes.p, bytes.len, &subject, s->from, &s->to.age, 1, now, diag);
    }
    assessment_free(inside);
    buf_release(&bytes);
    return err;
}

static void say_sealed(struct app *app, const struct export_summary *sum, const char *path)
{
    const struct sealing *s = app->sealing;
    struct buf line = {0}, name = {0};
    bool ours = memcmp(s->to.age, s->from->age.recipient, AGE_KEY_BYTES) == 0;
    text_clean(&name, path_base(s->name), strlen(path_base(s->name)), TEXT_ONE_LINE);
    if (sum->answered < sum->total)
        buf_addf(&line, T(app->cat, "Incomplete (%d of %d). "), sum->answered, sum->total);
    if (ours)
        buf_adds(&line, T(app->cat, "Sealed for yourself: your key opens it again"));
    else
        buf_addf(&line, T(app->cat, "Sealed: only %s opens it. This laptop cannot; keep your own file"), buf_str(&name));
    buf_addf(&line, ": %s", path);
    app_say(app, sum->answered < sum->total ? TONE_WARN : TONE_INFO, "%s", buf_str(&line));
    buf_release(&name);
    buf_release(&line);
}

/* The key is gone after it; for whom is remembered until the end. */
static void written(struct app *app, const char *path, bool force)
{
    char now[ISO_SIZE];
    struct buf sealed = {0};
    struct export_summary sum;
    struct diag diag = {0};
    if (app->sealing == NULL || app->sealing->from == NULL)
        return;
    app_now(app, now);
    enum err err = seal_export(&sealed, app, now, &sum, &diag);
    if (err == ERR_OK)
        err = file_write_new(path, sealed.p, sealed.len, force, &diag);
    buf_release(&sealed);
    if (err != ERR_OK) {
        app_say_diag(app, path, &diag);
    } else {
        if (app->store != NULL && !app->read_only)
            export_record(app->store, app->assessment, PROGRAM, now);
        app_saved(app);
        say_sealed(app, &sum, path);
    }
    sealing_forget_key(app->sealing);
}

/* ---- Asked ---- */

static void signer_taken(struct app *app, struct key_secret *key)
{
    char fingerprint[FINGERPRINT_SIZE];
    if (!key->signs) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "This key opens, but cannot sign; make one with: monshin keygen"));
        secret_free(key);
        return;
    }
    sealing_forget_key(app->sealing);
    app->sealing->from = key;
    char *path = hand_over_suggested(app, ".age");
    ask_target(app, N_("Sealed export for headquarters to"), path, written);
    key_fingerprint(fingerprint, &app->sealing->to);
    app_say(app, TONE_INFO, T(app->cat, "Fingerprint: %s"), fingerprint);
    free(path);
}

static void signer_named(struct app *app, int tag, const char *path)
{
    (void)tag;
    veil_key(app, path, signer_taken);
}

static void ask_signer(struct app *app)
{
    char *own = own_key_path(".key");
    if (own != NULL && file_exists(own)) {
        veil_key(app, own, signer_taken);
    } else {
        struct ask ask = {.title = N_("Your own key file, to sign with" /* max 38 columns */), .initial = own != NULL ? own : "",
                          .item = -1, .must = true, .max_bytes = 1000, .done = signer_named};
        app_push(app, &ask_screen, &ask);
    }
    free(own);
}

static void ask_recipient(struct app *app, const char *initial);

static void recipient_named(struct app *app, int tag, const char *name)
{
    (void)tag;
    struct key_public to;
    struct diag diag = {0};
    if (name[0] == '\0') {
        sealing_drop(app);
        hand_over_open(app);
    } else if (key_public_find(&to, name, &diag) != ERR_OK) {
        ask_recipient(app, name);
        app_say_diag(app, name, &diag);
    } else {
        sealing_for(app, name, &to);
        ask_signer(app);
    }
}

static void ask_recipient(struct app *app, const char *initial)
{
    struct ask ask = {.title = N_("Seal for (.pub or age1..., or empty)" /* max 38 columns */), .initial = initial, .item = -1,
                      .max_bytes = 1000, .done = recipient_named};
    app_push(app, &ask_screen, &ask);
}

void hand_over_export(struct app *app)
{
    char *usual = own_key_beside("headquarters.pub");
    secret_start();
    ask_recipient(app, app->sealing != NULL ? app->sealing->name : usual != NULL ? usual : "");
    free(usual);
}
