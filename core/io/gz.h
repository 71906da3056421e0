/* gzip through zlib, bounded. The only file that includes zlib. */
#ifndef CORE_IO_GZ_H
#define CORE_IO_GZ_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

struct buf;

bool gz_is(const void *bytes, size_t n_bytes); /* starts with the gzip magic */
/* Inflates one gzip member, checks CRC and length, refuses what follows it (ERR_GZIP) and more than max_bytes (ERR_TOO_BIG). */
enum err gz_inflate(struct buf *out, const void *bytes, size_t n_bytes, size_t max_bytes, struct diag *diag);
/* Same input, same bytes: no name, time 0. */
void gz_deflate(struct buf *out, const void *bytes, size_t n_bytes);
/* Is a file of that name to be compressed? All are but NAME.xml: what is called so has to be readable for other programs. */
bool gz_fits_name(const char *path);
/* Name and version of the library in use. */
void gz_library(struct buf *out);

#endif
