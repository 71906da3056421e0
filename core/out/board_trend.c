/* What has changed since an earlier roll-up, or since the round before. */
#include <stdlib.h>
#include <string.h>

#include "core/out/board_priv.h"

struct moves {
    size_t up, down, same, unclear, fresh; /* unclear: no grade on one side */
};

static void count_moves(struct moves *out, const struct board_doc *d)
{
    *out = (struct moves){0};
    for (size_t i = 0; i < d->b->n; i++) {
        const struct board_site *s = &d->b->site[i];
        int now = board_site(d->b, i)->grade;
        if (!s->has_then)
            out->fresh++;
        else if (now == GRADE_NONE || s->then.grade == GRADE_NONE)
            out->unclear++;
        else if (now < s->then.grade)
            out->up++;
        else if (now > s->then.grade)
            out->down++;
        else
            out->same++;
    }
}

/* Means of the sites that have a score on both sides, in tenths, cut. section -1: overall. false: there are none. */
static bool means(int *then, int *now, const struct board_doc *d, int section)
{
    long sum_then = 0, sum_now = 0, n = 0;
    for (size_t i = 0; i < d->b->n; i++) {
        const struct board_site *s = &d->b->site[i];
        const struct rollup_site *site = board_site(d->b, i);
        int a = section < 0 ? s->then.score : s->then.section_score[section], b = section < 0 ? site->score : site->section_score[section];
        if (!s->has_then || a < 0 || b < 0)
            continue;
        sum_then += a;
        sum_now += b;
        n++;
    }
    if (n == 0)
        return false;
    *then = (int)(sum_then / n);
    *now = (int)(sum_now / n);
    return true;
}

static void put_change(const struct board_doc *d, int then, int now)
{
    struct buf b = {0};
    int by = now - then;
    if (then < 0 || now < 0)
        buf_adds(&b, "\xe2\x80\x93");
    else
        buf_addf(&b, "%s%d.%d", by > 0 ? "\xe2\x96\xb2 +" : by < 0 ? "\xe2\x96\xbc \xe2\x88\x92" : "\xc2\xb1", abs(by) / 10, abs(by) % 10);
    report_put(&d->w, "td", "class=\"n\"", &b);
    buf_release(&b);
}

static void put_mean(const struct board_doc *d, const char *name, int section)
{
    int then, now;
    if (!means(&then, &now, d, section))
        return;
    buf_adds(d->w.out, "<tr>");
    html_element(d->w.out, "th", "scope=\"row\"", name);
    board_score_cell(d, then);
    board_score_cell(d, now);
    put_change(d, then, now);
    buf_adds(d->w.out, "</tr>\n");
}

static void put_means(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Mean score")), false}, {report_tr(&d->w, N_("Then")), true}, {report_tr(&d->w, N_("Now")), true}, {report_tr(&d->w, N_("Change")), true}, {NULL, false}};
    struct buf b = {0};
    buf_addf(&b, report_tr(&d->w, N_("Sites that can be compared: %zu")), d->b->n_then);
    report_table_begin(&d->w, buf_str(&b), heads);
    put_mean(d, report_tr(&d->w, N_("Overall")), -1);
    for (int s = 0; s < d->w.ck->n_sections; s++)
        put_mean(d, report_lt(&d->w, &d->w.ck->section[s].brief), s);
    report_table_end(&d->w);
    buf_release(&b);
}

void board_trend(const struct board_doc *d)
{
    struct moves m;
    struct buf b = {0};
    count_moves(&m, d);
    html_element(d->w.out, "h2", NULL, d->b->since ? report_tr(&d->w, N_("Trend since the earlier roll-up")) : report_tr(&d->w, N_("Trend since the round before")));
    if (d->b->n_then == 0) {
        html_element(d->w.out, "p", NULL, d->b->since ? report_tr(&d->w, N_("None of these sites is in the earlier roll-up.")) : report_tr(&d->w, N_("No site has an earlier round yet.")));
        return;
    }
    put_means(d);
    buf_addf(&b, report_tr(&d->w, N_("Grade better: %zu, worse: %zu, the same: %zu.")), m.up, m.down, m.same);
    if (m.unclear > 0)
        buf_addf(&b, report_tr(&d->w, N_(" Without a grade then or now: %zu.")), m.unclear);
    if (d->b->since)
        buf_addf(&b, report_tr(&d->w, N_(" New sites: %zu, gone: %zu.")), m.fresh, d->b->n_gone);
    else if (m.fresh > 0)
        buf_addf(&b, report_tr(&d->w, N_(" Without an earlier round: %zu.")), m.fresh);
    report_put(&d->w, "p", NULL, &b);
    buf_release(&b);
}

/* ---- Site by site ---- */

static void put_matrix_row(const struct board_doc *d, int from)
{
    int n = d->w.ck->n_grades;
    buf_adds(d->w.out, "<tr><th scope=\"row\" class=\"k\">");
    board_grade(d, from);
    buf_adds(d->w.out, "</th>");
    for (int to = 0; to <= n; to++) {
        int want = to == n ? GRADE_NONE : to;
        long long count = 0;
        for (size_t i = 0; i < d->b->n; i++)
            count += d->b->site[i].has_then && d->b->site[i].then.grade == from && board_site(d->b, i)->grade == want;
        board_number(d, count);
    }
    buf_adds(d->w.out, "</tr>\n");
}

static void put_matrix(const struct board_doc *d)
{
    int n = d->w.ck->n_grades;
    buf_adds(d->w.out, "<table class=\"narrow\">\n");
    html_element(d->w.out, "caption", NULL, report_tr(&d->w, N_("From which grade (rows) to which (columns): number of sites")));
    buf_adds(d->w.out, "<thead><tr>");
    html_element(d->w.out, "th", "scope=\"col\"", report_tr(&d->w, N_("Then, now")));
    for (int to = 0; to <= n; to++) {
        buf_adds(d->w.out, "<th scope=\"col\" class=\"n\">");
        board_grade(d, to == n ? GRADE_NONE : to);
        buf_adds(d->w.out, "</th>");
    }
    buf_adds(d->w.out, "</tr></thead>\n<tbody>\n");
    for (int from = 0; from <= n; from++)
        put_matrix_row(d, from == n ? GRADE_NONE : from);
    report_table_end(&d->w);
}

static void put_name(const struct board_doc *d, const char *name, const char *id)
{
    buf_adds(d->w.out, "<tr><th scope=\"row\">");
    html_text(d->w.out, name[0] != '\0' ? name : id);
    buf_adds(d->w.out, " <span class=\"small\">");
    html_text(d->w.out, id);
    buf_adds(d->w.out, "</span></th>");
}

static void put_side(const struct board_doc *d, const char *round, const char *date, int grade, int score)
{
    struct buf b = {0};
    buf_addf(&b, "%s (%s)", date[0] != '\0' ? date : "\xe2\x80\x93", round);
    report_put(&d->w, "td", "class=\"k\"", &b);
    buf_adds(d->w.out, "<td>");
    board_grade(d, grade);
    buf_adds(d->w.out, "</td>");
    board_score_cell(d, score);
    buf_release(&b);
}

static void put_move(const struct board_doc *d, size_t i)
{
    const struct rollup_site *s = board_site(d->b, i);
    const struct board_then *t = &d->b->site[i].then;
    put_name(d, s->name, s->id);
    put_side(d, t->round, t->date, t->grade, t->score);
    put_side(d, s->round, s->date, s->grade, s->score);
    put_change(d, t->score, s->score);
    buf_adds(d->w.out, "</tr>\n");
}

static void put_list(const struct board_doc *d, const char *label, bool gone)
{
    size_t n = gone ? d->b->n_gone : d->b->n;
    buf_adds(d->w.out, "<p>");
    html_text(d->w.out, label);
    for (size_t i = 0, shown = 0; i < n; i++) {
        if (!gone && d->b->site[i].has_then)
            continue;
        const char *id = gone ? d->b->gone[i].id : board_site(d->b, i)->id, *name = gone ? d->b->gone[i].name : board_site(d->b, i)->name;
        buf_adds(d->w.out, shown++ == 0 ? " " : "; ");
        html_text(d->w.out, name[0] != '\0' ? name : id);
        buf_adds(d->w.out, " (");
        html_text(d->w.out, id);
        buf_adds(d->w.out, ")");
    }
    buf_adds(d->w.out, "</p>\n");
}

void board_moves(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Site")), false}, {report_tr(&d->w, N_("Then (round)")), false}, {report_tr(&d->w, N_("Grade")), false}, {report_tr(&d->w, N_("Score")), true}, {report_tr(&d->w, N_("Now (round)")), false}, {report_tr(&d->w, N_("Grade")), false}, {report_tr(&d->w, N_("Score")), true}, {report_tr(&d->w, N_("Change")), true}, {NULL, false}};
    if (d->b->n_then == 0 && !d->b->since)
        return;
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("Trend, site by site")));
    if (d->b->n_then > 0) {
        put_matrix(d);
        report_table_begin(&d->w, report_tr(&d->w, N_("Sites that can be compared, the best first")), heads);
        for (size_t i = 0; i < d->b->n; i++)
            if (d->b->site[i].has_then)
                put_move(d, i);
        report_table_end(&d->w);
    }
    if (d->b->n_then < d->b->n)
        put_list(d, d->b->since ? report_tr(&d->w, N_("New sites:")) : report_tr(&d->w, N_("Sites without an earlier round:")), false);
    if (d->b->n_gone > 0)
        put_list(d, report_tr(&d->w, N_("Sites that are no longer there:")), true);
}
