/* A file under a passphrase on the screen: asked for at the start, set and taken away with a key, and the screen locks until it is typed. */
#include "tests/e2e/kit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/seal/safe.h"

static const char PASS[] = "correct horse";

static bool is_locked(const struct kit *k)
{
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, k->file, 1 << 24, NULL), ERR_OK);
    bool locked = safe_is(buf_str(&bytes), bytes.len);
    buf_release(&bytes);
    return locked;
}

static void type_line(struct pty *p, const char *text)
{
    pty_type(p, text);
    pty_keys(p, "Enter");
}

/* Sets it on the screen of a file that is open; what is saved then is under it. */
static struct pty *open_and_set(struct kit *k)
{
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "P");
    expect_text(p, "A new passphrase for this file");
    expect_gone(p, "SITE-7");
    type_line(p, "short");
    expect_text(p, "Too short");
    type_line(p, PASS);
    expect_text(p, "The same passphrase again");
    type_line(p, "another horse");
    expect_text(p, "another one");
    type_line(p, PASS);
    expect_text(p, "From now on the file opens with the passphrase only");
    expect_text(p, "SITE-7");
    return p;
}

static void screen__locks_on_a_key__and_only_the_passphrase_brings_it_back(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = kit_open_first_section(k, NULL);
    pty_keys(p, "Ctrl-K");
    expect_text(p, "no passphrase, so there is nothing to lock with");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    p = open_and_set(k);
    pty_type(p, "3");
    expect_text(p, "1/32");
    pty_keys(p, "Ctrl-K");
    expect_text(p, "Locked.");
    expect_gone(p, "SITE-7");
    expect_gone(p, "1/32");
    pty_keys(p, "Esc F2 Tab"); /* leads nowhere */
    type_line(p, "12345");
    expect_text(p, "That is not the passphrase");
    expect_gone(p, "12345");
    type_line(p, PASS);
    expect_text(p, "1/32"); /* what was typed meanwhile answered nothing */
    assert_true(is_locked(k));
    /* In a text too; what was written is still there. */
    pty_keys(p, "n");
    expect_text(p, "Note");
    pty_type(p, "seen by nobody");
    expect_text(p, "seen by nobody");
    pty_keys(p, "Ctrl-K");
    expect_gone(p, "seen by nobody");
    type_line(p, PASS);
    expect_text(p, "seen by nobody");
    pty_keys(p, "Ctrl-K");
    expect_text(p, "Locked.");
    pty_keys(p, "Ctrl-C");
    expect_clean_exit(p, 0);
    assert_true(is_locked(k));
}

static void program__asks_for_the_passphrase_when_it_starts(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    kit_make_file(k);
    struct pty *p = open_and_set(k);
    pty_type(p, "3");
    expect_text(p, "1/32");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_true(is_locked(k));
    p = kit_start(k, NULL, 0, 0);
    expect_text(p, "Passphrase of plant.xml.gz");
    type_line(p, "wrong horse");
    expect_text(p, "cannot be opened");
    expect_that(p, pty_wait_exit(p, 8000));
    p = kit_start(k, NULL, 0, 0);
    expect_text(p, "Passphrase of plant.xml.gz");
    type_line(p, PASS);
    expect_text(p, "1/32");
    /* Taken away again. */
    pty_keys(p, "P");
    expect_text(p, "empty: none any more");
    pty_keys(p, "Enter");
    expect_text(p, "no passphrase any more");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_false(is_locked(k));
    assert_int_equal(kit_run(k, &out, "'%s' check plant.xml.gz", k->program), 0);
    buf_release(&out);
}

/* Ended from outside while it asks: a shell that does not show what is typed would be left behind. */
static void prompt__gives_the_terminal_back__whatever_ends_it(void **state)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct kit *k = *state;
    kit_make_file(k);
    struct pty *p = open_and_set(k);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        p = kit_start(k, NULL, 0, 0);
        expect_text(p, "Passphrase of plant.xml.gz");
        pty_type(p, "corr");
        pty_signal(p, signals[i]);
        expect_clean_exit(p, 128 + signals[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(screen__locks_on_a_key__and_only_the_passphrase_brings_it_back),
        KIT_TEST(program__asks_for_the_passphrase_when_it_starts),
        KIT_TEST(prompt__gives_the_terminal_back__whatever_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
