/* A disk whose n-th call from now fails, or that takes its time: the store is given its ops. */
#ifndef TESTS_UNIT_FAULTY_H
#define TESTS_UNIT_FAULTY_H

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/file.h"

struct faults {
    struct file_ops ops;
    atomic_long in;      /* the n-th call from now fails; 0: none */
    atomic_bool forever; /* and all after it */
    atomic_int error;
    atomic_long n_calls, n_renames;
    atomic_bool short_writes, no_links, hold; /* hold: fsync waits until it is taken away */
    atomic_bool held;
};

static inline bool fails(struct faults *f)
{
    f->n_calls++;
    if (f->in <= 0 || --f->in > 0)
        return false;
    if (f->forever)
        f->in = 1;
    errno = f->error;
    return true;
}

static inline int bad_open(void *cookie, int dir, const char *path, int flags, unsigned mode)
{
    return fails(cookie) ? -1 : openat(dir, path, flags, mode);
}

static inline long bad_write(void *cookie, int fd, const void *bytes, size_t n)
{
    struct faults *f = cookie;
    if (fails(f))
        return -1;
    return write(fd, bytes, f->short_writes && n > 7 ? 7 : n);
}

static inline int bad_fsync(void *cookie, int fd)
{
    struct faults *f = cookie;
    while (f->hold) {
        f->held = true;
        usleep(1000);
    }
    return fails(f) ? -1 : fsync(fd);
}

static inline int bad_close(void *cookie, int fd)
{
    bool bad = fails(cookie);
    int error = errno;
    close(fd); /* Linux closes it in any case */
    errno = error;
    return bad ? -1 : 0;
}

static inline int bad_rename(void *cookie, int dir, const char *from, const char *to)
{
    struct faults *f = cookie;
    f->n_renames += strstr(to, ".gen") == NULL;
    return fails(f) ? -1 : renameat(dir, from, dir, to);
}

static inline int bad_link(void *cookie, int dir, const char *from, const char *to)
{
    struct faults *f = cookie;
    if (f->no_links) {
        errno = EPERM;
        return -1;
    }
    return fails(f) ? -1 : linkat(dir, from, dir, to, 0);
}

static inline int bad_unlink(void *cookie, int dir, const char *path)
{
    return fails(cookie) ? -1 : unlinkat(dir, path, 0);
}

static inline int bad_fchmod(void *cookie, int fd, unsigned mode)
{
    return fails(cookie) ? -1 : fchmod(fd, mode);
}

static inline struct faults *faults_new(void)
{
    struct faults *f = xcalloc(1, sizeof *f);
    f->ops = (struct file_ops){bad_open, bad_write,  bad_fsync,  bad_close, bad_rename,
                               bad_link, bad_unlink, bad_fchmod, f};
    return f;
}

#endif
