/* monshin seal and monshin open. What is sealed is core's (core/seal); here is who is asked, and what is said. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/seal/armor.h"
#include "core/seal/package.h"
#include "core/seal/secret.h"
#include "core/model/sealed.h"
#include "tui/cmd/command.h"

/* ---- Sealing ---- */

static int take_recipients(const struct cmd *cmd, struct key_public *to)
{
    int status = STATUS_DONE;
    if (cmd->n_to == 0)
        return cmd_fail(cmd, STATUS_USAGE, cmd->command->name, "%s", T(cmd->cat, "say for whom: --to KEY, a public key file or age1..."));
    for (int i = 0; i < cmd->n_to && status == STATUS_DONE; i++)
        status = cmd_public_key(cmd, &to[i], cmd->to[i]);
    return status;
}

enum part { PART_FOR, PART_WITH, PART_BY };

static void put_key(struct buf *out, const struct cmd *cmd, enum part part, const char *name, const struct key_public *key)
{
    char fingerprint[FINGERPRINT_SIZE];
    struct buf clean = {0};
    key_fingerprint(fingerprint, key);
    text_clean(&clean, name, strlen(name), TEXT_ONE_LINE);
    buf_adds(out, "  ");
    switch (part) {
    case PART_FOR:
        buf_addf(out, T(cmd->cat, "for %s, fingerprint"), buf_str(&clean));
        break;
    case PART_WITH:
        buf_addf(out, T(cmd->cat, "signed with %s, fingerprint"), buf_str(&clean));
        break;
    case PART_BY:
        buf_addf(out, T(cmd->cat, "signed by %s, fingerprint"), buf_str(&clean));
        break;
    }
    buf_addf(out, " %s\n", fingerprint);
    buf_release(&clean);
}

static void put_sealed(struct buf *out, const struct cmd *cmd, const struct key_public *to, const struct key_secret *from,
                       const struct assessment *a)
{
    struct key_public own;
    bool for_us = false;
    struct buf name = {0};
    key_public_of(&own, from);
    buf_addf(out, T(cmd->cat, "Sealed into %s: site %s, number %ld"), cmd_shown(&name, cmd->value[OPT_OUT]), a->site.id, a->revision);
    buf_release(&name);
    buf_addc(out, '\n');
    for (int i = 0; i < cmd->n_to; i++) {
        put_key(out, cmd, PART_FOR, path_base(cmd->to[i]), &to[i]);
        for_us = for_us || memcmp(to[i].age, own.age, AGE_KEY_BYTES) == 0;
    }
    put_key(out, cmd, PART_WITH, cmd->value[OPT_KEY] != NULL ? path_base(cmd->value[OPT_KEY]) : "monshin.key",
            &own);
    put_wrapped(out,
                for_us ? T(cmd->cat, "One of the recipients is yourself: this key opens it again.")
                       : T(cmd->cat, "Only the recipients can open it. This machine cannot: keep your own file."),
                0, TEXT_COLUMNS);
}

/* What was written is what stands on the disk. */
static int write_checked(const struct cmd *cmd, const struct buf *bytes)
{
    const char *path = cmd->value[OPT_OUT];
    struct buf again = {0};
    struct diag diag = {0};
    int status = cmd_write(cmd, path, bytes);
    if (status != STATUS_DONE)
        return status;
    enum err err = file_read(&again, path, bytes->len, &diag);
    if (err == ERR_OK && (again.len != bytes->len || memcmp(buf_str(&again), buf_str(bytes), bytes->len) != 0))
        err = diag_set(&diag, ERR_CHANGED, 0, NULL, NULL);
    buf_release(&again);
    return err == ERR_OK ? STATUS_DONE : cmd_fail_diag(cmd, path, &diag);
}

static int seal_with(const struct cmd *cmd, const struct buf *payload, const struct assessment *a, const struct key_public *to,
                     const struct key_secret *from)
{
    unsigned char recipient[RECIPIENTS_MAX][AGE_KEY_BYTES];
    struct seal_subject subject;
    struct buf sealed = {0}, out = {0};
    struct diag diag = {0};
    char now[ISO_SIZE];
    cmd_now(now);
    sealed_subject(&subject, a);
    for (int i = 0; i < cmd->n_to; i++)
        memcpy(recipient[i], to[i].age, AGE_KEY_BYTES);
    enum err err = seal_make(&sealed, buf_str(payload), payload->len, &subject, from, recipient, (size_t)cmd->n_to, now, &diag);
    int status = err == ERR_OK ? write_checked(cmd, &sealed) : cmd_fail_diag(cmd, cmd->value[OPT_OUT], &diag);
    if (status == STATUS_DONE) {
        put_sealed(&out, cmd, to, from, a);
        status = cmd_print(cmd, &out);
    }
    buf_release(&sealed);
    buf_release(&out);
    return status;
}

int cmd_seal_bytes(const struct cmd *cmd, const struct buf *payload, const struct assessment *a)
{
    struct key_public to[RECIPIENTS_MAX];
    int status = take_recipients(cmd, to);
    if (status != STATUS_DONE)
        return status;
    struct key_secret *from = cmd_secret_key(cmd, &status);
    if (from == NULL)
        return status;
    status = from->signs ? seal_with(cmd, payload, a, to, from)
                         : cmd_fail(cmd, STATUS_USAGE, cmd->value[OPT_KEY], "%s",
                                    T(cmd->cat, "opens, but cannot sign; make a key with: monshin keygen"));
    secret_free(from);
    return status;
}

int cmd_seal(struct cmd *cmd)
{
    struct buf bytes = {0};
    struct diag diag = {0};
    struct assessment *a = NULL;
    const char *path = cmd->operand[0];
    int status = cmd_need_out(cmd, "OUT.age");
    if (status != STATUS_DONE)
        return status;
    status = cmd_read_bytes(cmd, &bytes, path, &diag);
    struct cell *cell = status == STATUS_DONE && cmd->confine ? xml_cell_new() : NULL;
    if (status == STATUS_DONE && assessment_read_in(cell, &a, buf_str(&bytes), bytes.len, shelf_find, &cmd->shelf, NULL, &diag) != ERR_OK)
        status = cmd_fail_diag(cmd, path, &diag);
    cell_free(cell);
    if (status == STATUS_DONE)
        status = cmd_seal_bytes(cmd, &bytes, a);
    buf_release(&bytes);
    assessment_free(a);
    return status;
}

/* ---- Opening ---- */

static int check_signer(const struct cmd *cmd, const struct manifest *m)
{
    struct key_public want;
    char fingerprint[FINGERPRINT_SIZE];
    const char *name = cmd->value[OPT_FROM];
    key_fingerprint(fingerprint, &m->from);
    if (name == NULL) {
        cmd_fail(cmd, STATUS_DONE, cmd->operand[0],
                 T(cmd->cat, "warning: nobody has said whose signature this is; compare by telephone: %s; next time give --from PUB"),
                 fingerprint);
        return STATUS_DONE;
    }
    int status = cmd_public_key(cmd, &want, name);
    if (status != STATUS_DONE)
        return status;
    if (!want.signs)
        return cmd_fail(cmd, STATUS_USAGE, name, "%s", T(cmd->cat, "holds no key for signatures (a line RW...)"));
    if (minisign_same(&want.sign, &m->from.sign))
        return STATUS_DONE;
    return cmd_fail(cmd, STATUS_BAD, cmd->operand[0], T(cmd->cat, "is signed by another key than %s: fingerprint %s; refused"), name, fingerprint);
}

static void put_opened(struct buf *out, const struct cmd *cmd, const struct manifest *m)
{
    struct buf name = {0};
    buf_addf(out, T(cmd->cat, "Opened into %s: site %s, number %ld, sealed %s"), cmd_shown(&name, cmd->value[OPT_OUT]), m->subject.site,
             m->subject.number, m->time);
    buf_release(&name);
    buf_addc(out, '\n');
    put_key(out, cmd, PART_BY, cmd->value[OPT_FROM] != NULL ? path_base(cmd->value[OPT_FROM]) : "?", &m->from);
}

static int open_with(struct cmd *cmd, const struct buf *sealed, const struct key_secret *key)
{
    struct buf payload = {0}, out = {0};
    struct manifest m;
    struct assessment *a = NULL;
    struct diag diag = {0};
    const char *path = cmd->operand[0];
    struct cell *cell = cmd->confine ? xml_cell_new() : NULL; /* whose signature it is nobody has looked at yet */
    enum err err = sealed_read(&payload, &m, &a, sealed->p, sealed->len, key, cell, shelf_find, &cmd->shelf, NULL, &diag);
    cell_free(cell);
    int status = STATUS_DONE;
    if (err != ERR_OK) {
        cmd_fail_diag(cmd, path, &diag);
        status = STATUS_BAD;
    }
    if (status == STATUS_DONE)
        status = check_signer(cmd, &m);
    if (status == STATUS_DONE)
        status = cmd_write(cmd, cmd->value[OPT_OUT], &payload);
    if (status == STATUS_DONE) {
        put_opened(&out, cmd, &m);
        status = cmd_print(cmd, &out);
    }
    assessment_free(a);
    buf_release(&payload);
    buf_release(&out);
    return status;
}

int cmd_unseal(struct cmd *cmd)
{
    struct buf sealed = {0};
    struct diag diag = {0};
    int status = cmd_need_out(cmd, "FILE.xml.gz");
    if (status != STATUS_DONE)
        return status;
    if (file_read(&sealed, cmd->operand[0], ARMOR_SIZE(SEAL_FILE_MAX), &diag) != ERR_OK)
        return cmd_fail_diag(cmd, cmd->operand[0], &diag);
    if (!age_is(buf_str(&sealed), sealed.len)) {
        diag_set(&diag, ERR_SEAL_FORMAT, 0, "age", NULL);
        cmd_fail_diag(cmd, cmd->operand[0], &diag);
        status = STATUS_BAD;
    } else {
        struct key_secret *key = cmd_secret_key(cmd, &status);
        if (key != NULL)
            status = open_with(cmd, &sealed, key);
        secret_free(key);
    }
    buf_release(&sealed);
    return status;
}
