/* What became of a file of a roll-up, in words. */
#ifndef TUI_APP_OUTCOME_H
#define TUI_APP_OUTCOME_H

#include "core/method/rollup.h"
#include "i18n/catalog.h"

struct buf;

/* Appends what is to be said about a file, clean; nothing: it was taken and nothing is odd about it. */
void outcome_message(struct buf *out, const struct catalog *cat, const struct rollup *r, const struct rollup_file *f);
/* Of a sealed file that was opened: who has signed it, after "; ". Nothing of another. */
void outcome_signer(struct buf *out, const struct catalog *cat, const struct rollup_file *f);

#endif
