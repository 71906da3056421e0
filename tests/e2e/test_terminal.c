/* What only a terminal shows: kinds of terminals, colours, locales, languages, sizes. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"

/* Ended before it drew: one line, that exit status, nothing left behind. */
static void expect_one_line(struct pty *p, int code)
{
    size_t n;
    expect_that(p, pty_wait_exit(p, -1));
    const char *raw = pty_raw(p, 0, &n);
    expect_that(p, n > 10 && strchr(raw, '\n') == raw + n - 1);
    expect_that(p, strchr(raw, '\x1b') == NULL);
    expect_that(p, strncmp(raw, "monshin: ", 9) == 0);
    expect_clean_exit(p, code);
}

/* A name that the database does not know is often a new terminal that understands xterm: it is tried. */
static void start__draws_and_ends_cleanly__when_the_terminal_has_no_known_name(void **state)
{
    static const char *const terms[] = {"TERM", "TERM=", "TERM=no-such-terminal"};
    struct kit *k = *state;
    kit_make_file(k);
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        struct pty *p = kit_start(k, (const char *[]){terms[i], NULL}, 0, 0);
        expect_row(p, 0, "SITE-7");
        pty_keys(p, "Down q");
        expect_clean_exit(p, 0);
    }
}

static void start__asks_line_by_line__on_a_dumb_terminal(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_start(k, (const char *[]){"TERM=dumb", NULL}, 50, 80);
    expect_text(p, "1-1>");
    pty_keys(p, "3 Enter");
    expect_text(p, "1-1: 3 Done. saved #1");
    expect_text(p, "1-2>");
    pty_keys(p, "q Enter");
    expect_clean_exit(p, 0);
    size_t n;
    expect_that(p, strchr(pty_raw(p, 0, &n), '\x1b') == NULL);
}

static void start__asks_line_by_line__when_standard_input_is_no_terminal(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    assert_int_equal(kit_run(k, &out, "printf '3\\n4\\n' | '%s' '%s'", k->program, k->file), 0);
    assert_non_null(strstr(buf_str(&out), "1-2: 4 Reviewed. saved #2"));
    assert_null(strchr(buf_str(&out), '\033'));
    buf_release(&out);
}

static void start__says_one_line__when_the_file_is_not_ours(void **state)
{
    static const char *const bytes[] = {"", "hello", "<?xml version='1.0'?><x/>", "\x1f\x8b\x08"};
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
        FILE *f = fopen(k->file, "w");
        fputs(bytes[i], f);
        fclose(f);
        struct pty *p = kit_start(k, NULL, 0, 0);
        expect_one_line(p, 3);
        expect_text(p, "plant.xml.gz");
    }
}

static void start__warns__when_a_newer_version_has_added_to_the_file(void **state)
{
    struct kit *k = *state;
    char *data = realpath("tests/data/newer-minor.xml", NULL);
    struct buf out = {0};
    assert_non_null(data);
    assert_int_equal(kit_run(k, &out, "gzip -c '%s' >plant.xml.gz", data), 0);
    struct pty *p = kit_start(k, NULL, 0, 0);
    expect_text(p, "The file has additions of a newer version (assessment/@channel, line");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    buf_release(&out);
    free(data);
}

/* Japanese is drawn, in cells of the right width, whatever the locale says. */
static void japanese__is_drawn_and_typed__in_any_locale(void **state)
{
    static const char *const locales[][4] = {
        {"LC_ALL", "LANG=C", NULL},          {"LC_ALL=C", NULL},           {"LC_ALL", "LANG", NULL},
        {"LC_ALL", "LANG=C.UTF-8", NULL},    {"LC_ALL=ja_JP.UTF-8", NULL}, {"LC_ALL", "LANG=ja_JP", NULL},
    };
    struct kit *k = *state;
    int row, col;
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        unlink(k->file);
        kit_make_file(k);
        struct pty *p = kit_open_first_section(k, locales[i]);
        if (!pty_has(p, "組織")) pty_keys(p, "L");
        expect_row(p, 1, "組織");
        pty_keys(p, "n");
        pty_type(p, "か\u3099ﾃｽﾄ漢字");
        expect_text(p, "ﾃｽﾄ漢字");
        expect_that(p, pty_find(p, "ﾃｽﾄ漢字", &row, &col));
        int cursor_row, cursor_col;
        pty_drain(p, 30);
        pty_cursor(p, &cursor_row, &cursor_col);
        expect_that(p, cursor_row == row && cursor_col - col == 7);
        pty_keys(p, "Esc q");
        expect_clean_exit(p, 0);
    }
}

static void colour__is_sent__but_never_with_NO_COLOR(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "3 F6 q");
    expect_clean_exit(p, 0);
    assert_true(pty_sent_colour(p, 0));
    p = kit_open_first_section(k, (const char *[]){"NO_COLOR=1", NULL});
    pty_keys(p, "3 n Esc F1 F6 ? Esc q");
    expect_clean_exit(p, 0);
    assert_false(pty_sent_colour(p, 0));
    p = kit_open_first_section(k, (const char *[]){"TERM=vt220", NULL}); /* has none */
    pty_keys(p, "3 F6 q");
    expect_that(p, pty_wait_exit(p, -1));
    assert_false(pty_sent_colour(p, 0));
}

/* Languages */

/* Every place a person can get to with one key from a tab. %s: the keys there, the keys back. */
static const char *const places[][2] = {
    {"F1", ""}, {"F2", ""}, {"F3", ""}, {"F4", ""},  {"F5", ""},     {"F6", ""},    {"F7", ""},    {"F8", ""},
    {"?", "Esc"}, {"F2 n", "Esc"}, {"F2 e", "Esc"}, {"F2 x", "Esc"}, {"F2 /", "Esc"}, {"F2 d", "Esc"}, {"F2 S", "Esc"},
};

/* Latin words of three letters and more that a Japanese screen may hold: names of products, keys and standards. Words in capitals
 * are abbreviations and pass. */
static bool may_stand_in_japanese(const char *word, size_t n)
{
    static const char *const allowed[] = {"monshin", "Tab", "Esc", "Enter", "Shift", "Ctrl", "Home", "End", "PgUp", "PgDn",
                                          "Backspace", "Delete", "Insert", "Space", "Up", "Down", "Left",
                                          "Right", "Excel", "Windows", "xml", "plant", "draft", "public",
                                          "com", "tmp", "https"};
    size_t n_upper = 0;
    for (size_t i = 0; i < n; i++) n_upper += word[i] >= 'A' && word[i] <= 'Z';
    if (n < 3 || n_upper * 2 > n) return true;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (strlen(allowed[i]) == n && strncmp(word, allowed[i], n) == 0) return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void expect_no_english(struct pty *p, const char *screen)
{
    for (const char *s = screen; *s;) {
        size_t n = 0;
        while (is_letter(s[n])) n++;
        char word[80];
        snprintf(word, sizeof word, "no \"%.*s\" on a Japanese screen", (int)n, s);
        expect_(p, may_stand_in_japanese(s, n), "so", word, __FILE__, __LINE__);
        s += n ? n : 1;
    }
}

static void expect_language(struct kit *k, bool japanese)
{
    struct buf b = {0};
    struct pty *p = k->p;
    pty_drain(p, 60); /* the whole screen, not the first change */
    pty_screen(p, &b);
    char *path = strstr(buf_str(&b), k->dir); /* random letters are no words */
    if (path) memset(path, ' ', strlen(k->dir));
    if (japanese)
        expect_no_english(p, buf_str(&b));
    else
        expect_(p, !text_has_japanese(buf_str(&b)), "so", "no Japanese on an English screen", __FILE__, __LINE__);
    buf_release(&b);
}

static void walk(struct kit *k, bool japanese)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        pty_keys(k->p, places[i][0]);
        expect_language(k, japanese);
        if (places[i][1][0]) pty_keys(k->p, places[i][1]);
    }
}

static void language__switches_with_L__and_leaves_nothing_of_the_other(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_start(k, (const char *[]){"LC_ALL=en_US.UTF-8", NULL}, 40, 120);
    expect_text(p, "SITE-7");
    pty_keys(p, "F2 2 0 4");
    expect_text(p, "People");
    walk(k, false);
    pty_keys(p, "F2 L");
    expect_text(p, "組織");
    walk(k, true);
    pty_keys(p, "F2 L");
    expect_text(p, "People");
    walk(k, false);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void language__is_that_of_the_locale(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    expect_text(kit_open_first_section(k, (const char *[]){"LC_ALL=ja_JP.UTF-8", NULL}), "組織");
    expect_text(kit_open_first_section(k, (const char *[]){"LC_ALL=en_GB.UTF-8", NULL}), "People");
}

static void size__below_40x12__says_so_and_comes_back(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_start(k, NULL, 8, 30);
    expect_text(p, "40 x 12");
    pty_keys(p, "F2"); /* keys that nobody sees the effect of are not obeyed, but q is */
    pty_resize(p, 24, 80);
    expect_text(p, "SITE-7");
    pty_resize(p, 5, 10);
    pty_drain(p, 50);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(start__draws_and_ends_cleanly__when_the_terminal_has_no_known_name),
        KIT_TEST(start__asks_line_by_line__on_a_dumb_terminal),
        KIT_TEST(start__asks_line_by_line__when_standard_input_is_no_terminal),
        KIT_TEST(start__says_one_line__when_the_file_is_not_ours),
        KIT_TEST(start__warns__when_a_newer_version_has_added_to_the_file),
        KIT_TEST(japanese__is_drawn_and_typed__in_any_locale),
        KIT_TEST(colour__is_sent__but_never_with_NO_COLOR),
        KIT_TEST(language__switches_with_L__and_leaves_nothing_of_the_other),
        KIT_TEST(language__is_that_of_the_locale),
        KIT_TEST(size__below_40x12__says_so_and_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
