/* core/method/ip: what the plan's tests do not reach. */
#include "tests/unit/cm.h"

#include <string.h>

#include "core/method/ip.h"

static struct ip_watch minute(void)
{
    struct ip_watch w = {0};
    clock_gettime(CLOCK_MONOTONIC, &w.deadline);
    w.deadline.tv_sec += 60;
    return w;
}

static void solver__is_caught__when_it_aborts(void **state)
{
    (void)state;
    struct ip ip = {.n = 2};
    struct ip_watch watch = minute();
    bool x[2] = {true, false};
    ip_add_pair(&ip, 1, 1); /* a column twice in a row: GLPK aborts the process */
    assert_int_equal(ip_solve(x, false, &ip, (const long long[]){1, 1}, true, &watch), IP_FAILED);
    assert_true(x[0] && !x[1]);
    ip.pair[0].needs = 0;
    ip_add_row(&ip, (const long long[]){2, 2}, IP_AT_MOST, 3);
    assert_int_equal(ip_solve(x, false, &ip, (const long long[]){1, 5}, true, &watch), IP_PROVEN);
    assert_true(x[0] && !x[1]);
    ip_release(&ip);
}

static void row__is_divided_exactly__in_both_senses(void **state)
{
    (void)state;
    struct ip ip = {.n = 2};
    ip_add_row(&ip, (const long long[]){6, 10}, IP_AT_MOST, 15);
    ip_add_row(&ip, (const long long[]){6, 10}, IP_AT_LEAST, 15);
    ip_add_row(&ip, (const long long[]){6, 10}, IP_AT_MOST, -1);
    ip_add_row(&ip, (const long long[]){0, 0}, IP_AT_LEAST, 0);
    assert_int_equal(ip.row[0].coef[1], 5);
    assert_int_equal(ip.row[0].bound, 7);
    assert_int_equal(ip.row[1].bound, 8);
    assert_int_equal(ip.row[2].bound, -1);
    assert_true(ip_holds(&(struct ip){.n = 2, .row = &ip.row[3], .n_rows = 1}, (const bool[]){false, false}));
    ip_release(&ip);
}

/* 1 + 1e9 * x is within the solver's tolerance of 1e9 * x. */
static void answer__is_held_against_the_integers__below_the_tolerance(void **state)
{
    (void)state;
    struct ip ip = {.n = 3};
    struct ip_watch watch = minute();
    bool x[3];
    ip_add_row(&ip, (const long long[]){5000000000, 5000000001, 4999999999}, IP_AT_MOST, 10000000000);
    assert_int_equal(ip_solve(x, false, &ip, (const long long[]){3, 3, 2}, true, &watch), IP_PROVEN);
    assert_true(x[2] && x[0] != x[1]); /* the first two are one too many */
    ip_drop_rows(&ip, 0);
    ip_add_row(&ip, (const long long[]){5000000000, 4999999999, 5000000001}, IP_AT_LEAST, 10000000000);
    assert_int_equal(ip_solve(x, false, &ip, (const long long[]){2, 2, 3}, false, &watch), IP_PROVEN);
    assert_true(x[2] && x[0] != x[1]); /* the first two are one too few */
    ip_drop_rows(&ip, 0);
    ip_add_row(&ip, (const long long[]){1, 1, 1}, IP_AT_LEAST, 4);
    assert_int_equal(ip_solve(x, false, &ip, (const long long[]){2, 2, 3}, false, &watch), IP_NONE);
    ip_release(&ip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solver__is_caught__when_it_aborts),
        cmocka_unit_test(row__is_divided_exactly__in_both_senses),
        cmocka_unit_test(answer__is_held_against_the_integers__below_the_tolerance),
    };
    return cmocka_run_group_tests_name("ip", tests, NULL, NULL);
}
