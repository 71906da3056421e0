/* monshin rollup: many files as one table. What became of each file: rollup_outcomes.c. */
#include "tui/cmd/rollup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/base/buf.h"
#include "core/base/pool.h"
#include "core/base/text.h"
#include "core/io/stream.h"
#include "core/seal/secret.h"
#include "tui/app/run.h"
#include "tui/cmd/command.h"

static const struct column ANSWERS[] = {{"site_id", false}, {"round", false}, {"item", false},
                                        {"state", false},   {"level", true},  {"basis", false}};

void rollup_clean_path(struct buf *out, const char *path)
{
    text_clean(out, path, strlen(path), TEXT_ONE_LINE);
}

/* ---- A row a site ---- */

static void add_tenths(struct table *t, int tenths)
{
    if (tenths < 0)
        table_add(t, "");
    else
        table_addf(t, "%d.%d", tenths / 10, tenths % 10);
}

static void add_section(struct table *t, const struct rollup_site *s, const char *id)
{
    int section = checklist_section(s->checklist, id);
    add_tenths(t, section < 0 ? -1 : s->section_score[section]);
}

static void add_site(struct table *t, const struct rollup_file *f)
{
    const struct rollup_site *s = f->site;
    struct buf path = {0};
    rollup_clean_path(&path, f->path);
    table_row(t);
    table_add(t, s->id);
    table_add(t, s->company);
    table_add(t, s->name);
    table_add(t, s->country);
    table_add(t, s->round);
    table_add(t, s->date);
    table_addf(t, "%d", s->answered);
    table_addf(t, "%d", s->total);
    add_tenths(t, s->score);
    if (s->grade == GRADE_NONE)
        table_add(t, "");
    else
        table_addf(t, "%c", s->checklist->grade[s->grade].letter);
    add_section(t, s, "people");
    add_section(t, s, "process");
    add_section(t, s, "technology");
    add_section(t, s, "scm");
    table_add(t, buf_str(&path));
    buf_release(&path);
}

static int put_sites(const struct cmd *cmd, const struct rollup *r)
{
    static const char *const titles[] = {
        N_("Site id"), N_("Company"),  N_("Site"),       N_("Country"), N_("Round"),
        N_("Date"),    N_("Answered"), N_("Of"),         N_("Score"),   N_("Grade"),
        N_("People"),  N_("Process"),  N_("Technology"), N_("SCM"),     N_("File")};
    struct rows rows;
    int status = rows_begin(&rows, cmd, ROLLUP_COLUMNS,
                            sizeof ROLLUP_COLUMNS / sizeof ROLLUP_COLUMNS[0], "sites", titles);
    if (status != STATUS_DONE)
        return status;
    for (size_t i = 0; i < r->n_sites && rows_flow(&rows); i++)
        add_site(&rows.t, &r->file[r->site[i]]);
    return rows_end(&rows);
}

/* ---- A row an answer ---- */

static const char *state_word(const struct rollup_mark *m)
{
    return m->state == ANSWER_OPEN ? "unanswered" : answer_state_word((enum answer_state)m->state);
}

static void add_answer(struct table *t, const struct rollup_site *s, int item)
{
    const struct rollup_mark *m = &s->mark[item];
    table_row(t);
    table_add(t, s->id);
    table_add(t, s->round);
    table_add(t, s->checklist->item[item].id);
    table_add(t, state_word(m));
    if (m->state == ANSWER_LEVEL)
        table_addf(t, "%d", m->level);
    else
        table_add(t, "");
    table_add(t, basis_word((enum basis)m->basis));
}

/* The same rows as CSV, straight into the stream: of ten thousand sites there are a third of a
 * million. */
static void flow_answers(struct buf *out, const struct rollup_site *s)
{
    struct buf head = {0};
    csv_field(&head, s->id, false);
    buf_addc(&head, ',');
    csv_field(&head, s->round, false);
    buf_addc(&head, ',');
    for (int item = 0; item < s->checklist->n_items; item++) {
        const struct rollup_mark *m = &s->mark[item];
        buf_add(out, head.p, head.len);
        csv_field(out, s->checklist->item[item].id, false);
        buf_addc(out, ',');
        buf_adds(out, state_word(m));
        buf_addc(out, ',');
        if (m->state == ANSWER_LEVEL)
            buf_addc(out, (char)('0' + m->level));
        buf_addc(out, ',');
        buf_adds(out, basis_word((enum basis)m->basis));
        buf_adds(out, "\r\n");
    }
    buf_release(&head);
}

static void add_answers(struct table *t, const struct rollup_site *s)
{
    for (int item = 0; item < s->checklist->n_items; item++)
        add_answer(t, s, item);
}

static int put_answers(const struct cmd *cmd, const struct rollup *r)
{
    static const char *const titles[] = {N_("Site id"), N_("Round"), N_("Item"),
                                         N_("State"),   N_("Level"), N_("Basis")};
    struct rows rows;
    int status =
        rows_begin(&rows, cmd, ANSWERS, sizeof ANSWERS / sizeof ANSWERS[0], "answers", titles);
    if (status != STATUS_DONE)
        return status;
    for (size_t i = 0; i < r->n_sites && rows_flow(&rows); i++) {
        const struct rollup_site *s = r->file[r->site[i]].site;
        if (cmd->format == FORMAT_CSV)
            flow_answers(&rows.stream->room, s);
        else
            add_answers(&rows.t, s);
    }
    return rows_end(&rows);
}

/* ---- The command ---- */

static int take_row_kind(const struct cmd *cmd, enum rollup_rows *out)
{
    static const char *const words[] = {"sites", "answers", "gaps", "common", "grades"};
    const char *value = cmd->value[OPT_ROWS];
    for (size_t i = 0; value != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strcmp(value, words[i]) == 0) {
            *out = (enum rollup_rows)i;
            return STATUS_DONE;
        }
    if (value == NULL)
        return STATUS_DONE;
    return cmd_fail(cmd, STATUS_USAGE, value, "%s",
                    T(cmd->cat, "is no kind of row; use sites, answers, gaps, common or grades"));
}

static int take_jobs(const struct cmd *cmd, int *out)
{
    const char *value = cmd->value[OPT_JOBS];
    char *end;
    if (value == NULL) {
        *out = pool_processors();
        return STATUS_DONE;
    }
    long n = strtol(value, &end, 10);
    if (*value == '\0' || *end != '\0' || n < 1 || n > POOL_MAX)
        return cmd_fail(cmd, STATUS_USAGE, value, T(cmd->cat, "is not a number from 1 to %d"),
                        POOL_MAX);
    *out = (int)n;
    return STATUS_DONE;
}

static int put_rows(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request,
                    enum rollup_rows rows)
{
    switch (rows) {
    case ROWS_SITES:
        return put_sites(cmd, r);
    case ROWS_ANSWERS:
        return put_answers(cmd, r);
    case ROWS_GAPS:
        return rollup_put_gaps(cmd, r, request);
    case ROWS_COMMON:
        return rollup_put_common(cmd, r);
    case ROWS_GRADES:
        return rollup_put_grades(cmd, r);
    }
    return STATUS_DONE;
}

/* A benchmark is all that is wanted unless rows are asked for too. */
static int put_all(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request,
                   enum rollup_rows rows)
{
    int status = STATUS_DONE;
    bool rows_wanted = cmd->value[OPT_ROWS] != NULL || cmd->value[OPT_FORMAT] != NULL ||
                       cmd->value[OPT_OUT] != NULL || cmd->value[OPT_MODEL] != NULL;
    if (cmd->value[OPT_BENCHMARK] != NULL)
        status = rollup_put_benchmark(cmd, r);
    if (status != STATUS_DONE || (cmd->value[OPT_BENCHMARK] != NULL && !rows_wanted))
        return status;
    if (cmd->format == FORMAT_HTML)
        return rollup_put_html(cmd, r, request);
    return cmd->value[OPT_MODEL] != NULL ? rollup_put_model(cmd, r, request, rows)
                                         : put_rows(cmd, r, request, rows);
}

/* Every file is read into fresh memory and forgotten: giving that back to the system each time,
 * page by page, costs a fifth of the run. */
static void keep_freed_memory(void)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 16 * 1024 * 1024);
#endif
}

/* On a terminal and without a word about rows or files: the Sites screen. */
static bool wants_screen(const struct cmd *cmd)
{
    static const enum opt about[] = {OPT_ROWS,    OPT_FORMAT,    OPT_OUT,  OPT_OUTCOMES, OPT_MODEL,
                                     OPT_ROLLOUT, OPT_BENCHMARK, OPT_JOBS, OPT_BOM,      OPT_FORCE,
                                     OPT_SEEN,    OPT_SINCE};
    const char *type = getenv("TERM");
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
        if (cmd->value[about[i]] != NULL)
            return false;
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && type != NULL && strcmp(type, "dumb") != 0;
}

static int take_trust(const struct cmd *cmd, struct trust *out)
{
    struct diag diag = {0};
    char *path = NULL;
    if (cmd->value[OPT_TRUST] == NULL || trust_load(out, cmd->value[OPT_TRUST], &path, &diag) == ERR_OK)
        return STATUS_DONE;
    int status = cmd_fail_diag(cmd, path, &diag);
    free(path);
    return status;
}

/* What a folder holds is known only now. What was rejected is no loss: an earlier table perhaps. */
static int keep_files(const struct cmd *cmd, const struct rollup *r)
{
    int status = STATUS_DONE;
    for (size_t i = 0; i < r->n && status == STATUS_DONE; i++)
        if (r->file[i].outcome != ROLLUP_REJECTED)
            status = cmd_keep(cmd, r->file[i].path);
    return status;
}

static int collect_and_put(const struct cmd *cmd, const struct rollup_request *request, enum rollup_rows rows)
{
    struct rollup r;
    struct diag diag = {0};
    int status = STATUS_DONE;
    rollup_collect(&r, request);
    status = keep_files(cmd, &r);
    if (status != STATUS_DONE) {
        rollup_release(&r);
        return status;
    }
    if (cmd->value[OPT_SEEN] != NULL && rollup_check_seen(&r, cmd->value[OPT_SEEN], &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, cmd->value[OPT_SEEN], &diag);
    if (status == STATUS_DONE)
        status = put_all(cmd, &r, request, rows);
    int told = rollup_tell_outcomes(cmd, &r);
    rollup_release(&r);
    return told > status ? told : status;
}

/* From here on nothing but reading is needed, unless something is to be written. */
static void confine(const struct cmd *cmd)
{
    bool writes = cmd->value[OPT_OUT] != NULL || cmd->value[OPT_BENCHMARK] != NULL || cmd->value[OPT_ROLLOUT] != NULL ||
                  cmd->value[OPT_SEEN] != NULL || cmd->value[OPT_OUTCOMES] != NULL;
    cmd_confine(cmd, writes ? SANDBOX_ALONE : SANDBOX_LOOK);
}

/* With the keys for what is sealed. */
static int roll_up(struct cmd *cmd, struct rollup_request *request, enum rollup_rows rows)
{
    struct trust trust = {0};
    struct key_secret *key = NULL;
    int status = take_trust(cmd, &trust);
    if (status == STATUS_DONE && cmd->value[OPT_KEY] != NULL)
        key = cmd_secret_key(cmd, &status);
    if (status == STATUS_DONE) {
        request->key = key;
        request->trust = cmd->value[OPT_TRUST] != NULL ? &trust : NULL;
        status = wants_screen(cmd) ? cmd_open_sites(cmd, key, request->trust) : APP_NO_TERMINAL;
    }
    if (status == APP_NO_TERMINAL) {
        confine(cmd);
        status = collect_and_put(cmd, request, rows);
    }
    secret_free(key);
    trust_release(&trust);
    return status;
}

/* The page for the board has everything on it: there is nothing to choose. */
static int check_html(const struct cmd *cmd)
{
    if (cmd->format != FORMAT_HTML)
        return cmd->value[OPT_SINCE] == NULL ? STATUS_DONE
                                             : cmd_fail(cmd, STATUS_USAGE, "--since", "%s", T(cmd->cat, "goes with --format html"));
    if (cmd->value[OPT_ROWS] != NULL || cmd->value[OPT_MODEL] != NULL)
        return cmd_fail(cmd, STATUS_USAGE, cmd->value[OPT_ROWS] != NULL ? "--rows" : "--model", "%s",
                        T(cmd->cat, "does not go with --format html"));
    return cmd_need_out(cmd, "OUT.html");
}

int cmd_rollup(struct cmd *cmd)
{
    enum rollup_rows rows = ROWS_SITES;
    struct rollup_request request = {.path = cmd->operand,
                                     .n_paths = (size_t)cmd->n_operands,
                                     .find = shelf_find,
                                     .cookie = &cmd->shelf,
                                     .guarded = cmd->confine};
    int status = take_row_kind(cmd, &rows);
    if (status == STATUS_DONE)
        status = take_jobs(cmd, &request.jobs);
    if (status == STATUS_DONE && cmd->value[OPT_ROLLOUT] != NULL && cmd->value[OPT_MODEL] == NULL)
        status = cmd_fail(cmd, STATUS_USAGE, "--rollout", "%s",
                          T(cmd->cat, "goes with --model SITE_ID: from which site?"));
    if (status == STATUS_DONE)
        status = check_html(cmd);
    if (status != STATUS_DONE)
        return status;
    keep_freed_memory();
    return roll_up(cmd, &request, rows);
}
