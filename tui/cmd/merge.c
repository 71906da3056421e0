/* monshin merge: two files of one site and round made one; every conflict is listed. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/method/merge.h"
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

/* ---- The merged file ---- */

/* It is newer than both: nobody who has seen one of them may take it for that. */
static int write_merged(const struct cmd *cmd, struct assessment *a)
{
    const char *path = cmd->value[OPT_OUT];
    size_t n = strlen(path);
    struct buf xml = {0}, bytes = {0};
    char now[ISO_SIZE];
    cmd_now(now);
    a->revision++;
    a->exported = 0;
    field_set(&a->modified, now, FIELD_MAX, false);
    assessment_write(&xml, a, "monshin " MONSHIN_VERSION);
    struct diag diag = {0};
    if (assessment_fits(a, &xml, &diag) != ERR_OK) {
        buf_release(&xml);
        return cmd_fail_diag(cmd, path, &diag);
    }
    if (n >= 4 && strcmp(path + n - 4, ".xml") == 0)
        buf_add(&bytes, buf_str(&xml), xml.len);
    else
        gz_deflate(&bytes, buf_str(&xml), xml.len);
    int status = cmd_write(cmd, path, &bytes);
    buf_release(&xml);
    buf_release(&bytes);
    return status;
}

static int refuse(const struct cmd *cmd, const struct assessment *a, const struct assessment *b,
                  enum merge_refusal why)
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

static int merge(const struct cmd *cmd, const struct assessment *a, const struct assessment *b)
{
    struct merge_conflict conflicts[ITEMS_MAX];
    enum merge_choice choices[ITEMS_MAX], prefer;
    struct assessment *merged = NULL;
    int n = 0, status = parse_prefer(cmd, &prefer);
    if (status != STATUS_DONE)
        return status;
    for (int i = 0; i < ITEMS_MAX; i++)
        choices[i] = prefer;
    enum merge_refusal why = merge_assessments(&merged, a, b, choices, conflicts, &n);
    if (why != MERGE_OK)
        return refuse(cmd, a, b, why);
    status = write_merged(cmd, merged);
    if (status == STATUS_DONE)
        status = print_conflicts(cmd, a->checklist, conflicts, n);
    assessment_free(merged);
    return status;
}

int cmd_merge(struct cmd *cmd)
{
    int status = cmd_need_out(cmd, "OUT.xml.gz");
    if (status != STATUS_DONE)
        return status;
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    struct assessment *b = a != NULL ? cmd_read(cmd, cmd->operand[1]) : NULL;
    status = b != NULL ? merge(cmd, a, b) : STATUS_TROUBLE;
    assessment_free(a);
    assessment_free(b);
    return status;
}
