/* core/model/checklist: what is built in is what the XML says; another checklist works as well. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/io/xml.h"
#include "core/method/grade.h"
#include "core/method/verdict.h"
#include "core/model/checklist.h"

static const char TINY[] = "tests/data/tiny/checklist.xml";
static const char METI[] = "checklists/meti-factory/checklist.xml";

static struct checklist *load(const char *path)
{
    struct checklist *ck = NULL;
    struct diag d = {0};
    if (checklist_load(&ck, path, &d) != ERR_OK)
        fail_msg("%s: %s at %s:%ld: %s", path, err_name(d.err), d.where, d.line, d.detail);
    return ck;
}

static const char *ja(struct ltext t)
{
    return t.in[LANG_JA];
}

static const char *en(struct ltext t)
{
    return t.in[LANG_EN];
}

/* Another checklist */

static void tiny__has_its_own_scale_grades_caps_and_sections(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    assert_string_equal(ck->id, "workshop-hygiene");
    assert_string_equal(ck->version, "2");
    assert_string_equal(ja(ck->name), "工房の整理整頓");
    for (int l = 0; l < LEVEL_MAX; l++)
        assert_int_equal(ck->level[l].score, 25 * l);
    assert_int_equal(ck->n_grades, 3);
    assert_int_equal(ck->grade[1].letter, 'Y');
    assert_int_equal(ck->grade[1].min, 40);
    assert_int_equal(ck->n_key_caps, 1);
    assert_int_equal(ck->key_cap[0].level, 3);
    assert_int_equal(ck->key_cap[0].max_grade, 1);
    assert_int_equal(ck->balance_letters, -1);
    assert_int_equal(ck->na_percent, 34);
    assert_int_equal(ck->n_sections, 2);
    assert_int_equal(ck->section[1].first_item, 3);
    assert_int_equal(ck->section[1].n_items, 2);
    assert_int_equal(ck->reference_people, 2);
    assert_int_equal(ck->reference_devices, 7);
    assert_int_equal(ck->n_editions, 1);
    assert_string_equal(ck->edition[0].licence, "");
    assert_string_equal(en(ck->edition[0].wording[4]), "Goggles are worn.");
    checklist_free(ck);
}

static void tiny__has_its_own_items_steps_and_estimates(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    const struct ck_item *guards = &ck->item[checklist_item(ck, "guards")];
    assert_int_equal(guards->section, 1);
    assert_int_equal(guards->weight, 5);
    assert_true(guards->key);
    assert_int_equal(guards->risk, 200);
    assert_int_equal(ck->item[0].risk, 100);
    assert_int_equal(ck->item[1].fix, FIX_HQ);
    assert_int_equal(guards->n_checks, 2);
    assert_int_equal(guards->check[1].level, 4);
    assert_string_equal(en(guards->level[4]), "Machine guards: Last week's change can be seen");
    const struct ck_step *step = &guards->step[0];
    assert_int_equal(step->to, 2);
    assert_int_equal(guards->step[1].to, 0);
    assert_int_equal(step->lead, checklist_role(ck, "master"));
    assert_int_equal(step->n_agree, 0);
    assert_int_equal(ck->item[0].step[0].n_agree, 2);
    assert_int_equal(ck->item[0].step[0].agree[0], checklist_role(ck, "apprentice"));
    assert_int_equal(ck->item[0].step[0].duty, DUTY_GOVERNANCE);
    assert_int_equal(step->duty, DUTY_MANAGEMENT);
    assert_int_equal(step->n_how, 3);
    assert_int_equal(step->effort.low, 5);
    assert_int_equal(step->effort.typical, 10);
    assert_int_equal(step->effort.high, 25);
    assert_int_equal(step->effort.scale, SCALE_HALF);
    assert_true(step->build.high == 50000000000LL);
    assert_int_equal(step->stops, 1);
    assert_int_equal(step->stop_hours, 2);
    assert_int_equal(step->n_requires, 1);
    assert_int_equal(step->requires[0].item, 0);
    assert_string_equal(step->refs[0].id, "ID.AM-01");
    const struct ck_item *goggles = &ck->item[checklist_item(ck, "goggles")];
    assert_true(goggles->na_plausible);
    assert_int_equal(goggles->n_alternatives, 1);
    assert_false(guards->na_plausible);
    checklist_free(ck);
}

static void lookups__find_by_id__and_targets_follow_importance(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    assert_int_equal(checklist_item(ck, "floor"), 2);
    assert_int_equal(checklist_item(ck, "2-6"), -1);
    assert_int_equal(checklist_section(ck, "safe"), 1);
    assert_int_equal(checklist_section(ck, "people"), -1);
    assert_int_equal(checklist_edition(ck, "plain"), 0);
    assert_int_equal(checklist_role(ck, "it"), -1);
    assert_int_equal(checklist_importance(ck, "high"),
                     0); /* written in another order in the file */
    assert_int_equal(checklist_importance(ck, "low"), 2);
    assert_int_equal(checklist_importance(ck, ""), 1);
    assert_int_equal(checklist_importance(ck, "huge"), 1);
    static const int want[3][2] = {{5, 4}, {4, 3}, {2, 2}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(checklist_target(ck, checklist_item(ck, "tools"), i), want[i][0]);
        assert_int_equal(checklist_target(ck, checklist_item(ck, "labels"), i), want[i][1]);
    }
    checklist_free(ck);
}

static void tiny__is_graded_by_its_own_rules(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    struct mark marks[ITEMS_MAX];
    for (int i = 0; i < ck->n_items; i++)
        marks[i] = (struct mark){ANSWER_LEVEL, 5};
    struct grade_result r;
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.grade].letter, 'X');
    marks[checklist_item(ck, "guards")].level = 2;
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.by_score].letter, 'Y');
    marks[checklist_item(ck, "guards")].level = 4;
    marks[checklist_item(ck, "tools")].level = 3; /* a key item at 3: at most Y */
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.by_score].letter, 'X');
    assert_int_equal(ck->grade[r.overall.grade].letter, 'Y');
    checklist_free(ck);
}

/* METI */

static void meti__has_the_frame_that_the_method_names(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_find("meti-factory");
    assert_ptr_equal(ck, checklist_builtin(0));
    static const struct {
        const char *id;
        int weight, n;
    } sections[] = {{"people", 30, 5}, {"process", 30, 13}, {"technology", 30, 8}, {"scm", 10, 6}};
    assert_int_equal(ck->n_sections, 4);
    for (int s = 0; s < 4; s++) {
        assert_string_equal(ck->section[s].id, sections[s].id);
        assert_int_equal(ck->section[s].weight, sections[s].weight);
        assert_int_equal(ck->section[s].n_items, sections[s].n);
    }
    static const char keys[] = " 1-1 1-3 2-1 2-6 2-9 3-1 3-7 4-1 4-4 ";
    /* in the order of the guideline */
    static const int weights[32] = {4, 2, 4, 3, 1, 4, 3, 3, 2, 2, 4, 3, 4, 4, 3, 3,
                                    4, 2, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 4};
    assert_int_equal(ck->n_items, 32);
    for (int i = 0; i < ck->n_items; i++) {
        char id[16];
        snprintf(id, sizeof id, " %s ", ck->item[i].id);
        assert_int_equal(ck->item[i].key, strstr(keys, id) != NULL);
        assert_int_equal(ck->item[i].weight, weights[i]);
    }
    for (int g = 0; g < 4; g++) {
        assert_int_equal(ck->grade[g].letter, 'A' + g);
        assert_int_equal(ck->grade[g].min, g < 3 ? 80 - 20 * g : 0);
    }
    assert_int_equal(ck->balance_letters, 1);
    assert_int_equal(ck->na_percent, 50);
    assert_int_equal(ck->n_key_caps, 2);
    assert_string_equal(ck->edition[ck->default_edition].id, "draft-2022-04");
    assert_true(checklist_edition(ck, "public-2023") >= 0);
    assert_null(checklist_find("workshop-hygiene"));
}

/* What the compiler made is what the loader reads. */

static void same_text(struct ltext a, struct ltext b)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        assert_string_equal(a.in[l], b.in[l]);
        assert_true(a.in[l][0] != '\0' || b.in[l][0] == '\0');
    }
}

static void same_texts(const struct ltext *a, int n_a, const struct ltext *b, int n_b)
{
    assert_int_equal(n_a, n_b);
    for (int i = 0; i < n_a; i++)
        same_text(a[i], b[i]);
}

static void same_estimate(const struct ck_estimate *a, const struct ck_estimate *b)
{
    assert_true(a->low == b->low && a->typical == b->typical && a->high == b->high &&
                a->scale == b->scale);
    if (a->basis.in[0] != NULL || b->basis.in[0] != NULL)
        same_text(a->basis, b->basis);
}

static void same_step(const struct ck_step *a, const struct ck_step *b)
{
    assert_int_equal(a->to, b->to);
    if (a->to == 0)
        return;
    assert_int_equal(a->lead, b->lead);
    assert_int_equal(a->duty, b->duty);
    assert_int_equal(a->n_agree, b->n_agree);
    for (int i = 0; i < a->n_agree; i++)
        assert_int_equal(a->agree[i], b->agree[i]);
    same_text(a->action, b->action);
    same_text(a->first, b->first);
    same_text(a->paper, b->paper);
    same_texts(a->how, a->n_how, b->how, b->n_how);
    same_texts(a->evidence, a->n_evidence, b->evidence, b->n_evidence);
    same_estimate(&a->effort, &b->effort);
    same_estimate(&a->build, &b->build);
    same_estimate(&a->run, &b->run);
    assert_int_equal(a->stops, b->stops);
    assert_int_equal(a->stop_hours, b->stop_hours);
    if (a->stops > 0)
        same_text(a->stop_why, b->stop_why);
    assert_int_equal(a->n_requires, b->n_requires);
    for (int i = 0; i < a->n_requires; i++) {
        assert_int_equal(a->requires[i].item, b->requires[i].item);
        assert_int_equal(a->requires[i].level, b->requires[i].level);
    }
    assert_int_equal(a->n_refs, b->n_refs);
    for (int i = 0; i < a->n_refs; i++) {
        assert_string_equal(a->refs[i].std, b->refs[i].std);
        assert_string_equal(a->refs[i].id, b->refs[i].id);
    }
}

static void same_item(const struct ck_item *a, const struct ck_item *b)
{
    assert_string_equal(a->id, b->id);
    assert_true(a->section == b->section && a->weight == b->weight && a->key == b->key &&
                a->fix == b->fix);
    assert_true(a->na_plausible == b->na_plausible && a->risk == b->risk);
    same_text(a->label, b->label);
    same_texts(a->level, LEVEL_MAX, b->level, LEVEL_MAX);
    same_text(a->na_when, b->na_when);
    assert_int_equal(a->n_questions, b->n_questions);
    for (int i = 0; i < a->n_questions; i++) {
        assert_int_equal(a->question[i].role, b->question[i].role);
        same_text(a->question[i].text, b->question[i].text);
    }
    same_texts(a->evidence, a->n_evidence, b->evidence, b->n_evidence);
    same_texts(a->alternative, a->n_alternatives, b->alternative, b->n_alternatives);
    assert_int_equal(a->n_checks, b->n_checks);
    for (int i = 0; i < a->n_checks; i++) {
        assert_string_equal(a->check[i].id, b->check[i].id);
        assert_int_equal(a->check[i].level, b->check[i].level);
        same_text(a->check[i].text, b->check[i].text);
    }
    for (int s = 0; s < LEVEL_MAX - 1; s++)
        same_step(&a->step[s], &b->step[s]);
}

static void same_verdict(const struct ck_verdict *a, const struct ck_verdict *b)
{
    assert_string_equal(a->id, b->id);
    same_text(a->say, b->say);
    assert_int_equal(a->n_when, b->n_when);
    for (int i = 0; i < a->n_when; i++) {
        const struct ck_when *x = &a->when[i], *y = &b->when[i];
        assert_true(x->section == y->section && x->item == y->item && x->overall == y->overall);
        assert_true(x->grade_best == y->grade_best && x->grade_worst == y->grade_worst);
        assert_true(x->level_min == y->level_min && x->level_max == y->level_max);
    }
}

static void same_frame(const struct checklist *a, const struct checklist *b)
{
    same_text(a->name, b->name);
    same_text(a->attribution, b->attribution);
    same_text(a->reference_plant, b->reference_plant);
    for (int l = 0; l < LEVEL_MAX; l++) {
        assert_int_equal(a->level[l].score, b->level[l].score);
        same_text(a->level[l].brief, b->level[l].brief);
        same_text(a->level[l].name, b->level[l].name);
    }
    for (int i = 0; i < 3; i++) {
        assert_string_equal(a->importance[i].id, b->importance[i].id);
        assert_int_equal(a->importance[i].target_key, b->importance[i].target_key);
        assert_int_equal(a->importance[i].target, b->importance[i].target);
        same_text(a->importance[i].name, b->importance[i].name);
        same_text(a->importance[i].help, b->importance[i].help);
    }
    assert_int_equal(a->n_roles, b->n_roles);
    for (int i = 0; i < a->n_roles; i++) {
        assert_string_equal(a->role[i].id, b->role[i].id);
        same_text(a->role[i].name, b->role[i].name);
        same_text(a->role[i].brief, b->role[i].brief);
    }
    assert_int_equal(a->n_grades, b->n_grades);
    for (int i = 0; i < a->n_grades; i++)
        same_text(a->grade[i].meaning, b->grade[i].meaning);
}

static void builtin__is_the_same__as_the_xml_it_was_made_from(void **state)
{
    (void)state;
    const struct checklist *a = checklist_builtin(0);
    struct checklist *b = load(METI);
    same_frame(a, b);
    assert_int_equal(a->n_items, b->n_items);
    for (int i = 0; i < a->n_items; i++)
        same_item(&a->item[i], &b->item[i]);
    assert_int_equal(a->n_editions, b->n_editions);
    assert_int_equal(a->default_edition, b->default_edition);
    for (int e = 0; e < a->n_editions; e++) {
        assert_string_equal(a->edition[e].licence, b->edition[e].licence);
        same_texts(a->edition[e].wording, a->n_items, b->edition[e].wording, b->n_items);
    }
    assert_int_equal(a->n_groups, b->n_groups);
    for (int g = 0; g < a->n_groups; g++) {
        assert_int_equal(a->group[g].section, b->group[g].section);
        assert_int_equal(a->group[g].n_verdicts, b->group[g].n_verdicts);
        for (int v = 0; v < a->group[g].n_verdicts; v++)
            same_verdict(&a->group[g].verdict[v], &b->group[g].verdict[v]);
    }
    checklist_free(b);
}

/* Marks every sentence that is chosen for these marks. */
static void mark_chosen(bool *said, const struct checklist *ck, const struct mark *marks)
{
    struct grade_result r;
    grade_compute(&r, ck, marks);
    for (int section = -1; section < ck->n_sections; section++) {
        const struct ck_verdict *chosen[VERDICTS_MAX];
        int n = verdict_choose(chosen, ck, marks, &r, section);
        assert_true(n >= 1 || section >= 0);
        int at = 0;
        for (int g = 0; g < ck->n_groups; g++)
            for (int v = 0; v < ck->group[g].n_verdicts; v++, at++)
                for (int k = 0; k < n; k++)
                    said[at] |= chosen[k] == &ck->group[g].verdict[v];
    }
}

static void meti__comments_on_every_pattern__and_has_no_sentence_that_is_never_said(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_builtin(0);
    bool said[40 * 40] = {false};
    struct mark marks[ITEMS_MAX];
    for (int pattern = 0; pattern < 5 * 5 * 5 * 5; pattern++) {
        int level[4] = {pattern % 5 + 1, pattern / 5 % 5 + 1, pattern / 25 % 5 + 1,
                        pattern / 125 + 1};
        for (int i = 0; i < ck->n_items; i++)
            marks[i] = (struct mark){ANSWER_LEVEL, level[ck->item[i].section]};
        mark_chosen(said, ck, marks);
    }
    /* one key item behind the others: what the uniform patterns hide behind the first of a group */
    for (int item = 0; item < ck->n_items; item++) {
        for (int i = 0; i < ck->n_items; i++)
            marks[i] = (struct mark){ANSWER_LEVEL, i == item ? 1 : 3};
        mark_chosen(said, ck, marks);
    }
    /* a section without a grade */
    for (int i = 0; i < ck->n_items; i++)
        marks[i] =
            ck->item[i].section == 0 ? (struct mark){ANSWER_NA, 0} : (struct mark){ANSWER_LEVEL, 3};
    mark_chosen(said, ck, marks);
    int at = 0;
    for (int g = 0; g < ck->n_groups; g++)
        for (int v = 0; v < ck->group[g].n_verdicts; v++, at++)
            if (!said[at])
                fail_msg("never said: %s", ck->group[g].verdict[v].id);
}

static int stop_xml(void **state)
{
    (void)state;
    xml_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny__has_its_own_scale_grades_caps_and_sections),
        cmocka_unit_test(tiny__has_its_own_items_steps_and_estimates),
        cmocka_unit_test(lookups__find_by_id__and_targets_follow_importance),
        cmocka_unit_test(tiny__is_graded_by_its_own_rules),
        cmocka_unit_test(meti__has_the_frame_that_the_method_names),
        cmocka_unit_test(builtin__is_the_same__as_the_xml_it_was_made_from),
        cmocka_unit_test(meti__comments_on_every_pattern__and_has_no_sentence_that_is_never_said),
    };
    xml_start();
    return cmocka_run_group_tests(tests, NULL, stop_xml);
}
