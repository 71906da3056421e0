/* See rollup_fleet.h. */
#include "core/method/rollup_fleet.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static const struct rollup_site *site_at(const struct rollup *r, size_t i)
{
    return r->file[r->site[i]].site;
}

const struct checklist *rollup_checklist(const struct rollup *r)
{
    const struct checklist *most = NULL;
    size_t n_most = 0;
    for (size_t i = 0; i < r->n_sites; i++) {
        const struct checklist *ck = site_at(r, i)->checklist;
        size_t n = 0;
        if (ck == most)
            continue;
        for (size_t k = i; k < r->n_sites; k++)
            n += site_at(r, k)->checklist == ck;
        if (n > n_most) {
            most = ck;
            n_most = n;
        }
        if (n_most >= r->n_sites - i)
            break; /* what is left cannot be more */
    }
    return most;
}

size_t rollup_grades(size_t out[], const struct rollup *r, const struct checklist *ck)
{
    size_t n = 0;
    memset(out, 0, ((size_t)ck->n_grades + 1) * sizeof *out);
    for (size_t i = 0; i < r->n_sites; i++) {
        const struct rollup_site *s = site_at(r, i);
        if (s->checklist != ck)
            continue;
        out[s->grade == GRADE_NONE ? ck->n_grades : s->grade]++;
        n++;
    }
    return n;
}

static void add_mark(struct common_gap *g, const struct rollup_mark *m)
{
    bool has_level = m->state == ANSWER_LEVEL;
    int level = has_level ? m->level : LEVEL_MIN;
    if (m->state == ANSWER_NA)
        return;
    g->applicable++;
    g->below += level < m->target;
    g->open += !has_level;
    g->n_levels += has_level;
    g->level_sum += has_level ? m->level : 0;
}

/* With the weight beside it, so that the comparison needs nothing else. */
struct weighed {
    struct common_gap gap;
    int weight;
};

static int cmp_common(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    if (x->gap.below != y->gap.below)
        return x->gap.below > y->gap.below ? -1 : 1;
    return x->weight != y->weight ? y->weight - x->weight : x->gap.item - y->gap.item;
}

void rollup_common_gaps(struct common_gap out[], const struct rollup *r, const struct checklist *ck)
{
    struct weighed *w = xcalloc((size_t)ck->n_items, sizeof *w);
    for (int item = 0; item < ck->n_items; item++)
        w[item] = (struct weighed){{.item = item}, ck->item[item].weight};
    for (size_t i = 0; i < r->n_sites; i++)
        for (int item = 0; item < ck->n_items && site_at(r, i)->checklist == ck; item++)
            add_mark(&w[item].gap, &site_at(r, i)->mark[item]);
    qsort(w, (size_t)ck->n_items, sizeof *w, cmp_common);
    for (int item = 0; item < ck->n_items; item++)
        out[item] = w[item].gap;
    free(w);
}

int common_gap_mean(const struct common_gap *g)
{
    return g->n_levels == 0 ? -1 : (int)(g->level_sum * 10 / (long)g->n_levels);
}

const char *ck_fix_word(enum ck_fix fix)
{
    static const char *const words[FIX_COUNT] = {[FIX_HQ] = "hq", [FIX_PLANT] = "plant"};
    return words[fix];
}
