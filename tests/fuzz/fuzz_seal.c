/* Sealed files and keys. The first byte says what the others are: a sealed file for the key of this test; what such a file holds, which is sealed
 * properly first, so that what lies behind the encryption is reached too; the manifest alone; a signature; keys; a payload to be sealed. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/seal/age.h"
#include "core/seal/key.h"
#include "core/seal/minisign.h"
#include "core/seal/package.h"
#include "core/seal/secret.h"
#include "core/seal/tar.h"

static const char NOW[] = "2026-11-20T16:40:31+09:00";

/* Known to everybody: it protects nothing. */
static const struct key_secret *key(void)
{
    static struct key_secret made;
    if (!made.signs) {
        unsigned char secret[AGE_KEY_BYTES], id[MINISIGN_ID_BYTES];
        memset(secret, 7, sizeof secret);
        memset(id, 9, sizeof id);
        secret_start();
        age_identity_from(&made.age, secret);
        minisign_from(&made.sign, id, secret);
        made.signs = true;
    }
    return &made;
}

static void hold_diag(enum err err, const struct diag *diag)
{
    HOLD(err == diag->err);
    hold_harmless(diag->where, strlen(diag->where), ALLOW_NONE);
    hold_harmless(diag->detail, strlen(diag->detail), ALLOW_NONE);
}

static void hold_manifest(const struct manifest *m)
{
    hold_harmless(m->subject.site, strlen(m->subject.site), ALLOW_NONE);
    hold_harmless(m->subject.company, strlen(m->subject.company), ALLOW_NONE);
    hold_harmless(m->subject.file, strlen(m->subject.file), ALLOW_NONE);
    hold_harmless(m->time, strlen(m->time), ALLOW_NONE);
    hold_harmless(m->payload, strlen(m->payload), ALLOW_NONE);
    HOLD(m->n_to >= 1 && m->n_to <= AGE_RECIPIENTS_MAX && strchr(m->payload, '/') == NULL);
}

static void open_bytes(const void *bytes, size_t n_bytes)
{
    struct buf payload = {0};
    struct manifest *m = xcalloc(1, sizeof *m);
    struct diag diag = {0};
    enum err err = seal_open(&payload, m, bytes, n_bytes, key(), &diag);
    hold_diag(err, &diag);
    if (err == ERR_OK)
        hold_manifest(m);
    else
        HOLD(payload.len == 0);
    free(m);
    buf_release(&payload);
}

/* What is inside, whatever it is. */
static void open_inside(const void *bytes, size_t n_bytes)
{
    unsigned char to[1][AGE_KEY_BYTES];
    struct buf sealed = {0};
    memcpy(to[0], key()->age.recipient, AGE_KEY_BYTES);
    HOLD(age_seal(&sealed, bytes, n_bytes, to, 1, NULL) == ERR_OK);
    open_bytes(sealed.p, sealed.len);
    buf_release(&sealed);
}

/* A manifest that is rightly signed, whatever it says. */
static void open_signed(const char *bytes, size_t n_bytes)
{
    struct buf tar = {0}, sig = {0};
    minisign_sign(&sig, bytes, n_bytes, &key()->sign, "untrusted", "trusted");
    tar_put(&tar, "manifest", bytes, n_bytes, 1795140131);
    tar_put(&tar, "manifest.minisig", sig.p, sig.len, 1795140131);
    tar_put(&tar, "export.xml", "<x/>", 4, 1795140131);
    tar_end(&tar);
    open_inside(tar.p, tar.len);
    buf_release(&sig);
    buf_release(&tar);
}

static void parse_manifest(const char *bytes, size_t n_bytes)
{
    struct manifest *m = xcalloc(1, sizeof *m), *again = xcalloc(1, sizeof *again);
    struct diag diag = {0};
    enum err err = manifest_parse(m, bytes, n_bytes, &diag);
    hold_diag(err, &diag);
    if (err == ERR_OK) {
        struct buf text = {0};
        hold_manifest(m);
        manifest_write(&text, m);
        HOLD(text.len == n_bytes && memcmp(text.p, bytes, n_bytes) == 0);
        HOLD(manifest_parse(again, text.p, text.len, NULL) == ERR_OK);
        buf_release(&text);
    }
    free(again);
    free(m);
}

static void read_tar(const char *bytes, size_t n_bytes)
{
    struct tar_member member[] = {{.name = "manifest", .max_bytes = 4096}, {.name = "manifest.minisig", .max_bytes = 1024}, {.name = "export.xml", .max_bytes = 4096}};
    struct diag diag = {0};
    enum err err = tar_read(member, 3, bytes, n_bytes, &diag);
    hold_diag(err, &diag);
    for (int i = 0; err == ERR_OK && i < 3; i++)
        HOLD(member[i].p == NULL || (member[i].p >= bytes && member[i].p + member[i].n_bytes <= bytes + n_bytes && member[i].n_bytes <= member[i].max_bytes));
}

static void read_keys(const char *bytes, size_t n_bytes)
{
    static const char message[] = "another message";
    struct key_public pub, again;
    struct key_secret secret;
    struct age_identity id;
    struct diag diag = {0};
    struct buf text = {0};
    if (key_public_parse(&pub, bytes, n_bytes, &diag) == ERR_OK) {
        key_public_write(&text, &pub, NULL);
        HOLD(key_public_parse(&again, text.p, text.len, NULL) == ERR_OK && key_same(&pub, &again));
        buf_clear(&text);
    }
    if (!key_is_locked(bytes, n_bytes))
        (void)!key_secret_parse(&secret, bytes, n_bytes, NULL, &diag);
    if (age_identity_parse(&id, bytes, n_bytes)) {
        age_identity_text(&text, &id);
        HOLD(text.len == n_bytes && memcmp(text.p, bytes, n_bytes) == 0);
    }
    HOLD(minisign_verify(bytes, n_bytes, message, sizeof message, &key()->sign.pub, &diag) != ERR_OK);
    buf_release(&text);
}

/* What was sealed comes out again; with one byte changed nothing does. */
static void round_trip(const char *bytes, size_t n_bytes)
{
    unsigned char to[1][AGE_KEY_BYTES];
    struct buf sealed = {0}, payload = {0};
    struct seal_subject subject = {.site = "s", .company = "c", .file = "f", .number = 1};
    struct manifest *m = xcalloc(1, sizeof *m);
    memcpy(to[0], key()->age.recipient, AGE_KEY_BYTES);
    if (seal_make(&sealed, bytes, n_bytes, &subject, key(), to, 1, NOW, NULL) == ERR_OK) {
        HOLD(seal_open(&payload, m, sealed.p, sealed.len, key(), NULL) == ERR_OK);
        HOLD(payload.len == n_bytes && memcmp(buf_str(&payload), bytes, n_bytes) == 0);
        buf_clear(&payload);
        sealed.p[n_bytes * 131 % sealed.len] ^= (char)(1 << n_bytes % 8);
        HOLD(seal_open(&payload, m, sealed.p, sealed.len, key(), NULL) != ERR_OK && payload.len == 0);
    }
    free(m);
    buf_release(&payload);
    buf_release(&sealed);
}

void fuzz_seal(const uint8_t *bytes, size_t n_bytes)
{
    static void (*const ways[])(const char *, size_t) = {parse_manifest, read_tar, read_keys};
    if (n_bytes == 0)
        return;
    size_t way = bytes[0] % 16; /* what has to be encrypted takes longer than the rest, so it comes less often */
    char *rest = xmalloc(n_bytes); /* exactly as long as it is, so that one byte too many is seen */
    memcpy(rest, bytes + 1, n_bytes - 1);
    if (way == 15)
        round_trip(rest, n_bytes - 1);
    else if (way == 14)
        open_inside(rest, n_bytes - 1);
    else if (way == 13)
        open_signed(rest, n_bytes - 1);
    else if (way >= 9)
        open_bytes(rest, n_bytes - 1);
    else
        ways[way % 3](rest, n_bytes - 1);
    free(rest);
}
