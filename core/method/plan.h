/* The plan: the exact optimum, not a heuristic. An integer program over the steps of all applicable items (one binary variable a step, a
 * step only after its predecessor and its prerequisites), solved by GLPK with presolve and all cuts, checked again in integers before it is
 * given out. GLPK is used in ip.c only; its abort() is caught.
 *
 * Without a target grade: the steps that maximise the uncapped overall score within the limits; among these the least total cost (build yen +
 * person-days x day rate); among these the fewest steps. With a target: the least total cost after which the overall grade, all caps
 * applied, is at least that; among these the fewest steps. With both: that, within the limits.
 * An unanswered or unknown item counts as level 1; items not applicable take no part. Steps the checklist says nothing about cost nothing and
 * are not offered. Pure, but takes time: call it in a thread of its own; thread-safe. */
#ifndef CORE_METHOD_PLAN_H
#define CORE_METHOD_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/gaps.h"
#include "core/method/grade.h"

struct buf;

enum plan_wish { WISH_FREE, WISH_MUST, WISH_BAR };

struct plan_request {
    long long budget;  /* yen for building, -1: no limit */
    long days_tenths;  /* -1: no limit */
    int stops;         /* planned line stops, -1: no limit */
    int target;        /* grade index, or GRADE_NONE */
    long long day_rate;
    int time_limit_ms; /* 0: 5000 */
    const enum plan_wish *wish; /* by step: item * (LEVEL_MAX - 1) + to - 2; NULL: all free */
    /* asked between nodes of the search: true stops it with what it has; may be NULL */
    bool (*cancelled)(void *cookie);
    void *cookie;
};

enum plan_status {
    PLAN_OPTIMAL,     /* proven */
    PLAN_BEST_FOUND,  /* time was up: gap_percent says how far the bound is */
    PLAN_UNREACHABLE, /* no set of steps does it: why says the reason */
    PLAN_OVER_LIMITS, /* the target can be reached, but not within the limits: missing_* say what is lacking at least (each limit alone) */
    PLAN_CANCELLED,
    PLAN_FAILED,      /* the solver gave up */
    PLAN_NO_SOLVER    /* its library is not on this machine */
};

enum plan_why { PLAN_WHY_NONE, PLAN_WHY_NO_ITEMS, PLAN_WHY_KEY_ITEM, PLAN_WHY_SECTION, PLAN_WHY_SCORE, PLAN_WHY_WISHES };

struct plan_step {
    int item, to;
    struct step_cost cost;
    enum wave wave;
    int lead; /* role index */
};

struct plan_result {
    enum plan_status status;
    double gap_percent;
    enum plan_why why;
    int why_index; /* item or section */
    struct plan_step *step; /* in the order to do them */
    size_t n;
    long long cost_jpy, run_jpy, total_cost; /* total: build + days x rate */
    long effort_tenths;
    int stops;
    int n_open; /* unanswered or unknown items that were counted as level 1 */
    struct grade_result before, after; /* open items at level 1 in both */
    struct mark mark_after[ITEMS_MAX];
    long long missing_budget;
    long missing_days_tenths;
    int missing_stops;
};

void plan_solve(struct plan_result *out, const struct assessment *a, const struct plan_request *request, const char *today);
void plan_release(struct plan_result *r);
/* Name and version of the solver in use. */
void plan_library(struct buf *out);

#endif
