/* Work in parallel: one function over many indices, on a few threads that live as long as the call.
 */
#ifndef CORE_BASE_POOL_H
#define CORE_BASE_POOL_H

#include <stddef.h>

enum { POOL_MAX = 256 };

/* Calls fn(cookie, i, worker) once for each i below n, on at most `jobs` threads (the caller's is
 * one of them) and in no particular order; worker is below jobs and tells them apart. Returns when
 * all are done. What the calls share is the caller's business. Where a thread cannot be had the
 * others do its work. */
void pool_run(size_t n, int jobs, void (*fn)(void *cookie, size_t i, int worker), void *cookie);

/* Processors that this program may use; at least 1. */
int pool_processors(void);

#endif
