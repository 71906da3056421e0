/* A report, not a test: how long the plan and the gap list take on random answers to the built-in checklist.
 *
 * usage: bench_plan [ASSESSMENTS] [SEED] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/method/gaps.h"
#include "core/method/plan.h"

#define NOW "2026-11-20T16:40:31+09:00"

enum kind { BUDGET, TARGET, BOTH, KINDS };
static const char *const kind_name[KINDS] = {"within limits", "to a grade", "both"};

static unsigned dice(unsigned *state, unsigned below)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % below;
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int cmp_times(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void report(const char *what, double *ms, int n, const char *note)
{
    if (n == 0)
        return;
    qsort(ms, (size_t)n, sizeof *ms, cmp_times);
    printf("%-24s %5d  median %8.2f ms  99 %% %8.2f ms  most %8.2f ms  %s\n", what, n, ms[n / 2], ms[(n * 99 - 1) / 100],
           ms[n - 1], note);
}

/* A site of any size and any maturity: levels around a mean of its own, a few items open, unknown or not applicable. */
static struct assessment *random_site(unsigned *state)
{
    const struct checklist *ck = checklist_builtin(0);
    struct assessment *a = assessment_new(ck, 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", NOW);
    struct round *round = assessment_round(a);
    static const long sizes[] = {0, 45, 130, 300, 437, 1250};
    int maturity = (int)dice(state, 3);
    a->site.employees = sizes[dice(state, 6)];
    a->site.importance = (enum importance)dice(state, IMPORTANCE_COUNT);
    for (int i = 0; i < ck->n_items; i++) {
        struct answer *x = &round->answer[i];
        unsigned luck = dice(state, 20);
        x->state = luck == 0 ? ANSWER_UNKNOWN : luck == 1 ? ANSWER_NA : ANSWER_LEVEL;
        if (x->state == ANSWER_LEVEL)
            x->level = 1 + maturity / 2 + (int)dice(state, 3);
    }
    return a;
}

static struct plan_request random_request(unsigned *state, enum kind kind, const struct assessment *a)
{
    struct plan_request r = {.budget = -1, .days_tenths = -1, .stops = -1, .target = GRADE_NONE};
    struct grade_result now;
    grade_assessment(&now, a);
    if (kind != TARGET) {
        r.budget = 500000LL * (1 + dice(state, 80));
        r.days_tenths = 100 * (1 + (long)dice(state, 20));
        r.stops = dice(state, 2) ? (int)dice(state, 4) : -1;
    }
    if (kind != BUDGET)
        r.target = now.overall.low_grade > 0 ? (int)dice(state, (unsigned)now.overall.low_grade) : 0;
    return r;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 200;
    unsigned state = argc > 2 ? (unsigned)atoi(argv[2]) : 20261123;
    double *ms[KINDS], *cpu = xcalloc((size_t)n, sizeof *cpu);
    int unproven = 0, failed = 0, count[PLAN_FAILED + 1] = {0};
    for (int k = 0; k < KINDS; k++)
        ms[k] = xcalloc((size_t)n, sizeof *ms[k]);
    double *all = xcalloc((size_t)n * KINDS, sizeof *all);
    for (int i = 0; i < n; i++) {
        struct assessment *a = random_site(&state);
        struct gaps gaps;
        double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        gaps_compute(&gaps, a, "2026-11-20", 0);
        cpu[i] = 1000 * (seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
        gaps_release(&gaps);
        for (int k = 0; k < KINDS; k++) {
            struct plan_request request = random_request(&state, (enum kind)k, a);
            struct plan_result plan;
            start = seconds(CLOCK_MONOTONIC);
            plan_solve(&plan, a, &request, "2026-11-20");
            all[i * KINDS + k] = ms[k][i] = 1000 * (seconds(CLOCK_MONOTONIC) - start);
            count[plan.status]++;
            unproven += plan.status == PLAN_BEST_FOUND;
            failed += plan.status == PLAN_FAILED;
            plan_release(&plan);
        }
        assessment_free(a);
    }
    char note[120];
    report("gap list (CPU)", cpu, n, "goal: under 5 ms");
    for (int k = 0; k < KINDS; k++)
        report(kind_name[k], ms[k], n, "");
    snprintf(note, sizeof note, "goal: median 50 ms, 99 %% 300 ms");
    report("plan", all, n * KINDS, note);
    printf("proven %d, over the limits %d, not reachable %d, not proven in time %d, failed %d\n", count[PLAN_OPTIMAL],
           count[PLAN_OVER_LIMITS], count[PLAN_UNREACHABLE], unproven, failed);
    for (int k = 0; k < KINDS; k++)
        free(ms[k]);
    free(all);
    free(cpu);
    return failed > 0;
}
