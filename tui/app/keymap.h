/* Which key asks for what, where. The contract keys (README) are rows of the table in keymap.c; the help page and the footer are made from
 * the same rows. */
#ifndef TUI_APP_KEYMAP_H
#define TUI_APP_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app/action.h"
#include "tui/term/input.h"

/* A context is what a screen is to the keyboard. Looked up there first, then in its parents. */
enum context {
    CTX_ANYWHERE, /* language, help, quit, ... */
    CTX_TABS,     /* what moves between tabs */
    CTX_LIST,     /* moving in a list */
    CTX_ITEMS,
    CTX_CHECKS,
    CTX_SEARCH,
    CTX_EDITOR,
    CTX_PROMPT,
    CTX_REPLACE,
    CTX_PICK,
    CTX_BENCH,
    CTX_HELP,
    CTX_HOME,
    CTX_SITES,
    CTX_COMPARE,
    CTX_MERGE,
    CTX_SITES_VIEW, /* common gaps, files */
    CTX_ACTIONS,
    CTX_PLAYBOOK,
    CTX_PLAN,
    CTX_FORM, /* rows of a form: site, person */
    CTX_PAGE, /* a page that only scrolls: result */
    CTX_COUNT
};

struct binding {
    enum context context;
    const char *key; /* key_parse reads it */
    enum act action;
};

struct context_info {
    const char *title;       /* msgid, for the help */
    enum context parent[3];  /* looked up after the context itself; CTX_COUNT ends */
};
const struct context_info *context_info(enum context context);
const struct binding *keymap(size_t *n);

/* The action of a key, or ACT_NONE. Full-width letters and digits, as an input method types them, count as plain ones. */
enum act keymap_find(enum context context, struct key key);
/* The name of the first key bound to an action there (parents included), or "". */
const char *keymap_key(enum context context, enum act action);

/* "Ctrl-R", "Shift-Tab", "PgDn", "F1", "j", "Space", "?". */
bool key_parse(struct key *out, const char *name);
void key_format(char *out, size_t n, struct key key);

/* What the footer offers in a context, most important first: a range of actions bound to consecutive keys, or a single one. */
struct hint {
    enum context context;
    enum act first, last; /* last == first: one */
};
const struct hint *keymap_hints(size_t *n);

#endif
