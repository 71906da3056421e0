/* See axes.h. */
#include "core/method/axes.h"

bool dive_contradicts(const struct ck_item *item, const struct answer *answer)
{
    if (answer->state != ANSWER_LEVEL || answer->check == NULL)
        return false;
    for (int i = 0; i < item->n_checks; i++)
        if (answer->check[i] == CHECK_NO && item->check[i].level <= answer->level)
            return true;
    return false;
}

int dive_suggested(const struct ck_item *item, const struct answer *answer)
{
    int highest_yes = 0, lowest_no = LEVEL_MAX + 1;
    for (int i = 0; answer->check != NULL && i < item->n_checks; i++) {
        int level = item->check[i].level;
        if (answer->check[i] == CHECK_YES && level > highest_yes)
            highest_yes = level;
        if (answer->check[i] == CHECK_NO && level < lowest_no)
            lowest_no = level;
    }
    return lowest_no <= LEVEL_MAX ? lowest_no - 1 : highest_yes;
}

bool dive_flagged(const struct ck_item *item, const struct answer *answer)
{
    int suggested = dive_suggested(item, answer);
    return answer->state == ANSWER_LEVEL && suggested > 0 && answer->level > suggested;
}

static bool claimed(const struct answer *answer)
{
    return answer->state == ANSWER_LEVEL && answer->level >= CLAIM_LEVEL;
}

static bool proven(const struct ck_item *item, const struct answer *answer)
{
    return (answer->basis == BASIS_EXAMINE || answer->basis == BASIS_TEST) && !dive_contradicts(item, answer);
}

bool axes_verify(const struct ck_item *item, const struct answer *answer)
{
    return claimed(answer) && !proven(item, answer);
}

void axes_compute(struct axes *out, const struct checklist *ck, const struct round *round)
{
    *out = (struct axes){0};
    for (int i = 0; i < ck->n_items; i++) {
        const struct answer *x = &round->answer[i];
        if (x->state == ANSWER_NA)
            continue;
        long long weight = ck->item[i].weight;
        out->accountability.den += weight;
        out->accountability.num += claimed(x) ? 100 * weight : 0;
        out->effectiveness.num += claimed(x) && proven(&ck->item[i], x) ? 100 * weight : 0;
        out->n_verify += axes_verify(&ck->item[i], x);
    }
    out->effectiveness.den = out->accountability.den;
    out->paper = out->accountability.num - out->effectiveness.num >= PAPER_WARNING_POINTS * out->accountability.den &&
                 out->accountability.den > 0;
}
