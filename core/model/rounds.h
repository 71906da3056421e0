/* Rounds (PDCA): a new round starts from the last answers, each marked as carried over until somebody confirms it. */
#ifndef CORE_MODEL_ROUNDS_H
#define CORE_MODEL_ROUNDS_H

#include "core/model/assessment.h"

/* Closes the present round at `now` (nothing to do when it is closed: then false and out stays empty). */
bool change_finish_round(struct change *out, const struct assessment *a, const char *now);
/* Adds a round with the next free number, kind and assessor as before, answers carried over with notes and evidence but without checks: what
 * was looked at then has to be looked at again. */
void change_new_round(struct change *out, const struct assessment *a, const char *now);

#endif
