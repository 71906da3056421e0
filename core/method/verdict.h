/* The comments on the Result: sentences of the checklist chosen by its own conditions. Pure. */
#ifndef CORE_METHOD_VERDICT_H
#define CORE_METHOD_VERDICT_H

#include "core/method/grade.h"
#include "core/model/checklist.h"

enum { VERDICTS_MAX = 40 };

/* section -1: the executive comment. out gets at most VERDICTS_MAX sentences, in order; returns how many. A condition on a
 * section or the whole that has no grade, or on an item without a level, does not hold. */
int verdict_choose(const struct ck_verdict *out[VERDICTS_MAX], const struct checklist *ck, const struct mark *marks,
                   const struct grade_result *grade, int section);

#endif
