/* Small things of the store: which file a name leads to, whether its medium is still there, and a clock that is never set back. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/model/store_priv.h"

struct stamp stamp_of(const char *path)
{
    return stamp_at(AT_FDCWD, path);
}

struct stamp stamp_at(int dir, const char *name)
{
    struct stat st;
    if (fstatat(dir, name, &st, 0) != 0)
        return (struct stamp){0};
    return (struct stamp){true, st.st_dev, st.st_ino, st.st_size, st.st_mtim};
}

bool stamp_untouched(const struct stamp *a, const struct stamp *b)
{
    return a->size == b->size && a->mtime.tv_sec == b->mtime.tv_sec &&
           a->mtime.tv_nsec == b->mtime.tv_nsec;
}

bool stamp_same(const struct stamp *a, const struct stamp *b)
{
    return a->dev == b->dev && a->ino == b->ino && stamp_untouched(a, b);
}

bool place_gone(const struct place *p)
{
    struct stat st;
    if (p->medium == 0)
        return false;
    if (stat(p->dir, &st) != 0)
        return errno == ENOENT || errno == ENOTDIR;
    return st.st_dev != p->medium && !file_exists(p->real);
}

int place_folder(const struct place *p, const struct file_ops *ops)
{
    struct stat st;
    int dir = ops->open(ops->cookie, AT_FDCWD, p->dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    if (dir >= 0 || (errno != ELOOP && errno != ENOTDIR))
        return dir;
    dir = folder_open(ops, p->dir);
    if (dir < 0 || (fstat(dir, &st) == 0 && st.st_dev == p->medium && st.st_ino == p->folder))
        return dir;
    ops->close(ops->cookie, dir);
    errno = ELOOP;
    return -1;
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
