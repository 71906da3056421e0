/* The XML gate in a cell (cell.h), for files that come from others. */
#ifndef CORE_IO_XML_CELL_H
#define CORE_IO_XML_CELL_H

#include "core/io/cell.h"
#include "core/io/xml.h"

struct cell *xml_cell_new(void);
/* xml_parse in a cell of xml_cell_new; cell NULL: in this process. */
enum err xml_parse_in(struct cell *cell, struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag);

#endif
