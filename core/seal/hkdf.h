/* HKDF with SHA-256 (RFC 5869): libsodium has it only from 1.0.19 on. */
#ifndef CORE_SEAL_HKDF_H
#define CORE_SEAL_HKDF_H

#include <stddef.h>

enum { HKDF_KEY = 32, HKDF_MAX = 255 * 32 };

/* Extract, then expand, to n_out bytes (at most HKDF_MAX). An empty salt is a string of zeros, as in the RFC. */
void hkdf_sha256(unsigned char *out, size_t n_out, const void *ikm, size_t n_ikm, const void *salt, size_t n_salt, const void *info,
                 size_t n_info);

#endif
