/* Meaning of a checklist beyond its schema: what makes it usable. See checklist.h and checklist_priv.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/model/checklist_priv.h"

static enum err fail(struct loader *ld, enum err err, const char *where, const char *detail)
{
    return loader_fail(ld, err, NULL, where, detail);
}

/* ---- Unique ids: of what others refer to the loader has made sure ---- */

static int cmp_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err check_unique(struct loader *ld, const char **ids, int n, const char *what)
{
    qsort(ids, (size_t)n, sizeof *ids, cmp_strings);
    for (int i = 1; i < n; i++)
        if (strcmp(ids[i - 1], ids[i]) == 0)
            return fail(ld, ERR_DUPLICATE, what, ids[i]);
    return ERR_OK;
}

static enum err check_ids(struct loader *ld)
{
    const struct checklist *ck = ld->ck;
    const char *ids[ITEMS_MAX * 8];
    int n = 0;
    for (int g = 0; g < ck->n_groups; g++)
        for (int v = 0; v < ck->group[g].n_verdicts; v++)
            ids[n++] = ck->group[g].verdict[v].id;
    enum err err = check_unique(ld, ids, n, "verdict");
    n = 0;
    for (int i = 0; i < ck->n_items; i++)
        for (int k = 0; k < ck->item[i].n_checks; k++)
            ids[n++] = ck->item[i].check[k].id;
    return err == ERR_OK ? check_unique(ld, ids, n, "check") : err;
}

/* ---- Scoring ---- */

static enum err check_scale(struct loader *ld)
{
    const struct ck_level *level = ld->ck->level;
    int step = level[1].score - level[0].score;
    for (int l = 1; l < LEVEL_MAX; l++) {
        int rise = level[l].score - level[l - 1].score;
        /* An even scale is what makes "the smallest change that lifts the grade" a matter of counting. */
        if (rise <= 0 || (ld->ck->balance_letters >= 0 && rise != step)) {
            char n[16];
            snprintf(n, sizeof n, "%d", l + 1);
            return fail(ld, ERR_MEANING, "scale/level/@score", n);
        }
    }
    return ERR_OK;
}

static enum err check_grades(struct loader *ld)
{
    const struct checklist *ck = ld->ck;
    for (int g = 0; g < ck->n_grades; g++) {
        char letter[2] = {ck->grade[g].letter, '\0'};
        if (g > 0 && ck->grade[g].min >= ck->grade[g - 1].min)
            return fail(ld, ERR_MEANING, "grade/@min", letter);
    }
    if (ck->grade[ck->n_grades - 1].min != 0)
        return fail(ld, ERR_MEANING, "grade/@min", "0");
    return ERR_OK;
}

/* Exact scores in 64 bits: the product of the section sums is a common denominator of everything (method/grade.c). */
static enum err check_weights(struct loader *ld)
{
    const struct checklist *ck = ld->ck;
    long long product = 1;
    for (int s = 0; s < ck->n_sections; s++) {
        long long sum = 0;
        if (ck->section[s].n_items == 0)
            return fail(ld, ERR_SCHEMA_MISSING, ck->section[s].id, "item");
        for (int i = 0; i < ck->section[s].n_items; i++)
            sum += ck->item[ck->section[s].first_item + i].weight;
        if (sum > (1LL << 40) / product)
            return fail(ld, ERR_MEANING, "item/@weight", ck->section[s].id);
        product *= sum;
    }
    return ERR_OK;
}

/* ---- Steps: prerequisites form no circle ---- */

enum visit { UNSEEN, OPEN, DONE };

static enum err visit_step(struct loader *ld, enum visit *seen, int item, int to)
{
    if (to < 2)
        return ERR_OK;
    enum visit *state = &seen[item * LEVEL_MAX + to - 1];
    if (*state == DONE)
        return ERR_OK;
    if (*state == OPEN) {
        char where[64];
        snprintf(where, sizeof where, "%.40s -> %d", ld->ck->item[item].id, to);
        return fail(ld, ERR_CYCLE, "requires", where);
    }
    *state = OPEN;
    enum err err = visit_step(ld, seen, item, to - 1);
    const struct ck_step *step = &ld->ck->item[item].step[to - 2];
    for (int k = 0; err == ERR_OK && k < step->n_requires; k++)
        err = visit_step(ld, seen, step->requires[k].item, step->requires[k].level);
    *state = DONE;
    return err;
}

static enum err check_circles(struct loader *ld)
{
    enum visit *seen = xcalloc((size_t)ld->ck->n_items * LEVEL_MAX, sizeof *seen);
    enum err err = ERR_OK;
    for (int i = 0; err == ERR_OK && i < ld->ck->n_items; i++)
        err = visit_step(ld, seen, i, LEVEL_MAX);
    free(seen);
    return err;
}

/* ---- References exist ---- */

static bool reference_exists(const struct xml_node *root, const struct ck_ref *ref)
{
    for (const struct xml_node *std = xml_child(root, "standard"); std != NULL; std = xml_next(std, "standard")) {
        if (strcmp(xml_attr(std, "id"), ref->std) != 0)
            continue;
        for (const struct xml_node *r = xml_child(std, "ref"); r != NULL; r = xml_next(r, "ref"))
            if (strcmp(xml_attr(r, "id"), ref->id) == 0)
                return true;
    }
    return false;
}

static enum err check_step_refs(struct loader *ld, const struct xml_node *root, const struct ck_item *item, const struct ck_step *step)
{
    for (int k = 0; k < step->n_refs; k++) {
        if (reference_exists(root, &step->refs[k]))
            continue;
        char detail[96], where[64];
        snprintf(detail, sizeof detail, "%.45s %.45s", step->refs[k].std, step->refs[k].id);
        snprintf(where, sizeof where, "%.40s/ref", item->id);
        return fail(ld, ERR_UNKNOWN_REF, where, detail);
    }
    return ERR_OK;
}

static enum err check_refs(struct loader *ld)
{
    struct xml_doc doc = {0};
    enum err err = xml_parse(&doc, embed_references_xml, (size_t)(embed_references_xml_end - embed_references_xml), ld->diag);
    for (int i = 0; err == ERR_OK && i < ld->ck->n_items; i++)
        for (int s = 0; err == ERR_OK && s < LEVEL_MAX - 1; s++)
            err = check_step_refs(ld, doc.root, &ld->ck->item[i], &ld->ck->item[i].step[s]);
    xml_doc_release(&doc);
    return err;
}

enum err check_meaning(struct loader *ld)
{
    static enum err (*const checks[])(struct loader *) = {check_ids,     check_scale,   check_grades,
                                                          check_weights, check_circles, check_refs};
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < sizeof checks / sizeof checks[0]; i++)
        err = checks[i](ld);
    return err;
}
