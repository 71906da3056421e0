/* Files as the rest of core sees them: whole, bounded, and replaced atomically or not at all. */
#ifndef CORE_IO_FILE_H
#define CORE_IO_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/diag.h"

struct buf;

/* Reads a regular file whole, at most max_bytes. ERR_NOT_FOUND, ERR_OPEN, ERR_NOT_REGULAR (never blocks on a pipe or
 * device: opens with O_NONBLOCK|O_CLOEXEC and checks with fstat before reading), ERR_READ, ERR_TOO_BIG. Appends to out. */
enum err file_read(struct buf *out, const char *path, size_t max_bytes, struct diag *diag);

/* The same in a folder that is open. */
enum err file_read_at(struct buf *out, int dir, const char *name, size_t max_bytes, struct diag *diag);

/* The system calls of the save path, as a table so that tests can make each of them fail. NULL means the real ones. All of a save is done in a
 * folder that is opened once, by its descriptor dir and the names in it: wherever the name of the folder leads in the middle, to somebody's
 * link for one, nothing goes there. */
struct file_ops {
    int (*open)(void *cookie, int dir, const char *name, int flags, unsigned mode);
    long (*write)(void *cookie, int fd, const void *bytes, size_t n);
    int (*fsync)(void *cookie, int fd);
    int (*close)(void *cookie, int fd);
    int (*rename)(void *cookie, int dir, const char *from, const char *to);
    int (*link)(void *cookie, int dir, const char *from, const char *to);
    int (*unlink)(void *cookie, int dir, const char *name);
    int (*fchmod)(void *cookie, int fd, unsigned mode);
    void *cookie;
};
const struct file_ops *file_ops_real(void);

/* Replaces path by the bytes: temporary file (O_EXCL, 0600, same folder), write, fsync, rename, fsync of the folder. ERR_OK means durable.
 * On failure the old content is intact and the temporary file is gone where possible. Short writes and EINTR are handled.
 * A path that is a symbolic link is replaced at its target, not the link itself; an existing file's permissions stay. ops NULL: the real calls. */
enum err file_replace(const char *path, const void *bytes, size_t n_bytes, const struct file_ops *ops, struct diag *diag);

/* Writes a new file or replaces an old one only when force: ERR_EXISTS otherwise. For -o of the commands. Nobody else may read it (0600),
 * whoever might read the old one. */
enum err file_write_new(const char *path, const void *bytes, size_t n_bytes, bool force, struct diag *diag);

/* Its parts, for who holds the folder open himself. -1 with errno: it cannot be opened. */
int folder_open(const struct file_ops *ops, const char *dir);
int folder_of(const struct file_ops *ops, const char *path); /* the one that path lies in */
enum err file_replace_at(const struct file_ops *ops, int dir, const char *name, const void *bytes, size_t n_bytes, struct diag *diag);
/* Its two halves, for who has to decide in between: the bytes are on the disk, under the name that comes out in temp; they get their name. After
 * an error in either there is no temporary file left, where possible. */
enum err file_stage_at(const struct file_ops *ops, int dir, const char *name, const void *bytes, size_t n_bytes, struct buf *temp,
                       struct diag *diag);
enum err file_land_at(const struct file_ops *ops, int dir, const char *temp, const char *name, struct diag *diag);
/* A temporary file for name (O_EXCL, 0600); its name in temp. -1 with errno. */
int file_open_temp(const struct file_ops *ops, int dir, struct buf *temp, const char *name);
/* May name be made? ERR_EXISTS, or with force ERR_NOT_REGULAR. */
enum err file_may_be_new(int dir, const char *name, bool force, struct diag *diag);
/* Gives the temporary file its name; without force only if there is still none of that name (ERR_EXISTS). */
enum err file_name_new(const struct file_ops *ops, int dir, const char *temp, const char *name, bool force, struct diag *diag);
/* Where the bytes of path really go: behind any links, to what is yet to be made too. Owned by the caller; NULL: they go in a circle. */
char *file_target(const char *path);

bool file_exists(const char *path);
/* Makes a folder (0700) and those above it that are missing. What fails is told by whoever writes into it. */
void folder_make(const char *dir);
/* Pieces of a path; the results are owned by the caller. */
char *path_dir(const char *path);                       /* "a/b" -> "a", "b" -> "." */
const char *path_base(const char *path);                /* borrowed tail */
char *path_join(const char *dir, const char *name);

#endif
