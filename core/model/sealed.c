/* See sealed.h. */
#include "core/model/sealed.h"

#include <stdio.h>

#include "core/base/buf.h"

void sealed_subject(struct seal_subject *out, const struct assessment *a)
{
    _Static_assert((int)SEAL_FIELD_MAX >= (int)FIELD_MAX, "every field fits");
    snprintf(out->site, sizeof out->site, "%s", a->site.id);
    snprintf(out->company, sizeof out->company, "%s", a->site.company);
    snprintf(out->file, sizeof out->file, "%s", a->id);
    out->number = a->revision;
}

enum err sealed_read(struct buf *payload, struct manifest *manifest, struct assessment **a, const void *bytes, size_t n_bytes,
                     const struct key_secret *key, struct cell *cell, find_checklist_fn find, void *cookie, struct load_notes *notes,
                     struct diag *diag)
{
    struct seal_subject found;
    *a = NULL;
    enum err err = seal_open(payload, manifest, bytes, n_bytes, key, diag);
    if (err == ERR_OK)
        err = assessment_read_in(cell, a, buf_str(payload), payload->len, find, cookie, notes, diag);
    if (err != ERR_OK) {
        buf_clear(payload);
        return err;
    }
    sealed_subject(&found, *a);
    err = seal_check_subject(manifest, &found, diag);
    if (err == ERR_OK)
        return ERR_OK;
    assessment_free(*a);
    *a = NULL;
    buf_clear(payload);
    return err;
}
