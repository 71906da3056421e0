/* What is to be done: the steps that somebody has decided on (by hand or by accepting a plan), then the others that lead to the targets. */
#include "core/out/report_priv.h"

const char *report_status(const struct report *r, enum action_status status)
{
    switch (status) {
    case ACTION_OPEN:
        return report_tr(r, N_("not begun"));
    case ACTION_DOING:
        return report_tr(r, N_("being done"));
    case ACTION_DONE:
        return report_tr(r, N_("done"));
    case ACTION_DROPPED:
        return report_tr(r, N_("dropped"));
    case ACTION_STATUS_COUNT:
        break;
    }
    return "";
}

static void put_step(const struct report *r, int item, int to)
{
    struct buf b = {0};
    buf_addf(&b, "%s %d>%d", r->ck->item[item].id, to - 1, to);
    report_put(r, "th", "scope=\"row\" class=\"k\"", &b);
    buf_adds(r->out, "<td>");
    html_text(r->out, report_step(r, item, to));
    buf_release(&b);
}

static const char *lead_name(const struct report *r, int item, int to)
{
    const struct ck_step *step = &r->ck->item[item].step[to - 2];
    return step->to != 0 ? report_lt(r, &r->ck->role[step->lead].brief) : "";
}

static void put_figures(const struct report *r, const struct step_cost *cost)
{
    struct buf b = {0};
    report_days(&b, r, cost->effort_tenths);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, cost->cost_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    buf_release(&b);
}

/* ---- Decided ---- */

static bool is_stale(const struct report *r, const struct action *x)
{
    for (size_t i = 0; i < r->gaps.n; i++)
        if (r->gaps.gap[i].action == x)
            return r->gaps.gap[i].stale;
    return false;
}

static void put_action(const struct report *r, const struct action *x)
{
    const struct person *owner = assessment_person(r->a, x->owner);
    struct step_cost cost;
    struct buf b = {0};
    step_cost(&cost, r->a, x->item, x->to);
    buf_adds(r->out, "<tr>");
    put_step(r, x->item, x->to);
    if (x->note[0] != '\0') {
        buf_adds(r->out, "<br/><span class=\"small\">");
        html_lines(r->out, x->note);
        buf_adds(r->out, "</span>");
    }
    buf_adds(r->out, "</td>");
    if (owner != NULL)
        buf_adds(&b, owner->name);
    else
        buf_addf(&b, report_tr(r, N_("nobody yet (%s)")), lead_name(r, x->item, x->to));
    report_put(r, "td", NULL, &b);
    html_element(r->out, "td", "class=\"k\"", x->due[0] != '\0' ? x->due : "-");
    buf_adds(&b, report_status(r, x->status));
    if (is_stale(r, x))
        buf_addf(&b, "%s%s", report_tr(r, N_(", ")), report_tr(r, N_("has not moved for 90 days")));
    report_put(r, "td", NULL, &b);
    put_figures(r, &cost);
    buf_adds(r->out, "</tr>\n");
    buf_release(&b);
}

static void put_decided(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("Step")), false}, {report_tr(r, N_("What to do")), false}, {report_tr(r, N_("Owner")), false}, {report_tr(r, N_("Due")), false}, {report_tr(r, N_("Status")), false}, {report_tr(r, N_("Effort")), true}, {report_tr(r, N_("Cost")), true}, {NULL, false}};
    html_element(r->out, "h3", NULL, report_tr(r, N_("Decided")));
    if (r->a->n_actions == 0) {
        html_element(r->out, "p", NULL, report_tr(r, N_("Nothing has been decided yet: no step has an owner, a date or a plan.")));
        return;
    }
    report_table_begin(r, report_tr(r, N_("Steps that have been taken on or planned")), heads);
    for (size_t i = 0; i < r->a->n_actions; i++)
        put_action(r, &r->a->action[i]);
    report_table_end(r);
}

/* ---- The rest ---- */

static const char *wave_name(const struct report *r, enum wave wave)
{
    switch (wave) {
    case WAVE_NOW:
        return report_tr(r, N_("within a month"));
    case WAVE_NEXT:
        return report_tr(r, N_("within six months"));
    case WAVE_LATER:
        return report_tr(r, N_("later"));
    case WAVE_COUNT:
        break;
    }
    return "";
}

static void put_gap(const struct report *r, const struct gap *g, size_t rank)
{
    struct buf b = {0};
    buf_addf(r->out, "<tr><td class=\"n\">%zu</td>", rank);
    put_step(r, g->item, g->to);
    for (int i = 0; i < g->n_blocked_by; i++) {
        const struct ck_requires *need = &g->blocked_by[i];
        buf_addf(&b, report_tr(r, N_("needs %s \"%s\" at level %d")), r->ck->item[need->item].id, report_lt(r, &r->ck->item[need->item].label),
                 need->level);
        buf_adds(r->out, "<br/>");
        report_put(r, "span", "class=\"small\"", &b);
    }
    buf_adds(r->out, "</td>");
    html_element(r->out, "td", "class=\"k\"", lead_name(r, g->item, g->to));
    html_element(r->out, "td", "class=\"k\"", wave_name(r, g->wave));
    put_figures(r, &g->cost);
    buf_addf(r->out, "<td class=\"n\">%d</td></tr>\n", g->cost.stops);
    buf_release(&b);
}

static void put_rest(const struct report *r)
{
    const struct report_head heads[] = {{"#", true}, {report_tr(r, N_("Step")), false}, {report_tr(r, N_("What to do")), false}, {report_tr(r, N_("Who leads")), false}, {report_tr(r, N_("When")), false}, {report_tr(r, N_("Effort")), true}, {report_tr(r, N_("Cost")), true}, {report_tr(r, N_("Line stops")), true}, {NULL, false}};
    size_t n = 0;
    for (size_t i = 0; i < r->gaps.n; i++) {
        if (r->gaps.gap[i].action != NULL)
            continue;
        if (n++ == 0) {
            html_element(r->out, "h3", NULL, report_tr(r, N_("Not decided yet")));
            report_table_begin(r, report_tr(r, N_("Steps to the targets, in the order to do them; the number is the rank in the whole list")),
                               heads);
        }
        put_gap(r, &r->gaps.gap[i], i + 1);
    }
    if (n > 0)
        report_table_end(r);
}

void report_actions(const struct report *r)
{
    html_element(r->out, "h2", "class=\"page\"", report_tr(r, N_("Actions")));
    put_decided(r);
    put_rest(r);
    report_history(r);
}
