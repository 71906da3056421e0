/* core/method/grade: design §2, by cases worked out by hand and by an independent slow computation on random checklists. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/method/grade.h"

__extension__ typedef __int128 wide;

static const struct ck_grade GRADES[] = {
    {.letter = 'A', .min = 80}, {.letter = 'B', .min = 60}, {.letter = 'C', .min = 40}, {.letter = 'D', .min = 0}};
static const struct ck_key_cap KEY_CAPS[] = {{.level = 1, .max_grade = 2}, {.level = 2, .max_grade = 1}};

struct fake {
    struct checklist ck;
    struct ck_section section[4];
    struct ck_item item[32];
    struct mark mark[32];
};

static void fake_init(struct fake *f)
{
    memset(f, 0, sizeof *f);
    f->ck.section = f->section;
    f->ck.item = f->item;
    f->ck.grade = GRADES;
    f->ck.n_grades = 4;
    f->ck.key_cap = KEY_CAPS;
    f->ck.n_key_caps = 2;
    f->ck.balance_letters = 1;
    f->ck.na_percent = 50;
    for (int l = 0; l < LEVEL_MAX; l++)
        f->ck.level[l].score = 20 * (l + 1);
}

static void fake_section(struct fake *f, int weight, int n_items, const int *weights, const char *keys)
{
    struct ck_section *s = &f->section[f->ck.n_sections];
    *s = (struct ck_section){.weight = weight, .first_item = f->ck.n_items, .n_items = n_items};
    for (int i = 0; i < n_items; i++)
        f->item[f->ck.n_items++] =
            (struct ck_item){.section = f->ck.n_sections, .weight = weights[i], .key = keys[i] == 'k'};
    f->ck.n_sections++;
}

/* The weights and key items of METI's Appendix E as the Nagoya app has them. */
static void fake_meti(struct fake *f)
{
    static const int people[] = {4, 2, 4, 3, 1}, process[] = {4, 3, 3, 2, 2, 4, 3, 4, 4, 3, 3, 4, 2},
                     tech[] = {4, 4, 4, 3, 3, 3, 2, 2}, scm[] = {2, 2, 2, 2, 2, 4};
    fake_init(f);
    fake_section(f, 30, 5, people, "k.k..");
    fake_section(f, 30, 13, process, "k....k..k....");
    fake_section(f, 30, 8, tech, "k.....k.");
    fake_section(f, 10, 6, scm, "k..k..");
}

static void set_levels(struct fake *f, const char *levels)
{
    for (int i = 0; i < f->ck.n_items; i++) {
        char c = levels[i];
        f->mark[i] = c == '-' ? (struct mark){ANSWER_OPEN, 0}
                   : c == '0' ? (struct mark){ANSWER_UNKNOWN, 0}
                   : c == 'x' ? (struct mark){ANSWER_NA, 0}
                              : (struct mark){ANSWER_LEVEL, c - '0'};
    }
}

static void grade__is_exact__when_all_answers_are_alike(void **state)
{
    (void)state;
    static const int want[] = {3, 2, 1, 0, 0};
    for (int level = 1; level <= 5; level++) {
        struct fake f;
        fake_meti(&f);
        for (int i = 0; i < 32; i++)
            f.mark[i] = (struct mark){ANSWER_LEVEL, level};
        struct grade_result r;
        grade_compute(&r, &f.ck, f.mark);
        assert_int_equal(score_tenths(r.overall.score), level * 200);
        assert_int_equal(r.overall.by_score, want[level - 1]);
        assert_int_equal(r.overall.grade, want[level - 1]);
        for (int s = 0; s < 4; s++)
            assert_int_equal(r.section[s].grade, want[level - 1]);
        assert_false(r.provisional);
    }
}

static void grade__is_none__when_nothing_is_answered(void **state)
{
    (void)state;
    struct fake f;
    fake_meti(&f);
    set_levels(&f, "--------------------------------");
    struct grade_result r;
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.grade, GRADE_NONE);
    assert_int_equal(score_tenths(r.overall.score), -1);
    assert_int_equal(score_tenths(r.overall.low), 200);
    assert_int_equal(score_tenths(r.overall.high), 1000);
    assert_int_equal(r.overall.low_grade, 3);
    assert_int_equal(r.overall.high_grade, 0);
    assert_true(r.provisional);
    assert_int_equal(r.overall.why_none, NO_ANSWERS);
}

static void shown_score__is_truncated__just_below_a_boundary(void **state)
{
    (void)state;
    char out[8];
    score_format(out, (struct score){5999999, 100000});
    assert_string_equal(out, "59.9");
    score_format(out, (struct score){100, 1});
    assert_string_equal(out, "100.0");
    score_format(out, (struct score){0, 0});
    assert_string_equal(out, "");
    assert_false(score_at_least((struct score){5999999, 100000}, 60));
    assert_true(score_at_least((struct score){60, 1}, 60));
}

static void key_item__holds_the_grade__at_level_one_and_two(void **state)
{
    (void)state;
    struct fake f;
    struct grade_result r;
    fake_meti(&f);
    set_levels(&f, "55155" "5555555555555" "55555555" "555555"); /* 1-3 at level 1 */
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.by_score, 0);
    assert_int_equal(r.overall.grade, 2);
    assert_int_equal(r.n_caps, 1);
    assert_int_equal(r.cap[0].kind, CAP_KEY_ITEM);
    assert_int_equal(r.cap[0].item, 2);
    assert_int_equal(r.n_lifts, 1);
    assert_int_equal(r.lift[0].item, 2);
    assert_int_equal(r.lift[0].to, 2);
    assert_int_equal(r.lift_grade, 1);
    set_levels(&f, "55255" "5555555555555" "55555555" "555555");
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.grade, 1);
    set_levels(&f, "55355" "5555555555555" "55555555" "555555");
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.grade, 0);
    assert_int_equal(r.n_caps, 0);
    assert_int_equal(r.n_lifts, 0);
}

static void weakest_section__holds_the_grade__one_letter_above(void **state)
{
    (void)state;
    struct fake f;
    struct grade_result r;
    fake_meti(&f);
    set_levels(&f, "55555" "5555555555555" "55555555" "322312"); /* SCM: 2*(3+2+2+3+1)+4*2 = 30/70 */
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.by_score, 0);
    assert_int_equal(r.section[3].grade, 2);
    assert_int_equal(r.overall.grade, 1);
    assert_int_equal(r.n_caps, 1);
    assert_int_equal(r.cap[0].kind, CAP_BALANCE);
    assert_int_equal(r.cap[0].section, 3);
    assert_int_equal(r.lift_grade, 0);
}

static void section__has_no_grade__when_half_is_not_applicable(void **state)
{
    (void)state;
    struct fake f;
    struct grade_result r;
    fake_meti(&f);
    set_levels(&f, "33333" "3333333333333" "33333333" "xxx333");
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.section[3].grade, GRADE_NONE);
    assert_int_equal(r.section[3].why_none, TOO_FEW_APPLICABLE);
    assert_int_equal(r.overall.grade, 1);
    assert_int_equal(r.overall.applicable, 29);
    set_levels(&f, "33333" "3333333333333" "33333333" "xx3333");
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.section[3].grade, 1);
    set_levels(&f, "xxxxx" "xxxxxxxxxxxxx" "xxxxxxxx" "xxxxxx");
    grade_compute(&r, &f.ck, f.mark);
    assert_int_equal(r.overall.grade, GRADE_NONE);
    assert_false(r.provisional);
}

/* The slow way: everything over the product of all denominators, nothing shared with grade.c. */
static int slow_letter(wide num, wide den)
{
    for (int g = 0; g < 4; g++)
        if (num >= (wide)GRADES[g].min * den)
            return g;
    return 3;
}

static int slow_grade(const struct fake *f, int open, wide *num_out, wide *den_out, int *by_score)
{
    wide num[4], den[4], all_num = 0, all_den = 1, weights = 0;
    int worst = -1, na[4] = {0}, grade;
    for (int s = 0; s < f->ck.n_sections; s++) {
        num[s] = den[s] = 0;
        for (int i = 0; i < f->ck.n_items; i++) {
            if (f->item[i].section != s)
                continue;
            int level = f->mark[i].state == ANSWER_LEVEL ? f->mark[i].level : f->mark[i].state == ANSWER_NA ? 0 : open;
            na[s] += f->mark[i].state == ANSWER_NA;
            num[s] += level > 0 ? f->item[i].weight * 20 * level : 0;
            den[s] += level > 0 ? f->item[i].weight : 0;
        }
        if (den[s] > 0) {
            all_den *= den[s];
            weights += f->section[s].weight;
            int letter = slow_letter(num[s], den[s]);
            if (2 * na[s] < f->section[s].n_items && letter > worst)
                worst = letter;
        }
    }
    *by_score = GRADE_NONE;
    *num_out = *den_out = 0;
    if (weights == 0)
        return GRADE_NONE;
    for (int s = 0; s < f->ck.n_sections; s++)
        if (den[s] > 0)
            all_num += f->section[s].weight * num[s] * (all_den / den[s]);
    *num_out = all_num;
    *den_out = all_den * weights;
    grade = *by_score = slow_letter(*num_out, *den_out);
    if (worst >= 0 && grade < worst - 1)
        grade = worst - 1;
    for (int i = 0; i < f->ck.n_items; i++) {
        int level = f->mark[i].state == ANSWER_LEVEL ? f->mark[i].level : f->mark[i].state == ANSWER_NA ? 0 : open;
        if (f->item[i].key && level == 1 && grade < 2)
            grade = 2;
        if (f->item[i].key && level == 2 && grade < 1)
            grade = 1;
    }
    return grade;
}

static void random_fake(struct fake *f, int max_items)
{
    fake_init(f);
    int n_sections = 1 + rand() % 3;
    for (int s = 0; s < n_sections; s++) {
        int weights[8];
        char keys[8];
        int n = 1 + rand() % max_items;
        for (int i = 0; i < n; i++) {
            weights[i] = 1 + rand() % 4;
            keys[i] = rand() % 4 == 0 ? 'k' : '.';
        }
        fake_section(f, 10 * (1 + rand() % 3), n, weights, keys);
    }
    for (int i = 0; i < f->ck.n_items; i++)
        f->mark[i] = rand() % 6 > 0 ? (struct mark){ANSWER_LEVEL, 1 + rand() % 5}
                                    : (struct mark){(enum answer_state)(rand() % 3), 0};
}

static void check_same(struct score got, wide num, wide den)
{
    assert_true((got.den == 0) == (den == 0));
    if (den > 0)
        assert_true((wide)got.num * den == num * got.den);
}

static void result__equals_the_slow_computation__on_random_checklists(void **state)
{
    (void)state;
    srand(20261123);
    for (int round = 0; round < 20000; round++) {
        struct fake f;
        struct grade_result r;
        wide num, den;
        int by_score;
        random_fake(&f, 6);
        grade_compute(&r, &f.ck, f.mark);
        assert_int_equal(r.overall.grade, slow_grade(&f, 0, &num, &den, &by_score));
        check_same(r.overall.score, num, den);
        assert_int_equal(r.overall.by_score, by_score);
        assert_int_equal(r.overall.low_grade, slow_grade(&f, 1, &num, &den, &by_score));
        check_same(r.overall.low, num, den);
        assert_int_equal(r.overall.high_grade, slow_grade(&f, 5, &num, &den, &by_score));
        check_same(r.overall.high, num, den);
        assert_int_equal(r.n_caps > 0, r.overall.grade > r.overall.by_score);
        if (r.overall.score.den > 0 && r.overall.low.den > 0 && !r.provisional)
            assert_int_equal(score_cmp(r.overall.low, r.overall.high), 0);
    }
}

/* Fewest level steps to one letter better, by trying all ways to spend k steps. */
static bool reaches(struct fake *f, int item, int steps, int want)
{
    struct grade_result r;
    if (steps == 0 || item == f->ck.n_items) {
        grade_compute(&r, &f->ck, f->mark);
        return r.overall.grade <= want;
    }
    struct mark keep = f->mark[item];
    bool found = reaches(f, item + 1, steps, want);
    for (int k = 1; !found && keep.state == ANSWER_LEVEL && k <= steps && keep.level + k <= 5; k++) {
        f->mark[item].level = keep.level + k;
        found = reaches(f, item + 1, steps - k, want);
    }
    f->mark[item] = keep;
    return found;
}

static void lift__is_the_smallest_change__on_random_checklists(void **state)
{
    (void)state;
    srand(4711);
    int seen = 0;
    while (seen < 300) {
        struct fake f;
        struct grade_result r;
        random_fake(&f, 2);
        grade_compute(&r, &f.ck, f.mark);
        if (r.n_caps == 0)
            continue;
        seen++;
        int steps = 0;
        for (int i = 0; i < r.n_lifts; i++) {
            steps += r.lift[i].to - r.lift[i].from;
            f.mark[r.lift[i].item].level = r.lift[i].to;
        }
        struct grade_result after;
        grade_compute(&after, &f.ck, f.mark);
        assert_int_equal(after.overall.grade, r.lift_grade);
        assert_true(r.lift_grade < r.overall.grade);
        for (int i = 0; i < r.n_lifts; i++)
            f.mark[r.lift[i].item].level = r.lift[i].from;
        assert_false(reaches(&f, 0, steps - 1, r.overall.grade - 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grade__is_exact__when_all_answers_are_alike),
        cmocka_unit_test(grade__is_none__when_nothing_is_answered),
        cmocka_unit_test(shown_score__is_truncated__just_below_a_boundary),
        cmocka_unit_test(key_item__holds_the_grade__at_level_one_and_two),
        cmocka_unit_test(weakest_section__holds_the_grade__one_letter_above),
        cmocka_unit_test(section__has_no_grade__when_half_is_not_applicable),
        cmocka_unit_test(result__equals_the_slow_computation__on_random_checklists),
        cmocka_unit_test(lift__is_the_smallest_change__on_random_checklists),
    };
    return cmocka_run_group_tests_name("grade", tests, NULL, NULL);
}
