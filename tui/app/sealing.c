/* See sealing.h. */
#include "tui/app/sealing.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/seal/secret.h"

void sealing_for(struct app *app, const char *name, const struct key_public *to)
{
    struct sealing *s = xcalloc(1, sizeof *s);
    s->name = xstrdup(name); /* which may be the old one's */
    s->to = *to;
    sealing_drop(app);
    app->sealing = s;
}

void sealing_forget_key(struct sealing *s)
{
    secret_free(s->from);
    s->from = NULL;
}

void sealing_drop(struct app *app)
{
    if (app->sealing == NULL)
        return;
    sealing_forget_key(app->sealing);
    free(app->sealing->name);
    free(app->sealing);
    app->sealing = NULL;
}
