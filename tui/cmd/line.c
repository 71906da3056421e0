/* See line.h. */
#include "tui/cmd/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/cmd/command.h"

/* Nothing set is the C locale; a locale without a character set is left to the terminal, which today means UTF-8. */
static bool environment_is_utf8(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; (locale == NULL || locale[0] == '\0') && i < sizeof NAMES / sizeof NAMES[0]; i++)
        locale = getenv(NAMES[i]);
    if (locale == NULL || locale[0] == '\0' || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return false;
    const char *dot = strchr(locale, '.');
    return dot == NULL || strncasecmp(dot, ".utf8", 5) == 0 || strncasecmp(dot, ".utf-8", 6) == 0;
}

bool line_ascii(const struct cmd *cmd)
{
    if (cmd->value[OPT_ASCII] != NULL)
        return true;
    /* Who asks for Japanese has said that it can be shown. */
    return !environment_is_utf8() && !(cmd->value[OPT_LANG] != NULL && cmd->lang == LANG_JA);
}

void line_begin(struct line_io *io, struct cmd *cmd)
{
    *io = (struct line_io){.ascii = line_ascii(cmd), .echo = isatty(STDIN_FILENO) == 0};
    if (io->ascii) {
        cmd->lang = LANG_EN;
        cmd->cat = catalog_for(LANG_EN);
    }
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
        fwrite(text, 1, n, stdout);
}

void line_hang(const struct line_io *io, const char *label, const char *text)
{
    struct buf b = {0};
    int indent = text_width(label);
    put_wrapped(&b, text, indent, TEXT_COLUMNS);
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
    if (n < 0)
        io->ended = true;
    else
        take(answer, line, (size_t)n);
    if (io->ended)
        line_raw(io, "\n");
    else if (io->echo) {
        line_raw(io, buf_str(answer));
        line_raw(io, "\n");
    }
    free(line);
    return !io->ended;
}
