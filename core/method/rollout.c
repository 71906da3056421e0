/* See rollout.h. */
#include "core/method/rollout.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/method/rollup.h"

static void set_target(struct assessment *a, int item, int level)
{
    struct change c = {.kind = CHANGE_TARGET, .item = item};
    target_copy(&c.u.target, &(struct target){.item = item, .level = level});
    assessment_apply(a, &c, NULL);
    change_release(&c);
}

const struct action *rollout_done(const struct assessment *model, int item, int to)
{
    const struct action *x = assessment_action(model, item, to);
    return x != NULL && x->status == ACTION_DONE ? x : NULL;
}

void rollout_model(struct rollup_mark *out, const struct assessment *model)
{
    for (int i = 0; i < model->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(model, i);
        out[i] = (struct rollup_mark){.state = (unsigned char)x->state, .basis = (unsigned char)x->basis,
                                      .level = (unsigned char)(x->state == ANSWER_LEVEL ? x->level : 0)};
        for (int to = LEVEL_MAX; x->state == ANSWER_LEVEL && to > out[i].level; to--)
            if (rollout_done(model, i, to) != NULL)
                out[i].level = (unsigned char)to;
    }
}

bool rollout_counts(const struct gap *g)
{
    return g->status != ACTION_DONE && g->status != ACTION_DROPPED;
}

static void count(struct rollout_sum *sum, const struct gap *g)
{
    sum->steps++;
    sum->effort_tenths += g->cost.effort_tenths;
    sum->cost_jpy += g->cost.cost_jpy;
    sum->run_jpy += g->cost.run_jpy;
    sum->stops += g->cost.stops;
}

void rollout_add(struct rollout_sum *to, const struct rollout_sum *from)
{
    to->steps += from->steps;
    to->effort_tenths += from->effort_tenths;
    to->cost_jpy += from->cost_jpy;
    to->run_jpy += from->run_jpy;
    to->stops += from->stops;
}

void rollout_compute(struct rollout *out, const struct assessment *site,
                     const struct rollup_mark *model, const char *today, long long day_rate)
{
    *out = (struct rollout){.site = assessment_copy(site)};
    for (int i = 0; i < site->checklist->n_items; i++)
        set_target(out->site, i, model[i].state == ANSWER_LEVEL ? model[i].level : LEVEL_MIN);
    gaps_compute(&out->gaps, out->site, today, day_rate);
    for (size_t i = 0; i < out->gaps.n; i++) {
        const struct gap *g = &out->gaps.gap[i];
        if (!rollout_counts(g))
            continue;
        count(&out->wave[g->wave], g);
        count(&out->all, g);
    }
}

void rollout_release(struct rollout *r)
{
    gaps_release(&r->gaps);
    assessment_free(r->site);
    *r = (struct rollout){0};
}

static void add_action(struct assessment *start, const struct gap *g, rollout_note_fn note,
                       const void *cookie, const char *now)
{
    struct buf text = {0};
    struct change c = {.kind = CHANGE_ACTION, .item = g->item};
    struct action x = {.item = g->item,
                       .to = g->to,
                       .status = ACTION_OPEN,
                       .effort_tenths = -1,
                       .cost_jpy = -1,
                       .run_jpy = -1};
    action_copy(&c.u.action, &x);
    field_set(&c.u.action.updated, now, FIELD_MAX, false);
    note(&text, cookie, g);
    field_set(&c.u.action.note, buf_str(&text), TEXT_MAX, true);
    buf_release(&text);
    assessment_apply(start, &c, NULL);
    change_release(&c);
}

void rollout_start(struct assessment *start, const struct rollout *r, rollout_note_fn note,
                   const void *cookie, const char *now)
{
    const struct round *from = assessment_round(r->site);
    struct change c = {.kind = CHANGE_SITE}, round = {.kind = CHANGE_ROUND, .index = 0};
    site_copy(&c.u.site, &r->site->site);
    assessment_apply(start, &c, NULL);
    change_release(&c);
    round_copy(&round.u.round, &start->round[0], start->checklist);
    field_set(&round.u.round.id, from->id, FIELD_MAX, false);
    field_set(&round.u.round.started, from->started, FIELD_MAX, false);
    round.u.round.kind = from->kind;
    assessment_apply(start, &round, NULL);
    change_release(&round);
    for (size_t i = 0; i < r->gaps.n; i++)
        if (r->gaps.gap[i].action ==
            NULL) /* what the site has taken on already stays as it is there */
            add_action(start, &r->gaps.gap[i], note, cookie, now);
}
