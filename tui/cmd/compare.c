/* monshin compare: two files side by side, or the last two rounds of one; what differs stands
 * first. */
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/method/compare.h"
#include "core/method/grade.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

enum { SIDES = 2 };

struct side {
    const struct assessment *a;
    const struct round *round;
};

static int put_table(const struct cmd *cmd, const struct checklist *ck, const struct difference *d)
{
    struct table t;
    table_init(&t, COMPARE_COLUMNS, sizeof COMPARE_COLUMNS / sizeof COMPARE_COLUMNS[0]);
    for (int i = 0; i < ck->n_items; i++) {
        table_row(&t);
        table_add(&t, ck->item[d[i].item].id);
        table_add(&t, ck->section[ck->item[d[i].item].section].id);
        table_add(&t, diff_kind_word(d[i].kind));
        table_addf(&t, "%d", d[i].distance);
        cmd_add_answer(&t, d[i].a);
        cmd_add_answer(&t, d[i].b);
    }
    int status = cmd_put_table(cmd, &t, "compare", NULL);
    table_release(&t);
    return status;
}

/* ---- Text ---- */

static void put_side(struct buf *out, const struct cmd *cmd, char name, const struct side *side)
{
    const struct checklist *ck = side->a->checklist;
    const struct site *site = &side->a->site;
    struct mark marks[ITEMS_MAX];
    struct grade_result r;
    struct buf line = {0};
    grade_marks(marks, side->round, ck->n_items);
    grade_compute(&r, ck, marks);
    buf_addf(&line, "%c  %s", name, site->name[0] != '\0' ? site->name : site->id);
    if (site->company[0] != '\0')
        buf_addf(&line, T(cmd->cat, " (%s)"), site->company);
    buf_adds(&line, "  ");
    buf_addf(&line, T(cmd->cat, "round %s, %.10s"), side->round->id, side->round->started);
    buf_adds(&line, "  ");
    words_grade(&line, ck, &r);
    put_wrapped(out, buf_str(&line), 0, TEXT_COLUMNS);
    buf_release(&line);
}

static const char *kind_name(const struct cmd *cmd, enum diff_kind kind)
{
    switch (kind) {
    case DIFF_LEVEL:
        return T(cmd->cat, "another level");
    case DIFF_STATE:
        return T(cmd->cat, "another kind of answer");
    case DIFF_BASIS:
        return T(cmd->cat, "the same level, but seen on one side only");
    case DIFF_SAME:
    case DIFF_KIND_COUNT:
        break;
    }
    return "";
}

static void put_answer(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                       char name, const struct answer *x)
{
    struct buf line = {0};
    words_answer(&line, cmd->cat, ck, x);
    if (x->basis != BASIS_NONE)
        buf_addf(&line, T(cmd->cat, " (%s)"), words_basis(cmd->cat, x->basis));
    buf_addf(out, "    %c  %s\n", name, buf_str(&line));
    const char *text = x->state == ANSWER_NA ? x->reason : x->note;
    if (text[0] != '\0')
        put_wrapped(out, text, 9, TEXT_COLUMNS);
    buf_release(&line);
}

static void put_difference(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                           const struct difference *d)
{
    const struct ck_item *item = &ck->item[d->item];
    struct buf line = {0};
    buf_addf(&line, "%s%s %s", item->id, item->key ? "*" : "", cmd_ltext(cmd, &item->label));
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    put_answer(out, cmd, ck, 'A', d->a);
    put_answer(out, cmd, ck, 'B', d->b);
    buf_release(&line);
}

static int put_text(const struct cmd *cmd, const struct side side[SIDES],
                    const struct difference *d)
{
    const struct checklist *ck = side[0].a->checklist;
    struct buf out = {0};
    int n = 0;
    put_side(&out, cmd, 'A', &side[0]);
    put_side(&out, cmd, 'B', &side[1]);
    for (int i = 0; i < ck->n_items && d[i].kind != DIFF_SAME; i++, n++) {
        if (i == 0 || d[i].kind != d[i - 1].kind)
            buf_addf(&out, "\n%s\n", kind_name(cmd, d[i].kind));
        put_difference(&out, cmd, ck, &d[i]);
    }
    buf_addc(&out, '\n');
    buf_addf(&out, T(cmd->cat, "%d of %d items differ."), n, ck->n_items);
    buf_addf(&out, "\n%s\n", T(cmd->cat, "* key item"));
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

/* One file: the round before the last against the last. */
static int choose_rounds(const struct cmd *cmd, struct side side[SIDES])
{
    side[1].round = assessment_round(side[1].a);
    side[0].round = assessment_round(side[0].a);
    if (side[0].a != side[1].a)
        return STATUS_DONE;
    if (side[0].a->n_rounds < 2)
        return cmd_fail(cmd, STATUS_USAGE, cmd->operand[0], "%s",
                        T(cmd->cat, "has one round only; name a second file to compare it with"));
    side[0].round = &side[0].a->round[side[0].a->n_rounds - 2];
    return STATUS_DONE;
}

static int compare(const struct cmd *cmd, struct side side[SIDES])
{
    const struct checklist *ck = side[0].a->checklist;
    struct difference d[ITEMS_MAX];
    if (side[1].a->checklist != ck)
        return cmd_fail(
            cmd, STATUS_BAD, cmd->operand[1],
            T(cmd->cat, "cannot be compared: its checklist is %s, that of the other is %s"),
            side[1].a->checklist->id, ck->id);
    int status = choose_rounds(cmd, side);
    if (status != STATUS_DONE)
        return status;
    compare_rounds(d, ck, side[0].round, side[1].round);
    return cmd->format == FORMAT_TEXT ? put_text(cmd, side, d) : put_table(cmd, ck, d);
}

int cmd_compare(struct cmd *cmd)
{
    cmd_confine(cmd, SANDBOX_ALONE);
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    struct assessment *b = a != NULL && cmd->n_operands > 1 ? cmd_read(cmd, cmd->operand[1]) : a;
    int status = STATUS_TROUBLE;
    if (a != NULL && b != NULL) {
        struct side side[SIDES] = {{.a = a}, {.a = b}};
        status = compare(cmd, side);
    }
    if (b != a)
        assessment_free(b);
    assessment_free(a);
    return status;
}
