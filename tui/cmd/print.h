/* What the files of monshin print share: the questionnaire as it is printed. */
#ifndef TUI_CMD_PRINT_H
#define TUI_CMD_PRINT_H

#include "tui/cmd/command.h"

struct buf;

struct sheet {
    const struct cmd *cmd;
    const struct checklist *ck;
    int edition;
    const struct assessment *a; /* NULL: blank */
};

/* The answer of an item; NULL on a blank sheet. */
const struct answer *sheet_answer(const struct sheet *s, int item);
/* Is this box ticked? level 0: unknown; -1: not applicable. */
bool sheet_ticked(const struct sheet *s, int item, int level);
/* "key item" in brackets for a key item. */
void sheet_title(struct buf *out, const struct sheet *s, int item);
void sheet_questions(struct buf *out, const struct sheet *s, int item); /* a line each */
const char *sheet_how(const struct sheet *s);                           /* how it is filled in */
const char *sheet_strip(const struct sheet *s);                         /* the title of the row of figures at the end */

/* print_html.c */
void print_html(struct buf *out, const struct sheet *s);

#endif
