#include "tests/e2e/kit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unistr.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/io/xml.h"

int kit_set_up(void **state)
{
    struct kit *k = xcalloc(1, sizeof *k);
    snprintf(k->dir, sizeof k->dir, "/tmp/monshin-e2e-XXXXXX");
    if (!mkdtemp(k->dir)) return -1;
    snprintf(k->file, sizeof k->file, "%s/plant.xml.gz", k->dir);
    k->program = pty_build_path("monshin");
    *state = k;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    chmod(path, 0700);
    return remove(path);
}

int kit_tear_down(void **state)
{
    struct kit *k = *state;
    pty_free(k->p);
    pty_free(k->p2);
    if (k->disk) munmap(k->disk, sizeof *k->disk);
    nftw(k->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(k->program);
    free(k);
    return 0;
}

void kit_make_file(struct kit *k)
{
    static const char id[] = "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", now[] = "2026-11-20T10:00:00+09:00";
    struct buf xml = {0}, gz = {0};
    struct diag diag = {0};
    struct assessment *a = assessment_new(checklist_builtin(0), 0, id, now);
    struct change c = {.kind = CHANGE_SITE};
    site_copy(&c.u.site, &a->site);
    field_set(&c.u.site.id, "S7", FIELD_MAX, false);
    field_set(&c.u.site.name, "SITE-7", FIELD_MAX, false);
    field_set(&c.u.site.company, "ACME", FIELD_MAX, false);
    assessment_apply(a, &c, NULL);
    assessment_write(&xml, a, "monshin test");
    gz_deflate(&gz, buf_str(&xml), xml.len);
    assert_int_equal(file_write_new(k->file, buf_str(&gz), gz.len, false, &diag), ERR_OK);
    assessment_free(a);
    buf_release(&xml);
    buf_release(&gz);
}

struct pty *kit_start(struct kit *k, const char *const *env, int rows, int cols)
{
    const char *argv[] = {k->program, k->file, NULL};
    struct pty_options opt = {.argv = argv, .env = env, .home = k->dir, .rows = rows, .cols = cols};
    pty_free(k->p);
    k->p = pty_start(&opt);
    return k->p;
}

struct pty *kit_open_first_section(struct kit *k, const char *const *env)
{
    struct pty *p = kit_start(k, env, 0, 0);
    expect_text(p, "SITE-7");
    expect_text(p, " 1-1 "); /* it opens where the first open item is */
    return p;
}

/* A mapped control file for the shim, all faults off. */
void kit_make_disk(struct kit *k)
{
    if (k->disk) return;
    char *real = realpath(k->dir, NULL), *shim = pty_build_path("tests/shim/disk.so");
    snprintf(k->disk_env[0], sizeof k->disk_env[0], "LD_PRELOAD=%s", shim);
    snprintf(k->disk_env[1], sizeof k->disk_env[1], DISK_ENV "=%s/.disk", real);
    int fd = open(strchr(k->disk_env[1], '=') + 1, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && ftruncate(fd, sizeof *k->disk) == 0);
    k->disk = mmap(NULL, sizeof *k->disk, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    assert_true(k->disk != MAP_FAILED);
    snprintf(k->disk->under, sizeof k->disk->under, "%s", real);
    free(real);
    free(shim);
}

struct pty *kit_start_on_bad_disk(struct kit *k, const char *const *argv)
{
    kit_make_disk(k);
    /* The sanitizer's library comes second then, which it would refuse. */
    const char *env[] = {k->disk_env[0], k->disk_env[1],
                         "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0", NULL};
    if (!argv) return kit_open_first_section(k, env);
    pty_free(k->p);
    k->p = pty_start(&(struct pty_options){.argv = argv, .env = env, .home = k->dir, .cwd = k->dir});
    return k->p;
}

struct pty *kit_start_on_fat(struct kit *k)
{
    kit_make_disk(k);
    atomic_store(&k->disk->error[DISK_LINK], EPERM);
    atomic_store(&k->disk->error[DISK_FCHMOD], EPERM);
    atomic_store(&k->disk->coarse_times, 1);
    return kit_start_on_bad_disk(k, NULL);
}

int kit_run(struct kit *k, struct buf *out, const char *command, ...)
{
    struct buf line = {0};
    char chunk[4096];
    va_list ap;
    va_start(ap, command);
    vsnprintf(chunk, sizeof chunk, command, ap);
    va_end(ap);
    buf_addf(&line, "cd '%s' && { %s; } 2>&1 </dev/null", k->dir, chunk);
    FILE *f = popen(buf_str(&line), "r");
    assert_non_null(f);
    for (size_t n = fread(chunk, 1, sizeof chunk, f); n > 0; n = fread(chunk, 1, sizeof chunk, f))
        buf_add(out, chunk, n);
    buf_release(&line);
    int status = pclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

long kit_saved(struct pty *p)
{
    struct buf b = {0};
    pty_row(p, 0, &b);
    const char *at = strchr(buf_str(&b), '#');
    long n = at && at[1] >= '0' && at[1] <= '9' ? strtol(at + 1, NULL, 10) : -1;
    buf_release(&b);
    return n;
}

static bool is_saved(struct pty *p, void *cookie)
{
    return kit_saved(p) >= *(long *)cookie;
}

bool kit_wait_saved(struct pty *p, long n, int ms)
{
    return pty_until(p, is_saved, &n, ms);
}

static const struct checklist *find(void *cookie, const char *id)
{
    (void)cookie;
    return checklist_find(id);
}

bool kit_try_read(struct kit *k, const char *path, struct assessment **out)
{
    struct buf bytes = {0};
    struct diag diag = {0};
    (void)k;
    enum err err = file_read(&bytes, path, XML_MAX_BYTES, &diag);
    if (err == ERR_OK) err = assessment_read(out, buf_str(&bytes), bytes.len, find, NULL, NULL, &diag);
    if (err != ERR_OK)
        fprintf(stderr, "%s: %s line %ld %s %s\n", path, err_name(err), diag.line, diag.where, diag.detail);
    buf_release(&bytes);
    return err == ERR_OK;
}

struct assessment *kit_read(struct kit *k)
{
    struct assessment *a = NULL;
    assert_true(kit_try_read(k, k->file, &a));
    return a;
}

static bool is_japanese(ucs4_t c)
{
    return (c >= 0x3000 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xff00 && c <= 0xffef);
}

bool text_has_japanese(const char *utf8)
{
    ucs4_t c;
    const uint8_t *s = (const uint8_t *)utf8;
    for (s = u8_next(&c, s); s; s = u8_next(&c, s))
        if (is_japanese(c)) return true;
    return false;
}
