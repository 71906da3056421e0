/* monshin checklist: what there is, what is in it, and whether one's own is sound. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/text.h"
#include "tui/app/message.h"
#include "tui/cmd/command.h"

static void list_one(struct table *t, const struct cmd *cmd, const struct checklist *ck)
{
    struct buf editions = {0};
    for (int i = 0; i < ck->n_editions; i++)
        buf_addf(&editions, "%s%s", i > 0 ? " " : "", ck->edition[i].id);
    table_row(t);
    table_add(t, ck->id);
    table_add(t, ck->version);
    table_addf(t, "%d", ck->n_items);
    table_add(t, buf_str(&editions));
    table_add(t, ck->edition[ck->default_edition].id);
    table_add(t, cmd_ltext(cmd, &ck->name));
    buf_release(&editions);
}

int cmd_checklist_list(struct cmd *cmd)
{
    static const char *const titles[] = {N_("Id"),       N_("Version"),         N_("Items"),
                                         N_("Editions"), N_("Default edition"), N_("Checklist")};
    struct table t;
    table_init(&t, LIST_COLUMNS, sizeof LIST_COLUMNS / sizeof LIST_COLUMNS[0]);
    for (int i = 0; i < checklist_n_builtin(); i++)
        list_one(&t, cmd, checklist_builtin(i));
    shelf_read_folders(&cmd->shelf);
    for (size_t i = 0; i < cmd->shelf.n; i++)
        list_one(&t, cmd, cmd->shelf.loaded[i]);
    int status = cmd_put_table(cmd, &t, "checklists", titles);
    table_release(&t);
    return status;
}

static void fill_items(struct table *t, const struct cmd *cmd, const struct checklist *ck,
                       int edition)
{
    table_init(t, ITEM_COLUMNS, sizeof ITEM_COLUMNS / sizeof ITEM_COLUMNS[0]);
    for (int i = 0; i < ck->n_items; i++) {
        table_row(t);
        table_add(t, ck->item[i].id);
        table_add(t, ck->section[ck->item[i].section].id);
        table_addf(t, "%d", ck->item[i].weight);
        table_add(t, ck->item[i].key ? "yes" : "no");
        table_add(t, cmd_ltext(cmd, &ck->edition[edition].wording[i]));
    }
}

/* To read: each item's wording below it, wrapped. */
static int put_items(const struct cmd *cmd, const struct checklist *ck, int edition)
{
    struct buf out = {0};
    buf_addf(&out, "%s\n%s\n", cmd_ltext(cmd, &ck->name),
             cmd_ltext(cmd, &ck->edition[edition].name));
    for (int s = 0; s < ck->n_sections; s++) {
        buf_addf(&out, "\n%s  ", cmd_ltext(cmd, &ck->section[s].name));
        buf_addf(&out, T(cmd->cat, "(weight %d)"), ck->section[s].weight);
        buf_addc(&out, '\n');
        for (int i = ck->section[s].first_item;
             i < ck->section[s].first_item + ck->section[s].n_items; i++) {
            const struct ck_item *item = &ck->item[i];
            buf_addf(&out, "\n  %s%s  %s  ", item->id, item->key ? "*" : "",
                     cmd_ltext(cmd, &item->label));
            buf_addf(&out, T(cmd->cat, "(weight %d)"), item->weight);
            buf_addc(&out, '\n');
            put_wrapped(&out, cmd_ltext(cmd, &ck->edition[edition].wording[i]), 6, TEXT_COLUMNS);
        }
    }
    buf_addf(&out, "\n%s\n", T(cmd->cat, "* key item"));
    put_wrapped(&out, cmd_ltext(cmd, &ck->edition[edition].attribution), 0, TEXT_COLUMNS);
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_checklist_show(struct cmd *cmd)
{
    int status = STATUS_DONE;
    struct table t;
    const struct checklist *ck = cmd_checklist(cmd, cmd->operand[0], &status);
    int edition = ck != NULL ? cmd_edition(cmd, ck) : -1;
    if (edition < 0)
        return status != STATUS_DONE ? status : STATUS_USAGE;
    if (cmd->format == FORMAT_TEXT)
        return put_items(cmd, ck, edition);
    fill_items(&t, cmd, ck, edition);
    status = cmd_put_table(cmd, &t, "checklist", NULL);
    table_release(&t);
    return status;
}

static void add_verdict(struct table *t, const char *path, enum err err, const struct checklist *ck,
                        const char *message)
{
    table_row(t);
    table_add(t, path);
    table_add(t, err_name(err));
    table_add(t, ck != NULL ? ck->id : "");
    if (ck != NULL) {
        table_addf(t, "%d", ck->n_items);
        table_addf(t, "%d", ck->n_editions);
    } else {
        table_add(t, "");
        table_add(t, "");
    }
    table_add(t, message);
}

static int put_verdict(struct cmd *cmd, const char *path, enum err err, const struct checklist *ck,
                       const char *message)
{
    struct table t;
    struct buf name = {0}, line = {0};
    text_clean(&name, path, strlen(path), TEXT_ONE_LINE);
    table_init(&t, CHECKLIST_COLUMNS, sizeof CHECKLIST_COLUMNS / sizeof CHECKLIST_COLUMNS[0]);
    add_verdict(&t, buf_str(&name), err, ck, message);
    buf_addf(&line, "%s: %s\n", buf_str(&name), message);
    int status =
        cmd->format == FORMAT_TEXT ? cmd_put(cmd, &line) : cmd_put_table(cmd, &t, "check", NULL);
    table_release(&t);
    buf_release(&line);
    buf_release(&name);
    return status;
}

int cmd_checklist_check(struct cmd *cmd)
{
    const char *path = cmd->operand[0];
    const struct checklist *ck = NULL;
    struct diag diag = {0};
    struct buf message = {0};
    enum err err = shelf_add(&cmd->shelf, path, &ck, &diag);
    if (err != ERR_OK && cmd_unreadable(&diag))
        return cmd_fail_diag(cmd, path, &diag);
    if (err != ERR_OK)
        message_diag(&message, cmd->cat, &diag);
    else
        buf_addf(&message, T(cmd->cat, "fine, %s %s: %d sections, %d items, %d editions"), ck->id,
                 ck->version, ck->n_sections, ck->n_items, ck->n_editions);
    int status = put_verdict(cmd, path, err, ck, buf_str(&message));
    buf_release(&message);
    return status != STATUS_DONE ? status : err != ERR_OK ? STATUS_BAD : STATUS_DONE;
}
