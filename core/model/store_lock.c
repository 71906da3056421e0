/* The lock of a store: see store_priv.h. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/model/store_priv.h"

enum { ATTEMPTS = 20, YOUNG_SECONDS = 10, HOST_SIZE = 65 };

static void host_name(char out[HOST_SIZE])
{
    if (gethostname(out, HOST_SIZE) != 0)
        snprintf(out, HOST_SIZE, "?");
    out[HOST_SIZE - 1] = '\0';
}

static void say_holder(char out[HOLDER_SIZE])
{
    char host[HOST_SIZE], since[32] = "";
    const char *user = getenv("LOGNAME") != NULL ? getenv("LOGNAME") : getenv("USER");
    time_t now = time(NULL);
    struct tm tm;
    host_name(host);
    if (localtime_r(&now, &tm) != NULL)
        strftime(since, sizeof since, "%Y-%m-%d %H:%M", &tm);
    snprintf(out, HOLDER_SIZE, "%.40s@%s, pid %ld, since %.16s", user != NULL ? user : "?", host,
             (long)getpid(), since);
}

static void read_holder(int fd, char out[HOLDER_SIZE])
{
    char raw[HOLDER_SIZE];
    ssize_t n = pread(fd, raw, sizeof raw, 0);
    struct buf clean = {0};
    if (n > 0)
        text_clean(&clean, raw, (size_t)n, TEXT_ONE_LINE);
    size_t n_kept = text_floor(buf_str(&clean), clean.len, HOLDER_SIZE - 1);
    memcpy(out, buf_str(&clean), n_kept);
    out[n_kept] = '\0';
    buf_release(&clean);
}

/* Is the file behind fd still the one of that name? A holder that leaves takes the name away. */
static bool is_named(int fd, const char *path)
{
    struct stat here, there;
    return fstat(fd, &here) == 0 && stat(path, &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

static int ofd_lock(int fd, bool no_ofd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (no_ofd) {
        errno = ENOLCK;
        return -1;
    }
    return fcntl(fd, F_OFD_SETLK, &whole);
}

/* No locks here: does the process live that says it holds the file? On another machine we cannot
 * know, and believe it. */
static bool holder_lives(int fd, const char *text)
{
    char host[HOST_SIZE];
    struct stat st;
    const char *at = strchr(text, '@'), *pid = strstr(text, ", pid ");
    if (at == NULL || pid == NULL ||
        pid < at) /* just being written, or torn when its writer died */
        return fstat(fd, &st) == 0 && time(NULL) - st.st_mtime < YOUNG_SECONDS;
    host_name(host);
    size_t n_host = (size_t)(pid - at - 1);
    if (strlen(host) != n_host || strncmp(at + 1, host, n_host) != 0)
        return true;
    long n = strtol(pid + strlen(", pid "), NULL, 10);
    return n > 0 && (kill((pid_t)n, 0) == 0 || errno == EPERM);
}

enum grip { GRIP_HELD, GRIP_TAKEN, GRIP_AGAIN };

/* fd is open on path; created: by us, just now. */
static enum grip grip(int fd, const char *path, bool created, bool no_ofd, char holder[HOLDER_SIZE])
{
    if (ofd_lock(fd, no_ofd) == 0)
        return is_named(fd, path) ? GRIP_HELD : GRIP_AGAIN;
    bool taken = errno == EAGAIN || errno == EACCES;
    if (!taken && created)
        return GRIP_HELD;
    read_holder(fd, holder);
    if (taken || holder_lives(fd, holder))
        return is_named(fd, path) ? GRIP_TAKEN : GRIP_AGAIN;
    unlink(path);
    return GRIP_AGAIN;
}

/* A lock file of somebody else that we may only look at. */
static enum err look_only(const char *path, int why, char holder[HOLDER_SIZE], struct diag *diag)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return diag_sys(diag, ERR_OPEN, why, "lock");
    read_holder(fd, holder);
    bool taken =
        fcntl(fd, F_OFD_GETLK, &whole) == 0 ? whole.l_type != F_UNLCK : holder_lives(fd, holder);
    close(fd);
    return taken ? diag_set(diag, ERR_LOCKED, 0, NULL, holder)
                 : diag_sys(diag, ERR_OPEN, why, "lock");
}

enum err lock_take(struct store_lock *out, const char *path, bool no_ofd, char holder[HOLDER_SIZE],
                   struct diag *diag)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    holder[0] = '\0';
    for (int i = 0; i < ATTEMPTS; i++) {
        int fd = open(path, flags | O_CREAT | O_EXCL, 0644);
        bool created = fd >= 0;
        if (!created && errno == EEXIST)
            fd = open(path, flags);
        if (fd < 0 && errno == ENOENT && access(path, F_OK) != 0 && i + 1 < ATTEMPTS)
            continue;
        if (fd < 0)
            return look_only(path, errno, holder, diag);
        enum grip how = grip(fd, path, created, no_ofd, holder);
        if (how == GRIP_HELD) {
            say_holder(holder);
            /* The text only informs: a full disk does not keep anybody from working. */
            if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, strlen(holder), 0) < 0)
                errno = 0;
            holder[0] = '\0';
            *out = (struct store_lock){xstrdup(path), fd};
            return ERR_OK;
        }
        close(fd);
        if (how == GRIP_TAKEN)
            return diag_set(diag, ERR_LOCKED, 0, NULL, holder);
    }
    return diag_set(diag, ERR_LOCKED, 0, NULL, holder);
}

void lock_release(struct store_lock *lock)
{
    if (lock->path != NULL && lock->fd >= 0) {
        if (is_named(lock->fd, lock->path))
            unlink(lock->path);
        close(lock->fd);
    }
    free(lock->path);
    *lock = (struct store_lock){.fd = -1};
}
