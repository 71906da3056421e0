/* See probe.h. */
#include "tui/term/probe.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { PROBE_MS = 1000 };

/* Two of each from the first column, each time followed by "where is the cursor?". */
static const char QUESTION[] = "\r漢字\033[6n\r■─\033[6n\r\033[K";

static long long now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The column of the n-th answer, "ESC [ row ; column R"; 0: it is not there yet. */
static int answered(const char *s, int n)
{
    for (const char *at = strstr(s, "\033["); at != NULL; at = strstr(at + 2, "\033[")) {
        const char *semicolon = at + 2 + strspn(at + 2, "0123456789");
        char *end = NULL;
        long col = *semicolon == ';' ? strtol(semicolon + 1, &end, 10) : 0;
        if (end != NULL && *end == 'R' && n-- == 0)
            return col > 0 && col < 100 ? (int)col : 0;
    }
    return 0;
}

static void read_answers(char *bytes, size_t size)
{
    size_t len = 0;
    long long deadline = now_ms() + PROBE_MS, left;
    while (answered(bytes, 1) == 0 && len + 1 < size) {
        left = deadline - now_ms();
        struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
        if (left <= 0 || poll(&in, 1, (int)left) <= 0)
            return;
        ssize_t n = read(STDIN_FILENO, bytes + len, size - 1 - len);
        if (n <= 0)
            return;
        len += (size_t)n;
        bytes[len] = '\0';
    }
}

bool probe_terminal(struct probe *out)
{
    struct termios found, quiet;
    char bytes[256] = "";
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &found) != 0)
        return false;
    quiet = found;
    quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    if (write(STDOUT_FILENO, QUESTION, sizeof QUESTION - 1) == (ssize_t)(sizeof QUESTION - 1))
        read_answers(bytes, sizeof bytes);
    /* An answer that comes too late is not to be taken for something typed. */
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &found);
    int kanji = answered(bytes, 0), ambiguous = answered(bytes, 1);
    if (kanji == 0 || ambiguous == 0)
        return false;
    *out = (struct probe){.kanji = (kanji - 1) / 2, .ambiguous = (ambiguous - 1) / 2};
    return true;
}
