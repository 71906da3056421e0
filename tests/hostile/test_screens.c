/* Hostile text on the full screen, in both languages, on every tab and in what opens from it: the bytes that go to the terminal are the program's
 * own, and the terminal is as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/io/file.h"
#include "tests/e2e/expect.h"
#include "tests/hostile/files.h"
#include "tests/hostile/run.h"
#include "tests/support/pty.h"

struct world {
    char dir[64];
    char *program, *file, *folder;
};

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct buf bytes = {0};
    scratch_make(w->dir);
    w->program = run_program();
    hostile_speaker(&bytes);
    put_file(w->dir, "speaker\x1b[31m.xml", bytes.p, bytes.len);
    buf_release(&bytes);
    w->file = path_join(w->dir, "speaker\x1b[31m.xml");
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    scratch_remove(w->dir);
    free(w->program);
    free(w->file);
    free(w);
    return 0;
}

/* Length of the escape sequence at s: CSI, a change of character set, or two bytes; 0 for one that this program has no business sending (a title,
 * a device control string, ...). */
static size_t own_sequence(const unsigned char *s, size_t n)
{
    if (n < 2)
        return 0;
    if (s[1] == '[') {
        size_t i = 2;
        while (i < n && s[i] >= 0x20 && s[i] <= 0x3f)
            i++;
        return i < n && s[i] >= 0x40 && s[i] <= 0x7e ? i + 1 : 0;
    }
    if (s[1] == '(' || s[1] == ')')
        return n > 2 ? 3 : 0;
    return strchr("78=>MDE", s[1]) != NULL ? 2 : 0;
}

/* What is left of the output without the program's own sequences is harmless text; "31m" in it stands there as text. */
static void hold_raw(struct pty *p, const char *where)
{
    size_t n;
    struct buf text = {0};
    const unsigned char *raw = (const unsigned char *)pty_raw(p, 0, &n);
    for (size_t i = 0; i < n; i++) {
        size_t skip = raw[i] == 0x1b ? own_sequence(raw + i, n - i) : 0;
        if (raw[i] == 0x1b && skip == 0 && n - i > 40)
            fail_msg("%s: a sequence that is not the program's: ESC %.20s", where, (const char *)raw + i + 1);
        if (raw[i] == 0x1b)
            i += skip > 0 ? skip - 1 : n - i - 1;
        else if (raw[i] != '\r' && raw[i] != '\b' && raw[i] != 0x0e && raw[i] != 0x0f)
            buf_addc(&text, (char)raw[i]);
    }
    const char *harm = harm_in(buf_str(&text), text.len, false);
    if (harm != NULL)
        fail_msg("%s: %s on the terminal", where, harm);
    buf_release(&text);
}

static struct pty *start(const struct world *w, const char *lang, const char *a, const char *b)
{
    const char *argv[] = {w->program, "--lang", lang, a, b, NULL};
    return pty_start(&(struct pty_options){.argv = argv, .home = w->dir, .cwd = w->dir, .rows = 30, .cols = 100});
}

/* Where the keys lead, with something on the way that is in the file. */
static const char *const WAYS[] = {
    "F1 j j j j j j Enter Esc",
    "F2 n Esc e Esc d Esc b u",
    "F3 Enter Esc / H O S T Enter Esc",
    "F4 x Esc a u",
    "F5 ?  Esc",
    "F6 v Esc",
    "F7 Enter Esc w Esc j j Enter Esc",
    "F8 j k",
    "H Esc",
    "F2 1 u Ctrl-R",
};

static void tabs__show_hostile_text__as_text(void **state)
{
    struct world *w = *state;
    static const char *const langs[] = {"en", "ja"};
    for (size_t l = 0; l < 2; l++) {
        struct pty *p = start(w, langs[l], w->file, NULL);
        expect_text(p, "HOSTILE31m"); /* without the control before it */
        for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
            pty_keys(p, WAYS[i]);
            pty_drain(p, 60);
            hold_raw(p, WAYS[i]);
        }
        pty_resize(p, 12, 40);
        pty_drain(p, 60);
        hold_raw(p, "small");
        pty_keys(p, "q");
        expect_clean_exit(p, 0);
        assert_true(pty_modes_restored(p));
        hold_raw(p, "the end");
        pty_free(p);
    }
}

static void sites__show_hostile_text__as_text(void **state)
{
    struct world *w = *state;
    struct pty *p = start(w, "en", "rollup", w->dir);
    expect_text(p, "HOSTILE31m");
    pty_keys(p, "j Right Right r Esc g Esc m");
    pty_drain(p, 60);
    pty_keys(p, "Enter");
    pty_drain(p, 60);
    hold_raw(p, "sites");
    pty_keys(p, "q");
    pty_drain(p, 60);
    hold_raw(p, "sites left");
    pty_free(p);
}

static void home__lists_hostile_names__as_text(void **state)
{
    struct world *w = *state;
    struct buf good = {0};
    hostile_good(&good);
    put_file(w->dir, "evil\x1b]0;title\x07\xe2\x80\xae.xml.gz", good.p, good.len);
    put_file(w->dir, "line\nbreak.xml.gz", good.p, good.len);
    put_file(w->dir, "bytes\xff\x9b.xml.gz", good.p, good.len);
    buf_release(&good);
    struct pty *p = pty_start(&(struct pty_options){.argv = (const char *const[]){w->program, NULL}, .home = w->dir, .cwd = w->dir, .rows = 30, .cols = 100});
    expect_text(p, "evil");
    pty_keys(p, "j j j k");
    pty_drain(p, 60);
    hold_raw(p, "home");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    pty_free(p);
}

/* On a terminal too a file that is refused is refused in a line, and nothing of it shows. */
static void opening__refuses_hostile_files__without_a_screen(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < N_HOSTILE_FILES; i++) {
        const struct hostile_file *f = &HOSTILE_FILES[i];
        struct buf bytes = {0};
        if (strcmp(f->verdict, "ok") == 0)
            continue;
        f->make(&bytes, f);
        put_file(w->dir, f->name, buf_str(&bytes), bytes.len);
        buf_release(&bytes);
        struct pty *p = start(w, i % 2 == 0 ? "en" : "ja", f->name, NULL);
        int code = -1;
        if (!pty_wait_exit(p, 20000) || !pty_exited(p, &code) || code != 3)
            fail_msg("%s: ends with %d", f->name, code);
        hold_raw(p, f->name);
        expect_text(p, "monshin: ");
        pty_free(p);
        char *path = path_join(w->dir, f->name);
        remove(path);
        free(path);
    }
}

/* Line mode on a terminal: the same text, between its own lines. */
static void ask__shows_hostile_text__as_text(void **state)
{
    struct world *w = *state;
    struct pty *p = start(w, "en", "ask", w->file);
    expect_text(p, ">");
    pty_type(p, "1-1\r");
    pty_drain(p, 80);
    pty_type(p, "2-7\r");
    pty_drain(p, 80);
    hold_raw(p, "ask");
    pty_type(p, "q\r");
    pty_wait_exit(p, -1);
    hold_raw(p, "ask ended");
    pty_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tabs__show_hostile_text__as_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sites__show_hostile_text__as_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(home__lists_hostile_names__as_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(opening__refuses_hostile_files__without_a_screen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ask__shows_hostile_text__as_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
