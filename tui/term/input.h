/* Bytes from the terminal, decoded into events: keys, pasted text, mouse, cursor reports. Pure: bytes go in, events come out, and time
 * is told, so that everything is tested without a terminal.
 *
 * Own UTF-8 decoder: one stray byte makes ncurses' get_wch swallow what follows; here a bad byte is dropped and nothing else. Own decoder of
 * escape sequences: it also reads the answers of the terminal, and pasted text never runs through the key table. Alt is not used anywhere, so
 * ESC followed by an ordinary key is two keys: whoever is fast is understood. */
#ifndef TUI_TERM_INPUT_H
#define TUI_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"

/* Keys that are not characters, above the code points. */
enum key_code {
    K_FIRST = 0x110000,
    K_ENTER = K_FIRST,
    K_TAB,
    K_ESC,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PGUP,
    K_PGDN,
    K_F1,
    K_F12 = K_F1 + 11,
    K_END_OF_KEYS
};
enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

struct key {
    int code;      /* a code point, or enum key_code */
    unsigned mods; /* never MOD_SHIFT with a character: that is another character */
};

enum event_kind {
    EV_NONE,
    EV_KEY,
    EV_PASTE,
    EV_MOUSE,
    EV_CURSOR, /* where the terminal says that its cursor is */
    EV_RESIZE,
    EV_TICK,
    EV_END /* the terminal is gone, or we are told to end */
};
enum mouse_button { MOUSE_NONE, MOUSE_LEFT, MOUSE_RIGHT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct event {
    enum event_kind kind;
    struct key key;
    char text[8];     /* EV_KEY of a character without Ctrl: its UTF-8, else "" */
    const char *paste; /* EV_PASTE: valid until the next call */
    size_t n_paste;
    int row, col; /* EV_MOUSE (from 0) and EV_CURSOR (from 1) */
    enum mouse_button button;
};

/* A lone Esc is a key, so it may not wait long; half a character is nothing, so it may (lines that deliver it in pieces). */
enum { INPUT_ESC_MS = 25, INPUT_CHAR_MS = 1000, INPUT_PASTE_MS = 1000, PASTE_MAX = 256 * 1024 };

struct input {
    struct buf bytes; /* not yet decoded */
    size_t at;
    struct buf paste;
    bool in_paste;
    struct {
        char bytes[12];
        struct key key;
    } own[64]; /* sequences that this terminal's description adds */
    int n_own;
};

void input_release(struct input *in);
/* A key's sequence from the terminal's description; too long or too many: ignored. */
void input_define(struct input *in, const char *bytes, struct key key);
void input_feed(struct input *in, const void *bytes, size_t n_bytes);
/* The next event, false when more bytes are needed. idle_ms: how long nothing has come in; ends what is incomplete. */
bool input_next(struct input *in, struct event *out, int idle_ms);
/* Is something incomplete waiting for more bytes? Then the caller should come back after this many ms; -1: no. */
int input_wait_ms(const struct input *in);

#endif
