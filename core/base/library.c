/* See library.h. */
#include "core/base/library.h"

#include <dlfcn.h>
#include <stddef.h>

void library_open(struct library *l, const char *soname)
{
    l->handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    l->whole = l->handle != NULL;
}

void *library_symbol(struct library *l, const char *name)
{
    void *address = l->handle != NULL ? dlsym(l->handle, name) : NULL;
    if (address == NULL)
        l->whole = false;
    return address;
}

void library_close(struct library *l)
{
    if (l->handle != NULL)
        dlclose(l->handle);
    *l = (struct library){0};
}
