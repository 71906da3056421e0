/* Kinds of terminals, character sets and colours, crossed; and what a key costs on a line of 9600 baud. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

static const char *const TERMS[] = {"TERM=xterm-256color", "TERM=xterm", "TERM=xterm-16color", "TERM=screen", "TERM=tmux", "TERM=linux",
                                    "TERM=vt100", "TERM=vt220", "TERM=putty", "TERM=no-such-terminal", "TERM=", "TERM"};
static const char *const LOCALES[] = {"LC_ALL=ja_JP.UTF-8", "LC_ALL=en_US.UTF-8", "LC_ALL=C", "LC_ALL=ja_JP.eucJP", "LC_ALL=ja_JP.nobody"};
enum { N_TERMS = sizeof TERMS / sizeof TERMS[0], N_LOCALES = sizeof LOCALES / sizeof LOCALES[0] };

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void every_terminal__in_every_character_set__answers_and_ends_cleanly(void **state)
{
    struct kit *k = *state;
    for (size_t t = 0; t < N_TERMS; t++)
        for (size_t l = 0; l < N_LOCALES; l++) {
            remove(k->file);
            kit_make_file(k);
            const char *env[] = {TERMS[t], LOCALES[l], "LOCPATH=/nonexistent", NULL};
            bool japanese = is(LOCALES[l], "LC_ALL=ja_JP.UTF-8") && !is(TERMS[t], "TERM=linux");
            struct pty *p = kit_start(k, env, 0, 0);
            expect_row(p, 0, "SITE-7");
            expect_row(p, 1, japanese ? "組織" : "People");
            pty_drain(p, 20);
            expect_that(p, japanese || !pty_has(p, "組"));
            pty_keys(p, "3");
            expect_saved(p, 1);
            pty_keys(p, "q");
            expect_clean_exit(p, 0);
            /* Bytes beyond ASCII only where they can be meant. */
            bool utf8 = !strstr(LOCALES[l], "eucJP") && !strstr(LOCALES[l], "nobody");
            size_t n;
            const char *raw = pty_raw(p, 0, &n);
            for (size_t i = 0; i < n && !utf8; i++) expect_that(p, (unsigned char)raw[i] < 0x80);
        }
}

/* The page for the telephone: whole on the screen, whatever is asked about. */
static void doctor__is_one_screen__everywhere(void **state)
{
    struct kit *k = *state;
    const char *argv[] = {k->program, "doctor", NULL};
    for (size_t t = 0; t <= N_TERMS; t++)
        for (size_t l = 0; l < N_LOCALES; l++) {
            const char *term = t < N_TERMS ? TERMS[t] : "TERM=dumb", *env[] = {term, LOCALES[l], "LOCPATH=/nonexistent", NULL};
            pty_free(k->p);
            k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir, .cwd = k->dir,
                                                   .charset = is(LOCALES[l], "LC_ALL=ja_JP.eucJP") ? "EUC-JP" : NULL});
            expect_that(k->p, pty_wait_exit(k->p, -1));
            expect_row(k->p, 0, "monshin doctor");
            expect_text(k->p, k->dir);
            expect_that(k->p, !pty_has(k->p, "\uFFFD") && !pty_has(k->p, "???"));
            expect_clean_exit(k->p, 0);
        }
}

static void english__is_explained_in_one_line__to_who_wanted_japanese(void **state)
{
    static const char *const cases[][3] = {
        {"TERM=linux", "LC_ALL=ja_JP.UTF-8", "This console has no kanji"},
        {"TERM=vt220", "LC_ALL=ja_JP.SJIS", "SJIS has no full screen here"},
    };
    struct kit *k = *state;
    kit_make_file(k);
    for (size_t i = 0; i < 2; i++) {
        struct pty *p = kit_start(k, (const char *[]){cases[i][0], cases[i][1], "LOCPATH=/nonexistent", NULL}, 0, 0);
        expect_row(p, -2, cases[i][2]);
        pty_keys(p, "j");
        expect_gone(p, cases[i][2]);
        pty_keys(p, "L"); /* who insists gets it */
        expect_text(p, "組織");
        pty_keys(p, "q");
        expect_clean_exit(p, 0);
    }
    struct pty *p = kit_start(k, (const char *[]){"TERM=linux", "LC_ALL=en_US.UTF-8", NULL}, 0, 0);
    expect_text(p, "1-1");
    pty_drain(p, 40);
    expect_that(p, !pty_has(p, "no kanji"));
}

/* Line mode: nothing but lines, on a terminal that can nothing else. */
static void dumb_terminal__asks_in_its_language(void **state)
{
    static const char *const cases[][2] = {{"LC_ALL=ja_JP.UTF-8", "実施済み"}, {"LC_ALL=en_US.UTF-8", "Done"}, {"LC_ALL=C", "Done"}};
    struct kit *k = *state;
    for (size_t i = 0; i < 3; i++) {
        size_t n;
        remove(k->file);
        kit_make_file(k);
        struct pty *p = kit_start(k, (const char *[]){"TERM=dumb", cases[i][0], NULL}, 60, 80);
        expect_text(p, "1-1>");
        pty_keys(p, "3 Enter");
        expect_text(p, cases[i][1]);
        expect_text(p, "1-2>");
        pty_keys(p, "q Enter");
        expect_clean_exit(p, 0);
        expect_that(p, strchr(pty_raw(p, 0, &n), '\x1b') == NULL);
    }
}

/* A braille display of 40 cells: the program breaks the lines, not the terminal. */
static void line_mode__keeps_to_the_window(void **state)
{
    struct kit *k = *state;
    size_t n;
    kit_make_file(k);
    struct pty *p = kit_start(k, (const char *[]){"TERM=dumb", NULL}, 24, 40);
    expect_text(p, "1-1>");
    const char *raw = strstr(pty_raw(p, 0, &n), "People, 1 of 5");
    expect_that(p, raw != NULL);
    for (size_t len = 0; *raw; raw += len + strspn(raw + len, "\r\n")) {
        len = strcspn(raw, "\r\n");
        expect_that(p, len <= 39);
    }
    pty_keys(p, "q Enter");
    expect_clean_exit(p, 0);
}

/* Without a database of terminals, and no terminal known to the library: line by line, with a word why. */
static void no_database__asks_line_by_line_and_says_why(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    if (kit_run(k, &out, "unshare -rm true") != 0) {
        printf("skipped: no file systems of one's own here: %.100s\n", buf_str(&out));
        buf_release(&out);
        return;
    }
    buf_release(&out);
    char script[512];
    snprintf(script, sizeof script,
             "for d in /usr/share/terminfo /lib/terminfo /usr/lib/terminfo /etc/terminfo; do [ ! -d $d ] || mount -t tmpfs none $d || exit 9; done; exec "
             "'%s' '%s'",
             k->program, k->file);
    const char *argv[] = {"/usr/bin/unshare", "-rm", "/bin/sh", "-c", script, NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .home = k->dir, .rows = 50});
    expect_text(k->p, "no terminal descriptions");
    expect_text(k->p, "1-1>");
    pty_keys(k->p, "3 Enter");
    expect_text(k->p, "1-1: 3 Done. saved #1");
    pty_keys(k->p, "q Enter");
    expect_clean_exit(k->p, 0);
}

/* Colours */

/* The largest colour number that was sent: -1 none, 7 of eight, 15 of sixteen, 255 of 256. */
static int colours_sent(struct pty *p)
{
    int most = -1;
    const char *s = pty_raw(p, 0, NULL);
    for (const char *at = strstr(s, "\x1b["); at; at = strstr(at + 2, "\x1b[")) {
        size_t n = strspn(at + 2, "0123456789;");
        if (at[2 + n] != 'm') continue;
        for (const char *v = at + 2; v < at + 2 + n;) {
            char *after;
            long c = strtol(v, &after, 10);
            int is_one = c == 38 || c == 48 ? 255 : (c >= 90 && c <= 107) ? 15 : (c >= 30 && c <= 47 && c != 39) ? 7 : -1;
            most = is_one > most ? is_one : most;
            v = after == v ? v + 1 : after + 1;
        }
    }
    return most;
}

static void colours__are_as_many_as_the_terminal_has(void **state)
{
    static const struct {
        const char *term, *no_color;
        int at_most, at_least;
    } cases[] = {{"TERM=xterm-256color", "NO_COLOR", 255, 255}, {"TERM=sixteen", "NO_COLOR", 15, 7}, {"TERM=xterm", "NO_COLOR", 7, 7},
                 {"TERM=screen", "NO_COLOR", 7, 7},             {"TERM=linux", "NO_COLOR", 7, 7},          {"TERM=vt100", "NO_COLOR", -1, -1},
                 {"TERM=xterm-256color", "NO_COLOR=1", -1, -1}, {"TERM=vt220", "NO_COLOR", -1, -1}};
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    /* The distribution's basic set of descriptions has no terminal of sixteen colours. */
    if (kit_run(k, &out, "{ echo 'sixteen|a terminal of sixteen colours,'; infocmp -1 xterm | sed -e '/^[#x]/d' -e '/[sr]etf\\|set[ab]\\|colors\\|pairs/d'; printf '\tcolors#16, pairs#256, setaf=\\E[%%%%?%%%%p1%%%%{8}%%%%<%%%%t3%%%%p1%%%%d%%%%e9%%%%p1%%%%{8}%%%%-%%%%d%%%%;m, setab=\\E[%%%%?%%%%p1%%%%{8}%%%%<%%%%t4%%%%p1%%%%d%%%%e10%%%%p1%%%%{8}%%%%-%%%%d%%%%;m,\n'; } >sixteen && tic -x -o .terminfo sixteen") != 0)
        fail_msg("%s", buf_str(&out));
    buf_release(&out);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty *p = kit_start(k, (const char *[]){cases[i].term, cases[i].no_color, NULL}, 0, 0);
        expect_text(p, "SITE-7");
        for (const char *const *keys = (const char *const[]){"3", "1", "F6", "F7", "F8", "?", "Esc", NULL}; *keys; keys++) {
            pty_keys(p, *keys);
            pty_drain(p, 20);
        }
        int most = colours_sent(p);
        expect_(p, most <= cases[i].at_most && most >= cases[i].at_least, "as the colours of", cases[i].term, __FILE__, __LINE__);
        pty_keys(p, "q");
        expect_clean_exit(p, 0);
    }
}

/* 9600 baud */

enum { BYTES_A_SECOND = 960, QUIET_MS = 150 };

struct cost {
    const char *what, *keys;
    size_t most; /* bytes */
};

static size_t bytes_of(struct pty *p, const char *keys)
{
    size_t mark = pty_mark(p), n;
    pty_keys(p, keys);
    pty_drain(p, QUIET_MS);
    pty_raw(p, mark, &n);
    return n;
}

static void measure(struct kit *k, const char *term, const char *locale, const struct cost *costs, size_t n_costs)
{
    size_t n;
    remove(k->file);
    kit_make_file(k);
    const char *argv[] = {k->program, k->file, NULL}, *env[] = {term, locale, NULL};
    pty_free(k->p);
    struct pty *p = k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir, .speed = B9600});
    expect_text(p, "1-1");
    pty_drain(p, QUIET_MS);
    pty_raw(p, 0, &n);
    printf("figure: 9600 baud, %s %s: first paint %zu bytes, %.1f s\n", term + 5, locale + 7, n, (double)n / BYTES_A_SECOND);
    expect_that(p, n < costs[0].most);
    for (size_t i = 1; i < n_costs; i++) {
        n = bytes_of(p, costs[i].keys);
        printf("figure: 9600 baud, %s %s: %s %zu bytes, %.2f s\n", term + 5, locale + 7, costs[i].what, n, (double)n / BYTES_A_SECOND);
        expect_(p, n < costs[i].most, "within its bytes", costs[i].what, __FILE__, __LINE__);
    }
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
}

static void slow_line__a_key_is_answered_in_its_time(void **state)
{
    static const struct cost COSTS[] = {
        {"first paint", "", 4500}, {"a level", "3", 2500}, {"down", "j", 2500}, {"a tab", "Tab", 2500}, {"the note opens", "n", 1500},
        {"a letter", "a", 100},
    };
    struct kit *k = *state;
    measure(k, "TERM=vt100", "LC_ALL=en_US.UTF-8", COSTS, sizeof COSTS / sizeof COSTS[0]);
    measure(k, "TERM=xterm-256color", "LC_ALL=ja_JP.UTF-8", COSTS, sizeof COSTS / sizeof COSTS[0]);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(every_terminal__in_every_character_set__answers_and_ends_cleanly),
        KIT_TEST(doctor__is_one_screen__everywhere),
        KIT_TEST(english__is_explained_in_one_line__to_who_wanted_japanese),
        KIT_TEST(dumb_terminal__asks_in_its_language),
        KIT_TEST(line_mode__keeps_to_the_window),
        KIT_TEST(no_database__asks_line_by_line_and_says_why),
        KIT_TEST(colours__are_as_many_as_the_terminal_has),
        KIT_TEST(slow_line__a_key_is_answered_in_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
