/* From nothing to an accepted plan, on a terminal: a new file from the home screen, 32 answers, a budget, the plan, its steps as actions in the
 * file. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "tests/e2e/kit.h"

static void empty_folder__becomes_an_accepted_plan(void **state)
{
    struct kit *k = *state;
    struct buf out = {0};
    const char *argv[] = {k->program, "--lang", "en", NULL};
    struct pty_options options = {.argv = argv, .cwd = k->dir, .home = k->dir};
    struct pty *p = k->p = pty_start(&options);
    expect_text(p, "New assessment");
    pty_keys(p, "n");
    expect_text(p, "Name of the new file");
    pty_type(p, "plant");
    pty_keys(p, "Enter");
    expect_text(p, "Company");
    expect_saved(p, 1);
    pty_keys(p, "F2 g");
    for (int i = 0; i < KIT_ITEMS; i++)
        pty_type(p, i % 3 == 0 ? "1" : "2");
    expect_text(p, "32/32");
    pty_keys(p, "F8");
    expect_text(p, "proven best");
    pty_keys(p, "t t p");
    expect_text(p, "Person-days");
    pty_type(p, "20");
    pty_keys(p, "Enter");
    expect_text(p, "person-days [20]");
    expect_text(p, "proven best"); /* of this question: while it is open the screen says so instead */
    expect_text(p, "[x]");
    pty_keys(p, "a");
    expect_text(p, "now in the actions");
    pty_keys(p, "F7 g Enter");
    expect_text(p, "This week");
    pty_keys(p, "s");
    expect_text(p, "doing");
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
    struct assessment *a = kit_read(k);
    long tenths = 0;
    int doing = 0;
    assert_true(a->n_actions > 3);
    for (size_t i = 0; i < a->n_actions; i++) {
        const struct ck_step *step = &a->checklist->item[a->action[i].item].step[a->action[i].to - 2];
        tenths += (long)step->effort.typical;
        doing += a->action[i].status == ACTION_DOING;
    }
    assert_in_range(tenths, 1, 200);
    assert_int_equal(doing, 1);
    assessment_free(a);
    assert_int_equal(kit_run(k, &out, "zcat plant.xml.gz | xmllint --xpath 'count(//*[local-name()=\"action\"])' -"), 0);
    assert_true(atoi(buf_str(&out)) > 3);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(empty_folder__becomes_an_accepted_plan),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
