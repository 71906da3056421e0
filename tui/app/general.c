/* What can be done anywhere: tabs, language, help, quit. A screen that handles one of these itself comes first. */
#include "core/model/rounds.h"
#include "tui/app/app.h"
#include "tui/app/other.h"
#include "tui/screen/screens.h"

static void tab_step(struct app *app, void *state, enum act action)
{
    (void)state;
    int step = action == ACT_TAB_NEXT ? 1 : app->n_tabs - 1;
    if (app->n_tabs > 0)
        app_show_tab(app, (app->tab_now + step) % app->n_tabs);
}

static void tab_number(struct app *app, void *state, enum act action)
{
    (void)state;
    app_show_tab(app, (int)action - ACT_TAB_1);
}

/* The comparison that is there already, at the item where one stands. A round that was undone meanwhile took its comparison along. */
static void compare_again(struct app *app)
{
    const struct assessment *whose;
    int item = app_item(app);
    app->comparing = false;
    if (other_round(app, &whose) == NULL)
        return;
    app_push(app, &compare_screen, item >= 0 ? &item : NULL);
}

static void compare(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    if (app->other != NULL)
        compare_again(app);
    else
        compare_ask(app);
}

void app_back(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    /* The lowest layer of a program without a file is its only screen. */
    if (app->n_layers == 0 && app->comparing)
        compare_again(app);
    else if (app->n_layers == 0 && app->fleet != NULL)
        app_push(app, &sites_screen, NULL);
    else if (app->n_layers > 1 || app->n_tabs > 0)
        app_pop(app);
}

static void language(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_set_lang(app, (enum lang)((app->lang + 1) % LANG_COUNT));
}

static void help(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    enum context context = app_top(app)->ops->context;
    app_push(app, &help_screen, &context);
}

static void search(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_push(app, &search_screen, NULL);
}

/* Has anybody answered in this round, or confirmed what was carried over? */
static bool has_begun(const struct assessment *as)
{
    for (int i = 0; i < as->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(as, i);
        if (x->state != ANSWER_OPEN && !x->carried)
            return true;
    }
    return false;
}

static void new_round(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    if (!has_begun(app->assessment)) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "In this round nothing is answered or confirmed yet: there is no need for another one"));
        return;
    }
    char now[32];
    struct change c;
    unsigned long group = history_new_group(app->history);
    app_now(app, now);
    if (change_finish_round(&c, app->assessment, now))
        app_do(app, &c, group);
    change_new_round(&c, app->assessment, now);
    app_do(app, &c, group);
    app_say(app, TONE_INFO, T(app->cat, "Round %s: the answers are carried over; confirm each with its level. u takes it back"),
            assessment_round(app->assessment)->id);
}

static void home(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app_push(app, &home_screen, NULL);
}

static void quit(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app->quit = true;
}

static void suspend(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app->suspend = true;
}

static void redraw(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    app->redraw = true;
}

static void moved(struct app *app, int item, const char *text)
{
    (void)item;
    struct diag diag = {0};
    if (app->store == NULL || text[0] == '\0')
        return;
    if (store_move(app->store, text, &diag) != ERR_OK)
        app_say_diag(app, text, &diag);
    else
        app_say(app, TONE_INFO, T(app->cat, "From now on saved in %s"), store_path(app->store));
    app_saved(app);
}

static void save_elsewhere(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    if (app->store == NULL)
        return;
    struct ask ask = {.title = N_("New place to save (its path)"),
                      .initial = store_path(app->store),
                      .item = -1,
                      .done = moved};
    app_push(app, &ask_screen, &ask);
}

static void lock(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    veil_lock(app);
}

static void passphrase(struct app *app, void *state, enum act action)
{
    (void)state;
    (void)action;
    veil_change(app);
}

const struct handler GENERAL_HANDLERS[] = {
    {ACT_TAB_NEXT, tab_step},
    {ACT_TAB_PREV, tab_step},
    {ACT_TAB_1, tab_number},
    {ACT_TAB_2, tab_number},
    {ACT_TAB_3, tab_number},
    {ACT_TAB_4, tab_number},
    {ACT_TAB_5, tab_number},
    {ACT_TAB_6, tab_number},
    {ACT_TAB_7, tab_number},
    {ACT_TAB_8, tab_number},
    {ACT_BACK, app_back},
    {ACT_SEARCH, search},
    {ACT_UNDO, app_undo},
    {ACT_REDO, app_undo},
    {ACT_LANGUAGE, language},
    {ACT_COMPARE, compare},
    {ACT_HELP, help},
    {ACT_SAVE_ELSEWHERE, save_elsewhere},
    {ACT_RELOAD, app_reload},
    {ACT_HOME, home},
    {ACT_NEW_ROUND, new_round},
    {ACT_LOCK, lock},
    {ACT_PASSPHRASE, passphrase},
    {ACT_QUIT, quit},
    {ACT_SUSPEND, suspend},
    {ACT_REDRAW, redraw},
};
const size_t N_GENERAL_HANDLERS = N_HANDLERS(GENERAL_HANDLERS);
