/* A cell: a child process for work on strangers' bytes, which can neither open nor write a file, start a program nor reach a network. It reads one pipe
 * and writes another, and its memory is bounded. When bytes make use of a mistake in zlib, libxml2 or in what we make of them, that ends there: they
 * are refused and the next ones get a new child.
 *
 * The child has what its parent had in memory when it was started, but not the secrets of core/seal. Where the kernel knows no filter (sandbox.h) it
 * is a child only. What a child that has been taken over can still do is to answer wrongly, about what it is asked from then on. */
#ifndef CORE_IO_CELL_H
#define CORE_IO_CELL_H

#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/diag.h"

struct cell;

enum { CELL_MS = 20 * 1000 }; /* for one piece of work; the largest file takes a fifth of a second */

/* In the child: makes an answer of the bytes. It opens nothing, prints nothing and starts no thread. */
typedef enum err (*cell_work_fn)(void *cookie, const void *bytes, size_t n_bytes, struct buf *answer, struct diag *diag);

/* For one thread at a time. The child is started by the first bytes, or by cell_ready, and lives until cell_free. */
struct cell *cell_new(cell_work_fn work, void *cookie, size_t max_bytes, size_t max_answer);
/* Starts the child now: where threads are about to begin, for a process is better divided while it has one. What hinders it, cell_ask says. */
void cell_ready(struct cell *c);
void cell_free(struct cell *c); /* NULL is allowed */
void cell_patience(struct cell *c, int ms); /* instead of CELL_MS */

/* Bytes, and what has become of them. */
struct cell_piece {
    const void *bytes; /* not NULL */
    size_t n_bytes;
    struct buf answer; /* the caller's: what the work has made of them when err is ERR_OK, as foreign as they are */
    enum err err;
    struct diag diag;
};

/* err: what the work says of the bytes, when that is about contents (diag.h), or ERR_TOO_BIG (of the bytes), or ERR_CELL: the child has died of them,
 * twice (where ""), took too long ("time"), answered what cannot be ("answer"; the caller may say so too), or there can be no child ("start",
 * sys). Several pieces cost less than each on its own: as many at once as have room together in max_bytes. */
enum { CELL_PIECES = 16 };
void cell_ask(struct cell *c, struct cell_piece *piece, size_t n); /* at most CELL_PIECES */

#endif
