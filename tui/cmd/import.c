/* monshin import: a new file from the short code of monshin qr. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/method/code.h"
#include "core/model/store.h"
#include "tui/app/fresh.h"
#include "tui/cmd/command.h"
#include "tui/cmd/line.h"

enum { INPUT_MAX = 65536 }; /* far more than a code has */

static void read_input(struct buf *out)
{
    char chunk[4096];
    size_t n;
    while (out->len < INPUT_MAX) {
        n = fread(chunk, 1, sizeof chunk, stdin);
        if (n == 0)
            break;
        buf_add(out, chunk, n);
    }
}

static int complain(const struct cmd *cmd, const struct code_fault *f)
{
    const struct catalog *cat = cmd->cat;
    switch (f->problem) {
    case CODE_EMPTY:
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cat, "is empty; monshin qr FILE --code shows the code of a file"));
    case CODE_CHARACTER:
        return cmd_fail(cmd, STATUS_BAD, "--code", T(cat, "there is no \"%s\" in a code (in group %d); a code has figures and letters without I, L, O, U"),
                        f->text, f->group);
    case CODE_GROUP:
        return cmd_fail(cmd, STATUS_BAD, "--code", T(cat, "group %d is wrong: %s; read it again, and whether all groups before it are there"), f->group,
                        f->text);
    case CODE_LENGTH:
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cat, "something is missing at the end, or too much; a group has five characters"));
    case CODE_SUM:
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cat, "the groups do not belong together; is one missing at the end?"));
    case CODE_NEWER:
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cat, "is of a newer version of the program; import it with that one"));
    case CODE_MEANING:
    case CODE_GOOD:
        break;
    }
    return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cat, "says what cannot be; make it anew from the file"));
}

static const struct checklist *find_fitting(struct cmd *cmd, const struct code *c)
{
    for (int i = 0; i < checklist_n_builtin(); i++)
        if (code_fits(c, checklist_builtin(i)))
            return checklist_builtin(i);
    shelf_read_folders(&cmd->shelf);
    for (size_t i = 0; i < cmd->shelf.n; i++)
        if (code_fits(c, cmd->shelf.loaded[i]))
            return cmd->shelf.loaded[i];
    return NULL;
}

/* Company and name, which are not in the code. */
static int set_names(struct cmd *cmd, struct assessment *a)
{
    struct change change = {.kind = CHANGE_SITE};
    site_copy(&change.u.site, &a->site);
    int status = cmd_field(cmd, &change.u.site.company, OPT_COMPANY);
    if (status == STATUS_DONE)
        status = cmd_field(cmd, &change.u.site.name, OPT_SITE);
    if (status == STATUS_DONE)
        assessment_apply(a, &change, NULL);
    change_release(&change);
    return status;
}

/* What came, and what did not. */
static int tell(const struct cmd *cmd, const struct assessment *a, const struct code *c)
{
    struct buf out = {0}, line = {0}, name = {0};
    int n = 0;
    for (int i = 0; i < c->n_answers; i++)
        n += c->answer[i].state != ANSWER_OPEN;
    buf_addf(&line, T(cmd->cat, "%s: %d of %d answers of site %s, round %s, saved as #%ld."), cmd_shown(&name, cmd->value[OPT_OUT]), n, c->n_answers,
             c->site_id[0] != '\0' ? c->site_id : "-", c->round_id, a->revision);
    buf_release(&name);
    put_wrapped(&out, buf_str(&line), 0, TEXT_COLUMNS);
    put_wrapped(&out, T(cmd->cat, "Notes, evidence, reasons, names, checks, targets and actions stay in the original file."), 0, TEXT_COLUMNS);
    if (strcmp(c->version, a->checklist->version) != 0) {
        buf_clear(&line);
        buf_addf(&line, T(cmd->cat, "The answers were given with version %s of the checklist; here it is version %s."), c->version,
                 a->checklist->version);
        put_wrapped(&out, buf_str(&line), 0, TEXT_COLUMNS);
    }
    int status = cmd_print(cmd, &out);
    buf_release(&line);
    buf_release(&out);
    return status;
}

static int create(struct cmd *cmd, struct assessment *a, const struct code *c)
{
    struct store *store = NULL;
    struct diag diag = {0};
    char now[ISO_SIZE];
    cmd_now(now);
    enum err err = store_create(&store, cmd->value[OPT_OUT], a, "monshin " MONSHIN_VERSION, c->modified[0] != '\0' ? c->modified : now, NULL, &diag);
    if (err != ERR_OK)
        return cmd_fail_diag(cmd, cmd->value[OPT_OUT], &diag);
    store_close(store);
    return tell(cmd, a, c);
}

static int import(struct cmd *cmd, const struct code *c)
{
    const struct checklist *ck = find_fitting(cmd, c);
    if (ck == NULL)
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cmd->cat, "its checklist is not here; name it with --checklist"));
    int edition = code_edition(c, ck);
    if (edition < 0)
        return cmd_fail(cmd, STATUS_BAD, "--code", "%s", T(cmd->cat, "its edition of the checklist is not here; take a newer program"));
    struct assessment *a = fresh_assessment(ck, edition, time(NULL));
    code_fill(a, c, T(cmd->cat, "The reason is in the original file."));
    int status = set_names(cmd, a);
    if (status == STATUS_DONE)
        status = create(cmd, a, c);
    assessment_free(a);
    return status;
}

int cmd_import(struct cmd *cmd)
{
    struct buf typed = {0}, narrow = {0};
    struct code_fault fault;
    if (cmd->value[OPT_CODE] == NULL)
        return cmd_fail(cmd, STATUS_USAGE, "import", "%s", T(cmd->cat, "say which: --code CODE, or --code - to type it"));
    int status = cmd_need_out(cmd, "NAME.xml.gz");
    if (status != STATUS_DONE)
        return status;
    if (strcmp(cmd->value[OPT_CODE], "-") == 0)
        read_input(&typed);
    else
        buf_adds(&typed, cmd->value[OPT_CODE]);
    line_narrow(&narrow, buf_str(&typed));
    struct code *c = xmalloc(sizeof *c);
    status = code_read(c, &fault, buf_str(&narrow)) ? import(cmd, c) : complain(cmd, &fault);
    free(c);
    buf_release(&narrow);
    buf_release(&typed);
    return status;
}
