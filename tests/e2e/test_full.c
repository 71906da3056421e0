/* A file near the limit of what can be read again: nobody is let over it, it is said before, and nothing that was typed is lost. */
#include "tests/e2e/kit.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/io/xml.h"

/* Padded with an addition of a newer version until only so much room is left. */
static void make_file_with_room(struct kit *k, size_t room)
{
    static const char open[] = "  <x:pad xmlns:x=\"urn:x\">", close[] = "</x:pad>\n";
    struct buf xml = {0}, pad = {0}, gz = {0};
    kit_make_file(k);
    struct assessment *a = kit_read(k);
    assessment_write(&xml, a, NULL);
    size_t n = XML_FULL_BYTES - room - xml.len - (sizeof open - 1) - (sizeof close - 1);
    buf_adds(&pad, open);
    for (size_t i = 0; i < n; i++)
        buf_addc(&pad, 'p');
    buf_adds(&pad, close);
    free(a->foreign.elements);
    a->foreign.elements = buf_take(&pad);
    buf_clear(&xml);
    assessment_write(&xml, a, NULL);
    assert_int_equal(xml.len, XML_FULL_BYTES - room);
    gz_deflate(&gz, xml.p, xml.len);
    assert_int_equal(file_replace(k->file, gz.p, gz.len, NULL, NULL), ERR_OK);
    buf_release(&gz);
    buf_release(&xml);
    assessment_free(a);
}

static void type_letters(struct pty *p, int n)
{
    char *text = xcalloc((size_t)n + 1, 1);
    memset(text, 'w', (size_t)n);
    pty_type(p, text);
    free(text);
}

static void answer__is_not_recorded_and_said__when_the_file_has_no_room(void **state)
{
    struct kit *k = *state;
    make_file_with_room(k, 10);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "3");
    expect_text(p, "Not recorded: there is no room for it");
    expect_text(p, "0/5");
    pty_keys(p, "j");
    expect_gone(p, "Not recorded");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->state, ANSWER_OPEN);
    assessment_free(a);
}

static void note__stays_in_the_editor_to_be_shortened__when_the_file_has_no_room(void **state)
{
    struct kit *k = *state;
    make_file_with_room(k, 400);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "3");
    expect_text(p, "The file is nearly full (");
    pty_keys(p, "Up n"); /* the note of 1-1 */
    type_letters(p, 500);
    expect_text(p, "Not recorded: there is no room for it");
    pty_keys(p, "Esc");
    expect_text(p, "wwww"); /* still there */
    for (int i = 0; i < 450; i++)
        pty_keys(p, "Backspace");
    expect_gone(p, "Not recorded");
    pty_keys(p, "Esc");
    expect_gone(p, "wwww wwww");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    assert_int_equal(assessment_answer(a, 0)->level, 3);
    assert_int_equal(strlen(assessment_answer(a, 0)->note), 50);
    assessment_free(a);
}

static void commands__refuse_in_one_line_and_leave_the_file__when_it_has_no_room(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    make_file_with_room(k, 10);
    struct assessment *before = kit_read(k);
    assert_int_equal(kit_run(k, &out, "%s set %s 1-1=3 --lang en", k->program, k->file), 3);
    assert_non_null(strstr(buf_str(&out), "there is no room for it"));
    assert_ptr_equal(strchr(buf_str(&out), '\n'), buf_str(&out) + out.len - 1);
    struct assessment *after = kit_read(k);
    assert_int_equal(after->revision, before->revision);
    assert_int_equal(assessment_answer(after, 0)->state, ANSWER_OPEN);
    assessment_free(after);
    assessment_free(before);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(answer__is_not_recorded_and_said__when_the_file_has_no_room),
        KIT_TEST(note__stays_in_the_editor_to_be_shortened__when_the_file_has_no_room),
        KIT_TEST(commands__refuse_in_one_line_and_leave_the_file__when_it_has_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
