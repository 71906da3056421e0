/* The header of an age file: age.md, "Header" and its ABNF. */
#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/seal/age_priv.h"
#include "core/seal/base64.h"
#include "core/seal/hkdf.h"

static const char VERSION[] = "age-encryption.org/v1\n";

enum { LINE = 64, LINE_BYTES = 48, MAC_CHARS = 43 };

/* ---- Reading ---- */

/* Where in the header we are. */
struct reader {
    const char *p, *end;
};

/* The next line without its line feed. false: there is no line feed any more. */
static bool next_line(struct reader *r, const char **line, size_t *n)
{
    const char *lf = r->p < r->end ? memchr(r->p, '\n', (size_t)(r->end - r->p)) : NULL;
    if (lf == NULL)
        return false;
    *line = r->p;
    *n = (size_t)(lf - r->p);
    r->p = lf + 1;
    return true;
}

/* arg-line = "-> " argument *(SP argument); argument = 1*VCHAR */
static bool parse_args(struct age_stanza *s, const char *p, size_t n)
{
    size_t start = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && p[i] != ' ') {
            if (p[i] < 0x21 || p[i] > 0x7e)
                return false;
            continue;
        }
        if (i == start)
            return false;
        if (s->n_args < AGE_ARGS_KEPT)
            s->arg[s->n_args] = (struct age_arg){p + start, i - start};
        s->n_args++;
        start = i + 1;
    }
    return true;
}

/* *full-line final-line: lines of 64 characters and one that is shorter, maybe empty. */
static bool parse_body(struct age_stanza *s, struct reader *r)
{
    const char *line;
    size_t n, n_bytes;
    unsigned char bytes[LINE_BYTES];
    do {
        if (!next_line(r, &line, &n) || n > LINE || !base64_take(bytes, sizeof bytes, &n_bytes, BASE64_RAW, line, n))
            return false;
        size_t room = s->n_body < sizeof s->body ? sizeof s->body - s->n_body : 0;
        if (room > 0)
            memcpy(s->body + s->n_body, bytes, n_bytes < room ? n_bytes : room);
        s->n_body += n_bytes;
    } while (n == LINE);
    return true;
}

/* end = "--- " 43base64char LF */
static bool parse_end(struct age_header *h, const char *start, const char *line, size_t n)
{
    h->n_maced = (size_t)(line - start) + 3;
    return n == 4 + MAC_CHARS && base64_exactly(h->mac, sizeof h->mac, BASE64_RAW, line + 4, n - 4);
}

static bool parse(struct age_header *h, const char *bytes, size_t n_bytes)
{
    struct reader r = {bytes, bytes + (n_bytes < AGE_HEADER_MAX ? n_bytes : AGE_HEADER_MAX)};
    const char *line;
    size_t n;
    if (n_bytes < sizeof VERSION - 1 || memcmp(bytes, VERSION, sizeof VERSION - 1) != 0)
        return false;
    r.p += sizeof VERSION - 1;
    while (next_line(&r, &line, &n)) {
        if (n >= 4 && memcmp(line, "--- ", 4) == 0) {
            h->n_bytes = (size_t)(r.p - bytes);
            return h->n > 0 && parse_end(h, bytes, line, n);
        }
        if (n < 4 || memcmp(line, "-> ", 3) != 0 || h->n == AGE_STANZAS_MAX)
            return false;
        struct age_stanza *s = &h->stanza[h->n++];
        if (!parse_args(s, line + 3, n - 3) || !parse_body(s, &r))
            return false;
    }
    return false;
}

enum err age_header_parse(struct age_header *out, const char *bytes, size_t n_bytes, struct diag *diag)
{
    memset(out, 0, sizeof *out);
    return parse(out, bytes, n_bytes) ? ERR_OK : diag_set(diag, ERR_SEAL_FORMAT, 0, "age", NULL);
}

bool age_arg_is(const struct age_arg *a, const char *word)
{
    return a->n == strlen(word) && memcmp(a->p, word, a->n) == 0;
}

bool age_arg_bytes(const struct age_arg *a, unsigned char *out, size_t n_bytes)
{
    return base64_exactly(out, n_bytes, BASE64_RAW, a->p, a->n);
}

/* ---- Writing ---- */

void age_put_version(struct buf *out)
{
    buf_adds(out, VERSION);
}

void age_put_stanza(struct buf *out, const char *args, const unsigned char body[AGE_WRAPPED])
{
    buf_addf(out, "-> %s\n", args);
    base64_put(out, BASE64_RAW, body, AGE_WRAPPED); /* 43 characters: one short line */
    buf_addc(out, '\n');
}

/* HMAC key = HKDF-SHA-256(ikm = file key, salt = empty, info = "header") */
static void mac_of(unsigned char mac[AGE_MAC_BYTES], const void *bytes, size_t n_bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES])
{
    crypto_auth_hmacsha256_state st;
    unsigned char key[HKDF_KEY];
    hkdf_sha256(key, sizeof key, file_key, AGE_FILE_KEY_BYTES, NULL, 0, "header", 6);
    crypto_auth_hmacsha256_init(&st, key, sizeof key);
    crypto_auth_hmacsha256_update(&st, bytes, n_bytes);
    crypto_auth_hmacsha256_final(&st, mac);
    sodium_memzero(&st, sizeof st);
    sodium_memzero(key, sizeof key);
}

void age_put_mac(struct buf *out, size_t start, const unsigned char file_key[AGE_FILE_KEY_BYTES])
{
    unsigned char mac[AGE_MAC_BYTES];
    buf_adds(out, "---");
    mac_of(mac, out->p + start, out->len - start, file_key);
    buf_addc(out, ' ');
    base64_put(out, BASE64_RAW, mac, sizeof mac);
    buf_addc(out, '\n');
}

enum err age_check_mac(const struct age_header *h, const char *bytes, const unsigned char file_key[AGE_FILE_KEY_BYTES], struct diag *diag)
{
    unsigned char mac[AGE_MAC_BYTES];
    mac_of(mac, bytes, h->n_maced, file_key);
    return sodium_memcmp(mac, h->mac, sizeof mac) == 0 ? ERR_OK : diag_set(diag, ERR_SEAL_CHANGED, 0, "age", NULL);
}
