/* The last resort: the newest revision goes to the disk without the writer thread and without
 * asking for memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "core/model/store_priv.h"
#include "core/seal/secret.h"

enum { STORED_MAX = 65535, WAIT_MS = 2000, INTERRUPTS_MAX = 100 };

static int write_all(const struct file_ops *ops, int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    int interrupts = 0;
    while (n > 0) {
        long done = ops->write(ops->cookie, fd, p, n);
        if (done < 0 && errno == EINTR && ++interrupts < INTERRUPTS_MAX)
            continue;
        if (done <= 0) {
            errno = done == 0 ? EIO : errno;
            return -1;
        }
        p += done;
        n -= (size_t)done;
    }
    return 0;
}

static uint32_t crc_of(const char *bytes, size_t n)
{
    uint32_t crc = 0xffffffffU;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
    }
    return ~crc;
}

static void little(unsigned char *out, uint32_t value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++)
        out[i] = (unsigned char)(value >> (8 * i) & 0xff);
}

/* Where the bytes go: straight to the file or, under a passphrase, chunk by chunk through the cipher. */
struct sink {
    const struct file_ops *ops;
    int fd;
    bool sealed;
    struct safe_stream stream;
    size_t n; /* in chunk */
    unsigned char chunk[SAFE_CHUNK + SAFE_TAG]; /* sealed in its place: threads have small stacks where the C library is small */
};

static int sink_begin(struct sink *k, const struct file_ops *ops, int fd, const struct safe *safe)
{
    unsigned char nonce[SAFE_NONCE];
    size_t n_header;
    k->ops = ops;
    k->fd = fd;
    k->sealed = safe != NULL;
    k->n = 0;
    if (safe == NULL)
        return 0;
    const char *header = safe_header(safe, &n_header);
    safe_stream_begin(&k->stream, nonce, safe);
    return write_all(ops, fd, header, n_header) != 0 ? -1 : write_all(ops, fd, nonce, sizeof nonce);
}

static int sink_flush(struct sink *k, bool last)
{
    safe_stream_chunk(&k->stream, k->chunk, k->chunk, k->n, last);
    size_t n = k->n + SAFE_TAG;
    k->n = 0;
    return write_all(k->ops, k->fd, k->chunk, n);
}

/* A full chunk waits until it is known whether it is the last one. */
static int sink_write(struct sink *k, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    if (!k->sealed)
        return write_all(k->ops, k->fd, p, n);
    while (n > 0) {
        if (k->n == SAFE_CHUNK && sink_flush(k, false) != 0)
            return -1;
        size_t room = SAFE_CHUNK - k->n, take = n < room ? n : room;
        memcpy(k->chunk + k->n, p, take);
        k->n += take;
        p += take;
        n -= take;
    }
    return 0;
}

/* zlib would ask for memory; deflate's stored blocks (RFC 1951, 3.2.4) need none. */
static int put_gzip(struct sink *k, const char *bytes, size_t n_bytes)
{
    static const unsigned char head[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    unsigned char block[5], tail[8];
    if (sink_write(k, head, sizeof head) != 0)
        return -1;
    size_t at = 0;
    do {
        size_t n = n_bytes - at < STORED_MAX ? n_bytes - at : STORED_MAX;
        block[0] = at + n == n_bytes; /* the last one */
        little(block + 1, (uint32_t)n, 2);
        little(block + 3, ~(uint32_t)n, 2);
        if (sink_write(k, block, sizeof block) != 0 || sink_write(k, bytes + at, n) != 0)
            return -1;
        at += n;
    } while (at < n_bytes);
    little(tail, crc_of(bytes, n_bytes), 4);
    little(tail + 4, (uint32_t)n_bytes, 4);
    return sink_write(k, tail, sizeof tail);
}

int rescue_write(const struct file_ops *ops, int fd, const char *bytes, size_t n_bytes, bool gzip, const struct safe *safe)
{
    struct sink k;
    int rc = sink_begin(&k, ops, fd, safe);
    if (rc == 0)
        rc = gzip ? put_gzip(&k, bytes, n_bytes) : sink_write(&k, bytes, n_bytes);
    if (rc == 0 && k.sealed)
        rc = sink_flush(&k, true);
    if (k.sealed)
        secret_wipe(&k, sizeof k); /* a write that failed leaves the key and a piece of the text */
    return rc;
}

static bool sync_folder(const struct file_ops *ops, int dir)
{
    return ops->fsync(ops->cookie, dir) == 0 || errno == EINVAL || errno == ENOTSUP; /* some file systems cannot sync a folder */
}

static bool save_in(struct store *s, const struct place *p, int dir, const struct job *job)
{
    const char *temp = path_base(p->last_resort);
    /* What is left there of an earlier try, or put there by somebody, goes: nothing is written into it. */
    (void)s->ops->unlink(s->ops->cookie, dir, temp);
    int fd = s->ops->open(s->ops->cookie, dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    bool ok = rescue_write(s->ops, fd, job->xml.p, job->xml.len, !p->plain, job->safe) == 0 && s->ops->fsync(s->ops->cookie, fd) == 0;
    ok = s->ops->close(s->ops->cookie, fd) == 0 && ok;
    ok = ok && s->ops->rename(s->ops->cookie, dir, temp, path_base(p->real)) == 0;
    if (!ok) {
        s->ops->unlink(s->ops->cookie, dir, temp);
        return false;
    }
    s->overtaken = true; /* also when it turns out not to be durable: the newest stands there */
    return sync_folder(s->ops, dir);
}

static bool save_now(struct store *s, const struct place *p, const struct job *job)
{
    int dir = place_folder(p, s->ops);
    if (dir < 0)
        return false;
    bool ok = save_in(s, p, dir, job);
    s->ops->close(s->ops->cookie, dir);
    return ok;
}

/* Within a second of the clock that nobody sets: pthread_mutex_timedlock goes by the one that can be set back. */
static bool lock_soon(pthread_mutex_t *mutex)
{
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    struct timespec end = clock_in_ms(1000);
    int rc = pthread_mutex_trylock(mutex);
    for (; rc != 0 && !clock_reached(&end); rc = pthread_mutex_trylock(mutex))
        nanosleep(&pause, NULL);
    return rc == 0;
}

/* There is no later: what failed once is tried once more. A writer that hangs on its way to the disk stays behind; one that hangs in giving the name
 * is past the point where it could do harm. */
static bool save_last(struct store *s)
{
    bool turn = lock_soon(&s->landing);
    bool ok = save_now(s, s->place, s->newest) || save_now(s, s->place, s->newest);
    if (turn)
        pthread_mutex_unlock(&s->landing);
    return ok;
}

bool store_emergency(struct store *s)
{
    if (s == NULL || s->read_only)
        return true;
    bool locked = lock_soon(&s->mutex);
    s->quit = s->dying = true;
    /* A save under way may be just what is wanted. */
    bool in_writer = s->has_thread && pthread_equal(pthread_self(), s->thread);
    struct timespec end = clock_in_ms(WAIT_MS);
    pthread_cond_broadcast(&s->cond);
    while (locked && !in_writer && s->busy && !clock_reached(&end))
        pthread_cond_timedwait(&s->cond, &s->mutex, &end);
    bool due = s->newest != NULL && s->durable < s->newest->revision;
    if (due && save_last(s)) {
        s->durable = s->newest->revision;
        s->pending = false;
    }
    bool durable = s->newest == NULL || s->durable >= s->newest->revision;
    if (locked)
        pthread_mutex_unlock(&s->mutex);
    return durable;
}
