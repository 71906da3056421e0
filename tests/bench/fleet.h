/* Fleets: the files of many plants, as plausible as dice can make them, Japanese and English. The
 * same seed gives the same bytes. */
#ifndef TESTS_BENCH_FLEET_H
#define TESTS_BENCH_FLEET_H

#include "core/model/assessment.h"

struct dice {
    unsigned long long state;
};
unsigned dice_below(struct dice *d, unsigned below);

/* Site number i of a fleet: one to three rounds, people, notes, targets, actions. Owned by the
 * caller. */
struct assessment *fleet_site(const struct checklist *ck, unsigned seed, int i);
/* Writes an assessment as a file would be: gzip when the name ends in .gz. Ends the program when it
 * cannot. */
void fleet_save(const char *path, const struct assessment *a);
/* n sites into DIR/PLANT-00000.xml.gz and on; a thousand to a folder below DIR. DIR is there
 * already. */
void fleet_write(const char *dir, int n, unsigned seed);

#endif
