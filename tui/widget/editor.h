/* A multi-line text editor: Japanese, cursor by grapheme cluster, wrapped with kinsoku, undo and redo of its own, paste. Knows nothing of
 * screens or answers. All text that enters is cleaned (core/base/text.h); the whole never grows beyond its limit. */
#ifndef TUI_WIDGET_EDITOR_H
#define TUI_WIDGET_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "tui/app/action.h"
#include "tui/term/canvas.h"

enum { EDITOR_UNDOS = 200 };

struct editor_state {
    char *text;
    size_t cursor;
};

struct editor {
    struct buf text;
    size_t cursor; /* bytes; always at a cluster boundary */
    int goal;      /* column that moving up and down aims at; -1: where the cursor is */
    size_t max_bytes;
    unsigned long changes; /* counts changes of the text */
    struct editor_state undo[EDITOR_UNDOS], redo[EDITOR_UNDOS];
    int n_undo, n_redo;
    enum { EDIT_NOTHING, EDIT_TYPING, EDIT_DELETING } last; /* what the newest undo step is still collecting */
};

void editor_init(struct editor *ed, const char *text, size_t max_bytes); /* cursor at the end */
void editor_release(struct editor *ed);
const char *editor_text(const struct editor *ed);
/* Inserts typed or pasted bytes; false: something did not fit and was left out. A paste is an undo step of its own. */
bool editor_insert(struct editor *ed, const char *s, size_t n, bool pasted);
/* EDIT_* actions; rows and cols of the visible text (as in editor_draw). false: not one of them. */
bool editor_act(struct editor *ed, enum act action, int rows, int cols);
/* First visible line so that the cursor is visible, given the one drawn before. */
int editor_top(const struct editor *ed, int top, int rows, int cols);
void editor_draw(const struct editor *ed, struct area a, int top, unsigned style);
/* Puts the cursor where a click was. */
void editor_click(struct editor *ed, int row, int col, int top, int cols);
int editor_lines(const struct editor *ed, int cols);

#endif
