/* What else a person may record about an item: who said so, and how far is enough here. See items.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "tui/screen/items.h"
#include "tui/screen/screens.h"

static void person_done(struct app *app, int item, const char *id)
{
    const struct assessment *as = app->assessment;
    const struct person *p = assessment_person(as, id);
    char now[ISO_SIZE];
    struct change c = {.kind = CHANGE_ANSWER, .index = as->n_rounds - 1, .item = item};
    answer_copy(&c.u.answer, assessment_answer(as, item), &as->checklist->item[item]);
    bool ask = c.u.answer.state == ANSWER_UNKNOWN;
    field_set(ask ? &c.u.answer.ask : &c.u.answer.by, id, FIELD_MAX, false);
    app_now(app, now);
    field_set(&c.u.answer.at, now, FIELD_MAX, false);
    app_say(app, TONE_INFO, ask ? T(app->cat, "To ask: %s") : T(app->cat, "Said by: %s"), p != NULL ? p->name : T(app->cat, "nobody"));
    app_do(app, &c, 0);
}

void items_next_person(struct app *app, int item)
{
    const struct answer *x = assessment_answer(app->assessment, item);
    bool ask = x->state == ANSWER_UNKNOWN;
    struct pick pick = {.title = ask ? N_("Whom to ask") : N_("Who said so"), .current = ask ? x->ask : x->by, .item = item, .tag = item, .done = person_done};
    pick_person(app, &pick);
}

/* "4 because of the service links": a level and why; nothing: back to what the site's importance asks for. */
static void target_done(struct app *app, int item, const char *text)
{
    int level = text[0] >= '1' && text[0] <= '0' + LEVEL_MAX ? text[0] - '0' : 0;
    const char *reason = text + (level > 0);
    reason += strspn(reason, " ");
    if ((text[0] != '\0' && level == 0) || (level > 0 && reason[0] == '\0')) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Write a level 1 to 5 and the reason, such as: 4 four service links"));
        return;
    }
    struct change c = {.kind = CHANGE_TARGET, .item = item};
    target_copy(&c.u.target, &(struct target){.item = item, .level = level});
    field_set(&c.u.target.reason, reason, FIELD_MAX, false);
    app_do(app, &c, 0);
}

void items_ask_target(struct app *app, int item)
{
    const struct target *t = assessment_target(app->assessment, item);
    struct buf initial = {0};
    if (t != NULL)
        buf_addf(&initial, "%d %s", t->level, t->reason);
    struct ask ask = {.title = N_("Target level and why (empty: by the site's importance)"), .initial = buf_str(&initial), .item = item,
                      .done = target_done};
    app_push(app, &ask_screen, &ask);
    buf_release(&initial);
}
