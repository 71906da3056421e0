/* The built-in example as files in a folder of its own that goes again: for monshin demo, and for the key on the home screen. */
#ifndef TUI_APP_SHOWCASE_H
#define TUI_APP_SHOWCASE_H

#include <stdbool.h>

#include "core/base/diag.h"
#include "i18n/lang.h"

struct app;
struct buf;
struct demo;

struct showcase {
    char *folder; /* owned */
    char *plant;  /* owned: the file of the plant that is shown first */
    struct demo *demo; /* owned */
};

/* Writes the plant that is shown first, or with fleet all, into a folder that is there. On a failure `failed` is given the path. */
enum err showcase_write(const char *folder, const struct demo *demo, bool fleet, struct buf *failed, struct diag *diag);

/* Makes the folder ($TMPDIR, else /tmp; for its owner only) and writes into it. today: ISO 8601. On a failure nothing is left, and *out is NULL. */
enum err showcase_make(struct showcase **out, enum lang lang, const char *today, bool fleet, struct buf *failed, struct diag *diag);
/* Takes the files of the example away, and what the store keeps beside them, and the folder. false: the person wrote something there
 * meanwhile (a report, say), which stays. Frees; NULL is nothing to do. `folder`, if not NULL, is given the name of the folder that stays. */
bool showcase_clear(struct showcase *s, struct buf *folder);

/* In the program: opens the example plant, or the Sites screen with all of them, marked as an example. What was open is closed. */
void showcase_open(struct app *app, bool fleet);
/* Shows what is worth seeing first, and says that it is an example. */
void showcase_begin(struct app *app);

#endif
