/* What makes the report a record: earlier rounds, who was asked, how it was assessed, what was left out and why, whose texts these are, and
 * room for signatures. */
#include "core/out/report_priv.h"

enum { SIGNATURES = 3 };

static void put_round(const struct report *r, const struct round *round)
{
    struct mark marks[ITEMS_MAX];
    struct grade_result g;
    char score[8];
    grade_marks(marks, round, r->ck->n_items);
    grade_compute(&g, r->ck, marks);
    score_format(score, g.overall.score);
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", round->id);
    buf_addf(r->out, "<td class=\"k\">%.10s</td><td>", round->started);
    html_grade(r->out, g.overall.grade, r->ck->n_grades, report_letter(r, g.overall.grade), "");
    buf_addf(r->out, "</td><td class=\"n\">%s</td>", score[0] != '\0' ? score : "&#8211;");
    for (int s = 0; s < r->ck->n_sections; s++) {
        score_format(score, g.section[s].score);
        buf_addf(r->out, "<td class=\"n\">%s</td>", score[0] != '\0' ? score : "&#8211;");
    }
    buf_adds(r->out, "</tr>\n");
}

static void put_rounds(const struct report *r)
{
    enum { FIXED = 4 };
    struct report_head heads[FIXED + SECTIONS_MAX + 1] = {{report_tr(r, N_("Round")), false},
                                                          {report_tr(r, N_("Begun")), false},
                                                          {report_tr(r, N_("Grade")), false},
                                                          {report_tr(r, N_("Score")), true}};
    if (r->a->n_rounds < 2)
        return;
    for (int s = 0; s < r->ck->n_sections; s++)
        heads[FIXED + s] = (struct report_head){report_lt(r, &r->ck->section[s].brief), true};
    html_element(r->out, "h3", NULL, report_tr(r, N_("Rounds")));
    report_table_begin(r, report_tr(r, N_("Scores over the rounds")), heads);
    for (size_t i = 0; i < r->a->n_rounds; i++)
        put_round(r, &r->a->round[i]);
    report_table_end(r);
}

static void put_people(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("Name")), false}, {report_tr(r, N_("Department")), false}, {report_tr(r, N_("Role")), false}, {NULL, false}};
    if (r->a->n_people == 0)
        return;
    html_element(r->out, "h3", NULL, report_tr(r, N_("People")));
    report_table_begin(r, report_tr(r, N_("Who took part or is named")), heads);
    for (size_t i = 0; i < r->a->n_people; i++) {
        const struct person *p = &r->a->person[i];
        int role = checklist_role(r->ck, p->role);
        buf_adds(r->out, "<tr>");
        html_element(r->out, "th", "scope=\"row\"", p->name[0] != '\0' ? p->name : p->id);
        html_element(r->out, "td", NULL, p->dept);
        html_element(r->out, "td", NULL, role >= 0 ? report_lt(r, &r->ck->role[role].name) : p->role);
        buf_adds(r->out, "</tr>\n");
    }
    report_table_end(r);
}

/* ---- Conformity ---- */

static void put_fact(const struct report *r, const char *label, struct buf *value)
{
    buf_adds(r->out, "<tr>");
    html_element(r->out, "th", "scope=\"row\"", label);
    report_put(r, "td", NULL, value);
    buf_adds(r->out, "</tr>\n");
}

static void put_facts(const struct report *r)
{
    const struct scope_grade *g = &r->grade.overall;
    const struct ck_edition *edition = &r->ck->edition[r->a->edition];
    const struct person *assessor = assessment_person(r->a, r->round->assessor);
    struct buf b = {0};
    buf_adds(r->out, "<table>\n");
    html_element(r->out, "caption", NULL, report_tr(r, N_("How this was assessed")));
    buf_adds(r->out, "<tbody>\n");
    buf_addf(&b, "%s (%s %s)", report_lt(r, &r->ck->name), r->ck->id, r->ck->version);
    put_fact(r, report_tr(r, N_("Checklist")), &b);
    buf_addf(&b, "%s (%s)", report_lt(r, &edition->name), edition->id);
    put_fact(r, report_tr(r, N_("Edition")), &b);
    buf_adds(&b, r->round->kind == ROUND_SELF ? report_tr(r, N_("self-assessment")) : report_tr(r, N_("assessment by an assessor")));
    if (assessor != NULL)
        buf_addf(&b, "%s%s", report_tr(r, N_(", ")), assessor->name);
    put_fact(r, report_tr(r, N_("Assessed by")), &b);
    buf_addf(&b, report_tr(r, N_("%.10s to %.10s")), r->round->started, r->round->finished[0] != '\0' ? r->round->finished : r->a->modified);
    if (r->round->finished[0] == '\0')
        buf_addf(&b, " (%s)", report_tr(r, N_("not finished")));
    put_fact(r, report_tr(r, N_("When")), &b);
    buf_addf(&b, report_tr(r, N_("%d answered with a level, %d unknown, %d unanswered, %d not applicable, of %d")), g->answered, g->unknown,
             g->applicable - g->answered - g->unknown, g->total - g->applicable, g->total);
    put_fact(r, report_tr(r, N_("Items")), &b);
    buf_adds(&b, report_lt(r, &r->ck->importance[r->a->site.importance].name));
    put_fact(r, report_tr(r, N_("Importance of the site")), &b);
    report_table_end(r);
    buf_release(&b);
}

static void put_not_applicable(const struct report *r)
{
    const struct report_head heads[] = {{report_tr(r, N_("No.")), false}, {report_tr(r, N_("Item")), false}, {report_tr(r, N_("Reason")), false}, {NULL, false}};
    int n = 0;
    for (int i = 0; i < r->ck->n_items; i++) {
        const struct answer *x = assessment_answer(r->a, i);
        if (x->state != ANSWER_NA)
            continue;
        if (n++ == 0)
            report_table_begin(r, report_tr(r, N_("Not applicable at this site, and left out of the score")), heads);
        buf_adds(r->out, "<tr>");
        html_element(r->out, "th", "scope=\"row\" class=\"k\"", r->ck->item[i].id);
        html_element(r->out, "td", NULL, report_lt(r, &r->ck->item[i].label));
        buf_adds(r->out, "<td>");
        html_lines(r->out, x->reason);
        buf_adds(r->out, "</td></tr>\n");
    }
    if (n > 0)
        report_table_end(r);
}

static void put_method(const struct report *r)
{
    html_element(r->out, "p", NULL,
                 report_tr(r, N_("Levels run from 1 (not done) to 5 (adaptive). The score of a section is the weighted mean of its items, the "
                                 "overall score that of the sections. Items not applicable are left out. The overall grade is limited by "
                                 "key items at a low level and by the weakest section. Scores are computed exactly and cut to one decimal.")));
    buf_adds(r->out, "<ul>\n");
    for (int g = 0; g < r->ck->n_grades; g++) {
        struct buf b = {0};
        const struct ck_grade *grade = &r->ck->grade[g];
        bool last = g > 0 && grade->min == 0;
        buf_addf(&b, last ? report_tr(r, N_("%c: below %d, %s")) : report_tr(r, N_("%c: %d and above, %s")), grade->letter,
                 last ? grade[-1].min : grade->min, report_lt(r, &grade->name));
        report_put(r, "li", NULL, &b);
        buf_release(&b);
    }
    buf_adds(r->out, "</ul>\n");
}

static void put_attribution(const struct report *r)
{
    const struct ck_edition *edition = &r->ck->edition[r->a->edition];
    html_element(r->out, "h3", NULL, report_tr(r, N_("Sources")));
    html_element(r->out, "p", "class=\"small\"", report_lt(r, &r->ck->attribution));
    if (report_lt(r, &edition->attribution)[0] != '\0')
        html_element(r->out, "p", "class=\"small\"", report_lt(r, &edition->attribution));
    html_element(r->out, "p", "class=\"small\"",
                 report_tr(r, N_("This is a statement of the site about itself by this checklist. It is no certificate and no audit opinion.")));
}

static void put_signatures(const struct report *r)
{
    const char *const who[SIGNATURES] = {report_tr(r, N_("Assessor")), report_tr(r, N_("Plant manager")), report_tr(r, N_("Executive"))};
    const struct report_head heads[] = {{report_tr(r, N_("Role")), false}, {report_tr(r, N_("Name and signature")), false}, {report_tr(r, N_("Date")), false}, {NULL, false}};
    html_element(r->out, "h3", NULL, report_tr(r, N_("Signatures")));
    buf_adds(r->out, "<div class=\"sign\">\n");
    report_table_begin(r, report_tr(r, N_("We have read this report and stand by it")), heads);
    for (int i = 0; i < SIGNATURES; i++) {
        buf_adds(r->out, "<tr>");
        html_element(r->out, "th", "scope=\"row\" class=\"k\"", who[i]);
        buf_adds(r->out, "<td></td><td></td></tr>\n");
    }
    report_table_end(r);
    buf_adds(r->out, "</div>\n");
}

void report_statement(const struct report *r)
{
    html_element(r->out, "h2", "class=\"page\"", report_tr(r, N_("Statement of conformity")));
    put_facts(r);
    put_not_applicable(r);
    put_method(r);
    put_rounds(r);
    put_people(r);
    put_attribution(r);
    put_signatures(r);
}
