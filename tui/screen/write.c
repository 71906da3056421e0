/* The editor for the note and the evidence of an answer. What is typed goes into the assessment at most a second later, as one step of
 * undo for the whole sitting; closing keeps it. The item's wording stays in sight: one writes while people talk. */
#include <string.h>

#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/editor.h"
#include "tui/widget/page.h"

enum { SAVE_AFTER_MS = 700, HEAD_LINES_MAX = 6 };

struct writing {
    struct write what;
    struct editor editor;
    unsigned long group;
    unsigned long kept;  /* editor.changes that the assessment has */
    unsigned long tried; /* those for which the file had no room; 0: none */
    long long dirty_ms;  /* since when there is more */
    int top;
};

static long long now_ms(const struct app *app)
{
    return app->clock.ms(app->clock.cookie);
}

/* false: the file has no room for it; that is said, and the text stays here to be shortened. */
static bool keep(struct app *app, struct writing *w)
{
    if (w->kept == w->editor.changes || app->read_only)
        return true;
    char now[32];
    struct change c;
    app_now(app, now);
    if (w->what.what == LONG_NOTE)
        change_note(&c, app->assessment, w->what.item, editor_text(&w->editor), now);
    else
        change_evidence(&c, app->assessment, w->what.item, editor_text(&w->editor), now);
    bool kept = app_do(app, &c, w->group);
    w->tried = kept ? 0 : w->editor.changes;
    if (kept)
        w->kept = w->editor.changes;
    return kept;
}

static void open_write(struct app *app, void *state, const void *arg)
{
    struct writing *w = state;
    w->what = *(const struct write *)arg;
    const struct answer *x = assessment_answer(app->assessment, w->what.item);
    editor_init(&w->editor, w->what.what == LONG_NOTE ? x->note : x->evidence, TEXT_MAX);
    w->group = history_new_group(app->history);
}

static void close_write(struct app *app, void *state)
{
    struct writing *w = state;
    if (app->assessment != NULL)
        (void)keep(app, w);
    editor_release(&w->editor);
}

/* Title and wording above the text; how many lines they take. */
static void build_head(const struct app *app, const struct writing *w, struct page *p, int cols)
{
    const struct assessment *as = app->assessment;
    const struct ck_item *item = &as->checklist->item[w->what.item];
    p->cols = cols - 1;
    page_line(p);
    int col = page_put(p, 1, ST_TITLE, w->what.what == LONG_NOTE ? T(app->cat, "Note") : T(app->cat, "Evidence"));
    col = page_put(p, col + 2, ST_STRONG, item->id);
    page_put(p, col + 1, ST_STRONG, app_ltext(app, &item->label));
    page_line(p);
    page_wrap(p, 1, ST_DIM, app_ltext(app, &as->checklist->edition[as->edition].wording[w->what.item]));
}

struct places {
    int head, text_row, text_rows, text_cols;
};

static struct places layout(const struct app *app, const struct writing *w, int rows, int cols)
{
    struct page p = {0};
    build_head(app, w, &p, cols);
    int head = p.n_lines < HEAD_LINES_MAX ? p.n_lines : HEAD_LINES_MAX;
    page_release(&p);
    if (head > rows / 3)
        head = 1;
    /* One column is left free for the cursor after a full line. */
    return (struct places){head, head + 1, rows - head - 1, cols - 3};
}

static struct places present_layout(const struct app *app, const struct writing *w)
{
    int rows, cols;
    app_content_size(app, &rows, &cols);
    return layout(app, w, rows, cols);
}

static void follow(struct app *app, struct writing *w)
{
    struct places l = present_layout(app, w);
    w->top = editor_top(&w->editor, w->top, l.text_rows, l.text_cols);
    if (w->kept != w->editor.changes && w->dirty_ms == 0)
        w->dirty_ms = now_ms(app);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct writing *w = state;
    struct places l = layout(app, w, a.rows, a.cols);
    struct page p = {0};
    build_head(app, w, &p, a.cols);
    page_draw(&p, area_sub(a, 0, 0, l.head, a.cols), 0);
    page_release(&p);
    area_hline(a, l.head, ST_RULE, app_glyph(app, GL_HLINE));
    int top = editor_top(&w->editor, w->top, l.text_rows, l.text_cols);
    editor_draw(&w->editor, area_sub(a, l.text_row, 1, l.text_rows, l.text_cols), top, ST_TEXT);
}

static void text(struct app *app, void *state, const char *s, size_t n, bool pasted)
{
    struct writing *w = state;
    if (!editor_insert(&w->editor, s, n, pasted))
        app_say(app, TONE_WARN, T(app->cat, "A text holds at most %d bytes; the rest was left out"), TEXT_MAX);
    follow(app, w);
}

static void edit(struct app *app, void *state, enum act action)
{
    struct writing *w = state;
    struct places l = present_layout(app, w);
    editor_act(&w->editor, action, l.text_rows, l.text_cols);
    follow(app, w);
}

static void done(struct app *app, void *state, enum act action)
{
    (void)action;
    if (keep(app, state))
        app_pop(app);
}

static void click(struct app *app, void *state, struct click c)
{
    struct writing *w = state;
    struct places l = present_layout(app, w);
    if (c.button == MOUSE_WHEEL_UP || c.button == MOUSE_WHEEL_DOWN)
        editor_act(&w->editor, c.button == MOUSE_WHEEL_UP ? ACT_EDIT_UP : ACT_EDIT_DOWN, l.text_rows, l.text_cols);
    else if (c.row >= l.text_row && c.col >= 1)
        editor_click(&w->editor, c.row - l.text_row, c.col - 1, w->top, l.text_cols);
    follow(app, w);
}

static void resize(struct app *app, void *state, int rows, int cols)
{
    (void)rows;
    (void)cols;
    follow(app, state);
}

static int tick(struct app *app, void *state)
{
    struct writing *w = state;
    if (w->kept == w->editor.changes || w->tried == w->editor.changes) {
        w->dirty_ms = 0;
        return -1;
    }
    long long due = w->dirty_ms + SAVE_AFTER_MS - now_ms(app);
    if (due > 0)
        return (int)due;
    (void)keep(app, w);
    w->dirty_ms = 0;
    return -1;
}

static const struct handler HANDLERS[] = {
    {ACT_EDIT_DONE, done},      {ACT_EDIT_LEFT, edit},       {ACT_EDIT_RIGHT, edit},     {ACT_EDIT_UP, edit},
    {ACT_EDIT_DOWN, edit},      {ACT_EDIT_WORD_LEFT, edit},  {ACT_EDIT_WORD_RIGHT, edit}, {ACT_EDIT_HOME, edit},
    {ACT_EDIT_END, edit},       {ACT_EDIT_PAGE_UP, edit},    {ACT_EDIT_PAGE_DOWN, edit}, {ACT_EDIT_TOP, edit},
    {ACT_EDIT_BOTTOM, edit},    {ACT_EDIT_NEWLINE, edit},    {ACT_EDIT_BACKSPACE, edit}, {ACT_EDIT_DELETE, edit},
    {ACT_EDIT_UNDO, edit},      {ACT_EDIT_REDO, edit},
};

const struct screen_ops write_screen = {
    .name = "write",
    .context = CTX_EDITOR,
    .state_size = sizeof(struct writing),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_write,
    .draw = draw,
    .text = text,
    .click = click,
    .resize = resize,
    .tick = tick,
    .close = close_write,
};
