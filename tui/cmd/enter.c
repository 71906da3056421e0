/* monshin enter: answers from paper, a row of figures for each section; checked, shown again, recorded only when confirmed. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/model/store.h"
#include "tui/cmd/command.h"
#include "tui/cmd/line.h"

enum { SAVE_MS = 30000 };

/* What was typed for an item. */
struct entry {
    char sign; /* 1..5, 0, x, or - : as it is */
    char *reason;
};

struct enter {
    struct cmd *cmd;
    struct line_io io;
    struct assessment *a;
    struct entry *entry; /* by item */
    enum basis basis;    /* of all levels that are typed; none: untouched */
};

static void say(const struct enter *e, struct buf *line)
{
    line_put(&e->io, buf_str(line));
    buf_clear(line);
}

static bool is_sign(char c)
{
    return c != '\0' && strchr("012345x-", c) != NULL;
}

/* A row as its signs alone: what Japanese keyboards make of them included, blanks and commas left out. */
static void signs_of(struct buf *out, const char *row)
{
    static const char *const DASHES[] = {"\u30FC", "\u2212", "\u2015", "\u2010"};
    struct buf narrow = {0};
    line_narrow(&narrow, row);
    for (const char *p = buf_str(&narrow); *p != '\0';) {
        size_t skip = 1;
        char c = (char)tolower((unsigned char)*p);
        for (size_t d = 0; d < sizeof DASHES / sizeof DASHES[0]; d++)
            if (strncmp(p, DASHES[d], 3) == 0) {
                c = '-';
                skip = 3;
            }
        if (c != ' ' && c != ',')
            buf_addc(out, c);
        p += skip;
    }
    buf_release(&narrow);
}

/* Takes a row for a section; false after saying what is wrong with it. */
static bool take_row(struct enter *e, const struct ck_section *s, const char *row)
{
    struct buf signs = {0}, line = {0};
    signs_of(&signs, row);
    size_t good = 0;
    while (good < signs.len && is_sign(signs.p[good]))
        good++;
    bool ok = signs.len == 0 || (good == signs.len && good == (size_t)s->n_items);
    if (good < signs.len) {
        buf_addf(&line, T(e->cmd->cat, "Place %d is none of 1 2 3 4 5 0 x -. The row again, please."), (int)good + 1);
        say(e, &line);
    } else if (!ok) {
        buf_addf(&line, T(e->cmd->cat, "%d signs for %d items. The row again, please."), (int)good, s->n_items);
        say(e, &line);
    }
    for (int i = 0; ok && i < s->n_items; i++)
        e->entry[s->first_item + i].sign = signs.len > 0 ? signs.p[i] : '-';
    buf_release(&line);
    buf_release(&signs);
    return ok;
}

static bool ask_reason(struct enter *e, int item)
{
    struct buf prompt = {0}, reason = {0};
    bool got = true;
    buf_addf(&prompt, T(e->cmd->cat, "%s does not apply, because: "), e->a->checklist->item[item].id);
    do
        got = line_ask(&e->io, buf_str(&prompt), &reason);
    while (got && (reason.len == 0 || reason.len > TEXT_MAX));
    free(e->entry[item].reason);
    e->entry[item].reason = got ? buf_take(&reason) : NULL;
    buf_release(&reason);
    buf_release(&prompt);
    return got;
}

/* What was understood: "1-1=3 1-2=2". */
static void echo(const struct enter *e, const struct ck_section *s)
{
    struct buf line = {0};
    for (int i = s->first_item; i < s->first_item + s->n_items; i++)
        buf_addf(&line, "%s%s=%c", i > s->first_item ? "  " : "", e->a->checklist->item[i].id, e->entry[i].sign);
    line_hang(&e->io, "  ", buf_str(&line));
    buf_release(&line);
}

static bool ask_section(struct enter *e, const struct ck_section *s)
{
    const struct checklist *ck = e->a->checklist;
    struct buf prompt = {0}, row = {0};
    bool got = true;
    buf_addf(&prompt, T(e->cmd->cat, "%s, %d items, %s to %s: "), cmd_ltext(e->cmd, &s->brief), s->n_items, ck->item[s->first_item].id,
             ck->item[s->first_item + s->n_items - 1].id);
    do
        got = line_ask(&e->io, buf_str(&prompt), &row);
    while (got && !take_row(e, s, buf_str(&row)));
    for (int i = s->first_item; got && i < s->first_item + s->n_items; i++)
        if (e->entry[i].sign == 'x')
            got = ask_reason(e, i);
    if (got)
        echo(e, s);
    buf_release(&row);
    buf_release(&prompt);
    return got;
}

static void count(const struct enter *e, int n[4])
{
    for (int i = 0; i < e->a->checklist->n_items; i++) {
        char c = e->entry[i].sign;
        n[c == '-' ? 3 : c == 'x' ? 2 : c == '0' ? 1 : 0]++;
    }
}

/* All rows once more, how many there are of each kind, and what is replaced. */
static void summary(const struct enter *e)
{
    const struct checklist *ck = e->a->checklist;
    struct buf line = {0}, replaced = {0};
    int n[4] = {0};
    line_raw(&e->io, "\n");
    for (int s = 0; s < ck->n_sections; s++) {
        buf_addf(&line, T(e->cmd->cat, "%s: "), cmd_ltext(e->cmd, &ck->section[s].brief));
        for (int i = 0; i < ck->section[s].n_items; i++)
            buf_addf(&line, "%s%c", i > 0 && i % 5 == 0 ? " " : "", e->entry[ck->section[s].first_item + i].sign);
        say(e, &line);
    }
    count(e, n);
    buf_addf(&line, T(e->cmd->cat, "Levels %d, unknown %d, not applicable %d, left as they are %d."), n[0], n[1], n[2], n[3]);
    say(e, &line);
    for (int i = 0; i < ck->n_items; i++)
        if (e->entry[i].sign != '-' && assessment_answer(e->a, i)->state != ANSWER_OPEN)
            buf_addf(&replaced, " %s", ck->item[i].id);
    buf_addf(&line, T(e->cmd->cat, "Answers that are there and will be replaced:%s"), buf_str(&replaced));
    if (replaced.len > 0)
        say(e, &line);
    buf_release(&replaced);
    buf_release(&line);
}

/* "2-6=3" */
static void correct(struct enter *e, const char *line)
{
    const char *equals = strchr(line, '=');
    struct buf id = {0}, sign = {0};
    int item = -1;
    if (equals != NULL) {
        buf_add(&id, line, (size_t)(equals - line));
        signs_of(&sign, equals + 1);
        item = checklist_item(e->a->checklist, buf_str(&id));
    }
    if (item >= 0 && sign.len == 1 && is_sign(sign.p[0])) {
        char before = e->entry[item].sign;
        e->entry[item].sign = sign.p[0];
        if (sign.p[0] == 'x' && !ask_reason(e, item))
            e->entry[item].sign = before;
        summary(e);
    } else {
        line_put(&e->io, T(e->cmd->cat, "y, n, or an item and its figure, such as 1-1=3."));
    }
    buf_release(&sign);
    buf_release(&id);
}

static bool is_word(const char *line, const char *letter, const char *word, const char *here)
{
    return strcasecmp(line, letter) == 0 || strcasecmp(line, word) == 0 || strcmp(line, here) == 0;
}

static bool confirmed(struct enter *e)
{
    struct buf line = {0};
    bool yes = false, no = false;
    summary(e);
    while (!yes && !no) {
        no = !line_ask(&e->io, T(e->cmd->cat, "Record these? y yes, n no, ITEM=FIGURE corrects> "), &line);
        if (no)
            break;
        yes = is_word(buf_str(&line), "y", "yes", T(e->cmd->cat, "yes"));
        no = is_word(buf_str(&line), "n", "no", T(e->cmd->cat, "no"));
        if (!yes && !no)
            correct(e, buf_str(&line));
    }
    buf_release(&line);
    return yes;
}

static void apply(struct enter *e, int item, const char *now)
{
    const struct entry *x = &e->entry[item];
    struct change c;
    if (x->sign == '-')
        return;
    if (x->sign == '0')
        change_unknown(&c, e->a, item, now);
    else if (x->sign == 'x')
        change_na(&c, e->a, item, x->reason, now);
    else
        change_level(&c, e->a, item, x->sign - '0', now);
    assessment_apply(e->a, &c, NULL);
    if (e->basis != BASIS_NONE && isdigit((unsigned char)x->sign) && x->sign != '0') {
        change_basis(&c, e->a, item, e->basis, now);
        assessment_apply(e->a, &c, NULL);
    }
}

static int record(struct enter *e, struct store *store)
{
    struct buf out = {0};
    struct diag diag = {0};
    char now[ISO_SIZE];
    cmd_now(now);
    for (int i = 0; i < e->a->checklist->n_items; i++)
        apply(e, i, now);
    long revision = store_submit(store, e->a, "monshin " MONSHIN_VERSION, now);
    if (!store_flush(store, SAVE_MS, &diag))
        return cmd_fail_diag(e->cmd, e->cmd->operand[0], &diag);
    buf_addf(&out, T(e->cmd->cat, "saved #%ld"), revision);
    buf_adds(&out, "\n\n");
    grade_put(&out, e->cmd, e->a);
    line_raw(&e->io, buf_str(&out));
    buf_release(&out);
    return fflush(stdout) == 0 ? STATUS_DONE : STATUS_TROUBLE;
}

static int talk(struct enter *e, struct store *store)
{
    const struct checklist *ck = e->a->checklist;
    struct buf out = {0};
    bool got = true;
    cmd_put_site(&out, e->cmd, e->a);
    line_raw(&e->io, buf_str(&out));
    buf_release(&out);
    line_put(&e->io, T(e->cmd->cat, "A row of signs for each section: 1 to 5, 0 unknown, x not applicable, - leaves the item as it is; Enter alone leaves the section."));
    for (int s = 0; s < ck->n_sections && got; s++)
        got = ask_section(e, &ck->section[s]);
    if (got && confirmed(e))
        return record(e, store);
    if (e->io.ended)
        return cmd_fail(e->cmd, STATUS_USAGE, e->cmd->operand[0], "%s", T(e->cmd->cat, "the input ended before it was confirmed; nothing is recorded"));
    line_put(&e->io, T(e->cmd->cat, "Nothing is recorded."));
    return STATUS_BAD;
}

int cmd_enter(struct cmd *cmd)
{
    struct enter e = {.cmd = cmd};
    struct store *store = NULL;
    const char *word = cmd->value[OPT_BASIS];
    int basis = word != NULL && word[0] != '\0' ? basis_parse(word) : -1;
    if (word != NULL && basis <= 0)
        return cmd_fail(cmd, STATUS_USAGE, word, "%s", T(cmd->cat, "is not a basis; use interview, examine or test"));
    e.basis = word != NULL ? (enum basis)basis : BASIS_NONE;
    line_begin(&e.io, cmd);
    int status = cmd_open(cmd, cmd->operand[0], &store, &e.a);
    if (status != STATUS_DONE) {
        line_end(&e.io);
        return status;
    }
    e.entry = xcalloc((size_t)e.a->checklist->n_items, sizeof *e.entry);
    status = talk(&e, store);
    line_end(&e.io);
    for (int i = 0; i < e.a->checklist->n_items; i++)
        free(e.entry[i].reason);
    free(e.entry);
    store_close(store);
    assessment_free(e.a);
    return status;
}
