/* The roll-up for the board as a file; used by the command line and by the Sites screen. */
#ifndef TUI_APP_BOARD_H
#define TUI_APP_BOARD_H

#include "core/method/rollup.h"
#include "i18n/catalog.h"

struct board_request {
    struct rollup *rollup;
    const struct rollup_request *how; /* as it was collected with; its paths are not used */
    const char *since;                /* an earlier roll-up (see rollup_board.h); NULL: none */
    const char *now;
    long long day_rate; /* 0: the default */
    bool force;         /* replace what is there */
};

/* *subject: which of the two paths a failure is about. */
enum err board_to_file(const char *path, const struct board_request *request, const struct catalog *cat, const char **subject,
                       struct diag *diag);

#endif
