/* See verdict.h. */
#include "core/method/verdict.h"

static bool grade_within(int grade, const struct ck_when *w)
{
    if (grade == GRADE_NONE)
        return false;
    return (w->grade_best < 0 || grade >= w->grade_best) && (w->grade_worst < 0 || grade <= w->grade_worst);
}

static bool holds(const struct ck_when *w, const struct mark *marks, const struct grade_result *grade)
{
    if (w->overall)
        return grade_within(grade->overall.grade, w);
    if (w->section >= 0)
        return grade_within(grade->section[w->section].grade, w);
    const struct mark *m = &marks[w->item];
    return m->state == ANSWER_LEVEL && (w->level_min == 0 || m->level >= w->level_min) &&
           (w->level_max == 0 || m->level <= w->level_max);
}

static const struct ck_verdict *choose(const struct ck_verdict_group *group, const struct mark *marks,
                                       const struct grade_result *grade)
{
    for (int i = 0; i < group->n_verdicts; i++) {
        const struct ck_verdict *v = &group->verdict[i];
        int k = 0;
        while (k < v->n_when && holds(&v->when[k], marks, grade))
            k++;
        if (k == v->n_when)
            return v;
    }
    return NULL;
}

int verdict_choose(const struct ck_verdict *out[VERDICTS_MAX], const struct checklist *ck, const struct mark *marks,
                   const struct grade_result *grade, int section)
{
    int n = 0;
    for (int g = 0; g < ck->n_groups && n < VERDICTS_MAX; g++) {
        if (ck->group[g].section != section)
            continue;
        const struct ck_verdict *v = choose(&ck->group[g], marks, grade);
        if (v != NULL)
            out[n++] = v;
    }
    return n;
}
