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
    return file_read_at(out, AT_FDCWD, path, max_bytes, diag);
}

enum err file_read_at(struct buf *out, int dir, const char *path, size_t max_bytes, struct diag *diag)
{
    int fd = openat(dir, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
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

static int real_open(void *cookie, int dir, const char *name, int flags, unsigned mode)
{
    (void)cookie;
    return openat(dir, name, flags, mode);
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

static int real_rename(void *cookie, int dir, const char *from, const char *to)
{
    (void)cookie;
    return renameat(dir, from, dir, to);
}

static int real_link(void *cookie, int dir, const char *from, const char *to)
{
    (void)cookie;
    return linkat(dir, from, dir, to, 0);
}

static int real_unlink(void *cookie, int dir, const char *name)
{
    (void)cookie;
    return unlinkat(dir, name, 0);
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
static int sync_folder(const struct file_ops *ops, int dir)
{
    int rc = sync_retry(ops, dir);
    return rc != 0 && (errno == EINVAL || errno == ENOTSUP) ? 0 : rc;
}

int folder_open(const struct file_ops *ops, const char *dir)
{
    return ops->open(ops->cookie, AT_FDCWD, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
}

int folder_of(const struct file_ops *ops, const char *path)
{
    char *dir = path_dir(path);
    int fd = folder_open(ops, dir);
    int why = errno;
    free(dir);
    errno = why;
    return fd;
}

/* Where the bytes really go: behind any links, so that a link stays a link even when its target is yet to be made. Owned by the
 * caller; NULL: the links go in a circle. */
char *file_target(const char *path)
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

static enum err fill_temp(const struct file_ops *ops, int fd, int dir, const char *keep_mode_of, const void *bytes, size_t n_bytes,
                          struct diag *diag)
{
    struct stat old;
    /* An existing file keeps its permissions; where that is not possible (FAT) it is no reason not to save. */
    if (keep_mode_of != NULL && fstatat(dir, keep_mode_of, &old, AT_SYMLINK_NOFOLLOW) == 0)
        (void)ops->fchmod(ops->cookie, fd, old.st_mode & 0777);
    if (write_all(ops, fd, bytes, n_bytes) != 0)
        return diag_sys(diag, ERR_WRITE, errno, "write");
    if (sync_retry(ops, fd) != 0)
        return diag_sys(diag, ERR_WRITE, errno, "fsync");
    return ERR_OK;
}

/* In the same folder, so that the rename stays within one file system. A name of full length is cut to make room for the ending. */
int file_open_temp(const struct file_ops *ops, int dir, struct buf *temp, const char *name)
{
    int n_name = (int)text_floor(name, strlen(name), TEMP_BASE);
    for (unsigned n = 0; n < 100; n++) {
        buf_clear(temp);
        buf_addf(temp, "%.*s.tmp%ld-%u", n_name, name, (long)getpid(), n);
        int fd = ops->open(ops->cookie, dir, buf_str(temp), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 || (errno != EEXIST && errno != EINTR))
            return fd;
    }
    return -1;
}

/* What may be written over: nothing, or a plain file when force; never a link that somebody planted, never a device. */
enum err file_may_be_new(int dir, const char *name, bool force, struct diag *diag)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return ERR_OK;
    if (!force)
        return diag_set(diag, ERR_EXISTS, 0, NULL, NULL);
    return S_ISREG(st.st_mode) ? ERR_OK : diag_set(diag, ERR_NOT_REGULAR, 0, NULL, NULL);
}

enum err file_name_new(const struct file_ops *ops, int dir, const char *temp, const char *name, bool force, struct diag *diag)
{
    /* A second name never replaces what has come there meanwhile; where there are none (FAT) another look has to do. */
    if (!force && ops->link(ops->cookie, dir, temp, name) == 0) {
        (void)ops->unlink(ops->cookie, dir, temp);
        return ERR_OK;
    }
    enum err err = file_may_be_new(dir, name, force, diag);
    if (err == ERR_OK && ops->rename(ops->cookie, dir, temp, name) != 0)
        err = diag_sys(diag, ERR_WRITE, errno, "rename");
    return err;
}

enum kind { KEEP_MODE, NEW, NEW_FORCED };

static enum err name_it(const struct file_ops *ops, int dir, const char *temp, const char *name, enum kind kind, struct diag *diag)
{
    if (kind != KEEP_MODE)
        return file_name_new(ops, dir, temp, name, kind == NEW_FORCED, diag);
    return ops->rename(ops->cookie, dir, temp, name) == 0 ? ERR_OK : diag_sys(diag, ERR_WRITE, errno, "rename");
}

static enum err stage(const struct file_ops *ops, int dir, const char *name, enum kind kind, const void *bytes, size_t n_bytes, struct buf *temp,
                      struct diag *diag)
{
    int fd = file_open_temp(ops, dir, temp, name);
    if (fd < 0)
        return diag_sys(diag, ERR_WRITE, errno, "open");
    enum err err = fill_temp(ops, fd, dir, kind == KEEP_MODE ? name : NULL, bytes, n_bytes, diag);
    if (ops->close(ops->cookie, fd) != 0 && err == ERR_OK && errno != EINTR)
        err = diag_sys(diag, ERR_WRITE, errno, "close");
    if (err != ERR_OK)
        (void)ops->unlink(ops->cookie, dir, buf_str(temp));
    return err;
}

static enum err land(const struct file_ops *ops, int dir, const char *temp, const char *name, enum kind kind, struct diag *diag)
{
    enum err err = name_it(ops, dir, temp, name, kind, diag);
    if (err != ERR_OK)
        (void)ops->unlink(ops->cookie, dir, temp);
    else if (sync_folder(ops, dir) != 0)
        err = diag_sys(diag, ERR_WRITE, errno, "fsync");
    return err;
}

static enum err replace(const struct file_ops *ops, int dir, const char *name, enum kind kind, const void *bytes, size_t n_bytes,
                        struct diag *diag)
{
    struct buf temp = {0};
    enum err err = stage(ops, dir, name, kind, bytes, n_bytes, &temp, diag);
    if (err == ERR_OK)
        err = land(ops, dir, buf_str(&temp), name, kind, diag);
    buf_release(&temp);
    return err;
}

enum err file_stage_at(const struct file_ops *ops, int dir, const char *name, const void *bytes, size_t n_bytes, struct buf *temp,
                       struct diag *diag)
{
    return stage(ops, dir, name, KEEP_MODE, bytes, n_bytes, temp, diag);
}

enum err file_land_at(const struct file_ops *ops, int dir, const char *temp, const char *name, struct diag *diag)
{
    return land(ops, dir, temp, name, KEEP_MODE, diag);
}

enum err file_replace_at(const struct file_ops *ops, int dir, const char *name, const void *bytes, size_t n_bytes, struct diag *diag)
{
    return replace(ops, dir, name, KEEP_MODE, bytes, n_bytes, diag);
}

static enum err replace_in(const struct file_ops *ops, const char *path, enum kind kind, const void *bytes, size_t n_bytes, struct diag *diag)
{
    int dir = folder_of(ops, path);
    if (dir < 0)
        return diag_sys(diag, ERR_WRITE, errno, "open");
    enum err err = kind == KEEP_MODE ? ERR_OK : file_may_be_new(dir, path_base(path), kind == NEW_FORCED, diag);
    if (err == ERR_OK)
        err = replace(ops, dir, path_base(path), kind, bytes, n_bytes, diag);
    ops->close(ops->cookie, dir);
    return err;
}

enum err file_replace(const char *path, const void *bytes, size_t n_bytes, const struct file_ops *ops, struct diag *diag)
{
    char *target = file_target(path);
    if (target == NULL)
        return diag_sys(diag, ERR_WRITE, ELOOP, "open");
    enum err err = replace_in(ops != NULL ? ops : &REAL, target, KEEP_MODE, bytes, n_bytes, diag);
    free(target);
    return err;
}

enum err file_write_new(const char *path, const void *bytes, size_t n_bytes, bool force, struct diag *diag)
{
    return replace_in(&REAL, path, force ? NEW_FORCED : NEW, bytes, n_bytes, diag);
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
    buf_addf(&b, "%s%s%s", dir, n == 0 || dir[n - 1] == '/' ? "" : "/", name);
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
