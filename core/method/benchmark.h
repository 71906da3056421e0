/* The benchmark: where other sites stand, without saying who they are. Headquarters makes it from a
 * roll-up, plants load it and see themselves against median and quartiles. File format:
 * checklists/benchmark.xsd.
 *
 * Nothing is given for fewer than BENCHMARK_MIN values: not the file, not a section, not an item.
 * No minimum, no maximum, no names. Quartiles are linear between the sorted values (type 7 of
 * Hyndman and Fan, as spreadsheets do), in tenths, truncated. Pure. */
#ifndef CORE_METHOD_BENCHMARK_H
#define CORE_METHOD_BENCHMARK_H

#include "core/method/rollup.h"

struct buf;

enum { BENCHMARK_MIN = 5 };

struct quartiles {
    long n;                /* values; 0: not given */
    int low, median, high; /* tenths: of a point of score, or of a level */
};

struct benchmark {
    const struct checklist *checklist;
    long n_sites;
    char date[11]; /* when it was made */
    struct quartiles overall, section[SECTIONS_MAX], item[ITEMS_MAX];
};

/* Of the sites of one checklist that have a grade. false: there are too few. */
bool benchmark_compute(struct benchmark *out, const struct rollup *r, const struct checklist *ck,
                       const char *today);
/* values: sorted in place. */
void quartiles_of(struct quartiles *out, int *values, size_t n);

/* Where a value of one's own stands among them. The middle half counts from the lower to the upper quartile. */
enum benchmark_place {
    PLACE_NONE,   /* no value, or none to compare with */
    PLACE_LOWEST, /* below the lower quartile: three quarters of the sites are ahead */
    PLACE_BELOW,  /* below the median */
    PLACE_MEDIAN,
    PLACE_ABOVE,
    PLACE_HIGHEST /* above the upper quartile */
};
/* tenths: in the unit of the quartiles; negative: none. */
enum benchmark_place benchmark_place(const struct quartiles *q, int tenths);

/* One item of a site among the others. */
struct benchmark_rank {
    int item;
    enum benchmark_place place;
    int tenths; /* own level less the median; 0 when there is no place */
};
/* All items, furthest behind the median first, of equal ones key items first; then those that have no place. out: at least ITEMS_MAX. Returns how
 * many: the items of the checklist. round: of an assessment with the same checklist. */
int benchmark_ranks(struct benchmark_rank *out, const struct benchmark *b, const struct round *round);

void benchmark_write(struct buf *out, const struct benchmark *b, const char *program);
/* Bytes of such a file, gzip or plain, parsed in the cell (core/io/xml_cell.h; NULL: here). What it says of items that the checklist does not have is
 * left out. */
enum err benchmark_read(struct cell *cell, struct benchmark *out, const void *bytes, size_t n_bytes,
                        find_checklist_fn find, void *cookie, struct diag *diag);

#endif
