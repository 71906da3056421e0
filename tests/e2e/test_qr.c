/* The QR code as it stands on the screen, read back by a reader of its own (zbarimg, where it is installed): on a terminal with colours and on
 * one without, whose ground is dark. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"

enum { DOTS = 4 };

/* Ink of the upper and the lower half of a cell. */
static void halves(const char *text, bool out[2])
{
    out[0] = strcmp(text, "\u2588") == 0 || strcmp(text, "\u2580") == 0;
    out[1] = strcmp(text, "\u2588") == 0 || strcmp(text, "\u2584") == 0;
}

/* What a camera sees: ink is dark where the program paints its own ground, light elsewhere. */
static void photograph(struct pty *p, bool ink_is_dark, const char *path)
{
    struct pty_cell cell;
    bool ink[2];
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "P1\n%d %d\n", pty_cols(p) * DOTS, pty_rows(p) * 2 * DOTS);
    for (int y = 0; y < pty_rows(p) * 2 * DOTS; y++)
        for (int col = 0; col < pty_cols(p); col++) {
            pty_cell(p, y / (2 * DOTS), col, &cell);
            halves(cell.text, ink);
            bool dark = ink[y / DOTS % 2] == ink_is_dark;
            for (int x = 0; x < DOTS; x++) fputs(dark ? "1 " : "0 ", f);
        }
    fclose(f);
}

static void qr__is_read_from_the_screen__with_and_without_colours(void **state)
{
    static const struct {
        const char *term;
        bool ink_is_dark;
    } cases[] = {{"TERM=xterm-256color", true}, {"TERM=vt220", false}};
    struct kit *k = *state;
    struct buf out = {0}, want = {0};
    char picture[96];
    kit_make_file(k);
    if (kit_run(k, &out, "command -v zbarimg") != 0) {
        printf("skipped: zbarimg (zbar-tools) is not here to read it\n");
        buf_release(&out);
        return;
    }
    assert_int_equal(kit_run(k, &out, "'%s' set plant.xml.gz 1-1=3 2-6=1 3-1=unknown --note words", k->program), 0);
    assert_int_equal(kit_run(k, &want, "'%s' qr plant.xml.gz --code | tr -d ' \\n'", k->program), 0);
    snprintf(picture, sizeof picture, "%s/screen.pbm", k->dir);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *argv[] = {k->program, "qr", k->file, NULL}, *env[] = {cases[i].term, NULL};
        pty_free(k->p);
        k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir});
        expect_that(k->p, pty_wait_exit(k->p, -1));
        expect_clean_exit(k->p, 0);
        expect_row(k->p, 0, "stay in"); /* of notes: said, and the code below it is whole in 24 rows */
        photograph(k->p, cases[i].ink_is_dark, picture);
        buf_clear(&out);
        kit_run(k, &out, "zbarimg --raw -q screen.pbm 2>/dev/null | tr -d '\\n'");
        expect_(k->p, strcmp(buf_str(&out), buf_str(&want)) == 0, "read as", buf_str(&want), __FILE__, __LINE__);
    }
    buf_release(&want);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {KIT_TEST(qr__is_read_from_the_screen__with_and_without_colours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
