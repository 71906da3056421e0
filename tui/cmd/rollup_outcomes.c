/* What became of each file of a roll-up. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "tui/app/outcome.h"
#include "tui/cmd/command.h"
#include "tui/cmd/rollup.h"

static const struct column OUTCOMES[] = {{"file", false},    {"outcome", false}, {"site_id", false},
                                         {"company", false}, {"site", false},    {"round", false},
                                         {"revision", true}, {"taken", false},   {"reason", false},
                                         {"message", false}, {"signer", false}};

static void add_row(struct table *t, const struct rollup *r, const struct rollup_file *f,
                    const char *message)
{
    struct buf path = {0}, taken = {0};
    const struct rollup_site *s = f->site;
    rollup_clean_path(&path, f->path);
    if (s != NULL)
        rollup_clean_path(&taken, r->file[f->taken].path);
    table_row(t);
    table_add(t, buf_str(&path));
    table_add(t, rollup_outcome_word(f->outcome));
    table_add(t, s != NULL ? s->id : "");
    table_add(t, s != NULL ? s->company : "");
    table_add(t, s != NULL ? s->name : "");
    table_add(t, s != NULL ? s->round : "");
    if (s != NULL)
        table_addf(t, "%ld", s->revision);
    else
        table_add(t, "");
    table_add(t, buf_str(&taken));
    table_add(t, f->diag != NULL ? err_name(f->diag->err) : "");
    table_add(t, message);
    table_add(t, f->seal != NULL && f->seal->name != NULL ? f->seal->name : "");
    buf_release(&path);
    buf_release(&taken);
}

/* Sites of different companies, or by different checklists, that go by one id: rows that name only
 * the id mix them. */
static void tell_shared_ids(const struct cmd *cmd, const struct rollup *r)
{
    for (size_t i = 1; i < r->n_sites; i++) {
        const struct rollup_site *a = r->file[r->site[i - 1]].site, *b = r->file[r->site[i]].site;
        if (strcmp(a->id, b->id) != 0)
            continue;
        if (strcmp(a->company, b->company) != 0)
            cmd_fail(cmd, STATUS_DONE, r->file[r->site[i]].path,
                     T(cmd->cat, "taken; the site id %s is also used by %s (%s)"), b->id,
                     a->company, r->file[r->site[i - 1]].path);
        else
            cmd_fail(cmd, STATUS_DONE, r->file[r->site[i]].path,
                     T(cmd->cat, "taken; the site %s is also assessed by the checklist %s (%s)"),
                     b->id, a->checklist->id, r->file[r->site[i - 1]].path);
    }
}

static void tell_summary(const struct cmd *cmd, const struct rollup *r)
{
    cmd_fail(
        cmd, STATUS_DONE, NULL,
        T(cmd->cat, "files %zu: taken %zu, older %zu, duplicate %zu, conflict %zu, rejected %zu"),
        r->n, r->count[ROLLUP_TAKEN], r->count[ROLLUP_OLDER], r->count[ROLLUP_DUPLICATE],
        r->count[ROLLUP_CONFLICT], r->count[ROLLUP_REJECTED]);
}

static int write_outcomes(const struct cmd *cmd, const struct table *t)
{
    const char *path = cmd->value[OPT_OUTCOMES];
    struct buf out = {0};
    if (path == NULL)
        return STATUS_DONE;
    table_csv(&out, t, cmd->value[OPT_BOM] != NULL);
    int status = cmd_write(cmd, path, &out);
    buf_release(&out);
    return status;
}

int rollup_tell_outcomes(const struct cmd *cmd, const struct rollup *r)
{
    struct table t;
    struct buf message = {0};
    int status = STATUS_DONE;
    bool wanted = cmd->value[OPT_OUTCOMES] != NULL;
    table_init(&t, OUTCOMES, sizeof OUTCOMES / sizeof OUTCOMES[0]);
    for (size_t i = 0; i < r->n; i++) {
        const struct rollup_file *f = &r->file[i];
        buf_clear(&message);
        outcome_message(&message, cmd->cat, r, f);
        if (message.len > 0)
            cmd_fail(cmd, STATUS_DONE, f->path, "%s", buf_str(&message));
        if (wanted)
            add_row(&t, r, f, buf_str(&message));
        if (f->outcome ==
            ROLLUP_REJECTED) /* what was named and is not there is trouble, not a bad file */
            status = f->operand && cmd_unreadable(f->diag) ? STATUS_TROUBLE
                     : status == STATUS_DONE               ? STATUS_BAD
                                                           : status;
    }
    tell_shared_ids(cmd, r);
    tell_summary(cmd, r);
    int written = write_outcomes(cmd, &t);
    buf_release(&message);
    table_release(&t);
    return written > status ? written : status;
}
