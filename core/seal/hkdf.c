/* See hkdf.h. */
#include "core/seal/hkdf.h"

#include <string.h>

#include <sodium.h>

enum { HASH = crypto_auth_hmacsha256_BYTES };

void hkdf_sha256(unsigned char *out, size_t n_out, const void *ikm, size_t n_ikm, const void *salt, size_t n_salt, const void *info,
                 size_t n_info)
{
    crypto_auth_hmacsha256_state st;
    unsigned char prk[HASH], t[HASH];
    /* 2.2: PRK = HMAC(salt, IKM) */
    crypto_auth_hmacsha256_init(&st, n_salt > 0 ? salt : prk, n_salt); /* it wants a pointer, even to nothing */
    crypto_auth_hmacsha256_update(&st, ikm, n_ikm);
    crypto_auth_hmacsha256_final(&st, prk);
    /* 2.3: T(i) = HMAC(PRK, T(i-1) | info | i) */
    unsigned char i = 0;
    for (size_t done = 0; done < n_out;) {
        crypto_auth_hmacsha256_init(&st, prk, sizeof prk);
        if (i > 0)
            crypto_auth_hmacsha256_update(&st, t, sizeof t);
        crypto_auth_hmacsha256_update(&st, info, n_info);
        i++;
        crypto_auth_hmacsha256_update(&st, &i, 1);
        crypto_auth_hmacsha256_final(&st, t);
        size_t n = n_out - done < sizeof t ? n_out - done : sizeof t;
        memcpy(out + done, t, n);
        done += n;
    }
    sodium_memzero(&st, sizeof st);
    sodium_memzero(prk, sizeof prk);
    sodium_memzero(t, sizeof t);
}
