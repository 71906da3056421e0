/* Checklists made by hand or by dice, with steps, prerequisites, key items and costs, and an assessment over each: for tests of
 * the method. Prerequisites never make a circle: a step needs only lower levels, or the same of an item before. */
#ifndef TESTS_UNIT_FAKE_H
#define TESTS_UNIT_FAKE_H

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/method/gaps.h"
#include "core/method/grade.h"
#include "core/model/assessment.h"

enum { FAKE_ITEMS = 32, FAKE_STEPS = LEVEL_MAX - 1, FAKE_REQUIRES = 3 };

struct fake {
    struct checklist ck;
    struct ck_section section[4];
    struct ck_item item[FAKE_ITEMS];
    struct ck_requires requires[FAKE_ITEMS][FAKE_STEPS][FAKE_REQUIRES];
    struct ck_edition edition;
    struct assessment *a;
};

#define FAKE_NOW "2026-11-20T16:40:31+09:00"
static const struct ck_grade fake_grades[] = {
    {.letter = 'A', .min = 80}, {.letter = 'B', .min = 60}, {.letter = 'C', .min = 40}, {.letter = 'D', .min = 0}};
static const struct ck_key_cap fake_key_caps[] = {{.level = 1, .max_grade = 2}, {.level = 2, .max_grade = 1}};
static const char *const fake_ids[FAKE_ITEMS] = {
    "i0",  "i1",  "i2",  "i3",  "i4",  "i5",  "i6",  "i7",  "i8",  "i9",  "i10", "i11", "i12", "i13", "i14", "i15",
    "i16", "i17", "i18", "i19", "i20", "i21", "i22", "i23", "i24", "i25", "i26", "i27", "i28", "i29", "i30", "i31"};

/* Deterministic everywhere, so that a failure can be repeated. */
static inline int fake_dice(unsigned *state, int below)
{
    *state = *state * 1664525U + 1013904223U;
    return (int)((*state >> 8) % (unsigned)below);
}

static inline struct ck_estimate fake_estimate(long long value)
{
    return (struct ck_estimate){.low = value, .typical = value, .high = value, .scale = SCALE_FIXED};
}

/* Sections of these sizes and weights; every step takes one day. */
static inline void fake_init(struct fake *f, int n_sections, const int *sizes, const int *weights)
{
    memset(f, 0, sizeof *f);
    f->edition.id = "e";
    f->ck = (struct checklist){.id = "fake", .version = "1", .grade = fake_grades, .n_grades = 4,
                               .key_cap = fake_key_caps, .n_key_caps = 2, .balance_letters = 1, .na_percent = 50,
                               .reference_people = 300, .section = f->section, .n_sections = n_sections,
                               .item = f->item, .edition = &f->edition, .n_editions = 1,
                               .importance = {{.id = "high", .target_key = 4, .target = 3},
                                              {.id = "medium", .target_key = 3, .target = 3},
                                              {.id = "low", .target_key = 3, .target = 2}}};
    for (int l = 0; l < LEVEL_MAX; l++)
        f->ck.level[l].score = 20 * (l + 1);
    for (int s = 0; s < n_sections; s++) {
        f->section[s] = (struct ck_section){
            .id = fake_ids[s], .weight = weights[s], .first_item = f->ck.n_items, .n_items = sizes[s]};
        for (int k = 0; k < sizes[s]; k++) {
            struct ck_item *x = &f->item[f->ck.n_items];
            *x = (struct ck_item){.id = fake_ids[f->ck.n_items], .section = s, .weight = 1, .risk = 100};
            for (int to = 2; to <= LEVEL_MAX; to++)
                x->step[to - 2] = (struct ck_step){
                    .to = to, .effort = fake_estimate(10), .requires = f->requires[f->ck.n_items][to - 2]};
            f->ck.n_items++;
        }
    }
    f->a = assessment_new(&f->ck, 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", FAKE_NOW);
}

static inline void fake_release(struct fake *f)
{
    assessment_free(f->a);
}

static inline struct ck_step *fake_step(struct fake *f, int item, int to)
{
    return &f->item[item].step[to - 2];
}

static inline void fake_requires(struct fake *f, int item, int to, int needs, int level)
{
    struct ck_step *step = fake_step(f, item, to);
    f->requires[item][to - 2][step->n_requires++] = (struct ck_requires){needs, level};
}

static inline void fake_cost(struct fake *f, int item, int to, long tenths, long long yen, int stops)
{
    struct ck_step *step = fake_step(f, item, to);
    step->effort = fake_estimate(tenths);
    step->build = fake_estimate(yen);
    step->stops = stops;
}

/* 1..5 a level, '-' open, '?' unknown, 'x' not applicable. */
static inline void fake_answer(struct fake *f, int item, char c)
{
    struct answer *x = &assessment_round(f->a)->answer[item];
    x->state = c == '-' ? ANSWER_OPEN : c == '?' ? ANSWER_UNKNOWN : c == 'x' ? ANSWER_NA : ANSWER_LEVEL;
    x->level = x->state == ANSWER_LEVEL ? c - '0' : 0;
}

static inline void fake_answers(struct fake *f, const char *answers)
{
    for (int i = 0; i < f->ck.n_items; i++)
        fake_answer(f, i, answers[i]);
}

static inline void fake_action(struct fake *f, int item, int to, enum action_status status, const char *updated,
                               long tenths, long long yen)
{
    struct change c = {.kind = CHANGE_ACTION, .item = item};
    c.u.action = (struct action){.item = item, .to = to, .status = status, .owner = xstrdup(""), .due = xstrdup(""),
                                 .effort_tenths = tenths, .cost_jpy = yen, .run_jpy = -1,
                                 .updated = xstrdup(updated), .note = xstrdup(""), .history = xstrdup("")};
    c.u.action.foreign = (struct foreign){xstrdup(""), xstrdup(""), xstrdup("")};
    assessment_apply(f->a, &c, NULL);
}

static inline void fake_target(struct fake *f, int item, int level)
{
    struct change c = {.kind = CHANGE_TARGET, .item = item};
    c.u.target = (struct target){.item = item, .level = level, .reason = xstrdup("because")};
    c.u.target.foreign = (struct foreign){xstrdup(""), xstrdup(""), xstrdup("")};
    assessment_apply(f->a, &c, NULL);
}

static inline void fake_random_item(struct fake *f, unsigned *dice, int item, long long yen)
{
    struct ck_item *x = &f->item[item];
    x->weight = 1 + fake_dice(dice, 4);
    x->key = fake_dice(dice, 4) == 0;
    x->risk = fake_dice(dice, 3) == 0 ? 150 : 100;
    for (int to = 2; to <= LEVEL_MAX; to++) {
        fake_cost(f, item, to, 5 * fake_dice(dice, 12), yen * fake_dice(dice, 5), fake_dice(dice, 5) == 0);
        while (fake_dice(dice, 3) == 0 && fake_step(f, item, to)->n_requires < FAKE_REQUIRES) {
            int needs = fake_dice(dice, f->ck.n_items), level = 2 + fake_dice(dice, to - 1);
            if (needs != item && (level < to || needs < item))
                fake_requires(f, item, to, needs, level);
        }
    }
    if (fake_dice(dice, 12) == 0)
        fake_step(f, item, 2 + fake_dice(dice, FAKE_STEPS))->to = 0;
    fake_answer(f, item, "1111222333445-?x"[fake_dice(dice, 16)]);
    if (fake_dice(dice, 6) == 0)
        fake_action(f, item, 2 + fake_dice(dice, FAKE_STEPS), ACTION_OPEN, "", 3 * fake_dice(dice, 9), yen / 2);
    if (fake_dice(dice, 8) == 0)
        fake_target(f, item, 1 + fake_dice(dice, LEVEL_MAX));
}

/* n_items in up to three sections. yen: the size of a cost. */
static inline void fake_random(struct fake *f, unsigned *dice, int n_items, long long yen)
{
    int sizes[3] = {0}, weights[3], n_sections = 1 + fake_dice(dice, n_items < 3 ? n_items : 3);
    for (int s = 0; s < n_sections; s++) {
        sizes[s] = 1;
        weights[s] = 10 * (1 + fake_dice(dice, 3));
    }
    for (int k = n_sections; k < n_items; k++)
        sizes[fake_dice(dice, n_sections)]++;
    fake_init(f, n_sections, sizes, weights);
    f->ck.balance_letters = fake_dice(dice, 4) - 1;
    f->a->site.importance = (enum importance)fake_dice(dice, IMPORTANCE_COUNT);
    for (int i = 0; i < n_items; i++)
        fake_random_item(f, dice, i, yen);
}

/* The level at which an item stands for what needs it. */
static inline int fake_level(const struct fake *f, int item)
{
    const struct answer *x = assessment_answer(f->a, item);
    return x->state == ANSWER_NA ? LEVEL_MAX : x->state == ANSWER_LEVEL ? x->level : LEVEL_MIN;
}

#endif
