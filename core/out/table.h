/* A table: what every command puts out, whatever the format. Cells are text; a column says whether it is a number.
 * Writers: CSV (RFC 4180, UTF-8, CR LF, formula injection disarmed), XML (<table><row><item>..), and text by the caller, who
 * knows the language (tui/cmd). Text that comes from files must have been cleaned. */
#ifndef CORE_OUT_TABLE_H
#define CORE_OUT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct column {
    const char *name; /* contract name, as in the CSV header; borrowed */
    bool number;      /* right-aligned in text, typed in spreadsheets; never disarmed */
};

struct table {
    const struct column *column; /* borrowed */
    size_t n_columns;
    char **cell; /* owned, row by row */
    size_t n_rows;
    size_t cap_rows;
    size_t filled; /* cells of the last row that are set */
};

void table_init(struct table *t, const struct column *columns, size_t n_columns);
void table_release(struct table *t);
void table_empty(struct table *t); /* no rows any more; the columns stay */
void table_move(struct table *to, struct table *from); /* the rows of one behind those of another with the same columns */
void table_row(struct table *t); /* starts a row */
void table_add(struct table *t, const char *text);
void table_addf(struct table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *table_cell(const struct table *t, size_t row, size_t column);

void table_csv(struct buf *out, const struct table *t, bool bom);
void table_xml(struct buf *out, const struct table *t, const char *root, const char *row);
/* Their parts, for a table that is written while it is made and for a document that says more. */
void table_csv_head(struct buf *out, const struct table *t, bool bom);
void table_csv_rows(struct buf *out, const struct table *t);
void table_xml_rows(struct buf *out, const struct table *t, const char *row);
/* One CSV field: quoted where needed; text that a spreadsheet would take for a formula (= + - @,
 * their full-width forms, tab, CR or LF at its start) gets a ' before it. number: never disarmed. */
void csv_field(struct buf *out, const char *text, bool number);

#endif
