/* monshin doctor: one page of 80 x 24 on what this machine can do, to be read out by telephone. Looks only; of
 * the answers in any file there is nothing in it. Every line says what it means for the reader, not
 * only what was found. */
#include <errno.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/sandbox.h"
#include "tui/app/app.h"
#include "tui/app/recent.h"
#include "tui/cmd/command.h"
#include "tui/term/charset.h"
#include "tui/term/probe.h"
#include "tui/term/term.h"

enum { LABEL_COLUMNS = 20, INDENT = LABEL_COLUMNS + 2, A_DAY = 24 * 60 * 60 };

struct page {
    struct buf out;
    const struct cmd *cmd;
    const struct catalog *cat;
};

/* A line: label and what was found, wrapped beside it. What was found may come from the
 * environment: it is made harmless. */
static void row(struct page *p, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void row(struct page *p, const char *label, const char *fmt, ...)
{
    char raw[4096];
    struct buf clean = {0}, lines = {0};
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(raw, sizeof raw, fmt, ap);
    va_end(ap);
    text_clean(&clean, raw, strlen(raw), TEXT_ONE_LINE);
    put_wrapped(&lines, buf_str(&clean), INDENT, TEXT_COLUMNS);
    text_fit(&p->out, label, LABEL_COLUMNS, true);
    /* The first line's indent is where the label stands. */
    buf_adds(&p->out, "  ");
    buf_adds(&p->out, lines.len > INDENT ? buf_str(&lines) + INDENT : "\n");
    buf_release(&lines);
    buf_release(&clean);
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

/* Terminal */

static void put_type(struct page *p, const struct term_type *type)
{
    const char *wanted = environment("TERM"), *label = T(p->cat, "Terminal (TERM)");
    if (type->undescribed)
        row(p, label, T(p->cat, "\"%s\": this machine has no terminal descriptions (ncurses-base); line by line only"), wanted);
    else if (type->name == NULL)
        row(p, label, T(p->cat, "\"%s\": the full screen does not work here; the commands do"),
            wanted);
    else if (type->known)
        row(p, label, "%s", wanted);
    else if (wanted[0] == '\0')
        row(p, label, T(p->cat, "not set; %s is taken instead"), type->name);
    else
        row(p, label, T(p->cat, "\"%s\" is not known here; %s is taken instead"), wanted,
            type->name);
}

static void put_window(struct page *p)
{
    struct winsize ws;
    const char *label = T(p->cat, "Window");
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0)
        row(p, label, "%s", T(p->cat, "none: this goes to a file or another program"));
    else if (ws.ws_col == 0 || ws.ws_row == 0)
        row(p, label, "%s", T(p->cat, "the terminal does not say; 80 x 24 is taken"));
    else if (ws.ws_col < APP_MIN_COLS || ws.ws_row < APP_MIN_ROWS)
        row(p, label, T(p->cat, "%d x %d: too small, at least %d x %d is needed"), ws.ws_col,
            ws.ws_row, APP_MIN_COLS, APP_MIN_ROWS);
    else
        row(p, label, "%d x %d", ws.ws_col, ws.ws_row);
}

static void put_colors(struct page *p, const struct term_type *type)
{
    const char *label = T(p->cat, "Colours");
    if (environment("NO_COLOR")[0] != '\0')
        row(p, label, "%s", T(p->cat, "none: NO_COLOR is set"));
    else if (type->colors > 0)
        row(p, label, "%d", type->colors);
    else
        row(p, label, "%s", T(p->cat, "none; everything is also said by a letter or a sign"));
}

static void put_widths(struct page *p, const struct term_type *type)
{
    struct probe probe;
    const char *kanji = T(p->cat, "Japanese characters"), *signs = T(p->cat, "Special signs");
    const struct locale_found *l = &p->cmd->locale;
    if (l->kernel)
        row(p, kanji, "%s",
            T(p->cat, "no: this console has no kanji; the program speaks English here"));
    else if (l->native)
        row(p, kanji, T(p->cat, "in %s, which is spoken here"), l->name);
    else if (l->charset != NULL && charset_has_kanji(l->charset))
        row(p, kanji, T(p->cat, "in %s line by line; the full screen speaks English"), l->name);
    else if (!l->utf8 || l->name[0] != '\0')
        row(p, kanji, "%s", T(p->cat, "no: only ASCII can be shown, see below"));
    else if (!type->answers || !probe_terminal(&probe))
        row(p, kanji, "%s",
            T(p->cat, "the terminal does not say; look: 漢字ｶﾅ is four characters"));
    else {
        if (probe.kanji == 2)
            row(p, kanji, "%s", T(p->cat, "two columns, as it should be"));
        else
            row(p, kanji, T(p->cat, "%d columns instead of 2: is the terminal set to UTF-8?"),
                probe.kanji);
        row(p, signs, "%s",
            probe.ambiguous == 1 ? T(p->cat, "one column: all are used")
                                 : T(p->cat, "two columns: plain ones are used instead"));
    }
}

static void put_terminal(struct page *p)
{
    struct term_type type;
    term_describe(&type);
    put_type(p, &type);
    put_window(p);
    put_colors(p, &type);
    put_widths(p, &type);
}

/* Language */

static void put_charset(struct page *p)
{
    const char *label = T(p->cat, "Character set"), *used = nl_langinfo(CODESET);
    const struct locale_found *l = &p->cmd->locale;
    if (l->charset != NULL)
        row(p, label, T(p->cat, "%s; files, CSV and XML are UTF-8 all the same"), l->name);
    else if (!l->utf8 || l->name[0] != '\0')
        row(p, label, T(p->cat, "%s: only ASCII can be shown; a UTF-8 terminal with LANG=ja_JP.UTF-8 would help"),
            l->name[0] != '\0' ? l->name : used);
    else
        row(p, label, "%s", used);
}

static void put_language(struct page *p)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "LANGUAGE"};
    struct buf set = {0};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (environment(NAMES[i])[0] != '\0')
            buf_addf(&set, "%s%s=%s", set.len > 0 ? " " : "", NAMES[i], environment(NAMES[i]));
    row(p, T(p->cat, "Locale settings"), "%s", set.len > 0 ? buf_str(&set) : T(p->cat, "says nothing"));
    put_charset(p);
    row(p, T(p->cat, "Spoken here"), "%s", T(p->cat, "English; Japanese with --lang ja"));
    buf_release(&set);
}

/* Files */

/* What can be said of writing into a folder that is there. */
static void put_folder(struct page *p, const char *label, const char *folder)
{
    struct statvfs fs;
    if (access(folder, W_OK | X_OK) != 0) {
        row(p, label,
            errno == EROFS ? T(p->cat, "%s: cannot be written, it is write-protected")
                           : T(p->cat, "%s: cannot be written, access is not allowed"),
            folder);
        return;
    }
    if (statvfs(folder, &fs) == 0)
        row(p, label, T(p->cat, "%s: can be written, %.1f GB free"), folder,
            (double)fs.f_bavail * (double)fs.f_frsize / 1e9);
    else
        row(p, label, T(p->cat, "%s: can be written"), folder);
}

/* The folder itself, or the nearest one above it that is there: the rest is made when it is needed.
 */
static char *nearest(char *folder)
{
    while (!file_exists(folder) && strcmp(folder, "/") != 0 && strcmp(folder, ".") != 0) {
        char *above = path_dir(folder);
        free(folder);
        folder = above;
    }
    return folder;
}

/* Where the program lies; where there is no /proc, as it was called. */
static void find_program(char *path, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", path, size - 1);
    if (n > 0)
        path[n] = '\0';
    else
        snprintf(path, size, "%s", program_invocation_name);
}

static void put_files(struct page *p)
{
    char path[4096], *recent = recent_folder();
    find_program(path, sizeof path);
    row(p, T(p->cat, "This program"), "%s", path);
    if (getcwd(path, sizeof path) != NULL)
        put_folder(p, T(p->cat, "Current folder"), path);
    else
        row(p, T(p->cat, "Current folder"), "%s", T(p->cat, "there is none any more"));
    if (recent == NULL) {
        row(p, T(p->cat, "List of recent files"), "%s", T(p->cat, "not kept: HOME is not set"));
    } else {
        recent = nearest(recent);
        put_folder(p, T(p->cat, "List of recent files"), recent);
    }
    row(p, T(p->cat, "Answers"), "%s",
        T(p->cat, "beside the file you name, three older generations too"));
    free(recent);
}

/* Clock */

static void put_date(char out[ISO_SIZE], time_t when)
{
    struct tm local = {0};
    localtime_r(&when, &local);
    iso_format(out, (long long)when, (int)(local.tm_gmtoff / 60));
}

/* The youngest thing that must be older than now: the program, or a file it saved. */
static time_t youngest(char *what, size_t size)
{
    struct stat st;
    struct recent recent;
    time_t when = 0;
    find_program(what, size);
    if (stat(what, &st) == 0) {
        when = st.st_mtime;
        snprintf(what, size, "monshin");
    }
    recent_load(&recent);
    for (size_t i = 0; i < recent.n; i++)
        if (stat(recent.path[i], &st) == 0 && st.st_mtime > when) {
            when = st.st_mtime;
            snprintf(what, size, "%s", recent.path[i]);
        }
    recent_release(&recent);
    return when;
}

static void put_clock(struct page *p)
{
    char now_text[ISO_SIZE], then_text[ISO_SIZE], what[4096] = "";
    time_t now = time(NULL), then = youngest(what, sizeof what);
    struct tm local = {0};
    localtime_r(&now, &local);
    put_date(now_text, now);
    put_date(then_text, then);
    /* A stick knows no time zones, so a day's difference proves nothing. */
    if (then > now + A_DAY)
        row(p, T(p->cat, "Clock"),
            T(p->cat, "%s: wrong? %s is of %.10s. Dates in the files will be wrong too"), now_text,
            what, then_text);
    else
        row(p, T(p->cat, "Clock"), T(p->cat, "%s: nothing speaks against it"), now_text);
    if (environment("TZ")[0] == '\0' && !file_exists("/etc/localtime"))
        row(p, T(p->cat, "Time zone"), "%s", T(p->cat, "none is set: UTC. In Japan: TZ=JST-9"));
    else
        row(p, T(p->cat, "Time zone"), "%s%s%s", local.tm_zone,
            environment("TZ")[0] != '\0' ? ", TZ=" : "", environment("TZ"));
}

/* Program */

static void put_checklist(struct page *p, const char *label, const struct checklist *ck)
{
    struct buf editions = {0};
    for (int i = 0; i < ck->n_editions; i++)
        buf_addf(&editions, " %s", ck->edition[i].id);
    row(p, label, T(p->cat, "%s, version %s, %d items; editions:%s"), ck->id, ck->version,
        ck->n_items, buf_str(&editions));
    buf_release(&editions);
}

static void put_program(struct page *p, struct shelf *shelf)
{
    struct utsname system;
    row(p, T(p->cat, "Version"), T(p->cat, "monshin %s; its parts: monshin --version"), MONSHIN_VERSION);
    for (int i = 0; i < checklist_n_builtin(); i++)
        put_checklist(p, T(p->cat, "Checklist"), checklist_builtin(i));
    shelf_read_folders(shelf);
    for (size_t i = 0; i < shelf->n; i++)
        put_checklist(p, T(p->cat, "Checklist of yours"), shelf->loaded[i]);
    if (uname(&system) == 0)
        row(p, T(p->cat, "Machine"), "%s %s %s", system.sysname, system.release, system.machine);
    if (!sandbox_available())
        row(p, T(p->cat, "Sandbox"), "%s", T(p->cat, "none here: files of others are checked, but read without it"));
}

int cmd_doctor(struct cmd *cmd)
{
    struct page p = {.cmd = cmd, .cat = cmd->cat};
    buf_addf(&p.out, "%s\n", T(p.cat, "monshin doctor: what this machine can do"));
    put_terminal(&p);
    put_language(&p);
    put_files(&p);
    put_clock(&p);
    put_program(&p, &cmd->shelf);
    int status = cmd_put(cmd, &p.out);
    buf_release(&p.out);
    return status;
}
