/* A parsed document laid flat, to be handed from one process to another: names once and by number, then elements, texts and ends in order.
 *
 * Whoever wrote it may have been taken over by a stranger's file, so reading it trusts nothing: it has the limits of the XML gate (xml.h), and
 * gives no tree that the gate could not have given. */
#ifndef CORE_IO_FLAT_H
#define CORE_IO_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/io/xml.h"

struct buf;

/* No document that passes the gate becomes longer than this. */
enum { FLAT_MAX_BYTES = 3 * XML_MAX_BYTES };

void flat_write(struct buf *out, const struct xml_doc *doc);
/* Zeroed doc in; false: not such bytes, doc stays empty. The tree owns all that it holds. */
bool flat_read(struct xml_doc *doc, const void *bytes, size_t n_bytes);

#endif
