/* The same for the store: it saves, moves, closes and rescues what can be rescued whatever the calls below it say, and on a disk that takes its
 * time. */
#include "tests/unit/traps.h"

#include <poll.h>

#include "core/io/xml.h"
#include "core/seal/secret.h"

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

static bool in_a_save(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    bool busy = s->busy;
    pthread_mutex_unlock(&s->mutex);
    return busy;
}

/* And when the disk comes back after that, the writer's older revision does not take the place of the newest. */
static void come_back_too_late(const struct world *w, struct store *s)
{
    struct stat saved, then;
    if (stat(w->path, &saved) != 0 || !in_a_save(s))
        leave(5);
    disk.hangs = false;
    for (int i = 0; i < 200 && in_a_save(s); i++)
        usleep(50 * 1000);
    bool same = stat(w->path, &then) == 0 && then.st_ino == saved.st_ino;
    leave(same && !in_a_save(s) && revision_of(w->path) == 3 && n_leftovers(w) == 0 ? 7 : 3);
}

static void rescue_and_come_back(const struct world *w)
{
    struct store *s = hang(w);
    if (!store_emergency(s))
        leave(4);
    come_back_too_late(w, s);
}

/* It has its name, though nobody can say that it is durable. */
static void name_and_come_back(const struct world *w)
{
    struct store *s = hang(w);
    set_trap(0, "fsync", -1, EIO);
    trap[0].skip = 1; /* the file's; then comes the folder's */
    if (store_emergency(s))
        leave(4);
    no_traps();
    come_back_too_late(w, s);
}

static void store_close__gives_up__when_the_disk_hangs(void **state)
{
    expect_end(hang_and_come_back, *state);
    empty_folder(*state);
    expect_end(hang_for_good, *state);
    empty_folder(*state);
    expect_end(rescue_and_come_back, *state);
    empty_folder(*state);
    expect_end(name_and_come_back, *state);
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

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
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
