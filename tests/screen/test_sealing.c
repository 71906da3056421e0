/* Sealing from the screen, and the Sites screen on what came sealed: keys are asked for, used and forgotten. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/model/sealed.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"
#include "tests/support/screens.h"
#include "tui/app/fleet.h"
#include "tui/app/sealing.h"
#include "tui/screen/screens.h"

/* A folder of its own to work in: the keys of this person, of headquarters and of a stranger. */
struct room {
    char old[4096], dir[64];
    struct key_secret *own, *hq, *strange;
    struct stage s;
};

static const struct key_cost CHEAP = {1, 8};
static const char PASS[] = "correct horse battery", NOW[] = "2026-11-20T16:40:31+09:00";

static void put_pair(const struct key_secret *key, const char *name)
{
    struct passphrase *pass = secret_new(sizeof *pass);
    struct key_public pub;
    struct buf text = {0}, path = {0};
    pass->n_bytes = strlen(PASS);
    memcpy(pass->text, PASS, sizeof PASS);
    assert_int_equal(key_secret_write(&text, key, pass, &CHEAP, NULL), ERR_OK);
    buf_addf(&path, "%s.key", name);
    assert_int_equal(file_write_new(buf_str(&path), text.p, text.len, false, NULL), ERR_OK);
    buf_clear(&text);
    buf_clear(&path);
    key_public_of(&pub, key);
    key_public_write(&text, &pub, NULL);
    buf_addf(&path, "%s.pub", name);
    assert_int_equal(file_write_new(buf_str(&path), text.p, text.len, false, NULL), ERR_OK);
    buf_release(&text);
    buf_release(&path);
    secret_free(pass);
}

static struct key_secret *new_key(const char *name)
{
    struct key_secret *key = secret_new(sizeof *key);
    key_new(key);
    put_pair(key, name);
    return key;
}

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    snprintf(r->dir, sizeof r->dir, "/tmp/monshin-sealing-XXXXXX");
    if (getcwd(r->old, sizeof r->old) == NULL || mkdtemp(r->dir) == NULL || chdir(r->dir) != 0)
        return -1;
    setenv("XDG_CONFIG_HOME", r->dir, 1);
    mkdir("monshin", 0700);
    r->own = new_key("monshin/monshin");
    r->hq = new_key("hq");
    r->strange = new_key("strange");
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    char line[100];
    secret_free(r->own);
    secret_free(r->hq);
    secret_free(r->strange);
    snprintf(line, sizeof line, "rm -rf %s", r->dir);
    int rc = chdir(r->old) == 0 ? system(line) : -1;
    free(r);
    return rc;
}

/* What was entered is worked out. */
static void work(struct stage *s)
{
    while (app_tick(&s->app) == 0)
        continue;
}

static void open_result(struct room *r, int rows, int cols)
{
    stage_open(&r->s, LANG_EN, rows, cols);
    for (int i = 0; i < r->s.app.n_tabs; i++)
        if (r->s.app.tab[i].ops == &result_screen)
            app_show_tab(&r->s.app, i);
}

static void answer(struct stage *s, const char *text)
{
    stage_keys(s, "Ctrl-U");
    stage_paste(s, text);
    stage_keys(s, "Enter");
}

static void give_passphrase(struct stage *s, const char *pass)
{
    assert_true(veil_is_on(&s->app));
    assert_true(stage_shows(s, "The passphrase of this secret key"));
    stage_paste(s, pass);
    stage_keys(s, "Enter");
    work(s);
}

static enum err open_sealed(const char *path, const struct key_secret *key, struct manifest *m)
{
    struct buf bytes = {0}, payload = {0};
    assert_int_equal(file_read(&bytes, path, SEAL_FILE_MAX, NULL), ERR_OK);
    enum err err = seal_open(&payload, m, bytes.p, bytes.len, key, NULL);
    buf_release(&bytes);
    buf_release(&payload);
    return err;
}

/* ---- The export ---- */

static void export__is_sealed_for_headquarters__and_this_laptop_cannot_open_it(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    struct manifest m;
    struct stat st;
    open_result(r, 24, 120);
    stage_keys(s, "e");
    assert_true(stage_shows(s, "Seal for"));
    answer(s, "hq.pub");
    give_passphrase(s, PASS);
    assert_false(veil_is_on(&s->app));
    assert_true(stage_shows(s, "Fingerprint: "));
    assert_true(stage_shows(s, ".age"));
    answer(s, "out.age");
    assert_true(stage_shows(s, "only hq.pub opens it. This laptop cannot"));
    assert_int_equal(stat("out.age", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(open_sealed("out.age", r->hq, &m), ERR_OK);
    assert_string_equal(m.subject.site, s->app.assessment->site.id);
    assert_memory_equal(m.from.sign.key, r->own->sign.pub.key, MINISIGN_KEY_BYTES);
    assert_int_equal(open_sealed("out.age", r->own, &m), ERR_SEAL_KEY);
    assert_null(s->app.sealing->from);
    /* The next time it is proposed. */
    stage_keys(s, "e");
    assert_true(stage_shows(s, "hq.pub"));
    stage_keys(s, "Enter");
    give_passphrase(s, PASS);
    stage_keys(s, "Esc");
    app_tick(&s->app);
    assert_null(s->app.sealing->from);
    stage_close(s);
}

static void export__says_what_is_wrong_with_a_key(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    struct buf id = {0};
    open_result(r, 24, 80);
    stage_keys(s, "e");
    answer(s, "nobody.pub");
    assert_true(stage_shows(s, "Seal for"));
    answer(s, "hq.key");
    assert_true(stage_shows(s, "is not such a key file"));
    answer(s, "hq.pub");
    give_passphrase(s, "wrong horse battery");
    assert_true(stage_shows(s, "That is not the passphrase"));
    stage_keys(s, "Esc");
    assert_false(veil_is_on(&s->app));
    assert_int_equal(s->app.n_layers, 0);
    assert_null(s->app.sealing->from);
    /* Without a key of one's own it is asked for; one that cannot sign is of no use. */
    assert_int_equal(rename("monshin/monshin.key", "moved.key"), 0);
    stage_keys(s, "e");
    answer(s, "hq.pub");
    assert_true(stage_shows(s, "Your own key file"));
    answer(s, "nowhere.key");
    assert_false(veil_is_on(&s->app));
    age_identity_text(&id, &r->strange->age);
    assert_int_equal(file_write_new("plain.key", id.p, id.len, false, NULL), ERR_OK);
    stage_keys(s, "e");
    answer(s, "hq.pub");
    answer(s, "plain.key");
    assert_true(stage_shows(s, "cannot sign"));
    stage_keys(s, "e");
    answer(s, "hq.pub");
    answer(s, "moved.key");
    give_passphrase(s, PASS);
    answer(s, "nowhere/out.age");
    assert_null(s->app.sealing->from);
    stage_keys(s, "e");
    answer(s, "moved.pub");
    stage_keys(s, "Esc");
    buf_release(&id);
    stage_close(s);
}

static void export__for_oneself_says_so(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    struct manifest m;
    assert_int_equal(rename("hq.pub", "monshin/headquarters.pub"), 0);
    open_result(r, 24, 100);
    stage_keys(s, "e");
    assert_true(stage_shows(s, "monshin/headquarters.pub")); /* proposed where it lies beside the own key */
    answer(s, "monshin/monshin.pub");
    give_passphrase(s, PASS);
    answer(s, "out.age");
    assert_true(stage_shows(s, "your key opens it again"));
    assert_int_equal(open_sealed("out.age", r->own, &m), ERR_OK);
    stage_close(s);
}

static void export__in_the_open_says_so__when_the_file_has_a_passphrase(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    struct passphrase *pass = secret_new(sizeof *pass);
    struct safe *safe;
    struct store *store;
    open_result(r, 24, 100);
    struct assessment *a = assessment_copy(s->app.assessment);
    assert_int_equal(store_create(&store, "a.xml.gz", a, "test", NOW, NULL, NULL), ERR_OK);
    pass->n_bytes = 13;
    memcpy(pass->text, "correct horse", 14);
    assert_int_equal(safe_new(&safe, pass, 4, NULL), ERR_OK);
    secret_free(pass);
    app_attach(&s->app, a, store, false, "");
    app_resize(&s->app, 24, 100);
    for (int i = 0; i < s->app.n_tabs; i++)
        if (s->app.tab[i].ops == &result_screen)
            app_show_tab(&s->app, i);
    stage_keys(s, "e Enter");
    answer(s, "open.xml.gz");
    assert_true(stage_shows(s, "Exported"));
    assert_false(stage_shows(s, "Without the passphrase"));
    store_set_safe(store, safe);
    stage_keys(s, "e Enter");
    answer(s, "bare.xml.gz");
    assert_true(stage_shows(s, "Without the passphrase of the file."));
    stage_close(s);
}

/* ---- The sites ---- */

static void put_sealed(const char *path, const char *site, const struct key_secret *from, const struct key_secret *to)
{
    struct assessment *a = stage_example(checklist_builtin(0));
    struct buf xml = {0}, sealed = {0};
    struct seal_subject subject;
    unsigned char recipient[1][AGE_KEY_BYTES];
    field_set(&a->site.id, site, FIELD_MAX, false);
    field_set(&a->site.name, site, FIELD_MAX, false);
    assessment_write(&xml, a, "test");
    sealed_subject(&subject, a);
    memcpy(recipient[0], to->age.recipient, AGE_KEY_BYTES);
    assert_int_equal(seal_make(&sealed, xml.p, xml.len, &subject, from, recipient, 1, NOW, NULL), ERR_OK);
    assert_int_equal(file_write_new(path, sealed.p, sealed.len, true, NULL), ERR_OK);
    buf_release(&xml);
    buf_release(&sealed);
    assessment_free(a);
}

static void sites__ask_for_the_key__and_open_what_is_sealed(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    const char *paths[] = {"in"};
    mkdir("in", 0700);
    put_sealed("in/a.age", "jp-osaka", r->own, r->hq);
    put_sealed("in/b.age", "jp-nara", r->strange, r->hq);
    put_sealed("in/c.age", "jp-kobe", r->own, r->strange);
    stage_open_empty(s, LANG_EN, 24, 100);
    app_show_sites(&s->app, paths, 1, NULL);
    assert_true(stage_shows(s, "3 files are sealed; press K"));
    stage_keys(s, "K");
    assert_true(stage_shows(s, "Secret key file to open the sealed files with"));
    answer(s, "nowhere.key");
    assert_false(veil_is_on(&s->app));
    stage_keys(s, "K");
    answer(s, "hq.key");
    give_passphrase(s, "wrong horse battery");
    give_passphrase(s, PASS);
    assert_false(veil_is_on(&s->app));
    assert_int_equal(s->app.fleet->n_rows, 2);
    assert_true(stage_shows(s, "Opened 2. Nobody here has vouched for the signers of 2"));
    stage_keys(s, "Down");
    assert_true(stage_shows(s, "sealed 1 (K)"));
    stage_keys(s, "r");
    assert_true(stage_shows(s, "not sealed for this key"));
    stage_keys(s, "G Enter");
    assert_true(stage_shows(s, "signed by a key that nobody here has vouched for"));
    /* A site is opened out of its sealed file; without the file it goes. */
    stage_keys(s, "Esc g Enter");
    assert_non_null(s->app.assessment);
    assert_true(s->app.read_only);
    stage_keys(s, "Esc");
    assert_string_equal(app_top(&s->app)->ops->name, "sites");
    assert_int_equal(unlink(s->app.fleet->r.file[s->app.fleet->row[0]].path), 0);
    stage_keys(s, "Enter");
    assert_int_equal(s->app.fleet->n_rows, 1);
    stage_close(s);
}

static void sites__take_whose_signature_counts(void **state)
{
    struct room *r = *state;
    struct stage *s = &r->s;
    const char *paths[] = {"in"};
    struct trust trust;
    char *path;
    mkdir("in", 0700);
    mkdir("trusted", 0700);
    put_sealed("in/a.age", "jp-osaka", r->own, r->hq);
    put_sealed("in/b.age", "jp-nara", r->strange, r->hq);
    assert_int_equal(rename("monshin/monshin.pub", "trusted/osaka.pub"), 0);
    assert_int_equal(trust_load(&trust, "trusted", &path, NULL), ERR_OK);
    stage_open_empty(s, LANG_EN, 24, 100);
    s->app.trust = &trust;
    app_show_sites(&s->app, paths, 1, NULL);
    stage_keys(s, "K");
    answer(s, "hq.key");
    give_passphrase(s, PASS);
    assert_int_equal(s->app.fleet->n_rows, 1);
    assert_true(stage_shows(s, "Opened 1, all signed by those you trust"));
    stage_keys(s, "r G Enter");
    assert_true(stage_shows(s, "signed by osaka"));
    stage_keys(s, "Esc K");
    assert_true(stage_shows(s, "Nothing here is sealed"));
    /* A key of somebody else opens none. */
    app_show_sites(&s->app, paths, 1, NULL);
    stage_keys(s, "K");
    answer(s, "strange.key");
    give_passphrase(s, PASS);
    assert_true(stage_shows(s, "This key opens none"));
    stage_close(s);
    trust_release(&trust);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(export__is_sealed_for_headquarters__and_this_laptop_cannot_open_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__says_what_is_wrong_with_a_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__for_oneself_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__in_the_open_says_so__when_the_file_has_a_passphrase, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sites__ask_for_the_key__and_open_what_is_sealed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sites__take_whose_signature_counts, set_up, tear_down),
    };
    secret_start();
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
