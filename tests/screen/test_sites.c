/* The Sites screen: a fleet in a folder, looked at, sorted, opened. */
#include "tests/unit/cm.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "tests/bench/fleet.h"
#include "tests/support/screens.h"
#include "tui/app/fleet.h"
#include "tui/screen/screens.h"

enum { SEED = 3, SITES = 30 };

/* The folder has a fixed name, relative to where the tests run: it stands in the pictures. */
#define FOLDER "sites"

struct scene {
    struct stage s;
    struct checklist *ck;
    char old[4096], dir[64];
};

static const struct checklist *find(void *cookie, const char *id)
{
    const struct checklist *ck = cookie;
    return strcmp(id, ck->id) == 0 ? ck : NULL;
}

static void put(const struct checklist *ck, const char *name, int i, long revision)
{
    char path[64];
    struct assessment *a = fleet_site(ck, SEED, i);
    if (revision > 0)
        a->revision = revision;
    snprintf(path, sizeof path, FOLDER "/%s", name);
    fleet_save(path, a);
    assessment_free(a);
}

static void make_folder(const struct checklist *ck)
{
    char name[32];
    assert_int_equal(mkdir(FOLDER, 0755), 0);
    for (int i = 0; i < SITES; i++) {
        snprintf(name, sizeof name, "plant-%02d.xml.gz", i);
        put(ck, name, i, 0);
    }
    put(ck, "copy-of-02.xml.gz", 2, 0);
    put(ck, "old-03.xml.gz", 3, 1);
    assert_int_equal(file_write_new(FOLDER "/damaged.xml.gz", "\x1f\x8b\x08", 3, false, NULL), ERR_OK);
    assert_int_equal(file_write_new(FOLDER "/invoice.xml", "<invoice/>", 10, false, NULL), ERR_OK);
}

static void open_scene(struct scene *sc, enum lang lang, int rows, int cols)
{
    struct diag diag = {0};
    const char *paths[] = {FOLDER};
    assert_non_null(getcwd(sc->old, sizeof sc->old));
    assert_int_equal(checklist_load(&sc->ck, "tests/data/stage/checklist.xml", &diag), ERR_OK);
    snprintf(sc->dir, sizeof sc->dir, "/tmp/monshin-sites-XXXXXX");
    assert_non_null(mkdtemp(sc->dir));
    assert_int_equal(chdir(sc->dir), 0);
    make_folder(sc->ck);
    stage_open_empty(&sc->s, lang, rows, cols);
    sc->s.app.find = find;
    sc->s.app.find_cookie = sc->ck;
    app_show_sites(&sc->s.app, paths, 1, NULL);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void close_scene(struct scene *sc)
{
    assert_int_equal(chdir(sc->old), 0);
    stage_close(&sc->s);
    checklist_free(sc->ck);
    nftw(sc->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Pictures are kept where the tests run from. */
static void golden(struct scene *sc, const char *name, int styles)
{
    assert_int_equal(chdir(sc->old), 0);
    stage_golden(&sc->s, name, styles);
    assert_int_equal(chdir(sc->dir), 0);
}

static void pictures(const char *what, const char *keys)
{
    static const struct {
        int rows, cols;
    } SIZES[] = {{24, 80}, {40, 120}, {12, 40}};
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
            struct scene sc;
            char name[64];
            open_scene(&sc, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            stage_keys(&sc.s, keys);
            snprintf(name, sizeof name, "%s-%s-%dx%d", what, lang_code((enum lang)lang), SIZES[i].cols, SIZES[i].rows);
            golden(&sc, name, i == 0 && lang == 0);
            close_scene(&sc);
        }
}

static void sites__look_as_pictured(void **state)
{
    (void)state;
    pictures("sites", "j j m j l l");
}

static void common_gaps__look_as_pictured(void **state)
{
    (void)state;
    pictures("sites-common", "c j");
}

static void rollout__looks_as_pictured(void **state)
{
    (void)state;
    pictures("sites-rollout", "g m w j");
}

/* The sums of the screen are those of the rows: all sites are the sum, and a site is the sum of its waves. */
static void rollout__wants_a_model_plant__and_leads_back_to_the_site(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    struct fleet *f = sc.s.app.fleet;
    f->model = f->r.n;
    stage_keys(&sc.s, "w");
    assert_true(stage_shows(&sc.s, "Choose the model plant first"));
    stage_keys(&sc.s, "g m w G Enter");
    assert_ptr_equal(app_top(&sc.s.app)->ops, &sites_screen);
    assert_int_not_equal(f->sites.sel, 0);
    close_scene(&sc);
}

static void files__look_as_pictured(void **state)
{
    (void)state;
    pictures("sites-files", "r");
}

static const struct rollup_site *row(struct scene *sc, int i)
{
    return fleet_at(sc->s.app.fleet, i);
}

static void sites__are_sorted__as_asked(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->score >= row(&sc, i)->score);
    stage_keys(&sc.s, "S");
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->score <= row(&sc, i)->score);
    stage_keys(&sc.s, "S s"); /* grade */
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->grade <= row(&sc, i)->grade);
    stage_keys(&sc.s, "s"); /* country */
    for (int i = 1; i < SITES; i++)
        assert_true(strcmp(row(&sc, i - 1)->country, row(&sc, i)->country) <= 0);
    stage_keys(&sc.s, "s s s"); /* name, first section, second section */
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->section_score[1] >= row(&sc, i)->section_score[1]);
    stage_keys(&sc.s, "l l i");
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->mark[2].level >= row(&sc, i)->mark[2].level);
    close_scene(&sc);
}

static void cursor__stays_on_its_site__when_sorted_anew(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    stage_keys(&sc.s, "j j j j");
    const struct rollup_site *s = row(&sc, sc.s.app.fleet->sites.sel);
    stage_keys(&sc.s, "s s S");
    assert_ptr_equal(row(&sc, sc.s.app.fleet->sites.sel), s);
    close_scene(&sc);
}

static void every_column__is_reached__by_scrolling(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    for (int i = 0; i < sc.ck->n_items; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s %s", sc.ck->item[i].id, sc.ck->item[i].label.in[LANG_EN]);
        assert_true(stage_shows(&sc.s, text));
        stage_keys(&sc.s, "Right");
    }
    close_scene(&sc);
}

static void site__opens_read_only__and_esc_comes_back_to_it(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    stage_keys(&sc.s, "j j");
    const struct rollup_site *s = row(&sc, 2);
    stage_keys(&sc.s, "Enter");
    assert_string_equal(sc.s.app.assessment->site.id, s->id);
    assert_true(sc.s.app.read_only);
    assert_true(stage_shows(&sc.s, "read-only"));
    stage_keys(&sc.s, "Tab Tab Esc");
    assert_string_equal(app_top(&sc.s.app)->ops->name, "sites");
    assert_int_equal(sc.s.app.fleet->sites.sel, 2);
    stage_keys(&sc.s, "j Enter");
    assert_string_equal(sc.s.app.assessment->site.id, row(&sc, 3)->id);
    close_scene(&sc);
}

static void common_gap__sorts_the_sites__the_worst_first(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    stage_keys(&sc.s, "c j j Enter");
    int item = sc.s.app.fleet->gap[2].item;
    assert_int_equal(sc.s.app.fleet->items.sel, item);
    for (int i = 1; i < SITES; i++)
        assert_true(row(&sc, i - 1)->mark[item].level <= row(&sc, i)->mark[item].level);
    assert_string_equal(app_top(&sc.s.app)->ops->name, "sites");
    close_scene(&sc);
}

static void files__say_why__each_was_not_taken(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 120);
    stage_keys(&sc.s, "r");
    assert_true(stage_shows(&sc.s, "damaged.xml.gz"));
    assert_true(stage_shows(&sc.s, "invoice.xml"));
    assert_true(stage_shows(&sc.s, "old-03.xml.gz"));
    stage_keys(&sc.s, "Enter");
    assert_true(sc.s.app.message[0] != '\0');
    stage_keys(&sc.s, "Esc");
    assert_string_equal(app_top(&sc.s.app)->ops->name, "sites");
    close_scene(&sc);
}

static void board__is_written_from_the_sites__also_when_a_file_has_gone(void **state)
{
    (void)state;
    struct scene sc;
    struct buf html = {0};
    open_scene(&sc, LANG_EN, 24, 120);
    stage_keys(&sc.s, "j b");
    assert_true(stage_shows(&sc.s, "Earlier roll-up to compare with"));
    stage_keys(&sc.s, "Enter");
    assert_true(stage_shows(&sc.s, "Page for the board to"));
    stage_keys(&sc.s, "Enter");
    assert_true(stage_shows(&sc.s, "The page for the board is in sites-"));
    assert_int_equal(sc.s.app.fleet->sites.sel, 1);
    assert_int_equal(unlink(FOLDER "/plant-05.xml.gz"), 0);
    stage_keys(&sc.s, "b Enter Ctrl-U");
    stage_type(&sc.s, "two.html");
    stage_keys(&sc.s, "Enter");
    assert_true(stage_shows(&sc.s, "The page for the board is in two.html"));
    assert_int_equal(sc.s.app.fleet->n_rows, SITES - 1);
    assert_true(stage_shows(&sc.s, "29 sites"));
    for (size_t i = 0; i < sc.s.app.fleet->n_rows; i++)
        assert_non_null(row(&sc, (int)i));
    assert_int_equal(file_read(&html, "two.html", XML_MAX_BYTES, NULL), ERR_OK);
    assert_non_null(strstr(buf_str(&html), "Sites: 29. Files: 34, of these rejected: 3."));
    buf_release(&html);
    stage_keys(&sc.s, "b Ctrl-U");
    stage_type(&sc.s, "nowhere");
    stage_keys(&sc.s, "Enter Enter");
    assert_true(stage_shows(&sc.s, "This file exists already. Replace it?"));
    stage_keys(&sc.s, "y");
    assert_true(stage_shows(&sc.s, "nowhere"));
    close_scene(&sc);
}

static void home__leads_to_the_sites__of_a_folder(void **state)
{
    (void)state;
    struct scene sc;
    open_scene(&sc, LANG_EN, 24, 80);
    app_pop(&sc.s.app);
    app_push(&sc.s.app, &home_screen, NULL);
    stage_keys(&sc.s, "s Enter");
    assert_string_equal(app_top(&sc.s.app)->ops->name, "sites");
    assert_int_equal(sc.s.app.fleet->n_rows, SITES);
    stage_keys(&sc.s, "Esc");
    assert_string_equal(app_top(&sc.s.app)->ops->name, "home");
    close_scene(&sc);
}

static void folder_without_files__is_said__and_nothing_breaks(void **state)
{
    (void)state;
    struct scene sc;
    const char *paths[] = {"nowhere"};
    open_scene(&sc, LANG_EN, 24, 80);
    app_show_sites(&sc.s.app, paths, 1, NULL);
    assert_true(stage_shows(&sc.s, "There is no assessment here."));
    stage_keys(&sc.s, "j k l h s S i m c Enter G g");
    stage_keys(&sc.s, "r");
    assert_true(stage_shows(&sc.s, "nowhere"));
    close_scene(&sc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites__look_as_pictured),
        cmocka_unit_test(common_gaps__look_as_pictured),
        cmocka_unit_test(rollout__looks_as_pictured),
        cmocka_unit_test(rollout__wants_a_model_plant__and_leads_back_to_the_site),
        cmocka_unit_test(files__look_as_pictured),
        cmocka_unit_test(sites__are_sorted__as_asked),
        cmocka_unit_test(cursor__stays_on_its_site__when_sorted_anew),
        cmocka_unit_test(every_column__is_reached__by_scrolling),
        cmocka_unit_test(site__opens_read_only__and_esc_comes_back_to_it),
        cmocka_unit_test(common_gap__sorts_the_sites__the_worst_first),
        cmocka_unit_test(files__say_why__each_was_not_taken),
        cmocka_unit_test(board__is_written_from_the_sites__also_when_a_file_has_gone),
        cmocka_unit_test(home__leads_to_the_sites__of_a_folder),
        cmocka_unit_test(folder_without_files__is_said__and_nothing_breaks),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
