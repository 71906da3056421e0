/* Questions and answers line by line, for screen readers, serial consoles and paper: what is put out stays where it is, no cursor is
 * moved, nothing is coloured. Shared by the commands that ask. */
#ifndef TUI_CMD_LINE_H
#define TUI_CMD_LINE_H

#include <stdbool.h>

struct buf;
struct cmd;

struct line_io {
    const struct cmd *cmd;
    bool ascii; /* the terminal shows nothing else: other characters become "?" */
    bool echo;  /* what is read is put out too: it does not come from a keyboard */
    int cols;   /* lines are at most this long; 0: TEXT_COLUMNS */
    bool ended; /* no more input */
    bool erases; /* the terminal has been told that characters are longer than bytes; line_end takes it back */
};

/* Finds out what can be shown; where that is only ASCII, the command speaks English from now on; who wanted Japanese is told why. */
void line_begin(struct line_io *io, struct cmd *cmd);
void line_end(struct line_io *io);
/* Does the terminal show ASCII only: --ascii, or a character set that is not UTF-8 and no --lang against it? */
bool line_ascii(const struct cmd *cmd);

/* A text as it stands. */
void line_raw(const struct line_io *io, const char *text);
/* A paragraph, wrapped. */
void line_put(const struct line_io *io, const char *text);
/* The same with a label before its first line; the others begin below the text. */
void line_hang(const struct line_io *io, const char *label, const char *text);

/* Puts the prompt and reads a line into answer (cleared first): cleaned, without blanks around it, figures and signs of Japanese
 * keyboards (full width) at its start as ASCII. false: the input has ended. */
bool line_ask(struct line_io *io, const char *prompt, struct buf *answer);
/* Full-width ASCII and the ideographic blank as ASCII, everywhere in the text. */
void line_narrow(struct buf *out, const char *s);

#endif
