/* Memory: allocation that does not fail, and arenas.
 *
 * Running out of memory ends the program (style: half of all error paths disappear), but in good order. First the reserve is given
 * up: what was under way comes to its end, mem_is_low says so, and the program saves and leaves. Only when the reserve is not
 * enough the handler that the program has set is called, to save what was typed and to restore the terminal. libxml2 and
 * zlib ask here too (core/io), so that neither goes on with half a document. Sizes that come from a file are checked
 * against a stated limit before anything here is called. All functions are thread-safe except mem_on_exhausted and
 * mem_keep_reserve, which are called once at start. */
#ifndef CORE_BASE_MEM_H
#define CORE_BASE_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Called once when memory runs out, by the thread that found none; may save and report, and ends the process; if it returns, the
 * process aborts. Other threads that find no memory meanwhile wait for that. */
typedef void (*mem_exhausted_fn)(void *cookie);
void mem_on_exhausted(mem_exhausted_fn fn, void *cookie);
/* What xmalloc does when there is nothing: for what else cannot be had (a thread). */
_Noreturn void mem_exhausted(void);

/* Sets n_bytes aside, given up by the first allocation that fails. 0: takes what is set aside back. */
void mem_keep_reserve(size_t n_bytes);
/* The reserve has been used: time to save and leave. */
bool mem_is_low(void);

/* Tests: the n-th allocation from now fails (1 = the next), and all after it when for_good; 0 switches it off. An allocation that fails is tried
 * again when there is a reserve. */
void mem_fail_after(long n, bool for_good);
/* Tests: how many allocations were asked for since mem_fail_after(LONG_MAX, false). */
long mem_fail_count(void);

/* None returns NULL; all are released with free(). xstrdup(NULL) is NULL. */
void *xmalloc(size_t n_bytes);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n_bytes);

/* An arena: many small things that live and die together. Zeroed is a valid empty arena. */
struct arena {
    struct arena_block *blocks;
};
void *arena_alloc(struct arena *a, size_t n_bytes); /* zeroed, aligned for any type */
char *arena_strndup(struct arena *a, const char *s, size_t n_bytes);
char *arena_strdup(struct arena *a, const char *s);
void arena_release(struct arena *a); /* leaves it empty and reusable */

#endif
