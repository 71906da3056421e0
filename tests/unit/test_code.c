/* core/method/code: what goes in comes out, on assessments made by chance; no single wrong character and no swap of neighbours passes, by
 * trying all of them. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/method/code.h"

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Xorshift: the same cases on every machine. */
static unsigned long dice(unsigned long *seed, unsigned long n)
{
    *seed ^= *seed << 13 & 0xffffffffUL;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5 & 0xffffffffUL;
    return (*seed & 0xffffffffUL) % n;
}

static void random_answer(struct answer *x, unsigned long *seed)
{
    x->state = (enum answer_state)dice(seed, ANSWER_STATE_COUNT);
    x->level = x->state == ANSWER_LEVEL ? 1 + (int)dice(seed, 5) : 0;
    x->basis = x->state == ANSWER_OPEN ? BASIS_NONE : (enum basis)dice(seed, BASIS_COUNT);
    x->alternative = x->state == ANSWER_LEVEL && dice(seed, 8) == 0;
    x->carried = dice(seed, 4) == 0;
    field_set(&x->reason, x->state == ANSWER_NA ? "there is none" : "", TEXT_MAX, false);
    field_set(&x->note, "said by somebody", TEXT_MAX, false);
}

static struct assessment *random_assessment(const struct checklist *ck, unsigned long *seed)
{
    static const char *const sites[] = {"jp-osaka-2", "", "SITE-7", "大阪第二", "a", "x1.y_z-0", "th-rayong.plant_no-12"};
    static const char *const countries[] = {"JP", "TH", "", "jp", "Japan"};
    static const char *const times[] = {"2026-11-20T16:40:00+09:00", "2031-01-01T00:00:00Z", "2024-02-29T23:59:00-03:30"};
    static const char *const rounds[] = {"1", "12", "2026-2nd", "R.A_b"};
    struct assessment *a = assessment_new(ck, (int)dice(seed, (unsigned long)ck->n_editions), "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11",
                                          "2020-01-01T00:00:00Z");
    struct change site = {.kind = CHANGE_SITE}, round = {.kind = CHANGE_ROUND};
    site_copy(&site.u.site, &a->site);
    field_set(&site.u.site.id, sites[dice(seed, 7)], FIELD_MAX, false);
    field_set(&site.u.site.country, countries[dice(seed, 5)], FIELD_MAX, false);
    site.u.site.importance = (enum importance)dice(seed, IMPORTANCE_COUNT);
    assessment_apply(a, &site, NULL);
    round_copy(&round.u.round, assessment_round(a), ck);
    field_set(&round.u.round.id, rounds[dice(seed, 4)], FIELD_MAX, false);
    field_set(&round.u.round.started, "2026-10-01T09:12:44+09:00", FIELD_MAX, false);
    field_set(&round.u.round.finished, dice(seed, 2) ? "" : "2026-11-20T16:00:01+09:00", FIELD_MAX, false);
    round.u.round.kind = (enum round_kind)dice(seed, ROUND_KIND_COUNT);
    for (int i = 0; i < ck->n_items; i++)
        random_answer(&round.u.round.answer[i], seed);
    assessment_apply(a, &round, NULL);
    field_set(&a->modified, times[dice(seed, 3)], FIELD_MAX, false);
    a->revision = (long)(dice(seed, 2) ? dice(seed, 130) : dice(seed, 3000000));
    return a;
}

static void assert_same_answers(const struct assessment *a, const struct assessment *b)
{
    for (int i = 0; i < a->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(a, i), *y = assessment_answer(b, i);
        assert_int_equal(x->state, y->state);
        assert_int_equal(x->level, y->level);
        assert_int_equal(x->basis, y->basis);
        assert_int_equal(x->alternative, y->alternative);
        assert_false(y->carried);
        assert_string_equal(y->note, "");
        assert_string_equal(y->reason, y->state == ANSWER_NA ? "see the file" : "");
    }
}

static void assert_same(const struct assessment *a, const struct assessment *b)
{
    const struct round *x = assessment_round(a), *y = assessment_round(b);
    assert_same_answers(a, b);
    assert_string_equal(a->site.id, b->site.id);
    assert_string_equal(a->site.country, b->site.country);
    assert_int_equal(a->site.importance, b->site.importance);
    assert_string_equal(x->id, y->id);
    assert_int_equal(x->kind, y->kind);
    assert_memory_equal(x->started, y->started, 10);
    assert_int_equal(strlen(x->finished) > 0, strlen(y->finished) > 0);
    assert_memory_equal(x->finished, y->finished, strlen(x->finished) > 0 ? 10 : 0);
    assert_int_equal(a->edition, b->edition);
    /* The next save of what came in has the number of what went out. */
    assert_int_equal(a->revision > 0 ? a->revision - 1 : 0, b->revision);
}

static void round_trip(const struct checklist *ck, unsigned long seed)
{
    struct buf text = {0};
    struct code code;
    struct code_fault fault;
    struct assessment *a = random_assessment(ck, &seed);
    code_make(&text, a);
    if (!code_read(&code, &fault, buf_str(&text)))
        fail_msg("seed %lu: problem %d in group %d of %s", seed, fault.problem, fault.group, buf_str(&text));
    assert_true(code_fits(&code, ck));
    assert_string_equal(code.version, ck->version);
    assert_int_equal(iso_cmp(code.modified, a->modified), 0);
    struct assessment *b = assessment_new(ck, code_edition(&code, ck), a->id, code.modified);
    code_fill(b, &code, "see the file");
    assert_same(a, b);
    assessment_free(a);
    assessment_free(b);
    buf_release(&text);
}

static struct checklist *tiny(void)
{
    struct checklist *ck = NULL;
    assert_int_equal(checklist_load(&ck, "tests/data/tiny/checklist.xml", NULL), ERR_OK);
    return ck;
}

static void code__brings_back_what_went_in__on_random_assessments(void **state)
{
    (void)state;
    struct checklist *small = tiny();
    for (unsigned long seed = 1; seed <= 500; seed++) {
        round_trip(checklist_builtin(0), seed * 7919);
        round_trip(small, seed * 104729);
    }
    checklist_free(small);
}

/* The code of a random assessment, without blanks. */
static char *random_code(unsigned long seed)
{
    struct buf text = {0}, tight = {0};
    struct assessment *a = random_assessment(checklist_builtin(0), &seed);
    code_make(&text, a);
    for (const char *p = buf_str(&text); *p != '\0'; p++)
        if (*p != ' ')
            buf_addc(&tight, *p);
    assessment_free(a);
    buf_release(&text);
    return buf_take(&tight);
}

static bool reads(const char *text, struct code_fault *fault)
{
    struct code code;
    return code_read(&code, fault, text);
}

static void code__is_refused_and_the_group_named__when_any_character_is_wrong(void **state)
{
    (void)state;
    struct code_fault fault;
    for (unsigned long seed = 1; seed <= 12; seed++) {
        char *s = random_code(seed * 31337);
        for (size_t i = 0; s[i] != '\0'; i++) {
            char right = s[i];
            for (const char *p = ALPHABET; *p != '\0'; p++) {
                s[i] = *p;
                assert_int_equal(reads(s, &fault), *p == right);
                if (*p != right) {
                    assert_int_equal(fault.problem, CODE_GROUP);
                    assert_int_equal(fault.group, i / CODE_GROUP_CHARS + 1);
                }
            }
            s[i] = right;
        }
        free(s);
    }
}

static void swap(char *s, size_t i, size_t k, size_t n)
{
    char keep[CODE_GROUP_CHARS];
    memcpy(keep, s + i, n);
    memcpy(s + i, s + k, n);
    memcpy(s + k, keep, n);
}

static void code__is_refused__when_neighbours_are_swapped(void **state)
{
    (void)state;
    struct code_fault fault;
    for (unsigned long seed = 1; seed <= 200; seed++) {
        char *s = random_code(seed * 271828);
        for (size_t i = 0; s[i + 1] != '\0'; i++) {
            swap(s, i, i + 1, 1);
            assert_int_equal(reads(s, &fault), s[i] == s[i + 1]);
            swap(s, i, i + 1, 1);
        }
        free(s);
    }
}

static void code__is_refused__when_groups_are_swapped_left_out_or_doubled(void **state)
{
    (void)state;
    struct code_fault fault;
    enum { G = CODE_GROUP_CHARS };
    for (unsigned long seed = 1; seed <= 20; seed++) {
        char *s = random_code(seed * 161803);
        size_t n = strlen(s) / G;
        for (size_t i = 0; i < n; i++) {
            struct buf less = {0}, more = {0};
            for (size_t k = i + 1; k < n; k++) {
                swap(s, i * G, k * G, G);
                assert_false(reads(s, &fault));
                swap(s, i * G, k * G, G);
            }
            buf_add(&less, s, i * G);
            buf_adds(&less, s + (i + 1) * G);
            assert_false(reads(buf_str(&less), &fault));
            buf_add(&more, s, (i + 1) * G);
            buf_adds(&more, s + i * G);
            assert_false(reads(buf_str(&more), &fault));
            buf_release(&less);
            buf_release(&more);
        }
        free(s);
    }
}

static void code__is_refused__when_it_is_cut_anywhere(void **state)
{
    (void)state;
    struct code_fault fault;
    char *s = random_code(4711);
    for (size_t n = strlen(s); n-- > 0;) {
        s[n] = '\0';
        assert_false(reads(s, &fault));
        if (n == 0)
            assert_int_equal(fault.problem, CODE_EMPTY);
        else if (n % CODE_GROUP_CHARS != 0)
            assert_int_equal(fault.problem, CODE_LENGTH);
    }
    free(s);
}

static void code__is_read__as_people_type_it(void **state)
{
    (void)state;
    struct code_fault fault;
    char *s = random_code(99);
    struct buf typed = {0};
    for (size_t i = 0; s[i] != '\0'; i++) {
        char c = s[i];
        buf_addc(&typed, c == '0' ? (i % 2 ? 'o' : 'O') : c == '1' ? "Ili"[i % 3] : c >= 'A' ? (char)(c - 'A' + 'a') : c);
        if (i % 7 == 0)
            buf_adds(&typed, " -\n");
    }
    assert_true(reads(buf_str(&typed), &fault));
    free(s);
    buf_release(&typed);
}

static void code__names_the_character__that_no_code_has(void **state)
{
    (void)state;
    struct code_fault fault;
    assert_false(reads("00000 0000U", &fault));
    assert_int_equal(fault.problem, CODE_CHARACTER);
    assert_int_equal(fault.group, 2);
    assert_string_equal(fault.text, "U");
    assert_false(reads("00\u3042", &fault));
    assert_string_equal(fault.text, "\u3042");
    assert_false(reads("00\xff", &fault));
    assert_int_equal(fault.problem, CODE_CHARACTER);
}

static void code__does_not_fit__another_checklist(void **state)
{
    (void)state;
    unsigned long seed = 5;
    struct buf text = {0};
    struct code code;
    struct code_fault fault;
    struct checklist *small = tiny();
    struct assessment *a = random_assessment(small, &seed);
    code_make(&text, a);
    assert_true(code_read(&code, &fault, buf_str(&text)));
    assert_true(code_fits(&code, small));
    assert_false(code_fits(&code, checklist_builtin(0)));
    assessment_free(a);
    checklist_free(small);
    buf_release(&text);
}

static void code__is_short__for_a_whole_self_check(void **state)
{
    (void)state;
    struct buf text = {0};
    struct assessment *a = assessment_new(checklist_builtin(0), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T16:40:31+09:00");
    struct change site = {.kind = CHANGE_SITE};
    site_copy(&site.u.site, &a->site);
    field_set(&site.u.site.id, "jp-osaka-2", FIELD_MAX, false);
    assessment_apply(a, &site, NULL);
    code_make(&text, a);
    assert_true(text.len <= 22 * (CODE_GROUP_CHARS + 1)); /* one and a half minutes to read out */
    assessment_free(a);
    buf_release(&text);
}

/* Whatever is typed is answered, never crashed on: groups made right by force, with anything in them. */
/* As much as a checklist and a file of one's own may hold: it was an assertion once. */
static void code__holds__the_longest_texts_and_the_most_items(void **state)
{
    (void)state;
    static struct ck_item item[ITEMS_MAX];
    static char id[ITEMS_MAX][16], text[FIELD_MAX + 1], version[FIELD_MAX + 1];
    struct ck_edition edition = {.id = "e"};
    struct ck_section section = {.id = "s", .weight = 1, .n_items = ITEMS_MAX};
    for (int i = 0; i < ITEMS_MAX; i++) {
        snprintf(id[i], sizeof id[i], "i%d", i);
        item[i] = (struct ck_item){.id = id[i], .weight = 1};
    }
    memset(text, 'A', FIELD_MAX); /* capitals take a byte each */
    memset(version, 'V', FIELD_MAX);
    struct checklist ck = {.id = "c", .version = version, .item = item, .n_items = ITEMS_MAX, .section = &section, .n_sections = 1, .edition = &edition, .n_editions = 1};
    struct assessment *a = assessment_new(&ck, 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T16:40:31+09:00");
    field_set(&a->site.id, text, FIELD_MAX, false);
    field_set(&a->site.country, text, FIELD_MAX, false);
    field_set(&assessment_round(a)->id, text, 64, false);
    for (int i = 0; i < ITEMS_MAX; i++) {
        struct answer *x = &assessment_round(a)->answer[i];
        x->state = ANSWER_LEVEL;
        x->level = 1 + i % 5;
        x->alternative = i % 2 == 0;
    }
    struct buf made = {0};
    struct code *c = calloc(1, sizeof *c);
    struct code_fault fault;
    assert_non_null(c);
    code_make(&made, a);
    assert_true(code_read(c, &fault, buf_str(&made)));
    assert_true(code_fits(c, &ck));
    assert_string_equal(c->site_id, text);
    assert_int_equal(c->answer[ITEMS_MAX - 1].level, 1 + (ITEMS_MAX - 1) % 5);
    free(c);
    buf_release(&made);
    assessment_free(a);
}

static void code__survives__anything_with_right_checks(void **state)
{
    (void)state;
    unsigned long seed = 12345;
    struct code_fault fault;
    for (int round = 0; round < 300; round++) {
        char text[CODE_GROUP_CHARS * 60 + 1];
        size_t n_groups = 1 + dice(&seed, 60), n = 0;
        for (size_t g = 0; g < n_groups; g++) {
            for (int i = 0; i < CODE_GROUP_CHARS; i++)
                text[n++] = ALPHABET[dice(&seed, 32)];
            text[n] = '\0';
            for (const char *p = ALPHABET; *p != '\0'; p++) {
                text[n - 1] = *p;
                reads(text, &fault);
                if (fault.problem != CODE_GROUP)
                    break;
            }
            assert_int_not_equal(fault.problem, CODE_GROUP);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code__brings_back_what_went_in__on_random_assessments),
        cmocka_unit_test(code__is_refused_and_the_group_named__when_any_character_is_wrong),
        cmocka_unit_test(code__is_refused__when_neighbours_are_swapped),
        cmocka_unit_test(code__is_refused__when_groups_are_swapped_left_out_or_doubled),
        cmocka_unit_test(code__is_refused__when_it_is_cut_anywhere),
        cmocka_unit_test(code__is_read__as_people_type_it),
        cmocka_unit_test(code__names_the_character__that_no_code_has),
        cmocka_unit_test(code__does_not_fit__another_checklist),
        cmocka_unit_test(code__is_short__for_a_whole_self_check),
        cmocka_unit_test(code__holds__the_longest_texts_and_the_most_items),
        cmocka_unit_test(code__survives__anything_with_right_checks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
