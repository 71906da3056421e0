/* A durable save beside the bare sequence of system calls that it cannot do without: compress the same bytes, write them beside the file,
 * fsync, rename, fsync of the folder. In turns, in one run, as ratios; and the processor time of both. Not a test: prints and ends with 0.
 *
 * usage: bench_save [FOLDER]: on the disk that FOLDER is on (default: TMPDIR or /tmp). The goal is 1.1 times the bare sequence. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <zlib.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/model/store.h"
#include "tests/bench/fleet.h"

enum { N_SAVES = 400, ROOM = 1 << 20 };

static const char PROGRAM[] = "bench", NOW[] = "2026-11-20T10:00:00+09:00";

struct cost {
    double ms, cpu_ms;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Of all threads: the store writes in one of its own. */
static double cpu_ms(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
}

static void give_up(const char *why)
{
    perror(why);
    exit(1);
}

static void save_bare(const char *dir, const char *path, const char *beside, const struct buf *xml)
{
    static unsigned char packed[ROOM];
    z_stream z = {.next_in = (unsigned char *)xml->p, .avail_in = (uInt)xml->len, .next_out = packed, .avail_out = sizeof packed};
    deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) give_up("deflate");
    deflateEnd(&z);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, packed, z.total_out) != (ssize_t)z.total_out || fsync(fd) != 0 || close(fd) != 0) give_up(beside);
    int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (rename(beside, path) != 0 || folder < 0 || fsync(folder) != 0 || close(folder) != 0) give_up(path);
}

static void save_ours(struct store *store, struct assessment *a)
{
    store_submit(store, a, PROGRAM, NOW);
    if (!store_flush(store, -1, NULL)) give_up("store_flush");
}

static int compare(const void *a, const void *b)
{
    double x = ((const struct cost *)a)->ms, y = ((const struct cost *)b)->ms;
    return (x > y) - (x < y);
}

static struct cost middle(struct cost *c)
{
    double cpu = 0;
    for (int i = 0; i < N_SAVES; i++)
        cpu += c[i].cpu_ms;
    qsort(c, N_SAVES, sizeof *c, compare);
    return (struct cost){c[N_SAVES / 2].ms, cpu / N_SAVES};
}

static void measure(const char *dir, struct store *store, struct assessment *a)
{
    static struct cost ours[N_SAVES], bare[N_SAVES];
    char path[200], beside[200];
    struct buf xml = {0};
    snprintf(path, sizeof path, "%s/bare.xml.gz", dir);
    snprintf(beside, sizeof beside, "%s/bare.new", dir);
    assessment_write(&xml, a, PROGRAM);
    for (int i = 0; i < N_SAVES; i++) {
        double from = now_ms(), cpu = cpu_ms();
        save_ours(store, a);
        ours[i] = (struct cost){now_ms() - from, cpu_ms() - cpu};
        from = now_ms(), cpu = cpu_ms();
        save_bare(dir, path, beside, &xml);
        bare[i] = (struct cost){now_ms() - from, cpu_ms() - cpu};
    }
    struct cost m = middle(ours), n = middle(bare);
    printf("durable save (%zu bytes of XML): %.2f ms, bare sequence %.2f ms: x %.2f (goal 1.1); "
           "processor %.2f ms, bare %.2f ms: x %.2f\n",
           xml.len, m.ms, n.ms, m.ms / n.ms, m.cpu_ms, n.cpu_ms, m.cpu_ms / n.cpu_ms);
    buf_release(&xml);
}

int main(int argc, char **argv)
{
    const char *tmp = argc > 1 ? argv[1] : getenv("TMPDIR");
    char dir[160], path[200], command[220];
    struct store *store;
    snprintf(dir, sizeof dir, "%s/monshin-save-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(dir) == NULL) give_up(dir);
    snprintf(path, sizeof path, "%s/plant.xml.gz", dir);
    struct assessment *a = fleet_site(checklist_builtin(0), 20261123, 7);
    if (store_create(&store, path, a, PROGRAM, NOW, NULL, NULL) != ERR_OK) give_up(path);
    measure(dir, store, a);
    store_close(store);
    assessment_free(a);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) == 0 ? 0 : 1;
}
