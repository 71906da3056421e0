/* See compare.h. */
#include "core/method/compare.h"

#include <stdlib.h>

static enum diff_kind kind_of(const struct answer *a, const struct answer *b)
{
    if (a->state == ANSWER_LEVEL && b->state == ANSWER_LEVEL && a->level != b->level)
        return DIFF_LEVEL;
    if (a->state != b->state)
        return DIFF_STATE;
    bool seen_a = a->basis == BASIS_EXAMINE || a->basis == BASIS_TEST;
    bool seen_b = b->basis == BASIS_EXAMINE || b->basis == BASIS_TEST;
    return a->state == ANSWER_LEVEL && seen_a != seen_b ? DIFF_BASIS : DIFF_SAME;
}

/* Far apart on what weighs much comes first. */
static int size_of(const struct difference *d, const struct checklist *ck)
{
    const struct ck_item *item = &ck->item[d->item];
    return abs(d->distance) * item->weight * (item->key ? 2 : 1);
}

static bool before(const struct difference *x, const struct difference *y, const struct checklist *ck)
{
    if (x->kind != y->kind)
        return x->kind < y->kind;
    return size_of(x, ck) > size_of(y, ck);
}

void compare_rounds(struct difference out[ITEMS_MAX], const struct checklist *ck, const struct round *a, const struct round *b)
{
    /* Insertion keeps the checklist's order among equals, and 32 items want nothing cleverer. */
    for (int i = 0; i < ck->n_items; i++) {
        struct difference d = {.item = i, .a = &a->answer[i], .b = &b->answer[i]};
        d.kind = kind_of(d.a, d.b);
        d.distance = d.kind == DIFF_LEVEL ? d.b->level - d.a->level : 0;
        int at = i;
        while (at > 0 && before(&d, &out[at - 1], ck)) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = d;
    }
}

const char *diff_kind_word(enum diff_kind kind)
{
    static const char *const words[DIFF_KIND_COUNT] = {
        [DIFF_LEVEL] = "level", [DIFF_STATE] = "state", [DIFF_BASIS] = "basis", [DIFF_SAME] = "same"};
    return words[kind];
}
