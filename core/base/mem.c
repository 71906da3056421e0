/* See mem.h. The only mutable file-scope state in core: the exhaustion handler and the test counter. */
#include "core/base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 64 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

static mem_exhausted_fn exhausted_fn;
static void *exhausted_cookie;
static atomic_long fail_countdown;
static atomic_flag exhausted_once = ATOMIC_FLAG_INIT;

void mem_on_exhausted(mem_exhausted_fn fn, void *cookie)
{
    exhausted_fn = fn;
    exhausted_cookie = cookie;
}

void mem_fail_after(long n)
{
    atomic_store(&fail_countdown, n);
}

static int must_fail(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return 0;
    return atomic_fetch_sub(&fail_countdown, 1) == 1;
}

static void *checked(void *p)
{
    if (p != NULL)
        return p;
    /* The handler itself may allocate; the second failure must not call it again. */
    if (!atomic_flag_test_and_set(&exhausted_once) && exhausted_fn != NULL)
        exhausted_fn(exhausted_cookie);
    abort();
}

void *xmalloc(size_t n_bytes)
{
    return checked(must_fail() ? NULL : malloc(n_bytes > 0 ? n_bytes : 1));
}

void *xcalloc(size_t n, size_t size)
{
    return checked(must_fail() ? NULL : calloc(n > 0 ? n : 1, size > 0 ? size : 1));
}

void *xreallocarray(void *p, size_t n, size_t size)
{
    if (size > 0 && n > SIZE_MAX / size)
        return checked(NULL);
    size_t n_bytes = n * size;
    return checked(must_fail() ? NULL : realloc(p, n_bytes > 0 ? n_bytes : 1));
}

char *xstrndup(const char *s, size_t n_bytes)
{
    char *copy = xmalloc(n_bytes + 1);
    memcpy(copy, s, n_bytes);
    copy[n_bytes] = '\0';
    return copy;
}

char *xstrdup(const char *s)
{
    return s == NULL ? NULL : xstrndup(s, strlen(s));
}

/* Not zeroed, aligned to a power of two. */
static void *arena_raw(struct arena *a, size_t n_bytes, size_t align)
{
    struct arena_block *b = a->blocks;
    size_t start = b != NULL ? (b->used + align - 1) & ~(align - 1) : 0;
    if (n_bytes > SIZE_MAX / 2)
        return checked(NULL);
    if (b == NULL || start > b->size || b->size - start < n_bytes) {
        size_t size = n_bytes > ARENA_BLOCK ? n_bytes : ARENA_BLOCK;
        b = xmalloc(sizeof *b + size); /* not zeroed: what is never used is never touched */
        b->size = size;
        b->next = a->blocks;
        a->blocks = b;
        start = 0;
    }
    b->used = start + n_bytes;
    return (char *)b->data + start;
}

void *arena_alloc(struct arena *a, size_t n_bytes)
{
    return memset(arena_raw(a, n_bytes, sizeof(max_align_t)), 0, n_bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t n_bytes)
{
    char *copy = arena_raw(a, n_bytes + 1, 1);
    memcpy(copy, s, n_bytes);
    copy[n_bytes] = '\0';
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

void arena_release(struct arena *a)
{
    struct arena_block *b = a->blocks;
    while (b != NULL) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
    a->blocks = NULL;
}
