/* Roll-out (横展開): from the model plant to another site. Which steps bring the site to the levels
 * of the model plant, with what the site itself needs for them, in which order, at what cost.
 *
 * The rule is that of the gap list (gaps.h) with the model plant's levels as targets: where the
 * model has no level the site has no target. Pure: today is passed in. */
#ifndef CORE_METHOD_ROLLOUT_H
#define CORE_METHOD_ROLLOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/gaps.h"

struct rollup_mark;

struct rollout_sum {
    int steps;
    long long effort_tenths, cost_jpy, run_jpy;
    int stops;
};

struct rollout {
    struct assessment *site; /* owned: the site with the model's targets; the gaps point into it */
    struct gaps gaps;
    struct rollout_sum wave[WAVE_COUNT], all; /* what is done or dropped does not count */
};

/* model: by item, of the same checklist as the site. */
void rollout_compute(struct rollout *out, const struct assessment *site,
                     const struct rollup_mark *model, const char *today, long long day_rate);
void rollout_release(struct rollout *r);
void rollout_add(struct rollout_sum *to, const struct rollout_sum *from);
bool rollout_counts(const struct gap *g); /* not done and not dropped */

/* Makes `start` (a new assessment of the same checklist, owned by the caller) the file to begin
 * with: the site, its round without a single answer, and an action for each step with note in it.
 * It can be merged into the site's own file. */
void rollout_start(struct assessment *start, const struct rollout *r, const char *note,
                   const char *now);

#endif
