/* A disk that misbehaves on command. disk.so (LD_PRELOAD) slows, holds or fails the calls that a program makes on regular files
 * under one folder; the test steers it while the program runs, through a small file that both have mapped. */
#ifndef TESTS_SHIM_DISK_H
#define TESTS_SHIM_DISK_H

#include <stdatomic.h>

enum disk_call {
    DISK_OPEN, /* for writing */
    DISK_WRITE,
    DISK_FSYNC, /* fsync and fdatasync, of files and of the folder */
    DISK_RENAME,
    DISK_LINK,
    DISK_UNLINK,
    DISK_CLOSE, /* of what was open for writing */
    DISK_FCHMOD,
    DISK_CALL_COUNT
};

struct disk {
    char under[256];                     /* the folder, absolute; set before the program starts */
    atomic_int error[DISK_CALL_COUNT];    /* errno that the call fails with; 0: works */
    atomic_int times[DISK_CALL_COUNT];    /* so often, then it works again; 0: for good */
    atomic_int delay_ms[DISK_CALL_COUNT]; /* before the call is made */
    atomic_int hold[DISK_CALL_COUNT];     /* while not 0 the call does not return */
    atomic_int calls[DISK_CALL_COUNT];    /* so many were begun */
    atomic_int held;                      /* so many wait at a hold now */
    atomic_int short_writes;              /* not 0: a write takes half of what it is given */
    atomic_int coarse_times;              /* not 0: times of files are even seconds, as on FAT */
    atomic_llong clock_shift;             /* seconds by which the clock on the wall is wrong */
    atomic_int no_locks;                  /* not 0: fcntl knows no locks, as on some network mounts */
    atomic_int lies;                      /* not 0: fsync does nothing and says it did */
};

#define DISK_ENV "MONSHIN_TEST_DISK" /* environment variable: path of the mapped file */

#endif
