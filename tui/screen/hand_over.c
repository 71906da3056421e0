/* See hand_over.h. */
#include "tui/screen/hand_over.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/io/file.h"
#include "core/out/export.h"
#include "tui/app/bench.h"
#include "tui/app/report.h"
#include "tui/screen/screens.h"

static const char PROGRAM[] = "monshin " MONSHIN_VERSION;

static void say_exported(struct app *app, const struct export_summary *sum, const char *path)
{
    bool whole = sum->answered == sum->total, bare = app->store != NULL && store_has_safe(app->store);
    char letter = sum->grade.overall.grade == GRADE_NONE ? '-' : app->assessment->checklist->grade[sum->grade.overall.grade].letter;
    struct buf line = {0};
    if (bare)
        buf_adds(&line, T(app->cat, "Without the passphrase of the file. "));
    buf_addf(&line,
             whole ? T(app->cat, "Exported: grade %c, %d of %d answered, SHA-256 %.16s: %s")
                   : T(app->cat, "Exported, incomplete: grade %c, %d of %d answered, SHA-256 %.16s: %s"),
             letter, sum->answered, sum->total, sum->sha256, path);
    app_say(app, whole && !bare ? TONE_INFO : TONE_WARN, "%s", buf_str(&line));
    buf_release(&line);
}

static void exported(struct app *app, const char *path, bool force)
{
    char now[ISO_SIZE];
    struct diag diag = {0};
    struct export_summary sum;
    app_now(app, now);
    struct export_options options = {.anonymous_reason = "", .gzip = strstr(path, ".gz") != NULL, .program = PROGRAM, .now = now,
                                     .find = app->find, .cookie = app->find_cookie};
    if (export_to_file(&sum, path, force, app->assessment, &options, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
        return;
    }
    if (app->store != NULL && !app->read_only)
        export_record(app->store, app->assessment, PROGRAM, now);
    app_saved(app);
    say_exported(app, &sum, path);
}

static void reported(struct app *app, const char *path, bool force)
{
    char now[ISO_SIZE];
    struct diag diag = {0};
    app_now(app, now);
    if (report_to_file(path, force, app->assessment, bench_of(app), app->cat, now, &diag) != ERR_OK)
        app_say_diag(app, path, &diag);
    else
        app_say(app, TONE_INFO, T(app->cat, "The report is in %s: open it in any browser, or print it"), path);
}

/* An id from a file is foreign: nothing in it may lead out of the folder. */
static void add_safe(struct buf *out, const char *id)
{
    for (const char *c = id; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-' || *c == '_' ||
                     (*c == '.' && c > id);
        buf_addc(out, plain ? *c : '_');
    }
}

/* Beside the file, named after site and round: "plants/jp-osaka-2-round2.xml.gz". */
char *hand_over_suggested(const struct app *app, const char *ending)
{
    const struct assessment *as = app->assessment;
    char *dir = path_dir(app->store != NULL ? store_path(app->store) : "");
    struct buf name = {0};
    add_safe(&name, as->site.id[0] != '\0' ? as->site.id : "site");
    buf_adds(&name, "-round");
    add_safe(&name, assessment_round(as)->id);
    buf_adds(&name, ending);
    char *path = strcmp(dir, ".") == 0 ? buf_take(&name) : path_join(dir, buf_str(&name));
    buf_release(&name);
    free(dir);
    return path;
}

void hand_over_open(struct app *app)
{
    char *path = hand_over_suggested(app, ".xml.gz");
    ask_target(app, N_("Export for headquarters to"), path, exported);
    free(path);
}

void hand_over_report(struct app *app)
{
    char *path = hand_over_suggested(app, ".html");
    ask_target(app, N_("Report as a web page to"), path, reported);
    free(path);
}

static void benchmark_chosen(struct app *app, int tag, const char *path)
{
    (void)tag;
    struct diag diag = {0};
    if (path[0] == '\0') {
        bench_drop(app);
        app_say(app, TONE_INFO, "%s", T(app->cat, "No benchmark any more"));
    } else if (bench_take(app, path, &diag) != ERR_OK) {
        app_say_diag(app, path, &diag);
    } else if (bench_of(app) == NULL) {
        app_say(app, TONE_WARN, T(app->cat, "This is a benchmark of another checklist (%s)"), app->bench->checklist->id);
    } else {
        app_say(app, TONE_INFO, T(app->cat, "Benchmark of %s, %ld sites: the dots on the radar are the median"), app->bench->date,
                app->bench->n_sites);
    }
}

void hand_over_benchmark(struct app *app)
{
    struct ask ask = {.title = N_("File of the benchmark (empty: none)"), .initial = app->bench_path != NULL ? app->bench_path : "", .item = -1,
                      .max_bytes = 1000, .done = benchmark_chosen};
    app_push(app, &ask_screen, &ask);
}
