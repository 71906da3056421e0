/* core/base/clock: ISO 8601 both ways, without the machine's time zone. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/clock.h"

static void parse__gives_seconds__for_what_the_file_writes(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        long long want;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-11-20T16:40:31+09:00", 1795160431},
        {"2026-11-20T07:40:31Z", 1795160431},
        {"2026-11-20T07:40:31", 1795160431},
        {"2026-11-20T07:40", 1795160400},
        {"2038-01-19T03:14:08Z", 2147483648LL},
        {"2026-11-20", 1795132800},
        {"2024-02-29T00:00:00.5-03:30", 1709177400},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long long got = -1;
        assert_true(iso_parse(&got, cases[i].s));
        assert_int_equal(got, cases[i].want);
    }
}

static void parse__refuses__what_is_no_time(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "2026", "2026-13-01", "2026-02-29", "2026-11-20T", "2026-11-20T24:00:00", "2026-11-20T10:00:00+9",
                                      "2026-11-20T10:00:00Zx", "2026/11-20", "2026-11/20", "2026-0a-20", "2026-11-3x", "2026-11-20T1", "2026-11-20T10-00", "2026-11-20T10:6", "2026-11-20T10:00:61", "2026-11-20T10:00:00+09-00", "2026-11-20T10:00:00+15:00", "2026-11-20T10:00:00+09:60", "20261120", "2026-11-20 10:00", "あ"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        long long got = 42;
        assert_false(iso_parse(&got, bad[i]));
        assert_int_equal(got, 42);
    }
}

static void format__agrees_with_libc_and_comes_back__at_random_times(void **state)
{
    (void)state;
    srand(3);
    for (int i = 0; i < 5000; i++) {
        time_t t = (time_t)rand() * 14; /* into the year 2922 */
        struct tm tm;
        char want[40], got[ISO_SIZE];
        gmtime_r(&t, &tm);
        strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%S+00:00", &tm);
        iso_format(got, t, 0);
        assert_string_equal(got, want);
        int offset = (rand() % 57 - 28) * 30;
        long long back = 0;
        iso_format(got, t, offset);
        assert_true(iso_parse(&back, got));
        assert_int_equal(back, t);
    }
}

static void format__makes_a_moment_that_files_can_hold__of_what_a_broken_clock_says(void **state)
{
    (void)state;
    char got[ISO_SIZE];
    iso_format(got, -5, 0);
    assert_string_equal(got, "1970-01-01T00:00:00+00:00");
    iso_format(got, 0, -300);
    assert_string_equal(got, "1969-12-31T19:00:00-05:00");
    iso_format(got, 99999999999999LL, 14 * 60);
    assert_string_equal(got, "2999-12-31T14:00:00+14:00");
    iso_format(got, 2147483648LL, 0); /* a second after the 32 bits */
    assert_string_equal(got, "2038-01-19T03:14:08+00:00");
    iso_format(got, 0, 20 * 60); /* TZ=XXX-20 */
    assert_string_equal(got, "1970-01-01T00:00:00+00:00");
}

static void days__go_on_after_2038(void **state)
{
    (void)state;
    long a = 0, b = 0;
    assert_true(days_of_date(&a, "2038-01-19") && days_of_date(&b, "2038-01-20"));
    assert_int_equal(b - a, 1);
    assert_true(days_of_date(&b, "2400-02-29"));
    assert_int_equal(sizeof(time_t), 8);
}

static void cmp__puts_the_unreadable_first(void **state)
{
    (void)state;
    assert_true(iso_cmp("2026-11-20T16:40:31+09:00", "2026-11-20T07:40:32Z") < 0);
    assert_int_equal(iso_cmp("2026-11-20T16:40:31+09:00", "2026-11-20T07:40:31Z"), 0);
    assert_true(iso_cmp("", "1970-01-01") < 0);
    assert_int_equal(iso_cmp("", "x"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__gives_seconds__for_what_the_file_writes),
        cmocka_unit_test(parse__refuses__what_is_no_time),
        cmocka_unit_test(format__agrees_with_libc_and_comes_back__at_random_times),
        cmocka_unit_test(format__makes_a_moment_that_files_can_hold__of_what_a_broken_clock_says),
        cmocka_unit_test(days__go_on_after_2038),
        cmocka_unit_test(cmp__puts_the_unreadable_first),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
