/* monshin rollup --format html: the page for the board. */
#include "core/base/clock.h"
#include "core/method/gaps.h"
#include "tui/app/board.h"
#include "tui/cmd/command.h"
#include "tui/cmd/rollup.h"

int rollup_put_html(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request)
{
    char now[ISO_SIZE];
    long long day_rate = 0;
    const char *subject = NULL;
    struct diag diag = {0};
    int status = cmd_number(cmd, &day_rate, OPT_DAY_RATE, 1, YEN_MAX);
    if (status != STATUS_DONE)
        return status;
    cmd_now(now);
    struct board_request board = {.rollup = r,
                                  .how = request,
                                  .since = cmd->value[OPT_SINCE],
                                  .now = now,
                                  .day_rate = day_rate,
                                  .force = cmd->value[OPT_FORCE] != NULL};
    enum err err = board_to_file(cmd->value[OPT_OUT], &board, cmd->cat, &subject, &diag);
    if (err == ERR_OK)
        return STATUS_DONE;
    return subject == cmd->value[OPT_OUT] ? cmd_fail_out(cmd, subject, err, &diag) : cmd_fail_diag(cmd, subject, &diag);
}
