/* Small things of the store: which file a name leads to, whether its medium is still there, and a clock that is never set back. */
#include <errno.h>
#include <sys/stat.h>

#include "core/model/store_priv.h"

struct stamp stamp_of(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
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
