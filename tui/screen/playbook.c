/* The playbook of one step: everything we know about doing it. A page over the Actions and Plan tabs. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/figures.h"
#include "tui/screen/screens.h"
#include "tui/widget/page.h"

enum { LABEL_COLS = 13 };

struct playbook {
    struct step_ref ref;
    int top;
};

static void add_label(struct page *p, const char *label, unsigned style, const char *s)
{
    page_line(p);
    page_put(p, 1, ST_DIM, label);
    page_wrap(p, LABEL_COLS, style, s);
}

static void add_texts(const struct app *app, struct page *p, const char *label, const struct ltext *texts, int n)
{
    for (int i = 0; i < n; i++) {
        char number[16];
        page_line(p);
        if (i == 0)
            page_put(p, 1, ST_DIM, label);
        snprintf(number, sizeof number, "%d", i + 1);
        page_put(p, LABEL_COLS, ST_KEY, number);
        page_wrap(p, LABEL_COLS + 2, ST_TEXT, app_ltext(app, &texts[i]));
    }
}

static void add_who(const struct app *app, struct page *p, const struct ck_step *step)
{
    const struct checklist *ck = app->assessment->checklist;
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "%s leads"), app_ltext(app, &ck->role[step->lead].name));
    for (int i = 0; i < step->n_agree; i++)
        buf_addf(&b, "%s%s", i == 0 ? T(app->cat, "; agrees: ") : TC(app->cat, "list", ", "), app_ltext(app, &ck->role[step->agree[i]].name));
    buf_addf(&b, " (%s)", step->duty == DUTY_GOVERNANCE ? T(app->cat, "governance") : T(app->cat, "management"));
    add_label(p, T(app->cat, "Who"), ST_TEXT, buf_str(&b));
    buf_release(&b);
}

static void add_effort(const struct app *app, struct page *p, const struct ck_step *step, const struct step_cost *cost)
{
    struct buf b = {0}, low = {0}, typical = {0}, high = {0};
    figure_days(&typical, cost->effort_tenths);
    figure_days(&low, (long)step->effort.low);
    figure_days(&high, (long)step->effort.high);
    buf_addf(&b, T(app->cat, "%s person-days here (reference plant %s to %s): %s"), buf_str(&typical), buf_str(&low), buf_str(&high),
             app_ltext(app, &step->effort.basis));
    add_label(p, T(app->cat, "Effort"), ST_TEXT, buf_str(&b));
    buf_release(&b);
    buf_release(&low);
    buf_release(&typical);
    buf_release(&high);
}

static void add_cost(const struct app *app, struct page *p, const char *label, long long here, const struct ck_estimate *e)
{
    struct buf b = {0}, typical = {0}, low = {0}, high = {0};
    figure_digits(&typical, here);
    figure_digits(&low, e->low);
    figure_digits(&high, e->high);
    buf_addf(&b, T(app->cat, "%s yen here (reference plant %s to %s): %s"), buf_str(&typical), buf_str(&low), buf_str(&high),
             app_ltext(app, &e->basis));
    add_label(p, label, ST_TEXT, buf_str(&b));
    buf_release(&b);
    buf_release(&typical);
    buf_release(&low);
    buf_release(&high);
}

static void add_needs(const struct app *app, struct page *p, const struct ck_step *step)
{
    const struct checklist *ck = app->assessment->checklist;
    for (int i = 0; i < step->n_requires; i++) {
        const struct ck_requires *r = &step->requires[i];
        const struct answer *x = assessment_answer(app->assessment, r->item);
        bool met = x->state == ANSWER_NA || (x->state == ANSWER_LEVEL && x->level >= r->level);
        struct buf b = {0};
        buf_addf(&b, T(app->cat, "%s \"%s\" at level %d"), ck->item[r->item].id, app_ltext(app, &ck->item[r->item].label), r->level);
        page_line(p);
        if (i == 0)
            page_put(p, 1, ST_DIM, T(app->cat, "Needs first"));
        page_put(p, LABEL_COLS, met ? ST_OK : ST_WARN, app_glyph(app, met ? GL_CHECK : GL_CROSS));
        page_wrap(p, LABEL_COLS + 2, ST_TEXT, buf_str(&b));
        buf_release(&b);
    }
}

static void add_refs(const struct app *app, struct page *p, const struct ck_step *step)
{
    static const struct {
        const char *id, *name;
    } NAMES[] = {{"iec-62443-2-1", "IEC 62443-2-1"}, {"iec-62443-3-3", "IEC 62443-3-3"}, {"nist-csf-2.0", "NIST CSF 2.0"},
                 {"cisa-cpg-2.0", "CISA CPG 2.0"},   {"attack-ics", "ATT&CK for ICS"}};
    struct buf b = {0};
    for (int i = 0; i < step->n_refs; i++) {
        const char *name = step->refs[i].std;
        for (size_t k = 0; k < N_HANDLERS(NAMES); k++)
            if (strcmp(NAMES[k].id, name) == 0)
                name = NAMES[k].name;
        buf_addf(&b, "%s%s %s", i > 0 ? TC(app->cat, "list", ", ") : "", name, step->refs[i].id);
    }
    if (step->n_refs > 0)
        add_label(p, T(app->cat, "See also"), ST_DIM, buf_str(&b));
    buf_release(&b);
}

static void add_history(const struct app *app, struct page *p, const char *history)
{
    struct action_event event;
    for (bool first = true; action_event_next(&event, &history); first = false) {
        struct buf b = {0};
        const struct person *person = assessment_person(app->assessment, event.owner);
        buf_addf(&b, "%.10s  %s  %s", event.time, status_name(app, event.status), person != NULL ? person->name : "");
        add_label(p, first ? T(app->cat, "History") : "", ST_DIM, buf_str(&b));
        buf_release(&b);
    }
}

static void add_action(const struct app *app, struct page *p, const struct action *action)
{
    struct buf b = {0};
    if (action == NULL)
        return;
    const struct person *owner = assessment_person(app->assessment, action->owner);
    buf_adds(&b, status_name(app, action->status));
    if (owner != NULL)
        buf_addf(&b, T(app->cat, ", owner %s"), owner->name);
    if (action->due[0] != '\0')
        buf_addf(&b, T(app->cat, ", due %s"), action->due);
    buf_addf(&b, T(app->cat, " (since %.10s)"), action->updated);
    add_label(p, T(app->cat, "Status"), ST_STRONG, buf_str(&b));
    if (action->note[0] != '\0')
        add_label(p, T(app->cat, "Note"), ST_STRONG, action->note);
    add_history(app, p, action->history);
    buf_release(&b);
}

static void build(const struct app *app, const struct playbook *pb, struct page *p, int cols)
{
    const struct ck_item *item = &app->assessment->checklist->item[pb->ref.item];
    const struct ck_step *step = &item->step[pb->ref.to - 2];
    struct step_cost cost;
    struct buf b = {0};
    p->cols = cols - 2;
    step_cost(&cost, app->assessment, pb->ref.item, pb->ref.to);
    buf_addf(&b, "%s %s  %d>%d", item->id, app_ltext(app, &item->label), pb->ref.to - 1, pb->ref.to);
    page_line(p);
    page_put(p, 1, ST_TITLE, buf_str(&b));
    buf_release(&b);
    if (step->to == 0) {
        add_label(p, T(app->cat, "Aim"), ST_TEXT, app_ltext(app, &item->level[pb->ref.to - 1]));
        return;
    }
    page_line(p);
    page_wrap(p, 1, ST_STRONG, app_ltext(app, &step->action));
    page_gap(p);
    add_action(app, p, assessment_action(app->assessment, pb->ref.item, pb->ref.to));
    add_label(p, T(app->cat, "This week"), ST_STRONG, app_ltext(app, &step->first));
    page_gap(p);
    add_texts(app, p, T(app->cat, "How"), step->how, step->n_how);
    page_gap(p);
    add_label(p, T(app->cat, "Beware"), ST_WARN, app_ltext(app, &step->paper));
    page_gap(p);
    add_label(p, T(app->cat, "Aim"), ST_TEXT, app_ltext(app, &item->level[pb->ref.to - 1]));
    add_texts(app, p, T(app->cat, "Done when"), step->evidence, step->n_evidence);
    page_gap(p);
    add_needs(app, p, step);
    add_who(app, p, step);
    add_effort(app, p, step, &cost);
    add_cost(app, p, T(app->cat, "Build"), cost.cost_jpy, &step->build);
    add_cost(app, p, T(app->cat, "Per year"), cost.run_jpy, &step->run);
    if (step->stops > 0) {
        struct buf stop = {0};
        buf_addf(&stop, TN(app->cat, "%d line stop, %d hours: %s", "%d line stops, %d hours: %s", (unsigned long)step->stops), step->stops,
                 step->stop_hours, app_ltext(app, &step->stop_why));
        add_label(p, T(app->cat, "Line stop"), ST_WARN, buf_str(&stop));
        buf_release(&stop);
    }
    add_refs(app, p, step);
    page_gap(p);
    page_line(p);
    page_wrap(p, 1, ST_DIM, T(app->cat, "Days and yen are estimates for orientation, scaled to the size of the site; overwrite them where you know better."));
}

static void open_playbook(struct app *app, void *state, const void *arg)
{
    (void)app;
    struct playbook *pb = state;
    pb->ref = *(const struct step_ref *)arg;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct playbook *pb = state;
    struct page p = {0};
    build(app, pb, &p, a.cols);
    page_draw(&p, a, pb->top);
    if (pb->top < page_max_top(&p, a.rows))
        area_put(a, a.rows - 1, a.cols - 1, ST_DIM, app_glyph(app, GL_MORE));
    page_release(&p);
}

static void scroll(struct app *app, void *state, enum act action)
{
    struct playbook *pb = state;
    struct page p = {0};
    int rows, cols;
    app_content_size(app, &rows, &cols);
    build(app, pb, &p, cols);
    pb->top = page_scroll(&p, pb->top, rows, action);
    page_release(&p);
}

static void edit(struct app *app, void *state, enum act action)
{
    const struct playbook *pb = state;
    step_edit(app, pb->ref.item, pb->ref.to, action);
}

static void close_playbook(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, scroll},          {ACT_DOWN, scroll},      {ACT_PAGE_UP, scroll},  {ACT_PAGE_DOWN, scroll}, {ACT_FIRST, scroll},
    {ACT_LAST, scroll},        {ACT_STEP_STATUS, edit}, {ACT_STEP_OWNER, edit}, {ACT_STEP_DUE, edit},    {ACT_STEP_DAYS, edit},
    {ACT_STEP_COST, edit},     {ACT_STEP_NOTE, edit},   {ACT_OPEN, close_playbook},
};

const struct screen_ops playbook_screen = {
    .name = "playbook",
    .title = N_("Playbook"),
    .context = CTX_PLAYBOOK,
    .state_size = sizeof(struct playbook),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_playbook,
    .draw = draw,
};
