/* Numbers and texts in a row of bytes, for what one of our processes tells another. Whoever takes it apart trusts nothing: the first thing that is
 * wrong is remembered, and all that is taken after it is 0 or "". */
#ifndef CORE_BASE_PACK_H
#define CORE_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

void pack_number(struct buf *out, unsigned long long n); /* groups of seven bits, the lowest first */
void pack_signed(struct buf *out, long long n);
void pack_text(struct buf *out, const char *s);

struct unpack {
    const unsigned char *p, *end;
    bool wrong;
};

unsigned long long unpack_number(struct unpack *u, unsigned long long max);
long long unpack_signed(struct unpack *u, long long min, long long max);
/* Valid UTF-8 without NUL; borrowed, not terminated. */
const char *unpack_text(struct unpack *u, size_t *n_bytes);

#endif
