/* See order.h. */
#include "core/method/order.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

/* Benefit of one step times effort of another. */
__extension__ typedef __int128 wide;

void order_levels(int level[], const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    for (int i = 0; i < a->checklist->n_items; i++) {
        switch (round->answer[i].state) {
        case ANSWER_LEVEL:
            level[i] = round->answer[i].level;
            break;
        case ANSWER_NA:
            level[i] = LEVEL_MAX;
            break;
        case ANSWER_OPEN:
        case ANSWER_UNKNOWN:
        case ANSWER_STATE_COUNT:
            level[i] = LEVEL_MIN;
            break;
        }
    }
}

void order_step_fill(struct order_step *out, const struct assessment *a, int item, int to, long long day_rate)
{
    const struct ck_item *x = &a->checklist->item[item];
    *out = (struct order_step){.item = item, .to = to};
    step_cost(&out->cost, a, item, to);
    out->benefit = (long long)x->weight * (x->key ? 2 : 1) * x->risk * (3 - (int)a->site.importance);
    out->effort = out->cost.effort_tenths * day_rate + 10 * (out->cost.cost_jpy + out->cost.run_jpy);
    if (out->effort < 5 * day_rate)
        out->effort = 5 * day_rate; /* half a day */
}

static int cmp_steps(const void *left, const void *right)
{
    const struct order_step *a = left, *b = right;
    if (a->class != b->class)
        return a->class < b->class ? -1 : 1;
    if (a->ready != b->ready)
        return a->ready ? -1 : 1;
    wide x = (wide)a->benefit * b->effort, y = (wide)b->benefit * a->effort;
    if (x != y)
        return x > y ? -1 : 1;
    return a->item != b->item ? a->item - b->item : a->to - b->to;
}

static bool reached(const struct order_step *s, const struct checklist *ck, const int level[])
{
    const struct ck_step *step = &ck->item[s->item].step[s->to - 2];
    if (level[s->item] < s->to - 1)
        return false;
    for (int k = 0; k < step->n_requires; k++)
        if (level[step->requires[k].item] < step->requires[k].level)
            return false;
    return true;
}

typedef bool done_table[LEVEL_MAX + 2]; /* by level; one more, so that it ends in false */

static void climb(int level[], int item, done_table *done)
{
    while (level[item] < LEVEL_MAX && done[item][level[item] + 1])
        level[item]++;
}

/* List scheduling: always the first in the sorted list for which all is there. */
static void schedule(struct order_step *out, const struct order_step *sorted, size_t n, const struct checklist *ck,
                     int level[], done_table *done)
{
    bool *placed = xcalloc(n + 1, sizeof *placed);
    size_t first = 0;
    for (size_t at = 0; at < n; at++) {
        size_t k = first;
        while (k < n && (placed[k] || !reached(&sorted[k], ck, level)))
            k++;
        if (k == n)
            k = first; /* only in a circle, and checklists are held not to have one */
        placed[k] = true;
        while (first < n && placed[first])
            first++;
        out[at] = sorted[k];
        if (level[sorted[k].item] < sorted[k].to)
            level[sorted[k].item] = sorted[k].to;
        climb(level, sorted[k].item, done);
    }
    free(placed);
}

/* The wave before which a step cannot be: that of the last thing that it needs. */
static enum wave earliest(const struct order_step *s, const struct checklist *ck, enum wave (*wave)[LEVEL_MAX + 1])
{
    const struct ck_step *step = &ck->item[s->item].step[s->to - 2];
    enum wave last = wave[s->item][s->to - 1];
    for (int k = 0; k < step->n_requires; k++) {
        enum wave w = wave[step->requires[k].item][step->requires[k].level];
        last = w > last ? w : last;
    }
    return last;
}

static void give_waves(struct order_step *step, size_t n, const struct assessment *a)
{
    const struct checklist *ck = a->checklist;
    /* What is not in the list is reached: WAVE_NOW, which is 0. */
    enum wave(*wave)[LEVEL_MAX + 1] = xcalloc((size_t)ck->n_items, sizeof *wave);
    long long left[WAVE_LATER] = {WAVE_NOW_TENTHS, WAVE_NEXT_TENTHS};
    for (int w = WAVE_NOW; w < WAVE_LATER; w++)
        left[w] = estimate_scaled(left[w], SCALE_HALF, a->site.employees, ck->reference_people);
    for (size_t i = 0; i < n; i++) {
        struct order_step *s = &step[i];
        const struct step_cost *cost = &s->cost;
        bool now = s->ready && cost->cost_jpy == 0 && cost->run_jpy == 0 && cost->stops == 0;
        s->wave = WAVE_LATER;
        if (s->class == ORDER_DONE)
            s->wave = WAVE_NOW;
        else if (s->class == ORDER_LIVE && now && cost->effort_tenths <= left[WAVE_NOW])
            s->wave = WAVE_NOW;
        else if (s->class == ORDER_LIVE && earliest(s, ck, wave) < WAVE_LATER && cost->effort_tenths <= left[WAVE_NEXT])
            s->wave = WAVE_NEXT;
        if (s->class == ORDER_LIVE && s->wave < WAVE_LATER)
            left[s->wave] -= cost->effort_tenths;
        wave[s->item][s->to] = s->wave;
    }
    free(wave);
}

void order_steps(struct order_step *step, size_t n, const struct assessment *a, int level[])
{
    const struct checklist *ck = a->checklist;
    done_table *done = xcalloc((size_t)ck->n_items, sizeof *done);
    for (size_t i = 0; i < n; i++)
        done[step[i].item][step[i].to] = step[i].class == ORDER_DONE;
    for (int i = 0; i < ck->n_items; i++)
        climb(level, i, done);
    for (size_t i = 0; i < n; i++)
        step[i].ready = reached(&step[i], ck, level);
    qsort(step, n, sizeof *step, cmp_steps);
    struct order_step *sorted = xreallocarray(NULL, n + 1, sizeof *sorted);
    if (n > 0)
        memcpy(sorted, step, n * sizeof *sorted);
    int *now = xreallocarray(NULL, (size_t)ck->n_items + 1, sizeof *now);
    memcpy(now, level, (size_t)ck->n_items * sizeof *now);
    schedule(step, sorted, n, ck, now, done);
    give_waves(step, n, a);
    free(now);
    free(sorted);
    free(done);
}
