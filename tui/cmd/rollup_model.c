/* monshin rollup --model SITE_ID: what the other sites need to get where the model plant is; with
 * --rollout DIR also a file with the actions for each of them, never with answers. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/method/rollout.h"
#include "tui/app/fresh.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"
#include "tui/cmd/rollup.h"

static const struct column SUMS[] = {{"site_id", false}, {"company", false}, {"site", false},
                                     {"wave", false},    {"steps", true},    {"effort_days", true},
                                     {"cost_jpy", true}, {"run_jpy", true},  {"line_stop", true}};
static const char *const SUM_TITLES[] = {N_("Site id"), N_("Company"),    N_("Site"),
                                         N_("Wave"),    N_("Steps"),      N_("Days"),
                                         N_("Yen"),     N_("Yen a year"), N_("Line stops")};

/* The steps as in the gap list, and when the model plant did them as an action. */
enum { STEP_CELLS = GAP_ROW_CELLS + 1 };

/* Shared by the threads that compute; what is below the line belongs to the thread that takes. */
struct model_run {
    const struct cmd *cmd;
    const struct rollup_site *model;
    char today[ISO_SIZE];
    long long day_rate;
    bool steps; /* rows are steps, not sums */
    struct column column[STEP_CELLS];
    struct assessment *plant; /* the model's file, owned; what it has done */
    struct rollup_mark mark[ITEMS_MAX]; /* what it has */
    struct buf note;
    /* ---- */
    struct rows rows;
    struct rollout_sum wave[WAVE_COUNT], all;
    char **used; /* file names given so far */
    size_t n_used;
    int status;
};

struct made {
    struct rollout_sum wave[WAVE_COUNT], all;
    struct table steps;
    struct buf start; /* bytes of the file to begin with; empty: none is wanted */
};

/* ---- One site, in any thread ---- */

static void fill_steps(struct table *t, const struct model_run *run, const struct rollout *r,
                       const struct rollup_site *site)
{
    struct grade_result grade;
    size_t rank = 0;
    grade_assessment(&grade, r->site);
    for (size_t i = 0; i < r->gaps.n; i++) {
        if (!rollout_counts(&r->gaps.gap[i]))
            continue;
        table_row(t);
        table_add(t, site->id);
        table_add(t, site->round);
        gaps_add_cells(t, run->cmd, r->site, &r->gaps.gap[i], ++rank, grade.overall.low_grade);
        const struct action *done = rollout_done(run->plant, r->gaps.gap[i].item, r->gaps.gap[i].to);
        table_addf(t, "%.10s", done != NULL ? done->updated : "");
    }
}

/* Where the step comes from, and what it took the model plant: its own figures, not an estimate. */
static void add_note(struct buf *out, const void *cookie, const struct gap *g)
{
    const struct model_run *run = cookie;
    const struct catalog *cat = run->cmd->cat;
    const struct action *done = rollout_done(run->plant, g->item, g->to);
    buf_adds(out, buf_str(&run->note));
    if (done == NULL)
        return;
    buf_addc(out, '\n');
    buf_addf(out, T(cat, "Done there on %.10s"), done->updated);
    struct buf figure = {0};
    if (done->effort_tenths >= 0) {
        words_days(&figure, done->effort_tenths);
        buf_addf(out, TN(cat, ", %s day", ", %s days", done->effort_tenths == 10 ? 1UL : 2UL), buf_str(&figure));
    }
    if (done->cost_jpy >= 0) {
        buf_clear(&figure);
        words_digits(&figure, done->cost_jpy);
        buf_addf(out, T(cat, ", %s yen"), buf_str(&figure));
    }
    buf_release(&figure);
}

static void fill_start(struct buf *out, const struct model_run *run, const struct rollout *r)
{
    struct buf xml = {0};
    struct assessment *start = fresh_assessment(r->site->checklist, r->site->edition, time(NULL));
    rollout_start(start, r, add_note, run, run->today);
    start->revision = 1;
    assessment_write(&xml, start, "monshin " MONSHIN_VERSION);
    gz_deflate(out, buf_str(&xml), xml.len);
    assessment_free(start);
    buf_release(&xml);
}

static void *make_one(void *cookie, const struct assessment *a, const struct rollup_site *site)
{
    const struct model_run *run = cookie;
    struct rollout r;
    if (site == run->model || a->checklist != run->model->checklist)
        return NULL;
    struct made *made = xcalloc(1, sizeof *made);
    table_init(&made->steps, run->column, STEP_CELLS);
    rollout_compute(&r, a, run->mark, run->today, run->day_rate);
    memcpy(made->wave, r.wave, sizeof made->wave);
    made->all = r.all;
    if (run->steps)
        fill_steps(&made->steps, run, &r, site);
    if (run->cmd->value[OPT_ROLLOUT] != NULL)
        fill_start(&made->start, run, &r);
    rollout_release(&r);
    return made;
}

/* ---- In order ---- */

static void add_sum(struct model_run *run, const struct rollup_site *site, const char *wave,
                    const struct rollout_sum *sum)
{
    struct table *t = &run->rows.t;
    const struct cmd *cmd = run->cmd;
    const char *everyone = cmd->format == FORMAT_TEXT ? T(cmd->cat, "All sites") : "";
    struct buf days = {0};
    words_days(&days, (long)sum->effort_tenths);
    table_row(t);
    table_add(t, site != NULL ? site->id : "");
    table_add(t, site != NULL ? site->company : "");
    table_add(t, site != NULL ? site->name : everyone);
    table_add(t, wave);
    table_addf(t, "%d", sum->steps);
    table_add(t, buf_str(&days));
    table_addf(t, "%lld", sum->cost_jpy);
    table_addf(t, "%lld", sum->run_jpy);
    table_addf(t, "%d", sum->stops);
    buf_release(&days);
}

static void add_sums(struct model_run *run, const struct rollup_site *site,
                     const struct rollout_sum wave[], const struct rollout_sum *all)
{
    const struct cmd *cmd = run->cmd;
    bool text = cmd->format == FORMAT_TEXT;
    for (int w = 0; w < WAVE_COUNT; w++)
        if (wave[w].steps > 0)
            add_sum(run, site, text ? words_wave(cmd->cat, (enum wave)w) : wave_word((enum wave)w),
                    &wave[w]);
    add_sum(run, site, text ? T(cmd->cat, "all") : "all", all);
}

/* A site's id as the name of a file: it comes from a file and may be anything. Owned by the caller.
 */
static char *file_name(const struct model_run *run, const char *id)
{
    struct buf safe = {0}, name = {0};
    for (const char *p = id; *p != '\0' && safe.len < 100; p++)
        buf_addc(&safe, isascii((unsigned char)*p) && (isalnum((unsigned char)*p) ||
                                                       (safe.len > 0 && strchr("._-", *p) != NULL))
                            ? *p
                            : '_');
    for (int n = 1;; n++) {
        buf_clear(&name);
        buf_addf(&name, n == 1 ? "%s.xml.gz" : "%s-%d.xml.gz", safe.len > 0 ? safe.p : "site", n);
        size_t i = 0;
        while (i < run->n_used && strcasecmp(run->used[i], name.p) != 0)
            i++;
        if (i == run->n_used)
            break;
    }
    buf_release(&safe);
    return buf_take(&name);
}

static void write_start(struct model_run *run, const struct rollup_site *site,
                        const struct buf *bytes)
{
    const struct cmd *cmd = run->cmd;
    char *name = file_name(run, site->id);
    char *path = path_join(cmd->value[OPT_ROLLOUT], name);
    run->used = xreallocarray(run->used, run->n_used + 1, sizeof *run->used);
    run->used[run->n_used++] = name;
    int status = cmd_write(cmd, path, bytes);
    if (status != STATUS_DONE)
        run->status = status;
    free(path);
}

static bool take_one(void *cookie, const struct rollup_file *file, void *result)
{
    struct model_run *run = cookie;
    struct made *made = result;
    if (made == NULL)
        return true;
    for (int w = 0; w < WAVE_COUNT; w++)
        rollout_add(&run->wave[w], &made->wave[w]);
    rollout_add(&run->all, &made->all);
    if (run->steps)
        table_move(&run->rows.t, &made->steps);
    else
        add_sums(run, file->site, made->wave, &made->all);
    if (made->start.len > 0)
        write_start(run, file->site, &made->start);
    table_release(&made->steps);
    buf_release(&made->start);
    free(made);
    return rows_flow(&run->rows) && run->status == STATUS_DONE;
}

/* What was sealed on its way here is in the open on its way back, unless somebody thinks of it. */
static void tell_open(const struct model_run *run, const struct rollup *r)
{
    size_t n_sealed = 0;
    for (size_t i = 0; i < r->n; i++)
        n_sealed += r->file[i].seal != NULL;
    if (run->n_used > 0 && n_sealed > 0)
        cmd_fail(run->cmd, STATUS_DONE, run->cmd->value[OPT_ROLLOUT], "%s",
                 T(run->cmd->cat, "warning: the files in it are in the open, though some were made from sealed ones; seal each before it leaves: "
                                  "monshin seal FILE --to KEY"));
}

/* ---- The command ---- */

static int find_model(struct model_run *run, const struct rollup *r)
{
    const struct cmd *cmd = run->cmd;
    const char *id = cmd->value[OPT_MODEL];
    for (size_t i = 0; i < r->n_sites; i++) {
        const struct rollup_site *s = r->file[r->site[i]].site;
        if (strcmp(s->id, id) != 0)
            continue;
        if (run->model != NULL)
            return cmd_fail(cmd, STATUS_USAGE, id, "%s",
                            T(cmd->cat, "is the id of more than one site; leave the files of the "
                                        "others out"));
        run->model = s;
    }
    if (run->model != NULL)
        return STATUS_DONE;
    return cmd_fail(cmd, STATUS_USAGE, id, "%s",
                    T(cmd->cat, "is not the id of any site taken; see: monshin rollup PATH..."));
}

static int make_folder(const struct cmd *cmd)
{
    const char *dir = cmd->value[OPT_ROLLOUT];
    struct diag diag = {0};
    if (dir == NULL || mkdir(dir, 0700) == 0 || errno == EEXIST)
        return STATUS_DONE;
    diag_sys(&diag, ERR_WRITE, errno, "mkdir");
    return cmd_fail_diag(cmd, dir, &diag);
}

static int read_plant(struct model_run *run, struct rollup *r, const struct rollup_request *request)
{
    size_t file = rollup_find_site(r, run->model->id, run->model->company);
    run->plant = rollup_open(r, file, request);
    if (run->plant == NULL)
        return cmd_fail(run->cmd, STATUS_TROUBLE, r->file[file].path, "%s", T(run->cmd->cat, "cannot be read any more"));
    rollout_model(run->mark, run->plant);
    return STATUS_DONE;
}

static void release(struct model_run *run)
{
    assessment_free(run->plant);
    for (size_t i = 0; i < run->n_used; i++)
        free(run->used[i]);
    free(run->used);
    buf_release(&run->note);
}

static int put(struct model_run *run, struct rollup *r, const struct rollup_request *request)
{
    struct rollup_pass pass = {make_one, take_one, run};
    const char *titles[STEP_CELLS];
    memcpy(titles, GAP_ROW_TITLES, sizeof GAP_ROW_TITLES);
    titles[GAP_ROW_CELLS] = N_("Done at the model plant");
    int status = run->steps ? rows_begin(&run->rows, run->cmd, run->column, STEP_CELLS,
                                         "rollout", titles)
                            : rows_begin(&run->rows, run->cmd, SUMS, sizeof SUMS / sizeof SUMS[0],
                                         "rollout", SUM_TITLES);
    if (status != STATUS_DONE)
        return status;
    rollup_each(r, request, &pass);
    if (!run->steps)
        add_sums(run, NULL, run->wave, &run->all);
    status = rows_end(&run->rows);
    return status != STATUS_DONE ? status : run->status;
}

int rollup_put_model(const struct cmd *cmd, struct rollup *r, const struct rollup_request *request,
                     enum rollup_rows rows)
{
    struct model_run run = {.cmd = cmd, .day_rate = DAY_RATE_DEFAULT, .steps = rows == ROWS_GAPS};
    if (rows != ROWS_GAPS && rows != ROWS_SITES)
        return cmd_fail(cmd, STATUS_USAGE, "--model", "%s",
                        T(cmd->cat, "goes with --rows sites or --rows gaps only"));
    int status = cmd_number(cmd, &run.day_rate, OPT_DAY_RATE, 1, YEN_MAX);
    if (status == STATUS_DONE)
        status = find_model(&run, r);
    if (status == STATUS_DONE)
        status = make_folder(cmd);
    if (status == STATUS_DONE)
        status = read_plant(&run, r, request);
    if (status != STATUS_DONE) {
        release(&run);
        return status;
    }
    cmd_now(run.today);
    rollup_gap_columns(run.column);
    run.column[GAP_ROW_CELLS] = (struct column){"model_done", false};
    buf_addf(&run.note, T(cmd->cat, "Roll-out from the model plant %s (%s)"),
             run.model->name[0] != '\0' ? run.model->name : run.model->id, run.model->id);
    status = put(&run, r, request);
    tell_open(&run, r);
    release(&run);
    return status;
}
