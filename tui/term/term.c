/* See term.h.
 *
 * Order of starting: setupterm (which, unlike initscr, does not end the program for an unknown terminal), the fallbacks, a look whether the
 * cursor can be placed at all, then newterm. Keys are not read by curses: bytes go from the file descriptor into input.c, so no escape delay
 * of curses' own is in the way (that is what ESCDELAY would set), and a paste is not a thousand calls. */
#include "tui/term/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <unistr.h>
#include <wchar.h>

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#include <term.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "tui/term/charset.h"
#include "tui/term/signals.h"

enum { PAIRS = 2 * ST_COUNT, SLOW_LINE = 19200 /* baud */ };

struct terminal {
    SCREEN *screen;
    struct input input;
    struct canvas shown; /* what curses has been told */
    enum theme theme;
    enum glyph_set glyphs;
    bool utf8, ascii, probed, mouse;
    struct charset *charset; /* borrowed */
    bool native, plain;
    bool whole; /* send everything */
    bool end_sent, resized;
    short pair_of[PAIRS]; /* by style; 0: not made yet */
    short n_pairs;
    long long last_byte_ms;
};

static long long monotonic_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static const char MODES_ON[] = "\033[?1000h\033[?1006h\033[?2004h";
static const char MODES_OFF[] = "\033[?2004l\033[?1006l\033[?1000l";

void term_rescue(void)
{
    signals_rescue();
}

/* Opening */

enum verdict { UNKNOWN_TERMINAL, DUMB_TERMINAL, USABLE_TERMINAL };

/* What was read is given back: newterm reads it again for itself. */
static enum verdict judge(const char *type)
{
    int found = 0;
    if (setupterm(type, STDOUT_FILENO, &found) != OK)
        return UNKNOWN_TERMINAL;
    bool can_place_cursor = cursor_address != NULL && cursor_address != (char *)-1;
    del_curterm(cur_term);
    return can_place_cursor ? USABLE_TERMINAL : DUMB_TERMINAL;
}

/* The name of a terminal type that the system knows and that can place its cursor: TERM itself, or, for a TERM that nobody has heard
 * of, what nearly every terminal understands. A dumb terminal is not guessed at. */
static const char *find_type(void)
{
    static const char *const FALLBACKS[] = {"xterm-256color", "xterm", "vt220", "vt100", "ansi"};
    const char *wanted = getenv("TERM");
    if (wanted != NULL && wanted[0] != '\0') {
        enum verdict verdict = judge(wanted);
        if (verdict == USABLE_TERMINAL)
            return wanted;
        if (verdict == DUMB_TERMINAL || strcmp(wanted, "dumb") == 0)
            return NULL;
    }
    for (size_t i = 0; i < sizeof FALLBACKS / sizeof FALLBACKS[0]; i++)
        if (judge(FALLBACKS[i]) == USABLE_TERMINAL)
            return FALLBACKS[i];
    return NULL;
}

/* Does the terminal of this name say where its cursor is? Its description should know; of these it is known though theirs do not say so. */
static bool answers_where(const char *type)
{
    static const char *const FAMILIES[] = {"putty", "rxvt", "kterm", "mlterm", "konsole", "mintty"};
    for (size_t i = 0; i < sizeof FAMILIES / sizeof FAMILIES[0]; i++)
        if (strncmp(type, FAMILIES[i], strlen(FAMILIES[i])) == 0)
            return true;
    return user7 != NULL && user7 != (char *)-1 && strcmp(user7, "\033[6n") == 0;
}

void term_describe(struct term_type *out)
{
    const char *wanted = getenv("TERM");
    int found = 0;
    *out = (struct term_type){.name = find_type()};
    out->undescribed = out->name == NULL && judge("vt100") == UNKNOWN_TERMINAL && judge("dumb") == UNKNOWN_TERMINAL;
    if (out->name == NULL || setupterm(out->name, STDOUT_FILENO, &found) != OK)
        return;
    out->known = wanted != NULL && strcmp(wanted, out->name) == 0;
    out->answers = answers_where(out->name);
    out->colors = max_colors > 0 ? max_colors : 0;
    del_curterm(cur_term);
}

static void define_keys(struct input *in)
{
    static const struct {
        const char *cap;
        struct key key;
    } KEYS[] = {
        {"kcuu1", {K_UP, 0}},      {"kcud1", {K_DOWN, 0}},    {"kcub1", {K_LEFT, 0}},   {"kcuf1", {K_RIGHT, 0}},
        {"khome", {K_HOME, 0}},    {"kend", {K_END, 0}},      {"kpp", {K_PGUP, 0}},     {"knp", {K_PGDN, 0}},
        {"kdch1", {K_DELETE, 0}},  {"kich1", {K_INSERT, 0}},  {"kcbt", {K_TAB, MOD_SHIFT}},
        {"kent", {K_ENTER, 0}},    {"kf1", {K_F1, 0}},        {"kf2", {K_F1 + 1, 0}},   {"kf3", {K_F1 + 2, 0}},
        {"kf4", {K_F1 + 3, 0}},    {"kf5", {K_F1 + 4, 0}},    {"kf6", {K_F1 + 5, 0}},   {"kf7", {K_F1 + 6, 0}},
        {"kf8", {K_F1 + 7, 0}},    {"kf9", {K_F1 + 8, 0}},    {"kf10", {K_F1 + 9, 0}},  {"kf11", {K_F1 + 10, 0}},
        {"kf12", {K_F12, 0}},
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        const char *s = tigetstr(KEYS[i].cap);
        if (s != NULL && s != (char *)-1)
            input_define(in, s, KEYS[i].key);
    }
}

static void prepare_rescue(bool modes)
{
    if (modes)
        signals_leave(MODES_OFF);
    signals_leave(exit_attribute_mode);
    signals_leave(cursor_normal);
    signals_leave(keypad_local);
    signals_leave(exit_ca_mode);
    if (exit_ca_mode == NULL)
        signals_leave("\r\n");
}

static int put_byte(int c)
{
    const char byte = (char)c;
    signals_write(&byte, 1);
    return c;
}

/* Asks how wide an ambiguous character is drawn: put two of them in the second row and ask where the cursor is. The answer comes among the
 * keys, whenever it comes; nothing waits for it, and the first paint is safe in both cases. The paint also wipes the question away. */
static void probe_width(struct terminal *t, const char *type)
{
    static const char QUESTION[] = "■─\033[6n";
    /* On a slow line plain signs are better anyway: a rule of lines is three bytes for each column. */
    if (t->ascii || !t->utf8 || !answers_where(type) || (baudrate() > 0 && baudrate() <= SLOW_LINE))
        return;
    const char *place = tiparm(cursor_address, 1, 0);
    if (place == NULL)
        return;
    tputs(place, 1, put_byte);
    signals_write(QUESTION, sizeof QUESTION - 1);
}

static void start_curses(struct terminal *t, bool no_color)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    curs_set(0);
    int colors = 0;
    if (!no_color && has_colors()) {
        start_color();
        use_default_colors();
        colors = COLORS;
    }
    t->theme = theme_choose(colors, no_color);
}

enum err term_open(struct terminal **out, const struct term_options *options, struct diag *diag)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return diag_set(diag, ERR_OPEN, 0, "terminal", "not a terminal");
    const char *type = find_type();
    if (type == NULL)
        return diag_set(diag, ERR_OPEN, 0, "terminal", getenv("TERM"));
    enum err err = signals_open(diag);
    if (err != ERR_OK)
        return err;
    struct terminal *t = xcalloc(1, sizeof *t);
    t->screen = newterm(type, stdout, stdin);
    if (t->screen == NULL) {
        signals_close();
        free(t);
        return diag_set(diag, ERR_OPEN, 0, "terminal", type);
    }
    t->utf8 = options->utf8;
    t->charset = options->charset;
    t->native = options->native;
    t->plain = !t->utf8 && !t->native;
    /* The kernel's console has a few hundred glyphs: lines and letters, but neither squares nor Braille. */
    t->ascii = options->ascii || !t->utf8 || strcmp(type, "linux") == 0;
    t->glyphs = t->ascii ? GLYPHS_ASCII : GLYPHS_NARROW;
    t->mouse = key_mouse != NULL && key_mouse != (char *)-1;
    prepare_rescue(t->mouse);
    signals_guard(true);
    signals_catch();
    start_curses(t, options->no_color);
    define_keys(&t->input);
    canvas_init(&t->shown, LINES, COLS);
    t->whole = true;
    if (t->mouse)
        signals_write(MODES_ON, sizeof MODES_ON - 1);
    probe_width(t, type);
    *out = t;
    return ERR_OK;
}

void term_close(struct terminal *t)
{
    if (t == NULL)
        return;
    if (t->mouse && signals_guarded())
        signals_write(MODES_OFF, sizeof MODES_OFF - 1);
    if (signals_guarded())
        endwin();
    signals_guard(false);
    signals_release();
    signals_close();
    delscreen(t->screen);
    input_release(&t->input);
    canvas_release(&t->shown);
    free(t);
}

void term_size(const struct terminal *t, int *rows, int *cols)
{
    *rows = t->shown.rows;
    *cols = t->shown.cols;
}

enum glyph_set term_glyphs(const struct terminal *t)
{
    return t->glyphs;
}

bool term_learn(struct terminal *t, const struct event *ev)
{
    /* Both characters narrow: the cursor has come to the third column. */
    if (t->probed || t->ascii || ev->row != 2)
        return false;
    t->probed = true;
    if (ev->col != 3)
        return false;
    t->glyphs = GLYPHS_FULL;
    t->whole = true; /* stand-ins in texts give way to what they stood for */
    return true;
}

void term_plain(struct terminal *t, bool plain)
{
    bool now = plain && !t->utf8 && !t->native;
    t->whole = t->whole || now != t->plain;
    t->plain = now;
}

/* Drawing */

static short pair_for(struct terminal *t, unsigned style)
{
    struct look look = style_look(t->theme, style);
    if (t->theme == THEME_MONO || (look.fg < 0 && look.bg < 0))
        return 0;
    size_t i = (style & ~(unsigned)STYLE_SELECTED) + ((style & STYLE_SELECTED) != 0 ? ST_COUNT : 0);
    if (t->pair_of[i] == 0) {
        if (init_pair((short)(t->n_pairs + 1), look.fg, look.bg) != OK)
            return 0;
        t->pair_of[i] = ++t->n_pairs;
    }
    return t->pair_of[i];
}

static attr_t attrs_for(const struct terminal *t, unsigned style)
{
    unsigned look = style_look(t->theme, style).attr;
    return ((look & LOOK_BOLD) != 0 ? A_BOLD : A_NORMAL) | ((look & LOOK_UNDERLINE) != 0 ? A_UNDERLINE : A_NORMAL) |
           ((look & LOOK_REVERSE) != 0 ? A_REVERSE : A_NORMAL);
}

/* Has the C library this character, in so many columns? */
static bool is_wide_as(const struct terminal *t, ucs4_t c, int width)
{
    return (!t->plain || c < 0x80) && wcwidth((wchar_t)c) == width;
}

/* One cluster as curses wants it: a spacing character and combining ones. What the C library measures otherwise than we do, or does not
 * know, becomes question marks of the same width: a cell must never shift its neighbours. */
static int to_wide(const struct terminal *t, const struct cell *c, wchar_t out[CCHARW_MAX])
{
    const char *s = c->text;
    /* Until the terminal has shown that it draws ambiguous characters in one column, they are not sent. */
    if (t->glyphs != GLYPHS_FULL) {
        const char *narrow = glyph_narrowed(s);
        s = narrow != NULL ? narrow : s;
    }
    int n = 0;
    for (size_t left = strlen(s); left > 0 && n < CCHARW_MAX - 1;) {
        ucs4_t wc, twin;
        int len = u8_mbtouc(&wc, (const uint8_t *)s, left), width = n == 0 ? c->width : 0;
        const char *other = is_wide_as(t, wc, width) ? NULL : charset_twin(s, (size_t)len);
        if (other != NULL && u8_strmbtouc(&twin, (const uint8_t *)other) > 0)
            wc = twin;
        if (!is_wide_as(t, wc, width))
            break;
        out[n++] = (wchar_t)wc;
        s += len;
        left -= (size_t)len;
    }
    if (n == 0) {
        out[0] = L'?';
        n = 1;
    }
    out[n] = 0;
    return n;
}

static void send_cell(struct terminal *t, int row, int col, const struct cell *c)
{
    wchar_t wide[CCHARW_MAX + 1];
    cchar_t cc;
    to_wide(t, c, wide);
    attr_t attrs = attrs_for(t, c->style);
    short pair = pair_for(t, c->style);
    setcchar(&cc, wide, attrs, pair, NULL);
    mvadd_wch(row, col, &cc);
    if (c->width == 2 && wcwidth(wide[0]) == 1) {
        wchar_t mark[] = {L'?', 0};
        setcchar(&cc, mark, attrs, pair, NULL);
        mvadd_wch(row, col + 1, &cc);
    }
}

static void send_row(struct terminal *t, const struct canvas *cv, int row)
{
    const struct cell *now = canvas_cell(cv, row, 0), *old = canvas_cell(&t->shown, row, 0);
    size_t bytes = (size_t)cv->cols * sizeof *now;
    if (!t->whole && memcmp(now, old, bytes) == 0)
        return;
    for (int col = 0; col < cv->cols; col++)
        if (now[col].width > 0 && (t->whole || memcmp(&now[col], &old[col], sizeof *now) != 0))
            send_cell(t, row, col, &now[col]);
    memcpy(&t->shown.cell[row * cv->cols], now, bytes);
}

void term_draw(struct terminal *t, const struct canvas *cv)
{
    if (cv->rows != t->shown.rows || cv->cols != t->shown.cols)
        return; /* the size has changed meanwhile; the event is on its way */
    for (int row = 0; row < cv->rows; row++)
        send_row(t, cv, row);
    t->whole = false;
    if (cv->cursor_row >= 0) {
        curs_set(1);
        move(cv->cursor_row, cv->cursor_col);
    } else {
        curs_set(0);
    }
    refresh();
}

void term_redraw(struct terminal *t)
{
    t->whole = true;
    clearok(stdscr, TRUE);
}

void term_suspend(struct terminal *t)
{
    if (t->mouse)
        signals_write(MODES_OFF, sizeof MODES_OFF - 1);
    endwin();
    signals_guard(false);
    signal(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    /* Here again after SIGCONT. */
    signals_guard(true);
    signals_continue();
}

static void resume(struct terminal *t)
{
    reset_prog_mode();
    raw();
    if (t->mouse)
        signals_write(MODES_ON, sizeof MODES_ON - 1);
    term_redraw(t);
}

/* Events */

static bool new_size(struct terminal *t, struct event *out)
{
    struct winsize ws;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 && ws.ws_col > 0)
        resizeterm(ws.ws_row, ws.ws_col);
    canvas_release(&t->shown);
    canvas_init(&t->shown, LINES, COLS);
    term_redraw(t);
    *out = (struct event){.kind = EV_RESIZE};
    return true;
}

static bool from_signals(struct terminal *t, struct event *out)
{
    if (signals_continued()) {
        resume(t);
        t->resized = true; /* it may have been, meanwhile */
    }
    if (signals_end() && !t->end_sent) {
        t->end_sent = true;
        *out = (struct event){.kind = EV_END};
        return true;
    }
    bool resized = signals_size() || t->resized;
    t->resized = false;
    return resized && new_size(t, out);
}

/* Reads what is there; false: the terminal is gone. */
static bool read_bytes(struct terminal *t)
{
    char bytes[4096];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n > 0) {
        struct buf typed = {0};
        bool theirs = t->charset != NULL && (t->native || t->plain);
        charset_in(theirs ? t->charset : NULL, &typed, bytes, (size_t)n);
        input_feed(&t->input, buf_str(&typed), typed.len);
        buf_release(&typed);
        t->last_byte_ms = monotonic_ms();
    }
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static bool is_readable(int fd)
{
    struct pollfd in = {.fd = fd, .events = POLLIN};
    return poll(&in, 1, 0) > 0;
}

/* Silence ends what is incomplete. What lies unread is not silence: the program may have been busy since it read the first half of a letter
 * or of an arrow key. */
static bool decode(struct terminal *t, struct event *out)
{
    do {
        if (input_next(&t->input, out, 0))
            return true;
    } while (input_wait_ms(&t->input) >= 0 && is_readable(STDIN_FILENO) && read_bytes(t));
    long long idle = monotonic_ms() - t->last_byte_ms;
    return input_next(&t->input, out, idle > INPUT_PASTE_MS ? INPUT_PASTE_MS : (int)idle);
}

/* One wait; true when there is an event in out. */
static bool wait_once(struct terminal *t, int timeout_ms, int other_fd, struct event *out)
{
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                           {.fd = signals_fd(), .events = POLLIN},
                           {.fd = other_fd, .events = POLLIN}};
    int n = poll(fds, 3, timeout_ms);
    if (n < 0)
        return false; /* EINTR: the signals are looked at next */
    if (fds[1].revents != 0)
        signals_drain();
    if (fds[0].revents != 0 && !read_bytes(t)) {
        *out = (struct event){.kind = EV_END};
        return true;
    }
    if (fds[2].revents != 0 || n == 0) {
        *out = (struct event){.kind = EV_TICK};
        return fds[0].revents == 0;
    }
    return false;
}

bool term_poll(struct terminal *t, struct event *out)
{
    if (from_signals(t, out) || decode(t, out))
        return true;
    if (!is_readable(STDIN_FILENO))
        return false;
    if (!read_bytes(t)) {
        *out = (struct event){.kind = EV_END};
        return true;
    }
    return decode(t, out);
}

void term_wait(struct terminal *t, int timeout_ms, int other_fd, struct event *out)
{
    long long deadline = timeout_ms < 0 ? -1 : monotonic_ms() + timeout_ms;
    for (;;) {
        if (from_signals(t, out) || decode(t, out))
            return;
        long long left = deadline < 0 ? -1 : deadline - monotonic_ms();
        if (deadline >= 0 && left < 0)
            left = 0;
        int partial = input_wait_ms(&t->input);
        bool shortened = partial >= 0 && (left < 0 || partial < left);
        if (wait_once(t, shortened ? partial : (int)left, other_fd, out) && !(shortened && out->kind == EV_TICK))
            return;
    }
}

void term_library(struct buf *out)
{
    buf_adds(out, curses_version());
}
