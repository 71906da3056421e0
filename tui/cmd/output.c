/* Where answers go, and tables as text. */
#include "tui/cmd/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/model/locked.h"
#include "core/out/xlsx.h"

/* By whatever name. */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The files of a roll-out are named by the sites, as those of the sites may be. */
static int keep_folder_of(const struct cmd *cmd, const char *input)
{
    const char *folder = cmd->value[OPT_ROLLOUT];
    if (folder == NULL)
        return STATUS_DONE;
    char *dir = path_dir(input);
    bool same = same_file(folder, dir);
    free(dir);
    return same ? cmd_fail(cmd, STATUS_USAGE, folder, "%s", T(cmd->cat, "holds files that are read; name another folder for what is written")) : STATUS_DONE;
}

int cmd_keep(const struct cmd *cmd, const char *input)
{
    static const enum opt outputs[] = {OPT_OUT, OPT_OUTCOMES, OPT_BENCHMARK};
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        const char *path = cmd->value[outputs[i]];
        if (path != NULL && input != NULL && same_file(path, input))
            return cmd_fail(cmd, STATUS_USAGE, path, "%s", T(cmd->cat, "is a file that is read; name another one for what is written"));
    }
    return input != NULL ? keep_folder_of(cmd, input) : STATUS_DONE;
}

int cmd_keep_inputs(const struct cmd *cmd)
{
    static const enum opt inputs[] = {OPT_KEY, OPT_FROM, OPT_PASSPHRASE_FILE, OPT_CHECKLIST, OPT_BESIDE, OPT_SINCE, OPT_SEEN};
    int status = STATUS_DONE;
    for (int i = 0; i < cmd->n_operands && status == STATUS_DONE; i++)
        status = cmd_keep(cmd, cmd->operand[i]);
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0] && status == STATUS_DONE; i++)
        status = cmd_keep(cmd, cmd->value[inputs[i]]);
    for (size_t i = 0; i < (size_t)cmd->n_to && status == STATUS_DONE; i++)
        status = cmd_keep(cmd, cmd->to[i]);
    return status;
}

int cmd_fail_out(const struct cmd *cmd, const char *path, enum err err, const struct diag *diag)
{
    if (err == ERR_EXISTS)
        return cmd_fail(cmd, STATUS_TROUBLE, path, "%s",
                        T(cmd->cat, "exists already; give --force to replace it"));
    return cmd_fail_diag(cmd, path, diag);
}

int cmd_write(const struct cmd *cmd, const char *path, const struct buf *bytes)
{
    struct diag diag = {0};
    enum err err =
        file_write_new(path, buf_str(bytes), bytes->len, cmd->value[OPT_FORCE] != NULL, &diag);
    return err == ERR_OK ? STATUS_DONE : cmd_fail_out(cmd, path, err, &diag);
}

void cmd_warn_open(const struct cmd *cmd, const char *path)
{
    struct buf bytes = {0}, name = {0};
    for (int i = 0; i < cmd->n_operands; i++) {
        const char *from = cmd->operand[i];
        if (locked_read(&bytes, NULL, from, NULL, NULL) != ERR_LOCKED_FILE)
            continue;
        cmd_fail(cmd, STATUS_DONE, path, T(cmd->cat, "warning: this file has no passphrase, unlike %s, from which it was made"),
                 cmd_shown(&name, from));
        break;
    }
    buf_release(&name);
    buf_release(&bytes);
}

int cmd_need_out(const struct cmd *cmd, const char *name)
{
    if (cmd->value[OPT_OUT] == NULL || cmd->value[OPT_OUT][0] == '\0')
        return cmd_fail(cmd, STATUS_USAGE, cmd->command->name,
                        T(cmd->cat, "say where to write it: -o %s"), name);
    return STATUS_DONE;
}

int cmd_print(const struct cmd *cmd, const struct buf *text)
{
    struct diag diag = {0};
    errno = 0;
    /* CSV and XML say themselves that they are UTF-8, or are agreed to be. */
    bool ours = cmd->verbatim || cmd->format != FORMAT_TEXT;
    bool done = ours ? fwrite(buf_str(text), 1, text->len, stdout) == text->len : cmd_say(cmd, stdout, buf_str(text), text->len);
    if (!done || fflush(stdout) != 0) {
        diag_sys(&diag, ERR_WRITE, errno, NULL);
        return cmd_fail_diag(cmd, T(cmd->cat, "standard output"), &diag);
    }
    return STATUS_DONE;
}

int cmd_put(const struct cmd *cmd, const struct buf *text)
{
    const char *path = cmd->value[OPT_OUT];
    if (path == NULL)
        return cmd_print(cmd, text);
    int status = cmd_write(cmd, path, text);
    if (status == STATUS_DONE && cmd->command->run != cmd_rollup) /* which takes none that is under a passphrase */
        cmd_warn_open(cmd, path);
    return status;
}

/* A cell as text: one line. */
static void add_cell(struct buf *out, const char *cell)
{
    text_clean(out, cell, strlen(cell), TEXT_ONE_LINE);
}

static int cell_width(const char *cell)
{
    struct buf one = {0};
    add_cell(&one, cell);
    int width = text_width(buf_str(&one));
    buf_release(&one);
    return width;
}

/* Blanks at the end of a line are of no use to anybody. */
static void end_line(struct buf *out)
{
    while (out->len > 0 && out->p[out->len - 1] == ' ')
        out->len--;
    buf_addc(out, '\n');
}

static void put_cell(struct buf *out, const char *cell, int width, bool right, bool last)
{
    int blanks = width - cell_width(cell);
    if (right)
        buf_addf(out, "%*s", blanks, "");
    add_cell(out, cell);
    if (last)
        end_line(out);
    else
        buf_addf(out, "%*s", (right ? 0 : blanks) + 2, "");
}

enum { TEXT_COLUMNS_MAX = 32 };

void table_text(struct buf *out, const struct table *t, const struct catalog *cat,
                const char *const *titles)
{
    int width[TEXT_COLUMNS_MAX] = {0};
    size_t n = t->n_columns < TEXT_COLUMNS_MAX ? t->n_columns : TEXT_COLUMNS_MAX;
    for (size_t c = 0; c < n; c++) {
        width[c] = text_width(T(cat, titles[c]));
        for (size_t r = 0; r < t->n_rows; r++) {
            int w = cell_width(table_cell(t, r, c));
            width[c] = w > width[c] ? w : width[c];
        }
    }
    for (size_t c = 0; c < n; c++)
        put_cell(out, T(cat, titles[c]), width[c], t->column[c].number, c + 1 == n);
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t c = 0; c < n; c++)
            put_cell(out, table_cell(t, r, c), width[c], t->column[c].number, c + 1 == n);
}

/* What is for people says in their language what stands in CSV and XML for programs. */
static void say_cells(struct table *out, const struct cmd *cmd, const struct table *t)
{
    table_init(out, t->column, t->n_columns);
    for (size_t r = 0; r < t->n_rows; r++) {
        table_row(out);
        for (size_t c = 0; c < t->n_columns; c++)
            table_add(out, cell_word(cmd, t->column[c].name, table_cell(t, r, c)));
    }
}

void cmd_format_table(struct buf *out, const struct cmd *cmd, const struct table *t,
                      const char *root, const char *const *titles)
{
    struct table said;
    switch (cmd->format) {
    case FORMAT_CSV:
        table_csv(out, t, cmd->value[OPT_BOM] != NULL);
        break;
    case FORMAT_XML:
        table_xml(out, t, root, "row");
        break;
    case FORMAT_TEXT:
        say_cells(&said, cmd, t);
        table_text(out, &said, cmd->cat, titles);
        table_release(&said);
        break;
    case FORMAT_XLSX: /* only as a file: put_workbook */
    case FORMAT_HTML: /* rollup alone has it: rollup_html.c */
        break;
    }
}

static int put_workbook(const struct cmd *cmd, const struct table *t, const char *const *titles)
{
    struct table said;
    const char *heads[TEXT_COLUMNS_MAX];
    struct buf out = {0};
    struct diag diag = {0};
    int status = cmd_need_out(cmd, "OUT.xlsx");
    if (status != STATUS_DONE)
        return status;
    for (size_t c = 0; titles != NULL && c < t->n_columns && c < TEXT_COLUMNS_MAX; c++)
        heads[c] = T(cmd->cat, titles[c]);
    say_cells(&said, cmd, t);
    enum err err = xlsx_make(&out, &said, T(cmd->cat, cmd->command->sheet),
                             titles != NULL && t->n_columns <= TEXT_COLUMNS_MAX ? heads : NULL, &diag);
    status = err == ERR_OK ? cmd_put(cmd, &out) : cmd_fail_diag(cmd, cmd->value[OPT_OUT], &diag);
    table_release(&said);
    buf_release(&out);
    return status;
}

int cmd_put_table(const struct cmd *cmd, const struct table *t, const char *root,
                  const char *const *titles)
{
    if (cmd->format == FORMAT_XLSX)
        return put_workbook(cmd, t, titles);
    struct buf out = {0};
    cmd_format_table(&out, cmd, t, root, titles);
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

void put_wrapped(struct buf *out, const char *text, int indent, int n_cols)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, strlen(text), n_cols - indent);
    for (size_t i = 0; i < lines.n; i++) {
        if (lines.line[i].len > 0)
            buf_addf(out, "%*s", indent, "");
        buf_add(out, text + lines.line[i].start, lines.line[i].len);
        buf_addc(out, '\n');
    }
    text_lines_release(&lines);
}

void put_right(struct buf *out, const char *s, int width)
{
    int w = text_width(s);
    buf_addf(out, "%*s%s", w < width ? width - w : 0, "", s);
}

void cmd_put_site(struct buf *out, const struct cmd *cmd, const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    int answered = 0, unknown = 0;
    for (int i = 0; i < round->n_answers; i++) {
        enum answer_state state = round->answer[i].state;
        answered += state == ANSWER_LEVEL || state == ANSWER_NA;
        unknown += state == ANSWER_UNKNOWN;
    }
    buf_adds(out, a->site.name[0] != '\0' ? a->site.name : a->site.id);
    if (a->site.company[0] != '\0')
        buf_addf(out, T(cmd->cat, " (%s)"), a->site.company);
    buf_addc(out, '\n');
    buf_addf(out, T(cmd->cat, "round %s, %.10s: answered %d of %d, unknown %d"), round->id,
             round->started, answered, round->n_answers, unknown);
    buf_addc(out, '\n');
}
