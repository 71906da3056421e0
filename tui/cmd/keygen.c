/* monshin keygen: a pair of keys; monshin key: what a key file holds. And finding the keys that other commands name. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/io/file.h"
#include "core/seal/key.h"
#include "core/seal/secret.h"
#include "tui/app/own_key.h"
#include "tui/cmd/command.h"

/* ---- Where keys are ---- */

int cmd_public_key(const struct cmd *cmd, struct key_public *out, const char *name)
{
    struct diag diag = {0};
    enum err err = key_public_find(out, name, &diag);
    if (err == ERR_OK)
        return STATUS_DONE;
    if (err == ERR_NOT_FOUND)
        return cmd_fail(cmd, STATUS_TROUBLE, name, "%s", T(cmd->cat, "there is no such public key file, and it is no key itself (age1...)"));
    return cmd_fail_diag(cmd, name, &diag);
}

/* The text of a secret file, which the caller wipes. */
static int read_secret(const struct cmd *cmd, struct buf *text, const char *path)
{
    struct diag diag = {0};
    enum err err = file_read(text, path, KEY_FILE_MAX, &diag);
    if (err == ERR_NOT_FOUND)
        return cmd_fail(cmd, STATUS_TROUBLE, path, "%s", T(cmd->cat, "there is no such key; make yours with: monshin keygen"));
    struct stat st;
    if (err == ERR_OK && stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        cmd_fail(cmd, STATUS_DONE, path, "%s", T(cmd->cat, "warning: others on this machine may read this secret key; take that right from them (chmod 600)"));
    return err == ERR_OK ? STATUS_DONE : cmd_fail_diag(cmd, path, &diag);
}

static int parse_secret(const struct cmd *cmd, struct key_secret *out, const struct buf *text, const char *path)
{
    struct diag diag = {0};
    struct passphrase *pass = NULL;
    int status = STATUS_DONE;
    if (key_is_locked(buf_str(text), text->len)) {
        struct buf prompt = {0};
        buf_addf(&prompt, T(cmd->cat, "Passphrase of the key %s"), path_base(path));
        pass = secret_new(sizeof *pass);
        status = cmd_passphrase(cmd, pass, buf_str(&prompt), false);
        buf_release(&prompt);
    }
    if (status == STATUS_DONE && key_secret_parse(out, buf_str(text), text->len, pass, &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, path, &diag);
    secret_free(pass);
    return status;
}

static struct key_secret *load_secret(const struct cmd *cmd, const char *path, int *status)
{
    struct buf text = {0};
    secret_start();
    struct key_secret *key = secret_new(sizeof *key);
    *status = read_secret(cmd, &text, path);
    if (*status == STATUS_DONE)
        *status = parse_secret(cmd, key, &text, path);
    secret_buf_release(&text);
    if (*status == STATUS_DONE)
        return key;
    secret_free(key);
    return NULL;
}

static char *own_path(const struct cmd *cmd, const char *ending, int *status)
{
    char *path = own_key_path(ending);
    *status = path != NULL ? STATUS_DONE
                           : cmd_fail(cmd, STATUS_TROUBLE, "HOME", "%s", T(cmd->cat, "is not set, so there is no place for keys; name a file"));
    return path;
}

struct key_secret *cmd_secret_key(const struct cmd *cmd, int *status)
{
    struct key_secret *key = NULL;
    if (cmd->value[OPT_KEY] != NULL)
        return load_secret(cmd, cmd->value[OPT_KEY], status);
    char *path = own_path(cmd, ".key", status);
    if (path != NULL)
        key = load_secret(cmd, path, status);
    free(path);
    return key;
}

/* ---- monshin key ---- */

void keygen_put(struct buf *out, const struct cmd *cmd, const struct key_public *key)
{
    char fingerprint[FINGERPRINT_SIZE], recipient[AGE_RECIPIENT_SIZE], sign[MINISIGN_SIZE];
    key_fingerprint(fingerprint, key);
    age_recipient_text(recipient, key->age);
    buf_addf(out, "%s\n  %s\n", T(cmd->cat, "Fingerprint, to be read out:"), fingerprint);
    buf_addf(out, "%s\n  %s\n", T(cmd->cat, "To seal for it (age):"), recipient);
    if (!key->signs)
        return;
    minisign_text(sign, &key->sign);
    buf_addf(out, "%s\n  %s\n", T(cmd->cat, "To check its signatures (minisign):"), sign);
}

static int reveal(struct cmd *cmd, const char *path)
{
    int status;
    struct buf out = {0};
    struct key_secret *key = load_secret(cmd, path, &status);
    if (key == NULL)
        return status;
    age_identity_text(&out, &key->age);
    buf_addc(&out, '\n');
    status = cmd_print(cmd, &out);
    secret_buf_release(&out);
    secret_free(key);
    return status;
}

/* The two public lines stand in a secret file in the open. */
static enum err public_of_file(struct key_public *out, const char *path, struct diag *diag)
{
    struct buf text = {0}, lines = {0};
    enum err err = file_read(&text, path, KEY_FILE_MAX, diag);
    if (err == ERR_OK && key_is_locked(buf_str(&text), text.len)) {
        const char *p = strchr(buf_str(&text), '\n') + 1;
        for (int i = 0; i < 2; i++) {
            size_t n = strcspn(p, "\n");
            buf_add(&lines, p, n);
            buf_addc(&lines, '\n');
            p += n + (p[n] == '\n');
        }
        err = key_public_parse(out, buf_str(&lines), lines.len, diag);
    } else if (err == ERR_OK) {
        err = key_public_parse(out, buf_str(&text), text.len, diag);
    }
    secret_buf_release(&text);
    buf_release(&lines);
    return err;
}

static int show(struct cmd *cmd, const char *path)
{
    struct key_public key;
    struct diag diag = {0};
    struct buf out = {0};
    enum err err = public_of_file(&key, path, &diag);
    if (err == ERR_NOT_FOUND)
        return cmd_fail(cmd, STATUS_TROUBLE, path, "%s", T(cmd->cat, "there is no such key; make yours with: monshin keygen"));
    if (err != ERR_OK)
        return cmd_fail_diag(cmd, path, &diag);
    keygen_put(&out, cmd, &key);
    int status = cmd_print(cmd, &out);
    buf_release(&out);
    return status;
}

int cmd_key(struct cmd *cmd)
{
    int status = STATUS_DONE;
    bool named = cmd->n_operands > 0, secret = cmd->value[OPT_REVEAL] != NULL;
    char *own = named ? NULL : own_path(cmd, secret ? ".key" : ".pub", &status);
    const char *path = named ? cmd->operand[0] : own;
    if (path != NULL)
        status = secret ? reveal(cmd, path) : show(cmd, path);
    free(own);
    return status;
}

/* ---- monshin keygen ---- */

static char *named(const char *base, const char *ending)
{
    struct buf path = {0};
    buf_addf(&path, "%s%s", base, ending);
    return buf_take(&path);
}

/* The secret first: a public key whose secret could not be written would be used by others all the same. */
static int write_pair(struct cmd *cmd, const struct key_secret *key, const struct passphrase *pass, const char *secret_path,
                      const char *public_path)
{
    struct key_public pub;
    struct buf secret = {0}, text = {0}, out = {0};
    struct diag diag = {0};
    key_public_of(&pub, key);
    if (key_secret_write(&secret, key, pass, &KEY_COST, &diag) != ERR_OK)
        return cmd_fail_diag(cmd, secret_path, &diag);
    key_public_write(&text, &pub, NULL);
    int status = STATUS_DONE;
    if (file_write_new(secret_path, secret.p, secret.len, false, &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, secret_path, &diag);
    else if (file_write_new(public_path, text.p, text.len, false, &diag) != ERR_OK) {
        status = cmd_fail_diag(cmd, public_path, &diag);
        unlink(secret_path);
    }
    if (status == STATUS_DONE) {
        struct buf name = {0};
        buf_addf(&out, T(cmd->cat, "Secret key: %s (keep a copy in a safe; it cannot be made again)"), cmd_shown(&name, secret_path));
        buf_addc(&out, '\n');
        buf_addf(&out, T(cmd->cat, "Public key: %s (to be given away)"), cmd_shown(&name, public_path));
        buf_release(&name);
        buf_addc(&out, '\n');
        keygen_put(&out, cmd, &pub);
        status = cmd_print(cmd, &out);
    }
    secret_buf_release(&secret);
    buf_release(&text);
    buf_release(&out);
    return status;
}

static int make_pair(struct cmd *cmd, const char *secret_path, const char *public_path)
{
    const char *there = file_exists(secret_path) ? secret_path : file_exists(public_path) ? public_path : NULL;
    if (there != NULL)
        return cmd_fail(cmd, STATUS_TROUBLE, there, "%s", T(cmd->cat, "is there already; a key is never replaced. Name another with -o"));
    secret_start();
    struct passphrase *pass = secret_new(sizeof *pass);
    struct key_secret *key = secret_new(sizeof *key);
    int status = cmd_passphrase(cmd, pass, T(cmd->cat, "A passphrase for the new key"), true);
    if (status == STATUS_DONE) {
        key_new(key);
        status = write_pair(cmd, key, pass, secret_path, public_path);
    }
    secret_free(key);
    secret_free(pass);
    return status;
}

int cmd_keygen(struct cmd *cmd)
{
    const char *base = cmd->value[OPT_OUT];
    int status = STATUS_DONE;
    char *secret_path = base != NULL ? named(base, ".key") : own_path(cmd, ".key", &status);
    char *public_path = base != NULL ? named(base, ".pub") : own_key_path(".pub");
    if (secret_path != NULL && base == NULL) {
        char *dir = path_dir(secret_path);
        folder_make(dir);
        free(dir);
    }
    if (secret_path != NULL)
        status = make_pair(cmd, secret_path, public_path);
    free(secret_path);
    free(public_path);
    return status;
}
