/* See locked.h. */
#include "core/model/locked.h"

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/seal/armor.h"

static enum err too_big(struct diag *diag)
{
    diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
    if (diag != NULL)
        diag->number = XML_MAX_BYTES;
    return ERR_TOO_BIG;
}

enum err locked_read(struct buf *out, struct safe **safe, const char *path, const struct passphrase *pass, struct diag *diag)
{
    struct buf bytes = {0};
    if (safe != NULL)
        *safe = NULL;
    enum err err = file_read(&bytes, path, ARMOR_SIZE(XML_MAX_BYTES + SAFE_OVERHEAD), diag);
    if (err == ERR_TOO_BIG || (err == ERR_OK && bytes.len > XML_MAX_BYTES + SAFE_OVERHEAD && !armor_is(buf_str(&bytes), bytes.len)))
        err = too_big(diag);
    if (err == ERR_OK && safe_is(buf_str(&bytes), bytes.len))
        err = pass != NULL ? safe_open(safe, out, bytes.p, bytes.len, pass, diag) : diag_set(diag, ERR_LOCKED_FILE, 0, NULL, NULL);
    else if (err == ERR_OK && bytes.len > XML_MAX_BYTES)
        err = too_big(diag);
    else if (err == ERR_OK)
        buf_add(out, bytes.p, bytes.len);
    buf_release(&bytes);
    return err;
}
