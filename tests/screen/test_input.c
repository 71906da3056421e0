/* tui/term/input: bytes of real terminals become events; bad ones are dropped and nothing else. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term/input.h"

/* All events of some bytes, written down: "a <Up> <S-Tab> paste(..) mouse(r,c,b)". */
static void describe(struct buf *out, struct input *in, int idle_ms)
{
    struct event ev;
    while (input_next(in, &ev, idle_ms)) {
        if (out->len > 0)
            buf_addc(out, ' ');
        if (ev.kind == EV_PASTE) {
            buf_addf(out, "paste(%.*s)", (int)ev.n_paste, ev.paste);
        } else if (ev.kind == EV_MOUSE) {
            buf_addf(out, "mouse(%d,%d,%d)", ev.row, ev.col, (int)ev.button);
        } else if (ev.kind == EV_CURSOR) {
            buf_addf(out, "cursor(%d,%d)", ev.row, ev.col);
        } else {
            if ((ev.key.mods & MOD_CTRL) != 0)
                buf_adds(out, "C-");
            if ((ev.key.mods & MOD_SHIFT) != 0)
                buf_adds(out, "S-");
            if (ev.text[0] != '\0')
                buf_adds(out, ev.text);
            else if (ev.key.code < K_FIRST)
                buf_addf(out, "%c", ev.key.code);
            else
                buf_addf(out, "<%d>", ev.key.code - K_FIRST);
        }
    }
}

#define KEY(k) (k) - K_FIRST

static void assert_events(const char *bytes, size_t n, const char *want)
{
    /* Whole, and then byte by byte: where a read ends means nothing. */
    for (int split = 0; split < 2; split++) {
        struct input in = {0};
        struct buf got = {0};
        if (split == 0)
            input_feed(&in, bytes, n);
        for (size_t i = 0; split == 1 && i < n; i++) {
            input_feed(&in, bytes + i, 1);
            describe(&got, &in, 0);
        }
        describe(&got, &in, 0);
        describe(&got, &in, INPUT_PASTE_MS);
        assert_string_equal(buf_str(&got), want);
        assert_int_equal(input_wait_ms(&in), -1);
        buf_release(&got);
        input_release(&in);
    }
}

static void assert_key(const char *bytes, int code, const char *mods)
{
    char want[32];
    snprintf(want, sizeof want, "%s<%d>", mods, code - K_FIRST);
    assert_events(bytes, strlen(bytes), want);
}

static void keys__are_read__as_terminals_send_them(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int code;
        const char *mods;
    } KEYS[] = {
        {"\033[A", K_UP, ""},         {"\033OA", K_UP, ""},         {"\033[B", K_DOWN, ""},      {"\033[1;5C", K_RIGHT, "C-"},
        {"\033[1;2D", K_LEFT, "S-"},  {"\033[H", K_HOME, ""},       {"\033OH", K_HOME, ""},      {"\033[1~", K_HOME, ""},
        {"\033[7~", K_HOME, ""},      {"\033[4~", K_END, ""},       {"\033[F", K_END, ""},       {"\033[3~", K_DELETE, ""},
        {"\033[5~", K_PGUP, ""},      {"\033[6~", K_PGDN, ""},      {"\033[Z", K_TAB, "S-"},     {"\033OP", K_F1, ""},
        {"\033[11~", K_F1, ""},       {"\033[[A", K_F1, ""},        {"\033[[E", K_F1 + 4, ""},   {"\033[17~", K_F1 + 5, ""},
        {"\033[24~", K_F12, ""},      {"\r", K_ENTER, ""},          {"\n", K_ENTER, ""},         {"\t", K_TAB, ""},
        {"\x7f", K_BACKSPACE, ""},    {"\b", K_BACKSPACE, ""},      {"\033", K_ESC, ""},         {"\033OM", K_ENTER, ""},
        {"\033[1;2R", K_F1 + 2, "S-"}, {"\033[1;5H", K_HOME, "C-"},
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        assert_key(KEYS[i].bytes, KEYS[i].code, KEYS[i].mods);
}

static void text__comes_as_characters__in_any_language(void **state)
{
    (void)state;
    assert_events("aé日", 6, "a é 日");
    assert_events("\xf0\xa0\xae\x9f", 4, "\xf0\xa0\xae\x9f");
    assert_events("\x12\x13\x1a", 3, "C-r C-s C-z");
}

static void bad_bytes__are_dropped__and_what_follows_is_kept(void **state)
{
    (void)state;
    assert_events("\xff"
                  "abq",
                  4, "a b q");
    assert_events("\x93\xfa\x96"
                  "x",
                  4, "x");             /* Shift_JIS */
    assert_events("\xe3\x81x", 3, "x"); /* a character broken off */
    assert_events("\xc0\xaf.", 3, "."); /* overlong */
    assert_events("\xed\xa0\x80.", 4, ".");
    assert_events("\xc2\x9b.", 3, "."); /* C1 */
}

static void unknown_sequences__are_swallowed_whole__and_leave_no_letters(void **state)
{
    (void)state;
    assert_events("\033[?62;1;2ca", 11, "a");
    assert_events("\033[99~a", 6, "a");
    assert_events("\033[Ia", 4, "a");
}

static void escape_and_a_letter__are_two_keys__however_fast(void **state)
{
    (void)state;
    char want[32];
    snprintf(want, sizeof want, "<%d> n", K_ESC - K_FIRST);
    assert_events("\033n", 2, want);
    snprintf(want, sizeof want, "<%d> <%d>", K_ESC - K_FIRST, K_UP - K_FIRST);
    assert_events("\033\033[A", 4, want);
}

static void lone_escape__waits_for_the_delay__then_is_a_key(void **state)
{
    (void)state;
    struct input in = {0};
    struct event ev;
    input_feed(&in, "\033", 1);
    assert_false(input_next(&in, &ev, 0));
    assert_int_equal(input_wait_ms(&in), INPUT_ESC_MS);
    assert_true(input_next(&in, &ev, INPUT_ESC_MS));
    assert_int_equal(ev.key.code, K_ESC);
    input_release(&in);
}

static void paste__is_one_event__and_its_bytes_are_no_commands(void **state)
{
    (void)state;
    assert_events("a\033[200~1q\033[A\n日本\033[201~b", 26, "a paste(1q\033[A\n日本) b");
    assert_events("\033[200~\033[201~", 12, "paste()");
}

static void paste_without_an_end__ends__after_a_second(void **state)
{
    (void)state;
    struct input in = {0};
    struct event ev;
    input_feed(&in, "\033[200~abc", 9);
    assert_false(input_next(&in, &ev, INPUT_ESC_MS));
    assert_int_equal(input_wait_ms(&in), INPUT_PASTE_MS);
    assert_true(input_next(&in, &ev, INPUT_PASTE_MS));
    assert_int_equal(ev.kind, EV_PASTE);
    assert_memory_equal(ev.paste, "abc", 3);
    input_release(&in);
}

static void giant_paste__is_cut__at_the_limit(void **state)
{
    (void)state;
    struct input in = {0};
    struct event ev;
    char block[4096];
    memset(block, 'x', sizeof block);
    input_feed(&in, "\033[200~", 6);
    for (int i = 0; i < 100; i++) {
        input_feed(&in, block, sizeof block);
        assert_false(input_next(&in, &ev, 0));
    }
    input_feed(&in, "\033[201~q", 7);
    assert_true(input_next(&in, &ev, 0));
    assert_int_equal(ev.n_paste, PASTE_MAX);
    assert_true(input_next(&in, &ev, 0));
    assert_string_equal(ev.text, "q");
    input_release(&in);
}

static void mouse__tells_where_and_what__in_both_encodings(void **state)
{
    (void)state;
    assert_events("\033[<0;5;3M\033[<0;5;3m", 18, "mouse(2,4,1)");
    assert_events("\033[<65;1;1M", 10, "mouse(0,0,4)");
    assert_events("\033[M !!", 6, "mouse(0,0,1)");
    assert_events("\033[<35;5;3M", 10, ""); /* moved */
}

static void cursor_report__is_told_from_shift_f3__by_its_row(void **state)
{
    (void)state;
    assert_events("\033[2;3R", 6, "cursor(2,3)");
    assert_events("j\033[2;5Rk", 8, "j cursor(2,5) k");
}

static void own_sequences__win__over_the_common_ones(void **state)
{
    (void)state;
    struct input in = {0};
    struct buf got = {0};
    char want[32];
    input_define(&in, "\033[9z", (struct key){K_F1, 0});
    input_define(&in, "\033[9zq", (struct key){K_F12, 0});
    input_define(&in, "\033[A", (struct key){K_HOME, 0});
    input_feed(&in, "\033[9zq\033[9z.\033[A", 13);
    describe(&got, &in, 0);
    snprintf(want, sizeof want, "<%d> <%d> . <%d>", KEY(K_F12), KEY(K_F1), KEY(K_HOME));
    assert_string_equal(buf_str(&got), want);
    buf_release(&got);
    input_release(&in);
}

static void random_bytes__never_hang_or_overrun(void **state)
{
    (void)state;
    static const char PIECES[] = "\033[0;?<~MRAO201aq\xe3\x81\x82\xff\x1a";
    unsigned seed = 1;
    struct input in = {0};
    struct event ev;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1103515245u + 12345u;
        input_feed(&in, &PIECES[seed / 65536 % (sizeof PIECES - 1)], 1);
        while (input_next(&in, &ev, i % 97 == 0 ? INPUT_PASTE_MS : 0))
            assert_true(ev.kind != EV_NONE);
    }
    while (input_next(&in, &ev, INPUT_PASTE_MS))
        continue;
    assert_int_equal(in.bytes.len, in.at);
    input_release(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys__are_read__as_terminals_send_them),
        cmocka_unit_test(text__comes_as_characters__in_any_language),
        cmocka_unit_test(bad_bytes__are_dropped__and_what_follows_is_kept),
        cmocka_unit_test(unknown_sequences__are_swallowed_whole__and_leave_no_letters),
        cmocka_unit_test(escape_and_a_letter__are_two_keys__however_fast),
        cmocka_unit_test(lone_escape__waits_for_the_delay__then_is_a_key),
        cmocka_unit_test(paste__is_one_event__and_its_bytes_are_no_commands),
        cmocka_unit_test(paste_without_an_end__ends__after_a_second),
        cmocka_unit_test(giant_paste__is_cut__at_the_limit),
        cmocka_unit_test(mouse__tells_where_and_what__in_both_encodings),
        cmocka_unit_test(cursor_report__is_told_from_shift_f3__by_its_row),
        cmocka_unit_test(own_sequences__win__over_the_common_ones),
        cmocka_unit_test(random_bytes__never_hang_or_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
