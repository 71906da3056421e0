/* The site beside others: its scores and levels against the quartiles of a benchmark. */
#include "core/out/report_priv.h"

const char *report_place(enum benchmark_place place)
{
    static const char *const NAMES[] = {
        [PLACE_NONE] = "",
        [PLACE_LOWEST] = N_("in the lowest quarter"),
        [PLACE_BELOW] = N_("below the median"),
        [PLACE_MEDIAN] = N_("at the median"),
        [PLACE_ABOVE] = N_("above the median"),
        [PLACE_HIGHEST] = N_("in the highest quarter"),
    };
    return NAMES[place];
}

static void put_tenths(const struct report *r, bool there, int tenths)
{
    if (there)
        buf_addf(r->out, "<td class=\"n\">%d.%d</td>", tenths / 10, tenths % 10);
    else
        buf_adds(r->out, "<td class=\"n\">&#8211;</td>");
}

/* own: tenths, -1 for none. */
static void put_row(const struct report *r, const char *name, int own, const struct quartiles *q)
{
    enum benchmark_place place = benchmark_place(q, own);
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", name);
    put_tenths(r, own >= 0, own);
    put_tenths(r, q->n > 0, q->low);
    put_tenths(r, q->n > 0, q->median);
    put_tenths(r, q->n > 0, q->high);
    buf_addf(r->out, "<td class=\"n\">%ld</td>", q->n);
    html_element(r->out, "td", NULL, place == PLACE_NONE ? "" : report_tr(r, report_place(place)));
    buf_adds(r->out, "</tr>\n");
}

static int tenths_of(const struct scope_grade *g)
{
    return g->score.den > 0 ? score_tenths(g->score) : -1;
}

static void begin(const struct report *r, const char *caption, const char *what, const char *own)
{
    const struct report_head heads[] = {{what, false},
                                        {own, true},
                                        {report_tr(r, N_("a quarter is below")), true},
                                        {report_tr(r, N_("median")), true},
                                        {report_tr(r, N_("a quarter is above")), true},
                                        {report_tr(r, N_("sites")), true},
                                        {report_tr(r, N_("this site")), false},
                                        {NULL, false}};
    report_table_begin(r, caption, heads);
}

void report_bench(const struct report *r)
{
    const struct benchmark *b = r->options->bench;
    struct buf text = {0};
    if (b == NULL)
        return;
    html_element(r->out, "h2", NULL, report_tr(r, N_("Beside other sites")));
    buf_addf(&text, report_tr(r, N_("Benchmark of %s, %ld sites of the same checklist, without names. It says where others stand, not how much is enough: that "
                                    "is the target.")),
             b->date, b->n_sites);
    report_put(r, "p", NULL, &text);
    begin(r, report_tr(r, N_("Scores beside other sites")), report_tr(r, N_("Section")), report_tr(r, N_("Score")));
    put_row(r, report_tr(r, N_("Overall")), tenths_of(&r->grade.overall), &b->overall);
    for (int s = 0; s < r->ck->n_sections; s++)
        put_row(r, report_lt(r, &r->ck->section[s].name), tenths_of(&r->grade.section[s]), &b->section[s]);
    report_table_end(r);
    begin(r, report_tr(r, N_("Levels beside other sites")), report_tr(r, N_("Item")), report_tr(r, N_("Level")));
    for (int i = 0; i < r->ck->n_items; i++) {
        buf_clear(&text);
        buf_addf(&text, "%s %s", r->ck->item[i].id, report_lt(r, &r->ck->item[i].label));
        put_row(r, buf_str(&text), r->mark[i].state == ANSWER_LEVEL ? r->mark[i].level * 10 : -1, &b->item[i]);
    }
    report_table_end(r);
    buf_release(&text);
}
