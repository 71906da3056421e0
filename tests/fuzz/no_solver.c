/* The solver that is not there: a plan in a thread of its own is neither fast nor the same each time. The plan itself has its own tests. */
#include "tui/app/solver.h"

#include <stddef.h>

struct solver {
    int nothing;
};

struct solver *solver_new(void)
{
    static struct solver none;
    return &none;
}

void solver_free(struct solver *s)
{
    (void)s;
}

void solver_ask(struct solver *s, const struct assessment *a, const struct plan_request *request, const char *today)
{
    (void)s, (void)a, (void)request, (void)today;
}

bool solver_busy(struct solver *s)
{
    (void)s;
    return false;
}

bool solver_take(struct solver *s, struct plan_result *out)
{
    (void)s, (void)out;
    return false;
}
