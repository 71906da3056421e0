/* System calls of the store, through the table that tests hand in. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/model/store_priv.h"

int sys_open(const struct file_ops *ops, const char *path, int flags, unsigned mode)
{
    return ops != NULL && ops->open != NULL ? ops->open(ops->cookie, path, flags, mode) : open(path, flags, mode);
}

long sys_write(const struct file_ops *ops, int fd, const void *bytes, size_t n)
{
    return ops != NULL && ops->write != NULL ? ops->write(ops->cookie, fd, bytes, n) : write(fd, bytes, n);
}

int sys_fsync(const struct file_ops *ops, int fd)
{
    return ops != NULL && ops->fsync != NULL ? ops->fsync(ops->cookie, fd) : fsync(fd);
}

int sys_close(const struct file_ops *ops, int fd)
{
    return ops != NULL && ops->close != NULL ? ops->close(ops->cookie, fd) : close(fd);
}

int sys_rename(const struct file_ops *ops, const char *from, const char *to)
{
    return ops != NULL && ops->rename != NULL ? ops->rename(ops->cookie, from, to) : rename(from, to);
}

int sys_link(const struct file_ops *ops, const char *from, const char *to)
{
    return ops != NULL && ops->link != NULL ? ops->link(ops->cookie, from, to) : link(from, to);
}

int sys_unlink(const struct file_ops *ops, const char *path)
{
    return ops != NULL && ops->unlink != NULL ? ops->unlink(ops->cookie, path) : unlink(path);
}

struct stamp stamp_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return (struct stamp){0};
    return (struct stamp){true, st.st_dev, st.st_ino, st.st_size, st.st_mtim};
}

bool stamp_same(const struct stamp *a, const struct stamp *b)
{
    return a->dev == b->dev && a->ino == b->ino && a->size == b->size && a->mtime.tv_sec == b->mtime.tv_sec &&
           a->mtime.tv_nsec == b->mtime.tv_nsec;
}

struct timespec clock_in_ms(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000L;
    }
    return t;
}

bool clock_reached(const struct timespec *t)
{
    struct timespec now = clock_in_ms(0);
    return now.tv_sec > t->tv_sec || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}
