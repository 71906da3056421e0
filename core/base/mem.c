/* See mem.h. The only mutable file-scope state in core: the exhaustion handler, the reserve and the test counter. */
#include "core/base/mem.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
static atomic_bool fail_for_good;
static atomic_flag exhausted_once = ATOMIC_FLAG_INIT;
static pthread_t exhausted_thread;
static _Atomic(void *) reserve;
static atomic_bool is_low;

void mem_on_exhausted(mem_exhausted_fn fn, void *cookie)
{
    exhausted_fn = fn;
    exhausted_cookie = cookie;
}

void mem_fail_after(long n, bool for_good)
{
    atomic_store(&fail_for_good, for_good);
    atomic_store(&fail_countdown, n);
}

long mem_fail_count(void)
{
    return LONG_MAX - atomic_load(&fail_countdown);
}

static bool must_fail(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return false;
    long left = atomic_fetch_sub(&fail_countdown, 1);
    if (left == 1 && atomic_load(&fail_for_good))
        atomic_store(&fail_countdown, 1);
    return left == 1;
}

void mem_keep_reserve(size_t n_bytes)
{
    void *old = atomic_exchange(&reserve, n_bytes > 0 ? malloc(n_bytes) : NULL);
    free(old);
    atomic_store(&is_low, false);
}

bool mem_is_low(void)
{
    return atomic_load_explicit(&is_low, memory_order_relaxed);
}

/* false: there was none. */
static bool give_up_reserve(void)
{
    void *had = atomic_exchange(&reserve, NULL);
    if (had == NULL)
        return false;
    free(had);
    atomic_store(&is_low, true);
    return true;
}

_Noreturn void mem_exhausted(void)
{
    if (atomic_flag_test_and_set(&exhausted_once)) {
        /* The handler itself may allocate: then nothing is left to be done. Another thread must not end what the handler is at. */
        if (pthread_equal(pthread_self(), exhausted_thread))
            abort();
        for (;;)
            pause();
    }
    exhausted_thread = pthread_self();
    if (exhausted_fn != NULL)
        exhausted_fn(exhausted_cookie);
    abort();
}

/* realloc and no more: p is NULL or the old piece, which stays when there is no memory. */
static void *ask(void *p, size_t n_bytes)
{
    return must_fail() ? NULL : realloc(p, n_bytes > 0 ? n_bytes : 1);
}

static void *get(void *p, size_t n_bytes)
{
    void *got = ask(p, n_bytes);
    if (got == NULL && give_up_reserve())
        got = ask(p, n_bytes);
    if (got == NULL)
        mem_exhausted();
    return got;
}

void *xmalloc(size_t n_bytes)
{
    return get(NULL, n_bytes);
}

void *xcalloc(size_t n, size_t size)
{
    void *got = must_fail() ? NULL : calloc(n > 0 ? n : 1, size > 0 ? size : 1);
    if (got == NULL && give_up_reserve())
        got = must_fail() ? NULL : calloc(n > 0 ? n : 1, size > 0 ? size : 1);
    if (got == NULL)
        mem_exhausted();
    return got;
}

void *xreallocarray(void *p, size_t n, size_t size)
{
    if (size > 0 && n > SIZE_MAX / size)
        mem_exhausted();
    return get(p, n * size);
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
        mem_exhausted();
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
