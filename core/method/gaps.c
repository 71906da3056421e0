/* See gaps.h. What a step takes is cost.c's; the order and the waves are order.c's. */
#include "core/method/gaps.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/method/axes.h"
#include "core/method/order.h"

__extension__ typedef __int128 wide;

/* ---- Dates ---- */

static bool first_ten(long *days, const char *s)
{
    char date[11] = "";
    strncpy(date, s, sizeof date - 1);
    return days_of_date(days, date);
}

bool days_between(long *out, const char *from, const char *to)
{
    long first, last;
    if (!first_ten(&first, from) || !first_ten(&last, to))
        return false;
    *out = last - first;
    return true;
}

/* ---- Targets, closed over what the steps to them need ---- */

struct needs {
    int level[ITEMS_MAX];                  /* as answered, see order_levels */
    int target[ITEMS_MAX];                 /* after the closure */
    int needed_by[ITEMS_MAX][LEVEL_MAX + 1]; /* item, or -1 */
};

static void raise_target(struct needs *n, int item, int to, int by)
{
    for (int l = n->target[item] + 1; l <= to; l++)
        n->needed_by[item][l] = by;
    n->target[item] = to;
}

/* Targets of what the steps of one item need; true when one was raised. */
static bool close_item(struct needs *n, const struct checklist *ck, int item)
{
    bool raised = false;
    for (int to = n->level[item] + 1; to <= n->target[item]; to++) {
        const struct ck_step *step = &ck->item[item].step[to - 2];
        for (int k = 0; k < step->n_requires; k++) {
            const struct ck_requires *r = &step->requires[k];
            if (n->level[r->item] >= r->level || n->target[r->item] >= r->level)
                continue;
            raise_target(n, r->item, r->level, item);
            raised = true;
        }
    }
    return raised;
}

static void find_needs(struct needs *n, const struct assessment *a)
{
    const struct checklist *ck = a->checklist;
    order_levels(n->level, a);
    for (int i = 0; i < ck->n_items; i++) {
        n->target[i] = assessment_target_level(a, i);
        for (int l = 0; l <= LEVEL_MAX; l++)
            n->needed_by[i][l] = -1;
    }
    for (bool raised = true; raised;) {
        raised = false;
        for (int i = 0; i < ck->n_items; i++)
            raised = close_item(n, ck, i) || raised;
    }
}

/* ---- The list ---- */

static enum order_class class_of(const struct action *action)
{
    switch (action == NULL ? ACTION_OPEN : action->status) {
    case ACTION_DONE:
        return ORDER_DONE;
    case ACTION_DROPPED:
        return ORDER_DROPPED;
    case ACTION_OPEN:
    case ACTION_DOING:
    case ACTION_STATUS_COUNT:
        break;
    }
    return ORDER_LIVE;
}

static size_t collect(struct order_step **out, const struct needs *n, const struct assessment *a, long long day_rate)
{
    int n_items = a->checklist->n_items;
    struct order_step *step = xreallocarray(NULL, (size_t)n_items * (LEVEL_MAX - 1) + 1, sizeof *step);
    size_t count = 0;
    for (int i = 0; i < n_items; i++)
        for (int to = n->level[i] + 1; to <= n->target[i]; to++) {
            order_step_fill(&step[count], a, i, to, day_rate);
            step[count++].class = class_of(assessment_action(a, i, to));
        }
    *out = step;
    return count;
}

static void find_blocks(struct gap *g, const int level[])
{
    int max = (int)(sizeof g->blocked_by / sizeof g->blocked_by[0]);
    g->previous = level[g->item] < g->from;
    for (int k = 0; k < g->step->n_requires && g->n_blocked_by < max; k++) {
        const struct ck_requires *r = &g->step->requires[k];
        if (level[r->item] < r->level)
            g->blocked_by[g->n_blocked_by++] = *r;
    }
}

static bool is_stale(const struct action *action, const char *today)
{
    long days;
    return action != NULL && (action->status == ACTION_OPEN || action->status == ACTION_DOING) &&
           days_between(&days, action->updated, today) && days >= STALE_DAYS;
}

static struct score difference(struct score a, struct score b)
{
    wide num = (wide)a.num * b.den - (wide)b.num * a.den, den = (wide)a.den * b.den;
    wide x = num, y = den;
    while (x != 0) {
        wide t = y % x;
        y = x;
        x = t;
    }
    y = y < 0 ? -y : y;
    return (struct score){(long long)(num / y), (long long)(den / y)};
}

static void find_gain(struct gap *g, const struct checklist *ck, struct mark *marks)
{
    struct grade_result before, after;
    struct mark keep = marks[g->item];
    marks[g->item].level = g->from;
    grade_compute(&before, ck, marks);
    marks[g->item].level = g->to;
    grade_compute(&after, ck, marks);
    marks[g->item] = keep;
    g->gain = difference(after.overall.score, before.overall.score);
    g->grade_after = after.overall.grade;
}

static void fill_gap(struct gap *g, const struct order_step *s, const struct needs *n, const struct assessment *a,
                     long long day_rate)
{
    *g = (struct gap){.item = s->item,
                      .from = s->to - 1,
                      .to = s->to,
                      .target = n->target[s->item],
                      .needed_by = n->needed_by[s->item][s->to],
                      .step = &a->checklist->item[s->item].step[s->to - 2],
                      .ready = s->ready,
                      .cost = s->cost,
                      .wave = s->wave,
                      .action = assessment_action(a, s->item, s->to),
                      .benefit = s->benefit,
                      .effort = (s->effort + day_rate / 2) / day_rate,
                      .grade_after = GRADE_NONE};
    g->status = g->action == NULL ? ACTION_OPEN : g->action->status;
}

/* Every open item at level 1, as the plan counts it. */
static void low_marks(struct mark *marks, const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    grade_marks(marks, round, a->checklist->n_items);
    for (int i = 0; i < a->checklist->n_items; i++)
        if (marks[i].state == ANSWER_OPEN || marks[i].state == ANSWER_UNKNOWN)
            marks[i] = (struct mark){ANSWER_LEVEL, LEVEL_MIN};
}

void gaps_compute(struct gaps *out, const struct assessment *a, const char *today, long long day_rate)
{
    struct needs *needs = xmalloc(sizeof *needs);
    struct mark marks[ITEMS_MAX];
    struct order_step *step;
    day_rate = day_rate > 0 ? day_rate : DAY_RATE_DEFAULT;
    find_needs(needs, a);
    size_t n = collect(&step, needs, a, day_rate);
    order_steps(step, n, a, needs->level);
    low_marks(marks, a);
    *out = (struct gaps){.gap = xcalloc(n + 1, sizeof *out->gap), .n = n};
    for (size_t i = 0; i < n; i++) {
        struct gap *g = &out->gap[i];
        fill_gap(g, &step[i], needs, a, day_rate);
        find_blocks(g, needs->level);
        g->stale = is_stale(g->action, today);
        if (g->ready)
            find_gain(g, a->checklist, marks);
    }
    free(step);
    free(needs);
}

void gaps_release(struct gaps *g)
{
    free(g->gap);
    *g = (struct gaps){0};
}

struct score target_score(const struct assessment *a, int section)
{
    const struct checklist *ck = a->checklist;
    const struct ck_section *s = &ck->section[section];
    struct score t = {0, 0};
    for (int i = s->first_item; i < s->first_item + s->n_items; i++) {
        if (assessment_answer(a, i)->state == ANSWER_NA)
            continue;
        t.num += (long long)ck->item[i].weight * ck->level[assessment_target_level(a, i) - 1].score;
        t.den += ck->item[i].weight;
    }
    return t;
}

/* ---- What is not about climbing ---- */

static void insert_by_weight(int out[], int n, int item, const struct checklist *ck)
{
    while (n > 0 && ck->item[out[n - 1]].weight < ck->item[item].weight) {
        out[n] = out[n - 1];
        n--;
    }
    out[n] = item;
}

int gaps_verify(int out[ITEMS_MAX], const struct assessment *a)
{
    int n = 0;
    for (int i = 0; i < a->checklist->n_items; i++)
        if (axes_verify(&a->checklist->item[i], assessment_answer(a, i)))
            insert_by_weight(out, n++, i, a->checklist);
    return n;
}

int gaps_ask(int out[ITEMS_MAX], const struct assessment *a)
{
    int n = 0;
    for (int i = 0; i < a->checklist->n_items; i++)
        if (assessment_answer(a, i)->state == ANSWER_UNKNOWN)
            insert_by_weight(out, n++, i, a->checklist);
    return n;
}
