/* A capital letter drawn large, so that the grade can be read from across the table. */
#ifndef TUI_SCREEN_BIG_H
#define TUI_SCREEN_BIG_H

#include "tui/term/canvas.h"

enum { BIG_ROWS = 5, BIG_COLS = 10 };

/* dot: a glyph one column wide, drawn twice for each point. Letters A to Z; anything else is drawn as a dash. */
void big_letter(struct area a, int row, int col, unsigned style, char letter, const char *dot);

#endif
