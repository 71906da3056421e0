/* The roll-up for the board: one HTML file, made like the report of a plant (report.h): self-contained, printable on A4, accessible. Page 1
 * is the picture: grades, map of the sites, common gaps, cost by year, trend. The rest is what it rests on: every site, every item, every
 * gap, every file, and how it was reckoned. The figures are those of the tables of `monshin rollup`. */
#ifndef CORE_OUT_BOARD_H
#define CORE_OUT_BOARD_H

#include "core/method/rollup_board.h"
#include "core/out/report.h"

struct board_options {
    struct report_options words; /* bench is not used */
    const char *since;           /* what the earlier roll-up is called; raw; NULL: none */
    size_t since_rejected;       /* files of it that could not be read */
    /* What is to be said about a file that was not taken, or is odd; appended, clean. In the language of the report. */
    void (*say)(void *cookie, struct buf *out, const struct rollup *r, const struct rollup_file *f);
    void *say_cookie;
};

/* Appends the whole document. */
void board_html(struct buf *out, const struct board *b, const struct board_options *options);

#endif
