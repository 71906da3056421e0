/* Keys, folders of keys and passphrases as files that went through other hands, other programs and other systems. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/seal/age_priv.h"
#include "core/seal/key.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"
#include "core/seal/trust.h"

static const struct key_cost CHEAP = {1, 8};

struct room {
    char dir[64], path[128];
    struct key_secret *key;
    struct key_public pub;
};

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    strcpy(r->dir, "/tmp/monshin-keys-XXXXXX");
    if (mkdtemp(r->dir) == NULL)
        return -1;
    r->key = secret_new(sizeof *r->key);
    key_new(r->key);
    key_public_of(&r->pub, r->key);
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", r->dir);
    int rc = system(line);
    secret_free(r->key);
    free(r);
    return rc;
}

static const char *in(struct room *r, const char *name)
{
    snprintf(r->path, sizeof r->path, "%s/%s", r->dir, name);
    return r->path;
}

static void put(struct room *r, const char *name, const void *bytes, size_t n)
{
    assert_int_equal(file_write_new(in(r, name), bytes, n, true, NULL), ERR_OK);
}

/* A stands for one key, B for the other. */
static void expand(struct buf *out, const char *text, const char *a, const char *b)
{
    buf_clear(out);
    for (; *text != '\0'; text++)
        if (*text == 'A' || *text == 'B')
            buf_adds(out, *text == 'A' ? a : b);
        else
            buf_addc(out, *text);
}

/* ---- Public keys ---- */

static enum err parse_public(struct key_public *out, const struct buf *text)
{
    return key_public_parse(out, buf_str(text), text->len, NULL);
}

static void public_key__is_the_same__whatever_a_mail_did_to_its_lines(void **state)
{
    struct room *r = *state;
    char age[AGE_RECIPIENT_SIZE], sign[MINISIGN_SIZE];
    struct key_public got;
    struct buf text = {0};
    age_recipient_text(age, r->pub.age);
    minisign_text(sign, &r->pub.sign);
    static const char *const good[] = {"# c\r\n\r\nA\r\nB\r\n", "A\nB", "B\n\nA\r"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        expand(&text, good[i], age, sign);
        assert_int_equal(parse_public(&got, &text), ERR_OK);
        assert_true(key_same(&got, &r->pub));
    }
    static const char *const bad[] = {"", "# c\n", "B\n", "A\nA\n", "A\nB\nB\n", " A\n", "A \n", "AB\n", "A\nhello\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expand(&text, bad[i], age, sign);
        if (parse_public(&got, &text) != ERR_KEY)
            fail_msg("taken: %s", bad[i]);
    }
    buf_release(&text);
}

static void keys__are_the_same__in_all_parts_or_not(void **state)
{
    struct room *r = *state;
    struct key_public other = r->pub;
    assert_true(key_same(&other, &r->pub));
    other.age[0] ^= 1;
    assert_false(key_same(&other, &r->pub));
    other = r->pub;
    other.sign.id[7] ^= 1;
    assert_false(key_same(&other, &r->pub));
    other = r->pub;
    other.sign.key[31] ^= 1;
    assert_false(key_same(&other, &r->pub));
    other = r->pub;
    other.signs = false;
    assert_false(key_same(&other, &r->pub));
    assert_null(key_copy(NULL));
    struct key_secret *copy = key_copy(r->key);
    assert_memory_equal(copy, r->key, sizeof *copy);
    secret_free(copy);
}

/* ---- Secret keys ---- */

static void secret_key__of_age_keygen__is_one_identity_among_lines_for_people(void **state)
{
    struct room *r = *state;
    struct key_secret *got = secret_new(sizeof *got);
    struct buf id = {0};
    age_identity_text(&id, &r->key->age);
    static const char *const good[] = {"A", "A\n", "# c\r\nA\r\n", "\n\nA\n\n# c", "A\r"};
    static const char *const bad[] = {"", "\n", "A\nA\n", " A\n", "A \n", "x\nA\n", "A\nx\n"};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        expand(&text, good[i], id.p, "");
        assert_int_equal(key_secret_parse(got, buf_str(&text), text.len, NULL, NULL), ERR_OK);
        assert_memory_equal(got->age.secret, r->key->age.secret, AGE_KEY_BYTES);
        assert_false(got->signs);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expand(&text, bad[i], id.p, "");
        if (key_secret_parse(got, buf_str(&text), text.len, NULL, NULL) != ERR_KEY)
            fail_msg("taken: %s", bad[i]);
    }
    secret_buf_release(&id);
    secret_buf_release(&text);
    secret_free(got);
}

static void secret_key__is_refused__at_every_length_but_its_own(void **state)
{
    struct room *r = *state;
    struct key_secret *got = secret_new(sizeof *got);
    struct passphrase *pass = secret_new(sizeof *pass);
    struct buf text = {0};
    pass->n_bytes = 10;
    memcpy(pass->text, "correct ho", 11);
    assert_int_equal(key_secret_write(&text, r->key, pass, &CHEAP, NULL), ERR_OK);
    for (size_t n = 0; n < text.len; n++)
        assert_int_equal(key_secret_parse(got, text.p, n, pass, NULL), ERR_KEY);
    buf_addc(&text, '\n');
    assert_int_equal(key_secret_parse(got, text.p, text.len, pass, NULL), ERR_KEY);
    assert_int_equal(key_secret_parse(got, text.p, text.len - 1, NULL, NULL), ERR_PASSPHRASE);
    /* The public lines are covered too: another fingerprint over our secret. */
    struct key_secret *other = secret_new(sizeof *other);
    struct buf strange = {0};
    key_new(other);
    assert_int_equal(key_secret_write(&strange, other, pass, &CHEAP, NULL), ERR_OK);
    const char *ours = strstr(text.p, "\nargon2id"), *theirs = strstr(strange.p, "\nargon2id");
    buf_cut(&strange, (size_t)(theirs - strange.p));
    buf_add(&strange, ours, text.len - 1 - (size_t)(ours - text.p));
    assert_int_equal(key_secret_parse(got, strange.p, strange.len, pass, NULL), ERR_PASSPHRASE);
    buf_release(&text);
    buf_release(&strange);
    secret_free(other);
    secret_free(got);
    secret_free(pass);
}

/* ---- Folders of keys ---- */

static void put_public(struct room *r, const char *name, const struct key_public *key)
{
    struct buf text = {0};
    key_public_write(&text, key, "for people");
    put(r, name, text.p, text.len);
    buf_release(&text);
}

static void trust__is_the_public_keys_of_a_folder__by_name(void **state)
{
    struct room *r = *state;
    struct trust t;
    struct diag d = {0};
    char *path;
    struct key_public plain = r->pub, other = r->pub;
    put_public(r, "osaka.pub", &r->pub);
    put_public(r, ".hidden.pub", &r->pub);
    put(r, ".pub", "x", 1);
    put(r, "readme.txt", "x", 1);
    put(r, "x", "x", 1);
    assert_int_equal(trust_load(&t, r->dir, &path, &d), ERR_OK);
    assert_int_equal(t.n, 1);
    assert_string_equal(trust_name(&t, &r->pub), "osaka");
    other.sign.key[0] ^= 1;
    assert_null(trust_name(&t, &other));
    plain.signs = false;
    assert_null(trust_name(&t, &plain));
    trust_release(&t);
    /* One that cannot be used is no key to be passed over. */
    put_public(r, "aomori.pub", &plain);
    assert_int_equal(trust_load(&t, r->dir, &path, &d), ERR_KEY);
    assert_non_null(strstr(path, "aomori.pub"));
    free(path);
    unlink(in(r, "aomori.pub"));
    assert_int_equal(mkdir(in(r, "zzz.pub"), 0700), 0);
    assert_int_equal(trust_load(&t, r->dir, &path, &d), ERR_NOT_REGULAR);
    free(path);
    assert_int_equal(trust_load(&t, in(r, "osaka.pub"), &path, &d), ERR_OPEN);
    free(path);
    assert_int_equal(trust_load(&t, in(r, "nowhere"), &path, &d), ERR_NOT_FOUND);
    free(path);
}

/* ---- Passphrases ---- */

static void passphrase__is_the_first_line_of_a_file(void **state)
{
    struct room *r = *state;
    struct passphrase *pass = secret_new(sizeof *pass);
    static const struct {
        const char *text, *want; /* NULL: refused */
    } cases[] = {{"correct\n", "correct"}, {"correct", "correct"},    {"correct\r\nnext", "correct"}, {"a b \n", "a b "}, {"\xe9\xa6\xac\n", "\xe9\xa6\xac"},
                 {"", NULL},               {"\n", NULL},              {"\r\n", NULL},                 {"\nsecond\n", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        put(r, "pass", cases[i].text, strlen(cases[i].text));
        enum err err = passphrase_read(pass, in(r, "pass"), NULL);
        assert_int_equal(err, cases[i].want != NULL ? ERR_OK : ERR_PASSPHRASE);
        if (err == ERR_OK)
            assert_string_equal(pass->text, cases[i].want);
        else
            assert_int_equal(pass->n_bytes, 0);
    }
    char longest[PASSPHRASE_MAX + 1];
    memset(longest, 'x', sizeof longest);
    put(r, "pass", longest, PASSPHRASE_MAX);
    assert_int_equal(passphrase_read(pass, in(r, "pass"), NULL), ERR_OK);
    put(r, "pass", longest, PASSPHRASE_MAX + 1);
    assert_int_equal(passphrase_read(pass, in(r, "pass"), NULL), ERR_PASSPHRASE);
    put(r, "pass", "cor\0rect\n", 9);
    assert_int_equal(passphrase_read(pass, in(r, "pass"), NULL), ERR_PASSPHRASE);
    assert_int_equal(passphrase_read(pass, r->dir, NULL), ERR_READ);
    assert_int_equal(passphrase_read(pass, in(r, "nowhere"), NULL), ERR_NOT_FOUND);
    secret_free(pass);
}

static void passphrase__comes_through_a_descriptor__by_no_other_name(void **state)
{
    struct room *r = *state;
    struct passphrase *pass = secret_new(sizeof *pass);
    int fds[2];
    char name[32];
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], "correct\nrest", 12), 12);
    snprintf(name, sizeof name, "/dev/fd/%d", fds[0]);
    assert_int_equal(passphrase_read(pass, name, NULL), ERR_OK);
    assert_string_equal(pass->text, "correct");
    char rest[5] = {0};
    assert_int_equal(read(fds[0], rest, 4), 4); /* nothing behind the line was eaten; the descriptor stays open */
    assert_string_equal(rest, "rest");
    for (const char *const *p = (const char *const[]){"/dev/fd/", "/dev/fd/999", "/dev/fd/0x", "/dev/fd/123456", NULL}; *p != NULL; p++)
        assert_int_not_equal(passphrase_read(pass, *p, NULL), ERR_OK);
    close(fds[0]);
    close(fds[1]);
    (void)r;
    secret_free(pass);
}

/* ---- Files under a passphrase that are none ---- */

static void safe__is_for_a_passphrase_alone(void **state)
{
    struct room *r = *state;
    struct passphrase *pass = secret_new(sizeof *pass);
    struct safe *safe;
    struct buf sealed = {0}, out = {0}, other = {0};
    pass->n_bytes = 10;
    memcpy(pass->text, "correct ho", 11);
    assert_int_equal(age_seal(&sealed, "x", 1, &r->key->age.recipient, 1, NULL), ERR_OK);
    assert_false(safe_is(sealed.p, sealed.len));
    assert_int_equal(safe_open(NULL, &out, sealed.p, sealed.len, pass, NULL), ERR_SEAL_KEY);
    assert_int_equal(safe_open(NULL, &out, "nonsense", 8, pass, NULL), ERR_SEAL_FORMAT);
    assert_int_equal(safe_new(&safe, pass, 4, NULL), ERR_OK);
    /* Beside another stanza, for which nobody would have to know the passphrase; with an argument more, or a body of another length. */
    size_t n;
    const char *header = safe_header(safe, &n), *stanza = strchr(header, '\n') + 1, *end = strstr(stanza, "--- ");
    size_t n_stanza = (size_t)(end - stanza);
    static const char *const more[] = {"-> x\n\n", "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4\n\n"};
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&other);
        age_put_version(&other);
        buf_adds(&other, more[i]);
        buf_add(&other, stanza, n_stanza);
        buf_add(&other, end, n - (size_t)(end - header));
        assert_int_equal(safe_open(NULL, &out, other.p, other.len, pass, NULL), ERR_SEAL_FORMAT);
    }
    static const char *const lone[] = {"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4 x\n", "-> scrypt AAAAAAAAAAAAAAAAAAAAAA\n", "-> scrypt AAAAAAAAAAAAAAAAAAAAA 4\n",
                                       "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4\n"};
    for (size_t i = 0; i < sizeof lone / sizeof lone[0]; i++) {
        buf_clear(&other);
        age_put_version(&other);
        buf_adds(&other, lone[i]);
        buf_adds(&other, i == 3 ? "AAAA\n" : "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        buf_add(&other, end, n - (size_t)(end - header));
        assert_int_equal(safe_open(NULL, &out, other.p, other.len, pass, NULL), ERR_SEAL_FORMAT);
    }
    assert_int_equal(out.len, 0);
    buf_release(&sealed);
    buf_release(&other);
    safe_release(safe);
    safe_release(NULL);
    assert_null(safe_ref(NULL));
    secret_free(pass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(public_key__is_the_same__whatever_a_mail_did_to_its_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys__are_the_same__in_all_parts_or_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secret_key__of_age_keygen__is_one_identity_among_lines_for_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secret_key__is_refused__at_every_length_but_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trust__is_the_public_keys_of_a_folder__by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(passphrase__is_the_first_line_of_a_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(passphrase__comes_through_a_descriptor__by_no_other_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(safe__is_for_a_passphrase_alone, set_up, tear_down),
    };
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
