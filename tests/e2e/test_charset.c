/* Terminals that do not speak UTF-8. Their locales are made for the test, in a folder of its own, out of the definitions of the distribution
 * (package locales); without those nothing can be tried, and it is said. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

static const struct {
    const char *locale, *charmap;
} KINDS[] = {{"ja_JP.eucJP", "EUC-JP"}, {"ja_JP.SJIS", "SHIFT_JIS"}, {"ja_JP.CP932", "WINDOWS-31J"}};
enum { N_KINDS = sizeof KINDS / sizeof KINDS[0] };

struct place {
    char locpath[96], locale[48];
};

/* The environment of a terminal of that kind; installed: the C library knows the locale. false: cannot be tried here. */
static bool prepare(struct kit *k, size_t kind, bool installed, struct place *at)
{
    struct buf out = {0};
    int rc = 0;
    snprintf(at->locpath, sizeof at->locpath, "LOCPATH=%s/%s", k->dir, installed ? "locale" : "none");
    snprintf(at->locale, sizeof at->locale, "LC_ALL=%s", KINDS[kind].locale);
    if (installed)
        rc = kit_run(k, &out, "mkdir -p locale && localedef --no-warnings=ascii -i ja_JP -f %s locale/%s", KINDS[kind].charmap, KINDS[kind].locale);
    if (rc != 0) printf("skipped: the locale %s cannot be made here: %.200s\n", KINDS[kind].locale, buf_str(&out));
    buf_release(&out);
    return rc == 0;
}

static struct pty *start(struct kit *k, size_t kind, const struct place *at, const char *const *argv)
{
    /* Not xterm: outside UTF-8 ncurses repeats characters there by a sequence that libvterm 0.1.4 gets wrong at the end of a row. */
    const char *env[] = {at->locpath, at->locale, "TERM=screen", NULL};
    pty_free(k->p);
    k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir, .charset = KINDS[kind].charmap});
    return k->p;
}

static void expect_note(struct kit *k, const char *text)
{
    struct assessment *a = kit_read(k);
    assert_string_equal(assessment_answer(a, 0)->note, text);
    assessment_free(a);
}

/* The whole screen in the terminal's own characters, and what is typed comes back as what was meant. */
static void full_screen__is_japanese__where_the_library_knows_the_locale(void **state)
{
    struct kit *k = *state;
    struct place at;
    for (size_t i = 0; i < N_KINDS; i++) {
        if (!prepare(k, i, true, &at)) return;
        remove(k->file);
        kit_make_file(k);
        struct pty *p = start(k, i, &at, (const char *[]){k->program, k->file, NULL});
        expect_row(p, 1, "組織");
        expect_text(p, "1-1");
        pty_keys(p, "n");
        pty_type(p, "漢字ｶﾅ表ソー");
        expect_text(p, "漢字ｶﾅ表ソー");
        int row, col, cursor_row, cursor_col;
        pty_drain(p, 30);
        assert_true(pty_find(p, "漢字", &row, &col));
        pty_cursor(p, &cursor_row, &cursor_col);
        expect_that(p, cursor_row == row && cursor_col == col + 12);
        pty_keys(p, "Backspace Backspace Esc");
        expect_that(p, !pty_has(p, "\uFFFD"));
        for (const char *const *keys = (const char *const[]){"F1", "F6", "F7", "?", "Esc", NULL}; *keys; keys++) {
            pty_keys(p, *keys);
            pty_drain(p, 40);
            expect_that(p, !pty_has(p, "\uFFFD") && !pty_has(p, "??"));
        }
        pty_keys(p, "q");
        expect_clean_exit(p, 0);
        expect_note(k, "漢字ｶﾅ表");
    }
}

/* The full screen cannot be Japanese then: it is English, says so in one line, and shows no rubbish; line by line it is Japanese. */
static void full_screen__is_english__where_only_iconv_knows_it(void **state)
{
    struct kit *k = *state;
    struct place at;
    for (size_t i = 0; i < N_KINDS; i++) {
        remove(k->file);
        kit_make_file(k);
        prepare(k, i, false, &at);
        struct pty *p = start(k, i, &at, (const char *[]){k->program, k->file, NULL});
        expect_text(p, "has no full screen here: English. In Japanese: monshin ask FILE");
        expect_row(p, 1, "People");
        pty_keys(p, "n");
        pty_type(p, "漢字");
        expect_text(p, "????");
        pty_keys(p, "Esc q");
        expect_clean_exit(p, 0);
        expect_note(k, "漢字");
        size_t n;
        const char *raw = pty_raw(p, 0, &n);
        for (size_t b = 0; b < n; b++) expect_that(p, (unsigned char)raw[b] < 0x80);
    }
}

static void ask__speaks_the_terminals_characters(void **state)
{
    struct kit *k = *state;
    struct place at;
    for (size_t i = 0; i < N_KINDS; i++)
        for (int installed = 0; installed < 2; installed++) {
            remove(k->file);
            kit_make_file(k);
            if (!prepare(k, i, installed, &at)) continue;
            struct pty *p = start(k, i, &at, (const char *[]){k->program, "ask", k->file, NULL});
            expect_text(p, "1-1>");
            pty_type(p, "３　現場で表を確認\r");
            expect_text(p, "1-1：3 実施済み");
            pty_keys(p, "q Enter");
            expect_text(p, "聞き取り");
            expect_clean_exit(p, 0);
            expect_note(k, "現場で表を確認");
        }
}

/* Arguments and text are in the terminal's characters, CSV is UTF-8. */
static void commands__convert_text__but_not_csv(void **state)
{
    struct kit *k = *state;
    struct place at;
    for (size_t i = 0; i < N_KINDS; i++) {
        struct buf out = {0};
        remove(k->file);
        kit_make_file(k);
        prepare(k, i, false, &at);
        int rc = kit_run(k, &out,
                         "export %s %s; '%s' set plant.xml.gz 1-1=3 '1-2=na:'$(printf '対象表' | iconv -f UTF-8 -t %s) --note $(printf '現場①' | iconv "
                         "-f UTF-8 -t %s//TRANSLIT) >/dev/null && '%s' show plant.xml.gz | iconv -f %s -t UTF-8",
                         at.locpath, at.locale, k->program, KINDS[i].charmap, KINDS[i].charmap, k->program, KINDS[i].charmap);
        if (rc != 0 || !strstr(buf_str(&out), "現場") || !strstr(buf_str(&out), "対象表") || !strstr(buf_str(&out), "実施済み"))
            fail_msg("%s", buf_str(&out));
        buf_clear(&out);
        kit_run(k, &out, "%s %s '%s' show plant.xml.gz --format csv", at.locpath, at.locale, k->program);
        if (!strstr(buf_str(&out), "現場")) fail_msg("%s", buf_str(&out));
        buf_clear(&out);
        rc = kit_run(k, &out, "%s %s '%s' show nothing.xml.gz 2>&1 | iconv -f %s -t UTF-8", at.locpath, at.locale, k->program, KINDS[i].charmap);
        if (!strstr(buf_str(&out), "ありません")) fail_msg("%s", buf_str(&out));
        buf_release(&out);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        KIT_TEST(full_screen__is_japanese__where_the_library_knows_the_locale),
        KIT_TEST(full_screen__is_english__where_only_iconv_knows_it),
        KIT_TEST(ask__speaks_the_terminals_characters),
        KIT_TEST(commands__convert_text__but_not_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
