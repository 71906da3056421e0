/* A single-line form field: text, a number, or one of a few choices. Drawing the label beside it is the screen's affair. */
#ifndef TUI_WIDGET_FIELD_H
#define TUI_WIDGET_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "tui/app/action.h"
#include "tui/term/canvas.h"
#include "tui/term/glyph.h"

enum field_kind { FIELD_TEXT, FIELD_NUMBER, FIELD_CHOICE };

struct field {
    enum field_kind kind;
    struct buf value; /* TEXT, NUMBER */
    size_t cursor;
    size_t max_bytes;
    int choice, n_choices; /* CHOICE */
};

void field_init_text(struct field *f, const char *value, size_t max_bytes);
void field_init_number(struct field *f, long long value, size_t max_digits); /* negative: empty */
void field_init_choice(struct field *f, int choice, int n_choices);
void field_release(struct field *f);

const char *field_value(const struct field *f);
long long field_number(const struct field *f); /* -1: empty */

/* Typed or pasted text; what the kind does not allow is left out (false). A choice takes a blank as "the next one". */
bool field_insert(struct field *f, const char *s, size_t n);
/* EDIT_LEFT, EDIT_RIGHT, EDIT_HOME, EDIT_END, EDIT_BACKSPACE, EDIT_DELETE, EDIT_CLEAR; in a choice left and right change it. false: not one. */
bool field_act(struct field *f, enum act action);
/* Draws the value over the whole row of the area; the cursor too when focused. label: of the present choice (FIELD_CHOICE only). */
void field_draw(const struct field *f, struct area a, int row, bool focused, const char *label);

#endif
