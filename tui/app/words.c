/* See words.h. */
#include "tui/app/words.h"

#include "core/base/buf.h"

const char *words_ltext(const struct catalog *cat, const struct ltext *text)
{
    return text->in[catalog_lang(cat)];
}

const char *words_wave(const struct catalog *cat, enum wave wave)
{
    switch (wave) {
    case WAVE_NOW: /* max 6 columns */
        return TC(cat, "wave", "now");
    case WAVE_NEXT: /* max 6 columns */
        return TC(cat, "wave", "next");
    case WAVE_LATER: /* max 6 columns */
        return TC(cat, "wave", "later");
    case WAVE_COUNT:
        break;
    }
    return "";
}

const char *words_status(const struct catalog *cat, enum action_status status)
{
    switch (status) {
    case ACTION_OPEN:
        return TC(cat, "action", "open");
    case ACTION_DOING:
        return TC(cat, "action", "doing");
    case ACTION_DONE:
        return TC(cat, "action", "done");
    case ACTION_DROPPED:
        return TC(cat, "action", "dropped");
    case ACTION_STATUS_COUNT:
        break;
    }
    return "";
}

const char *words_basis(const struct catalog *cat, enum basis basis)
{
    switch (basis) {
    case BASIS_INTERVIEW:
        return T(cat, "interview");
    case BASIS_EXAMINE:
        return T(cat, "examine");
    case BASIS_TEST:
        return T(cat, "test");
    case BASIS_NONE:
    case BASIS_COUNT:
        break;
    }
    return "";
}

void words_answer(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct answer *x)
{
    switch (x->state) {
    case ANSWER_LEVEL:
        buf_addf(out, "%d %s", x->level, words_ltext(cat, &ck->level[x->level - 1].brief));
        break;
    case ANSWER_UNKNOWN:
        buf_adds(out, T(cat, "unknown"));
        break;
    case ANSWER_NA:
        buf_adds(out, T(cat, "not applicable"));
        break;
    case ANSWER_OPEN:
    case ANSWER_STATE_COUNT:
        buf_adds(out, "-");
        break;
    }
}

void words_digits(struct buf *out, long long n)
{
    buf_add_grouped(out, n);
}

void words_days(struct buf *out, long tenths)
{
    buf_add_tenths(out, tenths);
}

/* ---- Steps ---- */

const char *words_step(const struct catalog *cat, const struct checklist *ck, int item, int to)
{
    const struct ck_step *step = &ck->item[item].step[to - 2];
    return words_ltext(cat, step->to != 0 ? &step->action : &ck->item[item].level[to - 1]);
}

void words_blocked(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct gap *g)
{
    size_t start = out->len;
    for (int i = 0; i < g->n_blocked_by; i++)
        buf_addf(out, T(cat, "%sneeds %s \"%s\" at level %d"), i > 0 ? TC(cat, "list", ", ") : "", ck->item[g->blocked_by[i].item].id,
                 words_ltext(cat, &ck->item[g->blocked_by[i].item].label), g->blocked_by[i].level);
    if (g->previous)
        buf_addf(out, "%s%s", out->len > start ? TC(cat, "list", ", ") : "", T(cat, "needs the step before it"));
}

void words_why(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct gap *g, int low_grade)
{
    const struct ck_item *item = &ck->item[g->item];
    buf_addf(out, T(cat, "weight %d"), item->weight);
    if (item->key)
        buf_addf(out, "%s%s", TC(cat, "list", ", "), T(cat, "key item x2"));
    if (item->risk != 100)
        buf_addf(out, T(cat, ", risk %d %%"), item->risk);
    buf_addf(out, T(cat, ": benefit %lld per effort %lld.%lld"), g->benefit / 100, g->effort / 10, g->effort % 10);
    if (g->gain.den > 0) {
        char gain[8];
        score_format(gain, g->gain);
        buf_addf(out, T(cat, "; alone +%s points"), gain);
        if (g->grade_after != low_grade && g->grade_after != GRADE_NONE)
            buf_addf(out, T(cat, ", grade %c"), ck->grade[g->grade_after].letter);
    }
    if (g->needed_by >= 0)
        buf_addf(out, T(cat, "; above its own target because %s needs it"), ck->item[g->needed_by].id);
}

/* ---- Plans ---- */

void words_plan_takes(struct buf *out, const struct catalog *cat, const struct plan_result *r)
{
    struct buf b = {0};
    words_digits(&b, r->cost_jpy);
    buf_addf(out, T(cat, "%s yen"), buf_str(&b));
    buf_clear(&b);
    words_days(&b, r->effort_tenths);
    buf_addf(out, TN(cat, ", %s day", ", %s days", r->effort_tenths == 10 ? 1UL : 2UL), buf_str(&b));
    buf_addf(out, TN(cat, ", %d line stop", ", %d line stops", (unsigned long)r->stops), r->stops);
    if (r->run_jpy > 0) {
        buf_clear(&b);
        words_digits(&b, r->run_jpy);
        buf_addf(out, T(cat, ", then %s yen a year"), buf_str(&b));
    }
    buf_release(&b);
}

void words_plan_missing(struct buf *out, const struct catalog *cat, const struct plan_result *r)
{
    struct buf b = {0};
    buf_adds(out, T(cat, "Not within these limits. At least, each by itself:"));
    if (r->missing_budget > 0) {
        words_digits(&b, r->missing_budget);
        buf_adds(out, " ");
        buf_addf(out, T(cat, "%s yen more"), buf_str(&b));
    }
    if (r->missing_days_tenths > 0) {
        buf_clear(&b);
        words_days(&b, r->missing_days_tenths);
        buf_adds(out, "  ");
        buf_addf(out, TN(cat, "%s day more", "%s days more", r->missing_days_tenths == 10 ? 1UL : 2UL), buf_str(&b));
    }
    if (r->missing_stops > 0) {
        buf_adds(out, "  ");
        buf_addf(out, TN(cat, "%d line stop more", "%d line stops more", (unsigned long)r->missing_stops), r->missing_stops);
    }
    buf_release(&b);
}

void words_plan_failed(struct buf *out, const struct catalog *cat, const struct plan_result *r)
{
    if (r->status == PLAN_NO_SOLVER)
        buf_addf(out, T(cat, "needs the library %s, which is not on this machine; install its package"), "GLPK");
    else
        buf_adds(out, T(cat, "The solver gave up; change the question a little."));
}

void words_plan_why(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct plan_result *r)
{
    struct buf b = {0};
    switch (r->why) {
    case PLAN_WHY_NO_ITEMS:
        buf_adds(&b, T(cat, "nothing is applicable."));
        break;
    case PLAN_WHY_KEY_ITEM:
        buf_addf(&b, T(cat, "key item %s cannot be raised far enough."), ck->item[r->why_index].id);
        break;
    case PLAN_WHY_SECTION:
        buf_addf(&b, T(cat, "the section %s cannot be raised far enough."), words_ltext(cat, &ck->section[r->why_index].name));
        break;
    case PLAN_WHY_WISHES:
        buf_adds(&b, T(cat, "the steps that you forced or kept out are in the way."));
        break;
    case PLAN_WHY_SCORE:
    case PLAN_WHY_NONE:
        buf_adds(&b, T(cat, "not even all steps give that score."));
        break;
    }
    buf_addf(out, T(cat, "Cannot be reached: %s"), buf_str(&b));
    buf_release(&b);
}

void words_grade(struct buf *out, const struct checklist *ck, const struct grade_result *r)
{
    char score[8];
    score_format(score, r->overall.score);
    buf_addf(out, "%c %s", r->overall.grade == GRADE_NONE ? '-' : ck->grade[r->overall.grade].letter, score);
}
