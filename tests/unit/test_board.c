/* What the board's page rests on: plans by year, and what has changed since earlier files, tables and rounds. */
#include "tests/unit/cm.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/method/cost.h"
#include "core/method/rollup_board.h"
#include "core/model/rounds.h"
#include "tests/bench/fleet.h"

#define NOW "2026-11-23T09:00:00+09:00"
enum { FIRST_YEAR = 2026 };

struct place {
    char dir[64];
    struct rollup r;
    struct rollup_request request;
    const char *paths[1];
};

static const struct checklist *ck(void)
{
    return checklist_builtin(0);
}

static int set_up(void **state)
{
    struct place *p = xcalloc(1, sizeof *p);
    snprintf(p->dir, sizeof p->dir, "/tmp/monshin-board-XXXXXX");
    *state = p;
    bool made = mkdtemp(p->dir) != NULL;
    p->paths[0] = p->dir;
    p->request = (struct rollup_request){.path = p->paths, .n_paths = 1, .jobs = 1};
    return made ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *p = *state;
    rollup_release(&p->r);
    nftw(p->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(p);
    return 0;
}

/* A plant with all items at a level. */
static struct assessment *plant(const char *id, int level)
{
    struct assessment *a = assessment_new(ck(), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-10-01T09:00:00+09:00");
    struct change c = {.kind = CHANGE_SITE};
    site_copy(&c.u.site, &a->site);
    field_set(&c.u.site.id, id, FIELD_MAX, false);
    field_set(&c.u.site.name, id, FIELD_MAX, false);
    field_set(&c.u.site.company, "Example", FIELD_MAX, false);
    assessment_apply(a, &c, NULL);
    for (int i = 0; i < ck()->n_items; i++) {
        change_level(&c, a, i, level, "2026-10-01T10:00:00+09:00");
        assessment_apply(a, &c, NULL);
    }
    return a;
}

static void plan(struct assessment *a, int item, int to, const char *due, enum action_status status, long long cost)
{
    struct action x = {.item = item, .to = to, .effort_tenths = -1, .cost_jpy = cost, .run_jpy = cost < 0 ? -1 : 10};
    struct change c = {.kind = CHANGE_ACTION, .item = item};
    action_copy(&c.u.action, &x);
    c.u.action.status = status;
    field_set(&c.u.action.due, due, FIELD_MAX, false);
    assessment_apply(a, &c, NULL);
}

/* Takes the assessment. */
static void put(const struct place *p, const char *name, struct assessment *a)
{
    char *path = path_join(p->dir, name);
    fleet_save(path, a);
    assessment_free(a);
    free(path);
}

static char *put_bytes(const struct place *p, const char *name, const char *bytes)
{
    char *path = path_join(p->dir, name);
    assert_int_equal(file_write_new(path, bytes, strlen(bytes), true, NULL), ERR_OK);
    return path;
}

static void compute(struct board *b, struct place *p, struct board_since *since)
{
    rollup_collect(&p->r, &p->request);
    board_compute(b, &p->r, &p->request, since, NOW, 0);
}

/* ---- Plans ---- */

static void plans__fall_into_the_year_of_their_date__or_of_their_wave(void **state)
{
    struct place *p = *state;
    struct board b;
    struct assessment *a = plant("jp-1", 1);
    plan(a, 0, 2, "2026-12-01", ACTION_OPEN, 1);
    plan(a, 1, 2, "2024-05-01", ACTION_DOING, 2); /* overdue: now */
    plan(a, 2, 2, "2028-01-31", ACTION_OPEN, 4);
    plan(a, 3, 2, "2099-01-31", ACTION_OPEN, 8); /* the last year stands for all after it */
    plan(a, 4, 2, "2027-01-31", ACTION_DONE, 16);
    plan(a, 5, 2, "2027-01-31", ACTION_DROPPED, 32);
    plan(a, 6, 5, "", ACTION_OPEN, 64); /* above the target: nobody says when */
    put(p, "a.xml", a);
    put(p, "none.xml", plant("jp-2", 2));
    compute(&b, p, NULL);
    assert_int_equal(b.first_year, FIRST_YEAR);
    assert_int_equal(b.slot[0].cost_jpy, 1 + 2);
    assert_int_equal(b.slot[1].cost_jpy, 0);
    assert_int_equal(b.slot[2].cost_jpy, 4);
    assert_int_equal(b.slot[BOARD_YEARS - 1].cost_jpy, 8);
    assert_int_equal(b.slot[BOARD_NO_YEAR].cost_jpy, 64);
    assert_int_equal(b.all.cost_jpy, 1 + 2 + 4 + 8 + 64);
    assert_int_equal(b.all.run_jpy, 50);
    assert_int_equal(b.all.steps, 5);
    assert_int_equal(b.all.own, 5);
    assert_int_equal(b.n, 2);
    assert_int_equal(b.n_planned, 1);
    assert_string_equal(board_site(&b, 0)->id, "jp-2"); /* the best first */
    board_release(&b);
}

static void steps_that_are_reached__cost_nothing_any_more(void **state)
{
    struct place *p = *state;
    struct board b;
    struct change c;
    struct assessment *a = plant("jp-1", 2);
    plan(a, 0, 2, "2026-12-01", ACTION_OPEN, 1);
    plan(a, 1, 3, "2026-12-01", ACTION_OPEN, 2);
    plan(a, 6, 3, "2026-12-01", ACTION_OPEN, 4);
    change_na(&c, a, 6, "none here", NOW);
    assessment_apply(a, &c, NULL);
    put(p, "a.xml", a);
    compute(&b, p, NULL);
    assert_int_equal(b.all.cost_jpy, 2);
    board_release(&b);
}

static void estimates__are_those_of_the_checklist__and_counted_as_such(void **state)
{
    struct place *p = *state;
    struct board b;
    struct step_cost cost;
    struct assessment *a = plant("jp-1", 1);
    plan(a, 0, 2, "2026-12-01", ACTION_OPEN, -1);
    step_cost(&cost, a, 0, 2);
    put(p, "a.xml", a);
    compute(&b, p, NULL);
    assert_int_equal(b.all.effort_tenths, cost.effort_tenths);
    assert_int_equal(b.all.cost_jpy, cost.cost_jpy);
    assert_int_equal(b.all.own, 0);
    board_release(&b);
}

/* ---- Trend ---- */

static void round_before__is_found__in_the_file_and_in_an_older_file(void **state)
{
    struct place *p = *state;
    struct board b;
    struct change c;
    struct assessment *two = plant("jp-1", 2), *first = plant("jp-2", 2), *second = plant("jp-2", 4);
    change_new_round(&c, two, NOW);
    assessment_apply(two, &c, NULL);
    for (int i = 0; i < ck()->n_items; i++) {
        change_level(&c, two, i, 3, NOW);
        assessment_apply(two, &c, NULL);
    }
    put(p, "two.xml", two);
    put(p, "first.xml", first);
    c = (struct change){.kind = CHANGE_ROUND};
    round_copy(&c.u.round, assessment_round(second), ck());
    field_set(&c.u.round.id, "2", FIELD_MAX, false);
    assessment_apply(second, &c, NULL);
    put(p, "second.xml", second);
    put(p, "new.xml", plant("jp-3", 1));
    compute(&b, p, NULL);
    assert_int_equal(b.n, 3);
    assert_int_equal(b.n_then, 2);
    assert_string_equal(board_site(&b, 0)->id, "jp-2");
    assert_int_equal(b.site[0].then.score, 400);
    assert_string_equal(b.site[0].then.round, "1");
    assert_string_equal(board_site(&b, 1)->id, "jp-1");
    assert_int_equal(board_site(&b, 1)->score, 600);
    assert_int_equal(b.site[1].then.score, 400);
    assert_int_equal(b.site[1].then.section_score[0], 400);
    assert_false(b.site[2].has_then);
    board_release(&b);
}

static void earlier_table__is_matched_by_company_and_id__and_what_is_left_is_gone(void **state)
{
    struct place *p = *state;
    struct board b;
    struct board_since since;
    char *path = put_bytes(p, "then.table",
                           "<sites><row><site_id>jp-1</site_id><company>Example</company><site>One</site><round>1</round><date>2025-10-01</date>"
                           "<score>40.0</score><grade>C</grade><people>40.0</people><process></process></row>"
                           "<row><site_id>jp-1</site_id><company>Other</company><score/><grade/></row></sites>");
    put(p, "a.xml", plant("jp-1", 3));
    put(p, "b.xml", plant("jp-9", 3));
    assert_int_equal(board_since_read(&since, path, ck(), &p->request, NULL), ERR_OK);
    assert_int_equal(since.n, 2);
    compute(&b, p, &since);
    assert_true(b.since);
    assert_int_equal(b.n_then, 1);
    assert_int_equal(b.site[0].then.score, 400);
    assert_int_equal(b.site[0].then.grade, 2);
    assert_string_equal(b.site[0].then.date, "2025-10-01");
    assert_int_equal(b.site[0].then.section_score[0], 400);
    assert_int_equal(b.site[0].then.section_score[1], -1);
    assert_int_equal(b.n_gone, 1);
    assert_string_equal(b.gone[0].company, "Other");
    assert_int_equal(b.gone[0].score, -1);
    assert_int_equal(b.gone[0].grade, GRADE_NONE);
    board_release(&b);
    board_since_release(&since);
    free(path);
}

static void earlier_table__is_refused__where_it_says_nonsense(void **state)
{
    static const struct {
        const char *xml;
        enum err err;
    } CASES[] = {
        {"<sites/>", ERR_EMPTY},
        {"<sites><row/></sites>", ERR_SCHEMA_MISSING},
        {"<sites><row><site_id>a</site_id><score>100.1</score></row></sites>", ERR_SCHEMA_VALUE},
        {"<sites><row><site_id>a</site_id><score>-1.0</score></row></sites>", ERR_SCHEMA_VALUE},
        {"<sites><row><site_id>a</site_id><score>1e9</score></row></sites>", ERR_SCHEMA_VALUE},
        {"<sites><row><site_id>a</site_id><score>40</score></row></sites>", ERR_SCHEMA_VALUE},
        {"<sites><row><site_id>a</site_id><people>4.00</people></row></sites>", ERR_SCHEMA_VALUE},
        {"<invoice/>", ERR_NOT_OURS},
        {"not xml", ERR_XML},
        {"", ERR_EMPTY},
    };
    struct place *p = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct board_since since;
        struct diag diag = {0};
        char *path = put_bytes(p, "then.xml", CASES[i].xml);
        assert_int_equal(board_since_read(&since, path, ck(), &p->request, &diag), CASES[i].err);
        assert_int_equal(diag.err, CASES[i].err);
        assert_null(since.site);
        free(path);
    }
    struct board_since since;
    assert_int_equal(board_since_read(&since, "/nowhere/at/all", ck(), &p->request, NULL), ERR_NOT_FOUND);
    assert_int_equal(board_since_read(&since, "/nowhere/at/all", NULL, &p->request, NULL), ERR_OK);
}

static void earlier_folder__is_rolled_up_as_it_was__and_says_what_was_bad(void **state)
{
    struct place *p = *state;
    struct board_since since;
    put(p, "a.xml", plant("jp-1", 3));
    free(put_bytes(p, "bad.xml", "<invoice/>"));
    assert_int_equal(board_since_read(&since, p->dir, ck(), &p->request, NULL), ERR_OK);
    assert_int_equal(since.n, 1);
    assert_int_equal(since.rejected, 1);
    assert_int_equal(since.site[0].score, 600);
    board_since_release(&since);
}

static void board__is_empty__without_sites(void **state)
{
    struct place *p = *state;
    struct board b;
    free(put_bytes(p, "bad.xml", "<invoice/>"));
    compute(&b, p, NULL);
    assert_null(b.checklist);
    assert_int_equal(b.n, 0);
    board_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plans__fall_into_the_year_of_their_date__or_of_their_wave, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_that_are_reached__cost_nothing_any_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(estimates__are_those_of_the_checklist__and_counted_as_such, set_up, tear_down),
        cmocka_unit_test_setup_teardown(round_before__is_found__in_the_file_and_in_an_older_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(earlier_table__is_matched_by_company_and_id__and_what_is_left_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(earlier_table__is_refused__where_it_says_nonsense, set_up, tear_down),
        cmocka_unit_test_setup_teardown(earlier_folder__is_rolled_up_as_it_was__and_says_what_was_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(board__is_empty__without_sites, set_up, tear_down),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
