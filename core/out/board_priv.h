/* The parts of the roll-up for the board; see board.h. */
#ifndef CORE_OUT_BOARD_PRIV_H
#define CORE_OUT_BOARD_PRIV_H

#include "core/out/board.h"
#include "core/out/report_priv.h"

enum { BOARD_GRADES_MAX = 63 };

struct board_held;
struct board_doc {
    struct report w; /* words and small things of the report: only out, ck and options are set */
    const struct board *b;
    const struct board_options *options;
    struct common_gap gap[ITEMS_MAX];
    size_t grades[BOARD_GRADES_MAX + 1]; /* by grade, last without one */
    int editions;                        /* how many the sites used */
    struct board_held *held;             /* owned: who is held back below the score */
};

const char *board_name(const struct rollup_site *s); /* its name, else its id */
/* "62.4", or a dash for -1. */
void board_tenths(struct buf *out, int tenths);
void board_score_cell(const struct board_doc *d, int tenths);
void board_grade(const struct board_doc *d, int grade);
const char *board_fix(const struct board_doc *d, int item);
/* A cell of text from a file or of figures. */
void board_cell(const struct board_doc *d, const char *attributes, const char *text);
void board_number(const struct board_doc *d, long long n);

void board_held_count(struct board_doc *d); /* board_held.c: sites whose grade is below their score */
size_t board_held_by_score(const struct board_doc *d, int grade); /* how many have this grade by score alone */
void board_held(const struct board_doc *d);                      /* the sentence of page 1 */
void board_held_note(const struct board_doc *d, const struct rollup_site *s); /* what holds it, under its grade; nothing when nothing does */
void board_front(const struct board_doc *d);  /* board_front.c: page 1 */
void board_trend(const struct board_doc *d);  /* board_trend.c: the lines of page 1 */
void board_moves(const struct board_doc *d);  /* site by site */
void board_sites(const struct board_doc *d);  /* board_sites.c: sites x sections, sites x items */
void board_gaps(const struct board_doc *d);   /* board_end.c: common gaps, plans, files, method */
void board_plans(const struct board_doc *d);
void board_files(const struct board_doc *d);
void board_method(const struct board_doc *d);

#endif
