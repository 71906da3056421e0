/* The knowledge that ships: what a machine can check of it. Every built-in checklist with playbooks is held to the limits of the places where its
 * texts appear, to plain characters, and to saying each thing only once. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/model/checklist.h"

static const struct checklist *meti(void)
{
    const struct checklist *ck = checklist_find("meti-factory");
    assert_non_null(ck);
    return ck;
}

/* Signs that some terminals draw in one column and some in two: never in the kit's own texts. */
static int ambiguous(const char *s)
{
    static const char *const SIGNS[] = {"①", "★", "■", "●", "→", "―", "…", "※", "×", "÷", "°", "±", "○", "◎", "△", "▲", "▼", "〜", "－", "“", "”", "‘", "’"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strstr(s, SIGNS[i]) != NULL)
            return 1;
    return 0;
}

static void check_text(const char *where, const struct ltext *t, int max_ja_cols, int max_en)
{
    const char *ja = t->in[LANG_JA], *en = t->in[LANG_EN];
    if (ja[0] == '\0' || en[0] == '\0')
        fail_msg("%s: a language is missing", where);
    if (text_width(ja) > max_ja_cols)
        fail_msg("%s: %d columns, at most %d: %s", where, text_width(ja), max_ja_cols, ja);
    if ((int)strlen(en) > max_en)
        fail_msg("%s: %d characters, at most %d: %s", where, (int)strlen(en), max_en, en);
    if (ambiguous(ja))
        fail_msg("%s: a sign of ambiguous width: %s", where, ja);
    for (const char *c = en; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e)
            fail_msg("%s: not plain ASCII: %s", where, en);
    if (ja[0] == ' ' || en[0] == ' ' || ja[strlen(ja) - 1] == ' ' || en[strlen(en) - 1] == ' ')
        fail_msg("%s: blanks around it", where);
}

static void check_texts(const char *where, const struct ltext *t, int n, int max_ja_cols, int max_en)
{
    for (int i = 0; i < n; i++)
        check_text(where, &t[i], max_ja_cols, max_en);
}

static void items__fit_their_places__in_both_languages(void **state)
{
    (void)state;
    const struct checklist *ck = meti();
    for (int i = 0; i < ck->n_items; i++) {
        const struct ck_item *item = &ck->item[i];
        char where[64];
        snprintf(where, sizeof where, "%s label", item->id);
        check_text(where, &item->label, 30, 34);
        snprintf(where, sizeof where, "%s level", item->id);
        check_texts(where, item->level, LEVEL_MAX, 124, 160);
        assert_in_range(item->n_questions, 1, 2);
        for (int k = 0; k < item->n_questions; k++) {
            snprintf(where, sizeof where, "%s question", item->id);
            check_text(where, &item->question[k].text, 124, 150);
        }
        snprintf(where, sizeof where, "%s evidence", item->id);
        assert_in_range(item->n_evidence, 2, 4);
        check_texts(where, item->evidence, item->n_evidence, 64, 80);
        snprintf(where, sizeof where, "%s not-applicable", item->id);
        check_text(where, &item->na_when, 160, 180);
        snprintf(where, sizeof where, "%s alternative", item->id);
        check_texts(where, item->alternative, item->n_alternatives, 128, 160);
    }
}

static void deep_dive__has_four_to_six_checks__each_tied_to_a_level(void **state)
{
    (void)state;
    const struct checklist *ck = meti();
    for (int i = 0; i < ck->n_items; i++) {
        const struct ck_item *item = &ck->item[i];
        int seen[LEVEL_MAX + 1] = {0};
        assert_in_range(item->n_checks, 4, 6);
        for (int k = 0; k < item->n_checks; k++) {
            check_text(item->check[k].id, &item->check[k].text, 128, 150);
            assert_in_range(item->check[k].level, 2, LEVEL_MAX);
            if (k > 0 && item->check[k].level < item->check[k - 1].level)
                fail_msg("%s: out of order", item->check[k].id);
            seen[item->check[k].level]++;
        }
        for (int level = 2; level <= LEVEL_MAX; level++)
            if (seen[level] == 0)
                fail_msg("%s: no check for level %d", item->id, level);
    }
}

static void check_estimate(const char *where, const struct ck_estimate *e)
{
    if (e->low < 0 || e->low > e->typical || e->typical > e->high)
        fail_msg("%s: low, typical, high out of order", where);
    if (e->typical > 0 && e->high > 20 * e->typical)
        fail_msg("%s: a band that wide says nothing", where);
    check_text(where, &e->basis, 100, 120);
}

static void steps__are_whole_and_fit__all_of_them(void **state)
{
    (void)state;
    const struct checklist *ck = meti();
    for (int i = 0; i < ck->n_items; i++) {
        for (int s = 0; s < LEVEL_MAX - 1; s++) {
            const struct ck_step *step = &ck->item[i].step[s];
            char where[64];
            snprintf(where, sizeof where, "%s to %d", ck->item[i].id, s + 2);
            if (step->to != s + 2)
                fail_msg("%s: missing", where);
            check_text(where, &step->action, 84, 100);
            check_text(where, &step->first, 180, 220);
            check_text(where, &step->paper, 200, 250);
            assert_in_range(step->n_how, 3, 6);
            check_texts(where, step->how, step->n_how, 200, 240);
            assert_in_range(step->n_evidence, 1, 3);
            check_texts(where, step->evidence, step->n_evidence, 64, 80);
            check_estimate(where, &step->effort);
            check_estimate(where, &step->build);
            check_estimate(where, &step->run);
            if (step->effort.typical < 5 || step->effort.typical % 5 != 0)
                fail_msg("%s: effort in half days", where);
            if (step->stops > 0)
                check_text(where, &step->stop_why, 160, 180);
            if (step->n_refs > 5 || step->n_requires > 3)
                fail_msg("%s: too many references or prerequisites", where);
            for (int k = 0; k < step->n_requires; k++)
                if (step->requires[k].level > step->to || step->requires[k].item == i)
                    fail_msg("%s: a prerequisite above its own level, or of itself", where);
        }
    }
}

struct said {
    const char *text;
    char where[32];
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct said *)a)->text, ((const struct said *)b)->text);
}

static void no_sentence__stands_in_two_steps(void **state)
{
    (void)state;
    const struct checklist *ck = meti();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        static struct said said[32 * 4 * 10];
        size_t n = 0;
        for (int i = 0; i < ck->n_items; i++) {
            for (int s = 0; s < LEVEL_MAX - 1; s++) {
                const struct ck_step *step = &ck->item[i].step[s];
                const struct ltext *texts[9] = {&step->action, &step->first, &step->paper};
                int n_texts = 3;
                for (int k = 0; k < step->n_how; k++)
                    texts[n_texts++] = &step->how[k];
                for (int k = 0; k < n_texts; k++) {
                    said[n].text = texts[k]->in[lang];
                    snprintf(said[n].where, sizeof said[n].where, "%.8s to %d", ck->item[i].id, s + 2);
                    n++;
                }
            }
        }
        qsort(said, n, sizeof said[0], by_text);
        for (size_t k = 1; k < n; k++)
            if (strcmp(said[k - 1].text, said[k].text) == 0)
                fail_msg("%s and %s say the same: %s", said[k - 1].where, said[k].where, said[k].text);
    }
}

/* A plant that has nothing must find enough to begin with. */
static void a_beginner__has_steps_that_wait_for_nothing(void **state)
{
    (void)state;
    const struct checklist *ck = meti();
    int free_steps = 0, free_cheap = 0;
    for (int i = 0; i < ck->n_items; i++) {
        const struct ck_step *step = &ck->item[i].step[0];
        if (step->n_requires > 0)
            continue;
        free_steps++;
        free_cheap += step->build.typical == 0 && step->effort.typical <= 50;
    }
    assert_true(free_steps >= 10);
    assert_true(free_cheap >= 5);
}

/* The attributes that the method rests on: as the open app has them (shared facts of the project). */
static void weights_and_key_items__are_those_of_the_source(void **state)
{
    (void)state;
    static const char KEYS[] = "1-1 1-3 2-1 2-6 2-9 3-1 3-7 4-1 4-4 ";
    static const int SUMS[] = {14, 41, 25, 14};
    const struct checklist *ck = meti();
    assert_int_equal(ck->n_items, 32);
    assert_int_equal(ck->n_sections, 4);
    for (int s = 0; s < ck->n_sections; s++) {
        int sum = 0;
        for (int i = 0; i < ck->section[s].n_items; i++)
            sum += ck->item[ck->section[s].first_item + i].weight;
        assert_int_equal(sum, SUMS[s]);
    }
    for (int i = 0; i < ck->n_items; i++) {
        char id[16];
        snprintf(id, sizeof id, "%.8s ", ck->item[i].id);
        assert_int_equal(ck->item[i].key, strstr(KEYS, id) != NULL);
    }
    assert_int_equal(ck->n_editions, 2);
    assert_string_equal(ck->edition[ck->default_edition].id, "draft-2022-04");
    assert_true(strlen(ck->edition[1 - ck->default_edition].licence) > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items__fit_their_places__in_both_languages),
        cmocka_unit_test(deep_dive__has_four_to_six_checks__each_tied_to_a_level),
        cmocka_unit_test(steps__are_whole_and_fit__all_of_them),
        cmocka_unit_test(no_sentence__stands_in_two_steps),
        cmocka_unit_test(a_beginner__has_steps_that_wait_for_nothing),
        cmocka_unit_test(weights_and_key_items__are_those_of_the_source),
    };
    return cmocka_run_group_tests_name("knowledge", tests, NULL, NULL);
}
