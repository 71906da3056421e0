/* The cells of a workbook and of text are for people: the words that stand in CSV and XML for programs are said in the person's language. */
#include <string.h>

#include "tui/app/words.h"
#include "tui/cmd/command.h"

/* Words that mean the same wherever they stand in a column of that name. */
static const struct {
    const char *column, *word, *msgid;
} WORDS[] = {
    {"state", "level", N_("level given")},   {"state", "unanswered", N_("unanswered")}, {"state", "unknown", N_("unknown")},
    {"state", "na", N_("not applicable")},   {"ready", "yes", N_("yes")},               {"ready", "no", N_("no")},
    {"key", "yes", N_("yes")},               {"key", "no", N_("no")},                   {"fix", "hq", N_("once at headquarters")},
    {"fix", "plant", N_("at each plant")},   {"wave", "all", N_("all")},
};

/* The section of a checklist of ours, by its id. */
static const char *section_word(const struct cmd *cmd, const char *id)
{
    for (int i = 0; i < checklist_n_builtin(); i++) {
        const struct checklist *ck = checklist_builtin(i);
        int section = checklist_section(ck, id);
        if (section >= 0)
            return cmd_ltext(cmd, &ck->section[section].brief);
    }
    return id;
}

/* A role of such a checklist leads a step until a person is named. */
static const char *role_word(const struct cmd *cmd, const char *id)
{
    for (int i = 0; i < checklist_n_builtin(); i++) {
        const struct checklist *ck = checklist_builtin(i);
        int role = checklist_role(ck, id);
        if (role >= 0)
            return cmd_ltext(cmd, &ck->role[role].brief);
    }
    return id;
}

void cmd_add_answer(struct table *t, const struct answer *x)
{
    table_add(t, x->state == ANSWER_OPEN ? "unanswered" : answer_state_word(x->state));
    if (x->state == ANSWER_LEVEL)
        table_addf(t, "%d", x->level);
    else
        table_add(t, "");
    table_add(t, basis_word(x->basis));
    table_add(t, x->note);
}

const char *cell_word(const struct cmd *cmd, const char *column, const char *cell)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].column, column) == 0 && strcmp(WORDS[i].word, cell) == 0)
            return T(cmd->cat, WORDS[i].msgid);
    if (strcmp(column, "category") == 0)
        return section_word(cmd, cell);
    if (strcmp(column, "owner") == 0)
        return role_word(cmd, cell);
    if (strcmp(column, "basis") == 0 && basis_parse(cell) > 0)
        return words_basis(cmd->cat, (enum basis)basis_parse(cell));
    if (strcmp(column, "status") == 0 && action_status_parse(cell) >= 0)
        return words_status(cmd->cat, (enum action_status)action_status_parse(cell));
    for (int w = 0; w < WAVE_COUNT && strcmp(column, "wave") == 0; w++)
        if (strcmp(cell, wave_word((enum wave)w)) == 0)
            return words_wave(cmd->cat, (enum wave)w);
    return cell;
}
