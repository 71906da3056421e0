/* The sections with their comments, every item as it was answered, and what is still to be verified or asked. */
#include "core/method/verdict.h"
#include "core/out/report_priv.h"

static const char *basis_name(const struct report *r, enum basis basis)
{
    switch (basis) {
    case BASIS_INTERVIEW:
        return report_tr(r, N_("interview"));
    case BASIS_EXAMINE:
        return report_tr(r, N_("examine"));
    case BASIS_TEST:
        return report_tr(r, N_("test"));
    case BASIS_NONE:
    case BASIS_COUNT:
        break;
    }
    return "-";
}

static void put_level(const struct report *r, int item, const struct answer *x)
{
    struct buf b = {0};
    buf_adds(r->out, "<td>");
    switch (x->state) {
    case ANSWER_LEVEL:
        buf_addf(&b, "%d %s", x->level, report_lt(r, &r->ck->level[x->level - 1].brief));
        break;
    case ANSWER_UNKNOWN:
        buf_adds(&b, report_tr(r, N_("unknown")));
        break;
    case ANSWER_NA:
        buf_adds(&b, report_tr(r, N_("not applicable")));
        break;
    case ANSWER_OPEN:
    case ANSWER_STATE_COUNT:
        buf_adds(&b, report_tr(r, N_("unanswered")));
        break;
    }
    report_put(r, "strong", NULL, &b);
    if (x->state == ANSWER_LEVEL)
        html_bar(r->out, r->ck->level[x->level - 1].score * 10);
    if (x->state != ANSWER_NA) {
        buf_addf(&b, report_tr(r, N_("target %d")), assessment_target_level(r->a, item));
        report_put(r, "span", "class=\"small\"", &b);
    }
    buf_adds(r->out, "</td>\n");
    buf_release(&b);
}

/* A labelled text, several lines allowed; nothing when there is none. */
static void put_text(const struct report *r, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    buf_adds(r->out, "<p><strong>");
    html_text(r->out, label);
    buf_adds(r->out, "</strong> ");
    html_lines(r->out, text);
    buf_adds(r->out, "</p>\n");
}

static void put_remarks(const struct report *r, int item, const struct answer *x)
{
    const struct target *target = assessment_target(r->a, item);
    const struct person *by = assessment_person(r->a, x->by), *ask = assessment_person(r->a, x->ask);
    struct buf b = {0};
    if (x->alternative)
        html_element(r->out, "p", NULL, report_tr(r, N_("Rests on an alternative measure.")));
    if (x->carried)
        html_element(r->out, "p", NULL, report_tr(r, N_("Carried over from the last round, not confirmed in this one.")));
    if (dive_contradicts(&r->ck->item[item], x) || dive_flagged(&r->ck->item[item], x)) {
        buf_addf(&b, report_tr(r, N_("The checks suggest level %d.")), dive_suggested(&r->ck->item[item], x));
        report_put(r, "p", NULL, &b);
    }
    if (x->flag)
        html_element(r->out, "p", NULL, report_tr(r, N_("Marked for follow-up.")));
    put_text(r, report_tr(r, N_("Said by:")), by != NULL ? by->name : "");
    put_text(r, report_tr(r, N_("To be asked:")), ask != NULL ? ask->name : "");
    if (target != NULL)
        put_text(r, report_tr(r, N_("Why this target:")), target->reason);
    buf_release(&b);
}

static void put_item(const struct report *r, int item)
{
    const struct ck_item *ck = &r->ck->item[item];
    const struct answer *x = assessment_answer(r->a, item);
    buf_adds(r->out, "<tr><th scope=\"row\" class=\"k\">");
    html_text(r->out, ck->id);
    buf_adds(r->out, "</th>\n<td><strong>");
    html_text(r->out, report_lt(r, &ck->label));
    buf_adds(r->out, "</strong>");
    if (ck->key) {
        buf_adds(r->out, " (");
        html_text(r->out, report_tr(r, N_("key item")));
        buf_adds(r->out, ")");
    }
    buf_adds(r->out, "<br/><span class=\"small\">");
    html_text(r->out, report_lt(r, &r->ck->edition[r->a->edition].wording[item]));
    buf_adds(r->out, "</span></td>\n");
    put_level(r, item, x);
    html_element(r->out, "td", NULL, basis_name(r, x->basis));
    buf_adds(r->out, "<td>");
    put_text(r, report_tr(r, N_("Reason:")), x->reason);
    put_text(r, report_tr(r, N_("Note:")), x->note);
    put_text(r, report_tr(r, N_("Evidence:")), x->evidence);
    put_remarks(r, item, x);
    buf_adds(r->out, "</td></tr>\n");
}

static void put_section_grade(const struct report *r, int section)
{
    const struct scope_grade *g = &r->grade.section[section];
    struct buf b = {0};
    char score[8];
    score_format(score, g->score);
    buf_adds(r->out, "<p>");
    switch (g->why_none) {
    case HAS_GRADE:
        html_grade(r->out, g->grade, r->ck->n_grades, report_letter(r, g->grade), "");
        buf_addf(&b, report_tr(r, N_("%s, score %s of 100")), report_lt(r, &r->ck->grade[g->grade].name), score);
        buf_addc(r->out, ' ');
        break;
    case NO_ANSWERS:
        buf_adds(&b, report_tr(r, N_("No grade yet: nothing is answered.")));
        break;
    case TOO_FEW_APPLICABLE:
        buf_adds(&b, report_tr(r, N_("No grade: too few items apply.")));
        break;
    }
    html_text(r->out, buf_str(&b));
    buf_adds(r->out, "</p>\n");
    buf_release(&b);
}

static void put_section(const struct report *r, int section)
{
    const struct report_head heads[] = {{report_tr(r, N_("No.")), false}, {report_tr(r, N_("Item")), false}, {report_tr(r, N_("Level")), false}, {report_tr(r, N_("Basis")), false}, {report_tr(r, N_("What was found")), false}, {NULL, false}};
    const struct ck_section *s = &r->ck->section[section];
    const struct ck_verdict *chosen[VERDICTS_MAX];
    html_element(r->out, "h3", NULL, report_lt(r, &s->name));
    put_section_grade(r, section);
    int n = verdict_choose(chosen, r->ck, r->mark, &r->grade, section);
    for (int i = 0; i < n; i++)
        html_element(r->out, "p", NULL, report_lt(r, &chosen[i]->say));
    buf_adds(r->out, "<div class=\"items\">\n");
    report_table_begin(r, report_lt(r, &s->name), heads);
    for (int i = 0; i < s->n_items; i++)
        put_item(r, s->first_item + i);
    report_table_end(r);
    buf_adds(r->out, "</div>\n");
}

static void put_list(const struct report *r, const char *title, const int *items, int n)
{
    if (n == 0)
        return;
    html_element(r->out, "h3", NULL, title);
    buf_adds(r->out, "<ul>\n");
    for (int i = 0; i < n; i++) {
        const struct answer *x = assessment_answer(r->a, items[i]);
        const struct person *ask = assessment_person(r->a, x->ask);
        struct buf b = {0};
        buf_addf(&b, "%s %s", r->ck->item[items[i]].id, report_lt(r, &r->ck->item[items[i]].label));
        if (x->state == ANSWER_UNKNOWN && ask != NULL)
            buf_addf(&b, " (%s)", ask->name);
        report_put(r, "li", NULL, &b);
        buf_release(&b);
    }
    buf_adds(r->out, "</ul>\n");
}

void report_items(const struct report *r)
{
    int items[ITEMS_MAX];
    html_element(r->out, "h2", "class=\"page\"", report_tr(r, N_("Sections and items")));
    for (int s = 0; s < r->ck->n_sections; s++)
        put_section(r, s);
    int n = gaps_verify(items, r->a);
    put_list(r, report_tr(r, N_("To verify on the floor: claimed, but not seen or contradicted by a check")), items, n);
    n = gaps_ask(items, r->a);
    put_list(r, report_tr(r, N_("To ask: nobody in the room knew")), items, n);
}
