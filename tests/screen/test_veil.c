/* The lock that comes by itself, and what it lets through: nothing. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/seal/key.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"
#include "tests/support/screens.h"
#include "tui/app/merging.h"
#include "tui/screen/screens.h"

static char folder[] = "/tmp/monshin-veil-XXXXXX";

/* The example under a passphrase, in a file of its own. */
static void locked_stage(struct stage *s, enum lang lang, int rows, int cols)
{
    char path[64];
    struct passphrase *pass = secret_new(sizeof *pass);
    struct safe *safe;
    stage_open_frozen(s, lang, rows, cols);
    snprintf(path, sizeof path, "%s/a.xml.gz", folder);
    unlink(path);
    struct assessment *a = assessment_copy(s->app.assessment);
    struct store *store = NULL;
    assert_int_equal(store_create(&store, path, a, "test", "2026-11-20T10:02:11+09:00", NULL, NULL), ERR_OK);
    pass->n_bytes = 13;
    memcpy(pass->text, "correct horse", 14);
    assert_int_equal(safe_new(&safe, pass, 4, NULL), ERR_OK);
    store_set_safe(store, safe);
    secret_free(pass);
    app_attach(&s->app, a, store, false, "");
    app_resize(&s->app, rows, cols);
}

static void work(struct stage *s)
{
    while (app_tick(&s->app) == 0)
        continue;
}

static void veil__comes_by_itself__when_nobody_has_touched_a_key(void **state)
{
    (void)state;
    struct stage s;
    locked_stage(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F2");
    s.ms += 9 * 60000;
    app_tick(&s.app);
    assert_false(veil_is_on(&s.app));
    stage_keys(&s, "j");
    s.ms += 9 * 60000;
    app_tick(&s.app);
    assert_false(veil_is_on(&s.app));
    s.ms += 60000;
    app_tick(&s.app);
    assert_true(veil_is_on(&s.app));
    assert_true(stage_shows(&s, "Locked."));
    for (const char *const *p = (const char *const[]){"1-1", "大阪", "#", "Site", NULL}; *p != NULL; p++)
        if (stage_shows(&s, *p))
            fail_msg("shows %s", *p);
    long before = s.app.assessment->revision;
    stage_keys(&s, "1 2 3 x q Tab F3 Ctrl-Z");
    stage_click(&s, 1, 20);
    assert_int_equal(s.app.assessment->revision, before);
    assert_false(s.app.quit || s.app.suspend);
    stage_keys(&s, "Enter");
    work(&s);
    assert_true(stage_shows(&s, "That is not the passphrase"));
    stage_paste(&s, "correct horse");
    assert_false(stage_shows(&s, "correct"));
    stage_keys(&s, "Enter");
    work(&s);
    assert_false(veil_is_on(&s.app));
    stage_close(&s);
}

static void veil__waits_as_long_as_it_is_told__or_never_comes(void **state)
{
    (void)state;
    struct stage s;
    locked_stage(&s, LANG_EN, 24, 80);
    s.app.lock_minutes = 0;
    s.ms += 1000 * 60000;
    app_tick(&s.app);
    assert_false(veil_is_on(&s.app));
    stage_keys(&s, "j");
    s.app.lock_minutes = 1;
    s.ms += 59999;
    assert_int_equal(app_tick(&s.app) <= 1, 1);
    assert_false(veil_is_on(&s.app));
    s.ms += 1;
    app_tick(&s.app);
    assert_true(veil_is_on(&s.app));
    stage_close(&s);
}

/* The machine slept, or the program was stopped: the key that wakes it is there before the clock was looked at. */
static void veil__comes_before_a_key__that_comes_too_late(void **state)
{
    (void)state;
    struct stage s;
    locked_stage(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F2");
    long before = s.app.assessment->revision;
    s.ms += 3 * 60 * 60000;
    stage_keys(&s, "1");
    assert_true(veil_is_on(&s.app));
    assert_int_equal(s.app.assessment->revision, before);
    assert_true(stage_shows(&s, "Locked."));
    assert_false(stage_shows(&s, "*")); /* nor does it begin the passphrase */
    stage_paste(&s, "correct horse");
    s.ms += 3 * 60 * 60000;
    stage_keys(&s, "Enter");
    work(&s);
    assert_false(veil_is_on(&s.app));
    stage_close(&s);
}

static void veil__has_room_on_small_terminals__in_both_languages(void **state)
{
    (void)state;
    static const int SIZES[][2] = {{24, 80}, {12, 40}, {5, 20}, {1, 1}, {40, 120}};
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
            struct stage s;
            locked_stage(&s, (enum lang)lang, SIZES[i][0], SIZES[i][1]);
            stage_keys(&s, "F2 P");
            stage_text(&s);
            veil_release(&s.app);
            veil_lock(&s.app);
            stage_type(&s, "日本語のパスフレーズ");
            const char *text = stage_text(&s);
            assert_null(strstr(text, "1-1"));
            assert_null(strstr(text, "日本語"));
            stage_close(&s);
        }
}

/* ---- Without a file of one's own ---- */

static void passphrase(struct passphrase *out, const char *text)
{
    out->n_bytes = strlen(text);
    memcpy(out->text, text, out->n_bytes + 1);
}

/* As from the file of a key under the passphrase; NULL: one without. */
static struct key_secret *key_under(const char *text)
{
    struct key_secret *key = secret_new(sizeof *key), *got = secret_new(sizeof *got);
    struct passphrase *pass = secret_new(sizeof *pass);
    struct buf file = {0};
    key_new(key);
    if (text != NULL) {
        passphrase(pass, text);
        assert_int_equal(key_secret_write(&file, key, pass, &(struct key_cost){1, 8}, NULL), ERR_OK);
    } else {
        age_identity_text(&file, &key->age);
    }
    assert_int_equal(key_secret_parse(got, buf_str(&file), file.len, text != NULL ? pass : NULL, NULL), ERR_OK);
    secret_free(key);
    secret_free(pass);
    buf_release(&file);
    return got;
}

/* A folder in which one site lies, looked at with the key. */
static void sites_stage(struct stage *s, struct key_secret *key)
{
    const char *paths[] = {folder};
    char path[64];
    struct buf xml = {0};
    stage_open_empty(s, LANG_EN, 24, 80);
    struct assessment *a = stage_example(checklist_find("meti-factory"));
    snprintf(path, sizeof path, "%s/a.xml.gz", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/b.xml", folder);
    unlink(path);
    assessment_write(&xml, a, "test");
    assert_int_equal(file_write_new(path, xml.p, xml.len, false, NULL), ERR_OK);
    buf_release(&xml);
    assessment_free(a);
    app_show_sites(&s->app, paths, 1, key);
}

/* What is shown is not, until the right passphrase is typed. */
static void covers(struct stage *s, const char *shown, const char *wrong, const char *right)
{
    assert_true(veil_is_on(&s->app));
    assert_true(stage_shows(s, "Locked."));
    assert_false(stage_shows(s, shown));
    stage_keys(s, "Enter");
    work(s);
    stage_paste(s, wrong);
    stage_keys(s, "Enter");
    work(s);
    assert_true(stage_shows(s, "That is not the passphrase"));
    stage_paste(s, right);
    stage_keys(s, "Enter");
    work(s);
    assert_false(veil_is_on(&s->app));
    assert_true(stage_shows(s, shown));
}

static void sites__are_locked__while_the_key_that_opened_them_is_in_memory(void **state)
{
    (void)state;
    struct stage s;
    sites_stage(&s, key_under("correct horse"));
    assert_true(stage_shows(&s, "大阪"));
    s.ms += 9 * 60000;
    assert_true(app_tick(&s.app) <= 60000);
    assert_false(veil_is_on(&s.app));
    s.ms += 60000;
    app_tick(&s.app);
    assert_true(stage_shows(&s, "secret key"));
    covers(&s, "大阪", "correct house", "correct horse");
    stage_keys(&s, "Enter"); /* a site, which has no file of its own */
    assert_non_null(s.app.assessment);
    s.ms += 10 * 60000;
    app_tick(&s.app);
    covers(&s, "大阪", "", "correct horse");
    stage_keys(&s, "Ctrl-K");
    covers(&s, "大阪", "x", "correct horse");
    stage_close(&s);
}

static void sites__are_not_locked__when_nothing_could_open_them_again(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage s;
        sites_stage(&s, i == 0 ? NULL : key_under(NULL));
        assert_true(stage_shows(&s, "大阪"));
        s.ms += 100 * 60000;
        assert_int_equal(app_tick(&s.app), -1);
        stage_keys(&s, "Ctrl-K");
        assert_false(veil_is_on(&s.app));
        assert_true(stage_shows(&s, "nothing to lock with"));
        stage_close(&s);
    }
}

static void merge__of_files_under_a_passphrase__is_locked_too(void **state)
{
    (void)state;
    struct stage s;
    struct passphrase *pass = secret_new(sizeof *pass);
    stage_open_empty(&s, LANG_EN, 24, 80);
    struct assessment *a = stage_example(checklist_find("meti-factory")), *b = stage_example(checklist_find("meti-factory"));
    struct merging *m = xcalloc(1, sizeof *m);
    passphrase(pass, "correct horse");
    *m = (struct merging){.side = {a, b}, .path = {"Osaka-a.xml.gz", "Osaka-b.xml.gz"}, .out = "c.xml.gz", .pass = pass};
    assert_int_equal(merging_begin(m, MERGE_NEWER), MERGE_OK);
    s.app.merging = m;
    app_push(&s.app, &merge_screen, NULL);
    s.ms += 10 * 60000;
    app_tick(&s.app);
    assert_true(stage_shows(&s, "nothing is written yet"));
    covers(&s, "Osaka", "correct house", "correct horse");
    stage_keys(&s, "Ctrl-K");
    covers(&s, "Osaka", "", "correct horse");
    s.app.merging = NULL;
    stage_close(&s);
    merging_release(m);
    free(m);
    assessment_free(a);
    assessment_free(b);
    secret_free(pass);
}

static int setup(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return system(line);
}

/* Half a warning about a lost passphrase is none: in the smallest window too it is read to its end. */
static void new_passphrase__is_warned_of_in_full__in_a_small_window(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct stage s;
        char name[32];
        locked_stage(&s, (enum lang)lang, 12, 40);
        stage_keys(&s, "P");
        assert_true(veil_is_on(&s.app));
        snprintf(name, sizeof name, "passphrase-%s-40x12", lang_code((enum lang)lang));
        stage_golden(&s, name, 0);
        stage_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(veil__comes_by_itself__when_nobody_has_touched_a_key),
        cmocka_unit_test(veil__waits_as_long_as_it_is_told__or_never_comes),
        cmocka_unit_test(veil__comes_before_a_key__that_comes_too_late),
        cmocka_unit_test(veil__has_room_on_small_terminals__in_both_languages),
        cmocka_unit_test(new_passphrase__is_warned_of_in_full__in_a_small_window),
        cmocka_unit_test(sites__are_locked__while_the_key_that_opened_them_is_in_memory),
        cmocka_unit_test(sites__are_not_locked__when_nothing_could_open_them_again),
        cmocka_unit_test(merge__of_files_under_a_passphrase__is_locked_too),
    };
    secret_start();
    return cmocka_run_group_tests(tests, setup, teardown);
}
