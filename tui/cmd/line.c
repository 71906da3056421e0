/* See line.h. */
#include "tui/cmd/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/cmd/command.h"
#include "tui/term/charset.h"

enum { COLS_LEAST = 20 };

bool line_ascii(const struct cmd *cmd)
{
    const struct locale_found *l = &cmd->locale;
    if (cmd->value[OPT_ASCII] != NULL)
        return true;
    if (l->charset != NULL)
        return false;
    /* Who asks for Japanese has said that it can be shown. */
    return (l->ascii || l->name[0] != '\0') && !(cmd->value[OPT_LANG] != NULL && cmd->lang == LANG_JA);
}

/* Without IUTF8 the system's own line editing rubs out a byte of a kanji, not the kanji. Serial lines often come without. */
static bool set_erases(bool on)
{
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) != 0 || ((modes.c_iflag & IUTF8) != 0) == on)
        return false;
    modes.c_iflag = on ? modes.c_iflag | IUTF8 : modes.c_iflag & ~(tcflag_t)IUTF8;
    return tcsetattr(STDIN_FILENO, TCSANOW, &modes) == 0;
}

void line_end(struct line_io *io)
{
    if (io->erases)
        set_erases(false);
    io->erases = false;
}

/* A line of a narrow window (a braille display has 40 cells) is not to be broken by the terminal in the middle of a word. */
static int window_cols(void)
{
    struct winsize ws;
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0;
    return known && ws.ws_col > COLS_LEAST && ws.ws_col <= TEXT_COLUMNS ? ws.ws_col - 1 : TEXT_COLUMNS;
}

void line_begin(struct line_io *io, struct cmd *cmd)
{
    bool told = cmd->value[OPT_LANG] != NULL || cmd->lang != LANG_EN || locale_wish() == LANG_EN;
    *io = (struct line_io){.cmd = cmd, .ascii = line_ascii(cmd), .echo = isatty(STDIN_FILENO) == 0, .cols = window_cols()};
    io->erases = !io->ascii && cmd->locale.charset == NULL && set_erases(true);
    if (io->ascii) {
        cmd->lang = LANG_EN;
        cmd->cat = catalog_for(LANG_EN);
    }
    if (told)
        return;
    struct buf why = {0};
    buf_addf(&why, T(cmd->cat, "This terminal (%s) cannot show Japanese, so the questions come in English."),
             cmd->locale.kernel ? "TERM=linux" : cmd->locale.name);
    line_put(io, buf_str(&why));
    buf_release(&why);
}

void line_raw(const struct line_io *io, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n && io->ascii;) {
        size_t next = text_next(text, n, i);
        fputc((unsigned char)text[i] < 0x80 ? text[i] : '?', stdout);
        i = next;
    }
    if (!io->ascii)
        cmd_say(io->cmd, stdout, text, n);
}

void line_hang(const struct line_io *io, const char *label, const char *text)
{
    struct buf b = {0};
    int indent = text_width(label);
    put_wrapped(&b, text, indent, io->cols > 0 ? io->cols : TEXT_COLUMNS);
    line_raw(io, label);
    /* The indent of the first line is where the label stands. */
    line_raw(io, text[0] != '\0' ? buf_str(&b) + indent : "\n");
    buf_release(&b);
}

void line_put(const struct line_io *io, const char *text)
{
    line_hang(io, "", text);
}

void line_narrow(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        const unsigned char *u = (const unsigned char *)s;
        /* U+FF01..FF5E are 0x21..0x7E; U+3000 is a blank. */
        if (u[0] == 0xEF && (u[1] == 0xBC || u[1] == 0xBD) && u[2] >= 0x80) {
            int code = (u[1] - 0xBC) * 64 + (u[2] - 0x80) + 0x20;
            if (code > 0x20 && code < 0x7F) {
                buf_addc(out, (char)code);
                s += 2;
                continue;
            }
        }
        if (u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80) {
            buf_addc(out, ' ');
            s += 2;
            continue;
        }
        buf_addc(out, *s);
    }
}

/* What was read, cleaned; only its first word is made narrow: the rest is the person's own text. */
static void take(struct buf *answer, const char *s, size_t n)
{
    struct buf clean = {0}, word = {0};
    text_clean(&clean, s, n, TEXT_ONE_LINE);
    const char *p = buf_str(&clean);
    for (;;) {
        if (*p == ' ')
            p++;
        else if (strncmp(p, "\u3000", 3) == 0)
            p += 3;
        else
            break;
    }
    size_t first = strcspn(p, " ");
    buf_add(&word, p, first);
    line_narrow(answer, buf_str(&word));
    buf_adds(answer, p + first);
    while (answer->len > 0 && answer->p[answer->len - 1] == ' ')
        buf_cut(answer, answer->len - 1);
    buf_release(&word);
    buf_release(&clean);
}

bool line_ask(struct line_io *io, const char *prompt, struct buf *answer)
{
    char *line = NULL;
    size_t cap = 0;
    buf_clear(answer);
    line_raw(io, prompt);
    fflush(stdout);
    ssize_t n = io->ended ? -1 : getline(&line, &cap, stdin);
    if (n < 0) {
        io->ended = true;
    } else {
        struct buf typed = {0};
        charset_in(io->cmd->locale.charset, &typed, line, (size_t)n);
        take(answer, buf_str(&typed), typed.len);
        buf_release(&typed);
    }
    if (io->ended)
        line_raw(io, "\n");
    else if (io->echo) {
        line_raw(io, buf_str(answer));
        line_raw(io, "\n");
    }
    free(line);
    return !io->ended;
}
