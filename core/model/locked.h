/* Reading assessment files that may be under a passphrase (core/seal/safe.h). */
#ifndef CORE_MODEL_LOCKED_H
#define CORE_MODEL_LOCKED_H

#include "core/base/diag.h"
#include "core/seal/safe.h"

struct buf;

/* The bytes of the file as it would be without a passphrase. ERR_LOCKED_FILE: it has one, and pass is NULL; ERR_PASSPHRASE: another one.
 * *safe (may be NULL): how to save it again, the caller's; NULL where the file has no passphrase. */
enum err locked_read(struct buf *out, struct safe **safe, const char *path, const struct passphrase *pass, struct diag *diag);

#endif
