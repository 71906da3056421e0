/* Output that is written while it is made: to a descriptor, or to a new file that is there whole or
 * not at all. */
#ifndef CORE_IO_STREAM_H
#define CORE_IO_STREAM_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/diag.h"

struct stream {
    int fd;
    int dir;           /* the folder, opened once; -1 for a descriptor */
    bool force;
    char *name, *temp; /* in it; NULL for a descriptor */
    struct buf room;   /* add to it, then call stream_flow */
    struct diag diag;  /* the first failure; nothing is written after it */
};

/* Into a file: ERR_EXISTS when there is one, unless force. Until the commit it has another name. */
enum err stream_begin(struct stream *s, const char *path, bool force, struct diag *diag);
/* To a descriptor of the caller's, standard output for one; it stays open. */
void stream_begin_fd(struct stream *s, int fd);
/* Writes what is in room when there is enough of it. false: writing has failed; going on is of no
 * use. */
bool stream_flow(struct stream *s);
/* Writes the rest. A file has its name only after it and is gone after a failure. Ends the stream. ERR_EXISTS: without force, and somebody
 * has made one of that name meanwhile. */
enum err stream_commit(struct stream *s, struct diag *diag);
/* Ends the stream; a file is gone. */
void stream_cancel(struct stream *s);

#endif
