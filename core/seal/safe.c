/* See safe.h. age.md, "The scrypt recipient type". */
#include "core/seal/safe.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/age_priv.h"
#include "core/seal/armor.h"
#include "core/seal/base64.h"
#include "core/seal/secret.h"

enum { SALT = 16, HEADER_MAX = 256, KEY = 32, BLOCK_SIZE = 8, PARALLEL = 1 };
static const char LABEL[] = "age-encryption.org/v1/scrypt";

struct safe {
    atomic_int refs;
    unsigned char file_key[AGE_FILE_KEY_BYTES];
    size_t n_header;
    char header[HEADER_MAX];
};

/* ---- The passphrase ---- */

/* wrap key = scrypt(N = work factor, r = 8, p = 1, dkLen = 32, S = label || salt, P = passphrase) */
static bool derive(unsigned char key[KEY], const struct passphrase *pass, const unsigned char salt[SALT], int work)
{
    unsigned char s[sizeof LABEL - 1 + SALT];
    memcpy(s, LABEL, sizeof LABEL - 1);
    memcpy(s + sizeof LABEL - 1, salt, SALT);
    return crypto_pwhash_scryptsalsa208sha256_ll((const unsigned char *)pass->text, pass->n_bytes, s, sizeof s, (uint64_t)1 << work, BLOCK_SIZE,
                                                 PARALLEL, key, KEY) == 0;
}

/* "^[1-9][0-9]*$", of at most two digits: 2^99 nobody has. -1: not a number. */
static int work_of(const struct age_arg *a)
{
    int value = 0;
    if (a->n == 0 || a->n > 2 || a->p[0] == '0')
        return -1;
    for (size_t i = 0; i < a->n; i++) {
        if (a->p[i] < '0' || a->p[i] > '9')
            return -1;
        value = value * 10 + (a->p[i] - '0');
    }
    return value;
}

struct stanza {
    unsigned char salt[SALT];
    int work;
};

static enum err parse(struct stanza *out, struct age_header *h, const void *bytes, size_t n_bytes, struct diag *diag)
{
    enum err err = age_header_parse(h, bytes, n_bytes, diag);
    if (err != ERR_OK)
        return err;
    const struct age_stanza *s = &h->stanza[0];
    if (h->n == 1 && !age_arg_is(&s->arg[0], "scrypt"))
        return diag_set(diag, ERR_SEAL_KEY, 0, "scrypt", NULL);
    bool good = h->n == 1 && age_arg_is(&s->arg[0], "scrypt") && s->n_args == 3 && s->n_body == AGE_WRAPPED &&
                age_arg_bytes(&s->arg[1], out->salt, SALT);
    out->work = good ? work_of(&s->arg[2]) : -1;
    if (out->work < 0)
        return diag_set(diag, ERR_SEAL_FORMAT, 0, "scrypt", NULL);
    return out->work <= SAFE_WORK_MAX ? ERR_OK : diag_set(diag, ERR_MEMORY, 0, "scrypt", NULL);
}

static enum err find_key(unsigned char file_key[AGE_FILE_KEY_BYTES], struct age_header *h, const void *bytes, size_t n_bytes,
                         const struct passphrase *pass, struct diag *diag)
{
    struct stanza s;
    unsigned char key[KEY];
    enum err err = parse(&s, h, bytes, n_bytes, diag);
    if (err != ERR_OK)
        return err;
    if (!derive(key, pass, s.salt, s.work))
        return diag_set(diag, ERR_MEMORY, 0, "scrypt", NULL);
    bool good = age_unwrap(file_key, h->stanza[0].body, key);
    sodium_memzero(key, sizeof key);
    if (!good)
        return diag_set(diag, ERR_PASSPHRASE, 0, "key", NULL);
    return age_check_mac(h, bytes, file_key, diag);
}

/* ---- Safes ---- */

static struct safe *make(const char *header, size_t n_header, const unsigned char file_key[AGE_FILE_KEY_BYTES])
{
    struct safe *s = secret_new(sizeof *s);
    atomic_init(&s->refs, 1);
    memcpy(s->file_key, file_key, AGE_FILE_KEY_BYTES);
    memcpy(s->header, header, n_header);
    s->n_header = n_header;
    return s;
}

enum err safe_new(struct safe **out, const struct passphrase *pass, int work, struct diag *diag)
{
    unsigned char file_key[AGE_FILE_KEY_BYTES], salt[SALT], key[KEY], body[AGE_WRAPPED];
    struct buf args = {0}, header = {0};
    randombytes_buf(salt, sizeof salt);
    if (!derive(key, pass, salt, work))
        return diag_set(diag, ERR_MEMORY, 0, "scrypt", NULL);
    randombytes_buf(file_key, sizeof file_key);
    age_wrap(body, file_key, key);
    buf_adds(&args, "scrypt ");
    base64_put(&args, BASE64_RAW, salt, sizeof salt);
    buf_addf(&args, " %d", work);
    age_put_version(&header);
    age_put_stanza(&header, buf_str(&args), body);
    age_put_mac(&header, 0, file_key);
    *out = make(header.p, header.len, file_key);
    sodium_memzero(key, sizeof key);
    sodium_memzero(file_key, sizeof file_key);
    buf_release(&args);
    buf_release(&header);
    return ERR_OK;
}

struct safe *safe_ref(struct safe *s)
{
    if (s != NULL)
        atomic_fetch_add(&s->refs, 1);
    return s;
}

void safe_release(struct safe *s)
{
    if (s != NULL && atomic_fetch_sub(&s->refs, 1) == 1)
        secret_free(s);
}

bool safe_is(const void *bytes, size_t n_bytes)
{
    static const char START[] = "age-encryption.org/v1\n-> scrypt ";
    struct buf room = {0};
    bool is = armor_open(&room, &bytes, &n_bytes, NULL) == ERR_OK && n_bytes >= sizeof START - 1 && memcmp(bytes, START, sizeof START - 1) == 0;
    buf_release(&room);
    return is;
}

void safe_seal(struct buf *out, const void *bytes, size_t n_bytes, const struct safe *s)
{
    buf_add(out, s->header, s->n_header);
    age_stream_seal(out, bytes, n_bytes, s->file_key);
}

static enum err open_binary(struct safe **safe, struct buf *out, const void *bytes, size_t n_bytes, const struct passphrase *pass,
                            struct diag *diag)
{
    struct age_header h;
    unsigned char file_key[AGE_FILE_KEY_BYTES];
    enum err err = find_key(file_key, &h, bytes, n_bytes, pass, diag);
    if (err == ERR_OK && h.n_bytes > HEADER_MAX)
        err = diag_set(diag, ERR_SEAL_FORMAT, 0, "scrypt", NULL);
    if (err == ERR_OK)
        err = age_stream_open(out, (const unsigned char *)bytes + h.n_bytes, n_bytes - h.n_bytes, file_key, diag);
    if (err == ERR_OK && safe != NULL)
        *safe = make(bytes, h.n_bytes, file_key);
    sodium_memzero(file_key, sizeof file_key);
    return err;
}

enum err safe_open(struct safe **safe, struct buf *out, const void *bytes, size_t n_bytes, const struct passphrase *pass, struct diag *diag)
{
    struct buf room = {0};
    enum err err = armor_open(&room, &bytes, &n_bytes, diag);
    if (err == ERR_OK)
        err = open_binary(safe, out, bytes, n_bytes, pass, diag);
    buf_release(&room);
    return err;
}

bool safe_fits(const struct safe *s, const struct passphrase *pass)
{
    struct age_header h;
    unsigned char file_key[AGE_FILE_KEY_BYTES] = {0};
    bool fits = find_key(file_key, &h, s->header, s->n_header, pass, NULL) == ERR_OK;
    sodium_memzero(file_key, sizeof file_key);
    return fits;
}

/* ---- Without memory ---- */

_Static_assert((int)SAFE_NONCE == (int)AGE_NONCE_BYTES, "one nonce");

const char *safe_header(const struct safe *s, size_t *n_bytes)
{
    *n_bytes = s->n_header;
    return s->header;
}

void safe_stream_begin(struct safe_stream *out, unsigned char nonce[SAFE_NONCE], const struct safe *s)
{
    randombytes_buf(nonce, SAFE_NONCE);
    age_payload_key(out->key, s->file_key, nonce);
    out->chunk = 0;
}

void safe_stream_chunk(struct safe_stream *st, unsigned char *out, const void *bytes, size_t n_bytes, bool last)
{
    age_chunk_seal(out, bytes, n_bytes, st->key, st->chunk++, last);
    if (last)
        sodium_memzero(st->key, sizeof st->key);
}
