/* See assessment.h: making, copying and looking. */
#include "core/model/assessment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/model/assessment_priv.h"

struct assessment *assessment_new(const struct checklist *ck, int edition, const char *id,
                                  const char *now)
{
    struct assessment *a = xcalloc(1, sizeof *a);
    a->checklist = ck;
    a->edition = edition;
    a->id = field_copy(id);
    a->created = field_copy(now);
    a->modified = field_copy(now);
    a->program = field_copy("");
    site_copy(&a->site, &(struct site){.importance = IMPORTANCE_MEDIUM});
    foreign_copy(&a->foreign, &(struct foreign){0});
    foreign_copy(&a->people_foreign, &(struct foreign){0});
    a->round = xcalloc(1, sizeof *a->round);
    a->n_rounds = 1;
    struct round first = {.kind = ROUND_SELF};
    round_copy(&a->round[0], &first, ck);
    field_set(&a->round[0].id, "1", FIELD_MAX, false);
    field_set(&a->round[0].started, now, FIELD_MAX, false);
    return a;
}

void assessment_free(struct assessment *a)
{
    if (a == NULL)
        return;
    free(a->id);
    free(a->created);
    free(a->modified);
    free(a->program);
    site_release(&a->site);
    for (size_t i = 0; i < a->n_people; i++)
        person_release(&a->person[i]);
    for (size_t i = 0; i < a->n_rounds; i++)
        round_release(&a->round[i]);
    for (size_t i = 0; i < a->n_targets; i++)
        target_release(&a->target[i]);
    for (size_t i = 0; i < a->n_actions; i++)
        action_release(&a->action[i]);
    free(a->person);
    free(a->round);
    free(a->target);
    free(a->action);
    foreign_release(&a->foreign);
    foreign_release(&a->people_foreign);
    free(a);
}

static void copy_lists(struct assessment *out, const struct assessment *from)
{
    out->person = xcalloc(from->n_people, sizeof *out->person);
    for (size_t i = 0; i < from->n_people; i++)
        person_copy(&out->person[i], &from->person[i]);
    out->round = xcalloc(from->n_rounds, sizeof *out->round);
    for (size_t i = 0; i < from->n_rounds; i++)
        round_copy(&out->round[i], &from->round[i], from->checklist);
    out->target = xcalloc(from->n_targets, sizeof *out->target);
    for (size_t i = 0; i < from->n_targets; i++)
        target_copy(&out->target[i], &from->target[i]);
    out->action = xcalloc(from->n_actions, sizeof *out->action);
    for (size_t i = 0; i < from->n_actions; i++)
        action_copy(&out->action[i], &from->action[i]);
}

struct assessment *assessment_copy(const struct assessment *a)
{
    struct assessment *out = xmalloc(sizeof *out);
    *out = *a;
    out->id = field_copy(a->id);
    out->created = field_copy(a->created);
    out->modified = field_copy(a->modified);
    out->program = field_copy(a->program);
    site_copy(&out->site, &a->site);
    foreign_copy(&out->foreign, &a->foreign);
    foreign_copy(&out->people_foreign, &a->people_foreign);
    copy_lists(out, a);
    return out;
}

struct round *assessment_round(const struct assessment *a)
{
    return &a->round[a->n_rounds - 1];
}

const struct answer *assessment_answer(const struct assessment *a, int item)
{
    return &assessment_round(a)->answer[item];
}

const struct person *assessment_person(const struct assessment *a, const char *id)
{
    for (size_t i = 0; i < a->n_people; i++)
        if (strcmp(a->person[i].id, id) == 0)
            return &a->person[i];
    return NULL;
}

bool assessment_person_used(const struct assessment *a, const char *id)
{
    for (size_t i = 0; i < a->n_rounds; i++) {
        const struct round *r = &a->round[i];
        if (strcmp(r->assessor, id) == 0)
            return true;
        for (int item = 0; item < r->n_answers; item++)
            if (strcmp(r->answer[item].by, id) == 0 || strcmp(r->answer[item].ask, id) == 0)
                return true;
    }
    for (size_t i = 0; i < a->n_actions; i++)
        if (strcmp(a->action[i].owner, id) == 0)
            return true;
    return false;
}

void assessment_free_person_id(char out[PERSON_ID_SIZE], const struct assessment *a)
{
    unsigned long n = 0;
    do {
        n++;
        snprintf(out, PERSON_ID_SIZE, "p%lu", n);
    } while (assessment_person(a, out) != NULL);
}

size_t target_place(const struct assessment *a, int item, bool *found)
{
    size_t i = 0;
    while (i < a->n_targets && a->target[i].item < item)
        i++;
    *found = i < a->n_targets && a->target[i].item == item;
    return i;
}

size_t action_place(const struct assessment *a, int item, int to, bool *found)
{
    size_t i = 0;
    while (i < a->n_actions &&
           (a->action[i].item < item || (a->action[i].item == item && a->action[i].to < to)))
        i++;
    *found = i < a->n_actions && a->action[i].item == item && a->action[i].to == to;
    return i;
}

const struct action *assessment_action(const struct assessment *a, int item, int to)
{
    bool found;
    size_t i = action_place(a, item, to, &found);
    return found ? &a->action[i] : NULL;
}

const struct target *assessment_target(const struct assessment *a, int item)
{
    bool found;
    size_t i = target_place(a, item, &found);
    return found ? &a->target[i] : NULL;
}

int assessment_target_level(const struct assessment *a, int item)
{
    const struct target *own = assessment_target(a, item);
    return own != NULL ? own->level : checklist_target(a->checklist, item, (int)a->site.importance);
}

void *array_open(void *array, size_t *n, size_t at, size_t size)
{
    char *p = xreallocarray(array, *n + 1, size);
    memmove(p + (at + 1) * size, p + at * size, (*n - at) * size);
    memset(p + at * size, 0, size);
    *n += 1;
    return p;
}

void array_close(void *array, size_t *n, size_t at, size_t size)
{
    char *p = array;
    *n -= 1;
    memmove(p + at * size, p + (at + 1) * size, (*n - at) * size);
}
