/* A look at a program on a terminal, as text: look 'KEYS' PROGRAM [ARGUMENT]... starts it on 24 x 80, presses the keys (named as in
 * tests/support/pty.h), prints the screen and ends it. */
#include <stdio.h>

#include "core/base/buf.h"
#include "tests/support/pty.h"

enum { QUIET_MS = 300, EXIT_USAGE = 2 };

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: look 'KEYS' PROGRAM [ARGUMENT]...\n", stderr);
        return EXIT_USAGE;
    }
    struct buf screen = {0};
    struct pty *p = pty_start(&(struct pty_options){.argv = (const char *const *)argv + 2});
    pty_drain(p, QUIET_MS);
    pty_keys(p, argv[1]);
    pty_drain(p, QUIET_MS);
    pty_screen(p, &screen);
    fputs(buf_str(&screen), stdout);
    buf_release(&screen);
    pty_hangup(p);
    pty_wait_exit(p, -1);
    pty_free(p);
    return 0;
}
