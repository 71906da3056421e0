/* Memory: allocation that does not fail, and arenas.
 *
 * Running out of memory ends the program (style: half of all error paths disappear), but only after the handler
 * that the program has set had its chance to save what was typed and to restore the terminal. Sizes that come from a file
 * are checked against a stated limit before anything here is called. All functions are thread-safe except
 * mem_on_exhausted, which is called once at start. */
#ifndef CORE_BASE_MEM_H
#define CORE_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* Called once when memory runs out; may save and report; if it returns, the process aborts. */
typedef void (*mem_exhausted_fn)(void *cookie);
void mem_on_exhausted(mem_exhausted_fn fn, void *cookie);

/* Tests: the n-th allocation from now fails (1 = the next); 0 switches it off. */
void mem_fail_after(long n);

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
