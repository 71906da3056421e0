/* See cost.h. */
#include "core/method/cost.h"

__extension__ typedef __int128 wide;

long long estimate_scaled(long long value, enum ck_scale scale, long employees, int reference_people)
{
    const long long most = 999999999999; /* the bound of the file format */
    if (employees <= 0 || reference_people <= 0 || value <= 0)
        return value;
    wide num = value, den = 1;
    switch (scale) {
    case SCALE_LINEAR:
        num *= employees;
        den = reference_people;
        break;
    case SCALE_HALF:
        num *= (wide)reference_people + employees;
        den = 2 * (wide)reference_people;
        break;
    case SCALE_FIXED:
    case SCALE_COUNT:
        break;
    }
    wide scaled = (2 * num + den) / (2 * den);
    /* What takes something never takes nothing because the site is small. */
    return scaled < 1 ? 1 : scaled > most ? most : (long long)scaled;
}

/* A guess scaled to a plant of 320 is still a guess: 1,066,667 yen would claim to know better. Two significant digits, half days. */
static long long two_digits(long long value)
{
    long long unit = 1;
    while (value / unit >= 100)
        unit *= 10;
    return (value + unit / 2) / unit * unit;
}

static long half_days(long tenths)
{
    long rounded = (tenths + 2) / 5 * 5;
    return tenths > 0 && rounded < 5 ? 5 : rounded;
}

void step_cost(struct step_cost *out, const struct assessment *a, int item, int to)
{
    const struct checklist *ck = a->checklist;
    const struct ck_step *step = &ck->item[item].step[to - 2];
    const struct action *own = assessment_action(a, item, to);
    long employees = a->site.employees;
    int people = ck->reference_people;
    *out = (struct step_cost){0};
    if (step->to != 0) {
        out->effort_tenths = half_days((long)estimate_scaled(step->effort.typical, step->effort.scale, employees, people));
        out->cost_jpy = two_digits(estimate_scaled(step->build.typical, step->build.scale, employees, people));
        out->run_jpy = two_digits(estimate_scaled(step->run.typical, step->run.scale, employees, people));
        out->stops = step->stops;
        out->stop_hours = step->stop_hours;
    }
    if (own == NULL)
        return;
    if (own->effort_tenths >= 0)
        out->effort_tenths = own->effort_tenths;
    if (own->cost_jpy >= 0)
        out->cost_jpy = own->cost_jpy;
    if (own->run_jpy >= 0)
        out->run_jpy = own->run_jpy;
    out->own = own->effort_tenths >= 0 || own->cost_jpy >= 0 || own->run_jpy >= 0;
}

const char *wave_word(enum wave w)
{
    static const char *const words[] = {[WAVE_NOW] = "now", [WAVE_NEXT] = "next", [WAVE_LATER] = "later"};
    _Static_assert(sizeof words / sizeof words[0] == WAVE_COUNT, "a word for each wave");
    return words[w];
}
