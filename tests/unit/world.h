/* What the tests of the store share: a folder of their own with one file in it, and short ways to make, open, change and judge it. */
#ifndef TESTS_UNIT_WORLD_H
#define TESTS_UNIT_WORLD_H

#include "tests/unit/cm.h"

#include <glob.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/model/store_priv.h"
#include "tests/unit/small.h"

/* For a child of a test: ends it at once, but what it has run is counted (make coverage). */
static inline _Noreturn void leave(int code)
{
#ifdef COVERAGE
    extern void __gcov_dump(void);
    __gcov_dump();
#endif
    _exit(code);
}

struct world {
    char dir[64];
    char path[96];
};

static inline int set_up(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);
    /* In memory where there is such a place: thousands of saves, each with its fsyncs. */
    snprintf(w->dir, sizeof w->dir, "%s/monshin-store-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(w->dir));
    snprintf(w->path, sizeof w->path, "%s/plant.xml.gz", w->dir);
    *state = w;
    return 0;
}

static inline void empty_folder(const struct world *w)
{
    char pattern[96];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/*", w->dir);
    if (glob(pattern, GLOB_PERIOD, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        unlink(found.gl_pathv[i]);
    globfree(&found);
}

static inline int tear_down(void **state)
{
    struct world *w = *state;
    empty_folder(w);
    rmdir(w->dir);
    free(w);
    return 0;
}

/* A test that gets a struct world and leaves nothing behind. */
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static inline char *beside(const struct world *w, const char *suffix)
{
    struct buf out = {0};
    buf_addf(&out, "%s%s", w->path, suffix);
    return buf_take(&out);
}

static inline bool exists_beside(const struct world *w, const char *suffix)
{
    char *path = beside(w, suffix);
    bool yes = file_exists(path);
    free(path);
    return yes;
}

/* Names in the folder that are not the file, its lock or its generations. */
static inline int n_leftovers(const struct world *w)
{
    char pattern[96];
    glob_t found;
    int n = 0;
    snprintf(pattern, sizeof pattern, "%s/*", w->dir);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        n += strstr(found.gl_pathv[i], ".tmp") != NULL ||
             strstr(found.gl_pathv[i], ".emergency") != NULL;
    globfree(&found);
    return n;
}

/* Revision of a file, -1 when it does not open. */
static inline long revision_of(const char *path)
{
    struct file_report report;
    store_check(&report, path, NULL, false, small_find, NULL);
    return report.err == ERR_OK ? report.revision : -1;
}

static inline long revision_beside(const struct world *w, const char *suffix)
{
    char *path = beside(w, suffix);
    long revision = revision_of(path);
    free(path);
    return revision;
}

static inline struct store *create(const struct world *w, struct assessment *a, const struct file_ops *ops)
{
    struct store *s = NULL;
    struct diag diag = {0};
    if (store_create(&s, w->path, a, "monshin test", SMALL_NOW, ops, &diag) != ERR_OK)
        fail_msg("%s %d %s", err_name(diag.err), diag.sys, diag.where);
    return s;
}

static inline struct store *reopen(const struct world *w, struct store_open *got,
                            const struct file_ops *ops)
{
    struct store *s = NULL;
    struct diag diag = {0};
    if (store_open(&s, got, w->path, small_find, NULL, ops, &diag) != ERR_OK)
        fail_msg("%s %s", err_name(diag.err), diag.detail);
    return s;
}

static inline long save(struct store *s, struct assessment *a)
{
    struct change c;
    change_level(&c, a, (int)(a->revision % SMALL_ITEMS), 1 + (int)(a->revision % 5), SMALL_NOW);
    assessment_apply(a, &c, NULL);
    return store_submit(s, a, "monshin test", SMALL_NOW);
}

#endif
