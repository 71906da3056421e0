/* monshin man: the manual pages, as text or as source for man(1). What can be generated is: commands, options and examples from the table of commands,
 * keys from the keymap. The rest stands in tui/template. */
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/keymap.h"
#include "tui/cmd/fill.h"
#include "tui/cmd/typeset.h"

static const char BREAK[] = "\\:"; /* roff: a line may be broken here */

/* Text as roff wants it: nothing in it is a request or an escape, options keep their dashes. */
static void put_escaped(struct buf *out, const char *text, bool literal)
{
    struct buf plain = {0};
    if (text[0] == '.' || text[0] == '\'')
        buf_adds(&plain, "\\&");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\\')
            buf_adds(&plain, "\\e");
        else if (*p == '-' && (literal || p[1] == '-' || (p > text && p[-1] == '-')))
            buf_adds(&plain, "\\-");
        else
            buf_addc(&plain, *p);
    }
    if (literal)
        buf_adds(out, buf_str(&plain));
    else
        text_mark_breaks(out, buf_str(&plain), BREAK);
    buf_release(&plain);
}

static void put_text(struct buf *out, const char *text)
{
    put_escaped(out, text, false);
    buf_addc(out, '\n');
}

/* A line of the template's own: requests as they are, text with the places where it may be broken, but for the line of NAME, which whatis
 * reads. */
static void put_template_line(struct buf *out, const char *text)
{
    if (text[0] == '.' || strncmp(text, "monshin \\- ", 11) == 0)
        buf_adds(out, text);
    else
        text_mark_breaks(out, text, BREAK);
}

/* --format text|csv, the value in italics. */
static void put_option_name(struct buf *out, enum opt o)
{
    if (OPTIONS[o].letter != 0)
        buf_addf(out, "\\fB\\-%c\\fR, ", OPTIONS[o].letter);
    buf_adds(out, "\\fB\\-\\-");
    put_escaped(out, OPTIONS[o].name, true);
    buf_adds(out, "\\fR");
    if (OPTIONS[o].arg == NULL)
        return;
    buf_adds(out, " \\fI");
    put_escaped(out, OPTIONS[o].arg, true);
    buf_adds(out, "\\fR");
}

static void put_invocation(struct buf *out, const struct command *c)
{
    buf_adds(out, "\\fBmonshin");
    if (c->name[0] != '\0')
        buf_addf(out, " %s", c->name);
    buf_adds(out, "\\fR");
    if (c->operands[0] != '\0') {
        buf_adds(out, " \\fI");
        put_escaped(out, c->operands, true);
        buf_adds(out, "\\fR");
    }
}

static void put_synopsis(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        buf_adds(out, i > 0 ? ".br\n" : "");
        put_invocation(out, &COMMANDS[i]);
        buf_addf(out, " %s\n", T(cmd->cat, "[options]"));
    }
}

static void put_options_of(struct buf *out, const struct cmd *cmd, const struct command *c)
{
    struct buf list = {0};
    for (int o = 0; o < OPT_COUNT; o++)
        if ((c->options & OPT_BIT(o)) != 0) {
            buf_adds(&list, list.len > 0 ? ",\n" : "");
            put_option_name(&list, (enum opt)o);
        }
    if (list.len > 0)
        buf_addf(out, ".PP\n%s\n%s\n", T(cmd->cat, "Options:"), buf_str(&list));
    buf_release(&list);
}

static void put_command(struct buf *out, const struct cmd *cmd, const struct command *c)
{
    buf_adds(out, ".SS \"");
    put_escaped(out, c->name[0] != '\0' ? c->name : "monshin", true);
    buf_adds(out, "\"\n");
    put_invocation(out, c);
    buf_adds(out, "\n.PP\n");
    put_text(out, T(cmd->cat, c->summary));
    if (c->details != NULL) {
        buf_adds(out, ".PP\n");
        put_text(out, T(cmd->cat, c->details));
    }
    put_options_of(out, cmd, c);
    if (c->columns != NULL) {
        buf_addf(out, ".PP\n%s\n", T(cmd->cat, "Columns of csv and xml:"));
        for (size_t i = 0; i < c->n_columns; i++)
            buf_addf(out, "%s%s\n", c->columns[i].name, i + 1 < c->n_columns ? "," : "");
    }
    if (c->bad != NULL) {
        buf_adds(out, ".PP\n");
        buf_addf(out, T(cmd->cat, "Exit status 1: %s"), "");
        put_text(out, T(cmd->cat, c->bad));
    }
}

static void put_commands(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        put_command(out, cmd, &COMMANDS[i]);
}

/* With which commands an option goes, where these are not most of them. */
static void put_users(struct buf *out, const struct cmd *cmd, enum opt o)
{
    enum { MANY = 8 };
    struct buf users = {0};
    int n = 0;
    for (size_t i = 0; i < N_COMMANDS; i++)
        if ((COMMANDS[i].options & OPT_BIT(o)) != 0) {
            buf_addf(&users, "%s%s", n++ > 0 ? ", " : "", COMMANDS[i].name[0] != '\0' ? COMMANDS[i].name : "monshin");
        }
    if (n > 0 && n <= MANY) {
        buf_adds(out, ".br\n");
        struct buf line = {0};
        buf_addf(&line, T(cmd->cat, "With: %s"), buf_str(&users));
        put_text(out, buf_str(&line));
        buf_release(&line);
    }
    buf_release(&users);
}

static void put_options(struct buf *out, const struct cmd *cmd)
{
    for (int o = 0; o < OPT_COUNT; o++) {
        buf_adds(out, ".TP\n");
        put_option_name(out, (enum opt)o);
        buf_addc(out, '\n');
        put_text(out, T(cmd->cat, OPTIONS[o].help));
        put_users(out, cmd, (enum opt)o);
    }
}

static void put_examples(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        for (int e = 0; e < EXAMPLES_MAX && COMMANDS[i].example[e].line != NULL; e++) {
            buf_adds(out, ".TP\n\\fBmonshin ");
            put_escaped(out, COMMANDS[i].example[e].line, true);
            buf_adds(out, "\\fR\n");
            put_text(out, T(cmd->cat, COMMANDS[i].example[e].what));
        }
}

static bool bound_before(const struct binding *keys, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (keys[j].context == keys[i].context && keys[j].action == keys[i].action)
            return true;
    return false;
}

static void put_keys_of(struct buf *out, const struct cmd *cmd, enum context context)
{
    size_t n;
    const struct binding *keys = keymap(&n);
    for (size_t i = 0; i < n; i++) {
        if (keys[i].context != context || bound_before(keys, i))
            continue;
        buf_adds(out, ".TP 24\n\\fB");
        for (size_t j = i; j < n; j++)
            if (keys[j].context == context && keys[j].action == keys[i].action) {
                buf_adds(out, j > i ? "\\fR, \\fB" : "");
                put_escaped(out, keys[j].key, true);
            }
        buf_adds(out, "\\fR\n");
        put_text(out, T(cmd->cat, action_info(keys[i].action)->help));
    }
}

static void put_keys(struct buf *out, const struct cmd *cmd)
{
    for (int context = 0; context < CTX_COUNT; context++) {
        struct buf keys = {0};
        put_keys_of(&keys, cmd, (enum context)context);
        if (keys.len > 0)
            buf_addf(out, ".SS \"%s\"\n.PD 0\n%s.PD\n", T(cmd->cat, context_info((enum context)context)->title), buf_str(&keys));
        buf_release(&keys);
    }
}

int cmd_man(struct cmd *cmd)
{
    static const char *const PAGES[2][LANG_COUNT] = {
        {[LANG_EN] = template_man1_en, [LANG_JA] = template_man1_ja},
        {[LANG_EN] = template_man5_en, [LANG_JA] = template_man5_ja},
    };
    static const struct part PARTS[] = {
        {"@SYNOPSIS@", put_synopsis}, {"@COMMANDS@", put_commands}, {"@OPTIONS@", put_options},
        {"@EXAMPLES@", put_examples}, {"@KEYS@", put_keys},
    };
    const char *section = cmd->n_operands > 0 ? cmd->operand[0] : "1", *format = cmd->value[OPT_MAN_FORMAT];
    if (strcmp(section, "1") != 0 && strcmp(section, "5") != 0)
        return cmd_fail(cmd, STATUS_USAGE, section, "%s", T(cmd->cat, "there is no such page; say 1 or 5"));
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "man") != 0)
        return cmd_fail(cmd, STATUS_USAGE, format, "%s",
                        T(cmd->cat, "there is no such format here; see: monshin COMMAND --help"));
    const char *const *page = PAGES[section[0] == '5'];
    struct buf source = {0}, text = {0};
    fill(&source, cmd, page[cmd->lang] != NULL ? page[cmd->lang] : page[LANG_EN], PARTS, sizeof PARTS / sizeof PARTS[0],
         put_template_line);
    bool as_source = format != NULL && strcmp(format, "man") == 0;
    if (!as_source)
        typeset(&text, buf_str(&source), TEXT_COLUMNS);
    int status = cmd_put(cmd, as_source ? &source : &text);
    buf_release(&text);
    buf_release(&source);
    return status;
}
