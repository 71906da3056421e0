/* The order to do steps in, and their waves: one rule for the gap list and the plan. Private to core/method. Pure. */
#ifndef CORE_METHOD_ORDER_H
#define CORE_METHOD_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/cost.h"

enum order_class {
    ORDER_LIVE,
    ORDER_DROPPED, /* at the end, and what needs it after it */
    ORDER_DONE     /* at the very end; counts as reached for what needs it */
};

struct order_step {
    int item, to;
    enum order_class class;
    struct step_cost cost;
    long long benefit; /* in hundredths, as in struct gap */
    long long effort;  /* exact: tenths of a day x day rate, with the yen in the same unit */
    bool ready;        /* out: all it needs is reached */
    enum wave wave;    /* out */
};

/* Costs, benefit and effort of a step; class ORDER_LIVE. */
void order_step_fill(struct order_step *out, const struct assessment *a, int item, int to, long long day_rate);
/* Sorts in place and gives ready and wave. The steps of an item are without holes above level[item], and what they need
 * is reached or among them. level: by item; LEVEL_MAX for what takes no part; steps done are added to it. */
void order_steps(struct order_step *step, size_t n, const struct assessment *a, int level[]);

/* Levels that count as reached: an open item stands at 1, one that is not applicable needs nothing. */
void order_levels(int level[], const struct assessment *a);

#endif
