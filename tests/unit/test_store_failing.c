/* The store when something fails: it says so, tries again, saves elsewhere, and has a last resort. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"
#include "tests/unit/faulty.h"
#include "tests/unit/small.h"
#include "tests/unit/world.h"

/* ---- Failure ---- */

/* The n-th system call of a save fails, once or for good: the file opens at all times, with the old
 * revision or the new one, and never one less than said; when the disk is well again everything is
 * there. False: n is beyond the last call. */
static bool survives_fault(const struct world *w, long n, int error, bool forever,
                           bool short_writes)
{
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    s->generation_seconds = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    f->short_writes = short_writes;
    f->error = error;
    f->forever = forever;
    f->in = n;
    save(s, a);
    bool ok = store_flush(s, -1, NULL);
    bool reached = forever ? f->in <= 1 : f->in <= 0;
    store_state(s, &st);
    assert_int_equal(st.durable, ok ? 3 : 2);
    assert_int_equal(st.phase, ok ? STORE_IDLE : STORE_FAILING);
    if (!ok)
        assert_int_equal(st.diag.sys, error);
    assert_in_range(revision_of(w->path), ok ? 3 : 2, 3);
    f->in = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), 4);
    store_state(s, &st);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_equal(st.durable, 4);
    store_close(s);
    free(f);
    assessment_free(a);
    return reached;
}

static void store__loses_nothing__whichever_call_fails(void **state)
{
    struct world *w = *state;
    static const int errors[] = {ENOSPC, EIO, EROFS};
    for (size_t e = 0; e < sizeof errors / sizeof errors[0]; e++) {
        for (int forever = 0; forever < 2; forever++) {
            bool reached = true;
            long n = 1;
            for (; reached; n++) {
                reached = survives_fault(w, n, errors[e], forever, e == 1);
                if (!forever)
                    assert_true(n_leftovers(w) <= 1); /* when removing it is what failed */
                empty_folder(w);
            }
            assert_true(
                n > 8); /* open, write, fsync, close, rename, and the folder's open, fsync, close */
        }
    }
}

static void store__saves__through_interruptions_and_short_writes(void **state)
{
    struct world *w = *state;
    for (long n = 1; n < 12; n++) {
        struct assessment *a = small_new();
        struct faults *f = faults_new();
        struct store *s = create(w, a, &f->ops);
        f->short_writes = true;
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
        f->error = EINTR;
        f->in = n;
        save(s, a);
        store_flush(s, -1, NULL);
        assert_true(store_flush(s, -1, NULL));
        assert_int_equal(revision_of(w->path), 3);
        store_close(s);
        free(f);
        assessment_free(a);
        empty_folder(w);
    }
}

static void store__tries_again_by_itself__with_the_newest(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    save(s, a);
    save(s, a);
    f->in = 0;
    for (int i = 0; i < 500; i++) {
        store_state(s, &st);
        if (st.durable == 4)
            break;
        usleep(10000);
    }
    assert_int_equal(st.durable, 4);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_equal(st.diag.err, ERR_OK);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void store_move__saves_elsewhere__when_the_disk_fails(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    char *there = beside(w, ".elsewhere"), *taken = beside(w, ".taken");
    f->error = EIO;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    assert_int_equal(file_write_new(taken, "x", 1, false, NULL), ERR_OK);
    assert_int_equal(store_move(s, taken, NULL), ERR_EXISTS);
    assert_string_equal(store_path(s), w->path);
    f->in = 0;
    assert_int_equal(store_move(s, there, NULL), ERR_OK);
    assert_true(store_flush(s, -1, NULL));
    store_state(s, &st);
    assert_int_equal(st.durable, 2);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_string_equal(store_path(s), there);
    assert_int_equal(revision_of(there), 2);
    assert_int_equal(revision_of(w->path), 1);
    assert_false(exists_beside(w, ".lock"));
    assert_true(exists_beside(w, ".elsewhere.lock"));
    store_close(s);
    free(there);
    free(taken);
    free(f);
    assessment_free(a);
}

/* ---- The last resort ---- */

static void store_emergency__writes_the_newest__while_the_writer_cannot(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct buf text = {0};
    for (int i = 0; i < TEXT_MAX; i++)
        buf_addc(&text, (char)('a' + i % 26));
    for (int item = 0; item < SMALL_ITEMS; item++) { /* more than one stored block */
        struct change c;
        change_note(&c, a, item, buf_str(&text), SMALL_NOW);
        assessment_apply(a, &c, NULL);
        change_evidence(&c, a, item, buf_str(&text), SMALL_NOW);
        assessment_apply(a, &c, NULL);
    }
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    f->in = 0;
    store_emergency(s);
    assert_int_equal(revision_of(w->path), 2);
    struct store_open got;
    store_close(s);
    s = reopen(w, &got, NULL);
    assert_string_equal(assessment_answer(got.assessment, SMALL_ITEMS - 1)->note, buf_str(&text));
    store_close(s);
    assert_int_equal(n_leftovers(w), 0);
    buf_release(&text);
    free(f);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* What is on the disk, which has to be of this kind, and how it opens. */
static void expect_kind(const char *path, bool gzip, long revision)
{
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, path, 1 << 20, NULL), ERR_OK);
    if (gz_is(bytes.p, bytes.len) != gzip)
        fail_msg("%s #%ld is of the other kind", path, revision);
    assert_int_equal(strncmp(bytes.p, "<?xml", 5) == 0, !gzip);
    assert_int_equal(revision_of(path), revision);
    buf_release(&bytes);
}

/* The folder of the file is renamed under the program and a link put in its place: to another folder, then to itself. */
static void save__does_not_follow_a_link__that_took_the_place_of_its_folder(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s;
    char *ours = beside(w, ".ours"), *moved = beside(w, ".moved"), *theirs = beside(w, ".theirs");
    char *path = path_join(ours, "a.xml.gz"), *victim = path_join(theirs, "a.xml.gz"), *there = path_join(moved, "a.xml.gz");
    struct diag diag = {0};
    assert_int_equal(mkdir(ours, 0700), 0);
    assert_int_equal(mkdir(theirs, 0700), 0);
    assert_int_equal(file_write_new(victim, "old", 3, false, NULL), ERR_OK);
    assert_int_equal(store_create(&s, path, a, "m", SMALL_NOW, NULL, NULL), ERR_OK);
    assert_int_equal(rename(ours, moved), 0);
    assert_int_equal(symlink(theirs, ours), 0);
    save(s, a);
    assert_false(store_flush(s, -1, &diag));
    assert_int_equal(diag.sys, ELOOP);
    assert_false(store_emergency(s)); /* nor the last resort */
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, victim, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&bytes), "old");
    buf_release(&bytes);
    assert_int_equal(revision_of(there), 1);
    assert_int_equal(unlink(ours), 0);
    assert_int_equal(symlink(moved, ours), 0);
    assert_true(store_emergency(s));
    assert_int_equal(revision_of(there), 2);
    store_close(s);
    free(ours), free(moved), free(theirs), free(path), free(victim), free(there);
    assessment_free(a);
}

static void xml_by_name__stays_xml__whoever_saves_it(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    char *other = beside(w, ".moved");
    w->path[strlen(w->path) - 3] = '\0'; /* plant.xml.gz is plant.xml */
    struct store *s = create(w, a, &f->ops);
    expect_kind(w->path, false, 1);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(w->path, false, 2);
    /* The last resort. */
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    save(s, a);
    assert_false(store_flush(s, -1, NULL));
    f->in = 0;
    assert_true(store_emergency(s));
    expect_kind(w->path, false, 3);
    store_close(s);
    /* One that was compressed under that name is made good by the next save; another name is compressed. */
    struct buf xml = {0}, gz = {0};
    assert_int_equal(file_read(&xml, w->path, 1 << 20, NULL), ERR_OK);
    gz_deflate(&gz, xml.p, xml.len);
    assert_int_equal(file_replace(w->path, gz.p, gz.len, NULL, NULL), ERR_OK);
    struct store_open got;
    s = reopen(w, &got, NULL);
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(w->path, false, 4);
    assert_int_equal(store_move(s, other, NULL), ERR_OK);
    assert_true(store_flush(s, -1, NULL));
    expect_kind(other, true, 4);
    store_close(s);
    buf_release(&xml);
    buf_release(&gz);
    free(other);
    free(f);
    assessment_free(got.assessment);
    assessment_free(a);
}

static void store_emergency__has_nothing_to_do__without_a_file_to_write(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    assert_true(store_emergency(NULL));
    struct store_open got;
    struct store *reader = reopen(w, &got, NULL);
    assert_true(got.read_only);
    assert_true(store_emergency(reader));
    assert_true(store_emergency(s)); /* everything is durable */
    assert_int_equal(revision_of(w->path), 1);
    store_close(reader);
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* Somebody copies another file over ours while we work: theirs is kept. */
static void save__keeps_what_somebody_put_in_its_place(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(file_write_new(w->path, "theirs", 6, true, NULL), ERR_OK);
    assert_true(store_changed_outside(s));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(w->path), 3);
    struct buf kept = {0};
    char *gen1 = beside(w, ".gen1");
    assert_int_equal(file_read(&kept, gen1, 100, NULL), ERR_OK);
    assert_string_equal(buf_str(&kept), "theirs");
    free(gen1);
    buf_release(&kept);
    store_close(s);
    assessment_free(a);
}

static void out_of_memory(void *cookie)
{
    store_emergency(cookie);
    leave(7);
}

static void store_emergency__needs_no_memory(void **state)
{
    struct world *w = *state;
    for (long n = 1; n < 12; n++) {
        pid_t pid = fork();
        if (pid == 0) {
            struct assessment *a = small_new();
            struct faults *f = faults_new();
            struct store *s = create(w, a, &f->ops);
            mem_on_exhausted(out_of_memory, s);
            f->error = ENOSPC;
            f->in = 1;
            save(s, a);
            store_flush(s, -1, NULL);
            f->in = 0;
            mem_fail_after(n, false);
            save(s, a);
            usleep(1500000); /* the writer may be the one that finds no memory */
            leave(store_flush(s, -1, NULL) ? 7 : 1);
        }
        int status;
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 7);
        assert_in_range(revision_of(w->path), 2, 3);
        empty_folder(w);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(store__loses_nothing__whichever_call_fails),
        IN_FOLDER(store__saves__through_interruptions_and_short_writes),
        IN_FOLDER(store__tries_again_by_itself__with_the_newest),
        IN_FOLDER(store_move__saves_elsewhere__when_the_disk_fails),
        IN_FOLDER(store_emergency__writes_the_newest__while_the_writer_cannot),
        IN_FOLDER(save__does_not_follow_a_link__that_took_the_place_of_its_folder),
        IN_FOLDER(xml_by_name__stays_xml__whoever_saves_it),
        IN_FOLDER(store_emergency__needs_no_memory),
        IN_FOLDER(store_emergency__has_nothing_to_do__without_a_file_to_write),
        IN_FOLDER(save__keeps_what_somebody_put_in_its_place),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
