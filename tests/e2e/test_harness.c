/* The harness itself, against tests/bench/bare.c: what it says must be so, or no other test here means anything. */
#include "tests/e2e/expect.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"

static const char page[] = "monshin  大阪第二工場\n"
                           "組織 │ 運用\n"
                           "三行目\n"
                           "四行目 か\u3099き\n"
                           "ends here";

struct fixture {
    char text_path[64];
    char *bare;
    struct pty *p;
};

static struct pty *start_bare(struct fixture *f, int rows, int cols, const char *const *env)
{
    pty_free(f->p);
    const char *argv[] = {f->bare, f->text_path, NULL};
    f->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .rows = rows, .cols = cols});
    return f->p;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->bare = pty_build_path("tests/bench/bare");
    snprintf(f->text_path, sizeof f->text_path, "/tmp/monshin-harness-XXXXXX");
    int fd = mkstemp(f->text_path);
    if (fd < 0 || write(fd, page, sizeof page - 1) != (ssize_t)sizeof page - 1) return -1;
    close(fd);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    pty_free(f->p);
    unlink(f->text_path);
    free(f->bare);
    free(f);
    return 0;
}

static void pty_screen__is_what_was_drawn__with_wide_characters_counted_once(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    int row, col;
    expect_screen(p, page);
    expect_row(p, 1, "│ 運用");
    expect_row(p, -24, "monshin");
    expect_that(p, pty_find(p, "第二工場", &row, &col) && row == 0 && col == 13);
    expect_that(p, pty_altscreen(p) && !pty_cursor_visible(p));
}

static void pty_cell__tells_text_width_and_looks(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    struct pty_cell c;
    expect_text(p, "ends here");
    pty_cell(p, 0, 9, &c);
    assert_string_equal(c.text, "大");
    assert_int_equal(c.width, 2);
    assert_true(c.coloured && !c.reverse);
    pty_cell(p, 3, 7, &c);
    assert_string_equal(c.text, "か\u3099");
    assert_true(c.reverse && !c.coloured);
    assert_true(pty_sent_colour(p, 0));
}

static void pty_keys__arrive_as_the_keys_they_are(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    static const char *const keys[][2] = {
        {"F1", "<KEY_F(1)>"},     {"F12", "<KEY_F(12)>"},     {"Left", "<KEY_LEFT>"},    {"PgDn", "<KEY_NPAGE>"},
        {"Home", "<KEY_HOME>"},   {"Shift-Tab", "<KEY_BTAB>"}, {"Tab", "<^I>"},          {"Enter", "<^M>"},
        {"Ctrl-R", "<^R>"},       {"Esc", "<^[>"},             {"Delete", "<KEY_DC>"},   {"Backspace", "<KEY_BACKSPACE>"},
    };
    expect_text(p, "ends here");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        pty_keys(p, keys[i][0]);
        expect_row(p, -1, keys[i][1]);
    }
}

static void pty_type__sends_japanese__as_an_input_method_commits_it(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    expect_text(p, "ends here");
    pty_type(p, "制御盤の鍵、ﾃｽﾄ。");
    expect_row(p, -1, "制御盤の鍵、ﾃｽﾄ。");
}

static void pty_click__reports_the_cell(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    expect_text(p, "ends here");
    pty_click(p, 3, 17);
    expect_row(p, -1, "<mouse 3,17>");
}

/* Curses looks whether a window has changed and then waits for a key: what changes in between it sees with the next key only. So it is left to
 * fall asleep first. */
static void wait_for_sleep(const struct pty *p)
{
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pty_pid(p));
    for (int asleep = 0, tries = 0; asleep < 3 && tries < 1000; tries++) {
        FILE *f = fopen(path, "r");
        assert_non_null(f);
        const char *name_end = fgets(text, sizeof text, f) != NULL ? strrchr(text, ')') : NULL;
        asleep = name_end != NULL && name_end[2] == 'S' ? asleep + 1 : 0;
        fclose(f);
        usleep(10 * 1000);
    }
}

static void pty_resize__reaches_the_program(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    expect_text(p, "ends here");
    wait_for_sleep(p);
    pty_resize(p, 40, 120);
    expect_row(p, 39, "<120x40>");
    wait_for_sleep(p);
    pty_resize(p, 12, 40);
    expect_row(p, 11, "<40x12>");
}

static void pty_exit__is_clean__after_q(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    expect_text(p, "ends here");
    assert_false(pty_modes_restored(p));
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void pty_exit__tells_the_signal__and_that_modes_are_left_broken(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    int code;
    expect_text(p, "ends here");
    pty_signal(p, SIGKILL);
    expect_that(p, pty_wait_exit(p, -1));
    assert_true(pty_exited(p, &code));
    assert_int_equal(code, 128 + SIGKILL);
    assert_false(pty_modes_restored(p));
    assert_true(pty_altscreen(p));
}

static void pty_hangup__ends_the_program(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    int code = 0;
    expect_text(p, "ends here");
    pty_hangup(p);
    expect_that(p, pty_wait_exit(p, -1));
    assert_true(pty_exited(p, &code));
    assert_int_equal(code, 128 + SIGHUP);
}

static void pty_env__sets_and_unsets(void **state)
{
    static const char *const env[] = {"TERM", "ASAN_OPTIONS=detect_leaks=0", NULL}; /* curses leaks then */
    struct pty *p = start_bare(*state, 0, 0, env);
    int code = 0;
    expect_that(p, pty_wait_exit(p, -1));
    assert_true(pty_exited(p, &code));
    assert_int_equal(code, 3);
}

static void pty_wait__gives_up_at_the_deadline__when_the_text_never_comes(void **state)
{
    struct pty *p = start_bare(*state, 0, 0, NULL);
    expect_text(p, "ends here");
    assert_false(pty_wait_text(p, "never drawn", 50));
    assert_false(pty_wait_screen(p, "ends here", 50));
    assert_false(pty_wait_gone(p, "ends here", 50));
    struct buf b = {0};
    pty_describe(p, &b);
    assert_non_null(strstr(buf_str(&b), "|組織 │ 運用\n"));
    buf_release(&b);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(pty_screen__is_what_was_drawn__with_wide_characters_counted_once),
        TEST(pty_cell__tells_text_width_and_looks),
        TEST(pty_keys__arrive_as_the_keys_they_are),
        TEST(pty_type__sends_japanese__as_an_input_method_commits_it),
        TEST(pty_click__reports_the_cell),
        TEST(pty_resize__reaches_the_program),
        TEST(pty_exit__is_clean__after_q),
        TEST(pty_exit__tells_the_signal__and_that_modes_are_left_broken),
        TEST(pty_hangup__ends_the_program),
        TEST(pty_env__sets_and_unsets),
        TEST(pty_wait__gives_up_at_the_deadline__when_the_text_never_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
