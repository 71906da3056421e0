/* A new assessment with what core has no source for: a random id and the time. Shared by the home screen and the command line. */
#ifndef TUI_APP_FRESH_H
#define TUI_APP_FRESH_H

#include <time.h>

#include "core/model/assessment.h"

struct assessment *fresh_assessment(const struct checklist *ck, int edition, time_t now);
/* ISO 8601 with the local offset of that moment. out: at least ISO_SIZE bytes. */
void fresh_time(char *out, time_t t);

#endif
