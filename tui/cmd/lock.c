/* monshin lock and monshin unlock: a passphrase for the working file. */
#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/model/store.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"
#include "tui/cmd/command.h"

enum { SAVE_MS = 30000 };

static int save(const struct cmd *cmd, struct store *store, struct assessment *a)
{
    struct diag diag = {0};
    char now[32];
    cmd_now(now);
    store_submit(store, a, "monshin " MONSHIN_VERSION, now);
    return store_flush(store, SAVE_MS, &diag) ? STATUS_DONE : cmd_fail_diag(cmd, cmd->operand[0], &diag);
}

static int say(const struct cmd *cmd, const char *text)
{
    struct buf out = {0};
    put_wrapped(&out, text, 0, TEXT_COLUMNS);
    int status = cmd_print(cmd, &out);
    buf_release(&out);
    return status;
}

/* The file of --passphrase-file has the present passphrase where there is one; the new one is then asked for. */
static int new_safe(const struct cmd *cmd, const struct store *store, struct safe **safe)
{
    struct cmd asking = *cmd;
    struct diag diag = {0};
    secret_start();
    struct passphrase *pass = secret_new(sizeof *pass);
    if (store_has_safe(store))
        asking.value[OPT_PASSPHRASE_FILE] = NULL;
    int status = cmd_passphrase(&asking, pass, T(cmd->cat, "A passphrase for this file"), true);
    if (status == STATUS_DONE && safe_new(safe, pass, SAFE_WORK, &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, cmd->operand[0], &diag);
    secret_free(pass);
    return status;
}

int cmd_lock(struct cmd *cmd)
{
    struct store *store;
    struct assessment *a;
    struct safe *safe = NULL;
    int status = cmd_open(cmd, cmd->operand[0], &store, &a);
    if (status != STATUS_DONE)
        return status;
    status = new_safe(cmd, store, &safe);
    if (status == STATUS_DONE) {
        store_set_safe(store, safe);
        status = save(cmd, store, a);
    }
    store_close(store);
    assessment_free(a);
    if (status != STATUS_DONE)
        return status;
    return say(cmd, T(cmd->cat, "From now on this file opens with the passphrase only. Without it nobody can open it: there is no way round. "
                                "The older generations beside it (.gen1 to .gen3) were overwritten and removed; copies made before, on "
                                "sticks or in backups, are as they were."));
}

int cmd_unlock(struct cmd *cmd)
{
    struct store *store;
    struct assessment *a;
    int status = cmd_open(cmd, cmd->operand[0], &store, &a);
    if (status != STATUS_DONE)
        return status;
    bool had = store_has_safe(store);
    if (had) {
        store_set_safe(store, NULL);
        status = save(cmd, store, a);
    }
    store_close(store);
    assessment_free(a);
    if (status != STATUS_DONE)
        return status;
    return say(cmd, had ? T(cmd->cat, "The file has no passphrase any more; its older generations still have it.")
                        : T(cmd->cat, "The file has no passphrase."));
}
