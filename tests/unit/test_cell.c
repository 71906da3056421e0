/* core/io/cell: work that goes wrong in every way it can, in a child that is left almost nothing. The first byte says what the work does. */
#include "tests/unit/cm.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/io/cell.h"
#include "core/io/sandbox.h"
#include "core/seal/secret.h"

enum { ROOM = 4096, ANSWER = 64 * 1024, PATIENCE_MS = 400 };

/* What a child has managed that it should not have: one letter each. */
static void try_everything(struct buf *out)
{
    char *const none[] = {NULL};
    char byte;
    if (open("/etc/passwd", O_RDONLY) >= 0)
        buf_addc(out, 'r');
    if (open("/tmp/monshin-cell-was-here", O_WRONLY | O_CREAT, 0600) >= 0)
        buf_addc(out, 'w');
    if (syscall(SYS_socket, 2, 1, 0) >= 0)
        buf_addc(out, 's');
    if (kill(getppid(), 0) == 0)
        buf_addc(out, 'k');
    if (syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0)
        buf_addc(out, 'f');
    if (execve("/bin/true", none, none) == 0)
        buf_addc(out, 'x');
    if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
        buf_addc(out, 'm');
    for (int fd = 2; fd < 64; fd++)
        if (read(fd, &byte, 1) >= 0 || errno != EBADF)
            buf_addc(out, 'd');
    if (syscall(SYS_unlinkat, AT_FDCWD, "/tmp/monshin-cell-was-here", 0) == 0)
        buf_addc(out, 'u');
}

static void eat(void)
{
    for (size_t n = 0; n < 4096; n++) {
        volatile char *p = xmalloc(1024 * 1024);
        p[n] = 1;
    }
}

static enum err work(void *cookie, const void *bytes, size_t n_bytes, struct buf *answer, struct diag *diag)
{
    const char *s = bytes;
    switch (n_bytes > 0 ? s[0] : '\0') {
    case 'c':
        raise(SIGSEGV);
        __builtin_trap(); /* the sandbox does not let a process send itself a signal */
    case 'h':
        for (;;)
            sched_yield();
    case 'm':
        eat();
        break;
    case 't':
        try_everything(answer);
        return ERR_OK;
    case 'p':
        buf_addf(answer, "%ld", (long)getpid());
        return ERR_OK;
    case 'e':
        buf_adds(answer, "not to be seen");
        diag_set(diag, ERR_XML, 7, "there", "it");
        diag->number = 5;
        return ERR_XML;
    case 's': /* would have somebody ask for a passphrase */
        return diag_set(diag, ERR_LOCKED_FILE, 0, NULL, NULL);
    case 'l':
        for (int i = 0; i <= ANSWER; i++)
            buf_addc(answer, 'l');
        return ERR_OK;
    case 'w':
        if (write(STDOUT_FILENO, "something of its own", 20) < 0)
            _exit(1);
        return ERR_OK;
    case 'k':
        buf_add(answer, cookie, 4);
        return ERR_OK;
    }
    for (size_t i = n_bytes; i > 0; i--)
        buf_addc(answer, s[i - 1]);
    return ERR_OK;
}

static struct cell_piece piece_of(const char *s)
{
    return (struct cell_piece){.bytes = s, .n_bytes = strlen(s)};
}

static void expect(struct cell *c, const char *s, const char *answer)
{
    struct cell_piece p = piece_of(s);
    cell_ask(c, &p, 1);
    if (p.err != ERR_OK || strcmp(buf_str(&p.answer), answer) != 0)
        fail_msg("%.20s: %s at %s, '%s'", s, err_name(p.err), p.diag.where, buf_str(&p.answer));
    buf_release(&p.answer);
}

static void expect_err(struct cell *c, const char *s, enum err err, const char *where)
{
    struct cell_piece p = piece_of(s);
    cell_ask(c, &p, 1);
    if (p.err != err || p.diag.err != err || strcmp(p.diag.where, where) != 0)
        fail_msg("%.20s: %s at '%s'", s, err_name(p.err), p.diag.where);
    buf_release(&p.answer);
}

static int set_up(void **state)
{
    struct cell *c = cell_new(work, NULL, ROOM, ANSWER);
    cell_patience(c, PATIENCE_MS);
    *state = c;
    return 0;
}

static int tear_down(void **state)
{
    cell_free(*state);
    return 0;
}

static void cell__gives_what_the_work_makes__again_and_again(void **state)
{
    for (int i = 0; i < 50; i++)
        expect(*state, "god", "dog");
    expect(*state, "", "");
}

static void cell__says_what_the_work_says__when_it_is_about_contents(void **state)
{
    struct cell_piece p = piece_of("e");
    cell_ask(*state, &p, 1);
    assert_int_equal(p.err, ERR_XML);
    assert_int_equal(p.diag.line, 7);
    assert_int_equal(p.diag.number, 5);
    assert_string_equal(p.diag.where, "there");
    assert_string_equal(p.diag.detail, "it");
    assert_int_equal(p.answer.len, 0);
    buf_release(&p.answer);
}

static void cell__refuses_what_kills_it__and_goes_on(void **state)
{
    expect_err(*state, "crash", ERR_CELL, "");
    expect(*state, "god", "dog");
    expect_err(*state, "hang", ERR_CELL, "time");
    expect(*state, "god", "dog");
}

static void cell__bounds_memory(void **state)
{
    if (!sandbox_available()) {
        print_message("skipped: no sandbox in this build or on this kernel\n");
        skip();
    }
    expect_err(*state, "memory", ERR_CELL, "");
    expect(*state, "god", "dog");
}

static void cell__believes_no_answer_that_cannot_be(void **state)
{
    expect_err(*state, "s", ERR_CELL, "answer");
    expect_err(*state, "long", ERR_CELL, "answer");
    expect_err(*state, "write", ERR_CELL, "answer");
    expect(*state, "god", "dog");
}

static void cell__can_do_nothing_but_its_work(void **state)
{
    if (!sandbox_available()) {
        print_message("skipped: no sandbox in this build or on this kernel\n");
        skip();
    }
    expect(*state, "try", "");
}

static void cell__starts_another__when_somebody_has_killed_it(void **state)
{
    struct cell_piece p = piece_of("p");
    cell_ask(*state, &p, 1);
    long pid = strtol(buf_str(&p.answer), NULL, 10);
    assert_true(pid > 1 && pid != getpid());
    assert_int_equal(kill((pid_t)pid, SIGKILL), 0);
    expect(*state, "god", "dog");
    assert_int_equal(waitpid((pid_t)pid, NULL, WNOHANG), -1); /* it has been fetched */
    buf_release(&p.answer);
}

static void cell__takes_several__and_none_suffers_for_another(void **state)
{
    static const char *const said[CELL_PIECES] = {"god", "crash", "abc", "e", "", "hang", "xyz", "s", "1", "22", "long", "3", "write", "4", "5", "live"};
    struct cell_piece p[CELL_PIECES];
    for (int bad = 0; bad < 2; bad++) {
        for (int i = 0; i < CELL_PIECES; i++)
            p[i] = piece_of(bad ? said[i] : "god");
        cell_ask(*state, p, CELL_PIECES);
        for (int i = 0; i < CELL_PIECES; i++) {
            bool dies = bad && said[i][0] != '\0' && strchr("chslw", said[i][0]) != NULL;
            enum err want = dies ? ERR_CELL : bad && said[i][0] == 'e' ? ERR_XML : ERR_OK;
            assert_int_equal(p[i].err, want);
            if (want == ERR_OK)
                assert_int_equal(p[i].answer.len, p[i].n_bytes);
            buf_release(&p[i].answer);
        }
    }
    expect(*state, "god", "dog");
}

static void cell__takes_each_on_its_own__when_they_have_no_room_together(void **state)
{
    static char big[ROOM + 1], more[ROOM + 2];
    memset(big, 'b', ROOM);
    memset(more, 'b', ROOM + 1);
    struct cell_piece p[3] = {piece_of(big), piece_of(more), piece_of(big)};
    cell_ask(*state, p, 3);
    assert_int_equal(p[0].err, ERR_OK);
    assert_string_equal(buf_str(&p[0].answer), big);
    assert_int_equal(p[1].err, ERR_TOO_BIG);
    assert_int_equal(p[1].diag.number, ROOM);
    assert_int_equal(p[2].err, ERR_OK);
    for (int i = 0; i < 3; i++)
        buf_release(&p[i].answer);
}

static void cell__says_so__when_there_can_be_no_child(void **state)
{
    struct rlimit before, none;
    struct cell_piece p = piece_of("god");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 3;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    cell_ask(*state, &p, 1);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(p.err, ERR_CELL);
    assert_string_equal(p.diag.where, "start");
    assert_int_equal(p.diag.sys, EMFILE);
    expect(*state, "god", "dog");
}

static void cell__has_no_secrets(void **state)
{
    (void)state;
    secret_start();
    char *secret = secret_new(32);
    char plain[] = "open";
    memcpy(secret, "seal", 5);
    struct cell *c = cell_new(work, plain, ROOM, ANSWER);
    expect(c, "k", "open");
    cell_free(c);
    c = cell_new(work, secret, ROOM, ANSWER);
    expect_err(c, "k", ERR_CELL, "");
    cell_free(c);
    assert_string_equal(secret, "seal");
    secret_free(secret);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(cell__gives_what_the_work_makes__again_and_again),
        CASE(cell__says_what_the_work_says__when_it_is_about_contents),
        CASE(cell__refuses_what_kills_it__and_goes_on),
        CASE(cell__bounds_memory),
        CASE(cell__believes_no_answer_that_cannot_be),
        CASE(cell__can_do_nothing_but_its_work),
        CASE(cell__starts_another__when_somebody_has_killed_it),
        CASE(cell__takes_several__and_none_suffers_for_another),
        CASE(cell__takes_each_on_its_own__when_they_have_no_room_together),
        CASE(cell__says_so__when_there_can_be_no_child),
        CASE(cell__has_no_secrets),
    };
#undef CASE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
