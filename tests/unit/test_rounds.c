/* core/model/rounds: a new round carries the answers over, to be confirmed. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/model/history.h"
#include "core/model/rounds.h"

static const char T1[] = "2026-04-08T09:00:00+09:00", T2[] = "2026-11-20T10:00:00+09:00";

static struct assessment *make(void)
{
    struct assessment *a = assessment_new(checklist_builtin(0), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", T1);
    struct change c;
    change_level(&c, a, 0, 3, T1);
    assessment_apply(a, &c, NULL);
    change_note(&c, a, 0, "議事録", T1);
    assessment_apply(a, &c, NULL);
    change_check(&c, a, checklist_item(a->checklist, "2-4"), 0, CHECK_YES, T1);
    assessment_apply(a, &c, NULL);
    change_na(&c, a, 11, "無線なし", T1);
    assessment_apply(a, &c, NULL);
    return a;
}

static void new_round__carries_answers_over__until_confirmed(void **state)
{
    (void)state;
    struct assessment *a = make();
    struct change c;
    change_new_round(&c, a, T2);
    assessment_apply(a, &c, NULL);
    assert_int_equal(a->n_rounds, 2);
    assert_string_equal(assessment_round(a)->id, "2");
    assert_string_equal(assessment_round(a)->started, T2);
    assert_string_equal(assessment_round(a)->finished, "");
    assert_true(assessment_answer(a, 0)->carried);
    assert_int_equal(assessment_answer(a, 0)->level, 3);
    assert_string_equal(assessment_answer(a, 0)->note, "議事録");
    assert_true(assessment_answer(a, 11)->carried);
    assert_false(assessment_answer(a, 1)->carried);
    assert_null(assessment_answer(a, checklist_item(a->checklist, "2-4"))->check);
    assert_false(a->round[0].answer[0].carried);
    change_level(&c, a, 0, 3, T2);
    assessment_apply(a, &c, NULL);
    assert_false(assessment_answer(a, 0)->carried);
    assessment_free(a);
}

static void finish__closes_once__and_undo_restores_everything(void **state)
{
    (void)state;
    struct assessment *a = make();
    struct history *h = history_new();
    struct history_step did;
    struct buf before = {0}, after = {0};
    struct change c;
    assessment_write(&before, a, "t");
    unsigned long group = history_new_group(h);
    assert_true(change_finish_round(&c, a, T2));
    history_do(h, a, &c, group);
    change_new_round(&c, a, T2);
    history_do(h, a, &c, group);
    assert_string_equal(a->round[0].finished, T2);
    assert_true(history_undo(h, a, &did));
    assessment_write(&after, a, "t");
    assert_string_equal(buf_str(&before), buf_str(&after));
    change_finish_round(&c, a, T2);
    assessment_apply(a, &c, NULL);
    assert_false(change_finish_round(&c, a, T2));
    buf_release(&before), buf_release(&after);
    history_free(h);
    assessment_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_round__carries_answers_over__until_confirmed),
        cmocka_unit_test(finish__closes_once__and_undo_restores_everything),
    };
    return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
