/* What the commands share: the one table of commands and options, the parsed command line, output,
 * complaints.
 *
 * The table in commands.c is the only place that knows which commands there are; parsing, --help
 * and whatever else is generated (manual page, completion) read it. To add a command: a row there
 * and a function cmd_NAME in a file here. */
#ifndef TUI_CMD_COMMAND_H
#define TUI_CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/io/sandbox.h"
#include "core/model/assessment.h"
#include "core/out/table.h"
#include "i18n/catalog.h"
#include "tui/app/locale.h"

struct buf;
struct diag;
struct merging;
struct passphrase;
struct stream;

enum { STATUS_DONE = 0, STATUS_BAD = 1, STATUS_USAGE = 2, STATUS_TROUBLE = 3 };

/* Options are the same everywhere: one name, one meaning. Facts about them: commands.c. */
enum opt {
    OPT_LANG,
    OPT_FORMAT,
    OPT_OUT,
    OPT_BOM,
    OPT_FORCE,
    OPT_CHECKLIST,
    OPT_ASCII,
    OPT_READ_ONLY,
    OPT_COMPANY,
    OPT_SITE,
    OPT_SITE_ID,
    OPT_COUNTRY,
    OPT_INDUSTRY,
    OPT_IMPORTANCE,
    OPT_EMPLOYEES,
    OPT_EDITION,
    OPT_BASIS,
    OPT_NOTE,
    OPT_BUDGET,
    OPT_DAYS,
    OPT_STOPS,
    OPT_TARGET,
    OPT_DAY_RATE,
    OPT_ANONYMOUS,
    OPT_PREFER,
    OPT_ROWS,
    OPT_JOBS,
    OPT_OUTCOMES,
    OPT_MODEL,
    OPT_ROLLOUT,
    OPT_BENCHMARK,
    OPT_SINCE,
    OPT_BESIDE,
    OPT_AGAINST,
    OPT_CODE,
    OPT_CODE_ONLY,
    OPT_LIGHT,
    OPT_BLANK,
    OPT_SHEET_FORMAT,
    OPT_FLEET,
    OPT_INTO,
    OPT_MAN_FORMAT,
    OPT_TO,
    OPT_KEY,
    OPT_FROM,
    OPT_TRUST,
    OPT_SEEN,
    OPT_PASSPHRASE_FILE,
    OPT_REVEAL,
    OPT_LOCK_AFTER,
    OPT_HELP,
    OPT_VERSION,
    OPT_COUNT
};
#define OPT_BIT(o) (1ULL << (o))

struct opt_def {
    const char *name; /* "lang" for --lang */
    char letter;      /* 'o' for -o, or 0 */
    const char *arg;  /* what it takes, as shown: "ja|en"; NULL: nothing */
    const char *help; /* msgid */
};
extern const struct opt_def OPTIONS[OPT_COUNT];

struct cmd;

struct example {
    const char *line; /* what to type after "monshin" */
    const char *what; /* msgid */
};

enum { EXAMPLES_MAX = 5 };

struct command {
    const char *name;             /* "grade", "checklist show"; "" is the full-screen program */
    const char *operands;         /* as shown: "FILE ITEM=VALUE..." */
    const char *summary;          /* msgid, a phrase for the list of commands */
    const char *details;          /* msgid, paragraphs; NULL: the summary says it all */
    const char *bad;              /* msgid: when the exit status is 1; NULL: never */
    unsigned long long options;   /* OPT_BITs beside those that every command has */
    const struct column *columns; /* of its table; NULL: it puts out none */
    size_t n_columns;
    const char *sheet; /* msgid: name of the sheet with --format xlsx; NULL: it has no such format */
    bool page;         /* it has --format html */
    int min_operands, max_operands; /* max -1: any number */
    int (*run)(struct cmd *cmd);    /* NULL: help */
    struct example example[EXAMPLES_MAX];
};
extern const struct command COMMANDS[];
extern const size_t N_COMMANDS;

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_XML, FORMAT_XLSX, FORMAT_HTML };

enum { CHECKLISTS_MAX = 64, RECIPIENTS_MAX = 20 };

/* Checklists beside the built-in ones: files named with --checklist, folders named in
 * MONSHIN_CHECKLISTS. */
struct shelf {
    struct checklist *loaded[CHECKLISTS_MAX]; /* owned */
    char *path[CHECKLISTS_MAX];               /* owned, where each came from */
    size_t n;
    bool folders_read;
};

/* One run of a command. */
struct cmd {
    const struct command *command;
    const char *value[OPT_COUNT]; /* "" for options without argument; NULL: not given */
    const char *to[RECIPIENTS_MAX]; /* of --to, which may be given more than once */
    int n_to;
    const char **operand;         /* borrowed from argv */
    int n_operands;
    enum format format;
    enum lang lang;
    const struct catalog *cat;
    struct locale_found locale;
    bool confine;  /* a process of its own: it may give up rights for good (cmd_confine) */
    bool verbatim; /* what is put out is a document with its own character set: it stays UTF-8 */
    char **typed;  /* owned: arguments turned into UTF-8 */
    int n_typed;
    struct shelf shelf;
};

/* cmd.c: before strangers' files are read. Where the kernel has no sandbox it goes without; monshin doctor says so. */
void cmd_confine(const struct cmd *cmd, enum sandbox wanted);

/* cells.c: state, level, basis and note of an answer, a cell each. */
void cmd_add_answer(struct table *t, const struct answer *x);

/* parse.c: fills value and operands and finds the command. What is wrong is said in the language
 * that the arguments ask for. */
int cmd_parse(struct cmd *cmd, int argc, char **argv);
void cmd_parse_release(struct cmd *cmd);

/* help.c */
void help_program(struct buf *out, const struct catalog *cat);
void help_command(struct buf *out, const struct catalog *cat, const struct command *command);

/* say.c: one line on standard error, "monshin: SUBJECT: ...". Each gives back the status for the
 * exit. */
int cmd_fail(const struct cmd *cmd, int status, const char *subject, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
int cmd_fail_diag(const struct cmd *cmd, const char *subject, const struct diag *diag);
/* Puts text out as the terminal has it: UTF-8 or its own character set. false: not all of it could be written. */
bool cmd_say(const struct cmd *cmd, FILE *stream, const char *text, size_t n_bytes);
/* A name of a file as it may be shown, made in room: names too may come from strangers' sticks. */
const char *cmd_shown(struct buf *room, const char *name);
const char *cmd_ltext(const struct cmd *cmd, const struct ltext *text);
/* The whole number of an option into out, which stays as it is when the option is not given. */
int cmd_number(const struct cmd *cmd, long long *out, enum opt o, long long min, long long max);
#define YEN_MAX 999999999999LL /* the bound of the file format */
bool cmd_unreadable(
    const struct diag *diag); /* the file could not be read, as against: it is bad */
void cmd_now(char out[32]);   /* ISO 8601, local offset */

/* output.c: where the answer of a command goes: standard output or the file of -o. */
int cmd_put(const struct cmd *cmd, const struct buf *text);
/* To standard output, whatever -o says. */
int cmd_print(const struct cmd *cmd, const struct buf *text);
/* No output may name what is read, by whatever name, not even by force: an answer would replace the question, or a key. cmd_keep: one file
 * (NULL: none); cmd_keep_inputs: all that the command line names, before anything is done. */
int cmd_keep(const struct cmd *cmd, const char *input);
int cmd_keep_inputs(const struct cmd *cmd);
/* For commands that make a file: -o has to be there. name: how it is shown. */
int cmd_need_out(const struct cmd *cmd, const char *name);
/* A file made whole or not at all; one that exists is replaced only with --force. */
int cmd_write(const struct cmd *cmd, const char *path, const struct buf *bytes);
/* After writing: warns when what was read has a passphrase and path, which came of it, has none. */
void cmd_warn_open(const struct cmd *cmd, const char *path);
/* Why it was not written. */
int cmd_fail_out(const struct cmd *cmd, const char *path, enum err err, const struct diag *diag);
/* The table in the format asked for; root names the XML document. In text: with titles (msgids, one
 * for each column), aligned. */
void cmd_format_table(struct buf *out, const struct cmd *cmd, const struct table *t,
                      const char *root, const char *const *titles);
int cmd_put_table(const struct cmd *cmd, const struct table *t, const char *root,
                  const char *const *titles);
/* cells.c: a cell for people: the word of a program in their language, or the cell as it is. */
const char *cell_word(const struct cmd *cmd, const char *column, const char *cell);
void table_text(struct buf *out, const struct table *t, const struct catalog *cat,
                const char *const *titles);
/* Appends a paragraph, wrapped, each line indented. */
void put_wrapped(struct buf *out, const char *text, int indent, int n_cols);
/* Appends s with blanks before it, up to a width in columns. */
void put_right(struct buf *out, const char *s, int width);
enum { TEXT_COLUMNS = 79 };
/* Rows that are written while they are made, so that a long table needs little memory: CSV and XML.
 * In the other formats they are kept and put out at the end. Add to t, call rows_flow now and then.
 */
struct rows {
    const struct cmd *cmd;
    struct table t;
    struct stream *stream; /* NULL: kept */
    const char *root;
    const char *const *titles;
};
int rows_begin(struct rows *r, const struct cmd *cmd, const struct column *columns,
               size_t n_columns, const char *root, const char *const *titles);
bool rows_flow(struct rows *r); /* false: writing has failed; rows_end says so */
int rows_end(struct rows *r);
/* The line above the answers and the grades: which site, which round, how far. */
void cmd_put_site(struct buf *out, const struct cmd *cmd, const struct assessment *a);

/* shelf.c: finding checklists. */
const struct checklist *shelf_find(void *shelf, const char *id); /* a find_checklist_fn */
/* Loads a checklist by path; it can be found by its id from then on. */
enum err shelf_add(struct shelf *shelf, const char *path, const struct checklist **out,
                   struct diag *diag);
void shelf_read_folders(struct shelf *shelf);
void shelf_release(struct shelf *shelf);
/* The checklist that an argument names by id or path, or NULL after complaining (*status says how).
 */
const struct checklist *cmd_checklist(struct cmd *cmd, const char *name, int *status);
/* The edition that --edition names, else the checklist's default; -1 after complaining. */
int cmd_edition(const struct cmd *cmd, const struct checklist *ck);

/* Reads a file for looking only; takes no lock. NULL after complaining (exit status
 * STATUS_TROUBLE). */
struct assessment *cmd_read(struct cmd *cmd, const char *path);
/* The same, and its passphrase, which the caller wipes with secret_free; NULL where it has none. */
struct assessment *cmd_read_locked(struct cmd *cmd, const char *path, struct passphrase **pass);
/* The bytes as without a passphrase, for which it asks. A status that is not STATUS_DONE: complained. */
int cmd_read_bytes(const struct cmd *cmd, struct buf *out, const char *path, struct diag *diag);
/* Asks for the passphrase of a file; NULL: complained, *status says how. To be released with secret_free. */
struct passphrase *cmd_file_passphrase(const struct cmd *cmd, const char *path, int *status);
/* Opens with its lock, or read-only (store_open says which), asking for a passphrase where there is one. */
struct store;
struct store_open;
int cmd_store_open(struct cmd *cmd, const char *path, struct store **store, struct store_open *opened);
/* Opens a file for writing, with its lock. A status that is not STATUS_DONE: complained, nothing is
 * open. */
struct store;
int cmd_open(struct cmd *cmd, const char *path, struct store **store, struct assessment **a);

/* passphrase.c: from the file of --passphrase-file, else from the terminal, which does not show it; in out, which lives in secret_new.
 * prompt is in words; fresh: a new one, which is asked for twice and may not be too short. */
int cmd_passphrase(const struct cmd *cmd, struct passphrase *out, const char *prompt, bool fresh);

/* keygen.c: the secret key of --key, else the one of this person. NULL: complained, *status says how. To be released with secret_free. */
struct key_secret;
struct key_public;
struct key_secret *cmd_secret_key(const struct cmd *cmd, int *status);
/* A public key that an argument names. */
int cmd_public_key(const struct cmd *cmd, struct key_public *out, const char *name);
void keygen_put(struct buf *out, const struct cmd *cmd, const struct key_public *key);

/* seal.c: seals the payload, which is about a, for those of --to into -o, and says so. */
int cmd_seal_bytes(const struct cmd *cmd, const struct buf *payload, const struct assessment *a);

/* version.c: the libraries inside, a line each, "zlib 1.2.13"; and the whole answer to --version. */
void version_parts(struct buf *out);
int cmd_version(struct cmd *cmd);

/* The commands */
int cmd_screen(struct cmd *cmd);
int cmd_new(struct cmd *cmd);
int cmd_set(struct cmd *cmd);
int cmd_show(struct cmd *cmd);
int cmd_grade(struct cmd *cmd);
/* grade.c: what text shows from the grade on. */
void grade_put(struct buf *out, const struct cmd *cmd, const struct assessment *a);
int cmd_ask(struct cmd *cmd);
int cmd_man(struct cmd *cmd);        /* manual.c */
int cmd_completion(struct cmd *cmd);
int cmd_demo(struct cmd *cmd);
/* cmd.c: the screen that decides about a merge; APP_NO_TERMINAL when there is none. */
int cmd_open_merge(struct cmd *cmd, struct merging *m);
/* The Sites screen on the operands; key opens the sealed ones, trust says whose are taken (both may be NULL). APP_NO_TERMINAL: as above. */
struct trust;
int cmd_open_sites(struct cmd *cmd, const struct key_secret *key, const struct trust *trust);
/* The full screen on a file or, with n_sites, on the sites in files and folders; example: the folder of files that are not to be
 * taken seriously, or NULL. */
int cmd_open_screen(struct cmd *cmd, const char *path, const char *const *sites, size_t n_sites, const char *example);
int cmd_enter(struct cmd *cmd);
int cmd_sheet(struct cmd *cmd); /* monshin print */
int cmd_qr(struct cmd *cmd);
int cmd_import(struct cmd *cmd);
/* new.c: a field of the site from an option, if it is given. */
int cmd_field(const struct cmd *cmd, char **field, enum opt o);
int cmd_gaps(struct cmd *cmd);
/* gaps.c: the cells of GAPS_COLUMNS for one gap, into a row that has been started. */
struct gap;
void gaps_add_cells(struct table *t, const struct cmd *cmd, const struct assessment *a,
                    const struct gap *g, size_t rank, int low_grade);
int cmd_plan(struct cmd *cmd);
int cmd_report(struct cmd *cmd);
int cmd_compare(struct cmd *cmd);
int cmd_merge(struct cmd *cmd);
int cmd_export(struct cmd *cmd);
int cmd_keygen(struct cmd *cmd);
int cmd_lock(struct cmd *cmd);
int cmd_unlock(struct cmd *cmd); /* lock.c */
int cmd_key(struct cmd *cmd);
int cmd_seal(struct cmd *cmd);
int cmd_unseal(struct cmd *cmd); /* monshin open */
int cmd_check(struct cmd *cmd);
int cmd_rollup(struct cmd *cmd);
int cmd_doctor(struct cmd *cmd);
int cmd_checklist_list(struct cmd *cmd);
int cmd_checklist_show(struct cmd *cmd);
int cmd_checklist_check(struct cmd *cmd);

extern const struct column SHOW_COLUMNS[6], GRADE_COLUMNS[10], GAPS_COLUMNS[16], PLAN_COLUMNS[7],
    COMPARE_COLUMNS[12], MERGE_COLUMNS[11],
    CHECK_COLUMNS[10], LIST_COLUMNS[6], ITEM_COLUMNS[5], CHECKLIST_COLUMNS[6],
    ROLLUP_COLUMNS[15];

#endif
