/* Two files of one site and round made one: two people asked different rooms. Pure.
 *
 * Answers: a level or a reasoned "not applicable" is never overwritten by "unanswered" or "unknown"; between two that say
 * something different the newer wins, and it is a conflict, listed and open to a decision. Notes, evidence, people, targets and
 * actions (with what has happened to them) are kept from both. Refused: other site, other checklist, other current round, and texts that are too
 * long together, for nothing is cut. */
#ifndef CORE_METHOD_MERGE_H
#define CORE_METHOD_MERGE_H

#include <stddef.h>

#include "core/model/assessment.h"

enum merge_choice { MERGE_NEWER, MERGE_A, MERGE_B };

struct merge_conflict {
    int item;
    const struct answer *a, *b; /* borrowed from the two inputs */
    const struct person *who_a, *who_b; /* or NULL */
    bool took_b;
};

enum merge_refusal { MERGE_OK, MERGE_OTHER_CHECKLIST, MERGE_OTHER_SITE, MERGE_OTHER_ROUND, MERGE_TOO_LONG };

/* choices: by item, or NULL for MERGE_NEWER throughout. conflicts: room for n_items of the checklist. On a refusal *out stays
 * untouched; MERGE_TOO_LONG: the first conflict has the item. The result has the id, edition and creation of a and the higher revision of both; the caller owns it. */
enum merge_refusal merge_assessments(struct assessment **out, const struct assessment *a, const struct assessment *b,
                                     const enum merge_choice *choices, struct merge_conflict conflicts[ITEMS_MAX], int *n_conflicts);

#endif
