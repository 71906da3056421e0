/* monshin beside full-screen programs that people know, in one run: start to the last byte of the first paint, a cursor key to its paint,
 * bytes per key, memory. They draw other things, so this says where monshin stands, not how good its code is: for that bench_tui
 * compares with a bare program that draws the same. A peer that is not installed is left out and named (.ci/deps bench installs
 * them). Not a test: prints and ends with 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/pty.h"

enum { N_STARTS = 15, N_KEYS = 120, SETTLE_MS = 400, QUIET_START_MS = 60, QUIET_KEY_MS = 5, N_ITEMS = 32, ARGS_MAX = 128 };

struct peer {
    const char *name;
    const char *argv[ARGS_MAX];
    double start_ms, key_ms, key_p99, bytes, rss_kb;
};

struct bench {
    char dir[64], file[96], repo[96], calendar[96];
    char *monshin, *static_one; /* NULL where make static has not been run */
    char item[N_ITEMS][8];
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_share(double *v, int n, double share)
{
    qsort(v, (size_t)n, sizeof *v, compare);
    return v[(int)(share * (n - 1) + 0.5)];
}

static struct pty *start(const struct bench *b, const struct peer *peer)
{
    static const char *const env[] = {"LC_ALL=C.UTF-8", "GIT_CONFIG_NOSYSTEM=1", NULL};
    return pty_start(&(struct pty_options){.argv = peer->argv, .env = env, .home = b->dir, .cwd = b->repo});
}

static bool any_since(struct pty *p, void *cookie)
{
    return pty_mark(p) > *(size_t *)cookie;
}

static double one_start(const struct bench *b, const struct peer *peer)
{
    long long from = pty_now_ns();
    struct pty *p = start(b, peer);
    pty_until(p, any_since, &(size_t){0}, 2000);
    long long first = pty_now_ns(), last = pty_drain(p, QUIET_START_MS);
    pty_free(p);
    return (double)((last != 0 ? last : first) - from) / 1e6;
}

static double one_key(struct pty *p, const char *key, double *n_bytes)
{
    size_t mark = pty_mark(p);
    long long from = pty_now_ns();
    pty_keys(p, key);
    pty_until(p, any_since, &mark, 1000);
    long long first = pty_now_ns();
    pty_drain(p, QUIET_KEY_MS);
    *n_bytes = (double)(pty_mark(p) - mark);
    return (double)(first - from) / 1e6;
}

static double resident_kb(struct pty *p)
{
    char path[64], line[256];
    double kb = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pty_pid(p));
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        sscanf(line, "VmRSS: %lf", &kb);
    if (f != NULL) fclose(f);
    return kb;
}

static void measure_keys(const struct bench *b, struct peer *peer)
{
    double ms[N_KEYS], bytes = 0, sum = 0;
    struct pty *p = start(b, peer);
    pty_drain(p, SETTLE_MS);
    for (int i = 0; i < N_KEYS; i++) {
        ms[i] = one_key(p, i / 4 % 2 == 0 ? "Down" : "Up", &bytes);
        sum += bytes;
    }
    peer->rss_kb = resident_kb(p);
    peer->bytes = sum / N_KEYS;
    peer->key_ms = at_share(ms, N_KEYS, 0.5);
    peer->key_p99 = at_share(ms, N_KEYS, 0.99);
    pty_free(p);
}

/* In turns, so that whatever else the machine does falls on all alike. */
static void measure_starts(const struct bench *b, struct peer *peers, int n)
{
    double(*ms)[N_STARTS] = xcalloc((size_t)n, sizeof *ms);
    for (int i = 0; i < N_STARTS; i++)
        for (int k = 0; k < n; k++)
            ms[k][i] = one_start(b, &peers[k]);
    for (int k = 0; k < n; k++)
        peers[k].start_ms = at_share(ms[k], N_STARTS, 0.5);
    free(ms);
}

/* What they are to show: a file of ours, a history for tig, an empty calendar. */
static void make_world(struct bench *b)
{
    char command[1024];
    snprintf(b->file, sizeof b->file, "%s/plant.xml.gz", b->dir);
    snprintf(b->repo, sizeof b->repo, "%s/repo", b->dir);
    snprintf(b->calendar, sizeof b->calendar, "%s/calendar", b->dir);
    b->monshin = pty_build_path("monshin");
    b->static_one = realpath("monshin-static", NULL);
    snprintf(command, sizeof command,
             "mkdir '%s' '%s' && '%s' new '%s' --company A --site B >/dev/null && cd '%s' && { command -v git >/dev/null || exit 0; } && git init -q && "
             "for i in $(seq 60); do git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m \"change $i\"; done",
             b->repo, b->calendar, b->monshin, b->file, b->repo);
    if (system(command) != 0) exit(1);
    for (int i = 0; i < N_ITEMS; i++)
        snprintf(b->item[i], sizeof b->item[i], "%d", i + 1);
}

static bool installed(const char *program)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    return system(command) == 0;
}

static void ask_dialog(struct peer *peer, const struct bench *b)
{
    static const char *const head[] = {"/usr/bin/env", "dialog", "--checklist", "items", "22", "76", "14"};
    int n = 0;
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        peer->argv[n++] = head[i];
    for (int i = 0; i < N_ITEMS; i++) {
        peer->argv[n++] = b->item[i];
        peer->argv[n++] = "an inventory of the equipment connected to the network";
        peer->argv[n++] = "off";
    }
    peer->argv[n] = NULL;
}

static int choose(struct peer *out, const struct bench *b)
{
    struct peer all[] = {
        {.name = "monshin", .argv = {b->monshin, b->file}},
        {.name = "  static", .argv = {b->static_one, b->file}},
        {.name = "dialog"},
        {.name = "calcurse", .argv = {"/usr/bin/env", "calcurse", "-D", b->calendar}},
        {.name = "htop", .argv = {"/usr/bin/env", "htop", "-d", "600"}},
        {.name = "tig", .argv = {"/usr/bin/env", "tig"}},
    };
    int n = 0;
    ask_dialog(&all[2], b);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        bool ours = all[i].argv[1] == b->file;
        if (ours ? all[i].argv[0] != NULL : installed(all[i].name))
            out[n++] = all[i];
        else
            printf("%s is not there and left out\n", ours ? "./monshin-static (make static)" : all[i].name);
    }
    return n;
}

static void print(const struct peer *peers, int n)
{
    const struct peer *m = &peers[0];
    printf("%-10s %10s %7s %10s %7s %10s %10s %10s\n", "80x24", "start ms", "x", "key ms", "x", "key 99 %", "bytes/key", "memory kB");
    for (int k = 0; k < n; k++) {
        const struct peer *p = &peers[k];
        printf("%-10s %10.2f %7.2f %10.2f %7.2f %10.2f %10.0f %10.0f\n", p->name, p->start_ms, m->start_ms / p->start_ms, p->key_ms,
               m->key_ms / p->key_ms, p->key_p99, p->bytes, p->rss_kb);
    }
    printf("x: what monshin takes as a multiple of what that program takes; below 1 it is ahead\n");
}

int main(void)
{
    struct bench b = {.dir = "/tmp/monshin-peers-XXXXXX"};
    struct peer peers[8];
    char command[128];
    if (mkdtemp(b.dir) == NULL) return 1;
    make_world(&b);
    int n = choose(peers, &b);
    measure_starts(&b, peers, n);
    for (int k = 0; k < n; k++)
        measure_keys(&b, &peers[k]);
    print(peers, n);
    free(b.monshin);
    free(b.static_one);
    snprintf(command, sizeof command, "rm -rf '%s'", b.dir);
    return system(command) == 0 ? 0 : 1;
}
