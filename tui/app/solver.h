/* The plan in a thread of its own, so that the screen never waits for it. A new question cancels the one before; an answer is
 * taken when there is one. Used from one thread. */
#ifndef TUI_APP_SOLVER_H
#define TUI_APP_SOLVER_H

#include <stdbool.h>

#include "core/method/plan.h"

struct solver;

struct solver *solver_new(void);
void solver_free(struct solver *s); /* cancels and waits, at most for the time the solver needs to notice */

/* Starts on a copy of the assessment; what was under way is cancelled. wish (or NULL) is copied. */
void solver_ask(struct solver *s, const struct assessment *a, const struct plan_request *request, const char *today);
bool solver_busy(struct solver *s);
/* The newest answer, once; the caller releases it with plan_release. false: nothing new. */
bool solver_take(struct solver *s, struct plan_result *out);

#endif
