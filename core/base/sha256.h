/* SHA-256 (FIPS 180-4): the fingerprint of a file that is handed on, and aliases that give nothing away. */
#ifndef CORE_BASE_SHA256_H
#define CORE_BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BYTES = 32, SHA256_HEX = 65 };

void sha256(unsigned char out[SHA256_BYTES], const void *bytes, size_t n_bytes);
/* The same as 64 lower-case digits and a NUL. */
void sha256_hex(char out[SHA256_HEX], const void *bytes, size_t n_bytes);

#endif
