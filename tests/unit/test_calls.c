/* Calls that hardly ever fail: what reading, the lock and the gate of XML do when a system call, zlib or libxml2 does what it never does on a
 * machine of ours. */
#include "tests/unit/traps.h"

#include "core/base/embed.h"
#include "core/io/gz.h"
#include "core/io/stream.h"
#include "core/io/xml.h"
#include "core/seal/secret.h"

/* ---- Files ---- */

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
    };
    xml_start();
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
