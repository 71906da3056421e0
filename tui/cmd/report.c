/* monshin report: the HTML report. */
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "tui/app/bench.h"
#include "tui/app/report.h"
#include "tui/cmd/command.h"

/* The benchmark of the option, NULL without one. */
static int take_benchmark(struct cmd *cmd, const struct assessment *a, struct benchmark **out)
{
    const char *path = cmd->value[OPT_BESIDE];
    struct diag diag = {0};
    *out = NULL;
    if (path == NULL)
        return STATUS_DONE;
    *out = xcalloc(1, sizeof **out);
    if (bench_read(*out, path, shelf_find, &cmd->shelf, &diag) != ERR_OK)
        return cmd_fail_diag(cmd, path, &diag);
    if ((*out)->checklist != a->checklist)
        return cmd_fail(cmd, STATUS_BAD, path, T(cmd->cat, "is a benchmark of another checklist (%s)"), (*out)->checklist->id);
    return STATUS_DONE;
}

int cmd_report(struct cmd *cmd)
{
    struct diag diag = {0};
    struct benchmark *bench = NULL;
    char now[ISO_SIZE];
    int status = cmd_need_out(cmd, "OUT.html");
    if (status != STATUS_DONE)
        return status;
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    if (a == NULL)
        return STATUS_TROUBLE;
    status = take_benchmark(cmd, a, &bench);
    if (status == STATUS_DONE) {
        cmd_now(now);
        enum err err = report_to_file(cmd->value[OPT_OUT], cmd->value[OPT_FORCE] != NULL, a, bench, cmd->cat, now, &diag);
        if (err != ERR_OK)
            status = cmd_fail_out(cmd, cmd->value[OPT_OUT], err, &diag);
        else
            cmd_warn_open(cmd, cmd->value[OPT_OUT]);
    }
    free(bench);
    assessment_free(a);
    return status;
}
