/* Undo and redo. */
#include "tests/unit/cm.h"

#include "core/model/history.h"
#include "tests/unit/small.h"

static void level(struct history *h, struct assessment *a, int item, int n, unsigned long group)
{
    struct change c;
    change_level(&c, a, item, n, SMALL_NOW);
    history_do(h, a, &c, group);
}

static void history_undo__goes_back_step_by_step__and_redo_forth(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct history *h = history_new();
    struct history_step did;
    assert_false(history_undo(h, a, &did));
    level(h, a, 0, 2, 0);
    level(h, a, 3, 4, 0);
    assert_true(history_undo(h, a, &did));
    assert_int_equal(did.kind, CHANGE_ANSWER);
    assert_int_equal(did.item, 3);
    assert_int_equal(assessment_answer(a, 3)->state, ANSWER_OPEN);
    assert_int_equal(assessment_answer(a, 0)->level, 2);
    assert_true(history_undo(h, a, &did));
    assert_int_equal(did.item, 0);
    assert_false(history_undo(h, a, &did));
    assert_true(history_redo(h, a, &did));
    assert_int_equal(did.item, 0);
    assert_int_equal(assessment_answer(a, 0)->level, 2);
    assert_true(history_redo(h, a, NULL));
    assert_int_equal(assessment_answer(a, 3)->level, 4);
    assert_false(history_redo(h, a, &did));
    history_free(h);
    assessment_free(a);
}

static void history_do__forgets_what_could_be_redone(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct history *h = history_new();
    level(h, a, 0, 2, 0);
    level(h, a, 0, 3, 0);
    history_undo(h, a, NULL);
    level(h, a, 0, 5, 0);
    assert_false(history_redo(h, a, NULL));
    history_undo(h, a, NULL);
    assert_int_equal(assessment_answer(a, 0)->level, 2);
    history_free(h);
    assessment_free(a);
}

static void history_undo__takes_a_group_as_one(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct history *h = history_new();
    unsigned long first = history_new_group(h), second = history_new_group(h);
    assert_int_not_equal(first, second);
    level(h, a, 0, 1, 0);
    level(h, a, 0, 2, first);
    level(h, a, 1, 2, first);
    level(h, a, 2, 2, second);
    history_undo(h, a, NULL);
    assert_int_equal(assessment_answer(a, 2)->state, ANSWER_OPEN);
    assert_int_equal(assessment_answer(a, 1)->level, 2);
    history_undo(h, a, NULL);
    assert_int_equal(assessment_answer(a, 1)->state, ANSWER_OPEN);
    assert_int_equal(assessment_answer(a, 0)->level, 1);
    history_redo(h, a, NULL);
    assert_int_equal(assessment_answer(a, 0)->level, 2);
    assert_int_equal(assessment_answer(a, 1)->level, 2);
    assert_int_equal(assessment_answer(a, 2)->state, ANSWER_OPEN);
    history_free(h);
    assessment_free(a);
}

static void history_undo__says_minus_one__when_it_is_not_about_an_item(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct history *h = history_new();
    struct history_step did;
    struct change c = {.kind = CHANGE_EDITION, .index = 1};
    history_do(h, a, &c, 0);
    history_undo(h, a, &did);
    assert_int_equal(did.kind, CHANGE_EDITION);
    assert_int_equal(did.item, -1);
    assert_int_equal(a->edition, 0);
    history_free(h);
    assessment_free(a);
}

static void history_do__keeps_the_newest_ten_thousand(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct history *h = history_new();
    for (int i = 0; i < 25000; i++)
        level(h, a, i % SMALL_ITEMS, 1 + i % 5, 0);
    int n = 0;
    while (history_undo(h, a, NULL))
        n++;
    assert_in_range(n, 10000, 11000);
    while (history_redo(h, a, NULL))
        n--;
    assert_int_equal(n, 0);
    assert_int_equal(assessment_answer(a, 24999 % SMALL_ITEMS)->level, 1 + 24999 % 5);
    history_free(h);
    assessment_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_undo__goes_back_step_by_step__and_redo_forth),
        cmocka_unit_test(history_do__forgets_what_could_be_redone),
        cmocka_unit_test(history_undo__takes_a_group_as_one),
        cmocka_unit_test(history_undo__says_minus_one__when_it_is_not_about_an_item),
        cmocka_unit_test(history_do__keeps_the_newest_ten_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
