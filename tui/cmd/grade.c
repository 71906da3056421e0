/* monshin grade: scores and grades, in text also why and what would lift them. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/method/grade.h"
#include "core/method/verdict.h"
#include "tui/cmd/command.h"

/* A grade as its letter, "" when there is none. */
struct letter {
    char s[2];
};

static struct letter letter_of(const struct checklist *ck, int grade)
{
    struct letter l = {{grade == GRADE_NONE ? '\0' : ck->grade[grade].letter, '\0'}};
    return l;
}

static void put_caps(struct buf *out, const struct checklist *ck, const struct grade_result *r)
{
    for (int i = 0; i < r->n_caps; i++) {
        const struct cap *cap = &r->cap[i];
        buf_adds(out, i > 0 ? " " : "");
        if (cap->kind == CAP_KEY_ITEM)
            buf_addf(out, "key:%s", ck->item[cap->item].id);
        else
            buf_addf(out, "balance:%s", ck->section[cap->section].id);
    }
}

static void add_scope(struct table *t, const struct checklist *ck, const char *name,
                      const struct scope_grade *g, const char *caps)
{
    char score[8];
    score_format(score, g->score);
    table_row(t);
    table_add(t, name);
    table_add(t, score);
    table_add(t, letter_of(ck, g->grade).s);
    table_add(t, letter_of(ck, g->by_score).s);
    table_add(t, letter_of(ck, g->low_grade).s);
    table_add(t, letter_of(ck, g->high_grade).s);
    table_addf(t, "%d", g->answered);
    table_addf(t, "%d", g->applicable);
    table_addf(t, "%d", g->total);
    table_add(t, caps);
}

static void fill(struct table *t, const struct checklist *ck, const struct grade_result *r)
{
    struct buf caps = {0};
    put_caps(&caps, ck, r);
    table_init(t, GRADE_COLUMNS, sizeof GRADE_COLUMNS / sizeof GRADE_COLUMNS[0]);
    add_scope(t, ck, "overall", &r->overall, buf_str(&caps));
    for (int s = 0; s < ck->n_sections; s++)
        add_scope(t, ck, ck->section[s].id, &r->section[s], "");
    buf_release(&caps);
}

static void put_cap(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                    const struct grade_result *r, const struct mark *marks, const struct cap *cap)
{
    struct buf line = {0};
    struct letter held = letter_of(ck, cap->max_grade);
    if (cap->kind == CAP_KEY_ITEM)
        buf_addf(&line, T(cmd->cat, "at most %s: the key item %s (%s) is at level %d"), held.s,
                 ck->item[cap->item].id, cmd_ltext(cmd, &ck->item[cap->item].label),
                 marks[cap->item].level);
    else
        buf_addf(&line,
                 T(cmd->cat, "at most %s: the section %s is at %s, and the whole may not stand far "
                             "above its weakest part"),
                 held.s, cmd_ltext(cmd, &ck->section[cap->section].brief),
                 letter_of(ck, r->section[cap->section].grade).s);
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    buf_release(&line);
}

/* The smallest change that lifts the caps, as one sentence. */
static void put_lift(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                     const struct grade_result *r)
{
    struct buf steps = {0}, line = {0};
    if (r->n_lifts == 0)
        return;
    for (int i = 0; i < r->n_lifts; i++) {
        buf_adds(&steps, i > 0 ? T(cmd->cat, ", ") : "");
        buf_addf(&steps, T(cmd->cat, "%s from %d to %d"), ck->item[r->lift[i].item].id,
                 r->lift[i].from, r->lift[i].to);
    }
    buf_addf(&line, T(cmd->cat, "Raise %s, and the grade is %s."), buf_str(&steps),
             letter_of(ck, r->lift_grade).s);
    put_wrapped(out, buf_str(&line), 2, TEXT_COLUMNS);
    buf_release(&line);
    buf_release(&steps);
}

static void put_overall(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                        const struct grade_result *r, const struct mark *marks)
{
    const struct scope_grade *g = &r->overall;
    char score[8];
    score_format(score, g->score);
    if (g->grade == GRADE_NONE) {
        buf_addf(out, "%s\n", T(cmd->cat, "No grade yet: nothing is answered."));
        return;
    }
    buf_addf(out, T(cmd->cat, "Grade %s (%s), score %s of 100"), letter_of(ck, g->grade).s,
             cmd_ltext(cmd, &ck->grade[g->grade].name), score);
    buf_addc(out, '\n');
    if (r->provisional) {
        buf_adds(out, "  ");
        buf_addf(out,
                 T(cmd->cat, "provisional: %d of %d are answered; it can still end from %s to %s"),
                 g->answered, g->applicable, letter_of(ck, g->low_grade).s,
                 letter_of(ck, g->high_grade).s);
        buf_addc(out, '\n');
    }
    if (r->n_caps > 0) {
        buf_adds(out, "  ");
        buf_addf(out, T(cmd->cat, "by score alone it would be %s; it is held back:"),
                 letter_of(ck, g->by_score).s);
        buf_addc(out, '\n');
    }
    for (int i = 0; i < r->n_caps; i++)
        put_cap(out, cmd, ck, r, marks, &r->cap[i]);
    put_lift(out, cmd, ck, r);
}

static const char *why_none(const struct cmd *cmd, const struct scope_grade *g)
{
    switch (g->why_none) {
    case NO_ANSWERS:
        return T(cmd->cat, "nothing answered");
    case TOO_FEW_APPLICABLE:
        return T(cmd->cat, "too few items apply");
    case HAS_GRADE:
        break;
    }
    return "";
}

static void add_section(struct table *t, const struct cmd *cmd, const struct checklist *ck,
                        const char *name, const struct scope_grade *g)
{
    char score[8];
    score_format(score, g->score);
    table_row(t);
    table_add(t, name);
    table_add(t, score);
    table_add(t, letter_of(ck, g->grade).s);
    if (g->low_grade != g->high_grade)
        table_addf(t, "%s-%s", letter_of(ck, g->low_grade).s, letter_of(ck, g->high_grade).s);
    else
        table_add(t, "");
    table_addf(t, "%d/%d", g->answered, g->applicable);
    table_add(t, g->grade == GRADE_NONE ? why_none(cmd, g) : "");
}

static void put_sections(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                         const struct grade_result *r)
{
    static const struct column columns[] = {{"section", false}, {"score", true},
                                            {"grade", false},   {"range", false},
                                            {"answered", true}, {"why", false}};
    static const char *const titles[] = {N_("Section"), N_("Score"),    N_("Grade"),
                                         N_("Range"),   N_("Answered"), ""};
    struct table t;
    table_init(&t, columns, sizeof columns / sizeof columns[0]);
    for (int s = 0; s < ck->n_sections; s++)
        add_section(&t, cmd, ck, cmd_ltext(cmd, &ck->section[s].brief), &r->section[s]);
    table_text(out, &t, cmd->cat, titles);
    table_release(&t);
}

static void put_comment(struct buf *out, const struct cmd *cmd, const struct checklist *ck,
                        const struct grade_result *r, const struct mark *marks)
{
    const struct ck_verdict *verdict[VERDICTS_MAX];
    int n = verdict_choose(verdict, ck, marks, r, -1);
    for (int i = 0; i < n; i++) {
        buf_addc(out, '\n');
        put_wrapped(out, cmd_ltext(cmd, &verdict[i]->say), 0, TEXT_COLUMNS);
    }
}

void grade_put(struct buf *out, const struct cmd *cmd, const struct assessment *a)
{
    struct mark marks[ITEMS_MAX];
    struct grade_result r;
    grade_assessment(&r, a);
    grade_marks(marks, assessment_round(a), a->checklist->n_items);
    put_overall(out, cmd, a->checklist, &r, marks);
    buf_addc(out, '\n');
    put_sections(out, cmd, a->checklist, &r);
    put_comment(out, cmd, a->checklist, &r, marks);
}

static int put_text(const struct cmd *cmd, const struct assessment *a)
{
    struct buf out = {0};
    cmd_put_site(&out, cmd, a);
    buf_addc(&out, '\n');
    grade_put(&out, cmd, a);
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_grade(struct cmd *cmd)
{
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    struct grade_result r;
    struct table t;
    int status;
    if (a == NULL)
        return STATUS_TROUBLE;
    if (cmd->format == FORMAT_TEXT) {
        status = put_text(cmd, a);
    } else {
        grade_assessment(&r, a);
        fill(&t, a->checklist, &r);
        status = cmd_put_table(cmd, &t, "grade", NULL);
        table_release(&t);
    }
    assessment_free(a);
    return status;
}
