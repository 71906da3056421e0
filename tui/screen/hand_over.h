/* What leaves the program from the screen: the export for headquarters, the report for people. */
#ifndef TUI_SCREEN_HAND_OVER_H
#define TUI_SCREEN_HAND_OVER_H

#include "tui/app/app.h"

/* Each asks for the file, writes it, and says what was written. The export first asks whom it is to be sealed for (hand_over_seal.c). */
void hand_over_export(struct app *app);
void hand_over_report(struct app *app);
/* Asks for the benchmark file; an empty answer takes it away. */
void hand_over_benchmark(struct app *app);

/* The export for nobody in particular: what an empty answer leads to. */
void hand_over_open(struct app *app);
/* A name beside the file, after site and round; the caller's. */
char *hand_over_suggested(const struct app *app, const char *ending);

#endif
