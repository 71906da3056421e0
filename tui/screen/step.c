/* What a person may change about a step: status, owner, due date, own figures, note. Shared by the Actions tab and the playbook. See
 * screens.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "tui/app/app.h"
#include "tui/screen/figures.h"
#include "tui/screen/screens.h"

/* A prompt hands back one number: the step in it. */
static int pack(int item, int to)
{
    return item * LEVEL_MAX + to - 1;
}

static void begin(const struct app *app, int item, int to, struct change *c)
{
    const struct action *present = assessment_action(app->assessment, item, to);
    struct action fresh = {.item = item, .to = to, .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1};
    char now[ISO_SIZE];
    *c = (struct change){.kind = CHANGE_ACTION, .item = item};
    action_copy(&c->u.action, present != NULL ? present : &fresh);
    app_now(app, now);
    field_set(&c->u.action.updated, now, FIELD_MAX, false);
}

static void set_status(struct app *app, int item, int to, enum action_status status, const char *note)
{
    struct change c;
    begin(app, item, to, &c);
    c.u.action.status = status;
    if (note != NULL)
        field_set(&c.u.action.note, note, TEXT_MAX, true);
    action_log(&c.u.action, c.u.action.updated);
    app_do(app, &c, 0);
    app_say(app, TONE_INFO, "%s %d>%d: %s", app->assessment->checklist->item[item].id, to - 1, to, status_name(app, status));
}

static void dropped(struct app *app, int packed, const char *text)
{
    set_status(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, ACTION_DROPPED, text);
}

/* open, doing, done, dropped (with the reason), open again. A done step raises no level: that is an answer, given on the item. */
static void next_status(struct app *app, int item, int to)
{
    const struct action *present = assessment_action(app->assessment, item, to);
    enum action_status now = present != NULL ? present->status : ACTION_OPEN;
    if (now != ACTION_DONE) {
        set_status(app, item, to, (enum action_status)((now + 1) % ACTION_STATUS_COUNT), NULL);
        return;
    }
    struct ask ask = {.title = N_("Why is it dropped?"), .initial = present->note, .item = -1, .tag = pack(item, to), .must = true,
                      .max_bytes = TEXT_MAX, .done = dropped};
    app_push(app, &ask_screen, &ask);
}

static void owner_done(struct app *app, int packed, const char *id)
{
    struct change c;
    begin(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, &c);
    field_set(&c.u.action.owner, id, FIELD_MAX, false);
    action_log(&c.u.action, c.u.action.updated);
    app_do(app, &c, 0);
}

static void pick_owner(struct app *app, int item, int to, const struct action *present)
{
    struct pick pick = {.title = N_("Owner"), .current = present != NULL ? present->owner : "", .item = item, .tag = pack(item, to), .done = owner_done};
    pick_person(app, &pick);
}

static void due_done(struct app *app, int packed, const char *text)
{
    if (text[0] != '\0' && !iso_date_valid(text)) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "A date is written as 2026-12-25"));
        return;
    }
    struct change c;
    begin(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, &c);
    field_set(&c.u.action.due, text, FIELD_MAX, false);
    app_do(app, &c, 0);
}

/* "2.5" in tenths, -1 for nothing, -2 for what is no number. */
static long parse_tenths(const char *text)
{
    char *end;
    if (text[0] == '\0')
        return -1;
    long whole = strtol(text, &end, 10), tenth = 0;
    if (end == text || whole < 0 || whole > 10000)
        return -2;
    if (*end == '.' && end[1] >= '0' && end[1] <= '9')
        tenth = end[1] - '0', end += 2;
    return *end == '\0' ? whole * 10 + tenth : -2;
}

static void days_done(struct app *app, int packed, const char *text)
{
    long tenths = parse_tenths(text);
    if (tenths == -2) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Person-days: a number such as 5 or 2.5; empty for the estimate"));
        return;
    }
    struct change c;
    begin(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, &c);
    c.u.action.effort_tenths = tenths;
    app_do(app, &c, 0);
}

static void cost_done(struct app *app, int packed, const char *text)
{
    char *end;
    long long yen = text[0] == '\0' ? -1 : strtoll(text, &end, 10);
    if (text[0] != '\0' && (*end != '\0' || yen < 0 || yen > 100000000000LL)) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Yen: digits only, such as 400000; empty for the estimate"));
        return;
    }
    struct change c;
    begin(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, &c);
    c.u.action.cost_jpy = yen;
    app_do(app, &c, 0);
}

static void note_done(struct app *app, int packed, const char *text)
{
    struct change c;
    begin(app, packed / LEVEL_MAX, packed % LEVEL_MAX + 1, &c);
    field_set(&c.u.action.note, text, TEXT_MAX, true);
    app_do(app, &c, 0);
}

static void ask_text(struct app *app, int item, int to, const char *title, const char *initial, void (*done)(struct app *, int, const char *))
{
    struct ask ask = {.title = title, .initial = initial, .item = -1, .tag = pack(item, to), .max_bytes = TEXT_MAX, .done = done};
    app_push(app, &ask_screen, &ask);
}

void step_edit(struct app *app, int item, int to, enum act action)
{
    const struct action *present = assessment_action(app->assessment, item, to);
    struct buf value = {0};
    if (action == ACT_STEP_STATUS) {
        next_status(app, item, to);
    } else if (action == ACT_STEP_OWNER) {
        pick_owner(app, item, to, present);
    } else if (action == ACT_STEP_DUE) {
        ask_text(app, item, to, N_("Due date (YYYY-MM-DD)"), present != NULL ? present->due : "", due_done);
    } else if (action == ACT_STEP_DAYS) {
        if (present != NULL && present->effort_tenths >= 0)
            figure_days(&value, present->effort_tenths);
        ask_text(app, item, to, N_("Person-days at this site (empty: the estimate)"), buf_str(&value), days_done);
    } else if (action == ACT_STEP_COST) {
        if (present != NULL && present->cost_jpy >= 0)
            buf_addf(&value, "%lld", present->cost_jpy);
        ask_text(app, item, to, N_("Yen to build at this site (empty: the estimate)"), buf_str(&value), cost_done);
    } else if (action == ACT_STEP_NOTE) {
        ask_text(app, item, to, N_("Note"), present != NULL ? present->note : "", note_done);
    }
    buf_release(&value);
}
