/* Calls that hardly ever fail, made to: the linker takes the functions here before those of the C library, zlib and libxml2. For one test program
 * each, as its first include. */
#ifndef TESTS_UNIT_TRAPS_H
#define TESTS_UNIT_TRAPS_H

#undef _FORTIFY_SOURCE /* it would put functions of its own in their place */
#include "tests/unit/world.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <zlib.h>

enum instead { NOTHING, OTHER_DEVICE, OTHER_FILE, A_DEVICE }; /* what stat and fstat say instead */

static struct trap {
    const char *call; /* NULL: all is well */
    int times;        /* then it works again; -1: for good */
    int skip;         /* but not the first ones */
    int error;        /* errno; 0: the call works, but gives... */
    enum instead instead;
    long gives; /* of write: so many bytes */
} trap[3];

static inline bool sprung(const char *call, struct trap *out)
{
    for (size_t i = 0; i < sizeof trap / sizeof trap[0]; i++) {
        if (trap[i].call == NULL || strcmp(trap[i].call, call) != 0 || trap[i].times == 0 || trap[i].skip-- > 0)
            continue;
        trap[i].skip = 0;
        trap[i].times -= trap[i].times > 0;
        *out = trap[i];
        errno = trap[i].error;
        return true;
    }
    return false;
}

static inline void set_trap(size_t i, const char *call, int times, int error)
{
    trap[i] = (struct trap){.call = call, .times = times, .error = error};
}

static inline void no_traps(void)
{
    memset(trap, 0, sizeof trap);
}

/* The function behind ours. Copied: C has no conversion from an object pointer to a function pointer. */
#define REAL(type, name, ...)                                                                                         \
    type (*real)(__VA_ARGS__);                                                                                         \
    void *symbol = dlsym(RTLD_NEXT, name);                                                                             \
    memcpy(&real, &symbol, sizeof real);                                                                               \
    struct trap t = {0}

ssize_t read(int fd, void *p, size_t n)
{
    REAL(ssize_t, "read", int, void *, size_t);
    return sprung("read", &t) ? -1 : real(fd, p, n);
}

ssize_t write(int fd, const void *p, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return sprung("write", &t) ? (t.error != 0 ? -1 : t.gives) : real(fd, p, n);
}

/* Linux closes it in any case. */
int close(int fd)
{
    REAL(int, "close", int);
    int rc = real(fd);
    return sprung("close", &t) ? -1 : rc;
}

static inline int changed(int rc, struct stat *st, const struct trap *t)
{
    if (t->error != 0)
        return -1;
    st->st_dev ^= t->instead == OTHER_DEVICE;
    st->st_ino ^= t->instead == OTHER_FILE;
    if (t->instead == A_DEVICE)
        st->st_mode = S_IFCHR;
    return rc;
}

int fstat(int fd, struct stat *st)
{
    REAL(int, "fstat", int, struct stat *);
    int rc = real(fd, st);
    return sprung("fstat", &t) ? changed(rc, st, &t) : rc;
}

int stat(const char *path, struct stat *st)
{
    REAL(int, "stat", const char *, struct stat *);
    int rc = real(path, st);
    return sprung("stat", &t) ? changed(rc, st, &t) : rc;
}

int fstatat(int dir, const char *path, struct stat *st, int flags)
{
    REAL(int, "fstatat", int, const char *, struct stat *, int);
    int rc = real(dir, path, st, flags);
    return sprung("fstatat", &t) ? changed(rc, st, &t) : rc;
}

int open(const char *path, int flags, ...)
{
    REAL(int, "open", const char *, int, ...);
    va_list ap;
    va_start(ap, flags);
    unsigned mode = (flags & O_CREAT) != 0 ? va_arg(ap, unsigned) : 0;
    va_end(ap);
    return sprung((flags & O_ACCMODE) == O_RDWR ? "open to write" : "open", &t) ? -1 : real(path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
    REAL(int, "openat", int, const char *, int, ...);
    va_list ap;
    va_start(ap, flags);
    unsigned mode = (flags & O_CREAT) != 0 ? va_arg(ap, unsigned) : 0;
    va_end(ap);
    return (flags & O_DIRECTORY) != 0 && sprung("open a folder", &t) ? -1 : real(dir, path, flags, mode);
}

/* A disk that takes its time. */
static struct disk {
    atomic_int ms;
    atomic_bool busy;
    atomic_bool hangs; /* until it is taken away; only for the thread that comes first */
    atomic_int hung;
} disk;

int fsync(int fd)
{
    REAL(int, "fsync", int);
    disk.busy = true;
    usleep((unsigned)disk.ms * 1000);
    while (disk.hangs && (disk.hung == 0 || disk.hung == gettid())) {
        disk.hung = gettid();
        usleep(1000);
    }
    disk.busy = false;
    return sprung("fsync", &t) ? -1 : real(fd);
}

int fcntl(int fd, int command, ...)
{
    REAL(int, "fcntl", int, int, ...);
    va_list ap;
    va_start(ap, command);
    void *p = va_arg(ap, void *);
    va_end(ap);
    return sprung(command == F_OFD_SETLK ? "lock" : command == F_OFD_GETLK ? "look at the lock" : "fcntl", &t) ? -1 : real(fd, command, p);
}

/* The rest is told apart by nothing but its name. */
#define FAILS(type, failure, name, params, args, ...)                                                                  \
    type name params                                                                                                   \
    {                                                                                                                  \
        REAL(type, #name, __VA_ARGS__);                                                                                \
        return sprung(#name, &t) ? failure : real args;                                                                \
    }
FAILS(int, -1, gethostname, (char *out, size_t n), (out, n), char *, size_t)
FAILS(struct tm *, NULL, localtime_r, (const time_t *at, struct tm *out), (at, out), const time_t *, struct tm *)
FAILS(int, -1, ftruncate, (int fd, off_t n), (fd, n), int, off_t)
FAILS(ssize_t, -1, pwrite, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at), int, const void *, size_t, off_t)
FAILS(int, -1, kill, (pid_t pid, int n), (pid, n), pid_t, int)
FAILS(int, -1, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), int, const char *, int, const char *,
      int)
FAILS(int, -1, mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
FAILS(int, -1, access, (const char *path, int mode), (path, mode), const char *, int)
FAILS(DIR *, NULL, opendir, (const char *path), (path), const char *)
FAILS(int, -1, eventfd, (unsigned n, int flags), (n, flags), unsigned, int)
FAILS(int, t.error, pthread_create, (pthread_t * out, const pthread_attr_t *attr, void *(*fn)(void *), void *arg), (out, attr, fn, arg), pthread_t *,
      const pthread_attr_t *, void *(*)(void *), void *)
FAILS(int, Z_VERSION_ERROR, inflateInit2_, (z_streamp z, int bits, const char *version, int size), (z, bits, version, size), z_streamp, int,
      const char *, int)
FAILS(int, Z_VERSION_ERROR, deflateInit2_, (z_streamp z, int level, int method, int bits, int memory, int strategy, const char *version, int size),
      (z, level, method, bits, memory, strategy, version, size), z_streamp, int, int, int, int, int, const char *, int)
FAILS(xmlParserCtxtPtr, NULL, xmlCreatePushParserCtxt, (xmlSAXHandlerPtr sax, void *user, const char *chunk, int n, const char *name),
      (sax, user, chunk, n, name), xmlSAXHandlerPtr, void *, const char *, int, const char *)
FAILS(xmlSchemaValidCtxtPtr, NULL, xmlSchemaNewValidCtxt, (xmlSchemaPtr schema), (schema), xmlSchemaPtr)
FAILS(xmlSchemaParserCtxtPtr, NULL, xmlSchemaNewMemParserCtxt, (const char *bytes, int n), (bytes, n), const char *, int)

/* libxml2 of another mind: goes on after it was stopped, ends what did not begin, says nothing of what is wrong. */
int xmlParseChunk(xmlParserCtxtPtr ctxt, const char *chunk, int n, int end)
{
    REAL(int, "xmlParseChunk", xmlParserCtxtPtr, const char *, int, int);
    if (!sprung("xmlParseChunk", &t))
        return real(ctxt, chunk, n, end);
    ctxt->sax->characters(ctxt, (const xmlChar *)"x", 1);
    ctxt->sax->endElementNs(ctxt, NULL, NULL, NULL);
    for (int i = 0; i < t.gives; i++)
        ctxt->sax->internalSubset(ctxt, (const xmlChar *)"a", NULL, NULL);
    ctxt->wellFormed = t.instead == NOTHING;
    return 0;
}

static xmlStructuredErrorFunc validity_error;
static void *validity_cookie;

void xmlSchemaSetValidStructuredErrors(xmlSchemaValidCtxtPtr ctxt, xmlStructuredErrorFunc fn, void *cookie)
{
    REAL(void, "xmlSchemaSetValidStructuredErrors", xmlSchemaValidCtxtPtr, xmlStructuredErrorFunc, void *);
    (void)t;
    validity_error = fn;
    validity_cookie = cookie;
    real(ctxt, fn, cookie);
}

int xmlSchemaValidateDoc(xmlSchemaValidCtxtPtr ctxt, xmlDocPtr doc)
{
    REAL(int, "xmlSchemaValidateDoc", xmlSchemaValidCtxtPtr, xmlDocPtr);
    if (!sprung("xmlSchemaValidateDoc", &t))
        return real(ctxt, doc);
    xmlError silent = {.line = 5};
    if (t.gives != 0)
        validity_error(validity_cookie, &silent);
    return (int)t.gives;
}

/* ---- What the tests share ---- */

static inline void put(const char *path, const char *text)
{
    assert_int_equal(file_write_new(path, text, strlen(text), true, NULL), ERR_OK);
}

static inline bool holds(const char *path, const char *text)
{
    struct buf b = {0};
    bool same = file_read(&b, path, 1 << 20, NULL) == ERR_OK && strcmp(buf_str(&b), text) == 0;
    buf_release(&b);
    return same;
}

static inline void leave_with_7(void *cookie)
{
    (void)cookie;
    leave(7);
}

/* Runs it in a child: it ends as when there is no memory. */
static inline void expect_end(void (*run)(const struct world *w), const struct world *w)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        mem_on_exhausted(leave_with_7, NULL);
        run(w);
        leave(1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
}

#endif
