/* See pool.h. */
#include "core/base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

struct pool {
    void (*fn)(void *cookie, size_t i, int worker);
    void *cookie;
    size_t n;
    atomic_size_t next;
};

struct worker {
    struct pool *pool;
    int number;
};

static void *work(void *arg)
{
    const struct worker *w = arg;
    for (;;) {
        size_t i = atomic_fetch_add(&w->pool->next, 1);
        if (i >= w->pool->n)
            return NULL;
        w->pool->fn(w->pool->cookie, i, w->number);
    }
}

void pool_run(size_t n, int jobs, void (*fn)(void *cookie, size_t i, int worker), void *cookie)
{
    struct pool pool = {.fn = fn, .cookie = cookie, .n = n};
    struct worker worker[POOL_MAX];
    pthread_t thread[POOL_MAX];
    int n_threads = 1;
    jobs = jobs < 1 ? 1 : jobs > POOL_MAX ? POOL_MAX : jobs;
    if ((size_t)jobs > n)
        jobs = n > 0 ? (int)n : 1;
    for (; n_threads < jobs; n_threads++) {
        worker[n_threads] = (struct worker){&pool, n_threads};
        if (pthread_create(&thread[n_threads], NULL, work, &worker[n_threads]) != 0)
            break;
    }
    worker[0] = (struct worker){&pool, 0};
    work(&worker[0]);
    for (int i = 1; i < n_threads; i++)
        pthread_join(thread[i], NULL);
}

int pool_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > POOL_MAX ? POOL_MAX : n;
}
