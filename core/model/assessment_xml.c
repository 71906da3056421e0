/* Reading the file format: strict about what we know, keeping what we do not. The tree comes from the XML gate (core/io/xml.h), the
 * attributes of each element from assessment_attrs.c; the first error wins and ends the reading (reader.err is sticky). */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/xml.h"
#include "core/model/assessment_priv.h"

static const char XML_NS[] = "http://www.w3.org/XML/1998/namespace";
static const char XSI_NS[] = "http://www.w3.org/2001/XMLSchema-instance";
enum { FOREIGN_ATTRS_MAX = 4000 }; /* per element: what is written back has to pass the gate's limit for a tag again */

struct reader {
    struct assessment *a;
    struct load_notes notes;
    struct diag *diag;
    enum err err;
};

static void fail(struct reader *r, enum err err, const struct xml_node *el, const char *attr, const char *detail)
{
    if (r->err != ERR_OK)
        return;
    struct buf where = {0};
    buf_adds(&where, el->name);
    if (attr != NULL)
        buf_addf(&where, "/@%s", attr);
    r->err = diag_set(r->diag, err, el->line, buf_str(&where), detail);
    buf_release(&where);
}

static void too_big(struct reader *r, const struct xml_node *el, const char *attr, long limit)
{
    if (r->err != ERR_OK)
        return;
    fail(r, ERR_TOO_BIG, el, attr, NULL);
    if (r->diag != NULL)
        r->diag->number = limit;
}

/* Unknown additions */

static void note_unknown(struct reader *r, const struct xml_node *el, const char *attr)
{
    if (r->notes.n_unknown == 0) {
        struct buf name = {0};
        buf_adds(&name, el->name);
        if (attr != NULL)
            buf_addf(&name, "/@%s", attr);
        struct buf clean = {0};
        text_clean(&clean, buf_str(&name), name.len, TEXT_ONE_LINE);
        size_t n = text_floor(buf_str(&clean), clean.len, sizeof r->notes.first_unknown - 1);
        memcpy(r->notes.first_unknown, buf_str(&clean), n);
        r->notes.first_line = el->line;
        buf_release(&name);
        buf_release(&clean);
    }
    r->notes.n_unknown++;
}

static void keep_attr(struct buf *out, const struct xml_attr *x, int n_before)
{
    if (*x->ns == '\0')
        buf_addf(out, " %s=\"", x->name);
    else if (strcmp(x->ns, XML_NS) == 0)
        buf_addf(out, " xml:%s=\"", x->name);
    else {
        buf_addf(out, " xmlns:x%d=\"", n_before);
        xml_escape(out, x->ns, true);
        buf_addf(out, "\" x%d:%s=\"", n_before, x->name);
    }
    xml_escape(out, x->value, true);
    buf_addc(out, '"');
}

static bool knows(const struct attr_row *rows, const struct xml_attr *x)
{
    if (*x->ns != '\0')
        return false;
    while (rows->name != NULL && strcmp(rows->name, x->name) != 0)
        rows++;
    return rows->name != NULL;
}

static void keep_attrs(struct reader *r, const struct xml_node *el, const struct attr_row *rows, struct buf *out)
{
    int n = 0;
    for (const struct xml_attr *x = el->attrs; x != NULL; x = x->next) {
        if (knows(rows, x))
            continue;
        keep_attr(out, x, n);
        n++;
        if (strcmp(x->ns, XSI_NS) != 0) /* a pointer to the schema is nobody's addition */
            note_unknown(r, el, x->name);
    }
    if (out->len > FOREIGN_ATTRS_MAX)
        too_big(r, el, NULL, FOREIGN_ATTRS_MAX);
}

static void keep_element(struct reader *r, const struct xml_node *n, char **elements, int indent)
{
    struct buf all = {0};
    buf_adds(&all, *elements);
    xml_write_node(&all, n, ASSESSMENT_NS, indent);
    free(*elements);
    *elements = buf_take(&all);
    note_unknown(r, n, NULL);
}

/* Attributes of a text or check inside a record: a line "key attributes". */
static void keep_inside(struct reader *r, const struct xml_node *el, const struct attr_row *rows, const char *key, char **inside)
{
    struct buf attrs = {0};
    keep_attrs(r, el, rows, &attrs);
    if (attrs.len > 0) {
        struct buf all = {0};
        buf_addf(&all, "%s%s%s\n", *inside, key, attrs.p);
        free(*inside);
        *inside = buf_take(&all);
    }
    buf_release(&attrs);
}

/* Values */

/* What xs:token and its kin do with the blanks around a value; valid until the next call of the same reader ends. */
static char *trimmed(const char *s)
{
    static const char blanks[] = " \t\r\n";
    s += strspn(s, blanks);
    size_t n = strlen(s);
    while (n > 0 && strchr(blanks, s[n - 1]) != NULL)
        n--;
    return xstrndup(s, n);
}

static bool all_digits(const char *s, size_t n, size_t max)
{
    return n >= 1 && n <= max && strspn(s, "0123456789") >= n;
}

static bool parse_number(const char *s, int max_digits, long long *out)
{
    if (!all_digits(s, strlen(s), (size_t)max_digits))
        return false;
    *out = strtoll(s, NULL, 10);
    return true;
}

static bool parse_days(const char *s, long *tenths)
{
    size_t whole = strcspn(s, ".");
    if (!all_digits(s, whole, 5) || (s[whole] == '.' && (strlen(s + whole) != 2 || !all_digits(s + whole + 1, 1, 1))))
        return false;
    *tenths = strtol(s, NULL, 10) * 10 + (s[whole] == '.' ? s[whole + 1] - '0' : 0);
    return true;
}

static bool parse_bool(const char *s, bool *out)
{
    *out = strcmp(s, "true") == 0 || strcmp(s, "1") == 0;
    return *out || strcmp(s, "false") == 0 || strcmp(s, "0") == 0;
}

static void set_string(char **field, const char *s)
{
    free(*field);
    *field = xstrdup(s);
}

/* One line or many, cleaned; too long is an error and not a cut: nothing that somebody wrote disappears silently. */
static void set_text(struct reader *r, const struct xml_node *el, const char *attr, const char *s, size_t max, bool lines, char **field)
{
    struct buf clean = {0};
    text_clean(&clean, s, strlen(s), lines ? TEXT_MULTI_LINE : TEXT_ONE_LINE);
    if (strlen(s) > max || clean.len > max)
        too_big(r, el, attr, (long)max);
    else
        set_string(field, buf_str(&clean));
    buf_release(&clean);
}

static bool set_number(const struct attr_row *row, const char *s, void *at)
{
    long long n;
    long tenths;
    switch (row->type) {
    case ATTR_LEVEL:
        if (strlen(s) != 1 || s[0] < '0' + LEVEL_MIN || s[0] > '0' + LEVEL_MAX)
            return false;
        *(int *)at = s[0] - '0';
        return true;
    case ATTR_COUNT:
        if (!parse_number(s, row->max, &n))
            return false;
        *(long *)at = (long)n;
        return true;
    case ATTR_YEN:
        return parse_number(s, row->max, at);
    case ATTR_DAYS:
        if (!parse_days(s, &tenths))
            return false;
        *(long *)at = tenths;
        return true;
    case ATTR_HAND:
    case ATTR_ID:
    case ATTR_REF:
    case ATTR_FIELD:
    case ATTR_TIME:
    case ATTR_DATE:
    case ATTR_BOOL:
    case ATTR_ITEM:
    case ATTR_STATE:
    case ATTR_WORD:
        break;
    }
    return false;
}

static bool set_word(const struct attr_row *row, const char *s, void *at)
{
    int value = *s != '\0' ? words_parse(row->words, s) : -1;
    if (value >= 0)
        memcpy(at, &value, sizeof value);
    return value >= 0;
}

static int item_of(struct reader *r, const struct xml_node *el, const char *id)
{
    int item = checklist_item(r->a->checklist, id);
    if (item < 0)
        fail(r, ERR_UNKNOWN_ITEM, el, "item", id);
    return item;
}

/* s is trimmed but for ATTR_FIELD. False: not a value of this type. */
static bool set_value(struct reader *r, const struct xml_node *el, const struct attr_row *row, const char *s, void *at)
{
    switch (row->type) {
    case ATTR_HAND:
        return true;
    case ATTR_FIELD:
        set_text(r, el, row->name, s, (size_t)row->max, false, at);
        return true;
    case ATTR_REF:
        if (id_valid(s) && assessment_person(r->a, s) == NULL)
            fail(r, ERR_UNKNOWN_REF, el, row->name, s);
        set_string(at, s);
        return id_valid(s);
    case ATTR_ID:
        set_string(at, s);
        return id_valid(s);
    case ATTR_TIME:
        set_string(at, s);
        return iso_time_valid(s);
    case ATTR_DATE:
        set_string(at, s);
        return iso_date_valid(s);
    case ATTR_BOOL:
        return parse_bool(s, at);
    case ATTR_ITEM:
        *(int *)at = item_of(r, el, s);
        return true;
    case ATTR_LEVEL:
    case ATTR_COUNT:
    case ATTR_YEN:
    case ATTR_DAYS:
        return set_number(row, s, at);
    case ATTR_STATE: {
        int state = words_parse(&answer_state_words, s);
        *(enum answer_state *)at = state < 0 ? ANSWER_OPEN : (enum answer_state)state;
        return state >= 0 && state != ANSWER_LEVEL;
    }
    case ATTR_WORD:
        return set_word(row, s, at);
    }
    return false;
}

static void read_attrs(struct reader *r, const struct xml_node *el, const struct attr_row *rows, void *record, struct foreign *foreign)
{
    for (const struct attr_row *row = rows; row->name != NULL; row++) {
        const char *raw = xml_attr(el, row->name);
        if (raw == NULL && row->required)
            fail(r, ERR_SCHEMA_MISSING, el, NULL, row->name);
        if (raw == NULL || row->type == ATTR_HAND)
            continue;
        char *s = row->type == ATTR_FIELD ? xstrdup(raw) : trimmed(raw);
        if (!set_value(r, el, row, s, (char *)record + row->offset))
            fail(r, ERR_SCHEMA_VALUE, el, row->name, raw);
        free(s);
    }
    struct buf kept = {0};
    keep_attrs(r, el, rows, &kept);
    free(foreign->attrs);
    foreign->attrs = buf_take(&kept);
}

/* Children */

struct child {
    const char *name;
    bool many;
};

/* Which of the rows (in the order of the schema; *at is how far we are) the node is; -1 when there is nothing to read in it: blanks,
 * or something unknown, which is kept. */
static int next_child(struct reader *r, const struct xml_node *parent, const struct xml_node *n, const struct child *rows, int *at,
                      struct foreign *foreign, int indent)
{
    if (n->name == NULL) {
        if (n->text[strspn(n->text, " \t\r\n")] != '\0')
            fail(r, ERR_SCHEMA_PLACE, parent, NULL, "#text");
        return -1;
    }
    int k = 0;
    while (rows[k].name != NULL && !xml_is(n, ASSESSMENT_NS, rows[k].name))
        k++;
    if (rows[k].name == NULL) {
        keep_element(r, n, &foreign->elements, indent);
        return -1;
    }
    if (k < *at || (k == *at && !rows[k].many)) {
        if (r->err == ERR_OK) {
            r->err = diag_set(r->diag, ERR_SCHEMA_PLACE, n->line, parent->name, n->name);
        }
        return -1;
    }
    *at = k;
    return k;
}

static void read_leaf(struct reader *r, const struct xml_node *el, struct foreign *foreign, int indent)
{
    static const struct child none[] = {{NULL, false}};
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        next_child(r, el, n, none, &at, foreign, indent);
}

static void read_text(struct reader *r, const struct xml_node *el, char **field, char **inside)
{
    for (const struct xml_node *n = el->first; n != NULL; n = n->next)
        if (n->name != NULL) /* a text has no room to keep an element in */
            fail(r, ERR_SCHEMA_PLACE, el, NULL, n->name);
    struct buf raw = {0};
    xml_text(&raw, el);
    set_text(r, el, NULL, buf_str(&raw), TEXT_MAX, true, field);
    buf_release(&raw);
    keep_inside(r, el, text_attrs, el->name, inside);
}

static void read_check(struct reader *r, const struct xml_node *el, const struct ck_item *item, struct answer *x)
{
    const char *raw_id = xml_attr(el, "id"), *raw_result = xml_attr(el, "result");
    if (raw_id == NULL || raw_result == NULL) {
        fail(r, ERR_SCHEMA_MISSING, el, NULL, raw_id == NULL ? "id" : "result");
        return;
    }
    char *id = trimmed(raw_id), *word = trimmed(raw_result);
    int result = *word != '\0' ? check_result_parse(word) : -1, i = 0;
    while (i < item->n_checks && strcmp(item->check[i].id, id) != 0)
        i++;
    if (!id_valid(id))
        fail(r, ERR_SCHEMA_VALUE, el, "id", raw_id);
    if (result < 0)
        fail(r, ERR_SCHEMA_VALUE, el, "result", raw_result);
    for (const struct xml_node *n = el->first; n != NULL; n = n->next)
        if (n->name != NULL || n->text[strspn(n->text, " \t\r\n")] != '\0')
            fail(r, ERR_SCHEMA_PLACE, el, NULL, n->name != NULL ? n->name : "#text");
    if (r->err == ERR_OK && i == item->n_checks) {
        /* Of a newer version of the checklist: not lost, but not ours to judge. */
        keep_element(r, el, &x->foreign.elements, 6);
    } else if (r->err == ERR_OK) {
        if (x->check == NULL)
            x->check = xcalloc((size_t)item->n_checks, sizeof *x->check);
        if (x->check[i] != CHECK_OPEN)
            fail(r, ERR_DUPLICATE, el, NULL, id);
        x->check[i] = (enum check_result)result;
        keep_inside(r, el, check_attrs, id, &x->foreign.inside);
    }
    free(id);
    free(word);
}

/* What the schema's types cannot say: one of level and state, and a reason with "not applicable" and only there. */
static void judge_answer(struct reader *r, const struct xml_node *el, struct answer *x)
{
    const char *state = xml_attr(el, "state");
    if (x->level != 0 && state != NULL)
        fail(r, ERR_SCHEMA_VALUE, el, "state", state);
    if (x->level == 0 && state == NULL)
        fail(r, ERR_SCHEMA_MISSING, el, NULL, "level");
    if (x->level != 0)
        x->state = ANSWER_LEVEL;
    bool has_reason = x->reason[strspn(x->reason, " \n")] != '\0';
    if (x->state == ANSWER_NA && !has_reason)
        fail(r, ERR_SCHEMA_MISSING, el, NULL, "reason");
    if (x->state != ANSWER_NA && *x->reason != '\0')
        fail(r, ERR_SCHEMA_PLACE, el, NULL, "reason");
}

static void read_answer(struct reader *r, const struct xml_node *el, struct round *round, bool *seen)
{
    static const struct child rows[] = {{"reason", false}, {"note", false}, {"evidence", false}, {"check", true}, {NULL, false}};
    const char *raw = xml_attr(el, "item");
    if (raw == NULL) {
        fail(r, ERR_SCHEMA_MISSING, el, NULL, "item");
        return;
    }
    char *id = trimmed(raw);
    int item = item_of(r, el, id);
    if (item >= 0 && seen[item])
        fail(r, ERR_DUPLICATE, el, NULL, id);
    free(id);
    if (r->err != ERR_OK)
        return;
    seen[item] = true;
    struct answer *x = &round->answer[item];
    read_attrs(r, el, answer_attrs, x, &x->foreign);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next) {
        int k = next_child(r, el, n, rows, &at, &x->foreign, 6);
        if (k == 3)
            read_check(r, n, &r->a->checklist->item[item], x);
        else if (k >= 0)
            read_text(r, n, k == 0 ? &x->reason : k == 1 ? &x->note : &x->evidence, &x->foreign.inside);
    }
    if (r->err == ERR_OK)
        judge_answer(r, el, x);
}

static void read_round(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"answer", true}, {NULL, false}};
    struct assessment *a = r->a;
    if (a->n_rounds == ROUNDS_MAX) {
        too_big(r, el, NULL, ROUNDS_MAX);
        return;
    }
    a->round = array_open(a->round, &a->n_rounds, a->n_rounds, sizeof *a->round);
    struct round *x = assessment_round(a);
    round_copy(x, &(struct round){0}, a->checklist);
    read_attrs(r, el, round_attrs, x, &x->foreign);
    for (size_t i = 0; i + 1 < a->n_rounds; i++)
        if (strcmp(a->round[i].id, x->id) == 0)
            fail(r, ERR_DUPLICATE, el, NULL, x->id);
    bool *seen = xcalloc((size_t)a->checklist->n_items, sizeof *seen);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (next_child(r, el, n, rows, &at, &x->foreign, 4) == 0)
            read_answer(r, n, x, seen);
    free(seen);
}

static void read_person(struct reader *r, const struct xml_node *el)
{
    struct assessment *a = r->a;
    if (a->n_people == PEOPLE_MAX) {
        too_big(r, el, NULL, PEOPLE_MAX);
        return;
    }
    struct person x;
    person_copy(&x, &(struct person){0});
    read_attrs(r, el, person_attrs, &x, &x.foreign);
    if (r->err == ERR_OK && assessment_person(a, x.id) != NULL)
        fail(r, ERR_DUPLICATE, el, NULL, x.id);
    read_leaf(r, el, &x.foreign, 6);
    a->person = array_open(a->person, &a->n_people, a->n_people, sizeof *a->person);
    a->person[a->n_people - 1] = x;
}

static void read_people(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"person", true}, {NULL, false}};
    read_attrs(r, el, people_attrs, NULL, &r->a->people_foreign);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (next_child(r, el, n, rows, &at, &r->a->people_foreign, 4) == 0)
            read_person(r, n);
}

static void read_target(struct reader *r, const struct xml_node *el)
{
    struct assessment *a = r->a;
    struct target x;
    bool found = false;
    target_copy(&x, &(struct target){0});
    read_attrs(r, el, target_attrs, &x, &x.foreign);
    read_leaf(r, el, &x.foreign, 4);
    size_t at = r->err == ERR_OK ? target_place(a, x.item, &found) : 0;
    if (found)
        fail(r, ERR_DUPLICATE, el, NULL, xml_attr(el, "item"));
    if (r->err != ERR_OK) {
        target_release(&x);
        return;
    }
    a->target = array_open(a->target, &a->n_targets, at, sizeof *a->target);
    a->target[at] = x;
}

static void read_action(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"note", false}, {NULL, false}};
    struct assessment *a = r->a;
    struct action x;
    bool found = false;
    action_copy(&x, &(struct action){.effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1});
    read_attrs(r, el, action_attrs, &x, &x.foreign);
    if (r->err == ERR_OK && x.to == LEVEL_MIN) /* nothing leads to the lowest level */
        fail(r, ERR_SCHEMA_VALUE, el, "to", xml_attr(el, "to"));
    int child = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (next_child(r, el, n, rows, &child, &x.foreign, 4) == 0)
            read_text(r, n, &x.note, &x.foreign.inside);
    size_t at = r->err == ERR_OK ? action_place(a, x.item, x.to, &found) : 0;
    if (found)
        fail(r, ERR_DUPLICATE, el, NULL, xml_attr(el, "item"));
    if (r->err != ERR_OK) {
        action_release(&x);
        return;
    }
    a->action = array_open(a->action, &a->n_actions, at, sizeof *a->action);
    a->action[at] = x;
}

/* The document */

static void read_head(struct reader *r, const struct xml_node *el)
{
    struct assessment *a = r->a;
    const char *raw = xml_attr(el, "revision"), *program = xml_attr(el, "program");
    long long revision = 0;
    if (raw == NULL) {
        fail(r, ERR_SCHEMA_MISSING, el, NULL, "revision");
        return;
    }
    char *s = trimmed(raw);
    if (!parse_number(s, 9, &revision))
        fail(r, ERR_SCHEMA_VALUE, el, "revision", raw);
    free(s);
    a->revision = (long)revision;
    if (program != NULL)
        set_text(r, el, "program", program, FIELD_MAX, false, &a->program);
    read_attrs(r, el, assessment_attrs, a, &a->foreign);
}

static void read_body(struct reader *r, const struct xml_node *el)
{
    enum { SITE, PEOPLE, ROUND, TARGET, ACTION, RESULT };
    static const struct child rows[] = {[SITE] = {"site", false}, [PEOPLE] = {"people", false}, [ROUND] = {"round", true},
                                        [TARGET] = {"target", true}, [ACTION] = {"action", true}, [RESULT] = {"result", false},
                                        {NULL, false}};
    struct assessment *a = r->a;
    bool has_site = false;
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next) {
        int k = next_child(r, el, n, rows, &at, &a->foreign, 2);
        if (k == SITE) {
            has_site = true;
            read_attrs(r, n, site_attrs, &a->site, &a->site.foreign);
            read_leaf(r, n, &a->site.foreign, 4);
        } else if (k == PEOPLE) {
            read_people(r, n);
        } else if (k == ROUND) {
            read_round(r, n);
        } else if (k == TARGET) {
            read_target(r, n);
        } else if (k == ACTION) {
            read_action(r, n);
        } /* RESULT: computed anew, never believed */
    }
    if (!has_site || a->n_rounds == 0)
        fail(r, ERR_SCHEMA_MISSING, el, NULL, has_site ? "round" : "site");
}

/* The vocabulary: ours, a newer one of ours, or somebody else's. */
static enum err judge_root(const struct xml_node *root, struct diag *diag)
{
    const size_t n_stem = strlen(ASSESSMENT_NS_STEM);
    if (xml_is(root, ASSESSMENT_NS, "assessment"))
        return ERR_OK;
    if (strncmp(root->ns, ASSESSMENT_NS_STEM, n_stem) == 0) {
        const char *version = root->ns + n_stem;
        size_t n = strlen(version);
        if (all_digits(version, n, 9) && version[0] != '0' && strcmp(version, "1") != 0)
            return diag_set(diag, ERR_NEWER, root->line, root->name, root->ns);
    }
    return diag_set(diag, ERR_NOT_OURS, root->line, NULL, root->name);
}

static enum err find_method(const struct xml_node *root, find_checklist_fn find, void *cookie, const struct checklist **ck,
                            int *edition, struct diag *diag)
{
    const char *raw_id = xml_attr(root, "checklist"), *raw_edition = xml_attr(root, "edition");
    if (raw_id == NULL || raw_edition == NULL)
        return diag_set(diag, ERR_SCHEMA_MISSING, root->line, root->name, raw_id == NULL ? "checklist" : "edition");
    char *id = trimmed(raw_id), *edition_id = trimmed(raw_edition);
    enum err err = ERR_OK;
    *ck = find != NULL ? find(cookie, id) : checklist_find(id);
    if (*ck == NULL) {
        err = diag_set(diag, ERR_UNKNOWN_CHECKLIST, root->line, "assessment/@checklist", id);
    } else {
        *edition = checklist_edition(*ck, edition_id);
        if (*edition < 0)
            err = diag_set(diag, ERR_UNKNOWN_EDITION, root->line, "assessment/@edition", edition_id);
    }
    free(id);
    free(edition_id);
    return err;
}

static enum err read_root(struct assessment **out, const struct xml_node *root, find_checklist_fn find, void *cookie,
                          struct load_notes *notes, struct diag *diag)
{
    const struct checklist *ck = NULL;
    int edition = -1;
    enum err err = judge_root(root, diag);
    if (err == ERR_OK)
        err = find_method(root, find, cookie, &ck, &edition, diag);
    if (err != ERR_OK)
        return err;
    struct reader r = {.a = assessment_new(ck, edition, "", ""), .diag = diag};
    round_release(&r.a->round[0]);
    r.a->n_rounds = 0;
    read_head(&r, root);
    if (r.err == ERR_OK)
        read_body(&r, root);
    if (r.err != ERR_OK) {
        assessment_free(r.a);
        return r.err;
    }
    if (notes != NULL)
        *notes = r.notes;
    *out = r.a;
    return ERR_OK;
}

enum err assessment_read(struct assessment **out, const void *bytes, size_t n_bytes, find_checklist_fn find, void *cookie,
                         struct load_notes *notes, struct diag *diag)
{
    struct xml_doc doc = {0};
    enum err err = xml_parse(&doc, bytes, n_bytes, diag);
    if (err != ERR_OK)
        return err;
    err = read_root(out, doc.root, find, cookie, notes, diag);
    xml_doc_release(&doc);
    return err;
}
