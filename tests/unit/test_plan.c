/* core/method/plan: held against trying everything on small random checklists, for all kinds of request; and its manners
 * (cancel, time limit, reasons, many threads). */
#include "tests/unit/cm.h"

#include <pthread.h>
#include <time.h>

#include "core/method/plan.h"
#include "tests/unit/fake.h"

#define TODAY "2026-11-20"

static const struct plan_request FREE = {.budget = -1, .days_tenths = -1, .stops = -1, .target = GRADE_NONE};

/* ---- Trying everything ---- */

struct sums {
    long long yen, tenths, stops, total, steps; /* total in tenths of a yen */
};

struct slow {
    const struct fake *f;
    const struct plan_request *q;
    int level[FAKE_ITEMS], start[FAKE_ITEMS];
    unsigned ignored; /* limits that are not looked at: 1 yen, 2 days, 4 stops */
    bool found, wishes_only;
    struct score score;
    struct sums best, least; /* least of each resource */
};

static struct sums sums_of(const struct slow *s)
{
    struct sums sum = {0};
    for (int i = 0; i < s->f->ck.n_items; i++)
        for (int to = s->start[i] + 1; to <= s->level[i]; to++) {
            struct step_cost c;
            step_cost(&c, s->f->a, i, to);
            sum.yen += c.cost_jpy;
            sum.tenths += c.effort_tenths;
            sum.stops += c.stops;
            sum.steps++;
        }
    sum.total = 10 * sum.yen + sum.tenths * DAY_RATE_DEFAULT;
    return sum;
}

static bool allowed(const struct slow *s)
{
    for (int i = 0; i < s->f->ck.n_items; i++)
        for (int to = s->start[i] + 1; to <= LEVEL_MAX; to++) {
            const struct ck_step *step = &s->f->item[i].step[to - 2];
            enum plan_wish wish = s->q->wish == NULL ? WISH_FREE : s->q->wish[i * FAKE_STEPS + to - 2];
            if (to > s->level[i] && wish == WISH_MUST)
                return false;
            if (to > s->level[i])
                continue;
            if (step->to == 0 || wish == WISH_BAR)
                return false;
            for (int k = 0; k < step->n_requires; k++)
                if (s->level[step->requires[k].item] < step->requires[k].level)
                    return false;
        }
    return true;
}

static void grade_levels(struct grade_result *r, const struct slow *s)
{
    struct mark mark[FAKE_ITEMS];
    for (int i = 0; i < s->f->ck.n_items; i++)
        mark[i] = assessment_answer(s->f->a, i)->state == ANSWER_NA ? (struct mark){ANSWER_NA, 0}
                                                                  : (struct mark){ANSWER_LEVEL, s->level[i]};
    grade_compute(r, &s->f->ck, mark);
}

static bool fits(const struct slow *s, const struct sums *sum)
{
    const struct plan_request *q = s->q;
    return (q->budget < 0 || (s->ignored & 1) != 0 || sum->yen <= q->budget) &&
           (q->days_tenths < 0 || (s->ignored & 2) != 0 || sum->tenths <= q->days_tenths) &&
           (q->stops < 0 || (s->ignored & 4) != 0 || sum->stops <= q->stops);
}

static long long lower(long long a, long long b)
{
    return a < b ? a : b;
}

static void consider(struct slow *s)
{
    struct grade_result r;
    struct sums sum = sums_of(s);
    if (!fits(s, &sum) || !allowed(s))
        return;
    grade_levels(&r, s);
    if (s->q->target != GRADE_NONE && (r.overall.grade == GRADE_NONE || r.overall.grade > s->q->target))
        return;
    int by_score = !s->found || s->q->target != GRADE_NONE ? 0 : score_cmp(r.overall.score, s->score);
    long long by_cost = s->found ? s->best.total - sum.total : 0;
    long long by_steps = s->found ? s->best.steps - sum.steps : 0;
    struct sums low = s->least;
    s->least = s->found ? (struct sums){.yen = lower(low.yen, sum.yen), .tenths = lower(low.tenths, sum.tenths),
                                        .stops = lower(low.stops, sum.stops)}
                        : sum;
    if (!s->found || by_score > 0 || (by_score == 0 && (by_cost > 0 || (by_cost == 0 && by_steps > 0)))) {
        s->score = r.overall.score;
        s->best = sum;
    }
    s->found = true;
}

static void try_all(struct slow *s, int item)
{
    if (item == s->f->ck.n_items) {
        consider(s);
        return;
    }
    for (s->level[item] = s->start[item]; s->level[item] <= LEVEL_MAX; s->level[item]++)
        try_all(s, item + 1);
    s->level[item] = s->start[item];
}

static struct slow slowly(const struct fake *f, const struct plan_request *q, unsigned ignored)
{
    struct slow s = {.f = f, .q = q, .ignored = ignored};
    for (int i = 0; i < f->ck.n_items; i++)
        s.start[i] = s.level[i] = fake_level(f, i);
    try_all(&s, 0);
    return s;
}

/* ---- What holds of every answer ---- */

/* Steps in an order in which each finds what it needs, wave by wave, and their sums as told. */
static void check_steps(const struct fake *f, const struct plan_result *p)
{
    struct slow s = {.f = f};
    struct sums sum = {0};
    for (int i = 0; i < f->ck.n_items; i++)
        s.level[i] = s.start[i] = fake_level(f, i);
    for (size_t k = 0; k < p->n; k++) {
        const struct plan_step *x = &p->step[k];
        const struct ck_step *step = &f->item[x->item].step[x->to - 2];
        assert_int_equal(step->to, x->to);
        assert_int_equal(s.level[x->item], x->to - 1);
        for (int r = 0; r < step->n_requires; r++)
            assert_true(s.level[step->requires[r].item] >= step->requires[r].level);
        assert_true(k == 0 || p->step[k - 1].wave <= x->wave);
        s.level[x->item] = x->to;
    }
    sum = sums_of(&s);
    assert_int_equal(sum.yen, p->cost_jpy);
    assert_int_equal(sum.tenths, p->effort_tenths);
    assert_int_equal(sum.stops, p->stops);
    assert_int_equal(sum.steps, p->n);
    assert_int_equal((sum.total + 5) / 10, p->total_cost);
    struct grade_result r;
    grade_levels(&r, &s);
    assert_int_equal(r.overall.grade, p->after.overall.grade);
    if (r.overall.score.den != 0)
        assert_int_equal(score_cmp(r.overall.score, p->after.overall.score), 0);
}

static void check_missing(const struct fake *f, const struct plan_request *q, const struct plan_result *p)
{
    struct slow s = slowly(f, q, 7);
    assert_true(s.found);
    long long yen = q->budget < 0 || s.least.yen < q->budget ? 0 : s.least.yen - q->budget;
    long long tenths = q->days_tenths < 0 || s.least.tenths < q->days_tenths ? 0 : s.least.tenths - q->days_tenths;
    long long stops = q->stops < 0 || s.least.stops < q->stops ? 0 : s.least.stops - q->stops;
    if (yen + tenths + stops == 0) { /* each limit alone is enough: then each with the others kept */
        struct slow more_yen = slowly(f, q, 1), more_days = slowly(f, q, 2), more_stops = slowly(f, q, 4);
        yen = q->budget >= 0 && more_yen.found ? more_yen.least.yen - q->budget : 0;
        tenths = q->days_tenths >= 0 && more_days.found ? more_days.least.tenths - q->days_tenths : 0;
        stops = q->stops >= 0 && more_stops.found ? more_stops.least.stops - q->stops : 0;
    }
    assert_int_equal(p->missing_budget, yen);
    assert_int_equal(p->missing_days_tenths, tenths);
    assert_int_equal(p->missing_stops, stops);
}

static void check_reason(const struct fake *f, const struct plan_request *q, const struct plan_result *p)
{
    struct plan_request no_wishes = *q;
    no_wishes.wish = NULL;
    bool without = slowly(f, &no_wishes, 7).found;
    assert_false(slowly(f, q, 7).found);
    assert_int_equal(p->n, 0);
    if (p->why == PLAN_WHY_NO_ITEMS)
        assert_int_equal(p->before.overall.applicable, 0);
    else if (p->why == PLAN_WHY_WISHES)
        assert_true(p->why_index >= 0 && q->wish != NULL);
    else
        assert_false(without);
    assert_int_not_equal(p->why, PLAN_WHY_NONE);
}

/* huge: it may say that it cannot prove; but what it says is so. */
static void check_plan(const struct fake *f, const struct plan_request *q, bool huge)
{
    struct plan_result p;
    plan_solve(&p, f->a, q, TODAY);
    check_steps(f, &p);
    struct slow s = slowly(f, q, 0);
    if (p.status == PLAN_UNREACHABLE) {
        if (p.why != PLAN_WHY_NO_ITEMS)
            check_reason(f, q, &p);
    } else if (!s.found) {
        assert_int_equal(p.status, PLAN_OVER_LIMITS);
        if (!huge)
            check_missing(f, q, &p);
    } else if (huge && p.status == PLAN_BEST_FOUND) {
        assert_true((double)p.total_cost <= 1 + (double)s.best.total / 10 * (1 + 1e-6) || q->target == GRADE_NONE);
    } else {
        assert_int_equal(p.status, PLAN_OPTIMAL);
        if (q->target == GRADE_NONE)
            assert_int_equal(score_cmp(p.after.overall.score, s.score), 0);
        else
            assert_true(p.after.overall.grade <= q->target);
        assert_int_equal(10 * p.cost_jpy + p.effort_tenths * DAY_RATE_DEFAULT, s.best.total);
        assert_int_equal(p.n, s.best.steps);
    }
    plan_release(&p);
}

static struct plan_request random_request(unsigned *dice, enum plan_wish *wish, int n_items, long long yen)
{
    struct plan_request q = FREE;
    int kind = fake_dice(dice, 3);
    if (kind != 0)
        q.target = fake_dice(dice, 4);
    if (kind != 1) {
        q.budget = fake_dice(dice, 3) > 0 ? yen * fake_dice(dice, 16) - fake_dice(dice, 2) : -1;
        q.days_tenths = fake_dice(dice, 3) > 0 ? fake_dice(dice, 200) : -1;
        q.stops = fake_dice(dice, 3) == 0 ? fake_dice(dice, 3) : -1;
        q.budget = q.budget < -1 ? 0 : q.budget;
    }
    if (fake_dice(dice, 3) == 0)
        q.wish = wish;
    for (int k = 0; k < n_items * FAKE_STEPS; k++) {
        int luck = fake_dice(dice, 12);
        wish[k] = luck == 0 ? WISH_BAR : luck == 1 ? WISH_MUST : WISH_FREE;
    }
    return q;
}

static void plans_are_exact(unsigned seed, int rounds, int max_items, long long yen, bool huge)
{
    unsigned dice = seed;
    for (int round = 0; round < rounds; round++) {
        struct fake f;
        enum plan_wish wish[FAKE_ITEMS * FAKE_STEPS];
        int n = 1 + fake_dice(&dice, max_items);
        fake_random(&f, &dice, n, yen);
        struct plan_request q = random_request(&dice, wish, n, yen);
        check_plan(&f, &q, huge);
        fake_release(&f);
    }
}

static void plan__is_what_trying_everything_finds__on_random_checklists(void **state)
{
    (void)state;
    plans_are_exact(1, 2500, 4, 50000, false);
}

static void plan__is_exact_to_the_yen__when_it_costs_thousands_of_millions(void **state)
{
    (void)state;
    plans_are_exact(2, 500, 4, 199999999, false);
}

static void plan__claims_no_proof__when_a_yen_is_below_the_tolerance(void **state)
{
    (void)state;
    plans_are_exact(3, 500, 4, 19999999999, true);
}

/* ---- By hand ---- */

static void plan__takes_what_a_step_needs_with_it__and_stays_within_its_limits(void **state)
{
    (void)state;
    struct fake f;
    struct plan_result p;
    fake_init(&f, 1, (int[]){2}, (int[]){30});
    f.item[1].weight = 4;
    fake_requires(&f, 1, 2, 0, 2);
    fake_answers(&f, "-4");
    fake_answer(&f, 1, '1');
    struct plan_request q = FREE;
    q.days_tenths = 20;
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_OPTIMAL);
    assert_int_equal(p.n, 2);
    assert_int_equal(p.step[0].item, 0);
    assert_int_equal(p.step[1].item, 1);
    assert_int_equal(p.n_open, 1);
    assert_int_equal(p.mark_after[0].level, 2);
    assert_int_equal(score_tenths(p.before.overall.score), 200);
    assert_int_equal(score_tenths(p.after.overall.score), 400);
    plan_release(&p);
    fake_release(&f);
}

static void target__asks_for_key_items_and_sections__beside_the_score(void **state)
{
    (void)state;
    struct fake f;
    struct plan_result p;
    fake_init(&f, 2, (int[]){2, 2}, (int[]){30, 10});
    f.item[0].key = true;
    fake_answers(&f, "1522"); /* 30 * 60 + 10 * 40: 55 */
    f.item[1].weight = 4;     /* 30 * 84 + 10 * 40: 73 */
    struct plan_request q = FREE;
    q.target = 1; /* B: by score it is, but for the key item */
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.before.overall.grade, 2);
    assert_int_equal(p.after.overall.grade, 1);
    assert_int_equal(p.n, 1);
    assert_int_equal(p.step[0].item, 0);
    plan_release(&p);
    q.target = 0; /* A: key item to 3, the second section to B, 80 points */
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.after.overall.grade, 0);
    assert_true(p.mark_after[0].level >= 3);
    assert_true(p.after.section[1].grade <= 1);
    plan_release(&p);
    fake_release(&f);
}

static void reason__is_named__when_no_set_of_steps_does_it(void **state)
{
    (void)state;
    struct fake f;
    struct plan_result p;
    struct plan_request q = FREE;
    q.target = 1;
    fake_init(&f, 2, (int[]){2, 1}, (int[]){30, 10});
    fake_answers(&f, "xxx");
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_UNREACHABLE);
    assert_int_equal(p.why, PLAN_WHY_NO_ITEMS);
    plan_release(&p);

    f.item[1].key = true;
    f.item[1].step[0].to = 0; /* nothing is known to raise it from level 1 */
    fake_answers(&f, "515");
    f.item[0].weight = 4;
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_UNREACHABLE);
    assert_int_equal(p.why, PLAN_WHY_KEY_ITEM);
    assert_int_equal(p.why_index, 1);
    plan_release(&p);

    f.item[1].key = false;
    f.item[2].step[0].to = 0;
    fake_answers(&f, "551");
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.why, PLAN_WHY_SECTION);
    assert_int_equal(p.why_index, 1);
    plan_release(&p);

    f.item[0].step[0].to = f.item[1].step[0].to = 0;
    fake_answers(&f, "111");
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.why, PLAN_WHY_SCORE);
    plan_release(&p);
    fake_release(&f);
}

static void wish__that_stands_in_the_way__is_named(void **state)
{
    (void)state;
    struct fake f;
    struct plan_result p;
    struct plan_request q = FREE;
    enum plan_wish wish[2 * FAKE_STEPS] = {[FAKE_STEPS] = WISH_BAR};
    fake_init(&f, 1, (int[]){2}, (int[]){30});
    f.item[1].key = true;
    fake_answers(&f, "51");
    q.wish = wish;
    q.target = 1;
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_UNREACHABLE);
    assert_int_equal(p.why, PLAN_WHY_WISHES);
    assert_int_equal(p.why_index, 1);
    plan_release(&p);
    q.target = GRADE_NONE;
    wish[FAKE_STEPS + 2] = WISH_MUST; /* above the bar */
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_UNREACHABLE);
    assert_int_equal(p.why, PLAN_WHY_WISHES);
    assert_int_equal(p.why_index, 1);
    plan_release(&p);
    fake_release(&f);
}

static void nothing_to_do__is_an_answer__when_all_is_reached(void **state)
{
    (void)state;
    struct fake f;
    struct plan_result p;
    struct plan_request q = FREE;
    fake_init(&f, 1, (int[]){2}, (int[]){30});
    fake_answers(&f, "55");
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_OPTIMAL);
    assert_int_equal(p.n, 0);
    plan_release(&p);
    q.target = 1;
    fake_answers(&f, "34");
    plan_solve(&p, f.a, &q, TODAY);
    assert_int_equal(p.status, PLAN_OPTIMAL);
    assert_int_equal(p.n, 0);
    assert_int_equal(p.total_cost, 0);
    plan_release(&p);
    fake_release(&f);
}

static void bigger_budget__never_gives_a_lower_score__on_larger_checklists(void **state)
{
    (void)state;
    unsigned dice = 5;
    for (int round = 0; round < 25; round++) {
        struct fake f;
        struct score last = {0, 1};
        struct plan_request q = FREE;
        fake_random(&f, &dice, 16, 50000);
        for (q.budget = 0; q.budget <= 2400000; q.budget += 300000) {
            struct plan_result p;
            plan_solve(&p, f.a, &q, TODAY);
            assert_int_equal(p.status, p.before.overall.applicable == 0 ? PLAN_UNREACHABLE : PLAN_OPTIMAL);
            check_steps(&f, &p);
            assert_true(p.cost_jpy <= q.budget);
            assert_true(score_cmp(p.after.overall.score, last) >= 0);
            last = p.after.overall.score;
            plan_release(&p);
        }
        fake_release(&f);
    }
}

/* ---- Manners ---- */

/* Costs that follow the weights: what is worst for a branch and bound. */
static void hard(struct fake *f)
{
    unsigned dice = 77;
    fake_init(f, 4, (int[]){8, 8, 8, 8}, (int[]){30, 30, 30, 10});
    for (int i = 0; i < 32; i++) {
        f->item[i].weight = 11 + fake_dice(&dice, 30);
        for (int to = 2; to <= LEVEL_MAX; to++)
            fake_cost(f, i, to, 0, 1000003LL * f->item[i].weight + 7, 0);
        fake_answer(f, i, '1');
    }
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void time_limit__is_kept__and_what_was_found_is_sound(void **state)
{
    (void)state;
    static const int limits[] = {1, 100, 300};
    static const int targets[] = {GRADE_NONE, 1};
    struct fake f;
    hard(&f);
    for (int t = 0; t < 2; t++)
        for (int l = 0; l < 3; l++) {
            struct plan_request q = FREE;
            struct plan_result p;
            q.budget = targets[t] == GRADE_NONE ? 1234567891 : -1;
            q.target = targets[t];
            q.time_limit_ms = limits[l];
            double start = seconds();
            plan_solve(&p, f.a, &q, TODAY);
            assert_true(seconds() - start < 1.5 + limits[l] / 1000.0); /* generous: a busy machine */
            assert_true(p.status == PLAN_BEST_FOUND || p.status == PLAN_OPTIMAL);
            assert_true(p.status == PLAN_OPTIMAL ? p.gap_percent == 0 : p.gap_percent <= 100);
            assert_true(limits[l] > 1 || p.status == PLAN_BEST_FOUND);
            assert_true(p.n > 0);
            check_steps(&f, &p);
            assert_true(q.budget < 0 || p.cost_jpy <= q.budget);
            assert_true(q.target < 0 || p.after.overall.grade <= q.target);
            plan_release(&p);
        }
    fake_release(&f);
}

static bool after_some_calls(void *cookie)
{
    int *calls = cookie;
    return --*calls <= 0;
}

static void cancel__stops_the_search__with_what_it_has(void **state)
{
    (void)state;
    struct fake f;
    hard(&f);
    for (int calls = 1; calls < 200; calls += 60) {
        struct plan_request q = FREE;
        struct plan_result p;
        int left = calls;
        q.budget = 1234567891;
        q.cancelled = after_some_calls;
        q.cookie = &left;
        plan_solve(&p, f.a, &q, TODAY);
        assert_int_equal(p.status, PLAN_CANCELLED);
        assert_int_equal(left, 0); /* not asked again */
        check_steps(&f, &p);
        assert_true(p.cost_jpy <= q.budget);
        plan_release(&p);
    }
    fake_release(&f);
}

static void *solve_many(void *arg)
{
    struct fake *f = arg;
    long long sum = 0;
    for (int i = 0; i < 20; i++) {
        struct plan_request q = FREE;
        struct plan_result p;
        q.budget = 100000LL * i;
        plan_solve(&p, f->a, &q, TODAY);
        sum += p.total_cost + (long long)p.n + 1000000000LL * p.status;
        plan_release(&p);
    }
    return (void *)(intptr_t)sum;
}

static void plans__do_not_disturb_each_other__in_threads(void **state)
{
    (void)state;
    unsigned dice = 9;
    struct fake f;
    pthread_t thread[4];
    fake_random(&f, &dice, 14, 50000);
    void *want = solve_many(&f);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, solve_many, &f), 0);
    for (int i = 0; i < 4; i++) {
        void *got;
        pthread_join(thread[i], &got);
        assert_ptr_equal(got, want);
    }
    fake_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plan__takes_what_a_step_needs_with_it__and_stays_within_its_limits),
        cmocka_unit_test(target__asks_for_key_items_and_sections__beside_the_score),
        cmocka_unit_test(reason__is_named__when_no_set_of_steps_does_it),
        cmocka_unit_test(wish__that_stands_in_the_way__is_named),
        cmocka_unit_test(nothing_to_do__is_an_answer__when_all_is_reached),
        cmocka_unit_test(plan__is_what_trying_everything_finds__on_random_checklists),
        cmocka_unit_test(plan__is_exact_to_the_yen__when_it_costs_thousands_of_millions),
        cmocka_unit_test(plan__claims_no_proof__when_a_yen_is_below_the_tolerance),
        cmocka_unit_test(bigger_budget__never_gives_a_lower_score__on_larger_checklists),
        cmocka_unit_test(time_limit__is_kept__and_what_was_found_is_sound),
        cmocka_unit_test(cancel__stops_the_search__with_what_it_has),
        cmocka_unit_test(plans__do_not_disturb_each_other__in_threads),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
