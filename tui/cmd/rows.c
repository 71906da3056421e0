/* Rows that are written while they are made; see command.h. */
#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/stream.h"
#include "tui/cmd/command.h"

enum { ROWS_AT_ONCE = 2048 };

static int begin_stream(struct rows *r)
{
    struct diag diag = {0};
    const char *path = r->cmd->value[OPT_OUT];
    r->stream = xcalloc(1, sizeof *r->stream);
    enum err err = ERR_OK;
    if (path == NULL)
        stream_begin_fd(r->stream, STDOUT_FILENO);
    else
        err = stream_begin(r->stream, path, r->cmd->value[OPT_FORCE] != NULL, &diag);
    if (err == ERR_OK)
        return STATUS_DONE;
    free(r->stream);
    r->stream = NULL;
    if (err == ERR_EXISTS)
        return cmd_fail(r->cmd, STATUS_TROUBLE, path, "%s",
                        T(r->cmd->cat, "exists already; give --force to replace it"));
    return cmd_fail_diag(r->cmd, path, &diag);
}

int rows_begin(struct rows *r, const struct cmd *cmd, const struct column *columns,
               size_t n_columns, const char *root, const char *const *titles)
{
    *r = (struct rows){.cmd = cmd, .root = root, .titles = titles};
    table_init(&r->t, columns, n_columns);
    if (cmd->format != FORMAT_CSV && cmd->format != FORMAT_XML)
        return STATUS_DONE;
    int status = begin_stream(r);
    if (status != STATUS_DONE)
        table_release(&r->t);
    else if (cmd->format == FORMAT_CSV)
        table_csv_head(&r->stream->room, &r->t, cmd->value[OPT_BOM] != NULL);
    else
        buf_addf(&r->stream->room, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s>\n", root);
    return status;
}

static void put_rows(struct rows *r)
{
    if (r->cmd->format == FORMAT_CSV)
        table_csv_rows(&r->stream->room, &r->t);
    else
        table_xml_rows(&r->stream->room, &r->t, "row");
    table_empty(&r->t);
}

bool rows_flow(struct rows *r)
{
    if (r->stream == NULL)
        return true;
    if (r->t.n_rows >= ROWS_AT_ONCE)
        put_rows(r);
    return stream_flow(r->stream);
}

static int end_stream(struct rows *r)
{
    struct diag diag = {0};
    const char *path = r->cmd->value[OPT_OUT];
    put_rows(r);
    if (r->cmd->format == FORMAT_XML)
        buf_addf(&r->stream->room, "</%s>\n", r->root);
    enum err err = stream_commit(r->stream, &diag);
    free(r->stream);
    if (err == ERR_OK)
        return STATUS_DONE;
    return cmd_fail_diag(r->cmd, path != NULL ? path : T(r->cmd->cat, "standard output"), &diag);
}

int rows_end(struct rows *r)
{
    int status =
        r->stream != NULL ? end_stream(r) : cmd_put_table(r->cmd, &r->t, r->root, r->titles);
    table_release(&r->t);
    return status;
}
