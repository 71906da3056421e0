/* What the parts of the roll-up share among themselves. */
#ifndef CORE_METHOD_ROLLUP_PRIV_H
#define CORE_METHOD_ROLLUP_PRIV_H

#include "core/base/pool.h"
#include "core/io/cell.h"
#include "core/method/rollup.h"

/* Finds all files, in order; what cannot be looked into is rejected already. */
void rollup_find_files(struct rollup *r, const struct rollup_request *request);
struct rollup_file *rollup_add_file(struct rollup *r, char *path); /* takes path */
void rollup_reject(struct rollup_file *f, const struct diag *diag);

/* Who reads for each thread (by worker), as the request wants it. NULL: that thread itself. */
struct rollup_readers {
    const struct rollup_request *request;
    struct cell *whole[POOL_MAX];         /* gives the parsed file */
    struct rollup_batch *batch[POOL_MAX]; /* gives what is kept of files, and no more */
};
/* Before the threads. summaries: rollup_keep is wanted, else rollup_read only. */
void rollup_readers_start(struct rollup_readers *out, const struct rollup_request *request, bool summaries);
void rollup_readers_end(struct rollup_readers *readers);

/* Reads the file; NULL after rejecting it. The caller owns the assessment. */
struct assessment *rollup_read(struct rollup_file *f, const struct rollup_readers *readers, int worker);

/* Reads files for what is kept of them; those that have a diag (a folder that cannot be opened) stay as they are. */
void rollup_keep(struct rollup_file *file, size_t n, const struct rollup_readers *readers, int worker);

/* What is kept of a file; the caller's. */
struct rollup_site *rollup_site_of(const struct assessment *a);
/* The same in a cell: what it answers for the bytes of a file, and what of it can be believed (NULL: nothing). */
struct cell *rollup_site_cell_new(const struct rollup_request *request);
struct rollup_site *rollup_site_unpack(const struct buf *answer, const struct rollup_request *request);

/* Gives each file that could be read its outcome, and makes the list of sites. */
void rollup_resolve(struct rollup *r, const struct rollup_readers *readers);
void rollup_list_sites(struct rollup *r);

#endif
