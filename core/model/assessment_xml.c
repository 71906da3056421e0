/* Reading the file format: strict about what we know, keeping what we do not. The tree comes from
 * the XML gate (core/io/xml.h), the attributes of each element through assessment_reader.c; the
 * first error wins and ends the reading (reader.err is sticky). */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/xml_cell.h"
#include "core/io/xml.h"
#include "core/model/assessment_reader.h"

/* Children */

struct child {
    const char *name;
    bool many;
};

/* Which of the rows (in the order of the schema; *at is how far we are) the node is; -1 when there
 * is nothing to read in it: blanks, or something unknown, which is kept. */
static int next_child(struct reader *r, const struct xml_node *parent, const struct xml_node *n,
                      const struct child *rows, int *at, struct foreign *foreign, int indent)
{
    if (n->name == NULL) {
        if (n->text[strspn(n->text, " \t\r\n")] != '\0')
            reader_fail(r, ERR_SCHEMA_PLACE, parent, NULL, "#text");
        return -1;
    }
    int k = 0;
    while (rows[k].name != NULL && !xml_is(n, ASSESSMENT_NS, rows[k].name))
        k++;
    if (rows[k].name == NULL) {
        reader_keep_element(r, n, &foreign->elements, indent);
        return -1;
    }
    if (k < *at || (k == *at && !rows[k].many)) {
        r->err = diag_set(r->diag, ERR_SCHEMA_PLACE, n->line, parent->name, n->name);
        return -1;
    }
    *at = k;
    return k;
}

static void read_leaf(struct reader *r, const struct xml_node *el, struct foreign *foreign,
                      int indent)
{
    static const struct child none[] = {{NULL, false}};
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        next_child(r, el, n, none, &at, foreign, indent);
    reader_settle(r);
}

static void read_text(struct reader *r, const struct xml_node *el, char **field, char **inside)
{
    for (const struct xml_node *n = el->first; n != NULL; n = n->next)
        if (n->name != NULL) /* a text has no room to keep an element in */
            reader_fail(r, ERR_SCHEMA_PLACE, el, NULL, n->name);
    struct buf raw = {0};
    xml_text(&raw, el);
    reader_set_text(r, el, NULL, buf_str(&raw), TEXT_MAX, true, field);
    buf_release(&raw);
    reader_keep_inside(r, el, text_attrs, el->name, inside);
}

static void read_check(struct reader *r, const struct xml_node *el, const struct ck_item *item,
                       struct answer *x)
{
    const char *raw_id = xml_attr(el, "id"), *raw_result = xml_attr(el, "result");
    if (raw_id == NULL || raw_result == NULL) {
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, raw_id == NULL ? "id" : "result");
        return;
    }
    char *id = reader_trimmed(raw_id), *word = reader_trimmed(raw_result);
    int result = *word != '\0' ? check_result_parse(word) : -1, i = 0;
    while (i < item->n_checks && strcmp(item->check[i].id, id) != 0)
        i++;
    if (!id_valid(id))
        reader_fail(r, ERR_SCHEMA_VALUE, el, "id", raw_id);
    if (result < 0)
        reader_fail(r, ERR_SCHEMA_VALUE, el, "result", raw_result);
    for (const struct xml_node *n = el->first; n != NULL; n = n->next)
        if (n->name == NULL && n->text[strspn(n->text, " \t\r\n")] != '\0')
            reader_fail(r, ERR_SCHEMA_PLACE, el, NULL, "#text");
    if (r->err == ERR_OK && i == item->n_checks) {
        /* Of a newer version of the checklist: not lost, but not ours to judge. */
        reader_keep_element(r, el, &x->foreign.elements, 6);
    } else if (r->err == ERR_OK) {
        if (x->check == NULL)
            x->check = xcalloc((size_t)item->n_checks, sizeof *x->check);
        if (x->check[i] != CHECK_OPEN)
            reader_fail(r, ERR_DUPLICATE, el, NULL, id);
        x->check[i] = (enum check_result)result;
        reader_keep_inside(r, el, check_attrs, id, &x->foreign.inside);
        reader_keep_children(r, el, id, &x->foreign.inside);
    }
    free(id);
    free(word);
}

/* What the schema's types cannot say: one of level and state, and a reason with "not applicable"
 * and only there. */
static void judge_answer(struct reader *r, const struct xml_node *el, struct answer *x)
{
    const char *state = xml_attr(el, "state");
    if (x->level != 0 && state != NULL)
        reader_fail(r, ERR_SCHEMA_VALUE, el, "state", state);
    if (x->level == 0 && state == NULL)
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, "level");
    if (x->level != 0)
        x->state = ANSWER_LEVEL;
    bool has_reason = x->reason[strspn(x->reason, " \n")] != '\0';
    if (x->state == ANSWER_NA && !has_reason)
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, "reason");
    if (x->state != ANSWER_NA && *x->reason != '\0')
        reader_fail(r, ERR_SCHEMA_PLACE, el, NULL, "reason");
}

static void read_answer(struct reader *r, const struct xml_node *el, struct round *round,
                        bool *seen)
{
    static const struct child rows[] = {
        {"reason", false}, {"note", false}, {"evidence", false}, {"check", true}, {NULL, false}};
    const char *raw = xml_attr(el, "item");
    if (raw == NULL) {
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, "item");
        return;
    }
    char *id = reader_trimmed(raw);
    int item = reader_item(r, el, id);
    if (item >= 0 && seen[item])
        reader_fail(r, ERR_DUPLICATE, el, NULL, id);
    free(id);
    if (r->err != ERR_OK)
        return;
    seen[item] = true;
    struct answer *x = &round->answer[item];
    reader_attrs(r, el, answer_attrs, x, &x->foreign);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next) {
        int k = next_child(r, el, n, rows, &at, &x->foreign, 6);
        if (k == 3)
            read_check(r, n, &r->a->checklist->item[item], x);
        else if (k >= 0)
            read_text(r, n,
                      k == 0   ? &x->reason
                      : k == 1 ? &x->note
                               : &x->evidence,
                      &x->foreign.inside);
    }
    reader_settle(r);
    if (r->err == ERR_OK)
        judge_answer(r, el, x);
}

static void read_round(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"answer", true}, {NULL, false}};
    struct assessment *a = r->a;
    if (a->n_rounds == ROUNDS_MAX) {
        reader_too_big(r, el, NULL, ROUNDS_MAX);
        return;
    }
    a->round = array_open(a->round, &a->n_rounds, a->n_rounds, sizeof *a->round);
    struct round *x = assessment_round(a);
    round_copy(x, &(struct round){0}, a->checklist);
    reader_attrs(r, el, round_attrs, x, &x->foreign);
    for (size_t i = 0; i + 1 < a->n_rounds; i++)
        if (strcmp(a->round[i].id, x->id) == 0)
            reader_fail(r, ERR_DUPLICATE, el, NULL, x->id);
    bool *seen = xcalloc((size_t)a->checklist->n_items, sizeof *seen);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (next_child(r, el, n, rows, &at, &x->foreign, 4) == 0)
            read_answer(r, n, x, seen);
    reader_settle(r);
    free(seen);
}

static void read_person(struct reader *r, const struct xml_node *el)
{
    struct assessment *a = r->a;
    if (a->n_people == PEOPLE_MAX) {
        reader_too_big(r, el, NULL, PEOPLE_MAX);
        return;
    }
    struct person x;
    person_copy(&x, &(struct person){0});
    reader_attrs(r, el, person_attrs, &x, &x.foreign);
    if (r->err == ERR_OK && assessment_person(a, x.id) != NULL)
        reader_fail(r, ERR_DUPLICATE, el, NULL, x.id);
    read_leaf(r, el, &x.foreign, 6);
    a->person = array_open(a->person, &a->n_people, a->n_people, sizeof *a->person);
    a->person[a->n_people - 1] = x;
}

static void read_people(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"person", true}, {NULL, false}};
    reader_attrs(r, el, people_attrs, NULL, &r->a->people_foreign);
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (next_child(r, el, n, rows, &at, &r->a->people_foreign, 4) == 0)
            read_person(r, n);
    reader_settle(r);
}

static void read_target(struct reader *r, const struct xml_node *el)
{
    struct assessment *a = r->a;
    struct target x;
    bool found = false;
    target_copy(&x, &(struct target){0});
    reader_attrs(r, el, target_attrs, &x, &x.foreign);
    read_leaf(r, el, &x.foreign, 4);
    size_t at = r->err == ERR_OK ? target_place(a, x.item, &found) : 0;
    if (found)
        reader_fail(r, ERR_DUPLICATE, el, NULL, xml_attr(el, "item"));
    if (r->err != ERR_OK) {
        target_release(&x);
        return;
    }
    a->target = array_open(a->target, &a->n_targets, at, sizeof *a->target);
    a->target[at] = x;
}

static void read_action(struct reader *r, const struct xml_node *el)
{
    static const struct child rows[] = {{"note", false}, {"history", false}, {NULL, false}};
    struct assessment *a = r->a;
    struct action x;
    bool found = false;
    action_copy(&x, &(struct action){.effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1});
    reader_attrs(r, el, action_attrs, &x, &x.foreign);
    if (r->err == ERR_OK && x.to == LEVEL_MIN) /* nothing leads to the lowest level */
        reader_fail(r, ERR_SCHEMA_VALUE, el, "to", xml_attr(el, "to"));
    int child = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next)
        switch (next_child(r, el, n, rows, &child, &x.foreign, 4)) {
        case 0:
            read_text(r, n, &x.note, &x.foreign.inside);
            break;
        case 1:
            read_text(r, n, &x.history, &x.foreign.inside);
            break;
        default:
            break;
        }
    reader_settle(r);
    size_t at = r->err == ERR_OK ? action_place(a, x.item, x.to, &found) : 0;
    if (found)
        reader_fail(r, ERR_DUPLICATE, el, NULL, xml_attr(el, "item"));
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
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, "revision");
        return;
    }
    char *s = reader_trimmed(raw);
    if (!reader_number(s, 9, &revision))
        reader_fail(r, ERR_SCHEMA_VALUE, el, "revision", raw);
    free(s);
    a->revision = (long)revision;
    if (program != NULL)
        reader_set_text(r, el, "program", program, FIELD_MAX, false, &a->program);
    reader_attrs(r, el, assessment_attrs, a, &a->foreign);
}

static void read_body(struct reader *r, const struct xml_node *el)
{
    enum { SITE, PEOPLE, ROUND, TARGET, ACTION, RESULT };
    static const struct child rows[] = {[SITE] = {"site", false},
                                        [PEOPLE] = {"people", false},
                                        [ROUND] = {"round", true},
                                        [TARGET] = {"target", true},
                                        [ACTION] = {"action", true},
                                        [RESULT] = {"result", false},
                                        {NULL, false}};
    struct assessment *a = r->a;
    bool has_site = false;
    int at = -1;
    for (const struct xml_node *n = el->first; n != NULL && r->err == ERR_OK; n = n->next) {
        int k = next_child(r, el, n, rows, &at, &a->foreign, 2);
        if (k == SITE) {
            has_site = true;
            reader_attrs(r, n, site_attrs, &a->site, &a->site.foreign);
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
    reader_settle(r);
    if (!has_site || a->n_rounds == 0)
        reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, has_site ? "round" : "site");
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
        if (reader_all_digits(version, n, 9) && version[0] != '0' && strcmp(version, "1") != 0)
            return diag_set(diag, ERR_NEWER, root->line, root->name, root->ns);
    }
    return diag_set(diag, ERR_NOT_OURS, root->line, NULL, root->name);
}

static enum err find_method(const struct xml_node *root, find_checklist_fn find, void *cookie,
                            const struct checklist **ck, int *edition, struct diag *diag)
{
    const char *raw_id = xml_attr(root, "checklist"), *raw_edition = xml_attr(root, "edition");
    if (raw_id == NULL || raw_edition == NULL)
        return diag_set(diag, ERR_SCHEMA_MISSING, root->line, root->name,
                        raw_id == NULL ? "checklist" : "edition");
    char *id = reader_trimmed(raw_id), *edition_id = reader_trimmed(raw_edition);
    enum err err = ERR_OK;
    *ck = find != NULL ? find(cookie, id) : checklist_find(id);
    if (*ck == NULL) {
        err = diag_set(diag, ERR_UNKNOWN_CHECKLIST, root->line, "assessment/@checklist", id);
    } else {
        *edition = checklist_edition(*ck, edition_id);
        if (*edition < 0)
            err =
                diag_set(diag, ERR_UNKNOWN_EDITION, root->line, "assessment/@edition", edition_id);
    }
    free(id);
    free(edition_id);
    return err;
}

static enum err read_root(struct assessment **out, const struct xml_node *root,
                          find_checklist_fn find, void *cookie, struct load_notes *notes,
                          struct diag *diag)
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

enum err assessment_read_in(struct cell *cell, struct assessment **out, const void *bytes, size_t n_bytes, find_checklist_fn find,
                            void *cookie, struct load_notes *notes, struct diag *diag)
{
    struct xml_doc doc = {0};
    enum err err = xml_parse_in(cell, &doc, bytes, n_bytes, diag);
    if (err != ERR_OK)
        return err;
    err = read_root(out, doc.root, find, cookie, notes, diag);
    xml_doc_release(&doc);
    return err;
}

enum err assessment_read(struct assessment **out, const void *bytes, size_t n_bytes, find_checklist_fn find, void *cookie, struct load_notes *notes,
                         struct diag *diag)
{
    return assessment_read_in(NULL, out, bytes, n_bytes, find, cookie, notes, diag);
}
