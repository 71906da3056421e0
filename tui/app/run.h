/* The full-screen program: opens the terminal, runs the loop until the person quits, leaves everything saved and the terminal as it was. */
#ifndef TUI_APP_RUN_H
#define TUI_APP_RUN_H

#include <stdbool.h>

#include "core/model/assessment.h"
#include "i18n/lang.h"

struct key_secret;
struct locale_found;
struct trust;

struct app_options {
    const struct passphrase *passphrase; /* of the file at path; NULL: none */
    long lock_minutes;   /* without a key, until the screen of what has one locks by itself; 0: never */
    const char *path; /* the file to open; NULL: the home screen */
    const char *const *sites; /* files and folders for the Sites screen instead; NULL: not wanted */
    size_t n_sites;
    const struct key_secret *key; /* opens the sealed ones among them; NULL: none */
    const struct trust *trust; /* whose sealed files are taken; NULL: anybody's */
    const char *example; /* the folder of an example: what is opened from it is marked and not remembered; NULL: none */
    struct merging *merging; /* begun: the merge screen instead of a file; NULL: not wanted */
    const char *against; /* the file to compare `path` with; NULL: none */
    const char *bench;   /* the benchmark to hold the site against; NULL: that of last time */
    enum lang lang;
    bool lang_given; /* the person asked for it: it can be shown */
    const struct locale_found *locale;
    bool ascii;     /* only ASCII lines and signs */
    bool no_color;  /* the caller has looked at NO_COLOR */
    bool read_only; /* change nothing */
    find_checklist_fn find; /* where own checklists are found; NULL: the built-in ones only */
    void *find_cookie;
};

/* There is no terminal, or it cannot place its cursor: nothing was said, the file is closed again. */
enum { APP_NO_TERMINAL = -1 };

/* Exit status: 0, or 3 when the file cannot be used or the last changes could not be saved (one line on stderr says why); or
 * APP_NO_TERMINAL. */
int app_run(const struct app_options *options);

#endif
