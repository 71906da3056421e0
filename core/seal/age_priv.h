/* The parts of age among themselves: the header (age_header.c) and the payload (age_stream.c). */
#ifndef CORE_SEAL_AGE_PRIV_H
#define CORE_SEAL_AGE_PRIV_H

#include "core/seal/age.h"

enum {
    AGE_STANZAS_MAX = 100,
    AGE_HEADER_MAX = 1024 * 1024,
    AGE_ARGS_KEPT = 3,
    AGE_WRAPPED = AGE_FILE_KEY_BYTES + 16, /* with its tag: the body of our stanzas */
    AGE_MAC_BYTES = 32,
    AGE_NONCE_BYTES = 16
};

/* A stanza as it stands in the file. Of foreign kinds only the shape is held to the rules. */
struct age_stanza {
    struct age_arg {
        const char *p;
        size_t n;
    } arg[AGE_ARGS_KEPT];
    size_t n_args, n_body;
    unsigned char body[AGE_WRAPPED]; /* its beginning */
};

struct age_header {
    struct age_stanza stanza[AGE_STANZAS_MAX];
    size_t n;
    size_t n_maced; /* bytes up to and with the "---" */
    size_t n_bytes; /* of the whole header: here the payload begins */
    unsigned char mac[AGE_MAC_BYTES];
};

/* Holds the header against the grammar: line feeds only, canonical base64, bodies that end in a short line. ERR_SEAL_FORMAT. */
enum err age_header_parse(struct age_header *out, const char *bytes, size_t n_bytes, struct diag *diag);
bool age_arg_is(const struct age_arg *a, const char *word);
/* Exactly n_bytes in canonical base64 without padding. */
bool age_arg_bytes(const struct age_arg *a, unsigned char *out, size_t n_bytes);

/* Writing: the version line; a stanza, its arguments with blanks between them; the MAC line, over what stands in out from start on. */
void age_put_version(struct buf *out);
void age_put_stanza(struct buf *out, const char *args, const unsigned char body[AGE_WRAPPED]);
void age_put_mac(struct buf *out, size_t start, const unsigned char file_key[AGE_FILE_KEY_BYTES]);
/* ERR_SEAL_CHANGED: not the MAC of this header under this key. */
enum err age_check_mac(const struct age_header *h, const char *bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES], struct diag *diag);

/* The file key under a wrap key that is used once: ChaCha20-Poly1305 with a nonce of zeros. */
void age_wrap(unsigned char body[AGE_WRAPPED], const unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char wrap_key[32]);
bool age_unwrap(unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char body[AGE_WRAPPED], const unsigned char wrap_key[32]);

/* payload key = HKDF-SHA-256(ikm = file key, salt = nonce, info = "payload"); one chunk under it, into n_bytes + 16. */
void age_payload_key(unsigned char key[32], const unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char nonce[AGE_NONCE_BYTES]);
void age_chunk_seal(unsigned char *out, const unsigned char *bytes, size_t n_bytes, const unsigned char key[32], size_t i, bool last);

/* The payload with its fresh nonce: STREAM over chunks of 64 KiB. */
void age_stream_seal(struct buf *out, const unsigned char *bytes, size_t n_bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES]);
enum err age_stream_open(struct buf *out, const unsigned char *bytes, size_t n_bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES],
                         struct diag *diag);

#endif
