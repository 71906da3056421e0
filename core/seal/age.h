/* age v1 (C2SP age.md, age-encryption.org/v1): files for X25519 recipients. Written in the binary form, read as text too (armor.h); whole
 * files in memory: nothing that was decrypted is given on before all of it has been authenticated. Opened by `age -d`, and opens what `age -r` made. */
#ifndef CORE_SEAL_AGE_H
#define CORE_SEAL_AGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;

enum {
    AGE_KEY_BYTES = 32,
    AGE_FILE_KEY_BYTES = 16,
    AGE_RECIPIENTS_MAX = 20,
    AGE_FILE_MAX = 20 * 1024 * 1024, /* of a file to be opened: over 256 chunks, as some of the public vectors have */
    AGE_RECIPIENT_SIZE = 63          /* "age1..." and a NUL */
};

struct age_identity {
    unsigned char secret[AGE_KEY_BYTES], recipient[AGE_KEY_BYTES];
};

void age_identity_new(struct age_identity *out);
/* The recipient belongs to the secret. */
void age_identity_from(struct age_identity *out, const unsigned char secret[AGE_KEY_BYTES]);
/* "AGE-SECRET-KEY-1..." and "age1...". false: not one. */
bool age_identity_parse(struct age_identity *out, const char *text, size_t n_text);
void age_identity_text(struct buf *out, const struct age_identity *id);
bool age_recipient_parse(unsigned char out[AGE_KEY_BYTES], const char *text, size_t n_text);
void age_recipient_text(char out[AGE_RECIPIENT_SIZE], const unsigned char recipient[AGE_KEY_BYTES]);

bool age_is(const void *bytes, size_t n_bytes); /* begins like an age file of any version, or has the armor of one */

/* Appends the sealed bytes. n_to from 1 to AGE_RECIPIENTS_MAX. ERR_KEY: a recipient that is no point of the curve's large group. */
enum err age_seal(struct buf *out, const void *bytes, size_t n_bytes, unsigned char (*to)[AGE_KEY_BYTES], size_t n_to, struct diag *diag);

/* Appends what was sealed, all of it or nothing.
 * ERR_SEAL_FORMAT: the header is not that of age v1, in its one canonical form. ERR_SEAL_KEY: for none of these identities.
 * ERR_SEAL_CHANGED: it was, but header or contents are not as they were sealed, or not complete. ERR_TOO_BIG. */
enum err age_open(struct buf *out, const void *bytes, size_t n_bytes, const struct age_identity *id, size_t n_ids, struct diag *diag);

#endif
