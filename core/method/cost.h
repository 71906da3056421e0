/* What a step takes at a site, and the waves in which steps are done. All figures are estimates for orientation (目安) unless the file has its own. Pure. */
#ifndef CORE_METHOD_COST_H
#define CORE_METHOD_COST_H

#include <stdbool.h>

#include "core/model/assessment.h"

/* What a step takes at this site: the file's own figures, else the typical estimate scaled to the site and rounded as a guess should be (half days, two
 * significant digits of yen). */
struct step_cost {
    long effort_tenths;
    long long cost_jpy, run_jpy;
    int stops, stop_hours;
    bool own; /* the file's own figures were used for at least one */
};
void step_cost(struct step_cost *out, const struct assessment *a, int item, int to);
/* An estimate of the checklist scaled to the site's size (0 employees: the reference plant). */
long long estimate_scaled(long long value, enum ck_scale scale, long employees, int reference_people);

/* The capacity of the first two waves, in tenths of a person-day, at the reference plant. */
enum { WAVE_NOW_TENTHS = 200, WAVE_NEXT_TENTHS = 1000 };

enum wave { WAVE_NOW, WAVE_NEXT, WAVE_LATER, WAVE_COUNT };
const char *wave_word(enum wave w); /* "now", "next", "later" */

#endif
