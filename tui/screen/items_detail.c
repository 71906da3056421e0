/* An item in full. The order is that of the interview: what is asked, how to tell the levels apart, whom to ask and for what, then what has
 * been written down. See items.h. */
#include <string.h>

#include "core/base/text.h"
#include "core/method/axes.h"
#include "tui/app/bench.h"
#include "tui/screen/items.h"

enum { ROOMY_COLS = 80 };

static void add_levels(const struct app *app, int item, struct page *p)
{
    const struct checklist *ck = app->assessment->checklist;
    const struct answer *x = assessment_answer(app->assessment, item);
    int brief = 0;
    for (int l = 0; l < LEVEL_MAX; l++)
        if (text_width(app_ltext(app, &ck->level[l].brief)) > brief)
            brief = text_width(app_ltext(app, &ck->level[l].brief));
    /* The scale's words get a column of their own only where the item's words do not need it. */
    int indent = p->cols >= ROOMY_COLS + brief ? 5 + brief + 2 : 5;
    for (int l = 1; l <= LEVEL_MAX; l++) {
        bool on = x->state == ANSWER_LEVEL && x->level == l;
        unsigned style = on ? ST_STRONG : ST_TEXT;
        const char digit[] = {(char)('0' + l), 0};
        page_line(p);
        int first = p->n_lines - 1;
        if (on)
            page_put(p, 1, ST_TITLE, app_glyph(app, GL_MARK));
        page_put(p, 3, on ? ST_STRONG : ST_KEY, digit);
        if (indent > 5)
            page_put(p, 5, on ? ST_STRONG : ST_DIM, app_ltext(app, &ck->level[l - 1].brief));
        page_wrap(p, indent, style, app_ltext(app, &ck->item[item].level[l - 1]));
        page_tag(p, first, l);
    }
}

/* A label and its text; texts that belong together follow each other under one label. */
static void add_part(struct page *p, int indent, const char *label, unsigned style, const char *s)
{
    page_line(p);
    page_put(p, 1, ST_DIM, label);
    page_wrap(p, indent, style, s);
}

static const char *person_name(const struct app *app, const char *id)
{
    const struct person *person = assessment_person(app->assessment, id);
    return person == NULL ? id : person->name;
}

/* The facts of the answer in one line: state, basis, who, when, carried. */
static void add_answer(const struct app *app, int item, int indent, struct page *p)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    const char *comma = T(app->cat, ", ");
    struct buf b = {0};
    if (x->state == ANSWER_OPEN)
        return;
    if (x->state == ANSWER_UNKNOWN)
        buf_adds(&b, T(app->cat, "unknown"));
    else if (x->state == ANSWER_NA)
        buf_adds(&b, T(app->cat, "not applicable"));
    else
        buf_addf(&b, T(app->cat, "level %d"), x->level);
    if (x->state == ANSWER_LEVEL)
        buf_addf(&b, "%s%s", comma, items_basis_name(app, x->basis));
    if (x->alternative)
        buf_addf(&b, "%s%s", comma, T(app->cat, "rests on an alternative measure"));
    if (x->by[0] != '\0') {
        buf_adds(&b, comma);
        buf_addf(&b, T(app->cat, "said by %s"), person_name(app, x->by));
    }
    if (x->ask[0] != '\0') {
        buf_adds(&b, comma);
        buf_addf(&b, T(app->cat, "to ask: %s"), person_name(app, x->ask));
    }
    if (x->carried)
        buf_addf(&b, "%s%s", comma, T(app->cat, "carried over: confirm it"));
    if (x->at[0] != '\0')
        buf_addf(&b, "  %.10s", x->at);
    add_part(p, indent, T(app->cat, "Answer"), ST_TEXT, buf_str(&b));
    buf_release(&b);
}

/* How far is enough, and what the deep dive says about the claim. */
static void add_target(const struct app *app, int item, int indent, struct page *p)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    const struct target *own = assessment_target(app->assessment, item);
    const struct ck_item *ck_item = &app->assessment->checklist->item[item];
    int suggested = dive_suggested(ck_item, x);
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "level %d"), assessment_target_level(app->assessment, item));
    if (own != NULL)
        buf_addf(&b, " (%s)", own->reason);
    add_part(p, indent, T(app->cat, "Target"), ST_TEXT, buf_str(&b));
    if (suggested > 0) {
        buf_clear(&b);
        buf_addf(&b, dive_flagged(ck_item, x) ? T(app->cat, "suggests level %d: the claim is higher") : T(app->cat, "suggests level %d"),
                 suggested);
        add_part(p, indent, T(app->cat, "Deep dive"), dive_flagged(ck_item, x) ? ST_WARN : ST_TEXT, buf_str(&b));
    }
    buf_release(&b);
}

/* Where other sites stand, when headquarters has told. */
static void add_bench(const struct app *app, int item, int indent, struct page *p)
{
    const struct benchmark *b = bench_of(app);
    struct buf line = {0};
    if (b == NULL || b->item[item].n == 0)
        return;
    const struct quartiles *q = &b->item[item];
    buf_addf(&line, T(app->cat, "median %d.%d; the middle half of %ld sites from %d.%d to %d.%d"), q->median / 10, q->median % 10, q->n,
             q->low / 10, q->low % 10, q->high / 10, q->high % 10);
    add_part(p, indent, T(app->cat, "Others"), ST_TEXT, buf_str(&line));
    buf_release(&line);
}

static void add_written(const struct app *app, int item, int indent, struct page *p)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    if (x->state == ANSWER_NA)
        add_part(p, indent, T(app->cat, "Reason"), ST_STRONG, x->reason);
    if (x->note[0] != '\0')
        add_part(p, indent, T(app->cat, "Note"), ST_STRONG, x->note);
    if (x->evidence[0] != '\0')
        add_part(p, indent, T(app->cat, "Seen"), ST_STRONG, x->evidence);
}

static void add_help(const struct app *app, const struct ck_item *item, int indent, struct page *p)
{
    const struct checklist *ck = app->assessment->checklist;
    struct buf b = {0};
    for (int i = 0; i < item->n_questions; i++) {
        buf_clear(&b);
        buf_addf(&b, T(app->cat, "\"%s\" (%s)"), app_ltext(app, &item->question[i].text),
                 app_ltext(app, &ck->role[item->question[i].role].brief));
        add_part(p, indent, i == 0 ? T(app->cat, "Ask") : "", ST_TEXT, buf_str(&b));
    }
    buf_clear(&b);
    for (int i = 0; i < item->n_evidence; i++)
        buf_addf(&b, "%s%s", i > 0 ? T(app->cat, "; ") : "", app_ltext(app, &item->evidence[i]));
    add_part(p, indent, T(app->cat, "Evidence"), ST_TEXT, buf_str(&b));
    for (int i = 0; i < item->n_alternatives; i++)
        add_part(p, indent, i == 0 ? T(app->cat, "Alternative") : "", ST_TEXT, app_ltext(app, &item->alternative[i]));
    add_part(p, indent, T(app->cat, "N/A when"), item->na_plausible ? ST_TEXT : ST_DIM,
             app_ltext(app, &item->na_when));
    buf_release(&b);
}

void items_build_detail(const struct app *app, int item, int cols, struct page *p)
{
    static const char *const LABELS[] = {N_("Answer"), N_("Reason"),   N_("Note"),        N_("Seen"),
                                         N_("Ask"),    N_("Evidence"), N_("Alternative"), N_("N/A when"),
                                         N_("Target"), N_("Deep dive"),  N_("Others")};
    const struct assessment *as = app->assessment;
    p->cols = cols - 1;
    int indent = 0;
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++)
        if (text_width(T(app->cat, LABELS[i])) > indent)
            indent = text_width(T(app->cat, LABELS[i]));
    indent += 3;
    page_line(p);
    page_wrap(p, 1, ST_TEXT, app_ltext(app, &as->checklist->edition[as->edition].wording[item]));
    add_levels(app, item, p);
    add_answer(app, item, indent, p);
    add_target(app, item, indent, p);
    add_bench(app, item, indent, p);
    add_written(app, item, indent, p);
    page_gap(p);
    add_help(app, &as->checklist->item[item], indent, p);
}
