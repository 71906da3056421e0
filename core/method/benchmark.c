/* See benchmark.h. */
#include "core/method/benchmark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/io/xml_cell.h"

#define BENCHMARK_NS "urn:monshin:benchmark:1"

enum { SCORE_TENTHS_MAX = 1000, LEVEL_TENTHS_MAX = LEVEL_MAX * 10, SITES_DIGITS = 7 };

/* ---- Making ---- */

static int cmp_int(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* quarter: 1, 2, 3. */
static int quartile(const int *sorted, size_t n, size_t quarter)
{
    size_t at = (n - 1) * quarter, k = at / 4, rest = at % 4;
    int step = k + 1 < n ? sorted[k + 1] - sorted[k] : 0;
    return sorted[k] + step * (int)rest / 4;
}

void quartiles_of(struct quartiles *out, int *values, size_t n)
{
    *out = (struct quartiles){0};
    if (n < BENCHMARK_MIN)
        return;
    qsort(values, n, sizeof *values, cmp_int);
    *out = (struct quartiles){(long)n, quartile(values, n, 1), quartile(values, n, 2),
                              quartile(values, n, 3)};
}

struct picking {
    const struct rollup *r;
    const struct checklist *ck;
    int *value; /* room for all sites */
};

/* What a site says of one scope; -1: nothing. */
typedef int (*pick_fn)(const struct rollup_site *s, int index);

static int pick_overall(const struct rollup_site *s, int index)
{
    (void)index;
    return s->score;
}

static int pick_section(const struct rollup_site *s, int index)
{
    return s->section_grade[index] == GRADE_NONE ? -1 : s->section_score[index];
}

static int pick_item(const struct rollup_site *s, int index)
{
    return s->mark[index].state == ANSWER_LEVEL ? s->mark[index].level * 10 : -1;
}

static void pick(struct quartiles *out, const struct picking *p, pick_fn fn, int index)
{
    size_t n = 0;
    for (size_t i = 0; i < p->r->n_sites; i++) {
        const struct rollup_site *s = p->r->file[p->r->site[i]].site;
        int value = s->checklist == p->ck && s->grade != GRADE_NONE ? fn(s, index) : -1;
        if (value >= 0)
            p->value[n++] = value;
    }
    quartiles_of(out, p->value, n);
}

bool benchmark_compute(struct benchmark *out, const struct rollup *r, const struct checklist *ck,
                       const char *today)
{
    struct picking p = {r, ck, xcalloc(r->n_sites, sizeof *p.value)};
    *out = (struct benchmark){.checklist = ck};
    snprintf(out->date, sizeof out->date, "%.10s", today);
    pick(&out->overall, &p, pick_overall, 0);
    out->n_sites = out->overall.n;
    for (int i = 0; i < ck->n_sections; i++)
        pick(&out->section[i], &p, pick_section, i);
    for (int i = 0; i < ck->n_items; i++)
        pick(&out->item[i], &p, pick_item, i);
    free(p.value);
    return out->n_sites > 0;
}

enum benchmark_place benchmark_place(const struct quartiles *q, int tenths)
{
    if (q->n == 0 || tenths < 0)
        return PLACE_NONE;
    if (tenths == q->median)
        return PLACE_MEDIAN;
    if (tenths < q->median)
        return tenths < q->low ? PLACE_LOWEST : PLACE_BELOW;
    return tenths > q->high ? PLACE_HIGHEST : PLACE_ABOVE;
}

/* What sorting looks at. */
struct keyed {
    struct benchmark_rank rank;
    bool key;
};

static int furthest_behind_first(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    bool out_x = x->rank.place == PLACE_NONE, out_y = y->rank.place == PLACE_NONE;
    if (out_x != out_y)
        return out_x ? 1 : -1;
    if (x->rank.tenths != y->rank.tenths)
        return x->rank.tenths < y->rank.tenths ? -1 : 1;
    if (x->key != y->key)
        return x->key ? -1 : 1;
    return x->rank.item - y->rank.item;
}

int benchmark_ranks(struct benchmark_rank *out, const struct benchmark *b, const struct round *round)
{
    struct keyed k[ITEMS_MAX];
    int n = b->checklist->n_items;
    for (int i = 0; i < n; i++) {
        const struct answer *x = &round->answer[i];
        int own = x->state == ANSWER_LEVEL ? x->level * 10 : -1;
        enum benchmark_place place = benchmark_place(&b->item[i], own);
        k[i] = (struct keyed){{i, place, place != PLACE_NONE ? own - b->item[i].median : 0}, b->checklist->item[i].key};
    }
    qsort(k, (size_t)n, sizeof k[0], furthest_behind_first);
    for (int i = 0; i < n; i++)
        out[i] = k[i].rank;
    return n;
}

/* ---- Writing ---- */

static void write_quartiles(struct buf *out, const char *element, const char *id,
                            const struct quartiles *q)
{
    if (q->n == 0)
        return;
    buf_addf(out, "  <%s", element);
    if (id != NULL) {
        buf_adds(out, " id=\"");
        xml_escape(out, id, true);
        buf_addc(out, '"');
    }
    buf_addf(out, " n=\"%ld\" q1=\"%d.%d\" median=\"%d.%d\" q3=\"%d.%d\"/>\n", q->n, q->low / 10,
             q->low % 10, q->median / 10, q->median % 10, q->high / 10, q->high % 10);
}

void benchmark_write(struct buf *out, const struct benchmark *b, const char *program)
{
    const struct checklist *ck = b->checklist;
    buf_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<benchmark xmlns=\"" BENCHMARK_NS
                  "\" checklist=\"");
    xml_escape(out, ck->id, true);
    buf_adds(out, "\" version=\"");
    xml_escape(out, ck->version, true);
    buf_adds(out, "\" program=\"");
    xml_escape(out, program, true);
    buf_addf(out, "\" date=\"%s\" sites=\"%ld\">\n", b->date, b->n_sites);
    write_quartiles(out, "overall", NULL, &b->overall);
    for (int i = 0; i < ck->n_sections; i++)
        write_quartiles(out, "section", ck->section[i].id, &b->section[i]);
    for (int i = 0; i < ck->n_items; i++)
        write_quartiles(out, "item", ck->item[i].id, &b->item[i]);
    buf_adds(out, "</benchmark>\n");
}

/* ---- Reading ---- */

struct reading {
    struct benchmark *b;
    struct diag *diag;
    enum err err;
};

static void fail(struct reading *r, enum err err, const struct xml_node *el, const char *attr,
                 const char *value)
{
    char where[64];
    if (r->err != ERR_OK)
        return;
    snprintf(where, sizeof where, "%s%s%s", el->name, attr != NULL ? "/@" : "",
             attr != NULL ? attr : "");
    r->err = diag_set(r->diag, err, el->line, where, value);
}

static const char *need(struct reading *r, const struct xml_node *el, const char *attr)
{
    const char *value = xml_attr(el, attr);
    if (value == NULL)
        fail(r, ERR_SCHEMA_MISSING, el, NULL, attr);
    return value;
}

static long read_count(struct reading *r, const struct xml_node *el, const char *attr)
{
    const char *s = need(r, el, attr);
    if (s == NULL)
        return 0;
    size_t n = strspn(s, "0123456789");
    if (n == 0 || n > SITES_DIGITS || s[n] != '\0' || strtol(s, NULL, 10) < BENCHMARK_MIN) {
        fail(r, ERR_SCHEMA_VALUE, el, attr, s);
        return 0;
    }
    return strtol(s, NULL, 10);
}

/* "62.4": one decimal, always. */
static int read_tenths(struct reading *r, const struct xml_node *el, const char *attr, int min,
                       int max)
{
    const char *s = need(r, el, attr);
    if (s == NULL)
        return 0;
    size_t n = strspn(s, "0123456789");
    bool ok =
        n >= 1 && n <= 3 && s[n] == '.' && s[n + 1] >= '0' && s[n + 1] <= '9' && s[n + 2] == '\0';
    int value = ok ? (int)strtol(s, NULL, 10) * 10 + (s[n + 1] - '0') : -1;
    if (value < min || value > max)
        fail(r, ERR_SCHEMA_VALUE, el, attr, s);
    return value;
}

static void read_quartiles(struct reading *r, const struct xml_node *el, struct quartiles *out,
                           int min, int max)
{
    struct quartiles q = {.n = read_count(r, el, "n"),
                          .low = read_tenths(r, el, "q1", min, max),
                          .median = read_tenths(r, el, "median", min, max),
                          .high = read_tenths(r, el, "q3", min, max)};
    if (r->err == ERR_OK && (q.low > q.median || q.median > q.high))
        fail(r, ERR_MEANING, el, "median", xml_attr(el, "median"));
    if (r->err == ERR_OK && out->n != 0)
        fail(r, ERR_DUPLICATE, el, NULL, xml_attr(el, "id"));
    *out = q;
}

static void read_child(struct reading *r, const struct xml_node *n)
{
    struct benchmark *b = r->b;
    if (xml_is(n, BENCHMARK_NS, "overall")) {
        read_quartiles(r, n, &b->overall, 0, SCORE_TENTHS_MAX);
        return;
    }
    bool section = xml_is(n, BENCHMARK_NS, "section");
    if (!section && !xml_is(n, BENCHMARK_NS, "item"))
        return; /* of a newer minor version */
    const char *id = need(r, n, "id");
    int index = id == NULL ? -1
                : section  ? checklist_section(b->checklist, id)
                           : checklist_item(b->checklist, id);
    if (index >= 0 && section)
        read_quartiles(r, n, &b->section[index], 0, SCORE_TENTHS_MAX);
    else if (index >= 0)
        read_quartiles(r, n, &b->item[index], LEVEL_MIN * 10, LEVEL_TENTHS_MAX);
}

static enum err judge_root(const struct xml_node *root, struct diag *diag)
{
    static const char stem[] = "urn:monshin:benchmark:";
    if (xml_is(root, BENCHMARK_NS, "benchmark"))
        return ERR_OK;
    bool newer =
        strncmp(root->ns, stem, sizeof stem - 1) == 0 && strcmp(root->name, "benchmark") == 0;
    return newer ? diag_set(diag, ERR_NEWER, root->line, root->name, root->ns)
                 : diag_set(diag, ERR_NOT_OURS, root->line, NULL, root->name);
}

static void read_root(struct reading *r, const struct xml_node *root, find_checklist_fn find,
                      void *cookie)
{
    const char *id = need(r, root, "checklist"), *date = need(r, root, "date");
    long day;
    r->b->n_sites = read_count(r, root, "sites");
    if (r->err != ERR_OK)
        return;
    r->b->checklist = find != NULL ? find(cookie, id) : checklist_find(id);
    if (r->b->checklist == NULL)
        fail(r, ERR_UNKNOWN_CHECKLIST, root, "checklist", id);
    if (strlen(date) != 10 || !days_of_date(&day, date))
        fail(r, ERR_SCHEMA_VALUE, root, "date", date);
    snprintf(r->b->date, sizeof r->b->date, "%.10s", date);
    for (const struct xml_node *n = root->first; n != NULL && r->err == ERR_OK; n = n->next)
        if (n->name != NULL)
            read_child(r, n);
    if (r->err == ERR_OK && r->b->overall.n == 0)
        fail(r, ERR_SCHEMA_MISSING, root, NULL, "overall");
}

enum err benchmark_read(struct cell *cell, struct benchmark *out, const void *bytes, size_t n_bytes,
                        find_checklist_fn find, void *cookie, struct diag *diag)
{
    struct xml_doc doc = {0};
    enum err err = xml_parse_in(cell, &doc, bytes, n_bytes, diag);
    if (err != ERR_OK)
        return err;
    struct benchmark *b = xcalloc(1, sizeof *b);
    struct reading r = {.b = b, .diag = diag};
    r.err = judge_root(doc.root, diag);
    if (r.err == ERR_OK)
        read_root(&r, doc.root, find, cookie);
    if (r.err == ERR_OK)
        *out = *b;
    free(b);
    xml_doc_release(&doc);
    return r.err;
}
