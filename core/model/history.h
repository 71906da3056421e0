/* Undo and redo over assessment changes. Holds inverses; a group (one editing session, one command) is undone as one. */
#ifndef CORE_MODEL_HISTORY_H
#define CORE_MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/assessment.h"

struct history; /* owned by whoever owns the assessment on the screen */

struct history *history_new(void);
void history_free(struct history *h);

/* Applies c to a and remembers its inverse; forgets what could be redone. group 0: a step of its own; the same non-zero group as the
 * step before: joined to it. Keeps the newest 10,000 changes. */
void history_do(struct history *h, struct assessment *a, struct change *c, unsigned long group);
unsigned long history_new_group(struct history *h);
/* Takes back what history_do did last, alone, and forgets it: it could not be kept. */
void history_take_back(struct history *h, struct assessment *a);

/* What undo or redo did, so that the screen can go there and say it. */
struct history_step {
    enum change_kind kind;
    int item; /* -1 when the change is not about an item */
};
bool history_undo(struct history *h, struct assessment *a, struct history_step *did); /* false: nothing to undo */
bool history_redo(struct history *h, struct assessment *a, struct history_step *did);

#endif
