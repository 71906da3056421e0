/* The benchmark that a site is held against: read from the file that headquarters gave out, kept while the program runs, and found again the
 * next time (the path stands in $XDG_STATE_HOME/monshin/benchmark; a machine that may not be written to simply forgets it). */
#ifndef TUI_APP_BENCH_H
#define TUI_APP_BENCH_H

#include "core/method/benchmark.h"

struct app;

enum err bench_read(struct benchmark *out, const char *path, find_checklist_fn find, void *cookie, struct diag *diag);

/* Takes the file of that name from now on. On failure what there was stays. */
enum err bench_take(struct app *app, const char *path, struct diag *diag);
/* None from now on. */
void bench_drop(struct app *app);
/* The one of last time; none, without a word, when there was none or it cannot be read now (a stick that is not plugged in). */
void bench_recall(struct app *app);
/* Forgets it for this run only. */
void bench_release(struct app *app);
/* NULL: none, or one of another checklist than the file that is open. */
const struct benchmark *bench_of(const struct app *app);

#endif
