/* See result_parts.h. */
#include "tui/screen/result_parts.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/method/compare.h"
#include "core/out/report.h"
#include "tui/app/bench.h"
#include "tui/screen/figures.h"

enum { NEXT = 3, LISTED = 8 };

void result_add_heading(struct page *p, const char *title)
{
    page_gap(p);
    page_line(p);
    page_put(p, 1, ST_TITLE, title);
}

/* ---- Next ---- */

static void add_effect(const struct app *app, const struct gap *g, struct buf *out)
{
    struct buf b = {0};
    figure_days(&b, g->cost.effort_tenths);
    buf_addf(out, TN(app->cat, "%s day", "%s days", g->cost.effort_tenths == 10 ? 1UL : 2UL), buf_str(&b));
    if (g->cost.cost_jpy > 0) {
        buf_clear(&b);
        figure_yen(&b, app, g->cost.cost_jpy);
        buf_addf(out, T(app->cat, ", %s yen"), buf_str(&b));
    }
    if (g->gain.den > 0) {
        char gain[8];
        score_format(gain, g->gain);
        buf_addf(out, T(app->cat, ", +%s points"), gain);
    }
    if (g->grade_after != GRADE_NONE && app->grade.overall.low_grade != GRADE_NONE && g->grade_after < app->grade.overall.low_grade)
        buf_addf(out, T(app->cat, ", grade %c"), app->assessment->checklist->grade[g->grade_after].letter);
    buf_release(&b);
}

void result_add_next(const struct app *app, struct page *p, const struct gaps *gaps)
{
    int n = 0;
    for (size_t i = 0; i < gaps->n && n < NEXT; i++) {
        const struct gap *g = &gaps->gap[i];
        if (!g->ready || g->step->to == 0 || g->status == ACTION_DONE || g->status == ACTION_DROPPED)
            continue;
        struct buf line = {0}, effect = {0};
        char number[16];
        if (n++ == 0) {
            page_line(p);
            page_put(p, 1, ST_TITLE, T(app->cat, "Next three"));
        }
        snprintf(number, sizeof number, "%d", n);
        add_effect(app, g, &effect);
        buf_addf(&line, T(app->cat, "%s %s (%s)"), app->assessment->checklist->item[g->item].id, app_ltext(app, &g->step->action),
                 buf_str(&effect));
        page_line(p);
        page_put(p, 2, ST_KEY, number);
        page_wrap(p, 4, ST_STRONG, buf_str(&line));
        buf_release(&line);
        buf_release(&effect);
    }
}

/* ---- Beside other sites ---- */

static void put_figure(struct page *p, int end, unsigned style, bool there, int tenths)
{
    char cell[16];
    snprintf(cell, sizeof cell, "%d.%d", tenths / 10, tenths % 10);
    const char *text = there ? cell : "-";
    page_put(p, end - text_width(text), style, text);
}

static void add_bench_row(const struct app *app, struct page *p, int col, const char *name, const struct scope_grade *g,
                          const struct quartiles *q)
{
    static const unsigned STYLES[] = {ST_DIM, ST_LOW, ST_MID, ST_TEXT, ST_OK, ST_OK};
    int own = g->score.den > 0 ? score_tenths(g->score) : -1;
    enum benchmark_place place = benchmark_place(q, own);
    page_line(p);
    page_put(p, 2, ST_TEXT, name);
    put_figure(p, col + 6, ST_STRONG, own >= 0, own);
    put_figure(p, col + 14, ST_DIM, q->n > 0, q->low);
    put_figure(p, col + 20, ST_TEXT, q->n > 0, q->median);
    put_figure(p, col + 26, ST_DIM, q->n > 0, q->high);
    if (place != PLACE_NONE)
        page_wrap(p, col + 29, STYLES[place], T(app->cat, report_place(place)));
}

/* The items in which three quarters of the sites are ahead. */
static void add_behind(const struct app *app, struct page *p, const struct benchmark *b)
{
    const struct checklist *ck = app->assessment->checklist;
    struct buf list = {0}, line = {0};
    int n = 0;
    for (int i = 0; i < ck->n_items; i++) {
        const struct answer *x = assessment_answer(app->assessment, i);
        if (x->state != ANSWER_LEVEL || benchmark_place(&b->item[i], x->level * 10) != PLACE_LOWEST)
            continue;
        if (n++ < LISTED)
            buf_addf(&list, T(app->cat, "%s%s %s (level %d, median %d.%d)"), n > 1 ? TC(app->cat, "list", ", ") : "", ck->item[i].id,
                     app_ltext(app, &ck->item[i].label), x->level, b->item[i].median / 10, b->item[i].median % 10);
    }
    if (n > LISTED) {
        buf_adds(&list, TC(app->cat, "list", ", "));
        buf_addf(&list, TN(app->cat, "and %d more", "and %d more", (unsigned long)(n - LISTED)), n - LISTED);
    }
    if (n > 0) {
        buf_addf(&line, T(app->cat, "Three quarters of the sites are ahead in: %s"), buf_str(&list));
        page_line(p);
        page_wrap(p, 1, ST_TEXT, buf_str(&line));
    }
    buf_release(&line);
    buf_release(&list);
}

void result_add_bench(const struct app *app, struct page *p)
{
    const struct benchmark *b = bench_of(app);
    const struct checklist *ck = app->assessment->checklist;
    struct buf line = {0};
    if (b == NULL)
        return;
    int col = text_width(T(app->cat, "Overall"));
    for (int s = 0; s < ck->n_sections; s++)
        col = text_width(app_ltext(app, &ck->section[s].brief)) > col ? text_width(app_ltext(app, &ck->section[s].brief)) : col;
    col += 2;
    result_add_heading(p, T(app->cat, "Beside other sites"));
    buf_addf(&line, T(app->cat, "Benchmark of %s, %ld sites: your score; then the lower quartile, the median and the upper quartile"), b->date,
             b->n_sites);
    page_line(p);
    page_wrap(p, 1, ST_DIM, buf_str(&line));
    add_bench_row(app, p, col, T(app->cat, "Overall"), &app->grade.overall, &b->overall);
    for (int s = 0; s < ck->n_sections; s++)
        add_bench_row(app, p, col, app_ltext(app, &ck->section[s].brief), &app->grade.section[s], &b->section[s]);
    add_behind(app, p, b);
    page_line(p);
    page_put(p, 1, ST_KEY, keymap_key(CTX_PAGE, ACT_BENCH_ITEMS));
    page_wrap(p, 3, ST_DIM, T(app->cat, "every item beside the other sites, furthest behind first"));
    buf_release(&line);
}

/* ---- To verify, to ask ---- */

static void add_items(const struct app *app, struct page *p, const char *title, const int *items, int n)
{
    struct buf b = {0};
    if (n == 0)
        return;
    for (int i = 0; i < n && i < LISTED; i++) {
        const struct person *ask = assessment_person(app->assessment, assessment_answer(app->assessment, items[i])->ask);
        buf_addf(&b, "%s%s %s", i > 0 ? TC(app->cat, "list", ", ") : "", app->assessment->checklist->item[items[i]].id,
                 app_ltext(app, &app->assessment->checklist->item[items[i]].label));
        if (ask != NULL)
            buf_addf(&b, " (%s)", ask->name);
    }
    if (n > LISTED) {
        buf_adds(&b, TC(app->cat, "list", ", "));
        buf_addf(&b, TN(app->cat, "and %d more", "and %d more", (unsigned long)(n - LISTED)), n - LISTED);
    }
    result_add_heading(p, title);
    page_line(p);
    page_wrap(p, 1, ST_TEXT, buf_str(&b));
    buf_release(&b);
}

void result_add_verify(const struct app *app, struct page *p)
{
    int items[ITEMS_MAX];
    add_items(app, p, T(app->cat, "To verify on the floor: claimed, but not seen or contradicted by a check"), items,
              gaps_verify(items, app->assessment));
    add_items(app, p, T(app->cat, "To ask: nobody in the room knew"), items, gaps_ask(items, app->assessment));
}

/* ---- Rounds ---- */

static void add_round(const struct app *app, struct page *p, const struct round *round, bool now)
{
    const struct checklist *ck = app->assessment->checklist;
    struct grade_result r;
    struct mark marks[ITEMS_MAX];
    struct buf b = {0};
    char score[8];
    grade_marks(marks, round, ck->n_items);
    grade_compute(&r, ck, marks);
    score_format(score, r.overall.score);
    page_line(p);
    buf_addf(&b, "%-3s %.7s", round->id, round->started);
    page_put(p, 2, now ? ST_STRONG : ST_TEXT, buf_str(&b));
    buf_clear(&b);
    buf_addf(&b, "%c %5s", r.overall.grade == GRADE_NONE ? '-' : ck->grade[r.overall.grade].letter, score);
    page_put(p, 16, now ? ST_STRONG : ST_TEXT, buf_str(&b));
    int col = 27;
    for (int s = 0; s < ck->n_sections; s++) {
        score_format(score, r.section[s].score);
        buf_clear(&b);
        buf_addf(&b, "%s %5s", app_ltext(app, &ck->section[s].brief), score);
        page_put(p, col, ST_DIM, buf_str(&b));
        col += text_width(buf_str(&b)) + 2;
    }
    buf_release(&b);
}

static void add_changes(const struct app *app, struct page *p, const struct round *before, const struct round *now)
{
    const struct checklist *ck = app->assessment->checklist;
    struct difference d[ITEMS_MAX];
    struct buf b = {0};
    compare_rounds(d, ck, before, now);
    for (int i = 0; i < ck->n_items && d[i].kind == DIFF_LEVEL; i++)
        buf_addf(&b, "%s%s %d>%d", i > 0 ? TC(app->cat, "list", ", ") : "", ck->item[d[i].item].id, d[i].a->level, d[i].b->level);
    page_line(p);
    int col = page_put(p, 2, ST_DIM, T(app->cat, "changed since")) + 1;
    page_wrap(p, col < 16 ? 16 : col, ST_TEXT, b.len > 0 ? buf_str(&b) : T(app->cat, "no level"));
    buf_release(&b);
}

void result_add_rounds(const struct app *app, struct page *p)
{
    const struct assessment *as = app->assessment;
    if (as->n_rounds < 2)
        return;
    result_add_heading(p, T(app->cat, "Rounds"));
    for (size_t i = 0; i < as->n_rounds; i++)
        add_round(app, p, &as->round[i], i + 1 == as->n_rounds);
    add_changes(app, p, &as->round[as->n_rounds - 2], assessment_round(as));
    int carried = 0;
    for (int i = 0; i < as->checklist->n_items; i++)
        carried += assessment_answer(as, i)->carried;
    if (carried > 0) {
        struct buf b = {0};
        buf_addf(&b, TN(app->cat, "%d answer is carried over and waits to be confirmed", "%d answers are carried over and wait to be confirmed",
                        (unsigned long)carried),
                 carried);
        page_line(p);
        page_put(p, 1, ST_WARN, "!");
        page_wrap(p, 3, ST_WARN, buf_str(&b));
        buf_release(&b);
    }
}
