/* Secrets in memory, and the start of libsodium: locked into memory where the system allows it, wiped when they go, and not in a core
 * dump. The primitives are libsodium's (X25519, Ed25519, ChaCha20-Poly1305, HMAC-SHA-256, BLAKE2b, Argon2id, scrypt, random bytes);
 * what this room adds is formats: see README.md. */
#ifndef CORE_SEAL_SECRET_H
#define CORE_SEAL_SECRET_H

#include <stddef.h>

#include "core/base/diag.h"

struct buf;

/* To be called before anything else of this room, as often as one likes. From now on the process leaves no core dump. */
void secret_start(void);

/* Zeroed memory for a secret, surrounded by pages that may not be touched, not there in a child process; never NULL. To be released with secret_free, which wipes it;
 * NULL is allowed there. */
void *secret_new(size_t n_bytes);
void secret_free(void *p);
void secret_wipe(void *p, size_t n_bytes); /* what stood on the stack */
void secret_buf_release(struct buf *b);    /* wipes, then releases */

/* A passphrase as it was typed: UTF-8, without the line feed, not empty. */
enum { PASSPHRASE_MAX = 1024 };
struct passphrase {
    size_t n_bytes;
    char text[PASSPHRASE_MAX + 1];
};
/* The first line of a file (also /dev/fd/3). ERR_PASSPHRASE: it is empty or too long; else the file's trouble. */
enum err passphrase_read(struct passphrase *out, const char *path, struct diag *diag);

/* Name and version of the library in use. */
void secret_library(struct buf *out);

#endif
