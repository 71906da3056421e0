/* The tabs around the sections: Site, Result, Actions, Plan, and Home. Golden pictures on the frozen checklist, and what the keys do. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/method/benchmark.h"
#include "tests/support/screens.h"
#include "tui/app/merging.h"
#include "tui/app/own_key.h"
#include "tui/screen/screens.h"

static const struct size {
    const char *name;
    int rows, cols;
} SIZES[] = {{"80x24", 24, 80}, {"120x40", 40, 120}, {"40x12", 12, 40}};
enum { N_SIZES = sizeof SIZES / sizeof SIZES[0] };

/* Lets a screen that computes beside finish: the plan's thread. */
static void settle(struct stage *s)
{
    for (int i = 0; i < 2000; i++) {
        int wait = app_tick(&s->app);
        if (wait < 0 || wait > 1000)
            return;
        usleep(5000);
    }
    fail_msg("the plan was not solved in ten seconds");
}

static void scene(const char *name, const char *keys)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char path[96];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            stage_keys(&s, keys);
            settle(&s);
            snprintf(path, sizeof path, "%s-%s-%s", name, lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_close(&s);
        }
    }
}

/* The Result and an item beside other sites: some ahead, some behind, one section of which nothing is known. */
static void pictures__beside_other_sites__in_both_languages(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char path[96];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            struct benchmark *b = xcalloc(1, sizeof *b);
            *b = (struct benchmark){.checklist = s.app.assessment->checklist, .n_sites = 12, .date = "2026-11-20", .overall = {12, 400, 600, 801}};
            b->section[0] = (struct quartiles){12, 250, 480, 600};
            b->section[1] = (struct quartiles){12, 705, 800, 905};
            b->section[2] = (struct quartiles){11, 404, 562, 700};
            for (int k = 0; k < b->checklist->n_items; k++)
                b->item[k] = (struct quartiles){12, 30, 40, 50};
            s.app.bench = b;
            stage_keys(&s, "F6");
            snprintf(path, sizeof path, "result-bench-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_keys(&s, "Space Space");
            snprintf(path, sizeof path, "result-bench-table-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            b->item[4].n = 0;
            b->item[2] = (struct quartiles){12, 15, 20, 35};
            stage_keys(&s, "i");
            snprintf(path, sizeof path, "bench-items-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_keys(&s, "j j Enter");
            b->item[4].n = 12;
            b->item[2] = (struct quartiles){12, 30, 40, 50};
            assert_int_equal(app_item(&s.app), 2);
            stage_keys(&s, "F2 j j J J J J J");
            snprintf(path, sizeof path, "item-bench-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_close(&s);
        }
    }
}

/* The example as somebody else would have filled it in: a level more, a level less, another kind of answer, only said. */
static struct assessment *somebody_else(const struct stage *s)
{
    struct assessment *a = stage_example(s->app.assessment->checklist);
    struct change c;
    change_level(&c, a, 0, 1, "2026-11-21T09:30:00+09:00");
    assessment_apply(a, &c, NULL);
    change_level(&c, a, 2, 4, "2026-11-21T09:31:00+09:00");
    assessment_apply(a, &c, NULL);
    change_unknown(&c, a, 1, "2026-11-21T09:32:00+09:00");
    assessment_apply(a, &c, NULL);
    return a;
}

static void pictures__of_a_comparison__in_both_languages(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char path[96];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            s.app.other = somebody_else(&s);
            stage_keys(&s, "F2 c");
            snprintf(path, sizeof path, "compare-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            if (SIZES[i].rows == 12) {
                /* No room for both: Enter opens the answers in full, Enter again the item; Esc goes back to the list. */
                stage_keys(&s, "Enter");
                snprintf(path, sizeof path, "compare-pair-%s", lang_code((enum lang)lang));
                stage_golden(&s, path, 0);
                stage_keys(&s, "J J J");
                snprintf(path, sizeof path, "compare-pair-end-%s", lang_code((enum lang)lang));
                stage_golden(&s, path, 0);
                stage_keys(&s, "Esc Enter Enter");
                assert_true(s.app.comparing);
                stage_keys(&s, "Esc");
            }
            stage_keys(&s, "F G");
            snprintf(path, sizeof path, "compare-all-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_close(&s);
        }
    }
}

static void pictures__of_a_merge__in_both_languages(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char path[96];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            struct assessment *own = stage_example(s.app.assessment->checklist), *theirs = somebody_else(&s);
            struct merging *m = xcalloc(1, sizeof *m);
            *m = (struct merging){.side = {own, theirs}, .path = {"office.xml.gz", "floor.xml.gz"}, .out = "both.xml.gz"};
            assert_int_equal(merging_begin(m, MERGE_NEWER), MERGE_OK);
            s.app.merging = m;
            app_push(&s.app, &merge_screen, NULL);
            snprintf(path, sizeof path, "merge-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            if (SIZES[i].rows == 12) {
                stage_keys(&s, "Enter");
                snprintf(path, sizeof path, "merge-pair-%s", lang_code((enum lang)lang));
                stage_golden(&s, path, 0);
                stage_keys(&s, "J J J");
                snprintf(path, sizeof path, "merge-pair-end-%s", lang_code((enum lang)lang));
                stage_golden(&s, path, 0);
                stage_keys(&s, "Esc");
            }
            stage_keys(&s, "a");
            assert_int_equal(merging_undecided(m), m->n_conflicts - 1);
            assert_int_equal(assessment_answer(m->merged, m->conflict[0].item)->level, m->conflict[0].a->level);
            stage_keys(&s, "N q");
            snprintf(path, sizeof path, "merge-decided-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            assert_int_equal(merging_undecided(m), 0);
            assert_false(s.app.quit);
            stage_keys(&s, "q");
            assert_true(s.app.quit);
            assert_false(m->written);
            stage_close(&s);
            merging_release(m);
            free(m);
            assessment_free(own);
            assessment_free(theirs);
        }
    }
}

static void comparison__leads_to_the_item_and_back__and_hears_of_changes(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    s.app.other = somebody_else(&s);
    stage_keys(&s, "F6 c g");
    assert_true(stage_shows(&s, "Other level 2, other kind of answer 1"));
    int before = s.app.n_layers;
    stage_keys(&s, "Enter");
    assert_int_equal(s.app.n_layers, before - 1);
    int item = app_item(&s.app);
    assert_int_not_equal(item, -1);
    stage_keys(&s, "Esc");
    assert_true(stage_shows(&s, "Other level 2"));
    stage_keys(&s, "Enter");
    int same = assessment_round(s.app.other)->answer[item].level;
    char key[2] = {(char)('0' + same), '\0'};
    stage_keys(&s, key);
    stage_keys(&s, "Esc");
    assert_true(stage_shows(&s, "Other level 1"));
    stage_keys(&s, "Esc");
    assert_int_equal(s.app.n_layers, 0);
    stage_keys(&s, "Esc");
    assert_int_equal(s.app.n_layers, 0);
    stage_close(&s);
}

/* Against the round before, there is nothing to compare with once the new round is undone: on the screen, and behind an item. (Found by
 * fuzzing.) */
static void comparison__is_closed__when_the_round_before_is_gone(void **state)
{
    (void)state;
    for (int behind = 0; behind < 2; behind++) {
        struct stage s;
        stage_open(&s, LANG_EN, 24, 80);
        stage_keys(&s, "F2 R 3 c Enter");
        assert_string_equal(app_top(&s.app)->ops->name, "compare");
        stage_keys(&s, behind ? "Enter u u Esc" : "u u");
        assert_int_equal(s.app.assessment->n_rounds, 1);
        assert_int_equal(s.app.n_layers, 0);
        assert_false(s.app.comparing);
        stage_keys(&s, "Ctrl-R Ctrl-R c Enter");
        assert_string_equal(app_top(&s.app)->ops->name, "compare");
        stage_close(&s);
    }
}

static void pictures__of_all_tabs__in_both_languages(void **state)
{
    (void)state;
    scene("site", "F1 g");
    scene("site-importance", "F1 g j j j j j j");
    scene("result", "F6");
    scene("result-end", "F6 G");
    scene("actions", "F7");
    scene("playbook", "F7 Enter");
    scene("plan", "F8");
    scene("plan-open", "F8 t t");
}

/* ---- Site ---- */

static void site__takes_what_is_typed__and_refuses_what_is_no_id(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F1 g j Enter Ctrl-U");
    stage_type(&s, "東工場");
    stage_keys(&s, "Enter");
    assert_non_null(strstr(s.app.assessment->site.name, "東工場"));
    stage_keys(&s, "j Enter");
    stage_type(&s, "jp/osaka");
    stage_keys(&s, "Enter");
    assert_string_equal(s.app.assessment->site.id, "");
    assert_true(stage_shows(&s, "拠点IDに使えるのは"));
    stage_keys(&s, "Enter");
    stage_type(&s, "jp-osaka-2");
    stage_keys(&s, "Enter");
    assert_string_equal(s.app.assessment->site.id, "jp-osaka-2");
    stage_keys(&s, "u");
    assert_string_equal(s.app.assessment->site.id, "");
    stage_close(&s);
}

static void importance__steps_through_three__and_moves_the_targets(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    assert_int_equal(assessment_target_level(s.app.assessment, 0), 3);
    stage_keys(&s, "F1 g j j j j j j Enter");
    assert_int_equal(s.app.assessment->site.importance, IMPORTANCE_LOW);
    stage_keys(&s, "Enter");
    assert_int_equal(s.app.assessment->site.importance, IMPORTANCE_HIGH);
    assert_int_equal(assessment_target_level(s.app.assessment, 0), 4);
    stage_close(&s);
}

static void people__are_added_named_and_removed__unless_somebody_names_them(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F1 G Enter Enter");
    stage_type(&s, "山田 太郎");
    stage_keys(&s, "Enter j j Enter Esc");
    assert_int_equal(s.app.assessment->n_people, 1);
    assert_string_equal(s.app.assessment->person[0].name, "山田 太郎");
    assert_string_equal(s.app.assessment->person[0].role, s.app.assessment->checklist->role[0].id);
    stage_keys(&s, "F2 g p");
    assert_string_equal(assessment_answer(s.app.assessment, 0)->by, "p1");
    assert_true(stage_shows(&s, "Said by: 山田 太郎"));
    stage_keys(&s, "F1 G k Enter G Enter");
    assert_int_equal(s.app.assessment->n_people, 1);
    stage_keys(&s, "Esc F2 g p F1 G k Enter G Enter");
    assert_int_equal(s.app.assessment->n_people, 0);
    stage_close(&s);
}

static void add_person(struct stage *s, const char *name)
{
    stage_keys(s, "F1 G Enter Enter");
    stage_type(s, name);
    stage_keys(s, "Enter Esc");
}

/* The form is of a person, not of a place in the list: undo takes people away and puts others before. (Found by fuzzing.) */
static void person_form__stays_with_its_person__whatever_undo_does(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    add_person(&s, "Abe");
    add_person(&s, "Baba");
    stage_keys(&s, "F1 G k k Enter G Enter"); /* Abe goes, and the form with him */
    assert_int_equal(s.app.n_layers, 0);
    assert_int_equal(s.app.assessment->n_people, 1);
    stage_keys(&s, "F1 G k Enter");
    assert_true(stage_shows(&s, "Baba"));
    stage_keys(&s, "u j j j Enter"); /* Abe is back, before Baba, whose duty is set */
    assert_int_equal(s.app.assessment->n_people, 2);
    assert_int_equal(s.app.assessment->person[0].duty, PERSON_DUTY_NONE);
    assert_string_equal(s.app.assessment->person[1].name, "Baba");
    assert_int_equal(s.app.assessment->person[1].duty, PERSON_DUTY_GOVERNANCE);
    stage_keys(&s, "u u"); /* Baba was never there */
    assert_int_equal(s.app.n_layers, 0);
    /* A new one is there with the first change, however many were taken away meanwhile. */
    stage_keys(&s, "F1 G Enter u j j j Enter");
    assert_int_equal(s.app.assessment->n_people, 1);
    assert_int_equal(s.app.assessment->person[0].duty, PERSON_DUTY_GOVERNANCE);
    assert_int_equal(s.app.n_layers, 1);
    stage_keys(&s, "u");
    assert_int_equal(s.app.n_layers, 0);
    stage_close(&s);
}

static void round__is_begun_from_the_last__and_taken_back(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 40, 120);
    stage_keys(&s, "R");
    assert_int_equal(s.app.assessment->n_rounds, 2);
    assert_true(assessment_answer(s.app.assessment, 0)->carried);
    stage_keys(&s, "F6 G");
    assert_true(stage_shows(&s, "carried over and wait to be confirmed"));
    stage_keys(&s, "F2 g 4");
    assert_false(assessment_answer(s.app.assessment, 0)->carried);
    stage_keys(&s, "F6 G");
    assert_true(stage_shows(&s, "1-1 3>4"));
    stage_keys(&s, "u u");
    assert_int_equal(s.app.assessment->n_rounds, 1);
    stage_close(&s);
}

/* ---- Result ---- */

static void answer_all(struct stage *s, const char *levels)
{
    char now[32];
    app_now(&s->app, now);
    for (int i = 0; i < s->app.assessment->checklist->n_items; i++) {
        struct change c;
        change_level(&c, s->app.assessment, i, levels[i] - '0', now);
        app_do(&s->app, &c, 0);
    }
}

static void result__says_what_holds_the_grade__and_what_lifts_it(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 40, 120);
    answer_all(&s, "55155" "5555555555555" "55555555" "555555");
    stage_keys(&s, "F6");
    assert_true(stage_shows(&s, "held at C: key item 1-3"));
    assert_true(stage_shows(&s, "raise 1-3 from 1 to 2 and the grade is B"));
    stage_keys(&s, "Enter");
    assert_true(stage_shows(&s, "1-3"));
    assert_int_equal(app_item(&s.app), 2);
    stage_keys(&s, "2 F6");
    assert_true(stage_shows(&s, "held at B"));
    stage_close(&s);
}

static void paper_security__is_warned_of__until_it_is_seen_on_the_floor(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_JA, 40, 120);
    answer_all(&s, "33333" "3333333333333" "33333333" "333333");
    stage_keys(&s, "F6");
    assert_true(stage_shows(&s, "形骸化の疑い"));
    stage_keys(&s, "G");
    assert_true(stage_shows(&s, "現場で確かめる項目"));
    char now[32];
    app_now(&s.app, now);
    for (int i = 0; i < 32; i++) {
        struct change c;
        change_basis(&c, s.app.assessment, i, BASIS_TEST, now);
        app_do(&s.app, &c, 0);
    }
    stage_keys(&s, "g");
    assert_false(stage_shows(&s, "形骸化の疑い"));
    assert_true(stage_shows(&s, "実効性 100 %"));
    stage_close(&s);
}

/* ---- Actions ---- */

static const struct action *first_action(const struct stage *s)
{
    return s->app.assessment->n_actions > 0 ? &s->app.assessment->action[0] : NULL;
}

static void step__goes_from_open_to_dropped__with_a_reason(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F7 s");
    assert_int_equal(first_action(&s)->status, ACTION_DOING);
    stage_keys(&s, "s");
    assert_int_equal(first_action(&s)->status, ACTION_DONE);
    stage_close(&s);
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F7 Enter s s s");
    assert_true(stage_shows(&s, "Why is it dropped?"));
    stage_keys(&s, "Enter");
    assert_int_equal(first_action(&s)->status, ACTION_DONE);
    stage_type(&s, "next year");
    stage_keys(&s, "Enter");
    assert_int_equal(first_action(&s)->status, ACTION_DROPPED);
    assert_string_equal(first_action(&s)->note, "next year");
    assert_non_null(strstr(first_action(&s)->history, " doing\n"));
    assert_non_null(strstr(first_action(&s)->history, " done\n"));
    assert_true(stage_shows(&s, "2026-11-20  dropped"));
    stage_close(&s);
}

static void own_figures__replace_the_estimate__when_they_are_numbers(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F7 Enter p");
    stage_type(&s, "2.5");
    stage_keys(&s, "Enter y");
    stage_type(&s, "400000");
    stage_keys(&s, "Enter t");
    stage_type(&s, "2026-13-01");
    stage_keys(&s, "Enter");
    assert_int_equal(first_action(&s)->effort_tenths, 25);
    assert_int_equal(first_action(&s)->cost_jpy, 400000);
    assert_string_equal(first_action(&s)->due, "");
    assert_true(stage_shows(&s, "A date is written as"));
    stage_keys(&s, "t");
    stage_type(&s, "2026-12-25");
    stage_keys(&s, "Enter");
    assert_string_equal(first_action(&s)->due, "2026-12-25");
    stage_keys(&s, "p Backspace Backspace Backspace Enter");
    assert_int_equal(first_action(&s)->effort_tenths, -1);
    stage_close(&s);
}

static void filters__narrow_the_list__and_come_round_again(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F7");
    assert_false(stage_shows(&s, "shown:"));
    stage_keys(&s, "F");
    assert_true(stage_shows(&s, "shown: now (within a month"));
    assert_false(stage_shows(&s, " later"));
    stage_keys(&s, "F F F F F");
    assert_false(stage_shows(&s, "shown:"));
    stage_keys(&s, "O");
    assert_true(stage_shows(&s, "shown:"));
    stage_close(&s);
}

static void item_at_its_target__leaves_the_list(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    answer_all(&s, "55555" "5555555555555" "55555555" "555555");
    stage_keys(&s, "F7");
    assert_true(stage_shows(&s, "Every item is at its target."));
    stage_keys(&s, "F2 g t");
    stage_type(&s, "4");
    stage_keys(&s, "Enter");
    assert_true(stage_shows(&s, "the reason"));
    assert_int_equal(s.app.assessment->n_targets, 0);
    stage_close(&s);
}

/* ---- Plan ---- */

static void plan__answers_at_once__and_is_accepted_into_actions(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 40, 120);
    stage_keys(&s, "F8");
    settle(&s);
    assert_true(stage_shows(&s, "proven best"));
    assert_true(stage_shows(&s, "[x]"));
    stage_keys(&s, "p");
    stage_type(&s, "10");
    stage_keys(&s, "Enter");
    settle(&s);
    assert_true(stage_shows(&s, "Not within these limits"));
    stage_keys(&s, "t t");
    settle(&s);
    assert_true(stage_shows(&s, "target grade [─]"));
    assert_true(stage_shows(&s, "proven best"));
    stage_keys(&s, "a");
    settle(&s);
    assert_true(s.app.assessment->n_actions > 0);
    stage_keys(&s, "u");
    assert_int_equal(s.app.assessment->n_actions, 0);
    stage_close(&s);
}

static void plan__keeps_out_and_forces_in__what_is_wished(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 40, 120);
    stage_keys(&s, "F8");
    settle(&s);
    stage_keys(&s, "g x");
    settle(&s);
    assert_true(stage_shows(&s, "not "));
    assert_true(stage_shows(&s, "proven best") || stage_shows(&s, "Cannot be reached"));
    stage_keys(&s, "x G m");
    settle(&s);
    assert_true(stage_shows(&s, "must"));
    stage_close(&s);
}

/* Nothing reaches the grade without this step: the mark that is in the way stays in sight, and can be taken back. */
static void plan__that_marks_make_impossible__is_no_dead_end(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char name[48];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            stage_keys(&s, "F8 t t t"); /* C, the lowest of its targets */
            settle(&s);
            stage_keys(&s, "g x j x j x j x j x");
            settle(&s);
            snprintf(name, sizeof name, "plan-marks-%s-%s", lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, name, 0);
            stage_close(&s);
        }
    }
}

/* ---- Home ---- */

/* Pages touched by children that have ended: more of them when something was done in one. */
static long done_by_children(void)
{
    struct rusage r;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &r), 0);
    return r.ru_minflt;
}

static void home__lists_the_files_here__makes_and_opens_them(void **state)
{
    (void)state;
    struct stage s;
    char dir[] = "/tmp/monshin-home-XXXXXX", old[4096];
    assert_non_null(getcwd(old, sizeof old));
    assert_non_null(mkdtemp(dir));
    setenv("XDG_STATE_HOME", dir, 1);
    assert_int_equal(chdir(dir), 0);
    stage_open_empty(&s, LANG_EN, 24, 80);
    app_push(&s.app, &home_screen, NULL);
    stage_keys(&s, "n");
    stage_type(&s, "plant");
    stage_keys(&s, "Enter");
    assert_non_null(s.app.assessment);
    assert_int_equal(access("plant.xml.gz", F_OK), 0);
    long before = done_by_children();
    stage_keys(&s, "H");
    assert_true(done_by_children() > before); /* a file that lies about may be a stranger's */
    assert_true(stage_shows(&s, "plant.xml.gz"));
    assert_true(stage_shows(&s, "monshin  Home")); /* it is not about the file that is open */
    assert_false(stage_shows(&s, "Result"));
    stage_keys(&s, "Esc");
    assert_true(stage_shows(&s, "Result"));
    stage_keys(&s, "H");
    stage_keys(&s, "n");
    stage_type(&s, "plant");
    stage_keys(&s, "Enter");
    assert_true(stage_shows(&s, "exists"));
    stage_close(&s);
    stage_open_empty(&s, LANG_JA, 24, 80);
    app_push(&s.app, &home_screen, NULL);
    assert_true(stage_shows(&s, "plant.xml.gz"));
    stage_keys(&s, "Enter");
    assert_non_null(s.app.assessment);
    stage_close(&s);
    assert_int_equal(chdir(old), 0);
    unsetenv("XDG_STATE_HOME");
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    assert_int_equal(system(command), 0);
}

static void pictures__of_home_in_an_empty_folder__in_both_languages(void **state)
{
    (void)state;
    char dir[] = "/tmp/monshin-empty-XXXXXX", old[4096], name[48];
    assert_non_null(getcwd(old, sizeof old));
    assert_non_null(mkdtemp(dir));
    setenv("XDG_STATE_HOME", dir, 1);
    for (size_t i = 0; i < 2 * N_SIZES; i++) {
        struct stage s;
        stage_open_empty(&s, (enum lang)(i % 2), SIZES[i / 2].rows, SIZES[i / 2].cols);
        assert_int_equal(chdir(dir), 0);
        app_push(&s.app, &home_screen, NULL);
        assert_int_equal(chdir(old), 0);
        stage_keys(&s, "j j j");
        snprintf(name, sizeof name, "home-empty-%s-%s", lang_code(s.app.lang), SIZES[i / 2].name);
        stage_golden(&s, name, 0);
        stage_close(&s);
    }
    unsetenv("XDG_STATE_HOME");
    assert_int_equal(rmdir(dir), 0);
}

/* Where no file can be opened (too many are), nothing is left of the attempt either, and the person is told. */
static void example__that_cannot_be_written__leaves_no_folder(void **state)
{
    (void)state;
    char dir[] = "/tmp/monshin-none-XXXXXX";
    struct stage s;
    struct rlimit limit, none;
    assert_non_null(mkdtemp(dir));
    setenv("TMPDIR", dir, 1);
    stage_open_empty(&s, LANG_EN, 24, 80);
    app_push(&s.app, &home_screen, NULL);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = (struct rlimit){0, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    stage_keys(&s, "d");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_true(s.app.message[0] != '\0');
    assert_null(s.app.showcase);
    assert_string_equal(app_top(&s.app)->ops->name, "home");
    assert_int_equal(rmdir(dir), 0); /* it is empty */
    stage_close(&s);
    unsetenv("TMPDIR");
}

static long size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (long)st.st_size;
}

/* What the program itself reads: here the other side of the comparison, by another name. */
static void file_that_is_read__is_not_replaced__by_what_is_written(void **state)
{
    (void)state;
    struct stage s;
    char dir[] = "/tmp/monshin-read-XXXXXX", old[4096];
    assert_non_null(getcwd(old, sizeof old));
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    assert_int_equal(file_write_new("other.xml.gz", "other", 5, false, NULL), ERR_OK);
    assert_int_equal(link("other.xml.gz", "site-round1.html"), 0);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        stage_open(&s, (enum lang)lang, 24, 80);
        s.app.other_path = xstrdup("other.xml.gz");
        stage_keys(&s, "F6 r Enter");
        assert_true(stage_shows(&s, lang == LANG_EN ? "This file is in use here" : "このファイルは使用中です"));
        assert_string_equal(app_top(&s.app)->ops->name, "ask");
        assert_int_equal(size_of("other.xml.gz"), 5);
        stage_close(&s);
    }
    /* Nor is the person's own secret key. */
    setenv("XDG_CONFIG_HOME", dir, 1);
    char *key = own_key_path(".key"), *folder = path_dir(key);
    folder_make(folder);
    assert_int_equal(file_write_new(key, "secret", 6, false, NULL), ERR_OK);
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F6 r Ctrl-U");
    stage_type(&s, key);
    stage_keys(&s, "Enter");
    assert_true(stage_shows(&s, "This file is in use here"));
    assert_int_equal(size_of(key), 6);
    stage_close(&s);
    unsetenv("XDG_CONFIG_HOME");
    free(key);
    free(folder);
    assert_int_equal(chdir(old), 0);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    assert_int_equal(system(command), 0);
}

static void result__hands_over_report_and_export__beside_the_file(void **state)
{
    (void)state;
    struct stage s;
    char dir[] = "/tmp/monshin-hand-XXXXXX", old[4096];
    assert_non_null(getcwd(old, sizeof old));
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    stage_open(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F6 r Enter");
    assert_true(stage_shows(&s, "The report is in site-round1.html"));
    assert_int_equal(access("site-round1.html", R_OK), 0);
    stage_keys(&s, "r Enter");
    assert_true(stage_shows(&s, "This file exists already. Replace it?"));
    assert_int_equal(chdir(old), 0);
    for (size_t i = 0; i < 2 * N_SIZES; i++) {
        char name[32];
        stage_resize(&s, SIZES[i / 2].rows, SIZES[i / 2].cols);
        app_set_lang(&s.app, (enum lang)(i % 2));
        snprintf(name, sizeof name, "replace-%s-%s", lang_code(s.app.lang), SIZES[i / 2].name);
        stage_golden(&s, name, 0);
    }
    app_set_lang(&s.app, LANG_EN);
    stage_resize(&s, 24, 80);
    assert_int_equal(chdir(dir), 0);
    assert_int_equal(truncate("site-round1.html", 7), 0);
    stage_keys(&s, "n");
    assert_true(stage_shows(&s, "Report as a web page to"));
    assert_int_equal(size_of("site-round1.html"), 7);
    stage_keys(&s, "Enter y");
    assert_true(stage_shows(&s, "The report is in site-round1.html"));
    assert_true(size_of("site-round1.html") > 7);
    stage_keys(&s, "r");
    stage_keys(&s, "Ctrl-U");
    stage_type(&s, ".");
    stage_keys(&s, "Enter");
    assert_true(stage_shows(&s, "exists already")); /* a folder is not asked about */
    stage_keys(&s, "e Ctrl-U Enter Enter");
    assert_true(stage_shows(&s, "Exported, incomplete"));
    assert_int_equal(access("site-round1.xml.gz", R_OK), 0);
    stage_close(&s);
    assert_int_equal(chdir(old), 0);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures__of_all_tabs__in_both_languages),
        cmocka_unit_test(pictures__beside_other_sites__in_both_languages),
        cmocka_unit_test(pictures__of_a_comparison__in_both_languages),
        cmocka_unit_test(pictures__of_a_merge__in_both_languages),
        cmocka_unit_test(comparison__leads_to_the_item_and_back__and_hears_of_changes),
        cmocka_unit_test(comparison__is_closed__when_the_round_before_is_gone),
        cmocka_unit_test(site__takes_what_is_typed__and_refuses_what_is_no_id),
        cmocka_unit_test(importance__steps_through_three__and_moves_the_targets),
        cmocka_unit_test(people__are_added_named_and_removed__unless_somebody_names_them),
        cmocka_unit_test(person_form__stays_with_its_person__whatever_undo_does),
        cmocka_unit_test(round__is_begun_from_the_last__and_taken_back),
        cmocka_unit_test(result__says_what_holds_the_grade__and_what_lifts_it),
        cmocka_unit_test(paper_security__is_warned_of__until_it_is_seen_on_the_floor),
        cmocka_unit_test(step__goes_from_open_to_dropped__with_a_reason),
        cmocka_unit_test(own_figures__replace_the_estimate__when_they_are_numbers),
        cmocka_unit_test(filters__narrow_the_list__and_come_round_again),
        cmocka_unit_test(item_at_its_target__leaves_the_list),
        cmocka_unit_test(plan__answers_at_once__and_is_accepted_into_actions),
        cmocka_unit_test(plan__keeps_out_and_forces_in__what_is_wished),
        cmocka_unit_test(plan__that_marks_make_impossible__is_no_dead_end),
        cmocka_unit_test(result__hands_over_report_and_export__beside_the_file),
        cmocka_unit_test(pictures__of_home_in_an_empty_folder__in_both_languages),
        cmocka_unit_test(example__that_cannot_be_written__leaves_no_folder),
        cmocka_unit_test(file_that_is_read__is_not_replaced__by_what_is_written),
        cmocka_unit_test(home__lists_the_files_here__makes_and_opens_them),
    };
    return cmocka_run_group_tests_name("tabs", tests, NULL, NULL);
}
