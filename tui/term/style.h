/* What a cell means, and how each theme shows it. Screens name roles, never colours; a theme is a table. Every role that carries
 * meaning by colour also has a second sign where it is drawn (letter, shape, word), so the mono theme loses nothing. */
#ifndef TUI_TERM_STYLE_H
#define TUI_TERM_STYLE_H

enum role {
    ST_TEXT,
    ST_DIM,    /* secondary: labels, units, hints */
    ST_STRONG, /* what the eye should find first */
    ST_TITLE,  /* product name, headings */
    ST_RULE,   /* lines and frames */
    ST_TAB,
    ST_TAB_ON,
    ST_KEY,    /* a key to press */
    ST_LOW,    /* level 1, grade D */
    ST_MID,    /* level 2, grade C */
    ST_OK,     /* levels 3..5, grades A and B */
    ST_WARN,
    ST_BAD,
    ST_ACCENT, /* something that differs from its neighbours */
    ST_FIELD,  /* where one types */
    ST_TARGET, /* chart: the target */
    ST_LAST,   /* chart: the last round */
    ST_BENCH,  /* chart: the benchmark */
    ST_COUNT
};

enum { STYLE_SELECTED = 0x40 }; /* added to a role: the row under the cursor */

enum theme { THEME_256, THEME_8, THEME_MONO, THEME_COUNT };

enum { LOOK_BOLD = 1, LOOK_UNDERLINE = 2, LOOK_REVERSE = 4 };

struct look {
    short fg, bg; /* colour numbers; -1: the terminal's own */
    unsigned attr;
};

struct look style_look(enum theme theme, unsigned style);
/* n_colors as the terminal says; no_color: the user's wish (NO_COLOR, --no-color). */
enum theme theme_choose(int n_colors, int no_color);
/* One letter for a style, for styled dumps in tests. Selected: upper case. */
char style_letter(unsigned style);

#endif
