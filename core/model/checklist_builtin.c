/* The checklists compiled into the program (checklists/compile.c makes the table): see checklist.h. */
#include "core/model/checklist_builtin.h"

#include <string.h>

int checklist_n_builtin(void)
{
    return checklist_builtin_count;
}

const struct checklist *checklist_builtin(int i)
{
    return checklist_builtin_table[i];
}

const struct checklist *checklist_find(const char *id)
{
    for (int i = 0; i < checklist_builtin_count; i++)
        if (strcmp(checklist_builtin_table[i]->id, id) == 0)
            return checklist_builtin_table[i];
    return NULL;
}
