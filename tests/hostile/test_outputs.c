/* What is written: private, beside its target, never through a link that somebody planted, and over a file only when that is asked for. Every
 * command that writes a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/io/file.h"
#include "tests/hostile/files.h"
#include "tests/hostile/run.h"
#include "tests/unit/cm.h"

/* G an ordinary file, H another of the same site, O the output, R a folder in which it is made under the site's id, K a secret key and P the public
 * one, S a sealed file, T a folder with
 * the public key, C a short code. */
struct writer {
    const char *args;
    bool forces;  /* knows --force */
};
static const struct writer WRITERS[] = {
    {"new O", false},
    {"import --code C -o O", false},
    {"show G --format csv -o O", true},
    {"show G --format xlsx -o O", true},
    {"grade G --format xml -o O", true},
    {"gaps G -o O", true},
    {"plan G --budget 100000 --format csv -o O", true},
    {"compare G H -o O", true},
    {"check G --format csv -o O", true},
    {"report G -o O", true},
    {"export G -o O", true},
    {"export G --anonymous -o O", true},
    {"export G --to P --key K --passphrase-file W -o O", true},
    {"merge G H -o O", true},
    {"rollup G --format csv -o O", true},
    {"rollup G --rows answers --format csv -o O", true},
    {"rollup G --format html -o O", true},
    {"rollup G --outcomes O", true},
    {"rollup S --key K --passphrase-file W --trust T --rows answers -o O", true},
    {"rollup G I --model s --rollout R", true},
    {"rollup G 1 2 3 4 5 --benchmark O", true},
    {"print G --format html -o O", true},
    {"qr G -o O", true},
    {"checklist show meti-factory --format csv -o O", true},
    {"checklist list --format csv -o O", true},
    {"doctor -o O", true},
    {"man -o O", true},
    {"completion bash -o O", true},
    {"seal E --to P --key K --passphrase-file W -o O", true},
    {"open S --key K --passphrase-file W --from P -o O", true},
};
enum { N_WRITERS = sizeof WRITERS / sizeof WRITERS[0], ARGS_MAX = 24, NAMES = 24 };

static const char VICTIM[] = "what somebody else has written\n";

struct world {
    char dir[64];
    char *program, *folder, *out, *victim;
    struct {
        char letter;
        char *text;
    } name[NAMES];
    int n_names;
    struct run r;
};

static void name(struct world *w, char letter, char *text)
{
    assert_true(w->n_names < NAMES);
    w->name[w->n_names].letter = letter;
    w->name[w->n_names++].text = text;
}

static const char *find_name(const struct world *w, const char *word)
{
    for (int i = 0; i < w->n_names && word[1] == '\0'; i++)
        if (w->name[i].letter == word[0])
            return w->name[i].text;
    return word;
}

static void run_line(struct world *w, const char *args, const char *more, bool planted)
{
    char words[256];
    const char *argv[ARGS_MAX] = {w->program};
    int n = 1;
    char *rest = NULL;
    snprintf(words, sizeof words, "%s %s --lang en", args, more);
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
        argv[n++] = find_name(w, word);
    if (planted)
        run_planted(&w->r, argv, w->out, w->victim);
    else
        run_command(&w->r, argv);
}

static void make_site(struct world *w, char letter, const char *id)
{
    struct buf good = {0}, other = {0};
    char file[16];
    hostile_good(&good);
    const char *at = strstr(good.p, "id=\"s\"");
    buf_addf(&other, "%.*sid=\"%s\"%s", (int)(at - good.p), good.p, id, at + 6);
    snprintf(file, sizeof file, "%c.xml", letter);
    put_file(w->dir, file, other.p, other.len);
    name(w, letter, path_join(w->dir, file));
    buf_release(&other);
    buf_release(&good);
}

static void run_ok(struct world *w, const char *args)
{
    run_line(w, args, "", false);
    if (w->r.status != 0)
        fail_msg("%s: %s", args, buf_str(&w->r.err));
}

static void take_trust(struct world *w)
{
    struct buf key = {0};
    assert_int_equal(mkdir(find_name(w, "T"), 0700), 0);
    assert_int_equal(file_read(&key, find_name(w, "P"), 4096, NULL), ERR_OK);
    put_file(find_name(w, "T"), "me.pub", key.p, key.len);
    buf_release(&key);
}

static void make_keys(struct world *w)
{
    put_file(w->dir, "pass", "correct horse battery\n", 22);
    name(w, 'W', path_join(w->dir, "pass"));
    name(w, 'N', path_join(w->dir, "me"));
    run_ok(w, "keygen -o N --passphrase-file W");
    name(w, 'K', path_join(w->dir, "me.key"));
    name(w, 'P', path_join(w->dir, "me.pub"));
    name(w, 'T', path_join(w->dir, "trust"));
    take_trust(w);
    name(w, 'E', path_join(w->dir, "export.xml.gz"));
    run_ok(w, "export G -o E");
    name(w, 'S', path_join(w->dir, "sealed.age"));
    run_ok(w, "seal E --to P --key K --passphrase-file W -o S");
}

static void take_code(struct world *w)
{
    struct buf code = {0};
    run_ok(w, "qr G --code");
    for (size_t i = 0; i < w->r.out.len; i++)
        buf_addc(&code, w->r.out.p[i] == '\n' ? ' ' : w->r.out.p[i]);
    name(w, 'C', buf_take(&code));
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    scratch_make(w->dir);
    umask(0);
    w->program = run_program();
    setenv("HOME", w->dir, 1);
    setenv("XDG_CONFIG_HOME", w->dir, 1);
    setenv("LANG", "C.UTF-8", 1);
    unsetenv("LC_ALL");
    w->folder = path_join(w->dir, "out");
    w->victim = path_join(w->dir, "victim");
    make_site(w, 'G', "s");
    make_site(w, 'H', "s");
    make_site(w, 'I', "i");
    for (char c = '1'; c <= '5'; c++)
        make_site(w, c, (char[]){'n', c, '\0'});
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    scratch_remove(w->dir);
    run_release(&w->r);
    for (int i = 0; i < w->n_names; i++)
        free(w->name[i].text);
    free(w->program);
    free(w->folder);
    free(w->victim);
    free(w->out);
    free(w);
    return 0;
}

/* An empty folder for the output and whatever is beside it. */
static void begin(struct world *w, const struct writer *writer)
{
    bool folder = strstr(writer->args, " R") != NULL;
    scratch_remove(w->folder);
    assert_int_equal(mkdir(w->folder, 0700), 0);
    free(w->out);
    w->out = path_join(w->folder, folder ? "i.xml.gz" : strstr(writer->args, "xlsx") != NULL ? "o.xlsx" : "o.xml.gz");
    put_file(w->dir, "victim", VICTIM, sizeof VICTIM - 1);
    for (int i = 0; i < w->n_names; i++)
        if (w->name[i].letter == 'O' || w->name[i].letter == 'R') {
            free(w->name[i].text);
            w->name[i--] = w->name[--w->n_names];
        }
    name(w, 'O', path_join(w->folder, path_base(w->out)));
    name(w, 'R', path_join(w->dir, "out"));
}

static bool still(const char *path, const char *content)
{
    struct buf b = {0};
    bool same = file_read(&b, path, 1 << 20, NULL) == ERR_OK && strcmp(buf_str(&b), content) == 0;
    buf_release(&b);
    return same;
}

static void blame(const struct world *w, const struct writer *writer, const char *why)
{
    fail_msg("%s: %s (status %d)\nout: %.200s\nerr: %.300s", writer->args, why, w->r.status, buf_str(&w->r.out), buf_str(&w->r.err));
}

static void outputs__are_private__and_alone(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < N_WRITERS; i++) {
        struct stat st;
        begin(w, &WRITERS[i]);
        run_line(w, WRITERS[i].args, "", false);
        if (w->r.status != 0 || lstat(w->out, &st) != 0)
            blame(w, &WRITERS[i], "writes nothing");
        if (!S_ISREG(st.st_mode) || (st.st_mode & 07777) != 0600 || st.st_nlink != 1)
            blame(w, &WRITERS[i], "is not private");
        assert_int_equal(unlink(w->out), 0);
        if (rmdir(w->folder) != 0)
            blame(w, &WRITERS[i], "leaves something beside it");
        assert_int_equal(mkdir(w->folder, 0700), 0);
    }
    printf("figure: %d commands that write, each before a file, links to a file and to nothing, a folder, links under its temporary names\n", N_WRITERS);
}

static void outputs__replace_a_file__only_by_force(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < N_WRITERS; i++) {
        struct stat st;
        begin(w, &WRITERS[i]);
        put_file(w->folder, path_base(w->out), VICTIM, sizeof VICTIM - 1);
        assert_int_equal(chmod(w->out, 0644), 0);
        run_line(w, WRITERS[i].args, "", false);
        if (w->r.status == 0 || !still(w->out, VICTIM))
            blame(w, &WRITERS[i], "replaces a file unasked");
        if (!WRITERS[i].forces)
            continue;
        assert_int_equal(unlink(w->victim), 0);
        assert_int_equal(link(w->out, w->victim), 0); /* a second name of the same file */
        run_line(w, WRITERS[i].args, "--force", false);
        if (w->r.status != 0 || still(w->out, VICTIM))
            blame(w, &WRITERS[i], "does not replace a file when asked");
        if (!still(w->victim, VICTIM) || stat(w->out, &st) != 0 || st.st_nlink != 1)
            blame(w, &WRITERS[i], "writes into the file instead of replacing it");
        if ((st.st_mode & 07777) != 0600)
            blame(w, &WRITERS[i], "lets others read what they could read before");
    }
}

static void outputs__never_go_through_a_link__even_by_force(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < N_WRITERS; i++)
        for (int force = 0; force <= (WRITERS[i].forces ? 1 : 0); force++)
            for (int dangling = 0; dangling < 2; dangling++) {
                char *nothing = path_join(w->dir, "nothing");
                begin(w, &WRITERS[i]);
                assert_int_equal(symlink(dangling ? nothing : w->victim, w->out), 0);
                run_line(w, WRITERS[i].args, force ? "--force" : "", false);
                if (w->r.status == 0)
                    blame(w, &WRITERS[i], "takes a link for a file of its own");
                if (!still(w->victim, VICTIM) || access(nothing, F_OK) == 0)
                    blame(w, &WRITERS[i], "writes through a link");
                free(nothing);
            }
}

static void outputs__never_go_through_a_link__under_a_temporary_name(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < N_WRITERS; i++) {
        struct stat st;
        begin(w, &WRITERS[i]);
        run_line(w, WRITERS[i].args, "", true);
        if (!still(w->victim, VICTIM))
            blame(w, &WRITERS[i], "writes through a link under a temporary name");
        if (w->r.status != 0 || lstat(w->out, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & 07777) != 0600)
            blame(w, &WRITERS[i], "does not find another temporary name");
    }
}

static void outputs__leave_a_folder_alone(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < N_WRITERS; i++)
        for (int force = 0; force <= (WRITERS[i].forces ? 1 : 0); force++) {
            begin(w, &WRITERS[i]);
            assert_int_equal(mkdir(w->out, 0700), 0);
            run_line(w, WRITERS[i].args, force ? "--force" : "", false);
            if (w->r.status == 0 || rmdir(w->out) != 0)
                blame(w, &WRITERS[i], "does something to a folder");
        }
}

/* keygen makes two files, and neither in the place of anything; the public one as well, for who puts another there is sealed for. */
static void keys__are_private__and_never_go_through_a_link(void **state)
{
    static const char *const names[] = {"o.key", "o.pub"};
    static const struct writer keygen = {"keygen -o B --passphrase-file W", false};
    struct world *w = *state;
    char *nothing = path_join(w->dir, "nothing"), *base = path_join(w->folder, "o");
    name(w, 'B', base);
    for (int i = 0; i < 2; i++)
        for (int dangling = 0; dangling < 2; dangling++) {
            struct stat st;
            begin(w, &keygen);
            char *planted = path_join(w->folder, names[i]), *other = path_join(w->folder, names[1 - i]);
            assert_int_equal(symlink(dangling ? nothing : w->victim, planted), 0);
            run_line(w, keygen.args, "", false);
            if (w->r.status == 0 || !still(w->victim, VICTIM) || access(nothing, F_OK) == 0 || lstat(other, &st) == 0)
                blame(w, &keygen, "writes beside or through a link");
            assert_int_equal(unlink(planted), 0);
            run_line(w, keygen.args, "", false);
            if (w->r.status != 0 || lstat(planted, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & 07777) != 0600)
                blame(w, &keygen, "is not private");
            free(planted);
            free(other);
        }
    free(nothing);
}

static int set_up_all(void **state)
{
    set_up(state);
    struct world *w = *state;
    assert_int_equal(mkdir(w->folder, 0700), 0);
    make_keys(w);
    take_code(w);
    return 0;
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_all, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(outputs__are_private__and_alone),
        TEST(outputs__replace_a_file__only_by_force),
        TEST(outputs__never_go_through_a_link__even_by_force),
        TEST(outputs__never_go_through_a_link__under_a_temporary_name),
        TEST(outputs__leave_a_folder_alone),
        TEST(keys__are_private__and_never_go_through_a_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
