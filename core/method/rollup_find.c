/* Finding the files of a roll-up: folders all the way down, in an order of our own.
 *
 * In a folder a link to a file counts as that file; a link to a folder is not followed, so that
 * there are no circles. What is not a regular file is passed over. Names that we do not want are
 * passed over in silence: generations (.gen1), locks, temporary files, and what other systems leave
 * on a stick (hidden files and folders, ._NAME). */
#include "core/method/rollup_priv.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/io/file.h"

enum { FOLDERS_DEEP = 64 };

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n > m && strcasecmp(s + n - m, tail) == 0;
}

bool rollup_wants(const char *name)
{
    return name[0] != '.' && (ends_with(name, ".xml") || ends_with(name, ".xml.gz") || ends_with(name, ".age"));
}

struct rollup_file *rollup_add_file(struct rollup *r, char *path)
{
    if (r->n == r->cap) {
        r->cap = r->cap > 0 ? r->cap * 2 : 16;
        r->file = xreallocarray(r->file, r->cap, sizeof *r->file);
    }
    struct rollup_file *f = &r->file[r->n];
    *f = (struct rollup_file){.path = path, .taken = r->n};
    r->n++;
    return f;
}

void rollup_reject(struct rollup_file *f, const struct diag *diag)
{
    f->outcome = ROLLUP_REJECTED;
    free(f->diag);
    f->diag = xmalloc(sizeof *f->diag);
    *f->diag = *diag;
    free(f->site);
    f->site = NULL;
}

static void reject_path(struct rollup *r, char *path, enum err err, int sys, long number)
{
    struct diag d = {0};
    diag_sys(&d, err, sys, NULL);
    d.number = number;
    rollup_reject(rollup_add_file(r, path), &d);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void add_folder(struct rollup *r, const char *folder, int deep);

static void add_entry(struct rollup *r, char *path, int deep)
{
    struct stat here, there;
    bool wanted = rollup_wants(path_base(path));
    if (lstat(path, &here) == 0 && S_ISDIR(here.st_mode)) {
        add_folder(r, path, deep + 1);
    } else if (wanted && stat(path, &there) == 0 && S_ISREG(there.st_mode)) {
        rollup_add_file(r, path);
        return;
    }
    free(path);
}

static void add_folder(struct rollup *r, const char *folder, int deep)
{
    struct dirent **entry = NULL;
    if (deep > FOLDERS_DEEP) {
        reject_path(r, xstrdup(folder), ERR_TOO_BIG, 0, FOLDERS_DEEP);
        return;
    }
    int n = scandir(folder, &entry, not_hidden, by_name);
    if (n < 0) {
        reject_path(r, xstrdup(folder), ERR_OPEN, errno, 0);
        return;
    }
    for (int i = 0; i < n; i++) {
        add_entry(r, path_join(folder, entry[i]->d_name), deep);
        free(entry[i]);
    }
    free(entry);
}

static int by_path(const void *a, const void *b)
{
    const struct rollup_file *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    /* The same path twice, as operand and in a folder: the operand first. */
    return order != 0 ? order : (int)y->operand - (int)x->operand;
}

/* A file named twice on the command line is one file. */
static void drop_repeated(struct rollup *r)
{
    if (r->n == 0)
        return;
    qsort(r->file, r->n, sizeof *r->file, by_path);
    size_t n = 1;
    for (size_t i = 1; i < r->n; i++) {
        if (strcmp(r->file[i].path, r->file[n - 1].path) == 0) {
            free(r->file[i].path);
            free(r->file[i].diag);
        } else {
            r->file[n++] = r->file[i];
        }
    }
    r->n = n;
    for (size_t i = 0; i < n; i++)
        r->file[i].taken = i;
}

void rollup_find_files(struct rollup *r, const struct rollup_request *request)
{
    for (size_t i = 0; i < request->n_paths; i++) {
        struct stat st;
        if (stat(request->path[i], &st) == 0 && S_ISDIR(st.st_mode)) {
            char *folder = xstrdup(request->path[i]);
            size_t n = strlen(folder);
            while (n > 1 && folder[n - 1] == '/')
                folder[--n] = '\0';
            add_folder(r, folder, 0);
            free(folder);
        } else {
            rollup_add_file(r, xstrdup(request->path[i]))->operand = true;
        }
    }
    drop_repeated(r);
}
