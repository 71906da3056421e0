/* The section tabs as a person sees and uses them: golden pictures in both languages and three sizes, and what the keys do. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "tests/support/screens.h"

static const struct size {
    const char *name;
    int rows, cols;
} SIZES[] = {{"80x24", 24, 80}, {"120x40", 40, 120}, {"40x12", 12, 40}};
enum { N_SIZES = sizeof SIZES / sizeof SIZES[0] };

/* One scene in both languages and all sizes. */
static void scene(const char *name, const char *keys)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int i = 0; i < N_SIZES; i++) {
            struct stage s;
            char path[96];
            stage_open_frozen(&s, (enum lang)lang, SIZES[i].rows, SIZES[i].cols);
            stage_keys(&s, keys);
            snprintf(path, sizeof path, "%s-%s-%s", name, lang_code((enum lang)lang), SIZES[i].name);
            stage_golden(&s, path, 0);
            stage_close(&s);
        }
    }
}

static void people__look_as_drawn__in_both_languages(void **state)
{
    (void)state;
    scene("items-people", "F2 g");
}

static void process__looks_as_drawn__with_signs_and_scroll_bar(void **state)
{
    (void)state;
    scene("items-process", "F3 g j j");
}

static void note__looks_as_drawn(void **state)
{
    (void)state;
    scene("note", "F2 g n");
}

static void deep_dive__looks_as_drawn(void **state)
{
    (void)state;
    scene("checks", "F3 G d y n");
}

static void help__looks_as_drawn(void **state)
{
    (void)state;
    scene("help", "?");
}

static void search__looks_as_drawn(void **state)
{
    (void)state;
    scene("search", "/ U S B");
}

static void reason__looks_as_drawn(void **state)
{
    (void)state;
    scene("reason", "F4 g x");
}

static void filter__looks_as_drawn(void **state)
{
    (void)state;
    scene("filter", "F2 F");
}

static void colours__are_as_drawn__on_the_first_screen(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F2 g");
    stage_golden(&s, "items-people-ja-80x24-styles", 1);
    stage_close(&s);
}

static void too_small__says_so_in_both_languages__and_takes_no_answer(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F2 g");
    stage_resize(&s, 11, 60);
    stage_golden(&s, "toosmall", 0);
    stage_keys(&s, "1 0");
    assert_int_equal(assessment_answer(s.app.assessment, 0)->level, 3);
    stage_resize(&s, 24, 80);
    assert_true(stage_shows(&s, "大阪第二工場"));
    stage_keys(&s, "1");
    assert_int_equal(assessment_answer(s.app.assessment, 0)->level, 1);
    stage_close(&s);
}

static const struct answer *answer(struct stage *s, const char *id)
{
    return assessment_answer(s->app.assessment, checklist_item(s->app.assessment->checklist, id));
}

static const char *selected(struct stage *s)
{
    return s->app.assessment->checklist->item[app_item(&s->app)].id;
}

static void level_key__answers_and_goes_on__over_the_end_of_a_section(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    assert_string_equal(selected(&s), "1-5"); /* the first open item */
    stage_keys(&s, "4");
    assert_int_equal(answer(&s, "1-5")->level, 4);
    assert_string_equal(selected(&s), "2-3"); /* carried over: waits for its confirmation */
    stage_keys(&s, "3");
    assert_false(answer(&s, "2-3")->carried);
    assert_string_equal(selected(&s), "2-4");
    stage_close(&s);
}

static void whole_interview__takes_one_key_for_each_item(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_JA, 24, 80);
    const struct checklist *ck = s.app.assessment->checklist;
    app_attach(&s.app, assessment_new(ck, ck->default_edition, "id", "2026-11-20T10:00:00+09:00"), NULL, false, "");
    for (int i = 0; i < ck->n_items; i++) {
        char key[2] = {(char)('1' + i % 5), 0};
        stage_keys(&s, key);
    }
    for (int i = 0; i < ck->n_items; i++)
        assert_int_equal(assessment_answer(s.app.assessment, i)->level, 1 + i % 5);
    assert_false(s.app.grade.provisional);
    assert_true(stage_shows(&s, "全32項目に回答しました"));
    assert_true(stage_shows(&s, "32/32"));
    stage_close(&s);
}

static void marks__are_set_and_undone__across_tabs(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F2 g 0");
    assert_int_equal(answer(&s, "1-1")->state, ANSWER_UNKNOWN);
    stage_keys(&s, "b");
    assert_int_equal(answer(&s, "1-1")->basis, BASIS_NONE); /* an unknown has no basis */
    assert_true(stage_shows(&s, "Only a level has that"));
    stage_keys(&s, "j b b f a");
    assert_int_equal(answer(&s, "1-2")->basis, BASIS_TEST);
    assert_true(answer(&s, "1-2")->flag);
    assert_true(answer(&s, "1-2")->alternative);
    stage_keys(&s, "F4 Backspace");
    stage_keys(&s, "u u u");
    assert_string_equal(selected(&s), "1-2"); /* undo shows what it undid */
    assert_false(answer(&s, "1-2")->flag);
    assert_true(stage_shows(&s, "Undone: 1-2"));
    stage_keys(&s, "u u u u");
    assert_int_equal(answer(&s, "1-1")->level, 3);
    assert_true(stage_shows(&s, "Nothing to undo"));
    stage_keys(&s, "Ctrl-R");
    assert_int_equal(answer(&s, "1-1")->state, ANSWER_UNKNOWN);
    stage_close(&s);
}

static void not_applicable__needs_a_reason__and_esc_leaves_all_as_it_was(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F4 g x Enter");
    assert_int_equal(answer(&s, "3-1")->state, ANSWER_LEVEL);
    assert_true(stage_shows(&s, "入力してください"));
    stage_keys(&s, "Esc x");
    stage_type(&s, "端末がない");
    stage_keys(&s, "Enter");
    assert_int_equal(answer(&s, "3-1")->state, ANSWER_NA);
    assert_string_equal(answer(&s, "3-1")->reason, "端末がない");
    stage_close(&s);
}

static void note__is_kept_while_typing__and_undone_as_one(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F2 g j n");
    stage_type(&s, "情シスの鈴木さん談。");
    assert_string_equal(answer(&s, "1-2")->note, "");
    assert_true(app_tick(&s.app) <= 1000);
    s.ms += 999;
    app_tick(&s.app);
    assert_string_equal(answer(&s, "1-2")->note, "情シスの鈴木さん談。");
    stage_keys(&s, "Enter");
    stage_paste(&s, "議事録\r\nあり");
    stage_keys(&s, "Esc");
    assert_string_equal(answer(&s, "1-2")->note, "情シスの鈴木さん談。\n議事録\nあり");
    stage_keys(&s, "u");
    assert_string_equal(answer(&s, "1-2")->note, "");
    stage_keys(&s, "e");
    stage_type(&s, "q1");
    stage_keys(&s, "Ctrl-S");
    assert_string_equal(answer(&s, "1-2")->evidence, "q1");
    assert_false(s.app.quit);
    stage_close(&s);
}

static void checks__are_answered__one_after_the_other(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F3 G d y n 0 k Backspace Esc");
    const struct answer *x = answer(&s, "2-9");
    assert_int_equal(x->check[0], CHECK_YES);
    assert_int_equal(x->check[1], CHECK_NO);
    assert_int_equal(x->check[2], CHECK_OPEN);
    assert_int_equal(s.app.n_layers, 0);
    stage_close(&s);
}

static void language__leaves_nothing_behind__in_the_other_one(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 40, 120);
    stage_keys(&s, "F2 g f L");
    assert_false(stage_shows(&s, "組織"));
    assert_false(stage_shows(&s, "要フォロー"));
    assert_true(stage_shows(&s, "People"));
    /* What was typed stays as it was typed. */
    assert_true(stage_shows(&s, "取締役会議事録"));
    stage_close(&s);
}

static void filter__shows_only_what_it_says__and_search_ends_it(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F2 F F");
    assert_int_equal(s.app.filter, FILTER_UNKNOWN);
    assert_string_equal(selected(&s), "1-4");
    stage_keys(&s, "F4");
    assert_int_equal(app_item(&s.app), -1);
    assert_true(stage_shows(&s, "Nothing here"));
    stage_keys(&s, "3");
    assert_true(stage_shows(&s, "No item is selected"));
    stage_keys(&s, "/");
    stage_type(&s, "3-4");
    stage_keys(&s, "Esc");
    assert_string_equal(selected(&s), "3-4");
    assert_int_equal(s.app.filter, FILTER_ALL);
    stage_close(&s);
}

static void search__goes_through_the_matches__and_finds_notes(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    stage_keys(&s, "F5 /");
    stage_type(&s, "アンチウイルス");
    char first[16];
    snprintf(first, sizeof first, "%s", selected(&s));
    stage_keys(&s, "Enter Enter Enter Enter Enter Enter Enter Enter");
    stage_keys(&s, "Backspace Backspace Backspace Backspace Backspace Backspace Backspace");
    assert_string_equal(selected(&s), "4-1"); /* nothing searched: where one was */
    stage_type(&s, "取締役会");
    stage_keys(&s, "Esc");
    assert_string_equal(selected(&s), "1-1");
    assert_string_not_equal(first, "");
    stage_close(&s);
}

static void mouse__selects_tabs_items_and_levels(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    stage_keys(&s, "F2 g");
    stage_click(&s, 1, 24);
    assert_int_equal(s.app.tab_now, 2);
    stage_keys(&s, "F2");
    stage_click(&s, 4, 20);
    assert_string_equal(selected(&s), "1-2");
    stage_text(&s);
    int row = -1;
    for (int r = 8; r < 20 && row < 0; r++)
        if (strcmp(canvas_cell(&s.cv, r, 3)->text, "5") == 0 && strcmp(canvas_cell(&s.cv, r, 2)->text, " ") == 0)
            row = r;
    assert_true(row > 0);
    stage_click(&s, row, 10);
    assert_int_equal(answer(&s, "1-2")->level, 5);
    stage_close(&s);
}

static void read_only__says_why_nothing_changes(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    s.app.read_only = true;
    stage_keys(&s, "F2 g 1");
    assert_int_equal(answer(&s, "1-1")->level, 3);
    assert_true(stage_shows(&s, "read-only"));
    stage_keys(&s, "n");
    assert_int_equal(s.app.n_layers, 0);
    stage_close(&s);
}

static void failing_disk__is_shown_loudly__with_the_way_out(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_JA, 24, 80);
    s.app.save.phase = STORE_FAILING;
    diag_sys(&s.app.save.diag, ERR_WRITE, 28, "x");
    assert_true(stage_shows(&s, "未保存"));
    assert_true(stage_shows(&s, "ディスクの空きがありません"));
    assert_true(stage_shows(&s, "S で別の場所に保存"));
    assert_false(stage_shows(&s, "#57"));
    stage_close(&s);
}

static void number_sign__means_durable__and_nothing_else(void **state)
{
    (void)state;
    struct stage s;
    stage_open_frozen(&s, LANG_EN, 24, 80);
    assert_true(stage_shows(&s, "saved #57 "));
    s.app.save.submitted = 58;
    assert_false(stage_shows(&s, "#5"));
    assert_true(stage_shows(&s, "saving"));
    stage_close(&s);
}

static void every_size__draws_without_overflow__in_both_languages(void **state)
{
    (void)state;
    static const char *const SCENES[] = {"F2 g", "F3 G", "F2 g n", "F3 G d", "?", "/ a", "F2 g x", "F", "F2 Enter J"};
    for (int rows = 1; rows < 50; rows += 7) {
        for (int cols = 1; cols < 150; cols += 13) {
            for (size_t i = 0; i < sizeof SCENES / sizeof SCENES[0]; i++) {
                struct stage s;
                stage_open_frozen(&s, i % 2 == 0 ? LANG_JA : LANG_EN, 24, 80);
                stage_keys(&s, SCENES[i]);
                stage_resize(&s, rows, cols);
                stage_keys(&s, "J K j k Down");
                stage_text(&s);
                stage_close(&s);
            }
        }
    }
}

static void add_people(struct stage *s, int n)
{
    for (int i = 0; i < n; i++) {
        struct change c = {.kind = CHANGE_PERSON, .index = s->app.assessment->n_people, .insert = true};
        char text[32];
        snprintf(text, sizeof text, "p%02d", i);
        person_copy(&c.u.person, &(struct person){0});
        field_set(&c.u.person.id, text, FIELD_MAX, false);
        snprintf(text, sizeof text, i % 2 == 0 ? "山田 %d郎" : "Worker %d", i);
        field_set(&c.u.person.name, text, FIELD_MAX, false);
        field_set(&c.u.person.dept, i % 3 == 0 ? "製造一課" : "", FIELD_MAX, false);
        assert_true(app_do(&s->app, &c, 0));
    }
}

/* Twelve around a table: whoever speaks is two keys away. */
static void person__is_picked_from_a_list__where_there_are_many(void **state)
{
    (void)state;
    static const struct {
        int rows, cols;
        const char *name;
    } SIZE[] = {{24, 80, "80x24"}, {40, 120, "120x40"}, {12, 40, "40x12"}};
    for (int k = 0; k < 6; k++) {
        struct stage s;
        char name[48];
        stage_open_frozen(&s, (enum lang)(k % 2), SIZE[k / 2].rows, SIZE[k / 2].cols);
        size_t had = s.app.assessment->n_people;
        add_people(&s, 12);
        stage_keys(&s, "F2 g p");
        assert_string_equal(app_top(&s.app)->ops->name, "pick");
        snprintf(name, sizeof name, "pick-%s-%s", lang_code(s.app.lang), SIZE[k / 2].name);
        stage_golden(&s, name, 0);
        stage_type(&s, "b"); /* the eleventh */
        assert_string_equal(assessment_answer(s.app.assessment, 0)->by, s.app.assessment->person[10].id);
        assert_string_equal(app_top(&s.app)->ops->name, "items");
        /* The cursor stands on who was named last; Esc leaves it, 0 is nobody. */
        stage_keys(&s, "j p Enter");
        assert_string_equal(assessment_answer(s.app.assessment, 1)->by, s.app.assessment->person[10].id);
        stage_keys(&s, "k p Up Esc");
        assert_string_equal(assessment_answer(s.app.assessment, 0)->by, s.app.assessment->person[10].id);
        stage_keys(&s, "p 0");
        assert_string_equal(assessment_answer(s.app.assessment, 0)->by, "");
        stage_type(&s, "pz"); /* nobody has that sign */
        assert_string_equal(app_top(&s.app)->ops->name, "pick");
        stage_keys(&s, "Esc F7 o");
        stage_type(&s, "2");
        assert_string_equal(s.app.assessment->action[0].owner, s.app.assessment->person[1].id);
        assert_int_equal(s.app.assessment->n_people, had + 12);
        stage_close(&s);
    }
}

static void new_round__is_begun_once__until_something_is_confirmed(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 24, 80);
    size_t rounds = s.app.assessment->n_rounds;
    stage_keys(&s, "R");
    assert_int_equal(s.app.assessment->n_rounds, rounds + 1);
    stage_keys(&s, "R");
    assert_int_equal(s.app.assessment->n_rounds, rounds + 1);
    assert_true(stage_shows(&s, "nothing is answered or confirmed yet"));
    stage_keys(&s, "F2 g 3 R");
    assert_int_equal(s.app.assessment->n_rounds, rounds + 2);
    stage_close(&s);
}

static void long_message__takes_rows_of_the_screen__and_gives_them_back(void **state)
{
    (void)state;
    struct stage s;
    stage_open(&s, LANG_EN, 12, 40);
    stage_keys(&s, "R R");
    assert_true(stage_shows(&s, "confirmed yet"));
    assert_true(stage_shows(&s, "another one"));
    stage_golden(&s, "message-long-en-40x12", 0);
    stage_keys(&s, "j");
    assert_false(stage_shows(&s, "confirmed yet"));
    stage_keys(&s, "3");
    assert_true(stage_shows(&s, ": 3 Done"));
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people__look_as_drawn__in_both_languages),
        cmocka_unit_test(process__looks_as_drawn__with_signs_and_scroll_bar),
        cmocka_unit_test(note__looks_as_drawn),
        cmocka_unit_test(deep_dive__looks_as_drawn),
        cmocka_unit_test(help__looks_as_drawn),
        cmocka_unit_test(search__looks_as_drawn),
        cmocka_unit_test(reason__looks_as_drawn),
        cmocka_unit_test(filter__looks_as_drawn),
        cmocka_unit_test(colours__are_as_drawn__on_the_first_screen),
        cmocka_unit_test(too_small__says_so_in_both_languages__and_takes_no_answer),
        cmocka_unit_test(level_key__answers_and_goes_on__over_the_end_of_a_section),
        cmocka_unit_test(whole_interview__takes_one_key_for_each_item),
        cmocka_unit_test(marks__are_set_and_undone__across_tabs),
        cmocka_unit_test(not_applicable__needs_a_reason__and_esc_leaves_all_as_it_was),
        cmocka_unit_test(note__is_kept_while_typing__and_undone_as_one),
        cmocka_unit_test(checks__are_answered__one_after_the_other),
        cmocka_unit_test(language__leaves_nothing_behind__in_the_other_one),
        cmocka_unit_test(filter__shows_only_what_it_says__and_search_ends_it),
        cmocka_unit_test(search__goes_through_the_matches__and_finds_notes),
        cmocka_unit_test(mouse__selects_tabs_items_and_levels),
        cmocka_unit_test(read_only__says_why_nothing_changes),
        cmocka_unit_test(failing_disk__is_shown_loudly__with_the_way_out),
        cmocka_unit_test(number_sign__means_durable__and_nothing_else),
        cmocka_unit_test(every_size__draws_without_overflow__in_both_languages),
        cmocka_unit_test(person__is_picked_from_a_list__where_there_are_many),
        cmocka_unit_test(new_round__is_begun_once__until_something_is_confirmed),
        cmocka_unit_test(long_message__takes_rows_of_the_screen__and_gives_them_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
