/* Bech32 (BIP 173) as age uses it: without the limit of 90 characters, and never in mixed case. */
#ifndef CORE_SEAL_BECH32_H
#define CORE_SEAL_BECH32_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Appends hrp "1" data checksum. hrp in one case; the whole takes the case of hrp. */
void bech32_encode(struct buf *out, const char *hrp, const unsigned char *bytes, size_t n_bytes);
/* Exactly n_bytes out of a text whose human-readable part is hrp, in the case of hrp. false: anything is wrong with it. */
bool bech32_decode(unsigned char *out, size_t n_bytes, const char *hrp, const char *text, size_t n_text);

#endif
