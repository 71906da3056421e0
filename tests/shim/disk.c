/* See disk.h. Built as a shared object for LD_PRELOAD, without sanitizers. */
#include "tests/shim/disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct disk *disk; /* the mapped file; NULL: everything passes */

__attribute__((constructor)) static void attach(void)
{
    const char *path = getenv(DISK_ENV);
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1; /* our own, below: passes while disk is NULL */
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED) disk = map;
}

static void wait_ms(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000L};
    while (nanosleep(&t, &t) != 0 && errno == EINTR) continue;
}

/* Is the path (as the program gave it) our business? Relative paths are resolved through the folder they lie in. */
static int path_is_ours(const char *path)
{
    char folder[PATH_MAX], real[PATH_MAX];
    if (!disk) return 0;
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    else
        snprintf(folder, sizeof folder, ".");
    if (!realpath(folder, real)) return 0;
    size_t n = strlen(disk->under);
    return strncmp(real, disk->under, n) == 0 && (real[n] == '/' || real[n] == '\0');
}

/* The function of that name behind ours. Copied: C has no conversion from an object pointer to a function pointer. */
#define REAL(type, name, ...)                                                                      \
    type (*real)(__VA_ARGS__);                                                                     \
    void *symbol = dlsym(RTLD_NEXT, name);                                                         \
    memcpy(&real, &symbol, sizeof real)

static int fd_is_ours(int fd)
{
    char name[64], path[PATH_MAX];
    struct stat st;
    REAL(int, "fstat", int, struct stat *);
    if (!disk || real(fd, &st) != 0 || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = '\0';
    size_t n_under = strlen(disk->under);
    return strncmp(path, disk->under, n_under) == 0 &&
           (path[n_under] == '/' || path[n_under] == '\0');
}

/* Relative to a folder other than the current one: its descriptor tells where. */
static int is_ours_at(int at, const char *path)
{
    return at == AT_FDCWD || path[0] == '/' ? path_is_ours(path) : fd_is_ours(at);
}

/* 0: go on with the real call; -1: it has failed (errno set). */
static int pass(enum disk_call call)
{
    atomic_fetch_add(&disk->calls[call], 1);
    if (atomic_load(&disk->delay_ms[call])) wait_ms(atomic_load(&disk->delay_ms[call]));
    if (atomic_load(&disk->hold[call])) {
        atomic_fetch_add(&disk->held, 1);
        while (atomic_load(&disk->hold[call])) wait_ms(1);
        atomic_fetch_sub(&disk->held, 1);
    }
    int error = atomic_load(&disk->error[call]);
    if (!error) return 0;
    if (atomic_load(&disk->times[call]) && atomic_fetch_sub(&disk->times[call], 1) == 1)
        atomic_store(&disk->error[call], 0);
    errno = error;
    return -1;
}

#define WRITES(flags) (((flags) & O_ACCMODE) != O_RDONLY || ((flags) & O_CREAT))
#define MODE_ARGUMENT(flags, mode)                                                                 \
    va_list ap;                                                                                    \
    va_start(ap, flags);                                                                           \
    unsigned mode = (flags) & (O_CREAT | O_TMPFILE) ? va_arg(ap, unsigned) : 0;                    \
    va_end(ap)

int open(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode);
    REAL(int, "open", const char *, int, ...);
    if (WRITES(flags) && path_is_ours(path) && pass(DISK_OPEN) != 0) return -1;
    return real(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode);
    REAL(int, "open64", const char *, int, ...);
    if (WRITES(flags) && path_is_ours(path) && pass(DISK_OPEN) != 0) return -1;
    return real(path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    MODE_ARGUMENT(flags, mode);
    REAL(int, "openat", int, const char *, int, ...);
    if (WRITES(flags) && is_ours_at(at, path) && pass(DISK_OPEN) != 0) return -1;
    return real(at, path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    int ours = fd_is_ours(fd);
    if (ours && pass(DISK_WRITE) != 0) return -1;
    return real(fd, bytes, ours && n > 1 && atomic_load(&disk->short_writes) ? n / 2 : n);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    int ours = fd_is_ours(fd);
    if (ours && pass(DISK_FSYNC) != 0) return -1;
    return ours && atomic_load(&disk->lies) ? 0 : real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    int ours = fd_is_ours(fd);
    if (ours && pass(DISK_FSYNC) != 0) return -1;
    return ours && atomic_load(&disk->lies) ? 0 : real(fd);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    if (path_is_ours(to) && pass(DISK_RENAME) != 0) return -1;
    return real(from, to);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    if (is_ours_at(to_fd, to) && pass(DISK_RENAME) != 0) return -1;
    return real(from_fd, from, to_fd, to);
}

int link(const char *from, const char *to)
{
    REAL(int, "link", const char *, const char *);
    if (path_is_ours(to) && pass(DISK_LINK) != 0) return -1;
    return real(from, to);
}

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
    REAL(int, "linkat", int, const char *, int, const char *, int);
    if (is_ours_at(to_fd, to) && pass(DISK_LINK) != 0) return -1;
    return real(from_fd, from, to_fd, to, flags);
}

int unlinkat(int at, const char *path, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    if (is_ours_at(at, path) && pass(DISK_UNLINK) != 0) return -1;
    return real(at, path, flags);
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    if (path_is_ours(path) && pass(DISK_UNLINK) != 0) return -1;
    return real(path);
}

int close(int fd)
{
    REAL(int, "close", int);
    int saved = errno, ours = disk && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY && fd_is_ours(fd);
    errno = saved;
    if (!ours) return real(fd);
    int failed = pass(DISK_CLOSE), error = errno;
    int rc = real(fd); /* Linux closes it in any case */
    errno = failed ? error : errno;
    return failed ? -1 : rc;
}

int fchmod(int fd, mode_t mode)
{
    REAL(int, "fchmod", int, mode_t);
    if (fd_is_ours(fd) && pass(DISK_FCHMOD) != 0) return -1;
    return real(fd, mode);
}

static int coarse(int rc, struct stat *st)
{
    if (rc == 0 && disk && atomic_load(&disk->coarse_times))
        st->st_mtim = (struct timespec){.tv_sec = st->st_mtim.tv_sec & ~1L};
    return rc;
}

int stat(const char *path, struct stat *st)
{
    REAL(int, "stat", const char *, struct stat *);
    return coarse(real(path, st), st);
}

int fstat(int fd, struct stat *st)
{
    REAL(int, "fstat", int, struct stat *);
    return coarse(real(fd, st), st);
}

static int is_lock(int command)
{
    return command == F_OFD_SETLK || command == F_OFD_GETLK || command == F_SETLK || command == F_GETLK;
}

/* The third argument is a pointer, a number or nothing: as wide as a pointer in every case. */
#define FCNTL(name)                                                                                \
    int name(int fd, int command, ...)                                                             \
    {                                                                                              \
        va_list ap;                                                                                \
        va_start(ap, command);                                                                     \
        void *argument = va_arg(ap, void *);                                                       \
        va_end(ap);                                                                                \
        REAL(int, #name, int, int, ...);                                                           \
        if (is_lock(command) && disk && atomic_load(&disk->no_locks) && fd_is_ours(fd)) {          \
            errno = ENOLCK;                                                                        \
            return -1;                                                                             \
        }                                                                                          \
        return real(fd, command, argument);                                                        \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

int clock_gettime(clockid_t which, struct timespec *t)
{
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    int rc = real(which, t);
    if (rc == 0 && disk && which == CLOCK_REALTIME) t->tv_sec += (time_t)atomic_load(&disk->clock_shift);
    return rc;
}

time_t time(time_t *out)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_REALTIME, &t);
    if (out) *out = t.tv_sec;
    return t.tv_sec;
}
