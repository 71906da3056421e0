/* Two axes and the deep dive: what is claimed, and what has been seen. Pure.
 *
 * accountability 説明責任 = weighted share of applicable items claimed at level >= 3; effectiveness 実効性 = the same share, counting
 * only items whose basis is examine or test (NIST SP 800-53A) and whose deep-dive checks do not contradict the level. The distance
 * between the two is the paper-security warning 形骸化. */
#ifndef CORE_METHOD_AXES_H
#define CORE_METHOD_AXES_H

#include <stdbool.h>

#include "core/method/grade.h"

enum { CLAIM_LEVEL = 3, PAPER_WARNING_POINTS = 20 };

struct axes {
    struct score accountability, effectiveness; /* 0..100; den 0: no applicable item */
    bool paper;   /* the distance is at least PAPER_WARNING_POINTS */
    int n_verify; /* claimed >= CLAIM_LEVEL on interview alone (or with no basis), or contradicted by a check */
};
void axes_compute(struct axes *out, const struct checklist *ck, const struct round *round);

/* Is this answer to be verified on the floor? */
bool axes_verify(const struct ck_item *item, const struct answer *answer);

/* Level that the answered checks suggest: the highest level with a yes below which no check was answered no; one less than the lowest no
 * when there is a no. 0: no check has been answered yes or no. */
int dive_suggested(const struct ck_item *item, const struct answer *answer);
/* The claimed level is above what the checks suggest: shown, never changed. */
bool dive_flagged(const struct ck_item *item, const struct answer *answer);
/* A check at or below the claimed level was answered no. */
bool dive_contradicts(const struct ck_item *item, const struct answer *answer);

#endif
