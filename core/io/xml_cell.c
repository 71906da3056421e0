/* See xml_cell.h. */
#include "core/io/xml_cell.h"

#include <stdint.h>

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

static enum err ask(struct cell *cell, struct cell_piece *piece, struct diag *diag)
{
    cell_ask(cell, piece, 1);
    if (diag != NULL && piece->err != ERR_OK)
        *diag = piece->diag;
    return piece->err;
}

enum err xml_parse_in(struct cell *cell, struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct cell_piece piece = {.bytes = bytes, .n_bytes = n_bytes};
    if (cell == NULL)
        return xml_parse(doc, bytes, n_bytes, diag);
    enum err err = ask(cell, &piece, diag);
    if (err == ERR_OK && !flat_read(doc, buf_str(&piece.answer), piece.answer.len))
        err = diag_set(diag, ERR_CELL, 0, "answer", NULL);
    buf_release(&piece.answer);
    return err;
}

static enum err judge(void *cookie, const void *bytes, size_t n_bytes, struct buf *answer, struct diag *diag)
{
    const struct xml_schema *schema = cookie;
    (void)answer;
    return xml_validate(bytes, n_bytes, schema->xsd, schema->n_bytes, diag);
}

struct cell *xml_schema_cell_new(const struct xml_schema *schema)
{
    return cell_new(judge, (void *)(uintptr_t)schema, XML_MAX_BYTES, 0);
}

enum err xml_validate_in(struct cell *cell, const struct xml_schema *schema, const void *xml, size_t n_bytes, struct diag *diag)
{
    struct cell_piece piece = {.bytes = xml, .n_bytes = n_bytes};
    if (cell == NULL)
        return xml_validate(xml, n_bytes, schema->xsd, schema->n_bytes, diag);
    enum err err = ask(cell, &piece, diag);
    buf_release(&piece.answer);
    return err;
}
