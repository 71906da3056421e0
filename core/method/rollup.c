/* See rollup.h. Reading: what is kept of a file. Who wins among the files of a site:
 * rollup_resolve.c. */
#include "core/method/rollup_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/pool.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/model/sealed.h"
#include "core/seal/safe.h"

const char *rollup_outcome_word(enum rollup_outcome o)
{
    static const char *const words[] = {[ROLLUP_TAKEN] = "taken",
                                        [ROLLUP_OLDER] = "older",
                                        [ROLLUP_DUPLICATE] = "duplicate",
                                        [ROLLUP_CONFLICT] = "conflict",
                                        [ROLLUP_REJECTED] = "rejected"};
    _Static_assert(sizeof words / sizeof words[0] == ROLLUP_OUTCOME_COUNT, "a word for each");
    return words[o];
}

/* ---- What is kept of a file ---- */

/* The site with room behind it for its marks and strings; *strings is where these go. */
static struct rollup_site *site_alloc(const struct assessment *a, char **strings)
{
    size_t n_items = (size_t)a->checklist->n_items;
    size_t n_strings = strlen(a->site.id) + strlen(a->site.company) + strlen(a->site.name) +
                       strlen(a->site.country) + strlen(assessment_round(a)->id) + 5;
    struct rollup_mark *mark;
    struct rollup_site *s = xcalloc(1, sizeof *s + n_items * sizeof *mark + n_strings);
    mark = (struct rollup_mark *)(s + 1);
    s->mark = mark;
    *strings = (char *)(mark + n_items);
    return s;
}

static const char *keep(char **room, const char *s)
{
    size_t n = strlen(s) + 1;
    char *kept = memcpy(*room, s, n);
    *room += n;
    return kept;
}

static void fill_round(struct rollup_site *s, const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    const char *date = round->finished[0] != '\0' ? round->finished : round->started;
    size_t n_digits = strspn(round->id, "0123456789");
    snprintf(s->date, sizeof s->date, "%.10s", date);
    s->round_numeric = round->id[n_digits] == '\0' && n_digits > 0 && n_digits < 10;
    s->round_number = s->round_numeric ? strtol(round->id, NULL, 10) : (long)a->n_rounds;
    iso_parse(&s->started, round->started);
    iso_parse(&s->modified, a->modified);
}

static void fill_marks(struct rollup_site *s, struct rollup_mark *mark, const struct assessment *a)
{
    for (int i = 0; i < a->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(a, i);
        mark[i] = (struct rollup_mark){.state = (unsigned char)x->state,
                                       .level = (unsigned char)x->level,
                                       .basis = (unsigned char)x->basis,
                                       .target = (unsigned char)assessment_target_level(a, i)};
        s->answered += x->state == ANSWER_LEVEL || x->state == ANSWER_NA;
        s->total++;
    }
}

static void fill_grades(struct rollup_site *s, const struct assessment *a)
{
    struct grade_result g;
    grade_assessment(&g, a);
    s->provisional = g.provisional;
    s->score = (short)score_tenths(g.overall.score);
    s->grade = (signed char)g.overall.grade;
    for (int i = 0; i < a->checklist->n_sections; i++) {
        s->section_score[i] = (short)score_tenths(g.section[i].score);
        s->section_grade[i] = (signed char)g.section[i].grade;
    }
}

static struct rollup_site *site_of(const struct assessment *a)
{
    char *room;
    struct rollup_site *s = site_alloc(a, &room);
    s->checklist = a->checklist;
    s->id = keep(&room, a->site.id);
    s->company = keep(&room, a->site.company);
    s->name = keep(&room, a->site.name);
    s->country = keep(&room, a->site.country);
    s->round = keep(&room, assessment_round(a)->id);
    s->revision = a->revision;
    s->employees = a->site.employees;
    s->importance = a->site.importance;
    s->model = a->site.model;
    fill_round(s, a);
    fill_marks(s, (struct rollup_mark *)(s + 1), a);
    fill_grades(s, a);
    return s;
}

/* Opened, checked, and signed by somebody who counts; who that is, is kept the first time. */
static enum err read_sealed(struct assessment **a, struct rollup_file *f, const struct buf *bytes, const struct rollup_request *request,
                            struct diag *diag)
{
    struct buf payload = {0};
    struct manifest m;
    char fingerprint[FINGERPRINT_SIZE];
    if (safe_is(buf_str(bytes), bytes->len)) /* somebody's working file: no passphrase is asked for here */
        return diag_set(diag, ERR_LOCKED_FILE, 0, NULL, NULL);
    if (request->key == NULL)
        return diag_set(diag, ERR_SEAL_LOCKED, 0, NULL, NULL);
    enum err err = sealed_read(&payload, &m, a, buf_str(bytes), bytes->len, request->key, request->find, request->cookie, NULL, diag);
    buf_release(&payload);
    if (err != ERR_OK)
        return err;
    const char *name = request->trust != NULL ? trust_name(request->trust, &m.from) : NULL;
    if (request->trust != NULL && name == NULL) {
        assessment_free(*a);
        *a = NULL;
        key_fingerprint(fingerprint, &m.from);
        return diag_set(diag, ERR_SEAL_SIGNER, 0, NULL, fingerprint);
    }
    if (f->seal == NULL) {
        f->seal = xcalloc(1, sizeof *f->seal);
        *f->seal = (struct rollup_seal){m.from, name, m.subject.number, xstrdup(m.subject.file)};
    }
    return ERR_OK;
}

struct assessment *rollup_read(struct rollup_file *f, const struct rollup_request *request)
{
    struct buf bytes = {0};
    struct diag diag = {0};
    struct assessment *a = NULL;
    enum err err = file_read(&bytes, f->path, SEAL_FILE_MAX, &diag);
    bool sealed = err == ERR_OK && age_is(buf_str(&bytes), bytes.len);
    if (err == ERR_OK && !sealed && bytes.len > XML_MAX_BYTES) {
        err = diag_set(&diag, ERR_TOO_BIG, 0, NULL, NULL);
        diag.number = XML_MAX_BYTES;
    }
    if (sealed)
        err = read_sealed(&a, f, &bytes, request, &diag);
    else if (err == ERR_OK)
        err = assessment_read(&a, buf_str(&bytes), bytes.len, request->find, request->cookie, NULL, &diag);
    buf_release(&bytes);
    if (err != ERR_OK)
        rollup_reject(f, &diag);
    return err == ERR_OK ? a : NULL;
}

/* ---- All files ---- */

struct collecting {
    struct rollup *r;
    const struct rollup_request *request;
};

static void collect_one(void *cookie, size_t i, int worker)
{
    const struct collecting *c = cookie;
    struct rollup_file *f = &c->r->file[i];
    (void)worker;
    if (f->diag != NULL) /* a folder that cannot be opened */
        return;
    struct assessment *a = rollup_read(f, c->request);
    if (a == NULL)
        return;
    f->site = site_of(a);
    assessment_free(a);
}

void rollup_collect(struct rollup *out, const struct rollup_request *request)
{
    *out = (struct rollup){0};
    struct collecting c = {out, request};
    rollup_find_files(out, request);
    if (request->find != NULL)
        request->find(request->cookie, "");
    pool_run(out->n, request->jobs, collect_one, &c);
    rollup_resolve(out, request);
}

void rollup_release(struct rollup *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->file[i].path);
        free(r->file[i].diag);
        free(r->file[i].site);
        if (r->file[i].seal != NULL)
            free(r->file[i].seal->file);
        free(r->file[i].seal);
    }
    free(r->file);
    free(r->site);
    *r = (struct rollup){0};
}

size_t rollup_find_site(const struct rollup *r, const char *id, const char *company)
{
    for (size_t i = 0; i < r->n_sites; i++) {
        const struct rollup_site *s = r->file[r->site[i]].site;
        if (strcmp(s->id, id) == 0 && (company == NULL || strcmp(s->company, company) == 0))
            return r->site[i];
    }
    return r->n;
}

/* ---- Once more, with the assessments ---- */

struct passing {
    struct rollup *r;
    const struct rollup_request *request;
    const struct rollup_pass *pass;
    size_t first;
    void **made;
};

static void make_one(void *cookie, size_t i, int worker)
{
    const struct passing *p = cookie;
    struct rollup_file *f = &p->r->file[p->r->site[p->first + i]];
    (void)worker;
    p->made[i] = NULL;
    struct assessment *a = rollup_read(f, p->request);
    if (a == NULL)
        return;
    if (f->site->checklist == a->checklist)
        p->made[i] = p->pass->make(p->pass->cookie, a, f->site);
    assessment_free(a);
}

struct assessment *rollup_open(struct rollup *r, size_t file, const struct rollup_request *request)
{
    struct assessment *a = rollup_read(&r->file[file], request);
    if (a == NULL)
        rollup_list_sites(r);
    return a;
}

void rollup_each(struct rollup *r, const struct rollup_request *request,
                 const struct rollup_pass *pass)
{
    enum { BATCH_PER_JOB = 16 };
    size_t batch = (size_t)(request->jobs > 1 ? request->jobs : 1) * BATCH_PER_JOB;
    struct passing p = {r, request, pass, 0, xcalloc(batch, sizeof *p.made)};
    bool go_on = true;
    for (; p.first < r->n_sites && go_on; p.first += batch) {
        size_t n = r->n_sites - p.first < batch ? r->n_sites - p.first : batch;
        pool_run(n, request->jobs, make_one, &p);
        for (size_t i = 0; i < n; i++) {
            const struct rollup_file *f = &r->file[r->site[p.first + i]];
            if (go_on && f->outcome == ROLLUP_TAKEN)
                go_on = pass->take(pass->cookie, f, p.made[i]);
        }
    }
    free(p.made);
    rollup_list_sites(r);
}
