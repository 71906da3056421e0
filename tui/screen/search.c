/* Search over all items: label, wording, notes and evidence. The tab behind follows each letter; Enter goes to the next match,
 * Esc closes and stays there. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/field.h"

struct search {
    struct field field;
    int origin; /* item selected when the search began */
    int n_found, now; /* matches, and which of them is shown (from 0) */
};

static bool matches(const struct app *app, int i, const char *needle)
{
    const struct assessment *as = app->assessment;
    const struct ck_item *item = &as->checklist->item[i];
    const struct answer *x = assessment_answer(as, i);
    return strcmp(item->id, needle) == 0 || text_contains(app_ltext(app, &item->label), needle) ||
           text_contains(app_ltext(app, &as->checklist->edition[as->edition].wording[i]), needle) ||
           text_contains(x->note, needle) || text_contains(x->evidence, needle) || text_contains(x->reason, needle);
}

/* Shows match number `now` (wrapping), counting all of them. */
static void show(struct app *app, struct search *s, int now)
{
    const char *needle = field_value(&s->field);
    int n_items = app->assessment->checklist->n_items, found[ITEMS_MAX];
    s->n_found = 0;
    for (int i = 0; i < n_items && needle[0] != '\0'; i++)
        if (matches(app, i, needle))
            found[s->n_found++] = i;
    if (s->n_found == 0) {
        s->now = 0;
        app_go(app, s->origin);
        return;
    }
    s->now = (now % s->n_found + s->n_found) % s->n_found;
    app->filter = FILTER_ALL; /* a filter must not hide what was found */
    app_go(app, found[s->now]);
}

static void open_search(struct app *app, void *state, const void *arg)
{
    (void)arg;
    struct search *s = state;
    field_init_text(&s->field, "", FIELD_MAX);
    s->origin = app_item(app);
}

static void close_search(struct app *app, void *state)
{
    (void)app;
    struct search *s = state;
    field_release(&s->field);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct search *s = state;
    char count[48] = "";
    if (field_value(&s->field)[0] != '\0' && s->n_found == 0)
        snprintf(count, sizeof count, "%s", T(app->cat, "no match"));
    else if (s->n_found > 0)
        snprintf(count, sizeof count, "%d/%d", s->now + 1, s->n_found);
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    int col = area_printf(a, 1, 1, ST_STRONG, "%s: ", T(app->cat, "Search"));
    int width = a.cols - col - 14;
    field_draw(&s->field, area_sub(a, 1, col, 1, width), 0, true, "");
    area_put(a, 1, col + width + 2, s->n_found > 0 ? ST_ACCENT : ST_WARN, count);
}

static void text(struct app *app, void *state, const char *s, size_t n, bool pasted)
{
    (void)pasted;
    struct search *search = state;
    field_insert(&search->field, s, n);
    show(app, search, 0);
}

static void edit(struct app *app, void *state, enum act action)
{
    struct search *s = state;
    field_act(&s->field, action);
    if (action == ACT_EDIT_BACKSPACE || action == ACT_EDIT_DELETE || action == ACT_EDIT_CLEAR)
        show(app, s, 0);
}

static void step(struct app *app, void *state, enum act action)
{
    struct search *s = state;
    show(app, s, s->now + (action == ACT_SEARCH_NEXT ? 1 : -1));
}

static void back(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_SEARCH_NEXT, step}, {ACT_SEARCH_PREV, step}, {ACT_BACK, back},          {ACT_EDIT_LEFT, edit},
    {ACT_EDIT_RIGHT, edit},  {ACT_EDIT_HOME, edit},   {ACT_EDIT_END, edit},      {ACT_EDIT_BACKSPACE, edit},
    {ACT_EDIT_DELETE, edit}, {ACT_EDIT_CLEAR, edit},
};

const struct screen_ops search_screen = {
    .name = "search",
    .context = CTX_SEARCH,
    .bottom_rows = 2,
    .state_size = sizeof(struct search),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_search,
    .draw = draw,
    .text = text,
    .close = close_search,
};
