/* One of the people: with a few of them the key goes from one to the next; with more they are listed, and the sign before a name picks it. With
 * twelve people around a table the ninth is two keys away, and who was named last is where the cursor stands. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"

enum { LISTED_FROM = 4, HEAD_ROWS = 2 };

/* The last row is nobody. */
struct picking {
    struct pick pick;
    char *current; /* owned */
    struct list list;
};

static const char SIGNS[] = "123456789abcdefghijklmnopqrstuvwxyz";

static int n_rows(const struct app *app)
{
    return (int)app->assessment->n_people + 1;
}

/* NULL: nobody. */
static const struct person *person_at(const struct app *app, int row)
{
    return row < (int)app->assessment->n_people ? &app->assessment->person[row] : NULL;
}

static int row_of(const struct app *app, const char *id)
{
    int n = n_rows(app) - 1;
    for (int i = 0; i < n; i++)
        if (strcmp(app->assessment->person[i].id, id) == 0)
            return i;
    return n;
}

/* Who was named last for an answer; "": nobody yet. */
static const char *named_last(const struct assessment *as)
{
    const char *who = "", *when = "";
    for (int i = 0; i < as->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(as, i);
        if (x->by[0] != '\0' && strcmp(x->at, when) > 0) {
            who = x->by;
            when = x->at;
        }
    }
    return who;
}

void pick_person(struct app *app, const struct pick *pick)
{
    int n = n_rows(app) - 1, row = row_of(app, pick->current);
    if (n == 0) {
        app_say(app, TONE_INFO, "%s", T(app->cat, "Add people in the Site tab first"));
    } else if (n < LISTED_FROM) {
        const struct person *next = person_at(app, row < n ? row + 1 : 0);
        pick->done(app, pick->tag, next != NULL ? next->id : "");
    } else {
        app_push(app, &pick_screen, pick);
    }
}

static void open_pick(struct app *app, void *state, const void *arg)
{
    struct picking *st = state;
    st->pick = *(const struct pick *)arg;
    st->current = xstrdup(st->pick.current);
    st->pick.current = NULL;
    const char *likely = st->current[0] != '\0' ? st->current : named_last(app->assessment);
    st->list.sel = likely[0] != '\0' ? row_of(app, likely) : 0;
}

static void close_pick(struct app *app, void *state)
{
    struct picking *st = state;
    (void)app;
    free(st->current);
}

/* ---- Drawing ---- */

static void draw_row(const struct app *app, const struct picking *st, struct area a, int at, int row)
{
    const struct person *p = person_at(app, row);
    const struct checklist *ck = app->assessment->checklist;
    int role = p != NULL && p->role[0] != '\0' ? checklist_role(ck, p->role) : -1;
    struct buf b = {0};
    if (p == NULL)
        buf_adds(&b, T(app->cat, "nobody"));
    else
        buf_adds(&b, p->name[0] != '\0' ? p->name : p->id);
    if (p != NULL && p->dept[0] != '\0')
        buf_addf(&b, "  %s", p->dept);
    if (role >= 0)
        buf_addf(&b, "  %s", app_ltext(app, &ck->role[role].brief));
    if (p == NULL || row < (int)strlen(SIGNS))
        area_printf(a, at, 3, ST_KEY, "%c", p == NULL ? '0' : SIGNS[row]);
    area_put_fit(a, at, 5, a.cols - 7, row == row_of(app, st->current) ? ST_STRONG : ST_TEXT, buf_str(&b));
    if (row == st->list.sel) {
        area_put(a, at, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
        area_select(area_sub(a, 0, 0, a.rows, a.cols - 1), at);
    }
    buf_release(&b);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct picking *st = state;
    struct area rows = area_sub(a, HEAD_ROWS, 0, a.rows - HEAD_ROWS, a.cols);
    int n = n_rows(app), top = list_top(&st->list, n, rows.rows);
    struct buf title = {0};
    buf_adds(&title, T(app->cat, st->pick.title));
    if (st->pick.item >= 0) {
        const struct ck_item *item = &app->assessment->checklist->item[st->pick.item];
        buf_addf(&title, "  %s %s", item->id, app_ltext(app, &item->label));
    }
    area_put_fit(a, 0, 1, a.cols - 2, ST_TITLE, buf_str(&title));
    for (int i = 0; i < rows.rows && top + i < n; i++)
        draw_row(app, st, rows, i, top + i);
    list_bar(rows, top, n, app->glyphs);
    buf_release(&title);
}

/* ---- Doing ---- */

/* The list is gone before its answer is used. */
static void choose(struct app *app, const struct picking *st, int row)
{
    struct pick pick = st->pick;
    const struct person *p = person_at(app, row);
    char *id = xstrdup(p != NULL ? p->id : "");
    app_pop(app);
    pick.done(app, pick.tag, id);
    free(id);
}

static void text(struct app *app, void *state, const char *s, size_t n, bool pasted)
{
    const struct picking *st = state;
    const char *sign = n == 1 && !pasted ? strchr(SIGNS, s[0]) : NULL;
    if (n == 1 && !pasted && s[0] == '0')
        choose(app, st, n_rows(app) - 1);
    else if (sign != NULL && sign - SIGNS < n_rows(app) - 1)
        choose(app, st, (int)(sign - SIGNS));
}

static void move(struct app *app, void *state, enum act action)
{
    struct picking *st = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    list_act(&st->list, action, n_rows(app), rows - HEAD_ROWS);
}

static void open_row(struct app *app, void *state, enum act action)
{
    const struct picking *st = state;
    (void)action;
    choose(app, st, st->list.sel);
}

static void click(struct app *app, void *state, struct click c)
{
    struct picking *st = state;
    int row = list_top(&st->list, n_rows(app), c.rows - HEAD_ROWS) + c.row - HEAD_ROWS;
    if (c.button == MOUSE_LEFT && c.row >= HEAD_ROWS && row < n_rows(app))
        choose(app, st, row);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move}, {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move}, {ACT_FIRST, move}, {ACT_LAST, move}, {ACT_PROMPT_OK, open_row},
    {ACT_PROMPT_CANCEL, app_back},
};

const struct screen_ops pick_screen = {
    .name = "pick",
    .context = CTX_PICK,
    .state_size = sizeof(struct picking),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_pick,
    .draw = draw,
    .text = text,
    .click = click,
    .close = close_pick,
};
