/* See store.h: opening, submitting, moving, closing. The parts: store_lock.c, store_generations.c,
 * store_writer.c, store_emergency.c, store_check.c. */
#include "core/model/store.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/locked.h"
#include "core/model/store_priv.h"

enum { CLOSE_MS = 5000, STOP_MS = 500 };

static char *joined(const char *a, const char *b)
{
    struct buf out = {0};
    buf_adds(&out, a);
    buf_adds(&out, b);
    return buf_take(&out);
}

/* Absolute and without links, so that neither another way to the same file nor a change of folder
 * leads past the lock. */
static char *real_path(const char *path)
{
    char room[PATH_MAX]; /* realpath's own would be memory that nobody asks us for */
    if (realpath(path, room) != NULL)
        return xstrdup(room);
    char *target = file_target(path); /* a link to what is yet to be made */
    if (target == NULL)
        target = xstrdup(path);
    char *dir = path_dir(target);
    char *out = path_join(realpath(dir, room) != NULL ? room : dir, path_base(target));
    free(dir);
    free(target);
    return out;
}

struct place *place_new(const char *path)
{
    struct place *p = xcalloc(1, sizeof *p);
    p->path = xstrdup(path);
    p->real = real_path(path);
    p->dir = path_dir(p->real);
    p->plain = !gz_fits_name(p->real);
    struct stamp folder = stamp_of(p->dir);
    p->medium = folder.known ? folder.dev : 0;
    p->folder = folder.known ? folder.ino : 0;
    p->last_resort = joined(p->real, ".emergency");
    p->lock.fd = -1;
    p->refs = 1;
    return p;
}

void place_release(struct store *s, struct place *p)
{
    pthread_mutex_lock(&s->mutex);
    p->refs--;
    bool gone = p->refs == 0;
    pthread_mutex_unlock(&s->mutex);
    if (!gone)
        return;
    lock_release(&p->lock);
    free(p->path);
    free(p->real);
    free(p->dir);
    free(p->last_resort);
    free(p);
}

static enum err place_lock(struct place *p, char holder[HOLDER_SIZE], struct diag *diag)
{
    char *path = joined(p->real, ".lock");
    enum err err = lock_take(&p->lock, path, false, holder, diag);
    free(path);
    return err;
}

static struct store *store_new(const char *path, const struct file_ops *ops)
{
    struct store *s = xcalloc(1, sizeof *s);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&s->cond, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&s->mutex, NULL);
    pthread_mutex_init(&s->landing, NULL);
    s->ops = ops != NULL ? ops : file_ops_real();
    s->generation_seconds = GENERATION_SECONDS;
    s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    s->place = place_new(path);
    return s;
}

static void store_free(struct store *s)
{
    place_release(s, s->place);
    safe_release(s->safe);
    safe_release(s->written);
    if (s->wake_fd >= 0)
        close(s->wake_fd);
    pthread_cond_destroy(&s->cond);
    pthread_mutex_destroy(&s->mutex);
    pthread_mutex_destroy(&s->landing);
    free(s);
}

/* Temporary files of a program that died in a save. Only who has the lock may do this: nobody else
 * is saving then. */
static void sweep(const struct place *p)
{
    char *stem = joined(path_base(p->real), ".tmp");
    char *copies = joined(path_base(p->real), ".gen0.tmp"); /* where there are no links */
    DIR *dir = opendir(p->dir);
    struct dirent *entry = dir != NULL ? readdir(dir) : NULL;
    for (; entry != NULL; entry = readdir(dir)) {
        if (strncmp(entry->d_name, stem, strlen(stem)) != 0 &&
            strncmp(entry->d_name, copies, strlen(copies)) != 0)
            continue;
        char *left = path_join(p->dir, entry->d_name);
        unlink(left);
        free(left);
    }
    if (dir != NULL)
        closedir(dir);
    unlink(p->last_resort);
    free(copies);
    free(stem);
}

/* Why there is no lock decides what that means: held by somebody, or on a medium or in a folder
 * that we cannot write to: to look at only. A full disk also has no room for the lock, but must not
 * keep anybody from working and saving elsewhere. */
static bool is_read_only(enum err lock_err, int lock_errno, const char *real)
{
    if (lock_err == ERR_LOCKED)
        return true;
    if (lock_err != ERR_OK && (lock_errno == EROFS || lock_errno == EACCES || lock_errno == EPERM))
        return true;
    return access(real, W_OK) != 0 && (errno == EACCES || errno == EROFS);
}

static enum err load(struct store *s, struct store_open *result, const struct passphrase *pass,
                     find_checklist_fn find, void *cookie, struct diag *diag)
{
    struct buf bytes = {0};
    s->place->stamp = stamp_of(s->place->real);
    enum err err = locked_read(&bytes, &s->safe, s->place->real, pass, diag);
    s->written = safe_ref(s->safe);
    if (err == ERR_OK)
        err = assessment_read(&result->assessment, buf_str(&bytes), bytes.len, find, cookie,
                              &result->notes, diag);
    buf_release(&bytes);
    return err;
}

static void wipe_plain(struct store *s)
{
    int dir = place_folder(s->place, s->ops);
    if (dir < 0)
        return;
    generations_wipe_plain(s->ops, dir, path_base(s->place->real));
    s->ops->close(s->ops->cookie, dir);
}

enum err store_open_locked(struct store **out, struct store_open *result, const char *path,
                           const struct passphrase *pass, find_checklist_fn find, void *cookie,
                           const struct file_ops *ops, struct diag *diag)
{
    struct diag why = {0};
    struct store_open got = {0};
    if (!file_exists(path))
        return diag_set(diag, ERR_NOT_FOUND, 0, NULL, NULL);
    struct store *s = store_new(path, ops);
    enum err lock_err = place_lock(s->place, got.locked_by, &why);
    got.read_only = s->read_only = is_read_only(lock_err, why.sys, s->place->real);
    if (s->read_only)
        lock_release(&s->place->lock);
    enum err err = load(s, &got, pass, find, cookie, diag);
    if (err != ERR_OK) {
        store_free(s);
        return err;
    }
    s->durable = s->submitted = got.assessment->revision;
    if (s->place->lock.fd >= 0)
        sweep(s->place);
    if (s->place->lock.fd >= 0 && s->safe != NULL)
        wipe_plain(s);
    if (!s->read_only)
        writer_start(s);
    *result = got;
    *out = s;
    return ERR_OK;
}

enum err store_open(struct store **out, struct store_open *result, const char *path,
                    find_checklist_fn find, void *cookie, const struct file_ops *ops,
                    struct diag *diag)
{
    return store_open_locked(out, result, path, NULL, find, cookie, ops, diag);
}

void store_set_safe(struct store *s, struct safe *safe)
{
    safe_release(s->safe);
    s->safe = safe;
}

bool store_has_safe(const struct store *s)
{
    return s->safe != NULL;
}

bool store_passphrase_fits(const struct store *s, const struct passphrase *pass)
{
    return s->safe == NULL || safe_fits(s->safe, pass);
}

enum err store_create(struct store **out, const char *path, struct assessment *a,
                      const char *program, const char *now, const struct file_ops *ops,
                      struct diag *diag)
{
    char holder[HOLDER_SIZE];
    long revision = a->revision;
    if (file_exists(path))
        return diag_set(diag, ERR_EXISTS, 0, NULL, NULL);
    struct store *s = store_new(path, ops);
    if (place_lock(s->place, holder, diag) == ERR_LOCKED) {
        store_free(s);
        return ERR_LOCKED;
    }
    /* Without a lock for any other reason the save below will say what is wrong. */
    writer_start(s);
    store_submit(s, a, program, now);
    struct diag why = {0};
    if (store_flush(s, -1, &why)) {
        *out = s;
        return ERR_OK;
    }
    if (diag != NULL)
        *diag = why;
    a->revision = revision;
    store_close(s);
    return why.err;
}

void store_look_only(struct store *s)
{
    s->read_only = true;
    writer_stop(s, STOP_MS);
    lock_release(&s->place->lock);
}

long store_submit(struct store *s, struct assessment *a, const char *program, const char *now)
{
    if (s->read_only)
        return a->revision;
    a->revision++;
    field_set(&a->modified, now, FIELD_MAX, false);
    if (program != NULL)
        field_set(&a->program, program, FIELD_MAX, false);
    struct job *job = xcalloc(1, sizeof *job);
    job->revision = a->revision;
    assessment_write(&job->xml, a, NULL);
    s->refused = (struct diag){0};
    s->fill = (int)(job->xml.len * 100 / XML_FULL_BYTES);
    if (assessment_fits(a, &job->xml, &s->refused) != ERR_OK) {
        buf_release(&job->xml);
        free(job);
        a->revision--;
        return 0;
    }
    job->safe = safe_ref(s->safe);
    writer_submit(s, job);
    return a->revision;
}

void store_pardon(struct store *s)
{
    s->refused = (struct diag){0};
}

int store_fill(const struct store *s)
{
    return s->fill;
}

enum err store_refused(const struct store *s, struct diag *diag)
{
    if (diag != NULL)
        *diag = s->refused;
    return s->refused.err;
}

void store_state(struct store *s, struct store_state *out)
{
    uint64_t count;
    if (read(s->wake_fd, &count, sizeof count) < 0)
        errno = 0; /* nothing new */
    pthread_mutex_lock(&s->mutex);
    *out = (struct store_state){
        .phase = s->failing              ? STORE_FAILING
                 : s->pending || s->busy ? STORE_SAVING
                                         : STORE_IDLE,
        .submitted = s->submitted,
        .durable = s->durable,
        .saved_at = s->saved_at,
        .diag = s->diag,
    };
    pthread_mutex_unlock(&s->mutex);
}

int store_wake_fd(const struct store *s)
{
    return s->wake_fd;
}

const char *store_path(const struct store *s)
{
    return s->place->path;
}

bool store_read_only(const struct store *s)
{
    return s->read_only;
}

enum err store_move(struct store *s, const char *path, struct diag *diag)
{
    char holder[HOLDER_SIZE];
    if (file_exists(path))
        return diag_set(diag, ERR_EXISTS, 0, NULL, NULL);
    struct place *to = place_new(path);
    struct diag why = {0};
    enum err err = place_lock(to, holder, &why);
    if (err != ERR_OK && (err == ERR_LOCKED || why.sys != ENOSPC)) {
        place_release(s, to);
        if (diag != NULL)
            *diag = why;
        return err;
    }
    pthread_mutex_lock(&s->mutex);
    struct place *from = s->place;
    s->place = to;
    s->pending = s->newest != NULL;
    s->failing = false;
    s->durable = 0; /* nothing is there yet */
    s->saved_at = 0;
    s->diag = (struct diag){0};
    pthread_cond_broadcast(&s->cond);
    pthread_mutex_unlock(&s->mutex);
    s->read_only = false;
    writer_start(s);
    place_release(s, from);
    return ERR_OK;
}

/* Under the mutex: the newest submission is saved, or was tried once more and failed. */
static bool settled(const struct store *s, long target, long n_failed)
{
    return s->durable >= target || (s->n_failed != n_failed && s->failed_revision >= target);
}

bool store_flush(struct store *s, int timeout_ms, struct diag *diag)
{
    struct timespec end = clock_in_ms(timeout_ms < 0 ? 0 : timeout_ms);
    pthread_mutex_lock(&s->mutex);
    long target = s->submitted, n_failed = s->n_failed;
    s->hurry = !settled(s, target, n_failed);
    s->hurry_for = target;
    pthread_cond_broadcast(&s->cond);
    while (s->newest != NULL && !s->exited && !settled(s, target, n_failed) &&
           (timeout_ms < 0 || !clock_reached(&end))) {
        if (timeout_ms < 0)
            pthread_cond_wait(&s->cond, &s->mutex);
        else
            pthread_cond_timedwait(&s->cond, &s->mutex, &end);
    }
    bool durable = s->newest == NULL || s->durable >= target;
    if (!durable && diag != NULL)
        *diag = s->diag;
    pthread_mutex_unlock(&s->mutex);
    if (durable && s->refused.err != ERR_OK) {
        if (diag != NULL)
            *diag = s->refused;
        return false;
    }
    return durable;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    store_flush(s, CLOSE_MS, NULL);
    writer_stop(s, STOP_MS);
    /* A thread that hangs in a system call still uses the store: the process is about to end, and
     * so does the lock. */
    if (s->exited)
        store_free(s);
}

bool store_changed_outside(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    bool busy = s->busy;
    unsigned long n_attempts = s->n_attempts;
    struct stamp seen = s->place->stamp;
    pthread_mutex_unlock(&s->mutex);
    struct stamp now = stamp_of(s->place->real);
    pthread_mutex_lock(&s->mutex);
    busy = busy || s->busy || n_attempts != s->n_attempts;
    pthread_mutex_unlock(&s->mutex);
    return !busy && seen.known && now.known && !stamp_same(&seen, &now);
}

bool store_lock_is_free(const struct store *s)
{
    char *path = joined(s->place->real, ".lock");
    bool is_free = s->place->lock.fd < 0 && lock_is_free(path);
    free(path);
    return is_free;
}
