/* The arguments: options anywhere, each known to the table; the first operands name the command. */
#include "tui/cmd/command.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "tui/term/charset.h"

#define COMMON_OPTIONS                                                                             \
    (OPT_BIT(OPT_LANG) | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_HELP) | OPT_BIT(OPT_VERSION))

/* Before anything can be complained about: in which language. What is wrong with it is said later.
 */
static void look_for_language(struct cmd *cmd, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *code = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            code = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            code = argv[i + 1];
        if (code != NULL)
            lang_parse(&cmd->lang, code);
    }
    cmd->cat = catalog_for(cmd->lang);
}

/* The options of the command that the arguments name, wherever it stands among them; else those of the screen. */
static unsigned long long likely_options(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        for (size_t c = 1; c < N_COMMANDS; c++)
            if (strcmp(COMMANDS[c].name, argv[i]) == 0)
                return COMMANDS[c].options;
    return COMMANDS[0].options;
}

/* Where two options have one name (--code with and without a value), the command says which is meant. */
static int find_option(const char *name, size_t n, unsigned long long likely)
{
    int found = -1;
    for (int o = 0; o < OPT_COUNT; o++)
        if (strlen(OPTIONS[o].name) == n && strncmp(OPTIONS[o].name, name, n) == 0 &&
            (found < 0 || (likely & OPT_BIT(o)) != 0))
            found = o;
    return found;
}

static int find_letter(char letter)
{
    for (int o = 0; o < OPT_COUNT; o++)
        if (OPTIONS[o].letter == letter)
            return o;
    return -1;
}

/* Takes the option at argv[*i], with its value from the same or the next argument. */
static int take_option(struct cmd *cmd, int argc, char **argv, int *i)
{
    const char *arg = argv[*i], *value = NULL;
    int o;
    if (arg[1] == '-') {
        size_t n = strcspn(arg + 2, "=");
        o = find_option(arg + 2, n, likely_options(argc, argv));
        value = arg[2 + n] == '=' ? arg + 3 + n : NULL;
    } else {
        o = find_letter(arg[1]);
        value = arg[2] != '\0' ? arg + 2 : NULL;
    }
    if (o < 0 || (OPTIONS[o].arg == NULL && value != NULL))
        return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                        T(cmd->cat, "there is no such option; see: monshin --help"));
    if (OPTIONS[o].arg != NULL && value == NULL) {
        if (*i + 1 >= argc)
            return cmd_fail(cmd, STATUS_USAGE, arg, T(cmd->cat, "needs a value: %s"),
                            OPTIONS[o].arg);
        value = argv[++*i];
    }
    if (o == OPT_TO && cmd->n_to < RECIPIENTS_MAX)
        cmd->to[cmd->n_to++] = value;
    else if (o == OPT_TO)
        return cmd_fail(cmd, STATUS_USAGE, arg, T(cmd->cat, "is given too often; at most %d times"),
                        RECIPIENTS_MAX);
    else if (cmd->value[o] != NULL)
        return cmd_fail(cmd, STATUS_USAGE, arg, "%s",
                        T(cmd->cat, "is given twice; once is enough"));
    cmd->value[o] = value != NULL ? value : "";
    return STATUS_DONE;
}

static int take_arguments(struct cmd *cmd, int argc, char **argv)
{
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] != '\0') {
            int status = take_option(cmd, argc, argv, &i);
            if (status != STATUS_DONE)
                return status;
        } else {
            cmd->operand[cmd->n_operands++] = argv[i];
        }
    }
    return STATUS_DONE;
}

/* How many operands the name of the command takes, if they are this command. */
static int names(const struct command *c, const struct cmd *cmd)
{
    size_t first = strcspn(c->name, " ");
    if (cmd->n_operands < 1 || strlen(cmd->operand[0]) != first ||
        strncmp(c->name, cmd->operand[0], first) != 0)
        return 0;
    if (c->name[first] == '\0')
        return 1;
    return cmd->n_operands > 1 && strcmp(c->name + first + 1, cmd->operand[1]) == 0 ? 2 : 0;
}

static void find_command(struct cmd *cmd)
{
    cmd->command = &COMMANDS[0]; /* the screen */
    for (size_t i = 1; i < N_COMMANDS; i++) {
        int n = names(&COMMANDS[i], cmd);
        if (n > 0) {
            cmd->command = &COMMANDS[i];
            cmd->operand += n;
            cmd->n_operands -= n;
            return;
        }
    }
}

/* "checklist" without what to do with it: the commands that begin with this word, in out. */
static bool is_group(const struct cmd *cmd, struct buf *out)
{
    if (cmd->command != &COMMANDS[0] || cmd->n_operands == 0)
        return false;
    size_t n = strlen(cmd->operand[0]);
    for (size_t i = 1; n > 0 && i < N_COMMANDS; i++)
        if (strncmp(COMMANDS[i].name, cmd->operand[0], n) == 0 && COMMANDS[i].name[n] == ' ')
            buf_addf(out, "%s%s", out->len > 0 ? "|" : "", COMMANDS[i].name + n + 1);
    return out->len > 0;
}

static int check_options(struct cmd *cmd)
{
    unsigned long long allowed = cmd->command->options | COMMON_OPTIONS;
    for (int o = 0; o < OPT_COUNT; o++)
        if (cmd->value[o] != NULL && !(allowed & OPT_BIT(o))) {
            struct buf name = {0};
            buf_addf(&name, "--%s", OPTIONS[o].name);
            cmd_fail(cmd, STATUS_USAGE, buf_str(&name),
                     T(cmd->cat, "does not go with this command; see: monshin %s --help"),
                     cmd->command->name);
            buf_release(&name);
            return STATUS_USAGE;
        }
    return STATUS_DONE;
}

static int check_values(struct cmd *cmd)
{
    static const char *const formats[] = {
        [FORMAT_TEXT] = "text", [FORMAT_CSV] = "csv", [FORMAT_XML] = "xml", [FORMAT_XLSX] = "xlsx", [FORMAT_HTML] = "html"};
    const char *format = cmd->value[OPT_FORMAT], *code = cmd->value[OPT_LANG];
    enum lang lang;
    bool known = format == NULL;
    for (int f = 0; f < 5 && format != NULL; f++)
        if (strcmp(format, formats[f]) == 0) {
            cmd->format = (enum format)f;
            known = true;
        }
    if (known && cmd->format == FORMAT_XLSX && cmd->command->sheet == NULL)
        known = false;
    if (known && cmd->format == FORMAT_HTML && !cmd->command->page)
        known = false;
    if (!known)
        return cmd_fail(cmd, STATUS_USAGE, format, "%s",
                        T(cmd->cat, "there is no such format here; see: monshin COMMAND --help"));
    if (code != NULL && !lang_parse(&lang, code))
        return cmd_fail(cmd, STATUS_USAGE, code, "%s",
                        T(cmd->cat, "is not a language of this program; use ja or en"));
    return STATUS_DONE;
}

static int check_operands(struct cmd *cmd)
{
    const struct command *c = cmd->command;
    const char *subject = c->name[0] != '\0' ? c->name : NULL;
    if (cmd->n_operands < c->min_operands)
        return cmd_fail(cmd, STATUS_USAGE, subject, T(cmd->cat, "needs %s; see: monshin %s --help"),
                        c->operands, c->name);
    if (c->max_operands < 0 || cmd->n_operands <= c->max_operands)
        return STATUS_DONE;
    if (c == &COMMANDS[0])
        return cmd_fail(cmd, STATUS_USAGE, cmd->operand[0], "%s",
                        T(cmd->cat, "there is no such command; see: monshin --help"));
    return cmd_fail(cmd, STATUS_USAGE, cmd->operand[c->max_operands],
                    T(cmd->cat, "is one argument too many; see: monshin %s --help"), c->name);
}

/* What was typed as an argument, as UTF-8. */
static const char *typed(struct cmd *cmd, const char *arg)
{
    struct buf b = {0};
    charset_in(cmd->locale.charset, &b, arg, strlen(arg));
    cmd->typed[cmd->n_typed] = buf_take(&b);
    return cmd->typed[cmd->n_typed++];
}

/* A terminal that is not UTF-8 has typed the arguments in its own character set. Names of files stay as they are: to the system they are bytes. */
static void take_typed(struct cmd *cmd)
{
    static const enum opt TEXTS[] = {OPT_COMPANY, OPT_SITE, OPT_SITE_ID, OPT_INDUSTRY, OPT_NOTE};
    if (cmd->locale.charset == NULL)
        return;
    cmd->typed = xcalloc((size_t)cmd->n_operands + OPT_COUNT, sizeof *cmd->typed);
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        if (cmd->value[TEXTS[i]] != NULL)
            cmd->value[TEXTS[i]] = typed(cmd, cmd->value[TEXTS[i]]);
    for (int i = 1; i < cmd->n_operands && cmd->command->run == cmd_set; i++)
        cmd->operand[i] = typed(cmd, cmd->operand[i]);
}

void cmd_parse_release(struct cmd *cmd)
{
    for (int i = 0; i < cmd->n_typed; i++)
        free(cmd->typed[i]);
    free(cmd->typed);
    cmd->typed = NULL;
    cmd->n_typed = 0;
}

/* A character set without kanji cannot be meant by who asks for Japanese: then the terminal is taken for UTF-8. */
static void doubt_charset(struct cmd *cmd)
{
    if (cmd->lang != LANG_JA || cmd->locale.charset == NULL || charset_has_kanji(cmd->locale.charset))
        return;
    charset_free(cmd->locale.charset);
    cmd->locale.charset = NULL;
    cmd->locale.name[0] = '\0';
}

int cmd_parse(struct cmd *cmd, int argc, char **argv)
{
    look_for_language(cmd, argc, argv);
    doubt_charset(cmd);
    int status = take_arguments(cmd, argc, argv);
    if (status != STATUS_DONE)
        return status;
    find_command(cmd);
    if (cmd->command->run == NULL) { /* help: of what the next operands name */
        cmd->value[OPT_HELP] = "";
        find_command(cmd);
    }
    status = check_values(cmd);
    if (status != STATUS_DONE || cmd->value[OPT_HELP] != NULL || cmd->value[OPT_VERSION] != NULL)
        return status;
    struct buf words = {0};
    if (is_group(cmd, &words)) {
        status = cmd_fail(cmd, STATUS_USAGE, cmd->operand[0], T(cmd->cat, "say what to do: %s"),
                          buf_str(&words));
        buf_release(&words);
        return status;
    }
    take_typed(cmd);
    status = check_options(cmd);
    return status != STATUS_DONE ? status : check_operands(cmd);
}
