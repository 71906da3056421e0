/* See rollup.h. Reading a file: rollup_read.c; what is kept of it: rollup_site.c. Who wins among the files of a site:
 * rollup_resolve.c. */
#include "core/method/rollup_priv.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/pool.h"

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

/* ---- All files, some at a time ---- */

struct collecting {
    struct rollup *r;
    struct rollup_readers readers;
    size_t batch;
};

static void collect_some(void *cookie, size_t i, int worker)
{
    const struct collecting *c = cookie;
    size_t first = i * c->batch, left = c->r->n - first;
    rollup_keep(&c->r->file[first], left < c->batch ? left : c->batch, &c->readers, worker);
}

/* So many that every thread has its share, also of a few files. */
static size_t batch_of(size_t n_files, int jobs)
{
    size_t n = n_files / ((size_t)(jobs > 1 ? jobs : 1) * 4);
    return n < 1 ? 1 : n > CELL_PIECES ? CELL_PIECES : n;
}

void rollup_collect(struct rollup *out, const struct rollup_request *request)
{
    *out = (struct rollup){0};
    struct collecting c = {.r = out};
    rollup_find_files(out, request);
    if (request->find != NULL)
        request->find(request->cookie, "");
    rollup_readers_start(&c.readers, request, true);
    c.batch = batch_of(out->n, request->jobs);
    pool_run((out->n + c.batch - 1) / c.batch, request->jobs, collect_some, &c);
    rollup_resolve(out, &c.readers);
    rollup_readers_end(&c.readers);
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
    const struct rollup_pass *pass;
    size_t first;
    void **made;
    struct rollup_readers readers;
};

static void make_one(void *cookie, size_t i, int worker)
{
    const struct passing *p = cookie;
    struct rollup_file *f = &p->r->file[p->r->site[p->first + i]];
    p->made[i] = NULL;
    struct assessment *a = rollup_read(f, &p->readers, worker);
    if (a == NULL)
        return;
    if (f->site->checklist == a->checklist)
        p->made[i] = p->pass->make(p->pass->cookie, a, f->site);
    assessment_free(a);
}

struct assessment *rollup_open(struct rollup *r, size_t file, const struct rollup_request *request)
{
    struct rollup_readers readers;
    rollup_readers_start(&readers, request, false);
    struct assessment *a = rollup_read(&r->file[file], &readers, 0);
    rollup_readers_end(&readers);
    if (a == NULL)
        rollup_list_sites(r);
    return a;
}

void rollup_each(struct rollup *r, const struct rollup_request *request,
                 const struct rollup_pass *pass)
{
    enum { BATCH_PER_JOB = 16 };
    size_t batch = (size_t)(request->jobs > 1 ? request->jobs : 1) * BATCH_PER_JOB;
    struct passing p = {.r = r, .pass = pass, .made = xcalloc(batch, sizeof *p.made)};
    bool go_on = true;
    rollup_readers_start(&p.readers, request, false);
    for (; p.first < r->n_sites && go_on; p.first += batch) {
        size_t n = r->n_sites - p.first < batch ? r->n_sites - p.first : batch;
        pool_run(n, request->jobs, make_one, &p);
        for (size_t i = 0; i < n; i++) {
            const struct rollup_file *f = &r->file[r->site[p.first + i]];
            if (go_on && f->outcome == ROLLUP_TAKEN)
                go_on = pass->take(pass->cookie, f, p.made[i]);
        }
    }
    rollup_readers_end(&p.readers);
    free(p.made);
    rollup_list_sites(r);
}
