/* Checklists beside the built-in ones, and reading the files that are about them. */
#include "tui/cmd/command.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/model/locked.h"
#include "core/model/store.h"
#include "core/seal/secret.h"

static const struct checklist *find_loaded(const struct shelf *shelf, const char *id)
{
    for (size_t i = 0; i < shelf->n; i++)
        if (strcmp(shelf->loaded[i]->id, id) == 0)
            return shelf->loaded[i];
    return NULL;
}

enum err shelf_add(struct shelf *shelf, const char *path, const struct checklist **out,
                   struct diag *diag)
{
    struct checklist *ck = NULL;
    if (shelf->n == CHECKLISTS_MAX)
        return diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
    enum err err = checklist_load(&ck, path, diag);
    if (err != ERR_OK)
        return err;
    shelf->loaded[shelf->n] = ck;
    shelf->path[shelf->n++] = xstrdup(path);
    *out = ck;
    return ERR_OK;
}

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && strcmp(s + n - m, tail) == 0;
}

/* Only what really is a checklist, and an id once: the folder may hold other XML too. */
static void try_file(struct shelf *shelf, const char *path)
{
    const struct checklist *ck;
    if (!file_exists(path) || shelf_add(shelf, path, &ck, NULL) != ERR_OK)
        return;
    if (checklist_find(ck->id) == NULL && find_loaded(shelf, ck->id) == ck)
        return;
    shelf->n--;
    checklist_free(shelf->loaded[shelf->n]);
    free(shelf->path[shelf->n]);
}

static void read_folder(struct shelf *shelf, const char *folder)
{
    struct dirent **entry = NULL;
    int n = scandir(folder, &entry, NULL, alphasort); /* sorted: the same everywhere */
    for (int i = 0; i < n; i++) {
        char *path = path_join(folder, entry[i]->d_name);
        char *inside = path_join(path, "checklist.xml");
        if (entry[i]->d_name[0] != '.')
            try_file(shelf, ends_with(path, ".xml") ? path : inside);
        free(inside);
        free(path);
        free(entry[i]);
    }
    free(entry);
}

void shelf_read_folders(struct shelf *shelf)
{
    const char *folders = getenv("MONSHIN_CHECKLISTS");
    if (folders == NULL || shelf->folders_read)
        return;
    shelf->folders_read = true;
    while (*folders != '\0') {
        size_t n = strcspn(folders, ":");
        char *folder = xstrndup(folders, n);
        if (n > 0)
            read_folder(shelf, folder);
        free(folder);
        folders += n + (folders[n] == ':');
    }
}

const struct checklist *shelf_find(void *cookie, const char *id)
{
    struct shelf *shelf = cookie;
    const struct checklist *ck = checklist_find(id);
    if (ck == NULL)
        ck = find_loaded(shelf, id);
    if (ck == NULL) {
        shelf_read_folders(shelf);
        ck = find_loaded(shelf, id);
    }
    return ck;
}

void shelf_release(struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->n; i++) {
        checklist_free(shelf->loaded[i]);
        free(shelf->path[i]);
    }
    *shelf = (struct shelf){0};
}

const struct checklist *cmd_checklist(struct cmd *cmd, const char *name, int *status)
{
    struct diag diag = {0};
    const struct checklist *ck = NULL;
    if (strchr(name, '/') != NULL || ends_with(name, ".xml")) {
        if (shelf_add(&cmd->shelf, name, &ck, &diag) != ERR_OK)
            *status = cmd_fail_diag(cmd, name, &diag);
        return ck;
    }
    ck = shelf_find(&cmd->shelf, name);
    if (ck == NULL)
        *status = cmd_fail(cmd, STATUS_USAGE, name, "%s",
                           T(cmd->cat, "there is no such checklist; see: monshin checklist list"));
    return ck;
}

int cmd_edition(const struct cmd *cmd, const struct checklist *ck)
{
    const char *id = cmd->value[OPT_EDITION];
    if (id == NULL)
        return ck->default_edition;
    int edition = checklist_edition(ck, id);
    if (edition >= 0)
        return edition;
    struct buf ids = {0};
    for (int i = 0; i < ck->n_editions; i++)
        buf_addf(&ids, "%s%s", i > 0 ? ", " : "", ck->edition[i].id);
    cmd_fail(cmd, STATUS_USAGE, id, T(cmd->cat, "there is no such edition; there is: %s"),
             buf_str(&ids));
    buf_release(&ids);
    return -1;
}

struct passphrase *cmd_file_passphrase(const struct cmd *cmd, const char *path, int *status)
{
    struct buf prompt = {0};
    secret_start();
    struct passphrase *pass = secret_new(sizeof *pass);
    buf_addf(&prompt, T(cmd->cat, "Passphrase of %s"), path_base(path));
    *status = cmd_passphrase(cmd, pass, buf_str(&prompt), false);
    buf_release(&prompt);
    if (*status == STATUS_DONE)
        return pass;
    secret_free(pass);
    return NULL;
}

/* kept: the passphrase, for the caller; NULL where the file has none. */
static int read_bytes(const struct cmd *cmd, struct buf *out, struct passphrase **kept, const char *path, struct diag *diag)
{
    int status;
    *kept = NULL;
    enum err err = locked_read(out, NULL, path, NULL, diag);
    if (err != ERR_LOCKED_FILE)
        return err == ERR_OK ? STATUS_DONE : cmd_fail_diag(cmd, path, diag);
    struct passphrase *pass = cmd_file_passphrase(cmd, path, &status);
    if (pass == NULL)
        return status;
    if (locked_read(out, NULL, path, pass, diag) == ERR_OK) {
        *kept = pass;
        return STATUS_DONE;
    }
    secret_free(pass);
    return cmd_fail_diag(cmd, path, diag);
}

int cmd_read_bytes(const struct cmd *cmd, struct buf *out, const char *path, struct diag *diag)
{
    struct passphrase *pass;
    int status = read_bytes(cmd, out, &pass, path, diag);
    secret_free(pass);
    return status;
}

struct assessment *cmd_read(struct cmd *cmd, const char *path)
{
    struct passphrase *pass;
    struct assessment *a = cmd_read_locked(cmd, path, &pass);
    secret_free(pass);
    return a;
}

struct assessment *cmd_read_locked(struct cmd *cmd, const char *path, struct passphrase **pass)
{
    struct buf bytes = {0};
    struct diag diag = {0};
    struct assessment *a = NULL;
    int status = read_bytes(cmd, &bytes, pass, path, &diag);
    struct cell *cell = status == STATUS_DONE && cmd->confine ? xml_cell_new() : NULL;
    if (status == STATUS_DONE &&
        assessment_read_in(cell, &a, buf_str(&bytes), bytes.len, shelf_find, &cmd->shelf, NULL, &diag) != ERR_OK)
        cmd_fail_diag(cmd, path, &diag);
    cell_free(cell);
    buf_release(&bytes);
    return a;
}

int cmd_store_open(struct cmd *cmd, const char *path, struct store **store, struct store_open *opened)
{
    struct diag diag = {0};
    int status;
    enum err err = store_open(store, opened, path, shelf_find, &cmd->shelf, NULL, &diag);
    if (err != ERR_LOCKED_FILE)
        return err == ERR_OK ? STATUS_DONE : cmd_fail_diag(cmd, path, &diag);
    struct passphrase *pass = cmd_file_passphrase(cmd, path, &status);
    if (pass == NULL)
        return status;
    if (store_open_locked(store, opened, path, pass, shelf_find, &cmd->shelf, NULL, &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, path, &diag);
    secret_free(pass);
    return status;
}

int cmd_open(struct cmd *cmd, const char *path, struct store **store, struct assessment **a)
{
    struct store_open opened = {0};
    int status = cmd_store_open(cmd, path, store, &opened);
    if (status != STATUS_DONE)
        return status;
    *a = opened.assessment;
    if (!opened.read_only)
        return STATUS_DONE;
    if (opened.locked_by[0] != '\0')
        cmd_fail(cmd, STATUS_TROUBLE, path,
                 T(cmd->cat, "is open in another program (%s); close it there, then try again"),
                 opened.locked_by);
    else
        cmd_fail(cmd, STATUS_TROUBLE, path, "%s",
                 T(cmd->cat, "cannot be written; check its permissions"));
    store_close(*store);
    assessment_free(opened.assessment);
    return STATUS_TROUBLE;
}
