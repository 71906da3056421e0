/* monshin rollup: what the sites say together: common gaps, grades, the benchmark. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/method/benchmark.h"
#include "core/method/rollup_fleet.h"
#include "tui/app/words.h"
#include "tui/cmd/command.h"
#include "tui/cmd/rollup.h"

static void add_tenths(struct table *t, int tenths)
{
    if (tenths < 0)
        table_add(t, "");
    else
        table_addf(t, "%d.%d", tenths / 10, tenths % 10);
}

static void add_common(struct table *t, const struct cmd *cmd, const struct checklist *ck,
                       const struct common_gap *g)
{
    const struct ck_item *item = &ck->item[g->item];
    const char *fix =
        item->fix == FIX_HQ ? T(cmd->cat, "once at headquarters") : T(cmd->cat, "at each plant");
    table_row(t);
    table_add(t, item->id);
    table_add(t, ck->section[item->section].id);
    table_add(t, item->key ? "yes" : "no");
    table_add(t, cmd->format == FORMAT_TEXT ? fix : ck_fix_word(item->fix));
    table_addf(t, "%zu", g->applicable);
    table_addf(t, "%zu", g->below);
    table_addf(t, "%zu", g->open);
    add_tenths(t, common_gap_mean(g));
    table_add(t, cmd_ltext(cmd, &item->label));
}

int rollup_put_common(const struct cmd *cmd, const struct rollup *r)
{
    static const struct column columns[] = {
        {"item", false}, {"category", false},  {"key", false},
        {"fix", false},  {"sites", true},      {"below", true},
        {"open", true},  {"mean_level", true}, {"label", false}};
    static const char *const titles[] = {N_("Item"), N_("Section"),    N_("Key"),
                                         N_("Fix"),  N_("Sites"),      N_("Below target"),
                                         N_("Open"), N_("Mean level"), N_("What")};
    const struct checklist *ck = rollup_checklist(r);
    struct common_gap gap[ITEMS_MAX];
    struct rows rows;
    int status =
        rows_begin(&rows, cmd, columns, sizeof columns / sizeof columns[0], "common", titles);
    if (status != STATUS_DONE)
        return status;
    if (ck != NULL)
        rollup_common_gaps(gap, r, ck);
    for (int i = 0; ck != NULL && i < ck->n_items; i++)
        add_common(&rows.t, cmd, ck, &gap[i]);
    return rows_end(&rows);
}

int rollup_put_grades(const struct cmd *cmd, const struct rollup *r)
{
    static const struct column columns[] = {{"grade", false}, {"sites", true}};
    static const char *const titles[] = {N_("Grade"), N_("Sites")};
    const struct checklist *ck = rollup_checklist(r);
    struct rows rows;
    int status =
        rows_begin(&rows, cmd, columns, sizeof columns / sizeof columns[0], "grades", titles);
    if (status != STATUS_DONE || ck == NULL)
        return status != STATUS_DONE ? status : rows_end(&rows);
    size_t *n = xcalloc((size_t)ck->n_grades + 1, sizeof *n);
    rollup_grades(n, r, ck);
    for (int g = 0; g <= ck->n_grades; g++) {
        table_row(&rows.t);
        if (g < ck->n_grades)
            table_addf(&rows.t, "%c", ck->grade[g].letter);
        else
            table_add(&rows.t, cmd->format == FORMAT_TEXT ? "-" : "");
        table_addf(&rows.t, "%zu", n[g]);
    }
    free(n);
    return rows_end(&rows);
}

static int write_benchmark(const struct cmd *cmd, const struct benchmark *b)
{
    struct buf out = {0};
    benchmark_write(&out, b, "monshin " MONSHIN_VERSION);
    int status = cmd_write(cmd, cmd->value[OPT_BENCHMARK], &out);
    buf_release(&out);
    return status;
}

int rollup_put_benchmark(const struct cmd *cmd, const struct rollup *r)
{
    const struct checklist *ck = rollup_checklist(r);
    char today[ISO_SIZE];
    struct benchmark *b = xcalloc(1, sizeof *b);
    int status;
    cmd_now(today);
    if (ck != NULL && benchmark_compute(b, r, ck, today))
        status = write_benchmark(cmd, b);
    else
        status = cmd_fail(cmd, STATUS_BAD, cmd->value[OPT_BENCHMARK],
                          T(cmd->cat, "not written: with fewer than %d graded sites a benchmark "
                                      "would show single sites"),
                          BENCHMARK_MIN);
    free(b);
    return status;
}
