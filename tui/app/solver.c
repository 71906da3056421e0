/* See solver.h. One worker thread lives as long as the solver; question and answer lie in slots under one lock. */
#include "tui/app/solver.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"

/* The solver recurses; musl would give its threads 128 kB. */
enum { SOLVER_STACK = 8 * 1024 * 1024 };

struct question {
    struct assessment *assessment; /* owned; NULL: none */
    struct plan_request request;
    enum plan_wish *wish; /* owned */
    char today[ISO_SIZE];
};

struct solver {
    pthread_t thread;
    bool running; /* the thread exists */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct question next;
    bool busy, stop, has_answer;
    struct plan_result answer;
    atomic_bool cancel;
};

static void question_release(struct question *q)
{
    assessment_free(q->assessment);
    free(q->wish);
    *q = (struct question){0};
}

static bool cancelled(void *cookie)
{
    struct solver *s = cookie;
    return atomic_load(&s->cancel);
}

/* An answer nobody waits for any more is thrown away. */
static void deliver(struct solver *s, struct plan_result *result)
{
    if (result->status == PLAN_CANCELLED || s->next.assessment != NULL) {
        plan_release(result);
        return;
    }
    if (s->has_answer)
        plan_release(&s->answer);
    s->answer = *result;
    s->has_answer = true;
}

static void *work(void *cookie)
{
    struct solver *s = cookie;
    pthread_mutex_lock(&s->lock);
    while (!s->stop) {
        if (s->next.assessment == NULL) {
            s->busy = false;
            pthread_cond_wait(&s->wake, &s->lock);
            continue;
        }
        struct question q = s->next;
        s->next = (struct question){0};
        s->busy = true;
        atomic_store(&s->cancel, false);
        pthread_mutex_unlock(&s->lock);
        struct plan_result result = {0};
        plan_solve(&result, q.assessment, &q.request, q.today);
        question_release(&q);
        pthread_mutex_lock(&s->lock);
        deliver(s, &result);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

struct solver *solver_new(void)
{
    struct solver *s = xcalloc(1, sizeof *s);
    sigset_t all, old;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    /* Signals are the main thread's affair. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, SOLVER_STACK);
    s->running = pthread_create(&s->thread, &attr, work, s) == 0;
    pthread_attr_destroy(&attr);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return s;
}

void solver_free(struct solver *s)
{
    if (s == NULL)
        return;
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    atomic_store(&s->cancel, true);
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    if (s->running)
        pthread_join(s->thread, NULL);
    question_release(&s->next);
    if (s->has_answer)
        plan_release(&s->answer);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void solver_ask(struct solver *s, const struct assessment *a, const struct plan_request *request, const char *today)
{
    size_t n_steps = (size_t)a->checklist->n_items * (LEVEL_MAX - 1);
    struct question q = {.assessment = assessment_copy(a), .request = *request};
    strncpy(q.today, today, sizeof q.today - 1);
    if (request->wish != NULL) {
        q.wish = xcalloc(n_steps, sizeof *q.wish);
        memcpy(q.wish, request->wish, n_steps * sizeof *q.wish);
        q.request.wish = q.wish;
    }
    q.request.cancelled = cancelled;
    q.request.cookie = s;
    pthread_mutex_lock(&s->lock);
    question_release(&s->next);
    s->next = q;
    s->busy = true;
    atomic_store(&s->cancel, true);
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
}

bool solver_busy(struct solver *s)
{
    pthread_mutex_lock(&s->lock);
    bool busy = s->busy;
    pthread_mutex_unlock(&s->lock);
    return busy;
}

bool solver_take(struct solver *s, struct plan_result *out)
{
    pthread_mutex_lock(&s->lock);
    bool has = s->has_answer;
    if (has)
        *out = s->answer;
    s->has_answer = false;
    pthread_mutex_unlock(&s->lock);
    return has;
}
