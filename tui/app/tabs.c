/* The tabs of an open assessment, in their order. A section tab for each section of the checklist; what stands before and after them is
 * listed here. */
#include "core/base/mem.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"

static void open_tab(struct app *app, const struct screen_ops *ops, int section)
{
    if (app->n_tabs == TABS_MAX)
        return;
    struct open_screen *s = &app->tab[app->n_tabs++];
    *s = (struct open_screen){.ops = ops, .state = xcalloc(1, ops->state_size), .section = section};
    if (ops->open != NULL)
        ops->open(app, s->state, &section);
}

/* Where one goes on: the tab of the first open item. */
static int first_open_tab(const struct app *app)
{
    const struct checklist *ck = app->assessment->checklist;
    for (int i = 0; i < app->n_tabs; i++) {
        int section = app->tab[i].section;
        if (section >= 0 && app_asked(app, section) < ck->section[section].n_items)
            return i;
    }
    return 0;
}

void tabs_open(struct app *app)
{
    open_tab(app, &site_screen, -1);
    for (int i = 0; i < app->assessment->checklist->n_sections; i++)
        open_tab(app, &items_screen, i);
    open_tab(app, &result_screen, -1);
    open_tab(app, &actions_screen, -1);
    open_tab(app, &plan_screen, -1);
    /* What a tab computes, it computes when it is first shown. */
    for (int i = 0; i < app->n_tabs; i++)
        app->tab[i].behind = true;
    app_show_tab(app, first_open_tab(app));
}
