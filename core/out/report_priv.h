/* The parts of the report; see report.h. */
#ifndef CORE_OUT_REPORT_PRIV_H
#define CORE_OUT_REPORT_PRIV_H

#include "core/base/buf.h"
#include "core/method/axes.h"
#include "core/method/gaps.h"
#include "core/method/grade.h"
#include "core/out/html.h"
#include "core/out/report.h"
#include "i18n/catalog.h"

struct report {
    struct buf *out;
    const struct assessment *a;
    const struct checklist *ck;
    const struct round *round;
    const struct report_options *options;
    struct grade_result grade;
    struct mark mark[ITEMS_MAX];
    struct axes axes;
    struct gaps gaps;
};

/* Words: of the interface by message id, of the checklist by text. */
const char *report_tr(const struct report *r, const char *msgid) __attribute__((format_arg(2)));
const char *report_lt(const struct report *r, const struct ltext *text);

/* Small things, appended to any buffer. */
void report_days(struct buf *out, const struct report *r, long tenths);   /* "5 days" */
void report_yen(struct buf *out, const struct report *r, long long yen);  /* "40,000 yen" */
char report_letter(const struct report *r, int grade);                    /* '-' for none */
const char *report_status(const struct report *r, enum action_status status); /* "being done" */
const char *report_step(const struct report *r, int item, int to);        /* what to do */
/* The answers with every open item at level 1, as the gap list and the plan count them. */
void report_low_marks(struct mark out[ITEMS_MAX], const struct report *r);
/* One sentence: the grade with these marks, against the one now. */
void report_outcome(const struct report *r, const struct mark *after);
/* <TAG ATTRIBUTES>what the buffer holds, escaped</TAG>; empties it. */
void report_put(const struct report *r, const char *tag, const char *attributes, struct buf *text);
/* Begins a table; the column heads end with one without text. */
struct report_head {
    const char *text;
    bool number; /* a column of figures */
};
void report_table_begin(const struct report *r, const char *caption, const struct report_head *heads);
void report_table_end(const struct report *r);

void report_radar(const struct report *r);     /* report_radar.c */
void report_summary(const struct report *r);   /* report_summary.c: page 1 */
void report_items(const struct report *r);     /* report_items.c: sections with their items; what to verify and to ask */
void report_plan(const struct report *r);      /* report_plan.c: what is decided, by quarter, and what it changes */
void report_history(const struct report *r);   /* the same: how the actions got there */
void report_actions(const struct report *r);   /* report_actions.c */
void report_bench(const struct report *r);     /* report_bench.c: beside other sites */
void report_statement(const struct report *r); /* report_statement.c: rounds, people, conformity, signatures */

#endif
