/* A growing byte buffer, always NUL-terminated once written to. Zeroed is a valid empty buffer. */
#ifndef CORE_BASE_BUF_H
#define CORE_BASE_BUF_H

#include <stddef.h>

struct buf {
    char *p;    /* owned; NULL while empty and never written to */
    size_t len; /* bytes, without the NUL */
    size_t cap;
};

void buf_add(struct buf *b, const void *bytes, size_t n_bytes);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_add_grouped(struct buf *b, long long n); /* 8,000,000 */
void buf_add_tenths(struct buf *b, long long tenths); /* 57, 0.5: no useless ".0" */
void buf_clear(struct buf *b);         /* empty, keeps its memory */
void buf_cut(struct buf *b, size_t len); /* back to a length that it had */
void buf_release(struct buf *b);       /* frees; leaves it zeroed and reusable */
const char *buf_str(const struct buf *b); /* never NULL; valid until the next change */
char *buf_take(struct buf *b);         /* caller owns the string (never NULL); the buffer is empty afterwards */
void buf_reserve(struct buf *b, size_t n_more);

#endif
