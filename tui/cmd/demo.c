/* monshin demo: the built-in example on the screen, or as files. Always a copy: in a folder that is made for it and, unless the person
 * named it, goes again. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/model/demo.h"
#include "tui/cmd/command.h"

/* "FOLDER/NAME", owned by the caller. */
static char *path_in(const char *folder, const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", folder, name);
    return buf_take(&path);
}

static int write_file(const struct cmd *cmd, const char *folder, const struct demo_file *f)
{
    char *path = path_in(folder, f->name);
    struct diag diag = {0};
    enum err err = file_write_new(path, buf_str(&f->bytes), f->bytes.len, false, &diag);
    int status = err == ERR_OK ? STATUS_DONE : cmd_fail_diag(cmd, path, &diag);
    free(path);
    return status;
}

/* The plant that is shown first, or with --fleet all. */
static int write_files(const struct cmd *cmd, const char *folder, const struct demo *demo)
{
    size_t n = cmd->value[OPT_FLEET] != NULL ? demo->n : 1;
    int status = STATUS_DONE;
    for (size_t i = 0; i < n && i < demo->n && status == STATUS_DONE; i++)
        status = write_file(cmd, folder, &demo->file[i]);
    return status;
}

static int no_folder(const struct cmd *cmd, const char *folder, int error)
{
    struct diag diag = {0};
    if (error == EEXIST)
        return cmd_fail(cmd, STATUS_TROUBLE, folder, "%s", T(cmd->cat, "exists already; name a new folder"));
    diag_sys(&diag, ERR_WRITE, error, NULL);
    return cmd_fail_diag(cmd, folder, &diag);
}

static int put_into(struct cmd *cmd, const struct demo *demo)
{
    const char *folder = cmd->value[OPT_INTO];
    if (mkdir(folder, 0777) != 0)
        return no_folder(cmd, folder, errno);
    int status = write_files(cmd, folder, demo);
    if (status != STATUS_DONE)
        return status;
    struct buf out = {0};
    for (size_t i = 0; i < (cmd->value[OPT_FLEET] != NULL ? demo->n : 1); i++)
        buf_addf(&out, "%s/%s\n", folder, demo->file[i].name);
    status = cmd_print(cmd, &out);
    buf_release(&out);
    return status;
}

/* Is it a file of the example, or one that the store keeps beside it (.lock, .gen1)? */
static bool is_ours(const struct demo *demo, const char *name)
{
    for (size_t i = 0; i < demo->n; i++)
        if (strncmp(name, demo->file[i].name, strlen(demo->file[i].name)) == 0)
            return true;
    return false;
}

/* What the person wrote there meanwhile, a report say, stays, and is told. */
static void clear(const struct cmd *cmd, const char *folder, const struct demo *demo)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return;
    for (struct dirent *d = readdir(dir); d != NULL; d = readdir(dir))
        if (is_ours(demo, d->d_name)) {
            char *path = path_in(folder, d->d_name);
            unlink(path);
            free(path);
        }
    closedir(dir);
    if (rmdir(folder) != 0)
        cmd_fail(cmd, STATUS_DONE, folder, "%s", T(cmd->cat, "what you wrote while looking at the example is here"));
}

static int show(struct cmd *cmd, const struct demo *demo)
{
    const char *tmp = getenv("TMPDIR");
    char *folder = path_in(tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp", "monshin-demo-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        int status = no_folder(cmd, folder, errno);
        free(folder);
        return status;
    }
    /* The screen ends when it is told to; what comes after that must not keep the files here. */
    static const int ends[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        signal(ends[i], SIG_IGN);
    int status = write_files(cmd, folder, demo);
    const char *sites[] = {folder};
    char *first = path_in(folder, demo->file[0].name);
    if (status == STATUS_DONE && cmd->value[OPT_FLEET] != NULL)
        status = cmd_open_screen(cmd, NULL, sites, 1, folder);
    else if (status == STATUS_DONE)
        status = cmd_open_screen(cmd, first, NULL, 0, folder);
    clear(cmd, folder, demo);
    free(first);
    free(folder);
    return status;
}

int cmd_demo(struct cmd *cmd)
{
    struct demo *demo = xcalloc(1, sizeof *demo);
    char today[ISO_SIZE];
    cmd_now(today);
    demo_load(demo, cmd->lang, today);
    int status = cmd->value[OPT_INTO] != NULL ? put_into(cmd, demo) : show(cmd, demo);
    demo_release(demo);
    free(demo);
    return status;
}
