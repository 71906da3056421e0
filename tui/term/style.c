/* See style.h. Colours are middle tones, readable on dark and light backgrounds alike: the kit cannot know which it has. */
#include "tui/term/style.h"

static const struct look LOOKS[THEME_COUNT][ST_COUNT] = {
    [THEME_256] =
        {
            [ST_TEXT] = {-1, -1, 0},
            [ST_DIM] = {244, -1, 0},
            [ST_STRONG] = {-1, -1, LOOK_BOLD},
            [ST_TITLE] = {32, -1, LOOK_BOLD},
            [ST_RULE] = {242, -1, 0},
            [ST_TAB] = {-1, -1, 0},
            [ST_TAB_ON] = {231, 24, LOOK_BOLD},
            [ST_KEY] = {32, -1, 0},
            [ST_LOW] = {167, -1, 0},
            [ST_MID] = {172, -1, 0},
            [ST_OK] = {36, -1, 0},
            [ST_WARN] = {172, -1, LOOK_BOLD},
            [ST_BAD] = {231, 124, LOOK_BOLD},
            [ST_ACCENT] = {32, -1, 0},
            [ST_FIELD] = {-1, -1, LOOK_UNDERLINE},
            [ST_TARGET] = {172, -1, 0},
            [ST_LAST] = {244, -1, 0},
            [ST_BENCH] = {133, -1, 0},
        },
    [THEME_8] =
        {
            [ST_TEXT] = {-1, -1, 0},
            [ST_DIM] = {-1, -1, 0},
            [ST_STRONG] = {-1, -1, LOOK_BOLD},
            [ST_TITLE] = {6, -1, LOOK_BOLD},
            [ST_RULE] = {-1, -1, 0},
            [ST_TAB] = {-1, -1, 0},
            [ST_TAB_ON] = {7, 4, LOOK_BOLD},
            [ST_KEY] = {6, -1, 0},
            [ST_LOW] = {1, -1, 0},
            [ST_MID] = {3, -1, 0},
            [ST_OK] = {2, -1, 0},
            [ST_WARN] = {3, -1, LOOK_BOLD},
            [ST_BAD] = {7, 1, LOOK_BOLD},
            [ST_ACCENT] = {6, -1, 0},
            [ST_FIELD] = {-1, -1, LOOK_UNDERLINE},
            [ST_TARGET] = {3, -1, 0},
            [ST_LAST] = {-1, -1, 0},
            [ST_BENCH] = {5, -1, 0},
        },
    [THEME_MONO] =
        {
            [ST_TEXT] = {-1, -1, 0},
            [ST_DIM] = {-1, -1, 0},
            [ST_STRONG] = {-1, -1, LOOK_BOLD},
            [ST_TITLE] = {-1, -1, LOOK_BOLD},
            [ST_RULE] = {-1, -1, 0},
            [ST_TAB] = {-1, -1, 0},
            [ST_TAB_ON] = {-1, -1, LOOK_REVERSE},
            [ST_KEY] = {-1, -1, LOOK_BOLD},
            [ST_LOW] = {-1, -1, 0},
            [ST_MID] = {-1, -1, 0},
            [ST_OK] = {-1, -1, 0},
            [ST_WARN] = {-1, -1, LOOK_BOLD},
            [ST_BAD] = {-1, -1, LOOK_REVERSE | LOOK_BOLD},
            [ST_ACCENT] = {-1, -1, LOOK_BOLD},
            [ST_FIELD] = {-1, -1, LOOK_UNDERLINE},
            [ST_TARGET] = {-1, -1, 0},
            [ST_LAST] = {-1, -1, 0},
            [ST_BENCH] = {-1, -1, 0},
        },
};

/* On the selection one pair of colours holds for all roles: a tint chosen for the normal background would not be readable there. */
static const struct look SELECTED[THEME_COUNT] = {
    [THEME_256] = {231, 24, 0},
    [THEME_8] = {7, 4, 0},
    [THEME_MONO] = {-1, -1, LOOK_REVERSE},
};

struct look style_look(enum theme theme, unsigned style)
{
    unsigned role = style & ~(unsigned)STYLE_SELECTED;
    struct look look = LOOKS[theme][role < ST_COUNT ? role : ST_TEXT];
    if ((style & STYLE_SELECTED) == 0)
        return look;
    struct look selected = SELECTED[theme];
    selected.attr |= look.attr & ~(unsigned)LOOK_REVERSE;
    return selected;
}

enum theme theme_choose(int n_colors, int no_color)
{
    if (no_color || n_colors < 8)
        return THEME_MONO;
    return n_colors >= 256 ? THEME_256 : THEME_8;
}

char style_letter(unsigned style)
{
    static const char LETTERS[] = "tdshrunklmowbafgpq";
    _Static_assert(sizeof LETTERS == ST_COUNT + 1, "one letter for each role");
    unsigned role = style & ~(unsigned)STYLE_SELECTED;
    char c = LETTERS[role < ST_COUNT ? role : ST_TEXT];
    return (style & STYLE_SELECTED) != 0 ? (char)(c - 'a' + 'A') : c;
}
