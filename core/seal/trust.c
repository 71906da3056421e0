/* See trust.h. */
#include "core/seal/trust.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/io/file.h"

static const char ENDING[] = ".pub";

static int wanted(const struct dirent *e)
{
    size_t n = strlen(e->d_name), m = sizeof ENDING - 1;
    return e->d_name[0] != '.' && n > m && strcmp(e->d_name + n - m, ENDING) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static enum err add(struct trust *t, const char *path, struct diag *diag)
{
    struct key_public key;
    enum err err = key_public_find(&key, path, diag);
    if (err != ERR_OK)
        return err;
    if (!key.signs)
        return diag_set(diag, ERR_KEY, 0, "public", NULL);
    const char *name = path_base(path);
    t->who[t->n++] = (struct trusted){xstrndup(name, strlen(name) - (sizeof ENDING - 1)), key};
    return ERR_OK;
}

enum err trust_load(struct trust *out, const char *folder, char **path, struct diag *diag)
{
    struct dirent **entry = NULL;
    enum err err = ERR_OK;
    *out = (struct trust){0};
    *path = NULL;
    int n = scandir(folder, &entry, wanted, by_name);
    if (n < 0) {
        *path = xstrdup(folder);
        return diag_sys(diag, errno == ENOENT ? ERR_NOT_FOUND : ERR_OPEN, errno, NULL);
    }
    out->who = xcalloc((size_t)n + 1, sizeof *out->who);
    for (int i = 0; i < n; i++) {
        char *file = path_join(folder, entry[i]->d_name);
        if (err == ERR_OK) {
            err = add(out, file, diag);
            if (err != ERR_OK)
                *path = xstrdup(file);
        }
        free(file);
        free(entry[i]);
    }
    free(entry);
    if (err != ERR_OK)
        trust_release(out);
    return err;
}

void trust_release(struct trust *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->who[i].name);
    free(t->who);
    *t = (struct trust){0};
}

const char *trust_name(const struct trust *t, const struct key_public *key)
{
    for (size_t i = 0; key->signs && i < t->n; i++)
        if (minisign_same(&t->who[i].key.sign, &key->sign))
            return t->who[i].name;
    return NULL;
}
