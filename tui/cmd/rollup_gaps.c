/* monshin rollup --rows gaps: the next actions of all sites. The sites are read once more, a few at
 * a time. */
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/method/gaps.h"
#include "tui/cmd/command.h"
#include "tui/cmd/rollup.h"

enum { BEFORE = 2, GAP_CELLS = sizeof GAPS_COLUMNS / sizeof GAPS_COLUMNS[0] };
_Static_assert(BEFORE + GAP_CELLS == GAP_ROW_CELLS, "site, round and the columns of gaps");

const char *const GAP_ROW_TITLES[GAP_ROW_CELLS] = {
    N_("Site id"), N_("Round"),      N_("Rank"),       N_("Item"),   N_("Section"), N_("From"),
    N_("To"),      N_("Target"),     N_("Wave"),       N_("Ready"),  N_("Owner"),   N_("Days"),
    N_("Yen"),     N_("Yen a year"), N_("Line stops"), N_("Status"), N_("Action"),  N_("Reason")};

void rollup_gap_columns(struct column out[GAP_ROW_CELLS])
{
    out[0] = (struct column){"site_id", false};
    out[1] = (struct column){"round", false};
    memcpy(out + BEFORE, GAPS_COLUMNS, sizeof GAPS_COLUMNS);
}

/* Shared by the threads that make rows: looked at, never changed. */
struct gaps_run {
    const struct cmd *cmd;
    struct column column[GAP_ROW_CELLS];
    char today[ISO_SIZE];
    long long day_rate;
    struct rows rows; /* of the thread that takes */
};

static void *make_rows(void *cookie, const struct assessment *a, const struct rollup_site *site)
{
    const struct gaps_run *run = cookie;
    struct table *t = xmalloc(sizeof *t);
    struct grade_result grade;
    struct gaps gaps;
    table_init(t, run->column, GAP_ROW_CELLS);
    grade_assessment(&grade, a);
    gaps_compute(&gaps, a, run->today, run->day_rate);
    for (size_t i = 0; i < gaps.n; i++) {
        table_row(t);
        table_add(t, site->id);
        table_add(t, site->round);
        gaps_add_cells(t, run->cmd, a, &gaps.gap[i], i + 1, grade.overall.low_grade);
    }
    gaps_release(&gaps);
    return t;
}

static bool take_rows(void *cookie, const struct rollup_file *file, void *made)
{
    struct gaps_run *run = cookie;
    struct table *t = made;
    (void)file;
    if (t != NULL) {
        table_move(&run->rows.t, t);
        table_release(t);
        free(t);
    }
    return rows_flow(&run->rows);
}

int rollup_put_gaps(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request)
{
    struct gaps_run run = {.cmd = cmd, .day_rate = DAY_RATE_DEFAULT};
    struct rollup_pass pass = {make_rows, take_rows, &run};
    rollup_gap_columns(run.column);
    cmd_now(run.today);
    int status = cmd_number(cmd, &run.day_rate, OPT_DAY_RATE, 1, YEN_MAX);
    if (status == STATUS_DONE)
        status = rows_begin(&run.rows, cmd, run.column, GAP_ROW_CELLS, "gaps", GAP_ROW_TITLES);
    if (status != STATUS_DONE)
        return status;
    rollup_each(r, request, &pass);
    return rows_end(&run.rows);
}
