/* Page 1: how the grades are spread, where, what is missing everywhere, what it costs, where it goes. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/out/board_priv.h"

enum { TOP_GAPS = 3, NAMES_UP_TO = 60 };

/* ---- Grades ---- */

static void put_share(const struct board_doc *d, int grade, size_t n)
{
    struct buf b = {0};
    int tenths = d->b->n == 0 ? 0 : (int)(n * 1000 / d->b->n);
    buf_adds(d->w.out, "<tr><th scope=\"row\" class=\"k\">");
    board_grade(d, grade);
    buf_addf(d->w.out, "</th><td class=\"n\">%zu</td><td class=\"n\">%zu</td>", n, board_held_by_score(d, grade));
    buf_addf(&b, "%d.%d %%", tenths / 10, tenths % 10);
    report_put(&d->w, "td", "class=\"n\"", &b);
    buf_adds(d->w.out, "<td class=\"w\">");
    html_bar(d->w.out, tenths);
    buf_adds(d->w.out, "</td></tr>\n");
    buf_release(&b);
}

static void put_grades(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Grade")), false}, {report_tr(&d->w, N_("Sites")), true}, {report_tr(&d->w, N_("By score alone")), true}, {report_tr(&d->w, N_("Share")), true}, {report_tr(&d->w, N_("Bar")), false}, {NULL, false}};
    int n = d->w.ck->n_grades;
    html_element(d->w.out, "h2", NULL, report_tr(&d->w, N_("How the grades are spread")));
    report_table_begin(&d->w, report_tr(&d->w, N_("Sites by grade")), heads);
    for (int g = 0; g < n; g++)
        put_share(d, g, d->grades[g]);
    if (d->grades[n] > 0)
        put_share(d, GRADE_NONE, d->grades[n]);
    report_table_end(&d->w);
    board_held(d);
}

/* ---- Map ---- */

static const char *country_of(const struct board_doc *d, size_t i)
{
    return board_site(d->b, i)->country;
}

static void put_tile(const struct board_doc *d, const struct rollup_site *s, bool named)
{
    struct buf b = {0};
    buf_addf(&b, "%s, %s: ", board_name(s), s->country);
    buf_addf(&b, report_tr(&d->w, N_("grade %c, score ")), report_letter(&d->w, s->grade));
    board_tenths(&b, s->score);
    buf_adds(d->w.out, named ? "<li class=\"named\" title=\"" : "<li title=\"");
    html_text(d->w.out, buf_str(&b));
    buf_adds(d->w.out, "\">");
    board_grade(d, s->grade);
    if (named) {
        buf_adds(d->w.out, " ");
        html_text(d->w.out, board_name(s));
    }
    buf_adds(d->w.out, "</li>");
    buf_release(&b);
}

static void put_country(const struct board_doc *d, const char *country, const struct board_site *const *of, size_t n)
{
    buf_adds(d->w.out, "<tr>");
    html_element(d->w.out, "th", "scope=\"row\" class=\"k\"", country[0] != '\0' ? country : "\xe2\x80\x93");
    board_number(d, (long long)n);
    buf_adds(d->w.out, "<td><ul class=\"tiles\">");
    for (size_t i = 0; i < n; i++)
        put_tile(d, d->b->rollup->file[of[i]->file].site, d->b->n <= NAMES_UP_TO);
    buf_adds(d->w.out, "</ul></td></tr>\n");
}

/* The next country after `last` in order; NULL: none. */
static const char *next_country(const struct board_doc *d, const char *last)
{
    const char *best = NULL;
    for (size_t i = 0; i < d->b->n; i++) {
        const char *c = country_of(d, i);
        if ((last == NULL || strcmp(c, last) > 0) && (best == NULL || strcmp(c, best) < 0))
            best = c;
    }
    return best;
}

static void put_map(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Country")), false}, {report_tr(&d->w, N_("Sites")), true}, {report_tr(&d->w, N_("Grades, the best first")), false}, {NULL, false}};
    const struct board_site **of = xcalloc(d->b->n, sizeof *of);
    html_element(d->w.out, "h2", NULL, report_tr(&d->w, N_("Grades by country and site")));
    report_table_begin(&d->w, report_tr(&d->w, N_("A tile a site: the letter is its grade")), heads);
    for (const char *country = next_country(d, NULL); country != NULL; country = next_country(d, country)) {
        size_t n = 0;
        for (size_t i = 0; i < d->b->n; i++)
            if (strcmp(country_of(d, i), country) == 0)
                of[n++] = &d->b->site[i];
        put_country(d, country, of, n);
    }
    report_table_end(&d->w);
    free(of);
}

/* ---- Gaps ---- */

static void put_top_gaps(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Item")), false}, {report_tr(&d->w, N_("What is missing")), false}, {report_tr(&d->w, N_("Sites under target")), true}, {report_tr(&d->w, N_("Mean level")), true}, {report_tr(&d->w, N_("To be fixed")), false}, {NULL, false}};
    html_element(d->w.out, "h2", NULL, report_tr(&d->w, N_("The most common gaps")));
    report_table_begin(&d->w, report_tr(&d->w, N_("Items with the most sites under their target")), heads);
    for (int i = 0; i < TOP_GAPS && i < d->w.ck->n_items && d->gap[i].below > 0; i++) {
        const struct common_gap *g = &d->gap[i];
        const struct ck_item *item = &d->w.ck->item[g->item];
        buf_adds(d->w.out, "<tr>");
        html_element(d->w.out, "th", "scope=\"row\" class=\"k\"", item->id);
        html_element(d->w.out, "td", NULL, report_lt(&d->w, &item->label));
        buf_addf(d->w.out, "<td class=\"n\">%zu / %zu</td>", g->below, g->applicable);
        board_score_cell(d, common_gap_mean(g));
        html_element(d->w.out, "td", "class=\"k\"", board_fix(d, g->item));
        buf_adds(d->w.out, "</tr>\n");
    }
    report_table_end(&d->w);
}

/* ---- Cost by year ---- */

static void put_money(const struct board_doc *d, const char *when, const struct board_money *m, const long long *running)
{
    struct buf b = {0};
    buf_adds(d->w.out, "<tr>");
    html_element(d->w.out, "th", "scope=\"row\" class=\"k\"", when);
    board_number(d, m->steps);
    report_days(&b, &d->w, m->effort_tenths);
    report_put(&d->w, "td", "class=\"n\"", &b);
    report_yen(&b, &d->w, m->cost_jpy);
    report_put(&d->w, "td", "class=\"n\"", &b);
    report_yen(&b, &d->w, m->run_jpy);
    report_put(&d->w, "td", "class=\"n\"", &b);
    if (running != NULL)
        report_yen(&b, &d->w, *running);
    else
        buf_adds(&b, "\xe2\x80\x93");
    report_put(&d->w, "td", "class=\"n\"", &b);
    buf_adds(d->w.out, "</tr>\n");
    buf_release(&b);
}

static void put_years(const struct board_doc *d)
{
    struct buf when = {0};
    long long running = 0;
    for (int k = 0; k < BOARD_YEARS; k++) {
        const struct board_money *m = &d->b->slot[k];
        running += m->run_jpy;
        if (m->steps == 0)
            continue;
        buf_clear(&when);
        buf_addf(&when, k + 1 == BOARD_YEARS ? report_tr(&d->w, N_("%d and later")) : "%d", d->b->first_year + k);
        put_money(d, buf_str(&when), m, &running);
    }
    if (d->b->slot[BOARD_NO_YEAR].steps > 0)
        put_money(d, report_tr(&d->w, N_("no date yet")), &d->b->slot[BOARD_NO_YEAR], NULL);
    put_money(d, report_tr(&d->w, N_("in all")), &d->b->all, NULL);
    buf_release(&when);
}

static void put_cost(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Year")), false}, {report_tr(&d->w, N_("Steps")), true}, {report_tr(&d->w, N_("Effort")), true}, {report_tr(&d->w, N_("Cost")), true}, {report_tr(&d->w, N_("Running cost a year, new")), true}, {report_tr(&d->w, N_("Running cost a year, so far")), true}, {NULL, false}};
    struct buf b = {0};
    html_element(d->w.out, "h2", NULL, report_tr(&d->w, N_("What the accepted plans cost, by year")));
    if (d->b->all.steps > 0) {
        report_table_begin(&d->w, report_tr(&d->w, N_("Actions that are open or being done (estimates for orientation)")), heads);
        put_years(d);
        report_table_end(&d->w);
    }
    buf_addf(&b, report_tr(&d->w, N_("Sites with a plan: %zu. Sites without one, whose cost is not known and not in these figures: %zu.")), d->b->n_planned,
             d->b->n - d->b->n_planned);
    if (d->b->all.steps > 0)
        buf_addf(&b, report_tr(&d->w, N_(" Steps with a site's own figures: %d of %d; the others are estimates by the checklist.")), d->b->all.own, d->b->all.steps);
    report_put(&d->w, "p", d->b->n_planned < d->b->n ? "class=\"warn\"" : "class=\"small\"", &b);
    buf_release(&b);
}

void board_front(const struct board_doc *d)
{
    buf_adds(d->w.out, "<div class=\"cols\">\n<div>\n");
    put_grades(d);
    buf_adds(d->w.out, "</div>\n<div>\n");
    board_trend(d);
    buf_adds(d->w.out, "</div>\n</div>\n");
    put_map(d);
    put_top_gaps(d);
    put_cost(d);
}
