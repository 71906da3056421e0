/* A sealed file: what a plant hands to headquarters, for nobody else to read or to forge.
 *
 *     age( tar( manifest, manifest.minisig, export.xml.gz | export.xml ) )
 *
 * The signature lies inside and covers the manifest; the manifest names whom it is for, what it is about, and the SHA-256 of the
 * payload. So a recipient cannot pass it on as if it had been meant for somebody else, and nobody outside learns who has signed.
 * Whoever has the keys can check all of it by hand with age, tar, minisign and sha256sum: README.md. */
#ifndef CORE_SEAL_PACKAGE_H
#define CORE_SEAL_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/sha256.h"
#include "core/seal/key.h"

struct buf;

enum { SEAL_FIELD_MAX = 200, SEAL_PAYLOAD_MAX = 4 * 1024 * 1024, SEAL_FILE_MAX = SEAL_PAYLOAD_MAX + 256 * 1024 };

/* What the payload is about, as it stands in it. One line each, cleaned. */
struct seal_subject {
    char site[SEAL_FIELD_MAX + 1];    /* site/@id */
    char company[SEAL_FIELD_MAX + 1];
    char file[SEAL_FIELD_MAX + 1];    /* assessment/@id: which file's numbers these are */
    long number;                      /* assessment/@revision: the export number */
};

struct manifest {
    struct seal_subject subject;
    char time[ISO_SIZE]; /* when it was sealed, by the clock of the sender */
    struct key_public from;
    unsigned char to[AGE_RECIPIENTS_MAX][AGE_KEY_BYTES];
    size_t n_to;
    char payload[16]; /* name of the member */
    size_t n_bytes;
    char sha256[SHA256_HEX];
};

/* Appends the sealed file. from must be able to sign (ERR_KEY). now: ISO 8601. */
enum err seal_make(struct buf *out, const void *payload, size_t n_payload, const struct seal_subject *subject, const struct key_secret *from,
                   unsigned char (*to)[AGE_KEY_BYTES], size_t n_to, const char *now, struct diag *diag);

/* Opens and checks all that can be checked without knowing people: sealed for this key, whole, signed by manifest.from, meant for this key
 * (ERR_SEAL_RECIPIENT), the payload the one that was signed. Who manifest.from is, the caller has to know. Nothing is appended unless all
 * of it is good. */
enum err seal_open(struct buf *payload, struct manifest *manifest, const void *bytes, size_t n_bytes, const struct key_secret *key,
                   struct diag *diag);

/* ERR_SEAL_SITE: the manifest is not about what is in the payload. */
enum err seal_check_subject(const struct manifest *manifest, const struct seal_subject *found, struct diag *diag);

/* The text of a manifest and back, for the tests too. ERR_SEAL_FORMAT. */
void manifest_write(struct buf *out, const struct manifest *m);
enum err manifest_parse(struct manifest *out, const char *text, size_t n_text, struct diag *diag);

#endif
