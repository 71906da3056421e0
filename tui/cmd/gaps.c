/* monshin gaps: the next actions in the order to do them. */
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

/* Whoever has taken it on; else the role that the checklist would have lead. */
static const char *owner_of(const struct assessment *a, const struct gap *g)
{
    const struct person *p = g->action != NULL ? assessment_person(a, g->action->owner) : NULL;
    if (p != NULL)
        return p->name[0] != '\0' ? p->name : p->id;
    return g->step->to != 0 ? a->checklist->role[g->step->lead].id : "";
}

static void add_reason(struct table *t, const struct cmd *cmd, const struct assessment *a,
                       const struct gap *g, int low_grade)
{
    struct buf reason = {0};
    words_blocked(&reason, cmd->cat, a->checklist, g);
    buf_adds(&reason, reason.len > 0 ? "; " : "");
    words_why(&reason, cmd->cat, a->checklist, g, low_grade);
    table_add(t, buf_str(&reason));
    buf_release(&reason);
}

void gaps_add_cells(struct table *t, const struct cmd *cmd, const struct assessment *a,
                    const struct gap *g, size_t rank, int low_grade)
{
    const struct checklist *ck = a->checklist;
    struct buf days = {0};
    words_days(&days, g->cost.effort_tenths);
    table_addf(t, "%zu", rank);
    table_add(t, ck->item[g->item].id);
    table_add(t, ck->section[ck->item[g->item].section].id);
    table_addf(t, "%d", g->from);
    table_addf(t, "%d", g->to);
    table_addf(t, "%d", g->target);
    table_add(t, wave_word(g->wave));
    table_add(t, g->ready ? "yes" : "no");
    table_add(t, owner_of(a, g));
    table_add(t, buf_str(&days));
    table_addf(t, "%lld", g->cost.cost_jpy);
    table_addf(t, "%lld", g->cost.run_jpy);
    table_addf(t, "%d", g->cost.stops);
    table_add(t, action_status_word(g->status));
    table_add(t, words_step(cmd->cat, ck, g->item, g->to));
    add_reason(t, cmd, a, g, low_grade);
    buf_release(&days);
}

/* ---- Text ---- */

static void put_note(struct buf *out, const struct buf *line)
{
    put_wrapped(out, buf_str(line), 12, TEXT_COLUMNS);
}

static void put_who(struct buf *out, const struct cmd *cmd, const struct assessment *a,
                    const struct gap *g)
{
    const struct person *p = g->action != NULL ? assessment_person(a, g->action->owner) : NULL;
    if (p != NULL)
        text_fit(out, p->name[0] != '\0' ? p->name : p->id, 12, true);
    else
        text_fit(out,
                 g->step->to != 0 ? cmd_ltext(cmd, &a->checklist->role[g->step->lead].brief) : "",
                 12, true);
}

static void put_status(struct buf *out, const struct cmd *cmd, const struct gap *g)
{
    struct buf line = {0};
    if (g->action == NULL)
        return;
    buf_addf(&line, T(cmd->cat, "Status: %s"), words_status(cmd->cat, g->status));
    if (g->action->due[0] != '\0')
        buf_addf(&line, T(cmd->cat, ", due %s"), g->action->due);
    if (g->stale)
        buf_addf(&line, ", %s", T(cmd->cat, "has not moved for 90 days"));
    put_note(out, &line);
    buf_release(&line);
}

static void put_gap(struct buf *out, const struct cmd *cmd, const struct assessment *a,
                    const struct gap *g, size_t rank)
{
    const struct checklist *ck = a->checklist;
    struct buf b = {0};
    buf_addf(out, "%4zu  ", rank);
    text_fit(out, ck->item[g->item].id, 5, true);
    buf_addf(out, "%c%d>%d  ", ck->item[g->item].key ? '*' : ' ', g->from, g->to);
    text_fit(out, words_wave(cmd->cat, g->wave), 7, true);
    put_who(out, cmd, a, g);
    words_days(&b, g->cost.effort_tenths);
    put_right(out, buf_str(&b), 7);
    buf_clear(&b);
    words_digits(&b, g->cost.cost_jpy);
    put_right(out, g->cost.cost_jpy > 0 ? buf_str(&b) : "-", 14);
    buf_clear(&b);
    words_digits(&b, g->cost.run_jpy);
    put_right(out, g->cost.run_jpy > 0 ? buf_str(&b) : "-", 14);
    put_right(out, g->cost.stops > 0 ? T(cmd->cat, "stop" /* max 7 columns */) : "", 8);
    while (out->p[out->len - 1] == ' ')
        buf_cut(out, out->len - 1);
    buf_addc(out, '\n');
    put_wrapped(out, words_step(cmd->cat, ck, g->item, g->to), 12, TEXT_COLUMNS);
    buf_clear(&b);
    words_blocked(&b, cmd->cat, ck, g);
    if (b.len > 0)
        put_note(out, &b);
    put_status(out, cmd, g);
    buf_release(&b);
}

static void put_head(struct buf *out, const struct cmd *cmd)
{
    buf_adds(out, "   #  ");
    text_fit(out, T(cmd->cat, "Item" /* max 5 columns */), 5, true);
    buf_addc(out, ' ');
    text_fit(out, T(cmd->cat, "Step" /* max 4 columns */), 5, true);
    text_fit(out, T(cmd->cat, "Wave" /* max 6 columns */), 7, true);
    text_fit(out, T(cmd->cat, "Who" /* max 8 columns */), 12, true);
    put_right(out, T(cmd->cat, "Days" /* max 4 columns */), 7);
    put_right(out, T(cmd->cat, "Yen" /* max 7 columns */), 14);
    put_right(out, T(cmd->cat, "Yen a year" /* max 13 columns */), 14);
    buf_addc(out, '\n');
}

static void put_total(struct buf *out, const struct cmd *cmd, const struct gaps *gaps)
{
    struct buf days = {0}, yen = {0};
    long tenths = 0;
    long long cost = 0;
    size_t n = 0;
    for (size_t i = 0; i < gaps->n; i++) {
        const struct gap *g = &gaps->gap[i];
        if (g->status == ACTION_DONE || g->status == ACTION_DROPPED)
            continue;
        tenths += g->cost.effort_tenths;
        cost += g->cost.cost_jpy;
        n++;
    }
    words_days(&days, tenths);
    words_digits(&yen, cost);
    buf_addc(out, '\n');
    buf_addf(out,
             TN(cmd->cat, "%lu step, about %s days and %s yen",
                "%lu steps, about %s days and %s yen", (unsigned long)n),
             (unsigned long)n, buf_str(&days), buf_str(&yen));
    buf_addc(out, '\n');
    put_wrapped(out,
                T(cmd->cat, "Days and yen are estimates for orientation, scaled to the size of the "
                            "site; overwrite them where you know better."),
                0, TEXT_COLUMNS);
    buf_addf(out, "%s\n", T(cmd->cat, "* key item"));
    buf_release(&days);
    buf_release(&yen);
}

static int put_text(const struct cmd *cmd, const struct assessment *a, const struct gaps *gaps)
{
    struct buf out = {0};
    cmd_put_site(&out, cmd, a);
    buf_addc(&out, '\n');
    if (gaps->n == 0) {
        buf_addf(&out, "%s\n", T(cmd->cat, "Every item is at its target."));
    } else {
        put_head(&out, cmd);
        for (size_t i = 0; i < gaps->n; i++)
            put_gap(&out, cmd, a, &gaps->gap[i], i + 1);
        put_total(&out, cmd, gaps);
    }
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

static int put_table(const struct cmd *cmd, const struct assessment *a, const struct gaps *gaps)
{
    static const char *const titles[] = {
        N_("Rank"),       N_("Item"),        N_("Section"),    N_("From"),
        N_("To"),         N_("Target"),      N_("Wave"),       N_("Ready"),
        N_("Owner"),      N_("Person-days"), N_("Cost, yen"),  N_("Yen a year"),
        N_("Line stops"), N_("Status"),      N_("What to do"), N_("Why here")};
    struct grade_result grade;
    struct table t;
    grade_assessment(&grade, a);
    table_init(&t, GAPS_COLUMNS, sizeof GAPS_COLUMNS / sizeof GAPS_COLUMNS[0]);
    for (size_t i = 0; i < gaps->n; i++) {
        table_row(&t);
        gaps_add_cells(&t, cmd, a, &gaps->gap[i], i + 1, grade.overall.low_grade);
    }
    int status = cmd_put_table(cmd, &t, "gaps", titles);
    table_release(&t);
    return status;
}

int cmd_gaps(struct cmd *cmd)
{
    struct gaps gaps;
    char today[ISO_SIZE];
    long long day_rate = DAY_RATE_DEFAULT;
    int status = cmd_number(cmd, &day_rate, OPT_DAY_RATE, 1, YEN_MAX);
    if (status != STATUS_DONE)
        return status;
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    if (a == NULL)
        return STATUS_TROUBLE;
    cmd_now(today);
    gaps_compute(&gaps, a, today, day_rate);
    status = cmd->format == FORMAT_TEXT ? put_text(cmd, a, &gaps) : put_table(cmd, a, &gaps);
    gaps_release(&gaps);
    assessment_free(a);
    return status;
}
