/* See secret.h. */
#include "core/seal/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sodium.h>

#include "core/base/buf.h"

void secret_start(void)
{
    const struct rlimit none = {0, 0};
    if (sodium_init() < 0)
        abort(); /* no random numbers: nothing here would be secret */
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void *secret_new(size_t n_bytes)
{
    void *p = sodium_malloc(n_bytes);
    if (p == NULL)
        abort(); /* as when other memory runs out; there is nothing of this to save */
    /* A child that parses strangers' files has no use for it (core/io/xml_cell.h). */
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)p & ~(page - 1);
    madvise((void *)start, (uintptr_t)p + n_bytes - start, MADV_DONTFORK);
    sodium_memzero(p, n_bytes);
    return p;
}

void secret_free(void *p)
{
    sodium_free(p);
}

void secret_wipe(void *p, size_t n_bytes)
{
    sodium_memzero(p, n_bytes);
}

void secret_buf_release(struct buf *b)
{
    if (b->p != NULL)
        sodium_memzero(b->p, b->cap);
    buf_release(b);
}

/* Byte by byte into its place: no other copy is left behind, and a pipe may be read too. */
static enum err read_line(struct passphrase *out, int fd, struct diag *diag)
{
    char c;
    for (out->n_bytes = 0;;) {
        ssize_t n = read(fd, &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return diag_sys(diag, ERR_READ, errno, NULL);
        if (n == 0 || c == '\n')
            break;
        if (out->n_bytes == PASSPHRASE_MAX || c == '\0')
            return diag_set(diag, ERR_PASSPHRASE, 0, "file", NULL);
        out->text[out->n_bytes++] = c;
    }
    if (out->n_bytes > 0 && out->text[out->n_bytes - 1] == '\r')
        out->n_bytes--;
    out->text[out->n_bytes] = '\0';
    return out->n_bytes > 0 ? ERR_OK : diag_set(diag, ERR_PASSPHRASE, 0, "file", NULL);
}

/* A descriptor that the caller has opened. Its name leads through /proc, which is closed to a process that leaves no core dump. */
static int open_named(const char *path)
{
    static const char FD[] = "/dev/fd/";
    const char *digits = path + sizeof FD - 1;
    if (strcmp(path, "/dev/stdin") == 0)
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (strncmp(path, FD, sizeof FD - 1) == 0 && digits[0] != '\0' && strlen(digits) < 6 && digits[strspn(digits, "0123456789")] == '\0')
        return fcntl(atoi(digits), F_DUPFD_CLOEXEC, 0);
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

enum err passphrase_read(struct passphrase *out, const char *path, struct diag *diag)
{
    int fd = open_named(path);
    if (fd < 0)
        return diag_sys(diag, errno == ENOENT ? ERR_NOT_FOUND : ERR_OPEN, errno, NULL);
    enum err err = read_line(out, fd, diag);
    close(fd);
    if (err != ERR_OK)
        sodium_memzero(out, sizeof *out);
    return err;
}

void secret_library(struct buf *out)
{
    buf_addf(out, "libsodium %s", sodium_version_string());
}
