/* monshin on a terminal beside a bare ncursesw program that draws the same screens (bare.c), in one run, as ratios: start to first full
 * paint, key to paint, bytes sent per key, memory. The goal is 1.5 times the bare program. Not a test: prints and ends with 0.
 *
 * How: a first run of monshin goes down the list and its screens are kept as pages for bare, so that both programs put the same
 * characters on the screen for the same keys. bare-libs is the same program with the libraries of monshin loaded and not used: what
 * the loader takes and what is our own doing can be told apart. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/model/assessment.h"
#include "tests/support/pty.h"

enum { N_STARTS = 25, N_KEYS = 200, N_PAGES = 10, QUIET_START_MS = 60, QUIET_KEY_MS = 5 };

enum who { MONSHIN, BARE, BARE_LIBS, WHO_COUNT };

struct result {
    double start_ms, start_p99, key_ms, key_p99, bytes, start_bytes;
    double rss_kb, private_kb;
};

struct bench {
    char dir[64], file[96], pages[96];
    char *program[WHO_COUNT];
    struct result result[WHO_COUNT];
    double answer_ms, answer_p99, answer_bytes; /* monshin alone: a key that changes the file */
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_share(double *v, int n, double share)
{
    qsort(v, (size_t)n, sizeof *v, compare);
    int i = (int)(share * (n - 1) + 0.5);
    return v[i];
}

static void make_file(const struct bench *b)
{
    struct buf xml = {0}, gz = {0};
    struct assessment *a = assessment_new(checklist_builtin(0), 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11",
                                          "2026-11-20T10:00:00+09:00");
    assessment_write(&xml, a, "bench");
    gz_deflate(&gz, buf_str(&xml), xml.len);
    if (file_write_new(b->file, buf_str(&gz), gz.len, true, NULL) != ERR_OK) abort();
    assessment_free(a);
    buf_release(&xml);
    buf_release(&gz);
}

static struct pty *start(const struct bench *b, enum who who)
{
    const char *argv[] = {b->program[who], who == MONSHIN ? b->file : b->pages, NULL};
    static const char *const env[] = {"LC_ALL=ja_JP.UTF-8", NULL};
    return pty_start(&(struct pty_options){.argv = argv, .env = env, .home = b->dir});
}

static bool any_since(struct pty *p, void *cookie)
{
    return pty_mark(p) > *(size_t *)cookie;
}

/* Sends a key; milliseconds until it paints (the first bytes: a frame is one write or two). quiet_ms ends the frame. */
static double one_key(struct pty *p, const char *key, int quiet_ms, double *n_bytes)
{
    size_t mark = pty_mark(p);
    long long from = pty_now_ns();
    pty_type(p, key);
    pty_until(p, any_since, &mark, 1000);
    long long first = pty_now_ns();
    pty_drain(p, quiet_ms);
    *n_bytes = (double)(pty_mark(p) - mark);
    return (double)(first - from) / 1e6;
}

static void keep_pages(struct bench *b)
{
    struct buf out = {0};
    double n_bytes;
    struct pty *p = start(b, MONSHIN);
    pty_drain(p, 300);
    pty_keys(p, "Tab"); /* from the first section, where it opens, to the second, which has items enough */
    pty_drain(p, 200);
    for (int i = 0; i < N_PAGES; i++) {
        if (i) buf_adds(&out, "\f\n");
        pty_screen(p, &out);
        one_key(p, "j", QUIET_KEY_MS, &n_bytes);
    }
    pty_free(p);
    if (file_write_new(b->pages, buf_str(&out), out.len, true, NULL) != ERR_OK) abort();
    buf_release(&out);
}

static void measure_starts(struct bench *b)
{
    double ms[WHO_COUNT][N_STARTS], bytes[WHO_COUNT][N_STARTS];
    for (int i = 0; i < N_STARTS; i++)
        for (enum who w = 0; w < WHO_COUNT; w++) {
            long long from = pty_now_ns();
            struct pty *p = start(b, w);
            pty_until(p, any_since, &(size_t){0}, 2000);
            long long first = pty_now_ns(), last = pty_drain(p, QUIET_START_MS);
            ms[w][i] = (double)((last ? last : first) - from) / 1e6;
            bytes[w][i] = (double)pty_mark(p);
            pty_free(p);
        }
    for (enum who w = 0; w < WHO_COUNT; w++) {
        b->result[w].start_ms = at_share(ms[w], N_STARTS, 0.5);
        b->result[w].start_p99 = at_share(ms[w], N_STARTS, 0.99);
        b->result[w].start_bytes = at_share(bytes[w], N_STARTS, 0.5);
    }
}

static void read_memory(struct pty *p, struct result *r)
{
    char path[64], line[256];
    double v, clean = 0, dirty = 0;
    snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pty_pid(p));
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "Rss: %lf", &v) == 1) r->rss_kb = v;
        if (sscanf(line, "Private_Clean: %lf", &v) == 1) clean = v;
        if (sscanf(line, "Private_Dirty: %lf", &v) == 1) dirty = v;
    }
    if (f) fclose(f);
    r->private_kb = clean + dirty;
}

/* Down and up again through the pages that both have. */
static void measure_keys(struct bench *b, enum who w)
{
    double ms[N_KEYS], bytes[N_KEYS], sum = 0;
    struct pty *p = start(b, w);
    pty_drain(p, 300);
    if (w == MONSHIN) pty_keys(p, "Tab");
    pty_drain(p, 200);
    for (int i = 0; i < N_KEYS; i++) {
        bool down = i / (N_PAGES - 1) % 2 == 0;
        ms[i] = one_key(p, down ? "j" : "k", QUIET_KEY_MS, &bytes[i]);
        sum += bytes[i];
    }
    read_memory(p, &b->result[w]);
    b->result[w].bytes = sum / N_KEYS;
    b->result[w].key_ms = at_share(ms, N_KEYS, 0.5);
    b->result[w].key_p99 = at_share(ms, N_KEYS, 0.99);
    pty_free(p);
}

static void measure_answers(struct bench *b)
{
    double ms[64], bytes[64], sum = 0;
    int n = 0;
    struct pty *p = start(b, MONSHIN);
    pty_drain(p, 300);
    for (; n < 32; n++) {
        ms[n] = one_key(p, "3", 40, &bytes[n]); /* the line that says it is saved comes later */
        sum += bytes[n];
    }
    b->answer_bytes = sum / n;
    b->answer_ms = at_share(ms, n, 0.5);
    b->answer_p99 = at_share(ms, n, 0.99);
    pty_free(p);
}

/* The static binary beside the one linked with the system's libraries, where `make static` has been run. */
static void measure_static(struct bench *b)
{
    static const char STATIC[] = "./monshin-static";
    double ms[2][N_STARTS], kb[2];
    char *programs[] = {b->program[MONSHIN], realpath(STATIC, NULL)};
    struct stat st;
    if (programs[1] == NULL) {
        printf("./monshin-static is not there: make static, and it is measured too\n");
        return;
    }
    for (int i = 0; i < N_STARTS; i++)
        for (int w = 0; w < 2; w++) {
            struct result memory = {0};
            b->program[MONSHIN] = programs[w];
            long long from = pty_now_ns();
            struct pty *p = start(b, MONSHIN);
            pty_until(p, any_since, &(size_t){0}, 2000);
            long long first = pty_now_ns(), last = pty_drain(p, QUIET_START_MS);
            ms[w][i] = (double)((last ? last : first) - from) / 1e6;
            read_memory(p, &memory);
            kb[w] = memory.rss_kb;
            pty_free(p);
        }
    b->program[MONSHIN] = programs[0];
    double ours = at_share(ms[1], N_STARTS, 0.5), other = at_share(ms[0], N_STARTS, 0.5);
    long long size = stat(STATIC, &st) == 0 ? (long long)st.st_size : 0;
    printf("static binary: %.2f MB; start %.2f ms (x %.2f of the dynamic one), resident %.0f kB (x %.2f)\n",
           (double)size / 1e6, ours, ours / other, kb[1], kb[1] / kb[0]);
    free(programs[1]);
}

static void row(const char *what, double ours, double bare, double libs, const char *unit)
{
    printf("%-30s %10.2f %10.2f %10.2f  %-5s %6.2f %6.2f\n", what, ours, bare, libs, unit, ours / bare, ours / libs);
}

static void print(const struct bench *b)
{
    const struct result *m = &b->result[MONSHIN], *n = &b->result[BARE], *l = &b->result[BARE_LIBS];
    printf("%-30s %10s %10s %10s  %-5s %6s %6s\n", "80x24, Japanese", "monshin", "bare", "bare+libs", "", "x bare", "x libs");
    row("start to full paint, median", m->start_ms, n->start_ms, l->start_ms, "ms");
    row("start to full paint, 99 %", m->start_p99, n->start_p99, l->start_p99, "ms");
    row("bytes of the first paint", m->start_bytes, n->start_bytes, l->start_bytes, "B");
    row("key to paint, median", m->key_ms, n->key_ms, l->key_ms, "ms");
    row("key to paint, 99 %", m->key_p99, n->key_p99, l->key_p99, "ms");
    row("bytes per key", m->bytes, n->bytes, l->bytes, "B");
    row("resident memory", m->rss_kb, n->rss_kb, l->rss_kb, "kB");
    row("memory of its own", m->private_kb, n->private_kb, l->private_kb, "kB");
    printf("an answer: %.2f ms to paint (99 %%: %.2f), %.0f bytes with the line that says it is saved\n", b->answer_ms,
           b->answer_p99, b->answer_bytes);
}

int main(void)
{
    struct bench b = {.dir = "/tmp/monshin-bench-XXXXXX"};
    if (!mkdtemp(b.dir)) return 3;
    snprintf(b.file, sizeof b.file, "%s/plant.xml.gz", b.dir);
    snprintf(b.pages, sizeof b.pages, "%s/pages.txt", b.dir);
    b.program[MONSHIN] = pty_build_path("monshin");
    b.program[BARE] = pty_build_path("tests/bench/bare");
    b.program[BARE_LIBS] = pty_build_path("tests/bench/bare-libs");
    make_file(&b);
    keep_pages(&b);
    measure_starts(&b);
    for (enum who w = 0; w < WHO_COUNT; w++) measure_keys(&b, w);
    measure_answers(&b);
    print(&b);
    measure_static(&b);
    for (enum who w = 0; w < WHO_COUNT; w++) free(b.program[w]);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", b.dir);
    return system(command) == 0 ? 0 : 3;
}
