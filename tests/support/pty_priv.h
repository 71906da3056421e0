/* Inside of the pty harness: shared by pty.c (process, waiting) and pty_term.c (emulator). */
#ifndef TESTS_SUPPORT_PTY_PRIV_H
#define TESTS_SUPPORT_PTY_PRIV_H

#include <iconv.h>
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "core/base/buf.h"

struct pty {
    int master, slave; /* -1 after pty_hangup */
    pid_t pid;
    int pidfd;
    bool exited;
    int exit_code;
    int rows, cols;
    struct termios modes; /* before the start */
    struct buf raw;
    long long last_byte_ns;
    VTerm *vt;
    VTermScreen *screen;
    bool altscreen;
    bool wide, mute;
    char cut[4]; /* the beginning of a character whose end has not come yet */
    size_t n_cut;
    iconv_t from, to; /* the terminal's own character set; NULL: UTF-8 */
};

void pty_term_init(struct pty *p);
void pty_term_release(struct pty *p);
/* Text as this terminal sends it when it is typed: appends. */
void pty_term_encode(struct pty *p, const char *utf8, struct buf *out);
void pty_term_feed(struct pty *p, const char *bytes, size_t n);
void pty_term_resize(struct pty *p);

#endif
