/* The disk that misbehaves on command (tests/shim), against dd: what it promises must be so, or the tests with it mean nothing. */
#include "tests/e2e/kit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const write_here[] = {"/bin/dd", "if=/dev/zero", "of=here", "bs=1", "count=1", "conv=fsync", NULL};
static const char *const write_there[] = {"/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=1", NULL};

static void expect_exit(struct pty *p, int code)
{
    int is = -1;
    expect_that(p, pty_wait_exit(p, -1) && pty_exited(p, &is));
    expect_that(p, is == code);
}

static void shim__lets_everything_pass__at_first(void **state)
{
    struct kit *k = *state;
    expect_exit(kit_start_on_bad_disk(k, write_here), 0);
    assert_int_equal(atomic_load(&k->disk->calls[DISK_FSYNC]), 1);
    assert_true(atomic_load(&k->disk->calls[DISK_OPEN]) > 0);
    assert_int_equal(atomic_load(&k->disk->calls[DISK_WRITE]), 1);
}

static void shim__fails_the_call_it_is_told_to__under_the_folder_only(void **state)
{
    struct kit *k = *state;
    expect_exit(kit_start_on_bad_disk(k, write_here), 0);
    atomic_store(&k->disk->error[DISK_WRITE], ENOSPC);
    expect_exit(kit_start_on_bad_disk(k, write_here), 1);
    expect_text(k->p, "No space left on device");
    expect_exit(kit_start_on_bad_disk(k, write_there), 0);
    atomic_store(&k->disk->error[DISK_WRITE], 0);
    atomic_store(&k->disk->error[DISK_FSYNC], EIO);
    expect_exit(kit_start_on_bad_disk(k, write_here), 1);
    expect_text(k->p, "Input/output error");
    atomic_store(&k->disk->error[DISK_FSYNC], 0);
    atomic_store(&k->disk->error[DISK_OPEN], EROFS);
    expect_exit(kit_start_on_bad_disk(k, write_here), 1);
    expect_text(k->p, "Read-only file system");
}

static bool is_held(struct pty *p, void *cookie)
{
    (void)p;
    return atomic_load(&((struct kit *)cookie)->disk->held) == 1;
}

static void shim__holds_a_call_until_it_is_let_go(void **state)
{
    struct kit *k = *state;
    expect_exit(kit_start_on_bad_disk(k, write_here), 0);
    atomic_store(&k->disk->hold[DISK_FSYNC], 1);
    struct pty *p = kit_start_on_bad_disk(k, write_here);
    expect_that(p, pty_until(p, is_held, k, -1));
    assert_false(pty_wait_exit(p, 100));
    atomic_store(&k->disk->hold[DISK_FSYNC], 0);
    expect_exit(p, 0);
}

static void shim__delays_a_call(void **state)
{
    struct kit *k = *state;
    expect_exit(kit_start_on_bad_disk(k, write_here), 0);
    atomic_store(&k->disk->delay_ms[DISK_FSYNC], 200);
    long long from = pty_now_ns();
    expect_exit(kit_start_on_bad_disk(k, write_here), 0);
    assert_true(pty_now_ns() - from >= 200 * 1000000LL);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(shim__lets_everything_pass__at_first),
        KIT_TEST(shim__fails_the_call_it_is_told_to__under_the_folder_only),
        KIT_TEST(shim__holds_a_call_until_it_is_let_go),
        KIT_TEST(shim__delays_a_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
