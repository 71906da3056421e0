/* The radar of the sections as SVG: now, target, last round, and other sites. Every series has its own stroke, not only its colour, and the table beside
 * it says the same in figures. */
#include <stdio.h>

#include "core/base/circle.h"
#include "core/base/text.h"
#include "core/out/report_priv.h"

enum { WIDTH = 380, HEIGHT = 290, CENTRE_X = 190, CENTRE_Y = 130, RADIUS = 92, RINGS = 5, LABEL = 14, LEGEND_Y = 274, LEGEND_GAP = 44 };

enum series { SERIES_BENCH, SERIES_TARGET, SERIES_LAST, SERIES_NOW, SERIES_COUNT };

static const struct {
    const char *name, *stroke;
} SERIES[SERIES_COUNT] = {
    [SERIES_BENCH] = {N_("median"), "stroke=\"#8a4b08\" stroke-width=\"1.8\" stroke-dasharray=\"1 3\" fill=\"none\""},
    [SERIES_TARGET] = {N_("target"), "stroke=\"#17663a\" stroke-width=\"1.8\" stroke-dasharray=\"7 4\" fill=\"none\""},
    [SERIES_LAST] = {N_("last round"), "stroke=\"#565e68\" stroke-width=\"1.6\" stroke-dasharray=\"2 3\" fill=\"none\""},
    [SERIES_NOW] = {N_("now"), "stroke=\"#1b5793\" stroke-width=\"2.6\" fill=\"#1b5793\" fill-opacity=\"0.16\""},
};

static void put_point(const struct report *r, int axis, double length)
{
    double x, y;
    circle_corner(&x, &y, axis, r->ck->n_sections);
    buf_addf(r->out, "%.1f,%.1f ", CENTRE_X + length * x, CENTRE_Y + length * y);
}

static void put_grid(const struct report *r)
{
    for (int ring = 1; ring <= RINGS; ring++) {
        buf_adds(r->out, "<polygon fill=\"none\" stroke=\"#b5bbc3\" points=\"");
        for (int s = 0; s < r->ck->n_sections; s++)
            put_point(r, s, RADIUS * ring / (double)RINGS);
        buf_adds(r->out, "\"/>\n");
    }
    for (int s = 0; s < r->ck->n_sections; s++) {
        buf_addf(r->out, "<polyline fill=\"none\" stroke=\"#b5bbc3\" points=\"%d,%d ", CENTRE_X, CENTRE_Y);
        put_point(r, s, RADIUS);
        buf_adds(r->out, "\"/>\n");
    }
}

static void put_labels(const struct report *r)
{
    for (int s = 0; s < r->ck->n_sections; s++) {
        double x, y;
        char score[8];
        circle_corner(&x, &y, s, r->ck->n_sections);
        score_format(score, r->grade.section[s].score);
        buf_addf(r->out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\" fill=\"#1a1d21\" text-anchor=\"%s\">",
                 CENTRE_X + x * (RADIUS + LABEL), CENTRE_Y + y * (RADIUS + LABEL) + 5, x > 0.2 ? "start" : x < -0.2 ? "end" : "middle");
        html_text(r->out, report_lt(r, &r->ck->section[s].brief));
        buf_addf(r->out, " %s</text>\n", score[0] != '\0' ? score : "&#8211;");
    }
}

/* A benchmark that knows only some of the sections would draw a shape that nobody has. */
static bool has_bench(const struct report *r)
{
    const struct benchmark *b = r->options->bench;
    for (int s = 0; b != NULL && s < r->ck->n_sections; s++)
        if (b->section[s].n == 0)
            return false;
    return b != NULL;
}

/* The middle half of the sites, as a band between two shapes. */
static void put_band(const struct report *r)
{
    const struct benchmark *b = r->options->bench;
    buf_adds(r->out, "<path fill=\"#8a4b08\" fill-opacity=\"0.13\" fill-rule=\"evenodd\" d=\"");
    for (int edge = 0; edge < 2; edge++) {
        for (int s = 0; s < r->ck->n_sections; s++) {
            buf_addc(r->out, s == 0 ? 'M' : 'L');
            put_point(r, s, RADIUS * (edge == 0 ? b->section[s].high : b->section[s].low) / 1000.0);
        }
        buf_addc(r->out, 'Z');
    }
    buf_adds(r->out, "\"/>\n");
}

/* Tenths by section; false when the series has none. */
static bool series_values(int out[SECTIONS_MAX], const struct report *r, enum series series)
{
    struct mark marks[ITEMS_MAX];
    struct grade_result last;
    bool any = false;
    if (series == SERIES_BENCH) {
        for (int s = 0; has_bench(r) && s < r->ck->n_sections; s++)
            out[s] = r->options->bench->section[s].median;
        return has_bench(r);
    }
    if (series == SERIES_LAST) {
        if (r->a->n_rounds < 2)
            return false;
        grade_marks(marks, &r->a->round[r->a->n_rounds - 2], r->ck->n_items);
        grade_compute(&last, r->ck, marks);
    }
    for (int s = 0; s < r->ck->n_sections; s++) {
        struct score score = series == SERIES_TARGET ? target_score(r->a, s)
                             : series == SERIES_LAST ? last.section[s].score
                                                     : r->grade.section[s].score;
        out[s] = score.den > 0 ? score_tenths(score) : 0;
        any = any || score.den > 0;
    }
    return any;
}

static int put_legend(const struct report *r, enum series series, int x)
{
    buf_addf(r->out, "<rect x=\"%d\" y=\"%d\" width=\"26\" height=\"9\" %s/>\n<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#1a1d21\">", x,
             LEGEND_Y - 9, SERIES[series].stroke, x + 32, LEGEND_Y);
    html_text(r->out, report_tr(r, SERIES[series].name));
    buf_adds(r->out, "</text>\n");
    return x + LEGEND_GAP + text_width(report_tr(r, SERIES[series].name)) * 13 / 2;
}

static void put_series(const struct report *r)
{
    int value[SECTIONS_MAX], x = 14;
    for (int i = 0; i < SERIES_COUNT; i++) {
        if (!series_values(value, r, (enum series)i))
            continue;
        buf_addf(r->out, "<polygon %s points=\"", SERIES[i].stroke);
        for (int s = 0; s < r->ck->n_sections; s++)
            put_point(r, s, RADIUS * value[s] / 1000.0);
        buf_adds(r->out, "\"/>\n");
        x = put_legend(r, (enum series)i, x);
    }
}

void report_radar(const struct report *r)
{
    struct buf b = {0};
    buf_addf(r->out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"radar-title radar-desc\">\n", WIDTH, HEIGHT);
    html_element(r->out, "title", "id=\"radar-title\"", report_tr(r, N_("Radar of the sections")));
    for (int s = 0; s < r->ck->n_sections; s++) {
        char now[8], target[8];
        score_format(now, r->grade.section[s].score);
        score_format(target, target_score(r->a, s));
        buf_addf(&b, report_tr(r, N_("%s: %s of 100, target %s. ")), report_lt(r, &r->ck->section[s].name), now[0] != '\0' ? now : "-",
                 target[0] != '\0' ? target : "-");
    }
    report_put(r, "desc", "id=\"radar-desc\"", &b);
    put_grid(r);
    if (has_bench(r))
        put_band(r);
    put_series(r);
    put_labels(r);
    buf_adds(r->out, "</svg>\n");
    buf_release(&b);
}
