/* See history.h. A row of inverses with a cursor: below it what can be undone, from it on what can
 * be redone. */
#include "core/model/history.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { HISTORY_MAX = 10000 };

struct step {
    struct change change; /* inverse of what was done, or of what was undone */
    unsigned long group;
};

struct history {
    struct step *step;
    size_t n, cap, cursor;
    unsigned long last_group;
};

struct history *history_new(void)
{
    return xcalloc(1, sizeof(struct history));
}

static void forget_from(struct history *h, size_t first)
{
    for (size_t i = first; i < h->n; i++)
        change_release(&h->step[i].change);
    if (h->n > first)
        h->n = first;
}

void history_free(struct history *h)
{
    if (h == NULL)
        return;
    forget_from(h, 0);
    free(h->step);
    free(h);
}

/* Makes room for one more by letting the oldest tenth go: a whole move for every change would be
 * wasteful. */
static void forget_oldest(struct history *h)
{
    const size_t n_gone = HISTORY_MAX / 10;
    for (size_t i = 0; i < n_gone; i++)
        change_release(&h->step[i].change);
    h->n -= n_gone;
    h->cursor -= n_gone;
    memmove(h->step, h->step + n_gone, h->n * sizeof *h->step);
}

unsigned long history_new_group(struct history *h)
{
    h->last_group++;
    return h->last_group;
}

void history_do(struct history *h, struct assessment *a, struct change *c, unsigned long group)
{
    forget_from(h, h->cursor);
    if (h->n == HISTORY_MAX + HISTORY_MAX / 10)
        forget_oldest(h);
    if (h->n == h->cap) {
        h->cap = h->cap > 0 ? h->cap * 2 : 16;
        h->step = xreallocarray(h->step, h->cap, sizeof *h->step);
    }
    struct step *s = &h->step[h->n];
    s->group = group;
    assessment_apply(a, c, &s->change);
    h->n++;
    h->cursor = h->n;
}

void history_take_back(struct history *h, struct assessment *a)
{
    if (h->cursor == 0 || h->cursor != h->n)
        return;
    struct step *s = &h->step[--h->n];
    h->cursor = h->n;
    assessment_apply(a, &s->change, NULL);
}

/* Applies the change of a step and leaves in it what takes that back. */
static void turn(struct step *s, struct assessment *a, struct history_step *did)
{
    struct change back;
    if (did != NULL) {
        bool of_item = s->change.kind == CHANGE_ANSWER || s->change.kind == CHANGE_TARGET ||
                       s->change.kind == CHANGE_ACTION;
        *did = (struct history_step){s->change.kind, of_item ? s->change.item : -1};
    }
    assessment_apply(a, &s->change, &back);
    s->change = back;
}

bool history_undo(struct history *h, struct assessment *a, struct history_step *did)
{
    if (h->cursor == 0)
        return false;
    unsigned long group = h->step[h->cursor - 1].group;
    do {
        h->cursor--;
        turn(&h->step[h->cursor], a, did);
    } while (group != 0 && h->cursor > 0 && h->step[h->cursor - 1].group == group);
    return true;
}

bool history_redo(struct history *h, struct assessment *a, struct history_step *did)
{
    if (h->cursor == h->n)
        return false;
    unsigned long group = h->step[h->cursor].group;
    do {
        turn(&h->step[h->cursor], a, did);
        h->cursor++;
    } while (group != 0 && h->cursor < h->n && h->step[h->cursor].group == group);
    return true;
}
