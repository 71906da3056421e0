/* Every system call on the way of a save fails in turn: each call, each of its times, each reason, once and for good.
 *
 * What must hold each time: the file opens and holds the old revision or the new one, never less than what was called durable; the
 * store says FAILING and why unless the save came through after all; the older generation opens; when the disk works again the
 * next save brings everything, and nothing is left lying about. Prints how many faults were injected. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/io/xml.h"
#include "tests/unit/world.h"

enum call { OPEN, WRITE, FSYNC, CLOSE, RENAME, LINK, UNLINK, FCHMOD, OPEN_FOLDER, FSYNC_FOLDER, CLOSE_FOLDER, CALL_COUNT };
static const char *const call_names[CALL_COUNT] = {"open",   "write",  "fsync",       "close",        "rename",       "link",
                                                   "unlink", "fchmod", "open folder", "fsync folder", "close folder"};

/* A write that takes half and then fails is a reason of its own. */
enum { SHORT = -1 };
static const struct {
    int error;
    const char *name;
} reasons[] = {{EIO, "EIO"},       {ENOSPC, "ENOSPC"}, {EDQUOT, "EDQUOT"},
               {EROFS, "EROFS"},   {EINTR, "EINTR"},   {SHORT, "short write, then ENOSPC"}};
enum { REASONS = sizeof reasons / sizeof reasons[0] };

/* The disk fails at the nth of one kind of call. The writer thread makes the calls. */
struct bad_disk {
    struct file_ops ops;
    atomic_int call, nth, error;
    atomic_bool forever, no_links;
    atomic_int seen;     /* calls of that kind since it was armed */
    atomic_int injected; /* so many failed */
};

static bool fails(struct bad_disk *b, enum call call)
{
    if (b->nth == 0 || b->call != (int)call)
        return false;
    int n = ++b->seen;
    if (b->forever ? n < b->nth : n != b->nth)
        return false;
    b->injected++;
    errno = b->error == SHORT ? ENOSPC : b->error;
    return true;
}

static bool is_folder(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

static int bad_open(void *cookie, int dir, const char *path, int flags, unsigned mode)
{
    return fails(cookie, flags & O_DIRECTORY ? OPEN_FOLDER : OPEN) ? -1 : openat(dir, path, flags, mode);
}

static long bad_write(void *cookie, int fd, const void *bytes, size_t n)
{
    struct bad_disk *b = cookie;
    if (!fails(b, WRITE))
        return write(fd, bytes, n);
    if (b->error == SHORT && n > 1) {
        b->seen--; /* the rest of it fails, at the next call */
        b->error = ENOSPC;
        return write(fd, bytes, n / 2);
    }
    return -1;
}

static int bad_fsync(void *cookie, int fd)
{
    return fails(cookie, is_folder(fd) ? FSYNC_FOLDER : FSYNC) ? -1 : fsync(fd);
}

static int bad_close(void *cookie, int fd)
{
    bool folder = is_folder(fd);
    close(fd); /* Linux closes it in any case */
    return fails(cookie, folder ? CLOSE_FOLDER : CLOSE) ? -1 : 0;
}

static int bad_rename(void *cookie, int dir, const char *from, const char *to)
{
    return fails(cookie, RENAME) ? -1 : renameat(dir, from, dir, to);
}

static int bad_link(void *cookie, int dir, const char *from, const char *to)
{
    struct bad_disk *b = cookie;
    if (fails(b, LINK))
        return -1;
    if (b->no_links) {
        errno = EPERM;
        return -1;
    }
    return linkat(dir, from, dir, to, 0);
}

static int bad_unlink(void *cookie, int dir, const char *path)
{
    return fails(cookie, UNLINK) ? -1 : unlinkat(dir, path, 0);
}

static int bad_fchmod(void *cookie, int fd, unsigned mode)
{
    struct bad_disk *b = cookie;
    if (fails(b, FCHMOD))
        return -1;
    if (b->no_links) { /* no permissions either: FAT */
        errno = EPERM;
        return -1;
    }
    return fchmod(fd, (mode_t)mode);
}

static struct bad_disk *bad_disk_new(bool fat)
{
    struct bad_disk *b = xcalloc(1, sizeof *b);
    b->ops = (struct file_ops){bad_open, bad_write,  bad_fsync,  bad_close, bad_rename,
                               bad_link, bad_unlink, bad_fchmod, b};
    b->no_links = fat;
    return b;
}

struct fault {
    enum call call;
    int nth, reason;
    bool forever, fat;
};

static void arm(struct bad_disk *b, const struct fault *f)
{
    b->call = f->call;
    b->error = reasons[f->reason].error;
    b->forever = f->forever;
    b->seen = 0;
    b->nth = f->nth;
}

/* So that a failure can be told from the log which of the thousands it was. */
#define HOLDS(f, condition)                                                                                                 \
    do {                                                                                                                    \
        if (!(condition))                                                                                                   \
            fail_msg("%s: %s no. %d fails with %s %s%s", #condition, call_names[(f)->call], (f)->nth,                       \
                     reasons[(f)->reason].name, (f)->forever ? "for good" : "once", (f)->fat ? ", on FAT" : "");            \
    } while (0)

/* Revision 3 is saved while the fault is on. */
static void judge(const struct world *w, const struct fault *f, struct store *s, bool saved)
{
    struct store_state st;
    store_state(s, &st);
    int error = reasons[f->reason].error;
    HOLDS(f, st.durable == (saved ? 3 : 2));
    HOLDS(f, st.phase == (saved ? STORE_IDLE : STORE_FAILING));
    HOLDS(f, saved || (st.diag.err == ERR_WRITE && st.diag.sys == (error == SHORT ? ENOSPC : error)));
    long revision = revision_of(w->path);
    HOLDS(f, revision >= st.durable && revision <= 3);
    static const char *const generations[] = {".gen1", ".gen0", ".gen2"}; /* they may have stopped between two renames */
    long older = -1;
    for (size_t i = 0; i < 3 && older < 0; i++)
        older = revision_beside(w, generations[i]);
    HOLDS(f, older >= 1);
}

/* How many faults the disk injected; 0: the save makes fewer such calls. */
static int inject(const struct world *w, const struct fault *f)
{
    struct assessment *a = small_new();
    struct bad_disk *b = bad_disk_new(f->fat);
    struct store *s = create(w, a, &b->ops);
    struct store_state st;
    s->generation_seconds = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    arm(b, f);
    save(s, a);
    bool saved = store_flush(s, -1, NULL);
    judge(w, f, s, saved);
    b->nth = 0; /* the disk works again */
    save(s, a);
    HOLDS(f, store_flush(s, -1, NULL));
    store_state(s, &st);
    HOLDS(f, st.durable == 4 && st.phase == STORE_IDLE && st.diag.err == ERR_OK);
    HOLDS(f, revision_of(w->path) == 4);
    HOLDS(f, revision_beside(w, ".gen1") >= 2);
    store_close(s);
    struct store_open got;
    s = reopen(w, &got, NULL);
    HOLDS(f, n_leftovers(w) == 0 && !got.read_only);
    store_close(s);
    assessment_free(got.assessment);
    int injected = b->injected;
    free(b);
    assessment_free(a);
    empty_folder(w);
    return injected;
}

static void every_call_of_a_save__may_fail_for_every_reason__once_and_for_good(void **state)
{
    struct world *w = *state;
    long injected = 0, cases = 0;
    for (int fat = 0; fat < 2; fat++)
        for (int call = 0; call < CALL_COUNT; call++)
            for (int reason = 0; reason < REASONS; reason++)
                for (int forever = 0; forever < 2; forever++) {
                    struct fault f = {(enum call)call, 1, reason, forever, fat};
                    if (reasons[reason].error == SHORT && call != WRITE)
                        continue;
                    for (int n = 1; n > 0; f.nth++) {
                        n = inject(w, &f);
                        injected += n;
                        cases += n > 0;
                    }
                    assert_true(f.nth > 2); /* each kind of call is made at least once */
                }
    printf("figure: %ld faults injected in %ld cases\n", injected, cases);
    assert_true(cases > 300);
}

/* The last resort says nothing: what counts is what is in the file. What fails only once it gets over. */
static int inject_emergency(const struct world *w, const struct fault *f)
{
    struct assessment *a = small_new();
    struct bad_disk *b = bad_disk_new(f->fat);
    struct store *s = create(w, a, &b->ops);
    struct fault full = {OPEN, 1, 1, true, f->fat};
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    arm(b, &full);
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    b->injected = 0;
    arm(b, f);
    pthread_mutex_lock(&s->mutex);
    s->retry_at = clock_in_ms(60000); /* the writer keeps out of it */
    pthread_mutex_unlock(&s->mutex);
    store_emergency(s);
    int injected = b->injected;
    long revision = revision_of(w->path);
    HOLDS(f, revision == 3 || (f->forever && injected > 0 && revision == 2));
    b->nth = 0;
    store_close(s);
    free(b);
    assessment_free(a);
    empty_folder(w);
    return injected;
}

static void every_call_of_the_last_resort__may_fail__and_a_file_is_there(void **state)
{
    struct world *w = *state;
    long injected = 0;
    for (int call = 0; call < CALL_COUNT; call++)
        for (int reason = 0; reason < REASONS; reason++)
            for (int forever = 0; forever < 2; forever++) {
                struct fault f = {(enum call)call, 1, reason, forever, false};
                if (reasons[reason].error == SHORT && call != WRITE)
                    continue;
                for (int n = 1; n > 0; f.nth++) {
                    n = inject_emergency(w, &f);
                    injected += n;
                }
            }
    printf("figure: %ld faults injected into the last resort\n", injected);
    assert_true(injected > 50);
}

/* The temporary name can be known before: a link that cannot be taken away is not written through. */
static void last_resort__never_goes_through_a_link(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct bad_disk *b = bad_disk_new(false);
    struct store *s = create(w, a, &b->ops);
    struct fault full = {OPEN, 1, 1, true, false}, stays = {UNLINK, 1, 0, true, false};
    struct buf bytes = {0};
    char *victim = beside(w, ".victim");
    arm(b, &full);
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    pthread_mutex_lock(&s->mutex);
    s->retry_at = clock_in_ms(60000);
    pthread_mutex_unlock(&s->mutex);
    assert_int_equal(file_write_new(victim, "of somebody else", 16, false, NULL), ERR_OK);
    assert_int_equal(symlink(victim, s->place->last_resort), 0);
    arm(b, &stays);
    assert_false(store_emergency(s));
    assert_int_equal(file_read(&bytes, victim, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&bytes), "of somebody else");
    b->nth = 0;
    store_close(s);
    buf_release(&bytes);
    free(victim);
    free(b);
    assessment_free(a);
}

/* FAT over some drivers, network mounts: there is no more to be had, and it is no fault. */
static void folder_that_cannot_be_synced__is_no_failure(void **state)
{
    static const int errors[] = {EINVAL, ENOTSUP};
    struct world *w = *state;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        struct assessment *a = small_new();
        struct bad_disk *b = bad_disk_new(false);
        b->call = FSYNC_FOLDER;
        b->error = errors[i];
        b->forever = true;
        b->nth = 1;
        struct store *s = create(w, a, &b->ops);
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
        pthread_mutex_lock(&s->mutex);
        s->durable = 1; /* as if the save had not been */
        pthread_mutex_unlock(&s->mutex);
        assert_true(store_emergency(s));
        assert_int_equal(revision_of(w->path), 2);
        assert_true(b->injected >= 3);
        store_close(s);
        free(b);
        assessment_free(a);
        empty_folder(w);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_call_of_a_save__may_fail_for_every_reason__once_and_for_good),
        IN_FOLDER(every_call_of_the_last_resort__may_fail__and_a_file_is_there),
        IN_FOLDER(last_resort__never_goes_through_a_link),
        IN_FOLDER(folder_that_cannot_be_synced__is_no_failure),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
