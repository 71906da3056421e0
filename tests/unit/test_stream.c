/* Output written while it is made: a file that is there whole or not at all, whatever fails. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/io/file.h"
#include "core/io/stream.h"
#include "tests/unit/world.h"

static void put(struct stream *s, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++)
        buf_addc(&s->room, (char)('a' + i % 26));
}

static void expect_size(const char *path, long size)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, size);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void stream__has_its_name_only_after_the_commit(void **state)
{
    struct world *w = *state;
    struct stream s;
    assert_int_equal(stream_begin(&s, w->path, false, NULL), ERR_OK);
    put(&s, 300000);
    assert_true(stream_flow(&s)); /* more than it keeps */
    put(&s, 10);
    assert_true(stream_flow(&s)); /* less */
    assert_false(file_exists(w->path));
    assert_int_equal(stream_commit(&s, NULL), ERR_OK);
    expect_size(w->path, 300010);
    assert_int_equal(n_leftovers(w), 0);
}

static void cancel__leaves_nothing__and_the_old_file(void **state)
{
    struct world *w = *state;
    struct stream s;
    assert_int_equal(file_write_new(w->path, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    put(&s, 10);
    stream_cancel(&s);
    expect_size(w->path, 3);
    assert_int_equal(n_leftovers(w), 0);
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    stream_begin_fd(&s, fds[1]);
    stream_cancel(&s);
    assert_int_equal(close(fds[1]), 0); /* the caller's stays open */
    close(fds[0]);
}

static void begin__asks_before_it_overwrites__and_never_goes_through_a_link(void **state)
{
    struct world *w = *state;
    struct stream s;
    struct diag diag = {0};
    assert_int_equal(file_write_new(w->path, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(stream_begin(&s, w->path, false, &diag), ERR_EXISTS);
    char *link = beside(w, ".link"), *none = beside(w, "/none");
    assert_int_equal(symlink(w->path, link), 0);
    assert_int_equal(stream_begin(&s, link, true, &diag), ERR_NOT_REGULAR);
    assert_int_equal(stream_begin(&s, none, false, &diag), ERR_WRITE);
    assert_int_equal(diag.sys, ENOTDIR);
    free(link);
    free(none);
}

/* What killed programs with our number left behind. */
static void begin__finds_a_name__beside_leftovers(void **state)
{
    struct world *w = *state;
    struct stream s;
    struct diag diag = {0};
    for (int n = 0; n < 100; n++) {
        char *left = xcalloc(1, 160);
        snprintf(left, 160, "%s.tmp%ld-%d", w->path, (long)getpid(), n);
        if (n == 99) {
            assert_int_equal(stream_begin(&s, w->path, false, NULL), ERR_OK);
            stream_cancel(&s);
        }
        assert_int_equal(file_write_new(left, "x", 1, false, NULL), ERR_OK);
        free(left);
    }
    assert_int_equal(stream_begin(&s, w->path, false, &diag), ERR_WRITE);
    assert_int_equal(diag.sys, EEXIST);
}

static void stream__fails_once_and_for_all__when_the_disk_is_full(void **state)
{
    (void)state;
    struct stream s;
    struct diag diag = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        skip();
    stream_begin_fd(&s, fd);
    put(&s, 300000);
    assert_false(stream_flow(&s));
    put(&s, 300000);
    assert_false(stream_flow(&s));
    assert_int_equal(stream_commit(&s, &diag), ERR_WRITE);
    assert_int_equal(diag.sys, ENOSPC);
    close(fd);
}

static void commit__leaves_the_old_file__when_writing_fails(void **state)
{
    struct world *w = *state;
    struct stream s;
    struct diag diag = {0};
    struct rlimit old, little;
    assert_int_equal(file_write_new(w->path, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    put(&s, 10000);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    little = (struct rlimit){.rlim_cur = 4096, .rlim_max = old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    enum err err = stream_commit(&s, &diag);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(err, ERR_WRITE);
    assert_int_equal(diag.sys, EFBIG);
    expect_size(w->path, 3);
    assert_int_equal(n_leftovers(w), 0);
}

static void commit__says_so__when_the_name_cannot_be_given(void **state)
{
    struct world *w = *state;
    struct stream s;
    struct diag diag = {0};
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    put(&s, 10);
    assert_int_equal(mkdir(w->path, 0700), 0);
    assert_int_equal(stream_commit(&s, &diag), ERR_NOT_REGULAR);
    assert_int_equal(n_leftovers(w), 0);
    assert_int_equal(rmdir(w->path), 0);
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    assert_int_equal(unlinkat(s.dir, s.temp, 0), 0);
    assert_int_equal(stream_commit(&s, &diag), ERR_WRITE);
    assert_string_equal(diag.where, "rename");
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    put(&s, 10);
    close(s.fd);
    assert_int_equal(stream_commit(&s, NULL), ERR_WRITE);
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    close(s.fd); /* nothing to write: it is the fsync that fails */
    assert_int_equal(stream_commit(&s, &diag), ERR_WRITE);
    assert_string_equal(diag.where, "fsync");
    assert_false(file_exists(w->path));
}

/* What is there at the end counts, not what was there at the beginning. */
static void commit__replaces_nothing_that_came_meanwhile(void **state)
{
    struct world *w = *state;
    struct stream s;
    assert_int_equal(stream_begin(&s, w->path, false, NULL), ERR_OK);
    put(&s, 10);
    assert_int_equal(file_write_new(w->path, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(stream_commit(&s, NULL), ERR_EXISTS);
    expect_size(w->path, 3);
    assert_int_equal(n_leftovers(w), 0);
}

/* Somebody who may write into the folder above puts a link in the place of ours, in the middle. */
static void commit__stays_in_its_folder__when_a_link_takes_its_name(void **state)
{
    struct world *w = *state;
    struct stream s;
    char *ours = beside(w, ".out"), *moved = beside(w, ".moved"), *theirs = beside(w, ".theirs");
    char *path = path_join(ours, "a.csv"), *there = path_join(moved, "a.csv"), *victim = path_join(theirs, "a.csv");
    assert_int_equal(mkdir(ours, 0700), 0);
    assert_int_equal(mkdir(theirs, 0700), 0);
    assert_int_equal(file_write_new(victim, "old", 3, false, NULL), ERR_OK);
    for (int force = 0; force < 2; force++) {
        assert_int_equal(stream_begin(&s, path, force, NULL), ERR_OK);
        put(&s, 10);
        assert_int_equal(rename(ours, moved), 0);
        assert_int_equal(symlink(theirs, ours), 0);
        assert_int_equal(stream_commit(&s, NULL), ERR_OK);
        expect_size(there, 10);
        expect_size(victim, 3);
        assert_int_equal(unlink(ours), 0);
        assert_int_equal(unlink(there), 0);
        assert_int_equal(rename(moved, ours), 0);
    }
    free(ours), free(moved), free(theirs), free(path), free(there), free(victim);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(stream__has_its_name_only_after_the_commit),
        IN_FOLDER(cancel__leaves_nothing__and_the_old_file),
        IN_FOLDER(begin__asks_before_it_overwrites__and_never_goes_through_a_link),
        IN_FOLDER(begin__finds_a_name__beside_leftovers),
        IN_FOLDER(stream__fails_once_and_for_all__when_the_disk_is_full),
        IN_FOLDER(commit__leaves_the_old_file__when_writing_fails),
        IN_FOLDER(commit__says_so__when_the_name_cannot_be_given),
        IN_FOLDER(commit__replaces_nothing_that_came_meanwhile),
        IN_FOLDER(commit__stays_in_its_folder__when_a_link_takes_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
