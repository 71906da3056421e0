/* monshin new: a file for a site that was never looked at. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/text.h"
#include "core/model/store.h"
#include "tui/app/fresh.h"
#include "tui/cmd/command.h"

static void random_bytes(unsigned char *out, size_t n)
{
    while (n > 0) {
        ssize_t got = getrandom(out, n, 0);
        if (got > 0) {
            out += got;
            n -= (size_t)got;
        }
    }
}

enum { SITE_ID_MAX = 64 };

/* Ids go into file names, columns and URLs. */
static bool site_id_good(const char *id)
{
    size_t n = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    return id[0] != '\0' && isalnum((unsigned char)id[0]) && id[n] == '\0' && n <= SITE_ID_MAX;
}

/* "JP", "Osaka No.2" -> "jp-osaka-no-2". A name without ASCII letters or digits gets digits by
 * chance instead: two sites of the same country must not fall together at headquarters. */
static void derive_site_id(struct buf *out, const char *country, const char *name)
{
    size_t start;
    for (const char *p = country; *p != '\0'; p++)
        buf_addc(out, (char)tolower((unsigned char)*p));
    start = out->len;
    for (const char *p = name; *p != '\0' && out->len < SITE_ID_MAX - 1; p++) {
        bool good = isascii((unsigned char)*p) && isalnum((unsigned char)*p);
        if (good &&
            (p == name || !(isascii((unsigned char)p[-1]) && isalnum((unsigned char)p[-1]))))
            buf_addc(out, '-');
        if (good)
            buf_addc(out, (char)tolower((unsigned char)*p));
    }
    if (out->len == start) {
        unsigned char b[4];
        random_bytes(b, sizeof b);
        buf_addf(out, "-%02x%02x%02x%02x", b[0], b[1], b[2], b[3]);
    }
}

int cmd_field(const struct cmd *cmd, char **field, enum opt o)
{
    const char *value = cmd->value[o];
    struct buf clean = {0};
    if (value == NULL)
        return STATUS_DONE;
    text_clean(&clean, value, strlen(value), TEXT_ONE_LINE);
    size_t n = clean.len;
    buf_release(&clean);
    if (n > FIELD_MAX)
        return cmd_fail(cmd, STATUS_USAGE, OPTIONS[o].name,
                        T(cmd->cat, "is too long; at most %d bytes"), FIELD_MAX);
    field_set(field, value, FIELD_MAX, false);
    return STATUS_DONE;
}

static int set_country(struct cmd *cmd, struct site *site)
{
    const char *value = cmd->value[OPT_COUNTRY] != NULL ? cmd->value[OPT_COUNTRY] : "JP";
    if (strlen(value) != 2 || !isascii((unsigned char)value[0]) ||
        !isalpha((unsigned char)value[0]) || !isascii((unsigned char)value[1]) ||
        !isalpha((unsigned char)value[1]))
        return cmd_fail(
            cmd, STATUS_USAGE, value, "%s",
            T(cmd->cat, "is not a country; give its two letters (ISO 3166), such as JP"));
    char upper[3] = {(char)toupper((unsigned char)value[0]), (char)toupper((unsigned char)value[1]),
                     '\0'};
    field_set(&site->country, upper, FIELD_MAX, false);
    return STATUS_DONE;
}

static int set_numbers(struct cmd *cmd, struct site *site)
{
    const char *people = cmd->value[OPT_EMPLOYEES], *importance = cmd->value[OPT_IMPORTANCE];
    if (people != NULL) {
        size_t n = strspn(people, "0123456789");
        if (n == 0 || n > 7 || people[n] != '\0')
            return cmd_fail(cmd, STATUS_USAGE, people, "%s",
                            T(cmd->cat, "is not a number of people; give digits, such as 320"));
        site->employees = strtol(people, NULL, 10);
    }
    site->importance = IMPORTANCE_MEDIUM;
    if (importance != NULL) {
        int value = importance_parse(importance);
        if (value < 0)
            return cmd_fail(cmd, STATUS_USAGE, importance, "%s",
                            T(cmd->cat, "is not an importance; use high, medium or low"));
        site->importance = (enum importance)value;
    }
    return STATUS_DONE;
}

static int set_site_id(struct cmd *cmd, struct site *site)
{
    const char *id = cmd->value[OPT_SITE_ID];
    struct buf derived = {0};
    if (id != NULL && !site_id_good(id))
        return cmd_fail(
            cmd, STATUS_USAGE, id, "%s",
            T(cmd->cat,
              "cannot be an id; use up to 64 letters, digits, dots, hyphens and underscores"));
    if (id == NULL)
        derive_site_id(&derived, site->country, site->name);
    field_set(&site->id, id != NULL ? id : buf_str(&derived), FIELD_MAX, false);
    buf_release(&derived);
    return STATUS_DONE;
}

static int fill_site(struct cmd *cmd, struct site *site)
{
    int status = cmd_field(cmd, &site->company, OPT_COMPANY);
    if (status == STATUS_DONE)
        status = cmd_field(cmd, &site->name, OPT_SITE);
    if (status == STATUS_DONE)
        status = cmd_field(cmd, &site->industry, OPT_INDUSTRY);
    if (status == STATUS_DONE)
        status = set_country(cmd, site);
    if (status == STATUS_DONE)
        status = set_numbers(cmd, site);
    return status == STATUS_DONE ? set_site_id(cmd, site) : status;
}

static int create(struct cmd *cmd, struct assessment *a, const char *now)
{
    struct store *store = NULL;
    struct diag diag = {0};
    if (store_create(&store, cmd->operand[0], a, "monshin " MONSHIN_VERSION, now, NULL, &diag) !=
        ERR_OK)
        return cmd_fail_diag(cmd, cmd->operand[0], &diag);
    store_close(store);
    return STATUS_DONE;
}

int cmd_new(struct cmd *cmd)
{
    int status = STATUS_DONE;
    char now[ISO_SIZE];
    const struct checklist *ck = checklist_builtin(0);
    if (cmd->value[OPT_CHECKLIST] != NULL)
        ck = cmd_checklist(cmd, cmd->value[OPT_CHECKLIST], &status);
    int edition = ck != NULL ? cmd_edition(cmd, ck) : -1;
    if (edition < 0)
        return status != STATUS_DONE ? status : STATUS_USAGE;
    cmd_now(now);
    struct assessment *a = fresh_assessment(ck, edition, time(NULL));
    struct change change = {.kind = CHANGE_SITE};
    site_copy(&change.u.site, &a->site);
    status = fill_site(cmd, &change.u.site);
    if (status == STATUS_DONE) {
        assessment_apply(a, &change, NULL);
        status = create(cmd, a, now);
    }
    change_release(&change);
    assessment_free(a);
    return status;
}
