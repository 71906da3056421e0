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
static bool keep_as(const char *real, const char *name, const struct file_ops *ops)
{
    ops->unlink(ops->cookie, name);
    if (ops->link(ops->cookie, real, name) == 0)
        return true;
    struct buf bytes = {0};
    enum err err = file_read(&bytes, real, XML_MAX_BYTES + SAFE_OVERHEAD, NULL);
    if (err == ERR_OK)
        err = file_replace(name, buf_str(&bytes), bytes.len, ops, NULL);
    buf_release(&bytes);
    return err == ERR_OK;
}

static bool shift(const char *real, int from, const struct file_ops *ops)
{
    char *old_name = store_generation_path(real, from),
         *new_name = store_generation_path(real, from + 1);
    bool ok = ops->rename(ops->cookie, old_name, new_name) == 0 || errno == ENOENT;
    free(old_name);
    free(new_name);
    return ok;
}

/* Moved along before, but the save that followed failed. (And rename would do nothing between two
 * names of one file.) */
static bool is_kept(const char *real)
{
    char *newest = store_generation_path(real, 1);
    struct stamp here = stamp_of(real), kept = stamp_of(newest);
    free(newest);
    return kept.known && here.known && stamp_same(&here, &kept);
}

/* The new generation is made first, as gen0: a full disk then costs none of the old ones. */
bool generations_move(const char *real, const struct file_ops *ops)
{
    if (!file_exists(real) || is_kept(real))
        return true;
    char *fresh = store_generation_path(real, 0);
    bool ok = keep_as(real, fresh, ops);
    free(fresh);
    for (int n = STORE_GENERATIONS - 1; n >= 0 && ok; n--)
        ok = shift(real, n, ops);
    return ok;
}

/* ---- What is not to be read any more ---- */

enum { PIECE = 4096 };

/* Zeros over it, on the disk before its name goes. */
static void wipe(const char *path, const struct file_ops *ops)
{
    static const char zeros[PIECE] = {0};
    struct stat st;
    int fd = ops->open(ops->cookie, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
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
    ops->unlink(ops->cookie, path);
}

/* A second name of the present content must not be written over. */
static bool is_present(const char *real, const char *path)
{
    struct stamp here = stamp_of(real), there = stamp_of(path);
    return here.known && there.known && here.dev == there.dev && here.ino == there.ino;
}

void generations_hold(const char *real, const struct file_ops *ops)
{
    char *name = store_generation_path(real, 0);
    ops->unlink(ops->cookie, name);
    ops->link(ops->cookie, real, name); /* where there are no links, the content goes with its name */
    free(name);
}

void generations_wipe(const char *real, const struct file_ops *ops)
{
    for (int n = 0; n <= STORE_GENERATIONS; n++) {
        char *name = store_generation_path(real, n);
        if (is_present(real, name))
            ops->unlink(ops->cookie, name);
        else if (file_exists(name))
            wipe(name, ops);
        free(name);
    }
}

void generations_wipe_plain(const char *real, const struct file_ops *ops)
{
    for (int n = 0; n <= STORE_GENERATIONS; n++) {
        char *name = store_generation_path(real, n);
        struct buf bytes = {0};
        if (!is_present(real, name) && file_read(&bytes, name, XML_MAX_BYTES + SAFE_OVERHEAD, NULL) == ERR_OK &&
            !safe_is(buf_str(&bytes), bytes.len))
            wipe(name, ops);
        buf_release(&bytes);
        free(name);
    }
}
