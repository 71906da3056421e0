/* The emulator's side of the pty harness: cells, rows, cursor, keys. The only file of the project that knows libvterm (0.1.4 and newer). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "tests/support/pty.h"
#include "tests/support/pty_priv.h"

static void answer(const char *s, size_t n, void *user)
{
    struct pty *p = user;
    if (p->mute && n > 2 && s[0] == '\x1b' && s[1] == '[' && (s[n - 1] == 'R' || s[n - 1] == 'c')) return;
    pty_send(p, s, n); /* replies to queries, and keys that the emulator encoded */
}

/* A terminal set up for Japanese draws in two columns what Unicode calls ambiguous, and a careless one everything beside it. libvterm
 * has no switch for that; so such a character is handed to it as one of the third ideographic plane, which is wide, and
 * handed back when cells are read. */
enum { WIDE_PLANE = 0x30000 };

static bool drawn_wide(ucs4_t c)
{
    static const struct {
        ucs4_t first, last;
    } blocks[] = {
        {0x00a1, 0x00ff}, {0x0391, 0x03c9}, {0x0401, 0x0451}, {0x2010, 0x203e}, {0x20ac, 0x20ac}, {0x2103, 0x22bf}, {0x2312, 0x2312},
        {0x2460, 0x2595}, {0x25a0, 0x266f}, {0x2776, 0x277f}, {0xe000, 0xf8ff}, {0xfffd, 0xfffd},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (c >= blocks[i].first && c <= blocks[i].last) return true;
    return false;
}

/* Appends what is whole, widened on such a terminal; keeps the beginning of a character that is cut, which libvterm 0.1.4 would not. */
static void take_whole(struct pty *p, const char *bytes, size_t n, struct buf *out)
{
    struct buf all = {0};
    buf_add(&all, p->cut, p->n_cut);
    buf_add(&all, bytes, n);
    p->n_cut = 0;
    for (size_t i = 0; i < all.len;) {
        const uint8_t *s = (const uint8_t *)all.p + i;
        ucs4_t c;
        int len = u8_mbtoucr(&c, s, all.len - i);
        if (len == -2) { /* the end is missing */
            p->n_cut = all.len - i;
            memcpy(p->cut, s, p->n_cut);
            break;
        }
        uint8_t utf8[6];
        int n_wide = p->wide && len > 1 && drawn_wide(c) ? u8_uctomb(utf8, c + WIDE_PLANE, sizeof utf8) : 0;
        if (n_wide > 0)
            buf_add(out, utf8, (size_t)n_wide);
        else
            buf_add(out, s, len > 0 ? (size_t)len : 1);
        i += len > 0 ? (size_t)len : 1;
    }
    buf_release(&all);
}

static int set_property(VTermProp prop, VTermValue *val, void *user)
{
    struct pty *p = user;
    if (prop == VTERM_PROP_ALTSCREEN) p->altscreen = val->boolean;
    return 1;
}

static const VTermScreenCallbacks screen_callbacks = {.settermprop = set_property};

void pty_term_init(struct pty *p)
{
    p->vt = vterm_new(p->rows, p->cols);
    vterm_set_utf8(p->vt, 1);
    vterm_output_set_callback(p->vt, answer, p);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_set_callbacks(p->screen, &screen_callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
}

void pty_term_release(struct pty *p)
{
    vterm_free(p->vt);
    p->vt = NULL;
}

/* libvterm 0.1.4 takes the combining kana marks U+3099 and U+309A for wide when they come in one piece with their letter, and
 * right when they begin a piece. Terminals count them as nothing, so every piece ends before one. */
static void feed(struct pty *p, const char *bytes, size_t n)
{
    size_t from = 0;
    for (size_t i = 1; i + 2 < n; i++) {
        if (memcmp(bytes + i, "\xe3\x82\x99", 3) != 0 && memcmp(bytes + i, "\xe3\x82\x9a", 3) != 0)
            continue;
        vterm_input_write(p->vt, bytes + from, i - from);
        from = i;
    }
    vterm_input_write(p->vt, bytes + from, n - from);
}

/* Appends as UTF-8; what is no character of that set becomes U+FFFD, so that a test sees it. */
static void decode(struct pty *p, const char *bytes, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i++) {
        char utf8[16], *in = p->cut, *to = utf8;
        size_t n_in = ++p->n_cut, room = sizeof utf8;
        p->cut[n_in - 1] = bytes[i];
        errno = 0;
        if (iconv(p->from, &in, &n_in, &to, &room) == (size_t)-1) {
            bool waits = errno == EINVAL && p->n_cut < sizeof p->cut;
            iconv(p->from, NULL, NULL, NULL, NULL);
            if (waits) continue;
            buf_adds(out, "\uFFFD");
        }
        buf_add(out, utf8, (size_t)(to - utf8));
        p->n_cut = 0;
    }
}

void pty_term_encode(struct pty *p, const char *utf8, struct buf *out)
{
    char copy[1024], bytes[1024], *in = copy, *to = bytes;
    size_t n = strlen(utf8), room = sizeof bytes;
    if (!p->to || n > sizeof copy) {
        buf_adds(out, utf8);
        return;
    }
    memcpy(copy, utf8, n);
    iconv(p->to, &in, &n, &to, &room);
    buf_add(out, bytes, (size_t)(to - bytes));
}

void pty_term_feed(struct pty *p, const char *bytes, size_t n)
{
    struct buf other = {0};
    if (p->from)
        decode(p, bytes, n, &other);
    else
        take_whole(p, bytes, n, &other);
    feed(p, buf_str(&other), other.len);
    buf_release(&other);
}

void pty_term_resize(struct pty *p)
{
    vterm_set_size(p->vt, p->rows, p->cols);
}

/* Keys */

struct key_name {
    const char *name;
    VTermKey key;
    VTermModifier mod;
};

static const struct key_name key_names[] = {
    {"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},     {"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
    {"Shift-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},  {"Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
    {"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},      {"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
    {"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},       {"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
    {"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},     {"Insert", VTERM_KEY_INS, VTERM_MOD_NONE},
    {"Delete", VTERM_KEY_DEL, VTERM_MOD_NONE},      {"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
    {"End", VTERM_KEY_END, VTERM_MOD_NONE},         {"PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
    {"PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
};

static bool send_named(struct pty *p, const char *name)
{
    for (size_t i = 0; i < sizeof key_names / sizeof key_names[0]; i++) {
        if (strcmp(name, key_names[i].name) != 0) continue;
        vterm_keyboard_key(p->vt, key_names[i].key, key_names[i].mod);
        return true;
    }
    int n = 0;
    if (name[0] == 'F' && sscanf(name + 1, "%d", &n) == 1 && n >= 1 && n <= 12) {
        vterm_keyboard_key(p->vt, (VTermKey)VTERM_KEY_FUNCTION(n), VTERM_MOD_NONE);
        return true;
    }
    return false;
}

static void send_key(struct pty *p, const char *name)
{
    ucs4_t c;
    int n_bytes = u8_strmbtouc(&c, (const uint8_t *)name);
    if (strcmp(name, "Space") == 0) {
        pty_type(p, " ");
    } else if (strncmp(name, "Ctrl-", 5) == 0 && name[5] && !name[6]) {
        pty_send(p, &(char){(char)(name[5] & 0x1f)}, 1);
    } else if (strncmp(name, "Alt-", 4) == 0) {
        pty_type(p, "\x1b");
        send_key(p, name + 4);
    } else if (n_bytes > 0 && name[n_bytes] == '\0') {
        pty_type(p, name);
    } else if (!send_named(p, name)) {
        fprintf(stderr, "pty harness: no key is called \"%s\"\n", name);
        abort();
    }
}

void pty_keys(struct pty *p, const char *names)
{
    char *copy = strdup(names);
    char *rest = copy;
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
        send_key(p, name);
    free(copy);
}

void pty_paste(struct pty *p, const char *utf8)
{
    vterm_keyboard_start_paste(p->vt);
    pty_type(p, utf8);
    vterm_keyboard_end_paste(p->vt);
}

void pty_click(struct pty *p, int row, int col)
{
    vterm_mouse_move(p->vt, row, col, VTERM_MOD_NONE);
    vterm_mouse_button(p->vt, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(p->vt, 1, false, VTERM_MOD_NONE);
}

void pty_wheel(struct pty *p, int row, int col, int direction)
{
    vterm_mouse_move(p->vt, row, col, VTERM_MOD_NONE);
    vterm_mouse_button(p->vt, direction < 0 ? 4 : 5, true, VTERM_MOD_NONE);
}

/* Cells */

static void add_cluster(struct buf *out, const VTermScreenCell *cell)
{
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        uint8_t utf8[6];
        uint32_t c = cell->chars[i] >= WIDE_PLANE && cell->chars[i] <= WIDE_PLANE + 0xffff ? cell->chars[i] - WIDE_PLANE : cell->chars[i];
        int n = u8_uctomb(utf8, c, sizeof utf8);
        if (n > 0) buf_add(out, utf8, (size_t)n);
    }
}

static bool get_cell(struct pty *p, int row, int col, VTermScreenCell *cell)
{
    return vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col}, cell) != 0;
}

void pty_row(struct pty *p, int row, struct buf *out)
{
    if (row < 0) row += p->rows;
    size_t end = out->len;
    VTermScreenCell cell;
    for (int col = 0; col < p->cols && get_cell(p, row, col, &cell);) {
        /* The second cell of a wide character reads as all ones; it is only met when the first was overwritten. */
        bool empty = cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1;
        if (empty)
            buf_addc(out, ' ');
        else
            add_cluster(out, &cell);
        if (!empty && cell.chars[0] != ' ') end = out->len;
        col += cell.width > 1 ? cell.width : 1;
    }
    if (out->p) {
        out->len = end;
        out->p[end] = '\0';
    }
}

void pty_screen(struct pty *p, struct buf *out)
{
    for (int row = 0; row < p->rows; row++) {
        pty_row(p, row, out);
        buf_addc(out, '\n');
    }
}

/* Column of byte n_bytes of the row's text. */
static int column_of(struct pty *p, int row, size_t n_bytes)
{
    struct buf b = {0};
    VTermScreenCell cell;
    int col = 0;
    while (col < p->cols && b.len < n_bytes && get_cell(p, row, col, &cell)) {
        if (cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1)
            buf_addc(&b, ' ');
        else
            add_cluster(&b, &cell);
        col += cell.width > 1 ? cell.width : 1;
    }
    buf_release(&b);
    return col;
}

bool pty_find(struct pty *p, const char *text, int *row, int *col)
{
    struct buf b = {0};
    bool found = false;
    for (int r = 0; r < p->rows && !found; r++) {
        buf_clear(&b);
        pty_row(p, r, &b);
        const char *at = strstr(buf_str(&b), text);
        if (!at) continue;
        found = true;
        if (row) *row = r;
        if (col) *col = column_of(p, r, (size_t)(at - buf_str(&b)));
    }
    buf_release(&b);
    return found;
}

bool pty_has(struct pty *p, const char *text)
{
    return pty_find(p, text, NULL, NULL);
}

void pty_cell(struct pty *p, int row, int col, struct pty_cell *out)
{
    VTermScreenCell cell;
    memset(out, 0, sizeof *out);
    if (!get_cell(p, row < 0 ? row + p->rows : row, col, &cell)) return;
    struct buf b = {0};
    if (cell.chars[0] != (uint32_t)-1) add_cluster(&b, &cell);
    snprintf(out->text, sizeof out->text, "%s", buf_str(&b));
    buf_release(&b);
    out->width = cell.width;
    out->bold = cell.attrs.bold;
    out->underline = cell.attrs.underline != 0;
    out->reverse = cell.attrs.reverse;
    out->coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
}

void pty_cursor(struct pty *p, int *row, int *col)
{
    VTermPos pos;
    vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &pos);
    *row = pos.row;
    *col = pos.col;
}

int pty_rows(const struct pty *p)
{
    return p->rows;
}

int pty_cols(const struct pty *p)
{
    return p->cols;
}

bool pty_altscreen(const struct pty *p)
{
    return p->altscreen;
}
