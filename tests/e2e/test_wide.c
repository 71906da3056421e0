/* A terminal set up for Japanese draws lines, squares, stars and arrows in two columns. On one that does so nothing may shift: the program
 * asks once how wide they are drawn, and then sends none. Held against the same program on a terminal that draws them in one
 * column but never answers: both must show the same. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

/* What a person may have written, and the program shows. */
#define SIGNS "①※…→■★×°αЖé“—”ⅢＡｱ﹣漢か\u3099"

struct pair {
    struct pty *wide, *narrow;
};

/* Two folders with the same file in them: a for the one terminal, b for the other. */
static void make_files(struct kit *k)
{
    struct buf out = {0};
    kit_make_file(k);
    int rc = kit_run(k, &out,
                     "'%s' set plant.xml.gz 1-1=2 1-2=unknown '1-3=na:" SIGNS "' 2-6=1 3-1=4 --note '" SIGNS " 現場 " SIGNS
                     "' && mkdir a b && cp plant.xml.gz a && cp plant.xml.gz b",
                     k->program);
    if (rc != 0) fail_msg("%s", buf_str(&out));
    buf_release(&out);
}

static struct pty *start(struct kit *k, const char *folder, struct pty_options opt, const char *const *argv)
{
    char cwd[96];
    snprintf(cwd, sizeof cwd, "%s/%s", k->dir, folder);
    opt.argv = argv;
    opt.home = opt.cwd = cwd;
    return pty_start(&opt);
}

static struct pair open_pair(struct kit *k, const char *const *argv, int rows, int cols)
{
    pty_free(k->p);
    pty_free(k->p2);
    k->p = start(k, "a", (struct pty_options){.rows = rows, .cols = cols, .wide = true}, argv);
    k->p2 = start(k, "b", (struct pty_options){.rows = rows, .cols = cols, .mute = true}, argv);
    return (struct pair){k->p, k->p2};
}

static bool rows_agree(struct pty *p, void *cookie)
{
    struct pty *other = cookie;
    struct buf a = {0}, b = {0};
    bool same = true;
    pty_drain(other, 0);
    /* The first row has the time of the last save. */
    for (int row = 1; row < pty_rows(p) && same; row++) {
        buf_clear(&a);
        buf_clear(&b);
        pty_row(p, row, &a);
        pty_row(other, row, &b);
        same = strcmp(buf_str(&a), buf_str(&b)) == 0;
    }
    buf_release(&a);
    buf_release(&b);
    return same;
}

static void expect_same_screen(struct pair pair, const char *after)
{
    struct buf b = {0};
    pty_drain(pair.wide, 40);
    pty_drain(pair.narrow, 0);
    if (!pty_until(pair.wide, rows_agree, pair.narrow, -1)) pty_describe(pair.narrow, &b);
    expect_(pair.wide, b.len == 0, after, buf_str(&b), __FILE__, __LINE__);
    buf_release(&b);
}

/* Is what was written since mark free of the signs of the interface? */
static void expect_no_sign(struct pty *p, size_t mark, const char *after)
{
    static const char *const signs[] = {"■", "□", "─", "│", "▐", "▌", "█", "░", "▶", "●", "★", "▼", "▲",
                                        "√", "×", "→", "…", "①", "※", "°", "α", "Ж", "“", "”", "—", "Ⅲ"};
    const char *raw = pty_raw(p, mark, NULL);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        expect_(p, strstr(raw, signs[i]) == NULL, after, signs[i], __FILE__, __LINE__);
}

/* Every screen: the keys there, the keys back to the tabs. */
static const char *const PLACES[][2] = {
    {"F1", ""},           {"F1 i", ""},           {"F2 g", ""},         {"F2 g j", ""},     {"F2 g j j", ""},  {"F2 g J J", ""},
    {"F2 G", ""},         {"F3", ""},             {"F4", ""},           {"F5", ""},         {"F6", ""},        {"F6 G", "g"},
    {"F7", ""},           {"F7 Enter", "Esc"},    {"F7 F", "F F F"},    {"F8", ""},         {"?", "Esc"},
    {"F2 g n", "Esc"},    {"F2 g e", "Esc"},      {"F2 g x", "Esc"},    {"F2 g p", "Esc"},  {"F2 /", "Esc"},   {"F2 g d", "Esc"},
    {"F2 g S", "Esc"},    {"F2 g F", "F F F"},
};

static void walk(struct pair pair)
{
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        pty_keys(pair.wide, PLACES[i][0]);
        pty_keys(pair.narrow, PLACES[i][0]);
        expect_same_screen(pair, PLACES[i][0]);
        pty_keys(pair.wide, PLACES[i][1]);
        pty_keys(pair.narrow, PLACES[i][1]);
    }
}

static void wide_terminal__shows_every_screen_untorn(void **state)
{
    static const char *const languages[] = {"en", "ja"};
    static const int sizes[][2] = {{24, 80}, {40, 120}, {12, 40}};
    struct kit *k = *state;
    make_files(k);
    for (size_t l = 0; l < 2; l++)
        for (size_t s = 0; s < 3; s++) {
            const char *argv[] = {k->program, "--lang", languages[l], "plant.xml.gz", NULL};
            struct pair pair = open_pair(k, argv, sizes[s][0], sizes[s][1]);
            expect_text(pair.wide, "SITE-7");
            expect_text(pair.narrow, "SITE-7");
            pty_drain(pair.wide, 60); /* the answer is taken in */
            size_t mark = pty_mark(pair.wide);
            walk(pair);
            expect_no_sign(pair.wide, mark, languages[l]);
            pty_keys(pair.wide, "q");
            expect_clean_exit(pair.wide, 0);
        }
}

static void wide_terminal__shows_the_start_and_the_fleet_untorn(void **state)
{
    static const char *const languages[] = {"en", "ja"};
    struct kit *k = *state;
    make_files(k);
    for (size_t l = 0; l < 2; l++) {
        const char *home[] = {k->program, "--lang", languages[l], NULL}, *fleet[] = {k->program, "rollup", "--lang", languages[l], ".", NULL};
        struct pair pair = open_pair(k, home, 24, 80);
        expect_text(pair.wide, "monshin");
        expect_same_screen(pair, "home");
        pair = open_pair(k, fleet, 24, 80);
        expect_text(pair.wide, "SITE-7");
        expect_same_screen(pair, "sites");
        for (const char *const *keys = (const char *const[]){"c", "Esc r", "Esc Enter", NULL}; *keys; keys++) {
            pty_keys(pair.wide, *keys);
            pty_keys(pair.narrow, *keys);
            expect_same_screen(pair, *keys);
        }
    }
}

/* The harness itself: such a terminal does draw them wide, and the program does use them where they are narrow. */
static void signs__are_wide_there__and_used_elsewhere(void **state)
{
    struct kit *k = *state;
    make_files(k);
    const char *echo[] = {"/bin/sh", "-c", "printf '■─→\\033[6n'; sleep 5", NULL}, *argv[] = {k->program, "plant.xml.gz", NULL};
    struct pair pair = open_pair(k, echo, 24, 80);
    int row, col;
    expect_text(pair.wide, "■─→");
    pty_cursor(pair.wide, &row, &col);
    expect_that(pair.wide, col >= 6);
    expect_text(pair.narrow, "■─→");
    pty_cursor(pair.narrow, &row, &col);
    expect_that(pair.narrow, col == 3);
    pty_free(k->p);
    k->p = start(k, "a", (struct pty_options){0}, argv);
    expect_text(k->p, "SITE-7");
    expect_text(k->p, "───");
    /* Its description does not say that it answers; it does. */
    pty_free(k->p);
    k->p = pty_start(&(struct pty_options){.argv = argv, .env = (const char *[]){"TERM=putty", NULL}, .cwd = k->dir, .home = k->dir});
    expect_text(k->p, "───");
}

/* --ascii: signs of the interface are ASCII at once and nothing is asked; what is not ASCII on the screen is somebody's text. */
static void ascii__draws_nothing_else(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    const char *argv[] = {k->program, "--lang", "en", "--ascii", k->file, NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .home = k->dir});
    expect_text(k->p, "SITE-7");
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        pty_keys(k->p, PLACES[i][0]);
        pty_drain(k->p, 30);
        pty_keys(k->p, PLACES[i][1]);
    }
    size_t n;
    const char *raw = pty_raw(k->p, 0, &n);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)raw[i] >= 0x80) fail_msg("not ASCII: %.40s", raw + i);
    expect_that(k->p, strstr(raw, "\x1b[6n") == NULL);
    pty_keys(k->p, "q");
    expect_clean_exit(k->p, 0);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(wide_terminal__shows_every_screen_untorn),
        KIT_TEST(wide_terminal__shows_the_start_and_the_fleet_untorn),
        KIT_TEST(signs__are_wide_there__and_used_elsewhere),
        KIT_TEST(ascii__draws_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
