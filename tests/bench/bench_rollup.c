/* A report, not a test: the roll-up of a fleet beside a bare loop that inflates every file and lets
 * libxml2 parse it.
 *
 * usage: bench_rollup [FILES...]: fleets of that many, 10, 1,000 and 10,000 without. Runs ./monshin. The goal is at most 1.3 times the bare loop
 * with one thread, about twice as fast with two, and memory that hardly grows with the number of
 * files. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <fcntl.h>
#include <libxml/parser.h>
#include <zlib.h>

#include "tests/bench/fleet.h"

enum { RUNS = 5, ROOM = 1 << 22 };

struct cost {
    double seconds;
    long kilobytes;
};

static unsigned char packed[ROOM], text[ROOM];

static int parse_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)ftw;
    if (kind != FTW_F)
        return 0;
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, packed, sizeof packed);
    close(fd);
    z_stream z = {
        .next_in = packed, .avail_in = (uInt)n, .next_out = text, .avail_out = sizeof text};
    inflateInit2(&z, 15 + 16);
    bool whole = inflate(&z, Z_FINISH) == Z_STREAM_END;
    inflateEnd(&z);
    xmlDocPtr doc =
        whole ? xmlReadMemory((const char *)text, (int)z.total_out, NULL, NULL, XML_PARSE_NONET)
              : NULL;
    if (doc == NULL)
        return 1;
    xmlFreeDoc(doc);
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Runs a child: monshin with these arguments, or the bare loop when there are none. */
static struct cost run(const char *dir, const char *const *args)
{
    struct rusage use;
    int status = 0;
    double start = now();
    pid_t pid = fork();
    if (pid == 0 && args == NULL)
        _exit(nftw(dir, parse_one, 32, FTW_PHYS));
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        char *argv[16] = {strdup("monshin")};
        for (int i = 0; args[i] != NULL; i++)
            argv[i + 1] = strdup(args[i]);
        execv("./monshin", argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &use) != pid || status != 0) {
        fprintf(stderr, "bench_rollup: a run failed (status %d)\n", status);
        exit(1);
    }
    return (struct cost){now() - start, use.ru_maxrss};
}

static void best(struct cost *least, struct cost c, int i)
{
    if (i == 0 || c.seconds < least->seconds)
        *least = c;
}

/* In turns, so that whatever else the machine does falls on all alike. */
static void compare(const char *dir, int n)
{
    const char *one[] = {"rollup", dir,      "--rows", "answers", "--format",
                         "csv",    "--jobs", "1",      NULL};
    const char *two[] = {"rollup", dir,      "--rows", "answers", "--format",
                         "csv",    "--jobs", "2",      NULL};
    const char *site[] = {"rollup", dir, "--rows", "sites", "--format", "csv", "--jobs", "1", NULL};
    struct cost bare = {0, 0}, first = {0, 0}, second = {0, 0}, third = {0, 0};
    for (int i = 0; i < (n > 20000 ? 1 : RUNS); i++) {
        best(&bare, run(dir, NULL), i);
        best(&first, run(dir, one), i);
        best(&second, run(dir, two), i);
        best(&third, run(dir, site), i);
    }
    printf("%6d files: bare loop %6.3f s | answers %6.3f s (%.2fx, goal 1.3x) %ld kB | sites %6.3f "
           "s (%.2fx) %ld kB | "
           "2 jobs %6.3f s (%.2f times as fast)\n",
           n, bare.seconds, first.seconds, first.seconds / bare.seconds, first.kilobytes,
           third.seconds, third.seconds / bare.seconds, third.kilobytes, second.seconds,
           first.seconds / second.seconds);
}

int main(int argc, char **argv)
{
    static const int USUAL[] = {10, 1000, 10000};
    const unsigned seed = 20261123;
    const char *tmp = getenv("TMPDIR");
    char dir[160];
    snprintf(dir, sizeof dir, "%s/monshin-fleet-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(dir) == NULL)
        return 1;
    int n_sizes = argc > 1 ? argc - 1 : (int)(sizeof USUAL / sizeof USUAL[0]);
    for (int i = 0; i < n_sizes; i++) {
        int n = argc > 1 ? atoi(argv[i + 1]) : USUAL[i];
        fleet_write(dir, n, seed);
        compare(dir, n);
    }
    nftw(dir, remove_one, 32, FTW_DEPTH | FTW_PHYS);
    return 0;
}
