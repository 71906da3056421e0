/* core/method/compare and merge over two files of the same site. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/method/compare.h"
#include "core/method/merge.h"

static const char T1[] = "2026-11-20T10:00:00+09:00", T2[] = "2026-11-20T11:00:00+09:00";

static void do_change(struct assessment *a, struct change *c)
{
    assessment_apply(a, c, NULL);
}

static void level(struct assessment *a, const char *item, int n, const char *at)
{
    struct change c;
    change_level(&c, a, checklist_item(a->checklist, item), n, at);
    do_change(a, &c);
}

static void note(struct assessment *a, const char *item, const char *text, const char *at)
{
    struct change c;
    change_note(&c, a, checklist_item(a->checklist, item), text, at);
    do_change(a, &c);
}

static void person(struct assessment *a, const char *id, const char *name)
{
    struct change c = {.kind = CHANGE_PERSON, .index = a->n_people, .insert = true};
    person_copy(&c.u.person, &(struct person){0});
    field_set(&c.u.person.id, id, FIELD_MAX, false);
    field_set(&c.u.person.name, name, FIELD_MAX, false);
    do_change(a, &c);
}

static struct assessment *make(const char *site)
{
    struct assessment *a = assessment_new(checklist_builtin(0), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", T1);
    struct change c = {.kind = CHANGE_SITE};
    site_copy(&c.u.site, &a->site);
    field_set(&c.u.site.id, site, FIELD_MAX, false);
    do_change(a, &c);
    return a;
}

static const struct answer *of(const struct assessment *a, const char *item)
{
    return assessment_answer(a, checklist_item(a->checklist, item));
}

static void merge__never_loses_a_level__to_open_or_unknown(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n;
    struct change c;
    level(a, "1-1", 3, T1);
    change_unknown(&c, b, 0, T2);
    do_change(b, &c);
    level(b, "2-6", 4, T1);
    change_unknown(&c, a, checklist_item(a->checklist, "2-6"), T2);
    do_change(a, &c);
    change_unknown(&c, b, checklist_item(a->checklist, "3-1"), T1);
    do_change(b, &c);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OK);
    assert_int_equal(n, 0);
    assert_int_equal(of(m, "1-1")->level, 3);
    assert_int_equal(of(m, "2-6")->level, 4);
    assert_int_equal(of(m, "3-1")->state, ANSWER_UNKNOWN);
    assert_int_equal(of(m, "3-2")->state, ANSWER_OPEN);
    assessment_free(a), assessment_free(b), assessment_free(m);
}

static void merge__takes_the_newer_and_lists_the_conflict__unless_decided(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n;
    level(a, "1-1", 2, T1);
    level(b, "1-1", 4, T2);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OK);
    assert_int_equal(n, 1);
    assert_true(conflicts[0].took_b);
    assert_int_equal(conflicts[0].a->level, 2);
    assert_int_equal(conflicts[0].b->level, 4);
    assert_int_equal(of(m, "1-1")->level, 4);
    assessment_free(m);
    assert_int_equal(merge_assessments(&m, b, a, NULL, conflicts, &n), MERGE_OK);
    assert_false(conflicts[0].took_b);
    assert_int_equal(of(m, "1-1")->level, 4);
    assessment_free(m);
    enum merge_choice choices[ITEMS_MAX] = {MERGE_A};
    assert_int_equal(merge_assessments(&m, a, b, choices, conflicts, &n), MERGE_OK);
    assert_int_equal(of(m, "1-1")->level, 2);
    assessment_free(a), assessment_free(b), assessment_free(m);
}

static void merge__keeps_people_and_notes_of_both__when_ids_collide(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n;
    person(a, "p1", "山田");
    person(b, "p1", "佐藤");
    person(b, "p2", "山田");
    note(a, "1-1", "議事録を見た", T1);
    note(b, "1-1", "予算は来期", T2);
    struct change c = {.kind = CHANGE_ANSWER, .index = 0, .item = 0};
    answer_copy(&c.u.answer, of(b, "1-1"), &b->checklist->item[0]);
    c.u.answer.state = ANSWER_LEVEL;
    c.u.answer.level = 3;
    field_set(&c.u.answer.by, "p1", FIELD_MAX, false);
    do_change(b, &c);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OK);
    assert_int_equal(m->n_people, 2);
    assert_string_equal(assessment_person(m, of(m, "1-1")->by)->name, "佐藤");
    assert_string_not_equal(of(m, "1-1")->by, "p1");
    assert_non_null(strstr(of(m, "1-1")->note, "議事録を見た"));
    assert_non_null(strstr(of(m, "1-1")->note, "予算は来期"));
    assessment_free(a), assessment_free(b), assessment_free(m);
}

/* What came from a file of its own goes with it: nothing in the result may point into b. */
static void merge__takes_a_target_whole__and_outlives_the_inputs(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *both = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n = 0;
    struct change c = {.kind = CHANGE_TARGET, .item = 2};
    target_copy(&c.u.target, &(struct target){.item = 2, .level = 4});
    field_set(&c.u.target.reason, "service links", REASON_MAX, false);
    field_set(&c.u.target.foreign.attrs, " x=\"1\"", FIELD_MAX, false);
    do_change(b, &c);
    assert_int_equal(merge_assessments(&both, a, b, NULL, conflicts, &n), MERGE_OK);
    assert_ptr_not_equal(both->target[0].foreign.attrs, b->target[0].foreign.attrs);
    assessment_free(b);
    assessment_free(a);
    assert_int_equal(both->n_targets, 1);
    assert_string_equal(both->target[0].reason, "service links");
    assert_string_equal(both->target[0].foreign.attrs, " x=\"1\"");
    assessment_free(both);
}

static void merge__refuses__another_site_or_round(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("t"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n;
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OTHER_SITE);
    assert_null(m);
    assessment_free(b);
    b = make("s");
    struct change c = {.kind = CHANGE_ROUND, .index = 1, .insert = true};
    round_copy(&c.u.round, &b->round[0], b->checklist);
    field_set(&c.u.round.id, "9", FIELD_MAX, false);
    do_change(b, &c);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OTHER_ROUND);
    assert_null(m);
    assessment_free(a), assessment_free(b);
}

static void step(struct assessment *a, int item, enum action_status status, const char *owner, const char *at)
{
    struct change c = {.kind = CHANGE_ACTION, .item = item};
    const struct action *had = assessment_action(a, item, 2);
    action_copy(&c.u.action, had != NULL ? had : &(struct action){.item = item, .to = 2, .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1});
    c.u.action.status = status;
    field_set(&c.u.action.owner, owner, FIELD_MAX, false);
    field_set(&c.u.action.updated, at, FIELD_MAX, false);
    action_log(&c.u.action, at);
    do_change(a, &c);
}

/* p1 is somebody else in each file: what has happened must not be said of the other. */
static void merge__keeps_what_has_happened_to_an_action__in_order_and_of_whom(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n, item = checklist_item(a->checklist, "3-7");
    person(a, "p1", "Sato");
    person(b, "p1", "Tanaka");
    step(a, item, ACTION_OPEN, "p1", "2026-11-20T09:00:00+09:00");
    step(a, item, ACTION_DONE, "p1", "2026-11-20T12:00:00+09:00");
    step(b, item, ACTION_DOING, "p1", "2026-11-20T02:00:00Z"); /* eleven o'clock in Japan */
    step(b, 0, ACTION_OPEN, "p1", T1);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OK);
    const struct action *x = assessment_action(m, item, 2);
    assert_string_equal(x->history, "2026-11-20T09:00:00+09:00 open p1\n2026-11-20T02:00:00Z doing p2\n2026-11-20T12:00:00+09:00 done p1");
    assert_int_equal(x->status, ACTION_DONE);
    assert_string_equal(assessment_person(m, "p2")->name, "Tanaka");
    assert_string_equal(assessment_action(m, 0, 2)->history, "2026-11-20T10:00:00+09:00 open p2");
    assert_string_equal(assessment_action(m, 0, 2)->owner, "p2");
    assessment_free(m);
    assert_int_equal(merge_assessments(&m, b, a, NULL, conflicts, &n), MERGE_OK);
    assert_string_equal(assessment_action(m, item, 2)->history,
                        "2026-11-20T09:00:00+09:00 open p2\n2026-11-20T02:00:00Z doing p1\n2026-11-20T12:00:00+09:00 done p2");
    assessment_free(a), assessment_free(b), assessment_free(m);
}

static void merge__refuses_rather_than_cuts__texts_that_are_too_long_together(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n = 7;
    char text[TEXT_MAX + 1] = {0};
    memset(text, 'x', TEXT_MAX - 2);
    note(a, "3-7", text, T1);
    note(b, "3-7", "y", T2);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_OK); /* just fits */
    assert_int_equal(strlen(of(m, "3-7")->note), TEXT_MAX);
    assessment_free(m);
    m = NULL;
    note(b, "3-7", "yy", T2);
    assert_int_equal(merge_assessments(&m, a, b, NULL, conflicts, &n), MERGE_TOO_LONG);
    assert_null(m);
    assert_int_equal(n, 0);
    assert_int_equal(conflicts[0].item, checklist_item(a->checklist, "3-7"));
    assessment_free(a), assessment_free(b);
}

static void merge__with_itself__changes_nothing(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *m = NULL;
    struct merge_conflict conflicts[ITEMS_MAX];
    int n;
    person(a, "p1", "山田");
    level(a, "1-1", 2, T1);
    note(a, "1-1", "議事録", T1);
    assert_int_equal(merge_assessments(&m, a, a, NULL, conflicts, &n), MERGE_OK);
    assert_int_equal(n, 0);
    struct buf x = {0}, y = {0};
    assessment_write(&x, a, "t");
    assessment_write(&y, m, "t");
    assert_string_equal(buf_str(&x), buf_str(&y));
    buf_release(&x), buf_release(&y);
    assessment_free(a), assessment_free(m);
}

static void compare__puts_heavy_disagreements_first(void **state)
{
    (void)state;
    struct assessment *a = make("s"), *b = make("s");
    struct difference d[ITEMS_MAX];
    struct change c;
    level(a, "1-5", 1, T1), level(b, "1-5", 5, T1); /* weight 1: 4 */
    level(a, "1-1", 3, T1), level(b, "1-1", 2, T1); /* weight 4, key: 8 */
    level(a, "2-2", 3, T1);
    level(a, "2-3", 3, T1), level(b, "2-3", 3, T1);
    change_basis(&c, b, checklist_item(b->checklist, "2-3"), BASIS_TEST, T1);
    do_change(b, &c);
    compare_rounds(d, a->checklist, assessment_round(a), assessment_round(b));
    static const struct {
        const char *item;
        enum diff_kind kind;
        int distance;
    } want[] = {{"1-1", DIFF_LEVEL, -1}, {"1-5", DIFF_LEVEL, 4}, {"2-2", DIFF_STATE, 0}, {"2-3", DIFF_BASIS, 0}, {"1-2", DIFF_SAME, 0}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_string_equal(a->checklist->item[d[i].item].id, want[i].item);
        assert_int_equal(d[i].kind, want[i].kind);
        assert_int_equal(d[i].distance, want[i].distance);
    }
    assessment_free(a), assessment_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge__never_loses_a_level__to_open_or_unknown),
        cmocka_unit_test(merge__takes_the_newer_and_lists_the_conflict__unless_decided),
        cmocka_unit_test(merge__keeps_people_and_notes_of_both__when_ids_collide),
        cmocka_unit_test(merge__takes_a_target_whole__and_outlives_the_inputs),
        cmocka_unit_test(merge__refuses__another_site_or_round),
        cmocka_unit_test(merge__keeps_what_has_happened_to_an_action__in_order_and_of_whom),
        cmocka_unit_test(merge__refuses_rather_than_cuts__texts_that_are_too_long_together),
        cmocka_unit_test(merge__with_itself__changes_nothing),
        cmocka_unit_test(compare__puts_heavy_disagreements_first),
    };
    return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
