/* See plan.h. The program is plan_model.c's, the solver ip.c's, the order order.c's. */
#include "core/method/plan.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/method/order.h"
#include "core/method/plan_model.h"

enum { TIME_LIMIT_MS = 5000 };

struct work {
    struct plan_result *out;
    struct plan_model m;
    struct ip_watch watch;
    bool *x;
    bool has_x;
};

static void watch_init(struct ip_watch *w, const struct plan_request *request)
{
    int ms = request->time_limit_ms > 0 ? request->time_limit_ms : TIME_LIMIT_MS;
    *w = (struct ip_watch){.cancelled = request->cancelled, .cookie = request->cookie};
    clock_gettime(CLOCK_MONOTONIC, &w->deadline);
    w->deadline.tv_sec += ms / 1000;
    w->deadline.tv_nsec += ms % 1000 * 1000000L;
    if (w->deadline.tv_nsec >= 1000000000L) {
        w->deadline.tv_sec++;
        w->deadline.tv_nsec -= 1000000000L;
    }
}

/* ---- Out of reach, and why ---- */

static bool reaches(const struct plan_model *m, const int top[ITEMS_MAX], struct grade_result *r)
{
    model_grade(r, m, top);
    return r->overall.grade != GRADE_NONE && r->overall.grade <= m->request->target;
}

/* An item whose bars alone stand in the way; else the first with a bar. */
static int barred_item(const struct plan_model *m)
{
    size_t n = (size_t)m->ck->n_items * (LEVEL_MAX - 1);
    enum plan_wish *wish = xmalloc((n + 1) * sizeof *wish);
    int top[ITEMS_MAX], first = -1, found = -1;
    struct grade_result r;
    for (int i = 0; found < 0 && i < m->ck->n_items; i++) {
        bool barred = false;
        memcpy(wish, m->request->wish, n * sizeof *wish);
        for (int k = i * (LEVEL_MAX - 1); k < (i + 1) * (LEVEL_MAX - 1); k++) {
            barred = barred || wish[k] == WISH_BAR;
            wish[k] = WISH_FREE;
        }
        if (!barred)
            continue;
        first = first < 0 ? i : first;
        model_tops(top, m, wish);
        found = reaches(m, top, &r) ? i : -1;
    }
    free(wish);
    return found >= 0 ? found : first;
}

/* r: the grade with all that can be done. */
static void explain_grade(struct plan_result *out, const struct plan_model *m, const struct grade_result *r)
{
    out->why = PLAN_WHY_SCORE;
    out->why_index = -1;
    if (r->overall.by_score == GRADE_NONE || r->overall.by_score > m->request->target)
        return;
    for (int k = r->n_caps - 1; k >= 0; k--) {
        const struct cap *cap = &r->cap[k];
        if (cap->max_grade <= m->request->target)
            continue;
        bool key = cap->kind == CAP_KEY_ITEM;
        out->why = key ? PLAN_WHY_KEY_ITEM : PLAN_WHY_SECTION;
        out->why_index = key ? cap->item : cap->section;
    }
}

/* True when the target cannot be reached by any set of steps. */
static bool out_of_reach(struct work *w)
{
    struct plan_model *m = &w->m;
    struct plan_result *out = w->out;
    struct grade_result r;
    int top[ITEMS_MAX];
    if (out->before.overall.applicable == 0) {
        out->why = PLAN_WHY_NO_ITEMS;
        out->why_index = -1;
        return true;
    }
    if (m->must_item >= 0) {
        out->why = PLAN_WHY_WISHES;
        out->why_index = m->must_item;
        return true;
    }
    if (m->request->target == GRADE_NONE || reaches(m, m->top, &r))
        return false;
    if (m->request->wish != NULL) {
        model_tops(top, m, NULL);
        if (reaches(m, top, &r)) {
            out->why = PLAN_WHY_WISHES;
            out->why_index = barred_item(m);
            return true;
        }
    }
    explain_grade(out, m, &r);
    return true;
}

/* ---- What is lacking ---- */

static long long lacking(struct work *w, enum measure what, unsigned limits)
{
    struct plan_model *m = &w->m;
    struct ip_watch watch = w->watch;
    bool *x = xcalloc((size_t)m->ip.n + 1, sizeof *x);
    ip_drop_rows(&m->ip, 0);
    model_add_limits(m, limits & ~(1u << what));
    if (m->request->target != GRADE_NONE)
        model_add_target(m, &w->out->before);
    model_fill(m->coef, m, what);
    long long least = 0;
    enum ip_status status = ip_solve(x, false, &m->ip, m->coef, false, &watch);
    if (status == IP_PROVEN || status == IP_FOUND)
        least = model_base_amount(m, what) + ip_value(m->coef, x, m->ip.n) - m->limit[what];
    free(x);
    return least > 0 ? least : 0;
}

/* Each limit alone, the others free; where that says nothing (they do together what none does alone), the others kept. */
static void find_lacking(struct work *w)
{
    long long missing[N_LIMITS] = {0};
    bool any = false;
    for (unsigned limits = 0; !any && limits <= 7; limits += 7)
        for (int k = 0; k < N_LIMITS; k++) {
            if (w->m.limit[k] < 0)
                continue;
            missing[k] = lacking(w, (enum measure)k, limits);
            any = any || missing[k] > 0;
        }
    w->out->missing_budget = missing[OF_BUDGET];
    w->out->missing_days_tenths = (long)missing[OF_DAYS];
    w->out->missing_stops = (int)missing[OF_STOPS];
}

/* ---- One goal after the other ---- */

/* True when the next goal can be gone for: this one is proven, and held from here on. */
static bool pursue(struct work *w, enum measure what)
{
    struct plan_model *m = &w->m;
    bool maximise = what == OF_SCORE;
    model_fill(m->coef, m, what);
    enum ip_status status = ip_solve(w->x, w->has_x, &m->ip, m->coef, maximise, &w->watch);
    w->out->gap_percent = w->watch.gap_percent;
    switch (status) {
    case IP_PROVEN:
        w->has_x = true;
        w->out->status = PLAN_OPTIMAL;
        w->out->gap_percent = 0;
        ip_add_row(&m->ip, m->coef, maximise ? IP_AT_LEAST : IP_AT_MOST, ip_value(m->coef, w->x, m->ip.n));
        return true;
    case IP_FOUND:
        w->has_x = true;
        w->out->status = PLAN_BEST_FOUND;
        return false;
    case IP_NONE:
        w->out->status = PLAN_OVER_LIMITS;
        return false;
    case IP_CANCELLED:
        w->out->status = PLAN_CANCELLED;
        return false;
    case IP_NO_SOLVER:
        w->out->status = PLAN_NO_SOLVER;
        return false;
    case IP_LOST:
    case IP_FAILED:
        break;
    }
    w->out->status = w->has_x ? PLAN_BEST_FOUND : PLAN_FAILED;
    return false;
}

static void solve(struct work *w)
{
    struct plan_model *m = &w->m;
    model_build(m);
    model_add_limits(m, 7);
    if (m->request->target != GRADE_NONE)
        model_add_target(m, &w->out->before);
    w->x = xcalloc((size_t)m->ip.n + 1, sizeof *w->x);
    w->has_x = model_start(w->x, m);
    if (m->request->target == GRADE_NONE && !pursue(w, OF_SCORE))
        ;
    else if (pursue(w, OF_TOTAL))
        pursue(w, OF_STEPS);
    if (w->out->status == PLAN_OVER_LIMITS)
        find_lacking(w);
}

/* ---- The result ---- */

static void add_steps(struct order_step *step, size_t *n, const struct work *w, const int level[ITEMS_MAX])
{
    const struct plan_model *m = &w->m;
    for (int i = 0; i < m->ck->n_items; i++)
        for (int to = m->level[i] + 1; to <= level[i]; to++)
            order_step_fill(&step[(*n)++], m->a, i, to, m->day_rate);
}

/* Into the order of order.c, wave by wave: a step needs nothing of a later wave. */
static void take_steps(struct work *w, const int level[ITEMS_MAX])
{
    struct plan_result *out = w->out;
    size_t n = 0, at = 0;
    int now[ITEMS_MAX];
    struct order_step *step = xcalloc((size_t)w->m.ck->n_items * (LEVEL_MAX - 1) + 1, sizeof *step);
    add_steps(step, &n, w, level);
    memcpy(now, w->m.level, sizeof now);
    order_steps(step, n, w->m.a, now);
    out->step = xcalloc(n + 1, sizeof *out->step);
    for (enum wave wave = WAVE_NOW; wave < WAVE_COUNT; wave++)
        for (size_t i = 0; i < n; i++) {
            const struct order_step *s = &step[i];
            if (s->wave == wave)
                out->step[at++] = (struct plan_step){.item = s->item,
                                                     .to = s->to,
                                                     .cost = s->cost,
                                                     .wave = s->wave,
                                                     .lead = w->m.ck->item[s->item].step[s->to - 2].lead};
        }
    out->n = at;
    free(step);
}

static void add_up(struct plan_result *out, long long day_rate)
{
    for (size_t i = 0; i < out->n; i++) {
        const struct step_cost *c = &out->step[i].cost;
        out->cost_jpy += c->cost_jpy;
        out->run_jpy += c->run_jpy;
        out->effort_tenths += c->effort_tenths;
        out->stops += c->stops;
    }
    out->total_cost = out->cost_jpy + (out->effort_tenths * day_rate + 5) / 10;
}

/* Says again, of the plan as it is given out and by the grades themselves, that it keeps what was asked. */
static bool kept(const struct work *w)
{
    const struct plan_result *out = w->out;
    const struct plan_model *m = &w->m;
    bool target = m->request->target == GRADE_NONE ||
                  (out->after.overall.grade != GRADE_NONE && out->after.overall.grade <= m->request->target);
    return target && (m->limit[OF_BUDGET] < 0 || out->cost_jpy <= m->limit[OF_BUDGET]) &&
           (m->limit[OF_DAYS] < 0 || out->effort_tenths <= m->limit[OF_DAYS]) &&
           (m->limit[OF_STOPS] < 0 || out->stops <= m->limit[OF_STOPS]);
}

static void present(struct work *w)
{
    struct plan_result *out = w->out;
    struct plan_model *m = &w->m;
    int level[ITEMS_MAX];
    memcpy(level, w->has_x ? m->base : m->level, sizeof level);
    for (int v = 0; w->has_x && v < m->ip.n; v++)
        if (w->x[v] && m->step[v].to > level[m->step[v].item])
            level[m->step[v].item] = m->step[v].to;
    take_steps(w, level);
    add_up(out, m->day_rate);
    for (int i = 0; i < m->ck->n_items; i++)
        out->mark_after[i] = (struct mark){m->now[i].state, m->now[i].state == ANSWER_LEVEL ? level[i] : 0};
    grade_compute(&out->after, m->ck, out->mark_after);
    if (w->has_x && !kept(w))
        out->status = PLAN_FAILED;
}

void plan_solve(struct plan_result *out, const struct assessment *a, const struct plan_request *request, const char *today)
{
    (void)today;
    struct work *w = xcalloc(1, sizeof *w);
    memset(out, 0, sizeof *out);
    w->out = out;
    out->status = PLAN_FAILED;
    watch_init(&w->watch, request);
    model_init(&w->m, a, request);
    for (int i = 0; i < a->checklist->n_items; i++) {
        enum answer_state state = assessment_answer(a, i)->state;
        out->n_open += state == ANSWER_OPEN || state == ANSWER_UNKNOWN;
    }
    grade_compute(&out->before, a->checklist, w->m.now);
    if (out_of_reach(w))
        out->status = PLAN_UNREACHABLE;
    else
        solve(w);
    present(w);
    free(w->x);
    model_release(&w->m);
    free(w);
}

void plan_release(struct plan_result *r)
{
    free(r->step);
    memset(r, 0, sizeof *r);
}
