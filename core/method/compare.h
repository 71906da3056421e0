/* Two rounds side by side: site against site, before against after, the plant's own answers against the assessor's. Disagreements
 * first, the heavy ones before the light. Pure. */
#ifndef CORE_METHOD_COMPARE_H
#define CORE_METHOD_COMPARE_H

#include "core/model/assessment.h"

enum diff_kind {
    DIFF_LEVEL, /* both have a level, and not the same */
    DIFF_STATE, /* one has a level or says not applicable, the other says something else */
    DIFF_BASIS, /* the same level, seen on one side and only said on the other */
    DIFF_SAME,
    DIFF_KIND_COUNT
};

struct difference {
    int item;
    enum diff_kind kind;
    int distance;                    /* level of b minus level of a; 0 unless DIFF_LEVEL */
    const struct answer *a, *b;      /* borrowed */
};

/* out: n_items of the checklist; all items are in it. Both rounds belong to ck. */
void compare_rounds(struct difference out[ITEMS_MAX], const struct checklist *ck, const struct round *a, const struct round *b);
const char *diff_kind_word(enum diff_kind kind); /* "level", "state", "basis", "same" */

#endif
