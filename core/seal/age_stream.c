/* The payload of an age file: age.md, "Payload". And the wrapping of a file key, which is the same cipher. */
#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/age_priv.h"
#include "core/seal/hkdf.h"

enum {
    CHUNK = 64 * 1024,
    TAG = crypto_aead_chacha20poly1305_ietf_ABYTES,
    NONCE = crypto_aead_chacha20poly1305_ietf_NPUBBYTES,
    COUNTER = NONCE - 1
};
_Static_assert(TAG == 16 && NONCE == 12, "as age has them");

/* ---- The file key ---- */

void age_wrap(unsigned char body[AGE_WRAPPED], const unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char wrap_key[32])
{
    static const unsigned char zeros[NONCE] = {0};
    crypto_aead_chacha20poly1305_ietf_encrypt(body, NULL, file_key, AGE_FILE_KEY_BYTES, NULL, 0, NULL, zeros, wrap_key);
}

bool age_unwrap(unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char body[AGE_WRAPPED], const unsigned char wrap_key[32])
{
    static const unsigned char zeros[NONCE] = {0};
    return crypto_aead_chacha20poly1305_ietf_decrypt(file_key, NULL, NULL, body, AGE_WRAPPED, NULL, 0, zeros, wrap_key) == 0;
}

/* ---- The payload ---- */

void age_payload_key(unsigned char key[32], const unsigned char file_key[AGE_FILE_KEY_BYTES], const unsigned char nonce[AGE_NONCE_BYTES])
{
    hkdf_sha256(key, HKDF_KEY, file_key, AGE_FILE_KEY_BYTES, nonce, AGE_NONCE_BYTES, "payload", 7);
}

/* Eleven bytes of counter, big endian, and one that says whether it is the last chunk. */
static void chunk_nonce(unsigned char nonce[NONCE], size_t i, bool last)
{
    memset(nonce, 0, NONCE);
    for (int k = COUNTER - 1; k >= 0 && i > 0; k--, i >>= 8)
        nonce[k] = (unsigned char)(i & 0xff);
    nonce[COUNTER] = last;
}

void age_chunk_seal(unsigned char *out, const unsigned char *bytes, size_t n_bytes, const unsigned char key[32], size_t i, bool last)
{
    unsigned char nonce[NONCE];
    chunk_nonce(nonce, i, last);
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, bytes, n_bytes, NULL, 0, NULL, nonce, key);
}

/* How many chunks: at least one, and none but the only one is empty. */
static size_t chunks(size_t n_bytes, size_t size)
{
    return n_bytes == 0 ? 1 : (n_bytes - 1) / size + 1;
}

void age_stream_seal(struct buf *out, const unsigned char *bytes, size_t n_bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES])
{
    unsigned char key[HKDF_KEY], start[AGE_NONCE_BYTES];
    size_t n = chunks(n_bytes, CHUNK);
    randombytes_buf(start, sizeof start);
    age_payload_key(key, file_key, start);
    buf_add(out, start, sizeof start);
    buf_reserve(out, n_bytes + n * TAG);
    for (size_t i = 0; i < n; i++) {
        size_t size = i + 1 < n ? CHUNK : n_bytes - i * CHUNK;
        age_chunk_seal((unsigned char *)out->p + out->len, bytes + i * CHUNK, size, key, i, i + 1 == n);
        out->len += size + TAG;
    }
    out->p[out->len] = '\0';
    sodium_memzero(key, sizeof key);
}

/* The chunks into room, which is large enough. */
static bool open_chunks(unsigned char *room, const unsigned char *bytes, size_t n_bytes, const unsigned char key[HKDF_KEY])
{
    size_t n = chunks(n_bytes, CHUNK + TAG);
    for (size_t i = 0; i < n; i++) {
        unsigned char nonce[NONCE];
        size_t at = i * (CHUNK + TAG), size = i + 1 < n ? CHUNK + TAG : n_bytes - at;
        if (size < TAG || (size == TAG && n > 1)) /* cut off; or an empty last chunk after others */
            return false;
        chunk_nonce(nonce, i, i + 1 == n);
        if (crypto_aead_chacha20poly1305_ietf_decrypt(room + i * CHUNK, NULL, NULL, bytes + at, size, NULL, 0, nonce, key) != 0)
            return false;
    }
    return true;
}

enum err age_stream_open(struct buf *out, const unsigned char *bytes, size_t n_bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES],
                         struct diag *diag)
{
    unsigned char key[HKDF_KEY];
    if (n_bytes < AGE_NONCE_BYTES + TAG)
        return diag_set(diag, ERR_SEAL_CHANGED, 0, "age", NULL);
    size_t n_chunked = n_bytes - AGE_NONCE_BYTES, n_plain = n_chunked - chunks(n_chunked, CHUNK + TAG) * TAG;
    age_payload_key(key, file_key, bytes);
    buf_reserve(out, n_chunked);
    unsigned char *room = (unsigned char *)out->p + out->len;
    bool good = open_chunks(room, bytes + AGE_NONCE_BYTES, n_chunked, key);
    sodium_memzero(key, sizeof key);
    if (good)
        out->len += n_plain;
    else
        sodium_memzero(room, n_chunked); /* nothing of what cannot be trusted as a whole */
    out->p[out->len] = '\0';
    return good ? ERR_OK : diag_set(diag, ERR_SEAL_CHANGED, 0, "age", NULL);
}
