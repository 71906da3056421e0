/* With the distribution's programs age and minisign, in both directions, at every size around a chunk. Skipped, and said, where they are
 * not installed. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/seal/age.h"
#include "core/seal/minisign.h"
#include "core/seal/secret.h"

static const size_t SIZES[] = {0,     1,     2,     47,    48,     63,     64,     65519,  65520,  65521,  65534,  65535,
                               65536, 65537, 65538, 65552, 131055, 131071, 131072, 131073, 131088, 196607, 196608, 196609};
enum { N_SIZES = sizeof SIZES / sizeof SIZES[0] };

static char folder[] = "/tmp/monshin-interop-XXXXXX"; /* made by setup */

static bool has(const char *program)
{
    char line[100];
    snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", program);
    return system(line) == 0;
}

static bool run(const char *line)
{
    struct buf whole = {0};
    buf_addf(&whole, "cd %s && { %s ; } >/dev/null 2>err", folder, line);
    bool done = system(buf_str(&whole)) == 0;
    buf_release(&whole);
    return done;
}

static void put(const char *name, const struct buf *bytes)
{
    char *path = path_join(folder, name);
    assert_int_equal(file_write_new(path, buf_str(bytes), bytes->len, true, NULL), ERR_OK);
    free(path);
}

static void get(struct buf *out, const char *name)
{
    char *path = path_join(folder, name);
    buf_clear(out);
    assert_int_equal(file_read(out, path, AGE_FILE_MAX, NULL), ERR_OK);
    free(path);
}

static void fill(struct buf *out, size_t n)
{
    buf_clear(out);
    for (size_t i = 0; i < n; i++)
        buf_addc(out, (char)(i * 31 + (i >> 8)));
}

static void assert_same(const struct buf *a, const struct buf *b)
{
    assert_int_equal(a->len, b->len);
    assert_memory_equal(buf_str(a), buf_str(b), a->len);
}

static void need(const char *program)
{
    if (has(program))
        return;
    printf("skipped: the program %s is not installed\n", program);
    skip();
}

static void age__opens_ours_and_we_open_theirs(void **state)
{
    (void)state;
    struct age_identity id[2];
    struct buf text = {0}, plain = {0}, sealed = {0}, got = {0}, line = {0};
    unsigned char to[2][AGE_KEY_BYTES];
    char recipient[AGE_RECIPIENT_SIZE], second[AGE_RECIPIENT_SIZE];
    need("age");
    for (int i = 0; i < 2; i++) {
        age_identity_new(&id[i]);
        memcpy(to[i], id[i].recipient, AGE_KEY_BYTES);
    }
    age_recipient_text(recipient, id[0].recipient);
    age_recipient_text(second, id[1].recipient);
    age_identity_text(&text, &id[1]);
    put("id", &text);
    buf_addf(&line, "age -r %s -r %s -o theirs.age plain", recipient, second);
    for (size_t i = 0; i < N_SIZES; i++) {
        fill(&plain, SIZES[i]);
        put("plain", &plain);
        buf_clear(&sealed);
        assert_int_equal(age_seal(&sealed, buf_str(&plain), plain.len, to, 2, NULL), ERR_OK);
        put("ours.age", &sealed);
        if (!run("age -d -i id ours.age >got"))
            fail_msg("age refuses ours of %zu bytes", SIZES[i]);
        get(&got, "got");
        assert_same(&got, &plain);
        assert_true(run(buf_str(&line)));
        get(&sealed, "theirs.age");
        buf_clear(&got);
        assert_int_equal(age_open(&got, sealed.p, sealed.len, &id[0], 1, NULL), ERR_OK);
        assert_same(&got, &plain);
    }
    printf("figure: age: %d sizes, ours opened by it and its opened by us\n", (int)N_SIZES);
    buf_release(&text);
    buf_release(&plain);
    buf_release(&sealed);
    buf_release(&got);
    buf_release(&line);
}

static void age_keygen__makes_keys_that_we_read(void **state)
{
    (void)state;
    struct buf text = {0};
    struct age_identity id;
    char recipient[AGE_RECIPIENT_SIZE];
    need("age-keygen");
    for (int i = 0; i < 20; i++) {
        assert_true(run("rm -f key; age-keygen -o key; age-keygen -y key >pub"));
        get(&text, "key");
        const char *secret = strstr(buf_str(&text), "AGE-SECRET-KEY-1");
        assert_non_null(secret);
        assert_true(age_identity_parse(&id, secret, strcspn(secret, "\n")));
        age_recipient_text(recipient, id.recipient);
        get(&text, "pub");
        assert_memory_equal(buf_str(&text), recipient, AGE_RECIPIENT_SIZE - 1);
    }
    buf_release(&text);
}

static void minisign__verifies_ours(void **state)
{
    (void)state;
    struct minisign_secret key;
    struct buf plain = {0}, sig = {0}, line = {0};
    char pub[MINISIGN_SIZE];
    need("minisign");
    minisign_new(&key);
    minisign_text(pub, &key.pub);
    buf_addf(&line, "minisign -V -P %s -m plain -x sig", pub);
    for (size_t i = 0; i < N_SIZES; i++) {
        fill(&plain, SIZES[i]);
        put("plain", &plain);
        buf_clear(&sig);
        minisign_sign(&sig, buf_str(&plain), plain.len, &key, "ours", "timestamp:1795410000\tfile:plain\thashed");
        put("sig", &sig);
        if (!run(buf_str(&line)))
            fail_msg("minisign refuses ours of %zu bytes", SIZES[i]);
    }
    printf("figure: minisign: %d sizes of ours verified by it\n", (int)N_SIZES);
    buf_release(&plain);
    buf_release(&sig);
    buf_release(&line);
}

/* The second line of minisign.pub. */
static bool read_public(struct minisign_public *out, const struct buf *text)
{
    const char *second = strchr(buf_str(text), '\n') + 1;
    return minisign_parse(out, second, strcspn(second, "\n"));
}

static void minisign__signs_and_we_verify(void **state)
{
    (void)state;
    struct minisign_public pub;
    struct buf plain = {0}, sig = {0}, text = {0};
    need("minisign");
    assert_true(run("minisign -G -f -W -p theirs.pub -s theirs.key </dev/null"));
    get(&text, "theirs.pub");
    assert_true(read_public(&pub, &text));
    for (size_t i = 0; i < N_SIZES; i++) {
        fill(&plain, SIZES[i]);
        put("plain", &plain);
        assert_true(run("minisign -S -H -s theirs.key -m plain -x sig -t 'site jp-osaka' </dev/null"));
        get(&sig, "sig");
        assert_int_equal(minisign_verify(sig.p, sig.len, buf_str(&plain), plain.len, &pub, NULL), ERR_OK);
        buf_addc(&plain, 'x');
        assert_int_equal(minisign_verify(sig.p, sig.len, buf_str(&plain), plain.len, &pub, NULL), ERR_SEAL_SIGNATURE);
    }
    /* The old kind, without hashing first, is not ours. */
    if (run("minisign -S -l -s theirs.key -m plain -x sig </dev/null")) {
        get(&plain, "plain");
        get(&sig, "sig");
        assert_int_equal(minisign_verify(sig.p, sig.len, buf_str(&plain), plain.len, &pub, NULL), ERR_SEAL_FORMAT);
    }
    buf_release(&plain);
    buf_release(&sig);
    buf_release(&text);
}

static int setup(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return system(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age__opens_ours_and_we_open_theirs),
        cmocka_unit_test(age_keygen__makes_keys_that_we_read),
        cmocka_unit_test(minisign__verifies_ours),
        cmocka_unit_test(minisign__signs_and_we_verify),
    };
    secret_start();
    return cmocka_run_group_tests(tests, setup, teardown);
}
