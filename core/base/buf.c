/* See buf.h. */
#include "core/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#ifndef BUF_FIRST
#define BUF_FIRST 64
#endif

void buf_reserve(struct buf *b, size_t n_more)
{
    size_t need = b->len + n_more + 1;
    if (need <= b->cap)
        return;
    size_t cap = b->cap > 0 ? b->cap : BUF_FIRST;
    while (cap < need)
        cap *= 2;
    b->p = xreallocarray(b->p, cap, 1);
    b->cap = cap;
}

void buf_add(struct buf *b, const void *bytes, size_t n_bytes)
{
    buf_reserve(b, n_bytes);
    if (n_bytes > 0)
        memcpy(b->p + b->len, bytes, n_bytes);
    b->len += n_bytes;
    b->p[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->p[b->len++] = c;
    b->p[b->len] = '\0';
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    size_t room = b->cap - b->len;
    int n = vsnprintf(room > 0 ? b->p + b->len : NULL, room, fmt, ap);
    va_end(ap);
    if (n >= 0 && (size_t)n >= room) {
        buf_reserve(b, (size_t)n);
        vsnprintf(b->p + b->len, (size_t)n + 1, fmt, again);
    }
    if (n > 0)
        b->len += (size_t)n;
    va_end(again);
}

void buf_add_grouped(struct buf *b, long long n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && digits[i - 1] != '-' && (len - i) % 3 == 0)
            buf_addc(b, ',');
        buf_addc(b, digits[i]);
    }
}

void buf_add_tenths(struct buf *b, long long tenths)
{
    if (tenths % 10 == 0)
        buf_addf(b, "%lld", tenths / 10);
    else
        buf_addf(b, "%s%lld.%lld", tenths < 0 ? "-" : "", tenths < 0 ? -tenths / 10 : tenths / 10,
                 tenths < 0 ? -tenths % 10 : tenths % 10);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->p != NULL)
        b->p[0] = '\0';
}

void buf_cut(struct buf *b, size_t len)
{
    b->len = len;
    if (b->p != NULL)
        b->p[len] = '\0';
}

void buf_release(struct buf *b)
{
    free(b->p);
    *b = (struct buf){0};
}

const char *buf_str(const struct buf *b)
{
    return b->p != NULL ? b->p : "";
}

char *buf_take(struct buf *b)
{
    char *p = b->p != NULL ? b->p : xstrdup("");
    *b = (struct buf){0};
    return p;
}
