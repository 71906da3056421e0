/* See age.h. X25519 stanzas: age.md, "The X25519 recipient type". */
#include "core/seal/age.h"

#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/age_priv.h"
#include "core/seal/armor.h"
#include "core/seal/base64.h"
#include "core/seal/bech32.h"
#include "core/seal/hkdf.h"

static const char SECRET_HRP[] = "AGE-SECRET-KEY-", RECIPIENT_HRP[] = "age", INFO[] = "age-encryption.org/v1/X25519";

/* ---- Keys ---- */

void age_identity_from(struct age_identity *out, const unsigned char secret[AGE_KEY_BYTES])
{
    memcpy(out->secret, secret, AGE_KEY_BYTES);
    crypto_scalarmult_curve25519_base(out->recipient, out->secret);
}

void age_identity_new(struct age_identity *out)
{
    unsigned char secret[AGE_KEY_BYTES];
    randombytes_buf(secret, sizeof secret);
    age_identity_from(out, secret);
    sodium_memzero(secret, sizeof secret);
}

bool age_identity_parse(struct age_identity *out, const char *text, size_t n_text)
{
    unsigned char secret[AGE_KEY_BYTES];
    bool good = bech32_decode(secret, sizeof secret, SECRET_HRP, text, n_text);
    if (good)
        age_identity_from(out, secret);
    sodium_memzero(secret, sizeof secret);
    return good;
}

void age_identity_text(struct buf *out, const struct age_identity *id)
{
    bech32_encode(out, SECRET_HRP, id->secret, AGE_KEY_BYTES);
}

bool age_recipient_parse(unsigned char out[AGE_KEY_BYTES], const char *text, size_t n_text)
{
    return bech32_decode(out, AGE_KEY_BYTES, RECIPIENT_HRP, text, n_text);
}

void age_recipient_text(char out[AGE_RECIPIENT_SIZE], const unsigned char recipient[AGE_KEY_BYTES])
{
    struct buf text = {0};
    bech32_encode(&text, RECIPIENT_HRP, recipient, AGE_KEY_BYTES);
    memcpy(out, buf_str(&text), AGE_RECIPIENT_SIZE);
    buf_release(&text);
}

bool age_is(const void *bytes, size_t n_bytes)
{
    static const char START[] = "age-encryption.org/";
    return (n_bytes >= sizeof START - 1 && memcmp(bytes, START, sizeof START - 1) == 0) || armor_is(bytes, n_bytes);
}

/* ---- Stanzas ---- */

/* wrap key = HKDF-SHA-256(ikm = shared secret, salt = ephemeral share || recipient, info). false: the shared secret is all zeros. */
static bool wrap_key(unsigned char key[HKDF_KEY], const unsigned char secret[AGE_KEY_BYTES], const unsigned char point[AGE_KEY_BYTES],
                     const unsigned char share[AGE_KEY_BYTES], const unsigned char recipient[AGE_KEY_BYTES])
{
    unsigned char shared[AGE_KEY_BYTES], salt[2 * AGE_KEY_BYTES];
    bool good = crypto_scalarmult_curve25519(shared, secret, point) == 0;
    memcpy(salt, share, AGE_KEY_BYTES);
    memcpy(salt + AGE_KEY_BYTES, recipient, AGE_KEY_BYTES);
    hkdf_sha256(key, HKDF_KEY, shared, sizeof shared, salt, sizeof salt, INFO, sizeof INFO - 1);
    sodium_memzero(shared, sizeof shared);
    return good;
}

static bool put_stanza(struct buf *out, const unsigned char recipient[AGE_KEY_BYTES], const unsigned char file_key[AGE_FILE_KEY_BYTES])
{
    struct age_identity ephemeral;
    struct buf args = {0};
    unsigned char key[HKDF_KEY], body[AGE_WRAPPED];
    age_identity_new(&ephemeral);
    bool good = wrap_key(key, ephemeral.secret, recipient, ephemeral.recipient, recipient);
    age_wrap(body, file_key, key);
    buf_adds(&args, "X25519 ");
    base64_put(&args, BASE64_RAW, ephemeral.recipient, AGE_KEY_BYTES);
    age_put_stanza(out, buf_str(&args), body);
    buf_release(&args);
    sodium_memzero(&ephemeral, sizeof ephemeral);
    sodium_memzero(key, sizeof key);
    return good;
}

enum err age_seal(struct buf *out, const void *bytes, size_t n_bytes, unsigned char (*to)[AGE_KEY_BYTES], size_t n_to, struct diag *diag)
{
    unsigned char file_key[AGE_FILE_KEY_BYTES];
    size_t start = out->len;
    bool good = n_to > 0 && n_to <= AGE_RECIPIENTS_MAX;
    randombytes_buf(file_key, sizeof file_key);
    age_put_version(out);
    for (size_t i = 0; i < n_to && good; i++)
        good = put_stanza(out, to[i], file_key);
    if (good) {
        age_put_mac(out, start, file_key);
        age_stream_seal(out, bytes, n_bytes, file_key);
    } else {
        buf_cut(out, start);
    }
    sodium_memzero(file_key, sizeof file_key);
    return good ? ERR_OK : diag_set(diag, ERR_KEY, 0, "age", NULL);
}

/* ---- Opening ---- */

/* What the rules ask of stanzas that we know, whether or not they are for us; a passphrase goes with nothing else. */
static bool stanzas_good(const struct age_header *h)
{
    for (size_t i = 0; i < h->n; i++) {
        const struct age_stanza *s = &h->stanza[i];
        unsigned char share[AGE_KEY_BYTES];
        if (age_arg_is(&s->arg[0], "scrypt") && h->n != 1)
            return false;
        if (age_arg_is(&s->arg[0], "X25519") &&
            (s->n_args != 2 || s->n_body != AGE_WRAPPED || !age_arg_bytes(&s->arg[1], share, sizeof share)))
            return false;
    }
    return true;
}

enum unwrapped { NOT_FOR_US, FOR_US, LOW_ORDER };

static enum unwrapped unwrap(unsigned char file_key[AGE_FILE_KEY_BYTES], const struct age_stanza *s, const struct age_identity *id)
{
    unsigned char share[AGE_KEY_BYTES], key[HKDF_KEY];
    if (!age_arg_is(&s->arg[0], "X25519") || !age_arg_bytes(&s->arg[1], share, sizeof share))
        return NOT_FOR_US;
    if (!wrap_key(key, id->secret, share, share, id->recipient))
        return LOW_ORDER;
    bool ours = age_unwrap(file_key, s->body, key);
    sodium_memzero(key, sizeof key);
    return ours ? FOR_US : NOT_FOR_US;
}

static enum err find_key(unsigned char file_key[AGE_FILE_KEY_BYTES], const struct age_header *h, const struct age_identity *id, size_t n_ids,
                         struct diag *diag)
{
    for (size_t i = 0; i < h->n; i++)
        for (size_t k = 0; k < n_ids; k++)
            switch (unwrap(file_key, &h->stanza[i], &id[k])) {
            case FOR_US:
                return ERR_OK;
            case LOW_ORDER:
                return diag_set(diag, ERR_SEAL_FORMAT, 0, "X25519", NULL);
            case NOT_FOR_US:
                break;
            }
    return diag_set(diag, ERR_SEAL_KEY, 0, "age", NULL);
}

static enum err open_binary(struct buf *out, const void *bytes, size_t n_bytes, const struct age_identity *id, size_t n_ids, struct diag *diag)
{
    struct age_header h;
    unsigned char file_key[AGE_FILE_KEY_BYTES];
    enum err err = age_header_parse(&h, bytes, n_bytes, diag);
    if (err == ERR_OK && !stanzas_good(&h))
        err = diag_set(diag, ERR_SEAL_FORMAT, 0, "age", NULL);
    if (err == ERR_OK)
        err = find_key(file_key, &h, id, n_ids, diag);
    if (err == ERR_OK)
        err = age_check_mac(&h, bytes, file_key, diag);
    if (err == ERR_OK)
        err = age_stream_open(out, (const unsigned char *)bytes + h.n_bytes, n_bytes - h.n_bytes, file_key, diag);
    sodium_memzero(file_key, sizeof file_key);
    return err;
}

enum err age_open(struct buf *out, const void *bytes, size_t n_bytes, const struct age_identity *id, size_t n_ids, struct diag *diag)
{
    struct buf room = {0};
    if (n_bytes > AGE_FILE_MAX)
        return diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
    enum err err = armor_open(&room, &bytes, &n_bytes, diag);
    if (err == ERR_OK)
        err = open_binary(out, bytes, n_bytes, id, n_ids, diag);
    buf_release(&room);
    return err;
}
