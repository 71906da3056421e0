/* Those whose signatures count: a folder with their public keys, NAME.pub, put there by a person who has compared the fingerprints. */
#ifndef CORE_SEAL_TRUST_H
#define CORE_SEAL_TRUST_H

#include <stddef.h>

#include "core/base/diag.h"
#include "core/seal/key.h"

struct trust {
    struct trusted {
        char *name; /* of the file, without .pub; raw: clean it before showing */
        struct key_public key;
    } *who;
    size_t n;
};

/* All of the folder, by name. A NAME.pub that is no public key, or holds no key for signatures, is ERR_KEY (its path in *path, the
 * caller's); other names are passed over. Nothing is kept on failure. */
enum err trust_load(struct trust *out, const char *folder, char **path, struct diag *diag);
void trust_release(struct trust *t);
/* Whose signature key it is; NULL: nobody's. */
const char *trust_name(const struct trust *t, const struct key_public *key);

#endif
