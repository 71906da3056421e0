/* See canvas.h. */
#include "tui/term/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"

static const struct cell BLANK = {.text = " ", .width = 1, .style = ST_TEXT};

void canvas_init(struct canvas *cv, int rows, int cols)
{
    *cv = (struct canvas){.rows = rows, .cols = cols, .cursor_row = -1, .cursor_col = -1};
    cv->cell = xcalloc((size_t)rows * (size_t)cols, sizeof *cv->cell);
    canvas_clear(cv);
}

void canvas_release(struct canvas *cv)
{
    free(cv->cell);
    *cv = (struct canvas){.cursor_row = -1, .cursor_col = -1};
}

void canvas_clear(struct canvas *cv)
{
    for (int i = 0; i < cv->rows * cv->cols; i++)
        cv->cell[i] = BLANK;
    cv->cursor_row = cv->cursor_col = -1;
}

static struct cell *cell_at(const struct canvas *cv, int row, int col)
{
    return &cv->cell[row * cv->cols + col];
}

const struct cell *canvas_cell(const struct canvas *cv, int row, int col)
{
    return cell_at(cv, row, col);
}

/* Makes room in one cell: if it is half of a wide cluster, the other half becomes a blank. */
static void detach(struct canvas *cv, int row, int col)
{
    struct cell *c = cell_at(cv, row, col);
    if (c->width == 0 && col > 0) {
        memcpy(c[-1].text, " ", 2);
        c[-1].width = 1;
    } else if (c->width == 2 && col + 1 < cv->cols) {
        memcpy(c[1].text, " ", 2);
        c[1].width = 1;
    }
}

static void set_cell(struct canvas *cv, int row, int col, int width, unsigned style, const char *s, size_t n)
{
    detach(cv, row, col);
    if (width == 2)
        detach(cv, row, col + 1);
    struct cell *c = cell_at(cv, row, col);
    if (n >= CELL_BYTES)
        n = text_floor(s, n, CELL_BYTES - 1);
    memset(c, 0, sizeof *c);
    memcpy(c->text, s, n);
    c->width = (unsigned char)width;
    c->style = (unsigned char)style;
    if (width == 2)
        c[1] = (struct cell){.style = (unsigned char)style};
}

void canvas_to_text(struct buf *out, const struct canvas *cv)
{
    for (int row = 0; row < cv->rows; row++) {
        int end = cv->cols;
        while (end > 0 && strcmp(cell_at(cv, row, end - 1)->text, " ") == 0)
            end--;
        for (int col = 0; col < end; col++)
            buf_adds(out, cell_at(cv, row, col)->text);
        buf_addc(out, '\n');
    }
}

void canvas_to_styles(struct buf *out, const struct canvas *cv)
{
    for (int row = 0; row < cv->rows; row++) {
        for (int col = 0; col < cv->cols; col++)
            buf_addc(out, style_letter(cell_at(cv, row, col)->style));
        buf_addc(out, '\n');
    }
}

struct area area_all(struct canvas *cv)
{
    return (struct area){.cv = cv, .rows = cv->rows, .cols = cv->cols};
}

struct area area_sub(struct area a, int row, int col, int rows, int cols)
{
    if (row < 0)
        rows += row, row = 0;
    if (col < 0)
        cols += col, col = 0;
    if (rows > a.rows - row)
        rows = a.rows - row;
    if (cols > a.cols - col)
        cols = a.cols - col;
    return (struct area){a.cv, a.row + row, a.col + col, rows > 0 ? rows : 0, cols > 0 ? cols : 0};
}

static bool has_row(struct area a, int row)
{
    return row >= 0 && row < a.rows;
}

/* One cluster that cannot stand in a cell by itself (a control character, a lone combining mark) still gets a column. */
static int put_cluster(struct area a, int row, int col, unsigned style, const char *s, size_t n, int width)
{
    bool control = (unsigned char)s[0] < 0x20 || s[0] == 0x7f;
    if (width <= 0 || control) {
        s = "?";
        n = 1;
        width = 1;
    }
    set_cell(a.cv, a.row + row, a.col + col, width, style, s, n);
    return width;
}

int area_put_n(struct area a, int row, int col, int n_cols, unsigned style, const char *s, size_t n_bytes)
{
    if (!has_row(a, row))
        return col;
    int end = n_cols < a.cols - col ? col + n_cols : a.cols;
    size_t i = 0;
    while (i < n_bytes) {
        size_t next = text_next(s, n_bytes, i);
        int width = text_columns(s + i, next - i);
        if (width > 2)
            width = 2;
        if (col + (width > 0 ? width : 1) > end)
            break;
        if (col >= 0)
            col += put_cluster(a, row, col, style, s + i, next - i, width);
        else
            col += width;
        i = next;
    }
    return col;
}

int area_put(struct area a, int row, int col, unsigned style, const char *s)
{
    return area_put_n(a, row, col, a.cols, style, s, strlen(s));
}

int area_put_fit(struct area a, int row, int col, int n_cols, unsigned style, const char *s)
{
    struct buf b = {0};
    text_fit(&b, s, n_cols, true);
    area_put_n(a, row, col, n_cols, style, buf_str(&b), b.len);
    buf_release(&b);
    return col + n_cols;
}

int area_printf(struct area a, int row, int col, unsigned style, const char *fmt, ...)
{
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    if (n < 0)
        return col;
    size_t len = (size_t)n < sizeof line ? (size_t)n : text_floor(line, sizeof line - 1, sizeof line - 2);
    return area_put_n(a, row, col, a.cols, style, line, len);
}

int area_put_right(struct area a, int row, unsigned style, const char *s)
{
    int width = text_width(s);
    int col = width < a.cols ? a.cols - width : 0;
    area_put(a, row, col, style, s);
    return col;
}

void area_fill(struct area a, unsigned style)
{
    for (int row = 0; row < a.rows; row++)
        for (int col = 0; col < a.cols; col++)
            set_cell(a.cv, a.row + row, a.col + col, 1, style, " ", 1);
}

void area_select(struct area a, int row)
{
    if (!has_row(a, row))
        return;
    for (int col = 0; col < a.cols; col++)
        cell_at(a.cv, a.row + row, a.col + col)->style |= STYLE_SELECTED;
}

void area_hline(struct area a, int row, unsigned style, const char *g)
{
    if (!has_row(a, row))
        return;
    for (int col = 0; col < a.cols; col++)
        set_cell(a.cv, a.row + row, a.col + col, 1, style, g, strlen(g));
}

void area_vline(struct area a, int col, unsigned style, const char *g)
{
    if (col < 0 || col >= a.cols)
        return;
    for (int row = 0; row < a.rows; row++)
        set_cell(a.cv, a.row + row, a.col + col, 1, style, g, strlen(g));
}

void area_cursor(struct area a, int row, int col)
{
    if (!has_row(a, row) || col < 0 || col >= a.cols)
        return;
    a.cv->cursor_row = a.row + row;
    a.cv->cursor_col = a.col + col;
}
