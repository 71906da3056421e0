/* monshin merge: two files of one site and round made one; every conflict is listed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/method/merge.h"
#include "core/seal/secret.h"
#include "tui/app/merging.h"
#include "tui/app/run.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

/* ---- The conflicts ---- */

static void add_side(struct table *t, const struct answer *x, const struct person *who)
{
    table_add(t, x->state == ANSWER_OPEN ? "unanswered" : answer_state_word(x->state));
    if (x->state == ANSWER_LEVEL)
        table_addf(t, "%d", x->level);
    else
        table_add(t, "");
    table_add(t, who != NULL ? who->name : "");
    table_add(t, x->at);
}

static void fill(struct table *t, const struct checklist *ck, const struct merge_conflict *c, int n)
{
    table_init(t, MERGE_COLUMNS, sizeof MERGE_COLUMNS / sizeof MERGE_COLUMNS[0]);
    for (int i = 0; i < n; i++) {
        table_row(t);
        table_add(t, ck->item[c[i].item].id);
        table_add(t, ck->section[ck->item[c[i].item].section].id);
        add_side(t, c[i].a, c[i].who_a);
        add_side(t, c[i].b, c[i].who_b);
        table_add(t, c[i].took_b ? "b" : "a");
    }
}

static void put_side(struct buf *out, const struct cmd *cmd, const struct checklist *ck, char name,
                     const struct answer *x, const struct person *who, bool taken)
{
    struct buf line = {0};
    words_answer(&line, cmd->cat, ck, x);
    if (who != NULL)
        buf_addf(&line, ", %s", who->name);
    buf_addf(&line, ", %.16s", x->at);
    if (taken)
        buf_addf(&line, "  <- %s", T(cmd->cat, "taken"));
    buf_addf(out, "    %c  %s\n", name, buf_str(&line));
    buf_release(&line);
}

static void put_text(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                     const struct merge_conflict *c, int n)
{
    for (int i = 0; i < n; i++) {
        struct buf line = {0};
        const struct ck_item *item = &ck->item[c[i].item];
        buf_addf(&line, "%s %s", item->id, cmd_ltext(cmd, &item->label));
        put_wrapped(out, buf_str(&line), 0, TEXT_COLUMNS);
        put_side(out, cmd, ck, 'A', c[i].a, c[i].who_a, !c[i].took_b);
        put_side(out, cmd, ck, 'B', c[i].b, c[i].who_b, c[i].took_b);
        buf_release(&line);
    }
    buf_addf(out, TN(cmd->cat, "%d conflict", "%d conflicts", (unsigned long)n), n);
    buf_addc(out, '\n');
}

static int print_conflicts(const struct cmd *cmd, const struct checklist *ck,
                           const struct merge_conflict *c, int n)
{
    struct buf out = {0};
    struct table t;
    if (cmd->format == FORMAT_TEXT) {
        put_text(&out, cmd, ck, c, n);
    } else {
        fill(&t, ck, c, n);
        cmd_format_table(&out, cmd, &t, "merge", NULL);
        table_release(&t);
    }
    int status = cmd_print(cmd, &out);
    buf_release(&out);
    return status;
}

static int refuse(const struct cmd *cmd, const struct assessment *a, const struct assessment *b,
                  enum merge_refusal why, int item)
{
    const char *path = cmd->operand[1];
    switch (why) {
    case MERGE_OTHER_CHECKLIST:
        return cmd_fail(
            cmd, STATUS_BAD, path,
            T(cmd->cat, "cannot be merged: its checklist is %s, that of the other is %s"),
            b->checklist->id, a->checklist->id);
    case MERGE_OTHER_SITE:
        return cmd_fail(
            cmd, STATUS_BAD, path,
            T(cmd->cat, "cannot be merged: it is about the site %s (%s), the other about %s (%s)"),
            b->site.id, b->site.company, a->site.id, a->site.company);
    case MERGE_OTHER_ROUND:
        return cmd_fail(cmd, STATUS_BAD, path,
                        T(cmd->cat, "cannot be merged: it is in round %s, the other in round %s"),
                        assessment_round(b)->id, assessment_round(a)->id);
    case MERGE_TOO_LONG:
        return cmd_fail(cmd, STATUS_BAD, path, T(cmd->cat, "cannot be merged: the texts of item %s are longer than %d bytes together; shorten one of them"),
                        a->checklist->item[item].id, TEXT_MAX);
    case MERGE_OK:
        break;
    }
    return STATUS_DONE;
}

static int parse_prefer(const struct cmd *cmd, enum merge_choice *out)
{
    const char *s = cmd->value[OPT_PREFER];
    *out = MERGE_NEWER;
    if (s == NULL || strcmp(s, "newer") == 0)
        return STATUS_DONE;
    *out = strcmp(s, "a") == 0 ? MERGE_A : MERGE_B;
    if (strcmp(s, "a") == 0 || strcmp(s, "b") == 0)
        return STATUS_DONE;
    return cmd_fail(cmd, STATUS_USAGE, s, "%s", T(cmd->cat, "is no preference; use newer, a or b"));
}

/* One by one on the screen, where there is one. APP_NO_TERMINAL: there is none. */
static int decide(struct cmd *cmd, struct merging *m)
{
    if (cmd->value[OPT_PREFER] != NULL || cmd->format != FORMAT_TEXT || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return APP_NO_TERMINAL;
    int status = cmd_open_merge(cmd, m);
    if (status != STATUS_DONE || m->written)
        return status;
    return cmd_fail(cmd, STATUS_BAD, m->out, "%s", T(cmd->cat, "was not written: the merge was left without w"));
}

static int write_at_once(const struct cmd *cmd, struct merging *m)
{
    char now[ISO_SIZE];
    struct diag diag = {0};
    cmd_now(now);
    enum err err = merging_write(m, m->out, now, &diag);
    if (err != ERR_OK)
        return cmd_fail_out(cmd, m->out, err, &diag);
    return print_conflicts(cmd, m->side[0]->checklist, m->conflict, m->n_conflicts);
}

/* Which of the two passphrases, if any, the merged file is under. */
static void tell_locked(const struct cmd *cmd, const struct merging *m, int side)
{
    struct buf name = {0};
    if (m->pass != NULL && m->written)
        cmd_fail(cmd, STATUS_DONE, m->out, T(cmd->cat, "has the passphrase of %s; monshin unlock takes it away"), cmd_shown(&name, m->path[side]));
    buf_release(&name);
}

static int merge(struct cmd *cmd, const struct assessment *a, const struct assessment *b, struct passphrase *const pass[MERGE_SIDES])
{
    int side = pass[0] != NULL ? 0 : 1;
    enum merge_choice prefer;
    int status = parse_prefer(cmd, &prefer);
    if (status != STATUS_DONE)
        return status;
    struct merging *m = xcalloc(1, sizeof *m);
    *m = (struct merging){.side = {a, b}, .path = {cmd->operand[0], cmd->operand[1]}, .out = cmd->value[OPT_OUT],
                          .force = cmd->value[OPT_FORCE] != NULL, .pass = pass[side]};
    enum merge_refusal why = merging_begin(m, prefer);
    status = why != MERGE_OK ? refuse(cmd, a, b, why, m->conflict[0].item) : decide(cmd, m);
    if (status == APP_NO_TERMINAL)
        status = write_at_once(cmd, m);
    tell_locked(cmd, m, side);
    merging_release(m);
    free(m);
    return status;
}

int cmd_merge(struct cmd *cmd)
{
    int status = cmd_need_out(cmd, "OUT.xml.gz");
    if (status != STATUS_DONE)
        return status;
    struct passphrase *pass[MERGE_SIDES] = {NULL, NULL};
    struct assessment *a = cmd_read_locked(cmd, cmd->operand[0], &pass[0]);
    struct assessment *b = a != NULL ? cmd_read_locked(cmd, cmd->operand[1], &pass[1]) : NULL;
    status = b != NULL ? merge(cmd, a, b, pass) : STATUS_TROUBLE;
    assessment_free(a);
    assessment_free(b);
    secret_free(pass[0]);
    secret_free(pass[1]);
    return status;
}
