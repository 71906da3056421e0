/* Keys as files and as words: a pair of an age key (to be sealed for) and a minisign key (to sign with).
 *
 * The public file is text that may be sent about, copied and printed:
 *     # monshin public key
 *     # fingerprint: 0123 4567 ...
 *     age1...
 *     RW...
 * Lines with # and empty lines are for people. The second key may be missing (a recipient made by age-keygen).
 *
 * The secret file (README.md has it to the byte) holds both secrets under a key that Argon2id makes of a passphrase. A file of
 * age-keygen, unprotected as it is, is read too: with it one can open and not sign. */
#ifndef CORE_SEAL_KEY_H
#define CORE_SEAL_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"
#include "core/seal/age.h"
#include "core/seal/minisign.h"

struct buf;
struct passphrase;

struct key_public {
    unsigned char age[AGE_KEY_BYTES];
    bool signs; /* sign is there */
    struct minisign_public sign;
};

/* How dear it is to try a passphrase: passes and KiB of memory. */
struct key_cost {
    unsigned passes, kib;
};
extern const struct key_cost KEY_COST; /* RFC 9106, the second recommended option: 3 passes over 64 MiB */

/* What its passphrase came to when the file was read: so that one can be held against it without the file. */
enum { KEY_SALT_BYTES = 16, KEY_WRAP_BYTES = 32 };
struct key_lock {
    struct key_cost cost;
    unsigned char salt[KEY_SALT_BYTES], wrap[KEY_WRAP_BYTES];
};

struct key_secret { /* to live in secret_new */
    struct age_identity age;
    bool signs, locked; /* sign is there; lock is there: its file has a passphrase */
    struct minisign_secret sign;
    struct key_lock lock;
};

enum { KEY_FILE_MAX = 64 * 1024 };

void key_new(struct key_secret *out);
/* Another one in secret_new, to be released with secret_free; NULL of NULL. */
struct key_secret *key_copy(const struct key_secret *key);
void key_public_of(struct key_public *out, const struct key_secret *secret);
bool key_same(const struct key_public *a, const struct key_public *b);

/* Eight groups of four digits, which anybody can read out: each is four bytes of the SHA-256 of the two lines, as a number, without
 * its higher digits. Over 106 bits: nobody finds another key with the same one. */
enum { FINGERPRINT_SIZE = 8 * 5 };
void key_fingerprint(char out[FINGERPRINT_SIZE], const struct key_public *key);

/* The text of a public file; comment: a line for people, or NULL. */
void key_public_write(struct buf *out, const struct key_public *key, const char *comment);
/* ERR_KEY: not one. */
enum err key_public_parse(struct key_public *out, const char *text, size_t n_text, struct diag *diag);
/* What a person names: a file, or the "age1..." itself. */
enum err key_public_find(struct key_public *out, const char *name, struct diag *diag);

enum err key_secret_write(struct buf *out, const struct key_secret *key, const struct passphrase *pass, const struct key_cost *cost,
                          struct diag *diag);
/* Does it want a passphrase? */
bool key_is_locked(const char *text, size_t n_text);
/* pass may be NULL for a file without one. ERR_KEY: not a key file. ERR_PASSPHRASE: the passphrase is wrong, or the file was changed. */
enum err key_secret_parse(struct key_secret *out, const char *text, size_t n_text, const struct passphrase *pass, struct diag *diag);
/* Is it the passphrase that the key was read with? Works as long as reading does. false for a key without one. */
bool key_passphrase_fits(const struct key_secret *key, const struct passphrase *pass);

#endif
