/* See charset.h. */
#include "tui/term/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/term/glyph.h"

enum { CUT_MAX = 8 };

struct charset {
    iconv_t to, from;
    char cut[CUT_MAX]; /* the beginning of a character that was typed */
    size_t n_cut;
};

/* Windows' kind of Shift_JIS, where only the plain kind is known. */
static const char *plainer(const char *name)
{
    static const char *const WINDOWS[] = {"CP932", "MS932", "WINDOWS-31J", "CSWINDOWS31J"};
    for (size_t i = 0; i < sizeof WINDOWS / sizeof WINDOWS[0]; i++)
        if (strcasecmp(WINDOWS[i], name) == 0)
            return "SHIFT_JIS";
    return NULL;
}

struct charset *charset_new(const char *name)
{
    if (strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "utf8") == 0)
        return NULL;
    iconv_t to = iconv_open(name, "UTF-8"), from = iconv_open("UTF-8", name);
    if (to == (iconv_t)-1 || from == (iconv_t)-1) {
        if (to != (iconv_t)-1)
            iconv_close(to);
        if (from != (iconv_t)-1)
            iconv_close(from);
        return plainer(name) != NULL ? charset_new(plainer(name)) : NULL;
    }
    struct charset *c = xcalloc(1, sizeof *c);
    c->to = to;
    c->from = from;
    return c;
}

void charset_free(struct charset *c)
{
    if (c == NULL)
        return;
    iconv_close(c->to);
    iconv_close(c->from);
    free(c);
}

/* One character; false, and nothing is added: there is no such one (errno EINVAL: not yet). */
static bool convert(iconv_t cd, struct buf *out, const char *s, size_t n)
{
    char bytes[16], copy[CUT_MAX + 1], *in = copy, *to = bytes;
    size_t n_in = n < sizeof copy ? n : sizeof copy, room = sizeof bytes;
    memcpy(copy, s, n_in);
    /* More than 0: converted to something else, which we choose ourselves. */
    errno = 0;
    size_t done = iconv(cd, &in, &n_in, &to, &room);
    if (done != 0) {
        int why = errno;
        iconv(cd, NULL, NULL, NULL, NULL);
        errno = why;
        return false;
    }
    buf_add(out, bytes, (size_t)(to - bytes));
    return true;
}

const char *charset_twin(const char *utf8, size_t n_bytes)
{
    static const char *const TWINS[][2] = {
        {"\uFF5E", "\u301C"}, {"\uFF0D", "\u2212"}, {"\u2225", "\u2016"}, {"\u2014", "\u2015"}, {"\u00A6", "|"}, {"\u00A5", "\\"}, {"\u2013", "-"},
    };
    for (size_t i = 0; i < sizeof TWINS / sizeof TWINS[0]; i++)
        for (int k = 0; k < 2; k++)
            if (strlen(TWINS[i][k]) == n_bytes && memcmp(TWINS[i][k], utf8, n_bytes) == 0)
                return TWINS[i][1 - k];
    return NULL;
}

/* A cluster: its characters, if the terminal has them all. */
static bool put_cluster(struct charset *c, struct buf *out, const char *s, size_t n)
{
    size_t before = out->len;
    for (size_t i = 0; i < n;) {
        int mblen = u8_mblen((const uint8_t *)s + i, n - i);
        size_t len = mblen > 0 ? (size_t)mblen : 1;
        const char *twin = charset_twin(s + i, len);
        if (!convert(c->to, out, s + i, len) && (twin == NULL || !convert(c->to, out, twin, strlen(twin)))) {
            buf_cut(out, before);
            return false;
        }
        i += len;
    }
    return true;
}

void charset_out(struct charset *c, struct buf *out, const char *utf8, size_t n_bytes)
{
    char cluster[64];
    size_t next;
    if (c == NULL) {
        buf_add(out, utf8, n_bytes);
        return;
    }
    for (size_t i = 0; i < n_bytes; i = next) {
        /* ASCII goes as it is: Shift_JIS has a yen sign for the backslash, but everybody means the same byte. */
        if ((unsigned char)utf8[i] < 0x80 && (i + 1 == n_bytes || (unsigned char)utf8[i + 1] < 0x80)) {
            buf_addc(out, utf8[i]);
            next = i + 1;
            continue;
        }
        next = text_next(utf8, n_bytes, i);
        if (put_cluster(c, out, utf8 + i, next - i))
            continue;
        size_t n = next - i < sizeof cluster ? next - i : sizeof cluster - 1;
        memcpy(cluster, utf8 + i, n);
        cluster[n] = '\0';
        const char *narrow = glyph_narrowed(cluster);
        if (narrow != NULL)
            buf_adds(out, narrow);
        for (int w = text_columns(utf8 + i, next - i); narrow == NULL && w > 0; w--)
            buf_addc(out, '?');
    }
}

void charset_in(struct charset *c, struct buf *out, const char *bytes, size_t n_bytes)
{
    if (c == NULL) {
        buf_add(out, bytes, n_bytes);
        return;
    }
    for (size_t i = 0; i < n_bytes; i++) {
        if (c->n_cut == 0 && (unsigned char)bytes[i] < 0x80) {
            buf_addc(out, bytes[i]);
            continue;
        }
        /* Byte by byte until it is a character, or cannot become one. */
        c->cut[c->n_cut++] = bytes[i];
        bool whole = convert(c->from, out, c->cut, c->n_cut);
        if (!whole && errno == EINVAL && c->n_cut < CUT_MAX)
            continue;
        c->n_cut = 0;
        if (!whole && (unsigned char)bytes[i] < 0x80)
            buf_addc(out, bytes[i]);
    }
}

bool charset_has_kanji(struct charset *c)
{
    struct buf b = {0};
    bool has = c == NULL || convert(c->to, &b, "\u6F22", 3);
    buf_release(&b);
    return has;
}
