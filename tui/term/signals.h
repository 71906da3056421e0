/* What comes to the program from outside its loop: signals, as flags and as a byte in a pipe that wakes the wait; and the terminal given back as it
 * was found, from wherever the program ends. No curses.
 *
 * There is one terminal and one set of signals, so this is file-scope state, the only one of the program. */
#ifndef TUI_TERM_SIGNALS_H
#define TUI_TERM_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"

/* Remembers the modes of the terminal (standard input) and makes the pipe. */
enum err signals_open(struct diag *diag);
/* Catches what ends, stops and resizes; crashes too, with signals_rescue. */
void signals_catch(void);
/* Everything as before signals_catch. What ends the program goes back to what the caller had made of it: who has to clear up
 * ignores it meanwhile. */
void signals_release(void);
void signals_close(void); /* the pipe */

/* Since signals_catch: told to end; resized (taken: asked once); continued after a stop (taken). */
bool signals_end(void);
bool signals_size(void);
bool signals_continued(void);
/* As if it had been continued: the terminal was in other hands. */
void signals_continue(void);
/* Can be read when one of them has come; drained before they are asked. */
int signals_fd(void);
void signals_drain(void);

/* What is sent to leave the terminal as it was found: added to, piece by piece; NULL, (char *)-1 and padding ("$<5>") are left out. */
void signals_leave(const char *bytes);
/* While guarded, signals_rescue sends that and restores the modes, once. Safe in a signal handler. */
void signals_guard(bool on);
bool signals_guarded(void);
void signals_rescue(void);

/* To the terminal, whole, whatever interrupts it. Safe in a signal handler. */
void signals_write(const char *s, size_t n);

#endif
