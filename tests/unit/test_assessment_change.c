/* Changes of an assessment and their inverses; who is named in it, and the log of a step. */
#include "tests/unit/cm.h"

#include <stdio.h>

#include "tests/unit/small_xml.h"

static void random_text(unsigned *rnd, char **field, size_t max, bool lines)
{
    static const char *const words[] = {"",           "現場で確認。", "a < b & \"c\"\n2行目",
                                        "  blanks  ", "e\u0301",      "line\n\n"};
    field_set(field, words[small_random(rnd, 6)], max, lines);
}

static const char *random_person(unsigned *rnd, const struct assessment *a)
{
    unsigned i = small_random(rnd, (unsigned)a->n_people + 1);
    return i < a->n_people ? a->person[i].id : "";
}

static void random_answer(unsigned *rnd, struct change *c, const struct assessment *a)
{
    c->kind = CHANGE_ANSWER;
    c->index = small_random(rnd, (unsigned)a->n_rounds);
    answer_copy(&c->u.answer, &a->round[c->index].answer[c->item], &small.item[c->item]);
    struct answer *x = &c->u.answer;
    x->state = (enum answer_state)small_random(rnd, ANSWER_STATE_COUNT);
    x->level = x->state == ANSWER_LEVEL ? 1 + (int)small_random(rnd, 5) : 0;
    x->basis = (enum basis)small_random(rnd, BASIS_COUNT);
    x->flag = small_random(rnd, 2);
    x->carried = small_random(rnd, 2);
    field_set(&x->by, random_person(rnd, a), FIELD_MAX, false);
    field_set(&x->ask, random_person(rnd, a), FIELD_MAX, false);
    field_set(&x->reason, x->state == ANSWER_NA ? "無線LANなし。" : "", TEXT_MAX, true);
    random_text(rnd, &x->note, TEXT_MAX, true);
    random_text(rnd, &x->evidence, TEXT_MAX, true);
}

static void random_person_change(unsigned *rnd, struct change *c, const struct assessment *a)
{
    c->kind = CHANGE_PERSON;
    c->index = small_random(rnd, (unsigned)a->n_people + 1);
    bool exists = c->index < a->n_people;
    if (exists && small_random(rnd, 3) == 0 && !assessment_person_used(a, a->person[c->index].id)) {
        c->remove = true;
        return;
    }
    c->insert = !exists || small_random(rnd, 2);
    person_copy(&c->u.person, exists ? &a->person[c->index] : &(struct person){0});
    if (c->insert) {
        char id[PERSON_ID_SIZE];
        assessment_free_person_id(id, a);
        field_set(&c->u.person.id, id, FIELD_MAX, false);
    }
    c->u.person.duty = (enum duty)small_random(rnd, PERSON_DUTY_COUNT);
    random_text(rnd, &c->u.person.name, FIELD_MAX, false);
}

static void random_round(unsigned *rnd, struct change *c, const struct assessment *a)
{
    char id[32];
    c->kind = CHANGE_ROUND;
    c->index = small_random(rnd, (unsigned)a->n_rounds + 1);
    if (c->index < a->n_rounds && a->n_rounds > 1 && small_random(rnd, 2) == 0) {
        c->remove = true;
        return;
    }
    bool adds = c->index == a->n_rounds || small_random(rnd, 2);
    c->insert = adds && (c->index < a->n_rounds || small_random(rnd, 2)); /* behind the last one both mean the same */
    round_copy(&c->u.round, &a->round[c->index < a->n_rounds ? c->index : 0], &small);
    c->u.round.kind = (enum round_kind)small_random(rnd, ROUND_KIND_COUNT);
    if (adds) {
        snprintf(id, sizeof id, "r%u", small_random(rnd, 1000000));
        field_set(&c->u.round.id, id, FIELD_MAX, false);
    }
}

static void random_target_or_action(unsigned *rnd, struct change *c, bool target)
{
    if (target) {
        c->kind = CHANGE_TARGET;
        c->u.target.item = c->item;
        c->u.target.level = (int)small_random(rnd, 6);
        random_text(rnd, &c->u.target.reason, REASON_MAX, false);
        return;
    }
    c->kind = CHANGE_ACTION;
    c->remove = small_random(rnd, 3) == 0;
    struct action x = {.item = c->item,
                       .to = 2 + (int)small_random(rnd, 4),
                       .status = (enum action_status)small_random(rnd, ACTION_STATUS_COUNT),
                       .effort_tenths = (long)small_random(rnd, 100) - 1,
                       .cost_jpy = (long)small_random(rnd, 1000000) - 1,
                       .run_jpy = -1};
    action_copy(&c->u.action, &x);
    random_text(rnd, &c->u.action.note, TEXT_MAX, true);
}

static void random_change(unsigned *rnd, struct change *c, const struct assessment *a)
{
    *c = (struct change){.item = (int)small_random(rnd, SMALL_ITEMS)};
    unsigned kind = small_random(rnd, 10);
    if (kind < 3) {
        random_answer(rnd, c, a);
    } else if (kind == 3) {
        c->kind = CHANGE_SITE;
        site_copy(&c->u.site, &a->site);
        random_text(rnd, &c->u.site.company, FIELD_MAX, false);
        c->u.site.employees = small_random(rnd, 1000);
    } else if (kind < 6) {
        random_person_change(rnd, c, a);
    } else if (kind == 6) {
        random_round(rnd, c, a);
    } else if (kind < 9) {
        random_target_or_action(rnd, c, kind == 7);
    } else {
        c->kind = CHANGE_EDITION;
        c->index = small_random(rnd, 2);
    }
}

static void assessment_apply__is_undone__by_its_inverses(void **state)
{
    (void)state;
    enum { N = 60 };
    for (unsigned seed = 1; seed <= 40; seed++) {
        struct assessment *a = small_new();
        struct change inverse[N];
        char *before[N];
        unsigned rnd = seed;
        for (int i = 0; i < N; i++) {
            struct change c;
            before[i] = small_xml(a);
            random_change(&rnd, &c, a);
            assessment_apply(a, &c, &inverse[i]);
            change_release(&c);
        }
        for (int i = N - 1; i >= 0; i--) {
            assessment_apply(a, &inverse[i], NULL);
            char *now = small_xml(a);
            assert_string_equal(now, before[i]);
            free(now);
            free(before[i]);
        }
        assessment_free(a);
    }
}

static void
assessment_write__gives_valid_xml_that_reads_back_the_same__after_any_changes(void **state)
{
    (void)state;
    for (unsigned seed = 100; seed < 160; seed++) {
        struct assessment *a = small_new(), *b = NULL;
        struct diag diag = {0};
        struct load_notes notes = {0};
        unsigned rnd = seed;
        for (int i = 0; i < 40; i++) {
            struct change c;
            random_change(&rnd, &c, a);
            assessment_apply(a, &c, NULL);
        }
        char *xml = small_xml(a);
        if (validate(xml, &diag) != ERR_OK)
            fail_msg("seed %u line %ld: %s\n%s", seed, diag.line, diag.detail, xml);
        if (read_xml(&b, xml, &notes, &diag) != ERR_OK)
            fail_msg("seed %u line %ld: %s %s %s", seed, diag.line, err_name(diag.err), diag.where,
                     diag.detail);
        assert_int_equal(notes.n_unknown, 0);
        char *again = small_xml(b);
        assert_string_equal(again, xml);
        free(again);
        free(xml);
        assessment_free(a);
        assessment_free(b);
    }
}

static void assessment_copy__is_the_same_and_its_own(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    unsigned rnd = 7;
    for (int i = 0; i < 50; i++) {
        struct change c;
        random_change(&rnd, &c, a);
        assessment_apply(a, &c, NULL);
    }
    char *before = small_xml(a);
    struct assessment *b = assessment_copy(a);
    assessment_free(a);
    char *after = small_xml(b);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assessment_free(b);
}

static struct answer *do_change(struct assessment *a, struct change *c)
{
    int item = c->item;
    assessment_apply(a, c, NULL);
    return &assessment_round(a)->answer[item];
}

static void changes__keep_note_evidence_flag_and_checks__when_the_state_changes(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct change c;
    change_note(&c, a, 0, "メモ", SMALL_NOW);
    do_change(a, &c);
    change_evidence(&c, a, 0, "台帳", SMALL_NOW);
    do_change(a, &c);
    change_flag(&c, a, 0, true, SMALL_NOW);
    do_change(a, &c);
    change_check(&c, a, 0, 1, CHECK_NO, SMALL_NOW);
    do_change(a, &c);
    change_na(&c, a, 0, "無線なし", SMALL_NOW);
    assert_string_equal(do_change(a, &c)->reason, "無線なし");
    change_level(&c, a, 0, 4, "2026-11-21T00:00:00+09:00");
    struct answer *x = do_change(a, &c);
    assert_int_equal(x->state, ANSWER_LEVEL);
    assert_int_equal(x->level, 4);
    assert_string_equal(x->reason, "");
    assert_string_equal(x->at, "2026-11-21T00:00:00+09:00");
    change_clear(&c, a, 0, SMALL_NOW);
    x = do_change(a, &c);
    assert_int_equal(x->state, ANSWER_OPEN);
    assert_int_equal(x->level, 0);
    assert_string_equal(x->note, "メモ");
    assert_string_equal(x->evidence, "台帳");
    assert_true(x->flag);
    assert_int_equal(x->check[1], CHECK_NO);
    assessment_free(a);
}

static void changes__take_the_carried_mark_away__but_for_notes_and_flags(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct answer *x = &assessment_round(a)->answer[1];
    struct change c;
    change_level(&c, a, 1, 3, SMALL_NOW);
    do_change(a, &c);
    x->carried = true;
    change_note(&c, a, 1, "?", SMALL_NOW);
    assert_true(do_change(a, &c)->carried);
    change_flag(&c, a, 1, true, SMALL_NOW);
    assert_true(do_change(a, &c)->carried);
    change_level(&c, a, 1, 3, SMALL_NOW);
    assert_false(do_change(a, &c)->carried);
    x->carried = true;
    change_basis(&c, a, 1, BASIS_TEST, SMALL_NOW);
    assert_false(do_change(a, &c)->carried);
    assessment_free(a);
}

static void change_level__clears_whom_to_ask__and_unknown_clears_the_basis(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct change c = {.kind = CHANGE_PERSON};
    person_copy(&c.u.person, &(struct person){.id = (char[]){"p1"}});
    assessment_apply(a, &c, NULL);
    change_basis(&c, a, 0, BASIS_EXAMINE, SMALL_NOW);
    do_change(a, &c);
    change_unknown(&c, a, 0, SMALL_NOW);
    field_set(&c.u.answer.ask, "p1", FIELD_MAX, false);
    assert_int_equal(do_change(a, &c)->basis, BASIS_NONE);
    change_level(&c, a, 0, 2, SMALL_NOW);
    assert_string_equal(do_change(a, &c)->ask, "");
    assessment_free(a);
}

static void field_set__cleans_and_cuts_at_a_character(void **state)
{
    (void)state;
    char *field = NULL;
    field_set(&field, "a\x1b[31mb\nc", 100, false);
    assert_string_equal(field, "a[31mb c");
    field_set(&field, "漢字", 5, false);
    assert_string_equal(field, "漢");
    free(field);
}

static void iso_time_valid__takes_real_moments_with_offset_only(void **state)
{
    (void)state;
    assert_true(iso_time_valid("2026-11-20T16:40:31+09:00"));
    assert_true(iso_time_valid("2024-02-29T00:00:00Z"));
    assert_true(iso_time_valid("2026-11-20T16:40:31.25-14:00"));
    static const char *const bad[] = {"",
                                      "2026-11-20",
                                      "2026-11-20T16:40:31",
                                      "2026-11-20T16:40+09:00",
                                      "2023-02-29T00:00:00Z",
                                      "2026-11-20T24:00:00Z",
                                      "2026-11-20T23:59:60Z",
                                      "2026-11-20T16:40:31+14:30",
                                      "2026-11-20T16:40:31.+09:00",
                                      "2026-11-20T16:40:31.1234567Z",
                                      "0026-11-20T16:40:31Z",
                                      "2026-11-20T16:40:31+09:00x",
                                      "2026-11-20T16:40:31Zx"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (iso_time_valid(bad[i]))
            fail_msg("accepted: %s", bad[i]);
    assert_true(iso_date_valid("2026-12-25"));
    assert_false(iso_date_valid("2026-12-32"));
    assert_false(iso_date_valid("2026-12-25 "));
}

/* Who assesses, who answers, who is to be asked, who is to do it. */
static void person__is_used__wherever_the_name_stands(void **state)
{
    (void)state;
    struct assessment *a = small_new();
    struct change c = {.kind = CHANGE_ACTION, .item = 1};
    assert_false(assessment_person_used(a, "p1"));
    field_set(&assessment_round(a)->assessor, "p1", FIELD_MAX, false);
    assert_true(assessment_person_used(a, "p1"));
    field_set(&assessment_round(a)->assessor, "", FIELD_MAX, false);
    struct action x = {.item = 1, .to = 3, .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1};
    action_copy(&c.u.action, &x);
    assessment_apply(a, &c, NULL);
    assert_false(assessment_person_used(a, "p1"));
    field_set(&a->action[0].owner, "p1", FIELD_MAX, false);
    assert_true(assessment_person_used(a, "p1"));
    assessment_free(a);
}

/* The log of a step is bounded: the oldest lines go. */
static void history__loses_its_oldest_lines__when_it_is_full(void **state)
{
    (void)state;
    struct action x = {.status = ACTION_DOING, .owner = xstrdup("p1"), .history = xstrdup("")};
    for (int i = 0; i < TEXT_MAX / 20; i++) {
        char now[48];
        snprintf(now, sizeof now, "%d-11-20T10:00:00+09:00", 2000 + i);
        action_log(&x, now);
    }
    struct action_event e;
    const char *at = x.history;
    int n = 0;
    assert_true(strlen(x.history) <= TEXT_MAX);
    while (action_event_next(&e, &at))
        n++;
    assert_int_equal(n, TEXT_MAX / (int)(strlen("2000-11-20T10:00:00+09:00 doing p1") + 1));
    assert_int_equal(atoi(e.time), 2000 + TEXT_MAX / 20 - 1);
    free(x.owner);
    free(x.history);
}

/* Found by fuzzing: such a line was cut in the middle of a character, in the report. */
static void history__gives_what_the_log_wrote__and_passes_over_what_others_did(void **state)
{
    (void)state;
    struct action x = {.status = ACTION_DOING, .owner = xstrdup("p1"), .history = xstrdup("")};
    struct action_event e;
    struct buf all = {0};
    action_log(&x, "2026-11-20T10:00:00+09:00");
    x.owner[0] = '\0';
    x.status = ACTION_DONE;
    action_log(&x, "2026-11-21T10:00:00+09:00");
    buf_addf(&all, "<b>\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd done\n%s\n2026-11-22 done\n\n2026-11-22T10:00:00Z odd\n"
                   "2026-11-22T10:00:00Z done p1 more\n2026-11-22T10:00:00Z done %0201d\n2026-11-22T10:00:00Z\n2026-11-23T10:00:00Z open p2",
             x.history, 7);
    const char *at = buf_str(&all);
    assert_true(action_event_next(&e, &at));
    assert_string_equal(e.time, "2026-11-20T10:00:00+09:00");
    assert_int_equal(e.status, ACTION_DOING);
    assert_string_equal(e.owner, "p1");
    assert_true(action_event_next(&e, &at));
    assert_int_equal(e.status, ACTION_DONE);
    assert_string_equal(e.owner, "");
    assert_true(action_event_next(&e, &at));
    assert_string_equal(e.time, "2026-11-23T10:00:00Z");
    assert_string_equal(e.owner, "p2");
    assert_false(action_event_next(&e, &at));
    buf_release(&all);
    free(x.owner);
    free(x.history);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assessment_apply__is_undone__by_its_inverses),
        cmocka_unit_test(
            assessment_write__gives_valid_xml_that_reads_back_the_same__after_any_changes),
        cmocka_unit_test(assessment_copy__is_the_same_and_its_own),
        cmocka_unit_test(changes__keep_note_evidence_flag_and_checks__when_the_state_changes),
        cmocka_unit_test(changes__take_the_carried_mark_away__but_for_notes_and_flags),
        cmocka_unit_test(change_level__clears_whom_to_ask__and_unknown_clears_the_basis),
        cmocka_unit_test(field_set__cleans_and_cuts_at_a_character),
        cmocka_unit_test(iso_time_valid__takes_real_moments_with_offset_only),
        cmocka_unit_test(person__is_used__wherever_the_name_stands),
        cmocka_unit_test(history__loses_its_oldest_lines__when_it_is_full),
        cmocka_unit_test(history__gives_what_the_log_wrote__and_passes_over_what_others_did),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
