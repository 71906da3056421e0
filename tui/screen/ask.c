/* One line to type at the bottom: reasons, paths. What becomes of it is the asker's affair. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/field.h"

struct ask_state {
    struct ask ask;
    struct field field;
};

static void open_ask(struct app *app, void *state, const void *arg)
{
    (void)app;
    struct ask_state *st = state;
    st->ask = *(const struct ask *)arg;
    field_init_text(&st->field, st->ask.initial != NULL ? st->ask.initial : "",
                    st->ask.max_bytes > 0 ? st->ask.max_bytes : FIELD_MAX);
    st->ask.initial = NULL;
}

static void close_ask(struct app *app, void *state)
{
    (void)app;
    struct ask_state *st = state;
    field_release(&st->field);
}

static void put_title(struct buf *out, const struct app *app, const struct ask *ask, bool labelled)
{
    buf_clear(out);
    buf_adds(out, " ");
    if (ask->item >= 0) {
        const struct ck_item *item = &app->assessment->checklist->item[ask->item];
        buf_addf(out, "%s ", item->id);
        if (labelled)
            buf_addf(out, T(app->cat, "%s: "), app_ltext(app, &item->label));
    }
    buf_addf(out, "%s ", T(app->cat, ask->title));
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct ask_state *st = state;
    const int room = a.cols - 2;
    struct buf title = {0}, fit = {0};
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    put_title(&title, app, &st->ask, true);
    if (text_width(buf_str(&title)) > room) /* the item's number tells which it is; the question must stay */
        put_title(&title, app, &st->ask, false);
    text_fit(&fit, buf_str(&title), room, false);
    area_put(a, 0, 1, ST_STRONG, buf_str(&fit));
    buf_release(&fit);
    buf_release(&title);
    field_draw(&st->field, area_sub(a, 1, 2, 1, a.cols - 4), 0, true, "");
}

static void text(struct app *app, void *state, const char *s, size_t n, bool pasted)
{
    (void)pasted;
    struct ask_state *st = state;
    if (!field_insert(&st->field, s, n))
        app_say(app, TONE_WARN, "%s", T(app->cat, "There is no room for more text here"));
}

static void edit(struct app *app, void *state, enum act action)
{
    (void)app;
    struct ask_state *st = state;
    field_act(&st->field, action);
}

/* Blanks, ASCII or full-width, say nothing. */
static bool says_nothing(const char *s)
{
    static const char wide[] = "\xe3\x80\x80";
    while (*s == ' ' || strncmp(s, wide, 3) == 0)
        s += *s == ' ' ? 1 : 3;
    return *s == '\0';
}

static void ok(struct app *app, void *state, enum act action)
{
    (void)action;
    struct ask_state *st = state;
    if (st->ask.must && says_nothing(field_value(&st->field))) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Please write something, or leave with Esc"));
        return;
    }
    /* The prompt is gone before its answer is used: what follows may open another. */
    struct ask ask = st->ask;
    char *answer = xstrdup(field_value(&st->field));
    app_pop(app);
    if (ask.write != NULL)
        target_named(app, ask.title, answer, ask.write);
    else
        ask.done(app, ask.item >= 0 ? ask.item : ask.tag, answer);
    free(answer);
}

static void cancel(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_PROMPT_OK, ok},       {ACT_PROMPT_CANCEL, cancel}, {ACT_EDIT_LEFT, edit},      {ACT_EDIT_RIGHT, edit},
    {ACT_EDIT_HOME, edit},     {ACT_EDIT_END, edit},        {ACT_EDIT_BACKSPACE, edit}, {ACT_EDIT_DELETE, edit},
    {ACT_EDIT_CLEAR, edit},
};

const struct screen_ops ask_screen = {
    .name = "ask",
    .context = CTX_PROMPT,
    .bottom_rows = 2,
    .state_size = sizeof(struct ask_state),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_ask,
    .draw = draw,
    .text = text,
    .close = close_ask,
};
