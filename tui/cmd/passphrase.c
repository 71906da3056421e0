/* Passphrases: from a file for scripts, else from the terminal of the person, whatever standard input is. */
#include "tui/cmd/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/seal/secret.h"
#include "tui/term/charset.h"

enum { SHORTEST = 10, CTRL_C = 3, CTRL_D = 4, CTRL_H = 8, CTRL_U = 21, DEL = 127 };

enum typed { TYPED, CANCELLED };

static void say(const struct cmd *cmd, int tty, const char *text)
{
    struct buf out = {0};
    if (cmd->locale.charset != NULL)
        charset_out(cmd->locale.charset, &out, text, strlen(text));
    else
        buf_adds(&out, text);
    if (write(tty, buf_str(&out), out.len) < 0)
        errno = 0; /* then the reading fails too */
    buf_release(&out);
}

static size_t without_last(const struct passphrase *p)
{
    size_t n = p->n_bytes > 0 ? p->n_bytes - 1 : 0;
    while (n > 0 && ((unsigned char)p->text[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* Has one of the signals come that are held back? It stays pending, and does what it does once the terminal echoes again. */
static bool signalled(int tty, int signals)
{
    struct pollfd wait[2] = {{tty, POLLIN, 0}, {signals, POLLIN, 0}};
    while (poll(wait, 2, -1) < 0 && errno == EINTR)
        continue;
    return wait[1].revents != 0;
}

/* Key by key: with the terminal's signals switched off too, nothing ends the program while the terminal does not echo. */
static enum typed read_line(struct passphrase *out, int tty, int signals)
{
    unsigned char c;
    out->n_bytes = 0;
    for (;;) {
        if (signalled(tty, signals))
            return CANCELLED;
        ssize_t n = read(tty, &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || c == CTRL_C || (c == CTRL_D && out->n_bytes == 0))
            return CANCELLED;
        if (c == '\r' || c == '\n')
            return TYPED;
        if (c == DEL || c == CTRL_H)
            out->n_bytes = without_last(out);
        else if (c == CTRL_U)
            out->n_bytes = 0;
        else if (c >= ' ' && out->n_bytes < PASSPHRASE_MAX)
            out->text[out->n_bytes++] = (char)c;
    }
}

/* The same passphrase on every machine: UTF-8. */
static void to_utf8(const struct cmd *cmd, struct passphrase *p)
{
    struct buf text = {0};
    if (cmd->locale.charset == NULL)
        return;
    charset_in(cmd->locale.charset, &text, p->text, p->n_bytes);
    p->n_bytes = text.len < PASSPHRASE_MAX ? text.len : PASSPHRASE_MAX;
    memcpy(p->text, buf_str(&text), p->n_bytes);
    p->text[p->n_bytes] = '\0';
    secret_buf_release(&text);
}

static enum typed ask(const struct cmd *cmd, struct passphrase *out, int tty, const char *prompt)
{
    struct termios found, quiet;
    sigset_t ends, before;
    if (tcgetattr(tty, &found) != 0)
        return CANCELLED;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, &before);
    int signals = signalfd(-1, &ends, SFD_CLOEXEC);
    quiet = found;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(tty, TCSAFLUSH, &quiet);
    say(cmd, tty, prompt);
    say(cmd, tty, ": ");
    enum typed typed = read_line(out, tty, signals);
    say(cmd, tty, "\n");
    tcsetattr(tty, TCSAFLUSH, &found);
    if (signals >= 0)
        close(signals);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    out->text[out->n_bytes] = '\0';
    to_utf8(cmd, out);
    return typed;
}

static size_t characters(const struct passphrase *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_bytes; i++)
        n += ((unsigned char)p->text[i] & 0xc0) != 0x80;
    return n;
}

static int check_new(const struct cmd *cmd, const struct passphrase *p)
{
    if (characters(p) >= SHORTEST)
        return STATUS_DONE;
    return cmd_fail(cmd, STATUS_USAGE, NULL, T(cmd->cat, "the passphrase is too short: at least %d characters; four words that do not belong together are good"),
                    SHORTEST);
}

static int ask_twice(const struct cmd *cmd, struct passphrase *out, int tty)
{
    struct passphrase *again = secret_new(sizeof *again);
    bool typed = ask(cmd, again, tty, T(cmd->cat, "The same passphrase again")) == TYPED;
    bool same = again->n_bytes == out->n_bytes && memcmp(again->text, out->text, out->n_bytes) == 0;
    secret_free(again);
    if (!typed)
        return cmd_fail(cmd, STATUS_USAGE, NULL, "%s", T(cmd->cat, "no passphrase, so nothing was done"));
    return same ? STATUS_DONE : cmd_fail(cmd, STATUS_USAGE, NULL, "%s", T(cmd->cat, "the two passphrases differ, so nothing was done"));
}

static int ask_person(const struct cmd *cmd, struct passphrase *out, const char *prompt, bool fresh)
{
    int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (tty < 0)
        return cmd_fail(cmd, STATUS_USAGE, NULL, "%s",
                        T(cmd->cat, "a passphrase is needed, and there is no terminal to ask at; give --passphrase-file FILE"));
    int status = STATUS_DONE;
    if (ask(cmd, out, tty, prompt) != TYPED || out->n_bytes == 0)
        status = cmd_fail(cmd, STATUS_USAGE, NULL, "%s", T(cmd->cat, "no passphrase, so nothing was done"));
    if (status == STATUS_DONE && fresh)
        status = check_new(cmd, out);
    if (status == STATUS_DONE && fresh)
        status = ask_twice(cmd, out, tty);
    close(tty);
    return status;
}

int cmd_passphrase(const struct cmd *cmd, struct passphrase *out, const char *prompt, bool fresh)
{
    const char *path = cmd->value[OPT_PASSPHRASE_FILE];
    struct diag diag = {0};
    if (path == NULL)
        return ask_person(cmd, out, prompt, fresh);
    if (passphrase_read(out, path, &diag) != ERR_OK)
        return cmd_fail_diag(cmd, path, &diag);
    return fresh ? check_new(cmd, out) : STATUS_DONE;
}
