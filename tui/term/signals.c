/* See signals.h. Handlers only set flags and write to the pipe, so the bytes to leave with are made ready beforehand. */
#include "tui/term/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t rescued = 1;
static volatile sig_atomic_t wanted_end, wanted_size, was_continued;
static int wake_pipe[2] = {-1, -1};
static struct termios found_modes;
static char leave_bytes[256];
static size_t n_leave_bytes;

void signals_write(const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(STDOUT_FILENO, s, n);
        if (w < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (w > 0) {
            s += w;
            n -= (size_t)w;
        }
    }
}

/* ---- Giving the terminal back ---- */

/* Padding is for tputs, not for the wire. */
void signals_leave(const char *s)
{
    if (s == NULL || s == (char *)-1)
        return;
    while (*s != '\0' && n_leave_bytes < sizeof leave_bytes) {
        const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (end == NULL)
            leave_bytes[n_leave_bytes++] = *s++;
        else
            s = end + 1;
    }
}

void signals_rescue(void)
{
    if (rescued)
        return;
    rescued = 1;
    int saved = errno;
    signals_write(leave_bytes, n_leave_bytes);
    tcsetattr(STDIN_FILENO, TCSANOW, &found_modes);
    errno = saved;
}

void signals_guard(bool on)
{
    rescued = !on;
}

bool signals_guarded(void)
{
    return !rescued;
}

/* ---- Handlers ---- */

static void wake(void)
{
    int saved = errno;
    ssize_t ignored = write(wake_pipe[1], "", 1);
    (void)ignored;
    errno = saved;
}

static void on_end(int sig)
{
    (void)sig;
    wanted_end = 1;
    wake();
}

static void on_size(int sig)
{
    (void)sig;
    wanted_size = 1;
    wake();
}

static void on_continue(int sig)
{
    (void)sig;
    was_continued = 1;
    wake();
}

static void on_crash(int sig)
{
    signals_rescue();
    signal(sig, SIG_DFL);
    raise(sig);
}

static void catch_signal(int sig, void (*fn)(int), int flags)
{
    struct sigaction sa = {.sa_handler = fn, .sa_flags = flags};
    sigemptyset(&sa.sa_mask);
    sigaction(sig, &sa, NULL);
}

static const int ENDS[] = {SIGTERM, SIGHUP, SIGINT};
enum { N_ENDS = sizeof ENDS / sizeof ENDS[0] };
static struct sigaction ends_found[N_ENDS];

void signals_catch(void)
{
    for (size_t i = 0; i < N_ENDS; i++)
        sigaction(ENDS[i], NULL, &ends_found[i]);
    static const int CRASHES[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT};
    catch_signal(SIGTERM, on_end, SA_RESTART);
    catch_signal(SIGHUP, on_end, SA_RESTART);
    catch_signal(SIGINT, on_end, SA_RESTART);
    catch_signal(SIGWINCH, on_size, SA_RESTART);
    catch_signal(SIGCONT, on_continue, SA_RESTART);
    catch_signal(SIGPIPE, SIG_IGN, 0);
    for (size_t i = 0; i < sizeof CRASHES / sizeof CRASHES[0]; i++)
        catch_signal(CRASHES[i], on_crash, (int)SA_RESETHAND);
}

void signals_release(void)
{
    static const int ALL[] = {SIGWINCH, SIGCONT, SIGPIPE, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT};
    for (size_t i = 0; i < sizeof ALL / sizeof ALL[0]; i++)
        signal(ALL[i], SIG_DFL);
    for (size_t i = 0; i < N_ENDS; i++)
        sigaction(ENDS[i], &ends_found[i], NULL);
}

void signals_close(void)
{
    close(wake_pipe[0]);
    close(wake_pipe[1]);
    wake_pipe[0] = wake_pipe[1] = -1;
}

enum err signals_open(struct diag *diag)
{
    tcgetattr(STDIN_FILENO, &found_modes);
    n_leave_bytes = 0;
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return diag_sys(diag, ERR_OPEN, errno, "pipe");
    return ERR_OK;
}

/* ---- What has come ---- */

static bool take(volatile sig_atomic_t *flag)
{
    if (*flag == 0)
        return false;
    *flag = 0; /* before it is acted on: one that comes meanwhile counts again */
    return true;
}

bool signals_end(void)
{
    return wanted_end != 0;
}

bool signals_size(void)
{
    return take(&wanted_size);
}

bool signals_continued(void)
{
    return take(&was_continued);
}

void signals_continue(void)
{
    was_continued = 1;
}

int signals_fd(void)
{
    return wake_pipe[0];
}

void signals_drain(void)
{
    char bytes[64];
    while (read(wake_pipe[0], bytes, sizeof bytes) > 0)
        continue;
}
