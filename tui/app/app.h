/* The program while it runs, without its terminal: the model, the screens, and what turns an event into a change. Passed, never found:
 * there is no global. Tests make one, feed it events and draw it into a canvas; run.c does the same with a terminal.
 *
 * Data flow: event -> keymap -> action -> precondition -> handler -> app_do(change) -> history -> assessment -> grade recomputed, store told -> draw. */
#ifndef TUI_APP_APP_H
#define TUI_APP_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "core/method/grade.h"
#include "core/model/assessment.h"
#include "core/model/history.h"
#include "core/model/store.h"
#include "i18n/catalog.h"
#include "tui/app/screen.h"
#include "tui/app/veil.h"
#include "tui/term/glyph.h"

enum { TABS_MAX = SECTIONS_MAX + 6, LAYERS_MAX = 8, MESSAGE_BYTES = 400 };
enum { APP_MIN_ROWS = 12, APP_MIN_COLS = 40 };

/* The clock as a seam: tests set it. */
struct app_clock {
    time_t (*now)(void *cookie);
    long long (*ms)(void *cookie); /* monotonic */
    void *cookie;
};

/* Which items the section tabs show. */
enum filter {
    FILTER_ALL,
    FILTER_OPEN,
    FILTER_UNKNOWN,
    FILTER_FLAGGED,
    FILTER_NO_BASIS,
    FILTER_INTERVIEW,
    FILTER_EXAMINE,
    FILTER_TEST,
    FILTER_COUNT
};

enum tone { TONE_INFO, TONE_WARN, TONE_BAD };

/* What a reader is told of the file under it. */
enum outside {
    OUTSIDE_SAME,
    OUTSIDE_CHANGED, /* there is another one on the disk */
    OUTSIDE_FREE     /* who held it has let it go */
};

/* A screen that is open: a tab, or a layer over the tabs. */
struct open_screen {
    const struct screen_ops *ops;
    void *state; /* owned */
    int section; /* tabs of a section: its index; else -1 */
    bool behind; /* the model was changed while the tab was not shown: told when it is */
};

struct app {
    /* the model; assessment is NULL while no file is open */
    struct assessment *assessment; /* owned */
    struct store *store;           /* owned; NULL: nothing is saved (tests) */
    struct history *history;       /* owned */
    struct grade_result grade;     /* of the present answers */
    struct store_state save;
    bool read_only;
    bool look_only; /* asked for: it is never opened for work */
    char locked_by[160];
    const char *example; /* borrowed: the folder of an example (app_is_example); NULL: none */
    struct showcase *showcase; /* borrowed: the example that was opened from the home screen; who runs the loop clears it. NULL: none */
    enum outside outside;
    long long watched_ms; /* when that was looked at last */

    struct assessment *other; /* owned: what the file is compared with (other.h); NULL: none */
    char *other_path;         /* owned */
    struct merging *merging;  /* borrowed: what the merge screen decides about; NULL: nothing */
    bool comparing;           /* the tabs were reached from the comparison: Esc goes back to it */
    struct benchmark *bench; /* owned: what the site is held against (bench.h); NULL: none */
    char *bench_path;        /* owned: its file */
    const struct trust *trust; /* borrowed: whose sealed files are taken into it; NULL: anybody's */
    struct sealing *sealing;   /* owned: an export that is being sealed (hand_over_seal.c); NULL: none */
    struct fleet *fleet; /* owned: the roll-up of the Sites screen; NULL: none. Stays while one of its sites is open */

    /* the person */
    enum lang lang;
    const struct catalog *cat;
    enum glyph_set glyphs;
    enum filter filter;

    /* the screen */
    int rows, cols;
    struct open_screen tab[TABS_MAX];
    int n_tabs, tab_now;
    struct open_screen layer[LAYERS_MAX]; /* over the tabs; without a file the lowest one is all there is */
    int n_layers;
    char message[MESSAGE_BYTES];
    enum tone tone;
    enum tone pinned; /* what is less urgent is not said until the next key */
    int fill_told;    /* how full the file was, per cent, when that was said last */

    struct veil veil;  /* covers all of it while a passphrase is asked for */
    long lock_minutes; /* without a key, until it locks by itself; 0: never */

    /* the loop */
    struct app_clock clock;
    find_checklist_fn find; /* own checklists; NULL: the built-in ones only */
    void *find_cookie;
    long long opened_ms; /* when the file was opened: the interview's timer */
    bool plain_words; /* the shell's terminal is not in UTF-8 */
    bool quit, suspend, redraw;
    bool stale; /* something to draw */
};

void app_init(struct app *app, enum lang lang, struct app_clock clock);
/* Closes the file too, without waiting for longer than store_close does. */
void app_release(struct app *app);

/* Takes over an assessment and its store (NULL in tests) and opens the tabs; closes what was open. */
void app_attach(struct app *app, struct assessment *a, struct store *store, bool read_only, const char *locked_by);
void app_detach(struct app *app);
/* Rolls up files and folders and shows the Sites screen. key: opens sealed ones; taken, may be NULL. */
struct key_secret;
void app_show_sites(struct app *app, const char *const *path, size_t n_paths, struct key_secret *key);
/* Opens a file and attaches it. On failure what was open stays open. */
enum err app_open(struct app *app, const char *path, bool read_only, struct diag *diag);
/* The same with the passphrase of the file, which may be NULL (ERR_LOCKED_FILE where there is one). */
struct passphrase;
enum err app_open_locked(struct app *app, const char *path, const struct passphrase *pass, bool read_only, struct diag *diag);

/* Is what is on the screen the built-in example, and not a file of the person's own? */
bool app_is_example(const struct app *app);

void app_resize(struct app *app, int rows, int cols);
void app_event(struct app *app, const struct event *ev);
void app_saved(struct app *app); /* the store has news */
/* Timers; ms until it should be called again, -1: no need. */
int app_tick(struct app *app);
void app_draw(const struct app *app, struct canvas *cv);

/* For screens */

/* Does what the action says, as if its key had been pressed. false: nobody does, or a precondition is not met (said on the message line). */
bool app_act(struct app *app, enum act action);
/* The first precondition that is not met, as a msgid; NULL: all are. */
const char *app_unmet(const struct app *app, enum act action);
/* Applies a change (which is empty afterwards), so that it can be undone, is graded and saved. group: history.h. false: read-only, or the file
 * has no room for it, which is said. */
bool app_do(struct app *app, struct change *c, unsigned long group);
void app_back(struct app *app, void *state, enum act action); /* handler: out of a layer, or to where the tabs were reached from */
void app_undo(struct app *app, void *state, enum act action); /* handler of undo and redo */
void app_push(struct app *app, const struct screen_ops *ops, const void *arg);
void app_pop(struct app *app); /* closes the top layer */
void app_show_tab(struct app *app, int tab);
void app_go(struct app *app, int item); /* shows the tab of its section and selects it */
int app_item(const struct app *app);    /* the selected item of the tab that is shown, -1: none */
const struct open_screen *app_top(const struct app *app);
/* The message line: one line, until the next key. */
void app_say(struct app *app, enum tone tone, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void app_say_diag(struct app *app, const char *what, const struct diag *d);
/* ISO 8601 now, with the local offset. */
void app_now(const struct app *app, char out[32]);
const char *app_ltext(const struct app *app, const struct ltext *t); /* in the person's language */
const char *app_glyph(const struct app *app, enum glyph g);
void app_set_lang(struct app *app, enum lang lang);
/* Size of the area that full screens (not bottom layers) draw into. */
void app_content_size(const struct app *app, int *rows, int *cols);
/* Items with any answer, of a section or (-1) of all. */
int app_asked(const struct app *app, int section);

/* watch.c: the file under a reader. */
int watch_tick(struct app *app); /* looks when it is time; ms until it wants to again, -1: there is nothing to look at */
void watch_text(const struct app *app, struct buf *out); /* for the message line; nothing when there is nothing to tell */
void app_reload(struct app *app, void *state, enum act action); /* handler */

/* general.c: what can be done anywhere. */
extern const struct handler GENERAL_HANDLERS[];
extern const size_t N_GENERAL_HANDLERS;

/* tabs.c: opens the tabs of the assessment, in their order. */
void tabs_open(struct app *app);

/* chrome.c: what surrounds a screen. */
struct layout {
    int header, tabs, content, content_rows, message, footer; /* rows; -1: not shown */
    bool rules;
};
struct layout chrome_layout(const struct app *app);
void chrome_draw(const struct app *app, struct area a);
void chrome_message(const struct app *app, struct area a); /* over the screen: a long one takes rows of it until the next key */
int chrome_tab_at(const struct app *app, int col); /* the tab under a column of the tab bar, -1: none */
void chrome_save_text(const struct app *app, struct buf *out);

#endif
