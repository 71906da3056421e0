/* What the files of monshin ask share. */
#ifndef TUI_CMD_ASK_H
#define TUI_CMD_ASK_H

#include <stdbool.h>

#include "tui/cmd/command.h"
#include "tui/cmd/line.h"

struct history;
struct store;

struct ask {
    struct cmd *cmd;
    struct line_io io;
    struct store *store;
    struct assessment *a; /* owned */
    struct history *history;
    int item;   /* the one that is asked; the number of items: past the end */
    bool saved; /* all that was answered is durable */
};

/* Open, or carried over from the last round and not confirmed. */
bool ask_waits(const struct answer *x);

/* ask_show.c */
void ask_show_start(const struct ask *ask); /* which site, how far, how it goes */
void ask_show_item(const struct ask *ask);
void ask_show_help(const struct ask *ask);
void ask_show_open(const struct ask *ask); /* what still waits */

#endif
