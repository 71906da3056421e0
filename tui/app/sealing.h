/* An export that is being sealed: for whom, and by whom. */
#ifndef TUI_APP_SEALING_H
#define TUI_APP_SEALING_H

#include "core/seal/key.h"
#include "tui/app/app.h"

struct sealing {
    char *name; /* owned: the recipient as it was typed; stays as the next time's proposal */
    struct key_public to;
    struct key_secret *from; /* owned, in secret_new; NULL: not yet, or used */
};

void sealing_for(struct app *app, const char *name, const struct key_public *to);
void sealing_forget_key(struct sealing *s);
void sealing_drop(struct app *app);

#endif
