/* monshin doctor on a terminal: it asks how wide things are drawn, and leaves nothing of the
 * question. */
#include "tests/e2e/kit.h"

#include <string.h>

static struct pty *start_doctor(struct kit *k, const char *const *env)
{
    const char *argv[] = {k->program, "doctor", NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir, .rows = 50});
    return k->p;
}

static void doctor__reads_the_width_of_kanji__from_the_terminal(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_doctor(k, NULL);
    expect_that(p, pty_wait_exit(p, -1));
    expect_row(p, 0, "monshin doctor");
    expect_text(p, "two columns, as it should be");
    expect_text(p, "one column: all are used");
    expect_text(p, "80 x 50");
    expect_text(p, "256");
    expect_clean_exit(p, 0);
}

static void doctor__tells_of_a_terminal_that_draws_signs_wide(void **state)
{
    struct kit *k = *state;
    const char *argv[] = {k->program, "doctor", NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .home = k->dir, .wide = true});
    expect_that(k->p, pty_wait_exit(k->p, -1));
    expect_text(k->p, "two columns: plain ones are used instead");
    expect_row(k->p, 0, "monshin doctor");
    expect_clean_exit(k->p, 0);
}

static void doctor__does_not_ask__where_kanji_cannot_be(void **state)
{
    struct kit *k = *state;
    size_t n;
    struct pty *p = start_doctor(k, (const char *[]){"TERM=linux", NULL});
    expect_that(p, pty_wait_exit(p, -1));
    expect_text(p, "this console has no kanji");
    expect_that(p, strstr(pty_raw(p, 0, &n), "\x1b[6n") == NULL);
    expect_clean_exit(p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(doctor__reads_the_width_of_kanji__from_the_terminal),
        KIT_TEST(doctor__tells_of_a_terminal_that_draws_signs_wide),
        KIT_TEST(doctor__does_not_ask__where_kanji_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
