/* core/base/text: columns, clusters, line breaks, cleaning. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include "core/base/buf.h"
#include "core/base/text.h"

static void columns__counts_cells__for_scripts_and_clusters(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        int cols;
    } cases[] = {
        {"", 0},          {"abc", 3},           {"日本", 4},      {"ﾃｽﾄ。", 5},
        {"か\u3099", 2},  {"e\u0301", 1},       {"aか\u3099b", 4}, {"①★", 2},
        {"ｶﾞﾊﾟ", 4},      {"ab\u0301c", 3}, {"\U0001f468\u200d\U0001f469\u200d\U0001f467", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(text_width(cases[i].s), cases[i].cols);
}

/* What is known without looking it up, against the tables: every character alone, and beside one that is plain. */
static void columns_and_clusters__are_those_of_the_tables__for_every_character(void **state)
{
    (void)state;
    static const ucs4_t beside[] = {'a', 0x3042, 0x65e5};
    for (ucs4_t c = 0x20; c < 0x20000; c++) {
        char s[16];
        int n = c >= 0xd800 && c <= 0xdfff ? -1 : u8_uctomb((uint8_t *)s, c, 8);
        if (n < 0)
            continue;
        int width = uc_width(c, "UTF-8");
        assert_int_equal(text_columns(s, (size_t)n), width > 0 ? width : 0);
        for (size_t k = 0; k < sizeof beside / sizeof beside[0]; k++) {
            int m = u8_uctomb((uint8_t *)s + n, beside[k], 8);
            size_t whole = (size_t)(n + m);
            assert_int_equal(text_next(s, whole, 0), uc_is_grapheme_break(c, beside[k]) ? (size_t)n : whole);
            m = u8_uctomb((uint8_t *)s, beside[k], 8);
            whole = (size_t)(m + u8_uctomb((uint8_t *)s + m, c, 8));
            bool voicing = c == 0xff9e || c == 0xff9f; /* of half-width kana: a column of its own */
            assert_int_equal(text_next(s, whole, 0), voicing || uc_is_grapheme_break(beside[k], c) ? (size_t)m : whole);
            u8_uctomb((uint8_t *)s, c, 8);
        }
    }
}

static void next_and_prev__walk_the_same_clusters__in_both_directions(void **state)
{
    (void)state;
    const char *s = "aか\u3099\ne\u0301\U0001f1ef\U0001f1f5\U0001f1ef\U0001f1f5日";
    size_t n = strlen(s), at[32], k = 0;
    for (size_t i = 0; i < n; i = text_next(s, n, i))
        at[k++] = i;
    assert_int_equal(k, 7);
    size_t i = n;
    while (k > 0) {
        i = text_prev(s, n, i);
        assert_int_equal(i, at[--k]);
    }
    assert_int_equal(text_prev(s, n, 0), 0);
    assert_int_equal(text_next(s, n, n), n);
}

/* At every place in eight bytes and across them, against the library's own check. */
static void valid__says_what_the_library_says__wherever_the_bytes_stand(void **state)
{
    (void)state;
    static const char *const piece[] = {"\xe6\x97\xa5", "\xe6\x97",     "\x97",         "\xc3\xa9",         "\xc0\xaf", "\xed\xa0\x80",
                                        "\xff",         "\xf0\x9f\x98\x80", "\xf4\x90\x80\x80", "\xe6\x97\xa5\x97"};
    char text[40];
    for (size_t k = 0; k < sizeof piece / sizeof piece[0]; k++)
        for (size_t at = 0; at < 20; at++)
            for (size_t n = at; n <= 30; n++) {
                memset(text, 'a', sizeof text);
                memcpy(text + at, piece[k], strlen(piece[k]));
                assert_int_equal(text_valid(text, n), u8_check((const uint8_t *)text, n) == NULL);
                text[n / 2] = '\0';
                assert_false(n > 0 && text_valid(text, n));
            }
}

static void cut__never_splits_a_cluster_or_a_wide_character(void **state)
{
    (void)state;
    const char *s = "aか\u3099日e\u0301";
    size_t n = strlen(s);
    for (int cols = 0; cols <= 7; cols++) {
        size_t k = text_cut(s, n, cols);
        assert_true(text_columns(s, k) <= cols);
        assert_true(text_valid(s, k));
        assert_true(k == n || text_columns(s, text_next(s, n, k)) > cols);
        assert_true(k == 0 || text_next(s, n, text_prev(s, n, k)) == k);
    }
    assert_int_equal(text_floor("日本", 6, 5), 3);
}

static void mark_breaks__marks_only_beside_wide_characters__and_never_before_punctuation(void **state)
{
    (void)state;
    struct buf b = {0};
    text_mark_breaks(&b, "工場、A-1とplan --days N。", "|");
    assert_string_equal(buf_str(&b), "工|場、|A-1|と|plan --days N。");
    buf_clear(&b);
    text_mark_breaks(&b, "a b-c", "|");
    assert_string_equal(buf_str(&b), "a b-c");
    text_mark_breaks(&b, "", "|");
    assert_string_equal(buf_str(&b), "a b-c");
    buf_release(&b);
}

static void fit__pads_and_cuts_to_the_exact_width(void **state)
{
    (void)state;
    for (int cols = 0; cols < 14; cols++) {
        struct buf b = {0};
        text_fit(&b, "工場のseguridad", cols, true);
        assert_int_equal(text_width(buf_str(&b)), cols);
        buf_release(&b);
    }
    struct buf b = {0};
    text_fit(&b, "工場のネットワーク", 9, true);
    assert_string_equal(buf_str(&b), "工場の.. ");
    buf_release(&b);
}

static const char SAMPLE[] =
    "制御システム（以下「ICS」という。）のリモート保守回線は、ベンダーごとに管理されている場合が多く、サーバー室の"
    "ファイアウォールを経由しないセルラールーターが、保全担当者の知らないまま設置されていることがある。IEC 62443-3-3のSR 1.13"
    "（信頼できないネットワーク経由のアクセス）を参照し、「接続の承認」「多要素認証」「セッションの記録」の３点を、現場で確認すること……\n"
    "Unmanaged switches must not be connected.";

static int starts_with_one_of(const char *s, const char *const *set)
{
    for (size_t i = 0; set[i] != NULL; i++)
        if (strncmp(s, set[i], strlen(set[i])) == 0)
            return 1;
    return 0;
}

static void wrap__keeps_kinsoku_and_loses_nothing__at_every_width(void **state)
{
    (void)state;
    static const char *const not_first[] = {"、", "。", "）", "」", "ー", "ァ", "ィ", "ゥ", "ェ", "ォ", "ッ", "ャ", "ュ", "ョ",
                                            "ぁ", "っ", "ゃ", "ゅ", "ょ", "！", "？", "・", "：", "；", NULL};
    static const char *const not_last[] = {"（", "「", "『", "【", NULL};
    size_t n = strlen(SAMPLE);
    for (int cols = 20; cols <= 76; cols++) {
        struct text_lines lines = {0};
        text_wrap(&lines, SAMPLE, n, cols);
        size_t at = 0;
        for (size_t i = 0; i < lines.n; i++) {
            struct text_line l = lines.line[i];
            assert_int_equal(l.start, at);
            assert_true(l.cols <= cols);
            for (size_t j = l.start + l.len; j < l.next; j++)
                assert_true(SAMPLE[j] == ' ' || SAMPLE[j] == '\n');
            if (i > 0)
                assert_false(starts_with_one_of(SAMPLE + l.start, not_first));
            if (l.len > 0 && l.next < n)
                assert_false(starts_with_one_of(SAMPLE + text_prev(SAMPLE, n, l.start + l.len), not_last));
            at = l.next;
        }
        assert_int_equal(at, n);
        text_lines_release(&lines);
    }
}

static void wrap__cuts_long_words_between_clusters(void **state)
{
    (void)state;
    struct text_lines lines = {0};
    const char *s = "https://example.jp/averyverylongpath";
    text_wrap(&lines, s, strlen(s), 10);
    assert_true(lines.n >= 4);
    for (size_t i = 0; i < lines.n; i++)
        assert_true(lines.line[i].cols <= 10 && lines.line[i].cols > 0);
    text_wrap(&lines, "", 0, 10);
    assert_int_equal(lines.n, 1);
    text_wrap(&lines, "a\n", 2, 10);
    assert_int_equal(lines.n, 2);
    assert_int_equal(lines.line[1].start, 2);
    text_lines_release(&lines);
}

static void check_clean(const char *in, size_t n, enum text_clean mode, const char *want)
{
    struct buf b = {0};
    text_clean(&b, in, n, mode);
    assert_string_equal(buf_str(&b), want);
    buf_release(&b);
}

static void clean__removes_what_harms_a_terminal_and_keeps_the_rest(void **state)
{
    (void)state;
#define CLEAN(in, mode, want) check_clean(in, sizeof(in) - 1, mode, want)
    CLEAN("a\x1b[31mb\x07", TEXT_ONE_LINE, "a[31mb");
    CLEAN("a\r\nb\rc\td", TEXT_MULTI_LINE, "a\nb\nc d");
    CLEAN("a\r\nb\tc", TEXT_ONE_LINE, "a b c");
    CLEAN("x\xc2\x9b" "31my", TEXT_ONE_LINE, "x31my");             /* C1 CSI */
    CLEAN("x\u202etxt.exe", TEXT_ONE_LINE, "xtxt.exe");        /* right-to-left override */
    CLEAN("a\u200bb\ufeffc\u2028d", TEXT_MULTI_LINE, "abcd"); /* zero width, BOM, line separator */
    CLEAN("\x93\xfa\x96{", TEXT_ONE_LINE, "\ufffd\ufffd\ufffd{"); /* Shift_JIS bytes */
    CLEAN("か\u3099", TEXT_ONE_LINE, "が");
    CLEAN("\U0001f468\u200d\U0001f469", TEXT_ONE_LINE, "\U0001f468\u200d\U0001f469");
    CLEAN("nul\0byte", TEXT_ONE_LINE, "nulbyte");
    CLEAN("\U000e0041\ue000", TEXT_ONE_LINE, "");
#undef CLEAN
}

static void clean__is_harmless_and_idempotent__on_random_bytes(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 3000; round++) {
        char raw[40];
        for (size_t i = 0; i < sizeof raw; i++)
            raw[i] = (char)(rand() % 3 == 0 ? rand() % 256 : "あ\xe2\x80\x8e\x1b[ab"[rand() % 10]);
        struct buf once = {0}, twice = {0};
        text_clean(&once, raw, sizeof raw, TEXT_MULTI_LINE);
        assert_true(text_valid(buf_str(&once), once.len));
        for (size_t i = 0; i < once.len; i++)
            assert_true((unsigned char)once.p[i] >= 0x20 || once.p[i] == '\n');
        text_clean(&twice, buf_str(&once), once.len, TEXT_MULTI_LINE);
        assert_string_equal(buf_str(&once), buf_str(&twice));
        buf_release(&once);
        buf_release(&twice);
    }
}

static void contains__ignores_case_width_and_kana(void **state)
{
    (void)state;
    assert_true(text_contains("Patch the PLC", "plc"));
    assert_true(text_contains("ＵＳＢメモリ", "usbめもり"));
    assert_true(text_contains("ﾊﾞｯｸｱｯﾌﾟ", "バックアップ"));
    assert_true(text_contains("anything", ""));
    assert_false(text_contains("台帳", "図"));
}

/* What is folded without the tables is found in what is folded with them (é wants them), and the other way round. */
static void contains__folds_simple_characters__as_the_tables_do(void **state)
{
    static const unsigned ranges[][2] = {{0x20, 0x7e}, {0x3001, 0x3029}, {0x3041, 0x3096}, {0x30a1, 0x30fc}, {0x4e00, 0x9fef}, {0xff01, 0xff5e}};
    (void)state;
    for (size_t r = 0; r < sizeof ranges / sizeof ranges[0]; r++)
        for (unsigned c = ranges[r][0]; c <= ranges[r][1]; c++) {
            char one[5] = {(char)c}, with[8];
            if (c >= 0x80)
                snprintf(one, sizeof one, "%c%c%c", (char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f)));
            snprintf(with, sizeof with, "%s\xc3\xa9", one);
            if (!text_contains(with, one))
                fail_msg("U+%04X", c);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns__counts_cells__for_scripts_and_clusters),
        cmocka_unit_test(columns_and_clusters__are_those_of_the_tables__for_every_character),
        cmocka_unit_test(next_and_prev__walk_the_same_clusters__in_both_directions),
        cmocka_unit_test(valid__says_what_the_library_says__wherever_the_bytes_stand),
        cmocka_unit_test(cut__never_splits_a_cluster_or_a_wide_character),
        cmocka_unit_test(mark_breaks__marks_only_beside_wide_characters__and_never_before_punctuation),
        cmocka_unit_test(fit__pads_and_cuts_to_the_exact_width),
        cmocka_unit_test(wrap__keeps_kinsoku_and_loses_nothing__at_every_width),
        cmocka_unit_test(wrap__cuts_long_words_between_clusters),
        cmocka_unit_test(clean__removes_what_harms_a_terminal_and_keeps_the_rest),
        cmocka_unit_test(clean__is_harmless_and_idempotent__on_random_bytes),
        cmocka_unit_test(contains__ignores_case_width_and_kana),
        cmocka_unit_test(contains__folds_simple_characters__as_the_tables_do),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
