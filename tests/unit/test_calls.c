/* Calls that hardly ever fail: what loading, saving and validating do when a system call, zlib or libxml2 does what it never does on a machine
 * of ours. The calls are ours here: the linker takes them before the C library's. */
#undef _FORTIFY_SOURCE /* it would put functions of its own in their place */
#include "tests/unit/world.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <zlib.h>

#include "core/base/embed.h"
#include "core/io/gz.h"
#include "core/io/stream.h"
#include "core/io/xml.h"
#include "core/seal/secret.h"

/* ---- The traps ---- */

enum instead { NOTHING, OTHER_DEVICE, OTHER_FILE, A_DEVICE }; /* what stat and fstat say instead */

static struct trap {
    const char *call; /* NULL: all is well */
    int times;        /* then it works again; -1: for good */
    int skip;         /* but not the first ones */
    int error;        /* errno; 0: the call works, but gives... */
    enum instead instead;
    long gives; /* of write: so many bytes */
} trap[3];

static bool sprung(const char *call, struct trap *out)
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

static void set_trap(size_t i, const char *call, int times, int error)
{
    trap[i] = (struct trap){.call = call, .times = times, .error = error};
}

static void no_traps(void)
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

static int changed(int rc, struct stat *st, const struct trap *t)
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
FAILS(int, -1, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), int, const char *, int, const char *, int)
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

/* ---- Files ---- */

static void put(const char *path, const char *text)
{
    assert_int_equal(file_write_new(path, text, strlen(text), true, NULL), ERR_OK);
}

static bool holds(const char *path, const char *text)
{
    struct buf b = {0};
    bool same = file_read(&b, path, 1 << 20, NULL) == ERR_OK && strcmp(buf_str(&b), text) == 0;
    buf_release(&b);
    return same;
}

static void file_read__goes_on_after_an_interruption__and_says_what_is_wrong(void **state)
{
    const struct world *w = *state;
    struct buf b = {0};
    struct diag d = {0};
    put(w->path, "kept");
    set_trap(0, "read", 2, EINTR);
    assert_true(holds(w->path, "kept"));
    set_trap(0, "read", 1, EIO);
    assert_int_equal(file_read(&b, w->path, 100, &d), ERR_READ);
    assert_int_equal(d.sys, EIO);
    set_trap(0, "fstat", 1, EIO);
    assert_int_equal(file_read(&b, w->path, 100, &d), ERR_READ);
    assert_int_equal(b.len, 0);
    no_traps();
    buf_release(&b);
}

static void folder_make__comes_to_an_end__whatever_the_system_says(void **state)
{
    (void)state;
    set_trap(0, "mkdir", -1, ENOENT);
    folder_make("/nowhere/at/all");
    folder_make("not/here/either");
    no_traps();
    assert_false(file_exists("/nowhere"));
}

static void stream__goes_on_after_an_interruption__and_keeps_the_first_failure(void **state)
{
    const struct world *w = *state;
    struct stream s;
    struct diag d = {0};
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    buf_adds(&s.room, "all of it");
    set_trap(0, "write", 2, EINTR);
    assert_int_equal(stream_commit(&s, &d), ERR_OK);
    no_traps();
    assert_true(holds(w->path, "all of it"));
    /* What fails first is what is said. */
    for (int both = 0; both < 2; both++) {
        assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
        set_trap(0, "close", 1, EDQUOT);
        set_trap(1, "fsync", both, EIO);
        assert_int_equal(stream_commit(&s, &d), ERR_WRITE);
        assert_int_equal(d.sys, both ? EIO : EDQUOT);
        no_traps();
    }
    /* A write of nothing is a failure too: the medium takes no more. */
    assert_int_equal(stream_begin(&s, w->path, true, NULL), ERR_OK);
    buf_adds(&s.room, "none of it");
    set_trap(0, "write", -1, 0);
    assert_int_equal(stream_commit(&s, &d), ERR_WRITE);
    assert_int_equal(d.sys, EIO);
    no_traps();
    assert_true(holds(w->path, "all of it"));
}

/* ---- zlib and libxml2 ---- */

static void leave_with_7(void *cookie)
{
    (void)cookie;
    leave(7);
}

/* Runs it in a child: it ends as when there is no memory. */
static void expect_end(void (*run)(const struct world *w), const struct world *w)
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

static void deflate_one(const struct world *w)
{
    struct buf b = {0};
    (void)w;
    gz_deflate(&b, "x", 1);
}

static void libraries__that_cannot_begin__are_no_damage_of_the_file(void **state)
{
    const struct world *w = *state;
    struct buf gz = {0}, out = {0};
    struct xml_doc doc = {0};
    const char *xsd = embed_assessment_xsd;
    size_t n_xsd = (size_t)(embed_assessment_xsd_end - embed_assessment_xsd);
    gz_deflate(&gz, "x", 1);
    set_trap(0, "inflateInit2_", 1, EIO);
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 100, NULL), ERR_GZIP);
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 100, NULL), ERR_OK);
    set_trap(0, "deflateInit2_", 1, EIO);
    expect_end(deflate_one, w);
    no_traps();
    set_trap(0, "xmlCreatePushParserCtxt", 1, EIO);
    assert_int_equal(xml_parse(&doc, "<a/>", 4, NULL), ERR_XML);
    set_trap(0, "xmlSchemaNewValidCtxt", 1, EIO);
    assert_int_equal(xml_validate("<a/>", 4, xsd, n_xsd, NULL), ERR_SCHEMA);
    set_trap(0, "xmlSchemaNewMemParserCtxt", 1, EIO);
    assert_int_equal(xml_validate("<a/>", 4, xsd, n_xsd, NULL), ERR_SCHEMA);
    no_traps();
    xml_doc_release(&doc);
    buf_release(&gz);
    buf_release(&out);
}

static void parser__of_another_mind__is_not_believed(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    struct diag d = {0};
    for (int doctypes = 0; doctypes < 3; doctypes++)
        for (int well_formed = 0; well_formed < 2; well_formed++) {
            trap[0] = (struct trap){.call = "xmlParseChunk", .times = 1, .gives = doctypes, .instead = well_formed ? NOTHING : OTHER_FILE};
            assert_int_equal(xml_parse(&doc, "<a/>", 4, &d), doctypes > 0 ? ERR_XML_FORBIDDEN : ERR_XML);
            xml_doc_release(&doc);
        }
    trap[0] = (struct trap){.call = "xmlSchemaValidateDoc", .times = 1, .gives = 1};
    assert_int_equal(xml_validate("<a/>", 4, embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), &d), ERR_SCHEMA);
    assert_int_equal(d.line, 5);
    assert_string_equal(d.detail, "");
    no_traps();
}

/* A schema that lets a text without a language pass: English then, or nothing, which is refused. */
static void checklist__speaks_english__where_a_language_is_missing(void **state)
{
    static const struct {
        const char *from, *to;
        enum err err;
    } cases[] = {{"<ja>工房の整理整頓</ja>", "", ERR_OK}, {"<ja>工房の整理整頓</ja><en>Workshop hygiene</en>", "", ERR_OK}};
    const struct world *w = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf tiny = {0}, less = {0};
        struct checklist *ck = NULL;
        assert_int_equal(file_read(&tiny, "tests/data/tiny/checklist.xml", XML_MAX_BYTES, NULL), ERR_OK);
        const char *at = strstr(buf_str(&tiny), cases[i].from);
        assert_non_null(at);
        buf_add(&less, tiny.p, (size_t)(at - tiny.p));
        buf_adds(&less, at + strlen(cases[i].from));
        put(w->path, buf_str(&less));
        trap[0] = (struct trap){.call = "xmlSchemaValidateDoc", .times = 1};
        assert_int_equal(checklist_load(&ck, w->path, NULL), cases[i].err);
        no_traps();
        assert_string_equal(ck->name.in[LANG_JA], i == 0 ? "Workshop hygiene" : "");
        checklist_free(ck);
        buf_release(&tiny);
        buf_release(&less);
    }
}

/* ---- The lock ---- */

static void lock__is_given__when_nothing_can_be_found_out_or_written(void **state)
{
    static const struct {
        const char *call;
        int error;
    } cases[] = {{"gethostname", EIO}, {"open", ENOENT}, {"ftruncate", ENOSPC}, {"pwrite", ENOSPC}, {"localtime_r", EOVERFLOW}, {"read", EIO}};
    const struct world *w = *state;
    char holder[HOLDER_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct store_lock lock = {.fd = -1}, other = {.fd = -1};
        set_trap(0, cases[i].call, -1, cases[i].error);
        assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
        assert_int_equal(lock_take(&other, w->path, false, holder, NULL), ERR_LOCKED);
        no_traps();
        lock_release(&lock);
        assert_false(file_exists(w->path));
    }
}

/* Taken, but its name leads elsewhere by then: it is tried again, and not for ever. */
static void lock__is_not_believed__under_another_name(void **state)
{
    static const struct trap cases[] = {{.call = "fstat", .times = -1, .error = EIO},
                                        {.call = "stat", .times = -1, .error = ENOENT},
                                        {.call = "stat", .times = -1, .instead = OTHER_DEVICE},
                                        {.call = "stat", .times = -1, .instead = OTHER_FILE}};
    const struct world *w = *state;
    char holder[HOLDER_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int held = 0; held < 2; held++) {
            struct store_lock mine = {.fd = -1}, lock = {.fd = -1};
            if (held)
                assert_int_equal(lock_take(&mine, w->path, false, holder, NULL), ERR_OK);
            trap[0] = cases[i];
            assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_LOCKED);
            assert_int_equal(lock.fd, -1);
            if (!held) { /* once, and it is seen again */
                trap[0] = cases[i];
                trap[0].times = 1;
                assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
            }
            no_traps();
            lock_release(&lock);
            lock_release(&mine);
            unlink(w->path);
        }
}

static void lock__of_another__stays_when_ours_is_released(void **state)
{
    const struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock lock = {.fd = -1};
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
    unlink(w->path);
    put(w->path, "theirs");
    lock_release(&lock);
    assert_true(holds(w->path, "theirs"));
}

/* Some systems call a lock that is held "permission denied", and a process of another user too. */
static void lock__is_held__however_the_system_says_so(void **state)
{
    const struct world *w = *state;
    char holder[HOLDER_SIZE], host[64], text[160];
    struct store_lock lock = {.fd = -1};
    put(w->path, "me@host, pid 5, since");
    set_trap(0, "lock", 1, EACCES);
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_LOCKED);
    set_trap(0, "lock", 1, EAGAIN);
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_LOCKED);
    gethostname(host, sizeof host);
    snprintf(text, sizeof text, "me@%.60s, pid 7777777, since", host);
    put(w->path, text);
    set_trap(0, "kill", 1, EPERM);
    assert_int_equal(lock_take(&lock, w->path, true, holder, NULL), ERR_LOCKED);
    /* A host whose name is as long as ours. */
    host[0] ^= 1;
    snprintf(text, sizeof text, "me@%.60s, pid 7777777, since", host);
    put(w->path, text);
    assert_int_equal(lock_take(&lock, w->path, true, holder, NULL), ERR_LOCKED);
    /* Nothing in it, and nobody knows how old it is: nobody's. */
    put(w->path, "who, pid 5, me@here");
    set_trap(0, "fstat", 1, EIO);
    assert_int_equal(lock_take(&lock, w->path, true, holder, NULL), ERR_OK);
    no_traps();
    lock_release(&lock);
}

/* Of a medium where nothing can be written one may still see who has it. */
static void lock__that_cannot_be_written__is_looked_at(void **state)
{
    const struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock mine = {.fd = -1}, lock = {.fd = -1};
    struct diag d = {0};
    assert_int_equal(lock_take(&mine, w->path, false, holder, NULL), ERR_OK);
    set_trap(0, "open to write", 2, EROFS);
    assert_int_equal(lock_take(&lock, w->path, false, holder, &d), ERR_LOCKED);
    assert_non_null(strstr(holder, "pid"));
    lock_release(&mine);
    put(w->path, "left@host, pid 5, since");
    set_trap(0, "open to write", 2, EROFS);
    assert_int_equal(lock_take(&lock, w->path, false, holder, &d), ERR_OPEN);
    assert_int_equal(d.sys, EROFS);
    assert_string_equal(holder, "");
    /* Where there are no locks, by the process that it names. */
    set_trap(0, "look at the lock", 1, ENOLCK);
    assert_false(lock_is_free(w->path));
    /* It came and went and is there again while we looked. */
    set_trap(0, "open to write", 2, ENOENT);
    assert_int_equal(lock_take(&lock, w->path, false, holder, &d), ERR_OPEN);
    no_traps();
    /* No folder, no lock: that is said, not waited for. */
    char *nowhere = beside(w, "/none/x.lock");
    assert_int_equal(lock_take(&lock, nowhere, false, holder, &d), ERR_OPEN);
    free(nowhere);
}

/* ---- Which file, which medium, which moment ---- */

static void stamps__differ__in_anything(void **state)
{
    (void)state;
    const struct stamp one = {true, 1, 2, 3, {4, 5}};
    struct stamp s[5] = {one, one, one, one, one};
    s[0].dev++;
    s[1].ino++;
    s[2].size++;
    s[3].mtime.tv_sec++;
    s[4].mtime.tv_nsec++;
    assert_true(stamp_same(&one, &one));
    for (int i = 0; i < 5; i++) {
        assert_false(stamp_same(&one, &s[i]));
        assert_int_equal(stamp_untouched(&one, &s[i]), i < 2);
    }
}

static void clock__is_reached__by_seconds_and_by_parts_of_them(void **state)
{
    (void)state;
    struct timespec now, past, later;
    clock_gettime(CLOCK_MONOTONIC, &now);
    past = (struct timespec){now.tv_sec - 1, 999999999};
    later = (struct timespec){now.tv_sec + 100, 0};
    assert_true(clock_reached(&now));
    assert_true(clock_reached(&past));
    assert_false(clock_reached(&later));
}

static void place__is_gone__when_its_folder_is_or_its_medium(void **state)
{
    const struct world *w = *state;
    char *inside = beside(w, "/folder");
    put(w->path, "x");
    struct place *p = place_new(w->path);
    assert_false(place_gone(p));
    set_trap(0, "stat", 1, EACCES); /* who knows */
    assert_false(place_gone(p));
    set_trap(0, "stat", 1, ENOENT);
    assert_true(place_gone(p));
    no_traps();
    p->medium++; /* another one, but the file is there: mounted anew */
    assert_false(place_gone(p));
    unlink(w->path);
    assert_true(place_gone(p));
    put(w->path, "x");
    free(p->dir);
    p->dir = inside; /* what was a folder is a file now */
    assert_true(place_gone(p));
    struct store s = {0};
    pthread_mutex_init(&s.mutex, NULL);
    place_release(&s, p);
}

/* A link in the place of the folder is followed only to the folder that it was. */
static void place__is_opened__only_where_it_was(void **state)
{
    const struct world *w = *state;
    char real[128], link[128];
    snprintf(real, sizeof real, "%s/real", w->dir);
    snprintf(link, sizeof link, "%s/link", w->dir);
    assert_int_equal(mkdir(real, 0700), 0);
    assert_int_equal(symlink(real, link), 0);
    struct place *p = place_new(w->path);
    free(p->dir);
    p->dir = xstrdup(link);
    struct stamp st = stamp_of(real);
    p->medium = st.dev;
    p->folder = st.ino;
    int fd = place_folder(p, file_ops_real());
    assert_true(fd >= 0);
    close(fd);
    p->medium++;
    assert_int_equal(place_folder(p, file_ops_real()), -1);
    assert_int_equal(errno, ELOOP);
    p->medium--;
    set_trap(0, "fstat", 1, EIO);
    assert_int_equal(place_folder(p, file_ops_real()), -1);
    no_traps();
    set_trap(0, "open a folder", 1, ELOOP); /* so other systems call a link */
    fd = place_folder(p, file_ops_real());
    assert_true(fd >= 0);
    close(fd);
    no_traps();
    rmdir(real);
    assert_int_equal(place_folder(p, file_ops_real()), -1); /* it leads to nothing */
    struct store s = {0};
    pthread_mutex_init(&s.mutex, NULL);
    place_release(&s, p);
}

/* ---- Generations ---- */

static void generation__that_cannot_be_read__is_not_kept(void **state)
{
    const struct world *w = *state;
    const struct file_ops *ops = file_ops_real();
    int dir = folder_open(ops, w->dir);
    put(w->path, "x");
    set_trap(0, "linkat", 2, EPERM);
    set_trap(1, "read", 1, EIO);
    assert_false(generations_move(ops, dir, path_base(w->path)));
    assert_true(generations_move(ops, dir, path_base(w->path)));
    char *kept = beside(w, ".gen1");
    assert_true(holds(kept, "x"));
    free(kept);
    close(dir);
}

/* What is wiped is never the file itself under another name, nor anything but a file. */
static void wipe__leaves_the_present_content(void **state)
{
    const struct world *w = *state;
    const struct file_ops *ops = file_ops_real();
    int dir = folder_open(ops, w->dir);
    char *gen[3] = {beside(w, ".gen1"), beside(w, ".gen2"), beside(w, ".gen3")};
    for (int plain = 0; plain < 2; plain++) {
        put(w->path, "present");
        assert_int_equal(link(w->path, gen[0]), 0);
        put(gen[1], "old");
        assert_int_equal(mkfifo(gen[2], 0600), 0);
        if (plain)
            generations_wipe_plain(ops, dir, path_base(w->path));
        else
            generations_wipe(ops, dir, path_base(w->path));
        assert_true(holds(w->path, "present"));
        assert_false(file_exists(gen[1]));
        empty_folder(w);
    }
    for (int i = 0; i < 3; i++)
        free(gen[i]);
    close(dir);
}

/* The name goes even where nothing can be written over the bytes. */
static void wipe__removes_the_name__whatever_fails(void **state)
{
    static const struct trap cases[] = {{.call = "write", .times = -1, .error = ENOSPC},
                                        {.call = "fstat", .times = 1, .error = EIO},
                                        {.call = "fstat", .times = 1, .instead = A_DEVICE},
                                        {.call = NULL}};
    char old[3 * 4096 + 2] = "";
    memset(old, 'x', sizeof old - 1);
    const struct world *w = *state;
    const struct file_ops *ops = file_ops_real();
    int dir = folder_open(ops, w->dir);
    char *gen = beside(w, ".gen1"), *kept = beside(w, ".kept");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        put(w->path, "present");
        put(gen, old);
        assert_int_equal(link(gen, kept), 0);
        trap[0] = cases[i];
        generations_wipe(ops, dir, path_base(w->path));
        no_traps();
        assert_false(file_exists(gen));
        assert_int_equal(holds(kept, old), cases[i].call != NULL);
        empty_folder(w);
    }
    free(gen);
    free(kept);
    close(dir);
}

/* ---- The store ---- */

static void store__works__without_what_it_can_do_without(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    struct store_open got;
    set_trap(0, "eventfd", 1, EMFILE); /* nobody is woken: the screen looks again by itself */
    struct store *s = create(w, a, NULL);
    assert_int_equal(save(s, a), 2);
    assert_true(store_flush(s, -1, NULL));
    assert_true(store_passphrase_fits(s, NULL));
    assert_false(store_lock_is_free(s));
    assert_int_equal(store_refused(s, NULL), ERR_OK);
    store_close(s);
    set_trap(0, "opendir", 1, EMFILE); /* nothing is swept */
    s = reopen(w, &got, NULL);
    no_traps();
    assert_false(store_read_only(s));
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
}

static void store__only_reads__whatever_says_that_it_may_not_write(void **state)
{
    static const struct {
        const char *call;
        int times, error;
        bool read_only;
    } cases[] = {{"open to write", 2, EROFS, true}, {"open to write", 2, EACCES, true}, {"open to write", 2, EPERM, true},
                 {"open to write", 2, ENOSPC, false}, {"access", -1, EACCES, true}, {"access", -1, EROFS, true}, {"access", -1, EIO, false}};
    const struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct store_open got;
        set_trap(0, cases[i].call, cases[i].times, cases[i].error);
        struct store *s = reopen(w, &got, NULL);
        no_traps();
        if (store_read_only(s) != cases[i].read_only)
            fail_msg("%s: %s", cases[i].call, strerror(cases[i].error));
        store_close(s);
        assessment_free(got.assessment);
    }
    assessment_free(a);
}

static void store__sees_another_file__only_when_there_are_two(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    char *elsewhere = beside(w, ".elsewhere.xml.gz");
    struct store *s = create(w, a, NULL);
    assert_false(store_changed_outside(s));
    disk.ms = 200; /* a save under way is ours */
    save(s, a);
    while (!disk.busy)
        usleep(1000);
    assert_false(store_changed_outside(s));
    assert_true(store_flush(s, -1, NULL));
    disk.ms = 0;
    unlink(w->path); /* gone is not changed: the next save makes it again */
    assert_false(store_changed_outside(s));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), a->revision);
    store_close(s);
    struct store_open got;
    s = reopen(w, &got, NULL);
    store_look_only(s);
    assert_int_equal(store_move(s, elsewhere, NULL), ERR_OK);
    assert_false(store_changed_outside(s)); /* nothing is there yet */
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
    free(elsewhere);
}

static void store_move__goes_to_a_full_disk__but_not_to_a_file_that_is_held(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    char *elsewhere = beside(w, ".elsewhere.xml.gz"), *lock = beside(w, ".elsewhere.xml.gz.lock"), holder[HOLDER_SIZE];
    struct store_lock held = {.fd = -1};
    struct diag d = {0};
    struct store *s = create(w, a, NULL);
    assert_int_equal(lock_take(&held, lock, false, holder, NULL), ERR_OK);
    assert_int_equal(store_move(s, elsewhere, NULL), ERR_LOCKED);
    assert_int_equal(store_move(s, elsewhere, &d), ERR_LOCKED);
    lock_release(&held);
    set_trap(0, "open to write", 2, EACCES);
    assert_int_equal(store_move(s, elsewhere, &d), ERR_OPEN);
    no_traps();
    /* The save that is under way ends in the old place and counts for nothing in the new one. */
    disk.ms = 200;
    save(s, a);
    while (!disk.busy)
        usleep(1000);
    set_trap(0, "open to write", 2, ENOSPC);
    assert_int_equal(store_move(s, elsewhere, NULL), ERR_OK);
    no_traps();
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(elsewhere), a->revision);
    store_close(s);
    assessment_free(a);
    free(elsewhere);
    free(lock);
}

static void store_close__does_not_wait_for_a_disk_that_takes_nothing(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    set_trap(0, "write", -1, 0);
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    store_close(s);
    no_traps();
    assert_int_equal(revision_of(w->path), 1);
    assessment_free(a);
}

/* Not the failure of an older revision either: the newest is what was asked for. */
static void store_flush__waits_for_the_newest__when_an_older_one_fails(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    disk.ms = 200;
    set_trap(0, "fsync", 1, EIO);
    save(s, a);
    while (!disk.busy)
        usleep(1000);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), 3);
    disk.ms = 0;
    store_close(s);
    assessment_free(a);
}

/* A disk that hangs in a call cannot be waited for. */
static struct store *hang(const struct world *w)
{
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    disk.hangs = true;
    save(s, a);
    while (!disk.busy)
        usleep(1000);
    save(s, a);
    store_close(s); /* gives up after some seconds; the store stays */
    if (revision_of(w->path) != 1)
        leave(2);
    return s;
}

/* When it comes back the newest goes to it all the same. */
static void hang_and_come_back(const struct world *w)
{
    hang(w);
    disk.hangs = false;
    for (int i = 0; i < 100 && revision_of(w->path) != 3; i++)
        usleep(50 * 1000);
    leave(revision_of(w->path) == 3 ? 7 : 3);
}

/* Else the last resort gets by without the writer. */
static void hang_for_good(const struct world *w)
{
    struct store *s = hang(w);
    leave(store_emergency(s) && revision_of(w->path) == 3 ? 7 : 3);
}

static void store_close__gives_up__when_the_disk_hangs(void **state)
{
    expect_end(hang_and_come_back, *state);
    empty_folder(*state);
    expect_end(hang_for_good, *state);
}

/* The counter that wakes the screen is full: then it is readable already. */
static void store__saves__while_nobody_looks(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct store_state seen;
    store_state(s, &seen);
    const uint64_t nearly = UINT64_MAX - 1;
    assert_int_equal(write(store_wake_fd(s), &nearly, sizeof nearly), sizeof nearly);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    struct pollfd fd = {.fd = store_wake_fd(s), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 0), 1);
    store_close(s);
    assert_int_equal(revision_of(w->path), 2);
    assessment_free(a);
}

static void create_one(const struct world *w)
{
    create(w, small_new(), NULL);
}

/* Without its thread nothing could be saved. */
static void store__does_not_begin__without_a_thread(void **state)
{
    const struct world *w = *state;
    set_trap(0, "pthread_create", 1, EAGAIN);
    expect_end(create_one, w);
    no_traps();
}

/* The older files beside one that is under a passphrase are wiped when the folder opens, and it is no harm when it does not. */
static void store_open__does_without_wiping__where_the_folder_does_not_open(void **state)
{
    const struct world *w = *state;
    struct assessment *a = small_new();
    struct safe *safe = NULL;
    struct passphrase *pass = secret_new(sizeof *pass);
    *pass = (struct passphrase){4, "word"};
    assert_int_equal(safe_new(&safe, pass, 4, NULL), ERR_OK);
    struct store *s = create(w, a, NULL);
    store_set_safe(s, safe);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    store_close(s);
    char *old = beside(w, ".gen1");
    put(old, "in the open");
    for (int opens = 0; opens < 2; opens++) {
        struct store_open got = {0};
        set_trap(0, "open a folder", opens == 0 ? 1 : 0, EMFILE);
        assert_int_equal(store_open_locked(&s, &got, w->path, pass, small_find, NULL, NULL, NULL), ERR_OK);
        no_traps();
        assert_int_equal(file_exists(old), opens == 0);
        assessment_free(got.assessment);
        store_close(s);
    }
    free(old);
    secret_free(pass);
    assessment_free(a);
}

/* ---- The last resort ---- */

/* Every write of it in turn, in the open and under a passphrase. */
static void rescue__says_when_the_disk_takes_no_more(void **state)
{
    const struct world *w = *state;
    struct safe *safe = NULL;
    struct passphrase pass = {4, "word"};
    enum { BYTES = 200 * 1000 };
    char *text = xmalloc(BYTES);
    memset(text, 'x', BYTES);
    assert_int_equal(safe_new(&safe, &pass, 4, NULL), ERR_OK);
    const struct file_ops *ops = file_ops_real();
    for (int sealed = 0; sealed < 2; sealed++)
        for (int gzip = 0; gzip < 2; gzip++) {
            int n = 0;
            for (int rc = -1; rc != 0; n++) {
                int fd = open(w->path, O_RDWR | O_CREAT | O_TRUNC, 0600);
                set_trap(0, "write", -1, ENOSPC);
                trap[0].skip = n;
                rc = rescue_write(ops, fd, text, BYTES, gzip, sealed ? safe : NULL);
                if (rc != 0)
                    assert_int_equal(errno, ENOSPC);
                close(fd);
            }
            assert_in_range(n, 2, 20);
            no_traps();
        }
    int fd = open(w->path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    set_trap(0, "write", 1, 0);
    assert_int_equal(rescue_write(ops, fd, text, BYTES, true, NULL), -1);
    assert_int_equal(errno, EIO);
    close(fd);
    safe_release(safe);
    free(text);
}

/* A save under way is waited for, but not for ever; a lock that somebody holds is not waited for long either. */
static void store_emergency__waits_for_the_writer__and_not_for_ever(void **state)
{
    static const struct {
        int ms;
        bool held;
    } cases[] = {{300, false}, {2600, false}, {0, true}};
    const struct world *w = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assessment *a = small_new();
        struct store *s = create(w, a, NULL);
        disk.ms = cases[i].ms;
        save(s, a);
        while (cases[i].ms > 0 && !disk.busy)
            usleep(1000);
        if (cases[i].held) {
            assert_true(store_flush(s, -1, NULL));
            pthread_mutex_lock(&s->mutex);
        }
        assert_true(store_emergency(s));
        if (cases[i].held)
            pthread_mutex_unlock(&s->mutex);
        disk.ms = 0;
        assert_int_equal(revision_of(w->path), 2);
        store_close(s);
        assert_int_equal(revision_of(w->path), 2);
        assessment_free(a);
        empty_folder(w);
    }
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(file_read__goes_on_after_an_interruption__and_says_what_is_wrong),
        cmocka_unit_test(folder_make__comes_to_an_end__whatever_the_system_says),
        IN_FOLDER(stream__goes_on_after_an_interruption__and_keeps_the_first_failure),
        IN_FOLDER(libraries__that_cannot_begin__are_no_damage_of_the_file),
        cmocka_unit_test(parser__of_another_mind__is_not_believed),
        IN_FOLDER(checklist__speaks_english__where_a_language_is_missing),
        IN_FOLDER(lock__is_given__when_nothing_can_be_found_out_or_written),
        IN_FOLDER(lock__is_not_believed__under_another_name),
        IN_FOLDER(lock__of_another__stays_when_ours_is_released),
        IN_FOLDER(lock__is_held__however_the_system_says_so),
        IN_FOLDER(lock__that_cannot_be_written__is_looked_at),
        cmocka_unit_test(stamps__differ__in_anything),
        cmocka_unit_test(clock__is_reached__by_seconds_and_by_parts_of_them),
        IN_FOLDER(place__is_gone__when_its_folder_is_or_its_medium),
        IN_FOLDER(place__is_opened__only_where_it_was),
        IN_FOLDER(generation__that_cannot_be_read__is_not_kept),
        IN_FOLDER(wipe__leaves_the_present_content),
        IN_FOLDER(wipe__removes_the_name__whatever_fails),
        IN_FOLDER(store__works__without_what_it_can_do_without),
        IN_FOLDER(store__only_reads__whatever_says_that_it_may_not_write),
        IN_FOLDER(store__sees_another_file__only_when_there_are_two),
        IN_FOLDER(store_move__goes_to_a_full_disk__but_not_to_a_file_that_is_held),
        IN_FOLDER(store_close__does_not_wait_for_a_disk_that_takes_nothing),
        IN_FOLDER(store_flush__waits_for_the_newest__when_an_older_one_fails),
        IN_FOLDER(store_close__gives_up__when_the_disk_hangs),
        IN_FOLDER(store__saves__while_nobody_looks),
        IN_FOLDER(store__does_not_begin__without_a_thread),
        IN_FOLDER(store_open__does_without_wiping__where_the_folder_does_not_open),
        IN_FOLDER(rescue__says_when_the_disk_takes_no_more),
        IN_FOLDER(store_emergency__waits_for_the_writer__and_not_for_ever),
    };
    xml_start();
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
