/* See pack.h. */
#include "core/base/pack.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

void pack_number(struct buf *out, unsigned long long n)
{
    for (; n >= 0x80; n >>= 7)
        buf_addc(out, (char)(n | 0x80));
    buf_addc(out, (char)n);
}

void pack_signed(struct buf *out, long long n)
{
    pack_number(out, n < 0 ? ((unsigned long long)-(n + 1) << 1) | 1 : (unsigned long long)n << 1);
}

void pack_text(struct buf *out, const char *s)
{
    size_t n = strlen(s);
    pack_number(out, n);
    buf_add(out, s, n);
}

unsigned long long unpack_number(struct unpack *u, unsigned long long max)
{
    unsigned long long n = 0;
    for (int shift = 0; !u->wrong && shift < 64 && u->p < u->end; shift += 7) {
        unsigned char c = *u->p++;
        n |= (unsigned long long)(c & 0x7f) << shift;
        if (c < 0x80 && n <= max)
            return n;
        if (c < 0x80)
            break;
    }
    u->wrong = true;
    return 0;
}

long long unpack_signed(struct unpack *u, long long min, long long max)
{
    unsigned long long n = unpack_number(u, ~0ULL);
    long long half = (long long)(n >> 1), value = (n & 1) != 0 ? -half - 1 : half;
    u->wrong = u->wrong || value < min || value > max;
    return u->wrong ? 0 : value;
}

const char *unpack_text(struct unpack *u, size_t *n_bytes)
{
    size_t n = (size_t)unpack_number(u, (unsigned long long)(u->end - u->p));
    const char *s = (const char *)u->p;
    u->wrong = u->wrong || n > (size_t)(u->end - u->p) || !text_valid(s, n);
    *n_bytes = u->wrong ? 0 : n;
    u->p += *n_bytes;
    return u->wrong ? "" : s;
}
