/* monshin report: the HTML report. */
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "tui/app/report.h"
#include "tui/cmd/command.h"

int cmd_report(struct cmd *cmd)
{
    struct diag diag = {0};
    char now[ISO_SIZE];
    int status = cmd_need_out(cmd, "OUT.html");
    if (status != STATUS_DONE)
        return status;
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    if (a == NULL)
        return STATUS_TROUBLE;
    cmd_now(now);
    enum err err = report_to_file(cmd->value[OPT_OUT], cmd->value[OPT_FORCE] != NULL, a, cmd->cat,
                                  now, &diag);
    assessment_free(a);
    return err == ERR_OK ? STATUS_DONE : cmd_fail_out(cmd, cmd->value[OPT_OUT], err, &diag);
}
