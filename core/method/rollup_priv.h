/* What the parts of the roll-up share among themselves. */
#ifndef CORE_METHOD_ROLLUP_PRIV_H
#define CORE_METHOD_ROLLUP_PRIV_H

#include "core/method/rollup.h"

/* Finds all files, in order; what cannot be looked into is rejected already. */
void rollup_find_files(struct rollup *r, const struct rollup_request *request);
struct rollup_file *rollup_add_file(struct rollup *r, char *path); /* takes path */
void rollup_reject(struct rollup_file *f, const struct diag *diag);

/* Reads the file; NULL after rejecting it. The caller owns the assessment. */
struct assessment *rollup_read(struct rollup_file *f, const struct rollup_request *request);

/* Gives each file that could be read its outcome, and makes the list of sites. */
void rollup_resolve(struct rollup *r, const struct rollup_request *request);
void rollup_list_sites(struct rollup *r);

#endif
