/* What the first page rests on: all common gaps, the plans of the sites, what became of each file, and how it was reckoned. */
#include <string.h>

#include "core/base/text.h"
#include "core/out/board_priv.h"

/* ---- Common gaps: the rows of `rollup --rows common` ---- */

void board_gaps(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Item")), false}, {report_tr(&d->w, N_("What")), false}, {report_tr(&d->w, N_("Key item")), false}, {report_tr(&d->w, N_("To be fixed")), false}, {report_tr(&d->w, N_("Sites")), true}, {report_tr(&d->w, N_("Below target")), true}, {report_tr(&d->w, N_("Open")), true}, {report_tr(&d->w, N_("Mean level")), true}, {NULL, false}};
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("Common gaps")));
    report_table_begin(&d->w, report_tr(&d->w, N_("All items, those with the most sites under their target first")), heads);
    for (int i = 0; i < d->w.ck->n_items; i++) {
        const struct common_gap *g = &d->gap[i];
        const struct ck_item *item = &d->w.ck->item[g->item];
        buf_adds(d->w.out, "<tr>");
        html_element(d->w.out, "th", "scope=\"row\" class=\"k\"", item->id);
        board_cell(d, NULL, report_lt(&d->w, &item->label));
        board_cell(d, "class=\"k\"", item->key ? report_tr(&d->w, N_("key item")) : "");
        board_cell(d, "class=\"k\"", board_fix(d, g->item));
        board_number(d, (long long)g->applicable);
        board_number(d, (long long)g->below);
        board_number(d, (long long)g->open);
        board_score_cell(d, common_gap_mean(g));
        buf_adds(d->w.out, "</tr>\n");
    }
    report_table_end(&d->w);
}

/* ---- Plans ---- */

static void put_plan(const struct board_doc *d, size_t i)
{
    const struct board_money *m = &d->b->site[i].all;
    const struct rollup_site *s = board_site(d->b, i);
    struct buf b = {0};
    buf_adds(d->w.out, "<tr>");
    html_element(d->w.out, "th", "scope=\"row\"", board_name(s));
    board_cell(d, "class=\"k\"", s->country);
    if (m->steps == 0) {
        html_element(d->w.out, "td", "colspan=\"5\"", report_tr(&d->w, N_("no plan yet: cost not known")));
    } else {
        board_number(d, m->steps);
        report_days(&b, &d->w, m->effort_tenths);
        report_put(&d->w, "td", "class=\"n\"", &b);
        report_yen(&b, &d->w, m->cost_jpy);
        report_put(&d->w, "td", "class=\"n\"", &b);
        report_yen(&b, &d->w, m->run_jpy);
        report_put(&d->w, "td", "class=\"n\"", &b);
        buf_addf(&b, "%d / %d", m->own, m->steps);
        report_put(&d->w, "td", "class=\"n\"", &b);
    }
    buf_adds(d->w.out, "</tr>\n");
    buf_release(&b);
}

void board_plans(const struct board_doc *d)
{
    const struct report_head heads[] = {{report_tr(&d->w, N_("Site")), false}, {report_tr(&d->w, N_("Country")), false}, {report_tr(&d->w, N_("Steps")), true}, {report_tr(&d->w, N_("Effort")), true}, {report_tr(&d->w, N_("Cost")), true}, {report_tr(&d->w, N_("Running cost a year")), true}, {report_tr(&d->w, N_("Own figures")), true}, {NULL, false}};
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("Plans of the sites")));
    report_table_begin(&d->w, report_tr(&d->w, N_("Actions that are open or being done, whose level is not reached yet")), heads);
    for (size_t i = 0; i < d->b->n; i++)
        put_plan(d, i);
    report_table_end(&d->w);
}

/* ---- Files ---- */

static const char *outcome(const struct board_doc *d, enum rollup_outcome o)
{
    switch (o) {
    case ROLLUP_TAKEN:
        return report_tr(&d->w, N_("taken"));
    case ROLLUP_OLDER:
        return report_tr(&d->w, N_("older"));
    case ROLLUP_DUPLICATE:
        return report_tr(&d->w, N_("duplicate"));
    case ROLLUP_CONFLICT:
        return report_tr(&d->w, N_("conflict"));
    case ROLLUP_REJECTED:
        return report_tr(&d->w, N_("rejected"));
    case ROLLUP_OUTCOME_COUNT:
        break;
    }
    return "";
}

static void put_file(const struct board_doc *d, const struct rollup_file *f)
{
    struct buf b = {0};
    buf_adds(d->w.out, "<tr>");
    text_clean(&b, f->path, strlen(f->path), TEXT_ONE_LINE);
    report_put(&d->w, "th", "scope=\"row\"", &b);
    board_cell(d, "class=\"k\"", outcome(d, f->outcome));
    if (f->site != NULL)
        buf_addf(&b, "%s (%s #%ld)", board_name(f->site), f->site->round, f->site->revision);
    report_put(&d->w, "td", NULL, &b);
    if (f->outcome == ROLLUP_TAKEN && f->site->checklist != d->b->checklist)
        buf_addf(&b, report_tr(&d->w, N_("assessed by another checklist (%s): not in the figures; ")), f->site->checklist->id);
    d->options->say(d->options->say_cookie, &b, d->b->rollup, f);
    report_put(&d->w, "td", NULL, &b);
    buf_adds(d->w.out, "</tr>\n");
    buf_release(&b);
}

void board_files(const struct board_doc *d)
{
    static const enum rollup_outcome order[ROLLUP_OUTCOME_COUNT] = {ROLLUP_REJECTED, ROLLUP_CONFLICT, ROLLUP_DUPLICATE, ROLLUP_OLDER,
                                                                    ROLLUP_TAKEN};
    const struct report_head heads[] = {{report_tr(&d->w, N_("File")), false}, {report_tr(&d->w, N_("Outcome")), false}, {report_tr(&d->w, N_("Site (round)")), false}, {report_tr(&d->w, N_("Why")), false}, {NULL, false}};
    const struct rollup *r = d->b->rollup;
    struct buf b = {0};
    html_element(d->w.out, "h2", "class=\"page\"", report_tr(&d->w, N_("What became of each file")));
    buf_addf(&b, report_tr(&d->w, N_("taken %zu, older %zu, duplicate %zu, conflict %zu, rejected %zu")), r->count[ROLLUP_TAKEN], r->count[ROLLUP_OLDER],
             r->count[ROLLUP_DUPLICATE], r->count[ROLLUP_CONFLICT], r->count[ROLLUP_REJECTED]);
    report_table_begin(&d->w, buf_str(&b), heads);
    for (int o = 0; o < ROLLUP_OUTCOME_COUNT; o++)
        for (size_t i = 0; i < r->n; i++)
            if (r->file[i].outcome == order[o])
                put_file(d, &r->file[i]);
    report_table_end(&d->w);
    buf_release(&b);
}

/* ---- Method ---- */

static void put_item(const struct board_doc *d, const char *text)
{
    html_element(d->w.out, "li", NULL, text);
}

static void put_grades(const struct board_doc *d)
{
    struct buf b = {0};
    for (int g = 0; g < d->w.ck->n_grades; g++) {
        const struct ck_grade *grade = &d->w.ck->grade[g];
        bool last = g > 0 && grade->min == 0;
        buf_addf(&b, last ? report_tr(&d->w, N_("%c: below %d, %s")) : report_tr(&d->w, N_("%c: %d and above, %s")), grade->letter,
                 last ? grade[-1].min : grade->min, report_lt(&d->w, &grade->name));
        report_put(&d->w, "li", NULL, &b);
    }
    buf_release(&b);
}

static void put_sources(const struct board_doc *d)
{
    const struct checklist *ck = d->w.ck;
    struct buf b = {0};
    html_element(d->w.out, "h3", NULL, report_tr(&d->w, N_("Sources")));
    buf_addf(&b, "%s (%s %s)", report_lt(&d->w, &ck->name), ck->id, ck->version);
    report_put(&d->w, "p", "class=\"small\"", &b);
    html_element(d->w.out, "p", "class=\"small\"", report_lt(&d->w, &ck->attribution));
    html_element(d->w.out, "p", "class=\"small\"",
                 report_tr(&d->w, N_("These are statements of the sites about themselves by this checklist. They are no certificates and no audit opinions.")));
    buf_release(&b);
}

void board_method(const struct board_doc *d)
{
    html_element(d->w.out, "h2", d->b->n > 0 ? "class=\"page\"" : NULL, report_tr(&d->w, N_("How it was reckoned")));
    if (d->b->n == 0) {
        html_element(d->w.out, "p", NULL, report_tr(&d->w, N_("Nothing could be reckoned.")));
        return;
    }
    buf_adds(d->w.out, "<ul>\n");
    put_item(d, report_tr(&d->w, N_("Of each site (company and site id) the newest round and revision counts. Older files, duplicates, conflicts and "
                                    "rejected files are named above; no file is lost because of another.")));
    put_item(d, report_tr(&d->w, N_("Scores are computed exactly from the answers of each site and cut to one decimal. The overall grade is limited by key "
                                    "items at a low level and by the weakest section: such a site is held back below its score. A mean of sites is the mean of these scores, cut again.")));
    put_item(d, report_tr(&d->w, N_("A common gap counts the sites whose level is under their own target; unanswered and unknown count as level 1. Not "
                                    "applicable is left out. The mean level is that of the answers with a level.")));
    put_item(d, report_tr(&d->w, N_("Cost: the actions in the sites' files that are open or being done. The year is that of the due date, this year when it "
                                    "has passed; without one, the year in which the wave ends (now: one month, next: six months); the last wave has no year. "
                                    "Running cost is yen a year from when the step is done.")));
    put_item(d, report_tr(&d->w, N_("Days and yen are the site's own figures where it gave some, else estimates by the checklist for its reference plant, scaled to "
                                    "the number of employees: they are for orientation and no offers. A site without actions has no plan; nothing is guessed "
                                    "for it.")));
    put_item(d, d->b->since ? report_tr(&d->w, N_("Trend: each site against the same site (company and site id) in the earlier roll-up."))
                            : report_tr(&d->w, N_("Trend: each site's last round against the round before, from the same file or from an older file of the site.")));
    buf_adds(d->w.out, "</ul>\n");
    html_element(d->w.out, "h3", NULL, report_tr(&d->w, N_("Grades")));
    buf_adds(d->w.out, "<ul>\n");
    put_grades(d);
    buf_adds(d->w.out, "</ul>\n");
    put_sources(d);
}
