/* See diag.h. */
#include "core/base/diag.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

static void put(char *out, size_t size, const char *s)
{
    struct buf clean = {0};
    if (s != NULL)
        text_clean(&clean, s, strlen(s), TEXT_ONE_LINE);
    size_t n = text_floor(buf_str(&clean), clean.len, size - 1);
    memcpy(out, buf_str(&clean), n);
    out[n] = '\0';
    buf_release(&clean);
}

enum err diag_set(struct diag *d, enum err err, long line, const char *where, const char *detail)
{
    if (d != NULL) {
        *d = (struct diag){.err = err, .line = line};
        put(d->where, sizeof d->where, where);
        put(d->detail, sizeof d->detail, detail);
    }
    return err;
}

enum err diag_sys(struct diag *d, enum err err, int sys_errno, const char *where)
{
    diag_set(d, err, 0, where, NULL);
    if (d != NULL)
        d->sys = sys_errno;
    return err;
}

const char *err_name(enum err err)
{
    static const char *const names[ERR_COUNT] = {
        [ERR_OK] = "ok",
        [ERR_NOT_FOUND] = "not-found",
        [ERR_OPEN] = "open",
        [ERR_NOT_REGULAR] = "not-regular",
        [ERR_READ] = "read",
        [ERR_WRITE] = "write",
        [ERR_EXISTS] = "exists",
        [ERR_LOCKED] = "locked",
        [ERR_CHANGED] = "changed",
        [ERR_TOO_BIG] = "too-big",
        [ERR_FULL] = "full",
        [ERR_EMPTY] = "empty",
        [ERR_GZIP] = "gzip",
        [ERR_ENCODING] = "encoding",
        [ERR_XML] = "xml",
        [ERR_XML_FORBIDDEN] = "xml-forbidden",
        [ERR_NOT_OURS] = "not-ours",
        [ERR_NEWER] = "newer",
        [ERR_SCHEMA_MISSING] = "schema-missing",
        [ERR_SCHEMA_VALUE] = "schema-value",
        [ERR_SCHEMA_PLACE] = "schema-place",
        [ERR_SCHEMA] = "schema",
        [ERR_DUPLICATE] = "duplicate",
        [ERR_UNKNOWN_CHECKLIST] = "unknown-checklist",
        [ERR_UNKNOWN_EDITION] = "unknown-edition",
        [ERR_UNKNOWN_ITEM] = "unknown-item",
        [ERR_UNKNOWN_REF] = "unknown-ref",
        [ERR_CYCLE] = "cycle",
        [ERR_OTHER_CHECKLIST] = "other-checklist",
        [ERR_SAME_FILE] = "same-file",
        [ERR_LIBRARY] = "library",
        [ERR_SEAL_LOCKED] = "seal-locked",
        [ERR_SEAL_FORMAT] = "seal-format",
        [ERR_SEAL_KEY] = "seal-key",
        [ERR_SEAL_CHANGED] = "seal-changed",
        [ERR_SEAL_SIGNATURE] = "seal-signature",
        [ERR_SEAL_SIGNER] = "seal-signer",
        [ERR_SEAL_RECIPIENT] = "seal-recipient",
        [ERR_SEAL_SITE] = "seal-site",
        [ERR_SEAL_REPLAY] = "seal-replay",
        [ERR_SEAL_UNSIGNED] = "seal-unsigned",
        [ERR_KEY] = "key",
        [ERR_LOCKED_FILE] = "locked-file",
        [ERR_PASSPHRASE] = "passphrase",
        [ERR_MEMORY] = "memory",
        [ERR_CELL] = "cell",
        [ERR_MEANING] = "meaning",
    };
    return names[err];
}
