/* See minisign.h. The signature file: four lines,
 *     untrusted comment: ...
 *     base64("ED" || key id || Ed25519(BLAKE2b-512(file)))
 *     trusted comment: ...
 *     base64(Ed25519(signature || trusted comment)) */
#include "core/seal/minisign.h"

#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/base64.h"

enum {
    HASH = 64,
    SIG = crypto_sign_BYTES,
    COMMENT_MAX = 8192,
    HEAD = 2 + MINISIGN_ID_BYTES, /* algorithm and key id */
    ID_DIGITS = 16
};
static const char UNTRUSTED[] = "untrusted comment: ", TRUSTED[] = "trusted comment: ";
static const unsigned char PUBLIC_ALGORITHM[2] = {'E', 'd'}, HASHED_ALGORITHM[2] = {'E', 'D'};

/* ---- Keys ---- */

void minisign_from(struct minisign_secret *out, const unsigned char id[MINISIGN_ID_BYTES], const unsigned char seed[MINISIGN_SEED_BYTES])
{
    unsigned char expanded[crypto_sign_SECRETKEYBYTES];
    memcpy(out->pub.id, id, MINISIGN_ID_BYTES);
    memcpy(out->seed, seed, MINISIGN_SEED_BYTES);
    crypto_sign_seed_keypair(out->pub.key, expanded, out->seed);
    sodium_memzero(expanded, sizeof expanded);
}

void minisign_new(struct minisign_secret *out)
{
    unsigned char id[MINISIGN_ID_BYTES], seed[MINISIGN_SEED_BYTES];
    randombytes_buf(id, sizeof id);
    randombytes_buf(seed, sizeof seed);
    minisign_from(out, id, seed);
    sodium_memzero(seed, sizeof seed);
}

bool minisign_parse(struct minisign_public *out, const char *text, size_t n_text)
{
    unsigned char bytes[HEAD + MINISIGN_KEY_BYTES];
    if (!base64_exactly(bytes, sizeof bytes, BASE64_PADDED, text, n_text) || memcmp(bytes, PUBLIC_ALGORITHM, 2) != 0)
        return false;
    memcpy(out->id, bytes + 2, MINISIGN_ID_BYTES);
    memcpy(out->key, bytes + HEAD, MINISIGN_KEY_BYTES);
    return true;
}

void minisign_text(char out[MINISIGN_SIZE], const struct minisign_public *pub)
{
    unsigned char bytes[HEAD + MINISIGN_KEY_BYTES];
    memcpy(bytes, PUBLIC_ALGORITHM, 2);
    memcpy(bytes + 2, pub->id, MINISIGN_ID_BYTES);
    memcpy(bytes + HEAD, pub->key, MINISIGN_KEY_BYTES);
    sodium_bin2base64(out, MINISIGN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
}

/* minisign prints the eight bytes as one little-endian number. */
void minisign_id_text(char out[MINISIGN_ID_SIZE], const struct minisign_public *pub)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    for (int i = 0; i < MINISIGN_ID_BYTES; i++) {
        unsigned char b = pub->id[MINISIGN_ID_BYTES - 1 - i];
        out[2 * i] = DIGITS[b >> 4];
        out[2 * i + 1] = DIGITS[b & 15];
    }
    out[ID_DIGITS] = '\0';
}

bool minisign_same(const struct minisign_public *a, const struct minisign_public *b)
{
    return memcmp(a->id, b->id, MINISIGN_ID_BYTES) == 0 && memcmp(a->key, b->key, MINISIGN_KEY_BYTES) == 0;
}

/* ---- Signatures ---- */

static void hash(unsigned char out[HASH], const void *bytes, size_t n_bytes)
{
    crypto_generichash(out, HASH, bytes, n_bytes, NULL, 0);
}

/* What the second signature is over. */
static void put_global(struct buf *out, const unsigned char sig[SIG], const char *comment, size_t n_comment)
{
    buf_add(out, sig, SIG);
    buf_add(out, comment, n_comment);
}

void minisign_sign(struct buf *out, const void *bytes, size_t n_bytes, const struct minisign_secret *secret, const char *untrusted,
                   const char *trusted)
{
    unsigned char expanded[crypto_sign_SECRETKEYBYTES], pk[MINISIGN_KEY_BYTES], digest[HASH], line[HEAD + SIG], global[SIG];
    struct buf covered = {0};
    crypto_sign_seed_keypair(pk, expanded, secret->seed);
    hash(digest, bytes, n_bytes);
    memcpy(line, HASHED_ALGORITHM, 2);
    memcpy(line + 2, secret->pub.id, MINISIGN_ID_BYTES);
    crypto_sign_detached(line + HEAD, NULL, digest, sizeof digest, expanded);
    put_global(&covered, line + HEAD, trusted, strlen(trusted));
    crypto_sign_detached(global, NULL, (const unsigned char *)covered.p, covered.len, expanded);
    sodium_memzero(expanded, sizeof expanded);
    buf_addf(out, "%s%s\n", UNTRUSTED, untrusted);
    base64_put(out, BASE64_PADDED, line, sizeof line);
    buf_addf(out, "\n%s%s\n", TRUSTED, trusted);
    base64_put(out, BASE64_PADDED, global, sizeof global);
    buf_addc(out, '\n');
    buf_release(&covered);
}

struct lines {
    const char *p[4];
    size_t n[4];
};

/* Four lines, each ended by a line feed, and nothing after them. */
static bool split(struct lines *out, const char *text, size_t n_text)
{
    for (int i = 0; i < 4; i++) {
        const char *lf = n_text > 0 ? memchr(text, '\n', n_text) : NULL;
        if (lf == NULL)
            return false;
        out->p[i] = text;
        out->n[i] = (size_t)(lf - text);
        n_text -= out->n[i] + 1;
        text = lf + 1;
    }
    return n_text == 0;
}

static bool begins(const struct lines *l, int i, const char *with)
{
    size_t n = strlen(with);
    return l->n[i] >= n && l->n[i] <= COMMENT_MAX && memcmp(l->p[i], with, n) == 0;
}

enum err minisign_verify(const char *sig, size_t n_sig, const void *bytes, size_t n_bytes, const struct minisign_public *pub,
                         struct diag *diag)
{
    struct lines l;
    unsigned char line[HEAD + SIG], global[SIG], digest[HASH];
    if (!split(&l, sig, n_sig) || !begins(&l, 0, UNTRUSTED) || !begins(&l, 2, TRUSTED) || !base64_exactly(line, sizeof line, BASE64_PADDED, l.p[1], l.n[1]) ||
        !base64_exactly(global, sizeof global, BASE64_PADDED, l.p[3], l.n[3]) || memcmp(line, HASHED_ALGORITHM, 2) != 0)
        return diag_set(diag, ERR_SEAL_FORMAT, 0, "minisign", NULL);
    if (memcmp(line + 2, pub->id, MINISIGN_ID_BYTES) != 0)
        return diag_set(diag, ERR_SEAL_SIGNER, 0, "minisign", NULL);
    hash(digest, bytes, n_bytes);
    struct buf covered = {0};
    size_t skip = sizeof TRUSTED - 1;
    put_global(&covered, line + HEAD, l.p[2] + skip, l.n[2] - skip);
    bool good = crypto_sign_verify_detached(line + HEAD, digest, sizeof digest, pub->key) == 0 &&
                crypto_sign_verify_detached(global, (const unsigned char *)covered.p, covered.len, pub->key) == 0;
    buf_release(&covered);
    return good ? ERR_OK : diag_set(diag, ERR_SEAL_SIGNATURE, 0, "minisign", NULL);
}
