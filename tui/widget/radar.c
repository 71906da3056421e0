/* See radar.h. A Braille cell is two dots wide and four high, and cells are about twice as high as wide, so dots are square. */
#include "tui/widget/radar.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/circle.h"
#include "core/base/mem.h"
#include "core/base/text.h"

struct dots {
    int rows, cols; /* cells */
    unsigned char *bits;
    unsigned char *style;
};

struct point {
    double x, y;
};

/* A line is drawn where (step / on) has the bit: solid, dashes, dots, sparse dots. */
static const struct {
    unsigned style;
    int period, on;
    const char *braille, *ascii;
} SERIES[RADAR_SERIES_COUNT] = {
    [RADAR_NOW] = {ST_OK, 1, 1, "⠤⠤⠤", "###"},
    [RADAR_TARGET] = {ST_TARGET, 4, 2, "⠤⠀⠤", " | "},
    [RADAR_LAST] = {ST_LAST, 3, 1, "⠄⠠⠀", "..."},
    [RADAR_BENCH] = {ST_BENCH, 6, 1, "⠄⠀⠄", " + "},
};

static bool has(const struct radar *r, enum radar_series series)
{
    for (int i = 0; i < r->n_axes; i++)
        if (r->value[series][i] >= 0)
            return true;
    return false;
}

static struct point on_axis(const struct radar *r, struct point centre, double radius, int axis, int tenths)
{
    double len = radius * tenths / 1000, x, y;
    circle_corner(&x, &y, axis, r->n_axes);
    return (struct point){centre.x + len * x, centre.y + len * y};
}

static void dot(struct dots *d, int x, int y, unsigned style)
{
    static const unsigned char BITS[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (x < 0 || y < 0 || x >= d->cols * 2 || y >= d->rows * 4)
        return;
    int cell = y / 4 * d->cols + x / 2;
    d->bits[cell] |= BITS[y % 4][x % 2];
    d->style[cell] = (unsigned char)style;
}

static void line(struct dots *d, struct point a, struct point b, unsigned style, int period, int on)
{
    double dx = b.x - a.x, dy = b.y - a.y;
    double ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy;
    int n = (int)(ax > ay ? ax : ay) + 1;
    for (int i = 0; i <= n; i++)
        if (i % period < on)
            dot(d, (int)(a.x + dx * i / n + 0.5), (int)(a.y + dy * i / n + 0.5), style);
}

static void draw_series(struct dots *d, const struct radar *r, enum radar_series series, struct point c, double radius)
{
    const int *v = r->value[series];
    for (int i = 0; i < r->n_axes; i++) {
        int next = (i + 1) % r->n_axes;
        if (v[i] < 0 || v[next] < 0)
            continue;
        line(d, on_axis(r, c, radius, i, v[i]), on_axis(r, c, radius, next, v[next]), SERIES[series].style,
             SERIES[series].period, SERIES[series].on);
    }
}

static void flush(const struct dots *d, struct area a)
{
    for (int row = 0; row < d->rows; row++) {
        for (int col = 0; col < d->cols; col++) {
            unsigned bits = d->bits[row * d->cols + col];
            if (bits == 0)
                continue;
            const char cell[] = {(char)0xe2, (char)(0xa0 | bits >> 6), (char)(0x80 | (bits & 0x3f)), 0};
            area_put(a, row, col, d->style[row * d->cols + col], cell);
        }
    }
}

/* Labels stand outside of their axis' end: above, below, or beside it. */
static void draw_label(struct area a, const char *label, struct point end, struct point centre)
{
    int width = text_width(label), row = (int)(end.y / 4), col = (int)(end.x / 2);
    double dx = end.x - centre.x;
    if (dx > 2)
        col += 2;
    else if (dx < -2)
        col -= width + 1;
    else {
        col -= width / 2;
        row += end.y < centre.y ? -1 : 1;
    }
    area_put(a, row, col < 0 ? 0 : col, ST_TEXT, label);
}

static void draw_braille(const struct radar *r, struct area a)
{
    struct dots d = {.rows = a.rows, .cols = a.cols};
    d.bits = xcalloc((size_t)a.rows * (size_t)a.cols, 1);
    d.style = xcalloc((size_t)a.rows * (size_t)a.cols, 1);
    int side = 0;
    for (int i = 0; i < r->n_axes; i++)
        if (text_width(r->label[i]) > side)
            side = text_width(r->label[i]);
    int high = (a.rows - 2) * 4 / 2 - 1, wide = (a.cols - 2 * (side + 2)) * 2 / 2 - 1;
    double radius = high < wide ? high : wide;
    struct point centre = {a.cols, a.rows * 2};
    /* From the least important upwards: where lines cross, the present score wins. */
    for (int i = 0; i < r->n_axes; i++) {
        line(&d, centre, on_axis(r, centre, radius, i, 1000), ST_RULE, 4, 1);
        int next = (i + 1) % r->n_axes;
        line(&d, on_axis(r, centre, radius, i, 1000), on_axis(r, centre, radius, next, 1000), ST_RULE, 4, 1);
    }
    for (int s = RADAR_SERIES_COUNT - 1; s >= 0; s--)
        draw_series(&d, r, (enum radar_series)s, centre, radius);
    flush(&d, a);
    for (int i = 0; i < r->n_axes; i++)
        draw_label(a, r->label[i], on_axis(r, centre, radius, i, 1000), centre);
    free(d.bits);
    free(d.style);
}

static void bar_mark(struct area a, int row, int col, int width, int tenths, enum radar_series series)
{
    if (tenths < 0)
        return;
    int at = tenths * width / 1000;
    const char mark[] = {SERIES[series].ascii[1], 0};
    area_put(a, row, col + (at < width ? at : width - 1), SERIES[series].style, mark);
}

static void draw_bars(const struct radar *r, struct area a, enum glyph_set glyphs)
{
    int side = 0;
    for (int i = 0; i < r->n_axes; i++)
        if (text_width(r->label[i]) > side)
            side = text_width(r->label[i]);
    int col = side + 1, width = a.cols - col;
    if (width < 5)
        return;
    for (int i = 0; i < r->n_axes; i++) {
        int now = r->value[RADAR_NOW][i];
        area_put(a, i, 0, ST_TEXT, r->label[i]);
        for (int x = 0; x < width; x++) {
            bool on = now >= 0 && x < now * width / 1000;
            area_put(a, i, col + x, on ? ST_OK : ST_RULE, glyph(glyphs, on ? GL_BAR_ON : GL_BAR_OFF));
        }
        bar_mark(a, i, col, width, r->value[RADAR_BENCH][i], RADAR_BENCH);
        bar_mark(a, i, col, width, r->value[RADAR_LAST][i], RADAR_LAST);
        bar_mark(a, i, col, width, r->value[RADAR_TARGET][i], RADAR_TARGET);
    }
}

void radar_draw(const struct radar *r, struct area a, enum glyph_set glyphs)
{
    if (r->n_axes < 1 || r->n_axes > RADAR_AXES_MAX)
        return;
    bool room = a.rows >= RADAR_MIN_ROWS && a.cols >= RADAR_MIN_COLS;
    if (r->n_axes >= 3 && room && glyphs_have_braille(glyphs))
        draw_braille(r, a);
    else
        draw_bars(r, a, glyphs);
}

/* ---- The legend ---- */

enum { SAMPLE_COLS = 3, NAME_COL = SAMPLE_COLS + 1, LEGEND_GAP = 2 };

/* Where the entry after the one at *row, *col stands; on the next row where it does not fit. Its own end comes back. */
static int place_entry(const char *name, int cols, int *row, int *col)
{
    int width = NAME_COL + text_width(name);
    if (*col > 1 && *col + width > cols) {
        (*row)++;
        *col = 1;
    }
    return *col + width + LEGEND_GAP;
}

int radar_legend_rows(const struct radar *r, const char *const names[RADAR_SERIES_COUNT], int cols)
{
    int row = 0, col = 1;
    for (int s = 0; s < RADAR_SERIES_COUNT; s++)
        if (has(r, (enum radar_series)s))
            col = place_entry(names[s], cols, &row, &col);
    return row + 1;
}

void radar_legend(const struct radar *r, const char *const names[RADAR_SERIES_COUNT], struct area a, enum glyph_set glyphs)
{
    int row = 0, col = 1;
    for (int s = 0; s < RADAR_SERIES_COUNT; s++) {
        if (!has(r, (enum radar_series)s))
            continue;
        int end = place_entry(names[s], a.cols, &row, &col);
        area_put(a, row, col, SERIES[s].style, glyphs_have_braille(glyphs) ? SERIES[s].braille : SERIES[s].ascii);
        area_put(a, row, col + NAME_COL, ST_DIM, names[s]);
        col = end;
    }
}
