/* monshin demo: the built-in example on the screen, or as files. Always a copy: in a folder that is made for it and, unless the person
 * named it, goes again. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/model/demo.h"
#include "tui/app/showcase.h"
#include "tui/cmd/command.h"

static int no_folder(const struct cmd *cmd, const char *folder, int error)
{
    struct diag diag = {0};
    if (error == EEXIST)
        return cmd_fail(cmd, STATUS_TROUBLE, folder, "%s", T(cmd->cat, "exists already; name a new folder"));
    diag_sys(&diag, ERR_WRITE, error, NULL);
    return cmd_fail_diag(cmd, folder, &diag);
}

static int write_files(struct cmd *cmd, const struct demo *demo)
{
    const char *folder = cmd->value[OPT_INTO];
    bool fleet = cmd->value[OPT_FLEET] != NULL;
    struct buf out = {0};
    struct diag diag = {0};
    int status;
    if (showcase_write(folder, demo, fleet, &out, &diag) != ERR_OK) {
        status = cmd_fail_diag(cmd, buf_str(&out), &diag);
    } else {
        for (size_t i = 0; i < (fleet ? demo->n : 1); i++)
            buf_addf(&out, "%s/%s\n", folder, demo->file[i].name);
        status = cmd_print(cmd, &out);
    }
    buf_release(&out);
    return status;
}

static int put_into(struct cmd *cmd, const char *today)
{
    const char *folder = cmd->value[OPT_INTO];
    if (mkdir(folder, 0777) != 0)
        return no_folder(cmd, folder, errno);
    struct demo *demo = xcalloc(1, sizeof *demo);
    demo_load(demo, cmd->lang, today);
    int status = write_files(cmd, demo);
    demo_release(demo);
    free(demo);
    return status;
}

static int show(struct cmd *cmd, const char *today)
{
    bool fleet = cmd->value[OPT_FLEET] != NULL;
    struct buf name = {0};
    struct diag diag = {0};
    struct showcase *s;
    if (showcase_make(&s, cmd->lang, today, fleet, &name, &diag) != ERR_OK) {
        int status = cmd_fail_diag(cmd, buf_str(&name), &diag);
        buf_release(&name);
        return status;
    }
    /* The screen ends when it is told to; what comes after that must not keep the files here. */
    static const int ends[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        signal(ends[i], SIG_IGN);
    const char *sites[] = {s->folder};
    int status = fleet ? cmd_open_screen(cmd, NULL, sites, 1, s->folder) : cmd_open_screen(cmd, s->plant, NULL, 0, s->folder);
    if (!showcase_clear(s, &name))
        cmd_fail(cmd, STATUS_DONE, buf_str(&name), "%s", T(cmd->cat, "what you wrote while looking at the example is here"));
    buf_release(&name);
    return status;
}

int cmd_demo(struct cmd *cmd)
{
    char today[ISO_SIZE];
    cmd_now(today);
    return cmd->value[OPT_INTO] != NULL ? put_into(cmd, today) : show(cmd, today);
}
