/* The gap list: every next step of every item under its target, in the order to do them, with the reason of each rank.
 *
 * Order: what is ready before what is blocked; then by benefit per effort; a step never stands before one that it needs.
 * Benefit = item weight x 2 for key items x risk per cent x importance of the site (3, 2, 1); effort = person-days + yen / day rate (build, and one year of running), at
 * least half a day. Figures are the file's own where given, else the checklist's typical value scaled to the size of the site (目安).
 * An unanswered or unknown item counts as level 1. Steps that another item's step needs are in the list even above the item's own target.
 *
 * Waves: NOW = ready, needs no money and no line stop, and fits into the first month's 20 person-days in list order; NEXT = what fits into
 * the following five months' 100 person-days, and needs nothing later; LATER = the rest. For a site with n people the days scale like effort that is
 * "half" fixed. Pure: no clock but the `today` that is passed in. */
#ifndef CORE_METHOD_GAPS_H
#define CORE_METHOD_GAPS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/cost.h"
#include "core/method/grade.h"
#include "core/model/assessment.h"

enum { DAY_RATE_DEFAULT = 40000, STALE_DAYS = 90 };

struct gap {
    int item, from, to; /* one level: from == to - 1 */
    int target;         /* where the item is to end (after closure over what others need) */
    int needed_by;      /* item whose step needs this one beyond the item's own target, or -1 */
    const struct ck_step *step; /* borrowed from the checklist; step->to == 0 when it says nothing */
    bool ready;
    struct ck_requires blocked_by[6]; /* unmet prerequisites (own lower levels not included) */
    int n_blocked_by;
    bool previous; /* must wait for the step before it of the same item */
    struct step_cost cost;
    enum wave wave;
    const struct action *action; /* the file's action for this step, or NULL; borrowed */
    enum action_status status;   /* ACTION_OPEN when there is none */
    bool stale;                  /* open or doing and not moved for STALE_DAYS: 要検討のまま放置 */
    /* why it stands here: benefit (in hundredths) / effort (in tenths of a day-equivalent) */
    long long benefit, effort;
    struct score gain;  /* what this step alone adds to the overall score (when ready; den 0 otherwise) */
    int grade_after;    /* overall grade after this step alone, or GRADE_NONE */
};

struct gaps {
    struct gap *gap; /* in order; rank is index + 1 */
    size_t n;
};
/* today: YYYY-MM-DD. Done and dropped actions stand at the end. */
void gaps_compute(struct gaps *out, const struct assessment *a, const char *today, long long day_rate);
void gaps_release(struct gaps *g);

/* What a section scores when every applicable item is at its target; den 0 when none is applicable. */
struct score target_score(const struct assessment *a, int section);

/* Actions that are not about climbing a level: what to verify, whom to ask. Item indexes into out (ITEMS_MAX), in order of weight; returns how many. */
int gaps_verify(int out[ITEMS_MAX], const struct assessment *a);
int gaps_ask(int out[ITEMS_MAX], const struct assessment *a);

/* Days between two dates YYYY-MM-DD (only the first ten characters are read); false if either is no date. */
bool days_between(long *out, const char *from, const char *to);

#endif
