/* tui/term/canvas, style, glyph: cells are clipped, and half a wide character never stays behind. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/term/canvas.h"
#include "tui/term/charset.h"
#include "tui/term/glyph.h"

static void assert_picture(const struct canvas *cv, const char *want)
{
    struct buf b = {0};
    canvas_to_text(&b, cv);
    assert_string_equal(buf_str(&b), want);
    buf_release(&b);
}

/* Every wide cell is followed by its right half, and every right half follows a wide cell. */
static void assert_whole(const struct canvas *cv)
{
    for (int row = 0; row < cv->rows; row++) {
        for (int col = 0; col < cv->cols; col++) {
            const struct cell *c = canvas_cell(cv, row, col);
            if (c->width == 2)
                assert_true(col + 1 < cv->cols && c[1].width == 0 && c[1].text[0] == '\0');
            else if (c->width == 0)
                assert_true(col > 0 && c[-1].width == 2);
            else
                assert_true(c->width == 1 && text_width(c->text) == 1);
        }
    }
}

static void put__stops_before_a_wide_character__that_would_cross_the_edge(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 1, 5);
    assert_int_equal(area_put(area_all(&cv), 0, 0, ST_TEXT, "日本語"), 4);
    assert_picture(&cv, "日本\n");
    assert_whole(&cv);
    canvas_release(&cv);
}

static void put__blanks_the_other_half__of_what_it_overwrites(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 1, 6);
    struct area a = area_all(&cv);
    area_put(a, 0, 0, ST_TEXT, "日本語");
    area_put(a, 0, 1, ST_TEXT, "x");
    assert_picture(&cv, " x本語\n");
    area_put(a, 0, 3, ST_TEXT, "界");
    assert_picture(&cv, " x 界\n");
    assert_whole(&cv);
    canvas_release(&cv);
}

static void put__keeps_a_cluster_in_one_cell__with_combining_marks(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 1, 6);
    area_put(area_all(&cv), 0, 0, ST_TEXT, "か\xe3\x82\x99"
                                           "e\xcc\x81x");
    assert_string_equal(canvas_cell(&cv, 0, 0)->text, "か\xe3\x82\x99");
    assert_string_equal(canvas_cell(&cv, 0, 2)->text, "e\xcc\x81");
    assert_string_equal(canvas_cell(&cv, 0, 3)->text, "x");
    assert_whole(&cv);
    canvas_release(&cv);
}

static void put__shows_a_question_mark__for_control_characters_and_lone_marks(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 1, 8);
    area_put(area_all(&cv), 0, 0, ST_TEXT, "a\033[b\x7f");
    assert_picture(&cv, "a?[b?\n");
    canvas_clear(&cv);
    area_put(area_all(&cv), 0, 0, ST_TEXT, "\xe3\x82\x99z");
    assert_whole(&cv);
    canvas_release(&cv);
}

static void area__clips_on_all_sides__and_keeps_neighbours(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 4, 8);
    struct area all = area_all(&cv);
    for (int row = 0; row < 4; row++)
        area_put(all, row, 0, ST_TEXT, "........");
    struct area a = area_sub(all, 1, 2, 2, 3);
    area_fill(a, ST_TEXT);
    area_put(a, -1, 0, ST_TEXT, "no");
    area_put(a, 2, 0, ST_TEXT, "no");
    area_put(a, 0, 0, ST_TEXT, "abcdef");
    area_put(a, 1, 0, ST_TEXT, "あい");
    assert_picture(&cv, "........\n..abc...\n..あ ...\n........\n");
    struct area b = area_sub(a, 1, -5, 9, 99);
    assert_int_equal(b.rows, 1);
    assert_int_equal(b.cols, 3);
    struct area none = area_sub(a, 5, 5, 2, 2);
    area_fill(none, ST_TEXT);
    area_put(none, 0, 0, ST_TEXT, "no");
    assert_int_equal(none.rows * none.cols, 0);
    assert_whole(&cv);
    canvas_release(&cv);
}

static void fit__cuts_with_dots_and_pads__to_the_same_columns(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 2, 12);
    struct area a = area_all(&cv);
    int end = area_put_fit(a, 0, 0, 7, ST_TEXT, "工場システム");
    area_put(a, 0, end, ST_TEXT, "|");
    end = area_put_fit(a, 1, 0, 7, ST_TEXT, "工場");
    area_put(a, 1, end, ST_TEXT, "|");
    assert_picture(&cv, "工場.. |\n工場   |\n");
    canvas_release(&cv);
}

static void select__marks_a_row__in_the_styled_dump(void **state)
{
    (void)state;
    struct canvas cv;
    canvas_init(&cv, 2, 4);
    struct area a = area_all(&cv);
    area_put(a, 0, 0, ST_STRONG, "ab");
    area_select(a, 0);
    area_select(a, 7);
    struct buf b = {0};
    canvas_to_styles(&b, &cv);
    assert_string_equal(buf_str(&b), "SSTT\ntttt\n");
    buf_release(&b);
    canvas_release(&cv);
}

static void random_drawing__never_leaves_half_a_character__behind(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"a", "日本", "x日", "ｱｲ", "か\xe3\x82\x99き", "  ", "①→界", "─│"};
    struct canvas cv;
    canvas_init(&cv, 5, 11);
    unsigned seed = 7;
    for (int i = 0; i < 4000; i++) {
        seed = seed * 1103515245u + 12345u;
        unsigned r = seed >> 8;
        struct area a = area_sub(area_all(&cv), (int)(r % 5), (int)(r / 5 % 11), (int)(r / 55 % 5), (int)(r / 275 % 11));
        int col = (int)(r / 3025 % 13) - 1;
        if (i % 7 == 0)
            area_fill(a, ST_DIM);
        else
            area_put(a, (int)(r / 7 % 3), col, ST_TEXT, TEXTS[r / 11 % 8]);
        assert_whole(&cv);
    }
    canvas_release(&cv);
}

static void glyphs__are_one_column_wide__and_safe_where_they_must_be(void **state)
{
    (void)state;
    for (int g = 0; g < GL_COUNT; g++) {
        for (int set = 0; set < GLYPHS_COUNT; set++)
            assert_int_equal(text_width(glyph((enum glyph_set)set, (enum glyph)g)), 1);
        assert_null(glyph_narrowed(glyph(GLYPHS_NARROW, (enum glyph)g)));
        assert_int_equal(strlen(glyph(GLYPHS_ASCII, (enum glyph)g)), 1);
    }
    assert_string_equal(glyph_narrowed("①"), "1");
    assert_string_equal(glyph_narrowed("Ж"), "?");
    assert_string_equal(glyph_narrowed("é"), "e");
    assert_string_equal(glyph_narrowed("Ⅲ"), "I");
    assert_string_equal(glyph_narrowed("\uE000"), "?"); /* a character of one's own: two columns there */
    assert_string_equal(glyph_narrowed("🄰"), "A");
    assert_string_equal(glyph_narrowed("■"), "#");
    assert_null(glyph_narrowed("ë"));
    assert_null(glyph_narrowed("⣿"));
    assert_null(glyph_narrowed("工"));
    assert_null(glyph_narrowed("ｱ"));
    assert_null(glyph_narrowed("a"));
}

static void theme__is_mono__without_colours_or_against_the_wish(void **state)
{
    (void)state;
    assert_int_equal(theme_choose(256, 0), THEME_256);
    assert_int_equal(theme_choose(16, 0), THEME_8);
    assert_int_equal(theme_choose(256, 1), THEME_MONO);
    assert_int_equal(theme_choose(0, 0), THEME_MONO);
    for (unsigned role = 0; role < ST_COUNT; role++) {
        struct look mono = style_look(THEME_MONO, role);
        assert_true(mono.fg == -1 && mono.bg == -1);
        assert_true((style_look(THEME_MONO, role | STYLE_SELECTED).attr & LOOK_REVERSE) != 0);
    }
}

/* Other character sets: what a terminal does not have is shown by what resembles it, in the same columns; what it types may come in pieces. */

static void expect_out(const char *name, const char *utf8, const char *bytes)
{
    struct charset *c = charset_new(name);
    struct buf b = {0};
    assert_non_null(c);
    charset_out(c, &b, utf8, strlen(utf8));
    assert_string_equal(buf_str(&b), bytes);
    buf_release(&b);
    charset_free(c);
}

static void charset__keeps_columns__for_what_a_terminal_lacks(void **state)
{
    (void)state;
    expect_out("EUC-JP", "漢ｱA", "\xb4\xc1\x8e\xb1" "A");
    expect_out("SHIFT_JIS", "表ソ\\~", "\x95\x5c\x83\x5c\\~"); /* second bytes that are a backslash */
    expect_out("SHIFT_JIS", "～－", "\x81\x60\x81\x7c");          /* by their twins */
    expect_out("EUC-JP", "한①⣿", "??1?");
    expect_out("ISO-8859-1", "é漢", "\xe9??");
    assert_null(charset_new("UTF-8"));
    assert_null(charset_new("nobody"));
}

static void charset__takes_what_is_typed__in_pieces(void **state)
{
    (void)state;
    static const char typed[] = "a\x95" "\x5c" "\xb1\xff" "b\x83\r";
    struct charset *c = charset_new("SHIFT_JIS");
    struct buf b = {0};
    for (size_t i = 0; i + 1 < sizeof typed; i++)
        charset_in(c, &b, typed + i, 1);
    assert_string_equal(buf_str(&b), "a表ｱb\r");
    buf_release(&b);
    charset_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(put__stops_before_a_wide_character__that_would_cross_the_edge),
        cmocka_unit_test(put__blanks_the_other_half__of_what_it_overwrites),
        cmocka_unit_test(put__keeps_a_cluster_in_one_cell__with_combining_marks),
        cmocka_unit_test(put__shows_a_question_mark__for_control_characters_and_lone_marks),
        cmocka_unit_test(area__clips_on_all_sides__and_keeps_neighbours),
        cmocka_unit_test(fit__cuts_with_dots_and_pads__to_the_same_columns),
        cmocka_unit_test(select__marks_a_row__in_the_styled_dump),
        cmocka_unit_test(random_drawing__never_leaves_half_a_character__behind),
        cmocka_unit_test(glyphs__are_one_column_wide__and_safe_where_they_must_be),
        cmocka_unit_test(theme__is_mono__without_colours_or_against_the_wish),
        cmocka_unit_test(charset__keeps_columns__for_what_a_terminal_lacks),
        cmocka_unit_test(charset__takes_what_is_typed__in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
