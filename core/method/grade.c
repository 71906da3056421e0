/* See grade.h. */
#include "core/method/grade.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Scores are small fractions: a section's denominator divides its sum of weights, and the checklist's meaning check keeps the
 * product of these sums at most 2^40, so that a common denominator times 100 points and the section weights fits 64 bits.
 * Cross products do not, hence: */
__extension__ typedef __int128 wide;

long long score_gcd(long long a, long long b)
{
    while (b != 0) {
        long long t = a % b;
        a = b;
        b = t;
    }
    return a;
}

static struct score reduced(long long num, long long den)
{
    long long g = den == 0 ? 1 : score_gcd(num, den);
    return (struct score){num / g, den / g};
}

int score_tenths(struct score s)
{
    return s.den == 0 ? -1 : (int)((wide)s.num * 10 / s.den);
}

int score_cmp(struct score a, struct score b)
{
    wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
    return left < right ? -1 : left > right;
}

bool score_at_least(struct score s, int points)
{
    return s.den != 0 && s.num >= points * s.den;
}

void score_format(char *out, struct score s)
{
    int tenths = score_tenths(s);
    if (tenths < 0)
        out[0] = '\0';
    else
        snprintf(out, 8, "%d.%d", tenths / 10 % 1000, tenths % 10);
}

static int grade_of(const struct checklist *ck, struct score s)
{
    if (s.den == 0)
        return GRADE_NONE;
    int g = 0;
    while (g < ck->n_grades - 1 && !score_at_least(s, ck->grade[g].min))
        g++;
    return g;
}

/* Score of a section when every open item counts as `open_level`; 0: open items stay out. */
static struct score section_score(const struct checklist *ck, const struct mark *marks, int section, int open_level)
{
    const struct ck_section *sec = &ck->section[section];
    long long num = 0, den = 0;
    for (int i = sec->first_item; i < sec->first_item + sec->n_items; i++) {
        int level = marks[i].state == ANSWER_LEVEL ? marks[i].level : marks[i].state == ANSWER_NA ? 0 : open_level;
        if (level == 0)
            continue;
        num += (long long)ck->item[i].weight * ck->level[level - 1].score;
        den += ck->item[i].weight;
    }
    return reduced(num, den);
}

static struct score overall_score(const struct checklist *ck, const struct score sections[])
{
    long long num = 0, den = 1, weights = 0;
    for (int s = 0; s < ck->n_sections; s++) {
        struct score x = sections[s];
        if (x.den == 0)
            continue;
        long long common = den / score_gcd(den, x.den) * x.den;
        num = num * (common / den) + ck->section[s].weight * x.num * (common / x.den);
        den = common;
        weights += ck->section[s].weight;
    }
    return weights == 0 ? (struct score){0, 0} : reduced(num, den * weights);
}

static void count_section(struct scope_grade *out, const struct ck_section *sec, const struct mark *marks)
{
    out->total = sec->n_items;
    out->applicable = sec->n_items;
    for (int i = sec->first_item; i < sec->first_item + sec->n_items; i++) {
        switch (marks[i].state) {
        case ANSWER_LEVEL:
            out->answered++;
            break;
        case ANSWER_UNKNOWN:
            out->unknown++;
            break;
        case ANSWER_NA:
            out->applicable--;
            break;
        case ANSWER_OPEN:
        case ANSWER_STATE_COUNT:
            break;
        }
    }
}

static bool too_few(const struct checklist *ck, const struct scope_grade *g)
{
    return (g->total - g->applicable) * 100 >= ck->na_percent * g->total;
}

static void grade_section(struct scope_grade *out, const struct checklist *ck, const struct mark *marks, int section)
{
    *out = (struct scope_grade){0};
    count_section(out, &ck->section[section], marks);
    out->score = section_score(ck, marks, section, 0);
    out->low = section_score(ck, marks, section, LEVEL_MIN);
    out->high = section_score(ck, marks, section, LEVEL_MAX);
    bool none = too_few(ck, out);
    out->why_none = none ? TOO_FEW_APPLICABLE : out->answered == 0 ? NO_ANSWERS : HAS_GRADE;
    out->by_score = none ? GRADE_NONE : grade_of(ck, out->score);
    out->grade = out->by_score;
    out->low_grade = none ? GRADE_NONE : grade_of(ck, out->low);
    out->high_grade = none ? GRADE_NONE : grade_of(ck, out->high);
}

/* Best grade that a key item at this level allows. */
static int key_cap(const struct checklist *ck, int level)
{
    int best = 0;
    for (int i = 0; i < ck->n_key_caps; i++)
        if (level <= ck->key_cap[i].level && ck->key_cap[i].max_grade > best)
            best = ck->key_cap[i].max_grade;
    return best;
}

static int level_as(const struct mark *m, int open_level)
{
    return m->state == ANSWER_LEVEL ? m->level : m->state == ANSWER_NA ? 0 : open_level;
}

/* Grade of the whole: by score, then held down by key items and by the weakest section. Open items count as open_level (0: not at all). */
static int capped(const struct checklist *ck, const struct mark *marks, int by_score, const int section_grades[],
                  int open_level)
{
    int grade = by_score;
    if (grade == GRADE_NONE)
        return grade;
    for (int i = 0; i < ck->n_items; i++) {
        int level = level_as(&marks[i], open_level);
        if (ck->item[i].key && level > 0 && key_cap(ck, level) > grade)
            grade = key_cap(ck, level);
    }
    for (int s = 0; ck->balance_letters >= 0 && s < ck->n_sections; s++)
        if (section_grades[s] != GRADE_NONE && section_grades[s] - ck->balance_letters > grade)
            grade = section_grades[s] - ck->balance_letters;
    return grade;
}

static void add_cap(struct grade_result *r, struct cap cap)
{
    int max = (int)(sizeof r->cap / sizeof r->cap[0]);
    if (r->n_caps == max)
        return;
    int at = r->n_caps++;
    while (at > 0 && r->cap[at - 1].max_grade < cap.max_grade) {
        r->cap[at] = r->cap[at - 1];
        at--;
    }
    r->cap[at] = cap;
}

static void find_caps(struct grade_result *r, const struct checklist *ck, const struct mark *marks)
{
    if (r->overall.by_score == GRADE_NONE)
        return;
    for (int i = 0; i < ck->n_items; i++) {
        int level = level_as(&marks[i], 0);
        int max = ck->item[i].key && level > 0 ? key_cap(ck, level) : 0;
        if (max > r->overall.by_score)
            add_cap(r, (struct cap){CAP_KEY_ITEM, i, ck->item[i].section, max});
    }
    int weakest = -1;
    for (int s = 0; s < ck->n_sections; s++)
        if (r->section[s].grade != GRADE_NONE && (weakest < 0 || r->section[s].grade > r->section[weakest].grade))
            weakest = s;
    if (weakest < 0 || ck->balance_letters < 0)
        return;
    int max = r->section[weakest].grade - ck->balance_letters;
    if (max > r->overall.by_score)
        add_cap(r, (struct cap){CAP_BALANCE, -1, weakest, max});
}

/* The lift: fewest level steps so that the overall grade is one letter better. Key items must reach the level at which they allow it;
 * then each section that is too weak is raised where a level weighs most: every level of an item is worth the same to its section when
 * the scale is even (the meaning check asks for that where there is a balance cap), and the search takes the largest gain each time, so no
 * smaller set of steps does it. */

static void raise_item(struct grade_result *r, struct mark *marks, int item, int to)
{
    int max = (int)(sizeof r->lift / sizeof r->lift[0]);
    int k = 0;
    while (k < r->n_lifts && r->lift[k].item != item)
        k++;
    if (k == r->n_lifts && k < max)
        r->lift[r->n_lifts++] = (struct lift){item, marks[item].level, to};
    if (k < max)
        r->lift[k].to = to;
    marks[item].level = to;
}

static int best_raise(const struct checklist *ck, const struct mark *marks, int section)
{
    const struct ck_section *sec = &ck->section[section];
    int best = -1;
    long long best_gain = 0;
    for (int i = sec->first_item; i < sec->first_item + sec->n_items; i++) {
        if (marks[i].state != ANSWER_LEVEL || marks[i].level == LEVEL_MAX)
            continue;
        int gain_points = ck->level[marks[i].level].score - ck->level[marks[i].level - 1].score;
        long long gain = (long long)ck->item[i].weight * gain_points;
        /* Among equals the item that stands lowest: a foundation before a refinement. */
        if (best < 0 || gain > best_gain || (gain == best_gain && marks[i].level < marks[best].level)) {
            best = i;
            best_gain = gain;
        }
    }
    return best;
}

static void find_lift(struct grade_result *r, const struct checklist *ck, const struct mark *marks)
{
    if (r->n_caps == 0 || r->overall.grade <= 0)
        return;
    struct mark raised[ITEMS_MAX];
    memcpy(raised, marks, (size_t)ck->n_items * sizeof marks[0]);
    int want = r->overall.grade - 1;
    for (int i = 0; i < ck->n_items; i++)
        while (ck->item[i].key && raised[i].state == ANSWER_LEVEL && raised[i].level < LEVEL_MAX &&
               key_cap(ck, raised[i].level) > want)
            raise_item(r, raised, i, raised[i].level + 1);
    for (int s = 0; ck->balance_letters >= 0 && s < ck->n_sections; s++) {
        if (r->section[s].grade == GRADE_NONE)
            continue;
        for (;;) {
            if (grade_of(ck, section_score(ck, raised, s, 0)) - ck->balance_letters <= want)
                break;
            int item = best_raise(ck, raised, s);
            if (item < 0)
                break;
            raise_item(r, raised, item, raised[item].level + 1);
        }
    }
    struct score sections[SECTIONS_MAX];
    int grades[SECTIONS_MAX];
    for (int s = 0; s < ck->n_sections; s++) {
        sections[s] = section_score(ck, raised, s, 0);
        grades[s] = r->section[s].why_none == TOO_FEW_APPLICABLE ? GRADE_NONE : grade_of(ck, sections[s]);
    }
    r->lift_grade = capped(ck, raised, grade_of(ck, overall_score(ck, sections)), grades, 0);
}

static void grade_overall(struct grade_result *r, const struct checklist *ck, const struct mark *marks)
{
    struct scope_grade *all = &r->overall;
    struct score score[SECTIONS_MAX], low[SECTIONS_MAX], high[SECTIONS_MAX];
    int grade[SECTIONS_MAX], low_grade[SECTIONS_MAX], high_grade[SECTIONS_MAX];
    for (int s = 0; s < ck->n_sections; s++) {
        const struct scope_grade *g = &r->section[s];
        score[s] = g->score, low[s] = g->low, high[s] = g->high;
        grade[s] = g->grade, low_grade[s] = g->low_grade, high_grade[s] = g->high_grade;
        all->answered += g->answered;
        all->unknown += g->unknown;
        all->applicable += g->applicable;
        all->total += g->total;
    }
    all->score = overall_score(ck, score);
    all->low = overall_score(ck, low);
    all->high = overall_score(ck, high);
    all->why_none = all->applicable == 0 ? TOO_FEW_APPLICABLE : all->answered == 0 ? NO_ANSWERS : HAS_GRADE;
    all->by_score = grade_of(ck, all->score);
    all->grade = capped(ck, marks, all->by_score, grade, 0);
    all->low_grade = capped(ck, marks, grade_of(ck, all->low), low_grade, LEVEL_MIN);
    all->high_grade = capped(ck, marks, grade_of(ck, all->high), high_grade, LEVEL_MAX);
}

void grade_compute(struct grade_result *out, const struct checklist *ck, const struct mark *marks)
{
    assert(ck->n_sections <= SECTIONS_MAX && ck->n_items <= ITEMS_MAX);
    memset(out, 0, sizeof *out);
    for (int s = 0; s < ck->n_sections; s++)
        grade_section(&out->section[s], ck, marks, s);
    grade_overall(out, ck, marks);
    out->provisional = out->overall.answered < out->overall.applicable;
    out->lift_grade = out->overall.grade;
    find_caps(out, ck, marks);
    find_lift(out, ck, marks);
}

void grade_marks(struct mark *out, const struct round *round, int n_items)
{
    for (int i = 0; i < n_items; i++)
        out[i] = (struct mark){round->answer[i].state, round->answer[i].level};
}

void grade_assessment(struct grade_result *out, const struct assessment *a)
{
    struct mark marks[ITEMS_MAX];
    grade_marks(marks, assessment_round(a), a->checklist->n_items);
    grade_compute(out, a->checklist, marks);
}
