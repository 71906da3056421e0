/* See run.h. */
#include "tests/hostile/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/io/file.h"
#include "tests/support/pty.h"
#include "tests/unit/cm.h"

enum { OUTPUT_MAX = 64 * 1024 * 1024, CPU_LIMIT = 60 };

static int temp_file(void)
{
    char path[] = "/tmp/monshin-hostile-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    return fd;
}

/* NAME.tmpPID-N, and without a dot for the first of the store's. */
static void plant(const char *out, const char *victim)
{
    for (int n = 0; n < 4; n++) {
        char name[512];
        snprintf(name, sizeof name, "%s.tmp%ld-%d", out, (long)getpid(), n);
        if (symlink(victim, name) != 0)
            _exit(126);
    }
}

static void child(const char *const *argv, int out, int err)
{
    struct rlimit cpu = {CPU_LIMIT, CPU_LIMIT};
    int in = open("/dev/null", O_RDONLY);
    setrlimit(RLIMIT_CPU, &cpu);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        _exit(127);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static void take(struct buf *into, int fd)
{
    char chunk[16384];
    ssize_t n;
    buf_clear(into);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    while ((n = read(fd, chunk, sizeof chunk)) > 0 && into->len < OUTPUT_MAX)
        buf_add(into, chunk, (size_t)n);
    close(fd);
}

void run_command(struct run *r, const char *const *argv)
{
    run_planted(r, argv, NULL, NULL);
}

void run_planted(struct run *r, const char *const *argv, const char *planted, const char *victim)
{
    int out = temp_file(), err = temp_file(), status = 0;
    struct rusage used;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0 && planted != NULL)
        plant(planted, victim);
    if (pid == 0)
        child(argv, out, err);
    assert_int_equal(wait4(pid, &status, 0, &used), pid);
    r->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    r->peak_kb = used.ru_maxrss;
    r->seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    take(&r->out, out);
    take(&r->err, err);
}

void run_release(struct run *r)
{
    buf_release(&r->out);
    buf_release(&r->err);
}

char *run_program(void)
{
    char *path = pty_build_path("monshin"), *whole = realpath(path, NULL);
    assert_non_null(whole);
    free(path);
    return whole;
}

void scratch_make(char out[64])
{
    snprintf(out, 64, "/tmp/monshin-hostile-XXXXXX");
    assert_non_null(mkdtemp(out));
}

void scratch_remove(const char *folder)
{
    const char *argv[] = {"/bin/rm", "-rf", folder, NULL};
    struct run r = {0};
    run_command(&r, argv);
    run_release(&r);
}

void put_file(const char *folder, const char *name, const void *bytes, size_t n_bytes)
{
    char *path = path_join(folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n_bytes, f), n_bytes);
    assert_int_equal(fclose(f), 0);
    free(path);
}

const char *harm_in(const char *s, size_t n_bytes, bool csv)
{
    if (!text_valid(s, n_bytes))
        return "what is not UTF-8";
    for (size_t i = 0; i < n_bytes; i++) {
        unsigned char c = (unsigned char)s[i], d = i + 1 < n_bytes ? (unsigned char)s[i + 1] : 0, e = i + 2 < n_bytes ? (unsigned char)s[i + 2] : 0;
        if (c == 0x1b)
            return "an escape";
        if ((c < 0x20 && c != '\n' && !(csv && c == '\r' && d == '\n')) || c == 0x7f)
            return "a control character";
        if (c == 0xc2 && d >= 0x80 && d <= 0x9f)
            return "a C1 control";
        if (c == 0xe2 && d == 0x80 && ((e >= 0x8b && e <= 0x8f && e != 0x8d) || (e >= 0xa8 && e <= 0xae)))
            return "a bidi, zero-width or separator character";
        if ((c == 0xe2 && d == 0x81 && e >= 0xa0 && e <= 0xaf) || (c == 0xd8 && d == 0x9c))
            return "a bidi control";
        if (c == 0xef && d == 0xbb && e == 0xbf && i > 0)
            return "an invisible mark";
        if (c == 0xf3 && (d & 0xf0) == 0xa0)
            return "an invisible tag";
    }
    return NULL;
}
