/* Clocks that lie: set back, in another zone, after 2038, at the beginning of time. The order of changes is the revision's, not the clock's; and no
 * clock makes a file that does not open. */
#include "tests/e2e/kit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"

enum { YEAR = 365 * 86400 };

/* The program with arguments, under a wrong clock and in a zone. */
static int run_at(struct kit *k, struct buf *out, long long shift, const char *zone, const char *arguments)
{
    atomic_store(&k->disk->clock_shift, shift);
    return kit_run(k, out, "env %s %s TZ=%s ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 '%s' %s", k->disk_env[0],
                   k->disk_env[1], zone, k->program, arguments);
}

static long revision_in(struct kit *k, char modified[ISO_SIZE])
{
    struct assessment *a = kit_read(k);
    long revision = a->revision;
    snprintf(modified, ISO_SIZE, "%s", a->modified);
    assessment_free(a);
    return revision;
}

static void clock_set_back__in_the_middle__changes_neither_order_nor_saving(void **state)
{
    struct kit *k = *state;
    char before[ISO_SIZE], after[ISO_SIZE];
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    pty_type(p, "12");
    expect_text(p, "2/32");
    expect_saved(p, 2);
    long seen = kit_saved(p), first = revision_in(k, before);
    atomic_store(&k->disk->clock_shift, -2 * YEAR);
    pty_type(p, "345");
    expect_text(p, "5/32");
    expect_that(p, kit_wait_saved(p, seen + 3, -1));
    assert_true(revision_in(k, after) > first);
    assert_true(iso_cmp(after, before) < 0); /* the clock went back, the revision did not */
    atomic_store(&k->disk->error[DISK_WRITE], ENOSPC); /* retries do not go by that clock either */
    pty_type(p, "1");
    expect_text(p, "disk is full");
    atomic_store(&k->disk->clock_shift, -3 * YEAR);
    atomic_store(&k->disk->error[DISK_WRITE], 0);
    expect_gone(p, "disk is full");
    pty_keys(p, "u"); /* the last change, not the one with the latest time */
    expect_text(p, "5/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "'%s' check plant.xml.gz", k->program), 0);
    buf_release(&out);
}

/* A copy with a later clock and an earlier revision is the older one. */
static void rollup__takes_the_higher_revision__whatever_the_clock_said(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    kit_make_disk(k);
    assert_int_equal(run_at(k, &out, 5LL * YEAR, "UTC", "set plant.xml.gz 1-1=1"), 0);
    assert_int_equal(kit_run(k, &out, "mkdir in && cp plant.xml.gz in/later-clock.xml.gz"), 0);
    assert_int_equal(run_at(k, &out, -5LL * YEAR, "UTC", "set plant.xml.gz 1-1=4"), 0);
    assert_int_equal(kit_run(k, &out, "cp plant.xml.gz in/earlier-clock.xml.gz"), 0);
    buf_clear(&out);
    assert_int_equal(kit_run(k, &out, "'%s' rollup in --rows answers --format csv | grep ',1-1,'", k->program), 0);
    if (strstr(buf_str(&out), ",1-1,level,4,") == NULL) fail_msg("%s", buf_str(&out));
    buf_release(&out);
}

static void every_clock_and_zone__makes_a_file_that_opens(void **state)
{
    static const struct {
        long long at; /* seconds since 1970 */
        const char *zone, *begins;
    } cases[] = {
        {2147483648LL, "UTC", "2038-01-19T03:14:0"},
        {2147483647LL, "Asia/Tokyo", "2038-01-19T12:14:"},
        {4102444800LL, "Asia/Tokyo", "2100-01-01T09:00:0"},
        {16725225600LL, "UTC", "2500-01-01T00:00:0"},
        {0, "America/New_York", "1969-12-31T19:00:0"},
        {0, "Asia/Tokyo", "1970-01-01T09:00:0"},
        {1800000000LL, "Pacific/Kiritimati", "2027-01-15T22:00:0"},
        {1800000000LL, "Etc/GMT+12", "2027-01-14T20:00:0"},
        {1800000000LL, "Asia/Kathmandu", "2027-01-15T13:45:0"},
        {1800000000LL, "XXX-20", "2027-01-15T08:00:0"}, /* no place on earth: UTC */
    };
    struct kit *k = *state;
    char modified[ISO_SIZE], arguments[64];
    long before = 0;
    kit_make_file(k);
    kit_make_disk(k);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        snprintf(arguments, sizeof arguments, "set plant.xml.gz 1-1=%d --note %zu", (int)(1 + i % 5), i);
        int status = run_at(k, &out, cases[i].at - (long long)time(NULL), cases[i].zone, arguments);
        if (status != 0) fail_msg("%s: %s", cases[i].begins, buf_str(&out));
        long revision = revision_in(k, modified);
        assert_true(revision > before);
        before = revision;
        if (strncmp(modified, cases[i].begins, strlen(cases[i].begins)) != 0) fail_msg("%s, not %s", modified, cases[i].begins);
        assert_int_equal(kit_run(k, &out, "'%s' check plant.xml.gz && '%s' grade plant.xml.gz", k->program, k->program), 0);
        buf_release(&out);
    }
}

static void dates_before_1970__are_refused__and_after_2038_taken(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    assert_int_equal(kit_run(k, &out,
                             "zcat plant.xml.gz | sed 's/modified=\"[^\"]*\"/modified=\"1969-12-31T10:00:00Z\"/' >old.xml; "
                             "zcat plant.xml.gz | sed 's/modified=\"[^\"]*\"/modified=\"2039-12-31T10:00:00Z\"/' >new.xml; "
                             "'%s' check new.xml && '%s' check old.xml",
                             k->program, k->program), 1);
    if (strstr(buf_str(&out), "new.xml: fine") == NULL || strstr(buf_str(&out), "1969-12-31T10:00:00Z") == NULL)
        fail_msg("%s", buf_str(&out));
    buf_release(&out);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(clock_set_back__in_the_middle__changes_neither_order_nor_saving),
        KIT_TEST(rollup__takes_the_higher_revision__whatever_the_clock_said),
        KIT_TEST(every_clock_and_zone__makes_a_file_that_opens),
        KIT_TEST(dates_before_1970__are_refused__and_after_2038_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
