/* Which file counts for a site: see rollup.h. Runs after all are read, so that neither the order of
 * reading nor the threads matter. */
#include "core/method/rollup_priv.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

static int cmp(long long a, long long b)
{
    return (a > b) - (a < b);
}

static int cmp_identity(const struct rollup_site *a, const struct rollup_site *b)
{
    int order = strcmp(a->id, b->id);
    if (order == 0)
        order = strcmp(a->company, b->company);
    return order != 0 ? order : strcmp(a->checklist->id, b->checklist->id);
}

static int cmp_round(const struct rollup_site *a, const struct rollup_site *b)
{
    int order = cmp(a->round_number, b->round_number);
    if (order == 0)
        order = cmp(!a->round_numeric, !b->round_numeric);
    if (order != 0 || a->round_numeric)
        return order;
    order = cmp(a->started, b->started);
    return order != 0 ? order : strcmp(a->round, b->round);
}

/* The newest first. */
static int cmp_age(const struct rollup_site *a, const struct rollup_site *b)
{
    int order = cmp_round(b, a);
    return order != 0 ? order : cmp(b->revision, a->revision);
}

static int by_site(const void *a, const void *b)
{
    const struct rollup_file *x = *(struct rollup_file *const *)a,
                             *y = *(struct rollup_file *const *)b;
    int order = cmp_identity(x->site, y->site);
    if (order == 0)
        order = cmp_age(x->site, y->site);
    if (order == 0)
        order = cmp(y->site->modified, x->site->modified);
    return order != 0 ? order : strcmp(x->path, y->path);
}

/* What a file says, without what an export or another version of the program changes in it. */
static bool meaning(struct buf *out, struct rollup_file *f, const struct rollup_readers *readers)
{
    struct assessment *a = rollup_read(f, readers, 0);
    if (a == NULL)
        return false;
    field_set(&a->modified, "", 0, false);
    a->exported = 0;
    assessment_write(out, a, "");
    assessment_free(a);
    return true;
}

/* The newest files of one site. The first that can still be read is taken. Gives its place. */
static size_t choose(struct rollup_file **file, size_t n, const struct rollup_readers *readers)
{
    struct buf taken = {0}, other = {0};
    size_t first = 0;
    if (n > 1)
        while (first < n && !meaning(&taken, file[first], readers))
            first++;
    for (size_t i = first + 1; i < n; i++) {
        buf_clear(&other);
        if (!meaning(&other, file[i], readers))
            continue;
        bool same = taken.len == other.len && memcmp(taken.p, other.p, taken.len) == 0;
        file[i]->outcome = same ? ROLLUP_DUPLICATE : ROLLUP_CONFLICT;
    }
    buf_release(&taken);
    buf_release(&other);
    return first;
}

/* All files of one site, the newest first. */
static void resolve_site(struct rollup *r, struct rollup_file **file, size_t n,
                         const struct rollup_readers *readers)
{
    size_t newest = 0, first = 0;
    while (newest < n) { /* more than once only when files disappear under our hands */
        size_t start = newest;
        while (newest < n && cmp_age(file[start]->site, file[newest]->site) == 0)
            newest++;
        first = start + choose(file + start, newest - start, readers);
        if (first < newest)
            break;
    }
    if (first == n)
        return;
    file[first]->outcome = ROLLUP_TAKEN;
    for (size_t i = first + 1; i < n; i++) {
        if (file[i]->site == NULL)
            continue;
        if (i >= newest)
            file[i]->outcome = ROLLUP_OLDER;
        file[i]->taken = (size_t)(file[first] - r->file);
        file[i]->other_name = strcmp(file[i]->site->name, file[first]->site->name) != 0;
    }
}

/* Where it matters who has signed, a file in the open does not take the place of a signed one, however new it says it is. Gives how many
 * of the site's files are left, those first. */
static size_t drop_unsigned(struct rollup_file **file, size_t n, const struct rollup_request *request)
{
    size_t n_signed = 0;
    for (size_t i = 0; i < n; i++)
        n_signed += file[i]->seal != NULL;
    if (request->trust == NULL || n_signed == 0)
        return n;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (file[i]->seal != NULL) {
            file[kept++] = file[i];
            continue;
        }
        struct diag d = {0};
        diag_set(&d, ERR_SEAL_UNSIGNED, 0, NULL, NULL);
        rollup_reject(file[i], &d);
    }
    return kept;
}

void rollup_list_sites(struct rollup *r)
{
    size_t n = 0;
    memset(r->count, 0, sizeof r->count);
    for (size_t i = 0; i < r->n; i++)
        r->count[r->file[i].outcome]++;
    for (size_t i = 0; i < r->n_sites; i++)
        if (r->file[r->site[i]].outcome == ROLLUP_TAKEN)
            r->site[n++] = r->site[i];
    r->n_sites = n;
}

void rollup_resolve(struct rollup *r, const struct rollup_readers *readers)
{
    struct rollup_file **file = xcalloc(r->n, sizeof(struct rollup_file *));
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->file[i].site != NULL)
            file[n++] = &r->file[i];
    if (n > 0)
        qsort(file, n, sizeof *file, by_site);
    r->site = xcalloc(n, sizeof *r->site);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && cmp_identity(file[i]->site, file[end]->site) == 0)
            end++;
        size_t kept = drop_unsigned(file + i, end - i, readers->request);
        for (size_t k = i; k < i + kept; k++)
            r->site[r->n_sites++] = (size_t)(file[k] - r->file);
        resolve_site(r, file + i, kept, readers);
        i = end;
    }
    free(file);
    rollup_list_sites(r);
}
