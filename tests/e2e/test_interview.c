/* The main job on a real terminal: 32 answers by keyboard, the grade on the screen, everything in the file. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/io/file.h"
#include "core/method/grade.h"

/* Level of item i in the scripted interview: all five, in no pattern that a section boundary shares. */
static int scripted_level(int i)
{
    return (i * 7 + 2) % 5 + 1;
}

static void answer_all(struct pty *p)
{
    for (int i = 0; i < KIT_ITEMS; i++) pty_send(p, &(char){(char)('0' + scripted_level(i))}, 1);
    expect_text(p, "32/32");
}

static void interview__takes_32_keys_for_32_answers_and_one_more_for_the_grade(void **state)
{
    struct kit *k = *state;
    struct grade_result grade;
    char score[8], overall[16];
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "'%s' new plant.xml.gz --site SITE-7 --country JP", k->program), 0);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_all(p);
    pty_keys(p, "F6");
    expect_saved(p, 1);
    pty_keys(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    struct assessment *a = kit_read(k);
    for (int i = 0; i < KIT_ITEMS; i++)
        assert_int_equal(assessment_answer(a, i)->level, scripted_level(i));
    grade_assessment(&grade, a);
    score_format(score, grade.overall.score);
    snprintf(overall, sizeof overall, "%c %s", a->checklist->grade[grade.overall.grade].letter, score);
    assessment_free(a);
    buf_clear(&out);
    assert_int_equal(kit_run(k, &out, "'%s' grade plant.xml.gz --format csv | grep '^overall,%s,%c,'", k->program, score,
                             overall[0]), 0);
    buf_release(&out);
    p = kit_start(k, NULL, 0, 0);
    expect_text(p, "SITE-7");
    pty_keys(p, "F6");
    expect_row(p, 0, overall);
    for (int i = 0; i < 4; i++) {
        score_format(score, grade.section[i].score);
        expect_text(p, score);
    }
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void interview__is_in_the_file__for_any_xml_tool(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    answer_all(p);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    char *schema = path_join(k->dir, "assessment.xsd");
    assert_int_equal(file_write_new(schema, embed_assessment_xsd,
                                    (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), false, NULL), ERR_OK);
    free(schema);
    assert_int_equal(kit_run(k, &out, "zcat plant.xml.gz | xmllint --noout --schema assessment.xsd -"), 0);
    buf_clear(&out);
    assert_int_equal(kit_run(k, &out, "zcat plant.xml.gz | xmllint --xpath "
                                      "'count(//*[local-name()=\"answer\"][@level])' -"), 0);
    assert_int_equal(atoi(buf_str(&out)), KIT_ITEMS);
    buf_clear(&out);
    assert_int_equal(kit_run(k, &out, "zcat plant.xml.gz | xmllint --xpath "
                                      "'string(//*[local-name()=\"answer\"][@item=\"4-6\"]/@level)' -"), 0);
    assert_int_equal(atoi(buf_str(&out)), scripted_level(KIT_ITEMS - 1));
    buf_release(&out);
}

static void answers__of_all_four_states_are_kept_apart(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "3 0 j x");
    pty_type(p, "無線なし");
    expect_text(p, "無線なし");
    pty_keys(p, "Enter");
    expect_text(p, "3/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->level, 3);
    assert_int_equal(assessment_answer(a, 1)->state, ANSWER_UNKNOWN);
    assert_int_equal(assessment_answer(a, 2)->state, ANSWER_NA);
    assert_string_equal(assessment_answer(a, 2)->reason, "無線なし");
    assert_int_equal(assessment_answer(a, 3)->state, ANSWER_OPEN);
    assessment_free(a);
}

static void undo__brings_an_answer_back__and_redo_takes_it_again(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "4 4");
    expect_text(p, "2/32");
    pty_keys(p, "u u");
    expect_text(p, "0/32");
    pty_keys(p, "Ctrl-R");
    expect_text(p, "1/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->level, 4);
    assert_int_equal(assessment_answer(a, 1)->state, ANSWER_OPEN);
    assessment_free(a);
}

static const char note[] = "制御盤の鍵は班長が持つ（予備は事務所）。USBﾒﾓﾘは持込み禁止か\u3099。";
static const char note_nfc[] = "制御盤の鍵は班長が持つ（予備は事務所）。USBﾒﾓﾘは持込み禁止が。";

static void expect_note(struct kit *k, int item, const char *want)
{
    struct assessment *a = kit_read(k);
    assert_string_equal(assessment_answer(a, item)->note, want);
    assessment_free(a);
}

static void note__in_japanese__is_read_back_from_the_file(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "n");
    pty_type(p, note);
    expect_text(p, "USBﾒﾓﾘ");
    pty_keys(p, "Enter");
    pty_type(p, "二行目");
    expect_text(p, "二行目");
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
    char want[256];
    snprintf(want, sizeof want, "%s\n二行目", note_nfc);
    expect_note(k, 0, want);
    p = kit_open_first_section(k, NULL);
    pty_keys(p, "n");
    expect_text(p, "二行目");
}

static void note__is_saved_while_it_is_typed(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "n");
    pty_type(p, "typed and never closed");
    expect_text(p, "never closed");
    expect_saved(p, 1);
    expect_note(k, 0, "typed and never closed");
}

static void paste__comes_as_text_and_not_as_keys(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_paste(p, "12345q\n"); /* into the list: nobody types a paste as answers */
    pty_keys(p, "n");
    pty_paste(p, "一行目\r\nq 二行目\x1b[31m\ttab");
    expect_text(p, "二行目");
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    const char *got = assessment_answer(a, 0)->note;
    assert_true(strncmp(got, "一行目\nq 二行目", strlen("一行目\nq 二行目")) == 0);
    assert_null(strchr(got, '\x1b'));
    assert_int_equal(assessment_answer(a, 0)->state, ANSWER_OPEN);
    assessment_free(a);
}

static void resize__while_a_note_is_written__loses_nothing(void **state)
{
    static const struct {
        int rows, cols;
        bool too_small;
    } sizes[] = {{40, 120, false}, {12, 40, false}, {8, 30, true}, {24, 80, false}};
    struct kit *k = *state;
    struct buf want = {0};
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "n");
    pty_type(p, "始めの字");
    buf_adds(&want, "始めの字");
    expect_text(p, "始めの字");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char more[32];
        pty_resize(p, sizes[i].rows, sizes[i].cols);
        if (sizes[i].too_small) {
            expect_text(p, "30 x 8");
            continue;
        }
        snprintf(more, sizeof more, "と%zu", i);
        expect_text(p, "始めの字");
        pty_type(p, more);
        expect_text(p, more);
        buf_adds(&want, more);
    }
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
    expect_note(k, 0, buf_str(&want));
    buf_release(&want);
}

static void mouse__click_selects_a_tab_and_an_item(void **state)
{
    struct kit *k = *state;
    int row, col;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    expect_that(p, pty_find(p, " 1-3 ", &row, &col));
    pty_click(p, row, col + 2);
    pty_keys(p, "5");
    expect_text(p, "1/32");
    expect_that(p, pty_find(p, "Process", &row, &col) && row == 1);
    pty_click(p, row, col + 1);
    expect_text(p, " 2-1 ");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 2)->level, 5);
    assessment_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(interview__takes_32_keys_for_32_answers_and_one_more_for_the_grade),
        KIT_TEST(interview__is_in_the_file__for_any_xml_tool),
        KIT_TEST(answers__of_all_four_states_are_kept_apart),
        KIT_TEST(undo__brings_an_answer_back__and_redo_takes_it_again),
        KIT_TEST(note__in_japanese__is_read_back_from_the_file),
        KIT_TEST(note__is_saved_while_it_is_typed),
        KIT_TEST(paste__comes_as_text_and_not_as_keys),
        KIT_TEST(resize__while_a_note_is_written__loses_nothing),
        KIT_TEST(mouse__click_selects_a_tab_and_an_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
