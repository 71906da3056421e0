/* core/method/gaps: the list by cases worked out by hand, and its promises on random checklists. */
#include "tests/unit/cm.h"

#include <stdio.h>

#include "tests/unit/fake.h"

#define TODAY "2026-11-20"

static const struct gap *find(const struct gaps *g, int item, int to)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->gap[i].item == item && g->gap[i].to == to)
            return &g->gap[i];
    return NULL;
}

/* "0>2 1>2 ..." */
static const char *order_of(char *out, size_t size, const struct gaps *g)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < g->n && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%d>%d", i > 0 ? " " : "", g->gap[i].item, g->gap[i].to);
    return out;
}

static void estimate__follows_the_size__as_its_scale_says(void **state)
{
    (void)state;
    assert_int_equal(estimate_scaled(1000, SCALE_FIXED, 900, 300), 1000);
    assert_int_equal(estimate_scaled(1000, SCALE_LINEAR, 900, 300), 3000);
    assert_int_equal(estimate_scaled(1000, SCALE_HALF, 900, 300), 2000);
    assert_int_equal(estimate_scaled(1000, SCALE_LINEAR, 0, 300), 1000);
    assert_int_equal(estimate_scaled(1000, SCALE_LINEAR, 100, 300), 333);
    assert_int_equal(estimate_scaled(1000, SCALE_LINEAR, 200, 300), 667);
    assert_int_equal(estimate_scaled(5, SCALE_LINEAR, 1, 300), 1);
    assert_int_equal(estimate_scaled(0, SCALE_LINEAR, 900, 300), 0);
    assert_int_equal(estimate_scaled(999999999999, SCALE_LINEAR, 9999999, 1), 999999999999);
}

static void own_figures__stand__where_the_file_has_them(void **state)
{
    (void)state;
    struct fake f;
    struct step_cost c;
    fake_init(&f, 1, (int[]){1}, (int[]){30});
    fake_cost(&f, 0, 2, 50, 10000, 1);
    step_cost(&c, f.a, 0, 2);
    assert_int_equal(c.effort_tenths, 50);
    assert_int_equal(c.stops, 1);
    assert_false(c.own);
    fake_action(&f, 0, 2, ACTION_OPEN, "", 7, -1);
    step_cost(&c, f.a, 0, 2);
    assert_int_equal(c.effort_tenths, 7);
    assert_int_equal(c.cost_jpy, 10000);
    assert_true(c.own);
    fake_release(&f);
}

static void days_between__reads_dates__and_refuses_others(void **state)
{
    (void)state;
    long days = 7;
    assert_true(days_between(&days, "2024-02-28", "2024-03-01"));
    assert_int_equal(days, 2);
    assert_true(days_between(&days, "2026-08-22T23:59:59+09:00", TODAY));
    assert_int_equal(days, 90);
    assert_false(days_between(&days, "", TODAY));
    assert_false(days_between(&days, TODAY, "2026-02-30"));
    assert_int_equal(days, 90);
}

static void item__is_gone__at_its_target(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    char text[200];
    fake_init(&f, 1, (int[]){4}, (int[]){30});
    f.item[1].key = true;
    f.a->site.importance = IMPORTANCE_HIGH; /* key items to 4, others to 3 */
    fake_answers(&f, "334x");
    gaps_compute(&g, f.a, TODAY, 0);
    assert_string_equal(order_of(text, sizeof text, &g), "1>4");
    gaps_release(&g);
    fake_target(&f, 1, 3);
    gaps_compute(&g, f.a, TODAY, 0);
    assert_int_equal(g.n, 0);
    gaps_release(&g);
    fake_answers(&f, "-33x");
    gaps_compute(&g, f.a, TODAY, 0);
    assert_string_equal(order_of(text, sizeof text, &g), "0>2 0>3"); /* open counts as level 1 */
    gaps_release(&g);
    fake_release(&f);
}

static void order__is_ready_first_then_benefit_per_effort__never_before_what_is_needed(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    char text[200];
    fake_init(&f, 1, (int[]){4}, (int[]){30});
    f.a->site.importance = IMPORTANCE_LOW; /* to level 2 */
    for (int i = 0; i < 4; i++)
        fake_target(&f, i, 2);
    f.item[3].weight = 4;
    f.item[3].key = true;
    fake_requires(&f, 3, 2, 0, 2); /* the best is blocked by the worst */
    fake_cost(&f, 0, 2, 100, 0, 0);
    f.item[1].weight = 2;
    f.item[1].risk = 150;
    f.item[2].weight = 3;
    fake_answers(&f, "1111");
    gaps_compute(&g, f.a, TODAY, 0);
    assert_string_equal(order_of(text, sizeof text, &g), "1>2 2>2 0>2 3>2"); /* 1 and 2 are equal: as in the checklist */
    assert_int_equal(g.gap[0].benefit, 2 * 150);
    assert_int_equal(g.gap[0].effort, 10);
    assert_int_equal(g.gap[3].benefit, 4 * 2 * 100);
    assert_true(g.gap[2].ready);
    assert_false(g.gap[3].ready);
    assert_int_equal(g.gap[3].n_blocked_by, 1);
    assert_int_equal(g.gap[3].blocked_by[0].item, 0);
    assert_false(g.gap[3].previous);
    gaps_release(&g);
    fake_cost(&f, 1, 2, 10, 40000, 0); /* a day's rate more: now worse than 2 */
    gaps_compute(&g, f.a, TODAY, 40000);
    assert_string_equal(order_of(text, sizeof text, &g), "2>2 1>2 0>2 3>2");
    assert_int_equal(g.gap[1].effort, 20);
    gaps_release(&g);
    gaps_compute(&g, f.a, TODAY, 400000000); /* a day so dear that the yen are nothing, but not quite */
    assert_string_equal(order_of(text, sizeof text, &g), "2>2 1>2 0>2 3>2");
    gaps_release(&g);
    fake_release(&f);
}

static void target__is_raised__for_what_another_needs(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    fake_init(&f, 1, (int[]){4}, (int[]){30});
    for (int i = 0; i < 4; i++)
        fake_target(&f, i, 1);
    fake_target(&f, 0, 2);
    fake_requires(&f, 0, 2, 1, 3);
    fake_requires(&f, 1, 3, 2, 2);
    fake_requires(&f, 1, 2, 3, 5); /* not applicable: nothing to wait for */
    fake_answers(&f, "111x");
    gaps_compute(&g, f.a, TODAY, 0);
    assert_int_equal(g.n, 4);
    assert_int_equal(find(&g, 0, 2)->needed_by, -1);
    assert_int_equal(find(&g, 1, 2)->needed_by, 0);
    assert_int_equal(find(&g, 1, 3)->needed_by, 0);
    assert_int_equal(find(&g, 2, 2)->needed_by, 1);
    assert_int_equal(find(&g, 1, 2)->target, 3);
    assert_true(find(&g, 1, 2)->ready);
    assert_true(find(&g, 1, 3)->previous);
    gaps_release(&g);
    fake_release(&f);
}

static void waves__follow_money_stops_and_capacity__in_list_order(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    fake_init(&f, 1, (int[]){7}, (int[]){30});
    for (int i = 0; i < 7; i++) {
        fake_target(&f, i, 2);
        f.item[i].weight = 4;
    }
    fake_answers(&f, "1111111");
    fake_cost(&f, 0, 2, 150, 0, 0);  /* now */
    fake_cost(&f, 1, 2, 160, 0, 0);  /* does not fit beside it: next */
    fake_cost(&f, 2, 2, 10, 1, 0);   /* money: next */
    fake_cost(&f, 3, 2, 10, 0, 1);   /* a stop: next */
    fake_cost(&f, 4, 2, 10, 0, 0);   /* needs item 5: later */
    fake_cost(&f, 5, 2, 1001, 0, 0); /* more than five months: later */
    fake_cost(&f, 6, 2, 10, 0, 0);   /* needs item 0: next */
    fake_requires(&f, 4, 2, 5, 2);
    fake_requires(&f, 6, 2, 0, 2);
    gaps_compute(&g, f.a, TODAY, 0);
    static const enum wave want[] = {WAVE_NOW,   WAVE_NEXT,  WAVE_NEXT, WAVE_NEXT,
                                     WAVE_LATER, WAVE_LATER, WAVE_NEXT};
    for (int i = 0; i < 7; i++)
        assert_int_equal(find(&g, i, 2)->wave, want[i]);
    gaps_release(&g);
    f.a->site.employees = 600; /* 30 and 150 days: half of them fixed */
    fake_cost(&f, 0, 2, 300, 0, 0);
    fake_cost(&f, 1, 2, 301, 0, 0);
    gaps_compute(&g, f.a, TODAY, 0);
    assert_int_equal(find(&g, 0, 2)->wave, WAVE_NOW);
    assert_int_equal(find(&g, 1, 2)->wave, WAVE_NEXT);
    assert_int_equal(find(&g, 5, 2)->wave, WAVE_NEXT);
    gaps_release(&g);
    fake_release(&f);
}

static void done_and_dropped__stand_at_the_end__and_done_blocks_nothing(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    char text[200];
    fake_init(&f, 1, (int[]){4}, (int[]){30});
    for (int i = 0; i < 4; i++)
        fake_target(&f, i, 2);
    fake_answers(&f, "1111");
    fake_requires(&f, 3, 2, 0, 2);
    fake_requires(&f, 2, 2, 1, 2);
    f.item[0].weight = f.item[1].weight = 4;
    fake_action(&f, 0, 2, ACTION_DONE, FAKE_NOW, -1, -1);
    fake_action(&f, 1, 2, ACTION_DROPPED, FAKE_NOW, -1, -1);
    gaps_compute(&g, f.a, TODAY, 0);
    assert_string_equal(order_of(text, sizeof text, &g), "3>2 1>2 2>2 0>2");
    assert_true(find(&g, 3, 2)->ready);
    assert_int_equal(find(&g, 3, 2)->wave, WAVE_NOW);
    assert_int_equal(find(&g, 2, 2)->wave, WAVE_LATER);
    assert_int_equal(find(&g, 1, 2)->status, ACTION_DROPPED);
    assert_int_equal(find(&g, 0, 2)->status, ACTION_DONE);
    gaps_release(&g);
    fake_release(&f);
}

static void action__is_stale__ninety_days_after_it_last_moved(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    fake_init(&f, 1, (int[]){6}, (int[]){30});
    for (int i = 0; i < 6; i++)
        fake_target(&f, i, 2);
    fake_answers(&f, "111111");
    fake_action(&f, 0, 2, ACTION_OPEN, "2026-08-22T09:00:00+09:00", -1, -1); /* 90 days */
    fake_action(&f, 1, 2, ACTION_OPEN, "2026-08-23T09:00:00+09:00", -1, -1); /* 89 */
    fake_action(&f, 2, 2, ACTION_DOING, "2025-08-23T09:00:00+09:00", -1, -1);
    fake_action(&f, 3, 2, ACTION_DONE, "2025-08-23T09:00:00+09:00", -1, -1);
    fake_action(&f, 4, 2, ACTION_OPEN, "", -1, -1);
    gaps_compute(&g, f.a, TODAY, 0);
    for (int i = 0; i < 6; i++)
        assert_int_equal(find(&g, i, 2)->stale, i == 0 || i == 2);
    gaps_release(&g);
    fake_release(&f);
}

static void gain__is_what_the_grades_say__for_the_step_alone(void **state)
{
    (void)state;
    struct fake f;
    struct gaps g;
    fake_init(&f, 1, (int[]){3}, (int[]){30});
    f.item[0].key = true;
    fake_answers(&f, "155");
    gaps_compute(&g, f.a, TODAY, 0);
    const struct gap *x = find(&g, 0, 2);
    assert_int_equal(score_tenths(x->gain), 66); /* a third of 20 */
    assert_int_equal(x->grade_after, 1);         /* 80 points, held at B by the key item at 2 */
    assert_int_equal(find(&g, 0, 3)->gain.den, 0);
    assert_int_equal(find(&g, 0, 3)->grade_after, GRADE_NONE);
    gaps_release(&g);
    fake_release(&f);
}

static void verify_and_ask__come_by_weight(void **state)
{
    (void)state;
    struct fake f;
    int out[ITEMS_MAX];
    fake_init(&f, 1, (int[]){5}, (int[]){30});
    for (int i = 0; i < 5; i++)
        f.item[i].weight = 1 + i % 3; /* 1 2 3 1 2 */
    fake_answers(&f, "33?33");
    assessment_round(f.a)->answer[3].basis = BASIS_TEST;
    assert_int_equal(gaps_verify(out, f.a), 3);
    assert_int_equal(out[0], 1);
    assert_int_equal(out[1], 4);
    assert_int_equal(out[2], 0);
    fake_answers(&f, "?\?-x?");
    assert_int_equal(gaps_ask(out, f.a), 3);
    assert_int_equal(out[0], 1);
    assert_int_equal(out[1], 4);
    assert_int_equal(out[2], 0);
    fake_release(&f);
}

/* ---- Promises ---- */

static void check_exactly_the_gaps(const struct fake *f, const struct gaps *g)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct gap *x = &g->gap[i];
        assert_int_equal(x->from, x->to - 1);
        assert_true(x->to > fake_level(f, x->item) && x->to <= x->target);
        assert_ptr_equal(find(g, x->item, x->to), x); /* once */
        assert_true(x->needed_by >= 0 || x->to <= assessment_target_level(f->a, x->item));
    }
    for (int i = 0; i < f->ck.n_items; i++)
        for (int to = fake_level(f, i) + 1; to <= assessment_target_level(f->a, i); to++)
            assert_non_null(find(g, i, to));
}

/* What is needed stands before, in a wave not later; "ready" is what needs nothing in the list. */
static void check_prerequisites(const struct fake *f, const struct gaps *g)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct gap *x = &g->gap[i];
        int unmet = 0;
        for (int k = 0; k <= x->step->n_requires; k++) {
            int item = k < x->step->n_requires ? x->step->requires[k].item : x->item;
            int level = k < x->step->n_requires ? x->step->requires[k].level : x->from;
            if (fake_level(f, item) >= level)
                continue;
            const struct gap *needed = find(g, item, level);
            assert_non_null(needed);
            assert_true(needed < x && needed->wave <= x->wave);
            assert_int_not_equal(x->wave, WAVE_NOW);
            unmet++;
        }
        assert_int_equal(x->ready, unmet == 0);
        assert_int_equal(x->n_blocked_by + x->previous, unmet);
        assert_int_equal(x->gain.den != 0, x->ready);
    }
}

/* No two neighbours stand the wrong way round: of two that could be swapped, the first is ready or as good. */
static void check_ranks(const struct gaps *g)
{
    for (size_t i = 0; i + 1 < g->n; i++) {
        const struct gap *x = &g->gap[i], *y = &g->gap[i + 1];
        bool tied = x->item == y->item;
        for (int k = 0; k < y->step->n_requires; k++)
            tied = tied || y->step->requires[k].item == x->item;
        if (tied)
            continue;
        assert_true(x->ready || !y->ready);
        if (x->ready == y->ready) /* `effort` is rounded to a tenth */
            assert_true((double)x->benefit / ((double)x->effort - 0.5) >= (double)y->benefit / ((double)y->effort + 0.5));
    }
}

static void check_waves(const struct gaps *g)
{
    long used[WAVE_COUNT] = {0};
    for (size_t i = 0; i < g->n; i++) {
        const struct gap *x = &g->gap[i];
        used[x->wave] += x->cost.effort_tenths;
        if (x->wave == WAVE_NOW)
            assert_true(x->ready && x->cost.cost_jpy == 0 && x->cost.run_jpy == 0 && x->cost.stops == 0);
    }
    assert_true(used[WAVE_NOW] <= WAVE_NOW_TENTHS && used[WAVE_NEXT] <= WAVE_NEXT_TENTHS);
}

static void list__keeps_its_promises__on_random_checklists(void **state)
{
    (void)state;
    unsigned dice = 3;
    for (int round = 0; round < 3000; round++) {
        struct fake f;
        struct gaps g;
        fake_random(&f, &dice, 1 + fake_dice(&dice, 12), 50000);
        gaps_compute(&g, f.a, TODAY, 0);
        check_exactly_the_gaps(&f, &g);
        check_prerequisites(&f, &g);
        check_ranks(&g);
        check_waves(&g);
        gaps_release(&g);
        fake_release(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimate__follows_the_size__as_its_scale_says),
        cmocka_unit_test(own_figures__stand__where_the_file_has_them),
        cmocka_unit_test(days_between__reads_dates__and_refuses_others),
        cmocka_unit_test(item__is_gone__at_its_target),
        cmocka_unit_test(order__is_ready_first_then_benefit_per_effort__never_before_what_is_needed),
        cmocka_unit_test(target__is_raised__for_what_another_needs),
        cmocka_unit_test(waves__follow_money_stops_and_capacity__in_list_order),
        cmocka_unit_test(done_and_dropped__stand_at_the_end__and_done_blocks_nothing),
        cmocka_unit_test(action__is_stale__ninety_days_after_it_last_moved),
        cmocka_unit_test(gain__is_what_the_grades_say__for_the_step_alone),
        cmocka_unit_test(verify_and_ask__come_by_weight),
        cmocka_unit_test(list__keeps_its_promises__on_random_checklists),
    };
    return cmocka_run_group_tests_name("gaps", tests, NULL, NULL);
}
