/* A merge in the making: two files of one site and round, what they disagree on, and what was decided about it. Shared by monshin merge
 * without a screen and by the screen that decides one by one. */
#ifndef TUI_APP_MERGING_H
#define TUI_APP_MERGING_H

#include <stdbool.h>

#include "core/base/diag.h"
#include "core/method/merge.h"

struct passphrase;

enum { MERGE_SIDES = 2 };

struct merging {
    const struct assessment *side[MERGE_SIDES]; /* borrowed */
    const char *path[MERGE_SIDES], *out;        /* borrowed */
    bool force;                                 /* an existing file may be replaced */
    const struct passphrase *pass;              /* borrowed: what the merged file is under, as one of the two is; NULL: nothing */
    enum merge_choice choice[ITEMS_MAX];        /* by item */
    bool decided[ITEMS_MAX];                    /* by item: by a person, not by the clock */
    struct merge_conflict conflict[ITEMS_MAX];
    int n_conflicts;
    struct assessment *merged; /* owned: with the choices as they are */
    bool written;
};

/* side, path, out and force are set; all choices: prefer. On a refusal there is nothing merged. */
enum merge_refusal merging_begin(struct merging *m, enum merge_choice prefer);
void merging_release(struct merging *m);
/* Decides about conflict number i. */
void merging_decide(struct merging *m, int i, enum merge_choice choice);
/* How many conflicts nobody has decided: there the newer answer counts. */
int merging_undecided(const struct merging *m);
/* Writes the merged file: newer than both, so that nobody who has seen one of them takes it for that. Gzip unless the name ends in .xml, then under
 * the passphrase, with a key of its own. */
enum err merging_write(struct merging *m, const char *path, const char *now, struct diag *diag);

#endif
