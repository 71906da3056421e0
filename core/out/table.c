/* See table.h. */
#include "core/out/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/xml.h"

void table_init(struct table *t, const struct column *columns, size_t n_columns)
{
    assert(n_columns > 0);
    *t = (struct table){.column = columns, .n_columns = n_columns, .filled = n_columns};
}

void table_release(struct table *t)
{
    for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
        free(t->cell[i]);
    free(t->cell);
    *t = (struct table){0};
}

void table_empty(struct table *t)
{
    for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
        free(t->cell[i]);
    t->n_rows = 0;
    t->filled = t->n_columns;
}

static void make_room(struct table *t, size_t n_rows)
{
    if (t->n_rows + n_rows <= t->cap_rows)
        return;
    t->cap_rows = t->n_rows + n_rows + (t->cap_rows > 16 ? t->cap_rows : 16);
    t->cell = xreallocarray(t->cell, t->cap_rows * t->n_columns, sizeof *t->cell);
}

void table_move(struct table *to, struct table *from)
{
    size_t n = from->n_columns;
    assert(to->n_columns == n && to->filled == n && from->filled == n);
    make_room(to, from->n_rows);
    if (from->n_rows > 0)
        memcpy(to->cell + to->n_rows * n, from->cell, from->n_rows * n * sizeof *from->cell);
    to->n_rows += from->n_rows;
    from->n_rows = 0;
}

void table_row(struct table *t)
{
    assert(t->filled == t->n_columns); /* the row before is complete */
    make_room(t, 1);
    for (size_t i = 0; i < t->n_columns; i++)
        t->cell[t->n_rows * t->n_columns + i] = NULL;
    t->n_rows++;
    t->filled = 0;
}

static void add_owned(struct table *t, char *text)
{
    assert(t->n_rows > 0 && t->filled < t->n_columns);
    t->cell[(t->n_rows - 1) * t->n_columns + t->filled++] = text;
}

void table_add(struct table *t, const char *text)
{
    add_owned(t, xstrdup(text));
}

void table_addf(struct table *t, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    assert(n >= 0);
    char *text = xmalloc((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    add_owned(t, text);
}

const char *table_cell(const struct table *t, size_t row, size_t column)
{
    assert(row < t->n_rows && column < t->n_columns);
    const char *text = t->cell[row * t->n_columns + column];
    return text != NULL ? text : "";
}

/* Would a spreadsheet read this as a formula? Excel also takes the full-width signs when the text is typed or imported
 * in Japanese, so they count as well. */
static bool is_formula(const char *s)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    unsigned char first = (unsigned char)s[0];
    if (first == '\0' || (first >= '0' && first < 0x7f && first != '=' && first != '@'))
        return false; /* as most text is */
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strncmp(s, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

void csv_field(struct buf *out, const char *text, bool number)
{
    const char *disarm = !number && is_formula(text) ? "'" : "";
    if (strpbrk(text, "\",\r\n") == NULL) {
        buf_adds(out, disarm);
        buf_adds(out, text);
        return;
    }
    buf_addc(out, '"');
    buf_adds(out, disarm);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            buf_addc(out, '"');
        buf_addc(out, *p);
    }
    buf_addc(out, '"');
}

void table_csv_head(struct buf *out, const struct table *t, bool bom)
{
    if (bom)
        buf_adds(out, "\xEF\xBB\xBF");
    for (size_t c = 0; c < t->n_columns; c++) {
        buf_adds(out, c > 0 ? "," : "");
        csv_field(out, t->column[c].name, false);
    }
    buf_adds(out, "\r\n");
}

void table_csv_rows(struct buf *out, const struct table *t)
{
    for (size_t r = 0; r < t->n_rows; r++) {
        for (size_t c = 0; c < t->n_columns; c++) {
            buf_adds(out, c > 0 ? "," : "");
            csv_field(out, table_cell(t, r, c), t->column[c].number);
        }
        buf_adds(out, "\r\n");
    }
}

void table_csv(struct buf *out, const struct table *t, bool bom)
{
    table_csv_head(out, t, bom);
    table_csv_rows(out, t);
}

void table_xml_rows(struct buf *out, const struct table *t, const char *row)
{
    for (size_t r = 0; r < t->n_rows; r++) {
        buf_addf(out, "  <%s>", row);
        for (size_t c = 0; c < t->n_columns; c++) {
            buf_addf(out, "<%s>", t->column[c].name);
            xml_escape(out, table_cell(t, r, c), false);
            buf_addf(out, "</%s>", t->column[c].name);
        }
        buf_addf(out, "</%s>\n", row);
    }
}

void table_xml(struct buf *out, const struct table *t, const char *root, const char *row)
{
    buf_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s>\n", root);
    table_xml_rows(out, t, row);
    buf_addf(out, "</%s>\n", root);
}
