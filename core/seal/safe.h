/* A file under a passphrase: age v1 with a scrypt recipient, so `age -d` opens it. The working file of an assessment is one when its
 * owner wants it.
 *
 * Deriving a key from a passphrase is meant to be slow, and a file is saved after every answer: so the header (salt, wrapped file key,
 * MAC) is made once, when the passphrase is set, and stands before every save of that file. Each save has a fresh random nonce of 16
 * bytes, and with it a payload key of its own (HKDF of file key and nonce): no two saves share a key stream. README.md says what the
 * specification says of that. */
#ifndef CORE_SEAL_SAFE_H
#define CORE_SEAL_SAFE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;
struct passphrase;

/* Header and file key; does not change, may be used by several threads, lives in memory for secrets. */
struct safe;

/* 2^17 blocks of 1 KiB: 128 MiB, about half a second on an old laptop (OWASP's first choice). SAFE_WORK_MAX: of files that are opened. */
enum { SAFE_WORK = 17, SAFE_WORK_MAX = 20 };
/* How much longer a file is under a passphrase, up to XML_MAX_BYTES. */
enum { SAFE_OVERHEAD = 8 * 1024 };

/* With a new file key. ERR_MEMORY. The caller holds one reference. */
enum err safe_new(struct safe **out, const struct passphrase *pass, int work, struct diag *diag);
struct safe *safe_ref(struct safe *s);
void safe_release(struct safe *s); /* NULL is allowed */

bool safe_is(const void *bytes, size_t n_bytes); /* an age file for a passphrase */
void safe_seal(struct buf *out, const void *bytes, size_t n_bytes, const struct safe *s);
/* Appends what is inside. ERR_PASSPHRASE: the wrong one. ERR_SEAL_FORMAT, ERR_SEAL_CHANGED, ERR_MEMORY (also: more work than SAFE_WORK_MAX). *safe is for
 * saving it again; NULL when it is not wanted. */
enum err safe_open(struct safe **safe, struct buf *out, const void *bytes, size_t n_bytes, const struct passphrase *pass, struct diag *diag);
/* Is it the passphrase of this safe? */
bool safe_fits(const struct safe *s, const struct passphrase *pass);

/* The same without asking for memory, piece by piece: the last resort of the store. */
enum { SAFE_CHUNK = 64 * 1024, SAFE_TAG = 16, SAFE_NONCE = 16 };
struct safe_stream {
    unsigned char key[32];
    size_t chunk;
};
const char *safe_header(const struct safe *s, size_t *n_bytes);
/* The nonce stands after the header. */
void safe_stream_begin(struct safe_stream *out, unsigned char nonce[SAFE_NONCE], const struct safe *s);
/* n_bytes: SAFE_CHUNK, and in the last chunk at most so many; 0 only if it is the only one. out: n_bytes + SAFE_TAG; it may be where
 * bytes is. */
void safe_stream_chunk(struct safe_stream *st, unsigned char *out, const void *bytes, size_t n_bytes, bool last);

#endif
