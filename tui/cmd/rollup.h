/* What the files of monshin rollup share. */
#ifndef TUI_CMD_ROLLUP_H
#define TUI_CMD_ROLLUP_H

#include "core/method/rollup.h"

struct buf;
struct cmd;

enum rollup_rows { ROWS_SITES, ROWS_ANSWERS, ROWS_GAPS };

void rollup_clean_path(struct buf *out, const char *path);

/* A line on standard error for each file that is not taken, what is odd about sites, the summary;
 * and the file of --outcomes. Gives the exit status that follows from the files. */
int rollup_tell_outcomes(const struct cmd *cmd, const struct rollup *r);

int rollup_put_gaps(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request);

#endif
