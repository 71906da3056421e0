/* See report.h: the frame, and what its parts share. */
#include "core/out/report_priv.h"

#include <stdlib.h>

#include "core/base/mem.h"

const char *report_tr(const struct report *r, const char *msgid)
{
    return r->options->tr(r->options->cookie, msgid);
}

const char *report_lt(const struct report *r, const struct ltext *text)
{
    return text->in[r->options->lang];
}

void report_days(struct buf *out, const struct report *r, long tenths)
{
    struct buf n = {0};
    buf_add_tenths(&n, tenths);
    buf_addf(out, report_tr(r, N_("%s days")), buf_str(&n));
    buf_release(&n);
}

void report_yen(struct buf *out, const struct report *r, long long yen)
{
    struct buf n = {0};
    buf_add_grouped(&n, yen);
    buf_addf(out, report_tr(r, N_("%s yen")), buf_str(&n));
    buf_release(&n);
}

char report_letter(const struct report *r, int grade)
{
    return grade == GRADE_NONE ? '-' : r->ck->grade[grade].letter;
}

const char *report_step(const struct report *r, int item, int to)
{
    const struct ck_step *step = &r->ck->item[item].step[to - 2];
    return report_lt(r, step->to != 0 ? &step->action : &r->ck->item[item].level[to - 1]);
}

void report_low_marks(struct mark out[ITEMS_MAX], const struct report *r)
{
    for (int i = 0; i < r->ck->n_items; i++) {
        bool open = r->mark[i].state == ANSWER_OPEN || r->mark[i].state == ANSWER_UNKNOWN;
        out[i] = open ? (struct mark){ANSWER_LEVEL, LEVEL_MIN} : r->mark[i];
    }
}

void report_outcome(const struct report *r, const struct mark *after)
{
    struct mark low[ITEMS_MAX];
    struct grade_result now, then;
    struct buf b = {0};
    char from[8], to[8];
    report_low_marks(low, r);
    grade_compute(&now, r->ck, low);
    grade_compute(&then, r->ck, after);
    score_format(from, now.overall.score);
    score_format(to, then.overall.score);
    if (then.overall.grade == GRADE_NONE || score_cmp(then.overall.score, now.overall.score) == 0)
        return;
    if (r->grade.provisional)
        buf_addf(&b, report_tr(r, N_("When these are done: %c %s instead of %c %s (open items counted as level 1).")),
                 report_letter(r, then.overall.grade), to, report_letter(r, now.overall.grade), from);
    else
        buf_addf(&b, report_tr(r, N_("When these are done: %c %s instead of %c %s.")), report_letter(r, then.overall.grade), to,
                 report_letter(r, now.overall.grade), from);
    report_put(r, "p", NULL, &b);
    buf_release(&b);
}

void report_put(const struct report *r, const char *tag, const char *attributes, struct buf *text)
{
    html_element(r->out, tag, attributes, buf_str(text));
    buf_clear(text);
}

void report_table_begin(const struct report *r, const char *caption, const struct report_head *heads)
{
    buf_adds(r->out, "<table>\n");
    html_element(r->out, "caption", NULL, caption);
    buf_adds(r->out, "<thead><tr>\n");
    for (; heads->text != NULL; heads++)
        html_element(r->out, "th", heads->number ? "scope=\"col\" class=\"n\"" : "scope=\"col\"", heads->text);
    buf_adds(r->out, "</tr></thead>\n<tbody>\n");
}

void report_table_end(const struct report *r)
{
    buf_adds(r->out, "</tbody>\n</table>\n");
}

static const char *site_name(const struct assessment *a)
{
    return a->site.name[0] != '\0' ? a->site.name : a->site.id;
}

static void put_footer(const struct report *r)
{
    struct buf b = {0};
    buf_adds(r->out, "</main>\n<footer>\n");
    buf_addf(&b, report_tr(r, N_("Made by %s on %.10s from revision %ld of the file. Text and figures are those of the file; days and "
                                 "yen are estimates for orientation unless the site gave its own.")),
             r->options->program, r->options->now, r->a->revision);
    report_put(r, "p", "class=\"small\"", &b);
    buf_adds(r->out, "</footer>\n");
    buf_release(&b);
}

void report_html(struct buf *out, const struct assessment *a, const struct report_options *options)
{
    struct report *r = xcalloc(1, sizeof *r);
    struct buf title = {0};
    *r = (struct report){.out = out, .a = a, .ck = a->checklist, .round = assessment_round(a), .options = options};
    grade_assessment(&r->grade, a);
    grade_marks(r->mark, r->round, r->ck->n_items);
    axes_compute(&r->axes, r->ck, r->round);
    gaps_compute(&r->gaps, a, options->now, options->day_rate);
    buf_addf(&title, report_tr(r, N_("Factory security assessment: %s")), site_name(a));
    html_begin(out, lang_code(options->lang), buf_str(&title));
    report_summary(r);
    report_items(r);
    report_bench(r);
    report_plan(r);
    report_actions(r);
    report_statement(r);
    put_footer(r);
    html_end(out);
    gaps_release(&r->gaps);
    buf_release(&title);
    free(r);
}
