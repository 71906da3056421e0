/* Asking the terminal how it draws, outside the full screen: for `monshin doctor`. The full screen
 * asks for itself (term.c). */
#ifndef TUI_TERM_PROBE_H
#define TUI_TERM_PROBE_H

#include <stdbool.h>

struct probe {
    int kanji;     /* columns of one kanji */
    int ambiguous; /* columns of one sign that some terminals draw wide */
};

/* Writes into the line the cursor stands in, reads where the cursor has come to, and wipes the
 * line. Waits for a second at most; false: not a terminal, or it did not answer. */
bool probe_terminal(struct probe *out);

#endif
