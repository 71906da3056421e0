/* What many sites say together: which checklist, which grades, which gaps are common. Pure. */
#ifndef CORE_METHOD_ROLLUP_FLEET_H
#define CORE_METHOD_ROLLUP_FLEET_H

#include "core/method/rollup.h"

/* The checklist of the most sites (the first of equals); NULL: there are no sites. The figures
 * below are of one checklist's sites only. */
const struct checklist *rollup_checklist(const struct rollup *r);

/* Sites by grade: grade index, and at n_grades those without one. Returns the number of sites. */
size_t rollup_grades(size_t out[], const struct rollup *r,
                     const struct checklist *ck); /* n_grades + 1 */

struct common_gap {
    int item;
    size_t applicable; /* sites for which the item is not "not applicable" */
    size_t below; /* of these under their target; as in the gap list an open or unknown item counts
                     as level 1 */
    size_t open;  /* of these unanswered or unknown */
    size_t n_levels; /* of these with a level, and what the levels add up to */
    long level_sum;
};
/* All items, those with the most sites below their target first; of equals the heavier, then in
 * order. out: n_items. */
void rollup_common_gaps(struct common_gap out[], const struct rollup *r,
                        const struct checklist *ck);
/* Mean level in tenths, truncated; -1: nobody has one. */
int common_gap_mean(const struct common_gap *g);

const char *ck_fix_word(enum ck_fix fix); /* "hq", "plant" */

#endif
