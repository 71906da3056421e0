/* The terminal that is not there: screen tests link all of tui except the one file that knows curses (see Makefile). Whoever opens it is
 * told so. */
#include <stddef.h>

#include "core/base/buf.h"
#include "tui/term/term.h"

enum err term_open(struct terminal **out, const struct term_options *options, struct diag *diag)
{
    (void)out;
    (void)options;
    return diag_set(diag, ERR_OPEN, 0, "terminal", "none in tests");
}

void term_close(struct terminal *t)
{
    (void)t;
}

void term_size(const struct terminal *t, int *rows, int *cols)
{
    (void)t;
    *rows = 24;
    *cols = 80;
}

enum glyph_set term_glyphs(const struct terminal *t)
{
    (void)t;
    return GLYPHS_ASCII;
}

bool term_learn(struct terminal *t, const struct event *ev)
{
    (void)t;
    (void)ev;
    return false;
}

void term_draw(struct terminal *t, const struct canvas *cv)
{
    (void)t;
    (void)cv;
}

void term_plain(struct terminal *t, bool plain)
{
    (void)t;
    (void)plain;
}

void term_redraw(struct terminal *t)
{
    (void)t;
}

void term_suspend(struct terminal *t)
{
    (void)t;
}

void term_wait(struct terminal *t, int timeout_ms, int other_fd, struct event *out)
{
    (void)t;
    (void)timeout_ms;
    (void)other_fd;
    *out = (struct event){.kind = EV_END};
}

bool term_poll(struct terminal *t, struct event *out)
{
    (void)t;
    (void)out;
    return false;
}

void term_rescue(void)
{
}

void term_library(struct buf *out)
{
    buf_adds(out, "none");
}

void term_describe(struct term_type *out)
{
    *out = (struct term_type){0};
}
