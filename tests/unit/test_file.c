/* core/io/file: bounded reading, and replacing that never harms the old file, whichever system call
 * fails. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"

struct place {
    char dir[64];
    char file[128];
};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    strcpy(p->dir, "/tmp/monshin-test-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->file, sizeof p->file, "%s/a.xml.gz", p->dir);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", p->dir);
    int rc = system(cmd);
    free(p);
    return rc;
}

static void expect_content(const char *path, const char *want)
{
    struct buf b = {0};
    assert_int_equal(file_read(&b, path, 1000, NULL), ERR_OK);
    assert_string_equal(buf_str(&b), want);
    buf_release(&b);
}

static int n_entries(const char *dir)
{
    char cmd[128];
    snprintf(cmd, sizeof cmd, "ls -A '%s' | wc -l", dir);
    FILE *f = popen(cmd, "r");
    int n = -1;
    assert_int_equal(fscanf(f, "%d", &n), 1);
    pclose(f);
    return n;
}

static void read__says_why_not__and_never_waits(void **state)
{
    struct place *p = *state;
    struct buf b = {0};
    struct diag d = {0};
    assert_int_equal(file_read(&b, p->file, 10, &d), ERR_NOT_FOUND);
    assert_int_equal(d.sys, ENOENT);
    assert_int_equal(file_read(&b, p->dir, 10, &d), ERR_NOT_REGULAR);
    assert_int_equal(mkfifo(p->file, 0600), 0);
    assert_int_equal(file_read(&b, p->file, 10, &d), ERR_NOT_REGULAR);
    assert_int_equal(file_read(&b, "/dev/zero", 10, &d), ERR_NOT_REGULAR);
    char under[200];
    snprintf(under, sizeof under, "%s/x", p->file);
    assert_int_equal(file_read(&b, under, 10, &d), ERR_NOT_FOUND);
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

static void read__appends_up_to_the_limit__and_refuses_one_more(void **state)
{
    struct place *p = *state;
    assert_int_equal(file_replace(p->file, "0123456789", 10, NULL, NULL), ERR_OK);
    struct buf b = {0};
    struct diag d = {0};
    buf_adds(&b, "x");
    assert_int_equal(file_read(&b, p->file, 9, &d), ERR_TOO_BIG);
    assert_int_equal(d.number, 9);
    assert_string_equal(buf_str(&b), "x");
    assert_int_equal(file_read(&b, p->file, 10, NULL), ERR_OK);
    assert_string_equal(buf_str(&b), "x0123456789");
    /* a file whose size stat does not know */
    assert_int_equal(file_read(&b, "/proc/self/status", 5, &d), ERR_TOO_BIG);
    assert_int_equal(b.len, 11);
    buf_release(&b);
}

static void replace__makes_a_private_file__and_keeps_the_mode_of_an_old_one(void **state)
{
    struct place *p = *state;
    struct stat st;
    assert_int_equal(file_replace(p->file, "one", 3, NULL, NULL), ERR_OK);
    assert_int_equal(stat(p->file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(chmod(p->file, 0664), 0);
    assert_int_equal(file_replace(p->file, "two", 3, NULL, NULL), ERR_OK);
    assert_int_equal(stat(p->file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0664);
    expect_content(p->file, "two");
    assert_int_equal(n_entries(p->dir), 1);
}

static void replace__follows_links__and_refuses_circles_and_folders(void **state)
{
    struct place *p = *state;
    char link1[128], sub[128], real[160];
    struct stat st;
    struct diag d = {0};
    snprintf(link1, sizeof link1, "%s/link", p->dir);
    snprintf(sub, sizeof sub, "%s/sub", p->dir);
    snprintf(real, sizeof real, "%s/real", sub);
    assert_int_equal(mkdir(sub, 0700), 0);
    assert_int_equal(symlink("sub/real", link1), 0); /* dangling at first */
    for (int i = 0; i < 2; i++) {
        assert_int_equal(file_replace(link1, "via", 3, NULL, NULL), ERR_OK);
        assert_int_equal(lstat(link1, &st), 0);
        assert_true(S_ISLNK(st.st_mode));
        expect_content(real, "via");
    }
    assert_int_equal(symlink("a.xml.gz", p->file), 0);
    assert_int_equal(file_replace(p->file, "x", 1, NULL, &d), ERR_WRITE);
    assert_int_equal(d.sys, ELOOP);
    assert_int_equal(file_replace(sub, "x", 1, NULL, &d), ERR_WRITE);
    snprintf(real, sizeof real, "%s/none/x", p->dir);
    assert_int_equal(file_replace(real, "x", 1, NULL, &d), ERR_WRITE);
    assert_int_equal(d.sys, ENOENT);
}

static void replace__works_with_long_japanese_names__cut_at_a_character(void **state)
{
    struct place *p = *state;
    char path[400];
    int n = snprintf(path, sizeof path, "%s/", p->dir);
    for (int i = 0; i < 85; i++)
        n += snprintf(path + n, sizeof path - (size_t)n, "工");
    assert_int_equal(file_replace(path, "long", 4, NULL, NULL), ERR_OK);
    expect_content(path, "long");
}

/* A disk that fails at the n-th call of one kind, and whose writes are short and interrupted. */
enum call { OPEN, WRITE, FSYNC, CLOSE, RENAME, FCHMOD, CALLS };
struct bad_disk {
    enum call fails;
    int countdown;
    int sys;
    int calls[CALLS];
};

static int fails(void *cookie, enum call call)
{
    struct bad_disk *b = cookie;
    b->calls[call]++;
    if (b->fails != call || b->countdown == 0 || --b->countdown > 0)
        return 0;
    errno = b->sys;
    return 1;
}

static int bad_open(void *cookie, int dir, const char *path, int flags, unsigned mode)
{
    return fails(cookie, OPEN) ? -1 : openat(dir, path, flags, mode);
}

static long bad_write(void *cookie, int fd, const void *bytes, size_t n)
{
    struct bad_disk *b = cookie;
    if (fails(cookie, WRITE))
        return -1;
    if (b->calls[WRITE] % 2 == 1) {
        errno = EINTR;
        return -1;
    }
    return (long)write(fd, bytes, n > 2 ? 2 : n);
}

static int bad_fsync(void *cookie, int fd)
{
    return fails(cookie, FSYNC) ? -1 : fsync(fd);
}

static int bad_close(void *cookie, int fd)
{
    int rc = close(fd);
    return fails(cookie, CLOSE) ? -1 : rc;
}

static int bad_rename(void *cookie, int dir, const char *from, const char *to)
{
    return fails(cookie, RENAME) ? -1 : renameat(dir, from, dir, to);
}

static int bad_fchmod(void *cookie, int fd, unsigned mode)
{
    return fails(cookie, FCHMOD) ? -1 : fchmod(fd, (mode_t)mode);
}

static struct file_ops ops_of(struct bad_disk *b)
{
    struct file_ops ops = *file_ops_real();
    ops.open = bad_open;
    ops.write = bad_write;
    ops.fsync = bad_fsync;
    ops.close = bad_close;
    ops.rename = bad_rename;
    ops.fchmod = bad_fchmod;
    ops.cookie = b;
    return ops;
}

static void write_new__is_for_nobody_else__whoever_might_read_the_old_one(void **state)
{
    struct place *p = *state;
    struct stat st;
    assert_int_equal(file_replace(p->file, "old", 3, NULL, NULL), ERR_OK);
    assert_int_equal(chmod(p->file, 06664), 0);
    assert_int_equal(file_write_new(p->file, "new", 3, true, NULL), ERR_OK);
    assert_int_equal(stat(p->file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    expect_content(p->file, "new");
}

static void replace__keeps_the_old_file_and_leaves_no_trace__whichever_call_fails(void **state)
{
    struct place *p = *state;
    static const struct {
        enum call call;
        int nth, sys;
    } cases[] = {{OPEN, 1, EROFS}, {WRITE, 1, ENOSPC}, {WRITE, 4, EIO},
                 {FSYNC, 1, EIO},  {CLOSE, 1, EDQUOT}, {RENAME, 1, EACCES}};
    assert_int_equal(file_replace(p->file, "old", 3, NULL, NULL), ERR_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bad_disk disk = {
            .fails = cases[i].call, .countdown = cases[i].nth, .sys = cases[i].sys};
        struct file_ops ops = ops_of(&disk);
        struct diag d = {0};
        assert_int_equal(file_replace(p->file, "brand new", 9, &ops, &d), ERR_WRITE);
        assert_int_equal(d.sys, cases[i].sys);
        expect_content(p->file, "old");
        assert_int_equal(n_entries(p->dir), 1);
    }
}

static void replace__reports_a_folder_that_did_not_reach_the_disk(void **state)
{
    struct place *p = *state;
    struct bad_disk disk = {.fails = FSYNC, .countdown = 2, .sys = EIO};
    struct file_ops ops = ops_of(&disk);
    assert_int_equal(file_replace(p->file, "new", 3, &ops, NULL), ERR_WRITE);
    disk = (struct bad_disk){
        .fails = FSYNC, .countdown = 2, .sys = EINVAL}; /* a file system that cannot */
    assert_int_equal(file_replace(p->file, "new", 3, &ops, NULL), ERR_OK);
}

static void replace__survives__short_writes_interruptions_and_no_permissions(void **state)
{
    struct place *p = *state;
    assert_int_equal(file_replace(p->file, "old", 3, NULL, NULL), ERR_OK);
    struct bad_disk disk = {.fails = FCHMOD, .countdown = 1, .sys = EPERM};
    struct file_ops ops = ops_of(&disk);
    assert_int_equal(file_replace(p->file, "brand new", 9, &ops, NULL), ERR_OK);
    assert_int_equal(disk.calls[WRITE], 10);
    assert_int_equal(disk.calls[FSYNC], 2); /* the file, then its folder */
    expect_content(p->file, "brand new");
    disk = (struct bad_disk){.fails = FSYNC, .countdown = 1, .sys = EINTR};
    assert_int_equal(file_replace(p->file, "again", 5, &ops, NULL), ERR_OK);
    expect_content(p->file, "again");
}

static long takes_nothing(void *cookie, int fd, const void *bytes, size_t n)
{
    (void)cookie, (void)fd, (void)bytes, (void)n;
    return 0;
}

static void replace__fails__when_the_disk_takes_nothing_and_says_nothing(void **state)
{
    struct place *p = *state;
    struct file_ops ops = *file_ops_real();
    struct diag d = {0};
    ops.write = takes_nothing;
    assert_int_equal(file_replace(p->file, "old", 3, NULL, NULL), ERR_OK);
    assert_int_equal(file_replace(p->file, "new", 3, &ops, &d), ERR_WRITE);
    assert_int_equal(d.sys, EIO);
    expect_content(p->file, "old");
    struct bad_disk disk = {.fails = FSYNC, .countdown = 2, .sys = ENOTSUP};
    ops = ops_of(&disk);
    assert_int_equal(file_replace(p->file, "new", 3, &ops, NULL), ERR_OK); /* a folder that cannot be synced */
    disk = (struct bad_disk){.fails = OPEN, .countdown = 2, .sys = EMFILE};
    ops = ops_of(&disk);
    assert_int_equal(file_replace(p->file, "new", 3, &ops, &d), ERR_WRITE); /* nor opened */
    assert_int_equal(d.sys, EMFILE);
}

/* In the middle of a write the folder is renamed, and a link to another one takes its name. */
struct swap {
    char ours[96], moved[96], theirs[96];
    bool done;
};

static int swapping_fsync(void *cookie, int fd)
{
    struct swap *s = cookie;
    if (!s->done) {
        assert_int_equal(rename(s->ours, s->moved), 0);
        assert_int_equal(symlink(s->theirs, s->ours), 0);
    }
    s->done = true;
    return fsync(fd);
}

static void replace__stays_in_its_folder__when_a_link_takes_its_name(void **state)
{
    struct place *p = *state;
    struct swap s = {0};
    char path[128], victim[128], there[128];
    struct file_ops ops = *file_ops_real();
    snprintf(s.ours, sizeof s.ours, "%s/ours", p->dir);
    snprintf(s.moved, sizeof s.moved, "%s/moved", p->dir);
    snprintf(s.theirs, sizeof s.theirs, "%s/theirs", p->dir);
    snprintf(path, sizeof path, "%s/a", s.ours);
    snprintf(there, sizeof there, "%s/a", s.moved);
    snprintf(victim, sizeof victim, "%s/a", s.theirs);
    assert_int_equal(mkdir(s.ours, 0700), 0);
    assert_int_equal(mkdir(s.theirs, 0700), 0);
    assert_int_equal(file_replace(path, "one", 3, NULL, NULL), ERR_OK);
    assert_int_equal(file_replace(victim, "old", 3, NULL, NULL), ERR_OK);
    ops.fsync = swapping_fsync;
    ops.cookie = &s;
    assert_int_equal(file_replace(path, "two", 3, &ops, NULL), ERR_OK);
    expect_content(there, "two");
    expect_content(victim, "old");
    assert_int_equal(n_entries(s.theirs), 1);
}

static void read__tells_no_file_from_no_way_to_it(void **state)
{
    struct place *p = *state;
    struct buf b = {0};
    struct diag d = {0};
    char path[200];
    assert_int_equal(file_replace(p->file, "four", 4, NULL, NULL), ERR_OK);
    snprintf(path, sizeof path, "%s/below", p->file);
    assert_int_equal(file_read(&b, path, 10, &d), ERR_NOT_FOUND);
    snprintf(path, sizeof path, "%s/circle", p->dir);
    assert_int_equal(symlink("circle", path), 0);
    assert_int_equal(file_read(&b, path, 10, &d), ERR_OPEN);
    assert_int_equal(d.sys, ELOOP);
    assert_int_equal(file_read(&b, p->file, 3, NULL), ERR_TOO_BIG);
    assert_int_equal(file_read(&b, "/proc/self/mem", 10, &d), ERR_READ); /* address 0 */
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

static void write_new__overwrites_only_by_force(void **state)
{
    struct place *p = *state;
    struct diag d = {0};
    assert_int_equal(file_write_new(p->file, "one", 3, false, &d), ERR_OK);
    assert_int_equal(file_write_new(p->file, "two", 3, false, &d), ERR_EXISTS);
    expect_content(p->file, "one");
    assert_int_equal(file_write_new(p->file, "two", 3, true, &d), ERR_OK);
    expect_content(p->file, "two");
    assert_int_equal(n_entries(p->dir), 1);
    assert_int_equal(file_write_new("/dev/null", "x", 1, true, &d), ERR_NOT_REGULAR);
}

static void paths__are_taken_apart_and_joined(void **state)
{
    (void)state;
    static const struct {
        const char *path, *dir, *base;
    } cases[] = {{"a/b", "a", "b"},
                 {"b", ".", "b"},
                 {"/b", "/", "b"},
                 {"/a/b/", "/a/b", ""},
                 {"工場/一", "工場", "一"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *dir = path_dir(cases[i].path);
        assert_string_equal(dir, cases[i].dir);
        assert_string_equal(path_base(cases[i].path), cases[i].base);
        free(dir);
    }
    static const struct {
        const char *dir, *name, *want;
    } joins[] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "b"}};
    for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++) {
        char *got = path_join(joins[i].dir, joins[i].name);
        assert_string_equal(got, joins[i].want);
        free(got);
    }
}

#define IN_PLACE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(read__says_why_not__and_never_waits),
        IN_PLACE(read__appends_up_to_the_limit__and_refuses_one_more),
        IN_PLACE(replace__makes_a_private_file__and_keeps_the_mode_of_an_old_one),
        IN_PLACE(replace__follows_links__and_refuses_circles_and_folders),
        IN_PLACE(replace__works_with_long_japanese_names__cut_at_a_character),
        IN_PLACE(replace__keeps_the_old_file_and_leaves_no_trace__whichever_call_fails),
        IN_PLACE(replace__reports_a_folder_that_did_not_reach_the_disk),
        IN_PLACE(replace__survives__short_writes_interruptions_and_no_permissions),
        IN_PLACE(replace__fails__when_the_disk_takes_nothing_and_says_nothing),
        IN_PLACE(replace__stays_in_its_folder__when_a_link_takes_its_name),
        IN_PLACE(read__tells_no_file_from_no_way_to_it),
        IN_PLACE(write_new__overwrites_only_by_force),
        IN_PLACE(write_new__is_for_nobody_else__whoever_might_read_the_old_one),
        cmocka_unit_test(paths__are_taken_apart_and_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
