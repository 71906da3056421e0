/* The XML gate in a cell (cell.h), for files that come from others. */
#ifndef CORE_IO_XML_CELL_H
#define CORE_IO_XML_CELL_H

#include "core/io/cell.h"
#include "core/io/xml.h"

struct cell *xml_cell_new(void);
/* xml_parse in a cell of xml_cell_new; cell NULL: in this process. */
enum err xml_parse_in(struct cell *cell, struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag);

/* A schema; the text is borrowed. */
struct xml_schema {
    const char *xsd;
    size_t n_bytes;
};
/* xml_validate in a cell that was made for the schema (which outlives it); cell NULL: in this process. */
struct cell *xml_schema_cell_new(const struct xml_schema *schema);
enum err xml_validate_in(struct cell *cell, const struct xml_schema *schema, const void *xml, size_t n_bytes, struct diag *diag);

#endif
