/* See glyph.h. */
#include "tui/term/glyph.h"

#include <string.h>
#include <uninorm.h>
#include <unistr.h>

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

/* What people type most among the ambiguous: shown by what it resembles. */
static const struct {
    const char *from, *to;
} STAND_INS[] = {
    {"※", "*"}, {"…", "."}, {"—", "-"}, {"―", "-"}, {"–", "-"}, {"‐", "-"}, {"→", ">"},
    {"←", "<"}, {"↑", "^"}, {"↓", "v"}, {"■", "#"}, {"□", "o"}, {"●", "*"}, {"○", "o"}, {"◎", "O"},
    {"◆", "*"}, {"◇", "o"}, {"▲", "^"}, {"△", "^"}, {"▼", "v"}, {"▽", "v"}, {"★", "*"}, {"☆", "*"},
    {"×", "x"}, {"÷", "/"}, {"±", "+"}, {"°", "o"}, {"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"},
    {"─", "-"}, {"│", "|"}, {"§", "S"}, {"α", "a"}, {"β", "b"}, {"μ", "u"}, {"µ", "u"}, {"Ω", "O"},
    {"≧", ">"}, {"≦", "<"}, {"≠", "/"}, {"√", "v"},
};

/* East Asian Width A (UAX #11) as far as it is one column to us: sorted. libunistring cannot be asked: told a Japanese encoding, it makes
 * everything but ASCII wide. */
static const struct {
    ucs4_t first, last;
} AMBIGUOUS[] = {
    {0x00a1, 0x00a1}, {0x00a4, 0x00a4}, {0x00a7, 0x00a8}, {0x00aa, 0x00aa}, {0x00ae, 0x00ae},
    {0x00b0, 0x00b4}, {0x00b6, 0x00ba}, {0x00bc, 0x00bf}, {0x00c6, 0x00c6}, {0x00d0, 0x00d0},
    {0x00d7, 0x00d8}, {0x00de, 0x00e1}, {0x00e6, 0x00e6}, {0x00e8, 0x00ea}, {0x00ec, 0x00ed},
    {0x00f0, 0x00f0}, {0x00f2, 0x00f3}, {0x00f7, 0x00fa}, {0x00fc, 0x00fc}, {0x00fe, 0x00fe},
    {0x0101, 0x0101}, {0x0111, 0x0111}, {0x0113, 0x0113}, {0x011b, 0x011b}, {0x0126, 0x0127},
    {0x012b, 0x012b}, {0x0131, 0x0133}, {0x0138, 0x0138}, {0x013f, 0x0142}, {0x0144, 0x0144},
    {0x0148, 0x014b}, {0x014d, 0x014d}, {0x0152, 0x0153}, {0x0166, 0x0167}, {0x016b, 0x016b},
    {0x01ce, 0x01ce}, {0x01d0, 0x01d0}, {0x01d2, 0x01d2}, {0x01d4, 0x01d4}, {0x01d6, 0x01d6},
    {0x01d8, 0x01d8}, {0x01da, 0x01da}, {0x01dc, 0x01dc}, {0x0251, 0x0251}, {0x0261, 0x0261},
    {0x02c4, 0x02c4}, {0x02c7, 0x02c7}, {0x02c9, 0x02cb}, {0x02cd, 0x02cd}, {0x02d0, 0x02d0},
    {0x02d8, 0x02db}, {0x02dd, 0x02dd}, {0x02df, 0x02df}, {0x0391, 0x03a1}, {0x03a3, 0x03a9},
    {0x03b1, 0x03c1}, {0x03c3, 0x03c9}, {0x0401, 0x0401}, {0x0410, 0x044f}, {0x0451, 0x0451},
    {0x2010, 0x2010}, {0x2013, 0x2016}, {0x2018, 0x2019}, {0x201c, 0x201d}, {0x2020, 0x2022},
    {0x2024, 0x2027}, {0x2030, 0x2030}, {0x2032, 0x2033}, {0x2035, 0x2035}, {0x203b, 0x203b},
    {0x203e, 0x203e}, {0x2074, 0x2074}, {0x207f, 0x207f}, {0x2081, 0x2084}, {0x20ac, 0x20ac},
    {0x2103, 0x2103}, {0x2105, 0x2105}, {0x2109, 0x2109}, {0x2113, 0x2113}, {0x2116, 0x2116},
    {0x2121, 0x2122}, {0x2126, 0x2126}, {0x212b, 0x212b}, {0x2153, 0x2154}, {0x215b, 0x215e},
    {0x2160, 0x216b}, {0x2170, 0x2179}, {0x2189, 0x2189}, {0x2190, 0x2199}, {0x21b8, 0x21b9},
    {0x21d2, 0x21d2}, {0x21d4, 0x21d4}, {0x21e7, 0x21e7}, {0x2200, 0x2200}, {0x2202, 0x2203},
    {0x2207, 0x2208}, {0x220b, 0x220b}, {0x220f, 0x220f}, {0x2211, 0x2211}, {0x2215, 0x2215},
    {0x221a, 0x221a}, {0x221d, 0x2220}, {0x2223, 0x2223}, {0x2225, 0x2225}, {0x2227, 0x222c},
    {0x222e, 0x222e}, {0x2234, 0x2237}, {0x223c, 0x223d}, {0x2248, 0x2248}, {0x224c, 0x224c},
    {0x2252, 0x2252}, {0x2260, 0x2261}, {0x2264, 0x2267}, {0x226a, 0x226b}, {0x226e, 0x226f},
    {0x2282, 0x2283}, {0x2286, 0x2287}, {0x2295, 0x2295}, {0x2299, 0x2299}, {0x22a5, 0x22a5},
    {0x22bf, 0x22bf}, {0x2312, 0x2312}, {0x2460, 0x24e9}, {0x24eb, 0x254b}, {0x2550, 0x2573},
    {0x2580, 0x258f}, {0x2592, 0x2595}, {0x25a0, 0x25a1}, {0x25a3, 0x25a9}, {0x25b2, 0x25b3},
    {0x25b6, 0x25b7}, {0x25bc, 0x25bd}, {0x25c0, 0x25c1}, {0x25c6, 0x25c8}, {0x25cb, 0x25cb},
    {0x25ce, 0x25d1}, {0x25e2, 0x25e5}, {0x25ef, 0x25ef}, {0x2605, 0x2606}, {0x2609, 0x2609},
    {0x260e, 0x260f}, {0x261c, 0x261c}, {0x261e, 0x261e}, {0x2640, 0x2640}, {0x2642, 0x2642},
    {0x2660, 0x2661}, {0x2663, 0x2665}, {0x2667, 0x266a}, {0x266c, 0x266d}, {0x266f, 0x266f},
    {0x269e, 0x269f}, {0x26bf, 0x26bf}, {0x26c6, 0x26cd}, {0x26cf, 0x26d3}, {0x26d5, 0x26e1},
    {0x26e3, 0x26e3}, {0x26e8, 0x26e9}, {0x26eb, 0x26f1}, {0x26f4, 0x26f4}, {0x26f6, 0x26f9},
    {0x26fb, 0x26fc}, {0x26fe, 0x26ff}, {0x273d, 0x273d}, {0x2776, 0x277f}, {0x2b56, 0x2b59},
    {0x3248, 0x324f}, {0xe000, 0xf8ff}, {0xfffd, 0xfffd},
    {0x1f100, 0x1f10a}, {0x1f110, 0x1f12d}, {0x1f130, 0x1f169}, {0x1f170, 0x1f18d}, {0x1f18f, 0x1f190},
    {0x1f19b, 0x1f1ac}, {0xf0000, 0xffffd}, {0x100000, 0x10fffd},
};

static bool is_ambiguous(ucs4_t c)
{
    size_t low = 0, high = sizeof AMBIGUOUS / sizeof AMBIGUOUS[0];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c < AMBIGUOUS[mid].first)
            high = mid;
        else if (c > AMBIGUOUS[mid].last)
            low = mid + 1;
        else
            return true;
    }
    return false;
}

/* The ASCII character that a compatibility decomposition begins with (e for an accented e, 1 for a circled one), as a string; NULL if none. */
static const char *decomposed(ucs4_t c)
{
    static const char ASCII[][2] = {
#define ROW(a) {a}, {a + 1}, {a + 2}, {a + 3}, {a + 4}, {a + 5}, {a + 6}, {a + 7}
        ROW('0'), {'8'}, {'9'}, ROW('A'), ROW('I'), ROW('Q'), {'Y'}, {'Z'}, ROW('a'), ROW('i'), ROW('q'), {'y'}, {'z'},
#undef ROW
    };
    ucs4_t out[UC_DECOMPOSITION_MAX_LENGTH];
    int tag, n = uc_decomposition(c, &tag, out);
    for (size_t i = 0; n > 0 && i < sizeof ASCII / sizeof ASCII[0]; i++)
        if ((ucs4_t)ASCII[i][0] == out[0])
            return ASCII[i];
    return NULL;
}

const char *glyph_narrowed(const char *cluster)
{
    if ((unsigned char)cluster[0] < 0x80)
        return NULL;
    ucs4_t c;
    u8_mbtouc(&c, (const uint8_t *)cluster, strlen(cluster));
    if (!is_ambiguous(c))
        return NULL;
    for (size_t i = 0; i < sizeof STAND_INS / sizeof STAND_INS[0]; i++)
        if (strcmp(STAND_INS[i].from, cluster) == 0)
            return STAND_INS[i].to;
    const char *plain = decomposed(c);
    return plain != NULL ? plain : "?";
}
