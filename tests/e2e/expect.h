/* Expectations for tests on a terminal: each waits until it is so, and a failure shows the screen. */
#ifndef TESTS_E2E_EXPECT_H
#define TESTS_E2E_EXPECT_H

#include "tests/support/pty.h"
#include "tests/unit/cm.h"

/* Fails the running test, with the screen of p, unless ok. */
void expect_(struct pty *p, bool ok, const char *what, const char *text, const char *file, int line);

#define expect_text(p, text) expect_(p, pty_wait_text(p, text, -1), "on the screen", text, __FILE__, __LINE__)
#define expect_row(p, row, text) \
    expect_(p, pty_wait_row(p, row, text, -1), "on row " #row, text, __FILE__, __LINE__)
#define expect_gone(p, text) expect_(p, pty_wait_gone(p, text, -1), "gone from the screen", text, __FILE__, __LINE__)
#define expect_screen(p, text) expect_(p, pty_wait_screen(p, text, -1), "as the whole screen", text, __FILE__, __LINE__)
#define expect_that(p, condition) expect_(p, condition, "so", #condition, __FILE__, __LINE__)
/* Ended with that code, the alternate screen left, the tty as it was, and no process left behind. */
#define expect_clean_exit(p, code) expect_clean_exit_(p, code, __FILE__, __LINE__)
void expect_clean_exit_(struct pty *p, int code, const char *file, int line);

#endif
