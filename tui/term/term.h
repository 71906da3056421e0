/* The terminal. The only file of the program that knows curses; everything else draws into a canvas.
 *
 * There is one terminal, and what signals and crashes must reach is file-scope (signals.h), but it is opened and closed like anything else.
 * Whatever ends the program - close, a signal, a crash, no memory - the terminal is left as it was found. */
#ifndef TUI_TERM_TERM_H
#define TUI_TERM_TERM_H

#include <stdbool.h>

#include "core/base/diag.h"
#include "tui/term/canvas.h"
#include "tui/term/glyph.h"
#include "tui/term/input.h"

struct buf;
struct charset;
struct terminal;

struct term_options {
    bool ascii;    /* --ascii: never anything but ASCII lines and signs */
    bool no_color; /* NO_COLOR or --no-color */
    bool utf8;     /* the terminal speaks UTF-8, and the C library too */
    struct charset *charset; /* what the terminal speaks instead; borrowed; NULL: nobody knows, or UTF-8 */
    bool native;             /* the C library works in it too */
};

/* ERR_OPEN with where "terminal" when there is none to draw on: not a tty, or it cannot place its cursor (TERM=dumb). */
enum err term_open(struct terminal **out, const struct term_options *options, struct diag *diag);
void term_close(struct terminal *t);

void term_size(const struct terminal *t, int *rows, int *cols);
/* What may be drawn: narrow until the terminal has answered how wide it draws what is ambiguous (EV_CURSOR, see term_learn). */
enum glyph_set term_glyphs(const struct terminal *t);
/* Takes the answer; true: term_glyphs has changed. */
bool term_learn(struct terminal *t, const struct event *ev);

/* Shows a canvas of the terminal's size: sends only what changed since the last one. */
void term_draw(struct terminal *t, const struct canvas *cv);
/* For a terminal whose character set the C library cannot draw in (neither utf8 nor native): plain, only ASCII is drawn; else the person insists that
 * it shows UTF-8 all the same. Without effect on others. */
void term_plain(struct terminal *t, bool plain);
void term_redraw(struct terminal *t); /* the next draw sends everything */
/* Back to the shell until it is continued. */
void term_suspend(struct terminal *t);

/* Waits for the next event: a key, a new size, an end; EV_TICK after timeout_ms (-1: never) or when other_fd (-1: none) can be read. */
void term_wait(struct terminal *t, int timeout_ms, int other_fd, struct event *out);
/* The next event if there is one already. */
bool term_poll(struct terminal *t, struct event *out);

/* From anywhere, a signal handler too: gives the terminal back as it was found. */
void term_rescue(void);

/* What would be used, without opening it. */
struct term_type {
    const char *name; /* the terminal description; borrowed; NULL: none that can place the cursor */
    bool undescribed; /* not even the commonest terminals are described on this machine */
    bool known;       /* TERM itself is described; else name is what is tried instead */
    bool answers;     /* it can be asked where its cursor is */
    int colors;       /* 0: none */
};
void term_describe(struct term_type *out);

/* Name and version of the library in use. */
void term_library(struct buf *out);

#endif
