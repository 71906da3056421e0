/* What covers the screen while a passphrase is asked for: the locked screen of a file that has one, the passphrase of a file to be opened,
 * a new passphrase, the passphrase of a key. While it is there nothing else is drawn and no key reaches anything else; what was typed last is still saved. */
#ifndef TUI_APP_VEIL_H
#define TUI_APP_VEIL_H

#include <stdbool.h>

#include "tui/term/canvas.h"
#include "tui/term/input.h"

struct app;
struct key_secret;
struct passphrase;

/* Gets the key (secret_free), after the veil is gone. */
typedef void (*key_fn)(struct app *app, struct key_secret *key);

enum veil_kind { VEIL_NONE, VEIL_LOCKED, VEIL_OPEN, VEIL_NEW, VEIL_AGAIN, VEIL_KEY };

struct veil {
    enum veil_kind kind;
    struct passphrase *typed; /* owned: what stands in the field */
    struct passphrase *first; /* owned: VEIL_AGAIN: the one that it has to be */
    char *path;               /* owned: VEIL_OPEN, VEIL_KEY: the file */
    key_fn take;              /* VEIL_KEY */
    const char *said;         /* msgid: what was wrong with the last try; NULL: nothing */
    int due;                  /* the passphrase was entered: 1 to be shown, 2 to be worked out */
    long long touched_ms;     /* the last key, for the lock that comes by itself */
};

enum { VEIL_MINUTES = 10 }; /* without a key, unless said otherwise (struct app: lock_minutes) */

bool veil_is_on(const struct app *app);
/* Covers the screen until the passphrase of what is shown is typed (of the file, of the key of a roll-up, of the files being merged); says so
 * when there is none. */
void veil_lock(struct app *app);
/* Asks for the passphrase of the file, then opens it. */
void veil_open(struct app *app, const char *path);
/* Reads a secret key, asking for its passphrase where it has one. What is wrong with it is said; take is then not called. */
void veil_key(struct app *app, const char *path, key_fn take);
/* Asks twice for a new passphrase of the open file; an empty one takes it away. */
void veil_change(struct app *app);
void veil_release(struct app *app);

void veil_event(struct app *app, const struct event *ev);
void veil_draw(const struct app *app, struct area a);
/* Works out what was entered, which takes a moment, after that has been shown; ms until it is to be called again, -1: nothing to do. */
int veil_work(struct app *app);
/* Locks when nobody has touched the keyboard for so long; ms until it wants to look again, -1: never. */
int veil_tick(struct app *app);
/* A key comes after the time was over, before anybody has looked: a machine that slept, a program that was stopped. true: it is locked now, and the
 * key is nobody's. */
bool veil_overtook(struct app *app);

#endif
