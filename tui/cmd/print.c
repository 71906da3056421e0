/* monshin print: the questionnaire for paper, blank or with the answers that are there; here as text. */
#include "tui/cmd/print.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/words.h"

enum { INDENT = 5 };

const struct answer *sheet_answer(const struct sheet *s, int item)
{
    return s->a != NULL ? assessment_answer(s->a, item) : NULL;
}

bool sheet_ticked(const struct sheet *s, int item, int level)
{
    const struct answer *x = sheet_answer(s, item);
    if (x == NULL)
        return false;
    if (level > 0)
        return x->state == ANSWER_LEVEL && x->level == level;
    return x->state == (level == 0 ? ANSWER_UNKNOWN : ANSWER_NA);
}

void sheet_title(struct buf *out, const struct sheet *s, int item)
{
    const struct ck_item *it = &s->ck->item[item];
    buf_adds(out, cmd_ltext(s->cmd, &it->label));
    if (it->key)
        buf_addf(out, T(s->cmd->cat, " (%s)"), T(s->cmd->cat, "key item"));
}

void sheet_questions(struct buf *out, const struct sheet *s, int item)
{
    const struct ck_item *it = &s->ck->item[item];
    struct buf list = {0};
    for (int i = 0; i < it->n_questions; i++) {
        buf_addf(out, T(s->cmd->cat, "Ask (%s): %s"), cmd_ltext(s->cmd, &s->ck->role[it->question[i].role].name),
                 cmd_ltext(s->cmd, &it->question[i].text));
        buf_addc(out, '\n');
    }
    for (int i = 0; i < it->n_evidence; i++)
        buf_addf(&list, "%s%s", i > 0 ? T(s->cmd->cat, "; ") : "", cmd_ltext(s->cmd, &it->evidence[i]));
    if (it->n_evidence > 0)
        buf_addf(out, T(s->cmd->cat, "Ask to see: %s"), buf_str(&list));
    buf_release(&list);
}

const char *sheet_how(const struct sheet *s)
{
    return T(s->cmd->cat, "Tick one box for each item. Level 1 is an answer too; unknown is for what nobody in the room knows, with whom to ask. What "
                          "does not apply needs a reason. The basis says whether it was told, seen in a document or tried on the floor.");
}

const char *sheet_strip(const struct sheet *s)
{
    return T(s->cmd->cat, "To be typed afterwards with \"monshin enter FILE\": the level, 0 unknown, x not applicable");
}

static void put_rule(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_addc(out, '_');
    buf_addc(out, '\n');
}

/* A label and a line to write on, in what is left of a line after `used` columns. */
static void put_line(struct buf *out, int used, const char *label)
{
    buf_addf(out, "%s ", label);
    put_rule(out, TEXT_COLUMNS - used - text_width(label) - 1);
}

/* A box with its text, wrapped beside it. */
static void put_box(struct buf *out, bool ticked, const char *text)
{
    struct buf b = {0};
    put_wrapped(&b, text, INDENT + 4, TEXT_COLUMNS);
    buf_addf(out, "%*s[%c] %s", INDENT, "", ticked ? 'x' : ' ', buf_str(&b) + INDENT + 4);
    buf_release(&b);
}

static void put_levels(struct buf *out, const struct sheet *s, int item)
{
    struct buf line = {0};
    for (int l = LEVEL_MIN; l <= LEVEL_MAX; l++) {
        buf_clear(&line);
        buf_addf(&line, T(s->cmd->cat, "%d %s: %s"), l, cmd_ltext(s->cmd, &s->ck->level[l - 1].brief), cmd_ltext(s->cmd, &s->ck->item[item].level[l - 1]));
        put_box(out, sheet_ticked(s, item, l), buf_str(&line));
    }
    buf_release(&line);
}

/* What is there already, else lines to write on. */
static void put_text(struct buf *out, const char *label, const char *text, int n_lines)
{
    if (text != NULL && text[0] != '\0') {
        struct buf whole = {0};
        buf_addf(&whole, "%s %s", label, text);
        put_wrapped(out, buf_str(&whole), INDENT, TEXT_COLUMNS);
        buf_release(&whole);
        return;
    }
    int width = INDENT + text_width(label);
    buf_addf(out, "%*s", INDENT, "");
    put_line(out, INDENT, label);
    for (int i = 1; i < n_lines; i++) {
        buf_addf(out, "%*s", width, "");
        put_line(out, width, "");
    }
}

static void put_open_boxes(struct buf *out, const struct sheet *s, int item)
{
    const struct answer *x = sheet_answer(s, item);
    const char *na = T(s->cmd->cat, "x not applicable, because:");
    struct buf line = {0};
    buf_addf(out, "%*s[%c] ", INDENT, "", sheet_ticked(s, item, 0) ? 'x' : ' ');
    put_line(out, INDENT + 4, T(s->cmd->cat, "0 unknown; whom to ask:"));
    if (sheet_ticked(s, item, -1)) {
        buf_addf(&line, "%s %s", na, x->reason);
        put_box(out, true, buf_str(&line));
    } else {
        buf_addf(out, "%*s[ ] ", INDENT, "");
        put_line(out, INDENT + 4, na);
    }
    buf_release(&line);
}

static void put_basis(struct buf *out, const struct sheet *s, int item)
{
    const struct answer *x = sheet_answer(s, item);
    buf_addf(out, "%*s%s", INDENT, "", T(s->cmd->cat, "Basis:"));
    for (int b = BASIS_INTERVIEW; b < BASIS_COUNT; b++)
        buf_addf(out, "  [%c] %s", x != NULL && (int)x->basis == b ? 'x' : ' ', words_basis(s->cmd->cat, (enum basis)b));
    buf_addc(out, '\n');
}

static void put_item(struct buf *out, const struct sheet *s, int item)
{
    const struct answer *x = sheet_answer(s, item);
    struct buf text = {0};
    buf_addf(&text, "%-4s ", s->ck->item[item].id);
    sheet_title(&text, s, item);
    buf_addc(out, '\n');
    put_wrapped(out, buf_str(&text), 0, TEXT_COLUMNS);
    put_wrapped(out, cmd_ltext(s->cmd, &s->ck->edition[s->edition].wording[item]), INDENT, TEXT_COLUMNS);
    buf_clear(&text);
    sheet_questions(&text, s, item);
    put_wrapped(out, buf_str(&text), INDENT, TEXT_COLUMNS);
    put_levels(out, s, item);
    put_open_boxes(out, s, item);
    put_basis(out, s, item);
    put_text(out, T(s->cmd->cat, "Note:"), x != NULL ? x->note : NULL, 2);
    if (x != NULL && x->evidence[0] != '\0')
        put_text(out, T(s->cmd->cat, "Evidence:"), x->evidence, 1);
    buf_release(&text);
}

static void put_head(struct buf *out, const struct sheet *s)
{
    put_wrapped(out, cmd_ltext(s->cmd, &s->ck->name), 0, TEXT_COLUMNS);
    put_wrapped(out, cmd_ltext(s->cmd, &s->ck->edition[s->edition].name), 0, TEXT_COLUMNS);
    buf_addc(out, '\n');
    if (s->a != NULL)
        cmd_put_site(out, s->cmd, s->a);
    else
        put_line(out, 0, T(s->cmd->cat, "Site:"));
    put_line(out, 0, T(s->cmd->cat, "Date:"));
    put_line(out, 0, T(s->cmd->cat, "Who was asked:"));
    buf_addc(out, '\n');
    put_wrapped(out, sheet_how(s), 0, TEXT_COLUMNS);
}

/* A box for each item, in the order of monshin enter. */
static void put_strip(struct buf *out, const struct sheet *s)
{
    buf_addc(out, '\n');
    put_wrapped(out, sheet_strip(s), 0, TEXT_COLUMNS);
    for (int k = 0; k < s->ck->n_sections; k++) {
        const struct ck_section *section = &s->ck->section[k];
        struct buf row = {0};
        for (int i = 0; i < section->n_items; i++)
            buf_addf(&row, "%s%s[_]", i > 0 ? " " : "", s->ck->item[section->first_item + i].id);
        buf_addc(out, '\n');
        put_wrapped(out, cmd_ltext(s->cmd, &section->name), 0, TEXT_COLUMNS);
        put_wrapped(out, buf_str(&row), 2, TEXT_COLUMNS);
        buf_release(&row);
    }
}

static void print_text(struct buf *out, const struct sheet *s)
{
    put_head(out, s);
    for (int k = 0; k < s->ck->n_sections; k++) {
        const struct ck_section *section = &s->ck->section[k];
        const char *name = cmd_ltext(s->cmd, &section->name);
        buf_addf(out, "\n\n%s\n", name);
        for (int i = 0; i < text_width(name); i++)
            buf_addc(out, '=');
        buf_addc(out, '\n');
        for (int i = 0; i < section->n_items; i++)
            put_item(out, s, section->first_item + i);
    }
    put_strip(out, s);
    buf_addc(out, '\n');
    put_wrapped(out, cmd_ltext(s->cmd, &s->ck->edition[s->edition].attribution), 0, TEXT_COLUMNS);
}

static int print(struct cmd *cmd, const struct sheet *s)
{
    const char *format = cmd->value[OPT_SHEET_FORMAT];
    struct buf out = {0};
    if (format != NULL && strcmp(format, "html") == 0)
        print_html(&out, s);
    else
        print_text(&out, s);
    cmd->verbatim = format != NULL && strcmp(format, "html") == 0;
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_sheet(struct cmd *cmd)
{
    const char *format = cmd->value[OPT_SHEET_FORMAT], *name = cmd->value[OPT_CHECKLIST];
    bool blank = cmd->value[OPT_BLANK] != NULL;
    int status = STATUS_DONE;
    struct sheet s = {.cmd = cmd};
    if (format != NULL && strcmp(format, "html") != 0 && strcmp(format, "text") != 0)
        return cmd_fail(cmd, STATUS_USAGE, format, "%s", T(cmd->cat, "there is no such format here; see: monshin COMMAND --help"));
    if (blank == (cmd->n_operands > 0))
        return cmd_fail(cmd, STATUS_USAGE, "print", "%s", T(cmd->cat, "give either a FILE or --blank"));
    if (!blank) {
        struct assessment *a = cmd_read(cmd, cmd->operand[0]);
        if (a == NULL)
            return STATUS_TROUBLE;
        s.ck = a->checklist;
        s.edition = a->edition;
        s.a = a;
        status = print(cmd, &s);
        assessment_free(a);
        return status;
    }
    s.ck = name != NULL ? cmd_checklist(cmd, name, &status) : checklist_builtin(0);
    s.edition = s.ck != NULL ? cmd_edition(cmd, s.ck) : -1;
    if (s.edition < 0)
        return status != STATUS_DONE ? status : STATUS_USAGE;
    return print(cmd, &s);
}
