/* The few members of a package as a tar archive (POSIX ustar), so that any tar opens it. Read strictly: plain files with plain names,
 * each known to who asks, and nothing after them. */
#ifndef CORE_SEAL_TAR_H
#define CORE_SEAL_TAR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;

enum { TAR_NAME_MAX = 100 };

/* A member. name is a plain file name of at most TAR_NAME_MAX bytes; seconds: its time. */
void tar_put(struct buf *out, const char *name, const void *bytes, size_t n_bytes, long long seconds);
void tar_end(struct buf *out);

struct tar_member {
    const char *name; /* in: which one; borrowed */
    size_t max_bytes; /* in */
    const char *p;    /* out: within the archive; NULL: it is not in there */
    size_t n_bytes;
};
/* Finds the members in the archive, in any order. Anything else in it (another name, a folder, a link, a member twice, a wrong sum, a
 * size over the limit, bytes after the end) is ERR_SEAL_FORMAT. */
enum err tar_read(struct tar_member *member, size_t n, const char *bytes, size_t n_bytes, struct diag *diag);

#endif
