/* See board.h: the frame, and what its parts share. */
#include "core/out/board_priv.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

const char *board_name(const struct rollup_site *s)
{
    return s->name[0] != '\0' ? s->name : s->id;
}

void board_tenths(struct buf *out, int tenths)
{
    if (tenths < 0)
        buf_adds(out, "\xe2\x80\x93");
    else
        buf_addf(out, "%d.%d", tenths / 10, tenths % 10);
}

void board_score_cell(const struct board_doc *d, int tenths)
{
    struct buf b = {0};
    board_tenths(&b, tenths);
    report_put(&d->w, "td", "class=\"n\"", &b);
    buf_release(&b);
}

void board_grade(const struct board_doc *d, int grade)
{
    html_grade(d->w.out, grade, d->w.ck->n_grades, report_letter(&d->w, grade), "");
}

const char *board_fix(const struct board_doc *d, int item)
{
    return d->w.ck->item[item].fix == FIX_HQ ? report_tr(&d->w, N_("once at headquarters")) : report_tr(&d->w, N_("at each plant"));
}

void board_cell(const struct board_doc *d, const char *attributes, const char *text)
{
    html_element(d->w.out, "td", attributes, text);
}

void board_number(const struct board_doc *d, long long n)
{
    buf_addf(d->w.out, "<td class=\"n\">%lld</td>", n);
}

static void put_footer(const struct board_doc *d)
{
    struct buf b = {0};
    buf_adds(d->w.out, "</main>\n<footer>\n");
    buf_addf(&b, report_tr(&d->w, N_("Made by %s on %.10s from %zu files. Text and figures are those of the files; days and yen are estimates "
                                     "for orientation unless a site gave its own.")),
             d->options->words.program, d->options->words.now, d->b->rollup->n);
    report_put(&d->w, "p", "class=\"small\"", &b);
    buf_adds(d->w.out, "</footer>\n");
    buf_release(&b);
}

/* By what all of this was assessed: the checklist, and how many sites were asked in which edition's words. */
static void put_checklist(const struct board_doc *d)
{
    const struct checklist *ck = d->w.ck;
    struct buf b = {0};
    bool first = true;
    buf_addf(&b, report_tr(&d->w, N_("Checklist: %s (%s %s). Editions: ")), report_lt(&d->w, &ck->name), ck->id, ck->version);
    for (int e = 0; e < ck->n_editions; e++) {
        size_t n = board_edition_sites(d->b, e);
        if (n == 0)
            continue;
        buf_adds(&b, first ? "" : report_tr(&d->w, N_(", ")));
        buf_addf(&b, report_tr(&d->w, N_("%s (%s): sites %zu")), report_lt(&d->w, &ck->edition[e].name), ck->edition[e].id, n);
        first = false;
    }
    report_put(&d->w, "p", "class=\"meta\"", &b);
    buf_release(&b);
}

static void put_head(const struct board_doc *d)
{
    struct buf b = {0}, since = {0};
    buf_adds(d->w.out, "<header>\n");
    html_element(d->w.out, "h1", NULL, report_tr(&d->w, N_("Factory security: roll-up of the sites")));
    buf_addf(&b, report_tr(&d->w, N_("As of %.10s. Sites: %zu. Files: %zu, of these rejected: %zu.")), d->options->words.now, d->b->n,
             d->b->rollup->n, d->b->rollup->count[ROLLUP_REJECTED]);
    if (d->b->rollup->n_sites > d->b->n)
        buf_addf(&b, report_tr(&d->w, N_(" Sites assessed by another checklist, not in the figures: %zu.")), d->b->rollup->n_sites - d->b->n);
    report_put(&d->w, "p", "class=\"meta\"", &b);
    if (d->b->n > 0)
        put_checklist(d);
    if (d->options->since != NULL) {
        text_clean(&since, d->options->since, strlen(d->options->since), TEXT_ONE_LINE);
        buf_addf(&b, report_tr(&d->w, N_("Compared with the earlier roll-up %s.")), buf_str(&since));
        if (d->options->since_rejected > 0)
            buf_addf(&b, report_tr(&d->w, N_(" Files of it that could not be read: %zu.")), d->options->since_rejected);
        report_put(&d->w, "p", "class=\"meta\"", &b);
    }
    buf_adds(d->w.out, "</header>\n<main>\n");
    buf_release(&since);
    buf_release(&b);
}

static void put_parts(const struct board_doc *d)
{
    if (d->b->n > 0) {
        board_front(d);
        board_sites(d);
        board_moves(d);
        board_gaps(d);
        board_plans(d);
    } else {
        html_element(d->w.out, "p", "class=\"warn\"", report_tr(&d->w, N_("There is no assessment among the files.")));
    }
    board_files(d);
    board_method(d);
}

void board_html(struct buf *out, const struct board *b, const struct board_options *options)
{
    struct board_doc *d = xcalloc(1, sizeof *d);
    *d = (struct board_doc){.w = {.out = out, .ck = b->checklist, .options = &options->words}, .b = b, .options = options};
    if (b->checklist != NULL) {
        rollup_common_gaps(d->gap, b->rollup, b->checklist);
        if (b->checklist->n_grades <= BOARD_GRADES_MAX)
            rollup_grades(d->grades, b->rollup, b->checklist);
        d->editions = board_editions(b);
        board_held_count(d);
    }
    html_begin(out, lang_code(options->words.lang), report_tr(&d->w, N_("Factory security: roll-up of the sites")));
    put_head(d);
    put_parts(d);
    put_footer(d);
    html_end(out);
    free(d->held);
    free(d);
}
