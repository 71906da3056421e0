/* Assessments in sealed files: what core/seal knows as bytes and a subject. */
#ifndef CORE_MODEL_SEALED_H
#define CORE_MODEL_SEALED_H

#include "core/model/assessment.h"
#include "core/seal/package.h"

/* What an assessment's manifest has to say. */
void sealed_subject(struct seal_subject *out, const struct assessment *a);

/* Opens (seal_open), reads what is inside and holds it against the manifest. payload gets the bytes, *a the assessment: the caller's, also
 * the empty ones after a failure. Foreign bytes reach the XML gate only after they are known to be the signer's. cell as for assessment_read_in. */
enum err sealed_read(struct buf *payload, struct manifest *manifest, struct assessment **a, const void *bytes, size_t n_bytes,
                     const struct key_secret *key, struct cell *cell, find_checklist_fn find, void *cookie, struct load_notes *notes,
                     struct diag *diag);

#endif
