/* The roll-up over a folder as it comes from many sticks: good files, damaged ones, copies,
 * conflicts, other people's XML. */
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
#include "core/method/rollup_priv.h"
#include "core/model/rounds.h"
#include "tests/bench/fleet.h"

enum { SEED = 7 };

struct place {
    char dir[64];
};

static int set_up(void **state)
{
    struct place *p = xcalloc(1, sizeof *p);
    snprintf(p->dir, sizeof p->dir, "/tmp/monshin-rollup-XXXXXX");
    *state = p;
    return mkdtemp(p->dir) != NULL ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *p = *state;
    nftw(p->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(p);
    return 0;
}

static struct assessment *site(int i)
{
    return fleet_site(checklist_builtin(0), SEED, i);
}

/* Takes the assessment. */
static void put(const struct place *p, const char *name, struct assessment *a)
{
    char *path = path_join(p->dir, name);
    fleet_save(path, a);
    assessment_free(a);
    free(path);
}

static void put_bytes(const struct place *p, const char *name, const char *bytes)
{
    char *path = path_join(p->dir, name);
    assert_int_equal(file_write_new(path, bytes, strlen(bytes), false, NULL), ERR_OK);
    free(path);
}

static void make_folder(const struct place *p, const char *name)
{
    char *path = path_join(p->dir, name);
    assert_int_equal(mkdir(path, 0755), 0);
    free(path);
}

static void assert_same_site(const struct rollup_site *a, const struct rollup_site *b)
{
    assert_ptr_equal(a->checklist, b->checklist);
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->company, b->company);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->country, b->country);
    assert_string_equal(a->round, b->round);
    assert_string_equal(a->date, b->date);
    const long long one[] = {a->round_numeric, a->round_number, a->started, a->modified, a->revision, a->employees, a->importance,
                             a->model,         a->provisional,  a->answered, a->total,   a->score,    a->grade};
    const long long two[] = {b->round_numeric, b->round_number, b->started, b->modified, b->revision, b->employees, b->importance,
                             b->model,         b->provisional,  b->answered, b->total,   b->score,    b->grade};
    assert_memory_equal(one, two, sizeof one);
    assert_memory_equal(a->section_score, b->section_score, sizeof a->section_score);
    assert_memory_equal(a->section_grade, b->section_grade, sizeof a->section_grade);
    assert_memory_equal(a->mark, b->mark, (size_t)a->checklist->n_items * sizeof *a->mark);
}

/* What was read in this process, and what was read in cells. */
static void assert_same(const struct rollup *a, const struct rollup *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_sites, b->n_sites);
    for (size_t i = 0; i < a->n; i++) {
        assert_string_equal(a->file[i].path, b->file[i].path);
        assert_int_equal(a->file[i].outcome, b->file[i].outcome);
        assert_int_equal(a->file[i].taken, b->file[i].taken);
        assert_int_equal(a->file[i].diag == NULL, b->file[i].diag == NULL);
        assert_int_equal(a->file[i].site == NULL, b->file[i].site == NULL);
        if (a->file[i].diag != NULL)
            assert_memory_equal(a->file[i].diag, b->file[i].diag, sizeof *a->file[i].diag);
        if (a->file[i].site != NULL)
            assert_same_site(a->file[i].site, b->file[i].site);
    }
}

/* Nothing that a cell answers does harm: it is refused, or within the bounds of what a file can say. */
static void summary__is_bounded__whatever_byte_is_changed(void **state)
{
    (void)state;
    static const unsigned char to[] = {0, 1, 6, 0x1b, 0x7f, 0x80, 0xff};
    struct assessment *a = site(3);
    struct rollup_request request = {.jobs = 1, .guarded = true};
    struct cell *cell = rollup_site_cell_new(&request);
    struct buf xml = {0};
    int n_taken = 0;
    assessment_write(&xml, a, "test");
    struct cell_piece piece = {.bytes = xml.p, .n_bytes = xml.len};
    cell_ask(cell, &piece, 1);
    assert_int_equal(piece.err, ERR_OK);
    for (size_t i = 0; i < piece.answer.len; i++)
        for (size_t k = 0; k < sizeof to; k++) {
            char was = piece.answer.p[i];
            piece.answer.p[i] = (char)to[k];
            struct rollup_site *s = rollup_site_unpack(&piece.answer, &request);
            piece.answer.p[i] = was;
            n_taken += s != NULL;
            for (int item = 0; s != NULL && item < s->checklist->n_items; item++)
                assert_true(s->mark[item].state < ANSWER_STATE_COUNT && s->mark[item].level <= LEVEL_MAX && s->mark[item].target <= LEVEL_MAX);
            if (s != NULL) {
                assert_true(s->grade >= GRADE_NONE && s->grade < s->checklist->n_grades && s->score <= 1000);
                assert_null(strchr(s->name, '\x1b'));
            }
            free(s);
        }
    assert_true(n_taken > 0);
    for (size_t n = 0; n < piece.answer.len; n++) {
        struct buf part = piece.answer;
        part.len = n;
        assert_null(rollup_site_unpack(&part, &request));
    }
    buf_release(&piece.answer);
    buf_release(&xml);
    assessment_free(a);
    cell_free(cell);
}

static void collect_with(struct rollup *r, const struct place *p, int jobs)
{
    const char *paths[] = {p->dir};
    struct rollup in_cells;
    struct rollup_request request = {.path = paths, .n_paths = 1, .jobs = jobs};
    rollup_collect(r, &request);
    request.guarded = true;
    rollup_collect(&in_cells, &request);
    assert_same(r, &in_cells);
    rollup_release(&in_cells);
}

/* "NAME outcome" for each file, in order. */
static char *outcomes(const struct place *p, int jobs)
{
    struct rollup r;
    struct buf out = {0};
    collect_with(&r, p, jobs);
    for (size_t i = 0; i < r.n; i++)
        buf_addf(&out, "%s %s%s\n", r.file[i].path + strlen(p->dir) + 1,
                 rollup_outcome_word(r.file[i].outcome), r.file[i].other_name ? " other name" : "");
    rollup_release(&r);
    return buf_take(&out);
}

static void assert_outcomes(const struct place *p, const char *expected)
{
    for (int jobs = 1; jobs <= 3; jobs++) {
        char *got = outcomes(p, jobs);
        assert_string_equal(got, expected);
        free(got);
    }
}

static void collect__looks_at_files_of_ours_only__all_the_way_down(void **state)
{
    struct place *p = *state;
    make_folder(p, "a");
    make_folder(p, "a/b");
    make_folder(p, ".hidden");
    put(p, "a/b/deep.xml.gz", site(1));
    put(p, "plain.xml", site(2));
    put(p, "LOUD.XML.GZ", site(3));
    put(p, "x.xml.gz.gen1", site(4));
    put(p, ".hidden/x.xml.gz", site(5));
    put(p, "._x.xml.gz", site(6));
    put_bytes(p, "x.xml.gz.lock", "");
    put_bytes(p, "x.xml.gz.tmp12-0", "half");
    put_bytes(p, "readme.txt", "hello");
    assert_outcomes(p, "LOUD.XML.GZ taken\na/b/deep.xml.gz taken\nplain.xml taken\n");
}

static void collect__goes_in_no_circles__when_links_point_back(void **state)
{
    struct place *p = *state;
    char *link = path_join(p->dir, "back"), *file = path_join(p->dir, "link.xml.gz"),
         *pipe = path_join(p->dir, "p.xml");
    put(p, "one.xml.gz", site(1));
    assert_int_equal(symlink(".", link), 0);
    assert_int_equal(symlink("one.xml.gz", file), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_outcomes(p, "link.xml.gz taken\none.xml.gz duplicate\n");
    free(link);
    free(file);
    free(pipe);
}

static void collect__takes_the_newest__of_rounds_and_revisions(void **state)
{
    struct place *p = *state;
    struct assessment *a = site(1), *b = site(1), *c = site(1);
    struct change round;
    a->revision = 900; /* many saves of an old round */
    b->revision = 3;
    c->revision = 4;
    change_new_round(&round, b, "2027-04-01T09:00:00+09:00");
    assessment_apply(b, &round, NULL);
    change_new_round(&round, c, "2027-04-01T09:00:00+09:00");
    assessment_apply(c, &round, NULL);
    put(p, "a.xml.gz", a);
    put(p, "b.xml.gz", b);
    put(p, "c.xml.gz", c);
    assert_outcomes(p, "a.xml.gz older\nb.xml.gz older\nc.xml.gz taken\n");
}

static void collect__counts_rounds_as_numbers__not_as_text(void **state)
{
    struct place *p = *state;
    struct assessment *a = site(1), *b = site(1);
    field_set(&assessment_round(a)->id, "9", FIELD_MAX, false);
    field_set(&assessment_round(b)->id, "10", FIELD_MAX, false);
    put(p, "ten.xml.gz", b);
    put(p, "two.xml.gz", a);
    assert_outcomes(p, "ten.xml.gz taken\ntwo.xml.gz older\n");
}

static void duplicate__is_what_says_the_same__however_it_is_stored(void **state)
{
    struct place *p = *state;
    struct assessment *exported = site(1);
    exported->exported = exported->revision;
    field_set(&exported->modified, "2027-01-01T00:00:00Z", FIELD_MAX, false);
    put(p, "a.xml.gz", site(1));
    put(p, "b.xml", site(1));
    put(p, "c.xml.gz", exported); /* changed last by its own clock: the one that counts */
    assert_outcomes(p, "a.xml.gz duplicate\nb.xml duplicate\nc.xml.gz taken\n");
}

static void conflict__is_reported__when_one_revision_says_two_things(void **state)
{
    struct place *p = *state;
    struct assessment *b = site(1);
    field_set(&b->round[0].answer[0].note, "something else", TEXT_MAX, true);
    field_set(&b->site.name, "another name", FIELD_MAX, false);
    if (b->round[0].answer[0].state == ANSWER_OPEN)
        b->round[0].answer[0].state = ANSWER_UNKNOWN;
    put(p, "a.xml.gz", site(1));
    put(p, "b.xml.gz", b);
    assert_outcomes(p, "a.xml.gz taken\nb.xml.gz conflict other name\n");
}

static void site__is_another__when_the_company_is(void **state)
{
    struct place *p = *state;
    struct assessment *b = site(1);
    field_set(&b->site.company, "Another company", FIELD_MAX, false);
    put(p, "a.xml.gz", site(1));
    put(p, "b.xml.gz", b);
    assert_outcomes(p, "a.xml.gz taken\nb.xml.gz taken\n");
}

static void good_files__are_taken__whatever_lies_beside_them(void **state)
{
    struct place *p = *state;
    put_bytes(p, "broken.xml.gz", "\x1f\x8b\x08 not really");
    put_bytes(p, "empty.xml", "");
    put_bytes(p, "foreign.xml", "<?xml version=\"1.0\"?><invoice/>");
    put_bytes(p, "newer.xml", "<assessment xmlns=\"urn:monshin:assessment:2\"/>");
    put_bytes(p, "bomb.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>");
    for (int i = 0; i < 40; i++) {
        char name[32];
        snprintf(name, sizeof name, "good-%02d.xml.gz", i);
        put(p, name, site(i));
    }
    struct rollup r;
    collect_with(&r, p, 2);
    assert_int_equal(r.count[ROLLUP_TAKEN], 40);
    assert_int_equal(r.count[ROLLUP_REJECTED], 5);
    assert_int_equal(r.n_sites, 40);
    static const enum err why[] = {ERR_XML_FORBIDDEN, ERR_GZIP, ERR_EMPTY, ERR_NOT_OURS};
    for (int i = 0; i < 4; i++)
        assert_int_equal(r.file[i].diag->err, why[i]);
    assert_int_equal(r.file[r.n - 1].diag->err, ERR_NEWER);
    rollup_release(&r);
}

static void numbers__are_those_of_the_grade__for_every_site(void **state)
{
    struct place *p = *state;
    fleet_write(p->dir, 60, SEED);
    struct rollup r;
    collect_with(&r, p, 2);
    assert_int_equal(r.n_sites, 60);
    for (size_t i = 0; i < r.n_sites; i++) {
        const struct rollup_site *s = r.file[r.site[i]].site;
        struct assessment *a = site(atoi(s->id + 3));
        struct grade_result g;
        grade_assessment(&g, a);
        assert_string_equal(s->name, a->site.name);
        assert_int_equal(s->score, score_tenths(g.overall.score));
        assert_int_equal(s->grade, g.overall.grade);
        for (int k = 0; k < a->checklist->n_sections; k++)
            assert_int_equal(s->section_score[k], score_tenths(g.section[k].score));
        for (int k = 0; k < a->checklist->n_items; k++) {
            assert_int_equal(s->mark[k].state, assessment_answer(a, k)->state);
            assert_int_equal(s->mark[k].level, assessment_answer(a, k)->level);
        }
        assessment_free(a);
    }
    rollup_release(&r);
}

struct seen {
    struct buf order;
};

static void *make_id(void *cookie, const struct assessment *a, const struct rollup_site *s)
{
    (void)cookie, (void)s;
    return xstrdup(a->site.id);
}

static bool take_id(void *cookie, const struct rollup_file *file, void *made)
{
    struct seen *seen = cookie;
    assert_string_equal(made, file->site->id);
    buf_addf(&seen->order, "%s\n", (char *)made);
    free(made);
    return true;
}

static void each__gives_sites_in_order__and_leaves_out_what_has_gone(void **state)
{
    struct place *p = *state;
    fleet_write(p->dir, 50, SEED);
    struct rollup r;
    struct seen seen = {{0}};
    struct rollup_pass pass = {make_id, take_id, &seen};
    const char *paths[] = {p->dir};
    struct rollup_request request = {.path = paths, .n_paths = 1, .jobs = 3};
    rollup_collect(&r, &request);
    size_t gone = r.site[20];
    char *id = xstrdup(r.file[gone].site->id);
    unlink(r.file[gone].path);
    rollup_each(&r, &request, &pass);
    assert_int_equal(r.n_sites, 49);
    assert_int_equal(r.file[gone].outcome, ROLLUP_REJECTED);
    assert_null(strstr(buf_str(&seen.order), id));
    for (size_t i = 1; i < r.n_sites; i++)
        assert_true(strcmp(r.file[r.site[i - 1]].site->id, r.file[r.site[i]].site->id) < 0);
    free(id);
    buf_release(&seen.order);
    rollup_release(&r);
}

static void collect__rejects__what_was_named_and_is_not_there(void **state)
{
    struct place *p = *state;
    struct rollup r;
    char *gone = path_join(p->dir, "gone.xml.gz"), *odd = path_join(p->dir, "odd-name");
    put(p, "odd-name", site(1));
    const char *paths[] = {gone, odd, odd};
    struct rollup_request request = {.path = paths, .n_paths = 3, .jobs = 2};
    rollup_collect(&r, &request);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.file[0].diag->err, ERR_NOT_FOUND);
    assert_int_equal(r.file[1].outcome, ROLLUP_TAKEN);
    rollup_release(&r);
    free(gone);
    free(odd);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(collect__looks_at_files_of_ours_only__all_the_way_down),
        CASE(collect__goes_in_no_circles__when_links_point_back),
        CASE(collect__takes_the_newest__of_rounds_and_revisions),
        CASE(collect__counts_rounds_as_numbers__not_as_text),
        CASE(duplicate__is_what_says_the_same__however_it_is_stored),
        CASE(conflict__is_reported__when_one_revision_says_two_things),
        CASE(site__is_another__when_the_company_is),
        CASE(good_files__are_taken__whatever_lies_beside_them),
        CASE(numbers__are_those_of_the_grade__for_every_site),
        CASE(each__gives_sites_in_order__and_leaves_out_what_has_gone),
        cmocka_unit_test(summary__is_bounded__whatever_byte_is_changed),
        CASE(collect__rejects__what_was_named_and_is_not_there),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
