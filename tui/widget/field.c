/* See field.h. */
#include "tui/widget/field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

void field_init_text(struct field *f, const char *value, size_t max_bytes)
{
    *f = (struct field){.kind = FIELD_TEXT, .max_bytes = max_bytes};
    buf_adds(&f->value, value);
    f->cursor = f->value.len;
}

void field_init_number(struct field *f, long long value, size_t max_digits)
{
    *f = (struct field){.kind = FIELD_NUMBER, .max_bytes = max_digits};
    if (value >= 0)
        buf_addf(&f->value, "%lld", value);
    f->cursor = f->value.len;
}

void field_init_choice(struct field *f, int choice, int n_choices)
{
    *f = (struct field){.kind = FIELD_CHOICE, .choice = choice, .n_choices = n_choices};
}

void field_release(struct field *f)
{
    buf_release(&f->value);
    *f = (struct field){0};
}

const char *field_value(const struct field *f)
{
    return buf_str(&f->value);
}

long long field_number(const struct field *f)
{
    return f->value.len == 0 ? -1 : strtoll(buf_str(&f->value), NULL, 10);
}

static void replace(struct field *f, size_t from, size_t to, const char *s, size_t n)
{
    struct buf next = {0};
    buf_add(&next, buf_str(&f->value), from);
    buf_add(&next, s, n);
    buf_add(&next, buf_str(&f->value) + to, f->value.len - to);
    buf_release(&f->value);
    f->value = next;
    f->cursor = from + n;
}

/* Digits only; full-width ones, as an input method types them, become plain; separators are passed over. */
static bool digits_of(struct buf *out, const char *s, size_t n)
{
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        bool wide = i + 2 < n && memcmp(s + i, "\xef\xbc", 2) == 0 && (unsigned char)s[i + 2] >= 0x90 &&
                    (unsigned char)s[i + 2] <= 0x99;
        if (s[i] >= '0' && s[i] <= '9') {
            buf_addc(out, s[i]);
        } else if (wide) {
            buf_addc(out, (char)((unsigned char)s[i + 2] - 0x90 + '0'));
            i += 2;
        } else if (s[i] != ',' && s[i] != ' ') {
            all = false;
        }
    }
    return all;
}

bool field_insert(struct field *f, const char *s, size_t n)
{
    if (f->kind == FIELD_CHOICE) {
        if (n == 1 && s[0] == ' ' && f->n_choices > 0)
            f->choice = (f->choice + 1) % f->n_choices;
        return n == 1 && s[0] == ' ';
    }
    struct buf clean = {0};
    bool all = true;
    if (f->kind == FIELD_NUMBER)
        all = digits_of(&clean, s, n);
    else
        text_clean(&clean, s, n, TEXT_ONE_LINE);
    size_t room = f->value.len < f->max_bytes ? f->max_bytes - f->value.len : 0;
    size_t take = text_floor(buf_str(&clean), clean.len, room);
    all = all && take == clean.len;
    replace(f, f->cursor, f->cursor, buf_str(&clean), take);
    buf_release(&clean);
    return all;
}

static bool choice_act(struct field *f, enum act action)
{
    if (action != ACT_EDIT_LEFT && action != ACT_EDIT_RIGHT)
        return false;
    int step = action == ACT_EDIT_RIGHT ? 1 : f->n_choices - 1;
    if (f->n_choices > 0)
        f->choice = (f->choice + step) % f->n_choices;
    return true;
}

bool field_act(struct field *f, enum act action)
{
    if (f->kind == FIELD_CHOICE)
        return choice_act(f, action);
    const char *s = buf_str(&f->value);
    size_t n = f->value.len;
    if (action == ACT_EDIT_LEFT)
        f->cursor = text_prev(s, n, f->cursor);
    else if (action == ACT_EDIT_RIGHT)
        f->cursor = text_next(s, n, f->cursor);
    else if (action == ACT_EDIT_HOME)
        f->cursor = 0;
    else if (action == ACT_EDIT_END)
        f->cursor = n;
    else if (action == ACT_EDIT_BACKSPACE)
        replace(f, text_prev(s, n, f->cursor), f->cursor, "", 0);
    else if (action == ACT_EDIT_DELETE) {
        size_t at = f->cursor;
        replace(f, at, text_next(s, n, at), "", 0);
    } else if (action == ACT_EDIT_CLEAR)
        replace(f, 0, n, "", 0);
    else
        return false;
    return true;
}

/* First byte shown so that the cursor is inside n_cols columns. */
static size_t first_shown(const struct field *f, int n_cols)
{
    const char *s = buf_str(&f->value);
    size_t from = 0;
    while (from < f->cursor && text_columns(s + from, f->cursor - from) > n_cols - 1)
        from = text_next(s, f->value.len, from);
    return from;
}

void field_draw(const struct field *f, struct area a, int row, bool focused, const char *label)
{
    if (f->kind == FIELD_CHOICE) {
        int col = area_put(a, row, 0, focused ? ST_KEY : ST_DIM, "< ");
        col = area_put(a, row, col, focused ? ST_STRONG : ST_TEXT, label);
        area_put(a, row, col, focused ? ST_KEY : ST_DIM, " >");
        if (focused)
            area_cursor(a, row, 2);
        return;
    }
    area_fill(area_sub(a, row, 0, 1, a.cols), ST_FIELD);
    const char *s = buf_str(&f->value);
    size_t from = focused ? first_shown(f, a.cols) : 0;
    area_put_n(a, row, 0, a.cols, ST_FIELD, s + from, f->value.len - from);
    if (focused)
        area_cursor(a, row, text_columns(s + from, f->cursor - from));
}
