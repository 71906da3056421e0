/* The pseudo-terminal, the process and the waiting; the emulator's cells are in pty_term.c. The harness keeps the slave side open
 * too, so that modes can be compared after the program has ended and its last output is never lost. */
#include "tests/support/pty.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "tests/support/pty_priv.h"

static void must(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "pty harness: %s: %s\n", what, strerror(errno));
    abort();
}

long long pty_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

char *pty_build_path(const char *name)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    must(n > 0, "/proc/self/exe");
    exe[n] = '\0';
    char *tests = strstr(exe, "/tests/");
    for (char *next = tests; next; next = strstr(tests + 1, "/tests/")) tests = next;
    must(tests != NULL, "the test is not in BUILD/tests");
    *tests = '\0';
    struct buf b = {0};
    buf_addf(&b, "%s/%s", exe, name);
    return buf_take(&b);
}

/* Environment and start */

static void set_home(const char *home)
{
    static const char *const dirs[][2] = {{"XDG_CONFIG_HOME", ".config"},
                                          {"XDG_DATA_HOME", ".local/share"},
                                          {"XDG_STATE_HOME", ".local/state"},
                                          {"XDG_CACHE_HOME", ".cache"}};
    char path[PATH_MAX];
    setenv("HOME", home, 1);
    for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", home, dirs[i][1]);
        setenv(dirs[i][0], path, 1);
    }
}

static void set_environment(const struct pty_options *opt)
{
    static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
    char *value[sizeof kept / sizeof kept[0]];
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) value[i] = xstrdup(getenv(kept[i]));
    clearenv();
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (value[i]) setenv(kept[i], value[i], 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "Asia/Tokyo", 1);
    set_home(opt->home ? opt->home : "/nonexistent");
    for (const char *const *e = opt->env; e && *e; e++) {
        if (strchr(*e, '='))
            putenv(xstrdup(*e));
        else
            unsetenv(*e);
    }
}

static void run_child(const struct pty_options *opt, int slave)
{
    if (login_tty(slave) != 0) _exit(126);
    for (int fd = 3; fd < 64; fd++) close(fd);
    if (opt->pipe_stdin) {
        int fd = open("/dev/null", O_RDONLY);
        dup2(fd, 0);
    }
    for (int sig = 1; sig < NSIG; sig++) signal(sig, SIG_DFL);
    if (opt->cwd && chdir(opt->cwd) != 0) _exit(126);
    set_environment(opt);
    /* execv wants char *const[]; it changes nothing. */
    union {
        const char *const *in;
        char *const *out;
    } argv = {.in = opt->argv};
    execv(opt->argv[0], argv.out);
    fprintf(stderr, "%s: %s\r\n", opt->argv[0], strerror(errno));
    _exit(127);
}

struct pty *pty_start(const struct pty_options *opt)
{
    struct pty *p = xcalloc(1, sizeof *p);
    p->rows = opt->rows ? opt->rows : 24;
    p->cols = opt->cols ? opt->cols : 80;
    p->wide = opt->wide;
    p->mute = opt->mute;
    if (opt->charset) {
        p->from = iconv_open("UTF-8", opt->charset);
        p->to = iconv_open(opt->charset, "UTF-8");
        must(p->from != (iconv_t)-1 && p->to != (iconv_t)-1, opt->charset);
    }
    struct winsize size = {.ws_row = (unsigned short)p->rows, .ws_col = (unsigned short)p->cols};
    must(openpty(&p->master, &p->slave, NULL, NULL, &size) == 0, "openpty");
    must(tcgetattr(p->slave, &p->modes) == 0, "tcgetattr");
    if (opt->speed) {
        cfsetispeed(&p->modes, opt->speed);
        cfsetospeed(&p->modes, opt->speed);
        tcsetattr(p->slave, TCSANOW, &p->modes);
    }
    fcntl(p->master, F_SETFD, FD_CLOEXEC);
    fcntl(p->slave, F_SETFD, FD_CLOEXEC);
    fcntl(p->master, F_SETFL, O_NONBLOCK);
    signal(SIGPIPE, SIG_IGN);
    pty_term_init(p);
    fflush(NULL);
    p->pid = fork();
    must(p->pid >= 0, "fork");
    if (p->pid == 0) run_child(opt, p->slave);
    p->pidfd = pidfd_open(p->pid, 0);
    must(p->pidfd >= 0, "pidfd_open");
    return p;
}

pid_t pty_pid(const struct pty *p)
{
    return p->pid;
}

/* Taking in */

/* Everything that has arrived; true when there was something. */
static bool take_in(struct pty *p)
{
    char bytes[16384];
    bool any = false;
    while (p->master >= 0) {
        ssize_t n = read(p->master, bytes, sizeof bytes);
        if (n <= 0) break;
        any = true;
        p->last_byte_ns = pty_now_ns();
        buf_add(&p->raw, bytes, (size_t)n);
        pty_term_feed(p, bytes, (size_t)n);
    }
    return any;
}

static void reap(struct pty *p)
{
    int status;
    if (p->exited || waitpid(p->pid, &status, WNOHANG) != p->pid) return;
    p->exited = true;
    p->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Waits at most ms for output or the end of the program. */
static void wait_event(struct pty *p, int ms)
{
    struct pollfd fds[2] = {{.fd = p->master, .events = POLLIN},
                            {.fd = p->exited ? -1 : p->pidfd, .events = POLLIN}};
    poll(fds, 2, ms);
}

bool pty_until(struct pty *p, pty_condition_fn fn, void *cookie, int ms)
{
    long long end = pty_now_ns() + (ms < 0 ? PTY_DEADLINE_MS : ms) * 1000000LL;
    for (;;) {
        reap(p); /* before taking in: what an ended program wrote has all arrived */
        bool ended = p->exited;
        take_in(p);
        if (fn(p, cookie)) return true;
        long long left = (end - pty_now_ns()) / 1000000;
        if (ended || left <= 0) return false;
        wait_event(p, left < 20 ? (int)left : 20); /* a condition may hang on more than the terminal */
    }
}

long long pty_drain(struct pty *p, int quiet_ms)
{
    long long start = pty_now_ns(), last = 0;
    for (;;) {
        if (take_in(p)) last = p->last_byte_ns;
        reap(p);
        long long quiet = (pty_now_ns() - (last ? last : start)) / 1000000;
        if (quiet >= quiet_ms) return last;
        wait_event(p, quiet_ms - (int)quiet);
    }
}

struct wanted {
    const char *text;
    int row;
};

static bool has_text(struct pty *p, void *cookie)
{
    return pty_has(p, ((struct wanted *)cookie)->text);
}

static bool has_not(struct pty *p, void *cookie)
{
    return !pty_has(p, ((struct wanted *)cookie)->text);
}

static bool row_has(struct pty *p, void *cookie)
{
    const struct wanted *w = cookie;
    struct buf b = {0};
    pty_row(p, w->row, &b);
    bool has = strstr(buf_str(&b), w->text) != NULL;
    buf_release(&b);
    return has;
}

/* Equal but for blank rows at the end. */
static bool screen_is(struct pty *p, void *cookie)
{
    const char *want = ((struct wanted *)cookie)->text;
    struct buf b = {0};
    pty_screen(p, &b);
    size_t n_is = b.len, n_want = strlen(want);
    while (n_is > 0 && b.p[n_is - 1] == '\n') n_is--;
    while (n_want > 0 && want[n_want - 1] == '\n') n_want--;
    bool same = n_is == n_want && memcmp(buf_str(&b), want, n_is) == 0;
    buf_release(&b);
    return same;
}

static bool is_over(struct pty *p, void *cookie)
{
    (void)cookie;
    return p->exited;
}

bool pty_wait_text(struct pty *p, const char *text, int ms)
{
    return pty_until(p, has_text, &(struct wanted){.text = text}, ms);
}

bool pty_wait_gone(struct pty *p, const char *text, int ms)
{
    return pty_until(p, has_not, &(struct wanted){.text = text}, ms);
}

bool pty_wait_row(struct pty *p, int row, const char *text, int ms)
{
    return pty_until(p, row_has, &(struct wanted){.text = text, .row = row}, ms);
}

bool pty_wait_screen(struct pty *p, const char *text, int ms)
{
    return pty_until(p, screen_is, &(struct wanted){.text = text}, ms);
}

bool pty_wait_exit(struct pty *p, int ms)
{
    return pty_until(p, is_over, NULL, ms);
}

/* Sending */

void pty_send(struct pty *p, const void *bytes, size_t n)
{
    const char *s = bytes;
    long long end = pty_now_ns() + PTY_DEADLINE_MS * 1000000LL;
    while (n > 0 && p->master >= 0 && pty_now_ns() < end) {
        ssize_t done = write(p->master, s, n);
        if (done > 0) {
            s += done;
            n -= (size_t)done;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR) return;
        /* The line is full: a program that cannot write does not read either, so take in what it has. */
        struct pollfd fd = {.fd = p->master, .events = POLLIN | POLLOUT};
        poll(&fd, 1, 100);
        take_in(p);
    }
}

void pty_type(struct pty *p, const char *utf8)
{
    struct buf b = {0};
    pty_term_encode(p, utf8, &b);
    pty_send(p, buf_str(&b), b.len);
    buf_release(&b);
}

void pty_resize(struct pty *p, int rows, int cols)
{
    take_in(p);
    p->rows = rows;
    p->cols = cols;
    pty_term_resize(p);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    must(ioctl(p->master, TIOCSWINSZ, &size) == 0, "TIOCSWINSZ");
}

/* Looking at what was written */

size_t pty_mark(struct pty *p)
{
    take_in(p);
    return p->raw.len;
}

const char *pty_raw(struct pty *p, size_t mark, size_t *n_bytes)
{
    take_in(p);
    if (n_bytes) *n_bytes = p->raw.len - mark;
    return buf_str(&p->raw) + mark;
}

static bool is_colour(long v)
{
    return (v >= 30 && v <= 49) || (v >= 90 && v <= 107);
}

bool pty_sent_colour(struct pty *p, size_t mark)
{
    const char *s = pty_raw(p, mark, NULL);
    for (const char *at = strstr(s, "\x1b["); at; at = strstr(at + 2, "\x1b[")) {
        size_t n = strspn(at + 2, "0123456789;:");
        if (at[2 + n] != 'm') continue;
        for (const char *v = at + 2; v < at + 2 + n;) {
            char *after;
            long number = strtol(v, &after, 10);
            /* 39 and 49 are the terminal's own colours: a reset, not a colour. */
            if (after != v && is_colour(number) && number != 39 && number != 49) return true;
            v = after == v ? v + 1 : after + 1;
        }
    }
    return false;
}

/* The last thing said about a DEC private mode ("\e[?1006;1000h"): was it switched on? on: as it is when nothing was said. */
static bool mode_is_on(const struct pty *p, long mode, bool on)
{
    const char *s = buf_str(&p->raw);
    for (const char *at = strstr(s, "\x1b[?"); at; at = strstr(at + 3, "\x1b[?")) {
        size_t n = strspn(at + 3, "0123456789;");
        char last = at[3 + n];
        if (last != 'h' && last != 'l') continue;
        for (const char *v = at + 3; v < at + 3 + n;) {
            char *after;
            if (strtol(v, &after, 10) == mode) on = last == 'h';
            v = after == v ? v + 1 : after + 1;
        }
    }
    return on;
}

/* Not as libvterm has it: it restores the visibility with a saved cursor, which terminals do not. */
bool pty_cursor_visible(const struct pty *p)
{
    return mode_is_on(p, 25, true);
}

bool pty_modes_restored(struct pty *p)
{
    static const long reports[] = {9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 2004};
    struct termios now;
    take_in(p);
    if (p->slave < 0 || tcgetattr(p->slave, &now) != 0) return false;
    if (now.c_iflag != p->modes.c_iflag || now.c_oflag != p->modes.c_oflag ||
        now.c_cflag != p->modes.c_cflag || now.c_lflag != p->modes.c_lflag ||
        memcmp(now.c_cc, p->modes.c_cc, sizeof now.c_cc) != 0)
        return false;
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        if (mode_is_on(p, reports[i], false)) return false;
    return pty_cursor_visible(p);
}

/* Ending */

void pty_signal(struct pty *p, int sig)
{
    reap(p);
    if (!p->exited) kill(p->pid, sig);
}

void pty_hangup(struct pty *p)
{
    take_in(p);
    if (p->slave >= 0) close(p->slave);
    if (p->master >= 0) close(p->master);
    p->slave = p->master = -1;
}

bool pty_exited(struct pty *p, int *exit_code)
{
    reap(p);
    if (p->exited && exit_code) *exit_code = p->exit_code;
    return p->exited;
}

int pty_processes_left(struct pty *p)
{
    int n = 0;
    DIR *proc = opendir("/proc");
    must(proc != NULL, "/proc");
    for (struct dirent *e = readdir(proc); e; e = readdir(proc)) {
        long pid = strtol(e->d_name, NULL, 10);
        if (pid > 0 && getsid((pid_t)pid) == p->pid) n++;
    }
    closedir(proc);
    return n;
}

void pty_free(struct pty *p)
{
    if (!p) return;
    reap(p);
    if (!p->exited) {
        kill(-p->pid, SIGKILL);
        waitpid(p->pid, NULL, 0);
    }
    pty_hangup(p);
    close(p->pidfd);
    pty_term_release(p);
    if (p->from) iconv_close(p->from);
    if (p->to) iconv_close(p->to);
    buf_release(&p->raw);
    free(p);
}

static void describe_raw(struct pty *p, struct buf *out)
{
    size_t from = p->raw.len > 200 ? p->raw.len - 200 : 0;
    buf_adds(out, "end of output: ");
    for (size_t i = from; i < p->raw.len; i++) {
        unsigned char c = (unsigned char)p->raw.p[i];
        if (c == 0x1b)
            buf_adds(out, "\\e");
        else if (c < ' ' || c == 0x7f)
            buf_addf(out, "\\x%02x", c);
        else
            buf_addc(out, (char)c);
    }
    buf_addc(out, '\n');
}

void pty_describe(struct pty *p, struct buf *out)
{
    int row, col, code = 0;
    pty_cursor(p, &row, &col);
    buf_addf(out, "+---- %d x %d, cursor %d,%d%s%s", p->rows, p->cols, row, col,
             pty_cursor_visible(p) ? "" : " hidden", p->altscreen ? "" : ", not the alternate screen");
    if (pty_exited(p, &code)) buf_addf(out, ", ended with %d", code);
    buf_adds(out, "\n");
    for (int i = 0; i < p->rows; i++) {
        buf_adds(out, "|");
        pty_row(p, i, out);
        buf_adds(out, "\n");
    }
    buf_adds(out, "+----\n");
    describe_raw(p, out);
}
