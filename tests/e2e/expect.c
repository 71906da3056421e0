#include "tests/e2e/expect.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/buf.h"

void expect_(struct pty *p, bool ok, const char *what, const char *text, const char *file, int line)
{
    if (ok) return;
    struct buf b = {0};
    pty_describe(p, &b);
    fprintf(stderr, "%s:%d: wanted %s: %s\n%s", file, line, what, text, buf_str(&b));
    buf_release(&b);
    _fail(file, line);
}

void expect_clean_exit_(struct pty *p, int code, const char *file, int line)
{
    char text[64];
    int is = -1;
    expect_(p, pty_wait_exit(p, -1), "so", "the program has ended", file, line);
    pty_exited(p, &is);
    snprintf(text, sizeof text, "%d", code);
    expect_(p, is == code, "as exit status", text, file, line);
    expect_(p, !pty_altscreen(p), "so", "the alternate screen was left", file, line);
    expect_(p, pty_modes_restored(p), "so", "the modes of the terminal are as before", file, line);
    expect_(p, pty_processes_left(p) == 0, "so", "no process is left behind", file, line);
}
