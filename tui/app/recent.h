/* The files opened last, newest first, one path a line in $XDG_STATE_HOME/monshin/recent (~/.local/state by default). A convenience: whatever
 * goes wrong with it is nobody's concern, and a machine that may not be written to simply has none. */
#ifndef TUI_APP_RECENT_H
#define TUI_APP_RECENT_H

#include <stdbool.h>
#include <stddef.h>

enum { RECENT_MAX = 12 };

struct recent {
    char *path[RECENT_MAX]; /* owned */
    size_t n;
};

/* The folder of the list, or NULL: there is no home. Owned by the caller. */
char *recent_folder(void);
/* Makes it. false: there is none. */
bool recent_make_folder(void);
void recent_load(struct recent *r);
void recent_release(struct recent *r);
/* Puts a path in front (made absolute) and writes the list. */
void recent_add(const char *path);

#endif
