/* See unzip.h. */
#include "tests/fuzz/unzip.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "core/base/buf.h"
#include "tests/fuzz/fuzz.h"

static size_t le(const char *p, int n)
{
    size_t v = 0;
    while (n-- > 0)
        v = v << 8 | (unsigned char)p[n];
    return v;
}

static void unpack(struct buf *out, const char *bytes, size_t n_bytes, size_t n_out)
{
    z_stream z = {0};
    buf_reserve(out, n_out + 1);
    HOLD(inflateInit2(&z, -15) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)n_bytes;
    z.next_out = (Bytef *)out->p;
    z.avail_out = (uInt)n_out + 1;
    HOLD(inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == n_out);
    inflateEnd(&z);
    out->len = n_out;
}

/* By the central directory: the headers before the parts may lack their lengths. */
void unzip_each(const char *zip, size_t n_bytes, void (*fn)(const char *name, const char *bytes, size_t n_bytes))
{
    HOLD(n_bytes > 22);
    const char *end = zip + n_bytes - 22;
    HOLD(memcmp(end, "PK\5\6", 4) == 0);
    const char *at = zip + le(end + 16, 4);
    for (size_t i = le(end + 10, 2); i > 0; i--) {
        struct buf part = {0}, name = {0};
        HOLD(at + 46 <= end && memcmp(at, "PK\1\2", 4) == 0);
        const char *local = zip + le(at + 42, 4);
        const char *data = local + 30 + le(local + 26, 2) + le(local + 28, 2);
        buf_add(&name, at + 46, le(at + 28, 2));
        if (le(at + 10, 2) == 8)
            unpack(&part, data, le(at + 20, 4), le(at + 24, 4));
        else
            buf_add(&part, data, le(at + 20, 4));
        fn(buf_str(&name), buf_str(&part), part.len);
        at += 46 + le(at + 28, 2) + le(at + 30, 2) + le(at + 32, 2);
        buf_release(&part);
        buf_release(&name);
    }
}
