/* Power loss, replayed: the system calls of a session are recorded, and every disk is built that may be left when the power goes after each of
 * them.
 *
 * The disk promises what POSIX promises and no more: what a file held at its fsync, and the names that the folder held at its own. Of all later
 * writes to a file any may be there or not, the last one torn, or the length without the bytes; of all later changes of names any
 * may have happened, in any order, a rename in halves. On each such disk the file has to open and to hold the revision that the store
 * had called durable (the screen's #N) or a later one; each different disk is laid out in a folder, opened by the store, and worked on.
 *
 * MONSHIN_REPLAY_SAVES: so many saves are recorded (6 unless said). Prints how many disks there were. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/sha256.h"
#include "core/io/xml.h"
#include "tests/unit/world.h"

enum { EVENTS_MAX = 20000, FDS_MAX = 256, PIECE = 256, NAMES_MAX = 8, PENDING_MAX = 14, WRITES_MAX = 10 };

/* ---- Recording ---- */

enum event_kind { EV_CREATE, EV_WRITE, EV_FSYNC, EV_SET, EV_REMOVE, EV_FSYNC_FOLDER, EV_DURABLE };

struct event {
    enum event_kind kind;
    int inode;
    char name[48];
    char *bytes;
    size_t n_bytes;
    long revision; /* EV_DURABLE: it was called so */
};

/* Names as the running program sees them. */
struct names {
    struct {
        char name[48];
        int inode;
    } at[NAMES_MAX];
    int n;
};

struct recorder {
    struct file_ops ops;
    pthread_mutex_t mutex;
    struct event event[EVENTS_MAX];
    int n_events, n_inodes;
    int inode_of_fd[FDS_MAX];
    struct names now;
    bool fat;
};

static int find_name(const struct names *t, const char *name)
{
    for (int i = 0; i < t->n; i++)
        if (strcmp(t->at[i].name, name) == 0)
            return i;
    return -1;
}

static int inode_of(const struct names *t, const char *name)
{
    int i = find_name(t, name);
    return i < 0 ? -1 : t->at[i].inode;
}

static void set_name(struct names *t, const char *name, int inode)
{
    int i = find_name(t, name);
    if (i < 0) {
        assert_true(t->n < NAMES_MAX);
        i = t->n++;
        snprintf(t->at[i].name, sizeof t->at[i].name, "%s", name);
    }
    t->at[i].inode = inode;
}

static void remove_name(struct names *t, const char *name)
{
    int i = find_name(t, name);
    if (i >= 0)
        t->at[i] = t->at[--t->n];
}

static struct event *log_event(struct recorder *r, enum event_kind kind, int inode, const char *name)
{
    assert_true(r->n_events < EVENTS_MAX);
    struct event *e = &r->event[r->n_events++];
    *e = (struct event){.kind = kind, .inode = inode};
    snprintf(e->name, sizeof e->name, "%s", name != NULL ? path_base(name) : "");
    if (kind == EV_CREATE || kind == EV_SET)
        set_name(&r->now, e->name, inode);
    if (kind == EV_REMOVE)
        remove_name(&r->now, e->name);
    return e;
}

static int rec_open(void *cookie, int dir, const char *path, int flags, unsigned mode)
{
    struct recorder *r = cookie;
    int fd = openat(dir, path, flags, mode);
    if (fd < 0)
        return fd;
    assert_true(fd < FDS_MAX);
    pthread_mutex_lock(&r->mutex);
    r->inode_of_fd[fd] = flags & O_DIRECTORY ? -1 : r->n_inodes++;
    if (!(flags & O_DIRECTORY))
        log_event(r, EV_CREATE, r->inode_of_fd[fd], path);
    pthread_mutex_unlock(&r->mutex);
    return fd;
}

/* In pieces, so that one may be lost and the next not. */
static long rec_write(void *cookie, int fd, const void *bytes, size_t n)
{
    struct recorder *r = cookie;
    size_t half = n / 2 > PIECE ? n / 2 : PIECE;
    ssize_t k = write(fd, bytes, n < half ? n : half);
    if (k <= 0)
        return k;
    pthread_mutex_lock(&r->mutex);
    struct event *e = log_event(r, EV_WRITE, r->inode_of_fd[fd], NULL);
    e->bytes = xstrndup(bytes, (size_t)k);
    e->n_bytes = (size_t)k;
    pthread_mutex_unlock(&r->mutex);
    return k;
}

static int rec_fsync(void *cookie, int fd)
{
    struct recorder *r = cookie;
    pthread_mutex_lock(&r->mutex);
    int inode = r->inode_of_fd[fd];
    log_event(r, inode < 0 ? EV_FSYNC_FOLDER : EV_FSYNC, inode, NULL);
    pthread_mutex_unlock(&r->mutex);
    return 0;
}

static int rec_close(void *cookie, int fd)
{
    (void)cookie;
    return close(fd);
}

static int rec_rename(void *cookie, int dir, const char *from, const char *to)
{
    struct recorder *r = cookie;
    int rc = renameat(dir, from, dir, to);
    if (rc != 0)
        return rc;
    pthread_mutex_lock(&r->mutex);
    log_event(r, EV_SET, inode_of(&r->now, path_base(from)), to);
    log_event(r, EV_REMOVE, -1, from);
    pthread_mutex_unlock(&r->mutex);
    return 0;
}

static int rec_link(void *cookie, int dir, const char *from, const char *to)
{
    struct recorder *r = cookie;
    if (r->fat) {
        errno = EPERM;
        return -1;
    }
    int rc = linkat(dir, from, dir, to, 0);
    if (rc != 0)
        return rc;
    pthread_mutex_lock(&r->mutex);
    log_event(r, EV_SET, inode_of(&r->now, path_base(from)), to);
    pthread_mutex_unlock(&r->mutex);
    return 0;
}

static int rec_unlink(void *cookie, int dir, const char *path)
{
    struct recorder *r = cookie;
    int rc = unlinkat(dir, path, 0);
    if (rc != 0)
        return rc;
    pthread_mutex_lock(&r->mutex);
    log_event(r, EV_REMOVE, -1, path);
    pthread_mutex_unlock(&r->mutex);
    return 0;
}

static int rec_fchmod(void *cookie, int fd, unsigned mode)
{
    (void)cookie;
    return fchmod(fd, (mode_t)mode);
}

static struct recorder *recorder_new(bool fat)
{
    struct recorder *r = xcalloc(1, sizeof *r);
    r->ops = (struct file_ops){rec_open,   rec_write, rec_fsync,  rec_close,
                               rec_rename, rec_link,  rec_unlink, rec_fchmod, r};
    r->fat = fat;
    pthread_mutex_init(&r->mutex, NULL);
    return r;
}

static void recorder_free(struct recorder *r)
{
    for (int i = 0; i < r->n_events; i++)
        free(r->event[i].bytes);
    pthread_mutex_destroy(&r->mutex);
    free(r);
}

static void log_durable(struct recorder *r, struct store *s)
{
    struct store_state st;
    store_state(s, &st);
    pthread_mutex_lock(&r->mutex);
    log_event(r, EV_DURABLE, -1, NULL)->revision = st.durable;
    pthread_mutex_unlock(&r->mutex);
}

static int saves_wanted(void)
{
    const char *s = getenv("MONSHIN_REPLAY_SAVES");
    return s != NULL && s[0] != '\0' ? atoi(s) : 6;
}

/* A session: made, answered, generations moving with every save, at the end the last resort. */
static struct recorder *record(const struct world *w, bool fat)
{
    struct recorder *r = recorder_new(fat);
    struct assessment *a = small_new();
    struct store *s = create(w, a, &r->ops);
    s->generation_seconds = 0;
    log_durable(r, s);
    for (int i = 0, n = saves_wanted(); i < n; i++) {
        save(s, a);
        if (i % 3 != 2)
            assert_true(store_flush(s, -1, NULL));
        log_durable(r, s);
    }
    assert_true(store_flush(s, -1, NULL));
    pthread_mutex_lock(&s->mutex);
    s->quit = true; /* the writer has left, as when it is the one that found no memory */
    pthread_cond_broadcast(&s->cond);
    while (!s->exited)
        pthread_cond_wait(&s->cond, &s->mutex);
    pthread_mutex_unlock(&s->mutex);
    save(s, a);
    store_emergency(s);
    log_durable(r, s);
    store_close(s);
    assessment_free(a);
    empty_folder(w);
    return r;
}

/* ---- The disk ---- */

/* What of a file is on the disk for certain, and what was written since. */
struct inode {
    struct buf synced;
    int writes[WRITES_MAX]; /* events */
    int n_writes;
};

struct disk {
    const struct recorder *r;
    struct inode *inode;
    struct names synced;      /* at the last fsync of the folder */
    int pending[PENDING_MAX]; /* events that changed names since */
    int n_pending;
    long durable;
    /* the result */
    const struct world *w;
    long n_states, n_bad;
    struct seen {
        unsigned char hash[SHA256_BYTES];
        long revision;
    } * seen; /* contents, so that each is parsed once */
    size_t n_seen, n_laid_out, room;
    unsigned char (*laid_out)[SHA256_BYTES];
};

/* Which of the later writes of a file are there: a bit each, then how the last one of them ends. */
enum ending { WHOLE, TORN, ZEROS, ENDING_COUNT };

static void content_of(struct buf *out, const struct disk *d, int inode, unsigned there, enum ending ending)
{
    const struct inode *in = &d->inode[inode];
    buf_add(out, buf_str(&in->synced), in->synced.len);
    size_t at = in->synced.len;
    for (int i = 0; i < in->n_writes; i++) {
        const struct event *e = &d->r->event[in->writes[i]];
        bool last = there >> (i + 1) == 0;
        size_t n = ending == TORN && last ? e->n_bytes / 2 : e->n_bytes;
        if (there >> i & 1) {
            while (out->len < at) /* a hole where one before it is not */
                buf_addc(out, '\0');
            if (ending == ZEROS)
                for (size_t k = 0; k < n; k++)
                    buf_addc(out, '\0');
            else
                buf_add(out, e->bytes, n);
        }
        at += e->n_bytes;
    }
}

static void apply(struct names *t, const struct event *e)
{
    if (e->kind == EV_REMOVE)
        remove_name(t, e->name);
    else
        set_name(t, e->name, e->inode);
}

static void hash_buf(unsigned char out[SHA256_BYTES], const struct buf *b)
{
    sha256(out, buf_str(b), b->len);
}

/* Revision of these bytes, -1 when they are no good. */
static long revision_of_bytes(struct disk *d, const struct buf *b)
{
    unsigned char hash[SHA256_BYTES];
    hash_buf(hash, b);
    for (size_t i = 0; i < d->n_seen; i++)
        if (memcmp(d->seen[i].hash, hash, sizeof hash) == 0)
            return d->seen[i].revision;
    struct assessment *a = NULL;
    struct load_notes notes = {0};
    long revision = -1;
    if (assessment_read(&a, buf_str(b), b->len, small_find, NULL, &notes, NULL) == ERR_OK)
        revision = a->revision;
    assessment_free(a);
    d->seen = xreallocarray(d->seen, d->n_seen + 1, sizeof *d->seen);
    memcpy(d->seen[d->n_seen].hash, hash, sizeof hash);
    d->seen[d->n_seen++].revision = revision;
    return revision;
}

static int no_fsync(void *cookie, int fd)
{
    (void)cookie, (void)fd;
    return 0;
}

/* The disk as a real folder: opens, and can be worked on. Each different one once. */
static void lay_out(struct disk *d, const struct names *names, const struct buf *content)
{
    struct buf all = {0};
    unsigned char hash[SHA256_BYTES];
    buf_add(&all, buf_str(content), content->len);
    for (int i = 0; i < names->n; i++)
        buf_addf(&all, "%s %d\n", names->at[i].name, names->at[i].inode);
    hash_buf(hash, &all);
    buf_release(&all);
    for (size_t i = 0; i < d->n_laid_out; i++)
        if (memcmp(d->laid_out[i], hash, sizeof hash) == 0)
            return;
    if (d->n_laid_out == d->room) {
        d->room = d->room > 0 ? 2 * d->room : 256;
        d->laid_out = xreallocarray(d->laid_out, d->room, sizeof *d->laid_out);
    }
    memcpy(d->laid_out[d->n_laid_out++], hash, sizeof hash);
    empty_folder(d->w);
    for (int i = 0; i < names->n; i++) {
        struct buf bytes = {0};
        char *path = path_join(d->w->dir, names->at[i].name);
        if (strcmp(path, d->w->path) == 0)
            buf_add(&bytes, buf_str(content), content->len);
        else
            content_of(&bytes, d, names->at[i].inode, 0, WHOLE);
        assert_int_equal(file_write_new(path, buf_str(&bytes), bytes.len, true, NULL), ERR_OK);
        buf_release(&bytes);
        free(path);
    }
    struct store_open got;
    struct file_ops quick = *file_ops_real();
    quick.fsync = no_fsync;
    struct store *s = reopen(d->w, &got, &quick);
    assert_false(got.read_only);
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    store_close(s);
    assert_int_equal(revision_of(d->w->path), got.assessment->revision);
    assert_int_equal(n_leftovers(d->w), 0);
    assessment_free(got.assessment);
}

static void judge_content(struct disk *d, const struct names *names, const struct buf *content)
{
    d->n_states++;
    long revision = revision_of_bytes(d, content);
    if (revision < d->durable || revision < 0)
        d->n_bad++;
    else if (d->n_bad == 0)
        lay_out(d, names, content);
}

/* These names, and every content that the file of that name may have. */
static void judge_names(struct disk *d, const struct names *names)
{
    int inode = inode_of(names, path_base(d->w->path));
    if (inode < 0) {
        d->n_states++;
        d->n_bad += d->durable > 0; /* before that there is nothing to be lost */
        return;
    }
    const struct inode *in = &d->inode[inode];
    for (unsigned there = 0; there < 1u << in->n_writes; there++)
        for (int ending = 0; ending < (there == 0 ? 1 : ENDING_COUNT); ending++) {
            struct buf content = {0};
            content_of(&content, d, inode, there, (enum ending)ending);
            judge_content(d, names, &content);
            buf_release(&content);
        }
}

static void cut_here(struct disk *d)
{
    for (unsigned there = 0; there < 1u << d->n_pending; there++) {
        struct names names = d->synced;
        for (int i = 0; i < d->n_pending; i++)
            if (there >> i & 1)
                apply(&names, &d->r->event[d->pending[i]]);
        judge_names(d, &names);
    }
}

enum lie { NO_LIE, NO_FSYNC, NO_FOLDER_FSYNC };

static void step(struct disk *d, int event, enum lie lie)
{
    const struct event *e = &d->r->event[event];
    struct buf whole = {0};
    switch (e->kind) {
    case EV_WRITE:
        assert_true(d->inode[e->inode].n_writes < WRITES_MAX);
        d->inode[e->inode].writes[d->inode[e->inode].n_writes++] = event;
        break;
    case EV_FSYNC:
        if (lie == NO_FSYNC)
            break;
        content_of(&whole, d, e->inode, (1u << d->inode[e->inode].n_writes) - 1, WHOLE);
        buf_release(&d->inode[e->inode].synced);
        d->inode[e->inode].synced = whole;
        d->inode[e->inode].n_writes = 0;
        break;
    case EV_CREATE:
    case EV_SET:
    case EV_REMOVE:
        assert_true(d->n_pending < PENDING_MAX);
        d->pending[d->n_pending++] = event;
        break;
    case EV_FSYNC_FOLDER:
        if (lie == NO_FOLDER_FSYNC && d->n_pending + 6 < PENDING_MAX)
            break;
        for (int i = 0; i < d->n_pending; i++)
            apply(&d->synced, &d->r->event[d->pending[i]]);
        d->n_pending = 0;
        break;
    case EV_DURABLE:
        d->durable = e->revision > d->durable ? e->revision : d->durable;
        break;
    }
}

/* The power goes after each of the events. lie: a disk, or a program, that leaves one of the fsyncs out. */
static void replay(struct disk *d, const struct world *w, const struct recorder *r, enum lie lie)
{
    *d = (struct disk){.r = r, .w = w, .inode = xcalloc((size_t)r->n_inodes + 1, sizeof *d->inode)};
    for (int i = 0; i < r->n_events; i++) {
        step(d, i, lie);
        cut_here(d);
    }
    for (int i = 0; i < r->n_inodes; i++)
        buf_release(&d->inode[i].synced);
    free(d->inode);
    free(d->seen);
    free(d->laid_out);
}

static void every_disk__holds_what_was_called_saved__whenever_the_power_goes(void **state)
{
    struct world *w = *state;
    long n_states = 0, n_laid_out = 0;
    for (int fat = 0; fat < 2; fat++) {
        struct disk d;
        empty_folder(w);
        struct recorder *r = record(w, fat);
        replay(&d, w, r, NO_LIE);
        assert_int_equal(d.n_bad, 0);
        n_states += d.n_states;
        n_laid_out += (long)d.n_laid_out;
        recorder_free(r);
    }
    printf("figure: %ld disk states replayed, %ld different ones opened and worked on\n", n_states, n_laid_out);
    assert_true(n_states > 1000);
}

/* Were it not so, the test above would prove nothing. */
static void replay__finds_the_loss__when_an_fsync_is_left_out(void **state)
{
    struct world *w = *state;
    struct disk d;
    struct recorder *r = record(w, false);
    replay(&d, w, r, NO_FSYNC);
    assert_true(d.n_bad > 0);
    replay(&d, w, r, NO_FOLDER_FSYNC);
    assert_true(d.n_bad > 0);
    recorder_free(r);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_disk__holds_what_was_called_saved__whenever_the_power_goes),
        IN_FOLDER(replay__finds_the_loss__when_an_fsync_is_left_out),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
