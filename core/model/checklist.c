/* Looking things up in a checklist: see checklist.h. A checklist has at most a few hundred of anything: a walk is quick enough. */
#include "core/model/checklist.h"

#include <string.h>

#define FIND(array, n, id_)                                                                                            \
    for (int i_ = 0; i_ < (n); i_++)                                                                                   \
        if (strcmp((array)[i_].id, (id_)) == 0)                                                                        \
            return i_;                                                                                                 \
    return -1

int checklist_item(const struct checklist *ck, const char *id)
{
    FIND(ck->item, ck->n_items, id);
}

int checklist_section(const struct checklist *ck, const char *id)
{
    FIND(ck->section, ck->n_sections, id);
}

int checklist_edition(const struct checklist *ck, const char *id)
{
    FIND(ck->edition, ck->n_editions, id);
}

int checklist_role(const struct checklist *ck, const char *id)
{
    FIND(ck->role, ck->n_roles, id);
}

int checklist_importance(const struct checklist *ck, const char *id)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(ck->importance[i].id, id) == 0)
            return i;
    return 1;
}

int checklist_target(const struct checklist *ck, int item, int importance)
{
    const struct ck_importance *imp = &ck->importance[importance];
    return ck->item[item].key ? imp->target_key : imp->target;
}
