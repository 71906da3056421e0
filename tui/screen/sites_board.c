/* From the Sites screen: the page for the board. First what to compare with, then where to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"
#include "tui/app/app.h"
#include "tui/app/board.h"
#include "tui/app/fleet.h"
#include "tui/screen/screens.h"

static void written(struct app *app, const char *path, bool force)
{
    char now[ISO_SIZE];
    struct diag diag = {0};
    const char *subject = path;
    struct rollup_request how = fleet_request(app->fleet, app->find, app->find_cookie);
    app_now(app, now);
    size_t n_sites = app->fleet->r.n_sites;
    struct board_request request = {.rollup = &app->fleet->r, .how = &how, .since = app->fleet->since, .now = now, .force = force};
    enum err err = board_to_file(path, &request, app->cat, &subject, &diag);
    if (app->fleet->r.n_sites != n_sites)
        fleet_refresh(app->fleet);
    if (err != ERR_OK)
        app_say_diag(app, subject, &diag);
    else
        app_say(app, TONE_INFO, T(app->cat, "The page for the board is in %s: open it in any browser, or print it"), path);
}

static void compared(struct app *app, int tag, const char *since)
{
    (void)tag;
    char now[ISO_SIZE], name[48];
    free(app->fleet->since);
    app->fleet->since = since[0] != '\0' ? xstrdup(since) : NULL;
    app_now(app, now);
    snprintf(name, sizeof name, "sites-%.10s.html", now);
    ask_target(app, N_("Page for the board to"), name, written);
}

void sites_board(struct app *app)
{
    const char *since = app->fleet->since;
    struct ask ask = {.title = N_("Earlier roll-up to compare with: folder or file (empty: the rounds before)"), .initial = since != NULL ? since : "",
                      .item = -1, .max_bytes = 1000, .done = compared};
    app_push(app, &ask_screen, &ask);
}
