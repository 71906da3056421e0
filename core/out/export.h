/* An export: what a plant hands to headquarters. The assessment in the same vocabulary plus its result (scopes, caps, axes), so that any
 * XML tool can read the grade. Held against the schema before it is written, read back and compared afterwards. */
#ifndef CORE_OUT_EXPORT_H
#define CORE_OUT_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"
#include "core/base/sha256.h"
#include "core/method/grade.h"
#include "core/model/assessment.h"

struct buf;
struct store;

struct export_options {
    /* Without names, contacts, notes, evidence and reasons; company, site and ids become aliases. They are the same in every export of
     * one file and cannot be guessed from a list of names, because the file's own random id goes into them; so two files of one
     * company do not show that they belong together. */
    bool anonymous;
    const char *anonymous_reason; /* stands for the reason of every item that is not applicable; in words, from the caller */
    bool gzip;
    const char *program; /* "monshin 0.1.0" */
    const char *now;     /* ISO 8601 */
    find_checklist_fn find; /* as for assessment_read: what was written is read back */
    void *cookie;
};

/* What was written, for the summary. */
struct export_summary {
    struct grade_result grade;
    int answered, unknown, open, total; /* answered: a level or not applicable */
    char site_id[FIELD_MAX + 1], site[FIELD_MAX + 1], company[FIELD_MAX + 1]; /* as they stand in the export */
    char edition[64];
    size_t n_bytes;
    char sha256[SHA256_HEX];
};

/* The bytes of an export. ERR_SCHEMA: they would not follow the schema (a fault of the program; nothing is to be written). */
enum err export_make(struct buf *out, struct export_summary *summary, const struct assessment *a, const struct export_options *options,
                     struct diag *diag);
/* The same as a file that only its owner may read (0600). ERR_EXISTS unless force. ERR_CHANGED: what stands on the disk is not what was written. */
enum err export_to_file(struct export_summary *summary, const char *path, bool force, const struct assessment *a,
                        const struct export_options *options, struct diag *diag);

/* Remembers in the file itself that its present state has been exported, and saves that. */
void export_record(struct store *s, struct assessment *a, const char *program, const char *now);
/* Has anything been saved since the last export? false also when there was none. */
bool export_outdated(const struct assessment *a);

#endif
