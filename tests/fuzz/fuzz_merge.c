/* Two assessment files, parted by a line "--8<--": compared and merged, either way round. What comes of it can be saved. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/method/compare.h"
#include "core/method/merge.h"
#include "core/model/assessment.h"

static void compare_both(const struct assessment *a, const struct assessment *b)
{
    struct difference d[ITEMS_MAX];
    bool seen[ITEMS_MAX] = {false};
    if (a->checklist != b->checklist)
        return;
    compare_rounds(d, a->checklist, assessment_round(a), assessment_round(b));
    for (int i = 0; i < a->checklist->n_items; i++) {
        HOLD(d[i].item >= 0 && d[i].item < a->checklist->n_items && !seen[d[i].item]);
        seen[d[i].item] = true;
    }
}

/* A level that one of them has is in the result, whoever wins. */
static void hold_answers(const struct assessment *both, const struct assessment *a, const struct assessment *b)
{
    for (int i = 0; i < both->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(both, i), *xa = assessment_answer(a, i), *xb = assessment_answer(b, i);
        bool said = xa->state == ANSWER_LEVEL || xa->state == ANSWER_NA || xb->state == ANSWER_LEVEL || xb->state == ANSWER_NA;
        HOLD(said == (x->state == ANSWER_LEVEL || x->state == ANSWER_NA));
        HOLD(x->level == 0 || x->level == xa->level || x->level == xb->level);
    }
}

static void merge_both(const struct assessment *a, const struct assessment *b, const enum merge_choice *choices)
{
    struct merge_conflict conflict[ITEMS_MAX];
    struct assessment *both = NULL;
    int n = 0;
    if (merge_assessments(&both, a, b, choices, conflict, &n) != MERGE_OK)
        return;
    HOLD(n >= 0 && n <= a->checklist->n_items);
    hold_assessment(both);
    hold_written(both);
    hold_answers(both, a, b);
    assessment_free(both);
}

static struct assessment *read_part(const uint8_t **bytes, size_t *n_bytes)
{
    const uint8_t *part;
    size_t n_part;
    struct assessment *a = NULL;
    if (!next_part(bytes, n_bytes, &part, &n_part) || assessment_read(&a, part, n_part, NULL, NULL, NULL, NULL) != ERR_OK)
        return NULL;
    return a;
}

void fuzz_merge(const uint8_t *bytes, size_t n_bytes)
{
    enum merge_choice choices[ITEMS_MAX];
    for (size_t i = 0; i < ITEMS_MAX; i++)
        choices[i] = (enum merge_choice)((i + n_bytes) % 3);
    struct assessment *a = read_part(&bytes, &n_bytes), *b = a != NULL ? read_part(&bytes, &n_bytes) : NULL;
    if (a != NULL && b == NULL)
        b = assessment_copy(a);
    if (a != NULL) {
        compare_both(a, b);
        merge_both(a, b, NULL);
        merge_both(b, a, choices);
    }
    assessment_free(a);
    assessment_free(b);
}
