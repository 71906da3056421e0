/* monshin check: the verdict on files, a line for each. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/text.h"
#include "core/model/store.h"
#include "core/seal/secret.h"
#include "tui/app/message.h"
#include "tui/cmd/command.h"

/* What is wrong and what to do, or that all is well. */
static void put_message(struct buf *out, const struct cmd *cmd, const char *path,
                        const struct file_report *r)
{
    if (r->err != ERR_OK) {
        message_diag(out, cmd->cat, &r->diag);
        if (r->good_generation == 0)
            return;
        char *older = store_generation_path(path, r->good_generation);
        buf_addf(out, T(cmd->cat, "; %s (#%ld) is good: copy it over the bad file"), older,
                 r->good_revision);
        free(older);
        return;
    }
    buf_addf(out, T(cmd->cat, "fine, #%ld, answered %d of %d, checklist %s, edition %s"),
             r->revision, r->answered, r->total, r->checklist, r->edition);
    if (r->notes.n_unknown > 0)
        buf_addf(out,
                 T(cmd->cat,
                   "; written by a newer version: %d additions are kept (first: %s, line %ld)"),
                 r->notes.n_unknown, r->notes.first_unknown, r->notes.first_line);
}

static void add_number(struct table *t, bool there, long n)
{
    if (there)
        table_addf(t, "%ld", n);
    else
        table_add(t, "");
}

static void add_row(struct table *t, const char *path, const struct file_report *r,
                    const char *message)
{
    bool fine = r->err == ERR_OK;
    char *older = r->good_generation > 0 ? store_generation_path(path, r->good_generation) : NULL;
    table_row(t);
    table_add(t, path);
    table_add(t, err_name(r->err));
    add_number(t, fine, r->revision);
    add_number(t, fine, r->answered);
    add_number(t, fine, r->total);
    table_add(t, r->checklist);
    table_add(t, r->edition);
    table_add(t, older != NULL ? older : "");
    add_number(t, older != NULL, r->good_revision);
    table_add(t, message);
    free(older);
}

/* Its passphrase is asked for where somebody or a file can answer. */
static void check_locked(struct cmd *cmd, struct file_report *r, const char *path)
{
    int status;
    struct passphrase *pass = cmd_file_passphrase(cmd, path, &status);
    if (pass != NULL)
        store_check(r, path, pass, cmd->confine, shelf_find, &cmd->shelf);
    secret_free(pass);
}

/* One file: its row, its line; gives the exit status that it alone would have. */
static int check_file(struct cmd *cmd, const char *path, struct table *t, struct buf *lines)
{
    struct file_report r;
    struct buf message = {0}, name = {0};
    store_check(&r, path, NULL, cmd->confine, shelf_find, &cmd->shelf);
    if (r.err == ERR_LOCKED_FILE)
        check_locked(cmd, &r, path);
    put_message(&message, cmd, path, &r);
    text_clean(&name, path, strlen(path), TEXT_ONE_LINE);
    add_row(t, buf_str(&name), &r, buf_str(&message));
    int status = r.err == ERR_OK           ? STATUS_DONE
                 : cmd_unreadable(&r.diag) ? STATUS_TROUBLE
                                           : STATUS_BAD;
    if (status == STATUS_TROUBLE)
        cmd_fail(cmd, status, path, "%s", buf_str(&message));
    else
        buf_addf(lines, "%s: %s\n", buf_str(&name), buf_str(&message));
    buf_release(&message);
    buf_release(&name);
    return status;
}

int cmd_check(struct cmd *cmd)
{
    struct table t;
    struct buf lines = {0};
    int status = STATUS_DONE;
    cmd_confine(cmd, SANDBOX_ALONE);
    table_init(&t, CHECK_COLUMNS, sizeof CHECK_COLUMNS / sizeof CHECK_COLUMNS[0]);
    for (int i = 0; i < cmd->n_operands; i++) {
        int one = check_file(cmd, cmd->operand[i], &t, &lines);
        status = one > status ? one : status;
    }
    int put =
        cmd->format == FORMAT_TEXT ? cmd_put(cmd, &lines) : cmd_put_table(cmd, &t, "check", NULL);
    buf_release(&lines);
    table_release(&t);
    return put > status ? put : status;
}
