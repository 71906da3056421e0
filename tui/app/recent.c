/* See recent.h. */
#include "tui/app/recent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/io/file.h"

enum { RECENT_BYTES = 64 * 1024 };

char *recent_folder(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state != NULL && state[0] == '/')
        return path_join(state, "monshin");
    return home != NULL && home[0] == '/' ? path_join(home, ".local/state/monshin") : NULL;
}

static void add_line(struct recent *r, const char *s, size_t n)
{
    if (n == 0 || r->n == RECENT_MAX)
        return;
    char *path = xstrndup(s, n);
    for (size_t i = 0; i < r->n; i++) {
        if (strcmp(r->path[i], path) == 0) {
            free(path);
            return;
        }
    }
    r->path[r->n++] = path;
}

void recent_load(struct recent *r)
{
    *r = (struct recent){0};
    char *dir = recent_folder();
    if (dir == NULL)
        return;
    char *list = path_join(dir, "recent");
    struct buf b = {0};
    if (file_read(&b, list, RECENT_BYTES, NULL) == ERR_OK) {
        const char *s = buf_str(&b);
        while (*s != '\0') {
            size_t n = strcspn(s, "\n");
            add_line(r, s, n);
            s += n + (s[n] == '\n');
        }
    }
    buf_release(&b);
    free(list);
    free(dir);
}

void recent_release(struct recent *r)
{
    for (size_t i = 0; i < r->n; i++)
        free(r->path[i]);
    *r = (struct recent){0};
}

bool recent_make_folder(void)
{
    char *dir = recent_folder();
    if (dir == NULL)
        return false;
    folder_make(dir);
    free(dir);
    return true;
}

static void write_list(const char *dir, const char *first, const struct recent *rest)
{
    struct recent now = {0};
    struct buf b = {0};
    add_line(&now, first, strlen(first));
    for (size_t i = 0; i < rest->n; i++)
        add_line(&now, rest->path[i], strlen(rest->path[i]));
    for (size_t i = 0; i < now.n; i++)
        buf_addf(&b, "%s\n", now.path[i]);
    recent_make_folder();
    char *list = path_join(dir, "recent");
    (void)file_write_new(list, buf_str(&b), b.len, true, NULL);
    free(list);
    buf_release(&b);
    recent_release(&now);
}

void recent_add(const char *path)
{
    char *dir = recent_folder(), *whole = realpath(path, NULL);
    if (dir != NULL && whole != NULL && strchr(whole, '\n') == NULL) {
        struct recent old;
        recent_load(&old);
        /* The same file again, as on most days: nothing to write. */
        if (old.n == 0 || strcmp(old.path[0], whole) != 0)
            write_list(dir, whole, &old);
        recent_release(&old);
    }
    free(whole);
    free(dir);
}
