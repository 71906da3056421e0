/* A checklist file: refused, or good for an assessment. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/method/code.h"
#include "core/method/gaps.h"
#include "core/method/grade.h"
#include "core/model/assessment.h"

static const struct checklist *find_it(void *cookie, const char *id)
{
    const struct checklist *ck = cookie;
    return strcmp(ck->id, id) == 0 ? ck : NULL;
}

static void answer(struct assessment *a)
{
    static const char NOW[] = "2026-11-20T16:40:31+09:00";
    for (int i = 0; i < a->checklist->n_items; i++) {
        struct change c;
        if (i % 7 == 5)
            change_na(&c, a, i, "not here", NOW);
        else
            change_level(&c, a, i, 1 + i % LEVEL_MAX, NOW);
        assessment_apply(a, &c, NULL);
    }
}

static void use(const struct checklist *ck)
{
    struct assessment *a = assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T10:00:00+09:00");
    struct assessment *again = NULL;
    struct grade_result g;
    struct gaps gaps;
    struct buf xml = {0}, code = {0};
    struct code_fault fault;
    struct code *c = calloc(1, sizeof *c);
    HOLD(c != NULL);
    answer(a);
    grade_assessment(&g, a);
    HOLD(g.overall.grade >= GRADE_NONE && g.overall.grade < ck->n_grades);
    gaps_compute(&gaps, a, "2026-11-20", 0);
    gaps_release(&gaps);
    assessment_write(&xml, a, "monshin fuzz");
    HOLD(assessment_read(&again, xml.p, xml.len, find_it, (void *)(uintptr_t)ck, NULL, NULL) == ERR_OK);
    code_make(&code, a);
    HOLD(code_read(c, &fault, buf_str(&code)) && code_fits(c, ck));
    free(c);
    buf_release(&code);
    buf_release(&xml);
    assessment_free(again);
    assessment_free(a);
}

void fuzz_checklist(const uint8_t *bytes, size_t n_bytes)
{
    struct checklist *ck = NULL;
    struct diag diag = {0};
    enum err err = checklist_load(&ck, memory_file(0, bytes, n_bytes), &diag);
    HOLD(err == diag.err);
    hold_harmless(diag.where, strlen(diag.where), ALLOW_NONE);
    hold_harmless(diag.detail, strlen(diag.detail), ALLOW_NONE);
    if (err != ERR_OK)
        return;
    use(ck);
    checklist_free(ck);
}
