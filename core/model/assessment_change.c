/* Changes to an assessment and their inverses: assessment_apply is the only function that alters
 * one. Each kind swaps the record in the assessment with the one in the change, so that the inverse
 * is what is left over. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/model/assessment_priv.h"

#ifndef NDEBUG
/* What a file may hold: the same rules as the reader's, so that nothing is ever saved that does not
 * open again. The assertions below ask. */

static bool text_ok(const char *s, size_t max)
{
    return s != NULL && strlen(s) <= max && text_valid(s, strlen(s));
}

static bool time_ok(const char *s)
{
    return s != NULL && (*s == '\0' || iso_time_valid(s));
}

static bool ref_ok(const struct assessment *a, const char *id)
{
    return id != NULL && (*id == '\0' || assessment_person(a, id) != NULL);
}

static bool blank(const char *s)
{
    return s[strspn(s, " \n")] == '\0';
}

static bool answer_ok(const struct assessment *a, const struct answer *x)
{
    bool level_ok =
        x->state == ANSWER_LEVEL ? x->level >= LEVEL_MIN && x->level <= LEVEL_MAX : x->level == 0;
    return level_ok && text_ok(x->reason, TEXT_MAX) && text_ok(x->note, TEXT_MAX) &&
           text_ok(x->evidence, TEXT_MAX) &&
           (x->state == ANSWER_NA ? !blank(x->reason) : *x->reason == '\0') && time_ok(x->at) &&
           ref_ok(a, x->by) && ref_ok(a, x->ask);
}

static bool site_ok(const struct site *x)
{
    return text_ok(x->id, FIELD_MAX) && text_ok(x->company, FIELD_MAX) &&
           text_ok(x->name, FIELD_MAX) && text_ok(x->country, FIELD_MAX) &&
           text_ok(x->industry, FIELD_MAX) && x->employees >= 0 && x->employees <= 9999999;
}

static bool person_ok(const struct person *x)
{
    return id_valid(x->id) && text_ok(x->name, FIELD_MAX) && text_ok(x->dept, FIELD_MAX) &&
           text_ok(x->role, FIELD_MAX);
}

static bool round_ok(const struct assessment *a, size_t place, const struct round *x)
{
    for (size_t i = 0; i < a->n_rounds; i++)
        if (i != place && strcmp(a->round[i].id, x->id) == 0)
            return false;
    for (int i = 0; i < x->n_answers; i++)
        if (!answer_ok(a, &x->answer[i]))
            return false;
    return id_valid(x->id) && x->n_answers == a->checklist->n_items && ref_ok(a, x->assessor) &&
           time_ok(x->started) && time_ok(x->finished);
}

static bool action_ok(const struct assessment *a, const struct action *x)
{
    const long long most_yen = 999999999999;
    return x->to > LEVEL_MIN && x->to <= LEVEL_MAX && ref_ok(a, x->owner) &&
           (*x->due == '\0' || iso_date_valid(x->due)) && x->effort_tenths >= -1 &&
           x->effort_tenths <= 999999 && x->cost_jpy >= -1 && x->cost_jpy <= most_yen &&
           x->run_jpy >= -1 && x->run_jpy <= most_yen && time_ok(x->updated) &&
           text_ok(x->note, TEXT_MAX) && text_ok(x->history, TEXT_MAX);
}
#endif

/* Each of these moves c's record into a and what was there into back, which is zeroed but for kind,
 * index and item. */

static void apply_answer(struct assessment *a, struct change *c, struct change *back)
{
    assert(c->index < a->n_rounds && c->item >= 0 && c->item < a->checklist->n_items &&
           answer_ok(a, &c->u.answer));
    struct answer *place = &a->round[c->index].answer[c->item];
    back->u.answer = *place;
    *place = c->u.answer;
}

static void apply_site(struct assessment *a, struct change *c, struct change *back)
{
    assert(site_ok(&c->u.site));
    back->u.site = a->site;
    a->site = c->u.site;
}

static void apply_person(struct assessment *a, struct change *c, struct change *back)
{
    const struct person *same = c->remove ? NULL : assessment_person(a, c->u.person.id);
    bool adds = c->insert || c->index == a->n_people;
    assert(c->index < a->n_people || (c->index == a->n_people && !c->remove));
    assert(c->remove || person_ok(&c->u.person));
    assert(same == NULL || (!adds && same == &a->person[c->index]));
    /* Nothing may be left that names somebody who is not there. */
    assert(adds || same != NULL || !assessment_person_used(a, a->person[c->index].id));
    (void)same;
    if (c->remove) {
        back->u.person = a->person[c->index];
        back->insert = true;
        array_close(a->person, &a->n_people, c->index, sizeof *a->person);
        return;
    }
    if (adds) {
        a->person = array_open(a->person, &a->n_people, c->index, sizeof *a->person);
        back->remove = true;
    } else {
        back->u.person = a->person[c->index];
    }
    a->person[c->index] = c->u.person;
}

static void apply_round(struct assessment *a, struct change *c, struct change *back)
{
    bool adds = c->insert || c->index == a->n_rounds;
    assert(c->index < a->n_rounds || (c->index == a->n_rounds && !c->remove));
    assert(c->remove ? a->n_rounds > 1 : round_ok(a, adds ? a->n_rounds : c->index, &c->u.round));
    if (c->remove) {
        back->u.round = a->round[c->index];
        back->insert = true;
        array_close(a->round, &a->n_rounds, c->index, sizeof *a->round);
        return;
    }
    if (adds) {
        a->round = array_open(a->round, &a->n_rounds, c->index, sizeof *a->round);
        back->remove = true;
    } else {
        back->u.round = a->round[c->index];
    }
    a->round[c->index] = c->u.round;
}

static void apply_target(struct assessment *a, struct change *c, struct change *back)
{
    bool found, sets = c->u.target.level != 0;
    assert(c->item >= 0 && c->item < a->checklist->n_items && c->u.target.level >= 0 &&
           c->u.target.level <= LEVEL_MAX);
    assert(!sets || (c->u.target.item == c->item && text_ok(c->u.target.reason, REASON_MAX)));
    size_t at = target_place(a, c->item, &found);
    back->u.target.item = c->item;
    if (found)
        back->u.target = a->target[at];
    if (found && !sets)
        array_close(a->target, &a->n_targets, at, sizeof *a->target);
    else if (!found && sets)
        a->target = array_open(a->target, &a->n_targets, at, sizeof *a->target);
    if (sets)
        a->target[at] = c->u.target;
    else
        target_release(&c->u.target);
}

static void apply_action(struct assessment *a, struct change *c, struct change *back)
{
    bool found;
    assert(c->item >= 0 && c->item < a->checklist->n_items);
    assert(c->remove || (c->u.action.item == c->item && action_ok(a, &c->u.action)));
    size_t at = action_place(a, c->item, c->u.action.to, &found);
    back->remove = !found;
    back->u.action = (struct action){.item = c->item, .to = c->u.action.to};
    if (found)
        back->u.action = a->action[at];
    if (found && c->remove)
        array_close(a->action, &a->n_actions, at, sizeof *a->action);
    else if (!found && !c->remove)
        a->action = array_open(a->action, &a->n_actions, at, sizeof *a->action);
    if (!c->remove)
        a->action[at] = c->u.action;
    else
        action_release(&c->u.action);
}

void assessment_apply(struct assessment *a, struct change *c, struct change *inverse)
{
    struct change back = {.kind = c->kind, .index = c->index, .item = c->item};
    switch (c->kind) {
    case CHANGE_ANSWER:
        apply_answer(a, c, &back);
        break;
    case CHANGE_SITE:
        apply_site(a, c, &back);
        break;
    case CHANGE_PERSON:
        apply_person(a, c, &back);
        break;
    case CHANGE_ROUND:
        apply_round(a, c, &back);
        break;
    case CHANGE_TARGET:
        apply_target(a, c, &back);
        break;
    case CHANGE_ACTION:
        apply_action(a, c, &back);
        break;
    case CHANGE_EDITION:
        assert(c->index < (size_t)a->checklist->n_editions);
        back.index = (size_t)a->edition;
        a->edition = (int)c->index;
        break;
    case CHANGE_KIND_COUNT:
        assert(!"no such change");
        break;
    }
    *c = (struct change){.kind = c->kind, .item = -1};
    if (inverse != NULL)
        *inverse = back;
    else
        change_release(&back);
}

void change_release(struct change *c)
{
    switch (c->kind) {
    case CHANGE_ANSWER:
        answer_release(&c->u.answer);
        break;
    case CHANGE_SITE:
        site_release(&c->u.site);
        break;
    case CHANGE_PERSON:
        person_release(&c->u.person);
        break;
    case CHANGE_ROUND:
        round_release(&c->u.round);
        break;
    case CHANGE_TARGET:
        target_release(&c->u.target);
        break;
    case CHANGE_ACTION:
        action_release(&c->u.action);
        break;
    case CHANGE_EDITION:
    case CHANGE_KIND_COUNT:
        break;
    }
    *c = (struct change){.kind = c->kind, .item = -1};
}

/* The ready-made ones: all begin with a copy of the present answer. */

static struct answer *begin(struct change *out, const struct assessment *a, int item,
                            const char *now)
{
    *out = (struct change){.kind = CHANGE_ANSWER, .index = a->n_rounds - 1, .item = item};
    answer_copy(&out->u.answer, assessment_answer(a, item), &a->checklist->item[item]);
    field_set(&out->u.answer.at, now, FIELD_MAX, false);
    return &out->u.answer;
}

static void set_state(struct answer *x, enum answer_state state, int level)
{
    x->state = state;
    x->level = level;
    x->carried = false;
    if (state != ANSWER_NA)
        field_set(&x->reason, "", TEXT_MAX, true);
    if (state != ANSWER_UNKNOWN)
        field_set(&x->ask, "", FIELD_MAX, false);
    if (state != ANSWER_LEVEL) {
        x->basis = BASIS_NONE;
        x->alternative = false;
    }
}

void change_level(struct change *out, const struct assessment *a, int item, int level,
                  const char *now)
{
    set_state(begin(out, a, item, now), ANSWER_LEVEL, level);
}

void change_unknown(struct change *out, const struct assessment *a, int item, const char *now)
{
    struct answer *x = begin(out, a, item, now);
    set_state(x, ANSWER_UNKNOWN, 0);
    field_set(&x->by, "", FIELD_MAX, false);
}

void change_na(struct change *out, const struct assessment *a, int item, const char *reason,
               const char *now)
{
    struct answer *x = begin(out, a, item, now);
    set_state(x, ANSWER_NA, 0);
    field_set(&x->reason, reason, TEXT_MAX, true);
}

void change_clear(struct change *out, const struct assessment *a, int item, const char *now)
{
    struct answer *x = begin(out, a, item, now);
    set_state(x, ANSWER_OPEN, 0);
    field_set(&x->by, "", FIELD_MAX, false);
}

void change_basis(struct change *out, const struct assessment *a, int item, enum basis basis,
                  const char *now)
{
    struct answer *x = begin(out, a, item, now);
    x->basis = basis;
    x->carried = false;
}

void change_note(struct change *out, const struct assessment *a, int item, const char *note,
                 const char *now)
{
    field_set(&begin(out, a, item, now)->note, note, TEXT_MAX, true);
}

void change_evidence(struct change *out, const struct assessment *a, int item, const char *evidence,
                     const char *now)
{
    struct answer *x = begin(out, a, item, now);
    field_set(&x->evidence, evidence, TEXT_MAX, true);
    x->carried = false;
}

void change_flag(struct change *out, const struct assessment *a, int item, bool flag,
                 const char *now)
{
    begin(out, a, item, now)->flag = flag;
}

void change_alternative(struct change *out, const struct assessment *a, int item, bool alternative,
                        const char *now)
{
    struct answer *x = begin(out, a, item, now);
    x->alternative = alternative;
    x->carried = false;
}

void change_check(struct change *out, const struct assessment *a, int item, int check,
                  enum check_result result, const char *now)
{
    struct answer *x = begin(out, a, item, now);
    int n_checks = a->checklist->item[item].n_checks;
    assert(check >= 0 && check < n_checks);
    if (x->check == NULL)
        x->check = xcalloc((size_t)n_checks, sizeof *x->check);
    x->check[check] = result;
    x->carried = false;
}
