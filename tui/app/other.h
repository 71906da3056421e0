/* The file that the one on the screen is held against (compare): read only, never written. Without one, a file of several rounds is
 * held against its round before. */
#ifndef TUI_APP_OTHER_H
#define TUI_APP_OTHER_H

#include "core/base/diag.h"

struct app;
struct round;
struct assessment;

/* Reads it and keeps it in place of the one before. ERR_OTHER_CHECKLIST when it cannot be compared,
 * ERR_SAME_FILE when it is the file on the screen, by whatever name. */
enum err other_take(struct app *app, const char *path, struct diag *diag);
void other_release(struct app *app);
/* Of whom the other round is: the other file's present round, else the round before in this file. NULL: there is none. */
const struct round *other_round(const struct app *app, const struct assessment **whose);

#endif
