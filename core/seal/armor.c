/* See armor.h. */
#include "core/seal/armor.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/seal/base64.h"

enum { LINE = 64, LINE_BYTES = 48, LOOK_BYTES = 4096 };

static const char BEGIN[] = "-----BEGIN AGE ENCRYPTED FILE-----", END[] = "-----END AGE ENCRYPTED FILE-----";

static bool blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct reader {
    const char *p, *end;
};

/* The next line without its end, which is LF or CRLF; the last one may have none. */
static bool next_line(struct reader *r, const char **line, size_t *n)
{
    if (r->p == r->end)
        return false;
    const char *lf = memchr(r->p, '\n', (size_t)(r->end - r->p));
    *line = r->p;
    *n = (size_t)((lf != NULL ? lf : r->end) - r->p);
    r->p = lf != NULL ? lf + 1 : r->end;
    if (lf != NULL && *n > 0 && (*line)[*n - 1] == '\r')
        (*n)--;
    return true;
}

static bool is(const char *line, size_t n, const char *text)
{
    return n == strlen(text) && memcmp(line, text, n) == 0;
}

bool armor_is(const void *bytes, size_t n_bytes)
{
    struct reader r = {bytes, (const char *)bytes + (n_bytes < LOOK_BYTES ? n_bytes : LOOK_BYTES)};
    const char *line;
    size_t n;
    while (r.p < r.end && blank(*r.p))
        r.p++;
    if (r.p == r.end || *r.p == '<' || (unsigned char)*r.p == 0x1f || (unsigned char)*r.p == 0xef) /* XML, gzip, a byte order mark */
        return false;
    while (next_line(&r, &line, &n))
        if (n >= sizeof BEGIN - 1 && memcmp(line, BEGIN, sizeof BEGIN - 1) == 0)
            return true;
    return false;
}

/* Full lines, then one that may be shorter. */
static bool take_lines(struct buf *out, struct reader *r)
{
    const char *line;
    size_t n, n_bytes = LINE_BYTES;
    unsigned char room[LINE_BYTES];
    while (next_line(r, &line, &n)) {
        if (is(line, n, END))
            return true;
        if (n_bytes < LINE_BYTES || n == 0 || n > LINE || !base64_take(room, sizeof room, &n_bytes, BASE64_PADDED, line, n))
            return false;
        buf_add(out, room, n_bytes);
    }
    return false;
}

static bool take_off(struct buf *out, const char *text, size_t n_text)
{
    struct reader r = {text, text + n_text};
    const char *line;
    size_t n;
    while (r.p < r.end && blank(*r.p))
        r.p++;
    while (r.end > r.p && blank(r.end[-1]))
        r.end--;
    return next_line(&r, &line, &n) && is(line, n, BEGIN) && take_lines(out, &r) && r.p == r.end;
}

enum err armor_open(struct buf *room, const void **bytes, size_t *n_bytes, struct diag *diag)
{
    if (!armor_is(*bytes, *n_bytes))
        return ERR_OK;
    if (!take_off(room, *bytes, *n_bytes))
        return diag_set(diag, ERR_SEAL_FORMAT, 0, "armor", NULL);
    *bytes = buf_str(room);
    *n_bytes = room->len;
    return ERR_OK;
}
