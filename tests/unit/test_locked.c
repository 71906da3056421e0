/* Files under a passphrase: saved, kept as generations and rescued as others are, and never in the open. */
#include "tests/unit/cm.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "core/io/gz.h"
#include "core/model/locked.h"
#include "core/seal/secret.h"
#include "tests/unit/world.h"

enum { CHEAP = 4 }; /* work factor: the tests do not wait */

static struct passphrase *pass_of(const char *text)
{
    struct passphrase *p = secret_new(sizeof *p);
    p->n_bytes = strlen(text);
    memcpy(p->text, text, p->n_bytes + 1);
    return p;
}

static struct safe *safe_of(const char *text)
{
    struct passphrase *p = pass_of(text);
    struct safe *s = NULL;
    assert_int_equal(safe_new(&s, p, CHEAP, NULL), ERR_OK);
    secret_free(p);
    return s;
}

static struct store *open_with(const struct world *w, struct store_open *got, const char *pass, enum err want)
{
    struct store *s = NULL;
    struct passphrase *p = pass != NULL ? pass_of(pass) : NULL;
    assert_int_equal(store_open_locked(&s, got, w->path, p, small_find, NULL, NULL, NULL), want);
    secret_free(p);
    return s;
}

static void read_file(struct buf *out, const char *path)
{
    buf_clear(out);
    assert_int_equal(file_read(out, path, 1 << 24, NULL), ERR_OK);
}

/* How many files of the folder, but the lock, are not under a passphrase. */
static int n_plain(const struct world *w)
{
    char pattern[100];
    glob_t found;
    int n = 0;
    struct buf bytes = {0};
    snprintf(pattern, sizeof pattern, "%s/*", w->dir);
    if (glob(pattern, GLOB_PERIOD, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i], *ending = strrchr(path, '.');
        if (strcmp(ending, ".lock") == 0 || path[strlen(path) - 1] == '.')
            continue;
        read_file(&bytes, path);
        n += !safe_is(buf_str(&bytes), bytes.len);
    }
    globfree(&found);
    buf_release(&bytes);
    return n;
}

static long locked_revision(const char *path, const char *pass)
{
    struct file_report report;
    struct passphrase *p = pass_of(pass);
    store_check(&report, path, p, false, small_find, NULL);
    secret_free(p);
    return report.err == ERR_OK ? report.revision : -1;
}

static struct assessment *make_locked(const struct world *w, const char *pass, struct store **out)
{
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    store_set_safe(s, safe_of(pass));
    assert_true(store_has_safe(s));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    *out = s;
    return a;
}

static void locked__is_saved_and_opens_with_its_passphrase_only(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct store_open got;
    struct assessment *a = make_locked(w, "correct horse", &s);
    for (int i = 0; i < 5; i++)
        save(s, a);
    long last = a->revision;
    store_close(s);
    assessment_free(a);
    assert_int_equal(n_plain(w), 0);
    open_with(w, &got, NULL, ERR_LOCKED_FILE);
    open_with(w, &got, "correct horsf", ERR_PASSPHRASE);
    s = open_with(w, &got, "correct horse", ERR_OK);
    assert_int_equal(got.assessment->revision, last);
    struct passphrase *right = pass_of("correct horse"), *wrong = pass_of("wrong");
    assert_true(store_passphrase_fits(s, right));
    assert_false(store_passphrase_fits(s, wrong));
    secret_free(right);
    secret_free(wrong);
    save(s, got.assessment);
    store_close(s);
    assessment_free(got.assessment);
    assert_int_equal(n_plain(w), 0);
    assert_int_equal(locked_revision(w->path, "correct horse"), last + 1);
    assert_int_equal(revision_of(w->path), -1);
    char *older = beside(w, ".gen1");
    assert_int_equal(locked_revision(older, "correct horse"), last);
    free(older);
}

static void locked__leaves_nothing_of_before_beside_it(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct assessment *a = small_new();
    s = create(w, a, NULL);
    s->generation_seconds = 0;
    for (int i = 0; i < 6; i++) {
        save(s, a);
        assert_true(store_flush(s, -1, NULL));
    }
    assert_true(exists_beside(w, ".gen1") && exists_beside(w, ".gen3"));
    /* What the file's blocks hold, seen through a descriptor that was open before. */
    char *older = beside(w, ".gen2");
    int gen = open(older, O_RDONLY), own = open(w->path, O_RDONLY);
    store_set_safe(s, safe_of("correct horse"));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(n_plain(w), 0);
    assert_false(exists_beside(w, ".gen0") || exists_beside(w, ".gen1") || exists_beside(w, ".gen3"));
    unsigned char bytes[64];
    assert_int_equal(read(gen, bytes, sizeof bytes), sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        assert_int_equal(bytes[i], 0);
    assert_int_equal(read(own, bytes, sizeof bytes), sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        assert_int_equal(bytes[i], 0);
    close(gen);
    close(own);
    free(older);
    /* From then on generations are kept, under the passphrase. */
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_true(exists_beside(w, ".gen1"));
    assert_int_equal(n_plain(w), 0);
    store_close(s);
    assessment_free(a);
}

/* A link that somebody planted where a generation may be: what it leads to is not ours to wipe. */
static void locked__wipes_nothing_through_a_link(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct buf bytes = {0};
    struct assessment *a = small_new();
    char *victim = beside(w, ".victim"), *planted = beside(w, ".gen2");
    s = create(w, a, NULL);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(file_write_new(victim, "of somebody else", 16, false, NULL), ERR_OK);
    unlink(planted);
    assert_int_equal(symlink(victim, planted), 0);
    store_set_safe(s, safe_of("correct horse"));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    read_file(&bytes, victim);
    assert_string_equal(buf_str(&bytes), "of somebody else");
    assert_false(exists_beside(w, ".gen2"));
    store_close(s);
    assessment_free(a);
    buf_release(&bytes);
    free(victim);
    free(planted);
}

static void locked__changes_and_loses_its_passphrase(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct store_open got;
    struct assessment *a = make_locked(w, "correct horse", &s);
    s->generation_seconds = 0;
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_true(exists_beside(w, ".gen1"));
    store_set_safe(s, safe_of("battery staple"));
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_false(exists_beside(w, ".gen1")); /* it opened with the old one */
    assert_int_equal(locked_revision(w->path, "correct horse"), -1);
    assert_int_equal(locked_revision(w->path, "battery staple"), a->revision);
    store_set_safe(s, NULL);
    assert_false(store_has_safe(s));
    save(s, a);
    store_close(s);
    assert_int_equal(revision_of(w->path), a->revision);
    s = open_with(w, &got, NULL, ERR_OK);
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
}

/* Killed between the save under the passphrase and the wiping of what was there before. */
static void locked__wipes_at_the_next_start_what_a_crash_left(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct store_open got;
    struct assessment *a = make_locked(w, "correct horse", &s);
    char *names[] = {beside(w, ".gen0"), beside(w, ".gen2")};
    store_close(s);
    for (int i = 0; i < 2; i++)
        assert_int_equal(file_write_new(names[i], "plain", 5, false, NULL), ERR_OK);
    assert_int_equal(n_plain(w), 2);
    s = open_with(w, &got, "correct horse", ERR_OK);
    assert_int_equal(n_plain(w), 0);
    store_close(s);
    assessment_free(got.assessment);
    assessment_free(a);
    free(names[0]);
    free(names[1]);
}

static void locked__never_saves_twice_with_one_key_stream(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct assessment *a = make_locked(w, "correct horse", &s);
    struct buf one = {0}, two = {0};
    read_file(&one, w->path);
    store_submit(s, a, "monshin test", SMALL_NOW);
    assert_true(store_flush(s, -1, NULL));
    read_file(&two, w->path);
    size_t header = (size_t)(strstr(one.p, "\n--- ") - one.p) + 49;
    assert_memory_equal(one.p, two.p, header);          /* the same header: no new derivation */
    assert_memory_not_equal(one.p + header, two.p + header, 16); /* a fresh nonce */
    size_t same = 0;
    for (size_t i = header + 16; i < one.len && i < two.len; i++)
        same += one.p[i] == two.p[i];
    assert_true(same < (one.len - header) / 16); /* nothing but chance */
    store_close(s);
    assessment_free(a);
    buf_release(&one);
    buf_release(&two);
}

static void locked__is_rescued_under_its_passphrase(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct assessment *a = make_locked(w, "correct horse", &s);
    pthread_mutex_lock(&s->mutex); /* a writer that waits before it tries again */
    s->failing = true;
    s->retry_at = clock_in_ms(60000);
    pthread_mutex_unlock(&s->mutex);
    save(s, a);
    assert_true(store_emergency(s));
    assert_int_equal(n_plain(w), 0);
    assert_int_equal(locked_revision(w->path, "correct horse"), a->revision);
    store_close(s);
    assessment_free(a);
}

/* The last resort writes through the cipher by chunks: every length around them opens. */
static void rescue__is_a_good_file__at_every_size_around_a_chunk(void **state)
{
    struct world *w = *state;
    static const size_t sizes[] = {1, 1000, 65500, 65501, 65502, 65503, 65504, 65505, 65510, 65535, 65536, 131000, 131010, 131020, 200000};
    struct passphrase *pass = pass_of("correct horse");
    struct safe *safe = safe_of("correct horse");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t n = sizes[i]; n < sizes[i] + 3; n++) {
            struct buf text = {0}, sealed = {0}, gz = {0}, got = {0};
            bool gzip = n % 2 == 0;
            for (size_t k = 0; k < n; k++)
                buf_addc(&text, (char)('a' + k % 26));
            int fd = open(w->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
            assert_int_equal(rescue_write(file_ops_real(), fd, text.p, text.len, gzip, safe), 0);
            close(fd);
            read_file(&sealed, w->path);
            assert_int_equal(safe_open(NULL, &gz, sealed.p, sealed.len, pass, NULL), ERR_OK);
            if (gzip)
                assert_int_equal(gz_inflate(&got, gz.p, gz.len, 1 << 22, NULL), ERR_OK);
            else
                buf_add(&got, gz.p, gz.len);
            assert_int_equal(got.len, n);
            assert_memory_equal(got.p, text.p, n);
            buf_release(&text);
            buf_release(&sealed);
            buf_release(&gz);
            buf_release(&got);
        }
    safe_release(safe);
    secret_free(pass);
}

static void locked__moves_to_another_place_as_it_is(void **state)
{
    struct world *w = *state;
    struct store *s;
    struct assessment *a = make_locked(w, "correct horse", &s);
    char *other = beside(w, ".other.xml.gz");
    assert_int_equal(store_move(s, other, NULL), ERR_OK);
    save(s, a);
    assert_true(store_flush(s, -1, NULL));
    assert_int_equal(n_plain(w), 0);
    assert_int_equal(locked_revision(other, "correct horse"), a->revision);
    store_close(s);
    assessment_free(a);
    free(other);
}

static void safe__refuses_every_changed_byte_and_every_length(void **state)
{
    (void)state;
    struct safe *safe = safe_of("correct horse");
    struct passphrase *pass = pass_of("correct horse");
    struct buf sealed = {0}, got = {0};
    safe_seal(&sealed, "the plant's weaknesses", 22, safe);
    assert_true(safe_is(sealed.p, sealed.len));
    assert_int_equal(safe_open(NULL, &got, sealed.p, sealed.len, pass, NULL), ERR_OK);
    for (size_t i = 0; i < sealed.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            sealed.p[i] = (char)(sealed.p[i] ^ 1 << bit);
            buf_clear(&got);
            if (safe_open(NULL, &got, sealed.p, sealed.len, pass, NULL) == ERR_OK || got.len > 0)
                fail_msg("byte %zu", i);
            sealed.p[i] = (char)(sealed.p[i] ^ 1 << bit);
        }
    for (size_t n = 0; n < sealed.len; n++)
        assert_int_not_equal(safe_open(NULL, &got, sealed.p, n, pass, NULL), ERR_OK);
    buf_release(&sealed);
    buf_release(&got);
    safe_release(safe);
    secret_free(pass);
}

static void safe__asks_no_more_of_the_machine_than_a_limit(void **state)
{
    (void)state;
    static const char *const works[] = {"0", "00", "04", "+4", "-4", "4 ", "0x4", "21", "22", "64", "999999999999999999999", ""};
    struct safe *safe = safe_of("correct horse");
    struct passphrase *pass = pass_of("correct horse");
    struct buf sealed = {0}, other = {0}, got = {0};
    safe_seal(&sealed, "x", 1, safe);
    const char *at = strstr(sealed.p, " 4\n");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        buf_clear(&other);
        buf_add(&other, sealed.p, (size_t)(at + 1 - sealed.p));
        buf_adds(&other, works[i]);
        buf_add(&other, at + 2, sealed.len - (size_t)(at + 2 - sealed.p));
        enum err err = safe_open(NULL, &got, other.p, other.len, pass, NULL);
        assert_true(err == ERR_SEAL_FORMAT || err == ERR_MEMORY);
    }
    buf_release(&sealed);
    buf_release(&other);
    buf_release(&got);
    safe_release(safe);
    secret_free(pass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(locked__is_saved_and_opens_with_its_passphrase_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__leaves_nothing_of_before_beside_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__wipes_nothing_through_a_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__changes_and_loses_its_passphrase, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__wipes_at_the_next_start_what_a_crash_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__never_saves_twice_with_one_key_stream, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__is_rescued_under_its_passphrase, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rescue__is_a_good_file__at_every_size_around_a_chunk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(locked__moves_to_another_place_as_it_is, set_up, tear_down),
        cmocka_unit_test(safe__refuses_every_changed_byte_and_every_length),
        cmocka_unit_test(safe__asks_no_more_of_the_machine_than_a_limit),
    };
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
