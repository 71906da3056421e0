/* monshin ask: the interview line by line. One item after the other is shown, a line is read, what it says is done and saved; see
 * ask_show.c for what is shown. */
#include "tui/cmd/ask.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/model/history.h"
#include "core/model/store.h"
#include "tui/app/message.h"
#include "tui/app/words.h"

enum { SAVE_MS = 10000 };

/* Where the conversation goes after a line. */
enum next { NEXT_STAY, NEXT_SHOW, NEXT_ITEM, NEXT_END };

bool ask_waits(const struct answer *x)
{
    return x->state == ANSWER_OPEN || x->carried;
}

/* The first item from `from` on that waits for an answer, or the number of items. */
static int next_open(const struct ask *ask, int from)
{
    int n = ask->a->checklist->n_items;
    while (from < n && !ask_waits(assessment_answer(ask->a, from)))
        from++;
    return from;
}

static void do_change(struct ask *ask, struct change *c, unsigned long group)
{
    history_do(ask->history, ask->a, c, group);
    change_release(c);
}

/* Waits for the disk, then says what was recorded: "saved" is said of what is durable only. */
static void save(struct ask *ask, const char *what)
{
    struct diag diag = {0};
    struct buf line = {0};
    char now[ISO_SIZE];
    cmd_now(now);
    long revision = store_submit(ask->store, ask->a, "monshin " MONSHIN_VERSION, now);
    ask->saved = store_flush(ask->store, SAVE_MS, &diag);
    if (ask->saved) {
        buf_addf(&line, T(ask->cmd->cat, "%s. saved #%ld"), what, revision);
    } else {
        struct buf why = {0};
        message_diag(&why, ask->cmd->cat, &diag);
        buf_addf(&line, T(ask->cmd->cat, "%s. NOT SAVED: %s. It is tried again with the next answer and at the end."), what,
                 buf_str(&why));
        buf_release(&why);
    }
    line_put(&ask->io, buf_str(&line));
    buf_release(&line);
}

static void save_answer(struct ask *ask, int item)
{
    const struct answer *x = assessment_answer(ask->a, item);
    struct buf words = {0}, what = {0};
    if (x->state == ANSWER_OPEN)
        buf_adds(&words, T(ask->cmd->cat, "no answer"));
    else
        words_answer(&words, ask->cmd->cat, ask->a->checklist, x);
    buf_addf(&what, T(ask->cmd->cat, "%s: %s"), ask->a->checklist->item[item].id, buf_str(&words));
    save(ask, buf_str(&what));
    buf_release(&what);
    buf_release(&words);
}

/* What the words after the letter say, or what is answered when asked for them; false: nothing. */
static bool text_of(struct ask *ask, const char *rest, const char *prompt, struct buf *out)
{
    buf_clear(out);
    if (rest[0] != '\0')
        buf_adds(out, rest);
    else
        line_ask(&ask->io, prompt, out);
    if (out->len > TEXT_MAX) {
        struct buf line = {0};
        buf_addf(&line, T(ask->cmd->cat, "That is too long; at most %d bytes."), TEXT_MAX);
        line_put(&ask->io, buf_str(&line));
        buf_release(&line);
        return false;
    }
    return out->len > 0;
}

/* A further line to what is there; "-" alone removes all of it. */
static void change_text(struct ask *ask, char which, const char *text, unsigned long group)
{
    const struct answer *x = assessment_answer(ask->a, ask->item);
    struct buf whole = {0};
    struct change c;
    char now[ISO_SIZE];
    const char *before = which == 'n' ? x->note : x->evidence;
    cmd_now(now);
    if (strcmp(text, "-") != 0)
        buf_addf(&whole, "%s%s%s", before, before[0] != '\0' ? "\n" : "", text);
    if (which == 'n')
        change_note(&c, ask->a, ask->item, buf_str(&whole), now);
    else
        change_evidence(&c, ask->a, ask->item, buf_str(&whole), now);
    do_change(ask, &c, group);
    buf_release(&whole);
}

static enum next write_text(struct ask *ask, char which, const char *rest)
{
    const struct catalog *cat = ask->cmd->cat;
    const struct answer *x = assessment_answer(ask->a, ask->item);
    struct buf text = {0};
    bool full = strlen(which == 'n' ? x->note : x->evidence) + strlen(rest) + 1 > TEXT_MAX;
    if (!full && text_of(ask, rest, which == 'n' ? T(cat, "Note: ") : T(cat, "Evidence: "), &text)) {
        change_text(ask, which, buf_str(&text), 0);
        save(ask, which == 'n' ? T(cat, "Note") : T(cat, "Evidence"));
    } else {
        line_put(&ask->io, T(cat, "Nothing is written."));
    }
    buf_release(&text);
    return NEXT_STAY;
}

/* A level or "unknown"; words behind it become a note. */
static enum next answer(struct ask *ask, char digit, const char *rest)
{
    struct change c;
    char now[ISO_SIZE];
    unsigned long group = history_new_group(ask->history);
    cmd_now(now);
    if (digit == '0')
        change_unknown(&c, ask->a, ask->item, now);
    else
        change_level(&c, ask->a, ask->item, digit - '0', now);
    do_change(ask, &c, group);
    if (rest[0] != '\0')
        change_text(ask, 'n', rest, group);
    save_answer(ask, ask->item);
    return NEXT_ITEM;
}

static enum next not_applicable(struct ask *ask, const char *rest)
{
    struct buf reason = {0};
    struct change c;
    char now[ISO_SIZE];
    enum next next = NEXT_STAY;
    cmd_now(now);
    if (text_of(ask, rest, T(ask->cmd->cat, "Reason: "), &reason)) {
        change_na(&c, ask->a, ask->item, buf_str(&reason), now);
        do_change(ask, &c, 0);
        save_answer(ask, ask->item);
        next = NEXT_ITEM;
    } else {
        line_put(&ask->io, T(ask->cmd->cat, "Without a reason an item cannot be not applicable."));
    }
    buf_release(&reason);
    return next;
}

/* By its name, or by its first letter in English; without one, the next in turn. -1: no such basis. */
static int basis_of(const struct ask *ask, const char *rest)
{
    static const char LETTERS[] = "-iet";
    if (rest[0] == '\0')
        return ((int)assessment_answer(ask->a, ask->item)->basis + 1) % BASIS_COUNT;
    for (int b = 0; b < BASIS_COUNT; b++)
        if ((rest[0] == LETTERS[b] && rest[1] == '\0') ||
            (b > 0 && (strcmp(rest, basis_word((enum basis)b)) == 0 || strcmp(rest, words_basis(ask->cmd->cat, (enum basis)b)) == 0)))
            return b;
    return -1;
}

static enum next change_the_basis(struct ask *ask, const char *rest)
{
    const struct catalog *cat = ask->cmd->cat;
    int basis = basis_of(ask, rest);
    struct change c;
    struct buf what = {0};
    char now[ISO_SIZE];
    if (basis < 0) {
        line_put(&ask->io, T(cat, "b i is said in the interview, b e document examined, b t tested on the floor, b - none."));
        return NEXT_STAY;
    }
    cmd_now(now);
    change_basis(&c, ask->a, ask->item, (enum basis)basis, now);
    do_change(ask, &c, 0);
    buf_addf(&what, T(cat, "Basis: %s"), basis == BASIS_NONE ? "-" : words_basis(cat, (enum basis)basis));
    save(ask, buf_str(&what));
    buf_release(&what);
    return NEXT_STAY;
}

/* The answer as it stands: of a new round, carried over and now confirmed. */
static enum next confirm(struct ask *ask)
{
    const struct answer *x = assessment_answer(ask->a, ask->item);
    struct change c = {.kind = CHANGE_ANSWER, .index = ask->a->n_rounds - 1, .item = ask->item};
    if (!x->carried) {
        line_put(&ask->io, T(ask->cmd->cat, "Nothing is carried over here."));
        return NEXT_STAY;
    }
    answer_copy(&c.u.answer, x, &ask->a->checklist->item[ask->item]);
    char now[ISO_SIZE];
    cmd_now(now);
    c.u.answer.carried = false;
    field_set(&c.u.answer.at, now, FIELD_MAX, false);
    do_change(ask, &c, 0);
    save_answer(ask, ask->item);
    return NEXT_ITEM;
}

static enum next clear(struct ask *ask)
{
    struct change c;
    char now[ISO_SIZE];
    cmd_now(now);
    change_clear(&c, ask->a, ask->item, now);
    do_change(ask, &c, 0);
    save_answer(ask, ask->item);
    return NEXT_STAY;
}

static enum next undo(struct ask *ask)
{
    struct history_step did;
    if (!history_undo(ask->history, ask->a, &did)) {
        line_put(&ask->io, T(ask->cmd->cat, "There is nothing to undo."));
        return NEXT_STAY;
    }
    if (did.item >= 0)
        ask->item = did.item;
    save(ask, T(ask->cmd->cat, "Undone"));
    return NEXT_SHOW;
}

static enum next go_back(struct ask *ask)
{
    if (ask->item > 0)
        ask->item--;
    return NEXT_SHOW;
}

/* A letter stands alone or before a blank; letters of a language without blanks may follow at once. */
static bool is_command(const char *line)
{
    unsigned char second = (unsigned char)line[1];
    return second == '\0' || second == ' ' || second >= 0x80;
}

/* Is the first word of the line, n bytes long, one of these? */
static bool is_one_of(const char *line, size_t n, const char *words)
{
    for (const char *w = words; *w != '\0'; w += strspn(w, " ")) {
        size_t len = strcspn(w, " ");
        if (len == n && strncasecmp(w, line, n) == 0)
            return true;
        w += len;
    }
    return false;
}

/* Who has no list of letters before the eyes says words: the letter that the first word of a line means, and what follows it in rest. */
static char command_of(const struct ask *ask, const char *line, const char **rest)
{
    static const struct {
        char letter;
        const char *words; /* msgid */
    } WORDS[] = {
        {'p', N_("back previous")}, {'s', N_("skip next")},       {'q', N_("quit end exit")}, {'?', N_("help what")},
        {'n', N_("note")},          {'e', N_("evidence")},        {'b', N_("basis")},         {'u', N_("undo revert")},
        {'r', N_("repeat again")},  {'0', N_("unknown unclear")},         {'x', N_("not-applicable na")},
        {'-', N_("clear remove")},  {'=', N_("confirm yes")},
    };
    size_t n = strcspn(line, " ");
    *rest = line + n + strspn(line + n, " ");
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (is_one_of(line, n, WORDS[i].words) || is_one_of(line, n, T(ask->cmd->cat, WORDS[i].words)))
            return WORDS[i].letter;
    if (!is_command(line))
        return '\0';
    *rest = line + 1 + strspn(line + 1, " ");
    return (char)tolower((unsigned char)line[0]);
}

static enum next obey(struct ask *ask, const char *line)
{
    const char *rest;
    int item = checklist_item(ask->a->checklist, line);
    if (line[0] == '\0')
        return NEXT_ITEM;
    if (item >= 0) {
        ask->item = item;
        return NEXT_SHOW;
    }
    char command = command_of(ask, line, &rest);
    switch (command) {
    case '0': case '1': case '2': case '3': case '4': case '5':
        return answer(ask, command, rest);
    case 'x':
        return not_applicable(ask, rest);
    case 'n': case 'e':
        return write_text(ask, command, rest);
    case 'b':
        return change_the_basis(ask, rest);
    case '=':
        return confirm(ask);
    case '-':
        return clear(ask);
    case 'u':
        return undo(ask);
    case 'p':
        return go_back(ask);
    case 'r':
        return NEXT_SHOW;
    case 's':
        return NEXT_ITEM;
    case '?': case 'h':
        ask_show_help(ask);
        return NEXT_STAY;
    case 'q':
        return NEXT_END;
    }
    line_put(&ask->io, T(ask->cmd->cat, "That is no answer: 1 to 5, 0, x, or ? for all there is."));
    return NEXT_STAY;
}

/* From an item over the open ones to the end, unless the person goes elsewhere. */
static void interview(struct ask *ask)
{
    const struct checklist *ck = ask->a->checklist;
    struct buf line = {0}, prompt = {0};
    enum next next = NEXT_SHOW;
    while (ask->item < ck->n_items && next != NEXT_END) {
        if (next != NEXT_STAY)
            ask_show_item(ask);
        buf_clear(&prompt);
        buf_addf(&prompt, "%s> ", ck->item[ask->item].id);
        next = line_ask(&ask->io, buf_str(&prompt), &line) ? obey(ask, buf_str(&line)) : NEXT_END;
        if (next == NEXT_ITEM)
            ask->item = next_open(ask, ask->item + 1);
    }
    buf_release(&line);
    buf_release(&prompt);
}

/* Ended, or the last item passed: what is open, and the way back to an item. */
static bool go_on(struct ask *ask)
{
    struct buf line = {0};
    bool on = false;
    if (!ask->io.ended && ask->item >= ask->a->checklist->n_items) {
        ask_show_open(ask);
        while (!on && line_ask(&ask->io, T(ask->cmd->cat, "Item to go to, or Enter to end> "), &line) && line.len > 0 &&
               strcmp(buf_str(&line), "q") != 0) {
            int item = checklist_item(ask->a->checklist, buf_str(&line));
            on = item >= 0;
            if (on)
                ask->item = item;
            else
                line_put(&ask->io, T(ask->cmd->cat, "There is no such item."));
        }
    }
    buf_release(&line);
    return on;
}

static int end(struct ask *ask)
{
    struct diag diag = {0};
    struct buf out = {0};
    if (!ask->saved && !store_flush(ask->store, SAVE_MS, &diag)) {
        line_put(&ask->io, T(ask->cmd->cat, "NOT SAVED: the last answers are not on the disk."));
        cmd_fail_diag(ask->cmd, ask->cmd->operand[0], &diag);
        return STATUS_TROUBLE;
    }
    buf_addc(&out, '\n');
    grade_put(&out, ask->cmd, ask->a);
    line_raw(&ask->io, buf_str(&out));
    buf_clear(&out);
    int open = next_open(ask, 0);
    if (open < ask->a->checklist->n_items) {
        struct buf name = {0};
        buf_addf(&out, T(ask->cmd->cat, "It goes on at %s with: monshin ask %s"), ask->a->checklist->item[open].id,
                 cmd_shown(&name, ask->cmd->operand[0]));
        buf_release(&name);
        line_raw(&ask->io, "\n");
        line_put(&ask->io, buf_str(&out));
    }
    buf_release(&out);
    return fflush(stdout) == 0 ? STATUS_DONE : STATUS_TROUBLE;
}

int cmd_ask(struct cmd *cmd)
{
    struct ask ask = {.cmd = cmd, .saved = true};
    line_begin(&ask.io, cmd);
    int status = cmd_open(cmd, cmd->operand[0], &ask.store, &ask.a);
    if (status != STATUS_DONE) {
        line_end(&ask.io);
        return status;
    }
    ask.history = history_new();
    ask_show_start(&ask);
    ask.item = next_open(&ask, 0);
    do
        interview(&ask);
    while (go_on(&ask));
    status = end(&ask);
    line_end(&ask.io);
    history_free(ask.history);
    store_close(ask.store);
    assessment_free(ask.a);
    return status;
}
