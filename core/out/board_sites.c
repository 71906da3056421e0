/* Every site: its sections, and its items as a heat map. The heads of the tables stand on every page that they are printed on. */
#include <stdlib.h>

#include "core/out/board_priv.h"

enum { COLUMNS_MAX = 36 }; /* items side by side on a page */

/* ---- Sites x sections ---- */

/* Where sites were asked in different wordings. */
static void put_edition(const struct board_doc *d, size_t i)
{
    if (d->editions > 1)
        buf_addf(d->w.out, ", %s", d->w.ck->edition[d->b->site[i].edition].id);
}

static void put_where(const struct board_doc *d, size_t i)
{
    const struct rollup_site *s = board_site(d->b, i);
    buf_adds(d->w.out, "<tr><th scope=\"row\">");
    html_text(d->w.out, board_name(s));
    buf_adds(d->w.out, "<br/><span class=\"small\">");
    html_text(d->w.out, s->id);
    if (s->company[0] != '\0') {
        buf_adds(d->w.out, ", ");
        html_text(d->w.out, s->company);
    }
    put_edition(d, i);
    buf_adds(d->w.out, "</span></th>");
}

static void put_section(const struct board_doc *d, int grade, int score)
{
    buf_adds(d->w.out, "<td class=\"k\">");
    board_grade(d, grade);
    if (score >= 0)
        buf_addf(d->w.out, " %d.%d", score / 10, score % 10);
    buf_adds(d->w.out, "</td>");
}

static void put_site(const struct board_doc *d, size_t i)
{
    struct buf b = {0};
    const struct rollup_site *s = board_site(d->b, i);
    put_where(d, i);
    board_cell(d, "class=\"k\"", s->country);
    buf_addf(&b, "%s (%s)", s->date[0] != '\0' ? s->date : "\xe2\x80\x93", s->round);
    report_put(&d->w, "td", "class=\"k\"", &b);
    buf_addf(d->w.out, "<td class=\"n\">%d / %d</td>", s->answered, s->total);
    buf_adds(d->w.out, "<td class=\"k\">");
    board_grade(d, s->grade);
    if (s->score >= 0)
        buf_addf(d->w.out, " %d.%d%s", s->score / 10, s->score % 10, s->provisional ? "~" : "");
    board_held_note(d, s);
    buf_adds(d->w.out, "</td>");
    for (int k = 0; k < d->w.ck->n_sections; k++)
        put_section(d, s->section_grade[k], s->section_score[k]);
    buf_adds(d->w.out, "</tr>\n");
    buf_release(&b);
}

static void put_table(const struct board_doc *d)
{
    enum { FIXED = 5 };
    struct report_head heads[FIXED + SECTIONS_MAX + 1] = {{report_tr(&d->w, N_("Site")), false}, {report_tr(&d->w, N_("Country")), false}, {report_tr(&d->w, N_("Date (round)")), false}, {report_tr(&d->w, N_("Answered")), true}, {report_tr(&d->w, N_("Overall")), false}};
    for (int s = 0; s < d->w.ck->n_sections; s++)
        heads[FIXED + s] = (struct report_head){report_lt(&d->w, &d->w.ck->section[s].brief), false};
    report_table_begin(&d->w, report_tr(&d->w, N_("Grades and scores, the best first; ~ is provisional: not everything is answered; below a grade that is held back, the one by score and what holds it")), heads);
    for (size_t i = 0; i < d->b->n; i++)
        put_site(d, i);
    report_table_end(&d->w);
}

/* ---- Sites x items ---- */

static void put_sections_head(const struct board_doc *d, int first, int last)
{
    const struct checklist *ck = d->w.ck;
    buf_adds(d->w.out, "<tr>");
    html_element(d->w.out, "th", "scope=\"col\" rowspan=\"2\"", report_tr(&d->w, N_("Site")));
    for (int item = first; item < last;) {
        const struct ck_section *section = &ck->section[ck->item[item].section];
        int end = section->first_item + section->n_items < last ? section->first_item + section->n_items : last;
        buf_addf(d->w.out, "<th scope=\"colgroup\" colspan=\"%d\">", end - item);
        html_text(d->w.out, report_lt(&d->w, &section->brief));
        buf_adds(d->w.out, "</th>");
        item = end;
    }
    buf_adds(d->w.out, "</tr>\n<tr>");
    for (int item = first; item < last; item++) {
        buf_adds(d->w.out, "<th scope=\"col\" title=\"");
        html_text(d->w.out, report_lt(&d->w, &ck->item[item].label));
        buf_adds(d->w.out, "\">");
        html_text(d->w.out, ck->item[item].id);
        buf_adds(d->w.out, "</th>");
    }
    buf_adds(d->w.out, "</tr>");
}

/* A digit on its colour; underlined where it is under the site's target. */
static void put_mark(const struct board_doc *d, const struct rollup_mark *m)
{
    switch ((enum answer_state)m->state) {
    case ANSWER_LEVEL:
        buf_addf(d->w.out, m->level < m->target ? "<td class=\"l%d u\">%d</td>" : "<td class=\"l%d\">%d</td>", m->level, m->level);
        break;
    case ANSWER_UNKNOWN:
        buf_adds(d->w.out, "<td>?</td>");
        break;
    case ANSWER_NA:
        buf_adds(d->w.out, "<td>x</td>");
        break;
    case ANSWER_OPEN:
    case ANSWER_STATE_COUNT:
        buf_adds(d->w.out, "<td>.</td>");
        break;
    }
}

static void put_heat(const struct board_doc *d, int first, int last)
{
    buf_adds(d->w.out, "<table class=\"heat\">\n");
    html_element(d->w.out, "caption", NULL,
                 report_tr(&d->w, N_("Level of each item, the best site first. Underlined: under the site's target. ? unknown, x not applicable, . unanswered")));
    buf_adds(d->w.out, "<thead>");
    put_sections_head(d, first, last);
    buf_adds(d->w.out, "</thead>\n<tbody>\n");
    for (size_t i = 0; i < d->b->n; i++) {
        const struct rollup_site *s = board_site(d->b, i);
        buf_adds(d->w.out, "<tr><th scope=\"row\">");
        html_text(d->w.out, board_name(s));
        buf_adds(d->w.out, " <span class=\"id\">");
        html_text(d->w.out, s->name[0] != '\0' ? s->id : "");
        buf_adds(d->w.out, "</span></th>");
        for (int item = first; item < last; item++)
            put_mark(d, &s->mark[item]);
        buf_adds(d->w.out, "</tr>\n");
    }
    report_table_end(&d->w);
}

void board_sites(const struct board_doc *d)
{
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("Sites and sections")));
    put_table(d);
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("Sites and items")));
    for (int first = 0; first < d->w.ck->n_items; first += COLUMNS_MAX)
        put_heat(d, first, first + COLUMNS_MAX < d->w.ck->n_items ? first + COLUMNS_MAX : d->w.ck->n_items);
}
