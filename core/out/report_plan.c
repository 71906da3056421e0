/* The plan: what has been decided, by the quarter in which it is due, what it takes and what it changes; and how the actions got where they
 * are. A plan that was accepted is in the file as its actions, so this is the plan as it stands today, not as it was on the day. */
#include "core/out/report_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { QUARTER_NONE = 99999 };

/* What falls into one quarter (year * 4 + 0..3), or has no date. */
struct due {
    int quarter, steps;
    struct step_cost sum;
};

static bool planned(const struct action *x)
{
    return x->status == ACTION_OPEN || x->status == ACTION_DOING;
}

static int quarter_of(const struct action *x)
{
    int year, month;
    return sscanf(x->due, "%4d-%2d", &year, &month) == 2 && month >= 1 && month <= 12 ? year * 4 + (month - 1) / 3 : QUARTER_NONE;
}

static void add(struct due *d, const struct report *r, const struct action *x)
{
    struct step_cost cost;
    step_cost(&cost, r->a, x->item, x->to);
    d->steps++;
    d->sum.effort_tenths += cost.effort_tenths;
    d->sum.cost_jpy += cost.cost_jpy;
    d->sum.run_jpy += cost.run_jpy;
    d->sum.stops += cost.stops;
}

static int by_quarter(const void *a, const void *b)
{
    const struct due *x = a, *y = b;
    return (x->quarter > y->quarter) - (x->quarter < y->quarter);
}

/* Returns how many quarters; out has room for all actions. */
static size_t collect(struct due *out, const struct report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->a->n_actions; i++) {
        const struct action *x = &r->a->action[i];
        size_t k = 0;
        if (!planned(x))
            continue;
        while (k < n && out[k].quarter != quarter_of(x))
            k++;
        if (k == n)
            out[n++] = (struct due){.quarter = quarter_of(x)};
        add(&out[k], r, x);
    }
    qsort(out, n, sizeof *out, by_quarter);
    return n;
}

static void put_row(const struct report *r, const char *name, const struct due *d)
{
    struct buf b = {0};
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", name);
    buf_addf(r->out, "<td class=\"n\">%d</td>", d->steps);
    report_days(&b, r, d->sum.effort_tenths);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, d->sum.cost_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    report_yen(&b, r, d->sum.run_jpy);
    report_put(r, "td", "class=\"n\"", &b);
    buf_addf(r->out, "<td class=\"n\">%d</td></tr>\n", d->sum.stops);
    buf_release(&b);
}

static void put_quarter(const struct report *r, const struct due *d)
{
    struct buf name = {0};
    int year = d->quarter / 4, first = d->quarter % 4 * 3 + 1;
    if (d->quarter == QUARTER_NONE)
        buf_adds(&name, report_tr(r, N_("without a date")));
    else
        buf_addf(&name, report_tr(r, N_("%d, months %d to %d")), year, first, first + 2);
    put_row(r, buf_str(&name), d);
    buf_release(&name);
}

static void put_table(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("Due")), false}, {report_tr(r, N_("Steps")), true}, {report_tr(r, N_("Effort")), true}, {report_tr(r, N_("Cost")), true}, {report_tr(r, N_("Running cost a year")), true}, {report_tr(r, N_("Line stops")), true}, {NULL, false}};
    struct due *due = xcalloc(r->a->n_actions, sizeof *due), all = {0};
    size_t n = collect(due, r);
    report_table_begin(r, report_tr(r, N_("What is planned: the site's own figures, else estimates for orientation")), heads);
    for (size_t i = 0; i < n; i++)
        put_quarter(r, &due[i]);
    for (size_t i = 0; i < r->a->n_actions; i++)
        if (planned(&r->a->action[i]))
            add(&all, r, &r->a->action[i]);
    put_row(r, report_tr(r, N_("in all")), &all);
    report_table_end(r);
    free(due);
}

/* What the planned steps come to when they are done. */
static void put_outcome(const struct report *r)
{
    struct mark marks[ITEMS_MAX];
    report_low_marks(marks, r);
    for (size_t i = 0; i < r->a->n_actions; i++) {
        const struct action *x = &r->a->action[i];
        struct mark *m = &marks[x->item];
        if (x->status != ACTION_DROPPED && m->state == ANSWER_LEVEL && x->to > m->level)
            m->level = x->to;
    }
    report_outcome(r, marks);
}

void report_plan(const struct report *r)
{
    int n = 0;
    for (size_t i = 0; i < r->a->n_actions; i++)
        n += planned(&r->a->action[i]);
    if (n == 0)
        return;
    html_element(r->out, "h2", NULL, report_tr(r, N_("The plan")));
    put_table(r);
    put_outcome(r);
}

/* ---- What has happened ---- */

struct event {
    const struct action *action;
    struct action_event what;
};

static int newest_first(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    return strncmp(y->what.time, x->what.time, 19);
}

static size_t count_lines(const struct report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->a->n_actions; i++)
        for (const char *c = r->a->action[i].history; *c != '\0'; c++)
            n += *c == '\n';
    return n + r->a->n_actions;
}

static size_t collect_events(struct event *out, const struct report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->a->n_actions; i++) {
        const char *history = r->a->action[i].history;
        while (action_event_next(&out[n].what, &history))
            out[n++].action = &r->a->action[i];
    }
    qsort(out, n, sizeof *out, newest_first);
    return n;
}

static void put_event(const struct report *r, const struct event *e)
{
    struct buf b = {0};
    const struct person *owner = assessment_person(r->a, e->what.owner);
    buf_adds(r->out, "<tr>");
    buf_addf(&b, "%.10s", e->what.time);
    report_put(r, "td", "class=\"k\"", &b);
    buf_addf(&b, "%s %d>%d", r->ck->item[e->action->item].id, e->action->to - 1, e->action->to);
    report_put(r, "th", "scope=\"row\" class=\"k\"", &b);
    html_element(r->out, "td", NULL, report_step(r, e->action->item, e->action->to));
    html_element(r->out, "td", "class=\"k\"", report_status(r, e->what.status));
    html_element(r->out, "td", NULL, owner != NULL ? owner->name : e->what.owner);
    buf_adds(r->out, "</tr>\n");
    buf_release(&b);
}

void report_history(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("Date")), false}, {report_tr(r, N_("Step")), false}, {report_tr(r, N_("What to do")), false}, {report_tr(r, N_("Status")), false}, {report_tr(r, N_("Owner")), false}, {NULL, false}};
    struct event *events = xcalloc(count_lines(r) + 1, sizeof *events);
    size_t n = collect_events(events, r);
    if (n > 0) {
        html_element(r->out, "h3", NULL, report_tr(r, N_("What has happened")));
        report_table_begin(r, report_tr(r, N_("Changes of status and owner, the newest first")), heads);
        for (size_t i = 0; i < n; i++)
            put_event(r, &events[i]);
        report_table_end(r);
    }
    free(events);
}
