/* See plan_model.h. */
#include "core/method/plan_model.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/method/order.h"

/* ---- What can and what must be taken ---- */

static enum plan_wish wish_of(const enum plan_wish *wish, int item, int to)
{
    return wish == NULL ? WISH_FREE : wish[item * (LEVEL_MAX - 1) + to - 2];
}

static bool within(const struct ck_step *step, const int top[], const struct plan_model *m)
{
    for (int k = 0; k < step->n_requires; k++) {
        const struct ck_requires *r = &step->requires[k];
        if (m->level[r->item] < r->level && top[r->item] < r->level)
            return false;
    }
    return true;
}

void model_tops(int top[ITEMS_MAX], const struct plan_model *m, const enum plan_wish *wish)
{
    const struct checklist *ck = m->ck;
    for (int i = 0; i < ck->n_items; i++) {
        top[i] = m->level[i];
        while (top[i] < LEVEL_MAX && ck->item[i].step[top[i] - 1].to != 0 &&
               wish_of(wish, i, top[i] + 1) != WISH_BAR)
            top[i]++;
    }
    for (bool lowered = true; lowered;) {
        lowered = false;
        for (int i = 0; i < ck->n_items; i++)
            for (int to = m->level[i] + 1; to <= top[i]; to++)
                if (!within(&ck->item[i].step[to - 2], top, m)) {
                    top[i] = to - 1;
                    lowered = true;
                }
    }
}

static void require(struct plan_model *m, int item, int to)
{
    int from = m->base[item];
    if (to <= from)
        return;
    m->base[item] = to;
    if (to > m->top[item])
        m->must_item = m->must_item < 0 ? item : m->must_item;
    for (int l = from + 1; l <= to; l++) {
        const struct ck_step *step = &m->ck->item[item].step[l - 2];
        for (int k = 0; k < step->n_requires; k++)
            require(m, step->requires[k].item, step->requires[k].level);
    }
}

static void require_wishes(struct plan_model *m)
{
    for (int i = 0; i < m->ck->n_items; i++)
        for (int to = m->level[i] + 1; to <= LEVEL_MAX; to++)
            if (wish_of(m->request->wish, i, to) == WISH_MUST)
                require(m, i, to);
}

/* The level at which a key item no longer stands in the way of a grade. */
static int key_level(const struct checklist *ck, int grade)
{
    int level = LEVEL_MIN;
    for (int k = 0; k < ck->n_key_caps; k++)
        if (ck->key_cap[k].max_grade > grade && ck->key_cap[k].level >= level)
            level = ck->key_cap[k].level + 1;
    return level;
}

static void require_keys(struct plan_model *m)
{
    int level = key_level(m->ck, m->request->target);
    for (int i = 0; i < m->ck->n_items; i++)
        if (m->ck->item[i].key && m->now[i].state == ANSWER_LEVEL && level <= m->top[i])
            require(m, i, level);
}

/* ---- Exact scores: everything over the common denominator of the sections ---- */

static long long section_weights(const struct plan_model *m, int section)
{
    const struct ck_section *s = &m->ck->section[section];
    long long sum = 0;
    for (int i = s->first_item; i < s->first_item + s->n_items; i++)
        sum += m->now[i].state == ANSWER_NA ? 0 : m->ck->item[i].weight;
    return sum;
}

static void find_units(struct plan_model *m)
{
    long long common = 1, weights = 0;
    for (int s = 0; s < m->ck->n_sections; s++) {
        long long den = section_weights(m, s);
        if (den == 0)
            continue;
        common = common / score_gcd(common, den) * den;
        weights += m->ck->section[s].weight;
    }
    for (int s = 0; s < m->ck->n_sections; s++) {
        long long den = section_weights(m, s);
        m->unit[s] = den == 0 ? 0 : m->ck->section[s].weight * (common / den);
    }
    m->whole = common * weights;
}

static long long points(const struct plan_model *m, int item, int from, int to)
{
    long long low = from == 0 ? 0 : m->ck->level[from - 1].score;
    return m->ck->item[item].weight * (m->ck->level[to - 1].score - low);
}

/* ---- The model ---- */

static void find_costs(struct plan_model *m)
{
    m->cost = xcalloc((size_t)m->ck->n_items + 1, sizeof *m->cost);
    for (int i = 0; i < m->ck->n_items; i++)
        for (int to = m->level[i] + 1; to <= LEVEL_MAX; to++)
            step_cost(&m->cost[i][to], m->a, i, to);
}

static void find_marks(struct plan_model *m)
{
    grade_marks(m->now, assessment_round(m->a), m->ck->n_items);
    order_levels(m->level, m->a);
    for (int i = 0; i < m->ck->n_items; i++)
        if (m->now[i].state != ANSWER_NA)
            m->now[i] = (struct mark){ANSWER_LEVEL, m->level[i]};
    memcpy(m->base, m->level, sizeof m->base);
}

void model_init(struct plan_model *m, const struct assessment *a, const struct plan_request *request)
{
    memset(m, 0, sizeof *m);
    m->a = a;
    m->ck = a->checklist;
    m->request = request;
    m->day_rate = request->day_rate > 0 ? request->day_rate : DAY_RATE_DEFAULT;
    m->limit[OF_BUDGET] = request->budget;
    m->limit[OF_DAYS] = request->days_tenths;
    m->limit[OF_STOPS] = request->stops;
    m->must_item = -1;
    find_marks(m);
    find_costs(m);
    find_units(m);
    model_tops(m->top, m, request->wish);
    require_wishes(m);
    if (request->target != GRADE_NONE)
        require_keys(m);
}

void model_release(struct plan_model *m)
{
    ip_release(&m->ip);
    free(m->cost);
    free(m->var);
    free(m->step);
    free(m->coef);
    memset(m, 0, sizeof *m);
}

void model_grade(struct grade_result *out, const struct plan_model *m, const int level[ITEMS_MAX])
{
    struct mark marks[ITEMS_MAX];
    memcpy(marks, m->now, sizeof marks);
    for (int i = 0; i < m->ck->n_items; i++)
        if (marks[i].state == ANSWER_LEVEL)
            marks[i].level = level[i];
    grade_compute(out, m->ck, marks);
}

static void add_pairs(struct plan_model *m, int item, int to)
{
    const struct ck_step *step = &m->ck->item[item].step[to - 2];
    int x = m->var[item][to];
    if (m->var[item][to - 1] >= 0)
        ip_add_pair(&m->ip, x, m->var[item][to - 1]);
    for (int k = 0; k < step->n_requires; k++) {
        int needs = m->var[step->requires[k].item][step->requires[k].level];
        if (needs >= 0)
            ip_add_pair(&m->ip, x, needs);
    }
}

void model_build(struct plan_model *m)
{
    size_t n_items = (size_t)m->ck->n_items;
    m->var = xcalloc(n_items + 1, sizeof *m->var);
    m->step = xcalloc(n_items * (LEVEL_MAX - 1) + 1, sizeof *m->step);
    for (int i = 0; i < m->ck->n_items; i++)
        for (int l = 0; l <= LEVEL_MAX; l++) {
            bool open = l > m->base[i] && l <= m->top[i];
            m->var[i][l] = open ? m->ip.n : -1;
            if (open)
                m->step[m->ip.n++] = (struct lift){i, l - 1, l};
        }
    for (int v = 0; v < m->ip.n; v++)
        add_pairs(m, m->step[v].item, m->step[v].to);
    m->coef = xcalloc((size_t)m->ip.n + 1, sizeof *m->coef);
}

static long long amount(const struct plan_model *m, enum measure what, int item, int to)
{
    const struct step_cost *c = &m->cost[item][to];
    switch (what) {
    case OF_BUDGET:
        return c->cost_jpy;
    case OF_DAYS:
        return c->effort_tenths;
    case OF_STOPS:
        return c->stops;
    case OF_TOTAL:
        return 10 * c->cost_jpy + c->effort_tenths * m->day_rate; /* tenths of a yen */
    case OF_SCORE:
        return m->unit[m->ck->item[item].section] * points(m, item, to - 1, to);
    case OF_STEPS:
        return 1;
    }
    return 0;
}

void model_fill(long long *coef, const struct plan_model *m, enum measure what)
{
    for (int v = 0; v < m->ip.n; v++)
        coef[v] = amount(m, what, m->step[v].item, m->step[v].to);
}

long long model_base_amount(const struct plan_model *m, enum measure what)
{
    long long sum = 0;
    for (int i = 0; i < m->ck->n_items; i++)
        for (int to = m->level[i] + 1; to <= m->base[i]; to++)
            sum += amount(m, what, i, to);
    return sum;
}

void model_add_limits(struct plan_model *m, unsigned which)
{
    for (int k = 0; k < N_LIMITS; k++) {
        if (m->limit[k] < 0 || (which & 1u << k) == 0)
            continue;
        model_fill(m->coef, m, (enum measure)k);
        ip_add_row(&m->ip, m->coef, IP_AT_MOST, m->limit[k] - model_base_amount(m, (enum measure)k));
    }
}

static void add_section_row(struct plan_model *m, int section, int min)
{
    long long base = 0;
    const struct ck_section *s = &m->ck->section[section];
    for (int i = s->first_item; i < s->first_item + s->n_items; i++)
        base += m->now[i].state == ANSWER_NA ? 0 : points(m, i, 0, m->base[i]);
    for (int v = 0; v < m->ip.n; v++) {
        const struct lift *step = &m->step[v];
        m->coef[v] = m->ck->item[step->item].section == section ? points(m, step->item, step->from, step->to) : 0;
    }
    ip_add_row(&m->ip, m->coef, IP_AT_LEAST, min * section_weights(m, section) - base);
}

void model_add_target(struct plan_model *m, const struct grade_result *before)
{
    const struct checklist *ck = m->ck;
    int target = m->request->target, last = ck->n_grades - 1;
    if (target < last) {
        long long base = 0;
        for (int i = 0; i < ck->n_items; i++)
            if (m->now[i].state != ANSWER_NA)
                base += m->unit[ck->item[i].section] * points(m, i, 0, m->base[i]);
        model_fill(m->coef, m, OF_SCORE);
        ip_add_row(&m->ip, m->coef, IP_AT_LEAST, ck->grade[target].min * m->whole - base);
    }
    if (ck->balance_letters < 0)
        return;
    int weakest = target + ck->balance_letters;
    for (int s = 0; weakest < last && s < ck->n_sections; s++)
        if (before->section[s].grade != GRADE_NONE)
            add_section_row(m, s, ck->grade[weakest].min);
}

/* ---- An answer to begin with ---- */

static bool missing(const struct plan_model *m, const bool *x, int item, int level)
{
    int v = m->var[item][level];
    return v >= 0 && !x[v];
}

static bool addable(const struct plan_model *m, const bool *x, int v, const long long *used)
{
    const struct lift *s = &m->step[v];
    const struct ck_step *step = &m->ck->item[s->item].step[s->to - 2];
    if (missing(m, x, s->item, s->from))
        return false;
    for (int k = 0; k < step->n_requires; k++)
        if (missing(m, x, step->requires[k].item, step->requires[k].level))
            return false;
    for (size_t r = 0; r < m->ip.n_rows; r++)
        if (m->ip.row[r].sense == IP_AT_MOST && used[r] + m->ip.row[r].coef[v] > m->ip.row[r].bound)
            return false;
    return true;
}

/* Returns how many steps are in `added`, in order. */
static int grow(bool *x, int *added, const struct plan_model *m)
{
    bool maximise = m->request->target == GRADE_NONE;
    long long *used = xcalloc(m->ip.n_rows + 1, sizeof *used);
    int n = 0;
    for (int best = 0; best >= 0 && (maximise || !ip_holds(&m->ip, x));) {
        double best_ratio = -1;
        best = -1;
        for (int v = 0; v < m->ip.n; v++) {
            if (x[v] || !addable(m, x, v, used))
                continue;
            const struct lift *s = &m->step[v];
            double ratio = (double)amount(m, OF_SCORE, s->item, s->to) / (1 + (double)amount(m, OF_TOTAL, s->item, s->to));
            best = ratio > best_ratio ? v : best;
            best_ratio = ratio > best_ratio ? ratio : best_ratio;
        }
        if (best < 0)
            break;
        x[best] = true;
        added[n++] = best;
        for (size_t r = 0; r < m->ip.n_rows; r++)
            used[r] += m->ip.row[r].coef[best];
    }
    free(used);
    return n;
}

bool model_start(bool *x, const struct plan_model *m)
{
    memset(x, 0, (size_t)m->ip.n * sizeof *x);
    int *added = xcalloc((size_t)m->ip.n + 1, sizeof *added);
    int n = grow(x, added, m);
    bool holds = ip_holds(&m->ip, x);
    for (int k = n - 1; holds && m->request->target != GRADE_NONE && k >= 0; k--) {
        x[added[k]] = false;
        x[added[k]] = !ip_holds(&m->ip, x);
    }
    free(added);
    return holds;
}
