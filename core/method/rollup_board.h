/* What a board wants to know of many sites beside the tables: what is planned and what it costs by year, and what has changed since an
 * earlier roll-up or, without one, since the round before.
 *
 * All figures are of the sites of one checklist (that of the most sites). Costs: the actions of the files that are open or being done and
 * whose level is not reached yet, with the file's own figures or the checklist's estimates (step_cost). A step falls into the year of its due
 * date, one that is overdue into this year; one without a date into the year in which its wave ends (now: a month, next: six months from
 * today); without a date and in the last wave it has no year. A site without such an action has no plan, and no cost is made up for it. */
#ifndef CORE_METHOD_ROLLUP_BOARD_H
#define CORE_METHOD_ROLLUP_BOARD_H

#include "core/method/rollup_fleet.h"

/* A site as it was. Strings are owned. */
struct board_then {
    char *id, *company, *name, *round;
    char date[11]; /* YYYY-MM-DD or "" */
    short score;   /* tenths; -1: none */
    signed char grade; /* index, or GRADE_NONE */
    short section_score[SECTIONS_MAX];
};
void board_then_of(struct board_then *out, const struct rollup_site *s); /* copies */

/* An earlier roll-up. Zeroed is empty. */
struct board_since {
    struct board_then *site; /* owned */
    size_t n;
    size_t rejected; /* files of it that could not be read */
};
/* The same files as they were then (a folder or one file), or the result of an earlier `rollup --format xml`. like: how to read sealed files
 * and checklists; ck: whose sites. ERR_EMPTY: there is no site of this checklist in it. */
enum err board_since_read(struct board_since *out, const char *path, const struct checklist *ck, const struct rollup_request *like,
                          struct diag *diag);
void board_since_release(struct board_since *s);

struct board_money {
    int steps;
    int own; /* of these with figures of the file's own */
    long long effort_tenths, cost_jpy, run_jpy;
};

/* Years from this one on; what is later stands in the last. Behind them: without a year. */
enum { BOARD_YEARS = 10, BOARD_NO_YEAR = BOARD_YEARS, BOARD_SLOTS };

struct board_site {
    size_t file; /* index in the roll-up */
    int edition; /* of the checklist: in whose words it was asked */
    bool has_then;
    struct board_then then;
    struct board_money all, slot[BOARD_SLOTS];
};

struct board {
    const struct rollup *rollup;
    const struct checklist *checklist; /* NULL: there are no sites; then everything is empty */
    struct board_site *site;           /* owned: the best score first */
    size_t n, n_planned;
    int first_year;
    struct board_money all, slot[BOARD_SLOTS];
    bool since;             /* compared with an earlier roll-up, not with the rounds before */
    size_t n_then;          /* sites that can be compared */
    struct board_then *gone; /* owned: sites of the earlier roll-up that are not in this one */
    size_t n_gone;
};

/* Reads the sites once more (see rollup_each). since NULL: the rounds before. Takes what it needs out of since. now: ISO 8601. */
void board_compute(struct board *out, struct rollup *r, const struct rollup_request *request, struct board_since *since, const char *now,
                   long long day_rate);
void board_release(struct board *b);

const struct rollup_site *board_site(const struct board *b, size_t i);
/* How many editions of the checklist the sites used; how many sites used one. */
int board_editions(const struct board *b);
size_t board_edition_sites(const struct board *b, int edition);

#endif
