/* The store: what is said to be durable is on the disk, whatever fails and whoever dies. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"
#include "tests/unit/faulty.h"
#include "tests/unit/small.h"
#include "tests/unit/world.h"

/* ---- Saving ---- */

static void store_create__makes_a_gzip_that_opens_as_revision_1(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct store_state st;
    store_state(s, &st);
    assert_int_equal(a->revision, 1);
    assert_int_equal(st.durable, 1);
    assert_int_equal(st.phase, STORE_IDLE);
    assert_int_not_equal(st.saved_at, 0);
    assert_true(exists_beside(w, ".lock"));
    store_close(s);
    assert_false(exists_beside(w, ".lock"));
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, w->path, 1 << 20, NULL), ERR_OK);
    assert_true(gz_is(bytes.p, bytes.len));
    buf_release(&bytes);
    assert_int_equal(revision_of(w->path), 1);
    struct store *again = NULL;
    assert_int_equal(store_create(&again, w->path, a, "m", SMALL_NOW, NULL, NULL), ERR_EXISTS);
    assert_int_equal(a->revision, 1);
    assessment_free(a);
}

static void store_create__leaves_nothing_behind__when_it_cannot(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = NULL;
    struct diag diag = {0};
    f->in = 1;
    f->forever = true;
    f->error = ENOSPC;
    assert_int_equal(store_create(&s, w->path, a, "m", SMALL_NOW, &f->ops, &diag), ERR_WRITE);
    assert_int_equal(diag.sys, ENOSPC);
    assert_int_equal(a->revision, 0);
    assert_null(s);
    assert_false(file_exists(w->path));
    assert_false(exists_beside(w, ".lock"));
    free(f);
    assessment_free(a);
}

static void store_submit__counts_revisions_and_flush_makes_them_durable(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct diag diag;
    for (long n = 2; n < 12; n++) {
        assert_int_equal(save(s, a), n);
        assert_true(store_flush(s, -1, &diag));
        assert_int_equal(revision_of(w->path), n);
    }
    store_close(s);
    struct store_open got;
    s = reopen(w, &got, NULL);
    assert_int_equal(got.assessment->revision, 11);
    char *was = small_xml(a), *is = small_xml(got.assessment);
    assert_string_equal(is, was);
    free(was);
    free(is);
    store_close(s);
    assessment_free(a);
    assessment_free(got.assessment);
}

/* As many records as can be read are saved, one more is not; what was submitted before stays the newest. */
static void store_submit__refuses__what_could_not_be_read_again(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct diag diag = {0};
    for (int i = 0; i < PEOPLE_MAX; i++) {
        char id[16];
        struct change c = {.kind = CHANGE_PERSON, .index = a->n_people, .insert = true};
        snprintf(id, sizeof id, "p%d", i);
        person_copy(&c.u.person, &(struct person){0});
        field_set(&c.u.person.id, id, FIELD_MAX, false);
        assessment_apply(a, &c, NULL);
    }
    assert_int_equal(save(s, a), 2);
    assert_true(store_flush(s, -1, &diag));
    struct change c = {.kind = CHANGE_PERSON, .index = a->n_people, .insert = true};
    struct change back;
    person_copy(&c.u.person, &(struct person){0});
    field_set(&c.u.person.id, "onemore", FIELD_MAX, false);
    assessment_apply(a, &c, &back);
    assert_int_equal(store_submit(s, a, "monshin test", SMALL_NOW), 0);
    assert_int_equal(a->revision, 2);
    assert_false(store_flush(s, -1, &diag));
    assert_int_equal(diag.err, ERR_FULL);
    assert_int_equal(diag.number, PEOPLE_MAX);
    assert_string_equal(diag.where, "people");
    assessment_apply(a, &back, NULL);
    assert_int_equal(save(s, a), 3);
    assert_true(store_flush(s, -1, &diag));
    store_close(s);
    assert_int_equal(revision_of(w->path), 3);
    assessment_free(a);
}

static void store_submit__refuses__the_save_after_the_last_number(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct diag diag = {0};
    struct store *s = create(w, a, NULL);
    a->revision = SAVES_MAX - 1;
    assert_int_equal(save(s, a), SAVES_MAX);
    assert_true(store_flush(s, -1, &diag));
    assert_int_equal(save(s, a), 0);
    assert_false(store_flush(s, -1, &diag));
    assert_string_equal(diag.where, "saves");
    store_close(s);
    assert_int_equal(revision_of(w->path), SAVES_MAX);
    assessment_free(a);
}

static void store_submit__does_not_wait_and_leaves_out_what_is_overtaken(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    struct store_state st;
    f->n_renames = 0;
    f->hold = true;
    save(s, a);
    while (!f->held)
        usleep(100);
    for (int i = 0; i < 20; i++)
        save(s, a);
    store_state(s, &st);
    assert_int_equal(st.phase, STORE_SAVING);
    assert_int_equal(st.durable, 1);
    assert_int_equal(st.submitted, 22);
    assert_false(store_flush(s, 20, NULL));
    assert_false(store_changed_outside(s));
    f->hold = false;
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(f->n_renames, 2);
    assert_int_equal(revision_of(w->path), 22);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void store_wake_fd__becomes_readable__when_a_save_ends(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    struct store_state st;
    struct pollfd p = {.fd = store_wake_fd(s), .events = POLLIN};
    store_state(s, &st);
    save(s, a);
    /* The news of the first save may come late: it says that something changed, and what has changed is asked. */
    for (int i = 0; i < 3 && st.durable < 2; i++) {
        assert_int_equal(poll(&p, 1, 5000), 1);
        store_state(s, &st);
    }
    assert_int_equal(st.durable, 2);
    assert_true(store_flush(s, -1, NULL));
    store_state(s, &st);
    assert_int_equal(poll(&p, 1, 50), 0);
    store_close(s);
    assessment_free(a);
}

static void store_changed_outside__sees_another_file_in_its_place(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    assert_false(store_changed_outside(s));
    save(s, a);
    store_flush(s, -1, NULL);
    assert_false(store_changed_outside(s));
    assert_int_equal(file_write_new(w->path, "x", 1, true, NULL), ERR_OK);
    assert_true(store_changed_outside(s));
    store_close(s);
    assessment_free(a);
}

/* Who asks for no reasons gets none. */
static void store__does_without_a_diag(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = NULL;
    struct store_open got;
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_FOUND);
    struct faults *f = faults_new();
    f->error = ENOSPC;
    f->forever = true;
    f->in = 1;
    assert_int_equal(store_create(&s, w->path, a, NULL, SMALL_NOW, &f->ops, NULL), ERR_WRITE);
    assert_int_equal(a->revision, 0);
    s = create(w, a, NULL);
    assert_int_equal(store_create(&s, w->path, a, NULL, SMALL_NOW, NULL, NULL), ERR_EXISTS);
    assert_int_equal(store_move(s, w->path, NULL), ERR_EXISTS);
    char *nowhere = beside(w, "/none.xml.gz"), *held = beside(w, ".2.xml.gz"), *lock = beside(w, ".2.xml.gz.lock");
    assert_int_equal(store_move(s, nowhere, NULL), ERR_OPEN);
    struct store_lock other = {.fd = -1};
    char holder[HOLDER_SIZE];
    assert_int_equal(lock_take(&other, lock, false, holder, NULL), ERR_OK);
    assert_int_equal(store_move(s, held, NULL), ERR_LOCKED);
    lock_release(&other);
    store_close(s);
    free(nowhere);
    free(held);
    free(lock);
    free(f);
    assessment_free(a);
}

/* ---- Generations ---- */

static void generations__move_once_a_session(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    save(s, a);
    store_close(s);
    assert_false(exists_beside(w, ".gen1"));
    for (int session = 0; session < 4; session++) {
        struct store_open got;
        s = reopen(w, &got, NULL);
        for (int i = 0; i < 3; i++) {
            save(s, got.assessment);
            store_flush(s, -1, NULL);
        }
        store_close(s);
        assessment_free(got.assessment);
    }
    assert_int_equal(revision_of(w->path), 14);
    assert_int_equal(revision_beside(w, ".gen1"), 11);
    assert_int_equal(revision_beside(w, ".gen2"), 8);
    assert_int_equal(revision_beside(w, ".gen3"), 5);
    assert_false(exists_beside(w, ".gen4"));
    assert_false(exists_beside(w, ".gen0"));
    assessment_free(a);
}

static void generations__move_again__when_the_time_is_up(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    f->no_links = true; /* as on FAT: copies instead of names */
    struct store *s = create(w, a, &f->ops);
    s->generation_seconds = 0;
    for (int i = 0; i < 5; i++) {
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
    }
    assert_int_equal(revision_of(w->path), 6);
    assert_int_equal(revision_beside(w, ".gen1"), 5);
    assert_int_equal(revision_beside(w, ".gen2"), 4);
    assert_int_equal(revision_beside(w, ".gen3"), 3);
    store_close(s);
    free(f);
    assessment_free(a);
}

static void generations__survive_a_full_disk(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct faults *f = faults_new();
    struct store *s = create(w, a, &f->ops);
    s->generation_seconds = 0;
    for (int i = 0; i < 4; i++) {
        save(s, a);
        store_flush(s, -1, NULL);
    }
    for (int no_links = 0; no_links < 2; no_links++) {
        f->no_links = no_links;
        f->error = ENOSPC;
        f->in = 1;
        f->forever = true;
        for (int i = 0; i < 6; i++) {
            save(s, a);
            assert_false(store_flush(s, -1, NULL));
        }
        assert_int_equal(revision_of(w->path), 5);
        assert_int_equal(revision_beside(w, ".gen1"), 4);
        assert_int_equal(revision_beside(w, ".gen2"), 3);
        assert_int_equal(revision_beside(w, ".gen3"), 2);
    }
    store_close(s);
    free(f);
    assessment_free(a);
}

/* ---- Death ---- */

static void save_until_killed(const struct world *w, int report)
{
    struct store *s = NULL;
    struct store_open got;
    if (store_open(&s, &got, w->path, small_find, NULL, NULL, NULL) != ERR_OK)
        leave(1);
    s->generation_seconds = 0;
    for (;;) {
        struct store_state st;
        save(s, got.assessment);
        if (got.assessment->revision % 3 == 0 && !store_flush(s, -1, NULL))
            leave(1);
        store_state(s, &st);
        if (write(report, &st.durable, sizeof st.durable) != sizeof st.durable)
            leave(1);
    }
}

static void store__has_what_it_said__when_killed_in_the_middle(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    unsigned rnd = 11;
    for (int i = 0; i < 25; i++) {
        int fds[2];
        long said = 0, revision;
        assert_int_equal(pipe(fds), 0);
        pid_t pid = fork();
        if (pid == 0) {
            close(fds[0]);
            save_until_killed(w, fds[1]);
        }
        close(fds[1]);
        assert_int_equal(read(fds[0], &revision, sizeof revision), sizeof revision);
        usleep(1000 + small_random(&rnd, 30000));
        kill(pid, SIGKILL);
        while (read(fds[0], &revision, sizeof revision) == sizeof revision)
            said = revision;
        close(fds[0]);
        waitpid(pid, NULL, 0);
        assert_in_range(revision_of(w->path), said, said + 100000);
    }
    struct store_open got;
    store_close(reopen(w, &got, NULL));
    assert_int_equal(n_leftovers(w), 0);
    assessment_free(got.assessment);
    assert_true(revision_beside(w, ".gen1") > 0 ||
                revision_beside(w, ".gen2") > 0); /* killed between two renames */
    assessment_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(store_create__makes_a_gzip_that_opens_as_revision_1),
        IN_FOLDER(store_create__leaves_nothing_behind__when_it_cannot),
        IN_FOLDER(store_submit__counts_revisions_and_flush_makes_them_durable),
        IN_FOLDER(store_submit__refuses__what_could_not_be_read_again),
        IN_FOLDER(store_submit__refuses__the_save_after_the_last_number),
        IN_FOLDER(store_submit__does_not_wait_and_leaves_out_what_is_overtaken),
        IN_FOLDER(store_wake_fd__becomes_readable__when_a_save_ends),
        IN_FOLDER(store_changed_outside__sees_another_file_in_its_place),
        IN_FOLDER(generations__move_once_a_session),
        IN_FOLDER(generations__move_again__when_the_time_is_up),
        IN_FOLDER(generations__survive_a_full_disk),
        IN_FOLDER(store__does_without_a_diag),
        IN_FOLDER(store__has_what_it_said__when_killed_in_the_middle),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
