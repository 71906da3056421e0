#include "tests/e2e/medium.h"

#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/kit.h"

/* linux/ext4.h is not among the headers that a system installs. */
#define EXT4_SHUTDOWN       _IOR('X', 125, uint32_t)
#define EXT4_SHUTDOWN_NOLOG 2u /* without writing the journal first */

static void put_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0 && write(fd, text, strlen(text)) < 0) fprintf(stderr, "%s: cannot be written\n", path);
    if (fd >= 0) close(fd);
}

/* Without root: in a user namespace we are root to ourselves, which is enough for tmpfs. */
bool medium_begin(void)
{
    unsigned uid = getuid(), gid = getgid();
    char line[48];
    if (uid != 0) {
        if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
        put_text("/proc/self/setgroups", "deny");
        snprintf(line, sizeof line, "0 %u 1", uid);
        put_text("/proc/self/uid_map", line);
        snprintf(line, sizeof line, "0 %u 1", gid);
        put_text("/proc/self/gid_map", line);
    } else if (unshare(CLONE_NEWNS) != 0) {
        return false;
    }
    return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static bool run(const char *fmt, const char *a, const char *b)
{
    char line[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(line, sizeof line, fmt, a, b);
#pragma GCC diagnostic pop
    int rc = system(line);
    return rc == 0;
}

static bool make_image(const struct medium *m, const char *kind, int n_kb)
{
    int fd = open(m->image, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && ftruncate(fd, n_kb * 1024L) == 0;
    if (fd >= 0) close(fd);
    return ok && run("PATH=$PATH:/usr/sbin:/sbin mkfs.%s '%s' >/dev/null 2>&1", kind, m->image);
}

bool medium_again(struct medium *m)
{
    m->mounted = run("mount -o loop '%s' '%s' 2>/dev/null", m->image, m->dir);
    return m->mounted;
}

bool medium_mount(struct medium *m, struct kit *k, const char *kind, int n_kb)
{
    *m = (struct medium){0};
    snprintf(m->dir, sizeof m->dir, "%s/stick", k->dir);
    mkdir(m->dir, 0700);
    if (strcmp(kind, "tmpfs") == 0) {
        char size[32];
        snprintf(size, sizeof size, "size=%dk", n_kb);
        m->mounted = mount("none", m->dir, "tmpfs", 0, size) == 0;
    } else {
        snprintf(m->image, sizeof m->image, "%s/stick.img", k->dir);
        m->mounted = make_image(m, kind, n_kb) && medium_again(m);
    }
    if (m->mounted) {
        int n = snprintf(k->file, sizeof k->file, "%s/plant.xml.gz", m->dir);
        assert_true(n > 0 && (size_t)n < sizeof k->file);
    } else {
        rmdir(m->dir);
    }
    return m->mounted;
}

bool medium_remount(struct medium *m, bool read_only)
{
    return mount(NULL, m->dir, NULL, MS_REMOUNT | (read_only ? MS_RDONLY : 0), NULL) == 0;
}

void medium_pull(struct medium *m)
{
    if (m->mounted) umount2(m->dir, MNT_DETACH);
    m->mounted = false;
}

bool medium_cut(const struct medium *m)
{
    uint32_t how = EXT4_SHUTDOWN_NOLOG;
    int fd = open(m->dir, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool cut = ioctl(fd, EXT4_SHUTDOWN, &how) == 0;
    close(fd);
    return cut;
}

void medium_say(const char *what, const char *how)
{
    printf("medium: %s: %s\n", what, how);
}
