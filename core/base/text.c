/* See text.h. */
#include "core/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <unistring/version.h>
#include <uniwidth.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

static const char NARROW[] = "UTF-8"; /* the encoding name decides ambiguous width: this one means 1 */

static const uint8_t *u8(const char *s)
{
    return (const uint8_t *)s;
}

/* Markup is ASCII, eight bytes at a time. */
static size_t ascii_run(const char *s, size_t n_bytes)
{
    size_t n = 0;
    for (uint64_t eight; n_bytes - n >= sizeof eight; n += sizeof eight) {
        memcpy(&eight, s + n, sizeof eight);
        if ((eight & 0x8080808080808080U) != 0)
            break;
    }
    while (n < n_bytes && (s[n] & 0x80) == 0)
        n++;
    return n;
}

bool text_valid(const char *s, size_t n_bytes)
{
    const char *end = s + n_bytes;
    if (memchr(s, 0, n_bytes) != NULL)
        return false;
    for (s += ascii_run(s, n_bytes); s < end; s += ascii_run(s, (size_t)(end - s))) {
        const char *start = s;
        while (s < end && (*s & 0x80) != 0)
            s++;
        if (u8_check(u8(start), (size_t)(s - start)) != NULL)
            return false;
    }
    return true;
}

/* ASCII, kana and the common ideographs are nearly all that is ever measured, and it is measured for each line on each paint: nothing about
 * them joins a neighbour of these kinds, and kana and ideographs are two columns wide. The tables are for the rest, and
 * tests/unit/test_text.c holds this against them. Bytes of such a character at s, or 0. */
static size_t simple_bytes(const char *s, size_t n_bytes)
{
    const uint8_t *b = u8(s);
    if (n_bytes == 0 || b[0] < 0x20 || b[0] == 0x7f)
        return 0;
    if (b[0] < 0x7f)
        return 1;
    if (n_bytes < 3 || b[0] < 0xe3 || b[0] > 0xe9 || (b[1] & 0xc0) != 0x80 || (b[2] & 0xc0) != 0x80)
        return 0;
    unsigned c = (b[0] & 0xfU) << 12 | (b[1] & 0x3fU) << 6 | (b[2] & 0x3fU);
    bool wide = (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) || (c >= 0x4e00 && c <= 0x9fff);
    return wide ? 3 : 0;
}

/* Columns of one cluster: the widest of its characters. Adding them up, as uniwidth does, would make a family of joined emoji six
 * columns and か with a combining mark right only by chance. */
static int cluster_columns(const char *s, size_t n_bytes)
{
    int width = 0;
    for (size_t i = 0; i < n_bytes;) {
        ucs4_t c;
        int step = u8_mbtouc(&c, u8(s) + i, n_bytes - i);
        int w = uc_width(c, NARROW);
        if (w > width)
            width = w;
        i += (size_t)step;
    }
    return width;
}

/* Does a cluster end between prev and next? first opens the cluster, n_flags counts the regional indicators in it.
 * u8_grapheme_next of libunistring 1.0 looks at pairs only and so breaks flags and joined emoji: GB11 to GB13 are added here. */
static bool ends_cluster(ucs4_t first, ucs4_t prev, ucs4_t next, int n_flags)
{
    int prev_kind = uc_graphemeclusterbreak_property(prev), next_kind = uc_graphemeclusterbreak_property(next);
    /* The voicing marks of half-width kana stand in a column of their own, in every terminal and on every printer. */
    if (next == 0xff9e || next == 0xff9f)
        return true;
    if (prev_kind == GBP_RI && next_kind == GBP_RI)
        return n_flags % 2 == 0;
    if (prev_kind == GBP_ZWJ && uc_is_property_extended_pictographic(next))
        return !uc_is_property_extended_pictographic(first);
    return uc_is_grapheme_break(prev, next);
}

size_t text_next(const char *s, size_t n_bytes, size_t i)
{
    if (i >= n_bytes)
        return n_bytes;
    size_t simple = simple_bytes(s + i, n_bytes - i);
    if (simple > 0 && (i + simple == n_bytes || simple_bytes(s + i + simple, n_bytes - i - simple) > 0))
        return i + simple;
    ucs4_t first, prev, next;
    i += (size_t)u8_mbtouc(&first, u8(s) + i, n_bytes - i);
    int n_flags = 1; /* looked at only while all characters are regional indicators */
    for (prev = first; i < n_bytes; prev = next, n_flags++) {
        int step = u8_mbtouc(&next, u8(s) + i, n_bytes - i);
        if (ends_cluster(first, prev, next, n_flags))
            break;
        i += (size_t)step;
    }
    return i;
}

size_t text_prev(const char *s, size_t n_bytes, size_t i)
{
    if (i > n_bytes)
        i = n_bytes;
    if (i == 0)
        return 0;
    /* A forward walk from the line's start: looking back a single step cannot tell where flags and joined emoji begin. */
    size_t start = i;
    while (start > 0 && s[start - 1] != '\n')
        start--;
    if (start == i)
        return i - 1;
    size_t at = start;
    for (size_t next = text_next(s, n_bytes, at); next < i; next = text_next(s, n_bytes, at))
        at = next;
    return at;
}

int text_columns(const char *s, size_t n_bytes)
{
    int cols = 0;
    for (size_t i = 0; i < n_bytes;) {
        size_t simple = simple_bytes(s + i, n_bytes - i), after = i + simple;
        while (simple > 0) {
            size_t more = simple_bytes(s + after, n_bytes - after);
            /* The last of them may carry a combining mark: that one is left to the cluster. */
            if (more == 0 && after < n_bytes)
                break;
            cols += simple == 1 ? 1 : 2;
            i = after;
            simple = more;
            after += more;
        }
        if (i < n_bytes) {
            size_t next = text_next(s, n_bytes, i);
            cols += cluster_columns(s + i, next - i);
            i = next;
        }
    }
    return cols;
}

int text_width(const char *s)
{
    return text_columns(s, strlen(s));
}

size_t text_cut(const char *s, size_t n_bytes, int n_cols)
{
    size_t i = 0;
    int cols = 0;
    while (i < n_bytes) {
        size_t next = text_next(s, n_bytes, i);
        int w = cluster_columns(s + i, next - i);
        if (cols + w > n_cols)
            break;
        cols += w;
        i = next;
    }
    return i;
}

size_t text_floor(const char *s, size_t n_bytes, size_t max)
{
    if (n_bytes <= max)
        return n_bytes;
    size_t n = max;
    while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void text_fit(struct buf *out, const char *s, int n_cols, bool pad)
{
    size_t n = strlen(s);
    int cols = text_columns(s, n);
    if (cols <= n_cols) {
        buf_add(out, s, n);
    } else {
        int dots = n_cols >= 2 ? 2 : n_cols > 0 ? n_cols : 0;
        size_t keep = text_cut(s, n, n_cols - dots);
        buf_add(out, s, keep);
        buf_add(out, "..", (size_t)dots);
        cols = text_columns(s, keep) + dots;
    }
    for (; pad && cols < n_cols; cols++)
        buf_addc(out, ' ');
}

#ifndef LINES_FIRST
#define LINES_FIRST 16
#endif

static void add_line(struct text_lines *out, const char *s, size_t start, size_t end, size_t next)
{
    while (end > start && (s[end - 1] == ' ' || s[end - 1] == '\n'))
        end--;
    if (out->n == out->cap) {
        out->cap = out->cap > 0 ? out->cap * 2 : LINES_FIRST;
        out->line = xreallocarray(out->line, out->cap, sizeof *out->line);
    }
    out->line[out->n++] = (struct text_line){
        .start = start, .len = end - start, .next = next, .cols = text_columns(s + start, end - start)};
}

/* One paragraph, [start, end) without its line feed; next: where the following paragraph starts. Greedy: the last permitted break that
 * fits, else a cut between clusters. Blanks at a break hang over the edge, as typesetters do. */
static void wrap_paragraph(struct text_lines *out, const char *s, size_t start, size_t end, size_t next,
                           const char *breaks, int n_cols)
{
    size_t line = start, last_break = start, i = start;
    int cols = 0;
    while (i < end) {
        if (i > line && breaks[i] == UC_BREAK_POSSIBLE)
            last_break = i;
        size_t after = text_next(s, end, i);
        int w = cluster_columns(s + i, after - i);
        if (cols + w > n_cols && s[i] != ' ' && i > line) {
            size_t at = last_break > line ? last_break : i;
            add_line(out, s, line, at, at);
            line = last_break = i = at;
            cols = 0;
            continue;
        }
        cols += w;
        i = after;
    }
    add_line(out, s, line, end, next);
}

void text_wrap(struct text_lines *out, const char *s, size_t n_bytes, int n_cols)
{
    out->n = 0;
    if (n_cols < 2)
        n_cols = 2;
    char *breaks = xmalloc(n_bytes + 1);
    if (n_bytes > 0)
        u8_possible_linebreaks(u8(s), n_bytes, NARROW, breaks);
    size_t start = 0;
    for (;;) {
        const char *feed = memchr(s + start, '\n', n_bytes - start);
        size_t end = feed == NULL ? n_bytes : (size_t)(feed - s);
        size_t next = feed == NULL ? n_bytes : end + 1;
        wrap_paragraph(out, s, start, end, next, breaks, n_cols);
        if (feed == NULL)
            break;
        start = next;
    }
    free(breaks);
}

void text_lines_release(struct text_lines *lines)
{
    free(lines->line);
    *lines = (struct text_lines){0};
}

void text_mark_breaks(struct buf *out, const char *s, const char *mark)
{
    size_t n = strlen(s), before = 0;
    char *breaks = xmalloc(n + 1);
    if (n > 0)
        u8_possible_linebreaks(u8(s), n, NARROW, breaks);
    for (size_t i = 0; i < n;) {
        size_t after = text_next(s, n, i);
        bool wide = cluster_columns(s + i, after - i) > 1 || (i > before && cluster_columns(s + before, i - before) > 1);
        if (i > 0 && wide && breaks[i] == UC_BREAK_POSSIBLE && s[i - 1] != ' ')
            buf_adds(out, mark);
        buf_add(out, s + i, after - i);
        before = i;
        i = after;
    }
    free(breaks);
}

/* What a foreign text may not contain: everything that moves the cursor, reorders, hides, or means nothing to anybody else. */
static bool harmful(ucs4_t c)
{
    if (c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f)) /* joiner and variation selectors belong to clusters */
        return false;
    if (c == 0x2028 || c == 0x2029 || (c >= 0x1160 && c <= 0x11ff) || c == 0x3164 || c == 0xffa0)
        return true; /* separators; Hangul fillers draw nothing or combine with what stands before */
    if (c >= 0xe0000 && c <= 0xe0fff)
        return true; /* tags: invisible text */
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Co |
                                                   UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Cn);
}

static void add_char(struct buf *out, ucs4_t c)
{
    uint8_t bytes[6];
    int n = u8_uctomb(bytes, c, sizeof bytes);
    if (n > 0)
        buf_add(out, bytes, (size_t)n);
}

static size_t printable_run(const char *s, size_t n_bytes)
{
    size_t i = 0;
    while (i < n_bytes && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x7f)
        i++;
    return i;
}

static void filter(struct buf *out, const char *s, size_t n_bytes, enum text_clean mode)
{
    size_t i = 0;
    while (i < n_bytes) {
        size_t run = printable_run(s + i, n_bytes - i);
        buf_add(out, s + i, run);
        i += run;
        if (i == n_bytes)
            break;
        ucs4_t c;
        int step = u8_mbtouc(&c, u8(s) + i, n_bytes - i);
        bool crlf = c == '\r' && i + 1 < n_bytes && s[i + 1] == '\n';
        i += (size_t)step;
        if (crlf)
            continue;
        if (c == '\n' || c == '\r')
            buf_addc(out, mode == TEXT_MULTI_LINE ? '\n' : ' ');
        else if (c == '\t')
            buf_addc(out, ' ');
        else if (!harmful(c))
            add_char(out, c); /* an invalid byte has been decoded as U+FFFD */
    }
}

/* Characters that are harmless, are in NFC and stay so whatever stands beside them: ASCII, Latin letters, kana, kanji, CJK and
 * full-width signs. (Not: combining marks, nor what combines with the character before it.) */
static bool is_plain(ucs4_t c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0xc0 && c <= 0x24f) || (c >= 0x3001 && c <= 0x3029) ||
           (c >= 0x3041 && c <= 0x3096) || (c >= 0x309d && c <= 0x30ff) ||
           (c >= 0x4e00 && c <= 0x9fef) || (c >= 0xff01 && c <= 0xff5e);
}

/* Nothing to clean: most text of files that we have written ourselves. */
static bool all_plain(const char *s, size_t n_bytes, enum text_clean mode)
{
    for (size_t i = 0; i < n_bytes;) {
        size_t run = printable_run(s + i, n_bytes - i);
        ucs4_t c;
        i += run;
        if (i == n_bytes)
            break;
        i += (size_t)u8_mbtouc(&c, u8(s) + i, n_bytes - i); /* U+FFFD, which is not plain, when invalid */
        if (!is_plain(c) && !(c == '\n' && mode == TEXT_MULTI_LINE))
            return false;
    }
    return true;
}

void text_clean(struct buf *out, const char *s, size_t n_bytes, enum text_clean mode)
{
    if (all_plain(s, n_bytes, mode)) {
        buf_add(out, s, n_bytes);
        return;
    }
    struct buf plain = {0};
    filter(&plain, s, n_bytes, mode);
    size_t n = 0;
    uint8_t *nfc = u8_normalize(UNINORM_NFC, u8(buf_str(&plain)), plain.len, NULL, &n);
    if (nfc != NULL)
        buf_add(out, nfc, n);
    else
        buf_add(out, buf_str(&plain), plain.len);
    free(nfc);
    buf_release(&plain);
}

/* Katakana to hiragana, so that either finds the other. */
static void fold_kana(uint8_t *s, size_t n)
{
    for (size_t i = 0; i + 2 < n; i++) {
        ucs4_t c;
        int step = u8_mbtouc(&c, s + i, n - i);
        if (step == 3 && c >= 0x30a1 && c <= 0x30f6)
            u8_uctomb(s + i, c - 0x60, 3);
        i += (size_t)step - 1;
    }
}

/* A character that folding takes to one and the same whatever stands beside it: most of what is searched, without the tables. 0: any other. */
static ucs4_t fold_simple(ucs4_t c)
{
    if (c >= 0xff01 && c <= 0xff5e) /* full-width forms of ! to ~ */
        c -= 0xff01 - '!';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    bool same = (c >= 0x20 && c < 0x7f) || c == '\n' || (c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) ||
                (c >= 0x30a1 && c <= 0x30fc) || (c >= 0x4e00 && c <= 0x9fef);
    return same ? c : 0;
}

/* false: it takes more than that. */
static bool fold_simply(uint8_t *out, size_t *n, const char *s, size_t n_bytes)
{
    *n = 0;
    for (size_t i = 0; i < n_bytes;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, u8(s) + i, n_bytes - i);
        c = fold_simple(c);
        if (c == 0)
            return false;
        *n += (size_t)u8_uctomb(out + *n, c, 4); /* never longer than it was */
    }
    return true;
}

static uint8_t *fold(const char *s, size_t *n)
{
    size_t n_bytes = strlen(s);
    uint8_t *simple = xmalloc(n_bytes + 4);
    if (fold_simply(simple, n, s, n_bytes)) {
        fold_kana(simple, *n);
        return simple;
    }
    free(simple);
    uint8_t *folded = u8_casefold(u8(s), strlen(s), NULL, UNINORM_NFKC, NULL, n);
    if (folded == NULL) {
        *n = strlen(s);
        folded = (uint8_t *)xstrdup(s);
    }
    fold_kana(folded, *n);
    return folded;
}

bool text_contains(const char *haystack, const char *needle)
{
    size_t n_hay, n_needle;
    uint8_t *hay = fold(haystack, &n_hay);
    uint8_t *pin = fold(needle, &n_needle);
    bool found = n_needle == 0 || memmem(hay, n_hay, pin, n_needle) != NULL;
    free(hay);
    free(pin);
    return found;
}

void text_library(struct buf *out)
{
    /* 0x010000 for 1.0, 0x010200 for 1.2 */
    buf_addf(out, "libunistring %d.%d", _libunistring_version >> 16, _libunistring_version >> 8 & 0xff);
}
