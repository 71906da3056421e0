/* Libraries that are opened when they are needed. What only one command or one tab wants would else cost every start its time: the
 * solver brings five more libraries along, the workbook writer libcrypto. The static program has them inside.
 *
 * The file that knows such a library lists the functions it calls, and keeps their addresses in a struct of its own:
 *     #define FUNCTIONS(X) X(glp_create_prob) X(glp_add_rows)
 *     struct api { struct library library; FUNCTIONS(LIBRARY_FIELD) };
 * and fills it either with the addresses in the opened library (LIBRARY_TAKE, when the Makefile gives its NAME_SONAME) or with
 * those that were linked (LIBRARY_LINK). Both want the struct under the name `api`. */
#ifndef CORE_BASE_LIBRARY_H
#define CORE_BASE_LIBRARY_H

#include <stdbool.h>

struct library {
    void *handle; /* NULL: not there, or linked */
    bool whole;   /* every function that was asked for was found */
};

/* soname with its version ("libglpk.so.40"): a library of another version is another library. */
void library_open(struct library *l, const char *soname);
/* The address, NULL (and no longer whole) when there is none. */
void *library_symbol(struct library *l, const char *name);
/* Its code stays mapped, so that opening it again costs nothing. */
void library_close(struct library *l);

#define LIBRARY_FIELD(f) __typeof__(&f) f;
#define LIBRARY_TAKE(f)  *(void **)&api->f = library_symbol(&api->library, #f);
#define LIBRARY_LINK(f)  api->f = f;

#endif
