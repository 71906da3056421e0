/* monshin demo on a terminal: marked, to be played with, and gone afterwards. */
#include "tests/e2e/kit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "tests/support/pty.h"

/* The program with its temporary files in the test's own folder. */
static struct pty *start_demo(struct kit *k, const char *option, const char *lang)
{
    const char *argv[] = {k->program, "demo", "--lang", lang, option, NULL};
    struct buf tmp = {0};
    buf_addf(&tmp, "TMPDIR=%s/tmp", k->dir);
    mkdir(buf_str(&tmp) + strlen("TMPDIR="), 0700);
    const char *env[] = {buf_str(&tmp), NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir});
    buf_release(&tmp);
    return k->p;
}

static int files_left(struct kit *k)
{
    struct buf path = {0};
    buf_addf(&path, "%s/tmp", k->dir);
    DIR *dir = opendir(buf_str(&path));
    int n = 0;
    for (struct dirent *d = dir != NULL ? readdir(dir) : NULL; d != NULL; d = readdir(dir))
        n += d->d_name[0] != '.';
    if (dir != NULL)
        closedir(dir);
    buf_release(&path);
    return n;
}

/* The list of recent files does not name it. */
static void expect_not_remembered(struct kit *k)
{
    struct buf out = {0};
    buf_addf(&out, "%s/.local/state/monshin/recent", k->dir);
    struct stat st;
    assert_int_not_equal(stat(buf_str(&out), &st), 0);
    buf_release(&out);
}

static void demo__shows_the_result_of_a_marked_example__and_leaves_nothing(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_demo(k, NULL, "en");
    expect_row(p, 0, "EXAMPLE");
    expect_text(p, "An example: the company is fictitious");
    expect_text(p, "3-7");
    expect_that(p, files_left(k) == 1);
    pty_type(p, "\x1b[Z"); /* SCM */
    pty_type(p, "5");
    expect_row(p, 0, "EXAMPLE");
    pty_type(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    expect_clean_exit(p, 0);
    assert_int_equal(files_left(k), 0);
    expect_not_remembered(k);
}

static void demo__speaks_japanese__down_to_the_notes(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_demo(k, NULL, "ja");
    expect_row(p, 0, "例（架空）");
    expect_row(p, 0, "大阪第二工場");
    pty_type(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    assert_int_equal(files_left(k), 0);
}

static void demo__shows_the_fleet__with_its_model_plant_and_its_damaged_file(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_demo(k, "--fleet", "en");
    expect_row(p, 0, "EXAMPLE");
    expect_text(p, "12 sites");
    expect_text(p, "rejected 1");
    expect_text(p, "Rayong");
    pty_type(p, "\r"); /* the first site, and the mark stays */
    expect_row(p, 0, "Nagoya");
    expect_row(p, 0, "EXAMPLE");
    pty_type(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    assert_int_equal(files_left(k), 0);
}

static void example__is_marked__where_its_file_is_kept(void **state)
{
    struct kit *k = *state;
    struct buf out = {0}, path = {0};
    buf_addf(&path, "%s/kept/osaka-2.xml.gz", k->dir);
    assert_int_equal(kit_run(k, &out, "%s demo --lang en --into %s/kept", k->program, k->dir), 0);
    k->p = pty_start(&(struct pty_options){.argv = (const char *[]){k->program, buf_str(&path), NULL}, .home = k->dir});
    expect_row(k->p, 0, "EXAMPLE");
    expect_row(k->p, 0, "saved #57");
    buf_release(&out);
    buf_release(&path);
}

static void demo__takes_its_files_away__when_the_terminal_goes(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_demo(k, NULL, "en");
    expect_row(p, 0, "EXAMPLE");
    pty_hangup(p);
    expect_that(p, pty_wait_exit(p, -1));
    assert_int_equal(files_left(k), 0);
}

/* The first block of a page, without its first row: that has the clock in it. Dates are made the same. */
static void picture_of(struct buf *out, const char *page)
{
    struct buf text = {0};
    assert_int_equal(file_read(&text, page, 1 << 20, NULL), ERR_OK);
    const char *from = strstr(buf_str(&text), "```\n") + 4, *to = strstr(from, "```\n");
    from = strchr(from, '\n') + 1;
    buf_add(out, from, (size_t)(to - from));
    buf_release(&text);
}

static void hide_dates(struct buf *b)
{
    for (size_t i = 0; i + 10 <= b->len; i++)
        if (b->p[i + 4] == '-' && b->p[i + 7] == '-' && strspn(b->p + i, "0123456789") == 4)
            memcpy(b->p + i, "dddd-dd-dd", 10);
}

static void demo__looks_as_the_readme_shows_it__in_both_languages(void **state)
{
    struct kit *k = *state;
    static const char *const pages[][2] = {{"en", "README.md"}, {"ja", "README.ja.md"}};
    for (int i = 0; i < 2; i++) {
        struct pty *p = start_demo(k, NULL, pages[i][0]);
        struct buf want = {0}, screen = {0};
        picture_of(&want, pages[i][1]);
        expect_text(p, "3-7");
        pty_keys(p, "F3 g j j j j j j j j");
        expect_text(p, "\xe2\x96\xb6" "2-9");
        pty_drain(p, 100);
        pty_screen(p, &screen);
        const char *below = strchr(buf_str(&screen), '\n') + 1;
        struct buf seen = {0};
        buf_adds(&seen, below);
        hide_dates(&want);
        hide_dates(&seen);
        assert_string_equal(buf_str(&seen), buf_str(&want));
        pty_type(p, "q");
        expect_that(p, pty_wait_exit(p, -1));
        pty_free(p);
        k->p = NULL;
        buf_release(&want);
        buf_release(&screen);
        buf_release(&seen);
    }
}

/* From an empty folder: what is looked at is a copy elsewhere, and goes with the program. */
static void home__shows_the_example_with_one_key__and_touches_nothing(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "mkdir %s/own %s/tmp", k->dir, k->dir), 0);
    struct buf tmp = {0}, own = {0};
    buf_addf(&tmp, "TMPDIR=%s/tmp", k->dir);
    buf_addf(&own, "%s/own", k->dir);
    const char *argv[] = {k->program, "--lang", "en", NULL};
    struct pty *p = k->p = pty_start(
        &(struct pty_options){.argv = argv, .env = (const char *[]){buf_str(&tmp), NULL}, .home = k->dir, .cwd = buf_str(&own)});
    expect_text(p, "Look at an example plant d");
    expect_that(p, !pty_has(p, "EXAMPLE"));
    assert_int_equal(files_left(k), 0);
    pty_keys(p, "d");
    expect_row(p, 0, "EXAMPLE");
    expect_text(p, "An example: the company is fictitious");
    expect_text(p, "3-7");
    pty_keys(p, "F2 g 1");
    pty_keys(p, "H D");
    expect_text(p, "12 sites");
    expect_row(p, 0, "EXAMPLE");
    expect_that(p, files_left(k) == 1); /* the plant's folder has gone */
    pty_keys(p, "Esc");
    expect_text(p, "Look at an example plant");
    expect_that(p, !pty_has(p, "EXAMPLE"));
    pty_keys(p, "n");
    pty_type(p, "mine");
    pty_keys(p, "Enter"); /* and this is one's own */
    expect_row(p, 0, "saved #");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_int_equal(files_left(k), 0);
    assert_int_equal(kit_run(k, &out, "cd %s/own && ls | grep -v '^mine'", k->dir), 1);
    assert_int_equal(kit_run(k, &out, "! grep -r monshin-demo %s/.local", k->dir), 0);
    buf_release(&out);
    buf_release(&tmp);
    buf_release(&own);
}

static void example_from_home__goes__when_the_terminal_goes(void **state)
{
    struct kit *k = *state;
    struct buf out = {0}, tmp = {0};
    assert_int_equal(kit_run(k, &out, "mkdir %s/tmp", k->dir), 0);
    buf_addf(&tmp, "TMPDIR=%s/tmp", k->dir);
    const char *argv[] = {k->program, "--lang", "ja", NULL};
    struct pty *p = k->p =
        pty_start(&(struct pty_options){.argv = argv, .env = (const char *[]){buf_str(&tmp), NULL}, .home = k->dir, .cwd = k->dir});
    expect_text(p, "例を見る");
    pty_keys(p, "d");
    expect_row(p, 0, "例（架空）");
    pty_hangup(p);
    expect_that(p, pty_wait_exit(p, -1));
    assert_int_equal(files_left(k), 0);
    buf_release(&out);
    buf_release(&tmp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(demo__shows_the_result_of_a_marked_example__and_leaves_nothing),
        KIT_TEST(demo__speaks_japanese__down_to_the_notes),
        KIT_TEST(demo__shows_the_fleet__with_its_model_plant_and_its_damaged_file),
        KIT_TEST(demo__looks_as_the_readme_shows_it__in_both_languages),
        KIT_TEST(example__is_marked__where_its_file_is_kept),
        KIT_TEST(demo__takes_its_files_away__when_the_terminal_goes),
        KIT_TEST(home__shows_the_example_with_one_key__and_touches_nothing),
        KIT_TEST(example_from_home__goes__when_the_terminal_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
