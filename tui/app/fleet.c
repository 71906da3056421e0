/* See fleet.h. */
#include "tui/app/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/pool.h"
#include "core/seal/secret.h"

static const struct rollup_site *site_of(const struct fleet *f, size_t file)
{
    return f->r.file[file].site;
}

static void list_rows(struct fleet *f)
{
    f->row = xcalloc(f->r.n_sites, sizeof *f->row);
    for (size_t i = 0; i < f->r.n_sites; i++)
        if (site_of(f, f->r.site[i])->checklist == f->checklist)
            f->row[f->n_rows++] = f->r.site[i];
}

/* What follows from the roll-up. */
static void derive(struct fleet *f)
{
    f->model = f->r.n;
    f->n_rows = 0;
    f->checklist = rollup_checklist(&f->r);
    if (f->checklist == NULL)
        return;
    list_rows(f);
    f->grades = xcalloc((size_t)f->checklist->n_grades + 1, sizeof *f->grades);
    rollup_grades(f->grades, &f->r, f->checklist);
    rollup_common_gaps(f->gap, &f->r, f->checklist);
    for (int i = 0; i < f->checklist->n_items; i++)
        f->gap_of[f->gap[i].item] = i;
    for (size_t i = f->n_rows; i-- > 0;)
        if (site_of(f, f->row[i])->model)
            f->model = f->row[i]; /* the first that says so of itself */
    fleet_sort(f);
}

struct rollup_request fleet_request(const struct fleet *f, find_checklist_fn find, void *cookie)
{
    return (struct rollup_request){.path = (const char *const *)f->path,
                                   .n_paths = f->n_paths,
                                   .jobs = pool_processors(),
                                   .find = find,
                                   .cookie = cookie,
                                   .key = f->key,
                                   .trust = f->trust,
                                   .guarded = true};
}

struct fleet *fleet_new(const char *const *path, size_t n_paths, struct key_secret *key, const struct trust *trust, find_checklist_fn find,
                        void *cookie)
{
    struct fleet *f = xcalloc(1, sizeof *f);
    f->path = xcalloc(n_paths, sizeof *f->path);
    for (; f->n_paths < n_paths; f->n_paths++)
        f->path[f->n_paths] = xstrdup(path[f->n_paths]);
    f->key = key;
    f->trust = trust;
    struct rollup_request request = fleet_request(f, find, cookie);
    rollup_collect(&f->r, &request);
    derive(f);
    return f;
}

void fleet_refresh(struct fleet *f)
{
    size_t model = f->model;
    free(f->grades);
    free(f->row);
    f->grades = NULL;
    f->row = NULL;
    f->sites = f->items = (struct list){0};
    f->sort = SORT_SCORE; /* the checklist may be another */
    derive(f);
    if (model == f->r.n || site_of(f, model) != NULL)
        f->model = model;
}

void fleet_free(struct fleet *f)
{
    if (f == NULL)
        return;
    rollup_release(&f->r);
    secret_free(f->key);
    for (size_t i = 0; i < f->n_paths; i++)
        free(f->path[i]);
    free(f->path);
    free(f->grades);
    free(f->row);
    free(f->since);
    free(f);
}

size_t fleet_n_sealed(const struct fleet *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->r.n; i++) {
        enum err err = f->r.file[i].diag != NULL ? f->r.file[i].diag->err : ERR_OK;
        n += err == ERR_SEAL_LOCKED || err == ERR_SEAL_KEY;
    }
    return n;
}

size_t fleet_n_opened(const struct fleet *f, size_t *n_strange)
{
    size_t n = 0;
    *n_strange = 0;
    for (size_t i = 0; i < f->r.n; i++) {
        n += f->r.file[i].seal != NULL;
        *n_strange += f->r.file[i].seal != NULL && f->r.file[i].seal->name == NULL;
    }
    return n;
}

struct key {
    int number;       /* the greater first */
    const char *text; /* then in order */
    size_t place;     /* then as rolled up: by id */
    size_t file;
};

static int cmp_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->number != y->number)
        return x->number > y->number ? -1 : 1;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : x->place < y->place ? -1 : 1;
}

static struct key key_of(const struct fleet *f, size_t file, size_t place)
{
    const struct rollup_site *s = site_of(f, file);
    struct key k = {s->score, "", place, file};
    if (f->sort == SORT_GRADE)
        k.number = s->grade == GRADE_NONE ? -100000 : -10000 * s->grade + s->score;
    else if (f->sort == SORT_ITEM)
        k.number = s->mark[f->sort_item].level;
    else if (f->sort >= SORT_SECTION)
        k.number = s->section_score[f->sort - SORT_SECTION];
    else if (f->sort == SORT_COUNTRY || f->sort == SORT_NAME) {
        k.number = 0;
        k.text = f->sort == SORT_COUNTRY ? s->country : s->name;
    }
    return k;
}

void fleet_sort(struct fleet *f)
{
    size_t n = f->n_rows, selected = n > 0 ? f->row[f->sites.sel] : 0, place = 0;
    struct key *key = xcalloc(n, sizeof *key);
    bool first = f->sites.sel == 0 && f->sites.top == 0; /* nobody has moved: stay at the top */
    for (size_t i = 0; i < f->r.n_sites; i++)
        if (site_of(f, f->r.site[i])->checklist == f->checklist) {
            key[place] = key_of(f, f->r.site[i], place);
            place++;
        }
    if (n > 0)
        qsort(key, n, sizeof *key, cmp_key);
    for (size_t i = 0; i < n; i++) {
        size_t at = f->reverse ? n - 1 - i : i;
        f->row[at] = key[i].file;
        if (key[i].file == selected && !first)
            f->sites.sel = (int)at;
    }
    free(key);
}

const struct rollup_site *fleet_at(const struct fleet *f, int row)
{
    return row >= 0 && (size_t)row < f->n_rows ? site_of(f, f->row[row]) : NULL;
}

int fleet_behind_model(const struct fleet *f, const struct rollup_site *s)
{
    int n = 0;
    if (f->model == f->r.n || site_of(f, f->model) == s)
        return -1;
    const struct rollup_mark *model = site_of(f, f->model)->mark;
    for (int i = 0; i < f->checklist->n_items; i++)
        n += s->mark[i].state != ANSWER_NA && s->mark[i].level < model[i].level;
    return n;
}
