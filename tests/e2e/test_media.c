/* The media that plants have: full, limited, pulled out, write-protected, FAT. Each is a real mount where the machine allows, else the
 * shim's imitation; each test says which it was. What must hold: the screen says why nothing is saved, the old file is whole, work goes
 * on, and when the medium is well again everything is saved without a key. */
#include "tests/e2e/kit.h"
#include "tests/e2e/medium.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"

static bool may_mount;

static void expect_levels(struct kit *k, const char *levels)
{
    struct assessment *a = kit_read(k);
    for (int i = 0; levels[i]; i++) assert_int_equal(assessment_answer(a, i)->level, levels[i] - '0');
    assert_int_equal(assessment_answer(a, (int)strlen(levels))->state, ANSWER_OPEN);
    assessment_free(a);
}

static void answer_and_save(struct pty *p, const char *levels, int before)
{
    char count[32];
    pty_type(p, levels);
    snprintf(count, sizeof count, "%zu/32", strlen(levels) + (size_t)before);
    expect_text(p, count);
    expect_saved(p, 1);
}

/* Three answers were typed while the medium was bad: told, work goes on, the file is as it was. */
static void type_into_trouble(struct pty *p, const char *says)
{
    pty_type(p, "23");
    expect_text(p, "3/32");
    expect_text(p, says);
    expect_text(p, "S: save elsewhere");
    pty_type(p, "4");
    expect_text(p, "4/32");
    expect_text(p, says);
}

static void expect_caught_up(struct kit *k, struct pty *p, const char *said)
{
    expect_gone(p, said);
    expect_saved(p, 2);
    expect_levels(k, "1234");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    expect_levels(k, "1234");
}

/* Writes until nothing more goes in. */
static void fill(const char *path)
{
    static const char zeros[4096];
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    for (size_t n = sizeof zeros; n > 0; n /= 2)
        while (write(fd, zeros, n) == (ssize_t)n) continue;
    close(fd);
}

static void full_disk__is_told__and_room_is_enough_to_catch_up(void **state)
{
    static const char *const kinds[] = {"tmpfs", "ext4"};
    struct kit *k = *state;
    int tried = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct medium m;
        char filler[160];
        if (!may_mount || !medium_mount(&m, k, kinds[i], i == 0 ? 64 : 1024)) continue;
        snprintf(filler, sizeof filler, "%s/filler", m.dir);
        kit_make_file(k);
        struct pty *p = kit_open_first_section(k, NULL);
        answer_and_save(p, "1", 0);
        fill(filler);
        type_into_trouble(p, "disk is full");
        expect_levels(k, "1");
        unlink(filler);
        expect_caught_up(k, p, "disk is full");
        medium_pull(&m);
        medium_say("disk full", kinds[i][0] == 't' ? "a real tmpfs" : "a real ext4");
        tried++;
    }
    if (tried > 0) return;
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    answer_and_save(p, "1", 0);
    atomic_store(&k->disk->error[DISK_WRITE], ENOSPC);
    type_into_trouble(p, "disk is full");
    atomic_store(&k->disk->error[DISK_WRITE], 0);
    expect_caught_up(k, p, "disk is full");
    medium_say("disk full", "injected");
}

static void limit_on_file_size__is_told_and_kills_nobody(void **state)
{
    struct kit *k = *state;
    struct rlimit old, small = {.rlim_cur = 100};
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1", 0);
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_FSIZE, NULL, &old), 0);
    small.rlim_max = old.rlim_max;
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_FSIZE, &small, NULL), 0);
    type_into_trouble(p, "too big for this disk");
    expect_levels(k, "1");
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_FSIZE, &old, NULL), 0);
    expect_caught_up(k, p, "too big for this disk");
    medium_say("limit on the size of files", "a real one");
}

static void pulled_stick__is_told__and_what_its_mount_point_hid_gets_nothing(void **state)
{
    struct kit *k = *state;
    struct medium m;
    if (!may_mount || !medium_mount(&m, k, "ext4", 1024)) {
        medium_say("stick pulled", "skipped: no loop device to mount");
        return;
    }
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1", 0);
    medium_pull(&m);
    type_into_trouble(p, "the disk or its folder is gone");
    assert_true(access(k->file, F_OK) != 0);
    pty_drain(p, 1200); /* nor by the next attempt */
    assert_true(access(k->file, F_OK) != 0);
    assert_true(medium_again(&m)); /* put back in */
    expect_caught_up(k, p, "the disk or its folder is gone");
    medium_pull(&m);
    medium_say("stick pulled", "a real ext4, unmounted under the program");
}

static void folder__that_is_gone__is_told__and_its_return_is_enough(void **state)
{
    struct kit *k = *state;
    char dir[80], away[96];
    snprintf(dir, sizeof dir, "%s/f", k->dir);
    snprintf(away, sizeof away, "%s/away", k->dir);
    snprintf(k->file, sizeof k->file, "%s/plant.xml.gz", dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1", 0);
    assert_int_equal(rename(dir, away), 0);
    type_into_trouble(p, "the disk or its folder is gone");
    assert_int_equal(rename(away, dir), 0);
    expect_caught_up(k, p, "the disk or its folder is gone");
    medium_say("folder gone", "a real one");
}

/* The switch of the card is moved while we work. (A real mount cannot: the lock is open for writing.) */
static void write_protection__is_told__and_its_end_is_enough(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    answer_and_save(p, "1", 0);
    atomic_store(&k->disk->error[DISK_OPEN], EROFS);
    type_into_trouble(p, "write-protected");
    atomic_store(&k->disk->error[DISK_OPEN], 0);
    expect_caught_up(k, p, "write-protected");
    medium_say("write-protected in the middle", "injected");
}

static void write_protected_medium__can_be_looked_at(void **state)
{
    struct kit *k = *state;
    struct medium m;
    if (!may_mount || !medium_mount(&m, k, "tmpfs", 256)) {
        medium_say("write-protected from the start", "skipped: nothing can be mounted here");
        return;
    }
    kit_make_file(k);
    assert_true(medium_remount(&m, true));
    struct pty *p = kit_start(k, NULL, 0, 0);
    expect_text(p, "read-only");
    pty_keys(p, "F2 5");
    pty_drain(p, 50);
    expect_text(p, "0/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_true(medium_remount(&m, false));
    p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1", 0);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    expect_levels(k, "1");
    medium_pull(&m);
    medium_say("write-protected from the start", "a real tmpfs");
}

/* No permissions, no second names, times in steps of two seconds. */
static void fat__saves_keeps_generations_and_locks(void **state)
{
    struct kit *k = *state;
    struct medium m = {0};
    bool real = may_mount && medium_mount(&m, k, "vfat", 4096);
    kit_make_file(k);
    for (int i = 0; i < 3; i++) {
        struct pty *p = real ? kit_open_first_section(k, NULL) : kit_start_on_fat(k);
        char key[2] = {(char)('1' + i), '\0'};
        answer_and_save(p, key, i);
        const char *argv[] = {k->program, k->file, NULL};
        k->p2 = pty_start(&(struct pty_options){.argv = argv, .home = k->dir});
        expect_text(k->p2, "read-only");
        pty_free(k->p2);
        k->p2 = NULL;
        if (i == 1) /* a crash leaves its lock behind */
            pty_signal(p, SIGKILL);
        else
            pty_keys(p, "q");
        expect_that(p, pty_wait_exit(p, -1));
    }
    expect_levels(k, "123");
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "'%s' check '%s.gen1' && '%s' check '%s.gen2'", k->program, k->file, k->program, k->file), 0);
    buf_release(&out);
    medium_pull(&m);
    medium_say("FAT", real ? "a real vfat" : "injected: link and fchmod refused, times in steps of two seconds");
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    may_mount = medium_begin();
    const struct CMUnitTest tests[] = {
        KIT_TEST(full_disk__is_told__and_room_is_enough_to_catch_up),
        KIT_TEST(limit_on_file_size__is_told_and_kills_nobody),
        KIT_TEST(pulled_stick__is_told__and_what_its_mount_point_hid_gets_nothing),
        KIT_TEST(folder__that_is_gone__is_told__and_its_return_is_enough),
        KIT_TEST(write_protection__is_told__and_its_end_is_enough),
        KIT_TEST(write_protected_medium__can_be_looked_at),
        KIT_TEST(fat__saves_keeps_generations_and_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
