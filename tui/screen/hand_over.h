/* What leaves the program from the screen: the export for headquarters. */
#ifndef TUI_SCREEN_HAND_OVER_H
#define TUI_SCREEN_HAND_OVER_H

#include "tui/app/app.h"

/* Asks for the file, writes it, says what was written. */
void hand_over_export(struct app *app);

#endif
