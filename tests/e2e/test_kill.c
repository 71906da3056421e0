/* Kills the program at random moments of an interview and looks at what is in the file: MONSHIN_KILLS times (50 unless said; make torture:
 * 1000), MONSHIN_SEED to repeat a run.
 *
 * Each life types levels at random speed, now and then a note, and ends by SIGKILL, SIGTERM, SIGHUP or a closed terminal. What must hold:
 *   - the file opens, in our reader and by `monshin check`;
 *   - its revision is at least the last #N that the screen showed;
 *   - its answers are those of some moment of the typing, each revision with at least one more, and every answer that the screen had
 *     counted while it called everything saved is there;
 *   - after a signal that can be caught nothing at all is missing of what the screen had shown;
 *   - of a note in progress everything is there that was on the screen a second (NOTE_MS) ago. */
#include "tests/e2e/kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"

enum { NOTE_MS = 1000, NOTE_MAX = 64 };

enum death { BY_KILL, BY_TERM, BY_HUP, BY_HANGUP, DEATH_COUNT };
static const char *const death_names[DEATH_COUNT] = {"SIGKILL", "SIGTERM", "SIGHUP", "terminal closed"};

struct life {
    struct kit *kit;
    struct pty *p;
    unsigned random;
    char levels[KIT_ITEMS + 1]; /* typed so far, in the order of the items */
    int n_typed;
    int n_shown; /* so many the screen had counted */
    int n_saved; /* so many it had counted while it called everything saved */
    size_t mark;
    long first_revision, seen_revision;
    long long note_at[NOTE_MAX]; /* when each letter was on the screen; 0: not yet */
    int n_note;
    enum death death;
    long long died;
};

/* xorshift: the same everywhere for a seed */
static unsigned dice(struct life *l, unsigned sides)
{
    l->random ^= l->random << 13;
    l->random ^= l->random >> 17;
    l->random ^= l->random << 5;
    return l->random % sides;
}

static void look(struct life *l)
{
    struct buf b = {0};
    pty_screen(l->p, &b);
    const char *at = strstr(buf_str(&b), "/32");
    if (at) {
        while (at > b.p && at[-1] >= '0' && at[-1] <= '9') at--;
        l->n_shown = atoi(at);
    }
    long saved = kit_saved(l->p);
    if (saved > l->seen_revision) l->seen_revision = saved;
    /* Count and #N are of one frame when nothing has come since the last look. */
    if (saved >= 0 && at && pty_mark(l->p) == l->mark) l->n_saved = l->n_shown;
    l->mark = pty_mark(l->p);
    buf_release(&b);
}

/* Reads for up to ms; a real person's pause, in which everything may happen. */
static bool never(struct pty *p, void *cookie)
{
    (void)p;
    look(cookie);
    return false;
}

static void pause_ms(struct life *l, unsigned ms)
{
    pty_until(l->p, never, l, (int)ms);
}

static void type_level(struct life *l)
{
    char key = (char)('1' + dice(l, 5));
    l->levels[l->n_typed++] = key;
    pty_send(l->p, &key, 1);
}

static void type_note(struct life *l)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    char note[NOTE_MAX + 1] = "";
    int n = NOTE_MAX - (int)dice(l, 20); /* longer than NOTE_MS to type */
    pty_keys(l->p, "n");
    pause_ms(l, 30);
    for (int i = 0; i < n; i++) {
        note[i] = letters[i % 26];
        pty_send(l->p, &note[i], 1);
        if (!pty_wait_text(l->p, note, 2000)) return;
        l->note_at[i] = pty_now_ns();
        l->n_note = i + 1;
        pause_ms(l, dice(l, 50));
    }
}

static void die(struct life *l)
{
    static const int signals[] = {SIGKILL, SIGTERM, SIGHUP};
    /* What is typed but not kept yet is at risk from SIGKILL only. */
    l->death = l->n_note > 0 && dice(l, 2) == 0 ? BY_KILL : (enum death)dice(l, DEATH_COUNT);
    look(l);
    if (dice(l, 2) == 0) pty_drain(l->p, 3);
    look(l);
    l->died = pty_now_ns();
    if (l->death == BY_HANGUP)
        pty_hangup(l->p);
    else
        pty_signal(l->p, signals[l->death]);
    expect_that(l->p, pty_wait_exit(l->p, 8000));
}

static void live(struct life *l)
{
    int n = 1 + (int)dice(l, KIT_ITEMS);
    bool hurried = dice(l, 2) == 0;
    for (int i = 0; i < n; i++) {
        type_level(l);
        if (!hurried || dice(l, 6) == 0) pause_ms(l, dice(l, 20));
    }
    if (n < KIT_ITEMS && dice(l, 8) == 0) type_note(l);
    if (dice(l, 2) == 0) pause_ms(l, dice(l, 60));
    die(l);
}

static void tell(const struct life *l, const struct assessment *a)
{
    fprintf(stderr, "%s after %d keys (%s), %d shown, %d as saved; screen said #%ld (first #%ld); file has #%ld:", death_names[l->death],
            l->n_typed, l->levels, l->n_shown, l->n_saved, l->seen_revision, l->first_revision, a->revision);
    for (int i = 0; i < KIT_ITEMS; i++) fprintf(stderr, " %d", assessment_answer(a, i)->level);
    fprintf(stderr, " note \"%s\" of %d letters\n", assessment_answer(a, l->n_typed % KIT_ITEMS)->note, l->n_note);
}

/* Number of answers in the file, or -1 when they are not the first ones that were typed. */
static int answers_in_order(const struct life *l, const struct assessment *a)
{
    int n = 0;
    while (n < KIT_ITEMS && assessment_answer(a, n)->state == ANSWER_LEVEL) n++;
    for (int i = 0; i < KIT_ITEMS; i++) {
        const struct answer *x = assessment_answer(a, i);
        if (i < n ? x->level != l->levels[i] - '0' : x->state != ANSWER_OPEN) return -1;
    }
    return n;
}

/* Letters of the note that had been on the screen for NOTE_MS when the program died. */
static int letters_due(const struct life *l)
{
    int n = 0;
    while (n < l->n_note && l->note_at[n] <= l->died - NOTE_MS * 1000000LL) n++;
    return n;
}

static bool file_is_right(const struct life *l, const struct assessment *a)
{
    int n = answers_in_order(l, a);
    bool caught = l->death != BY_KILL;
    const char *note = l->n_typed < KIT_ITEMS ? assessment_answer(a, l->n_typed)->note : "";
    int n_letters = (int)strlen(note);
    long n_saves = a->revision - l->first_revision;
    if (n < 0 || n < l->n_saved || a->revision < l->seen_revision) return false;
    if (n + n_letters < n_saves) return false;         /* each save holds one answer or letter more at least */
    if (n_letters > 0 && n < l->n_typed) return false; /* the note came after all of them */
    if (caught && n < l->n_shown) return false;
    return n_letters >= (caught ? l->n_note : letters_due(l));
}

/* Under a passphrase, typed as a person does; the lock was one save. */
static struct pty *open_locked(struct kit *k, struct life *l)
{
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "echo 'correct horse' >pass; '%s' lock plant.xml.gz --passphrase-file pass", k->program), 0);
    buf_release(&out);
    struct pty *p = kit_start(k, NULL, 0, 0);
    expect_text(p, "Passphrase of");
    pty_type(p, "correct horse");
    pty_keys(p, "Enter");
    expect_text(p, "SITE-7");
    expect_text(p, " 1-1 ");
    l->first_revision = 2; /* that of the lock, and that of the unlocking afterwards */
    return p;
}

static void one_life(struct kit *k, unsigned seed, bool locked)
{
    struct life l = {.kit = k, .random = seed, .first_revision = 0};
    struct buf out = {0};
    unlink(k->file);
    kit_make_file(k);
    l.p = locked ? open_locked(k, &l) : kit_open_first_section(k, NULL);
    live(&l);
    if (locked && kit_run(k, &out, "'%s' unlock plant.xml.gz --passphrase-file pass", k->program) != 0)
        fail_msg("seed %u: the locked file does not open: %s", seed, buf_str(&out));
    buf_release(&out);
    struct assessment *a = kit_read(k);
    bool right = file_is_right(&l, a);
    if (!right) tell(&l, a);
    assessment_free(a);
    int checked = kit_run(k, &out, "'%s' check plant.xml.gz", k->program);
    if (checked != 0) fprintf(stderr, "monshin check: %s\n", buf_str(&out));
    buf_release(&out);
    if (!right || checked != 0) fprintf(stderr, "seed of this life: %u\n", seed);
    expect_that(l.p, right);
    expect_that(l.p, checked == 0);
}

static long number_from(const char *name, long otherwise)
{
    const char *s = getenv(name);
    return s && *s ? strtol(s, NULL, 10) : otherwise;
}

static void every_life__leaves_a_file_with_all_that_was_called_saved(void **state)
{
    long n = number_from("MONSHIN_KILLS", 50);
    unsigned seed = (unsigned)number_from("MONSHIN_SEED", (long)time(NULL));
    for (long i = 0; i < n; i++) {
        one_life(*state, seed + (unsigned)i * 2654435761u + 1, false);
        if (n > 100 && (i + 1) % 100 == 0) fprintf(stderr, "%ld of %ld killed\n", i + 1, n);
    }
}

/* A tenth of them: each start derives a key. */
static void every_life__leaves_the_same__of_a_file_under_a_passphrase(void **state)
{
    long n = number_from("MONSHIN_KILLS", 50) / 10;
    unsigned seed = (unsigned)number_from("MONSHIN_SEED", (long)time(NULL));
    for (long i = 0; i < n; i++)
        one_life(*state, seed + (unsigned)i * 2654435761u + 7, true);
    printf("figure: kills with a file under a passphrase: %ld, nothing lost\n", n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {KIT_TEST(every_life__leaves_a_file_with_all_that_was_called_saved),
                                       KIT_TEST(every_life__leaves_the_same__of_a_file_under_a_passphrase)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
