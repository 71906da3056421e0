/* The inside of the store, shared by its parts and its tests. */
#ifndef CORE_MODEL_STORE_PRIV_H
#define CORE_MODEL_STORE_PRIV_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/model/store.h"
#include "core/seal/safe.h"

enum { HOLDER_SIZE = 160, GENERATION_SECONDS = 600 };

/* The lock (store_lock.c). An OFD lock on path, in which stands who holds it; a file that nobody
 * holds is a leftover and is taken over. Where the file system has no locks (or the test says so)
 * the existence of the file is the lock, and the holder's process is looked for, in this run of the
 * machine, to find out whether it is a leftover. */
struct store_lock {
    char *path;
    int fd; /* -1: not held */
};
/* ERR_LOCKED: holder says who has it. ERR_OPEN: sys says why there can be no lock. */
enum err lock_take(struct store_lock *out, const char *path, bool no_ofd, char holder[HOLDER_SIZE],
                   struct diag *diag);
void lock_release(struct store_lock *lock);
/* Would it be given to who asked now? Only looks. */
bool lock_is_free(const char *path);

/* All in a folder that is open, dir. Moves the generations of name along and makes its present content the newest one. False: it could not be
 * kept, and what was there is as it was (store_generations.c). */
bool generations_move(const struct file_ops *ops, int dir, const char *name);
/* What is not to be read any more: gives the present content a second name where that is possible, to be found by... */
void generations_hold(const struct file_ops *ops, int dir, const char *name);
/* ...this, which overwrites and removes all generations, that one too. */
void generations_wipe(const struct file_ops *ops, int dir, const char *name);
/* Left by a program that died in between: those that are under no passphrase beside a file that is. */
void generations_wipe_plain(const struct file_ops *ops, int dir, const char *name);

/* Which file it was: to see that another has taken its place. */
struct stamp {
    bool known;
    dev_t dev;
    ino_t ino;
    off_t size;
    struct timespec mtime;
};
struct stamp stamp_of(const char *path);
struct stamp stamp_at(int dir, const char *name);
bool stamp_same(const struct stamp *a, const struct stamp *b);
/* The same bytes, as far as size and time tell: FAT gives a file a new number now and then. */
bool stamp_untouched(const struct stamp *a, const struct stamp *b);

/* Where the file lives. A save in progress holds a reference, so that store_move need not wait for
 * a dying disk. */
struct place {
    char *path; /* as the user gave it */
    char *real; /* absolute, symbolic links followed */
    char *dir;
    bool plain;        /* by its name it is XML that is not compressed */
    ino_t folder;      /* of dir, when it was opened */
    dev_t medium;      /* of dir, when it was opened; 0: there was none */
    char *last_resort; /* temporary name for store_emergency, made beforehand: there is no memory
                          then */
    struct store_lock lock;
    struct stamp stamp;
    bool moved; /* the generations, at moved_at */
    struct timespec moved_at;
    int refs; /* under the mutex */
};

/* One submitted revision. */
struct job {
    struct buf xml;
    struct safe *safe; /* a reference; NULL: under no passphrase */
    long revision;
    int refs; /* under the mutex */
};

struct store {
    const struct file_ops *ops;
    bool read_only;
    int wake_fd;
    int generation_seconds;
    struct diag refused; /* the last submission, when it did not fit */
    int fill;            /* of the last one, per cent */
    struct safe *safe;    /* for the next submission, a reference */
    struct safe *written; /* under which the file on the disk is; the writer's, a reference */
    pthread_t thread;
    bool has_thread;

    /* Shared with the writer thread. No memory is asked for while the mutex is held:
     * store_emergency has to get it. */
    pthread_mutex_t mutex;
    pthread_cond_t cond; /* anything below has changed */
    struct place *place;
    struct job *newest; /* NULL: nothing submitted yet */
    bool pending;       /* newest is still to be saved */
    bool busy;          /* the writer is in a save */
    bool failing, hurry, quit, exited;
    bool dying; /* the last resort has been taken: nothing that comes later would be saved */
    long durable, submitted;
    long hurry_for;                 /* hurry until this revision has been tried */
    long n_failed, failed_revision; /* failed attempts, and what the last one tried to save */
    unsigned long n_attempts;
    time_t saved_at;
    struct timespec retry_at;
    struct diag diag;

    /* Held while a revision gets its name, never for long: a mutex of its own, as the other is free while the writer waits for the disk. */
    pthread_mutex_t landing;
    bool overtaken; /* the last resort has given the name to the newest: what the writer still holds is older */
};

/* The writer (store_writer.c). */
void writer_start(struct store *s);
void writer_stop(
    struct store *s,
    int timeout_ms); /* leaves s->exited false when the thread hangs in a system call */
void writer_submit(struct store *s, struct job *job); /* takes the job */

struct place *place_new(const char *path);
void place_release(struct store *s, struct place *p); /* one reference */

/* What it lay on is not there any more: the folder is gone, or is on another medium and the file is not in it. (A stick was pulled: what
 * its mount point hides is no place to save to.) */
bool place_gone(const struct place *p);

/* Its folder, opened for one save, -1 with errno. A link that has been put in the place of the folder since is not followed (ELOOP), unless it
 * leads to the same one. */
int place_folder(const struct place *p, const struct file_ops *ops);

struct timespec clock_in_ms(int ms); /* monotonic: this long from now */
bool clock_reached(const struct timespec *t);

/* Stored gzip, or the bytes as they are, without asking for memory (store_emergency.c), under a passphrase when safe is not NULL. 0, or -1
 * with errno. */
int rescue_write(const struct file_ops *ops, int fd, const char *bytes, size_t n_bytes, bool gzip, const struct safe *safe);

#endif
