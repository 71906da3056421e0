/* A folder of files, parted by lines "--8<--", rolled up: every file has its outcome, and the figures hold. The first part is also read as a
 * benchmark file. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/method/benchmark.h"
#include "core/method/rollout.h"
#include "core/method/rollup_fleet.h"

static void plain_note(struct buf *out, const void *cookie, const struct gap *g)
{
    (void)g;
    buf_adds(out, cookie);
}

static void hold_sites(const struct rollup *r)
{
    size_t sum = 0;
    for (int o = 0; o < ROLLUP_OUTCOME_COUNT; o++)
        sum += r->count[o];
    HOLD(sum == r->n && r->n_sites == r->count[ROLLUP_TAKEN]);
    for (size_t i = 0; i < r->n; i++) {
        const struct rollup_file *f = &r->file[i];
        HOLD((f->outcome == ROLLUP_REJECTED) == (f->site == NULL) && f->taken < r->n);
        if (f->site == NULL)
            continue;
        HOLD(f->site->score >= -1 && f->site->score <= 1000 && f->site->answered <= f->site->total);
        hold_harmless(f->site->id, strlen(f->site->id), ALLOW_NONE);
        hold_harmless(f->site->name, strlen(f->site->name), ALLOW_NONE);
    }
}

/* What one site has, as starting file for another; it can be read. */
static void *roll_out(void *cookie, const struct assessment *a, const struct rollup_site *site)
{
    const struct rollup_site *model = cookie;
    (void)site;
    if (model->checklist != a->checklist)
        return NULL;
    struct rollout plan;
    rollout_compute(&plan, a, model->mark, "2026-11-23", 0);
    struct assessment *start = assessment_new(a->checklist, a->edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-23T10:00:00+09:00");
    rollout_start(start, &plan, plain_note, "from the model plant", "2026-11-23T10:00:00+09:00");
    hold_written(start);
    assessment_free(start);
    rollout_release(&plan);
    return NULL;
}

static bool take(void *cookie, const struct rollup_file *file, void *made)
{
    (void)cookie, (void)file, (void)made;
    return true;
}

static void fleet(struct rollup *r, const struct rollup_request *request, size_t n_bytes)
{
    const struct checklist *ck = rollup_checklist(r);
    size_t grades[32] = {0}, sum = 0;
    struct common_gap gaps[ITEMS_MAX];
    struct benchmark b;
    HOLD((ck == NULL) == (r->n_sites == 0));
    if (ck == NULL)
        return;
    size_t n = rollup_grades(grades, r, ck);
    for (int g = 0; g <= ck->n_grades; g++)
        sum += grades[g];
    HOLD(sum == n);
    rollup_common_gaps(gaps, r, ck);
    HOLD(benchmark_compute(&b, r, ck, "2026-11-23") || n < BENCHMARK_MIN || sum - grades[ck->n_grades] < BENCHMARK_MIN);
    struct rollup_site *model = r->file[r->site[0]].site;
    struct rollup_pass pass = {roll_out, take, model};
    if (n_bytes % 8 == 0) /* takes longer than all the rest */
        rollup_each(r, request, &pass);
}

static void read_benchmark(const uint8_t *bytes, size_t n_bytes)
{
    struct benchmark *b = calloc(1, sizeof *b), *again = calloc(1, sizeof *again);
    struct buf xml = {0};
    HOLD(b != NULL && again != NULL);
    if (benchmark_read(NULL, b, bytes, n_bytes, NULL, NULL, NULL) == ERR_OK) {
        benchmark_write(&xml, b, "monshin fuzz");
        HOLD(benchmark_read(NULL, again, xml.p, xml.len, NULL, NULL, NULL) == ERR_OK);
        HOLD(again->n_sites == b->n_sites && memcmp(again->item, b->item, sizeof b->item) == 0);
    }
    buf_release(&xml);
    free(again);
    free(b);
}

void fuzz_rollup(const uint8_t *bytes, size_t n_bytes)
{
    const char *path[MEMORY_FILES];
    struct rollup r;
    struct rollup_request request = {.path = path, .jobs = 1};
    const uint8_t *part;
    size_t n_part, n_all = n_bytes;
    while (request.n_paths < MEMORY_FILES && next_part(&bytes, &n_bytes, &part, &n_part)) {
        if (request.n_paths == 0)
            read_benchmark(part, n_part);
        path[request.n_paths] = memory_file((int)request.n_paths, part, n_part);
        request.n_paths++;
    }
    rollup_collect(&r, &request);
    hold_sites(&r);
    fleet(&r, &request, n_all);
    rollup_release(&r);
}
