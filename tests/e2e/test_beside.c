/* A site beside others, and a file beside another one: what is on the screen of --benchmark and --against. */
#include "tests/e2e/kit.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"

static void make_benchmark(struct kit *k, const char *name, const char *checklist)
{
    struct buf xml = {0};
    char *path = path_join(k->dir, name);
    buf_addf(&xml,
             "<benchmark xmlns=\"urn:monshin:benchmark:1\" checklist=\"%s\" version=\"1.0\" date=\"2026-11-20\" sites=\"12\">"
             "<overall n=\"12\" q1=\"30.1\" median=\"55.2\" q3=\"70.3\"/><item id=\"1-1\" n=\"11\" q1=\"2.0\" median=\"3.5\" q3=\"4.0\"/></benchmark>",
             checklist);
    assert_int_equal(file_write_new(path, buf_str(&xml), xml.len, true, NULL), ERR_OK);
    free(path);
    buf_release(&xml);
}

static struct pty *start(struct kit *k, const char *option, const char *value)
{
    const char *argv[] = {k->program, "--lang", "en", k->file, option, value, NULL};
    pty_free(k->p);
    k->p = pty_start(&(struct pty_options){.argv = argv, .cwd = k->dir, .home = k->dir, .rows = 40});
    return k->p;
}

static void benchmark__is_shown_and_remembered__until_it_is_taken_away(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    make_benchmark(k, "bench.xml", "meti-factory");
    struct pty *p = start(k, NULL, NULL);
    expect_text(p, " 1-1 ");
    pty_keys(p, "F2 g 2 F6 m");
    expect_text(p, "File of the benchmark");
    pty_type(p, "bench.xml");
    pty_keys(p, "Enter");
    expect_text(p, "Benchmark of 2026-11-20, 12 sites: the dots");
    pty_keys(p, "Space");
    expect_text(p, "30.1  55.2  70.3");
    expect_text(p, "below the median");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);

    p = start(k, NULL, NULL);
    expect_text(p, " 1-1 ");
    pty_keys(p, "F2 g");
    expect_text(p, "median 3.5; the middle half of 11 sites from 2.0 to 4.0");
    pty_keys(p, "F6 m");
    expect_text(p, "bench.xml");
    for (int i = 0; i < 150; i++)
        pty_keys(p, "Backspace");
    pty_keys(p, "Enter");
    expect_text(p, "No benchmark any more");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);

    p = start(k, NULL, NULL);
    pty_keys(p, "F2 g");
    expect_text(p, "Target");
    pty_drain(p, 200);
    expect_that(p, !pty_has(p, "the middle half of"));
}

static void benchmark__that_does_not_fit__is_one_clear_line(void **state)
{
    struct kit *k = *state;
    kit_make_file(k);
    make_benchmark(k, "other.xml", "workshop-hygiene");
    struct pty *p = start(k, "--benchmark", "other.xml");
    expect_text(p, "needs the checklist \"workshop-hygiene\"");
    expect_clean_exit(p, 3);
    p = start(k, NULL, NULL);
    expect_text(p, " 1-1 ");
    pty_keys(p, "F6 m");
    pty_type(p, "nowhere.xml");
    pty_keys(p, "Enter");
    expect_text(p, "nowhere.xml");
    expect_gone(p, "File of the benchmark");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

/* plant.xml.gz and other.xml.gz: one site, two assessors. */
static void make_two_files(struct kit *k)
{
    struct buf out = {0};
    kit_make_file(k);
    assert_int_equal(kit_run(k, &out, "%s set plant.xml.gz 1-1=2 1-2=3 2-6=2 --basis interview && cp plant.xml.gz other.xml.gz && "
                                      "%s set other.xml.gz 2-6=4 1-3=3 --basis test --note 'seen on line 3'", k->program, k->program), 0);
    buf_release(&out);
}

static void comparison__opens_with_against__and_leaves_the_other_file_alone(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    make_two_files(k);
    assert_int_equal(kit_run(k, &out, "sha256sum other.xml.gz >sum"), 0);
    struct pty *p = start(k, "--against", "other.xml.gz");
    expect_text(p, "Other level 1, other kind of answer 1, other basis 0, the same 30");
    expect_text(p, "Note seen on line 3");
    pty_keys(p, "Enter");
    expect_gone(p, "Other level");
    pty_type(p, "4");
    pty_keys(p, "Esc");
    expect_text(p, "Other level 0, other kind of answer 1, other basis 1, the same 30");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_int_equal(kit_run(k, &out, "sha256sum -c sum && [ ! -e other.xml.gz.lock ]"), 0);
    p = start(k, "--against", "nowhere.xml.gz");
    expect_text(p, "nowhere.xml.gz: there is no such file");
    expect_clean_exit(p, 3);
    assert_int_equal(kit_run(k, &out, "ln -s plant.xml.gz link.xml.gz"), 0);
    p = start(k, "--against", "link.xml.gz");
    expect_text(p, "link.xml.gz: is the file itself; name another one to compare it with");
    expect_clean_exit(p, 3);
    buf_release(&out);
}

static const struct answer *merged_answer(const struct assessment *a, const char *item)
{
    return assessment_answer(a, checklist_item(a->checklist, item));
}

static struct pty *start_merge(struct kit *k)
{
    const char *argv[] = {k->program, "--lang", "en", "merge", "plant.xml.gz", "other.xml.gz", "-o", "both.xml.gz", NULL};
    pty_free(k->p);
    k->p = pty_start(&(struct pty_options){.argv = argv, .cwd = k->dir, .home = k->dir});
    return k->p;
}

static void merge__is_decided_one_by_one__and_opened(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    struct assessment *a = NULL;
    char *both = path_join(k->dir, "both.xml.gz");
    make_two_files(k);
    assert_int_equal(kit_run(k, &out, "%s set other.xml.gz 1-1=5 --basis test", k->program), 0);
    struct pty *p = start_merge(k);
    expect_text(p, "Answered by A only 0, by B only 1; contradictions 2, of these undecided 2");
    pty_keys(p, "a");
    expect_text(p, "of these undecided 1");
    pty_keys(p, "b");
    expect_text(p, "of these undecided 0");
    expect_that(p, !file_exists(both));
    pty_keys(p, "w");
    expect_text(p, "Write the merged file to");
    pty_keys(p, "Enter");
    expect_text(p, "Merged. Contradictions 2: decided by you 2");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_true(kit_try_read(k, both, &a));
    assert_int_equal(merged_answer(a, "1-1")->level, 2);
    assert_int_equal(merged_answer(a, "2-6")->level, 4);
    assert_int_equal(merged_answer(a, "1-2")->level, 3);
    assert_int_equal(merged_answer(a, "1-3")->level, 3);
    assessment_free(a);

    /* Again: what exists is not written over without a yes, what is read not even then, and leaving writes nothing. */
    assert_int_equal(kit_run(k, &out, "sha256sum both.xml.gz >sum"), 0);
    p = start_merge(k);
    expect_text(p, "contradictions 2");
    pty_keys(p, "w Enter");
    expect_text(p, "This file exists already. Replace it?");
    pty_keys(p, "n Ctrl-U");
    pty_type(p, "other.xml.gz");
    pty_keys(p, "Enter");
    expect_text(p, "This file is in use here");
    pty_keys(p, "Esc");
    expect_gone(p, "Write the merged file to");
    pty_keys(p, "q");
    expect_text(p, "Nothing is written yet");
    pty_keys(p, "q");
    expect_that(p, pty_wait_exit(p, -1));
    expect_text(p, "was not written");
    assert_int_equal(kit_run(k, &out, "sha256sum -c sum"), 0);
    p = start_merge(k);
    expect_text(p, "contradictions 2");
    pty_keys(p, "b w Enter");
    expect_text(p, "Replace it?");
    pty_keys(p, "y");
    expect_text(p, "Merged. Contradictions 2: decided by you 1");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
    assert_true(kit_try_read(k, both, &a));
    assert_int_equal(merged_answer(a, "1-1")->level, 5);
    assessment_free(a);
    free(both);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(benchmark__is_shown_and_remembered__until_it_is_taken_away),
        KIT_TEST(benchmark__that_does_not_fit__is_one_clear_line),
        KIT_TEST(comparison__opens_with_against__and_leaves_the_other_file_alone),
        KIT_TEST(merge__is_decided_one_by_one__and_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
