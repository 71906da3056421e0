/* See merge.h. The result starts as a copy of a; everything of b is brought in by changes, so that the model's own rules hold. */
#include "core/method/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"

/* Ids of b's people as they are called in the result: both files begin with p1. */
struct renames {
    const struct assessment *b;
    char (*id)[FIELD_MAX + 1]; /* by index of b's people */
    int too_long;              /* the first item whose texts have no room together; -1: none */
};

static bool same_person(const struct person *x, const struct person *y)
{
    return strcmp(x->name, y->name) == 0 && strcmp(x->dept, y->dept) == 0;
}

static const struct person *find_same(const struct assessment *a, const struct person *p)
{
    for (size_t i = 0; i < a->n_people; i++)
        if (same_person(&a->person[i], p))
            return &a->person[i];
    return NULL;
}

static void fresh_id(char out[FIELD_MAX + 1], const struct assessment *a, const struct assessment *b)
{
    for (unsigned n = 1;; n++) {
        snprintf(out, FIELD_MAX + 1, "p%u", n);
        if (assessment_person(a, out) == NULL && assessment_person(b, out) == NULL)
            return;
    }
}

static void take_people(struct assessment *out, struct renames *names)
{
    const struct assessment *b = names->b;
    names->id = xcalloc(b->n_people, sizeof *names->id);
    for (size_t i = 0; i < b->n_people; i++) {
        const struct person *p = &b->person[i], *same = find_same(out, p);
        snprintf(names->id[i], sizeof names->id[i], "%s", same != NULL ? same->id : p->id);
        if (same != NULL)
            continue;
        if (assessment_person(out, p->id) != NULL)
            fresh_id(names->id[i], out, b);
        struct change c = {.kind = CHANGE_PERSON, .index = out->n_people, .insert = true};
        person_copy(&c.u.person, p);
        field_set(&c.u.person.id, names->id[i], FIELD_MAX, false);
        assessment_apply(out, &c, NULL);
    }
}

static void rename_in(char **field, const struct renames *names)
{
    for (size_t i = 0; i < names->b->n_people; i++) {
        if (strcmp(*field, names->b->person[i].id) == 0) {
            field_set(field, names->id[i], FIELD_MAX, false);
            return;
        }
    }
}

/* Both texts, unless one already holds the other. */
static void join(struct renames *names, int item, char **into, const char *other)
{
    if (other[0] == '\0' || strstr(*into, other) != NULL)
        return;
    if ((*into)[0] == '\0' || strstr(other, *into) != NULL) {
        field_set(into, other, TEXT_MAX, true);
        return;
    }
    struct buf both = {0};
    buf_addf(&both, "%s\n%s", *into, other);
    if (both.len <= TEXT_MAX)
        field_set(into, buf_str(&both), TEXT_MAX, true);
    else if (names->too_long < 0)
        names->too_long = item;
    buf_release(&both);
}

static bool says_something(const struct answer *x)
{
    return x->state == ANSWER_LEVEL || x->state == ANSWER_NA;
}

static bool conflicting(const struct answer *a, const struct answer *b)
{
    return says_something(a) && says_something(b) && (a->state != b->state || a->level != b->level);
}

static bool b_wins(const struct answer *a, const struct answer *b, enum merge_choice choice)
{
    if (says_something(a) != says_something(b))
        return says_something(b);
    if (!conflicting(a, b)) /* the same: the better founded one; both open: the one that at least asked */
        return says_something(a) ? b->basis > a->basis : b->state > a->state;
    switch (choice) {
    case MERGE_A:
        return false;
    case MERGE_B:
        return true;
    case MERGE_NEWER:
        break;
    }
    return iso_cmp(b->at, a->at) > 0;
}

/* A no outweighs a yes, and either outweighs an open check: what one of them saw missing is missing. */
static void join_checks(struct answer *into, const struct answer *other, int n_checks)
{
    static const int rank[CHECK_RESULT_COUNT] = {[CHECK_OPEN] = 0, [CHECK_UNKNOWN] = 1, [CHECK_YES] = 2, [CHECK_NO] = 3};
    for (int i = 0; other->check != NULL && i < n_checks; i++) {
        if (into->check == NULL)
            into->check = xcalloc((size_t)n_checks, sizeof *into->check);
        if (rank[other->check[i]] > rank[into->check[i]])
            into->check[i] = other->check[i];
    }
}

static void merge_answer(struct assessment *out, size_t round, int item, const struct answer *b, struct renames *names,
                         enum merge_choice choice, bool *took_b)
{
    const struct ck_item *ck_item = &out->checklist->item[item];
    const struct answer *a = &out->round[round].answer[item];
    struct answer theirs;
    answer_copy(&theirs, b, ck_item);
    rename_in(&theirs.by, names);
    rename_in(&theirs.ask, names);
    *took_b = b_wins(a, b, choice);
    struct change c = {.kind = CHANGE_ANSWER, .index = round, .item = item};
    answer_copy(&c.u.answer, *took_b ? &theirs : a, ck_item);
    const struct answer *other = *took_b ? a : &theirs;
    join(names, item, &c.u.answer.note, other->note);
    join(names, item, &c.u.answer.evidence, other->evidence);
    join_checks(&c.u.answer, other, ck_item->n_checks);
    c.u.answer.flag = c.u.answer.flag || other->flag;
    assessment_apply(out, &c, NULL);
    answer_release(&theirs);
}

static size_t find_round(const struct assessment *a, const char *id)
{
    size_t i = 0;
    while (i < a->n_rounds && strcmp(a->round[i].id, id) != 0)
        i++;
    return i;
}

/* A round that a does not have stands before the current one, which both share. */
static void take_whole_round(struct assessment *out, const struct round *theirs, const struct renames *names)
{
    struct change c = {.kind = CHANGE_ROUND, .index = out->n_rounds - 1, .insert = true};
    round_copy(&c.u.round, theirs, out->checklist);
    rename_in(&c.u.round.assessor, names);
    for (int i = 0; i < out->checklist->n_items; i++) {
        rename_in(&c.u.round.answer[i].by, names);
        rename_in(&c.u.round.answer[i].ask, names);
    }
    assessment_apply(out, &c, NULL);
}

static void take_rounds(struct assessment *out, const struct assessment *a, const struct assessment *b, struct renames *names,
                        const enum merge_choice *choices, struct merge_conflict *conflicts, int *n_conflicts)
{
    for (size_t r = 0; r < b->n_rounds; r++) {
        const struct round *theirs = &b->round[r];
        size_t in_a = find_round(a, theirs->id);
        if (in_a == a->n_rounds) {
            take_whole_round(out, theirs, names);
            continue;
        }
        bool current = r == b->n_rounds - 1;
        size_t at = find_round(out, theirs->id);
        for (int i = 0; i < out->checklist->n_items; i++) {
            const struct answer *x = &a->round[in_a].answer[i], *y = &theirs->answer[i];
            bool took_b;
            merge_answer(out, at, i, y, names, current && choices != NULL ? choices[i] : MERGE_NEWER, &took_b);
            if (current && conflicting(x, y))
                conflicts[(*n_conflicts)++] = (struct merge_conflict){
                    i, x, y, assessment_person(a, x->by), assessment_person(b, y->by), took_b};
        }
    }
}

static void take_targets(struct assessment *out, const struct assessment *b)
{
    for (size_t i = 0; i < b->n_targets; i++) {
        if (assessment_target(out, b->target[i].item) != NULL)
            continue;
        struct change c = {.kind = CHANGE_TARGET, .item = b->target[i].item};
        target_copy(&c.u.target, &b->target[i]);
        assessment_apply(out, &c, NULL);
    }
}

/* What has happened to an action there, with the people as they are called in the result. */
static char *renamed_history(const struct action *theirs, const struct renames *names)
{
    struct action copy = {.history = xstrdup("")};
    struct action_event e;
    const char *history = theirs->history;
    while (action_event_next(&e, &history)) {
        copy.status = e.status;
        copy.owner = xstrdup(e.owner);
        rename_in(&copy.owner, names);
        action_log(&copy, e.time);
        free(copy.owner);
    }
    return copy.history;
}

/* Both histories in the order of time; what stands in both, once. */
static char *join_histories(const char *ours, const char *theirs)
{
    struct action both = {.history = xstrdup("")};
    struct action_event x, y;
    bool is_x = action_event_next(&x, &ours), is_y = action_event_next(&y, &theirs);
    while (is_x || is_y) {
        int order = !is_x ? 1 : !is_y ? -1 : iso_cmp(x.time, y.time);
        bool same = is_x && is_y && order == 0 && x.status == y.status && strcmp(x.owner, y.owner) == 0;
        struct action_event *next = order <= 0 ? &x : &y;
        both.status = next->status;
        both.owner = next->owner;
        action_log(&both, next->time);
        if (order > 0 || same)
            is_y = action_event_next(&y, &theirs);
        if (order <= 0)
            is_x = action_event_next(&x, &ours);
    }
    return both.history;
}

static void take_action(struct assessment *out, const struct action *theirs, struct renames *names)
{
    const struct action *ours = assessment_action(out, theirs->item, theirs->to);
    bool take = ours == NULL || iso_cmp(theirs->updated, ours->updated) > 0;
    char *history = renamed_history(theirs, names);
    struct change c = {.kind = CHANGE_ACTION, .item = theirs->item};
    action_copy(&c.u.action, take ? theirs : ours);
    if (take)
        rename_in(&c.u.action.owner, names);
    if (ours != NULL)
        join(names, theirs->item, &c.u.action.note, take ? ours->note : theirs->note);
    free(c.u.action.history);
    c.u.action.history = join_histories(ours != NULL ? ours->history : "", history);
    free(history);
    assessment_apply(out, &c, NULL);
}

enum merge_refusal merge_assessments(struct assessment **out, const struct assessment *a, const struct assessment *b,
                                     const enum merge_choice *choices, struct merge_conflict conflicts[ITEMS_MAX], int *n_conflicts)
{
    *n_conflicts = 0;
    if (strcmp(a->checklist->id, b->checklist->id) != 0 || a->checklist->n_items != b->checklist->n_items)
        return MERGE_OTHER_CHECKLIST;
    if (strcmp(a->site.id, b->site.id) != 0 || strcmp(a->site.company, b->site.company) != 0)
        return MERGE_OTHER_SITE;
    if (strcmp(assessment_round(a)->id, assessment_round(b)->id) != 0)
        return MERGE_OTHER_ROUND;
    struct assessment *merged = assessment_copy(a);
    struct renames names = {.b = b, .too_long = -1};
    take_people(merged, &names);
    take_rounds(merged, a, b, &names, choices, conflicts, n_conflicts);
    take_targets(merged, b);
    for (size_t i = 0; i < b->n_actions; i++)
        take_action(merged, &b->action[i], &names);
    if (b->revision > merged->revision)
        merged->revision = b->revision;
    free(names.id);
    if (names.too_long >= 0) {
        assessment_free(merged);
        conflicts[0] = (struct merge_conflict){.item = names.too_long};
        *n_conflicts = 0;
        return MERGE_TOO_LONG;
    }
    *out = merged;
    return MERGE_OK;
}
