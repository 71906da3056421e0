/* Base64 (RFC 4648, section 4) in its one canonical form: age has it without padding, minisign with. In constant time: secrets go
 * through here too. */
#ifndef CORE_SEAL_BASE64_H
#define CORE_SEAL_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum base64 { BASE64_RAW, BASE64_PADDED };

void base64_put(struct buf *out, enum base64 kind, const void *bytes, size_t n_bytes);
/* At most size bytes; *n_out how many. false: a foreign character, bits left over, padding missing or too much, too long. */
bool base64_take(unsigned char *out, size_t size, size_t *n_out, enum base64 kind, const char *text, size_t n_text);
/* Exactly n_bytes. */
bool base64_exactly(unsigned char *out, size_t n_bytes, enum base64 kind, const char *text, size_t n_text);

#endif
