/* core/method/ip: the solver's word against trying everything, where its tolerances would have it say something else. */
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

/* ---- Trying everything ---- */

enum { VARS = 10 };

static int dice(unsigned *state, int below)
{
    *state = *state * 1664525U + 1013904223U;
    return (int)((*state >> 8) % (unsigned)below);
}

static long long large(unsigned *state, long long below)
{
    return (((long long)dice(state, 1 << 24) << 24) + dice(state, 1 << 24)) % below;
}

/* Rows in which sets of the same size, or multiples of one number, miss the bound by one or two. */
static void add_row(struct ip *ip, unsigned *state, enum ip_sense sense, long long scale)
{
    long long coef[VARS], sum = 0, one = large(state, scale);
    int family = dice(state, 3);
    for (int i = 0; i < ip->n; i++) {
        coef[i] = family == 0   ? large(state, scale)
                  : family == 1 ? scale / 2 + dice(state, 5)
                                : one * (1 + dice(state, 4)) + dice(state, 3);
        sum += coef[i];
    }
    ip_add_row(ip, coef, sense, family == 0 ? sum / 2 : coef[0] + coef[1] - 1 + dice(state, 3));
}

static bool try_all(long long *best, const struct ip *ip, const long long *objective, bool maximise)
{
    bool found = false;
    for (unsigned bits = 0; bits < 1U << ip->n; bits++) {
        bool x[VARS];
        for (int i = 0; i < ip->n; i++)
            x[i] = (bits >> i & 1) != 0;
        if (!ip_holds(ip, x))
            continue;
        long long value = ip_value(objective, x, ip->n);
        *best = !found || (maximise ? value > *best : value < *best) ? value : *best;
        found = true;
    }
    return found;
}

static void check_program(unsigned *state, long long scale)
{
    struct ip ip = {.n = 3 + dice(state, VARS - 2)};
    struct ip_watch watch = minute();
    bool x[VARS], maximise = dice(state, 2) == 0, flat = dice(state, 2) == 0;
    long long objective[VARS], best = 0;
    for (int k = dice(state, 2); k >= 0; k--)
        add_row(&ip, state, maximise ? IP_AT_MOST : IP_AT_LEAST, scale);
    for (int k = dice(state, 4); k > 0; k--) {
        int a = dice(state, ip.n), b = dice(state, ip.n);
        if (a != b)
            ip_add_pair(&ip, a, b);
    }
    for (int i = 0; i < ip.n; i++)
        objective[i] = flat ? 1 + dice(state, 9) : 1 + large(state, scale);
    bool found = try_all(&best, &ip, objective, maximise);
    enum ip_status status = ip_solve(x, false, &ip, objective, maximise, &watch);
    assert_int_equal(status, found ? IP_PROVEN : IP_NONE);
    if (found) {
        assert_true(ip_holds(&ip, x));
        assert_int_equal(ip_value(objective, x, ip.n), best);
    }
    ip_release(&ip);
}

static void answer__is_what_trying_everything_finds__at_any_size_of_numbers(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (long long scale = 100; scale <= 1000000000; scale *= 10)
        for (int round = 0; round < 250; round++)
            check_program(&seed, scale);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solver__is_caught__when_it_aborts),
        cmocka_unit_test(row__is_divided_exactly__in_both_senses),
        cmocka_unit_test(answer__is_held_against_the_integers__below_the_tolerance),
        cmocka_unit_test(answer__is_what_trying_everything_finds__at_any_size_of_numbers),
    };
    return cmocka_run_group_tests_name("ip", tests, NULL, NULL);
}
