/* What one file costs: read and checked, its grade, its next actions, a plan, its report; each beside a bare "inflate, and let libxml2 parse" of
 * the same bytes, in one process and in turns. Processor time, median over a fleet. Not a test: prints and ends with 0. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libxml/parser.h>
#include <zlib.h>

#include "core/base/buf.h"
#include "core/io/gz.h"
#include "core/method/gaps.h"
#include "core/method/plan.h"
#include "core/out/report.h"
#include "tests/bench/fleet.h"

enum { N_SITES = 150, ROOM = 1 << 22 };
enum what { BARE, OPEN, GRADE, GAPS, PLAN, REPORT, WHAT_COUNT };

static const char NOW[] = "2026-11-20T10:00:00+09:00";

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void parse_bare(const struct buf *gz)
{
    static unsigned char text[ROOM];
    z_stream z = {.next_in = (unsigned char *)gz->p, .avail_in = (uInt)gz->len, .next_out = text, .avail_out = sizeof text};
    inflateInit2(&z, 15 + 16);
    if (inflate(&z, Z_FINISH) != Z_STREAM_END) abort();
    inflateEnd(&z);
    xmlDocPtr doc = xmlReadMemory((const char *)text, (int)z.total_out, NULL, NULL, XML_PARSE_NONET);
    if (doc == NULL) abort();
    xmlFreeDoc(doc);
}

static const char *same(void *cookie, const char *msgid)
{
    (void)cookie;
    return msgid;
}

static void make_report(const struct assessment *a)
{
    struct buf html = {0};
    report_html(&html, a, &(struct report_options){.lang = LANG_JA, .tr = same, .program = "bench", .now = NOW});
    buf_release(&html);
}

static void make_plan(const struct assessment *a)
{
    struct plan_request request = {.budget = 5000000, .days_tenths = -1, .stops = -1, .target = GRADE_NONE};
    struct plan_result result = {0};
    plan_solve(&result, a, &request, NOW);
    plan_release(&result);
}

static void measure(double *ms, const struct buf *gz)
{
    struct grade_result grade;
    struct gaps gaps;
    double t[WHAT_COUNT + 1];
    t[BARE] = cpu_ms();
    parse_bare(gz);
    t[OPEN] = cpu_ms();
    struct assessment *a = NULL;
    if (assessment_read(&a, gz->p, gz->len, NULL, NULL, NULL, NULL) != ERR_OK) abort();
    t[GRADE] = cpu_ms();
    grade_assessment(&grade, a);
    t[GAPS] = cpu_ms();
    gaps_compute(&gaps, a, NOW, DAY_RATE_DEFAULT);
    gaps_release(&gaps);
    t[PLAN] = cpu_ms();
    make_plan(a);
    t[REPORT] = cpu_ms();
    make_report(a);
    t[WHAT_COUNT] = cpu_ms();
    for (int w = 0; w < WHAT_COUNT; w++)
        ms[w] = t[w + 1] - t[w];
    assessment_free(a);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static const char *const names[] = {"bare inflate and parse", "open (read, check)", "grade", "next actions", "plan within a budget", "report (HTML)"};
    static double ms[WHAT_COUNT][N_SITES];
    const struct checklist *ck = checklist_builtin(0);
    size_t bytes = 0;
    for (int i = 0; i < N_SITES; i++) {
        struct buf xml = {0}, gz = {0};
        double one[WHAT_COUNT];
        struct assessment *a = fleet_site(ck, 20261123, i);
        assessment_write(&xml, a, "bench");
        assessment_free(a);
        gz_deflate(&gz, buf_str(&xml), xml.len);
        bytes += xml.len;
        measure(one, &gz);
        for (int w = 0; w < WHAT_COUNT; w++)
            ms[w][i] = one[w];
        buf_release(&gz);
        buf_release(&xml);
    }
    printf("one file (%zu bytes of XML on average), processor time, median of %d:\n", bytes / N_SITES, N_SITES);
    for (int w = 0; w < WHAT_COUNT; w++)
        qsort(ms[w], N_SITES, sizeof ms[w][0], compare);
    for (int w = 0; w < WHAT_COUNT; w++)
        printf("  %-24s %8.3f ms  x %6.2f\n", names[w], ms[w][N_SITES / 2], ms[w][N_SITES / 2] / ms[BARE][N_SITES / 2]);
    return 0;
}
