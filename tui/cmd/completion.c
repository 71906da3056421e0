/* monshin completion: what a shell needs to complete our command line, made from the table of commands. The three scripts stand in
 * tui/template; here are the parts that come from the table. */
#include <ctype.h>
#include <string.h>

#include "core/base/buf.h"
#include "tui/cmd/fill.h"

/* What a word of the command line may be. Most can be told from how the table shows it. */
enum kind {
    KIND_NOTHING,    /* anything: TEXT, N */
    KIND_VALUES,     /* ja|en */
    KIND_FILE,       /* any file */
    KIND_FOLDER,
    KIND_ASSESSMENT, /* files with one of ENDINGS */
    KIND_XML,
    KIND_PUBLIC_KEY,
    KIND_SECRET_KEY,
    KIND_SEALED,
    KIND_CHECKLIST,  /* ids that the program knows, or NAME.xml */
    KIND_EDITION,
    KIND_ITEM,       /* 1-1=LEVEL, of the checklist of the file before it */
    KIND_COMMAND,
    KIND_COUNT
};
static const char *const KIND_WORDS[KIND_COUNT] = {
    [KIND_NOTHING] = "nothing",       [KIND_VALUES] = "values",         [KIND_FILE] = "file",     [KIND_FOLDER] = "folder",
    [KIND_ASSESSMENT] = "ending",     [KIND_XML] = "ending",            [KIND_PUBLIC_KEY] = "ending",
    [KIND_SECRET_KEY] = "ending",     [KIND_SEALED] = "ending",         [KIND_CHECKLIST] = "checklist",
    [KIND_EDITION] = "edition",       [KIND_ITEM] = "item",             [KIND_COMMAND] = "command",
};
static const char *const ENDINGS[KIND_COUNT] = {
    [KIND_ASSESSMENT] = ".xml.gz|.xml", [KIND_XML] = ".xml", [KIND_PUBLIC_KEY] = ".pub", [KIND_SECRET_KEY] = ".key", [KIND_SEALED] = ".age",
};

/* "text|csv" but not "ID|PATH": each is written as it is typed. */
static bool is_values(const char *shown)
{
    if (strchr(shown, '|') == NULL)
        return false;
    for (const char *p = shown; *p != '\0';) {
        size_t n = strcspn(p, "|");
        if (n > 1 && isupper((unsigned char)p[0]) && isupper((unsigned char)p[1]))
            return false;
        p += n + (p[n] == '|');
    }
    return true;
}

static bool in(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static enum kind option_kind(enum opt o)
{
    static const char *const nothing[] = {"TEXT", "N", "YEN", "CC", "CODE", "CODE|-", "ID", "SITE_ID", NULL};
    const char *arg = OPTIONS[o].arg;
    if (arg == NULL)
        return KIND_NOTHING;
    if (o == OPT_CHECKLIST)
        return KIND_CHECKLIST;
    if (o == OPT_EDITION)
        return KIND_EDITION;
    if (is_values(arg))
        return KIND_VALUES;
    if (strcmp(arg, "DIR") == 0)
        return KIND_FOLDER;
    if (strcmp(arg, "KEY") == 0 || strcmp(arg, "PUB") == 0)
        return KIND_PUBLIC_KEY;
    if (strcmp(arg, "SECRET") == 0)
        return KIND_SECRET_KEY;
    if (strcmp(arg, "OTHER") == 0)
        return KIND_ASSESSMENT;
    return in(arg, nothing) ? KIND_NOTHING : KIND_FILE;
}

/* The operands of a command are all of one kind, but for those of set. */
static enum kind operand_kind(const struct command *c)
{
    static const char *const assessment[] = {"FILE", "FILE...", "A", NULL};
    char first[32];
    const char *shown = c->operands;
    size_t n = strcspn(shown, " ");
    if (shown[0] == '[')
        n = strcspn(++shown, "]");
    if (n == 0)
        return KIND_NOTHING;
    n = n < sizeof first ? n : sizeof first - 1;
    memcpy(first, shown, n);
    first[n] = '\0';
    if (strcmp(c->name, "checklist check") == 0)
        return KIND_XML;
    if (strcmp(c->name, "checklist show") == 0)
        return KIND_CHECKLIST;
    if (strstr(c->operands, "ITEM=VALUE") != NULL)
        return KIND_ITEM;
    if (strcmp(first, "COMMAND") == 0)
        return KIND_COMMAND;
    if (strcmp(first, "SEALED") == 0)
        return KIND_SEALED;
    if (is_values(first))
        return KIND_VALUES;
    return in(first, assessment) ? KIND_ASSESSMENT : KIND_FILE;
}

/* xlsx only where the command has a sheet, html where it has a page. */
static bool is_value_of(const char *value, size_t n, const struct command *c)
{
    if (n == 4 && strncmp(value, "xlsx", 4) == 0)
        return c->sheet != NULL;
    return !(n == 4 && strncmp(value, "html", 4) == 0) || c->page;
}

/* The values with blanks between them. */
static void add_values(struct buf *out, const char *shown, const struct command *c)
{
    bool any = false;
    shown += shown[0] == '[';
    for (const char *p = shown; *p != '\0' && *p != ']';) {
        size_t n = strcspn(p, "|]");
        if (is_value_of(p, n, c)) {
            buf_adds(out, any ? " " : "");
            buf_add(out, p, n);
            any = true;
        }
        p += n + (p[n] == '|');
    }
}

static bool goes_with(const struct command *c, enum opt o)
{
    return o == OPT_LANG || o == OPT_HELP || o == OPT_VERSION || (c->options & OPT_BIT(o)) != 0;
}

/* In single quotes, for all three shells. */
static void add_quoted(struct buf *out, const char *text, const char *also)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'')
            buf_adds(out, "'\\''");
        else if (strchr(also, *p) != NULL)
            buf_addf(out, "\\%c", *p);
        else
            buf_addc(out, *p);
    }
}

/* The first words of all commands, and " checklist:show" for each command of two, as variables in the shell's syntax. */
static void add_words(struct buf *out, const char *first, const char *pairs, const char *end)
{
    buf_adds(out, first);
    for (size_t i = 1; i < N_COMMANDS; i++) {
        size_t n = strcspn(COMMANDS[i].name, " ");
        if (strncmp(COMMANDS[i - 1].name, COMMANDS[i].name, n) == 0 && COMMANDS[i - 1].name[n] == ' ')
            continue;
        buf_adds(out, i > 1 ? " " : "");
        buf_add(out, COMMANDS[i].name, n);
    }
    buf_adds(out, pairs);
    for (size_t i = 1; i < N_COMMANDS; i++) {
        size_t n = strcspn(COMMANDS[i].name, " ");
        if (COMMANDS[i].name[n] == ' ')
            buf_addf(out, " %.*s:%s", (int)n, COMMANDS[i].name, COMMANDS[i].name + n + 1);
    }
    buf_adds(out, end);
}

/* bash: of each command the kind of its operands and its options; of each option of a command the kind of its value. */

static void bash_words(struct buf *out, const struct cmd *cmd)
{
    (void)cmd;
    add_words(out, "    local first='", "'\n    local pairs='", "'\n");
}

static void fish_words(struct buf *out, const struct cmd *cmd)
{
    (void)cmd;
    add_words(out, "    set -g __monshin_first ", "\n    set -g __monshin_pairs", "\n");
}

static void bash_options(struct buf *out, const struct command *c)
{
    for (int o = 0; o < OPT_COUNT; o++)
        if (goes_with(c, (enum opt)o)) {
            buf_addf(out, " --%s", OPTIONS[o].name);
            if (OPTIONS[o].letter != 0)
                buf_addf(out, " -%c", OPTIONS[o].letter);
        }
}

static void bash_commands(struct buf *out, const struct cmd *cmd)
{
    (void)cmd;
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const struct command *c = &COMMANDS[i];
        enum kind kind = operand_kind(c);
        buf_addf(out, "    '%s')\n        kind=%s values='", c->name, KIND_WORDS[kind]);
        if (kind == KIND_VALUES || ENDINGS[kind] != NULL)
            add_values(out, ENDINGS[kind] != NULL ? ENDINGS[kind] : c->operands, c);
        buf_adds(out, "'\n        options='");
        bash_options(out, c);
        buf_adds(out, "' ;;\n");
    }
}

static void bash_values(struct buf *out, const struct cmd *cmd)
{
    (void)cmd;
    for (size_t i = 0; i < N_COMMANDS; i++)
        for (int o = 0; o < OPT_COUNT; o++) {
            if (!goes_with(&COMMANDS[i], (enum opt)o) || OPTIONS[o].arg == NULL)
                continue;
            buf_addf(out, "    '%s --%s'", COMMANDS[i].name, OPTIONS[o].name);
            if (OPTIONS[o].letter != 0)
                buf_addf(out, " | '%s -%c'", COMMANDS[i].name, OPTIONS[o].letter);
            enum kind kind = option_kind((enum opt)o);
            buf_addf(out, ") kind=%s values='", KIND_WORDS[kind]);
            if (kind == KIND_VALUES || ENDINGS[kind] != NULL)
                add_values(out, ENDINGS[kind] != NULL ? ENDINGS[kind] : OPTIONS[o].arg, &COMMANDS[i]);
            buf_adds(out, "' ;;\n");
        }
}

/* zsh: the argument specifications of _arguments. */

static void zsh_kind(struct buf *out, enum kind kind, const char *shown, const struct command *c)
{
    switch (kind) {
    case KIND_NOTHING:
        buf_adds(out, " ");
        break;
    case KIND_VALUES:
        buf_addc(out, '(');
        add_values(out, shown, c);
        buf_addc(out, ')');
        break;
    case KIND_FILE:
        buf_adds(out, "_files");
        break;
    case KIND_FOLDER:
        buf_adds(out, "_files -/");
        break;
    case KIND_ASSESSMENT:
    case KIND_XML:
    case KIND_PUBLIC_KEY:
    case KIND_SECRET_KEY:
    case KIND_SEALED:
        buf_addf(out, "_files -g \"*(%s)\"", ENDINGS[kind]);
        break;
    case KIND_CHECKLIST:
    case KIND_EDITION:
    case KIND_ITEM:
    case KIND_COMMAND:
    case KIND_COUNT:
        buf_addf(out, "_monshin_%ss", KIND_WORDS[kind]);
        break;
    }
}

static void zsh_option(struct buf *out, const struct cmd *cmd, const struct command *c, enum opt o)
{
    static const char special[] = "[]:";
    const struct opt_def *def = &OPTIONS[o];
    const char *help = T(cmd->cat, def->help);
    buf_adds(out, "            ");
    if (def->letter != 0)
        buf_addf(out, "'(-%c --%s)'{-%c,--%s}'", def->letter, def->name, def->letter, def->name);
    else
        buf_addf(out, "'--%s%s", def->name, def->arg != NULL ? "=" : "");
    buf_addc(out, '[');
    add_quoted(out, help, special);
    buf_addc(out, ']');
    if (def->arg != NULL) {
        buf_addc(out, ':');
        add_quoted(out, def->arg, special);
        buf_addc(out, ':');
        zsh_kind(out, option_kind(o), def->arg, c);
    }
    buf_adds(out, "' \\\n");
}

static void zsh_names(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 1; i < N_COMMANDS; i++) {
        buf_adds(out, "        '");
        add_quoted(out, COMMANDS[i].name, ":");
        buf_addc(out, ':');
        add_quoted(out, T(cmd->cat, COMMANDS[i].summary), "");
        buf_adds(out, "'\n");
    }
}

static void zsh_commands(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const struct command *c = &COMMANDS[i];
        enum kind kind = operand_kind(c);
        buf_addf(out, "    '%s')\n        _arguments -S \\\n", c->name);
        for (int o = 0; o < OPT_COUNT; o++)
            if (goes_with(c, (enum opt)o))
                zsh_option(out, cmd, c, (enum opt)o);
        if (i == 0)
            buf_adds(out, "            '1: :_monshin_start' ;;\n");
        else if (kind == KIND_ITEM)
            buf_adds(out, "            '1:FILE:_files -g \"*.xml(|.gz)\"' '*:ITEM=VALUE:_monshin_items' ;;\n");
        else if (kind == KIND_NOTHING)
            buf_adds(out, "            && return ;;\n");
        else {
            buf_addf(out, "            '%s:", c->max_operands == 1 ? "1" : "*");
            add_quoted(out, c->operands, "[]:");
            buf_addc(out, ':');
            zsh_kind(out, kind, c->operands, c);
            buf_adds(out, "' ;;\n");
        }
    }
}

/* fish: a line for each command, option and operand. */

static void fish_kind(struct buf *out, enum kind kind, const char *shown, const struct command *c)
{
    switch (kind) {
    case KIND_NOTHING:
        buf_adds(out, " -x");
        break;
    case KIND_VALUES:
        buf_adds(out, " -x -a '");
        add_values(out, shown, c);
        buf_addc(out, '\'');
        break;
    case KIND_FILE:
        buf_adds(out, " -r -F");
        break;
    case KIND_ASSESSMENT:
    case KIND_XML:
    case KIND_PUBLIC_KEY:
    case KIND_SECRET_KEY:
    case KIND_SEALED:
        buf_adds(out, " -x -a '(__monshin_ending ");
        add_values(out, ENDINGS[kind], c);
        buf_adds(out, ")'");
        break;
    case KIND_FOLDER:
    case KIND_CHECKLIST:
    case KIND_EDITION:
    case KIND_ITEM:
    case KIND_COMMAND:
    case KIND_COUNT:
        buf_addf(out, " -x -a '(__monshin_%s%s)'", kind == KIND_COMMAND ? "a_" : "", KIND_WORDS[kind]);
        break;
    }
}

static void fish_option(struct buf *out, const struct cmd *cmd, const struct command *c, enum opt o)
{
    buf_addf(out, "complete -c monshin -n \"__monshin_is '%s'\" -l %s", c->name, OPTIONS[o].name);
    if (OPTIONS[o].letter != 0)
        buf_addf(out, " -s %c", OPTIONS[o].letter);
    if (OPTIONS[o].arg != NULL)
        fish_kind(out, option_kind(o), OPTIONS[o].arg, c);
    buf_adds(out, " -d '");
    add_quoted(out, T(cmd->cat, OPTIONS[o].help), "");
    buf_adds(out, "'\n");
}

/* The first word of a command after nothing, the second after the first. */
static void fish_name(struct buf *out, const struct cmd *cmd, const struct command *c)
{
    const char *second = strchr(c->name, ' ');
    int n = second != NULL ? (int)(second - c->name) : 0;
    if (n > 0 && strncmp(c[-1].name, c->name, (size_t)n + 1) != 0)
        buf_addf(out, "complete -c monshin -n \"__monshin_is ''\" -a '%.*s'\n", n, c->name);
    buf_addf(out, "complete -c monshin -n \"__monshin_is '%.*s'\" -a '%s' -d '", n, c->name, second != NULL ? second + 1 : c->name);
    add_quoted(out, T(cmd->cat, c->summary), "");
    buf_adds(out, "'\n");
}

static void fish_commands(struct buf *out, const struct cmd *cmd)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const struct command *c = &COMMANDS[i];
        enum kind kind = operand_kind(c);
        if (i > 0)
            fish_name(out, cmd, c);
        for (int o = 0; o < OPT_COUNT; o++)
            if (goes_with(c, (enum opt)o))
                fish_option(out, cmd, c, (enum opt)o);
        if (kind == KIND_NOTHING)
            continue;
        buf_addf(out, "complete -c monshin -n \"__monshin_is '%s'\"", c->name);
        fish_kind(out, kind, c->operands, c);
        buf_addc(out, '\n');
    }
}

int cmd_completion(struct cmd *cmd)
{
    static const struct part PARTS[] = {
        {"@BASH_WORDS@", bash_words},       {"@BASH_COMMANDS@", bash_commands}, {"@BASH_VALUES@", bash_values},
        {"@ZSH_NAMES@", zsh_names},         {"@ZSH_COMMANDS@", zsh_commands},   {"@FISH_COMMANDS@", fish_commands},
        {"@FISH_WORDS@", fish_words},
    };
    static const struct {
        const char *shell, *template;
    } SHELLS[] = {{"bash", template_bash}, {"zsh", template_zsh}, {"fish", template_fish}};
    const char *template = NULL;
    for (size_t i = 0; i < sizeof SHELLS / sizeof SHELLS[0]; i++)
        if (strcmp(cmd->operand[0], SHELLS[i].shell) == 0)
            template = SHELLS[i].template;
    if (template == NULL)
        return cmd_fail(cmd, STATUS_USAGE, cmd->operand[0], "%s", T(cmd->cat, "there is no completion for this shell; say bash, zsh or fish"));
    struct buf out = {0};
    fill(&out, cmd, template, PARTS, sizeof PARTS / sizeof PARTS[0], NULL);
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}
