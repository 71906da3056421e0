/* The writer thread: takes the newest submitted revision, compresses it, moves the generations when
 * it is time, replaces the file. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/gz.h"
#include "core/model/store_priv.h"

enum { RETRY_MS = 1000 };

static void job_release(struct store *s, struct job *job)
{
    if (job == NULL)
        return;
    pthread_mutex_lock(&s->mutex);
    job->refs--;
    bool gone = job->refs == 0;
    pthread_mutex_unlock(&s->mutex);
    if (gone) {
        buf_release(&job->xml);
        safe_release(job->safe);
        free(job);
    }
}

static void wake(const struct store *s)
{
    const uint64_t one = 1;
    if (write(s->wake_fd, &one, sizeof one) < 0)
        errno = 0; /* only when the counter is full: then it is readable already */
}

/* Somebody has put another file in the place of ours: theirs is kept as a generation before it is written over. */
static bool is_foreign(const struct place *p)
{
    struct stamp now = stamp_of(p->real);
    return p->stamp.known && now.known && !stamp_untouched(&p->stamp, &now);
}

static bool generations_due(const struct store *s, const struct place *p)
{
    struct timespec due = p->moved_at;
    due.tv_sec += s->generation_seconds;
    return !p->moved || clock_reached(&due);
}

/* A generation that cannot be kept is no reason not to save: it is tried again with the next save.
 * Only the writer looks at moved and moved_at. */
static void keep_generation(struct store *s, struct place *p, int dir)
{
    if ((is_foreign(p) || generations_due(s, p)) && generations_move(s->ops, dir, path_base(p->real))) {
        p->moved = true;
        p->moved_at = clock_in_ms(0);
    }
}

static void pack(struct buf *out, const struct place *p, const struct job *job)
{
    struct buf gz = {0};
    const struct buf *bytes = p->plain ? &job->xml : &gz;
    if (!p->plain)
        gz_deflate(&gz, job->xml.p, job->xml.len);
    if (job->safe != NULL)
        safe_seal(out, bytes->p, bytes->len, job->safe);
    else
        buf_add(out, bytes->p, bytes->len);
    buf_release(&gz);
}

/* A disk that was slow must not bring an older revision down on top of what the last resort has saved meanwhile. */
static enum err land(struct store *s, int dir, const char *temp, const char *name, struct diag *diag)
{
    enum err err = ERR_OK;
    pthread_mutex_lock(&s->landing);
    if (!s->overtaken)
        err = file_land_at(s->ops, dir, temp, name, diag);
    else {
        (void)s->ops->unlink(s->ops->cookie, dir, temp);
        err = diag_sys(diag, ERR_WRITE, ECANCELED, "rename");
    }
    pthread_mutex_unlock(&s->landing);
    return err;
}

static enum err put(struct store *s, int dir, const char *name, const struct buf *bytes, struct diag *diag)
{
    struct buf temp = {0};
    enum err err = file_stage_at(s->ops, dir, name, bytes->p, bytes->len, &temp, diag);
    if (err == ERR_OK)
        err = land(s, dir, buf_str(&temp), name, diag);
    buf_release(&temp);
    return err;
}

static enum err save(struct store *s, struct place *p, const struct job *job, struct diag *diag)
{
    struct buf bytes = {0};
    bool other = job->safe != s->written, wipes = other && job->safe != NULL;
    if (place_gone(p))
        return diag_sys(diag, ERR_WRITE, ENODEV, NULL);
    int dir = place_folder(p, s->ops);
    if (dir < 0)
        return diag_sys(diag, ERR_WRITE, errno, "open");
    const char *name = path_base(p->real);
    pack(&bytes, p, job);
    if (wipes)
        generations_hold(s->ops, dir, name);
    else
        keep_generation(s, p, dir);
    enum err err = put(s, dir, name, &bytes, diag);
    if (err == ERR_OK && wipes)
        generations_wipe(s->ops, dir, name);
    s->ops->close(s->ops->cookie, dir);
    if (err == ERR_OK && other) {
        safe_release(s->written);
        s->written = safe_ref(job->safe);
    }
    buf_release(&bytes);
    return err;
}

/* Under the mutex. A result for a place that has been left meanwhile counts for nothing. */
static void book(struct store *s, const struct place *p, const struct job *job, enum err err,
                 const struct diag *diag)
{
    if (p != s->place)
        return;
    if (job->revision >= s->hurry_for)
        s->hurry = false;
    if (err == ERR_OK) {
        s->failing = false;
        s->durable = job->revision;
        s->saved_at = time(NULL);
        s->diag = (struct diag){0};
        return;
    }
    s->failing = true;
    s->pending = true;
    s->diag = *diag;
    s->n_failed++;
    s->failed_revision = job->revision;
    s->retry_at = clock_in_ms(RETRY_MS);
}

/* Under the mutex, which it gives up while it works. */
static void attempt(struct store *s)
{
    struct job *job = s->newest;
    struct place *p = s->place;
    struct diag diag = {0};
    job->refs++;
    p->refs++;
    s->pending = false;
    s->busy = true;
    s->n_attempts++;
    pthread_mutex_unlock(&s->mutex);

    enum err err = save(s, p, job, &diag);
    struct stamp stamp = stamp_of(p->real);

    pthread_mutex_lock(&s->mutex);
    s->busy = false;
    if (err == ERR_OK)
        p->stamp = stamp;
    book(s, p, job, err, &diag);
    pthread_cond_broadcast(&s->cond);
    pthread_mutex_unlock(&s->mutex);
    wake(s);
    job_release(s, job);
    place_release(s, p);
    pthread_mutex_lock(&s->mutex);
}

static void *writer_main(void *cookie)
{
    struct store *s = cookie;
    pthread_mutex_lock(&s->mutex);
    while (!s->quit || (s->pending && !s->failing)) {
        if (!s->pending)
            pthread_cond_wait(&s->cond, &s->mutex);
        else if (s->failing && !s->hurry && !clock_reached(&s->retry_at))
            pthread_cond_timedwait(&s->cond, &s->mutex, &s->retry_at);
        else
            attempt(s);
    }
    s->exited = true;
    pthread_cond_broadcast(&s->cond);
    pthread_mutex_unlock(&s->mutex);
    return NULL;
}

void writer_start(struct store *s)
{
    if (s->has_thread)
        return;
    s->quit = s->exited = false; /* it may have been stopped before */
    s->has_thread = pthread_create(&s->thread, NULL, writer_main, s) == 0;
    if (!s->has_thread)
        mem_exhausted(); /* without the thread nothing can be saved */
}

void writer_stop(struct store *s, int timeout_ms)
{
    if (!s->has_thread) {
        s->exited = true;
        return;
    }
    struct timespec end = clock_in_ms(timeout_ms);
    pthread_mutex_lock(&s->mutex);
    s->quit = true;
    pthread_cond_broadcast(&s->cond);
    while (!s->exited && !clock_reached(&end))
        pthread_cond_timedwait(&s->cond, &s->mutex, &end);
    bool exited = s->exited;
    pthread_mutex_unlock(&s->mutex);
    if (exited)
        pthread_join(s->thread, NULL);
    else
        pthread_detach(s->thread);
    s->has_thread = false;
    if (exited) {
        job_release(s, s->newest);
        s->newest = NULL;
    }
}

void writer_submit(struct store *s, struct job *job)
{
    job->refs = 1;
    pthread_mutex_lock(&s->mutex);
    if (s->dying) {
        pthread_mutex_unlock(&s->mutex);
        mem_exhausted(); /* waits for the end: this must not be taken for saved */
    }
    struct job *old = s->newest;
    s->newest = job;
    s->pending = true;
    s->submitted = job->revision;
    pthread_cond_broadcast(&s->cond);
    pthread_mutex_unlock(&s->mutex);
    job_release(s, old);
}
