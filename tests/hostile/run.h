/* A command, measured: what it printed, how it ended, what it took. */
#ifndef TESTS_HOSTILE_RUN_H
#define TESTS_HOSTILE_RUN_H

#include <stdbool.h>

#include "core/base/buf.h"

struct run {
    int status; /* exit status, or 128 + signal */
    struct buf out, err;
    long peak_kb;   /* largest resident size */
    double seconds; /* of CPU, user and system */
};

/* argv[0] is the program; standard input is empty. What was in r is replaced. */
void run_command(struct run *r, const char *const *argv);
/* The same with links planted under every name that a temporary file beside out may have: the number of the process is known to whoever
 * watches. They lead to victim. */
void run_planted(struct run *r, const char *const *argv, const char *out, const char *victim);
void run_release(struct run *r);

/* The program of the build that this test belongs to; owned by the caller. */
char *run_program(void);
/* A folder of its own under TMPDIR, made and removed with what is in it. */
void scratch_make(char out[64]);
void scratch_remove(const char *folder);
void put_file(const char *folder, const char *name, const void *bytes, size_t n_bytes);

/* NULL: nothing in it can do harm to a terminal. Else what it is (a description of the first such byte). */
const char *harm_in(const char *s, size_t n_bytes, bool csv);

#endif
