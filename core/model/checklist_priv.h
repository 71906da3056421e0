/* Inside of the checklist loader: shared by checklist_load.c (documents and frame), checklist_items.c (items and editions) and
 * checklist_check.c (meaning). */
#ifndef CORE_MODEL_CHECKLIST_PRIV_H
#define CORE_MODEL_CHECKLIST_PRIV_H

#include "core/base/mem.h"
#include "core/io/xml.h"
#include "core/model/checklist.h"

/* One file for the frame, one for each item and edition, and the one that is one too many. */
enum { EDITIONS_MAX = 16, FILES_MAX = 1 + ITEMS_MAX + EDITIONS_MAX + 1 };

/* An <item> or <edition> and the file it stands in. */
struct ck_source {
    const struct xml_node *node;
    const char *file; /* as in <include>, or the main file's name */
};

struct loader {
    struct arena *arena; /* of the checklist to be: strings and arrays */
    struct checklist *ck;
    const char *dir;
    struct xml_doc *doc; /* FILES_MAX of them */
    int n_docs;
    struct ck_source item[ITEMS_MAX]; /* in the order of the sections, once sorted */
    int n_items;
    struct ck_source edition[EDITIONS_MAX];
    int n_editions;
    struct ck_source blank; /* the first text that says nothing, if any */
    struct diag *diag;
    const char *file; /* the one being read, for messages */
};

/* Fills diag with "file: where" and returns err. */
enum err loader_fail(struct loader *ld, enum err err, const struct xml_node *at, const char *where, const char *detail);

/* Reading pieces; the schema has made sure that they are there. */
const char *read_string(struct loader *ld, const char *raw);          /* cleaned, in the arena */
struct ltext read_ltext(struct loader *ld, const struct xml_node *el); /* its <ja> and <en> */
struct ltext read_child_ltext(struct loader *ld, const struct xml_node *el, const char *name);
int read_int(const struct xml_node *el, const char *attr, int absent);
bool read_bool(const struct xml_node *el, const char *attr);
int count_children(const struct xml_node *el, const char *name);
/* Index of the grade with this letter, or -1. */
int find_grade(const struct checklist *ck, const char *letter);

enum err load_items(struct loader *ld);    /* needs roles, sections, grades */
enum err load_editions(struct loader *ld); /* needs items */
enum err load_verdicts(struct loader *ld, const struct xml_node *verdicts);

/* Meaning beyond the schema; file and line are no longer known, so where and detail name the ids. */
enum err check_meaning(struct loader *ld);

#endif
