/* The store: an assessment and its file. Opens with a lock, saves by a writer thread, keeps
 * generations, and says exactly what is durable.
 *
 * Durability: a save is temp file, write, fsync, rename, fsync of the folder; `durable` is set only
 * after the last of these (what the screen shows as #N). The caller's thread never waits for the
 * disk: store_submit serialises (well under a millisecond) and hands the bytes to the writer; a
 * newer submission replaces one that has not been started. A failed save stays in `state`, is
 * retried with the newest content every second, and never loses what was submitted.
 *
 * Beside NAME.xml.gz live NAME.xml.gz.lock (while open) and NAME.xml.gz.gen1 .. gen3 (older
 * generations, gen1 the newest): the first save of a session and then at most one every ten minutes
 * moves them along. What is called NAME.xml is saved as it is, not compressed, for the programs that read XML. */
#ifndef CORE_MODEL_STORE_H
#define CORE_MODEL_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/base/diag.h"
#include "core/io/file.h"
#include "core/model/assessment.h"

struct store; /* opaque; used from one thread */

enum { STORE_GENERATIONS = 3 };

/* Opens an existing file and takes the lock. When another program holds the lock the file is opened
 * read-only and *locked_by says who
 * ("user@host, pid 123, since 2026-11-20 09:12"); diag is for failures. The store does not own the
 * assessment. */
struct store_open {
    struct assessment *assessment; /* caller owns */
    struct load_notes notes;
    bool read_only;
    char locked_by[160]; /* "" when we have the lock */
};
enum err store_open(struct store **out, struct store_open *result, const char *path,
                    find_checklist_fn find, void *cookie, const struct file_ops *ops,
                    struct diag *diag);
/* The same for a file that may be under a passphrase (ERR_LOCKED_FILE when it is and pass is NULL, ERR_PASSPHRASE). It is saved under the
 * same one. Deriving its key happens here, once. */
struct passphrase;
enum err store_open_locked(struct store **out, struct store_open *result, const char *path, const struct passphrase *pass,
                           find_checklist_fn find, void *cookie, const struct file_ops *ops, struct diag *diag);
/* From the next submission on the file is saved under this passphrase (NULL: under none); takes the safe. With its first save under a
 * new one all that lies beside the file under the old one or none is overwritten and removed: the older generations, and the file's own last
 * content. (A medium that writes elsewhere than it is told, and every copy made before, keep what they have.) */
struct safe;
void store_set_safe(struct store *s, struct safe *safe);
bool store_has_safe(const struct store *s);
bool store_passphrase_fits(const struct store *s, const struct passphrase *pass);

/* Makes a new file (ERR_EXISTS if there is one), takes the lock, saves revision 1 and waits until
 * it is durable. */
enum err store_create(struct store **out, const char *path, struct assessment *a,
                      const char *program, const char *now, const struct file_ops *ops,
                      struct diag *diag);

/* Only to look from now on: gives up the lock, so that others can work. Before anything was submitted. */
void store_look_only(struct store *s);

/* Hands the present state to the writer as the next revision (a->revision is raised, a->modified
 * set to now). No-op when read-only. Returns the revision.
 *
 * 0: refused, because the file could not be read again (assessment_fits); a has the revision that it
 * had, what was submitted before stays the newest, and store_flush fails and says why until something
 * is submitted that fits. */
long store_submit(struct store *s, struct assessment *a, const char *program, const char *now);

enum store_phase { STORE_IDLE, STORE_SAVING, STORE_FAILING };
struct store_state {
    enum store_phase phase;
    long submitted;   /* newest revision handed over */
    long durable;     /* newest revision on the disk, 0: none in this session yet (then the revision
                         that was read) */
    time_t saved_at;  /* wall-clock time of the last durable save, 0: none */
    struct diag diag; /* why, while failing */
};
void store_state(struct store *s, struct store_state *out);
/* File descriptor that becomes readable when the state changes (for poll); store_state drains it.
 */
int store_wake_fd(const struct store *s);
/* How full the file is after the last submission: per cent of what can be read again; 0: none yet. */
int store_fill(const struct store *s);
/* Why the last submission was refused; ERR_OK: it was not. */
enum err store_refused(const struct store *s, struct diag *diag);
/* What was refused has been taken back: a is again what was submitted before. */
void store_pardon(struct store *s);
const char *store_path(const struct store *s);
bool store_read_only(const struct store *s);

/* Saves to another place from now on (after a failing disk); takes the lock there; ERR_EXISTS if
 * something is there. */
enum err store_move(struct store *s, const char *path, struct diag *diag);
/* Waits until the newest submission is durable or failed once more, at most timeout_ms (-1: no
 * limit). false: it is not durable. */
bool store_flush(struct store *s, int timeout_ms, struct diag *diag);
/* Flushes (at most 5 s), ends the thread, gives up the lock. */
void store_close(struct store *s);

/* The last resort when memory runs out or the program is told to die: writes the newest submitted
 * bytes synchronously, asking for no memory. false: it is not durable. */
bool store_emergency(struct store *s);

/* Has the file on the disk been replaced by someone else since we read or wrote it? (What a writer finds so is kept as
 * .gen1 before it is written over.) */
bool store_changed_outside(struct store *s);
/* For who only reads: is the file held by nobody (any more), so that opening it again might give it for work? */
bool store_lock_is_free(const struct store *s);

/* Verdict on a file without opening it for work: for `monshin check`. */
struct file_report {
    enum err err; /* ERR_OK: fine */
    struct diag diag;
    struct load_notes notes;
    long revision;       /* when fine */
    int answered, total; /* of the last round, when fine */
    char checklist[48], edition[48];
    int good_generation; /* when not fine: 1..3 the newest older generation that opens, 0: none */
    long good_revision;
};
/* pass: NULL where there is none (ERR_LOCKED_FILE: it is wanted). guarded: read and judged in cells (core/io/cell.h). */
void store_check(struct file_report *out, const char *path, const struct passphrase *pass, bool guarded, find_checklist_fn find, void *cookie);
/* Path of generation n (1..3) of a file; owned by the caller. */
char *store_generation_path(const char *path, int n);

#endif
