/* See xml_cell.h. */
#include "core/io/xml_cell.h"

#include "core/io/flat.h"

static enum err parse(void *cookie, const void *bytes, size_t n_bytes, struct buf *answer, struct diag *diag)
{
    struct xml_doc doc = {0};
    (void)cookie;
    enum err err = xml_parse(&doc, bytes, n_bytes, diag);
    if (err == ERR_OK)
        flat_write(answer, &doc);
    xml_doc_release(&doc);
    return err;
}

struct cell *xml_cell_new(void)
{
    return cell_new(parse, NULL, XML_MAX_BYTES, FLAT_MAX_BYTES);
}

enum err xml_parse_in(struct cell *cell, struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct cell_piece piece = {.bytes = bytes, .n_bytes = n_bytes};
    if (cell == NULL)
        return xml_parse(doc, bytes, n_bytes, diag);
    cell_ask(cell, &piece, 1);
    if (piece.err == ERR_OK && !flat_read(doc, buf_str(&piece.answer), piece.answer.len))
        piece.err = diag_set(&piece.diag, ERR_CELL, 0, "answer", NULL);
    buf_release(&piece.answer);
    if (diag != NULL && piece.err != ERR_OK)
        *diag = piece.diag;
    return piece.err;
}
