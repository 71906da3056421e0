/* Power cuts for real: an ext4 image on a loop device is shut down (its ioctl, journal not flushed) at a random moment while the program saves what
 * is typed; mounted again it must hold the revision that the screen had shown as #N, or a later one, and `monshin check` must
 * find it fine. MONSHIN_CUTS times (20 unless said; make torture: 200), MONSHIN_SEED to repeat a run. Where nothing can be mounted it says
 * so: tests/unit/test_replay.c builds such disks everywhere. */
#include "tests/e2e/kit.h"
#include "tests/e2e/medium.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"

enum { IMAGE_KB = 8192 }; /* room for a journal */

static bool may_mount;

static long number_from(const char *name, long otherwise)
{
    const char *s = getenv(name);
    return s != NULL && s[0] != '\0' ? strtol(s, NULL, 10) : otherwise;
}

static unsigned dice(unsigned *state, unsigned sides)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % sides;
}

/* Types some answers and pulls the plug. What the screen called saved before. */
static long live_until_cut(struct kit *k, const struct medium *m, unsigned *random, bool lie)
{
    struct pty *p;
    if (lie) {
        p = kit_start_on_bad_disk(k, NULL);
        atomic_store(&k->disk->lies, 1);
    } else {
        p = kit_open_first_section(k, NULL);
    }
    for (unsigned n = 1 + dice(random, 12); n > 0; n--) {
        char key = (char)('1' + dice(random, 5));
        pty_send(p, &key, 1);
        pty_drain(p, (int)dice(random, 12));
    }
    if (lie) pty_drain(p, 60);
    usleep(dice(random, 3000)); /* into the middle of what the writer does */
    long seen = kit_saved(p);   /* of what has been drawn up to now */
    assert_true(medium_cut(m));
    pty_signal(p, SIGKILL);
    expect_that(p, pty_wait_exit(p, -1));
    return seen;
}

/* The revision that is in the file after the disk was mounted again, -1: it does not open. */
static long revision_after(struct kit *k, struct medium *m)
{
    struct assessment *a = NULL;
    struct buf out = {0};
    medium_pull(m);
    assert_true(medium_again(m));
    if (!kit_try_read(k, k->file, &a)) return -1;
    long revision = a->revision;
    assessment_free(a);
    if (kit_run(k, &out, "'%s' check '%s'", k->program, k->file) != 0) revision = -1;
    buf_release(&out);
    return revision;
}

static void every_cut__leaves_what_was_called_saved(void **state)
{
    struct kit *k = *state;
    struct medium m;
    unsigned random = (unsigned)number_from("MONSHIN_SEED", (long)time(NULL)) | 1;
    long n = number_from("MONSHIN_CUTS", 20), ahead = 0;
    if (!may_mount || !medium_mount(&m, k, "ext4", IMAGE_KB)) {
        medium_say("power cuts", "skipped: no ext4 on a loop device here; see tests/unit/test_replay.c");
        return;
    }
    for (long i = 0; i < n; i++) {
        unsigned seed = random;
        unlink(k->file);
        kit_make_file(k);
        sync();
        long seen = live_until_cut(k, &m, &random, false);
        long found = revision_after(k, &m);
        if (found < seen || found < 0) fprintf(stderr, "the screen said #%ld, the file has #%ld; MONSHIN_SEED=%u\n", seen, found, seed);
        assert_true(found >= seen && found >= 0);
        ahead += found > seen;
    }
    medium_pull(&m);
    printf("figure: %ld power cuts on a real ext4, nothing lost (%ld had a revision more than the screen)\n", n, ahead);
}

/* Were it not so, the test above would prove nothing. */
static void cut__loses_what_was_called_saved__when_fsync_lies(void **state)
{
    struct kit *k = *state;
    struct medium m;
    unsigned random = 12345;
    if (!may_mount || !medium_mount(&m, k, "ext4", IMAGE_KB)) {
        medium_say("power cuts with a lying fsync", "skipped: no ext4 on a loop device here");
        return;
    }
    bool lost = false;
    for (int i = 0; i < 10 && !lost; i++) {
        unlink(k->file);
        kit_make_file(k);
        sync();
        long seen = live_until_cut(k, &m, &random, true);
        lost = revision_after(k, &m) < seen;
    }
    medium_pull(&m);
    assert_true(lost);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    may_mount = medium_begin();
    const struct CMUnitTest tests[] = {
        KIT_TEST(every_cut__leaves_what_was_called_saved),
        KIT_TEST(cut__loses_what_was_called_saved__when_fsync_lies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
