/* Files that somebody made to do harm, and what is to become of each. Made anew by every test run, always the same bytes. */
#ifndef TESTS_HOSTILE_FILES_H
#define TESTS_HOSTILE_FILES_H

#include <stddef.h>

struct buf;

struct hostile_file {
    const char *name;
    const char *verdict; /* as `check --format csv` says it; "ok": it is taken, and what stands in it must do no harm */
    void (*make)(struct buf *out, const struct hostile_file *f);
    const char *text; /* for make */
};
extern const struct hostile_file HOSTILE_FILES[];
extern const size_t N_HOSTILE_FILES;

/* An assessment with hostile text in every field. */
void hostile_speaker(struct buf *out);
/* An ordinary one: of the same site and round, so that it can be compared and merged with those above. */
void hostile_good(struct buf *out);

#endif
