/* monshin export: the file for headquarters, and what to tell them about it. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/model/store.h"
#include "core/out/export.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"

enum { SAVE_MS = 30000 };

/* One row of the summary; what comes from the file was cleaned when it was read. */
static void put_row(struct buf *out, const char *label, const char *value)
{
    buf_adds(out, "  ");
    text_fit(out, label, 14, true);
    buf_addf(out, " %s\n", value);
}

static void put_site(struct buf *out, const struct cmd *cmd, const struct export_summary *s)
{
    struct buf line = {0};
    buf_adds(&line, s->site[0] != '\0' ? s->site : s->site_id);
    if (s->company[0] != '\0')
        buf_addf(&line, T(cmd->cat, " (%s)"), s->company);
    put_row(out, T(cmd->cat, "Site" /* max 14 columns */), buf_str(&line));
    put_row(out, T(cmd->cat, "Site id" /* max 14 columns */), s->site_id);
    buf_release(&line);
}

static void put_summary(struct buf *out, const struct cmd *cmd, const struct assessment *a,
                        const struct export_summary *s)
{
    struct buf line = {0};
    buf_addf(out, T(cmd->cat, "Exported to %s"), cmd_shown(&line, cmd->value[OPT_OUT]));
    buf_addc(out, '\n');
    buf_clear(&line);
    put_site(out, cmd, s);
    buf_addf(&line, "%s, %s", a->checklist->id, s->edition);
    put_row(out, T(cmd->cat, "Checklist" /* max 14 columns */), buf_str(&line));
    buf_clear(&line);
    buf_addf(&line, T(cmd->cat, "%d of %d"), s->answered, s->total);
    put_row(out, T(cmd->cat, "Answered" /* max 14 columns */), buf_str(&line));
    buf_clear(&line);
    words_grade(&line, a->checklist, &s->grade);
    if (s->grade.provisional)
        buf_addf(&line, T(cmd->cat, " (%s)"), T(cmd->cat, "provisional"));
    put_row(out, T(cmd->cat, "Grade" /* max 14 columns */), buf_str(&line));
    buf_clear(&line);
    words_digits(&line, (long long)s->n_bytes);
    buf_addf(&line, " %s", T(cmd->cat, "bytes"));
    put_row(out, T(cmd->cat, "Size" /* max 14 columns */), buf_str(&line));
    put_row(out, "SHA-256", s->sha256);
    buf_release(&line);
}

static void warn_incomplete(const struct cmd *cmd, const struct export_summary *s)
{
    if (s->open + s->unknown > 0)
        cmd_fail(cmd, STATUS_DONE, cmd->value[OPT_OUT],
                 T(cmd->cat, "warning: incomplete: %d of %d items are unanswered and %d unknown; "
                             "the grade is provisional"),
                 s->open, s->total, s->unknown);
}

/* So that the program can say what has changed since. An anonymous export tells headquarters
 * nothing about this site. */
static void record(const struct cmd *cmd, struct store *store, struct assessment *a,
                   const char *now)
{
    struct diag diag = {0};
    if (cmd->value[OPT_ANONYMOUS] != NULL)
        return;
    export_record(store, a, "monshin " MONSHIN_VERSION, now);
    if (store_read_only(store) || !store_flush(store, SAVE_MS, &diag))
        cmd_fail(cmd, STATUS_DONE, cmd->operand[0], "%s",
                 T(cmd->cat, "warning: exported, but the file cannot be written to remember it"));
}

/* The same for the eyes of the recipients only. The manifest names what stands in the export, which of an anonymous one are aliases. */
static int export_sealed(struct cmd *cmd, struct store *store, struct assessment *a,
                         struct export_options *options)
{
    struct buf bytes = {0};
    struct export_summary summary;
    struct diag diag = {0};
    struct assessment *inside = NULL;
    options->gzip = true;
    enum err err = export_make(&bytes, &summary, a, options, &diag);
    if (err == ERR_OK)
        err = assessment_read(&inside, buf_str(&bytes), bytes.len, shelf_find, &cmd->shelf, NULL, &diag);
    int status = err == ERR_OK ? cmd_seal_bytes(cmd, &bytes, inside)
                               : cmd_fail_diag(cmd, cmd->value[OPT_OUT], &diag);
    if (status == STATUS_DONE) {
        record(cmd, store, a, options->now);
        warn_incomplete(cmd, &summary);
    }
    assessment_free(inside);
    buf_release(&bytes);
    return status;
}

static int export_opened(struct cmd *cmd, struct store *store, struct assessment *a)
{
    const char *path = cmd->value[OPT_OUT];
    size_t n = strlen(path);
    char now[ISO_SIZE];
    cmd_now(now);
    struct export_options options = {
        .anonymous = cmd->value[OPT_ANONYMOUS] != NULL,
        .anonymous_reason = T(cmd->cat, "not stated (anonymous export)"),
        .gzip = n >= 3 && strcmp(path + n - 3, ".gz") == 0,
        .program = "monshin " MONSHIN_VERSION,
        .now = now,
        .find = shelf_find,
        .cookie = &cmd->shelf,
    };
    struct export_summary summary;
    struct diag diag = {0};
    if (cmd->n_to > 0)
        return export_sealed(cmd, store, a, &options);
    enum err err =
        export_to_file(&summary, path, cmd->value[OPT_FORCE] != NULL, a, &options, &diag);
    if (err != ERR_OK)
        return cmd_fail_out(cmd, cmd->value[OPT_OUT], err, &diag);
    record(cmd, store, a, now);
    warn_incomplete(cmd, &summary);
    cmd_warn_open(cmd, path);
    struct buf out = {0};
    put_summary(&out, cmd, a, &summary);
    int status = cmd_print(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_export(struct cmd *cmd)
{
    struct store *store = NULL;
    struct store_open opened = {0};
    int status = cmd_need_out(cmd, cmd->n_to > 0 ? "OUT.age" : "OUT.xml.gz");
    if (status != STATUS_DONE)
        return status;
    status = cmd_store_open(cmd, cmd->operand[0], &store, &opened);
    if (status != STATUS_DONE)
        return status;
    status = export_opened(cmd, store, opened.assessment);
    store_close(store);
    assessment_free(opened.assessment);
    return status;
}
