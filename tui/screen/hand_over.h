/* What leaves the program from the screen: the export for headquarters, the report for people. */
#ifndef TUI_SCREEN_HAND_OVER_H
#define TUI_SCREEN_HAND_OVER_H

#include "tui/app/app.h"

/* Each asks for the file, writes it, and says what was written. */
void hand_over_export(struct app *app);
void hand_over_report(struct app *app);
/* Asks for the benchmark file; an empty answer takes it away. */
void hand_over_benchmark(struct app *app);

#endif
