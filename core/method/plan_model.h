/* The plan as an integer program: which steps can be taken at all, what must be taken, what each costs and earns. Private to
 * the plan. */
#ifndef CORE_METHOD_PLAN_MODEL_H
#define CORE_METHOD_PLAN_MODEL_H

#include "core/method/ip.h"
#include "core/method/plan.h"

enum measure { OF_BUDGET, OF_DAYS, OF_STOPS, N_LIMITS, OF_TOTAL = N_LIMITS, OF_SCORE, OF_STEPS };

struct plan_model {
    const struct assessment *a;
    const struct checklist *ck;
    const struct plan_request *request;
    long long day_rate;
    long long limit[N_LIMITS];      /* -1: none */
    struct mark now[ITEMS_MAX];     /* open items at level 1 */
    int level[ITEMS_MAX];           /* the same; LEVEL_MAX for what is not applicable */
    int base[ITEMS_MAX];            /* what must be reached: by wish, by the target, and what that needs */
    int top[ITEMS_MAX];             /* what can be reached */
    int must_item;                  /* an item whose base is above its top, or -1 */
    long long unit[SECTIONS_MAX];   /* what a point of an item's weight is worth in the overall score, as an integer */
    long long whole;                /* 1 point of overall score in the same unit */
    struct step_cost (*cost)[LEVEL_MAX + 1];
    int (*var)[LEVEL_MAX + 1];      /* variable by item and level, or -1 */
    struct lift *step;              /* by variable: item, to */
    struct ip ip;                   /* steps between base and top */
    long long *coef;                /* room for one row */
};

void model_init(struct plan_model *m, const struct assessment *a, const struct plan_request *request);
void model_release(struct plan_model *m);

/* Highest levels: steps that the checklist has, that are not barred, and whose prerequisites can be reached. */
void model_tops(int top[ITEMS_MAX], const struct plan_model *m, const enum plan_wish *wish);
void model_grade(struct grade_result *out, const struct plan_model *m, const int level[ITEMS_MAX]);

/* Variables and pairs; after this base and top stand. */
void model_build(struct plan_model *m);
void model_fill(long long *coef, const struct plan_model *m, enum measure what); /* by variable */
long long model_base_amount(const struct plan_model *m, enum measure what);       /* of what must be taken */
void model_add_limits(struct plan_model *m, unsigned which); /* bits 1 << measure */
void model_add_target(struct plan_model *m, const struct grade_result *before);

/* An answer to begin with: best earners first until the limits are full, or until the target is reached and then without what is
 * not needed. false: none was found, which proves nothing. */
bool model_start(bool *x, const struct plan_model *m);

#endif
