/* Writing the file format: the order of the schema, two blanks of indentation, only what is set. */
#include <string.h>

#include "core/base/buf.h"
#include "core/io/xml.h"
#include "core/model/assessment_priv.h"

static void put_attr(struct buf *out, const char *name, const char *value)
{
    buf_addc(out, ' ');
    buf_adds(out, name);
    buf_add(out, "=\"", 2);
    xml_escape(out, value, true);
    buf_addc(out, '"');
}

static void put_string(struct buf *out, const char *name, const char *value)
{
    if (*value != '\0')
        put_attr(out, name, value);
}

/* A name that leads nowhere would make the file unreadable: better without it. */
static void put_ref(struct buf *out, const struct assessment *a, const char *name, const char *id)
{
    if (*id != '\0' && assessment_person(a, id) != NULL)
        put_attr(out, name, id);
}

static void put_row(struct buf *out, const struct assessment *a, const struct attr_row *row,
                    const void *record)
{
    const void *at = (const char *)record + row->offset;
    switch (row->type) {
    case ATTR_HAND:
        break;
    case ATTR_ID:
    case ATTR_FIELD:
    case ATTR_TIME:
    case ATTR_DATE:
        put_string(out, row->name, *(char *const *)at);
        break;
    case ATTR_REF:
        put_ref(out, a, row->name, *(char *const *)at);
        break;
    case ATTR_BOOL:
        if (*(const bool *)at)
            put_attr(out, row->name, "true");
        break;
    case ATTR_LEVEL:
        if (*(const int *)at != 0)
            buf_addf(out, " %s=\"%d\"", row->name, *(const int *)at);
        break;
    case ATTR_ITEM:
        put_attr(out, row->name, a->checklist->item[*(const int *)at].id);
        break;
    case ATTR_COUNT:
        if (*(const long *)at != 0)
            buf_addf(out, " %s=\"%ld\"", row->name, *(const long *)at);
        break;
    case ATTR_YEN:
        if (*(const long long *)at >= 0)
            buf_addf(out, " %s=\"%lld\"", row->name, *(const long long *)at);
        break;
    case ATTR_DAYS: {
        long tenths = *(const long *)at;
        if (tenths >= 0)
            buf_addf(out, tenths % 10 != 0 ? " %s=\"%ld.%ld\"" : " %s=\"%ld\"", row->name,
                     tenths / 10, tenths % 10);
        break;
    }
    case ATTR_STATE: {
        enum answer_state state = *(const enum answer_state *)at;
        if (state != ANSWER_LEVEL)
            put_attr(out, row->name, answer_state_word(state));
        break;
    }
    case ATTR_WORD: {
        int value;
        memcpy(&value, at, sizeof value);
        put_string(out, row->name, row->words->word[value]);
        break;
    }
    }
}

static void put_attrs(struct buf *out, const struct assessment *a, const struct attr_row *rows,
                      const void *record, const struct foreign *foreign)
{
    for (const struct attr_row *row = rows; row->name != NULL; row++)
        put_row(out, a, row, record);
    buf_adds(out, foreign->attrs != NULL ? foreign->attrs : "");
}

/* What is kept of a text or check: the line of `inside` that begins with its key and a blank (attributes) or > (elements); the mark is written with it.
 * false: there is none. */
static bool put_inside(struct buf *out, const struct foreign *foreign, const char *key, char mark)
{
    size_t n_key = strlen(key);
    for (const char *line = foreign->inside; *line != '\0'; line = strchr(line, '\n') + 1) {
        if (strncmp(line, key, n_key) == 0 && line[n_key] == mark) {
            buf_add(out, line + n_key, strcspn(line + n_key, "\n"));
            return true;
        }
    }
    return false;
}

static void put_text(struct buf *out, const char *indent, const char *name, const char *text,
                     const struct foreign *foreign)
{
    if (*text == '\0')
        return;
    buf_addf(out, "%s<%s", indent, name);
    put_inside(out, foreign, name, ' ');
    buf_addc(out, '>');
    xml_escape(out, text, false);
    buf_addf(out, "</%s>\n", name);
}

/* Ends a start tag whose children were made separately: <x/> or <x>...</x>. */
static void put_children(struct buf *out, const char *indent, const char *name,
                         struct buf *children, const struct foreign *foreign)
{
    buf_adds(children, foreign->elements != NULL ? foreign->elements : "");
    if (children->len == 0) {
        buf_adds(out, "/>\n");
    } else {
        buf_adds(out, ">\n");
        buf_add(out, children->p, children->len);
        buf_addf(out, "%s</%s>\n", indent, name);
    }
    buf_release(children);
}

static void put_people(struct buf *out, const struct assessment *a)
{
    struct buf inner = {0};
    for (size_t i = 0; i < a->n_people; i++) {
        const struct person *x = &a->person[i];
        buf_adds(&inner, "    <person");
        put_attrs(&inner, a, person_attrs, x, &x->foreign);
        put_children(&inner, "    ", "person", &(struct buf){0}, &x->foreign);
    }
    const struct foreign *foreign = &a->people_foreign;
    if (a->n_people == 0 && *foreign->attrs == '\0' && *foreign->elements == '\0')
        return;
    buf_adds(out, "  <people");
    put_attrs(out, a, people_attrs, NULL, foreign);
    put_children(out, "  ", "people", &inner, foreign);
}

static void put_answer(struct buf *out, const struct assessment *a, const struct ck_item *item,
                       const struct answer *x)
{
    if (answer_is_blank(x, item))
        return;
    buf_adds(out, "    <answer");
    put_attr(out, "item", item->id);
    put_attrs(out, a, answer_attrs, x, &x->foreign);
    struct buf inner = {0};
    put_text(&inner, "      ", "reason", x->reason, &x->foreign);
    put_text(&inner, "      ", "note", x->note, &x->foreign);
    put_text(&inner, "      ", "evidence", x->evidence, &x->foreign);
    for (int i = 0; x->check != NULL && i < item->n_checks; i++) {
        if (x->check[i] == CHECK_OPEN)
            continue;
        buf_adds(&inner, "      <check");
        put_attr(&inner, "id", item->check[i].id);
        put_attr(&inner, "result", check_result_word(x->check[i]));
        put_inside(&inner, &x->foreign, item->check[i].id, ' ');
        bool more = put_inside(&inner, &x->foreign, item->check[i].id, '>');
        buf_adds(&inner, more ? "</check>\n" : "/>\n");
    }
    put_children(out, "    ", "answer", &inner, &x->foreign);
}

static void put_rounds(struct buf *out, const struct assessment *a)
{
    for (size_t i = 0; i < a->n_rounds; i++) {
        const struct round *x = &a->round[i];
        buf_adds(out, "  <round");
        put_attrs(out, a, round_attrs, x, &x->foreign);
        struct buf inner = {0};
        for (int item = 0; item < a->checklist->n_items; item++)
            put_answer(&inner, a, &a->checklist->item[item], &x->answer[item]);
        put_children(out, "  ", "round", &inner, &x->foreign);
    }
}

static void put_targets_and_actions(struct buf *out, const struct assessment *a)
{
    for (size_t i = 0; i < a->n_targets; i++) {
        buf_adds(out, "  <target");
        put_attrs(out, a, target_attrs, &a->target[i], &a->target[i].foreign);
        put_children(out, "  ", "target", &(struct buf){0}, &a->target[i].foreign);
    }
    for (size_t i = 0; i < a->n_actions; i++) {
        const struct action *x = &a->action[i];
        buf_adds(out, "  <action");
        put_attrs(out, a, action_attrs, x, &x->foreign);
        struct buf inner = {0};
        put_text(&inner, "    ", "note", x->note, &x->foreign);
        put_text(&inner, "    ", "history", x->history, &x->foreign);
        put_children(out, "  ", "action", &inner, &x->foreign);
    }
}

void assessment_write(struct buf *out, const struct assessment *a, const char *program)
{
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<assessment xmlns=\"" ASSESSMENT_NS
                  "\"\n           ");
    put_attr(out, "checklist", a->checklist->id);
    put_attr(out, "edition", a->checklist->edition[a->edition].id);
    put_string(out, "program", program != NULL ? program : a->program);
    buf_addf(out, " revision=\"%ld\"\n           ", a->revision);
    put_attrs(out, a, assessment_attrs, a, &a->foreign);
    buf_adds(out, ">\n  <site");
    put_attrs(out, a, site_attrs, &a->site, &a->site.foreign);
    put_children(out, "  ", "site", &(struct buf){0}, &a->site.foreign);
    put_people(out, a);
    put_rounds(out, a);
    put_targets_and_actions(out, a);
    buf_adds(out, a->foreign.elements);
    buf_adds(out, "</assessment>\n");
}

static enum err full(const char *what, long limit, struct diag *diag)
{
    diag_set(diag, ERR_FULL, 0, what, NULL);
    if (diag != NULL)
        diag->number = limit;
    return ERR_FULL;
}

enum err assessment_fits(const struct assessment *a, const struct buf *xml, struct diag *diag)
{
    if (a->n_rounds > ROUNDS_MAX)
        return full("rounds", ROUNDS_MAX, diag);
    if (a->n_people > PEOPLE_MAX)
        return full("people", PEOPLE_MAX, diag);
    if (a->revision > SAVES_MAX || a->exported > SAVES_MAX)
        return full("saves", SAVES_MAX, diag);
    return xml_fits(buf_str(xml), xml->len, diag);
}
