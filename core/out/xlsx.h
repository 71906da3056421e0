/* A table as an Excel workbook, through libxlsxwriter (only xlsx.c knows it): typed cells, a frozen header with filters, colours for levels
 * and grades. Text stays text whatever it begins with: nothing in it is ever a formula or a link. Same table, same bytes. */
#ifndef CORE_OUT_XLSX_H
#define CORE_OUT_XLSX_H

#include "core/base/diag.h"

struct buf;
struct table;

/* sheet: name of the sheet (at most 31 characters, without []:*?/\). heads: a heading for each column, or NULL for the columns' own names.
 * ERR_TOO_BIG: more rows than Excel has. ERR_WRITE: the temporary folder (TMPDIR, else /tmp) cannot be written. */
enum err xlsx_make(struct buf *out, const struct table *t, const char *sheet, const char *const *heads, struct diag *diag);

/* Name and version of the library. */
void xlsx_library(struct buf *out);

#endif
