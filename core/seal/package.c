/* See package.h. */
#include "core/seal/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/gz.h"
#include "core/seal/tar.h"

enum { MANIFEST_MAX = 16 * 1024, SIGNATURE_MAX = 16 * 1024 };

static const char TITLE[] = "monshin manifest 1", MANIFEST[] = "manifest", SIGNATURE[] = "manifest.minisig", PACKED[] = "export.xml.gz",
                  PLAIN[] = "export.xml";

/* ---- The manifest ---- */

void manifest_write(struct buf *out, const struct manifest *m)
{
    char recipient[AGE_RECIPIENT_SIZE], sign[MINISIGN_SIZE];
    buf_addf(out, "%s\nsite: %s\ncompany: %s\nfile: %s\nnumber: %ld\ntime: %s\n", TITLE, m->subject.site, m->subject.company, m->subject.file,
             m->subject.number, m->time);
    minisign_text(sign, &m->from.sign);
    age_recipient_text(recipient, m->from.age);
    buf_addf(out, "from: %s %s\n", sign, recipient);
    for (size_t i = 0; i < m->n_to; i++) {
        age_recipient_text(recipient, m->to[i]);
        buf_addf(out, "to: %s\n", recipient);
    }
    buf_addf(out, "size: %zu\nsha256: %s  %s\n", m->n_bytes, m->sha256, m->payload);
}

struct reader {
    const char *p, *end;
};

/* The value of the next line when that has this name. */
static bool take(struct reader *r, const char *name, const char **value, size_t *n)
{
    size_t n_name = strlen(name);
    const char *lf = r->p < r->end ? memchr(r->p, '\n', (size_t)(r->end - r->p)) : NULL;
    if (lf == NULL || (size_t)(lf - r->p) < n_name || memcmp(r->p, name, n_name) != 0)
        return false;
    *value = r->p + n_name;
    *n = (size_t)(lf - *value);
    r->p = lf + 1;
    return true;
}

/* A field is foreign text: it has to be clean already, or what was signed and what is shown would differ. */
static bool take_field(struct reader *r, const char *name, char *out, size_t size)
{
    const char *value;
    size_t n;
    struct buf clean = {0};
    if (!take(r, name, &value, &n) || n >= size)
        return false;
    text_clean(&clean, value, n, TEXT_ONE_LINE);
    bool same = clean.len == n && memcmp(buf_str(&clean), value, n) == 0;
    buf_release(&clean);
    memcpy(out, value, n);
    out[n] = '\0';
    return same;
}

/* A time that is none would be shown to people as if it were one. */
static bool take_time(struct reader *r, char *out, size_t size)
{
    long long seconds;
    return take_field(r, "time: ", out, size) && iso_parse(&seconds, out);
}

static bool take_number(struct reader *r, const char *name, long *out)
{
    const char *value;
    size_t n;
    if (!take(r, name, &value, &n) || n == 0 || n > 9 || (value[0] == '0' && n > 1))
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (value[i] < '0' || value[i] > '9')
            return false;
        *out = *out * 10 + (value[i] - '0');
    }
    return true;
}

static bool take_from(struct reader *r, struct key_public *out)
{
    const char *value;
    size_t n, n_sign = MINISIGN_SIZE - 1;
    out->signs = true;
    return take(r, "from: ", &value, &n) && n > n_sign && value[n_sign] == ' ' && minisign_parse(&out->sign, value, n_sign) &&
           age_recipient_parse(out->age, value + n_sign + 1, n - n_sign - 1);
}

static bool take_recipients(struct reader *r, struct manifest *out)
{
    const char *value;
    size_t n;
    while (take(r, "to: ", &value, &n)) {
        if (out->n_to == AGE_RECIPIENTS_MAX || !age_recipient_parse(out->to[out->n_to], value, n))
            return false;
        out->n_to++;
    }
    return out->n_to > 0;
}

static bool take_payload(struct reader *r, struct manifest *out)
{
    const char *value;
    size_t n, n_hex = SHA256_HEX - 1;
    long n_bytes;
    if (!take_number(r, "size: ", &n_bytes) || !take(r, "sha256: ", &value, &n) || n < n_hex + 2 || memcmp(value + n_hex, "  ", 2) != 0)
        return false;
    for (size_t i = 0; i < n_hex; i++)
        if (value[i] == '\0' || strchr("0123456789abcdef", value[i]) == NULL)
            return false;
    out->n_bytes = (size_t)n_bytes;
    memcpy(out->sha256, value, n_hex);
    const char *name = value + n_hex + 2;
    n -= n_hex + 2;
    bool packed = n == strlen(PACKED) && memcmp(name, PACKED, n) == 0, plain = n == strlen(PLAIN) && memcmp(name, PLAIN, n) == 0;
    snprintf(out->payload, sizeof out->payload, "%s", packed ? PACKED : PLAIN);
    return (packed || plain) && r->p == r->end;
}

enum err manifest_parse(struct manifest *out, const char *text, size_t n_text, struct diag *diag)
{
    struct reader r = {text, text + n_text};
    struct seal_subject *s = &out->subject;
    const char *rest;
    size_t n;
    memset(out, 0, sizeof *out);
    bool good = take(&r, TITLE, &rest, &n) && n == 0 && take_field(&r, "site: ", s->site, sizeof s->site) &&
                take_field(&r, "company: ", s->company, sizeof s->company) && take_field(&r, "file: ", s->file, sizeof s->file) &&
                take_number(&r, "number: ", &s->number) && take_time(&r, out->time, sizeof out->time) &&
                take_from(&r, &out->from) && take_recipients(&r, out) && take_payload(&r, out);
    return good ? ERR_OK : diag_set(diag, ERR_SEAL_FORMAT, 0, "manifest", NULL);
}

/* ---- Making ---- */

static void fill(struct manifest *m, const void *payload, size_t n_payload, const struct seal_subject *subject, const struct key_secret *from,
                 unsigned char (*to)[AGE_KEY_BYTES], size_t n_to, const char *now)
{
    memset(m, 0, sizeof *m);
    m->subject = *subject;
    snprintf(m->time, sizeof m->time, "%s", now);
    key_public_of(&m->from, from);
    memcpy(m->to, to, n_to * AGE_KEY_BYTES);
    m->n_to = n_to;
    m->n_bytes = n_payload;
    sha256_hex(m->sha256, payload, n_payload);
    snprintf(m->payload, sizeof m->payload, "%s", gz_is(payload, n_payload) ? PACKED : PLAIN);
}

enum err seal_make(struct buf *out, const void *payload, size_t n_payload, const struct seal_subject *subject, const struct key_secret *from,
                   unsigned char (*to)[AGE_KEY_BYTES], size_t n_to, const char *now, struct diag *diag)
{
    struct manifest m;
    struct buf text = {0}, sig = {0}, tar = {0}, trusted = {0};
    long long seconds = 0;
    if (!from->signs || n_to == 0 || n_to > AGE_RECIPIENTS_MAX)
        return diag_set(diag, ERR_KEY, 0, "secret", NULL);
    if (n_payload > SEAL_PAYLOAD_MAX)
        return diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
    fill(&m, payload, n_payload, subject, from, to, n_to, now);
    manifest_write(&text, &m);
    iso_parse(&seconds, now);
    buf_addf(&trusted, "timestamp:%lld\tfile:%s\thashed", seconds, MANIFEST);
    minisign_sign(&sig, text.p, text.len, &from->sign, "signature of a monshin manifest", buf_str(&trusted));
    tar_put(&tar, MANIFEST, text.p, text.len, seconds);
    tar_put(&tar, SIGNATURE, sig.p, sig.len, seconds);
    tar_put(&tar, m.payload, payload, n_payload, seconds);
    tar_end(&tar);
    enum err err = age_seal(out, tar.p, tar.len, to, n_to, diag);
    buf_release(&text);
    buf_release(&sig);
    buf_release(&tar);
    buf_release(&trusted);
    return err;
}

/* ---- Opening ---- */

static bool meant_for(const struct manifest *m, const struct key_secret *key)
{
    for (size_t i = 0; i < m->n_to; i++)
        if (memcmp(m->to[i], key->age.recipient, AGE_KEY_BYTES) == 0)
            return true;
    return false;
}

/* The member that the manifest names has to be the one that is there, and the only one. */
static enum err check_payload(const struct manifest *m, const struct tar_member *packed, const struct tar_member *plain,
                              const struct tar_member **found, struct diag *diag)
{
    char hex[SHA256_HEX];
    const struct tar_member *named = strcmp(m->payload, PACKED) == 0 ? packed : plain, *other = named == packed ? plain : packed;
    if (named->p == NULL || other->p != NULL || named->n_bytes != m->n_bytes)
        return diag_set(diag, ERR_SEAL_FORMAT, 0, "payload", NULL);
    sha256_hex(hex, named->p, named->n_bytes);
    if (strcmp(hex, m->sha256) != 0)
        return diag_set(diag, ERR_SEAL_SIGNATURE, 0, "payload", NULL);
    *found = named;
    return ERR_OK;
}

static enum err open_package(struct buf *payload, struct manifest *m, const struct buf *tar, const struct key_secret *key, struct diag *diag)
{
    enum { TEXT, SIG, GZ, XML, N };
    struct tar_member member[N] = {[TEXT] = {.name = MANIFEST, .max_bytes = MANIFEST_MAX},
                                   [SIG] = {.name = SIGNATURE, .max_bytes = SIGNATURE_MAX},
                                   [GZ] = {.name = PACKED, .max_bytes = SEAL_PAYLOAD_MAX},
                                   [XML] = {.name = PLAIN, .max_bytes = SEAL_PAYLOAD_MAX}};
    const struct tar_member *found = NULL;
    enum err err = tar_read(member, N, buf_str(tar), tar->len, diag);
    if (err == ERR_OK && (member[TEXT].p == NULL || member[SIG].p == NULL))
        err = diag_set(diag, ERR_SEAL_FORMAT, 0, "tar", NULL);
    if (err == ERR_OK)
        err = manifest_parse(m, member[TEXT].p, member[TEXT].n_bytes, diag);
    if (err == ERR_OK)
        err = minisign_verify(member[SIG].p, member[SIG].n_bytes, member[TEXT].p, member[TEXT].n_bytes, &m->from.sign, diag);
    if (err == ERR_OK && !meant_for(m, key))
        err = diag_set(diag, ERR_SEAL_RECIPIENT, 0, "manifest", NULL);
    if (err == ERR_OK)
        err = check_payload(m, &member[GZ], &member[XML], &found, diag);
    if (err == ERR_OK)
        buf_add(payload, found->p, found->n_bytes);
    return err;
}

enum err seal_open(struct buf *payload, struct manifest *manifest, const void *bytes, size_t n_bytes, const struct key_secret *key,
                   struct diag *diag)
{
    struct buf tar = {0};
    enum err err = age_open(&tar, bytes, n_bytes, &key->age, 1, diag);
    if (err == ERR_OK)
        err = open_package(payload, manifest, &tar, key, diag);
    buf_release(&tar);
    return err;
}

enum err seal_check_subject(const struct manifest *manifest, const struct seal_subject *found, struct diag *diag)
{
    const struct seal_subject *said = &manifest->subject;
    bool same = strcmp(said->site, found->site) == 0 && strcmp(said->company, found->company) == 0 && strcmp(said->file, found->file) == 0 &&
                said->number == found->number;
    return same ? ERR_OK : diag_set(diag, ERR_SEAL_SITE, 0, said->site, found->site);
}
