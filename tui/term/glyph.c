/* See glyph.h. */
#include "tui/term/glyph.h"

#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

static const char *const GLYPHS[GLYPHS_COUNT][GL_COUNT] = {
    [GLYPHS_FULL] =
        {
            [GL_HLINE] = "─",
            [GL_VLINE] = "│",
            [GL_TAB_LEFT] = "▐",
            [GL_TAB_RIGHT] = "▌",
            [GL_TAB_GAP] = "│",
            [GL_GAUGE_ON] = "■",
            [GL_GAUGE_OFF] = "□",
            [GL_BAR_ON] = "█",
            [GL_BAR_OFF] = "░",
            [GL_CURSOR] = "▶",
            [GL_MARK] = "●",
            [GL_KEY] = "★",
            [GL_MORE] = "▼",
            [GL_LESS] = "▲",
            [GL_THUMB] = "█",
            [GL_DASH] = "─",
            [GL_CHECK] = "√",
            [GL_CROSS] = "×",
            [GL_ARROW] = "→",
        },
    [GLYPHS_NARROW] =
        {
            [GL_HLINE] = "-",
            [GL_VLINE] = "|",
            [GL_TAB_LEFT] = "[",
            [GL_TAB_RIGHT] = "]",
            [GL_TAB_GAP] = "|",
            [GL_GAUGE_ON] = "⣿",
            [GL_GAUGE_OFF] = "⣀",
            [GL_BAR_ON] = "⣿",
            [GL_BAR_OFF] = "⣀",
            [GL_CURSOR] = ">",
            [GL_MARK] = ">",
            [GL_KEY] = "*",
            [GL_MORE] = "v",
            [GL_LESS] = "^",
            [GL_THUMB] = "⣿",
            [GL_DASH] = "-",
            [GL_CHECK] = "✓",
            [GL_CROSS] = "x",
            [GL_ARROW] = ">",
        },
    [GLYPHS_ASCII] =
        {
            [GL_HLINE] = "-",
            [GL_VLINE] = "|",
            [GL_TAB_LEFT] = "[",
            [GL_TAB_RIGHT] = "]",
            [GL_TAB_GAP] = "|",
            [GL_GAUGE_ON] = "#",
            [GL_GAUGE_OFF] = ".",
            [GL_BAR_ON] = "#",
            [GL_BAR_OFF] = "-",
            [GL_CURSOR] = ">",
            [GL_MARK] = ">",
            [GL_KEY] = "*",
            [GL_MORE] = "v",
            [GL_LESS] = "^",
            [GL_THUMB] = "#",
            [GL_DASH] = "-",
            [GL_CHECK] = "+",
            [GL_CROSS] = "x",
            [GL_ARROW] = ">",
        },
};

const char *glyph(enum glyph_set set, enum glyph g)
{
    return GLYPHS[set][g];
}

bool glyphs_have_braille(enum glyph_set set)
{
    return set != GLYPHS_ASCII;
}

/* What people type most among the ambiguous: shown by what it resembles; anything else by a question mark. */
static const struct {
    const char *from, *to;
} STAND_INS[] = {
    {"①", "1"}, {"②", "2"}, {"③", "3"}, {"④", "4"}, {"⑤", "5"}, {"⑥", "6"}, {"⑦", "7"}, {"⑧", "8"},
    {"⑨", "9"}, {"※", "*"}, {"…", "."}, {"—", "-"}, {"―", "-"}, {"–", "-"}, {"‐", "-"}, {"→", ">"},
    {"←", "<"}, {"↑", "^"}, {"↓", "v"}, {"■", "#"}, {"□", "o"}, {"●", "*"}, {"○", "o"}, {"◎", "O"},
    {"◆", "*"}, {"◇", "o"}, {"▲", "^"}, {"△", "^"}, {"▼", "v"}, {"▽", "v"}, {"★", "*"}, {"☆", "*"},
    {"×", "x"}, {"÷", "/"}, {"±", "+"}, {"°", "o"}, {"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"},
    {"─", "-"}, {"│", "|"}, {"§", "S"}, {"α", "a"}, {"β", "b"}, {"μ", "u"}, {"µ", "u"}, {"Ω", "O"},
    {"≧", ">"}, {"≦", "<"}, {"≠", "/"}, {"√", "v"},
};

const char *glyph_narrowed(const char *cluster)
{
    if ((unsigned char)cluster[0] < 0x80)
        return NULL;
    ucs4_t c;
    u8_mbtouc(&c, (const uint8_t *)cluster, strlen(cluster));
    /* The encoding's name is how libunistring is told which of the two widths is meant. */
    if (uc_width(c, "UTF-8") != 1 || uc_width(c, "EUC-JP") != 2)
        return NULL;
    for (size_t i = 0; i < sizeof STAND_INS / sizeof STAND_INS[0]; i++)
        if (strcmp(STAND_INS[i].from, cluster) == 0)
            return STAND_INS[i].to;
    return "?";
}
