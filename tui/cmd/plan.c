/* monshin plan: the exact best set of steps for what one can spend, or the cheapest way to a grade.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/method/plan.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

enum { DAYS_MAX = 99999, STOPS_MAX = 1000 };

/* ---- What is asked ---- */

/* One letter better than now is the natural question of somebody who asks none. */
static int next_grade(const struct assessment *a)
{
    struct grade_result r;
    grade_assessment(&r, a);
    int grade = r.overall.low_grade, worst = a->checklist->n_grades - 1;
    if (grade == GRADE_NONE)
        grade = worst;
    return grade > 0 ? grade - 1 : 0;
}

static int parse_target(const struct cmd *cmd, int *out, const struct checklist *ck)
{
    const char *s = cmd->value[OPT_TARGET];
    struct buf letters = {0};
    if (s == NULL)
        return STATUS_DONE;
    for (int g = 0; g < ck->n_grades; g++) {
        if (s[0] != '\0' && s[1] == '\0' &&
            (s[0] == ck->grade[g].letter || s[0] == ck->grade[g].letter - 'A' + 'a')) {
            *out = g;
            buf_release(&letters);
            return STATUS_DONE;
        }
        buf_addf(&letters, "%s%c", g > 0 ? ", " : "", ck->grade[g].letter);
    }
    int status = cmd_fail(cmd, STATUS_USAGE, s, T(cmd->cat, "is no grade; use one of %s"),
                          buf_str(&letters));
    buf_release(&letters);
    return status;
}

static int parse_request(const struct cmd *cmd, struct plan_request *q, const struct assessment *a)
{
    long long stops = -1, days = -1;
    *q = (struct plan_request){.budget = -1,
                               .days_tenths = -1,
                               .stops = -1,
                               .target = GRADE_NONE,
                               .day_rate = DAY_RATE_DEFAULT};
    int status = cmd_number(cmd, &q->budget, OPT_BUDGET, 0, YEN_MAX);
    if (status == STATUS_DONE)
        status = cmd_number(cmd, &days, OPT_DAYS, 0, DAYS_MAX);
    if (status == STATUS_DONE)
        status = cmd_number(cmd, &stops, OPT_STOPS, 0, STOPS_MAX);
    if (status == STATUS_DONE)
        status = cmd_number(cmd, &q->day_rate, OPT_DAY_RATE, 1, YEN_MAX);
    if (status == STATUS_DONE)
        status = parse_target(cmd, &q->target, a->checklist);
    q->days_tenths = days < 0 ? -1 : (long)days * 10;
    q->stops = (int)stops;
    if (q->target == GRADE_NONE && q->budget < 0 && q->days_tenths < 0 && q->stops < 0)
        q->target = next_grade(a);
    return status;
}

/* ---- The answer as a table ---- */

static const char *const TITLES[] = {N_("Item"),        N_("From"),      N_("To"),
                                     N_("Person-days"), N_("Cost, yen"), N_("Yen a year"),
                                     N_("Line stops")};

static bool usable(const struct plan_result *r)
{
    return r->status == PLAN_OPTIMAL || r->status == PLAN_BEST_FOUND;
}

static void fill(struct table *t, const struct assessment *a, const struct plan_result *r)
{
    struct buf days = {0};
    table_init(t, PLAN_COLUMNS, sizeof PLAN_COLUMNS / sizeof PLAN_COLUMNS[0]);
    for (size_t i = 0; usable(r) && i < r->n; i++) {
        const struct plan_step *s = &r->step[i];
        buf_clear(&days);
        words_days(&days, s->cost.effort_tenths);
        table_row(t);
        table_add(t, a->checklist->item[s->item].id);
        table_addf(t, "%d", s->to - 1);
        table_addf(t, "%d", s->to);
        table_add(t, buf_str(&days));
        table_addf(t, "%lld", s->cost.cost_jpy);
        table_addf(t, "%lld", s->cost.run_jpy);
        table_addf(t, "%d", s->cost.stops);
    }
    buf_release(&days);
}

static const char *status_word(enum plan_status status)
{
    switch (status) {
    case PLAN_OPTIMAL:
        return "optimal";
    case PLAN_BEST_FOUND:
        return "best-found";
    case PLAN_UNREACHABLE:
        return "unreachable";
    case PLAN_OVER_LIMITS:
        return "over-limits";
    case PLAN_CANCELLED:
    case PLAN_FAILED:
    case PLAN_NO_SOLVER:
        break;
    }
    return "failed";
}

static void put_element(struct buf *out, const char *name, long long n)
{
    buf_addf(out, "    <%s>%lld</%s>\n", name, n, name);
}

static void put_grade_element(struct buf *out, const struct checklist *ck, const char *name,
                              const struct grade_result *r)
{
    char score[8];
    score_format(score, r->overall.score);
    buf_addf(out, "    <%s>", name);
    if (r->overall.grade != GRADE_NONE)
        buf_addf(out, "<score>%s</score><grade>%c</grade>", score,
                 ck->grade[r->overall.grade].letter);
    buf_addf(out, "</%s>\n", name);
}

static void put_xml(struct buf *out, const struct assessment *a, const struct plan_request *q,
                    const struct plan_result *r)
{
    struct buf days = {0};
    struct table t;
    buf_addf(out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan>\n  <summary>\n    "
             "<status>%s</status>\n",
             status_word(r->status));
    if (q->target != GRADE_NONE)
        buf_addf(out, "    <target>%c</target>\n", a->checklist->grade[q->target].letter);
    if (r->status == PLAN_BEST_FOUND)
        buf_addf(out, "    <gap_percent>%.1f</gap_percent>\n", r->gap_percent);
    put_element(out, "open_items", r->n_open);
    if (usable(r)) {
        put_grade_element(out, a->checklist, "before", &r->before);
        put_grade_element(out, a->checklist, "after", &r->after);
        words_days(&days, r->effort_tenths);
        buf_addf(out, "    <effort_days>%s</effort_days>\n", buf_str(&days));
        put_element(out, "cost_jpy", r->cost_jpy);
        put_element(out, "run_jpy", r->run_jpy);
        put_element(out, "line_stop", r->stops);
        put_element(out, "total_jpy", r->total_cost);
    }
    if (r->status == PLAN_OVER_LIMITS) {
        words_days(&days, r->missing_days_tenths);
        put_element(out, "missing_jpy", r->missing_budget);
        buf_addf(out, "    <missing_days>%s</missing_days>\n", buf_str(&days));
        put_element(out, "missing_line_stop", r->missing_stops);
    }
    buf_adds(out, "  </summary>\n");
    fill(&t, a, r);
    table_xml_rows(out, &t, "row");
    table_release(&t);
    buf_adds(out, "</plan>\n");
    buf_release(&days);
}

/* ---- The summary in words ---- */

static void put_waves(struct buf *out, const struct cmd *cmd, const struct plan_result *r)
{
    for (int w = 0; w < WAVE_COUNT; w++) {
        struct buf line = {0}, days = {0};
        unsigned long n = 0;
        long tenths = 0;
        for (size_t i = 0; i < r->n; i++)
            if (r->step[i].wave == (enum wave)w) {
                tenths += r->step[i].cost.effort_tenths;
                n++;
            }
        words_days(&days, tenths);
        buf_addf(&line, TN(cmd->cat, "%s: %lu step, %s days", "%s: %lu steps, %s days", n),
                 words_wave(cmd->cat, (enum wave)w), n, buf_str(&days));
        if (n > 0)
            put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
        buf_release(&line);
        buf_release(&days);
    }
}

static void put_roles(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                      const struct plan_result *r)
{
    struct buf line = {0}, days = {0};
    for (int role = 0; role < ck->n_roles; role++) {
        long tenths = 0;
        bool leads = false;
        for (size_t i = 0; i < r->n; i++)
            if (r->step[i].lead == role) {
                tenths += r->step[i].cost.effort_tenths;
                leads = true;
            }
        if (!leads)
            continue;
        buf_clear(&days);
        words_days(&days, tenths);
        buf_adds(&line, line.len > 0 ? TC(cmd->cat, "list", ", ") : "");
        buf_addf(&line, T(cmd->cat, "%s %s days"), cmd_ltext(cmd, &ck->role[role].name),
                 buf_str(&days));
    }
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    buf_release(&line);
    buf_release(&days);
}

static void put_effect(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                       const struct plan_result *r)
{
    struct buf line = {0}, before = {0}, after = {0};
    words_grade(&before, ck, &r->before);
    words_grade(&after, ck, &r->after);
    buf_addf(&line, T(cmd->cat, "now %s, after it %s"), buf_str(&before), buf_str(&after));
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    buf_clear(&line);
    if (r->status == PLAN_OPTIMAL)
        buf_adds(&line, T(cmd->cat, "proven best"));
    else
        buf_addf(&line, T(cmd->cat, "best found, at most %.1f %% from the best"), r->gap_percent);
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    for (int s = 0; s < ck->n_sections; s++) {
        char from[8], to[8];
        score_format(from, r->before.section[s].score);
        score_format(to, r->after.section[s].score);
        if (strcmp(from, to) == 0)
            continue;
        buf_clear(&line);
        buf_addf(&line, T(cmd->cat, "%s from %s to %s"), cmd_ltext(cmd, &ck->section[s].brief),
                 from, to);
        put_wrapped(out, buf_str(&line), 4, TEXT_COLUMNS);
    }
    buf_release(&line);
    buf_release(&before);
    buf_release(&after);
}

static void put_summary(struct buf *out, const struct cmd *cmd, const struct assessment *a,
                        const struct plan_request *q, const struct plan_result *r)
{
    struct buf line = {0};
    cmd_put_site(out, cmd, a);
    if (q->target != GRADE_NONE)
        buf_addf(&line, T(cmd->cat, "The least costly way to grade %c:"),
                 a->checklist->grade[q->target].letter);
    else
        buf_adds(&line, T(cmd->cat, "The best within the limits:"));
    buf_addf(out, "%s\n", buf_str(&line));
    put_effect(out, cmd, a->checklist, r);
    buf_clear(&line);
    words_plan_takes(&line, cmd->cat, r);
    if (r->n_open > 0)
        buf_addf(&line,
                 TN(cmd->cat, "; %d open item counts as level 1",
                    "; %d open items count as level 1", (unsigned long)r->n_open),
                 r->n_open);
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    if (r->n > 0) {
        put_waves(out, cmd, r);
        put_roles(out, cmd, a->checklist, r);
    }
    buf_release(&line);
}

/* ---- Text ---- */

static void put_step(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                     const struct plan_step *s, size_t number)
{
    struct buf b = {0};
    buf_addf(out, "%4zu  ", number);
    text_fit(out, ck->item[s->item].id, 6, true);
    buf_addf(out, "%d>%d  ", s->to - 1, s->to);
    text_fit(out, words_wave(cmd->cat, s->wave), 7, true);
    text_fit(out, cmd_ltext(cmd, &ck->role[s->lead].brief), 12, true);
    words_days(&b, s->cost.effort_tenths);
    put_right(out, buf_str(&b), 7);
    buf_clear(&b);
    words_digits(&b, s->cost.cost_jpy);
    put_right(out, s->cost.cost_jpy > 0 ? buf_str(&b) : "-", 14);
    if (s->cost.stops > 0)
        put_right(out, T(cmd->cat, "stop" /* max 7 columns */), 8);
    buf_addc(out, '\n');
    put_wrapped(out, words_step(cmd->cat, ck, s->item, s->to), 12, TEXT_COLUMNS);
    buf_release(&b);
}

static int put_text(const struct cmd *cmd, const struct assessment *a, const struct plan_result *r)
{
    struct buf out = {0};
    for (size_t i = 0; i < r->n; i++)
        put_step(&out, cmd, a->checklist, &r->step[i], i + 1);
    if (r->n == 0)
        buf_addf(&out, "%s\n", T(cmd->cat, "No step is needed or fits."));
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

static int put_answer(const struct cmd *cmd, const struct assessment *a,
                      const struct plan_request *q, const struct plan_result *r)
{
    struct buf out = {0};
    struct table t;
    int status;
    switch (cmd->format) {
    case FORMAT_TEXT:
        return usable(r) ? put_text(cmd, a, r) : STATUS_DONE;
    case FORMAT_XML:
        put_xml(&out, a, q, r);
        status = cmd_put(cmd, &out);
        buf_release(&out);
        return status;
    case FORMAT_CSV:
    case FORMAT_XLSX:
    case FORMAT_HTML:
        break;
    }
    fill(&t, a, r);
    status = cmd_put_table(cmd, &t, "plan", TITLES);
    table_release(&t);
    return status;
}

/* Why there is no plan: one line, and the status for it. */
static int complain(const struct cmd *cmd, const struct assessment *a, const struct plan_result *r)
{
    struct buf line = {0};
    int status = STATUS_BAD;
    if (r->status == PLAN_UNREACHABLE) {
        words_plan_why(&line, cmd->cat, a->checklist, r);
    } else if (r->status == PLAN_OVER_LIMITS) {
        words_plan_missing(&line, cmd->cat, r);
    } else {
        words_plan_failed(&line, cmd->cat, r);
        status = STATUS_TROUBLE;
    }
    cmd_fail(cmd, status, cmd->operand[0], "%s", buf_str(&line));
    buf_release(&line);
    return status;
}

/* The summary stands on standard error, so that the steps alone can be piped on. */
static int put_all(const struct cmd *cmd, const struct assessment *a, const struct plan_request *q,
                   const struct plan_result *r)
{
    struct buf summary = {0};
    int status = STATUS_DONE;
    if (!usable(r))
        status = complain(cmd, a, r);
    else if (cmd->format != FORMAT_XML) {
        put_summary(&summary, cmd, a, q, r);
        if (cmd->format == FORMAT_TEXT)
            buf_addc(&summary, '\n');
        cmd_say(cmd, stderr, buf_str(&summary), summary.len);
    }
    int put = put_answer(cmd, a, q, r);
    buf_release(&summary);
    return put > status ? put : status;
}

int cmd_plan(struct cmd *cmd)
{
    struct plan_request request;
    struct plan_result result = {0};
    char today[ISO_SIZE];
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    if (a == NULL)
        return STATUS_TROUBLE;
    int status = parse_request(cmd, &request, a);
    if (status == STATUS_DONE) {
        cmd_now(today);
        plan_solve(&result, a, &request, today);
        status = put_all(cmd, a, &request, &result);
        plan_release(&result);
    }
    assessment_free(a);
    return status;
}
