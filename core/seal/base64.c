/* See base64.h. */
#include "core/seal/base64.h"

#include <sodium.h>

#include "core/base/buf.h"

static int variant(enum base64 kind)
{
    return kind == BASE64_RAW ? sodium_base64_VARIANT_ORIGINAL_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

void base64_put(struct buf *out, enum base64 kind, const void *bytes, size_t n_bytes)
{
    size_t size = sodium_base64_encoded_len(n_bytes, variant(kind)); /* with its NUL */
    buf_reserve(out, size);
    sodium_bin2base64(out->p + out->len, size, bytes, n_bytes, variant(kind));
    out->len += size - 1;
}

/* The decoder of libsodium 1.0.18 takes the byte 0xC1 for an "A": only ASCII may come there. */
static bool ascii(const char *text, size_t n)
{
    unsigned all = 0;
    for (size_t i = 0; i < n; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

bool base64_take(unsigned char *out, size_t size, size_t *n_out, enum base64 kind, const char *text, size_t n_text)
{
    return ascii(text, n_text) && sodium_base642bin(out, size, text, n_text, NULL, n_out, NULL, variant(kind)) == 0;
}

bool base64_exactly(unsigned char *out, size_t n_bytes, enum base64 kind, const char *text, size_t n_text)
{
    size_t n;
    return base64_take(out, n_bytes, &n, kind, text, n_text) && n == n_bytes;
}
