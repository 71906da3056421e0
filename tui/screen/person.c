/* One person: name, department, role, duty; or removed. A layer over the Site tab. Known by the id, which stays when undo puts others before or
 * takes this one away; a new person has none until the first change. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { P_NAME, P_DEPT, P_ROLE, P_DUTY, P_REMOVE, P_ROWS };

struct person_state {
    struct list list;
    char id[FIELD_MAX + 1]; /* "": not there yet */
};

static const char *const LABELS[P_ROWS] = {N_("Name"), N_("Department"), N_("Role"), N_("Duty"), N_("remove this person")};

const char *person_duty_name(const struct app *app, enum duty duty)
{
    static const char *const NAMES[PERSON_DUTY_COUNT] = {
        [PERSON_DUTY_NONE] = "", [PERSON_DUTY_GOVERNANCE] = N_("governance"), [PERSON_DUTY_MANAGEMENT] = N_("management")};
    return duty == PERSON_DUTY_NONE ? "" : T(app->cat, NAMES[duty]);
}

/* The person under the form, from whichever layer asks: the prompt lies above it while it is answered. */
static struct person_state *form_of(struct app *app)
{
    for (int i = app->n_layers - 1; i >= 0; i--)
        if (app->layer[i].ops == &person_screen)
            return app->layer[i].state;
    return NULL;
}

static const struct person *person_of(const struct app *app, const struct person_state *st)
{
    return assessment_person(app->assessment, st->id);
}

/* A change that starts from the person as it is, or from a new one with the first free id. */
static void begin(const struct app *app, const struct person_state *st, struct change *c)
{
    const struct assessment *as = app->assessment;
    const struct person *p = person_of(app, st);
    *c = (struct change){.kind = CHANGE_PERSON, .index = p != NULL ? (size_t)(p - as->person) : as->n_people, .insert = p == NULL};
    if (p != NULL) {
        person_copy(&c->u.person, p);
        return;
    }
    char id[PERSON_ID_SIZE];
    assessment_free_person_id(id, as);
    person_copy(&c->u.person, &(struct person){0});
    field_set(&c->u.person.id, id, FIELD_MAX, false);
}

/* Takes the change. Who could not be recorded is still new. */
static void finish(struct app *app, struct person_state *st, struct change *c)
{
    char id[FIELD_MAX + 1];
    snprintf(id, sizeof id, "%s", c->u.person.id);
    if (app_do(app, c, 0))
        memcpy(st->id, id, sizeof id);
}

static void set_text(struct app *app, char **(*field)(struct person *), const char *text)
{
    struct person_state *st = form_of(app);
    struct change c;
    if (st == NULL)
        return;
    begin(app, st, &c);
    field_set(field(&c.u.person), text, FIELD_MAX, false);
    finish(app, st, &c);
}

static char **name_of(struct person *p)
{
    return &p->name;
}

static char **dept_of(struct person *p)
{
    return &p->dept;
}

static void name_done(struct app *app, int tag, const char *text)
{
    (void)tag;
    set_text(app, name_of, text);
}

static void dept_done(struct app *app, int tag, const char *text)
{
    (void)tag;
    set_text(app, dept_of, text);
}

static void next_role(struct app *app, struct person_state *st)
{
    const struct checklist *ck = app->assessment->checklist;
    struct change c;
    begin(app, st, &c);
    int next = (c.u.person.role[0] != '\0' ? checklist_role(ck, c.u.person.role) : -1) + 1;
    field_set(&c.u.person.role, next < ck->n_roles ? ck->role[next].id : "", FIELD_MAX, false);
    finish(app, st, &c);
}

static void next_duty(struct app *app, struct person_state *st)
{
    struct change c;
    begin(app, st, &c);
    c.u.person.duty = (enum duty)((c.u.person.duty + 1) % PERSON_DUTY_COUNT);
    finish(app, st, &c);
}

static void remove_person(struct app *app, const struct person_state *st)
{
    const struct assessment *as = app->assessment;
    const struct person *p = person_of(app, st);
    if (p == NULL) {
        app_pop(app);
        return;
    }
    if (assessment_person_used(as, p->id)) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Answers, a round or actions name this person: change those first"));
        return;
    }
    struct change c = {.kind = CHANGE_PERSON, .index = (size_t)(p - as->person), .remove = true};
    app_do(app, &c, 0); /* which closes the form: nobody is in it any more */
}

static bool gone(const struct app *app, const void *state)
{
    const struct person_state *st = state;
    return st->id[0] != '\0' && person_of(app, st) == NULL;
}

static void ask_text(struct app *app, const char *title, const char *initial, void (*done)(struct app *, int, const char *))
{
    struct ask ask = {.title = title, .initial = initial, .item = -1, .done = done};
    app_push(app, &ask_screen, &ask);
}

static void open_row(struct app *app, void *state, enum act action)
{
    (void)action;
    struct person_state *st = state;
    const struct person *p = person_of(app, st);
    switch (st->list.sel) {
    case P_NAME:
        ask_text(app, LABELS[P_NAME], p != NULL ? p->name : "", name_done);
        break;
    case P_DEPT:
        ask_text(app, LABELS[P_DEPT], p != NULL ? p->dept : "", dept_done);
        break;
    case P_ROLE:
        next_role(app, st);
        break;
    case P_DUTY:
        next_duty(app, st);
        break;
    default:
        remove_person(app, st);
        break;
    }
}

static void row_value(const struct app *app, const struct person *p, int row, struct buf *out)
{
    if (p == NULL)
        return;
    const struct checklist *ck = app->assessment->checklist;
    if (row == P_NAME)
        buf_adds(out, p->name);
    else if (row == P_DEPT)
        buf_adds(out, p->dept);
    else if (row == P_ROLE && p->role[0] != '\0' && checklist_role(ck, p->role) >= 0)
        buf_adds(out, app_ltext(app, &ck->role[checklist_role(ck, p->role)].name));
    else if (row == P_DUTY)
        buf_adds(out, person_duty_name(app, p->duty));
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct person_state *st = state;
    const struct person *p = person_of(app, st);
    int width = 0;
    for (int row = 0; row < P_REMOVE; row++)
        if (text_width(T(app->cat, LABELS[row])) > width)
            width = text_width(T(app->cat, LABELS[row]));
    area_put(a, 0, 1, ST_TITLE, p == NULL ? T(app->cat, "A new person") : T(app->cat, "Person"));
    for (int row = 0; row < P_ROWS; row++) {
        int at = row + 2 + (row == P_REMOVE);
        struct buf value = {0};
        row_value(app, p, row, &value);
        area_put(a, at, 3, row == P_REMOVE ? ST_WARN : ST_DIM, T(app->cat, LABELS[row]));
        if (row != P_REMOVE)
            area_put_fit(a, at, width + 5, a.cols - width - 6, value.len > 0 ? ST_STRONG : ST_DIM,
                         value.len > 0 ? buf_str(&value) : app_glyph(app, GL_DASH));
        if (row == st->list.sel) {
            area_put(a, at, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
            area_select(a, at);
        }
        buf_release(&value);
    }
}

static void open_person(struct app *app, void *state, const void *arg)
{
    struct person_state *st = state;
    size_t index = (size_t)*(const int *)arg;
    if (index < app->assessment->n_people)
        memcpy(st->id, app->assessment->person[index].id, strlen(app->assessment->person[index].id) + 1);
    /* A new person begins with the name: the prompt opens with the first key that one would press anyway. */
    st->list.sel = P_NAME;
}

static void move(struct app *app, void *state, enum act action)
{
    (void)app;
    struct person_state *st = state;
    list_act(&st->list, action, P_ROWS, P_ROWS);
}

static void click(struct app *app, void *state, struct click c)
{
    struct person_state *st = state;
    int row = c.row - 2 - (c.row - 2 > P_REMOVE ? 1 : 0);
    if (row < 0 || row >= P_ROWS || c.row - 2 == P_REMOVE)
        return;
    bool again = row == st->list.sel;
    st->list.sel = row;
    if (again)
        open_row(app, st, ACT_OPEN);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},   {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move}, {ACT_LAST, move}, {ACT_OPEN, open_row},
};

const struct screen_ops person_screen = {
    .name = "person",
    .context = CTX_FORM,
    .state_size = sizeof(struct person_state),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_person,
    .draw = draw,
    .click = click,
    .gone = gone,
};
