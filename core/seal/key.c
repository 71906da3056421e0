/* See key.h: public files, fingerprints. Secret files: key_secret.c. */
#include "core/seal/key.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/sha256.h"
#include "core/io/file.h"
#include "core/seal/secret.h"

static const char COMMENT[] = "# monshin public key\n";

void key_new(struct key_secret *out)
{
    age_identity_new(&out->age);
    minisign_new(&out->sign);
    out->signs = true;
    out->locked = false;
}

struct key_secret *key_copy(const struct key_secret *key)
{
    struct key_secret *copy = key != NULL ? secret_new(sizeof *copy) : NULL;
    if (key != NULL)
        memcpy(copy, key, sizeof *copy);
    return copy;
}

void key_public_of(struct key_public *out, const struct key_secret *secret)
{
    *out = (struct key_public){.signs = secret->signs};
    memcpy(out->age, secret->age.recipient, AGE_KEY_BYTES);
    if (secret->signs)
        out->sign = secret->sign.pub;
}

bool key_same(const struct key_public *a, const struct key_public *b)
{
    return memcmp(a->age, b->age, AGE_KEY_BYTES) == 0 && a->signs == b->signs && (!a->signs || minisign_same(&a->sign, &b->sign));
}

/* The lines that count. */
static void put_lines(struct buf *out, const struct key_public *key)
{
    char recipient[AGE_RECIPIENT_SIZE], sign[MINISIGN_SIZE];
    age_recipient_text(recipient, key->age);
    buf_addf(out, "%s\n", recipient);
    if (!key->signs)
        return;
    minisign_text(sign, &key->sign);
    buf_addf(out, "%s\n", sign);
}

void key_fingerprint(char out[FINGERPRINT_SIZE], const struct key_public *key)
{
    struct buf lines = {0};
    unsigned char digest[SHA256_BYTES];
    put_lines(&lines, key);
    sha256(digest, lines.p, lines.len);
    buf_release(&lines);
    for (int g = 0; g < 8; g++) {
        const unsigned char *b = digest + 4 * g;
        unsigned long value = ((unsigned long)b[0] << 24 | (unsigned long)b[1] << 16 | (unsigned long)b[2] << 8 | b[3]) % 10000;
        for (int i = 3; i >= 0; i--, value /= 10)
            out[5 * g + i] = (char)('0' + value % 10);
        out[5 * g + 4] = g < 7 ? ' ' : '\0';
    }
}

void key_public_write(struct buf *out, const struct key_public *key, const char *comment)
{
    char fingerprint[FINGERPRINT_SIZE];
    key_fingerprint(fingerprint, key);
    buf_adds(out, COMMENT);
    if (comment != NULL)
        buf_addf(out, "# %s\n", comment);
    buf_addf(out, "# fingerprint: %s\n", fingerprint);
    put_lines(out, key);
}

/* One line. false: it is neither a key nor for people, or one that was there. */
static bool take_line(struct key_public *out, bool *has_age, const char *line, size_t n)
{
    if (n > 0 && line[n - 1] == '\r')
        n--;
    if (n == 0 || line[0] == '#')
        return true;
    if (!*has_age && age_recipient_parse(out->age, line, n)) {
        *has_age = true;
        return true;
    }
    if (out->signs || !minisign_parse(&out->sign, line, n))
        return false;
    out->signs = true;
    return true;
}

enum err key_public_parse(struct key_public *out, const char *text, size_t n_text, struct diag *diag)
{
    bool has_age = false;
    *out = (struct key_public){0};
    while (n_text > 0) {
        const char *lf = memchr(text, '\n', n_text);
        size_t n = lf != NULL ? (size_t)(lf - text) : n_text;
        if (!take_line(out, &has_age, text, n))
            return diag_set(diag, ERR_KEY, 0, "public", NULL);
        n += lf != NULL;
        text += n;
        n_text -= n;
    }
    return has_age ? ERR_OK : diag_set(diag, ERR_KEY, 0, "public", NULL);
}

enum err key_public_find(struct key_public *out, const char *name, struct diag *diag)
{
    struct buf text = {0};
    *out = (struct key_public){0};
    if (age_recipient_parse(out->age, name, strlen(name)))
        return ERR_OK;
    enum err err = file_read(&text, name, KEY_FILE_MAX, diag);
    if (err == ERR_OK)
        err = key_public_parse(out, buf_str(&text), text.len, diag);
    buf_release(&text);
    return err;
}
