/* Loading a checklist from XML: the documents and the frame. See checklist.h and checklist_priv.h. */
#include "core/model/checklist_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "i18n/catalog.h"

static const char NS[] = "urn:monshin:checklist:1";
static const char NS_ANY[] = "urn:monshin:checklist:";

/* What checklist_load gives: the checklist and all that it points to. */
struct loaded {
    struct checklist ck; /* first, so that a checklist is its own handle */
    struct arena arena;
};

enum err loader_fail(struct loader *ld, enum err err, const struct xml_node *at, const char *where, const char *detail)
{
    char place[160];
    snprintf(place, sizeof place, "%s%s%s", ld->file, where[0] != '\0' ? ": " : "", where);
    return diag_set(ld->diag, err, at != NULL ? at->line : 0, place, detail);
}

const char *read_string(struct loader *ld, const char *raw)
{
    struct buf clean = {0};
    text_clean(&clean, raw, strlen(raw), TEXT_ONE_LINE);
    const char *s = arena_strndup(ld->arena, buf_str(&clean), clean.len);
    buf_release(&clean);
    return s;
}

/* The schema cannot tell blanks and invisible characters from a text: the first such element is kept for load_documents. */
static const char *read_text(struct loader *ld, const struct xml_node *el)
{
    struct buf raw = {0};
    xml_text(&raw, el);
    const char *s = read_string(ld, buf_str(&raw));
    if (s[strspn(s, " ")] == '\0' && ld->blank.node == NULL)
        ld->blank = (struct ck_source){el, ld->file};
    buf_release(&raw);
    return s;
}

struct ltext read_ltext(struct loader *ld, const struct xml_node *el)
{
    struct ltext t;
    for (int l = 0; l < LANG_COUNT; l++) {
        const struct xml_node *in = xml_child(el, lang_code((enum lang)l));
        if (in == NULL)
            in = xml_child(el, lang_code(LANG_EN)); /* a language that the checklist does not speak yet */
        t.in[l] = in != NULL ? read_text(ld, in) : "";
    }
    return t;
}

struct ltext read_child_ltext(struct loader *ld, const struct xml_node *el, const char *name)
{
    const struct xml_node *child = xml_child(el, name);
    struct ltext none;
    for (int l = 0; l < LANG_COUNT; l++)
        none.in[l] = "";
    return child != NULL ? read_ltext(ld, child) : none;
}

int read_int(const struct xml_node *el, const char *attr, int absent)
{
    const char *v = xml_attr(el, attr);
    return v == NULL ? absent : (int)strtol(v, NULL, 10);
}

bool read_bool(const struct xml_node *el, const char *attr)
{
    const char *v = xml_attr(el, attr);
    if (v == NULL)
        return false;
    v += strspn(v, " \t\r\n"); /* which the schema allows about a boolean */
    return v[0] == 't' || v[0] == '1';
}

int count_children(const struct xml_node *el, const char *name)
{
    int n = 0;
    for (const struct xml_node *c = xml_child(el, name); c != NULL; c = xml_next(c, name))
        n++;
    return n;
}

int find_grade(const struct checklist *ck, const char *letter)
{
    for (int g = 0; g < ck->n_grades; g++)
        if (letter != NULL && ck->grade[g].letter == letter[0])
            return g;
    return -1;
}

/* ---- The frame ---- */

static enum err load_scale(struct loader *ld, const struct xml_node *scale)
{
    int n = 0;
    for (const struct xml_node *el = xml_child(scale, "level"); el != NULL; el = xml_next(el, "level")) {
        if (read_int(el, "n", 0) != ++n)
            return loader_fail(ld, ERR_MEANING, el, "scale/level/@n", xml_attr(el, "n"));
        ld->ck->level[n - 1] = (struct ck_level){read_child_ltext(ld, el, "short"), read_child_ltext(ld, el, "name"),
                                                 read_int(el, "score", 0)};
    }
    return ERR_OK;
}

static void load_grades(struct loader *ld, const struct xml_node *grades)
{
    int n = 0;
    struct ck_grade *grade = arena_alloc(ld->arena, (size_t)count_children(grades, "grade") * sizeof *grade);
    for (const struct xml_node *el = xml_child(grades, "grade"); el != NULL; el = xml_next(el, "grade"))
        grade[n++] = (struct ck_grade){xml_attr(el, "letter")[0], read_int(el, "min", 0), read_child_ltext(ld, el, "name"),
                                       read_child_ltext(ld, el, "meaning")};
    ld->ck->grade = grade;
    ld->ck->n_grades = n;
}

static enum err load_caps(struct loader *ld, const struct xml_node *caps)
{
    struct checklist *ck = ld->ck;
    struct ck_key_cap *cap = arena_alloc(ld->arena, (size_t)count_children(caps, "key-item") * sizeof *cap);
    for (const struct xml_node *el = xml_child(caps, "key-item"); el != NULL; el = xml_next(el, "key-item")) {
        int max = find_grade(ck, xml_attr(el, "max"));
        if (max < 0)
            return loader_fail(ld, ERR_UNKNOWN_REF, el, "caps/key-item/@max", xml_attr(el, "max"));
        cap[ck->n_key_caps++] = (struct ck_key_cap){read_int(el, "level", 1), max};
    }
    ck->key_cap = cap;
    const struct xml_node *balance = xml_child(caps, "balance"), *na = xml_child(caps, "not-applicable");
    ck->balance_letters = balance != NULL ? read_int(balance, "letters", 0) : -1;
    ck->na_percent = na != NULL ? read_int(na, "percent", 101) : 101;
    return ERR_OK;
}

static enum err load_importances(struct loader *ld, const struct xml_node *importances)
{
    static const char *const order[3] = {"high", "medium", "low"};
    for (const struct xml_node *el = xml_child(importances, "importance"); el != NULL; el = xml_next(el, "importance")) {
        int i = 0;
        while (i < 2 && strcmp(order[i], xml_attr(el, "id")) != 0)
            i++;
        if (ld->ck->importance[i].id != NULL)
            return loader_fail(ld, ERR_DUPLICATE, el, "importance", xml_attr(el, "id"));
        ld->ck->importance[i] =
            (struct ck_importance){order[i], read_child_ltext(ld, el, "name"), read_child_ltext(ld, el, "help"),
                                   read_int(el, "target-key", 3), read_int(el, "target", 3)};
    }
    return ERR_OK;
}

static void load_roles(struct loader *ld, const struct xml_node *roles)
{
    int n = 0;
    struct ck_role *role = arena_alloc(ld->arena, (size_t)count_children(roles, "role") * sizeof *role);
    for (const struct xml_node *el = xml_child(roles, "role"); el != NULL; el = xml_next(el, "role"))
        role[n++] = (struct ck_role){read_string(ld, xml_attr(el, "id")), read_child_ltext(ld, el, "name"),
                                     read_child_ltext(ld, el, "short")};
    ld->ck->role = role;
    ld->ck->n_roles = n;
}

static void load_sections(struct loader *ld, const struct xml_node *root)
{
    int n = 0;
    struct ck_section *section = arena_alloc(ld->arena, (size_t)count_children(root, "section") * sizeof *section);
    for (const struct xml_node *el = xml_child(root, "section"); el != NULL; el = xml_next(el, "section"))
        section[n++] = (struct ck_section){.id = read_string(ld, xml_attr(el, "id")),
                                           .name = read_child_ltext(ld, el, "name"),
                                           .brief = read_child_ltext(ld, el, "short"),
                                           .weight = read_int(el, "weight", 1)};
    ld->ck->section = section;
    ld->ck->n_sections = n;
}

/* Before anything refers to them, like the ids in collect_into. */
static enum err check_unique(struct loader *ld, const struct xml_node *parent, const char *name, const char *attr)
{
    const struct xml_node *first = xml_child(parent, name);
    for (const struct xml_node *el = first; el != NULL; el = xml_next(el, name))
        for (const struct xml_node *earlier = first; earlier != el; earlier = xml_next(earlier, name))
            if (strcmp(xml_attr(earlier, attr), xml_attr(el, attr)) == 0)
                return loader_fail(ld, ERR_DUPLICATE, el, name, xml_attr(el, attr));
    return ERR_OK;
}

static enum err load_frame(struct loader *ld, const struct xml_node *root)
{
    struct checklist *ck = ld->ck;
    ck->id = read_string(ld, xml_attr(root, "id"));
    ck->version = read_string(ld, xml_attr(root, "version"));
    ck->name = read_child_ltext(ld, root, "name");
    ck->attribution = read_child_ltext(ld, root, "attribution");
    const struct xml_node *plant = xml_child(root, "reference-plant");
    ck->reference_plant = read_ltext(ld, plant);
    ck->reference_people = read_int(plant, "people", 1);
    ck->reference_devices = read_int(plant, "devices", 1);
    load_grades(ld, xml_child(root, "grades"));
    load_roles(ld, xml_child(root, "roles"));
    load_sections(ld, root);
    enum err err = check_unique(ld, xml_child(root, "roles"), "role", "id");
    if (err == ERR_OK)
        err = check_unique(ld, root, "section", "id");
    if (err == ERR_OK)
        err = check_unique(ld, xml_child(root, "grades"), "grade", "letter");
    if (err == ERR_OK)
        err = load_scale(ld, xml_child(root, "scale"));
    if (err == ERR_OK)
        err = load_caps(ld, xml_child(root, "caps"));
    if (err == ERR_OK)
        err = load_importances(ld, xml_child(root, "importances"));
    return err;
}

/* ---- The documents ---- */

static bool ours(const struct xml_node *root)
{
    return strcmp(root->ns, NS) == 0;
}

/* Our namespace with another number at its end. */
static bool newer(const struct xml_node *root)
{
    return strncmp(root->ns, NS_ANY, sizeof NS_ANY - 1) == 0 && strcmp(root->ns, NS) != 0;
}

static enum err read_document(struct loader *ld, const char *path, const char *want_root, const struct xml_node **root)
{
    struct buf bytes = {0};
    struct diag inner = {0};
    struct xml_doc *doc = &ld->doc[ld->n_docs];
    enum err err = file_read(&bytes, path, XML_MAX_BYTES, &inner);
    if (err == ERR_OK)
        err = xml_parse(doc, buf_str(&bytes), bytes.len, &inner);
    if (err == ERR_OK) {
        ld->n_docs++;
        if (!ours(doc->root) || (want_root != NULL && strcmp(doc->root->name, want_root) != 0))
            err = diag_set(&inner, newer(doc->root) ? ERR_NEWER : ERR_NOT_OURS, doc->root->line, NULL,
                           newer(doc->root) ? doc->root->ns : doc->root->name);
    }
    if (err == ERR_OK)
        err = xml_validate(buf_str(&bytes), bytes.len, embed_checklist_xsd,
                           (size_t)(embed_checklist_xsd_end - embed_checklist_xsd), &inner);
    buf_release(&bytes);
    if (err != ERR_OK) {
        struct xml_node at = {.line = inner.line};
        loader_fail(ld, err, &at, inner.where, inner.detail);
        if (ld->diag != NULL) {
            ld->diag->sys = inner.sys;
            ld->diag->number = inner.number;
        }
        return err;
    }
    *root = doc->root;
    return ERR_OK;
}

/* Adds an item or edition to its list. Ids must be unique before anything refers to them: else the error would be about the reference. */
static enum err collect_into(struct loader *ld, struct ck_source *list, int *n, int max, const struct xml_node *el)
{
    if (*n == max)
        return loader_fail(ld, ERR_TOO_BIG, el, el->name, NULL);
    for (int i = 0; i < *n; i++)
        if (strcmp(xml_attr(list[i].node, "id"), xml_attr(el, "id")) == 0)
            return loader_fail(ld, ERR_DUPLICATE, el, el->name, xml_attr(el, "id"));
    list[(*n)++] = (struct ck_source){el, ld->file};
    return ERR_OK;
}

static enum err collect(struct loader *ld, const struct xml_node *el)
{
    if (strcmp(el->name, "item") == 0)
        return collect_into(ld, ld->item, &ld->n_items, ITEMS_MAX, el);
    return collect_into(ld, ld->edition, &ld->n_editions, EDITIONS_MAX, el);
}

static enum err include(struct loader *ld, const struct xml_node *el)
{
    const char *main_file = ld->file, *name = xml_attr(el, "file");
    char *path = path_join(ld->dir, name);
    const struct xml_node *root = NULL;
    ld->file = name;
    enum err err = read_document(ld, path, NULL, &root);
    if (err == ERR_OK && strcmp(root->name, "checklist") == 0)
        err = loader_fail(ld, ERR_SCHEMA_PLACE, root, "include", "checklist");
    if (err == ERR_OK)
        err = collect(ld, root);
    ld->file = main_file;
    free(path);
    return err;
}

static enum err load_documents(struct loader *ld, const char *path)
{
    const struct xml_node *root = NULL;
    enum err err = read_document(ld, path, "checklist", &root);
    if (err == ERR_OK)
        err = load_frame(ld, root);
    const struct xml_node *el = err == ERR_OK ? xml_child(root, NULL) : NULL;
    for (; err == ERR_OK && el != NULL; el = xml_next(el, NULL)) {
        if (strcmp(el->name, "include") == 0)
            err = include(ld, el);
        else if (strcmp(el->name, "item") == 0 || strcmp(el->name, "edition") == 0)
            err = collect(ld, el);
    }
    if (err == ERR_OK)
        err = load_items(ld);
    if (err == ERR_OK)
        err = load_editions(ld);
    if (err == ERR_OK)
        err = load_verdicts(ld, xml_child(root, "verdicts"));
    if (err == ERR_OK && ld->blank.node != NULL) {
        ld->file = ld->blank.file;
        err = loader_fail(ld, ERR_SCHEMA_MISSING, ld->blank.node, "text", ld->blank.node->name);
    }
    return err == ERR_OK ? check_meaning(ld) : err;
}

enum err checklist_load(struct checklist **out, const char *path, struct diag *diag)
{
    struct loaded *loaded = xcalloc(1, sizeof *loaded);
    struct loader *ld = xcalloc(1, sizeof *ld);
    char *dir = path_dir(path);
    *ld = (struct loader){.arena = &loaded->arena, .ck = &loaded->ck, .dir = dir, .diag = diag, .file = path_base(path)};
    ld->doc = xcalloc(FILES_MAX, sizeof *ld->doc);
    enum err err = load_documents(ld, path);
    for (int i = 0; i < ld->n_docs; i++)
        xml_doc_release(&ld->doc[i]);
    free(ld->doc);
    free(ld);
    free(dir);
    if (err == ERR_OK)
        *out = &loaded->ck;
    else
        checklist_free(&loaded->ck);
    return err;
}

void checklist_free(struct checklist *ck)
{
    if (ck == NULL)
        return;
    struct loaded *loaded = (struct loaded *)ck;
    arena_release(&loaded->arena);
    free(loaded);
}
