/* What is called saved is saved, whatever happens: killed, told to die, the terminal gone, a slow disk, a failing disk. */
#include "tests/e2e/kit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/buf.h"

enum { PAINT_MS = 250 }; /* half of the delay of the slow disk: a key that waited for it would be later */

static void expect_levels(struct kit *k, const char *levels)
{
    struct assessment *a = kit_read(k);
    for (int i = 0; levels[i]; i++) assert_int_equal(assessment_answer(a, i)->level, levels[i] - '0');
    assert_int_equal(assessment_answer(a, (int)strlen(levels))->state, ANSWER_OPEN);
    assessment_free(a);
}

/* Types the levels and waits until the screen calls the last of them saved. */
static void answer_and_save(struct pty *p, const char *levels)
{
    char count[32];
    pty_type(p, levels);
    snprintf(count, sizeof count, "%zu/32", strlen(levels));
    expect_text(p, count);
    expect_saved(p, 1); /* #N is shown only while nothing is on its way */
}

static void kill_9__loses_no_answer_that_was_called_saved__and_the_file_opens_again(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "43215");
    long saved = kit_saved(p);
    pty_signal(p, SIGKILL);
    expect_that(p, pty_wait_exit(p, -1));
    expect_levels(k, "43215");
    p = kit_start(k, NULL, 0, 0);
    expect_text(p, "5/32");
    expect_saved(p, saved);
    expect_text(p, " 2-1 "); /* it goes on where it was left */
    pty_keys(p, "2");
    expect_text(p, "6/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void signals__save_and_give_the_terminal_back(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        unlink(k->file);
        kit_make_file(k);
        struct pty *p = kit_open_first_section(k, NULL);
        pty_type(p, "432");
        pty_keys(p, "n");
        pty_type(p, "half a word");
        expect_text(p, "half a word");
        pty_signal(p, signals[i]);
        expect_that(p, pty_wait_exit(p, -1));
        assert_false(pty_altscreen(p));
        assert_true(pty_modes_restored(p));
        assert_int_equal(pty_processes_left(p), 0);
        struct assessment *a = kit_read(k);
        assert_int_equal(assessment_answer(a, 2)->level, 2);
        assert_string_equal(assessment_answer(a, 3)->note, "half a word");
        assessment_free(a);
    }
}

static void hangup__saves__when_the_terminal_is_gone(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_type(p, "432");
    pty_keys(p, "n");
    pty_type(p, "half a word");
    expect_text(p, "half a word");
    pty_hangup(p);
    expect_that(p, pty_wait_exit(p, -1));
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 2)->level, 2);
    assert_string_equal(assessment_answer(a, 3)->note, "half a word");
    assessment_free(a);
}

static void q__ends_at_once_and_everything_is_saved(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_type(p, "432q"); /* without looking */
    expect_clean_exit(p, 0);
    expect_levels(k, "432");
}

static void second_program__only_reads__and_says_who_holds_the_file(void **state)
{
    struct kit *k = *state;
    char pid[32];
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "12");
    snprintf(pid, sizeof pid, "%ld", (long)pty_pid(p));
    const char *argv[] = {k->program, k->file, NULL};
    k->p2 = pty_start(&(struct pty_options){.argv = argv, .home = k->dir});
    expect_text(k->p2, pid);
    pty_keys(k->p2, "F2");
    expect_text(k->p2, " 1-1 ");
    pty_keys(k->p2, "5 5");
    expect_text(k->p2, "2/32");
    pty_keys(k->p2, "q");
    expect_clean_exit(k->p2, 0);
    expect_levels(k, "12");
    pty_keys(p, "3");
    expect_text(p, "3/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    expect_levels(k, "123");
}

/* The writer is held in its fsync for as long as the test wants: whatever paints did not wait for the disk. */
static void keys__paint_while_the_disk_hangs__and_nothing_is_called_saved(void **state)
{
    struct kit *k = *state;
    char count[16];
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    pty_drain(p, 100);
    long before = kit_saved(p);
    atomic_store(&k->disk->hold[DISK_FSYNC], 1);
    for (int i = 0; i < 12; i++) {
        pty_keys(p, "3");
        snprintf(count, sizeof count, "%d/32", i + 1);
        expect_text(p, count);
    }
    pty_keys(p, "n");
    pty_type(p, "ことば");
    expect_text(p, "ことば");
    pty_keys(p, "Esc Tab");
    expect_text(p, " 3-1 ");
    assert_true(atomic_load(&k->disk->held) > 0);
    assert_true(kit_saved(p) <= before);
    atomic_store(&k->disk->hold[DISK_FSYNC], 0);
    expect_that(p, kit_wait_saved(p, before + 2, -1));
    pty_keys(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    expect_levels(k, "333333333333");
}

static int compare_ns(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

static void keys__paint_at_once__when_every_fsync_takes_half_a_second(void **state)
{
    struct kit *k = *state;
    long long took[20];
    char count[16];
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    atomic_store(&k->disk->delay_ms[DISK_FSYNC], 500);
    for (int i = 0; i < 20; i++) {
        snprintf(count, sizeof count, "%d/32", i + 1);
        long long start = pty_now_ns();
        pty_keys(p, "2");
        expect_text(p, count);
        took[i] = pty_now_ns() - start;
    }
    qsort(took, 20, sizeof took[0], compare_ns);
    assert_true(took[10] < PAINT_MS * 1000000LL);
    atomic_store(&k->disk->delay_ms[DISK_FSYNC], 0);
    pty_keys(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    expect_levels(k, "22222222222222222222");
}

/* How each failure is said (English). */
static const struct failure {
    enum disk_call call;
    int error;
    const char *says;
} failures[] = {
    {DISK_WRITE, ENOSPC, "disk is full"},
    {DISK_FSYNC, EIO, "reports a fault"},
    {DISK_OPEN, EROFS, "write-protected"},
    {DISK_CLOSE, EDQUOT, "share of the disk is full"},
    {DISK_RENAME, EIO, "reports a fault"},
};

static void failing_disk__is_shown__and_caught_up_with_when_it_works_again(void **state)
{
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        const struct failure *f = &failures[i];
        unlink(k->file);
        kit_make_file(k);
        struct pty *p = kit_start_on_bad_disk(k, NULL);
        answer_and_save(p, "1");
        long before = kit_saved(p);
        atomic_store(&k->disk->error[f->call], f->error);
        pty_type(p, "23");
        expect_text(p, "3/32");
        expect_text(p, f->says);
        expect_text(p, "S: save elsewhere");
        assert_true(kit_saved(p) <= before);
        pty_type(p, "4"); /* work goes on */
        expect_text(p, "4/32");
        expect_text(p, f->says);
        expect_levels(k, "1"); /* the old file is whole */
        atomic_store(&k->disk->error[f->call], 0);
        expect_that(p, kit_wait_saved(p, before + 1, -1)); /* without a key */
        expect_gone(p, f->says);
        expect_levels(k, "1234");
        pty_keys(p, "q");
        expect_clean_exit(p, 0);
    }
}

/* One command on a disk where that call fails. */
static void command_on_bad_disk(struct kit *k, enum disk_call call, int error, int level, int old_level)
{
    struct buf out = {0};
    /* What only an older generation or the permissions need is no reason not to save. */
    bool harmless = call == DISK_LINK || call == DISK_UNLINK || call == DISK_FCHMOD || (call == DISK_CLOSE && error == EINTR);
    atomic_store(&k->disk->error[call], error);
    int status = kit_run(k, &out, "env %s %s ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 '%s' set plant.xml.gz 1-1=%d",
                         k->disk_env[0], k->disk_env[1], k->program, level);
    atomic_store(&k->disk->error[call], 0);
    if (status != (harmless ? 0 : 3)) fail_msg("call %d, errno %d: status %d, %s", (int)call, error, status, buf_str(&out));
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->level, harmless ? level : old_level);
    assessment_free(a);
    if (!harmless) {
        assert_int_equal(strncmp(buf_str(&out), "monshin: plant.xml.gz: ", 23), 0);
        assert_ptr_equal(strchr(buf_str(&out), '\n'), buf_str(&out) + out.len - 1);
    }
    buf_release(&out);
}

/* Every call, every reason, without a screen: one line and status 3, and the file as it was. */
static void failing_disk__makes_a_command_fail__with_one_line_and_the_file_as_it_was(void **state)
{
    static const int errors[] = {EIO, ENOSPC, EDQUOT, EROFS, EINTR};
    struct kit *k = *state;
    kit_make_disk(k);
    kit_make_file(k);
    for (int call = 0; call < DISK_CALL_COUNT; call++)
        for (size_t e = 0; e < sizeof errors / sizeof errors[0]; e++) {
            struct assessment *a = kit_read(k);
            int old = assessment_answer(a, 0)->level;
            assessment_free(a);
            command_on_bad_disk(k, (enum disk_call)call, errors[e], old % 5 + 1, old);
        }
}

static void failing_disk__lets_the_work_be_saved_elsewhere(void **state)
{
    struct kit *k = *state;
    char dir[] = "/tmp/monshin-elsewhere-XXXXXX", path[64];
    struct assessment *a = NULL;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/rescued.xml.gz", dir);
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    answer_and_save(p, "1");
    atomic_store(&k->disk->error[DISK_WRITE], ENOSPC);
    pty_type(p, "23");
    expect_text(p, "full");
    pty_keys(p, "S");
    for (size_t i = 0; i < strlen(k->file); i++) pty_keys(p, "Backspace"); /* it offers the present path */
    pty_type(p, path);
    pty_keys(p, "Enter");
    expect_gone(p, "full");
    pty_type(p, "4");
    expect_text(p, "4/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    bool opened = kit_try_read(k, path, &a);
    kit_run(k, &(struct buf){0}, "rm -rf %s", dir);
    assert_true(opened);
    for (int i = 0; i < 4; i++) assert_int_equal(assessment_answer(a, i)->level, i + 1);
    assessment_free(a);
}

static void closing__tells_what_could_not_be_saved__when_the_disk_fails_to_the_end(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_start_on_bad_disk(k, NULL);
    answer_and_save(p, "1");
    atomic_store(&k->disk->error[DISK_WRITE], EIO);
    pty_type(p, "2");
    expect_text(p, "2/32");
    pty_drain(p, 200);
    pty_keys(p, "q"); /* must not leave in silence: either it stays and says why, or it ends with a message and status 3 */
    if (pty_wait_exit(p, 8000)) {
        int code = 0;
        pty_exited(p, &code);
        assert_int_equal(code, 3);
        expect_text(p, "plant.xml.gz");
    } else {
        expect_that(p, pty_has(p, "not saved") || pty_has(p, "cannot"));
    }
    expect_levels(k, "1");
}

/* Bytes of address space; 0: not to be had. */
static rlim_t size_of(pid_t pid)
{
    char path[64];
    unsigned long pages = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    FILE *f = fopen(path, "r");
    if (f != NULL && fscanf(f, "%lu", &pages) != 1) pages = 0;
    if (f != NULL) fclose(f);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Memory for real: so much beyond what the program has, and no more. It leaves in good order, with everything in the file that was on the
 * screen. How many notes it took. */
static int write_until_memory_ends(struct kit *k, rlim_t spare)
{
    enum { NOTE = 7000, FIRST = 5 };
    char note[NOTE + 1];
    memset(note, 'x', NOTE);
    note[NOTE] = '\0';
    unlink(k->file);
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1");
    pty_keys(p, "F3");
    expect_text(p, " 2-1 ");
    struct rlimit limit = {.rlim_cur = size_of(pty_pid(p)) + spare, .rlim_max = RLIM_INFINITY};
    if (limit.rlim_cur == spare || limit.rlim_cur > (rlim_t)1 << 40) return -1;
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_AS, &limit, NULL), 0);
    int written = 0, code = 0;
    for (; written < 13 && !pty_exited(p, NULL); written++) {
        pty_keys(p, "n");
        pty_paste(p, note);
        pty_keys(p, "Esc j");
        pty_drain(p, 30);
    }
    bool enough = !pty_wait_exit(p, 300);
    if (enough) pty_keys(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    pty_exited(p, &code);
    assert_int_equal(code, enough ? 0 : 3);
    if (!enough) expect_text(p, "out of memory; what was answered is saved");
    assert_false(pty_altscreen(p));
    assert_true(pty_modes_restored(p));
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->level, 1);
    for (int i = 0; i < written - 2; i++) assert_int_equal(strlen(assessment_answer(a, FIRST + i)->note), NOTE);
    assessment_free(a);
    return enough ? 13 : written;
}

static void out_of_memory__saves_and_ends_with_a_message(void **state)
{
    for (rlim_t spare = 0; spare <= 600 * 1024; spare += 200 * 1024) {
        int n = write_until_memory_ends(*state, spare);
        if (n < 0) skip(); /* a sanitizer's shadow is larger than any limit */
        assert_true(spare > 0 || n < 13);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(kill_9__loses_no_answer_that_was_called_saved__and_the_file_opens_again),
        KIT_TEST(signals__save_and_give_the_terminal_back),
        KIT_TEST(hangup__saves__when_the_terminal_is_gone),
        KIT_TEST(q__ends_at_once_and_everything_is_saved),
        KIT_TEST(second_program__only_reads__and_says_who_holds_the_file),
        KIT_TEST(keys__paint_while_the_disk_hangs__and_nothing_is_called_saved),
        KIT_TEST(keys__paint_at_once__when_every_fsync_takes_half_a_second),
        KIT_TEST(failing_disk__is_shown__and_caught_up_with_when_it_works_again),
        KIT_TEST(failing_disk__makes_a_command_fail__with_one_line_and_the_file_as_it_was),
        KIT_TEST(failing_disk__lets_the_work_be_saved_elsewhere),
        KIT_TEST(out_of_memory__saves_and_ends_with_a_message),
        KIT_TEST(closing__tells_what_could_not_be_saved__when_the_disk_fails_to_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
