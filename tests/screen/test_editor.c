/* tui/widget/editor and field: Japanese is edited by cluster, wrapped with kinsoku, and nothing typed is lost. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/widget/editor.h"
#include "tui/widget/field.h"

enum { ROWS = 5, COLS = 20, LIMIT = 8000 };

static void type(struct editor *ed, const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        size_t next = i + 1;
        while (next < n && ((unsigned char)s[next] & 0xc0) == 0x80)
            next++;
        assert_true(editor_insert(ed, s + i, next - i, false));
        i = next;
    }
}

static void act(struct editor *ed, enum act action)
{
    assert_true(editor_act(ed, action, ROWS, COLS));
}

static void typing__joins_what_belongs_together__in_one_cluster(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "", LIMIT);
    type(&ed, "か\xe3\x82\x99x");
    act(&ed, ACT_EDIT_LEFT);
    act(&ed, ACT_EDIT_BACKSPACE);
    assert_string_equal(editor_text(&ed), "x");
    editor_release(&ed);
}

static void cursor__moves_by_cluster__through_japanese(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "工場e\xcc\x81", LIMIT);
    act(&ed, ACT_EDIT_LEFT);
    assert_int_equal(ed.cursor, 6);
    act(&ed, ACT_EDIT_LEFT);
    act(&ed, ACT_EDIT_DELETE);
    assert_string_equal(editor_text(&ed), "工e\xcc\x81");
    act(&ed, ACT_EDIT_TOP);
    act(&ed, ACT_EDIT_LEFT);
    assert_int_equal(ed.cursor, 0);
    act(&ed, ACT_EDIT_BOTTOM);
    act(&ed, ACT_EDIT_RIGHT);
    assert_int_equal(ed.cursor, ed.text.len);
    editor_release(&ed);
}

static void up_and_down__keep_their_column__over_short_lines(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "1234567890\nab\n1234567890", LIMIT);
    act(&ed, ACT_EDIT_UP);
    assert_int_equal(ed.cursor, 13);
    act(&ed, ACT_EDIT_UP);
    assert_int_equal(ed.cursor, 10);
    act(&ed, ACT_EDIT_UP);
    assert_int_equal(ed.cursor, 0);
    editor_release(&ed);
}

static void home_and_end__are_those_of_the_visible_line__in_wrapped_text(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "制御システムのリモート保守回線は、ベンダーごと", LIMIT);
    assert_true(editor_lines(&ed, COLS) > 1);
    act(&ed, ACT_EDIT_TOP);
    act(&ed, ACT_EDIT_END);
    size_t end = ed.cursor;
    assert_true(end > 0 && end < ed.text.len);
    act(&ed, ACT_EDIT_HOME);
    assert_int_equal(ed.cursor, 0);
    act(&ed, ACT_EDIT_DOWN);
    assert_true(ed.cursor > end);
    editor_release(&ed);
}

static void words__are_runs_of_one_kind__also_without_blanks(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "PLC系のサーバを確認 OK", LIMIT);
    act(&ed, ACT_EDIT_TOP);
    static const char *const REST[] = {"系のサーバを確認 OK", "のサーバを確認 OK", "サーバを確認 OK", "を確認 OK", "確認 OK", "OK", ""};
    for (size_t i = 0; i < sizeof REST / sizeof REST[0]; i++) {
        act(&ed, ACT_EDIT_WORD_RIGHT);
        assert_string_equal(editor_text(&ed) + ed.cursor, REST[i]);
    }
    act(&ed, ACT_EDIT_WORD_LEFT);
    assert_string_equal(editor_text(&ed) + ed.cursor, "OK");
    act(&ed, ACT_EDIT_WORD_LEFT);
    assert_string_equal(editor_text(&ed) + ed.cursor, "確認 OK");
    editor_release(&ed);
}

static void undo__takes_back_a_run__and_redo_brings_it_again(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "元", LIMIT);
    type(&ed, "の文");
    act(&ed, ACT_EDIT_BACKSPACE);
    act(&ed, ACT_EDIT_BACKSPACE);
    assert_true(editor_insert(&ed, "貼り付け", strlen("貼り付け"), true));
    assert_string_equal(editor_text(&ed), "元貼り付け");
    act(&ed, ACT_EDIT_UNDO);
    assert_string_equal(editor_text(&ed), "元");
    act(&ed, ACT_EDIT_UNDO);
    assert_string_equal(editor_text(&ed), "元の文");
    act(&ed, ACT_EDIT_UNDO);
    assert_string_equal(editor_text(&ed), "元");
    act(&ed, ACT_EDIT_UNDO);
    assert_string_equal(editor_text(&ed), "元");
    act(&ed, ACT_EDIT_REDO);
    act(&ed, ACT_EDIT_REDO);
    act(&ed, ACT_EDIT_REDO);
    act(&ed, ACT_EDIT_REDO);
    assert_string_equal(editor_text(&ed), "元貼り付け");
    act(&ed, ACT_EDIT_UNDO);
    type(&ed, "x");
    act(&ed, ACT_EDIT_REDO);
    assert_string_equal(editor_text(&ed), "元x");
    editor_release(&ed);
}

static void paste__is_cleaned__of_everything_that_could_do_harm(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "", LIMIT);
    static const char FOREIGN[] = "a\r\nb\tc\033[31m\xe2\x80\xae"
                                  "d\xff";
    assert_true(editor_insert(&ed, FOREIGN, sizeof FOREIGN - 1, true));
    assert_string_equal(editor_text(&ed), "a\nb c[31md\xef\xbf\xbd");
    editor_release(&ed);
}

static void text_over_the_limit__is_left_out__at_a_character_boundary(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "12345678", 10);
    assert_false(editor_insert(&ed, "日本", 6, true));
    assert_string_equal(editor_text(&ed), "12345678");
    assert_true(editor_insert(&ed, "ab", 2, true));
    assert_false(editor_insert(&ed, "c", 1, false));
    assert_string_equal(editor_text(&ed), "12345678ab");
    editor_release(&ed);
}

static void drawing__keeps_the_cursor_visible__and_wraps_with_kinsoku(void **state)
{
    (void)state;
    struct editor ed;
    editor_init(&ed, "", LIMIT);
    for (int i = 0; i < 12; i++)
        type(&ed, "接続の承認、多要素認証、「セッション」の記録。");
    struct canvas cv;
    canvas_init(&cv, ROWS, COLS);
    int top = editor_top(&ed, 0, ROWS, COLS);
    assert_true(top > 0);
    editor_draw(&ed, area_all(&cv), top, ST_TEXT);
    assert_true(cv.cursor_row >= 0 && cv.cursor_row < ROWS);
    for (int row = 0; row < ROWS; row++) {
        const char *first = canvas_cell(&cv, row, 0)->text;
        assert_true(strcmp(first, "。") != 0 && strcmp(first, "、") != 0 && strcmp(first, "」") != 0 &&
                    strcmp(first, "ョ") != 0);
    }
    act(&ed, ACT_EDIT_TOP);
    assert_int_equal(editor_top(&ed, top, ROWS, COLS), 0);
    canvas_release(&cv);
    editor_release(&ed);
}

static void random_editing__keeps_the_text_whole__and_undo_leads_back(void **state)
{
    (void)state;
    static const enum act ACTS[] = {ACT_EDIT_LEFT, ACT_EDIT_RIGHT,      ACT_EDIT_UP,         ACT_EDIT_DOWN,
                                    ACT_EDIT_HOME, ACT_EDIT_END,        ACT_EDIT_WORD_LEFT,  ACT_EDIT_WORD_RIGHT,
                                    ACT_EDIT_TOP,  ACT_EDIT_BOTTOM,     ACT_EDIT_PAGE_UP,    ACT_EDIT_PAGE_DOWN,
                                    ACT_EDIT_DELETE, ACT_EDIT_BACKSPACE, ACT_EDIT_NEWLINE};
    static const char *const TEXTS[] = {"あ", "\xe3\x82\x99", "漢字", "a b", "。", "\n", "e\xcc\x81", "🇯🇵"};
    unsigned seed = 3;
    for (int round = 0; round < 20; round++) {
        struct editor ed;
        editor_init(&ed, "はじめ", LIMIT);
        for (int i = 0; i < 150; i++) {
            seed = seed * 1103515245u + 12345u;
            unsigned r = seed >> 8;
            if (r % 3 == 0)
                editor_insert(&ed, TEXTS[r / 3 % 8], strlen(TEXTS[r / 3 % 8]), r % 2 == 0);
            else
                act(&ed, ACTS[r / 3 % (sizeof ACTS / sizeof ACTS[0])]);
            assert_true(text_valid(editor_text(&ed), ed.text.len));
            assert_true(ed.cursor <= ed.text.len);
            assert_int_equal(ed.cursor, text_floor(editor_text(&ed), ed.text.len, ed.cursor));
        }
        for (int i = 0; i < EDITOR_UNDOS; i++)
            act(&ed, ACT_EDIT_UNDO);
        assert_string_equal(editor_text(&ed), "はじめ");
        editor_release(&ed);
    }
}

static void number_field__takes_digits_only__full_width_ones_too(void **state)
{
    (void)state;
    struct field f;
    field_init_number(&f, 32, 7);
    assert_true(field_insert(&f, "０", 3));
    assert_false(field_insert(&f, "x", 1));
    assert_int_equal(field_number(&f), 320);
    assert_true(field_insert(&f, "1,000", 5));
    assert_int_equal(field_number(&f), 3201000);
    assert_false(field_insert(&f, "9", 1));
    for (int i = 0; i < 8; i++)
        assert_true(field_act(&f, ACT_EDIT_BACKSPACE));
    assert_int_equal(field_number(&f), -1);
    field_release(&f);
}

static void choice_field__goes_round__in_both_directions(void **state)
{
    (void)state;
    struct field f;
    field_init_choice(&f, 0, 3);
    assert_true(field_act(&f, ACT_EDIT_LEFT));
    assert_int_equal(f.choice, 2);
    assert_true(field_insert(&f, " ", 1));
    assert_int_equal(f.choice, 0);
    assert_false(field_insert(&f, "x", 1));
    field_release(&f);
}

static void text_field__scrolls_so_that_the_cursor_is_visible__in_a_narrow_place(void **state)
{
    (void)state;
    struct field f;
    struct canvas cv;
    field_init_text(&f, "例示精機株式会社", 200);
    canvas_init(&cv, 1, 8);
    field_draw(&f, area_all(&cv), 0, true, "");
    assert_int_equal(cv.cursor_row, 0);
    assert_true(cv.cursor_col < 8);
    assert_string_equal(canvas_cell(&cv, 0, 0)->text, "式");
    field_act(&f, ACT_EDIT_HOME);
    canvas_clear(&cv);
    field_draw(&f, area_all(&cv), 0, true, "");
    assert_string_equal(canvas_cell(&cv, 0, 0)->text, "例");
    assert_true(field_insert(&f, "a\nb", 3));
    assert_string_equal(field_value(&f), "a b例示精機株式会社");
    canvas_release(&cv);
    field_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing__joins_what_belongs_together__in_one_cluster),
        cmocka_unit_test(cursor__moves_by_cluster__through_japanese),
        cmocka_unit_test(up_and_down__keep_their_column__over_short_lines),
        cmocka_unit_test(home_and_end__are_those_of_the_visible_line__in_wrapped_text),
        cmocka_unit_test(words__are_runs_of_one_kind__also_without_blanks),
        cmocka_unit_test(undo__takes_back_a_run__and_redo_brings_it_again),
        cmocka_unit_test(paste__is_cleaned__of_everything_that_could_do_harm),
        cmocka_unit_test(text_over_the_limit__is_left_out__at_a_character_boundary),
        cmocka_unit_test(drawing__keeps_the_cursor_visible__and_wraps_with_kinsoku),
        cmocka_unit_test(random_editing__keeps_the_text_whole__and_undo_leads_back),
        cmocka_unit_test(number_field__takes_digits_only__full_width_ones_too),
        cmocka_unit_test(choice_field__goes_round__in_both_directions),
        cmocka_unit_test(text_field__scrolls_so_that_the_cursor_is_visible__in_a_narrow_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
