/* The older generations beside a file: NAME.gen1 (the newest) to NAME.gen3. */
#include <errno.h>
#include <stdlib.h>

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
    enum err err = file_read(&bytes, real, XML_MAX_BYTES, NULL);
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
