/* Roll-out (横展開): from the model plant to another site. Which steps bring the site to the levels
 * of the model plant, with what the site itself needs for them, in which order, at what cost.
 *
 * The rule is that of the gap list (gaps.h) with the model plant's levels as targets: where the
 * model has no level the site has no target. An action that the model plant has done counts even
 * where nobody has assessed the item since. Pure: today is passed in. */
#ifndef CORE_METHOD_ROLLOUT_H
#define CORE_METHOD_ROLLOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/gaps.h"

struct buf;
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

/* What the model plant has, by item: its level, or the level that a done action has led to where
 * that is higher. out: n_items of the checklist. */
void rollout_model(struct rollup_mark *out, const struct assessment *model);
/* The model plant's own action for a step when it is done there, else NULL. Borrowed. */
const struct action *rollout_done(const struct assessment *model, int item, int to);

/* model: by item, of the same checklist as the site. */
void rollout_compute(struct rollout *out, const struct assessment *site,
                     const struct rollup_mark *model, const char *today, long long day_rate);
void rollout_release(struct rollout *r);
void rollout_add(struct rollout_sum *to, const struct rollout_sum *from);
bool rollout_counts(const struct gap *g); /* not done and not dropped */

/* Makes `start` (a new assessment of the same checklist, owned by the caller) the file to begin
 * with: the site, its round without a single answer, and an action for each step, with what `note`
 * appends as its note. It can be merged into the site's own file. */
typedef void (*rollout_note_fn)(struct buf *out, const void *cookie, const struct gap *g);
void rollout_start(struct assessment *start, const struct rollout *r, rollout_note_fn note,
                   const void *cookie, const char *now);

#endif
