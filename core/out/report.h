/* The report of a plant: one HTML file for executives (page 1) and for those who have to act or to check (the rest). Self-contained,
 * printable on A4, accessible. Core makes no sentences: every word comes from the checklist or through tr, which is handed the English
 * message ids (marked N_ in core/out/report*.c, so that i18n/extract finds them). */
#ifndef CORE_OUT_REPORT_H
#define CORE_OUT_REPORT_H

#include "core/method/benchmark.h"
#include "core/model/assessment.h"
#include "i18n/lang.h"

struct buf;

struct report_options {
    enum lang lang;
    const char *(*tr)(void *cookie, const char *msgid); /* into that language; the result lives as long as the call to report_html */
    void *cookie;
    const char *program; /* "monshin 0.1.0" */
    const char *now;     /* ISO 8601: when the report is made */
    long long day_rate;  /* 0: DAY_RATE_DEFAULT */
    const struct benchmark *bench; /* of the same checklist; NULL: none */
};

/* Appends the whole document. */
void report_html(struct buf *out, const struct assessment *a, const struct report_options *options);

/* Message id: "below the median". Empty for PLACE_NONE. */
const char *report_place(enum benchmark_place place);

#endif
