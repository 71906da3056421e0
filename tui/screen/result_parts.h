/* Parts of the Result page that have a file of their own: what to do next, and the rounds. Private to result*.c. */
#ifndef TUI_SCREEN_RESULT_PARTS_H
#define TUI_SCREEN_RESULT_PARTS_H

#include "core/method/gaps.h"
#include "tui/app/app.h"
#include "tui/widget/page.h"

/* The first three steps that can start today, in one sentence each, with what they take and what they change. */
void result_add_next(const struct app *app, struct page *p, const struct gaps *gaps);
/* What is said but not seen, and what nobody knew: to verify, to ask. */
/* Beside other sites, when there is a benchmark. */
void result_add_bench(const struct app *app, struct page *p);
void result_add_verify(const struct app *app, struct page *p);
/* Scores of all rounds, and what changed since the last one. Nothing in a first round. */
void result_add_rounds(const struct app *app, struct page *p);
void result_add_heading(struct page *p, const char *title);

#endif
