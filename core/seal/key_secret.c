/* The secret file of key.h: README.md, "The secret key file". */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/base64.h"
#include "core/seal/key.h"
#include "core/seal/secret.h"

enum {
    PLAIN = AGE_KEY_BYTES + MINISIGN_SEED_BYTES + MINISIGN_ID_BYTES,
    TAG = crypto_aead_chacha20poly1305_ietf_ABYTES,
    SALT = KEY_SALT_BYTES,
    PASSES_MAX = 64,
    KIB_MAX = 1024 * 1024,
    KIB_MIN = 8,
    WORK_MAX = 4 * 1024 * 1024 /* passes times KiB: 64 over 64 MiB or 4 over 1 GiB, some seconds; a foreign file asks for no more */
};
_Static_assert(KEY_SALT_BYTES == crypto_pwhash_SALTBYTES, "the salt of Argon2id");
static const char TITLE[] = "monshin secret key 1\n", KDF[] = "argon2id ", BOX[] = "box ";

const struct key_cost KEY_COST = {3, 64 * 1024};

/* ---- The cipher ---- */

static bool derive(unsigned char key[KEY_WRAP_BYTES], const struct passphrase *pass, const unsigned char salt[SALT], const struct key_cost *cost)
{
    return crypto_pwhash(key, KEY_WRAP_BYTES, pass->text, pass->n_bytes, salt, cost->passes, (size_t)cost->kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* Everything before the box: it is authenticated with it. */
static void put_head(struct buf *out, const struct key_secret *key, const unsigned char salt[SALT], const struct key_cost *cost)
{
    char recipient[AGE_RECIPIENT_SIZE], sign[MINISIGN_SIZE];
    age_recipient_text(recipient, key->age.recipient);
    minisign_text(sign, &key->sign.pub);
    buf_addf(out, "%s%s\n%s\n%s%u %u ", TITLE, recipient, sign, KDF, cost->passes, cost->kib);
    base64_put(out, BASE64_PADDED, salt, SALT);
    buf_addc(out, '\n');
}

enum err key_secret_write(struct buf *out, const struct key_secret *key, const struct passphrase *pass, const struct key_cost *cost,
                          struct diag *diag)
{
    /* A key of its own for every file, so the nonce may be zeros. */
    static const unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = {0};
    unsigned char plain[PLAIN], box[PLAIN + TAG], wrap[32], salt[SALT];
    struct buf head = {0};
    randombytes_buf(salt, sizeof salt);
    if (!derive(wrap, pass, salt, cost))
        return diag_set(diag, ERR_MEMORY, 0, "argon2id", NULL);
    memcpy(plain, key->age.secret, AGE_KEY_BYTES);
    memcpy(plain + AGE_KEY_BYTES, key->sign.seed, MINISIGN_SEED_BYTES);
    memcpy(plain + AGE_KEY_BYTES + MINISIGN_SEED_BYTES, key->sign.pub.id, MINISIGN_ID_BYTES);
    put_head(&head, key, salt, cost);
    crypto_aead_chacha20poly1305_ietf_encrypt(box, NULL, plain, sizeof plain, (const unsigned char *)head.p, head.len, NULL, nonce, wrap);
    sodium_memzero(plain, sizeof plain);
    sodium_memzero(wrap, sizeof wrap);
    buf_add(out, head.p, head.len);
    buf_adds(out, BOX);
    base64_put(out, BASE64_PADDED, box, sizeof box);
    buf_addc(out, '\n');
    buf_release(&head);
    return ERR_OK;
}

/* ---- Reading ---- */

struct reader {
    const char *p, *end;
};

static bool take(struct reader *r, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, text, n) != 0)
        return false;
    r->p += n;
    return true;
}

/* Up to the character, which is eaten. */
static bool take_until(struct reader *r, char stop, const char **p, size_t *n)
{
    const char *at = r->p < r->end ? memchr(r->p, stop, (size_t)(r->end - r->p)) : NULL;
    if (at == NULL)
        return false;
    *p = r->p;
    *n = (size_t)(at - r->p);
    r->p = at + 1;
    return true;
}

static bool take_number(struct reader *r, unsigned *out, unsigned min, unsigned max)
{
    const char *p;
    size_t n;
    unsigned value = 0;
    if (!take_until(r, ' ', &p, &n) || n == 0 || n > 8 || p[0] == '0')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        value = value * 10 + (unsigned)(p[i] - '0');
    }
    *out = value;
    return value >= min && value <= max;
}

static bool take_base64(struct reader *r, unsigned char *out, size_t n_bytes)
{
    const char *p;
    size_t n;
    return take_until(r, '\n', &p, &n) && base64_exactly(out, n_bytes, BASE64_PADDED, p, n);
}

struct parsed {
    struct key_public pub;
    struct key_cost cost;
    unsigned char salt[SALT], box[PLAIN + TAG];
    size_t n_head;
};

static bool parse(struct parsed *out, const char *text, size_t n_text)
{
    struct reader r = {text, text + n_text};
    const char *p;
    size_t n;
    out->pub.signs = true;
    if (!take(&r, TITLE) || !take_until(&r, '\n', &p, &n) || !age_recipient_parse(out->pub.age, p, n) || !take_until(&r, '\n', &p, &n) ||
        !minisign_parse(&out->pub.sign, p, n))
        return false;
    if (!take(&r, KDF) || !take_number(&r, &out->cost.passes, 1, PASSES_MAX) || !take_number(&r, &out->cost.kib, KIB_MIN, KIB_MAX) ||
        out->cost.kib > WORK_MAX / out->cost.passes || !take_base64(&r, out->salt, SALT))
        return false;
    out->n_head = (size_t)(r.p - text);
    return take(&r, BOX) && take_base64(&r, out->box, sizeof out->box) && r.p == r.end;
}

bool key_is_locked(const char *text, size_t n_text)
{
    return n_text >= sizeof TITLE - 1 && memcmp(text, TITLE, sizeof TITLE - 1) == 0;
}

static enum err unlock(struct key_secret *out, const struct parsed *k, const char *text, const struct passphrase *pass, struct diag *diag)
{
    static const unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = {0};
    unsigned char plain[PLAIN], wrap[KEY_WRAP_BYTES];
    struct key_public pub;
    if (!derive(wrap, pass, k->salt, &k->cost))
        return diag_set(diag, ERR_MEMORY, 0, "argon2id", NULL);
    bool good = crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, k->box, sizeof k->box, (const unsigned char *)text, k->n_head,
                                                          nonce, wrap) == 0;
    if (good) {
        age_identity_from(&out->age, plain);
        minisign_from(&out->sign, plain + AGE_KEY_BYTES + MINISIGN_SEED_BYTES, plain + AGE_KEY_BYTES);
        out->signs = out->locked = true;
        out->lock.cost = k->cost;
        memcpy(out->lock.salt, k->salt, SALT);
        memcpy(out->lock.wrap, wrap, sizeof wrap);
        key_public_of(&pub, out);
        good = key_same(&pub, &k->pub);
    }
    sodium_memzero(wrap, sizeof wrap);
    sodium_memzero(plain, sizeof plain);
    return good ? ERR_OK : diag_set(diag, ERR_PASSPHRASE, 0, "key", NULL);
}

bool key_passphrase_fits(const struct key_secret *key, const struct passphrase *pass)
{
    unsigned char wrap[KEY_WRAP_BYTES];
    bool fits = key->locked && derive(wrap, pass, key->lock.salt, &key->lock.cost) && sodium_memcmp(wrap, key->lock.wrap, sizeof wrap) == 0;
    sodium_memzero(wrap, sizeof wrap);
    return fits;
}

/* What age-keygen writes: one identity among lines for people. */
static bool parse_plain(struct key_secret *out, const char *text, size_t n_text)
{
    bool found = false;
    memset(out, 0, sizeof *out);
    while (n_text > 0) {
        const char *lf = memchr(text, '\n', n_text);
        size_t n = lf != NULL ? (size_t)(lf - text) : n_text, length = n > 0 && text[n - 1] == '\r' ? n - 1 : n;
        if (length > 0 && text[0] != '#' && (found || !age_identity_parse(&out->age, text, length)))
            return false;
        found = found || (length > 0 && text[0] != '#');
        n += lf != NULL;
        text += n;
        n_text -= n;
    }
    return found;
}

enum err key_secret_parse(struct key_secret *out, const char *text, size_t n_text, const struct passphrase *pass, struct diag *diag)
{
    struct parsed k;
    if (!key_is_locked(text, n_text))
        return parse_plain(out, text, n_text) ? ERR_OK : diag_set(diag, ERR_KEY, 0, "secret", NULL);
    if (!parse(&k, text, n_text))
        return diag_set(diag, ERR_KEY, 0, "secret", NULL);
    return pass != NULL ? unlock(out, &k, text, pass, diag) : diag_set(diag, ERR_PASSPHRASE, 0, "missing", NULL);
}
