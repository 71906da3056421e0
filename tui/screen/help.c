/* The help: made from the keymap, so it cannot be wrong. First the keys of the screen that it was asked from. */
#include <string.h>

#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/page.h"

/* Where the words begin; keys that do not fit before them have a line of their own. */
static int words_col(const struct page *p)
{
    enum { NARROW = 60, COL = 24, NARROW_COL = 11 };
    return p->cols < NARROW ? NARROW_COL : COL;
}

struct help {
    enum context context;
    int top;
};

static void add_action(const struct app *app, struct page *p, enum context context, enum act action)
{
    size_t n;
    const struct binding *keys = keymap(&n);
    struct buf names = {0};
    for (size_t i = 0; i < n; i++)
        if (keys[i].context == context && keys[i].action == action)
            buf_addf(&names, "%s%s", names.len > 0 ? "  " : "", keys[i].key);
    page_line(p);
    if (page_put(p, 2, ST_KEY, buf_str(&names)) >= words_col(p))
        page_line(p);
    page_wrap(p, words_col(p), ST_TEXT, T(app->cat, action_info(action)->help));
    buf_release(&names);
}

static void add_context(const struct app *app, struct page *p, enum context context)
{
    size_t n;
    const struct binding *keys = keymap(&n);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (keys[i].context != context)
            continue;
        if (!any) {
            page_gap(p);
            page_line(p);
            page_put(p, 1, ST_STRONG, T(app->cat, context_info(context)->title));
        }
        any = true;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = keys[j].context == context && keys[j].action == keys[i].action;
        if (!seen)
            add_action(app, p, context, keys[i].action);
    }
}

static void add_signs(const struct app *app, struct page *p)
{
    static const struct {
        const char *sign, *words;
    } SIGNS[] = {
        {"f", N_("flagged for follow-up")},       {"n", N_("there is a note")},
        {"e", N_("there is evidence")},           {"a", N_("rests on an alternative measure")},
        {"c", N_("carried over from the last round, not yet confirmed")},
        {"?", N_("unknown")},
    };
    page_gap(p);
    page_line(p);
    page_put(p, 1, ST_STRONG, T(app->cat, "Signs in the list"));
    page_line(p);
    page_put(p, 2, ST_WARN, app_glyph(app, GL_KEY));
    page_wrap(p, words_col(p), ST_TEXT, T(app->cat, "key item: holds the grade down while it is low"));
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        page_line(p);
        page_put(p, 2, ST_ACCENT, SIGNS[i].sign);
        page_wrap(p, words_col(p), ST_TEXT, T(app->cat, SIGNS[i].words));
    }
}

static void build(const struct app *app, const struct help *help, struct page *p, int cols)
{
    p->cols = cols - 1;
    add_context(app, p, help->context);
    for (int i = 0; i < 3; i++) {
        enum context parent = context_info(help->context)->parent[i];
        if (parent == CTX_COUNT)
            break;
        add_context(app, p, parent);
    }
    if (help->context == CTX_ITEMS)
        add_signs(app, p);
    /* Texts have no help key of their own while one types. */
    if (help->context != CTX_EDITOR)
        add_context(app, p, CTX_EDITOR);
}

static void open_help(struct app *app, void *state, const void *arg)
{
    (void)app;
    struct help *help = state;
    help->context = *(const enum context *)arg;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct help *help = state;
    struct page p = {0};
    build(app, help, &p, a.cols);
    page_draw(&p, a, help->top);
    page_release(&p);
}

static void scroll(struct app *app, void *state, enum act action)
{
    struct help *help = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    struct page p = {0};
    build(app, help, &p, cols);
    help->top = page_scroll(&p, help->top, rows, action);
    page_release(&p);
}

static void close_help(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_pop(app);
}

static const struct handler HANDLERS[] = {
    {ACT_UP, scroll},    {ACT_DOWN, scroll},    {ACT_PAGE_UP, scroll}, {ACT_PAGE_DOWN, scroll}, {ACT_FIRST, scroll},
    {ACT_LAST, scroll},  {ACT_OPEN, close_help}, {ACT_HELP, close_help},
};

const struct screen_ops help_screen = {
    .name = "help",
    .title = N_("Help"),
    .context = CTX_HELP,
    .state_size = sizeof(struct help),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .open = open_help,
    .draw = draw,
};
