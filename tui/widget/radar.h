/* The radar of the sections: the present score, and where there are, the target, the last round and the benchmark. Braille dots; horizontal
 * bars where the glyphs are ASCII or the place is too small for a radar. Each series has its own colour and its own pattern of dots. */
#ifndef TUI_WIDGET_RADAR_H
#define TUI_WIDGET_RADAR_H

#include "tui/term/canvas.h"
#include "tui/term/glyph.h"

enum { RADAR_AXES_MAX = 12, RADAR_MIN_ROWS = 9, RADAR_MIN_COLS = 34 };
enum radar_series { RADAR_NOW, RADAR_TARGET, RADAR_LAST, RADAR_BENCH, RADAR_SERIES_COUNT };

struct radar {
    int n_axes;
    const char *label[RADAR_AXES_MAX];
    int value[RADAR_SERIES_COUNT][RADAR_AXES_MAX]; /* tenths of a point, 0..1000; -1: none */
};

/* Is a series drawn at all (any value)? For the legend. */
int radar_has(const struct radar *r, enum radar_series series);
void radar_draw(const struct radar *r, struct area a, enum glyph_set glyphs);
unsigned radar_style(enum radar_series series);
/* How the series looks, for the legend: three columns. */
const char *radar_sample(enum radar_series series, enum glyph_set glyphs);

#endif
