/* Signatures in the format of minisign, the kind with BLAKE2b-512 before Ed25519 ("ED"). Checked by `minisign -V`, and checks what
 * `minisign -S` made. */
#ifndef CORE_SEAL_MINISIGN_H
#define CORE_SEAL_MINISIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;

enum {
    MINISIGN_ID_BYTES = 8,
    MINISIGN_KEY_BYTES = 32,
    MINISIGN_SEED_BYTES = 32,
    MINISIGN_SIZE = 57 /* "RW..." and a NUL */
};

struct minisign_public {
    unsigned char id[MINISIGN_ID_BYTES]; /* a random number by which keys are told apart, not a proof */
    unsigned char key[MINISIGN_KEY_BYTES];
};

struct minisign_secret {
    struct minisign_public pub;
    unsigned char seed[MINISIGN_SEED_BYTES];
};

void minisign_new(struct minisign_secret *out);
/* The public key belongs to the seed. */
void minisign_from(struct minisign_secret *out, const unsigned char id[MINISIGN_ID_BYTES], const unsigned char seed[MINISIGN_SEED_BYTES]);
/* The second line of a minisign.pub. false: not one. */
bool minisign_parse(struct minisign_public *out, const char *text, size_t n_text);
void minisign_text(char out[MINISIGN_SIZE], const struct minisign_public *pub);
/* Key ids as minisign shows them: 16 digits. */
enum { MINISIGN_ID_SIZE = 17 };
void minisign_id_text(char out[MINISIGN_ID_SIZE], const struct minisign_public *pub);
bool minisign_same(const struct minisign_public *a, const struct minisign_public *b);

/* Appends the signature file. Neither comment has a line feed; the trusted one is covered. */
void minisign_sign(struct buf *out, const void *bytes, size_t n_bytes, const struct minisign_secret *secret, const char *untrusted,
                   const char *trusted);
/* ERR_SEAL_FORMAT: not a signature file, to the letter. ERR_SEAL_SIGNER: by another key. ERR_SEAL_SIGNATURE: not of these bytes, or the
 * trusted comment is another. */
enum err minisign_verify(const char *sig, size_t n_sig, const void *bytes, size_t n_bytes, const struct minisign_public *pub,
                         struct diag *diag);

#endif
