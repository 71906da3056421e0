/* What this process may still ask of the kernel, given up before strangers' files are read: Linux, seccomp-bpf, x86-64 and 64-bit ARM. */
#ifndef CORE_IO_SANDBOX_H
#define CORE_IO_SANDBOX_H

#include <stdbool.h>

enum sandbox {
    SANDBOX_ALONE, /* no network, no other program, no look at other processes; files as before */
    SANDBOX_LOOK,  /* and of files only reading: none is opened for writing, made, renamed, removed or changed */
    SANDBOX_PARSE  /* nothing but memory, and reading and writing what is open; for a single thread */
};

/* For this thread and those that it starts, for good: to be called before there are others. What is forbidden fails with EPERM; what was opened
 * before can still be written. false: the kernel or the machine has no such thing, nothing has changed. In builds with a sanitizer or for
 * coverage, whose own work it would forbid, always false. */
bool sandbox_enter(enum sandbox wanted);

/* Would it work? Changes nothing. */
bool sandbox_available(void);

#endif
