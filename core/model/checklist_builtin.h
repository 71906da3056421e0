/* What the checklist compiler emits. Only checklist_builtin.c and the compiler include this. */
#ifndef CORE_MODEL_CHECKLIST_BUILTIN_H
#define CORE_MODEL_CHECKLIST_BUILTIN_H

#include "core/model/checklist.h"

extern const struct checklist *const checklist_builtin_table[];
extern const int checklist_builtin_count;

#endif
