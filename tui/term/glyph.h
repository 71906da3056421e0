/* The few drawn signs of the interface, by name, in three sets. Text never contains them: a screen asks for a glyph.
 *
 * Many of them (lines, blocks, stars) have *ambiguous* width: one column in most terminals, two in terminals set up for Japanese. The full
 * set is used only where the terminal has shown that it draws them in one; the narrow set has no such character. */
#ifndef TUI_TERM_GLYPH_H
#define TUI_TERM_GLYPH_H

#include <stdbool.h>
#include <stddef.h>

enum glyph_set { GLYPHS_FULL, GLYPHS_NARROW, GLYPHS_ASCII, GLYPHS_COUNT };

enum glyph {
    GL_HLINE,
    GL_VLINE,
    GL_TAB_LEFT, /* around the tab that is shown */
    GL_TAB_RIGHT,
    GL_TAB_GAP,   /* between tabs */
    GL_GAUGE_ON,  /* one step of a level gauge */
    GL_GAUGE_OFF,
    GL_BAR_ON, /* horizontal bars */
    GL_BAR_OFF,
    GL_CURSOR, /* before the selected row */
    GL_MARK,   /* before the level that was chosen */
    GL_KEY,    /* a key item */
    GL_MORE,   /* more below */
    GL_LESS,   /* more above */
    GL_THUMB,  /* scroll bar */
    GL_DASH,   /* nothing here */
    GL_CHECK,  /* yes, done */
    GL_CROSS,  /* no, failed */
    GL_ARROW,  /* from, to */
    GL_COUNT
};

/* One column wide each. */
const char *glyph(enum glyph_set set, enum glyph g);
bool glyphs_have_braille(enum glyph_set set);

/* A stand-in of the same single column for a character (one cluster) that a terminal with wide ambiguous characters would draw in two;
 * NULL when the cluster may be sent as it is. */
const char *glyph_narrowed(const char *cluster);

#endif
