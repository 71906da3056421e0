/* monshin set: answers from the command line, all of them or none. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/model/store.h"
#include "tui/cmd/command.h"

/* One ITEM=VALUE, understood. */
struct pair {
    int item;
    enum answer_state state;
    int level;
    const char *reason; /* borrowed from the argument */
};

enum { SAVE_MS = 30000 };

static size_t clean_length(const char *s)
{
    struct buf clean = {0};
    text_clean(&clean, s, strlen(s), TEXT_MULTI_LINE);
    size_t n = clean.len;
    if (n == strspn(buf_str(&clean), " \n"))
        n = 0;
    buf_release(&clean);
    return n;
}

static int parse_value(const struct cmd *cmd, struct pair *out, const char *arg, const char *value)
{
    if (value[0] >= '0' + LEVEL_MIN && value[0] <= '0' + LEVEL_MAX && value[1] == '\0') {
        out->state = ANSWER_LEVEL;
        out->level = value[0] - '0';
    } else if (strcmp(value, "unknown") == 0) {
        out->state = ANSWER_UNKNOWN;
    } else if (strcmp(value, "-") == 0) {
        out->state = ANSWER_OPEN;
    } else if (strcmp(value, "na") == 0 || strncmp(value, "na:", 3) == 0) {
        size_t n = value[2] == ':' ? clean_length(value + 3) : 0;
        if (n == 0)
            return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                            T(cmd->cat, "not applicable needs its reason; write na:REASON"));
        if (n > TEXT_MAX)
            return cmd_fail(cmd, STATUS_USAGE, arg, T(cmd->cat, "is too long; at most %d bytes"),
                            TEXT_MAX);
        out->state = ANSWER_NA;
        out->reason = value + 3;
    } else {
        return cmd_fail(
            cmd, STATUS_USAGE, arg, "%s",
            T(cmd->cat, "is not an answer; use a level 1 to 5, unknown, na:REASON or -"));
    }
    return STATUS_DONE;
}

static int parse_pair(const struct cmd *cmd, struct pair *out, const char *arg,
                      const struct checklist *ck)
{
    const char *equals = strchr(arg, '=');
    if (equals == NULL)
        return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                        T(cmd->cat, "is not ITEM=VALUE, such as 1-1=3"));
    char *id = xstrndup(arg, (size_t)(equals - arg));
    out->item = checklist_item(ck, id);
    int status = STATUS_DONE;
    if (out->item < 0)
        status =
            cmd_fail(cmd, STATUS_USAGE, arg,
                     T(cmd->cat, "there is no such item; see: monshin checklist show %s"), ck->id);
    free(id);
    return status == STATUS_DONE ? parse_value(cmd, out, arg, equals + 1) : status;
}

static int parse_pairs(const struct cmd *cmd, struct pair *pairs, const struct checklist *ck)
{
    for (int i = 0; i < cmd->n_operands - 1; i++) {
        const char *arg = cmd->operand[i + 1];
        int status = parse_pair(cmd, &pairs[i], arg, ck);
        if (status != STATUS_DONE)
            return status;
        for (int k = 0; k < i; k++)
            if (pairs[k].item == pairs[i].item)
                return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                                T(cmd->cat, "answers the same item twice; once is enough"));
        if (pairs[i].state == ANSWER_OPEN && cmd->value[OPT_BASIS] != NULL)
            return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                            T(cmd->cat, "no answer has no basis; leave --basis out"));
    }
    return STATUS_DONE;
}

static int parse_options(const struct cmd *cmd, enum basis *basis)
{
    const char *word = cmd->value[OPT_BASIS], *note = cmd->value[OPT_NOTE];
    int value = word != NULL && word[0] != '\0' ? basis_parse(word) : -1;
    if (word != NULL && value <= 0)
        return cmd_fail(cmd, STATUS_USAGE, word, "%s",
                        T(cmd->cat, "is not a basis; use interview, examine or test"));
    *basis = word != NULL ? (enum basis)value : BASIS_NONE;
    if (note != NULL && clean_length(note) > TEXT_MAX)
        return cmd_fail(cmd, STATUS_USAGE, "--note", T(cmd->cat, "is too long; at most %d bytes"),
                        TEXT_MAX);
    return STATUS_DONE;
}

static void apply_pair(struct assessment *a, const struct pair *p, enum basis basis,
                       const char *note, const char *now)
{
    struct change c;
    switch (p->state) {
    case ANSWER_LEVEL:
        change_level(&c, a, p->item, p->level, now);
        break;
    case ANSWER_UNKNOWN:
        change_unknown(&c, a, p->item, now);
        break;
    case ANSWER_NA:
        change_na(&c, a, p->item, p->reason, now);
        break;
    case ANSWER_OPEN:
    case ANSWER_STATE_COUNT:
        change_clear(&c, a, p->item, now);
        break;
    }
    assessment_apply(a, &c, NULL);
    if (basis != BASIS_NONE) {
        change_basis(&c, a, p->item, basis, now);
        assessment_apply(a, &c, NULL);
    }
    if (note != NULL) {
        change_note(&c, a, p->item, note, now);
        assessment_apply(a, &c, NULL);
    }
}

static int set_all(struct cmd *cmd, struct store *store, struct assessment *a, struct pair *pairs)
{
    enum basis basis = BASIS_NONE;
    struct diag diag = {0};
    char now[ISO_SIZE];
    int status = parse_options(cmd, &basis);
    if (status == STATUS_DONE)
        status = parse_pairs(cmd, pairs, a->checklist);
    if (status != STATUS_DONE)
        return status;
    cmd_now(now);
    for (int i = 0; i < cmd->n_operands - 1; i++)
        apply_pair(a, &pairs[i], basis, cmd->value[OPT_NOTE], now);
    store_submit(store, a, "monshin " MONSHIN_VERSION, now);
    if (!store_flush(store, SAVE_MS, &diag))
        return cmd_fail_diag(cmd, cmd->operand[0], &diag);
    return STATUS_DONE;
}

int cmd_set(struct cmd *cmd)
{
    struct store *store = NULL;
    struct assessment *a = NULL;
    int status = cmd_open(cmd, cmd->operand[0], &store, &a);
    if (status != STATUS_DONE)
        return status;
    struct pair *pairs = xcalloc((size_t)cmd->n_operands, sizeof *pairs);
    status = set_all(cmd, store, a, pairs);
    free(pairs);
    store_close(store);
    assessment_free(a);
    return status;
}
