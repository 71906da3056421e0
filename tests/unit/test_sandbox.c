/* What a process in the sandbox can no longer do, tried in children: core/io/sandbox.h. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/io/sandbox.h"

enum { DONE = 0, NOT_STOPPED = 1, STOPPED_TOO = 2, NO_SANDBOX = 77 };

/* The status of a child that enters and then tries. Its own name for what failed is on standard error. */
static int in_child(enum sandbox wanted, int (*attempt)(void))
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!sandbox_enter(wanted))
            _exit(NO_SANDBOX);
        _exit(attempt());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void expect(enum sandbox wanted, int (*attempt)(void))
{
    int status = in_child(wanted, attempt);
    if (status == NO_SANDBOX) {
        print_message("skipped: no sandbox in this build or on this kernel\n");
        skip();
    }
    assert_int_equal(status, DONE);
}

static int stopped(const char *what, long result)
{
    if (result == -1 && errno == EPERM)
        return DONE;
    fprintf(stderr, "not stopped: %s\n", what);
    return NOT_STOPPED;
}

static int try_others(void)
{
    char *const none[] = {NULL};
    return stopped("socket", syscall(SYS_socket, 2, 1, 0)) | stopped("execve", execve("/bin/true", none, none)) |
           stopped("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0)) | stopped("io_uring", syscall(425, 1, NULL));
}

static int try_changes(void)
{
    return stopped("open for writing", open("/dev/null", O_WRONLY)) | stopped("open for both", open("/dev/null", O_RDWR)) |
           stopped("create", open("sandbox-made", O_RDONLY | O_CREAT, 0600)) | stopped("openat", syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY)) |
           stopped("rename", rename("/nowhere-1", "/nowhere-2")) | stopped("unlink", unlink("/nowhere-1")) |
           stopped("mkdir", mkdir("/nowhere-1", 0700)) | stopped("chmod", chmod("/nowhere-1", 0600)) |
           stopped("symlink", symlink("a", "/nowhere-1")) | stopped("truncate", truncate("/nowhere-1", 0));
}

static void *nothing(void *cookie)
{
    return cookie;
}

/* What a roll-up does. */
static int try_work(void)
{
    pthread_t thread;
    char byte;
    int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    void *memory = malloc(4 << 20);
    bool good = fd >= 0 && read(fd, &byte, 1) == 1 && memory != NULL && pthread_create(&thread, NULL, nothing, NULL) == 0 &&
                pthread_join(thread, NULL) == 0 && write(STDOUT_FILENO, "", 0) == 0;
    free(memory);
    return good ? DONE : STOPPED_TOO;
}

static int try_thread(void)
{
    pthread_t thread;
    void *result;
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, &result) != 0)
        return STOPPED_TOO;
    return open("/dev/null", O_WRONLY) >= 0 ? DONE : STOPPED_TOO;
}

static void sandbox__stops_network_and_programs__in_both_kinds(void **state)
{
    (void)state;
    expect(SANDBOX_ALONE, try_others);
    expect(SANDBOX_LOOK, try_others);
}

static void sandbox__stops_every_change_to_files__when_looking(void **state)
{
    (void)state;
    expect(SANDBOX_LOOK, try_changes);
}

static void sandbox__lets_reading_memory_and_threads_be(void **state)
{
    (void)state;
    expect(SANDBOX_LOOK, try_work);
    expect(SANDBOX_ALONE, try_thread);
}

static void sandbox__says_that_it_is_there__when_it_can_be_entered(void **state)
{
    (void)state;
    assert_int_equal(sandbox_available(), in_child(SANDBOX_ALONE, try_work) != NO_SANDBOX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sandbox__stops_network_and_programs__in_both_kinds),
        cmocka_unit_test(sandbox__stops_every_change_to_files__when_looking),
        cmocka_unit_test(sandbox__lets_reading_memory_and_threads_be),
        cmocka_unit_test(sandbox__says_that_it_is_there__when_it_can_be_entered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
