/* See file.h. */
#include "core/io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"

enum {
    LINKS_MAX = 16, /* followed before it must be a circle */
    INTERRUPTS_MAX = 100, /* in a row, before it is a fault and not a signal */
    TEMP_BASE = 200 /* bytes of the name in the temporary one: NAME_MAX is 255 */
};

/* ---- Reading ---- */

static enum err read_all(struct buf *out, int fd, size_t max_bytes, struct diag *diag)
{
    size_t start = out->len;
    for (;;) {
        size_t room = max_bytes - (out->len - start) + 1; /* one more byte tells "too big" from "just fits" */
        size_t step = room < 65536 ? room : 65536;
        buf_reserve(out, step);
        ssize_t n = read(fd, out->p + out->len, step);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return diag_sys(diag, ERR_READ, errno, NULL);
        out->len += (size_t)n;
        out->p[out->len] = '\0';
        if (n == 0)
            return ERR_OK;
        if (out->len - start > max_bytes) {
            diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
            if (diag != NULL)
                diag->number = (long)max_bytes;
            return ERR_TOO_BIG;
        }
    }
}

enum err file_read(struct buf *out, const char *path, size_t max_bytes, struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return diag_sys(diag, errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_OPEN, errno, NULL);
    struct stat st;
    enum err err;
    size_t start = out->len;
    if (fstat(fd, &st) != 0)
        err = diag_sys(diag, ERR_READ, errno, NULL);
    else if (!S_ISREG(st.st_mode))
        err = diag_set(diag, ERR_NOT_REGULAR, 0, NULL, NULL);
    else
        err = read_all(out, fd, max_bytes, diag);
    close(fd);
    if (err != ERR_OK)
        buf_cut(out, start);
    return err;
}

/* ---- Replacing ---- */

static int real_open(void *cookie, const char *path, int flags, unsigned mode)
{
    (void)cookie;
    return open(path, flags, mode);
}

static long real_write(void *cookie, int fd, const void *bytes, size_t n)
{
    (void)cookie;
    return write(fd, bytes, n);
}

static int real_fsync(void *cookie, int fd)
{
    (void)cookie;
    return fsync(fd);
}

static int real_close(void *cookie, int fd)
{
    (void)cookie;
    return close(fd);
}

static int real_rename(void *cookie, const char *from, const char *to)
{
    (void)cookie;
    return rename(from, to);
}

static int real_link(void *cookie, const char *from, const char *to)
{
    (void)cookie;
    return link(from, to);
}

static int real_unlink(void *cookie, const char *path)
{
    (void)cookie;
    return unlink(path);
}

static int real_fchmod(void *cookie, int fd, unsigned mode)
{
    (void)cookie;
    return fchmod(fd, mode);
}

static const struct file_ops REAL = {real_open,   real_write, real_fsync,  real_close,
                                     real_rename, real_link,  real_unlink, real_fchmod, NULL};

const struct file_ops *file_ops_real(void)
{
    return &REAL;
}

static int write_all(const struct file_ops *ops, int fd, const char *bytes, size_t n)
{
    int interrupts = 0;
    while (n > 0) {
        long k = ops->write(ops->cookie, fd, bytes, n);
        if (k < 0 && errno == EINTR && ++interrupts < INTERRUPTS_MAX)
            continue;
        if (k < 0)
            return -1;
        if (k == 0) { /* a disk that takes nothing and says nothing */
            errno = EIO;
            return -1;
        }
        interrupts = 0;
        bytes += k;
        n -= (size_t)k;
    }
    return 0;
}

static int sync_retry(const struct file_ops *ops, int fd)
{
    int rc = -1;
    errno = EINTR;
    for (int i = 0; i < INTERRUPTS_MAX && rc != 0 && errno == EINTR; i++)
        rc = ops->fsync(ops->cookie, fd);
    return rc;
}

/* EINVAL and ENOTSUP: this file system cannot sync a folder (FAT over some drivers, network mounts); there is no more to be had. */
static int sync_folder(const struct file_ops *ops, const char *dir)
{
    int fd = ops->open(ops->cookie, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    int rc = sync_retry(ops, fd);
    int why = errno;
    ops->close(ops->cookie, fd);
    if (rc != 0 && (why == EINVAL || why == ENOTSUP))
        return 0;
    errno = why;
    return rc;
}

/* Where the bytes really go: behind any links, so that a link stays a link even when its target is yet to be made. Owned by the
 * caller; NULL: the links go in a circle. */
static char *real_target(const char *path)
{
    char *at = xstrdup(path);
    for (int i = 0; i < LINKS_MAX; i++) {
        char to[PATH_MAX];
        ssize_t n = readlink(at, to, sizeof to - 1);
        if (n < 0)
            return at;
        to[n] = '\0';
        char *dir = path_dir(at);
        char *next = to[0] == '/' ? xstrdup(to) : path_join(dir, to);
        free(dir);
        free(at);
        at = next;
    }
    free(at);
    return NULL;
}

static enum err fill_temp(const struct file_ops *ops, int fd, const char *keep_mode_of, const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct stat old;
    /* An existing file keeps its permissions; where that is not possible (FAT) it is no reason not to save. */
    if (keep_mode_of != NULL && stat(keep_mode_of, &old) == 0)
        (void)ops->fchmod(ops->cookie, fd, old.st_mode & 0777);
    if (write_all(ops, fd, bytes, n_bytes) != 0)
        return diag_sys(diag, ERR_WRITE, errno, "write");
    if (sync_retry(ops, fd) != 0)
        return diag_sys(diag, ERR_WRITE, errno, "fsync");
    return ERR_OK;
}

/* In the same folder, so that the rename stays within one file system. A name of full length is cut to make room for the ending. */
static int open_temp(const struct file_ops *ops, struct buf *name, const char *path)
{
    const char *base = path_base(path);
    int n_dir = (int)(base - path), n_base = (int)text_floor(base, strlen(base), TEMP_BASE);
    for (unsigned n = 0; n < 100; n++) {
        buf_clear(name);
        buf_addf(name, "%.*s%.*s.tmp%ld-%u", n_dir, path, n_base, base, (long)getpid(), n);
        int fd = ops->open(ops->cookie, buf_str(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 || (errno != EEXIST && errno != EINTR))
            return fd;
    }
    return -1;
}

static enum err replace(const struct file_ops *ops, const char *path, bool keep_mode, const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct buf temp = {0};
    enum err err = ERR_OK;
    int fd = open_temp(ops, &temp, path);
    if (fd < 0) {
        err = diag_sys(diag, ERR_WRITE, errno, "open");
        buf_release(&temp);
        return err;
    }
    err = fill_temp(ops, fd, keep_mode ? path : NULL, bytes, n_bytes, diag);
    if (ops->close(ops->cookie, fd) != 0 && err == ERR_OK && errno != EINTR)
        err = diag_sys(diag, ERR_WRITE, errno, "close");
    if (err == ERR_OK && ops->rename(ops->cookie, buf_str(&temp), path) != 0)
        err = diag_sys(diag, ERR_WRITE, errno, "rename");
    if (err != ERR_OK) {
        (void)ops->unlink(ops->cookie, buf_str(&temp));
        buf_release(&temp);
        return err;
    }
    buf_release(&temp);
    char *dir = path_dir(path);
    if (sync_folder(ops, dir) != 0)
        err = diag_sys(diag, ERR_WRITE, errno, "fsync");
    free(dir);
    return err;
}

enum err file_replace(const char *path, const void *bytes, size_t n_bytes, const struct file_ops *ops, struct diag *diag)
{
    char *target = real_target(path);
    if (target == NULL)
        return diag_sys(diag, ERR_WRITE, ELOOP, "open");
    enum err err = replace(ops != NULL ? ops : &REAL, target, true, bytes, n_bytes, diag);
    free(target);
    return err;
}

enum err file_write_new(const char *path, const void *bytes, size_t n_bytes, bool force, struct diag *diag)
{
    struct stat st;
    if (lstat(path, &st) == 0) {
        if (!force)
            return diag_set(diag, ERR_EXISTS, 0, NULL, NULL);
        if (!S_ISREG(st.st_mode)) /* never through a link that somebody planted, never into a device */
            return diag_set(diag, ERR_NOT_REGULAR, 0, NULL, NULL);
    }
    return replace(&REAL, path, false, bytes, n_bytes, diag);
}

/* ---- Paths ---- */

bool file_exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *path_dir(const char *path)
{
    const char *base = path_base(path);
    if (base == path)
        return xstrdup(".");
    if (base == path + 1)
        return xstrdup("/");
    return xstrndup(path, (size_t)(base - path - 1));
}

char *path_join(const char *dir, const char *name)
{
    struct buf b = {0};
    size_t n = strlen(dir);
    buf_addf(&b, "%s%s%s", dir, n > 0 && dir[n - 1] == '/' ? "" : "/", name);
    return buf_take(&b);
}

void folder_make(const char *dir)
{
    char *parent = path_dir(dir);
    if (mkdir(dir, 0700) != 0 && errno == ENOENT && strcmp(parent, dir) != 0) {
        folder_make(parent);
        mkdir(dir, 0700);
    }
    free(parent);
}
