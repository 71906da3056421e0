/* The store: what is said to be durable is on the disk, whatever fails and whoever dies. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"
#include "tests/unit/small.h"
#include "tests/unit/world.h"

/* ---- System calls that fail ---- */

struct faults {
    struct file_ops ops;
    atomic_long in;      /* the n-th call from now fails; 0: none */
    atomic_bool forever; /* and all after it */
    atomic_int error;
    atomic_long n_calls, n_renames;
    atomic_bool short_writes, no_links, hold; /* hold: fsync waits until it is taken away */
    atomic_bool held;
};

static bool fails(struct faults *f)
{
    f->n_calls++;
    if (f->in <= 0 || --f->in > 0)
        return false;
    if (f->forever)
        f->in = 1;
    errno = f->error;
    return true;
}

static int bad_open(void *cookie, int dir, const char *path, int flags, unsigned mode)
{
    return fails(cookie) ? -1 : openat(dir, path, flags, mode);
}

static long bad_write(void *cookie, int fd, const void *bytes, size_t n)
{
    struct faults *f = cookie;
    if (fails(f))
        return -1;
    return write(fd, bytes, f->short_writes && n > 7 ? 7 : n);
}

static int bad_fsync(void *cookie, int fd)
{
    struct faults *f = cookie;
    while (f->hold) {
        f->held = true;
        usleep(1000);
    }
    return fails(f) ? -1 : fsync(fd);
}

static int bad_close(void *cookie, int fd)
{
    bool bad = fails(cookie);
    int error = errno;
    close(fd); /* Linux closes it in any case */
    errno = error;
    return bad ? -1 : 0;
}

static int bad_rename(void *cookie, int dir, const char *from, const char *to)
{
    struct faults *f = cookie;
    f->n_renames += strstr(to, ".gen") == NULL;
    return fails(f) ? -1 : renameat(dir, from, dir, to);
}

static int bad_link(void *cookie, int dir, const char *from, const char *to)
{
    struct faults *f = cookie;
    if (f->no_links) {
        errno = EPERM;
        return -1;
    }
    return fails(f) ? -1 : linkat(dir, from, dir, to, 0);
}

static int bad_unlink(void *cookie, int dir, const char *path)
{
    return fails(cookie) ? -1 : unlinkat(dir, path, 0);
}

static int bad_fchmod(void *cookie, int fd, unsigned mode)
{
    return fails(cookie) ? -1 : fchmod(fd, mode);
}

static struct faults *faults_new(void)
{
    struct faults *f = xcalloc(1, sizeof *f);
    f->ops = (struct file_ops){bad_open, bad_write,  bad_fsync,  bad_close, bad_rename,
                               bad_link, bad_unlink, bad_fchmod, f};
    return f;
}

/* ---- Saving ---- */

static void store_create__makes_a_gzip_that_opens_as_revision_1(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct store_state st;
    store_state(s, &st);
    assert_int_equal(a->revision, 1);
    assert_int_equal(st.durable, 1);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_not_equal(st.saved_at, 0);
    assert_true(exists_beside(w, ".lock"));
    store_close(s);
    assert_false(exists_beside(w, ".lock"));
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, w->path, 1 << 20, NULL), ERR_OK);
    assert_true(gz_is(bytes.p, bytes.len));
    buf_release(&bytes);
    assert_int_equal(revision_of(w->path), 1);
    struct store *again = NULL;
    assert_int_equal(store_create(&again, w->path, a, "m", SMALL_NOW, NULL, NULL), ERR_EXISTS);
    assert_int_equal(a->revision, 1);
    assessment_free(a);
}

static void store_create__leaves_nothing_behind__when_it_cannot(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = NULL;
    struct diag diag = {0};
    f->in = 1;
    f->forever = true;
    f->error = ENOSPC;
    assert_int_equal(store_create(&s, w->path, a, "m", SMALL_NOW, &f->ops, &diag), ERR_WRITE);
    assert_int_equal(diag.sys, ENOSPC);
    assert_int_equal(a->revision, 0);
    assert_null(s);
    assert_false(file_exists(w->path));
    assert_false(exists_beside(w, ".lock"));
    free(f);
    assessment_free(a);
}

static void store_submit__counts_revisions_and_flush_makes_them_durable(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct diag diag;
    for (long n = 2; n < 12; n++) {
        assert_int_equal(save(s, a), n);
        assert_true(store_flush(s, -1, &diag));
        assert_int_equal(revision_of(w->path), n);
    }
    store_close(s);
    struct store_open got;
    s = reopen(w, &got, NULL);
    assert_int_equal(got.assessment->revision, 11);
    char *was = small_xml(a), *is = small_xml(got.assessment);
    assert_string_equal(is, was);
    free(was);
    free(is);
    store_close(s);
    assessment_free(a);
    assessment_free(got.assessment);
}

/* As many records as can be read are saved, one more is not; what was submitted before stays the newest. */
static void store_submit__refuses__what_could_not_be_read_again(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct diag diag = {0};
    for (int i = 0; i < PEOPLE_MAX; i++) {
        char id[16];
        struct change c = {.kind = CHANGE_PERSON, .index = a->n_people, .insert = true};
        snprintf(id, sizeof id, "p%d", i);
        person_copy(&c.u.person, &(struct person){0});
        field_set(&c.u.person.id, id, FIELD_MAX, false);
        assessment_apply(a, &c, NULL);
    }
    assert_int_equal(save(s, a), 2);
    assert_true(store_flush(s, -1, &diag));
    struct change c = {.kind = CHANGE_PERSON, .index = a->n_people, .insert = true};
    struct change back;
    person_copy(&c.u.person, &(struct person){0});
    field_set(&c.u.person.id, "onemore", FIELD_MAX, false);
    assessment_apply(a, &c, &back);
    assert_int_equal(store_submit(s, a, "monshin test", SMALL_NOW), 0);
    assert_int_equal(a->revision, 2);
    assert_false(store_flush(s, -1, &diag));
    assert_int_equal(diag.err, ERR_FULL);
    assert_int_equal(diag.number, PEOPLE_MAX);
    assert_string_equal(diag.where, "people");
    assessment_apply(a, &back, NULL);
    assert_int_equal(save(s, a), 3);
    assert_true(store_flush(s, -1, &diag));
    store_close(s);
    assert_int_equal(revision_of(w->path), 3);
    assessment_free(a);
}

static void store_submit__refuses__the_save_after_the_last_number(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct diag diag = {0};
    struct store *s = create(w, a, NULL);
    a->revision = SAVES_MAX - 1;
    assert_int_equal(save(s, a), SAVES_MAX);
    assert_true(store_flush(s, -1, &diag));
    assert_int_equal(save(s, a), 0);
    assert_false(store_flush(s, -1, &diag));
    assert_string_equal(diag.where, "saves");
    store_close(s);
    assert_int_equal(revision_of(w->path), SAVES_MAX);
    assessment_free(a);
}

static void store_submit__does_not_wait_and_leaves_out_what_is_overtaken(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    f->n_renames = 0;
    f->hold = true;
    save(s, a);
    while (!f->held)
        usleep(100);
    for (int i = 0; i < 20; i++)
        save(s, a);
    store_state(s, &st);
    assert_int_equal(st.phase, STORE_SAVING);
    assert_int_equal(st.durable, 1);
    assert_int_equal(st.submitted, 22);
    assert_false(store_flush(s, 20, NULL));
    assert_false(store_changed_outside(s));
    f->hold = false;
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(f->n_renames, 2);
    assert_int_equal(revision_of(w->path), 22);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void store_wake_fd__becomes_readable__when_a_save_ends(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct store_state st;
    struct pollfd p = {.fd = store_wake_fd(s), .events = POLLIN};
    store_state(s, &st);
    save(s, a);
    /* The news of the first save may come late: it says that something changed, and what has changed is asked. */
    for (int i = 0; i < 3 && st.durable < 2; i++) {
        assert_int_equal(poll(&p, 1, 5000), 1);
        store_state(s, &st);
    }
    assert_int_equal(st.durable, 2);
    assert_true(store_flush(s, -1, NULL));
    store_state(s, &st);
    assert_int_equal(poll(&p, 1, 50), 0);
    store_close(s);
    assessment_free(a);
}

static void store_changed_outside__sees_another_file_in_its_place(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    assert_false(store_changed_outside(s));
    save(s, a);
    store_flush(s, -1, NULL);
    assert_false(store_changed_outside(s));
    assert_int_equal(file_write_new(w->path, "x", 1, true, NULL), ERR_OK);
    assert_true(store_changed_outside(s));
    store_close(s);
    assessment_free(a);
}

/* ---- Generations ---- */

static void generations__move_once_a_session(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    save(s, a);
    store_close(s);
    assert_false(exists_beside(w, ".gen1"));
    for (int session = 0; session < 4; session++) {
        struct store_open got;
        s = reopen(w, &got, NULL);
        for (int i = 0; i < 3; i++) {
            save(s, got.assessment);
            store_flush(s, -1, NULL);
        }
        store_close(s);
        assessment_free(got.assessment);
    }
    assert_int_equal(revision_of(w->path), 14);
    assert_int_equal(revision_beside(w, ".gen1"), 11);
    assert_int_equal(revision_beside(w, ".gen2"), 8);
    assert_int_equal(revision_beside(w, ".gen3"), 5);
    assert_false(exists_beside(w, ".gen4"));
    assert_false(exists_beside(w, ".gen0"));
    assessment_free(a);
}

static void generations__move_again__when_the_time_is_up(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    f->no_links = true; /* as on FAT: copies instead of names */
    struct store *s = create(w, a, &f->ops);
    s->generation_seconds = 0;
    for (int i = 0; i < 5; i++) {
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
    }
    assert_int_equal(revision_of(w->path), 6);
    assert_int_equal(revision_beside(w, ".gen1"), 5);
    assert_int_equal(revision_beside(w, ".gen2"), 4);
    assert_int_equal(revision_beside(w, ".gen3"), 3);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void generations__survive_a_full_disk(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    s->generation_seconds = 0;
    for (int i = 0; i < 4; i++) {
        save(s, a);
        store_flush(s, -1, NULL);
    }
    for (int no_links = 0; no_links < 2; no_links++) {
        f->no_links = no_links;
        f->error = ENOSPC;
        f->in = 1;
        f->forever = true;
        for (int i = 0; i < 6; i++) {
            save(s, a);
            assert_false(store_flush(s, -1, NULL));
        }
        assert_int_equal(revision_of(w->path), 5);
        assert_int_equal(revision_beside(w, ".gen1"), 4);
        assert_int_equal(revision_beside(w, ".gen2"), 3);
        assert_int_equal(revision_beside(w, ".gen3"), 2);
    }
    store_close(s);
    free(f);
    assessment_free(a);
}

/* ---- The lock ---- */

/* A child that opens the file, says so through the pipe and stays until it is killed. */
static pid_t child_that_opens(const struct world *w, bool with_lock)
{
    int fds[2];
    char byte = 0;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct store *s = NULL;
        struct store_open got;
        enum err err = store_open(&s, &got, w->path, small_find, NULL, NULL, NULL);
        byte = err == ERR_OK && got.read_only == !with_lock ? 'y' : 'n';
        if (write(fds[1], &byte, 1) == 1)
            for (;;)
                pause();
        leave(1);
    }
    assert_int_equal(read(fds[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(fds[0]);
    close(fds[1]);
    return pid;
}

static void end_child(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void store_open__is_read_only_and_says_who__while_another_has_the_lock(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    pid_t pid = child_that_opens(w, true);
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    char who[32];
    snprintf(who, sizeof who, ", pid %ld, since 20", (long)pid);
    assert_true(got.read_only);
    assert_true(store_read_only(s));
    if (strstr(got.locked_by, who) == NULL)
        fail_msg("%s", got.locked_by);
    long revision = got.assessment->revision;
    assert_int_equal(save(s, got.assessment), revision);
    assert_true(store_flush(s, -1, NULL));
    store_close(s);
    assert_true(exists_beside(w, ".lock"));
    assert_int_equal(revision_of(w->path), revision);
    assessment_free(got.assessment);

    struct store *other = NULL;
    struct diag diag = {0};
    char *copy = beside(w, ".moved");
    unlink(w->path);
    assert_int_equal(store_create(&other, w->path, a, "m", SMALL_NOW, NULL, &diag), ERR_LOCKED);
    assert_non_null(strstr(diag.detail, who));
    free(copy);
    end_child(pid);
    assessment_free(a);
}

static void store_open__takes_over_silently__what_a_dead_program_left(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    end_child(child_that_opens(w, true));
    assert_true(exists_beside(w, ".lock"));
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    assert_false(got.read_only);
    assert_string_equal(got.locked_by, "");
    store_close(s);
    assert_false(exists_beside(w, ".lock"));
    assessment_free(got.assessment);
    assessment_free(a);
}

/* What somebody sees who may only read here: 'w' to work, 'r' read-only, 'l' read-only and told who holds it. */
static char seen_by_a_stranger(const struct world *w)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct store *s = NULL;
        struct store_open got;
        if (setgid(65534) != 0 || setuid(65534) != 0 ||
            store_open(&s, &got, w->path, small_find, NULL, NULL, NULL) != ERR_OK)
            leave('!');
        store_close(s);
        leave(!got.read_only ? 'w' : got.locked_by[0] != '\0' ? 'l' : 'r');
    }
    waitpid(pid, &status, 0);
    return (char)(WIFEXITED(status) ? WEXITSTATUS(status) : '?');
}

static void store_open__only_reads__where_we_may_not_write(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    if (getuid() != 0)
        skip(); /* nobody to become */
    struct store *s = create(w, a, NULL);
    assert_int_equal(chmod(w->dir, 0755), 0);
    assert_int_equal(chmod(w->path, 0644), 0);
    assert_int_equal(seen_by_a_stranger(w), 'l');
    store_close(s);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* no lock can be made */
    char *lock = beside(w, ".lock");
    assert_int_equal(file_write_new(lock, "me@x, pid 1, since", 18, false, NULL), ERR_OK);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* a leftover that we may not take, nor even read */
    assert_int_equal(chmod(lock, 0644), 0);
    assert_int_equal(seen_by_a_stranger(w), 'r');
    unlink(lock);
    assert_int_equal(chmod(w->dir, 0777), 0);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* a lock, but the file is write-protected */
    assert_int_equal(chmod(w->path, 0666), 0);
    assert_int_equal(seen_by_a_stranger(w), 'w');
    free(lock);
    assessment_free(a);
}

/* Who asks for no reasons gets none. */
static void store__does_without_a_diag(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = NULL;
    struct store_open got;
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_FOUND);
    struct faults *f = faults_new();
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    assert_int_equal(store_create(&s, w->path, a, NULL, SMALL_NOW, &f->ops, NULL), ERR_WRITE);
    assert_int_equal(a->revision, 0);
    s = create(w, a, NULL);
    assert_int_equal(store_create(&s, w->path, a, NULL, SMALL_NOW, NULL, NULL), ERR_EXISTS);
    assert_int_equal(store_move(s, w->path, NULL), ERR_EXISTS);
    char *nowhere = beside(w, "/none.xml.gz"), *held = beside(w, ".2.xml.gz"), *lock = beside(w, ".2.xml.gz.lock");
    assert_int_equal(store_move(s, nowhere, NULL), ERR_OPEN);
    struct store_lock other = {.fd = -1};
    char holder[HOLDER_SIZE];
    assert_int_equal(lock_take(&other, lock, false, holder, NULL), ERR_OK);
    assert_int_equal(store_move(s, held, NULL), ERR_LOCKED);
    lock_release(&other);
    store_close(s);
    free(nowhere);
    free(held);
    free(lock);
    free(f);
    assessment_free(a);
}

static void store_open__locks_the_file_and_not_its_name(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL), *other = NULL;
    struct store_open got;
    char *name = beside(w, ".link");
    assert_int_equal(symlink(w->path, name), 0);
    assert_int_equal(store_open(&other, &got, name, small_find, NULL, NULL, NULL), ERR_OK);
    assert_true(got.read_only);
    store_close(other);
    store_close(s);
    free(name);
    assessment_free(got.assessment);
    assessment_free(a);
}

static void lock_take__looks_for_the_process__where_there_are_no_locks(void **state)
{
    struct world *w = *state;
    struct store_lock mine = {.fd = -1}, other = {.fd = -1};
    char holder[HOLDER_SIZE], host[64], text[160];
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_OK);
    assert_int_equal(lock_take(&other, w->path, true, holder, NULL), ERR_LOCKED); /* we live */
    assert_non_null(strstr(holder, "pid"));
    lock_release(&mine);
    assert_false(file_exists(w->path));

    pid_t pid = fork();
    if (pid == 0)
        leave(0);
    waitpid(pid, NULL, 0);
    gethostname(host, sizeof host);
    snprintf(text, sizeof text, "me@%.60s, pid %ld, since 2026-01-01 00:00", host, (long)pid);
    assert_int_equal(file_write_new(w->path, text, strlen(text), true, NULL), ERR_OK);
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_OK); /* that one does not */
    lock_release(&mine);

    snprintf(text, sizeof text, "me@another-host, pid %ld, since 2026-01-01 00:00", (long)pid);
    assert_int_equal(file_write_new(w->path, text, strlen(text), true, NULL), ERR_OK);
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_LOCKED); /* who knows */
    assert_string_equal(holder, text);
}

/* What stands in a lock file that nobody holds, on a disk without locks: taken over or believed. */
static void lock_take__judges_a_leftover__by_what_it_says(void **state)
{
    static const struct {
        const char *text; /* HOST and PID (ours: it lives) are filled in */
        long age;
        bool taken_over;
    } cases[] = {
        {"", 0, false}, /* just being written */
        {"", 60, true},
        {"", -3600, true}, /* the clock was set back */
        {"torn in the mid", 60, true},
        {"pid 5, me@HOST", 60, true},
        {"me@HOST, pid PID, since", 60, false},
        {"me@HOST, pid PID, since\nboot 00000000-0000-0000-0000-000000000000\n", 60, true},
        {"me@HOST, pid PID, since\nboot \n", 60, false}, /* a machine that does not count its runs */
        {"me@HOST, pid 0, since", 60, true},
        {"me@HOST, pid -1, since", 60, true},
        {"me@HOST, pid 1, since", 60, false}, /* another user's */
        {"me@HOST-2, pid PID, since\nboot 00000000-0000-0000-0000-000000000000\n", 0, false},
    };
    struct world *w = *state;
    char host[64], holder[HOLDER_SIZE], number[24];
    gethostname(host, sizeof host);
    snprintf(number, sizeof number, "%ld", (long)getpid());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = {0};
        for (const char *s = cases[i].text; *s != '\0'; s++) {
            const char *word = strncmp(s, "HOST", 4) == 0 ? host : strncmp(s, "PID", 3) == 0 ? number : NULL;
            if (word != NULL)
                buf_adds(&text, word);
            else
                buf_addc(&text, *s);
            s += word == NULL ? 0 : word == host ? 3 : 2;
        }
        assert_int_equal(file_write_new(w->path, buf_str(&text), text.len, true, NULL), ERR_OK);
        struct timespec then[2] = {{.tv_sec = time(NULL) - cases[i].age}, {.tv_sec = time(NULL) - cases[i].age}};
        assert_int_equal(utimensat(AT_FDCWD, w->path, then, 0), 0);
        struct store_lock lock = {.fd = -1};
        enum err err = lock_take(&lock, w->path, true, holder, NULL);
        if (err != (cases[i].taken_over ? ERR_OK : ERR_LOCKED))
            fail_msg("\"%s\": %s", buf_str(&text), err_name(err));
        lock_release(&lock);
        buf_release(&text);
    }
}

static void lock_is_free__only_looks(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock lock = {.fd = -1};
    assert_true(lock_is_free(w->path));
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
    assert_false(lock_is_free(w->path));
    lock_release(&lock);
    assert_int_equal(file_write_new(w->path, "x", 1, false, NULL), ERR_OK); /* a leftover */
    assert_true(lock_is_free(w->path));
    char *link = beside(w, ".link");
    assert_int_equal(symlink(w->path, link), 0);
    assert_false(lock_is_free(link)); /* nobody knows */
    assert_int_equal(lock_take(&lock, link, false, holder, NULL), ERR_OPEN);
    free(link);
}

/* Taken for a leftover by another, who holds that name now: it stays. */
static void lock_release__leaves_alone__what_is_not_its_own(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock lock = {.fd = -1};
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
    assert_int_equal(unlink(w->path), 0);
    assert_int_equal(file_write_new(w->path, "x", 1, false, NULL), ERR_OK);
    lock_release(&lock);
    assert_true(file_exists(w->path));
}

/* Who has no name is still somebody. */
static void lock_take__says_who__whatever_the_environment_has(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    static const char *const names[][2] = {{"kato", "x"}, {NULL, "ito"}, {NULL, NULL}};
    static const char *const says[] = {"kato@", "ito@", "?@"};
    char *logname = xstrdup(getenv("LOGNAME")), *user = xstrdup(getenv("USER"));
    for (int i = 0; i < 3; i++) {
        struct store_lock lock = {.fd = -1}, other = {.fd = -1};
        names[i][0] != NULL ? setenv("LOGNAME", names[i][0], 1) : unsetenv("LOGNAME");
        names[i][1] != NULL ? setenv("USER", names[i][1], 1) : unsetenv("USER");
        assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
        assert_int_equal(lock_take(&other, w->path, false, holder, NULL), ERR_LOCKED);
        assert_int_equal(strncmp(holder, says[i], strlen(says[i])), 0);
        lock_release(&lock);
    }
    logname != NULL ? setenv("LOGNAME", logname, 1) : unsetenv("LOGNAME");
    user != NULL ? setenv("USER", user, 1) : unsetenv("USER");
    free(logname);
    free(user);
}

static void lock_take__never_gives_a_lock_to_two__when_many_come_and_go(void **state)
{
    struct world *w = *state;
    enum { CHILDREN = 4, ROUNDS = 300 };
    pid_t pid[CHILDREN];
    char *inside = beside(w, ".inside");
    for (int i = 0; i < CHILDREN; i++) {
        pid[i] = fork();
        if (pid[i] != 0)
            continue;
        for (int n = 0; n < ROUNDS; n++) {
            struct store_lock lock = {.fd = -1};
            char holder[HOLDER_SIZE];
            if (lock_take(&lock, w->path, false, holder, NULL) != ERR_OK)
                continue;
            int fd = open(inside, O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (fd < 0)
                leave(1);
            close(fd);
            unlink(inside);
            lock_release(&lock);
        }
        leave(0);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        waitpid(pid[i], &status, 0);
        assert_int_equal(status, 0);
    }
    free(inside);
}

/* ---- Death ---- */

static void save_until_killed(const struct world *w, int report)
{
    struct store *s = NULL;
    struct store_open got;
    if (store_open(&s, &got, w->path, small_find, NULL, NULL, NULL) != ERR_OK)
        leave(1);
    s->generation_seconds = 0;
    for (;;) {
        struct store_state st;
        save(s, got.assessment);
        if (got.assessment->revision % 3 == 0 && !store_flush(s, -1, NULL))
            leave(1);
        store_state(s, &st);
        if (write(report, &st.durable, sizeof st.durable) != sizeof st.durable)
            leave(1);
    }
}

static void store__has_what_it_said__when_killed_in_the_middle(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    unsigned rnd = 11;
    for (int i = 0; i < 25; i++) {
        int fds[2];
        long said = 0, revision;
        assert_int_equal(pipe(fds), 0);
        pid_t pid = fork();
        if (pid == 0) {
            close(fds[0]);
            save_until_killed(w, fds[1]);
        }
        close(fds[1]);
        assert_int_equal(read(fds[0], &revision, sizeof revision), sizeof revision);
        usleep(1000 + small_random(&rnd, 30000));
        kill(pid, SIGKILL);
        while (read(fds[0], &revision, sizeof revision) == sizeof revision)
            said = revision;
        close(fds[0]);
        waitpid(pid, NULL, 0);
        assert_in_range(revision_of(w->path), said, said + 100000);
    }
    struct store_open got;
    store_close(reopen(w, &got, NULL));
    assert_int_equal(n_leftovers(w), 0);
    assessment_free(got.assessment);
    assert_true(revision_beside(w, ".gen1") > 0 ||
                revision_beside(w, ".gen2") > 0); /* killed between two renames */
    assessment_free(a);
}

/* ---- Failure ---- */

/* The n-th system call of a save fails, once or for good: the file opens at all times, with the old
 * revision or the new one, and never one less than said; when the disk is well again everything is
 * there. False: n is beyond the last call. */
static bool survives_fault(const struct world *w, long n, int error, bool forever,
                           bool short_writes)
{
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    s->generation_seconds = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    f->short_writes = short_writes;
    f->error = error;
    f->forever = forever;
    f->in = n;
    save(s, a);
    bool ok = store_flush(s, -1, NULL);
    bool reached = forever ? f->in <= 1 : f->in <= 0;
    store_state(s, &st);
    assert_int_equal(st.durable, ok ? 3 : 2);
    assert_int_equal(st.phase, ok ? STORE_IDLE : STORE_FAILING);
    if (!ok)
        assert_int_equal(st.diag.sys, error);
    assert_in_range(revision_of(w->path), ok ? 3 : 2, 3);
    f->in = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), 4);
    store_state(s, &st);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_equal(st.durable, 4);
    store_close(s);
    free(f);
    assessment_free(a);
    return reached;
}

static void store__loses_nothing__whichever_call_fails(void **state)
{
    struct world *w = *state;
    static const int errors[] = {ENOSPC, EIO, EROFS};
    for (size_t e = 0; e < sizeof errors / sizeof errors[0]; e++) {
        for (int forever = 0; forever < 2; forever++) {
            bool reached = true;
            long n = 1;
            for (; reached; n++) {
                reached = survives_fault(w, n, errors[e], forever, e == 1);
                if (!forever)
                    assert_true(n_leftovers(w) <= 1); /* when removing it is what failed */
                empty_folder(w);
            }
            assert_true(
                n > 8); /* open, write, fsync, close, rename, and the folder's open, fsync, close */
        }
    }
}

static void store__saves__through_interruptions_and_short_writes(void **state)
{
    struct world *w = *state;
    for (long n = 1; n < 12; n++) {
        struct assessment *a = small_new();
        struct faults *f = faults_new();
        struct store *s = create(w, a, &f->ops);
        f->short_writes = true;
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
        f->error = EINTR;
        f->in = n;
        save(s, a);
        store_flush(s, -1, NULL);
        assert_true(store_flush(s, -1, NULL));
        assert_int_equal(revision_of(w->path), 3);
        store_close(s);
        free(f);
        assessment_free(a);
        empty_folder(w);
    }
}

static void store__tries_again_by_itself__with_the_newest(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    save(s, a);
    save(s, a);
    f->in = 0;
    for (int i = 0; i < 500; i++) {
        store_state(s, &st);
        if (st.durable == 4)
            break;
        usleep(10000);
    }
    assert_int_equal(st.durable, 4);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_equal(st.diag.err, ERR_OK);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void store_move__saves_elsewhere__when_the_disk_fails(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    char *there = beside(w, ".elsewhere"), *taken = beside(w, ".taken");
    f->error = EIO;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    assert_int_equal(file_write_new(taken, "x", 1, false, NULL), ERR_OK);
    assert_int_equal(store_move(s, taken, NULL), ERR_EXISTS);
    assert_string_equal(store_path(s), w->path);
    f->in = 0;
    assert_int_equal(store_move(s, there, NULL), ERR_OK);
    assert_true(store_flush(s, -1, NULL));
    store_state(s, &st);
    assert_int_equal(st.durable, 2);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_string_equal(store_path(s), there);
    assert_int_equal(revision_of(there), 2);
    assert_int_equal(revision_of(w->path), 1);
    assert_false(exists_beside(w, ".lock"));
    assert_true(exists_beside(w, ".elsewhere.lock"));
    store_close(s);
    free(there);
    free(taken);
    free(f);
    assessment_free(a);
}

static void store_move__makes_a_read_only_store_writable_elsewhere(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    pid_t pid = child_that_opens(w, true);
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    char *there = beside(w, ".elsewhere");
    assert_int_equal(store_move(s, there, NULL), ERR_OK);
    assert_false(store_read_only(s));
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(there), 2);
    store_close(s);
    end_child(pid);
    free(there);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* ---- The last resort ---- */

static void store_emergency__writes_the_newest__while_the_writer_cannot(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct buf text = {0};
    for (int i = 0; i < TEXT_MAX; i++)
        buf_addc(&text, (char)('a' + i % 26));
    for (int item = 0; item < SMALL_ITEMS; item++) { /* more than one stored block */
        struct change c;
        change_note(&c, a, item, buf_str(&text), SMALL_NOW);
        assessment_apply(a, &c, NULL);
        change_evidence(&c, a, item, buf_str(&text), SMALL_NOW);
        assessment_apply(a, &c, NULL);
    }
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    f->in = 0;
    store_emergency(s);
    assert_int_equal(revision_of(w->path), 2);
    struct store_open got;
    store_close(s);
    s = reopen(w, &got, NULL);
    assert_string_equal(assessment_answer(got.assessment, SMALL_ITEMS - 1)->note, buf_str(&text));
    store_close(s);
    assert_int_equal(n_leftovers(w), 0);
    buf_release(&text);
    free(f);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* What is on the disk, which has to be of this kind, and how it opens. */
static void expect_kind(const char *path, bool gzip, long revision)
{
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, path, 1 << 20, NULL), ERR_OK);
    if (gz_is(bytes.p, bytes.len) != gzip)
        fail_msg("%s #%ld is of the other kind", path, revision);
    assert_int_equal(strncmp(bytes.p, "<?xml", 5) == 0, !gzip);
    assert_int_equal(revision_of(path), revision);
    buf_release(&bytes);
}

/* The folder of the file is renamed under the program and a link put in its place: to another folder, then to itself. */
static void save__does_not_follow_a_link__that_took_the_place_of_its_folder(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s;
    char *ours = beside(w, ".ours"), *moved = beside(w, ".moved"), *theirs = beside(w, ".theirs");
    char *path = path_join(ours, "a.xml.gz"), *victim = path_join(theirs, "a.xml.gz"), *there = path_join(moved, "a.xml.gz");
    struct diag diag = {0};
    assert_int_equal(mkdir(ours, 0700), 0);
    assert_int_equal(mkdir(theirs, 0700), 0);
    assert_int_equal(file_write_new(victim, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(store_create(&s, path, a, "m", SMALL_NOW, NULL, NULL), ERR_OK);
    assert_int_equal(rename(ours, moved), 0);
    assert_int_equal(symlink(theirs, ours), 0);
    save(s, a);
    assert_false(store_flush(s, -1, &diag));
    assert_int_equal(diag.sys, ELOOP);
    assert_false(store_emergency(s)); /* nor the last resort */
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, victim, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&bytes), "old");
    buf_release(&bytes);
    assert_int_equal(revision_of(there), 1);
    assert_int_equal(unlink(ours), 0);
    assert_int_equal(symlink(moved, ours), 0);
    assert_true(store_emergency(s));
    assert_int_equal(revision_of(there), 2);
    store_close(s);
    free(ours), free(moved), free(theirs), free(path), free(victim), free(there);
    assessment_free(a);
}

static void xml_by_name__stays_xml__whoever_saves_it(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    char *other = beside(w, ".moved");
    w->path[strlen(w->path) - 3] = '\0'; /* plant.xml.gz is plant.xml */
    struct store *s = create(w, a, &f->ops);
    expect_kind(w->path, false, 1);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(w->path, false, 2);
    /* The last resort. */
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    f->in = 0;
    assert_true(store_emergency(s));
    expect_kind(w->path, false, 3);
    store_close(s);
    /* One that was compressed under that name is made good by the next save; another name is compressed. */
    struct buf xml = {0}, gz = {0};
    assert_int_equal(file_read(&xml, w->path, 1 << 20, NULL), ERR_OK);
    gz_deflate(&gz, xml.p, xml.len);
    assert_int_equal(file_replace(w->path, gz.p, gz.len, NULL, NULL), ERR_OK);
    struct store_open got;
    s = reopen(w, &got, NULL);
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(w->path, false, 4);
    assert_int_equal(store_move(s, other, NULL), ERR_OK);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(other, true, 4);
    store_close(s);
    buf_release(&xml);
    buf_release(&gz);
    free(other);
    free(f);
    assessment_free(got.assessment);
    assessment_free(a);
}

static void store_emergency__has_nothing_to_do__without_a_file_to_write(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    assert_true(store_emergency(NULL));
    struct store_open got;
    struct store *reader = reopen(w, &got, NULL);
    assert_true(got.read_only);
    assert_true(store_emergency(reader));
    assert_true(store_emergency(s)); /* everything is durable */
    assert_int_equal(revision_of(w->path), 1);
    store_close(reader);
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* Somebody copies another file over ours while we work: theirs is kept. */
static void save__keeps_what_somebody_put_in_its_place(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(file_write_new(w->path, "theirs", 6, true, NULL), ERR_OK);
    assert_true(store_changed_outside(s));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), 3);
    struct buf kept = {0};
    char *gen1 = beside(w, ".gen1");
    assert_int_equal(file_read(&kept, gen1, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&kept), "theirs");
    free(gen1);
    buf_release(&kept);
    store_close(s);
    assessment_free(a);
}

static void look_only__gives_the_lock_to_others__and_saves_again_elsewhere(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    struct store_open got, other;
    struct store *s = reopen(w, &got, NULL);
    store_look_only(s);
    assert_true(store_read_only(s));
    assert_true(store_lock_is_free(s));
    struct store *worker = reopen(w, &other, NULL);
    assert_false(other.read_only);
    assert_false(store_lock_is_free(s));
    save(worker, other.assessment);
    assert_true(store_flush(worker, -1, NULL));
    assert_true(store_changed_outside(s));
    store_close(worker);
    char *copy = beside(w, ".copy.xml.gz");
    assert_int_equal(store_move(s, copy, NULL), ERR_OK);
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(copy), got.assessment->revision);
    store_close(s);
    free(copy);
    assessment_free(got.assessment);
    assessment_free(other.assessment);
    assessment_free(a);
}

static void out_of_memory(void *cookie)
{
    store_emergency(cookie);
    leave(7);
}

static void store_emergency__needs_no_memory(void **state)
{
    struct world *w = *state;
    for (long n = 1; n < 12; n++) {
        pid_t pid = fork();
        if (pid == 0) {
            struct assessment *a = small_new();
            struct faults *f = faults_new();
            struct store *s = create(w, a, &f->ops);
            mem_on_exhausted(out_of_memory, s);
            f->error = ENOSPC;
            f->in = 1;
            save(s, a);
            store_flush(s, -1, NULL);
            f->in = 0;
            mem_fail_after(n, false);
            save(s, a);
            usleep(1500000); /* the writer may be the one that finds no memory */
            leave(store_flush(s, -1, NULL) ? 7 : 1);
        }
        int status;
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 7);
        assert_in_range(revision_of(w->path), 2, 3);
        empty_folder(w);
    }
}

/* ---- Verdicts ---- */

/* Here, and in cells: the same verdict. */
static void check(struct file_report *out, const char *path)
{
    struct file_report there;
    store_check(out, path, NULL, false, small_find, NULL);
    store_check(&there, path, NULL, true, small_find, NULL);
    assert_int_equal(out->err, there.err);
    assert_int_equal(out->diag.line, there.diag.line);
    assert_int_equal(out->diag.sys, there.diag.sys);
    assert_string_equal(out->diag.where, there.diag.where);
    assert_string_equal(out->diag.detail, there.diag.detail);
    assert_int_equal(out->revision, there.revision);
    assert_int_equal(out->answered, there.answered);
    assert_int_equal(out->good_generation, there.good_generation);
    assert_int_equal(out->notes.n_unknown, there.notes.n_unknown);
}

static void store_check__tells_what_is_wrong(void **state)
{
    struct world *w = *state;
    struct buf example = {0}, gz = {0};
    assert_int_equal(file_read(&example, "tests/data/example.xml", 1 << 20, NULL), ERR_OK);
    gz_deflate(&gz, example.p, example.len);
    static const struct {
        const char *from, *to;
        enum err err;
    } cases[] = {
        {"", "", ERR_OK},
        {"urn:monshin:assessment:1", "urn:monshin:assessment:2", ERR_NEWER},
        {"urn:monshin:assessment:1", "urn:somebody:else", ERR_NOT_OURS},
        {"item=\"2-7\"", "item=\"7-7\"", ERR_UNKNOWN_ITEM},
        {"draft-2022-04", "draft-1999", ERR_UNKNOWN_EDITION},
        {"meti-factory", "another", ERR_UNKNOWN_CHECKLIST},
        {"level=\"2\"", "level=\"9\"", ERR_SCHEMA_VALUE},
        {"</site>", "", ERR_OK},
        {"</people>", "", ERR_XML},
        {"</assessment>", "<result program=\"x\"/></assessment>", ERR_SCHEMA},
        {"<assessment ", "<!DOCTYPE a><assessment ", ERR_XML_FORBIDDEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf xml = {0};
        const char *at = strstr(example.p, cases[i].from);
        if (at == NULL)
            at = example.p;
        else
            buf_add(&xml, example.p, (size_t)(at - example.p));
        if (at != example.p || *cases[i].from == '\0')
            buf_adds(&xml, cases[i].to);
        buf_adds(&xml, at + (xml.len > 0 ? strlen(cases[i].from) : 0));
        assert_int_equal(file_write_new(w->path, xml.p, xml.len, true, NULL), ERR_OK);
        struct file_report report;
        check(&report, w->path);
        if (report.err != cases[i].err)
            fail_msg("%s -> %s: %s, line %ld %s %s", cases[i].from, cases[i].to,
                     err_name(report.err), report.diag.line, report.diag.where, report.diag.detail);
        buf_release(&xml);
    }
    struct file_report report;
    assert_int_equal(file_write_new(w->path, gz.p, gz.len - 3, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_GZIP);
    assert_int_equal(file_write_new(w->path, "hello", 5, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_XML);
    assert_int_equal(file_write_new(w->path, "", 0, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_EMPTY);
    check(&report, w->dir);
    assert_int_equal(report.err, ERR_NOT_REGULAR);
    assert_int_equal(file_write_new(w->path, gz.p, gz.len, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_OK);
    assert_int_equal(report.revision, 57);
    assert_int_equal(report.answered, 3);
    assert_int_equal(report.total, SMALL_ITEMS);
    assert_string_equal(report.edition, "draft-2022-04");
    buf_release(&example);
    buf_release(&gz);
}

static void store_check__names_the_newest_good_generation__when_the_file_is_bad(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    s->generation_seconds = 0;
    for (int i = 0; i < 4; i++) {
        save(s, a);
        store_flush(s, -1, NULL);
    }
    store_close(s);
    struct file_report report;
    assert_int_equal(truncate(w->path, 100), 0);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_GZIP);
    assert_int_equal(report.good_generation, 1);
    assert_int_equal(report.good_revision, 4);
    char *gen1 = beside(w, ".gen1");
    assert_int_equal(truncate(gen1, 50), 0);
    check(&report, w->path);
    assert_int_equal(report.good_generation, 2);
    assert_int_equal(report.good_revision, 3);
    free(gen1);
    assessment_free(a);
}

static void store_open__refuses_what_is_not_there_or_not_good(void **state)
{
    struct world *w = *state;
    struct store *s = NULL;
    struct store_open got;
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_FOUND);
    assert_false(exists_beside(w, ".lock"));
    assert_int_equal(file_write_new(w->path, "<x/>", 4, false, NULL), ERR_OK);
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_OURS);
    assert_false(exists_beside(w, ".lock"));
    assert_null(s);
}

/* Every version of the format that was ever written opens, without a word. */
static void store_open__understands_every_version_ever_written(void **state)
{
    (void)state;
    glob_t found; /* one as it is worked on, one as it is handed over, with its result and everything that may stand in it */
    assert_int_equal(glob("tests/data/v[0-9]*-*.xml.gz", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 2);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct file_report report;
        check(&report, found.gl_pathv[i]);
        if (report.err != ERR_OK)
            fail_msg("%s: %s %s", found.gl_pathv[i], err_name(report.err), report.diag.detail);
        assert_int_equal(report.notes.n_unknown, 0);
        assert_int_equal(report.revision, 57);
        assert_int_equal(report.answered, 3);
    }
    globfree(&found);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(store_create__makes_a_gzip_that_opens_as_revision_1),
        IN_FOLDER(store_create__leaves_nothing_behind__when_it_cannot),
        IN_FOLDER(store_submit__counts_revisions_and_flush_makes_them_durable),
        IN_FOLDER(store_submit__refuses__what_could_not_be_read_again),
        IN_FOLDER(store_submit__refuses__the_save_after_the_last_number),
        IN_FOLDER(store_submit__does_not_wait_and_leaves_out_what_is_overtaken),
        IN_FOLDER(store_wake_fd__becomes_readable__when_a_save_ends),
        IN_FOLDER(store_changed_outside__sees_another_file_in_its_place),
        IN_FOLDER(generations__move_once_a_session),
        IN_FOLDER(generations__move_again__when_the_time_is_up),
        IN_FOLDER(generations__survive_a_full_disk),
        IN_FOLDER(store_open__is_read_only_and_says_who__while_another_has_the_lock),
        IN_FOLDER(store_open__takes_over_silently__what_a_dead_program_left),
        IN_FOLDER(store_open__only_reads__where_we_may_not_write),
        IN_FOLDER(store__does_without_a_diag),
        IN_FOLDER(store_open__locks_the_file_and_not_its_name),
        IN_FOLDER(lock_take__looks_for_the_process__where_there_are_no_locks),
        IN_FOLDER(lock_take__judges_a_leftover__by_what_it_says),
        IN_FOLDER(lock_is_free__only_looks),
        IN_FOLDER(lock_release__leaves_alone__what_is_not_its_own),
        IN_FOLDER(lock_take__says_who__whatever_the_environment_has),
        IN_FOLDER(lock_take__never_gives_a_lock_to_two__when_many_come_and_go),
        IN_FOLDER(store__has_what_it_said__when_killed_in_the_middle),
        IN_FOLDER(store__loses_nothing__whichever_call_fails),
        IN_FOLDER(store__saves__through_interruptions_and_short_writes),
        IN_FOLDER(store__tries_again_by_itself__with_the_newest),
        IN_FOLDER(store_move__saves_elsewhere__when_the_disk_fails),
        IN_FOLDER(store_move__makes_a_read_only_store_writable_elsewhere),
        IN_FOLDER(store_emergency__writes_the_newest__while_the_writer_cannot),
        IN_FOLDER(save__does_not_follow_a_link__that_took_the_place_of_its_folder),
        IN_FOLDER(xml_by_name__stays_xml__whoever_saves_it),
        IN_FOLDER(store_emergency__needs_no_memory),
        IN_FOLDER(store_emergency__has_nothing_to_do__without_a_file_to_write),
        IN_FOLDER(save__keeps_what_somebody_put_in_its_place),
        IN_FOLDER(look_only__gives_the_lock_to_others__and_saves_again_elsewhere),
        IN_FOLDER(store_check__tells_what_is_wrong),
        IN_FOLDER(store_check__names_the_newest_good_generation__when_the_file_is_bad),
        IN_FOLDER(store_open__refuses_what_is_not_there_or_not_good),
        cmocka_unit_test(store_open__understands_every_version_ever_written),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
