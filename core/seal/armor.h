/* age files as text, for the mail: age.md, "ASCII armor", which is RFC 7468, section 3, strictly. Only read; we write the binary form. */
#ifndef CORE_SEAL_ARMOR_H
#define CORE_SEAL_ARMOR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;

/* How long the text of so many bytes is at most: lines of 64 characters, ends of line of two, and what is around them. */
#define ARMOR_SIZE(n_bytes) (((size_t)(n_bytes) / 48 + 1) * 66 + 4096)

/* Is there an armor in it, not too far from its beginning? It need not be a good one, and there may be other text before it: that is for
 * armor_open to refuse. Never true of XML or gzip. */
bool armor_is(const void *bytes, size_t n_bytes);

/* Where there is an armor: takes it off, into room, and points *bytes and *n_bytes there. Else all stays as it is. ERR_SEAL_FORMAT (armor):
 * anything but blanks before or after it, a line of another length, a foreign character, base64 that is not canonical. */
enum err armor_open(struct buf *room, const void **bytes, size_t *n_bytes, struct diag *diag);

#endif
