/* The lock of the store: one works on a file, the others read it and are told who has it. */
#include "tests/unit/cm.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"
#include "tests/unit/small.h"
#include "tests/unit/world.h"

/* A child that opens the file, says so through the pipe and stays until it is killed. */
static pid_t child_that_opens(const struct world *w, bool with_lock)
{
    int fds[2];
    char byte = 0;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct store *s = NULL;
        struct store_open got;
        enum err err = store_open(&s, &got, w->path, small_find, NULL, NULL, NULL);
        byte = err == ERR_OK && got.read_only == !with_lock ? 'y' : 'n';
        if (write(fds[1], &byte, 1) == 1)
            for (;;)
                pause();
        leave(1);
    }
    assert_int_equal(read(fds[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(fds[0]);
    close(fds[1]);
    return pid;
}

static void end_child(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void store_open__is_read_only_and_says_who__while_another_has_the_lock(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    pid_t pid = child_that_opens(w, true);
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    char who[32];
    snprintf(who, sizeof who, ", pid %ld, since 20", (long)pid);
    assert_true(got.read_only);
    assert_true(store_read_only(s));
    if (strstr(got.locked_by, who) == NULL)
        fail_msg("%s", got.locked_by);
    long revision = got.assessment->revision;
    assert_int_equal(save(s, got.assessment), revision);
    assert_true(store_flush(s, -1, NULL));
    store_close(s);
    assert_true(exists_beside(w, ".lock"));
    assert_int_equal(revision_of(w->path), revision);
    assessment_free(got.assessment);

    struct store *other = NULL;
    struct diag diag = {0};
    char *copy = beside(w, ".moved");
    unlink(w->path);
    assert_int_equal(store_create(&other, w->path, a, "m", SMALL_NOW, NULL, &diag), ERR_LOCKED);
    assert_non_null(strstr(diag.detail, who));
    free(copy);
    end_child(pid);
    assessment_free(a);
}

static void store_open__takes_over_silently__what_a_dead_program_left(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    end_child(child_that_opens(w, true));
    assert_true(exists_beside(w, ".lock"));
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    assert_false(got.read_only);
    assert_string_equal(got.locked_by, "");
    store_close(s);
    assert_false(exists_beside(w, ".lock"));
    assessment_free(got.assessment);
    assessment_free(a);
}

/* What somebody sees who may only read here: 'w' to work, 'r' read-only, 'l' read-only and told who holds it. */
static char seen_by_a_stranger(const struct world *w)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct store *s = NULL;
        struct store_open got;
        if (setgid(65534) != 0 || setuid(65534) != 0 ||
            store_open(&s, &got, w->path, small_find, NULL, NULL, NULL) != ERR_OK)
            leave('!');
        store_close(s);
        leave(!got.read_only ? 'w' : got.locked_by[0] != '\0' ? 'l' : 'r');
    }
    waitpid(pid, &status, 0);
    return (char)(WIFEXITED(status) ? WEXITSTATUS(status) : '?');
}

static void store_open__only_reads__where_we_may_not_write(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    if (getuid() != 0)
        skip(); /* nobody to become */
    struct store *s = create(w, a, NULL);
    assert_int_equal(chmod(w->dir, 0755), 0);
    assert_int_equal(chmod(w->path, 0644), 0);
    assert_int_equal(seen_by_a_stranger(w), 'l');
    store_close(s);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* no lock can be made */
    char *lock = beside(w, ".lock");
    assert_int_equal(file_write_new(lock, "me@x, pid 1, since", 18, false, NULL), ERR_OK);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* a leftover that we may not take, nor even read */
    assert_int_equal(chmod(lock, 0644), 0);
    assert_int_equal(seen_by_a_stranger(w), 'r');
    unlink(lock);
    assert_int_equal(chmod(w->dir, 0777), 0);
    assert_int_equal(seen_by_a_stranger(w), 'r'); /* a lock, but the file is write-protected */
    assert_int_equal(chmod(w->path, 0666), 0);
    assert_int_equal(seen_by_a_stranger(w), 'w');
    free(lock);
    assessment_free(a);
}

static void store_open__locks_the_file_and_not_its_name(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL), *other = NULL;
    struct store_open got;
    char *name = beside(w, ".link");
    assert_int_equal(symlink(w->path, name), 0);
    assert_int_equal(store_open(&other, &got, name, small_find, NULL, NULL, NULL), ERR_OK);
    assert_true(got.read_only);
    store_close(other);
    store_close(s);
    free(name);
    assessment_free(got.assessment);
    assessment_free(a);
}

static void lock_take__looks_for_the_process__where_there_are_no_locks(void **state)
{
    struct world *w = *state;
    struct store_lock mine = {.fd = -1}, other = {.fd = -1};
    char holder[HOLDER_SIZE], host[64], text[160];
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_OK);
    assert_int_equal(lock_take(&other, w->path, true, holder, NULL), ERR_LOCKED); /* we live */
    assert_non_null(strstr(holder, "pid"));
    lock_release(&mine);
    assert_false(file_exists(w->path));

    pid_t pid = fork();
    if (pid == 0)
        leave(0);
    waitpid(pid, NULL, 0);
    gethostname(host, sizeof host);
    snprintf(text, sizeof text, "me@%.60s, pid %ld, since 2026-01-01 00:00", host, (long)pid);
    assert_int_equal(file_write_new(w->path, text, strlen(text), true, NULL), ERR_OK);
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_OK); /* that one does not */
    lock_release(&mine);

    snprintf(text, sizeof text, "me@another-host, pid %ld, since 2026-01-01 00:00", (long)pid);
    assert_int_equal(file_write_new(w->path, text, strlen(text), true, NULL), ERR_OK);
    assert_int_equal(lock_take(&mine, w->path, true, holder, NULL), ERR_LOCKED); /* who knows */
    assert_string_equal(holder, text);
}

/* What stands in a lock file that nobody holds, on a disk without locks: taken over or believed. */
static void lock_take__judges_a_leftover__by_what_it_says(void **state)
{
    static const struct {
        const char *text; /* HOST and PID (ours: it lives) are filled in */
        long age;
        bool taken_over;
    } cases[] = {
        {"", 0, false}, /* just being written */
        {"", 60, true},
        {"", -3600, true}, /* the clock was set back */
        {"torn in the mid", 60, true},
        {"pid 5, me@HOST", 60, true},
        {"me@HOST, pid PID, since", 60, false},
        {"me@HOST, pid PID, since\nboot 00000000-0000-0000-0000-000000000000\n", 60, true},
        {"me@HOST, pid PID, since\nboot \n", 60, false}, /* a machine that does not count its runs */
        {"me@HOST, pid 0, since", 60, true},
        {"me@HOST, pid -1, since", 60, true},
        {"me@HOST, pid 1, since", 60, false}, /* another user's */
        {"me@HOST-2, pid PID, since\nboot 00000000-0000-0000-0000-000000000000\n", 0, false},
    };
    struct world *w = *state;
    char host[64], holder[HOLDER_SIZE], number[24];
    gethostname(host, sizeof host);
    snprintf(number, sizeof number, "%ld", (long)getpid());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = {0};
        for (const char *s = cases[i].text; *s != '\0'; s++) {
            const char *word = strncmp(s, "HOST", 4) == 0 ? host : strncmp(s, "PID", 3) == 0 ? number : NULL;
            if (word != NULL)
                buf_adds(&text, word);
            else
                buf_addc(&text, *s);
            s += word == NULL ? 0 : word == host ? 3 : 2;
        }
        assert_int_equal(file_write_new(w->path, buf_str(&text), text.len, true, NULL), ERR_OK);
        struct timespec then[2] = {{.tv_sec = time(NULL) - cases[i].age}, {.tv_sec = time(NULL) - cases[i].age}};
        assert_int_equal(utimensat(AT_FDCWD, w->path, then, 0), 0);
        struct store_lock lock = {.fd = -1};
        enum err err = lock_take(&lock, w->path, true, holder, NULL);
        if (err != (cases[i].taken_over ? ERR_OK : ERR_LOCKED))
            fail_msg("\"%s\": %s", buf_str(&text), err_name(err));
        lock_release(&lock);
        buf_release(&text);
    }
}

static void lock_is_free__only_looks(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock lock = {.fd = -1};
    assert_true(lock_is_free(w->path));
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
    assert_false(lock_is_free(w->path));
    lock_release(&lock);
    assert_int_equal(file_write_new(w->path, "x", 1, false, NULL), ERR_OK); /* a leftover */
    assert_true(lock_is_free(w->path));
    char *link = beside(w, ".link");
    assert_int_equal(symlink(w->path, link), 0);
    assert_false(lock_is_free(link)); /* nobody knows */
    assert_int_equal(lock_take(&lock, link, false, holder, NULL), ERR_OPEN);
    free(link);
}

/* Taken for a leftover by another, who holds that name now: it stays. */
static void lock_release__leaves_alone__what_is_not_its_own(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    struct store_lock lock = {.fd = -1};
    assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
    assert_int_equal(unlink(w->path), 0);
    assert_int_equal(file_write_new(w->path, "x", 1, false, NULL), ERR_OK);
    lock_release(&lock);
    assert_true(file_exists(w->path));
}

/* Who has no name is still somebody. */
static void lock_take__says_who__whatever_the_environment_has(void **state)
{
    struct world *w = *state;
    char holder[HOLDER_SIZE];
    static const char *const names[][2] = {{"kato", "x"}, {NULL, "ito"}, {NULL, NULL}};
    static const char *const says[] = {"kato@", "ito@", "?@"};
    char *logname = xstrdup(getenv("LOGNAME")), *user = xstrdup(getenv("USER"));
    for (int i = 0; i < 3; i++) {
        struct store_lock lock = {.fd = -1}, other = {.fd = -1};
        names[i][0] != NULL ? setenv("LOGNAME", names[i][0], 1) : unsetenv("LOGNAME");
        names[i][1] != NULL ? setenv("USER", names[i][1], 1) : unsetenv("USER");
        assert_int_equal(lock_take(&lock, w->path, false, holder, NULL), ERR_OK);
        assert_int_equal(lock_take(&other, w->path, false, holder, NULL), ERR_LOCKED);
        assert_int_equal(strncmp(holder, says[i], strlen(says[i])), 0);
        lock_release(&lock);
    }
    logname != NULL ? setenv("LOGNAME", logname, 1) : unsetenv("LOGNAME");
    user != NULL ? setenv("USER", user, 1) : unsetenv("USER");
    free(logname);
    free(user);
}

static void lock_take__never_gives_a_lock_to_two__when_many_come_and_go(void **state)
{
    struct world *w = *state;
    enum { CHILDREN = 4, ROUNDS = 300 };
    pid_t pid[CHILDREN];
    char *inside = beside(w, ".inside");
    for (int i = 0; i < CHILDREN; i++) {
        pid[i] = fork();
        if (pid[i] != 0)
            continue;
        for (int n = 0; n < ROUNDS; n++) {
            struct store_lock lock = {.fd = -1};
            char holder[HOLDER_SIZE];
            if (lock_take(&lock, w->path, false, holder, NULL) != ERR_OK)
                continue;
            int fd = open(inside, O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (fd < 0)
                leave(1);
            close(fd);
            unlink(inside);
            lock_release(&lock);
        }
        leave(0);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        waitpid(pid[i], &status, 0);
        assert_int_equal(status, 0);
    }
    free(inside);
}

static void look_only__gives_the_lock_to_others__and_saves_again_elsewhere(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    struct store_open got, other;
    struct store *s = reopen(w, &got, NULL);
    store_look_only(s);
    assert_true(store_read_only(s));
    assert_true(store_lock_is_free(s));
    struct store *worker = reopen(w, &other, NULL);
    assert_false(other.read_only);
    assert_false(store_lock_is_free(s));
    save(worker, other.assessment);
    assert_true(store_flush(worker, -1, NULL));
    assert_true(store_changed_outside(s));
    store_close(worker);
    char *copy = beside(w, ".copy.xml.gz");
    assert_int_equal(store_move(s, copy, NULL), ERR_OK);
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(copy), got.assessment->revision);
    store_close(s);
    free(copy);
    assessment_free(got.assessment);
    assessment_free(other.assessment);
    assessment_free(a);
}

static void store_move__makes_a_read_only_store_writable_elsewhere(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    store_close(create(w, a, NULL));
    pid_t pid = child_that_opens(w, true);
    struct store_open got;
    struct store *s = reopen(w, &got, NULL);
    char *there = beside(w, ".elsewhere");
    assert_int_equal(store_move(s, there, NULL), ERR_OK);
    assert_false(store_read_only(s));
    save(s, got.assessment);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(revision_of(there), 2);
    store_close(s);
    end_child(pid);
    free(there);
    assessment_free(got.assessment);
    assessment_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(store_open__is_read_only_and_says_who__while_another_has_the_lock),
        IN_FOLDER(store_open__takes_over_silently__what_a_dead_program_left),
        IN_FOLDER(store_open__only_reads__where_we_may_not_write),
        IN_FOLDER(store_open__locks_the_file_and_not_its_name),
        IN_FOLDER(lock_take__looks_for_the_process__where_there_are_no_locks),
        IN_FOLDER(lock_take__judges_a_leftover__by_what_it_says),
        IN_FOLDER(lock_is_free__only_looks),
        IN_FOLDER(lock_release__leaves_alone__what_is_not_its_own),
        IN_FOLDER(lock_take__says_who__whatever_the_environment_has),
        IN_FOLDER(lock_take__never_gives_a_lock_to_two__when_many_come_and_go),
        IN_FOLDER(store_move__makes_a_read_only_store_writable_elsewhere),
        IN_FOLDER(look_only__gives_the_lock_to_others__and_saves_again_elsewhere),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
