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

void radar_draw(const struct radar *r, struct area a, enum glyph_set glyphs);
/* What the lines are, in as many rows as that takes. names: of the series, in the person's language; those without a value are left out. */
int radar_legend_rows(const struct radar *r, const char *const names[RADAR_SERIES_COUNT], int cols);
void radar_legend(const struct radar *r, const char *const names[RADAR_SERIES_COUNT], struct area a, enum glyph_set glyphs);

#endif
