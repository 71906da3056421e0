/* A program on a real pseudo-terminal, with a terminal emulator (libvterm) at the other end: what a person would see and type.
 *
 * Waiting means: read what the program writes until something is so or a deadline passes. Nothing here sleeps and hopes. Functions return
 * whether it became so; tests/e2e/expect.h turns that into failures that print the screen. Linked into tests/e2e, tests/torture
 * and tests/bench only (the screen tests need no terminal). One thread. */
#ifndef TESTS_SUPPORT_PTY_H
#define TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct buf;
struct pty;

enum { PTY_DEADLINE_MS = 5000 }; /* long enough for a sanitizer build on a busy machine */

struct pty_options {
    const char *const *argv; /* argv[0] is the path; ends with NULL */
    const char *const *env;  /* "NAME=value" sets, "NAME" unsets; ends with NULL; may be NULL. The rest is a known small environment:
                                PATH, TERM=xterm-256color, LC_ALL=C.UTF-8, HOME and XDG_* under home, ASAN_OPTIONS, UBSAN_OPTIONS */
    const char *home;        /* folder that is the person's home; NULL: "/nonexistent" */
    const char *cwd;         /* NULL: ours */
    int rows, cols;          /* 0: 24 x 80 */
    bool pipe_stdin;         /* standard input is a closed pipe, not the terminal */
    bool wide;               /* a terminal set up for Japanese: draws characters of ambiguous width in two columns */
    speed_t speed;           /* B9600; 0: as it is */
    const char *charset;     /* of the terminal, for iconv; NULL: UTF-8 */
    bool mute;               /* a terminal that never answers when it is asked something */
};

/* Starts the program in a session of its own. Never NULL (what cannot be started exits with 127, what cannot be set up aborts). */
struct pty *pty_start(const struct pty_options *opt);
/* Ends what still runs, by force, and forgets everything. NULL is allowed. */
void pty_free(struct pty *p);
pid_t pty_pid(const struct pty *p);

/* Sending. Keys by name, blank-separated: "1 j Down Shift-Tab Ctrl-R F5 Esc Enter Backspace Delete PgUp Home Space". The
 * emulator encodes them as the modes that the program asked for demand. An unknown name is a mistake in the test: aborts. */
void pty_keys(struct pty *p, const char *names);
void pty_type(struct pty *p, const char *utf8);                /* as typed or committed by an input method */
void pty_send(struct pty *p, const void *bytes, size_t n);     /* as they are */
void pty_paste(struct pty *p, const char *utf8);               /* bracketed if the program asked for it */
void pty_click(struct pty *p, int row, int col);               /* left button, down and up */
void pty_wheel(struct pty *p, int row, int col, int direction); /* -1 up, +1 down */
void pty_resize(struct pty *p, int rows, int cols);

/* Waiting. ms < 0: PTY_DEADLINE_MS. All of them take in what has arrived before they look. */
typedef bool (*pty_condition_fn)(struct pty *p, void *cookie);
bool pty_until(struct pty *p, pty_condition_fn fn, void *cookie, int ms);
bool pty_wait_text(struct pty *p, const char *text, int ms);          /* somewhere on one row */
bool pty_wait_row(struct pty *p, int row, const char *text, int ms);  /* on that row; negative rows count from the bottom */
bool pty_wait_gone(struct pty *p, const char *text, int ms);
bool pty_wait_screen(struct pty *p, const char *text, int ms);        /* rows joined by \n, without blanks at their ends */
bool pty_wait_exit(struct pty *p, int ms);                            /* ended, and everything it wrote is taken in */
/* Takes in output until nothing has come for quiet_ms (for measuring, and before saying that something did NOT happen). Returns the time
 * of the last byte, in nanoseconds of CLOCK_MONOTONIC, or 0 when there was none. */
long long pty_drain(struct pty *p, int quiet_ms);

/* Looking. Rows come without blanks at their ends, the second cell of a wide character skipped. */
int pty_rows(const struct pty *p);
int pty_cols(const struct pty *p);
bool pty_has(struct pty *p, const char *text);
void pty_row(struct pty *p, int row, struct buf *out);    /* appends */
void pty_screen(struct pty *p, struct buf *out);          /* appends; rows end with \n */
bool pty_find(struct pty *p, const char *text, int *row, int *col); /* first place, in cells */
void pty_cursor(struct pty *p, int *row, int *col);
bool pty_cursor_visible(const struct pty *p);

struct pty_cell {
    char text[32]; /* the cluster in UTF-8; "" for an empty cell */
    int width;
    bool bold, underline, reverse, coloured; /* coloured: not the terminal's own two colours */
};
void pty_cell(struct pty *p, int row, int col, struct pty_cell *out);

/* Everything the program wrote since it started; positions in it are marks. */
size_t pty_mark(struct pty *p);
const char *pty_raw(struct pty *p, size_t mark, size_t *n_bytes); /* borrowed until the next call */
/* Does the output since mark hold an SGR sequence that sets a colour (30..49, 90..107, 38;..., 48;...)? */
bool pty_sent_colour(struct pty *p, size_t mark);

/* Ending. */
void pty_signal(struct pty *p, int sig);
void pty_hangup(struct pty *p);                /* the terminal is gone: the window was closed */
bool pty_exited(struct pty *p, int *exit_code); /* code, or 128 + signal; false while it runs */
bool pty_altscreen(const struct pty *p);
bool pty_modes_restored(struct pty *p);        /* the tty is as it was before the start; paste and mouse reports are off, cursor shown */
int pty_processes_left(struct pty *p);         /* processes of its session that still run */

/* Text for a failed test: screen with a frame, cursor, exit status, the end of the raw output. */
void pty_describe(struct pty *p, struct buf *out);

/* Where things are: the folder of the build that the running test belongs to ("build/release"), found from the test's own path.
 * Appends name to it; the result is owned by the caller. */
char *pty_build_path(const char *name);
long long pty_now_ns(void);

#endif
