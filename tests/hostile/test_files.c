/* Every hostile file through every command that reads one: refused in one line for the right reason, or taken and harmless; never much memory,
 * never long, never a byte from the file that speaks to the terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/io/file.h"
#include "tests/hostile/files.h"
#include "tests/hostile/run.h"
#include "tests/unit/cm.h"

/* What a run may take. Processor time, because the machine may be busy; a sanitizer needs many times as much of both. */
#if defined(__SANITIZE_ADDRESS__)
enum { PEAK_KB = 4 * 1024 * 1024, SECONDS = 60, EVERY = 4 }; /* and to start: each file through a fourth of the commands, in turns */
#else
enum { PEAK_KB = 64 * 1024, SECONDS = 2, EVERY = 1 };
#endif

struct world {
    char dir[64];
    char *program, *good, *key, *out, *list;
    struct run r;
    int n_runs;
    long peak_kb;
    double seconds;
    char peak_of[128], seconds_of[128];
};

/* F the file, G an ordinary one, K a secret key without a passphrase, O an output, D a folder that holds only the file. */
struct command {
    const char *args;
    int refused; /* exit status for a file that is no good */
    bool csv;
    bool lines; /* more than a line: it goes on with what is good */
    bool never; /* none of the files is of the kind that it wants: good ones are refused too */
};
static const struct command COMMANDS_THAT_READ[] = {
    {"show F", 3, false, false, false},
    {"show F --format csv", 3, true, false, false},
    {"show F --format xml", 3, false, false, false},
    {"show F --format xlsx -o O", 3, false, false, false},
    {"grade F", 3, false, false, false},
    {"grade F --format csv", 3, true, false, false},
    {"gaps F", 3, false, false, false},
    {"gaps F --format csv", 3, true, false, false},
    {"gaps F --format xml", 3, false, false, false},
    {"plan F --budget 1000000", 3, false, false, false},
    {"plan F --target C --format xml", 3, false, false, false},
    {"report F -o O", 3, false, false, false},
    {"report G --benchmark F -o O", 3, false, false, true},
    {"export F -o O", 3, false, false, false},
    {"export F -o O --anonymous", 3, false, false, false},
    {"compare F G", 3, false, false, false},
    {"compare G F --format csv", 3, true, false, false},
    {"merge G F -o O", 3, false, false, false},
    {"merge F G -o O", 3, false, false, false},
    {"check F", 1, false, true, false},
    {"check F --format csv", 1, true, true, false},
    {"check G F --format xml", 1, false, true, false},
    {"rollup F", 1, false, true, false},
    {"rollup D --format csv", 1, true, true, false},
    {"rollup F G --rows answers --format csv", 1, true, true, false},
    {"rollup F G --rows gaps --format csv", 1, true, true, false},
    {"rollup F G --rows common", 1, false, true, false},
    {"rollup F G --model s", 1, false, true, false},
    {"rollup D --format html -o O", 1, false, true, false},
    {"rollup F --key K --outcomes O", 1, false, true, false},
    {"open F --key K -o O", 1, false, false, true},
    {"key F", 3, false, false, true},
    {"checklist check F", 1, false, true, true},
    {"show G --checklist F", 3, false, false, true},
    {"ask F", 3, false, false, false},
    {"print F", 3, false, false, false},
    {"print F --format html", 3, false, false, false},
    {"enter F", 3, false, false, false},
    {"set F 1-1=3", 3, false, false, false},
    {"qr F", 3, false, false, false},
    {"qr F --code", 3, false, false, false},
    {"F --read-only", 3, false, false, false},
};
enum { N_COMMANDS_THAT_READ = sizeof COMMANDS_THAT_READ / sizeof COMMANDS_THAT_READ[0], ARGS_MAX = 16 };

static const char KEY[] = "AGE-SECRET-KEY-1H8YZRPW3CHVA2CDAWW3MXSDNHJQUKD3SP6EL68N5WPP76UEQYZ4SDAJH08\n";

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct buf good = {0};
    scratch_make(w->dir);
    w->program = run_program();
    hostile_good(&good);
    put_file(w->dir, "good.xml", good.p, good.len);
    buf_release(&good);
    w->good = path_join(w->dir, "good.xml");
    put_file(w->dir, "key", KEY, sizeof KEY - 1);
    w->key = path_join(w->dir, "key");
    assert_int_equal(chmod(w->key, 0600), 0);
    w->out = path_join(w->dir, "out");
    w->list = path_join(w->dir, "only");
    assert_int_equal(mkdir(w->list, 0700), 0);
    setenv("TERM", "dumb", 1);
    unsetenv("LC_ALL");
    setenv("LANG", "C.UTF-8", 1);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    scratch_remove(w->dir);
    run_release(&w->r);
    free(w->program);
    free(w->good);
    free(w->key);
    free(w->out);
    free(w->list);
    free(w);
    return 0;
}

static void run_line(struct world *w, const struct command *c, const char *file, const char *lang)
{
    char words[256];
    const char *argv[ARGS_MAX + 4] = {w->program};
    int n = 1;
    char *rest = NULL;
    snprintf(words, sizeof words, "%s", c->args);
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
        argv[n++] = strcmp(word, "F") == 0   ? file
                    : strcmp(word, "G") == 0 ? w->good
                    : strcmp(word, "K") == 0 ? w->key
                    : strcmp(word, "O") == 0 ? w->out
                    : strcmp(word, "D") == 0 ? w->list
                                             : word;
    argv[n++] = "--lang";
    argv[n++] = lang;
    unlink(w->out);
    run_command(&w->r, argv);
    w->n_runs++;
    if (w->r.peak_kb > w->peak_kb) {
        w->peak_kb = w->r.peak_kb;
        snprintf(w->peak_of, sizeof w->peak_of, "%.60s on %.50s", c->args, path_base(file));
    }
    if (w->r.seconds > w->seconds) {
        w->seconds = w->r.seconds;
        snprintf(w->seconds_of, sizeof w->seconds_of, "%.60s on %.50s", c->args, path_base(file));
    }
}

static void blame(const struct world *w, const struct command *c, const char *file, const char *why)
{
    fail_msg("%s: \"%s\": %s\nstatus %d, %ld kB, %.2f s\nout: %.300s\nerr: %.300s", path_base(file), c->args, why, w->r.status, w->r.peak_kb,
             w->r.seconds, buf_str(&w->r.out), buf_str(&w->r.err));
}

static void hold_limits(const struct world *w, const struct command *c, const char *file)
{
    const char *harm = harm_in(buf_str(&w->r.out), w->r.out.len, c->csv);
    if (harm == NULL)
        harm = harm_in(buf_str(&w->r.err), w->r.err.len, false);
    if (harm != NULL)
        blame(w, c, file, harm);
    if (w->r.peak_kb > PEAK_KB)
        blame(w, c, file, "takes too much memory");
    if (w->r.seconds > SECONDS)
        blame(w, c, file, "takes too long");
}

/* What was written may be opened by anything: no control characters there either. A workbook is a ZIP. */
static void hold_output(const struct world *w, const struct command *c, const char *file)
{
    struct buf bytes = {0};
    if (!file_exists(w->out) || strstr(c->args, "xlsx") != NULL)
        return;
    assert_int_equal(file_read(&bytes, w->out, 64 * 1024 * 1024, NULL), ERR_OK);
    const char *harm = bytes.len > 2 && (unsigned char)bytes.p[0] == 0x1f ? NULL : harm_in(buf_str(&bytes), bytes.len, strstr(c->args, "--outcomes") != NULL);
    buf_release(&bytes);
    if (harm != NULL)
        blame(w, c, file, harm);
}

static void hold_refusal(const struct world *w, const struct command *c, const char *file, int status)
{
    hold_limits(w, c, file);
    if (w->r.status != status)
        blame(w, c, file, "ends with another status than it should");
    const char *lf = w->r.err.len > 0 ? strchr(w->r.err.p, '\n') : NULL;
    if (!c->lines && (w->r.out.len > 0 || lf == NULL || lf[1] != '\0' || strncmp(w->r.err.p, "monshin: ", 9) != 0))
        blame(w, c, file, "does not say so in one line");
    if (!c->lines && file_exists(w->out))
        blame(w, c, file, "writes something all the same");
    hold_output(w, c, file);
}

/* Taken: any answer will do (a plan may be unreachable, a site another), but a crash. */
static void hold_taken(const struct world *w, const struct command *c, const char *file)
{
    bool plain = strncmp(c->args, "show", 4) == 0 || strncmp(c->args, "gaps", 4) == 0 || strncmp(c->args, "print", 5) == 0;
    hold_limits(w, c, file);
    if (w->r.status > (plain ? 0 : 3))
        blame(w, c, file, "does not end as it should");
    hold_output(w, c, file);
}

static bool has_verdict(struct world *w, const char *file, const char *verdict)
{
    static const struct command check = {"check F --format csv", 1, true, true, false};
    char want[128];
    run_line(w, &check, file, "en");
    snprintf(want, sizeof want, ",%s,", verdict);
    const char *second = strchr(buf_str(&w->r.out), '\n');
    return second != NULL && strstr(second, want) != NULL;
}

static char *make_one(const struct world *w, const struct hostile_file *f)
{
    struct buf bytes = {0};
    f->make(&bytes, f);
    put_file(w->list, f->name, buf_str(&bytes), bytes.len);
    buf_release(&bytes);
    return path_join(w->list, f->name);
}

static void files__are_refused__for_the_right_reason(void **state)
{
    struct world *w = *state;
    int n_wrong = 0;
    for (size_t i = 0; i < N_HOSTILE_FILES; i++) {
        char *path = make_one(w, &HOSTILE_FILES[i]);
        if (!has_verdict(w, path, HOSTILE_FILES[i].verdict)) {
            print_error("%s: not %s: %s", HOSTILE_FILES[i].name, HOSTILE_FILES[i].verdict, buf_str(&w->r.out));
            n_wrong++;
        }
        unlink(path);
        free(path);
    }
    assert_int_equal(n_wrong, 0);
}

static void try_everywhere(struct world *w, const char *file, const char *verdict, int n)
{
    bool good = strcmp(verdict, "ok") == 0;
    for (int i = n % EVERY; i < N_COMMANDS_THAT_READ; i += EVERY) {
        const struct command *c = &COMMANDS_THAT_READ[i];
        run_line(w, c, file, (i + n) % 2 == 0 ? "en" : "ja");
        if (good && !c->never)
            hold_taken(w, c, file);
        else
            hold_refusal(w, c, file, c->refused);
    }
}

/* Each is put alone into a folder, which roll-up gets too. */
static void files__are_refused_or_harmless__in_every_command(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < N_HOSTILE_FILES; i++) {
        const struct hostile_file *f = &HOSTILE_FILES[i];
        char *path = make_one(w, f);
        try_everywhere(w, path, f->verdict, (int)i);
        unlink(path);
        free(path);
        scratch_remove(w->list); /* and what stands beside it */
        assert_int_equal(mkdir(w->list, 0700), 0);
    }
    printf("figure: hostile files %zu, runs %d, largest %ld kB (%s), longest %.2f s of CPU (%s)\n", N_HOSTILE_FILES, w->n_runs, w->peak_kb,
           w->peak_of, w->seconds, w->seconds_of);
}

/* Places that are no files, under a name like that of one: never waited for, never read for ever. */
enum place { PLACE_PIPE, PLACE_DEVICE, PLACE_ENDLESS, PLACE_FOLDER, PLACE_CIRCLE, PLACE_NOWHERE, PLACE_SOCKET, N_PLACES };

static void make_place(enum place kind, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd;
    switch (kind) {
    case PLACE_PIPE:
        assert_int_equal(mkfifo(path, 0600), 0);
        break;
    case PLACE_DEVICE:
        assert_int_equal(symlink("/dev/tty", path), 0);
        break;
    case PLACE_ENDLESS:
        assert_int_equal(symlink("/dev/zero", path), 0);
        break;
    case PLACE_FOLDER:
        assert_int_equal(mkdir(path, 0700), 0);
        break;
    case PLACE_CIRCLE:
        assert_int_equal(symlink(path, path), 0);
        break;
    case PLACE_NOWHERE:
        assert_int_equal(symlink("/nowhere/at/all", path), 0);
        break;
    case PLACE_SOCKET:
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
        assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
        close(fd);
        break;
    case N_PLACES:
        break;
    }
}

static void places__are_refused__in_every_command(void **state)
{
    struct world *w = *state;
    for (int kind = 0; kind < N_PLACES; kind++) {
        char *path = path_join(w->list, "place.xml");
        make_place((enum place)kind, path);
        for (int i = 0; i < N_COMMANDS_THAT_READ; i++) {
            const struct command *c = &COMMANDS_THAT_READ[i];
            bool walks = strncmp(c->args, "rollup", 6) == 0;
            run_line(w, c, path, i % 2 == 0 ? "en" : "ja");
            /* Roll-up walks through folders and passes over what is no file in them. */
            if (walks && (kind == PLACE_FOLDER || strstr(c->args, " D") != NULL))
                hold_limits(w, c, path);
            else
                hold_refusal(w, c, path, 3);
        }
        remove(path);
        free(path);
    }
}

/* Names of files are foreign text too: on standard output and error, in tables, in messages. */
static void names__do_no_harm__in_any_command(void **state)
{
    static const char *const names[] = {"a\x1b[31m.xml", "b\x1b]0;title\x07.xml", "c\nmonshin: d.xml", "e\xe2\x80\xae" "fdp.xml", "f\xc2\x9b" "31m.xml",
                                        "g\xff\xfe.xml", "=h,\"i\".xml", "-j.xml", "k\tl\rm.xml", "%s%n.xml"};
    struct world *w = *state;
    struct buf good = {0};
    hostile_good(&good);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (int bad = 0; bad < 2; bad++) {
            put_file(w->list, names[i], bad ? "x" : good.p, bad ? 1 : good.len);
            char *path = path_join(w->list, names[i]);
            for (int k = 0; k < N_COMMANDS_THAT_READ; k++) {
                const struct command *c = &COMMANDS_THAT_READ[k];
                run_line(w, c, path, k % 2 == 0 ? "en" : "ja");
                if (bad || c->never)
                    hold_refusal(w, c, path, c->refused);
                else
                    hold_taken(w, c, path);
            }
            unlink(path);
            free(path);
            scratch_remove(w->list);
            assert_int_equal(mkdir(w->list, 0700), 0);
        }
    buf_release(&good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(places__are_refused__in_every_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names__do_no_harm__in_any_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files__are_refused__for_the_right_reason, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files__are_refused_or_harmless__in_every_command, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
