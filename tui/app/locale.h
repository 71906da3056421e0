/* What the environment says about characters and language. */
#ifndef TUI_APP_LOCALE_H
#define TUI_APP_LOCALE_H

#include <stdbool.h>

#include "i18n/catalog.h"

struct charset;

struct locale_found {
    bool utf8;    /* the C library works in UTF-8; false: this system cannot, or (native) need not */
    bool ascii;   /* the environment promises no more than ASCII: C, POSIX, or nothing is set */
    bool kernel;  /* the kernel's console (TERM=linux): it has no kanji */
    bool native;  /* the C library works in the character set below, which has kanji, so the full screen does too */
    char name[32]; /* the character set that the environment names when it is not UTF-8, else "" */
    struct charset *charset; /* owned; converts to and from it; NULL: UTF-8, or nobody here knows it */
};

/* Calls setlocale. Where the environment names no character set, or one that is not installed, the C library is put into UTF-8. Numbers stay in
 * the C form. */
void locale_init(struct locale_found *out);
void locale_release(struct locale_found *l);

/* The language that the environment asks for; English when it says nothing. */
enum lang locale_wish(void);
/* The same, but English where Japanese cannot be shown line by line, or, with full_screen, on the whole screen. */
enum lang locale_lang(const struct locale_found *l, bool full_screen);

#endif
