/* A manual page as plain text, for machines without man: the few requests of roff that tui/template uses. */
#ifndef TUI_CMD_TYPESET_H
#define TUI_CMD_TYPESET_H

struct buf;

/* Appends the page, source as man(7) has it, wrapped to n_cols columns. A request that it does not know is left out. */
void typeset(struct buf *out, const char *source, int n_cols);

#endif
