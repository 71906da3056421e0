/* What monshin ask puts out. Each thing has a line that begins with its name, so that it makes sense when it is only heard. */
#include "tui/cmd/ask.h"

#include "core/base/buf.h"
#include "tui/app/words.h"

void ask_show_start(const struct ask *ask)
{
    struct buf out = {0};
    cmd_put_site(&out, ask->cmd, ask->a);
    line_raw(&ask->io, buf_str(&out));
    line_put(&ask->io, T(ask->cmd->cat, "1 to 5 the level, 0 unknown, x not applicable, Enter skips, ? explains, q ends."));
    buf_release(&out);
}

/* "People, 1 of 5: 1-1 ..." */
static void show_title(const struct ask *ask)
{
    const struct checklist *ck = ask->a->checklist;
    const struct ck_item *item = &ck->item[ask->item];
    const struct ck_section *section = &ck->section[item->section];
    struct buf line = {0};
    buf_addf(&line, T(ask->cmd->cat, "%s, %d of %d: %s %s"), cmd_ltext(ask->cmd, &section->brief),
             ask->item - section->first_item + 1, section->n_items, item->id, cmd_ltext(ask->cmd, &item->label));
    if (item->key)
        buf_addf(&line, T(ask->cmd->cat, " (%s)"), T(ask->cmd->cat, "key item"));
    line_raw(&ask->io, "\n");
    line_put(&ask->io, buf_str(&line));
    buf_release(&line);
}

static void show_levels(const struct ask *ask)
{
    const struct checklist *ck = ask->a->checklist;
    for (int l = LEVEL_MIN; l <= LEVEL_MAX; l++) {
        struct buf label = {0}, line = {0};
        buf_addf(&label, "  %d ", l);
        buf_addf(&line, T(ask->cmd->cat, "%s: %s"), cmd_ltext(ask->cmd, &ck->level[l - 1].brief),
                 cmd_ltext(ask->cmd, &ck->item[ask->item].level[l - 1]));
        line_hang(&ask->io, buf_str(&label), buf_str(&line));
        buf_release(&line);
        buf_release(&label);
    }
}

static void show_questions(const struct ask *ask)
{
    const struct checklist *ck = ask->a->checklist;
    const struct ck_item *item = &ck->item[ask->item];
    struct buf line = {0};
    for (int i = 0; i < item->n_questions; i++) {
        buf_clear(&line);
        buf_addf(&line, T(ask->cmd->cat, "Ask (%s): %s"), cmd_ltext(ask->cmd, &ck->role[item->question[i].role].name),
                 cmd_ltext(ask->cmd, &item->question[i].text));
        line_put(&ask->io, buf_str(&line));
    }
    buf_clear(&line);
    for (int i = 0; i < item->n_evidence; i++)
        buf_addf(&line, "%s%s", i > 0 ? T(ask->cmd->cat, "; ") : "", cmd_ltext(ask->cmd, &item->evidence[i]));
    struct buf whole = {0};
    buf_addf(&whole, T(ask->cmd->cat, "Ask to see: %s"), buf_str(&line));
    if (item->n_evidence > 0)
        line_put(&ask->io, buf_str(&whole));
    buf_release(&whole);
    buf_release(&line);
}

/* A text of the answer, if there is one. */
static void show_text(const struct ask *ask, const char *label, const char *text)
{
    if (text[0] != '\0')
        line_hang(&ask->io, label, text);
}

static void show_answer(const struct ask *ask)
{
    const struct catalog *cat = ask->cmd->cat;
    const struct answer *x = assessment_answer(ask->a, ask->item);
    struct buf line = {0};
    if (x->state != ANSWER_OPEN) {
        buf_adds(&line, T(cat, "Answer so far: "));
        words_answer(&line, cat, ask->a->checklist, x);
        if (x->basis != BASIS_NONE)
            buf_addf(&line, "%s%s", T(cat, ", "), words_basis(cat, x->basis));
        line_put(&ask->io, buf_str(&line));
    }
    if (x->carried)
        line_put(&ask->io, T(cat, "Carried over from the last round: = confirms it."));
    show_text(ask, T(cat, "Reason: "), x->reason);
    show_text(ask, T(cat, "Note: "), x->note);
    show_text(ask, T(cat, "Evidence: "), x->evidence);
    buf_release(&line);
}

void ask_show_item(const struct ask *ask)
{
    const struct assessment *a = ask->a;
    show_title(ask);
    line_put(&ask->io, cmd_ltext(ask->cmd, &a->checklist->edition[a->edition].wording[ask->item]));
    show_levels(ask);
    show_questions(ask);
    show_answer(ask);
}

void ask_show_help(const struct ask *ask)
{
    static const struct {
        const char *key;
        const char *what; /* msgid */
    } LINES[] = {
        {"1 2 3 4 5   ", N_("the level; words behind it become a note: 3 seen on line 2")},
        {"0           ", N_("unknown: nobody in the room knows; words behind it: whom to ask")},
        {N_("x REASON    "), N_("not applicable, and why")},
        {"Enter       ", N_("skip to the next open item")},
        {N_("n TEXT      "), N_("a note; each one is added to what is there, n - removes all")},
        {N_("e TEXT      "), N_("the evidence seen, in the same way")},
        {"b           ", N_("the basis: b i said in the interview, b e document examined, b t tested on the floor")},
        {"=           ", N_("confirm an answer carried over from the last round")},
        {"-           ", N_("take the answer back")},
        {"u           ", N_("undo")},
        {"r           ", N_("repeat the item")},
        {"p           ", N_("to the item before")},
        {"2-6         ", N_("to the item of this name")},
        {"q           ", N_("end; everything is saved already")},
        {"            ", N_("whole words do as well: back, skip, note, evidence, basis, unknown, undo, repeat, help, quit")},
    };
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++)
        line_hang(&ask->io, T(ask->cmd->cat, LINES[i].key), T(ask->cmd->cat, LINES[i].what));
}

void ask_show_open(const struct ask *ask)
{
    const struct checklist *ck = ask->a->checklist;
    struct buf ids = {0}, line = {0};
    int n = 0;
    for (int i = 0; i < ck->n_items; i++)
        if (ask_waits(assessment_answer(ask->a, i))) {
            buf_addf(&ids, "%s%s", n > 0 ? " " : "", ck->item[i].id);
            n++;
        }
    line_raw(&ask->io, "\n");
    if (n == 0)
        line_put(&ask->io, T(ask->cmd->cat, "Every item is answered."));
    else {
        buf_addf(&line, TN(ask->cmd->cat, "%d item is open: %s", "%d items are open: %s", (unsigned long)n), n, buf_str(&ids));
        line_put(&ask->io, buf_str(&line));
    }
    buf_release(&line);
    buf_release(&ids);
}
