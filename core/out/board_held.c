/* Which sites are held back: whose grade is below what their score alone would give, and by what. Reckoned from the answers that the roll-up
 * keeps, with the one grading of the program. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/out/board_priv.h"

enum { NAMED = 4 };

static void grade_site(struct grade_result *out, const struct rollup_site *s)
{
    struct mark marks[ITEMS_MAX];
    for (int i = 0; i < s->checklist->n_items; i++)
        marks[i] = (struct mark){.state = (enum answer_state)s->mark[i].state, .level = s->mark[i].level};
    grade_compute(out, s->checklist, marks);
}

static bool is_held(const struct grade_result *g)
{
    return g->n_caps > 0 && g->overall.by_score != GRADE_NONE && g->overall.grade != g->overall.by_score;
}

/* "3-7", or the section that is too far behind. */
static const char *cause(const struct board_doc *d, const struct cap *cap)
{
    return cap->kind == CAP_KEY_ITEM ? d->w.ck->item[cap->item].id : report_lt(&d->w, &d->w.ck->section[cap->section].brief);
}

void board_held_note(const struct board_doc *d, const struct rollup_site *s)
{
    struct grade_result g;
    struct buf b = {0}, causes = {0};
    grade_site(&g, s);
    if (!is_held(&g))
        return;
    for (int i = 0; i < g.n_caps && i < NAMED; i++)
        buf_addf(&causes, "%s%s", i > 0 ? report_tr(&d->w, N_(", ")) : "", cause(d, &g.cap[i]));
    if (g.n_caps > NAMED)
        buf_addf(&causes, " +%d", g.n_caps - NAMED);
    buf_addf(&b, report_tr(&d->w, N_("%c by score: %s")), report_letter(&d->w, g.overall.by_score), buf_str(&causes));
    buf_adds(d->w.out, "<br/>");
    report_put(&d->w, "span", "class=\"small\"", &b);
    buf_release(&causes);
    buf_release(&b);
}

/* ---- All sites together ---- */

struct board_held {
    size_t n;
    size_t by_score[BOARD_GRADES_MAX + 1]; /* by grade, last without one */
    size_t item[ITEMS_MAX], balance;       /* how many sites each of them holds */
};

void board_held_count(struct board_doc *d)
{
    d->held = xcalloc(1, sizeof *d->held);
    for (size_t i = 0; i < d->b->n; i++) {
        struct grade_result g;
        grade_site(&g, board_site(d->b, i));
        if (d->w.ck->n_grades <= BOARD_GRADES_MAX)
            d->held->by_score[g.overall.by_score == GRADE_NONE ? d->w.ck->n_grades : g.overall.by_score]++;
        if (!is_held(&g))
            continue;
        d->held->n++;
        bool balance = false;
        for (int c = 0; c < g.n_caps; c++) {
            if (g.cap[c].kind == CAP_KEY_ITEM)
                d->held->item[g.cap[c].item]++;
            else
                balance = true;
        }
        d->held->balance += balance;
    }
}

size_t board_held_by_score(const struct board_doc *d, int grade)
{
    return d->held->by_score[grade == GRADE_NONE ? d->w.ck->n_grades : grade];
}

/* The next item after `last` in the order of how many sites it holds; -1: none. */
static int next_item(const struct board_held *held, int n_items, int last)
{
    int best = -1;
    for (int i = 0; i < n_items; i++) {
        bool after = last < 0 || held->item[i] < held->item[last] || (held->item[i] == held->item[last] && i > last);
        if (held->item[i] > 0 && after && (best < 0 || held->item[i] > held->item[best]))
            best = i;
    }
    return best;
}

void board_held(const struct board_doc *d)
{
    const struct board_held *held = d->held;
    struct buf b = {0};
    int item = -1, n = 0;
    if (held->n == 0)
        return;
    buf_addf(&b, report_tr(&d->w, N_("Held back below their score: %zu of %zu sites, by ")), held->n, d->b->n);
    for (item = next_item(held, d->w.ck->n_items, item); item >= 0 && n < NAMED; item = next_item(held, d->w.ck->n_items, item)) {
        buf_adds(&b, n++ > 0 ? report_tr(&d->w, N_(", ")) : "");
        buf_addf(&b, report_tr(&d->w, N_("%s %s (%zu)")), d->w.ck->item[item].id, report_lt(&d->w, &d->w.ck->item[item].label), held->item[item]);
    }
    if (item >= 0)
        buf_adds(&b, report_tr(&d->w, N_(" and others")));
    if (held->balance > 0) {
        buf_adds(&b, n > 0 ? report_tr(&d->w, N_(", ")) : "");
        buf_addf(&b, report_tr(&d->w, N_("a section far behind the others (%zu)")), held->balance);
    }
    report_put(&d->w, "p", "class=\"small\"", &b);
    buf_release(&b);
}
