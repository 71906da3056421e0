/* See own_key.h. */
#include "tui/app/own_key.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/io/file.h"

char *own_key_path(const char *ending)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    struct buf path = {0};
    if (config != NULL && config[0] == '/')
        buf_addf(&path, "%s/monshin/monshin%s", config, ending);
    else if (home != NULL && home[0] == '/')
        buf_addf(&path, "%s/.config/monshin/monshin%s", home, ending);
    else
        return NULL;
    return buf_take(&path);
}

char *own_key_beside(const char *name)
{
    char *own = own_key_path(".key");
    if (own == NULL)
        return NULL;
    char *dir = path_dir(own), *path = path_join(dir, name);
    free(dir);
    free(own);
    if (file_exists(path))
        return path;
    free(path);
    return NULL;
}
