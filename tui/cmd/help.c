/* Help, made from the table of commands. */
#include "tui/cmd/command.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

static const enum opt COMMON[] = {OPT_LANG, OPT_HELP, OPT_VERSION};

/* A row of two columns; the second is wrapped beside the first, or below it when that is too long.
 */
static void put_row(struct buf *out, const char *left, const char *right, int width)
{
    struct buf text = {0};
    put_wrapped(&text, right, width, TEXT_COLUMNS);
    int used = text_width(left) + 2;
    buf_addf(out, "  %s", left);
    if (used + 2 > width)
        buf_addc(out, '\n');
    else
        buf_addf(out, "%*s", width - used, "");
    /* The first line's indent is where the left column stands. */
    buf_adds(out, buf_str(&text) + (used + 2 > width ? 0 : width));
    buf_release(&text);
}

static void put_option(struct buf *out, const struct catalog *cat, enum opt o)
{
    struct buf left = {0};
    if (OPTIONS[o].letter != 0)
        buf_addf(&left, "-%c, ", OPTIONS[o].letter);
    buf_addf(&left, "--%s", OPTIONS[o].name);
    if (OPTIONS[o].arg != NULL)
        buf_addf(&left, " %s", OPTIONS[o].arg);
    put_row(out, buf_str(&left), T(cat, OPTIONS[o].help), 32);
    buf_release(&left);
}

static void put_usage(struct buf *out, const struct catalog *cat, const struct command *c)
{
    struct buf line = {0};
    buf_addf(&line, "monshin%s%s%s%s %s", c->name[0] != '\0' ? " " : "", c->name,
             c->operands[0] != '\0' ? " " : "", c->operands, T(cat, "[options]"));
    buf_addf(out, T(cat, "Usage: %s"), buf_str(&line));
    buf_addc(out, '\n');
    buf_release(&line);
}

static void put_columns(struct buf *out, const struct catalog *cat, const struct command *c)
{
    buf_addf(out, "\n%s\n  ", T(cat, "Columns of csv and xml:"));
    for (size_t i = 0; i < c->n_columns; i++)
        buf_addf(out, "%s%s", i > 0 ? "," : "", c->columns[i].name);
    buf_addc(out, '\n');
}

static void put_statuses(struct buf *out, const struct catalog *cat, const struct command *c)
{
    buf_addf(out, "\n%s\n", T(cat, "Exit status:"));
    put_row(out, "0", T(cat, "done"), 5);
    if (c->bad != NULL)
        put_row(out, "1", T(cat, c->bad), 5);
    put_row(out, "2", T(cat, "wrong use"), 5);
    put_row(out, "3", T(cat, "cannot read, write or lock"), 5);
}

static bool is_common(enum opt o)
{
    for (size_t i = 0; i < sizeof COMMON / sizeof COMMON[0]; i++)
        if (COMMON[i] == o)
            return true;
    return false;
}

void help_command(struct buf *out, const struct catalog *cat, const struct command *c)
{
    put_usage(out, cat, c);
    buf_addc(out, '\n');
    put_wrapped(out, T(cat, c->summary), 0, TEXT_COLUMNS);
    if (c->details != NULL) {
        buf_addc(out, '\n');
        put_wrapped(out, T(cat, c->details), 0, TEXT_COLUMNS);
    }
    if (c->columns != NULL)
        put_columns(out, cat, c);
    buf_addf(out, "\n%s\n", T(cat, "Options:"));
    for (int o = 0; o < OPT_COUNT; o++)
        if ((c->options & OPT_BIT(o)) || is_common((enum opt)o))
            put_option(out, cat, (enum opt)o);
    put_statuses(out, cat, c);
    if (c->example[0].line != NULL)
        buf_addf(out, "\n%s\n", T(cat, "Examples:"));
    for (int i = 0; i < EXAMPLES_MAX && c->example[i].line != NULL; i++) {
        buf_addf(out, "  monshin %s\n", c->example[i].line);
        put_wrapped(out, T(cat, c->example[i].what), 6, TEXT_COLUMNS);
    }
}

void help_program(struct buf *out, const struct catalog *cat)
{
    put_wrapped(out,
                T(cat, "monshin: the security interview of a factory: where it stands, and what to "
                       "do next. Works offline."),
                0, TEXT_COLUMNS);
    buf_addf(out, "\n%s\n", T(cat, "Commands:"));
    for (size_t i = 0; i < N_COMMANDS; i++) {
        struct buf left = {0};
        buf_adds(&left, COMMANDS[i].name);
        if (COMMANDS[i].operands[0] != '\0')
            buf_addf(&left, "%s%s", left.len > 0 ? " " : "", COMMANDS[i].operands);
        put_row(out, buf_str(&left), T(cat, COMMANDS[i].summary), 28);
        buf_release(&left);
    }
    buf_addf(out, "\n%s\n", T(cat, "Options:"));
    for (int o = 0; o < OPT_COUNT; o++)
        if ((COMMANDS[0].options & OPT_BIT(o)) || is_common((enum opt)o))
            put_option(out, cat, (enum opt)o);
    buf_addf(out, "\n%s\n", T(cat, "More about a command: monshin COMMAND --help"));
}
