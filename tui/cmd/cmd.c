/* See cmd.h. */
#include "tui/cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/xml.h"
#include "core/model/locked.h"
#include "core/seal/secret.h"
#include "tui/app/locale.h"
#include "tui/app/run.h"
#include "tui/app/veil.h"
#include "tui/cmd/command.h"
#include "tui/cmd/line.h"
#include "tui/term/term.h"

/* Where a full screen was to be expected: why it goes line by line. */
static void explain_lines(const struct cmd *cmd)
{
    struct term_type type;
    struct line_io io = {.cmd = cmd, .ascii = line_ascii(cmd)};
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return;
    term_describe(&type);
    if (type.undescribed)
        line_put(&io, T(cmd->cat, "This machine has no terminal descriptions (package ncurses-base), so it goes line by line."));
}

/* Files are replaced whole or not at all, so there is nothing to save: only to be said, and no more memory to be asked for: so in English where the
 * words would have to be converted. */
static void exhausted(void *cookie)
{
    const struct cmd *cmd = cookie;
    const struct catalog *cat = cmd->locale.charset == NULL ? cmd->cat : catalog_for(LANG_EN);
    fprintf(stderr, "monshin: %s\n", T(cat, "out of memory; the file is as it was last saved"));
    _exit(STATUS_TROUBLE);
}

/* Before the screen: what is asked on the terminal itself leaves nothing on it. */
static int ask_passphrase(const struct cmd *cmd, const char *path, struct passphrase **out)
{
    struct buf bytes = {0};
    int status = STATUS_DONE;
    if (locked_read(&bytes, NULL, path, NULL, NULL) == ERR_LOCKED_FILE)
        *out = cmd_file_passphrase(cmd, path, &status);
    buf_release(&bytes);
    return status;
}

/* What the command line says about the screen, whatever it is to show. */
static int screen_options(struct app_options *out, struct cmd *cmd)
{
    long long minutes = VEIL_MINUTES;
    int status = cmd_number(cmd, &minutes, OPT_LOCK_AFTER, 0, 24 * 60);
    const char *no_color = getenv("NO_COLOR");
    bool lang_given = cmd->value[OPT_LANG] != NULL;
    *out = (struct app_options){
        .lock_minutes = (long)minutes,
        .lang = lang_given ? cmd->lang : locale_lang(&cmd->locale, true),
        .lang_given = lang_given,
        .locale = &cmd->locale,
        .ascii = cmd->value[OPT_ASCII] != NULL,
        .no_color = no_color != NULL && no_color[0] != '\0',
        .read_only = cmd->value[OPT_READ_ONLY] != NULL,
        .against = cmd->value[OPT_AGAINST],
        .bench = cmd->value[OPT_BESIDE],
        .find = shelf_find,
        .find_cookie = &cmd->shelf,
    };
    return status;
}

void cmd_confine(const struct cmd *cmd, enum sandbox wanted)
{
    if (cmd->confine)
        sandbox_enter(wanted);
}

static int run_screen(struct cmd *cmd, const struct app_options *options)
{
    int status = app_run(options);
    mem_on_exhausted(exhausted, cmd);
    return status;
}

int cmd_open_merge(struct cmd *cmd, struct merging *m)
{
    struct app_options options;
    int status = screen_options(&options, cmd);
    options.merging = m;
    return status == STATUS_DONE ? run_screen(cmd, &options) : status;
}

int cmd_open_screen(struct cmd *cmd, const char *path, const char *const *sites, size_t n_sites, const char *example)
{
    struct app_options options;
    int status = screen_options(&options, cmd);
    if (status != STATUS_DONE)
        return status;
    options.path = path;
    options.sites = sites;
    options.n_sites = n_sites;
    options.example = example;
    struct passphrase *pass = NULL;
    status = path != NULL ? ask_passphrase(cmd, path, &pass) : STATUS_DONE;
    if (status != STATUS_DONE)
        return status;
    options.passphrase = pass;
    status = run_screen(cmd, &options);
    secret_free(pass);
    if (status != APP_NO_TERMINAL)
        return status;
    if (options.against != NULL) { /* the same as text */
        cmd->operand[cmd->n_operands++] = options.against;
        return cmd_compare(cmd);
    }
    if (path != NULL && !options.read_only && example == NULL) {
        explain_lines(cmd);
        return cmd_ask(cmd);
    }
    return cmd_fail(cmd, STATUS_TROUBLE, NULL,
                    T(cmd->cat, "the full screen needs a terminal with a movable cursor (TERM is \"%s\"); "
                                "line by line: monshin ask FILE; all commands: monshin --help"),
                    getenv("TERM") != NULL ? getenv("TERM") : "");
}

int cmd_open_sites(struct cmd *cmd, const struct key_secret *key, const struct trust *trust)
{
    struct app_options options;
    int status = screen_options(&options, cmd);
    options.sites = cmd->operand;
    options.n_sites = (size_t)cmd->n_operands;
    options.key = key;
    options.trust = trust;
    return status == STATUS_DONE ? run_screen(cmd, &options) : status;
}

int cmd_screen(struct cmd *cmd)
{
    if (cmd->value[OPT_AGAINST] != NULL && cmd->n_operands == 0)
        return cmd_fail(cmd, STATUS_USAGE, "--against", "%s", T(cmd->cat, "needs the file to compare with: monshin FILE --against OTHER"));
    return cmd_open_screen(cmd, cmd->n_operands > 0 ? cmd->operand[0] : NULL, NULL, 0, NULL);
}

/* The help of a command, of all commands that begin with a word, or of the program. */
static int put_help(struct cmd *cmd)
{
    struct buf out = {0};
    size_t n = cmd->n_operands > 0 ? strlen(cmd->operand[0]) : 0;
    if (cmd->command != &COMMANDS[0])
        help_command(&out, cmd->cat, cmd->command);
    for (size_t i = 1; out.len == 0 && n > 0 && i < N_COMMANDS; i++)
        if (strncmp(COMMANDS[i].name, cmd->operand[0], n) == 0 && COMMANDS[i].name[n] == ' ')
            for (; i < N_COMMANDS && strncmp(COMMANDS[i].name, cmd->operand[0], n) == 0; i++) {
                buf_adds(&out, out.len > 0 ? "\n" : "");
                help_command(&out, cmd->cat, &COMMANDS[i]);
            }
    if (out.len == 0)
        help_program(&out, cmd->cat);
    int status = cmd_put(cmd, &out);
    buf_release(&out);
    return status;
}

/* A checklist of one's own is loaded first, so that every command finds it. `new` looks at the
 * option itself. */
static int take_checklist(struct cmd *cmd)
{
    int status = STATUS_DONE;
    const char *name = cmd->value[OPT_CHECKLIST];
    if (name != NULL && cmd->command->run != cmd_new)
        cmd_checklist(cmd, name, &status);
    return status;
}

int cmd_main(int argc, char **argv)
{
    struct cmd cmd = {.confine = true};
    locale_init(&cmd.locale);
    cmd.lang = locale_lang(&cmd.locale, false);
    cmd.cat = catalog_for(cmd.lang);
    mem_on_exhausted(exhausted, &cmd);
    const char **operands = xcalloc((size_t)(argc > 0 ? argc : 1), sizeof *operands);
    cmd.operand = operands;
    xml_start();
    int status = cmd_parse(&cmd, argc, argv);
    if (status == STATUS_DONE && cmd.value[OPT_HELP] != NULL)
        status = put_help(&cmd);
    else if (status == STATUS_DONE && cmd.value[OPT_VERSION] != NULL)
        status = cmd_version(&cmd);
    else if (status == STATUS_DONE) {
        status = cmd_keep_inputs(&cmd);
        if (status == STATUS_DONE)
            status = take_checklist(&cmd);
        if (status == STATUS_DONE)
            status = cmd.command->run(&cmd);
    }
    shelf_release(&cmd.shelf);
    cmd_parse_release(&cmd);
    locale_release(&cmd.locale);
    xml_stop();
    free(operands);
    mem_on_exhausted(NULL, NULL);
    return status;
}
