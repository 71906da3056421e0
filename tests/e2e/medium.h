/* Real file systems for the tests of the whole program: small ones, mounted where only this test sees them, gone when it ends. What a machine
 * does not allow is told to the caller, who tries it in another way and says so. */
#ifndef TESTS_E2E_MEDIUM_H
#define TESTS_E2E_MEDIUM_H

#include <stdbool.h>

struct kit;

struct medium {
    char dir[128];   /* where it is mounted: KIT/stick */
    char image[128]; /* "" for tmpfs */
    bool mounted;
};

/* Once, before anything else: a view of the mounts of our own. false: this machine lets nobody mount. */
bool medium_begin(void);
/* kind: "tmpfs" (n_kb in size), or a file system whose mkfs.KIND and loop device the machine has ("ext4", "vfat"). The kit's file lies on it
 * from then on. false: it cannot be had here; then nothing has changed. */
bool medium_mount(struct medium *m, struct kit *k, const char *kind, int n_kb);
bool medium_remount(struct medium *m, bool read_only);
bool medium_again(struct medium *m); /* mounts an image that was unmounted */
void medium_pull(struct medium *m);  /* gone, though files on it are open */
/* The power goes: what is not on the disk now never will be (ext4). */
bool medium_cut(const struct medium *m);

/* What was tried, for the person who reads the log: "medium: NAME: a real tmpfs". */
void medium_say(const char *what, const char *how);

#endif
