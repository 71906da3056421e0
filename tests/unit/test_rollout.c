/* From many sites: what they lack together, what brings one to the level of another, where they
 * stand among the others. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/xml.h"
#include "core/method/benchmark.h"
#include "core/method/merge.h"
#include "core/method/order.h"
#include "core/method/rollout.h"
#include "core/method/rollup_fleet.h"
#include "tests/bench/fleet.h"

enum { SEED = 11 };
#define TODAY "2026-11-23"
#define NOW   "2026-11-23T09:00:00+09:00"

static const struct checklist *ck(void)
{
    return checklist_builtin(0);
}

/* A roll-up in memory: what collecting would have made of these sites. */
struct fake {
    struct rollup r;
    struct rollup_site site[64];
    struct rollup_mark mark[64][ITEMS_MAX];
    struct rollup_file file[64];
    size_t index[64];
};

static void add(struct fake *f, const struct assessment *a)
{
    size_t n = f->r.n_sites++;
    struct grade_result g;
    grade_assessment(&g, a);
    for (int i = 0; i < ck()->n_items; i++) {
        const struct answer *x = assessment_answer(a, i);
        f->mark[n][i] = (struct rollup_mark){(unsigned char)x->state, (unsigned char)x->level,
                                             (unsigned char)x->basis,
                                             (unsigned char)assessment_target_level(a, i)};
    }
    f->site[n] = (struct rollup_site){.checklist = a->checklist,
                                      .mark = f->mark[n],
                                      .score = (short)score_tenths(g.overall.score),
                                      .grade = (signed char)g.overall.grade};
    for (int s = 0; s < ck()->n_sections; s++) {
        f->site[n].section_score[s] = (short)score_tenths(g.section[s].score);
        f->site[n].section_grade[s] = (signed char)g.section[s].grade;
    }
    f->file[n] = (struct rollup_file){.site = &f->site[n], .taken = n};
    f->index[n] = n;
    f->r.file = f->file;
    f->r.site = f->index;
    f->r.n = f->r.n_sites;
}

static struct fake *fleet(int n)
{
    struct fake *f = xcalloc(1, sizeof *f);
    for (int i = 0; i < n; i++) {
        struct assessment *a = fleet_site(ck(), SEED, i);
        add(f, a);
        assessment_free(a);
    }
    return f;
}

static struct assessment *level_site(int level)
{
    struct assessment *a = assessment_new(ck(), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", NOW);
    for (int i = 0; i < ck()->n_items; i++) {
        struct change c;
        change_level(&c, a, i, level, NOW);
        assessment_apply(a, &c, NULL);
    }
    return a;
}

/* ---- Common gaps ---- */

static void common_gaps__count_sites_below_target__most_first(void **state)
{
    (void)state;
    struct fake *f = fleet(40);
    struct common_gap gap[ITEMS_MAX];
    rollup_common_gaps(gap, &f->r, ck());
    for (int i = 0; i < ck()->n_items; i++) {
        size_t below = 0, applicable = 0, n = 0;
        long sum = 0;
        for (size_t s = 0; s < f->r.n_sites; s++) {
            const struct rollup_mark *m = &f->mark[s][gap[i].item];
            applicable += m->state != ANSWER_NA;
            below += m->state == ANSWER_LEVEL ? m->level < m->target
                                              : m->state != ANSWER_NA && m->target > 1;
            n += m->state == ANSWER_LEVEL;
            sum += m->level;
        }
        assert_int_equal(gap[i].applicable, applicable);
        assert_int_equal(gap[i].below, below);
        assert_int_equal(common_gap_mean(&gap[i]), n > 0 ? (int)(10 * sum / (long)n) : -1);
        if (i > 0)
            assert_true(gap[i - 1].below >= gap[i].below);
    }
    free(f);
}

static void grades__add_up__to_all_sites(void **state)
{
    (void)state;
    struct fake *f = fleet(40);
    size_t n[16], sum = 0;
    assert_int_equal(rollup_grades(n, &f->r, ck()), 40);
    for (int g = 0; g <= ck()->n_grades; g++)
        sum += n[g];
    assert_int_equal(sum, 40);
    assert_ptr_equal(rollup_checklist(&f->r), ck());
    free(f);
}

/* ---- Roll-out ---- */

static void rollout__lifts_every_item__to_the_level_of_the_model(void **state)
{
    (void)state;
    struct fake *f = fleet(20);
    for (int i = 0; i < 20; i++) {
        struct assessment *a = fleet_site(ck(), SEED, i);
        struct rollout r;
        int level[ITEMS_MAX];
        rollout_compute(&r, a, f->mark[(i + 1) % 20], TODAY, 0);
        order_levels(level, a);
        for (size_t k = 0; k < r.gaps.n; k++)
            if (level[r.gaps.gap[k].item] < r.gaps.gap[k].to)
                level[r.gaps.gap[k].item] = r.gaps.gap[k].to;
        for (int k = 0; k < ck()->n_items; k++) {
            const struct rollup_mark *m = &f->mark[(i + 1) % 20][k];
            assert_true(m->state != ANSWER_LEVEL || level[k] >= m->level);
        }
        rollout_release(&r);
        assessment_free(a);
    }
    free(f);
}

static void rollout__never_puts_a_step__before_what_it_needs(void **state)
{
    (void)state;
    struct fake *f = xcalloc(1, sizeof *f);
    struct assessment *low = level_site(1), *high = level_site(5);
    struct rollout r;
    int level[ITEMS_MAX];
    add(f, high);
    rollout_compute(&r, low, f->mark[0], TODAY, 0);
    order_levels(level, low);
    assert_int_equal(r.gaps.n, 4 * ck()->n_items);
    for (size_t k = 0; k < r.gaps.n; k++) {
        const struct gap *g = &r.gaps.gap[k];
        assert_int_equal(level[g->item], g->from);
        for (int q = 0; q < g->step->n_requires; q++)
            assert_true(level[g->step->requires[q].item] >= g->step->requires[q].level);
        level[g->item] = g->to;
    }
    assert_int_equal(r.all.steps, r.gaps.n);
    rollout_release(&r);
    assessment_free(low);
    assessment_free(high);
    free(f);
}

static void rollout__sums_by_wave__are_those_of_the_steps(void **state)
{
    (void)state;
    struct fake *f = fleet(2);
    struct assessment *a = fleet_site(ck(), SEED, 0);
    struct rollout r;
    struct rollout_sum sum = {0};
    long long cost = 0;
    rollout_compute(&r, a, f->mark[1], TODAY, 0);
    for (int w = 0; w < WAVE_COUNT; w++)
        rollout_add(&sum, &r.wave[w]);
    for (size_t k = 0; k < r.gaps.n; k++)
        cost += rollout_counts(&r.gaps.gap[k]) ? r.gaps.gap[k].cost.cost_jpy : 0;
    assert_int_equal(sum.steps, r.all.steps);
    assert_int_equal(sum.cost_jpy, r.all.cost_jpy);
    assert_int_equal(sum.effort_tenths, r.all.effort_tenths);
    assert_int_equal(cost, r.all.cost_jpy);
    rollout_release(&r);
    assessment_free(a);
    free(f);
}

static void plain_note(struct buf *out, const void *cookie, const struct gap *g)
{
    (void)g;
    buf_adds(out, cookie);
}

/* 2-6 stands at 2, and a step to 4 is done that nobody has assessed yet; one to 5 is only begun. */
static void model__has_what_its_done_actions_led_to(void **state)
{
    (void)state;
    struct assessment *a = level_site(2);
    struct rollup_mark mark[ITEMS_MAX];
    static const enum action_status STATUS[] = {[3] = ACTION_DONE, [4] = ACTION_DONE, [5] = ACTION_DOING};
    int item = checklist_item(ck(), "2-6");
    for (int to = 3; to <= 5; to++) {
        struct change c = {.kind = CHANGE_ACTION, .item = item};
        struct action x = {.item = item, .to = to, .status = STATUS[to], .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1};
        action_copy(&c.u.action, &x);
        assessment_apply(a, &c, NULL);
        change_release(&c);
    }
    rollout_model(mark, a);
    for (int i = 0; i < ck()->n_items; i++)
        assert_int_equal(mark[i].level, i == item ? 4 : 2);
    assert_non_null(rollout_done(a, item, 4));
    assert_null(rollout_done(a, item, 5));
    assert_null(rollout_done(a, item, 2));
    assessment_free(a);
}

static void start__carries_actions_and_no_answer__and_merges_into_the_sites_file(void **state)
{
    (void)state;
    struct assessment *a = level_site(2), *high = level_site(4), *merged = NULL;
    struct fake *f = xcalloc(1, sizeof *f);
    struct merge_conflict conflict[ITEMS_MAX];
    struct rollout r;
    int n_conflicts = 0;
    add(f, high);
    rollout_compute(&r, a, f->mark[0], TODAY, 0);
    struct assessment *start = assessment_new(ck(), 0, "1f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", NOW);
    rollout_start(start, &r, plain_note, "from the model plant", NOW);
    assert_int_equal(start->n_actions, r.gaps.n);
    assert_int_equal(start->n_rounds, 1);
    assert_int_equal(start->n_targets, 0);
    for (int i = 0; i < ck()->n_items; i++)
        assert_int_equal(assessment_answer(start, i)->state, ANSWER_OPEN);
    assert_int_equal(merge_assessments(&merged, a, start, NULL, conflict, &n_conflicts), MERGE_OK);
    assert_int_equal(n_conflicts, 0);
    assert_int_equal(merged->n_actions, start->n_actions);
    for (int i = 0; i < ck()->n_items; i++)
        assert_int_equal(assessment_answer(merged, i)->level, 2);
    assessment_free(merged);
    assessment_free(start);
    rollout_release(&r);
    assessment_free(a);
    assessment_free(high);
    free(f);
}

/* ---- Benchmark ---- */

static void quartiles__are_linear_between_values__and_need_five(void **state)
{
    (void)state;
    struct quartiles q;
    int four[] = {1, 2, 3, 4}, five[] = {50, 10, 40, 20, 30}, six[] = {10, 20, 30, 40, 50, 60};
    quartiles_of(&q, four, 4);
    assert_int_equal(q.n, 0);
    quartiles_of(&q, five, 5);
    assert_int_equal(q.low, 20);
    assert_int_equal(q.median, 30);
    assert_int_equal(q.high, 40);
    quartiles_of(&q, six, 6);
    assert_int_equal(q.low, 22); /* 22.5 */
    assert_int_equal(q.median, 35);
    assert_int_equal(q.high, 47);
}

static void benchmark__is_refused__under_five_sites(void **state)
{
    (void)state;
    struct fake *f = fleet(4);
    struct benchmark b;
    assert_false(benchmark_compute(&b, &f->r, ck(), TODAY));
    free(f);
}

/* Not memcmp: the end of a struct holds anything. */
static void expect_same(const struct quartiles *a, const struct quartiles *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(a[i].n, b[i].n);
        assert_int_equal(a[i].low, b[i].low);
        assert_int_equal(a[i].median, b[i].median);
        assert_int_equal(a[i].high, b[i].high);
    }
}

static void benchmark__comes_back_the_same__and_names_nobody(void **state)
{
    (void)state;
    struct fake *f = fleet(40);
    struct benchmark *b = xcalloc(1, sizeof *b), *back = xcalloc(1, sizeof *back);
    struct buf xml = {0};
    assert_true(benchmark_compute(b, &f->r, ck(), TODAY));
    benchmark_write(&xml, b, "monshin");
    assert_int_equal(benchmark_read(NULL, back, xml.p, xml.len, NULL, NULL, NULL), ERR_OK);
    assert_int_equal(back->n_sites, 40);
    expect_same(&b->overall, &back->overall, 1);
    expect_same(b->section, back->section, SECTIONS_MAX);
    expect_same(b->item, back->item, ITEMS_MAX);
    assert_null(strstr(xml.p, "Example"));
    buf_release(&xml);
    free(b);
    free(back);
    free(f);
}

static void benchmark__places_a_value_among_the_others(void **state)
{
    (void)state;
    const struct quartiles q = {9, 374, 560, 824}, none = {0}, equal = {9, 30, 30, 30};
    assert_int_equal(benchmark_place(&q, 373), PLACE_LOWEST);
    assert_int_equal(benchmark_place(&q, 374), PLACE_BELOW);
    assert_int_equal(benchmark_place(&q, 559), PLACE_BELOW);
    assert_int_equal(benchmark_place(&q, 560), PLACE_MEDIAN);
    assert_int_equal(benchmark_place(&q, 561), PLACE_ABOVE);
    assert_int_equal(benchmark_place(&q, 824), PLACE_ABOVE);
    assert_int_equal(benchmark_place(&q, 825), PLACE_HIGHEST);
    assert_int_equal(benchmark_place(&q, -1), PLACE_NONE);
    assert_int_equal(benchmark_place(&none, 500), PLACE_NONE);
    assert_int_equal(benchmark_place(&equal, 30), PLACE_MEDIAN);
    assert_int_equal(benchmark_place(&equal, 20), PLACE_LOWEST);
    assert_int_equal(benchmark_place(&equal, 40), PLACE_HIGHEST);
}

static void benchmark__is_rejected__when_it_is_not_one(void **state)
{
    (void)state;
#define HEAD                                                                                       \
    "<benchmark xmlns='urn:monshin:benchmark:1' checklist='meti-factory' date='2026-11-23' "       \
    "sites='9'>"
    static const struct {
        const char *xml;
        enum err err;
    } cases[] = {
        {"<a/>", ERR_NOT_OURS},
        {"<benchmark xmlns='urn:monshin:benchmark:2'/>", ERR_NEWER},
        {"<benchmark xmlns='urn:monshin:benchmark:1' date='2026-11-23' sites='9'/>",
         ERR_SCHEMA_MISSING},
        {"<benchmark xmlns='urn:monshin:benchmark:1' checklist='x' date='2026-11-23' sites='9'/>",
         ERR_UNKNOWN_CHECKLIST},
        {"<benchmark xmlns='urn:monshin:benchmark:1' checklist='meti-factory' date='2026-11-23' "
         "sites='4'/>",
         ERR_SCHEMA_VALUE},
        {"<benchmark xmlns='urn:monshin:benchmark:1' checklist='meti-factory' date='2026-02-30' "
         "sites='9'/>",
         ERR_SCHEMA_VALUE},
        {HEAD "</benchmark>", ERR_SCHEMA_MISSING},
        {HEAD "<overall n='9' q1='10.0' median='5.0' q3='20.0'/></benchmark>", ERR_MEANING},
        {HEAD "<overall n='9' q1='10.0' median='15.0' q3='100.1'/></benchmark>", ERR_SCHEMA_VALUE},
        {HEAD "<overall n='9' q1='10' median='15.0' q3='20.0'/></benchmark>", ERR_SCHEMA_VALUE},
        {HEAD "<overall n='9' q1='1.0' median='1.0' q3='2.0'/><overall n='9' q1='1.0' median='1.0' "
              "q3='2.0'/></benchmark>",
         ERR_DUPLICATE},
        {HEAD "<overall n='9' q1='1.0' median='1.0' q3='2.0'/><item id='1-1' n='9' q1='0.9' "
              "median='1.0' q3='2.0'/></benchmark>",
         ERR_SCHEMA_VALUE},
        {HEAD "<overall n='9' q1='1.0' median='1.0' q3='2.0'/><item id='9-9' n='9' "
              "q1='0.9'/></benchmark>",
         ERR_OK},
    };
    struct benchmark *b = xcalloc(1, sizeof *b);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct diag diag = {0};
        enum err err = benchmark_read(NULL, b, cases[i].xml, strlen(cases[i].xml), NULL, NULL, &diag);
        if (err != cases[i].err)
            print_error("%s: %s, not %s\n", cases[i].xml, err_name(err), err_name(cases[i].err));
        assert_int_equal(err, cases[i].err);
    }
    free(b);
}

static void benchmark_ranks__put_the_furthest_behind_first__and_what_has_no_place_last(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_builtin(0);
    struct assessment *a = assessment_new(ck, 0, "a", "2026-11-20T10:00:00+09:00");
    struct benchmark b = {.checklist = ck, .n_sites = 9};
    struct benchmark_rank rank[ITEMS_MAX];
    const char *const item[] = {"1-1", "1-2", "1-3", "1-4", "1-5"};
    const int level[] = {2, 2, 1, 5, 0}, median[] = {30, 30, 35, 40, 30};
    struct change c;
    for (int i = 0; i < 5; i++) {
        int k = checklist_item(ck, item[i]);
        b.item[k] = (struct quartiles){9, median[i] - 5, median[i], median[i] + 5};
        if (level[i] == 0)
            continue;
        change_level(&c, a, k, level[i], "2026-11-20T10:00:00+09:00");
        assessment_apply(a, &c, NULL);
    }
    assert_int_equal(benchmark_ranks(rank, &b, assessment_round(a)), ck->n_items);
    assert_int_equal(rank[0].item, checklist_item(ck, "1-3"));
    assert_int_equal(rank[0].tenths, -25);
    assert_int_equal(rank[0].place, PLACE_LOWEST);
    assert_int_equal(rank[1].item, checklist_item(ck, "1-1")); /* as far behind as 1-2, and a key item */
    assert_int_equal(rank[2].item, checklist_item(ck, "1-2"));
    assert_int_equal(rank[3].item, checklist_item(ck, "1-4"));
    assert_int_equal(rank[3].tenths, 10);
    bool seen[ITEMS_MAX] = {false};
    for (int i = 0; i < ck->n_items; i++) {
        assert_true(i < 4 || rank[i].place == PLACE_NONE);
        assert_false(seen[rank[i].item]);
        seen[rank[i].item] = true;
    }
    assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_gaps__count_sites_below_target__most_first),
        cmocka_unit_test(grades__add_up__to_all_sites),
        cmocka_unit_test(rollout__lifts_every_item__to_the_level_of_the_model),
        cmocka_unit_test(rollout__never_puts_a_step__before_what_it_needs),
        cmocka_unit_test(rollout__sums_by_wave__are_those_of_the_steps),
        cmocka_unit_test(model__has_what_its_done_actions_led_to),
        cmocka_unit_test(start__carries_actions_and_no_answer__and_merges_into_the_sites_file),
        cmocka_unit_test(quartiles__are_linear_between_values__and_need_five),
        cmocka_unit_test(benchmark__is_refused__under_five_sites),
        cmocka_unit_test(benchmark__comes_back_the_same__and_names_nobody),
        cmocka_unit_test(benchmark__places_a_value_among_the_others),
        cmocka_unit_test(benchmark__is_rejected__when_it_is_not_one),
        cmocka_unit_test(benchmark_ranks__put_the_furthest_behind_first__and_what_has_no_place_last),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
