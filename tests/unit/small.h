/* A small checklist for tests of the model, with the ids that tests/data/example.xml uses, so that
 * they need no data files. */
#ifndef TESTS_UNIT_SMALL_H
#define TESTS_UNIT_SMALL_H

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/model/assessment.h"

static const struct ck_check small_checks[] = {{.id = "1-1.c1", .level = 2},
                                               {.id = "1-1.c2", .level = 3}};
static const struct ck_item small_items[] = {
    {.id = "1-1", .weight = 4, .key = true, .check = small_checks, .n_checks = 2},
    {.id = "2-6", .section = 1, .weight = 2},
    {.id = "2-7", .section = 1, .weight = 1, .na_plausible = true},
    {.id = "2-9", .section = 1, .weight = 3, .key = true},
    {.id = "3-1", .section = 2, .weight = 1},
    {.id = "3-7", .section = 2, .weight = 1, .key = true},
};
enum { SMALL_ITEMS = sizeof small_items / sizeof small_items[0] };
static const struct ck_section small_sections[] = {
    {.id = "people", .weight = 30, .first_item = 0, .n_items = 1},
    {.id = "process", .weight = 30, .first_item = 1, .n_items = 3},
    {.id = "technology", .weight = 30, .first_item = 4, .n_items = 2},
};
static const struct ck_edition small_editions[] = {{.id = "draft-2022-04"}, {.id = "public-2023"}};
static const struct checklist small = {
    .id = "meti-factory",
    .version = "1",
    .section = small_sections,
    .n_sections = 3,
    .item = small_items,
    .n_items = SMALL_ITEMS,
    .edition = small_editions,
    .n_editions = 2,
    .importance = {{.id = "high", .target_key = 4, .target = 3},
                   {.id = "medium", .target_key = 3, .target = 3},
                   {.id = "low", .target_key = 3, .target = 2}},
};

static inline const struct checklist *small_find(void *cookie, const char *id)
{
    (void)cookie;
    return strcmp(id, small.id) == 0 ? &small : NULL;
}

#define SMALL_NOW  "2026-11-20T16:40:31+09:00"
#define SMALL_UUID "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11"

static inline struct assessment *small_new(void)
{
    return assessment_new(&small, 0, SMALL_UUID, SMALL_NOW);
}

/* The XML of an assessment; owned by the caller. */
static inline char *small_xml(const struct assessment *a)
{
    struct buf out = {0};
    assessment_write(&out, a, "monshin test");
    return buf_take(&out);
}

/* A small generator, the same everywhere, so that a failure can be repeated. */
static inline unsigned small_random(unsigned *state, unsigned below)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % below;
}

#endif
