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

enum { ATTEMPTS = 20, YOUNG_SECONDS = 10, HOST_SIZE = 65, BOOT_SIZE = 64, LOCK_BYTES = 256 };

static void host_name(char out[HOST_SIZE])
{
    if (gethostname(out, HOST_SIZE) != 0)
        snprintf(out, HOST_SIZE, "?");
    out[HOST_SIZE - 1] = '\0';
}

/* Which run of this machine it is: after a restart a number of a process says nothing. "" where the system has no such thing. */
static void boot_id(char out[BOOT_SIZE])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, out, BOOT_SIZE - 1) : 0;
    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

/* What stands in the lock: who, for the eyes of a person, and on a second line the run of the machine. */
static void write_holder(int fd, const char *holder)
{
    char text[LOCK_BYTES], boot[BOOT_SIZE];
    boot_id(boot);
    int n = snprintf(text, sizeof text, "%s\nboot %s\n", holder, boot);
    /* The text only informs: a full disk does not keep anybody from working. */
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) < 0)
        errno = 0;
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

/* The first line. same_run: false when the second names another run of the machine than this. */
static void read_holder(int fd, char out[HOLDER_SIZE], bool *same_run)
{
    static const char word[] = "\nboot ";
    char raw[LOCK_BYTES + 1], boot[BOOT_SIZE];
    ssize_t n = pread(fd, raw, sizeof raw - 1, 0);
    struct buf clean = {0};
    raw[n > 0 ? n : 0] = '\0';
    const char *then = strstr(raw, word);
    boot_id(boot);
    *same_run = then == NULL || boot[0] == '\0' || then[strlen(word)] == '\n' ||
                strncmp(then + strlen(word), boot, strlen(boot)) == 0;
    text_clean(&clean, raw, strcspn(raw, "\n"), TEXT_ONE_LINE);
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
static bool holder_lives(int fd, const char *text, bool same_run)
{
    char host[HOST_SIZE];
    struct stat st;
    const char *at = strchr(text, '@'), *pid = strstr(text, ", pid ");
    if (at == NULL || pid == NULL ||
        pid < at) /* just being written, or torn when its writer died */
        return fstat(fd, &st) == 0 && labs((long)(time(NULL) - st.st_mtime)) < YOUNG_SECONDS;
    host_name(host);
    size_t n_host = (size_t)(pid - at - 1);
    if (strlen(host) != n_host || strncmp(at + 1, host, n_host) != 0)
        return true;
    long n = strtol(pid + strlen(", pid "), NULL, 10);
    return same_run && n > 0 && (kill((pid_t)n, 0) == 0 || errno == EPERM);
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
    bool same_run;
    read_holder(fd, holder, &same_run);
    if (taken || holder_lives(fd, holder, same_run))
        return is_named(fd, path) ? GRIP_TAKEN : GRIP_AGAIN;
    unlink(path);
    return GRIP_AGAIN;
}

/* Does somebody hold the lock file behind fd, as far as looking at it tells? */
static bool is_held(int fd, char holder[HOLDER_SIZE])
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    bool same_run;
    read_holder(fd, holder, &same_run);
    if (fcntl(fd, F_OFD_GETLK, &whole) == 0)
        return whole.l_type != F_UNLCK;
    return holder_lives(fd, holder, same_run);
}

bool lock_is_free(const char *path)
{
    char holder[HOLDER_SIZE];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT;
    bool held = is_held(fd, holder);
    close(fd);
    return !held;
}

/* A lock file of somebody else that we may only look at. */
static enum err look_only(const char *path, int why, char holder[HOLDER_SIZE], struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return diag_sys(diag, ERR_OPEN, why, "lock");
    bool taken = is_held(fd, holder);
    close(fd);
    if (!taken)
        holder[0] = '\0'; /* whose leftover it is is nobody's business */
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
            write_holder(fd, holder);
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
    if (lock->fd >= 0) {
        if (is_named(lock->fd, lock->path))
            unlink(lock->path);
        close(lock->fd);
    }
    free(lock->path);
    *lock = (struct store_lock){.fd = -1};
}
