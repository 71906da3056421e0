/* See cell.h. The bytes lie in memory that both see, their number goes through one pipe, the answer comes through the other: a head, then what was
 * made of them. Nothing that the child can change is read twice. */
#include "core/io/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/sandbox.h"

enum { CHILD_MORE_MEMORY = 96 * 1024 * 1024 }; /* beside what it has from its parent */

struct cell {
    cell_work_fn work;
    void *cookie;
    size_t max_bytes, max_answer;
    char *room;  /* max_bytes, shared with the child */
    pid_t child; /* 0: none */
    int to_child, from_child;
    int kept; /* the child's end of to_child: with it open a write never fails for want of a reader */
    int ms;
    struct buf in;   /* what has come from it */
    size_t taken;    /* of this */
};

struct order {
    uint64_t n_pieces, n_bytes[CELL_PIECES]; /* one behind the other in the room */
};

/* Before each answer. */
struct head {
    struct diag diag;
    uint64_t n_answer; /* so many bytes follow; none after an error */
};

/* ---- The child ---- */

static bool read_whole(int fd, void *to, size_t n)
{
    for (char *p = to; n > 0;) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool write_whole(int fd, const void *from, size_t n)
{
    for (const char *p = from; n > 0;) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

static void close_from(unsigned first)
{
    enum { CLOSE_RANGE = 436, FEW = 4096 };
    if (syscall(CLOSE_RANGE, first, ~0U, 0) == 0)
        return;
    for (unsigned fd = first; fd < FEW; fd++)
        close((int)fd);
}

/* So much more of addresses than there are now. */
static void bound_memory(void)
{
    char text[32] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (n > 0) {
        rlim_t now = (rlim_t)strtoul(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
        setrlimit(RLIMIT_AS, &(const struct rlimit){now + CHILD_MORE_MEMORY, now + CHILD_MORE_MEMORY});
    }
    if (fd >= 0)
        close(fd);
}

/* Two pipes are left to it. What the parent catches or has to save in an emergency is not the child's business. */
static void give_up_all(int ask, int answer)
{
    for (int s = 1; s < NSIG; s++)
        if (s != SIGKILL && s != SIGSTOP)
            signal(s, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    mem_on_exhausted(NULL, NULL);
    mem_keep_reserve(0);
    ask = fcntl(ask, F_DUPFD, 3);
    answer = fcntl(answer, F_DUPFD, 3);
    if (ask < 0 || answer < 0 || dup2(ask, STDIN_FILENO) < 0 || dup2(answer, STDOUT_FILENO) < 0)
        _exit(1);
    close_from(3);
    setrlimit(RLIMIT_CORE, &(const struct rlimit){0, 0});
    if (!sandbox_available())
        return; /* a sanitizer has its own ways with memory, and something to say */
    bound_memory();
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    close(STDERR_FILENO);
    if (!sandbox_enter(SANDBOX_PARSE))
        _exit(1);
}

static void work_on(const struct cell *c, const char *bytes, size_t n_bytes, struct buf *out)
{
    struct head head;
    size_t start = out->len;
    memset(&head, 0, sizeof head);
    buf_add(out, &head, sizeof head);
    head.diag.err = c->work(c->cookie, bytes, n_bytes, out, &head.diag);
    if (head.diag.err != ERR_OK)
        buf_cut(out, start + sizeof head);
    head.n_answer = out->len - start - sizeof head;
    memcpy(out->p + start, &head, sizeof head);
}

_Noreturn static void serve(const struct cell *c)
{
    struct order order;
    struct buf out = {0};
    while (read_whole(STDIN_FILENO, &order, sizeof order)) {
        const char *at = c->room;
        buf_clear(&out);
        for (size_t i = 0; i < order.n_pieces; at += order.n_bytes[i++])
            work_on(c, at, order.n_bytes[i], &out);
        if (!write_whole(STDOUT_FILENO, out.p, out.len)) /* in one piece: each makes the parent look */
            break;
    }
    _exit(0);
}

/* ---- The parent ---- */

static void close_ends(struct cell *c)
{
    close(c->to_child);
    close(c->from_child);
    close(c->kept);
}

static void end_child(struct cell *c)
{
    if (c->child == 0)
        return;
    kill(c->child, SIGKILL);
    while (waitpid(c->child, NULL, 0) < 0 && errno == EINTR)
        continue;
    c->child = 0;
    close_ends(c);
}

static bool no_child(struct diag *diag, int why)
{
    diag_sys(diag, ERR_CELL, why, "start");
    return false;
}

/* false: there can be none, diag says why. */
static bool start_child(struct cell *c, struct diag *diag)
{
    int ask[2], answer[2];
    if (pipe2(ask, O_CLOEXEC) != 0)
        return no_child(diag, errno);
    if (pipe2(answer, O_CLOEXEC) != 0) {
        int why = errno;
        close(ask[0]);
        close(ask[1]);
        return no_child(diag, why);
    }
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* what the parent does about a signal, the child must not begin */
    pid_t child = fork();
    if (child == 0) {
        give_up_all(ask[0], answer[1]);
        serve(c);
    }
    int why = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(answer[1]);
    c->to_child = ask[1];
    c->kept = ask[0];
    c->from_child = answer[0];
    if (child < 0) {
        close_ends(c);
        return no_child(diag, why);
    }
    c->child = child;
    return true;
}

static long long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

enum reply { REPLY_WHOLE, REPLY_ENDED, REPLY_LATE, REPLY_WRONG, REPLY_NO_CHILD };

/* Until there are n bytes of the answer. More than one asks for may come: there is room for a pipeful. */
static enum reply receive(struct cell *c, size_t n, long long until)
{
    enum { PIPEFUL = 64 * 1024 };
    while (c->in.len < n) {
        struct pollfd look = {.fd = c->from_child, .events = POLLIN};
        long long left = until - now_ms();
        int ready = left > 0 ? poll(&look, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0)
            return REPLY_LATE;
        buf_reserve(&c->in, PIPEFUL);
        ssize_t got = read(c->from_child, c->in.p + c->in.len, PIPEFUL);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return REPLY_ENDED;
        c->in.len += (size_t)got;
    }
    return REPLY_WHOLE;
}

/* What the work says, said again: the words are foreign, the code is one about contents. */
static bool repeat(struct cell_piece *piece, const struct diag *from)
{
    struct diag said = *from;
    bool known = said.err == ERR_OK || said.err == ERR_TOO_BIG || said.err == ERR_MEANING || (said.err >= ERR_EMPTY && said.err <= ERR_CYCLE);
    said.where[sizeof said.where - 1] = '\0';
    said.detail[sizeof said.detail - 1] = '\0';
    diag_set(&piece->diag, said.err, said.line > 0 ? said.line : 0, said.where, said.detail);
    piece->diag.number = said.number > 0 ? said.number : 0;
    piece->err = said.err;
    return known;
}

static enum reply take_answer(struct cell *c, struct cell_piece *piece, long long until)
{
    struct head head;
    enum reply reply = receive(c, c->taken + sizeof head, until);
    if (reply != REPLY_WHOLE)
        return reply;
    memcpy(&head, c->in.p + c->taken, sizeof head);
    c->taken += sizeof head;
    if (head.n_answer > c->max_answer || !repeat(piece, &head.diag))
        return REPLY_WRONG;
    reply = receive(c, c->taken + head.n_answer, until);
    if (reply != REPLY_WHOLE)
        return reply;
    buf_clear(&piece->answer);
    buf_add(&piece->answer, c->in.p + c->taken, head.n_answer);
    c->taken += head.n_answer;
    return REPLY_WHOLE;
}

static enum reply ask_child(struct cell *c, struct cell_piece *piece, size_t n)
{
    struct order order = {.n_pieces = n};
    long long until = now_ms() + c->ms;
    enum reply reply = REPLY_WHOLE;
    char *at = c->room;
    for (size_t i = 0; i < n; i++) {
        order.n_bytes[i] = piece[i].n_bytes;
        memcpy(at, piece[i].bytes, piece[i].n_bytes);
        at += piece[i].n_bytes;
    }
    buf_clear(&c->in);
    c->taken = 0;
    if (!write_whole(c->to_child, &order, sizeof order))
        return REPLY_ENDED;
    for (size_t i = 0; i < n && reply == REPLY_WHOLE; i++)
        reply = take_answer(c, &piece[i], until);
    return reply == REPLY_WHOLE && c->taken != c->in.len ? REPLY_WRONG : reply;
}

/* Of a child that is started if need be, and ended when anything is wrong. */
static enum reply ask(struct cell *c, struct cell_piece *piece, size_t n)
{
    if (c->child == 0 && !start_child(c, &piece->diag))
        return REPLY_NO_CHILD;
    enum reply reply = ask_child(c, piece, n);
    if (reply != REPLY_WHOLE)
        end_child(c);
    return reply;
}

/* A child may also be killed by what has nothing to do with the bytes: a second one is asked then. */
static void ask_alone(struct cell *c, struct cell_piece *piece)
{
    static const char *const why[] = {[REPLY_ENDED] = "", [REPLY_LATE] = "time", [REPLY_WRONG] = "answer"};
    enum reply reply = ask(c, piece, 1);
    if (reply == REPLY_ENDED)
        reply = ask(c, piece, 1);
    if (reply == REPLY_NO_CHILD)
        piece->err = ERR_CELL;
    else if (reply != REPLY_WHOLE)
        piece->err = diag_set(&piece->diag, ERR_CELL, 0, why[reply], NULL);
}

void cell_ask(struct cell *c, struct cell_piece *piece, size_t n)
{
    size_t n_bytes = 0;
    for (size_t i = 0; i < n; i++)
        n_bytes += piece[i].n_bytes;
    if (n > 1 && n_bytes <= c->max_bytes && ask(c, piece, n) == REPLY_WHOLE)
        return;
    for (size_t i = 0; i < n; i++) { /* each on its own: none suffers for another */
        if (piece[i].n_bytes <= c->max_bytes) {
            ask_alone(c, &piece[i]);
            continue;
        }
        piece[i].err = diag_set(&piece[i].diag, ERR_TOO_BIG, 0, NULL, NULL);
        piece[i].diag.number = (long)c->max_bytes;
    }
}

struct cell *cell_new(cell_work_fn work, void *cookie, size_t max_bytes, size_t max_answer)
{
    struct cell *c = xcalloc(1, sizeof *c);
    *c = (struct cell){.work = work, .cookie = cookie, .max_bytes = max_bytes, .max_answer = max_answer, .ms = CELL_MS};
    c->room = mmap(NULL, max_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (c->room == MAP_FAILED)
        mem_exhausted();
    return c;
}

void cell_ready(struct cell *c)
{
    if (c->child == 0)
        (void)start_child(c, NULL);
}

void cell_patience(struct cell *c, int ms)
{
    c->ms = ms;
}

void cell_free(struct cell *c)
{
    if (c == NULL)
        return;
    end_child(c);
    munmap(c->room, c->max_bytes);
    buf_release(&c->in);
    free(c);
}
