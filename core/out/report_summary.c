/* Page 1, for executives: where the plant stands and why, what to do next, what it costs and what it changes. */
#include "core/method/verdict.h"
#include "core/out/report_priv.h"

enum { NEXT = 3 };

/* ---- Head ---- */

static void put_head(const struct report *r)
{
    const struct site *site = &r->a->site;
    struct buf b = {0};
    buf_adds(r->out, "<header>\n");
    buf_addf(&b, report_tr(r, N_("Factory security assessment: %s")), site->name[0] != '\0' ? site->name : site->id);
    report_put(r, "h1", NULL, &b);
    if (site->company[0] != '\0')
        buf_addf(&b, "%s%s", site->company, report_tr(r, N_(", ")));
    if (site->country[0] != '\0')
        buf_addf(&b, "%s%s", site->country, report_tr(r, N_(", ")));
    buf_addf(&b, report_tr(r, N_("site id %s")), site->id);
    report_put(r, "p", "class=\"meta\"", &b);
    buf_addf(&b, report_tr(r, N_("Round %s, %.10s to %.10s")), r->round->id, r->round->started,
             r->round->finished[0] != '\0' ? r->round->finished : r->a->modified);
    buf_adds(&b, report_tr(r, N_(", ")));
    buf_adds(&b, r->round->kind == ROUND_SELF ? report_tr(r, N_("self-assessment")) : report_tr(r, N_("assessment by an assessor")));
    report_put(r, "p", "class=\"meta\"", &b);
    if (site->example) {
        buf_adds(&b, report_tr(r, N_("An example to show the program: company, site and people are invented.")));
        report_put(r, "p", "class=\"warn\"", &b);
    }
    buf_adds(r->out, "</header>\n<main>\n");
    buf_release(&b);
}

/* ---- Grade ---- */

static void put_cap(const struct report *r, const struct cap *cap)
{
    const struct checklist *ck = r->ck;
    struct buf b = {0};
    char held[2] = {ck->grade[cap->max_grade].letter, '\0'};
    if (cap->kind == CAP_KEY_ITEM) {
        buf_addf(&b, report_tr(r, N_("at most %s: the key item %s (%s) is at level %d")), held, ck->item[cap->item].id,
                 report_lt(r, &ck->item[cap->item].label), r->mark[cap->item].level);
    } else {
        char at[2] = {report_letter(r, r->grade.section[cap->section].grade), '\0'};
        buf_addf(&b, report_tr(r, N_("at most %s: the section %s is at %s, and the whole may not stand far above its weakest part")), held,
                 report_lt(r, &ck->section[cap->section].brief), at);
    }
    report_put(r, "li", NULL, &b);
    buf_release(&b);
}

static void put_lift(const struct report *r)
{
    const struct grade_result *g = &r->grade;
    struct buf steps = {0}, b = {0};
    for (int i = 0; i < g->n_lifts; i++) {
        buf_adds(&steps, i > 0 ? report_tr(r, N_(", ")) : "");
        buf_addf(&steps, report_tr(r, N_("%s from %d to %d")), r->ck->item[g->lift[i].item].id, g->lift[i].from, g->lift[i].to);
    }
    if (g->n_lifts > 0) {
        char letter[2] = {report_letter(r, g->lift_grade), '\0'};
        buf_addf(&b, report_tr(r, N_("Raise %s, and the grade is %s.")), buf_str(&steps), letter);
        report_put(r, "p", NULL, &b);
    }
    buf_release(&steps);
    buf_release(&b);
}

static void put_caps(const struct report *r)
{
    struct buf b = {0};
    if (r->grade.n_caps == 0)
        return;
    char letter[2] = {report_letter(r, r->grade.overall.by_score), '\0'};
    buf_adds(r->out, "<div class=\"warn\">\n");
    buf_addf(&b, report_tr(r, N_("By score alone it would be %s; it is held back:")), letter);
    report_put(r, "p", NULL, &b);
    buf_adds(r->out, "<ul>\n");
    for (int i = 0; i < r->grade.n_caps; i++)
        put_cap(r, &r->grade.cap[i]);
    buf_adds(r->out, "</ul>\n");
    put_lift(r);
    buf_adds(r->out, "</div>\n");
    buf_release(&b);
}

static void put_provisional(const struct report *r)
{
    const struct scope_grade *g = &r->grade.overall;
    struct buf b = {0};
    if (!r->grade.provisional || g->applicable == 0)
        return;
    char low[2] = {report_letter(r, g->low_grade), '\0'}, high[2] = {report_letter(r, g->high_grade), '\0'};
    buf_addf(&b, report_tr(r, N_("provisional: %d of %d are answered; it can still end from %s to %s")), g->answered, g->applicable, low, high);
    report_put(r, "p", "class=\"warn\"", &b);
    buf_release(&b);
}

static void put_grade(const struct report *r)
{
    const struct scope_grade *g = &r->grade.overall;
    struct buf b = {0};
    char score[8];
    score_format(score, g->score);
    html_element(r->out, "h2", NULL, report_tr(r, N_("Overall grade")));
    buf_adds(r->out, "<div>");
    html_grade(r->out, g->grade, r->ck->n_grades, report_letter(r, g->grade), "big");
    if (g->grade == GRADE_NONE) {
        html_element(r->out, "p", "class=\"lead\"",
                     g->why_none == NO_ANSWERS ? report_tr(r, N_("No grade yet: nothing is answered."))
                                               : report_tr(r, N_("No grade: too few items apply.")));
    } else {
        buf_addf(&b, report_tr(r, N_("%s, score %s of 100")), report_lt(r, &r->ck->grade[g->grade].name), score);
        report_put(r, "p", "class=\"lead\"", &b);
        html_element(r->out, "p", NULL, report_lt(r, &r->ck->grade[g->grade].meaning));
    }
    buf_adds(r->out, "<div class=\"clear\"></div></div>\n");
    put_provisional(r);
    put_caps(r);
    buf_release(&b);
}

/* ---- Sections and axes ---- */

static void put_section_row(const struct report *r, int s)
{
    const struct scope_grade *g = &r->grade.section[s];
    char now[8], target[8];
    score_format(now, g->score);
    score_format(target, target_score(r->a, s));
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", report_lt(r, &r->ck->section[s].name));
    buf_adds(r->out, "<td>");
    html_grade(r->out, g->grade, r->ck->n_grades, report_letter(r, g->grade), "");
    buf_addf(r->out, "</td><td class=\"n\">%s", now[0] != '\0' ? now : "&#8211;");
    html_bar(r->out, g->score.den > 0 ? score_tenths(g->score) : 0);
    buf_addf(r->out, "</td><td class=\"n\">%s</td><td class=\"n\">%d/%d</td></tr>\n", target[0] != '\0' ? target : "&#8211;", g->answered,
             g->applicable);
}

static void put_sections(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("Section")), false}, {report_tr(r, N_("Grade")), false}, {report_tr(r, N_("Score")), true}, {report_tr(r, N_("Target")), true}, {report_tr(r, N_("Answered")), true}, {NULL, false}};
    report_table_begin(r, report_tr(r, N_("Sections")), heads);
    for (int s = 0; s < r->ck->n_sections; s++)
        put_section_row(r, s);
    report_table_end(r);
}

static void put_axes(const struct report *r)
{
    struct buf b = {0};
    char claimed[8], seen[8];
    if (r->axes.accountability.den == 0)
        return;
    score_format(claimed, r->axes.accountability);
    score_format(seen, r->axes.effectiveness);
    html_element(r->out, "h3", NULL, report_tr(r, N_("Accountability and effectiveness")));
    buf_addf(&b, report_tr(r, N_("Accountability %s %%: the share that is claimed as done. Effectiveness %s %%: the share that was also seen, "
                                 "in documents or on the floor.")),
             claimed, seen);
    report_put(r, "p", NULL, &b);
    if (r->axes.paper) {
        buf_addf(&b, report_tr(r, N_("Much is claimed that nobody has seen (%d items): the measures may exist on paper only.")), r->axes.n_verify);
        report_put(r, "p", "class=\"warn\"", &b);
    }
    buf_release(&b);
}

static void put_comment(const struct report *r)
{
    const struct ck_verdict *chosen[VERDICTS_MAX];
    int n = verdict_choose(chosen, r->ck, r->mark, &r->grade, -1);
    if (n == 0 || r->grade.overall.grade == GRADE_NONE)
        return;
    html_element(r->out, "h2", NULL, report_tr(r, N_("Executive comment")));
    buf_adds(r->out, "<p>");
    for (int i = 0; i < n; i++) {
        buf_adds(r->out, i > 0 && r->options->lang != LANG_JA ? " " : "");
        html_text(r->out, report_lt(r, &chosen[i]->say));
    }
    buf_adds(r->out, "</p>\n");
}

/* ---- Next three ---- */

static bool is_live(const struct gap *g)
{
    return g->status != ACTION_DONE && g->status != ACTION_DROPPED;
}

/* What a step changes when it is the only one. */
static void add_effect(struct buf *out, const struct report *r, const struct gap *g)
{
    char gain[8];
    score_format(gain, g->gain);
    if (gain[0] != '\0')
        buf_addf(out, report_tr(r, N_("+%s points")), gain);
    if (g->grade_after != GRADE_NONE && r->grade.overall.low_grade != GRADE_NONE && g->grade_after < r->grade.overall.low_grade)
        buf_addf(out, report_tr(r, N_(", grade %c")), report_letter(r, g->grade_after));
}

static void put_next_row(const struct report *r, const struct gap *g, int number)
{
    struct buf b = {0};
    buf_adds(r->out, "<tr>");
    buf_addf(&b, "%d", number);
    report_put(r, "th", "scope=\"row\"", &b);
    buf_adds(r->out, "<td><strong>");
    html_text(r->out, report_step(r, g->item, g->to));
    buf_addf(r->out, "</strong> (%s)<br/><span class=\"small\">", r->ck->item[g->item].id);
    buf_addf(&b, report_tr(r, N_("This week: %s")), report_lt(r, &g->step->first));
    html_text(r->out, buf_str(&b));
    buf_clear(&b);
    buf_adds(r->out, "</span></td>");
    html_element(r->out, "td", "class=\"k\"", report_lt(r, &r->ck->role[g->step->lead].brief));
    report_days(&b, r, g->cost.effort_tenths);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, g->cost.cost_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    add_effect(&b, r, g);
    report_put(r, "td", "class=\"k\"", &b);
    buf_adds(r->out, "</tr>\n");
    buf_release(&b);
}

static void put_next(const struct report *r)
{
    const struct report_head heads[] = {{"#", true}, {report_tr(r, N_("What to do")), false}, {report_tr(r, N_("Who leads")), false}, {report_tr(r, N_("Effort")), true}, {report_tr(r, N_("Cost")), true}, {report_tr(r, N_("What it changes")), false}, {NULL, false}};
    struct mark marks[ITEMS_MAX];
    int n = 0;
    report_low_marks(marks, r);
    html_element(r->out, "h2", NULL, report_tr(r, N_("The next three actions")));
    for (size_t i = 0; i < r->gaps.n && n < NEXT; i++) {
        const struct gap *g = &r->gaps.gap[i];
        if (!g->ready || !is_live(g) || g->step->to == 0)
            continue;
        if (n++ == 0)
            report_table_begin(r, report_tr(r, N_("What can begin now, in this order")), heads);
        put_next_row(r, g, n);
        marks[g->item] = (struct mark){ANSWER_LEVEL, g->to};
    }
    if (n > 0) {
        report_table_end(r);
        report_outcome(r, marks);
    } else {
        html_element(r->out, "p", NULL, report_tr(r, N_("Every item is at its target.")));
    }
}

/* ---- Cost ---- */

static void put_wave(const struct report *r, const char *name, int wave)
{
    struct buf b = {0};
    struct step_cost sum = {0};
    int n = 0;
    for (size_t i = 0; i < r->gaps.n; i++) {
        const struct gap *g = &r->gaps.gap[i];
        if (!is_live(g) || (wave < WAVE_COUNT && (int)g->wave != wave))
            continue;
        sum.effort_tenths += g->cost.effort_tenths;
        sum.cost_jpy += g->cost.cost_jpy;
        sum.run_jpy += g->cost.run_jpy;
        sum.stops += g->cost.stops;
        n++;
    }
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", name);
    buf_addf(r->out, "<td class=\"n\">%d</td>", n);
    report_days(&b, r, sum.effort_tenths);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, sum.cost_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, sum.run_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    buf_addf(r->out, "<td class=\"n\">%d</td></tr>\n", sum.stops);
    buf_release(&b);
}

static void put_cost(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("When")), false}, {report_tr(r, N_("Steps")), true}, {report_tr(r, N_("Effort")), true}, {report_tr(r, N_("Cost")), true}, {report_tr(r, N_("Running cost a year")), true}, {report_tr(r, N_("Line stops")), true}, {NULL, false}};
    if (r->gaps.n == 0)
        return;
    html_element(r->out, "h2", NULL, report_tr(r, N_("Cost to reach the targets")));
    report_table_begin(r, report_tr(r, N_("Estimates for orientation, scaled to the size of the site")), heads);
    put_wave(r, report_tr(r, N_("now: within a month, no budget")), WAVE_NOW);
    put_wave(r, report_tr(r, N_("next: within six months")), WAVE_NEXT);
    put_wave(r, report_tr(r, N_("later")), WAVE_LATER);
    put_wave(r, report_tr(r, N_("in all")), WAVE_COUNT);
    report_table_end(r);
}

void report_summary(const struct report *r)
{
    put_head(r);
    put_grade(r);
    buf_adds(r->out, "<div class=\"cols radar\">\n<div>\n");
    report_radar(r);
    buf_adds(r->out, "</div>\n<div>\n");
    put_sections(r);
    put_axes(r);
    buf_adds(r->out, "</div>\n</div>\n");
    put_comment(r);
    put_next(r);
    put_cost(r);
}
