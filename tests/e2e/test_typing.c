/* Japanese as it really comes from a keyboard: an input method commits whole phrases at once, a slow line delivers a character in pieces, and people
 * correct what they typed. */
#include "tests/e2e/kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

static struct pty *open_note(struct kit *k)
{
    remove(k->file);
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "n");
    expect_text(p, "keep and close");
    return p;
}

static void close_note(struct kit *k, const char *want)
{
    pty_keys(k->p, "Esc q");
    expect_clean_exit(k->p, 0);
    struct assessment *a = kit_read(k);
    assert_string_equal(assessment_answer(a, 0)->note, want);
    assessment_free(a);
}

/* The cursor stands right after this text, counted in columns. */
static void expect_cursor_after(struct pty *p, const char *text, int columns)
{
    int row, col, cursor_row, cursor_col;
    expect_text(p, text);
    pty_drain(p, 40);
    expect_that(p, pty_find(p, text, &row, &col));
    pty_cursor(p, &cursor_row, &cursor_col);
    expect_that(p, cursor_row == row && cursor_col == col + columns);
}

/* Longer between the bytes than it takes to believe in a lone Esc. */
static void kanji__arrives_byte_by_byte(void **state)
{
    static const char text[] = "制御盤𠮷ｶﾞ";
    struct kit *k = *state;
    struct pty *p = open_note(k);
    for (size_t i = 0; text[i] != '\0'; i++) {
        pty_send(p, text + i, 1);
        pty_drain(p, 40);
    }
    expect_cursor_after(p, text, 10);
    expect_that(p, !pty_has(p, "\uFFFD"));
    close_note(k, text);
}

/* One key, one character as people see it: a wide one, a letter with its mark, a flag, a family. */
static void backspace__takes_a_whole_character(void **state)
{
    static const struct {
        const char *typed, *left;
        int columns;
    } cases[] = {
        {"工場漢", "工場", 4},       {"工場か\u3099", "工場", 4},     {"工場e\u0301", "工場", 4}, {"工場ｶﾞ", "工場ｶ", 5},
        {"工場葛\U000E0100", "工場", 4}, {"工場\U0001F468\u200D\U0001F469\u200D\U0001F467", "工場", 4}, {"工場𠮷", "工場", 4},
    };
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty *p = open_note(k);
        pty_type(p, cases[i].typed);
        expect_text(p, "工場");
        pty_drain(p, 40);
        pty_keys(p, "Backspace");
        pty_drain(p, 40);
        expect_cursor_after(p, cases[i].left, cases[i].columns);
        close_note(k, cases[i].left);
    }
}

static void delete__in_the_middle__moves_what_follows_by_its_width(void **state)
{
    struct kit *k = *state;
    struct pty *p = open_note(k);
    pty_type(p, "点検a漢字ｶﾞ表");
    pty_keys(p, "Home Right Right Delete Delete");
    expect_text(p, "点検字ｶﾞ表");
    pty_keys(p, "Right Backspace");
    expect_text(p, "点検ｶﾞ表");
    pty_type(p, "後");
    expect_cursor_after(p, "点検後", 6);
    close_note(k, "点検後ｶﾞ表");
}

/* A dakuten that comes after its letter joins it, wherever the line was cut. */
static void marks__join_what_was_typed_before(void **state)
{
    struct kit *k = *state;
    struct pty *p = open_note(k);
    pty_type(p, "は");
    expect_cursor_after(p, "は", 2);
    pty_type(p, "\u309A");
    expect_cursor_after(p, "は\u309A", 2);
    pty_type(p, "ﾊ");
    pty_type(p, "ﾟ");
    expect_cursor_after(p, "ﾊﾟ", 2);
    close_note(k, "ぱﾊﾟ");
}

/* What an input method commits at once: phrases, with keys of the program among their letters, faster than anything is drawn. */
static void phrases__come_in_bursts_and_none_is_lost(void **state)
{
    struct kit *k = *state;
    struct pty *p = open_note(k);
    struct buf want = {0};
    for (int i = 0; i < 200; i++) {
        const char *phrase = i % 3 == 0 ? "工場の制御盤を点検し、" : i % 3 == 1 ? "q3xLｱﾝﾃﾅ" : "記録簿（第２版）に残す。";
        pty_type(p, phrase);
        buf_adds(&want, phrase);
    }
    pty_type(p, "終");
    buf_adds(&want, "終");
    expect_text(p, "し、q3xL");
    expect_text(p, "終");
    close_note(k, buf_str(&want));
    buf_release(&want);
}

/* A key that two reads share is still one key, however long the program was busy in between: the program stands still while more comes in than
 * it reads at once, so that the border falls into an arrow key, into a letter, or between them. */
static void key_cut_in_two__is_one_key__when_the_program_was_busy(void **state)
{
    enum { TIMES = 1000 };
    struct kit *k = *state;
    for (int shift = 0; shift < 6; shift++) {
        struct pty *p = open_note(k);
        struct buf typed = {0}, want = {0};
        buf_adds(&want, "始");
        for (int i = 0; i < shift; i++)
            buf_addc(&typed, 'x');
        for (int i = 0; i < TIMES; i++)
            buf_adds(&typed, "鍵\033[D");
        for (int i = 0; i < shift; i++)
            buf_addc(&want, 'x');
        for (int i = 0; i < TIMES; i++)
            buf_adds(&want, "鍵");
        kill(pty_pid(p), SIGSTOP);
        pty_send(p, buf_str(&typed), typed.len);
        kill(pty_pid(p), SIGCONT);
        pty_keys(p, "Home");
        pty_type(p, "始");
        expect_text(p, "始");
        close_note(k, buf_str(&want));
        buf_release(&typed);
        buf_release(&want);
    }
}

/* A line longer than the window is broken where Japanese may be broken, and the cursor goes with it; the file has no line break. */
static void long_line__is_wrapped_without_breaking_the_rules(void **state)
{
    static const char part[] = "（予備の鍵は事務所にある）、";
    struct kit *k = *state;
    struct pty *p = open_note(k);
    struct buf want = {0};
    for (int i = 0; i < 12; i++) {
        pty_type(p, part);
        buf_adds(&want, part);
    }
    pty_type(p, "終");
    buf_adds(&want, "終");
    expect_cursor_after(p, "終", 2);
    for (int row = 1; row < pty_rows(p); row++) {
        struct buf b = {0};
        pty_row(p, row, &b);
        const char *first = buf_str(&b) + strspn(buf_str(&b), " ");
        expect_that(p, strncmp(first, "、", 3) != 0 && strncmp(first, "）", 3) != 0);
        expect_that(p, b.len < 3 || strcmp(buf_str(&b) + b.len - 3, "（") != 0);
        buf_release(&b);
    }
    pty_keys(p, "Up Up End Backspace Backspace");
    pty_drain(p, 40);
    pty_keys(p, "Ctrl-Z");
    close_note(k, buf_str(&want));
    buf_release(&want);
}

/* Fields of one line take the same. */
static void prompt__takes_japanese_and_corrections(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "x");
    pty_type(p, "無線ＬＡＮなしｶﾞ");
    pty_keys(p, "Backspace Backspace Enter");
    expect_text(p, "n/a  ");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_string_equal(assessment_answer(a, 0)->reason, "無線ＬＡＮなし");
    assessment_free(a);
}

/* Line by line the system edits the line: it must rub out a kanji, not a third of one. And the terminal is left as it was found. */
static void line_mode__rubs_out_a_whole_kanji(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    const char *argv[] = {k->program, "ask", k->file, NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .home = k->dir, .rows = 60});
    expect_text(k->p, "1-1>");
    pty_type(k->p, "3 制御盤漢");
    pty_keys(k->p, "Backspace");
    pty_type(k->p, "済\r");
    expect_text(k->p, "1-1: 3 Done");
    pty_keys(k->p, "q Enter");
    expect_clean_exit(k->p, 0);
    struct assessment *a = kit_read(k);
    assert_string_equal(assessment_answer(a, 0)->note, "制御盤済");
    assessment_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(kanji__arrives_byte_by_byte),
        KIT_TEST(backspace__takes_a_whole_character),
        KIT_TEST(delete__in_the_middle__moves_what_follows_by_its_width),
        KIT_TEST(marks__join_what_was_typed_before),
        KIT_TEST(phrases__come_in_bursts_and_none_is_lost),
        KIT_TEST(key_cut_in_two__is_one_key__when_the_program_was_busy),
        KIT_TEST(long_line__is_wrapped_without_breaking_the_rules),
        KIT_TEST(line_mode__rubs_out_a_whole_kanji),
        KIT_TEST(prompt__takes_japanese_and_corrections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
