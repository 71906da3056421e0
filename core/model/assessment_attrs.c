/* The attributes of the file format: assessment_priv.h says what a row means,
 * checklists/assessment.xsd what they are for. */
#include "core/model/assessment_priv.h"

#include <string.h>

enum { REVISION_DIGITS = 9, PEOPLE_DIGITS = 7, YEN_DIGITS = 12 };

const struct attr_row assessment_attrs[] = {
    {.name = "checklist", .type = ATTR_HAND},
    {.name = "edition", .type = ATTR_HAND},
    {.name = "program", .type = ATTR_HAND},
    {.name = "id", .type = ATTR_ID, .offset = offsetof(struct assessment, id), .required = true},
    {.name = "revision", .type = ATTR_HAND},
    {.name = "created", .type = ATTR_TIME, .offset = offsetof(struct assessment, created)},
    {.name = "modified", .type = ATTR_TIME, .offset = offsetof(struct assessment, modified)},
    {.name = "exported",
     .type = ATTR_COUNT,
     .offset = offsetof(struct assessment, exported),
     .max = REVISION_DIGITS},
    {.name = NULL},
};

const struct attr_row site_attrs[] = {
    {.name = "id", .type = ATTR_FIELD, .offset = offsetof(struct site, id), .max = FIELD_MAX},
    {.name = "company",
     .type = ATTR_FIELD,
     .offset = offsetof(struct site, company),
     .max = FIELD_MAX},
    {.name = "name", .type = ATTR_FIELD, .offset = offsetof(struct site, name), .max = FIELD_MAX},
    {.name = "country",
     .type = ATTR_FIELD,
     .offset = offsetof(struct site, country),
     .max = FIELD_MAX},
    {.name = "industry",
     .type = ATTR_FIELD,
     .offset = offsetof(struct site, industry),
     .max = FIELD_MAX},
    {.name = "employees",
     .type = ATTR_COUNT,
     .offset = offsetof(struct site, employees),
     .max = PEOPLE_DIGITS},
    {.name = "importance",
     .type = ATTR_WORD,
     .offset = offsetof(struct site, importance),
     .words = &importance_words},
    {.name = "model", .type = ATTR_BOOL, .offset = offsetof(struct site, model)},
    {.name = "example", .type = ATTR_BOOL, .offset = offsetof(struct site, example)},
    {.name = NULL},
};

const struct attr_row people_attrs[] = {{.name = NULL}};

const struct attr_row person_attrs[] = {
    {.name = "id", .type = ATTR_ID, .offset = offsetof(struct person, id), .required = true},
    {.name = "name", .type = ATTR_FIELD, .offset = offsetof(struct person, name), .max = FIELD_MAX},
    {.name = "dept", .type = ATTR_FIELD, .offset = offsetof(struct person, dept), .max = FIELD_MAX},
    {.name = "role", .type = ATTR_FIELD, .offset = offsetof(struct person, role), .max = FIELD_MAX},
    {.name = "duty",
     .type = ATTR_WORD,
     .offset = offsetof(struct person, duty),
     .words = &duty_words},
    {.name = NULL},
};

const struct attr_row round_attrs[] = {
    {.name = "id", .type = ATTR_ID, .offset = offsetof(struct round, id), .required = true},
    {.name = "kind",
     .type = ATTR_WORD,
     .offset = offsetof(struct round, kind),
     .words = &round_kind_words,
     .required = true},
    {.name = "assessor", .type = ATTR_REF, .offset = offsetof(struct round, assessor)},
    {.name = "started", .type = ATTR_TIME, .offset = offsetof(struct round, started)},
    {.name = "finished", .type = ATTR_TIME, .offset = offsetof(struct round, finished)},
    {.name = NULL},
};

const struct attr_row answer_attrs[] = {
    {.name = "item", .type = ATTR_HAND},
    {.name = "level", .type = ATTR_LEVEL, .offset = offsetof(struct answer, level)},
    {.name = "state", .type = ATTR_STATE, .offset = offsetof(struct answer, state)},
    {.name = "basis",
     .type = ATTR_WORD,
     .offset = offsetof(struct answer, basis),
     .words = &basis_words},
    {.name = "alternative", .type = ATTR_BOOL, .offset = offsetof(struct answer, alternative)},
    {.name = "flag", .type = ATTR_BOOL, .offset = offsetof(struct answer, flag)},
    {.name = "carried", .type = ATTR_BOOL, .offset = offsetof(struct answer, carried)},
    {.name = "by", .type = ATTR_REF, .offset = offsetof(struct answer, by)},
    {.name = "ask", .type = ATTR_REF, .offset = offsetof(struct answer, ask)},
    {.name = "at", .type = ATTR_TIME, .offset = offsetof(struct answer, at)},
    {.name = NULL},
};

const struct attr_row target_attrs[] = {
    {.name = "item", .type = ATTR_ITEM, .offset = offsetof(struct target, item), .required = true},
    {.name = "level",
     .type = ATTR_LEVEL,
     .offset = offsetof(struct target, level),
     .required = true},
    {.name = "reason",
     .type = ATTR_FIELD,
     .offset = offsetof(struct target, reason),
     .max = REASON_MAX},
    {.name = NULL},
};

const struct attr_row action_attrs[] = {
    {.name = "item", .type = ATTR_ITEM, .offset = offsetof(struct action, item), .required = true},
    {.name = "to", .type = ATTR_LEVEL, .offset = offsetof(struct action, to), .required = true},
    {.name = "status",
     .type = ATTR_WORD,
     .offset = offsetof(struct action, status),
     .words = &action_status_words,
     .required = true},
    {.name = "owner", .type = ATTR_REF, .offset = offsetof(struct action, owner)},
    {.name = "due", .type = ATTR_DATE, .offset = offsetof(struct action, due)},
    {.name = "effort-days", .type = ATTR_DAYS, .offset = offsetof(struct action, effort_tenths)},
    {.name = "cost-jpy",
     .type = ATTR_YEN,
     .offset = offsetof(struct action, cost_jpy),
     .max = YEN_DIGITS},
    {.name = "run-jpy",
     .type = ATTR_YEN,
     .offset = offsetof(struct action, run_jpy),
     .max = YEN_DIGITS},
    {.name = "updated", .type = ATTR_TIME, .offset = offsetof(struct action, updated)},
    {.name = NULL},
};

const struct attr_row text_attrs[] = {{.name = NULL}};
const struct attr_row check_attrs[] = {
    {.name = "id", .type = ATTR_HAND}, {.name = "result", .type = ATTR_HAND}, {.name = NULL}};

bool id_valid(const char *s)
{
    static const char first[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    size_t n = strlen(s);
    if (n < 1 || n > 64 || strchr(first, s[0]) == NULL)
        return false;
    for (size_t i = 1; i < n; i++)
        if (strchr(first, s[i]) == NULL && strchr("._-", s[i]) == NULL)
            return false;
    return true;
}
