/* The older generations beside a file: NAME.gen1 (the newest) to NAME.gen3. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"

char *store_generation_path(const char *path, int n)
{
    struct buf out = {0};
    buf_addf(&out, "%s.gen%d", path, n);
    return buf_take(&out);
}

/* A second name costs nothing; sticks with FAT have no second names, so there it is a copy. */
static bool keep_as(const struct file_ops *ops, int dir, const char *name, const char *kept)
{
    ops->unlink(ops->cookie, dir, kept);
    if (ops->link(ops->cookie, dir, name, kept) == 0)
        return true;
    struct buf bytes = {0};
    enum err err = file_read_at(&bytes, dir, name, XML_MAX_BYTES + SAFE_OVERHEAD, NULL);
    if (err == ERR_OK)
        err = file_replace_at(ops, dir, kept, buf_str(&bytes), bytes.len, NULL);
    buf_release(&bytes);
    return err == ERR_OK;
}

static bool shift(const struct file_ops *ops, int dir, const char *name, int from)
{
    char *old_name = store_generation_path(name, from), *new_name = store_generation_path(name, from + 1);
    bool ok = ops->rename(ops->cookie, dir, old_name, new_name) == 0 || errno == ENOENT;
    free(old_name);
    free(new_name);
    return ok;
}

/* Moved along before, but the save that followed failed. (And rename would do nothing between two
 * names of one file.) */
static bool is_kept(int dir, const char *name)
{
    char *newest = store_generation_path(name, 1);
    struct stamp here = stamp_at(dir, name), kept = stamp_at(dir, newest);
    free(newest);
    return kept.known && stamp_same(&here, &kept);
}

/* The new generation is made first, as gen0: a full disk then costs none of the old ones. */
bool generations_move(const struct file_ops *ops, int dir, const char *name)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || is_kept(dir, name))
        return true;
    char *fresh = store_generation_path(name, 0);
    bool ok = keep_as(ops, dir, name, fresh);
    free(fresh);
    for (int n = STORE_GENERATIONS - 1; n >= 0 && ok; n--)
        ok = shift(ops, dir, name, n);
    return ok;
}

/* ---- What is not to be read any more ---- */

enum { PIECE = 4096 };

/* Zeros over it, on the disk before its name goes. */
static void wipe(const struct file_ops *ops, int dir, const char *name)
{
    static const char zeros[PIECE] = {0};
    struct stat st;
    int fd = ops->open(ops->cookie, dir, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        for (off_t done = 0; done < st.st_size;) {
            size_t n = st.st_size - done < PIECE ? (size_t)(st.st_size - done) : PIECE;
            long k = ops->write(ops->cookie, fd, zeros, n);
            if (k <= 0)
                break;
            done += k;
        }
    if (fd >= 0) {
        ops->fsync(ops->cookie, fd);
        ops->close(ops->cookie, fd);
    }
    ops->unlink(ops->cookie, dir, name);
}

/* A second name of the present content must not be written over. */
static bool is_present(int dir, const char *name, const char *other)
{
    struct stamp here = stamp_at(dir, name), there = stamp_at(dir, other);
    return there.known && here.dev == there.dev && here.ino == there.ino;
}

void generations_hold(const struct file_ops *ops, int dir, const char *name)
{
    char *kept = store_generation_path(name, 0);
    ops->unlink(ops->cookie, dir, kept);
    ops->link(ops->cookie, dir, name, kept); /* where there are no links, the content goes with its name */
    free(kept);
}

void generations_wipe(const struct file_ops *ops, int dir, const char *name)
{
    struct stat st;
    for (int n = 0; n <= STORE_GENERATIONS; n++) {
        char *old = store_generation_path(name, n);
        if (is_present(dir, name, old))
            ops->unlink(ops->cookie, dir, old);
        else if (fstatat(dir, old, &st, AT_SYMLINK_NOFOLLOW) == 0)
            wipe(ops, dir, old);
        free(old);
    }
}

void generations_wipe_plain(const struct file_ops *ops, int dir, const char *name)
{
    for (int n = 0; n <= STORE_GENERATIONS; n++) {
        char *old = store_generation_path(name, n);
        struct buf bytes = {0};
        if (!is_present(dir, name, old) && file_read_at(&bytes, dir, old, XML_MAX_BYTES + SAFE_OVERHEAD, NULL) == ERR_OK &&
            !safe_is(buf_str(&bytes), bytes.len))
            wipe(ops, dir, old);
        buf_release(&bytes);
        free(old);
    }
}
