/* monshin show: the answers of the last round. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

static void fill(struct table *t, const struct assessment *a)
{
    const struct checklist *ck = a->checklist;
    table_init(t, SHOW_COLUMNS, sizeof SHOW_COLUMNS / sizeof SHOW_COLUMNS[0]);
    for (int i = 0; i < ck->n_items; i++) {
        const struct answer *x = assessment_answer(a, i);
        table_row(t);
        table_add(t, ck->item[i].id);
        table_add(t, ck->section[ck->item[i].section].id);
        cmd_add_answer(t, x);
    }
}

/* Below an item, indented, when there is something to say; text comes with its title. */
static void put_more(struct buf *out, struct buf *text, bool there)
{
    if (there)
        put_wrapped(out, buf_str(text), 10, TEXT_COLUMNS);
    buf_clear(text);
}

static void put_item(struct buf *out, const struct cmd *cmd, const struct assessment *a, int item)
{
    const struct ck_item *ck = &a->checklist->item[item];
    const struct answer *x = assessment_answer(a, item);
    struct buf answer = {0};
    words_answer(&answer, cmd->cat, a->checklist, x);
    buf_adds(out, "  ");
    text_fit(out, ck->id, 5, true);
    buf_adds(out, ck->key ? "* " : "  ");
    text_fit(out, buf_str(&answer), 16, true);
    buf_adds(out, "  ");
    text_fit(out, words_basis(cmd->cat, x->basis), 10, true);
    buf_adds(out, "  ");
    text_fit(out, cmd_ltext(cmd, &ck->label), TEXT_COLUMNS - 39, false);
    buf_addc(out, '\n');
    buf_clear(&answer);
    buf_addf(&answer, T(cmd->cat, "Reason: %s"), x->reason);
    put_more(out, &answer, x->reason[0] != '\0');
    buf_addf(&answer, T(cmd->cat, "Note: %s"), x->note);
    put_more(out, &answer, x->note[0] != '\0');
    buf_release(&answer);
}

static int put_text(const struct cmd *cmd, const struct assessment *a)
{
    struct buf out = {0};
    const struct checklist *ck = a->checklist;
    cmd_put_site(&out, cmd, a);
    for (int s = 0; s < ck->n_sections; s++) {
        buf_addf(&out, "\n%s\n", cmd_ltext(cmd, &ck->section[s].name));
        for (int i = 0; i < ck->section[s].n_items; i++)
            put_item(&out, cmd, a, ck->section[s].first_item + i);
    }
    buf_addf(&out, "\n%s\n", T(cmd->cat, "* key item"));
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_show(struct cmd *cmd)
{
    static const char *const titles[] = {N_("Item"),  N_("Section"), N_("State"),
                                         N_("Level"), N_("Basis"),   N_("Note")};
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    struct table t;
    int status;
    if (a == NULL)
        return STATUS_TROUBLE;
    if (cmd->format == FORMAT_TEXT) {
        status = put_text(cmd, a);
    } else {
        fill(&t, a);
        status = cmd_put_table(cmd, &t, "answers", titles);
        table_release(&t);
    }
    assessment_free(a);
    return status;
}
