/* Verdict on a file without opening it for work. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/base/text.h"
#include "core/io/xml_cell.h"
#include "core/model/locked.h"
#include "core/model/store.h"

static void fit(char *out, size_t size, const char *s)
{
    size_t n = text_floor(s, strlen(s), size - 1);
    memcpy(out, s, n);
    out[n] = '\0';
}

/* How files are read here. */
struct check {
    const struct passphrase *pass;
    find_checklist_fn find;
    void *cookie;
    struct xml_schema schema;
    struct cell *parser, *judge; /* NULL: in this process */
};

/* The reader's verdict comes first: it has codes, lines and names where the schema only has the
 * validator's sentences. Additions of a newer minor version cannot be held against the schema of
 * this one. */
static enum err read_and_judge(struct assessment **out, const char *path, const struct check *c, struct load_notes *notes, struct diag *diag)
{
    struct buf bytes = {0};
    struct assessment *a = NULL;
    enum err err = locked_read(&bytes, NULL, path, c->pass, diag);
    if (err == ERR_OK)
        err = assessment_read_in(c->parser, &a, buf_str(&bytes), bytes.len, c->find, c->cookie, notes, diag);
    if (err == ERR_OK && notes->n_unknown == 0)
        err = xml_validate_in(c->judge, &c->schema, bytes.p, bytes.len, diag);
    buf_release(&bytes);
    if (err == ERR_OK)
        *out = a;
    else
        assessment_free(a);
    return err;
}

static void look_for_generation(struct file_report *out, const char *path, const struct check *c)
{
    char room[PATH_MAX], *real = realpath(path, room);
    for (int n = 1; n <= STORE_GENERATIONS && out->good_generation == 0; n++) {
        struct assessment *a = NULL;
        struct load_notes notes = {0};
        char *name = store_generation_path(real != NULL ? real : path, n);
        if (read_and_judge(&a, name, c, &notes, NULL) == ERR_OK) {
            out->good_generation = n;
            out->good_revision = a->revision;
            assessment_free(a);
        }
        free(name);
    }
}

static void fill(struct file_report *out, const struct assessment *a)
{
    out->revision = a->revision;
    out->total = a->checklist->n_items;
    for (int i = 0; i < out->total; i++) {
        enum answer_state state = assessment_answer(a, i)->state;
        out->answered += state == ANSWER_LEVEL || state == ANSWER_NA;
    }
    fit(out->checklist, sizeof out->checklist, a->checklist->id);
    fit(out->edition, sizeof out->edition, a->checklist->edition[a->edition].id);
}

void store_check(struct file_report *out, const char *path, const struct passphrase *pass, bool guarded, find_checklist_fn find, void *cookie)
{
    struct assessment *a = NULL;
    struct check c = {pass, find, cookie, {embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd)}, NULL, NULL};
    if (guarded) {
        c.parser = xml_cell_new();
        c.judge = xml_schema_cell_new(&c.schema);
    }
    *out = (struct file_report){0};
    out->err = read_and_judge(&a, path, &c, &out->notes, &out->diag);
    if (out->err == ERR_OK)
        fill(out, a);
    else
        look_for_generation(out, path, &c);
    assessment_free(a);
    cell_free(c.parser);
    cell_free(c.judge);
}
