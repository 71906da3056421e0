/* Two programs and one file: who comes second only reads, is told when the file changes under it and when it is let go, and reads it again with a
 * key; a lock that a crash left behind keeps nobody out, on a disk with locks and on one without. */
#include "tests/e2e/kit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"

static struct pty *start_second(struct kit *k, const char *const *env)
{
    const char *argv[] = {k->program, k->file, NULL};
    pty_free(k->p2);
    k->p2 = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir});
    return k->p2;
}

static void answer_and_save(struct pty *p, const char *levels, const char *count)
{
    pty_type(p, levels);
    expect_text(p, count);
    expect_saved(p, 1);
}

static void reader__is_told_that_the_file_changed__and_reads_it_again_with_a_key(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "12", "2/32");
    struct pty *reader = start_second(k, NULL);
    expect_text(reader, "open elsewhere");
    expect_text(reader, "2/32");
    pty_keys(reader, "F4 j"); /* Technology, its second item */
    expect_text(reader, "▶3-2");
    pty_type(p, "34");
    expect_text(p, "4/32");
    expect_text(reader, "Ctrl-O: read again (the file has changed on the disk)");
    expect_text(reader, "2/32"); /* not before it is asked */
    pty_keys(reader, "Ctrl-O");
    expect_text(reader, "4/32");
    expect_text(reader, "▶3-2");
    expect_gone(reader, "has changed");
    expect_text(reader, "read-only");
    pty_type(p, "5"); /* and again */
    expect_text(reader, "has changed");
    pty_keys(reader, "L");
    expect_text(reader, "Ctrl-O: 読み直す（ファイルが更新されました）");
    pty_keys(reader, "Ctrl-O");
    expect_text(reader, "5/32");
    pty_keys(reader, "q");
    expect_clean_exit(reader, 0);
}

static void reader__goes_on_with_the_work__when_the_other_has_gone(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "12", "2/32");
    struct pty *reader = start_second(k, NULL);
    expect_text(reader, "open elsewhere");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    expect_text(reader, "Ctrl-O: open for work (it is no longer open elsewhere)");
    pty_keys(reader, "Ctrl-O F2");
    expect_gone(reader, "read-only");
    pty_keys(reader, "G 5");
    expect_text(reader, "3/32");
    expect_saved(reader, 2);
    pty_keys(reader, "q");
    expect_clean_exit(reader, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 4)->level, 5);
    assessment_free(a);
}

/* Who only wants to look keeps nobody from working, and is told too. */
static void looking_only__locks_nobody_out__and_sees_what_changes(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    const char *argv[] = {k->program, "--read-only", k->file, NULL};
    k->p2 = pty_start(&(struct pty_options){.argv = argv, .home = k->dir});
    expect_text(k->p2, "read-only");
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "1", "1/32");
    expect_text(k->p2, "has changed");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    pty_keys(k->p2, "Ctrl-O");
    expect_text(k->p2, "1/32");
    expect_text(k->p2, "read-only"); /* though it is free */
    pty_keys(k->p2, "q");
    expect_clean_exit(k->p2, 0);
}

static void damaged_file__does_not_take_away_what_is_shown(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_and_save(p, "12", "2/32");
    struct pty *reader = start_second(k, NULL);
    expect_text(reader, "open elsewhere");
    assert_int_equal(file_write_new(k->file, "no gzip", 7, true, NULL), ERR_OK);
    expect_text(reader, "has changed");
    pty_keys(reader, "Ctrl-O");
    expect_text(reader, "not well-formed");
    expect_text(reader, "2/32");
    pty_type(p, "3"); /* the writer puts its own in place, and keeps the other as a generation */
    expect_text(p, "3/32");
    expect_saved(p, 3);
    struct buf kept = {0};
    char gen1[128];
    snprintf(gen1, sizeof gen1, "%s.gen1", k->file);
    assert_int_equal(file_read(&kept, gen1, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&kept), "no gzip");
    buf_release(&kept);
    pty_keys(reader, "Ctrl-O");
    expect_text(reader, "3/32");
}

static void expect_work(struct kit *k, const char *const *env)
{
    struct pty *p = kit_start(k, env, 0, 0);
    expect_text(p, "saved #");
    expect_that(p, !pty_has(p, "read-only"));
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void put_lock(struct kit *k, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s.lock", k->file);
    assert_int_equal(file_write_new(path, text, strlen(text), true, NULL), ERR_OK);
}

/* On a disk without locks the name is the lock: a living holder keeps others out, a dead one does not, one of another run of the machine does
 * not although its number may be somebody's again, one on another machine does. */
static void lock_without_locks__is_a_leftover__when_its_holder_cannot_live(void **state)
{
    struct kit *k = *state;
    char host[64], text[256];
    kit_make_file(k);
    kit_make_disk(k);
    atomic_store(&k->disk->no_locks, 1);
    const char *env[] = {k->disk_env[0], k->disk_env[1], "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0", NULL};
    struct pty *p = kit_open_first_section(k, env);
    answer_and_save(p, "1", "1/32");
    struct pty *reader = start_second(k, env);
    expect_text(reader, "open elsewhere");
    pty_signal(p, SIGKILL);
    expect_that(p, pty_wait_exit(p, -1));
    expect_text(reader, "no longer open elsewhere");
    pty_keys(reader, "Ctrl-O");
    expect_gone(reader, "read-only");
    pty_keys(reader, "q");
    expect_clean_exit(reader, 0);

    assert_int_equal(gethostname(host, sizeof host), 0);
    snprintf(text, sizeof text, "me@%s, pid %ld, since 2026-01-01 00:00\nboot 00000000-0000-0000-0000-000000000000\n", host, (long)getpid());
    put_lock(k, text);
    expect_work(k, env);
    snprintf(text, sizeof text, "me@%s, pid %ld, since 2026-01-01 00:00\n", host, (long)getpid());
    put_lock(k, text);
    p = kit_start(k, env, 0, 0);
    expect_text(p, "open elsewhere");
    put_lock(k, "kato@line-3-pc, pid 77, since 2026-01-01 00:00\nboot 00000000-0000-0000-0000-000000000000\n");
    p = kit_start(k, env, 0, 0);
    expect_text(p, "kato@line-3-pc");
}

/* With locks the text decides nothing. */
static void lock_of_a_dead_program__keeps_nobody_out__where_there_are_locks(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    put_lock(k, "kato@line-3-pc, pid 77, since 2026-01-01 00:00\n");
    expect_work(k, NULL);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(reader__is_told_that_the_file_changed__and_reads_it_again_with_a_key),
        KIT_TEST(reader__goes_on_with_the_work__when_the_other_has_gone),
        KIT_TEST(looking_only__locks_nobody_out__and_sees_what_changes),
        KIT_TEST(damaged_file__does_not_take_away_what_is_shown),
        KIT_TEST(lock_without_locks__is_a_leftover__when_its_holder_cannot_live),
        KIT_TEST(lock_of_a_dead_program__keeps_nobody_out__where_there_are_locks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
