/* What a screen is: a constant with functions. It owns its cursor and scroll (its state, zeroed when made), never an answer: it reads the
 * model through the app and changes it only by app_do. draw takes everything const and remembers nothing. How to add one: tui/README.md. */
#ifndef TUI_APP_SCREEN_H
#define TUI_APP_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app/keymap.h"
#include "tui/term/canvas.h"

struct app;

/* One thing that a screen does. The app looks an action up in the top screen's handlers, then in its own (general.c). */
struct handler {
    enum act action;
    void (*fn)(struct app *app, void *state, enum act action);
};

struct click {
    int row, col;   /* in the screen's area */
    int rows, cols; /* of that area */
    enum mouse_button button;
};

struct screen_ops {
    const char *name;     /* stable id for tests and logs */
    const char *title;    /* msgid; for tabs that are not a section */
    enum context context; /* for the keyboard */
    bool alone;           /* not about the file that is open: drawn without its header and its tabs */
    int bottom_rows;      /* 0: takes the whole content; else that many rows at its bottom, the tab stays visible above */
    size_t state_size;
    const struct handler *handlers;
    size_t n_handlers;
    /* Each may be NULL. */
    void (*open)(struct app *app, void *state, const void *arg);
    void (*draw)(const struct app *app, const void *state, struct area a);
    void (*text)(struct app *app, void *state, const char *s, size_t n, bool pasted); /* takes typed text: keys are not commands */
    void (*click)(struct app *app, void *state, struct click c);
    void (*resize)(struct app *app, void *state, int rows, int cols);
    int (*tick)(struct app *app, void *state); /* ms until it wants the next one, -1: none */
    void (*changed)(struct app *app, void *state); /* the model was changed: recompute what is expensive. A tab
                                                      that is not shown hears of it when it is. */
    bool (*gone)(const struct app *app, const void *state); /* a layer: after a change, what it shows is no longer there; it is
                                                               closed and not told of the change */
    void (*close)(struct app *app, void *state);
    int (*item)(const struct app *app, const void *state);   /* the selected item, -1: none */
    void (*go)(struct app *app, void *state, int item);       /* select it */
};

#define N_HANDLERS(table) (sizeof(table) / sizeof((table)[0]))

#endif
