/* See gz.h. */
#include "core/io/gz.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#define ZLIB_CONST
#include <zlib.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

enum { GZIP_WINDOW = 15 + 16, CHUNK = 32 * 1024 };

bool gz_is(const void *bytes, size_t n_bytes)
{
    return n_bytes >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0;
}

/* zlib asks as everybody does: a file is not called damaged because there was no memory to look into it. */
static voidpf get(voidpf cookie, uInt n, uInt size)
{
    (void)cookie;
    return xcalloc(n, size);
}

static void give_back(voidpf cookie, voidpf p)
{
    (void)cookie;
    free(p);
}

static enum err inflate_all(z_stream *z, struct buf *out, size_t max_bytes, struct diag *diag)
{
    size_t start = out->len;
    for (;;) {
        size_t room = max_bytes - (out->len - start);
        size_t step = room < CHUNK ? room + 1 : CHUNK; /* one byte over the limit is enough to know */
        buf_reserve(out, step);
        z->next_out = (Bytef *)out->p + out->len;
        z->avail_out = (uInt)step;
        int rc = inflate(z, Z_NO_FLUSH);
        out->len += step - z->avail_out;
        out->p[out->len] = '\0';
        if (out->len - start > max_bytes) {
            enum err err = diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
            if (diag != NULL)
                diag->number = (long)max_bytes;
            return err;
        }
        if (rc == Z_STREAM_END)
            return z->avail_in == 0 ? ERR_OK : diag_set(diag, ERR_GZIP, 0, NULL, NULL);
        if (rc != Z_OK || z->avail_out != 0) /* room is left: all that came in is used up */
            return diag_set(diag, ERR_GZIP, 0, NULL, NULL);
    }
}

enum err gz_inflate(struct buf *out, const void *bytes, size_t n_bytes, size_t max_bytes, struct diag *diag)
{
    z_stream z = {.zalloc = get, .zfree = give_back};
    if (n_bytes > (uInt)-1 || inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return diag_set(diag, ERR_GZIP, 0, NULL, NULL);
    z.next_in = bytes;
    z.avail_in = (uInt)n_bytes;
    size_t start = out->len;
    enum err err = inflate_all(&z, out, max_bytes, diag);
    inflateEnd(&z);
    if (err != ERR_OK)
        buf_cut(out, start);
    return err;
}

void gz_deflate(struct buf *out, const void *bytes, size_t n_bytes)
{
    z_stream z = {.zalloc = get, .zfree = give_back};
    if (deflateInit2(&z, 6, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        mem_exhausted(); /* it has no other reason to fail */
    size_t bound = deflateBound(&z, (uLong)n_bytes);
    buf_reserve(out, bound);
    z.next_in = bytes;
    z.avail_in = (uInt)n_bytes;
    z.next_out = (Bytef *)out->p + out->len;
    z.avail_out = (uInt)bound;
    deflate(&z, Z_FINISH);
    out->len += bound - z.avail_out;
    out->p[out->len] = '\0';
    deflateEnd(&z);
}

bool gz_fits_name(const char *path)
{
    size_t n = strlen(path);
    return n < 4 || strcasecmp(path + n - 4, ".xml") != 0;
}

void gz_library(struct buf *out)
{
    buf_addf(out, "zlib %s", zlibVersion());
}
