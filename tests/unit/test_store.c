/* The store: what is said to be durable is on the disk, whatever fails and whoever dies. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
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
        IN_FOLDER(store__does_without_a_diag),
        IN_FOLDER(store__has_what_it_said__when_killed_in_the_middle),
        IN_FOLDER(store__loses_nothing__whichever_call_fails),
        IN_FOLDER(store__saves__through_interruptions_and_short_writes),
        IN_FOLDER(store__tries_again_by_itself__with_the_newest),
        IN_FOLDER(store_move__saves_elsewhere__when_the_disk_fails),
        IN_FOLDER(store_emergency__writes_the_newest__while_the_writer_cannot),
        IN_FOLDER(save__does_not_follow_a_link__that_took_the_place_of_its_folder),
        IN_FOLDER(xml_by_name__stays_xml__whoever_saves_it),
        IN_FOLDER(store_emergency__needs_no_memory),
        IN_FOLDER(store_emergency__has_nothing_to_do__without_a_file_to_write),
        IN_FOLDER(save__keeps_what_somebody_put_in_its_place),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
