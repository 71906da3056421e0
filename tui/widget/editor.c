/* See editor.h. Undo holds whole texts: at most 8 kB each, and nothing can go wrong. */
#include "tui/widget/editor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

void editor_init(struct editor *ed, const char *text, size_t max_bytes)
{
    *ed = (struct editor){.goal = -1, .max_bytes = max_bytes};
    buf_adds(&ed->text, text);
    ed->cursor = ed->text.len;
}

static void drop_states(struct editor_state *states, int *n)
{
    while (*n > 0)
        free(states[--*n].text);
}

void editor_release(struct editor *ed)
{
    drop_states(ed->undo, &ed->n_undo);
    drop_states(ed->redo, &ed->n_redo);
    buf_release(&ed->text);
}

const char *editor_text(const struct editor *ed)
{
    return buf_str(&ed->text);
}

/* History */

static void push_state(const struct editor *ed, struct editor_state *states, int *n)
{
    if (*n == EDITOR_UNDOS) {
        free(states[0].text);
        memmove(states, states + 1, (EDITOR_UNDOS - 1) * sizeof *states);
        (*n)--;
    }
    states[(*n)++] = (struct editor_state){xstrdup(buf_str(&ed->text)), ed->cursor};
}

static void remember(struct editor *ed, int kind)
{
    if (kind == EDIT_NOTHING || (int)ed->last != kind)
        push_state(ed, ed->undo, &ed->n_undo);
    drop_states(ed->redo, &ed->n_redo);
    ed->last = kind;
}

static void restore(struct editor *ed, struct editor_state *from, int *n_from, struct editor_state *to, int *n_to)
{
    if (*n_from == 0)
        return;
    push_state(ed, to, n_to);
    struct editor_state s = from[--*n_from];
    buf_clear(&ed->text);
    buf_adds(&ed->text, s.text);
    ed->cursor = s.cursor;
    free(s.text);
    ed->last = EDIT_NOTHING;
    ed->changes++;
}

/* Changing */

static void replace(struct editor *ed, size_t from, size_t to, const char *s, size_t n)
{
    struct buf next = {0};
    buf_add(&next, buf_str(&ed->text), from);
    buf_add(&next, s, n);
    buf_add(&next, buf_str(&ed->text) + to, ed->text.len - to);
    buf_release(&ed->text);
    ed->text = next;
    ed->cursor = from + n;
    ed->changes++;
}

/* After an insertion the cursor may stand inside a cluster (a typed dakuten joined its kana): move it to the cluster's end. */
static void settle(struct editor *ed)
{
    const char *s = buf_str(&ed->text);
    size_t before = text_prev(s, ed->text.len, ed->cursor);
    size_t end = text_next(s, ed->text.len, before);
    if (end > ed->cursor)
        ed->cursor = end;
}

bool editor_insert(struct editor *ed, const char *s, size_t n, bool pasted)
{
    struct buf clean = {0};
    text_clean(&clean, s, n, TEXT_MULTI_LINE);
    size_t room = ed->text.len < ed->max_bytes ? ed->max_bytes - ed->text.len : 0;
    size_t take = text_floor(buf_str(&clean), clean.len, room);
    bool all = take == clean.len;
    bool line_end = take > 0 && buf_str(&clean)[take - 1] == '\n';
    if (take > 0) {
        remember(ed, pasted ? EDIT_NOTHING : EDIT_TYPING);
        replace(ed, ed->cursor, ed->cursor, buf_str(&clean), take);
        settle(ed);
        if (line_end)
            ed->last = EDIT_NOTHING; /* an undo step ends with its line */
    }
    ed->goal = -1;
    buf_release(&clean);
    return all;
}

static void delete_range(struct editor *ed, size_t from, size_t to)
{
    if (from == to)
        return;
    remember(ed, EDIT_DELETING);
    replace(ed, from, to, "", 0);
}

/* Moving. A line is found by the wrapped lines; the blank at a soft break belongs to the line before it. */

static void wrap(const struct editor *ed, struct text_lines *lines, int cols)
{
    text_wrap(lines, buf_str(&ed->text), ed->text.len, cols);
}

static size_t line_of(const struct text_lines *lines, size_t cursor)
{
    size_t i = 0;
    while (i + 1 < lines->n && cursor >= lines->line[i].next)
        i++;
    return i;
}

static int column_of(const struct editor *ed, const struct text_line *line, int cols)
{
    int col = text_columns(buf_str(&ed->text) + line->start, ed->cursor - line->start);
    return col < cols ? col : cols - 1;
}

/* The end of what the cursor can reach in a line without falling into the next one. */
static size_t line_end(const struct editor *ed, const struct text_lines *lines, size_t i)
{
    const struct text_line *line = &lines->line[i];
    if (i + 1 == lines->n)
        return ed->text.len;
    const char *s = buf_str(&ed->text);
    return line->next > line->start && s[line->next - 1] == '\n' ? line->next - 1
                                                                  : text_prev(s, ed->text.len, line->next);
}

static void go_to_line(struct editor *ed, const struct text_lines *lines, size_t i, int col)
{
    const struct text_line *line = &lines->line[i];
    size_t end = line_end(ed, lines, i);
    ed->cursor = line->start + text_cut(buf_str(&ed->text) + line->start, end - line->start, col);
}

static void move_lines(struct editor *ed, int delta, int cols)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, cols);
    long i = (long)line_of(&lines, ed->cursor);
    if (ed->goal < 0)
        ed->goal = column_of(ed, &lines.line[i], cols);
    long to = i + delta;
    if (to < 0)
        ed->cursor = 0;
    else if (to >= (long)lines.n)
        ed->cursor = ed->text.len;
    else
        go_to_line(ed, &lines, (size_t)to, ed->goal);
    text_lines_release(&lines);
}

static void move_in_line(struct editor *ed, bool to_end, int cols)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, cols);
    size_t i = line_of(&lines, ed->cursor);
    ed->cursor = to_end ? line_end(ed, &lines, i) : lines.line[i].start;
    text_lines_release(&lines);
}

/* Words, as far as they can be told without a dictionary: runs of the same kind of character. */
static int kind_at(const char *s, size_t i)
{
    unsigned char c = (unsigned char)s[i];
    if (c == ' ' || c == '\n')
        return 0;
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? 1 : c >= '0' && c <= '9' ? 1 : 2;
    if (c != 0xe3)
        return c < 0xe0 ? 1 : c == 0xef ? 2 : 3; /* Latin and Greek; full-width forms; kanji */
    unsigned char d = (unsigned char)s[i + 1], e = (unsigned char)s[i + 2];
    if (d == 0x80)
        return 2; /* punctuation */
    bool hiragana = d == 0x81 || (d == 0x82 && e < 0xa0);
    return hiragana ? 4 : d <= 0x83 ? 5 : 3;
}

static size_t word_right(const struct editor *ed)
{
    const char *s = buf_str(&ed->text);
    size_t i = ed->cursor, n = ed->text.len;
    if (i == n)
        return n;
    int kind = kind_at(s, i);
    while (i < n && kind_at(s, i) == kind)
        i = text_next(s, n, i);
    while (i < n && kind_at(s, i) == 0)
        i = text_next(s, n, i);
    return i;
}

static size_t word_left(const struct editor *ed)
{
    const char *s = buf_str(&ed->text);
    size_t i = ed->cursor, n = ed->text.len;
    while (i > 0 && kind_at(s, text_prev(s, n, i)) == 0)
        i = text_prev(s, n, i);
    if (i == 0)
        return 0;
    int kind = kind_at(s, text_prev(s, n, i));
    while (i > 0 && kind_at(s, text_prev(s, n, i)) == kind)
        i = text_prev(s, n, i);
    return i;
}

static bool move(struct editor *ed, enum act action, int cols)
{
    const char *s = buf_str(&ed->text);
    if (action == ACT_EDIT_LEFT)
        ed->cursor = text_prev(s, ed->text.len, ed->cursor);
    else if (action == ACT_EDIT_RIGHT)
        ed->cursor = text_next(s, ed->text.len, ed->cursor);
    else if (action == ACT_EDIT_WORD_LEFT)
        ed->cursor = word_left(ed);
    else if (action == ACT_EDIT_WORD_RIGHT)
        ed->cursor = word_right(ed);
    else if (action == ACT_EDIT_HOME || action == ACT_EDIT_END)
        move_in_line(ed, action == ACT_EDIT_END, cols);
    else if (action == ACT_EDIT_TOP)
        ed->cursor = 0;
    else if (action == ACT_EDIT_BOTTOM)
        ed->cursor = ed->text.len;
    else
        return false;
    return true;
}

static bool change(struct editor *ed, enum act action)
{
    const char *s = buf_str(&ed->text);
    if (action == ACT_EDIT_NEWLINE)
        editor_insert(ed, "\n", 1, false);
    else if (action == ACT_EDIT_BACKSPACE)
        delete_range(ed, text_prev(s, ed->text.len, ed->cursor), ed->cursor);
    else if (action == ACT_EDIT_DELETE)
        delete_range(ed, ed->cursor, text_next(s, ed->text.len, ed->cursor));
    else if (action == ACT_EDIT_UNDO)
        restore(ed, ed->undo, &ed->n_undo, ed->redo, &ed->n_redo);
    else if (action == ACT_EDIT_REDO)
        restore(ed, ed->redo, &ed->n_redo, ed->undo, &ed->n_undo);
    else
        return false;
    return true;
}

bool editor_act(struct editor *ed, enum act action, int rows, int cols)
{
    int page = rows > 1 ? rows - 1 : 1;
    const struct {
        enum act action;
        int delta;
    } LINES[] = {{ACT_EDIT_UP, -1}, {ACT_EDIT_DOWN, 1}, {ACT_EDIT_PAGE_UP, -page}, {ACT_EDIT_PAGE_DOWN, page}};
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        if (LINES[i].action == action) {
            move_lines(ed, LINES[i].delta, cols);
            ed->last = EDIT_NOTHING;
            return true;
        }
    }
    if (move(ed, action, cols)) {
        ed->goal = -1;
        ed->last = EDIT_NOTHING;
        return true;
    }
    bool changed = change(ed, action);
    if (changed)
        ed->goal = -1;
    return changed;
}

/* Drawing */

int editor_lines(const struct editor *ed, int cols)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, cols);
    int n = (int)lines.n;
    text_lines_release(&lines);
    return n;
}

int editor_top(const struct editor *ed, int top, int rows, int cols)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, cols);
    int at = (int)line_of(&lines, ed->cursor);
    if (at < top)
        top = at;
    if (at >= top + rows)
        top = at - rows + 1;
    text_lines_release(&lines);
    return top;
}

void editor_draw(const struct editor *ed, struct area a, int top, unsigned style)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, a.cols);
    const char *s = buf_str(&ed->text);
    for (int row = 0; row < a.rows && (size_t)(top + row) < lines.n; row++) {
        const struct text_line *line = &lines.line[top + row];
        area_put_n(a, row, 0, a.cols, style, s + line->start, line->len);
    }
    size_t at = line_of(&lines, ed->cursor);
    area_cursor(a, (int)at - top, column_of(ed, &lines.line[at], a.cols));
    text_lines_release(&lines);
}

void editor_click(struct editor *ed, int row, int col, int top, int cols)
{
    struct text_lines lines = {0};
    wrap(ed, &lines, cols);
    size_t i = (size_t)(top + row) < lines.n ? (size_t)(top + row) : lines.n - 1;
    go_to_line(ed, &lines, i, col);
    ed->goal = -1;
    ed->last = EDIT_NOTHING;
    text_lines_release(&lines);
}
