/* core/method/axes: the two axes and the deep dive. */
#include "tests/unit/cm.h"

#include "core/method/axes.h"
#include "tests/unit/fake.h"

static const struct ck_check CHECKS[] = {{.id = "c1", .level = 2}, {.id = "c2", .level = 3}, {.id = "c3", .level = 3},
                                         {.id = "c4", .level = 4}};
static const struct ck_item ITEM = {.id = "i", .weight = 1, .check = CHECKS, .n_checks = 4};

/* y, n, ?, - for each check. */
static struct answer answer_of(int level, const char *checks, enum check_result result[4])
{
    for (int i = 0; i < 4; i++)
        result[i] = checks[i] == 'y' ? CHECK_YES : checks[i] == 'n' ? CHECK_NO : checks[i] == '?' ? CHECK_UNKNOWN : CHECK_OPEN;
    return (struct answer){.state = level > 0 ? ANSWER_LEVEL : ANSWER_OPEN, .level = level, .check = result};
}

static void dive__suggests_flags_and_contradicts__by_its_checks(void **state)
{
    (void)state;
    static const struct {
        const char *checks;
        int level, suggested;
        bool flagged, contradicts;
    } cases[] = {
        {"----", 3, 0, false, false}, {"????", 3, 0, false, false}, {"y---", 3, 2, true, false},
        {"yyy-", 3, 3, false, false}, {"yyyy", 3, 4, false, false}, {"yyn-", 3, 2, true, true},
        {"yyn-", 2, 2, false, false}, {"n--y", 2, 1, true, true},   {"n---", 1, 1, false, false},
        {"yyyn", 4, 3, true, true},   {"yyyn", 3, 3, false, false}, {"yyyn", 0, 3, false, false},
        {"-n--", 0, 2, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum check_result result[4];
        struct answer x = answer_of(cases[i].level, cases[i].checks, result);
        if (dive_suggested(&ITEM, &x) != cases[i].suggested || dive_flagged(&ITEM, &x) != cases[i].flagged ||
            dive_contradicts(&ITEM, &x) != cases[i].contradicts)
            fail_msg("case %zu: %s at %d", i, cases[i].checks, cases[i].level);
    }
}

static void dive__says_nothing__when_no_check_was_looked_at(void **state)
{
    (void)state;
    struct answer x = {.state = ANSWER_LEVEL, .level = 5};
    assert_int_equal(dive_suggested(&ITEM, &x), 0);
    assert_false(dive_flagged(&ITEM, &x));
    assert_false(dive_contradicts(&ITEM, &x));
}

static void claim__is_to_be_verified__on_interview_alone_or_when_contradicted(void **state)
{
    (void)state;
    enum check_result result[4];
    struct answer x = answer_of(3, "----", result);
    assert_true(axes_verify(&ITEM, &x));
    x.basis = BASIS_INTERVIEW;
    assert_true(axes_verify(&ITEM, &x));
    x.basis = BASIS_EXAMINE;
    assert_false(axes_verify(&ITEM, &x));
    result[1] = CHECK_NO;
    assert_true(axes_verify(&ITEM, &x));
    x.level = 2;
    x.basis = BASIS_NONE;
    assert_false(axes_verify(&ITEM, &x));
    x.state = ANSWER_UNKNOWN;
    assert_false(axes_verify(&ITEM, &x));
}

static void axes__are_weighted_shares__of_what_is_applicable(void **state)
{
    (void)state;
    struct fake f;
    struct axes axes;
    fake_init(&f, 1, (int[]){5}, (int[]){30});
    for (int i = 0; i < 5; i++)
        f.item[i].weight = i + 1; /* 1 2 3 4 5 */
    fake_answers(&f, "33-2x");
    struct answer *x = assessment_round(f.a)->answer;
    x[0].basis = BASIS_TEST;
    x[1].basis = BASIS_INTERVIEW;
    axes_compute(&axes, &f.ck, assessment_round(f.a));
    assert_int_equal(score_tenths(axes.accountability), 300); /* (1 + 2) / (1 + 2 + 3 + 4) */
    assert_int_equal(score_tenths(axes.effectiveness), 100);
    assert_int_equal(axes.n_verify, 1);
    assert_true(axes.paper); /* 20 points apart */
    f.item[2].weight = 4;
    axes_compute(&axes, &f.ck, assessment_round(f.a));
    assert_false(axes.paper); /* 18.1 */
    fake_answers(&f, "xxxxx");
    axes_compute(&axes, &f.ck, assessment_round(f.a));
    assert_int_equal(score_tenths(axes.accountability), -1);
    assert_int_equal(score_tenths(axes.effectiveness), -1);
    assert_false(axes.paper);
    fake_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dive__suggests_flags_and_contradicts__by_its_checks),
        cmocka_unit_test(dive__says_nothing__when_no_check_was_looked_at),
        cmocka_unit_test(claim__is_to_be_verified__on_interview_alone_or_when_contradicted),
        cmocka_unit_test(axes__are_weighted_shares__of_what_is_applicable),
    };
    return cmocka_run_group_tests_name("axes", tests, NULL, NULL);
}
