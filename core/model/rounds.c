/* See rounds.h. */
#include "core/model/rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool taken(const struct assessment *a, const char *id)
{
    for (size_t i = 0; i < a->n_rounds; i++)
        if (strcmp(a->round[i].id, id) == 0)
            return true;
    return false;
}

bool change_finish_round(struct change *out, const struct assessment *a, const char *now)
{
    const struct round *round = assessment_round(a);
    *out = (struct change){.kind = CHANGE_ROUND, .index = a->n_rounds - 1};
    if (round->finished[0] != '\0')
        return false;
    round_copy(&out->u.round, round, a->checklist);
    field_set(&out->u.round.finished, now, FIELD_MAX, false);
    return true;
}

static void carry(struct answer *x)
{
    x->carried = x->state != ANSWER_OPEN;
    x->flag = false;
    free(x->check);
    x->check = NULL;
}

void change_new_round(struct change *out, const struct assessment *a, const char *now)
{
    char id[24];
    size_t n = a->n_rounds;
    *out = (struct change){.kind = CHANGE_ROUND, .index = a->n_rounds, .insert = true};
    round_copy(&out->u.round, assessment_round(a), a->checklist);
    do {
        snprintf(id, sizeof id, "%zu", ++n);
    } while (taken(a, id));
    field_set(&out->u.round.id, id, FIELD_MAX, false);
    field_set(&out->u.round.started, now, FIELD_MAX, false);
    field_set(&out->u.round.finished, "", FIELD_MAX, false);
    for (int i = 0; i < a->checklist->n_items; i++)
        carry(&out->u.round.answer[i]);
}
