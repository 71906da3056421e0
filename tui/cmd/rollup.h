/* What the files of monshin rollup share. */
#ifndef TUI_CMD_ROLLUP_H
#define TUI_CMD_ROLLUP_H

#include "core/method/rollup.h"
#include "core/out/table.h"

struct buf;
struct cmd;

enum rollup_rows { ROWS_SITES, ROWS_ANSWERS, ROWS_GAPS, ROWS_COMMON, ROWS_GRADES };

void rollup_clean_path(struct buf *out, const char *path);

/* A line on standard error for each file that is not taken, what is odd about sites, the summary;
 * and the file of --outcomes. Gives the exit status that follows from the files. */
int rollup_tell_outcomes(const struct cmd *cmd, const struct rollup *r);

/* rollup_fleet.c: what the sites say together. */
int rollup_put_common(const struct cmd *cmd, const struct rollup *r);
int rollup_put_grades(const struct cmd *cmd, const struct rollup *r);
int rollup_put_benchmark(const struct cmd *cmd, const struct rollup *r);

/* rollup_model.c: --model and --rollout. */
int rollup_put_model(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request,
                     enum rollup_rows rows);

/* rollup_html.c: for the board, into the file of -o. */
int rollup_put_html(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request);

/* rollup_gaps.c: --rows gaps; and what it shares with --model. */
enum { GAP_ROW_CELLS = 18 };
extern const char *const GAP_ROW_TITLES[GAP_ROW_CELLS];
void rollup_gap_columns(struct column out[GAP_ROW_CELLS]);
int rollup_put_gaps(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request);

#endif
