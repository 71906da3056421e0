/* Keys, signatures, the archive and the package: what is forged, passed on, changed or cut off is refused. With other programs:
 * test_seal_interop.c. */
#include "tests/unit/cm.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/base/buf.h"
#include "core/model/sealed.h"
#include "core/seal/key.h"
#include "core/seal/package.h"
#include "core/seal/secret.h"
#include "core/seal/tar.h"
#include "tests/unit/small.h"

static const struct key_cost CHEAP = {1, 64};
static const char NOW[] = "2026-11-23T09:00:00+09:00";

static void set_pass(struct passphrase *p, const char *text)
{
    p->n_bytes = strlen(text);
    memcpy(p->text, text, p->n_bytes + 1);
}

/* ---- Signatures ---- */

static void minisign__verifies_what_it_signed__and_no_changed_byte(void **state)
{
    (void)state;
    struct minisign_secret key, other;
    struct buf sig = {0};
    minisign_new(&key);
    minisign_new(&other);
    minisign_sign(&sig, "manifest", 8, &key, "comment", "trusted\tcomment");
    assert_int_equal(minisign_verify(sig.p, sig.len, "manifest", 8, &key.pub, NULL), ERR_OK);
    assert_int_equal(minisign_verify(sig.p, sig.len, "manifesT", 8, &key.pub, NULL), ERR_SEAL_SIGNATURE);
    assert_int_equal(minisign_verify(sig.p, sig.len, "manifest", 8, &other.pub, NULL), ERR_SEAL_SIGNER);
    memcpy(other.pub.id, key.pub.id, MINISIGN_ID_BYTES); /* the id is no proof */
    assert_int_equal(minisign_verify(sig.p, sig.len, "manifest", 8, &other.pub, NULL), ERR_SEAL_SIGNATURE);
    size_t free_part = strlen("untrusted comment: "), free_end = free_part + strlen("comment");
    for (size_t i = 0; i < sig.len; i++)
        for (int x = 1; x < 256; x++) {
            sig.p[i] = (char)(sig.p[i] ^ x);
            bool may = i >= free_part && i < free_end && sig.p[i] != '\n'; /* the untrusted comment is just that */
            if ((minisign_verify(sig.p, sig.len, "manifest", 8, &key.pub, NULL) == ERR_OK) != may)
                fail_msg("byte %zu changed by %02x", i, (unsigned)x);
            sig.p[i] = (char)(sig.p[i] ^ x);
        }
    for (size_t n = 0; n < sig.len; n++)
        assert_int_not_equal(minisign_verify(sig.p, n, "manifest", 8, &key.pub, NULL), ERR_OK);
    buf_addc(&sig, '\n');
    assert_int_equal(minisign_verify(sig.p, sig.len, "manifest", 8, &key.pub, NULL), ERR_SEAL_FORMAT);
    buf_release(&sig);
}

/* RFC 8032, 7.1, test 1: the secret is a seed, the public key follows from it. */
static void minisign__has_the_public_key_of_rfc_8032(void **state)
{
    (void)state;
    static const unsigned char seed[32] = {0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
                                           0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60},
                               want[32] = {0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
                                           0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
    static const unsigned char id[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct minisign_secret key;
    char text[MINISIGN_SIZE], id_text[MINISIGN_ID_SIZE];
    struct minisign_public again;
    minisign_from(&key, id, seed);
    assert_memory_equal(key.pub.key, want, 32);
    minisign_text(text, &key.pub);
    assert_int_equal(strlen(text), 56);
    assert_true(minisign_parse(&again, text, 56));
    assert_true(minisign_same(&again, &key.pub));
    assert_false(minisign_parse(&again, text, 55));
    minisign_id_text(id_text, &key.pub);
    assert_string_equal(id_text, "0807060504030201");
}

/* ---- Keys ---- */

static void key__comes_back_from_its_files(void **state)
{
    (void)state;
    struct key_secret *key = secret_new(sizeof *key), *again = secret_new(sizeof *again);
    struct key_public pub, read;
    struct passphrase *pass = secret_new(sizeof *pass);
    struct buf text = {0}, pub_text = {0};
    set_pass(pass, "correct horse battery");
    key_new(key);
    key_public_of(&pub, key);
    assert_int_equal(key_secret_write(&text, key, pass, &CHEAP, NULL), ERR_OK);
    assert_true(key_is_locked(text.p, text.len));
    assert_int_equal(key_secret_parse(again, text.p, text.len, pass, NULL), ERR_OK);
    assert_memory_equal(&key->age, &again->age, sizeof key->age);
    assert_memory_equal(&key->sign, &again->sign, sizeof key->sign);
    assert_true(again->signs);
    struct key_secret *copy = key_copy(again);
    assert_true(key_passphrase_fits(copy, pass));
    assert_false(key_passphrase_fits(key, pass)); /* never was in a file */
    assert_int_equal(key_secret_parse(again, text.p, text.len, NULL, NULL), ERR_PASSPHRASE);
    set_pass(pass, "correct horse batterz");
    assert_false(key_passphrase_fits(copy, pass));
    secret_free(copy);
    assert_int_equal(key_secret_parse(again, text.p, text.len, pass, NULL), ERR_PASSPHRASE);
    key_public_write(&pub_text, &pub, "Osaka");
    assert_int_equal(key_public_parse(&read, pub_text.p, pub_text.len, NULL), ERR_OK);
    assert_true(key_same(&read, &pub));
    assert_int_equal(key_public_parse(&read, text.p, text.len, NULL), ERR_KEY);
    buf_release(&text);
    buf_release(&pub_text);
    secret_free(key);
    secret_free(again);
    secret_free(pass);
}

static void key__is_refused__with_any_byte_changed(void **state)
{
    (void)state;
    struct key_secret *key = secret_new(sizeof *key), *again = secret_new(sizeof *again);
    struct passphrase *pass = secret_new(sizeof *pass);
    struct buf text = {0};
    set_pass(pass, "correct horse battery");
    key_new(key);
    assert_int_equal(key_secret_write(&text, key, pass, &CHEAP, NULL), ERR_OK);
    for (size_t i = 0; i < text.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            text.p[i] = (char)(text.p[i] ^ 1 << bit);
            if (key_secret_parse(again, text.p, text.len, pass, NULL) == ERR_OK)
                fail_msg("taken with bit %d of byte %zu changed", bit, i);
            text.p[i] = (char)(text.p[i] ^ 1 << bit);
        }
    for (size_t n = 0; n < text.len; n++)
        assert_int_not_equal(key_secret_parse(again, text.p, n, pass, NULL), ERR_OK);
    buf_release(&text);
    secret_free(key);
    secret_free(again);
    secret_free(pass);
}

static void key__asks_no_more_of_the_machine_than_a_limit(void **state)
{
    (void)state;
    static const char *const costs[] = {"0 65536",  "3 0",        "65 65536", "3 1048577", "3 99999999", "03 65536", "3 065536",
                                        "3  65536", "-3 65536", "3 65536x", "999999999 8", "5 1048576", "64 65537"};
    struct key_secret *key = secret_new(sizeof *key);
    struct passphrase *pass = secret_new(sizeof *pass);
    set_pass(pass, "correct horse battery");
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
        struct buf text = {0}, other = {0};
        key_new(key);
        assert_int_equal(key_secret_write(&text, key, pass, &CHEAP, NULL), ERR_OK);
        const char *at = strstr(text.p, "1 64 ");
        buf_add(&other, text.p, (size_t)(at - text.p));
        buf_adds(&other, costs[i]);
        buf_adds(&other, at + 4);
        assert_int_equal(key_secret_parse(key, other.p, other.len, pass, NULL), ERR_KEY);
        buf_release(&text);
        buf_release(&other);
    }
    secret_free(key);
    secret_free(pass);
}

static void key__takes_the_files_of_age_keygen(void **state)
{
    (void)state;
    static const char FILE_TEXT[] = "# created: 2026-11-23T09:00:00+09:00\n"
                                    "# public key: age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n"
                                    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n",
                      PUBLIC[] = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    struct key_secret *key = secret_new(sizeof *key);
    struct key_public pub, found;
    assert_int_equal(key_secret_parse(key, FILE_TEXT, strlen(FILE_TEXT), NULL, NULL), ERR_OK);
    assert_false(key->signs);
    key_public_of(&pub, key);
    assert_int_equal(key_public_find(&found, PUBLIC, NULL), ERR_OK);
    assert_true(key_same(&pub, &found));
    assert_int_equal(key_secret_parse(key, "# nothing\n", 10, NULL, NULL), ERR_KEY);
    assert_int_equal(key_secret_parse(key, PUBLIC, strlen(PUBLIC), NULL, NULL), ERR_KEY);
    secret_free(key);
}

/* The digits follow from the two lines alone: sha256sum of them, its first four bytes as a number, the last four digits, and so on. */
static void fingerprint__is_eight_groups_of_the_digest_of_the_lines(void **state)
{
    (void)state;
    static const char TEXT[] = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n";
    struct key_public key;
    char got[FINGERPRINT_SIZE];
    assert_int_equal(key_public_parse(&key, TEXT, strlen(TEXT), NULL), ERR_OK);
    key_fingerprint(got, &key);
    assert_string_equal(got, "7935 3428 6739 9401 0031 4761 3025 0252");
}

/* ---- The archive ---- */

enum { LIMIT = 1000 };

static enum err read_two(const struct buf *tar, struct tar_member m[2])
{
    m[0] = (struct tar_member){.name = "manifest", .max_bytes = LIMIT};
    m[1] = (struct tar_member){.name = "export.xml", .max_bytes = LIMIT};
    return tar_read(m, 2, buf_str(tar), tar->len, NULL);
}

static void tar__gives_its_members_back__in_any_order(void **state)
{
    (void)state;
    char bytes[LIMIT];
    memset(bytes, 'x', sizeof bytes);
    for (size_t n = 0; n <= LIMIT; n += n < 510 || n > 515 ? 51 : 1) {
        struct buf tar = {0};
        struct tar_member m[2];
        tar_put(&tar, "export.xml", bytes, n, 0);
        tar_put(&tar, "manifest", "m", 1, 1795410000);
        tar_end(&tar);
        assert_int_equal(tar.len % 10240, 0);
        assert_int_equal(read_two(&tar, m), ERR_OK);
        assert_int_equal(m[1].n_bytes, n);
        assert_memory_equal(m[1].p, bytes, n);
        assert_int_equal(m[0].n_bytes, 1);
        buf_release(&tar);
    }
}

static void set_sum(char *header)
{
    unsigned sum = 0;
    memset(header + 148, ' ', 8);
    for (int i = 0; i < 512; i++)
        sum += (unsigned char)header[i];
    for (int i = 5; i >= 0; i--, sum >>= 3)
        header[148 + i] = (char)('0' + (sum & 7));
    header[154] = '\0';
}

static void tar__refuses_what_is_hostile(void **state)
{
    (void)state;
    static const struct {
        int at;
        const char *bytes;
        size_t n;
    } cases[] = {
        {0, "../../etc/passwd", 17}, {0, "/manifest", 10},   {0, "./manifest", 11}, {0, "manifest2", 10}, {0, "manifesT", 9},
        {156, "5", 1},               {156, "2", 1},          {156, "1", 1},         {156, "L", 1},        {156, "x", 1},
        {156, "", 1},                {124, "77777777777", 12}, {124, "00000002000", 12}, {124, "\x80\0\0\0\0\0\0\0\0\0\0\1", 12},
        {124, "-0000000001", 12},    {124, "           ", 12}, {257, "tar\0\0\0", 6}, {345, "etc", 4},      {157, "/etc/passwd", 12},
        {8, "\0x", 2},                 {124, "777777777777", 12}, {124, "400000000001", 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf tar = {0};
        struct tar_member m[2];
        tar_put(&tar, "manifest", "m", 1, 0);
        tar_end(&tar);
        memcpy(tar.p + cases[i].at, cases[i].bytes, cases[i].n);
        set_sum(tar.p);
        if (read_two(&tar, m) == ERR_OK)
            fail_msg("taken: case %zu", i);
        buf_release(&tar);
    }
}

static void tar__refuses_members_twice_and_bytes_after_the_end(void **state)
{
    (void)state;
    struct buf tar = {0};
    struct tar_member m[2];
    tar_put(&tar, "manifest", "m", 1, 0);
    tar_put(&tar, "manifest", "n", 1, 0);
    tar_end(&tar);
    assert_int_equal(read_two(&tar, m), ERR_SEAL_FORMAT);
    buf_clear(&tar);
    tar_put(&tar, "manifest", "m", 1, 0);
    tar_end(&tar);
    assert_int_equal(read_two(&tar, m), ERR_OK);
    tar.p[tar.len - 1] = 'x';
    assert_int_equal(read_two(&tar, m), ERR_SEAL_FORMAT);
    tar.p[tar.len - 1] = '\0';
    tar.p[512 + 1] = 'x'; /* between the member's end and the block's */
    assert_int_equal(read_two(&tar, m), ERR_SEAL_FORMAT);
    tar.p[512 + 1] = '\0';
    for (size_t n = 0; n < 1024 + 1024; n += 37) {
        size_t whole = tar.len;
        tar.len = n;
        assert_int_equal(read_two(&tar, m), ERR_SEAL_FORMAT);
        tar.len = whole;
    }
    for (int i = 0; i < 512; i++) { /* the sum notices */
        tar.p[i] = (char)(tar.p[i] ^ 0x40);
        assert_int_equal(read_two(&tar, m), ERR_SEAL_FORMAT);
        tar.p[i] = (char)(tar.p[i] ^ 0x40);
    }
    buf_release(&tar);
}

/* ---- The package ---- */

struct people {
    struct key_secret osaka, hq, third;
};

static struct people *people_new(void)
{
    struct people *p = secret_new(sizeof *p);
    key_new(&p->osaka);
    key_new(&p->hq);
    key_new(&p->third);
    return p;
}

static const struct seal_subject OSAKA = {"jp-osaka", "見本精機", "6b5b505e", 57};

static void seal_for(struct buf *out, const char *payload, const struct key_secret *from, const struct key_secret *to)
{
    unsigned char recipient[1][AGE_KEY_BYTES];
    memcpy(recipient[0], to->age.recipient, AGE_KEY_BYTES);
    assert_int_equal(seal_make(out, payload, strlen(payload), &OSAKA, from, recipient, 1, NOW, NULL), ERR_OK);
}

static void package__comes_out_as_it_went_in__with_who_and_what(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct buf sealed = {0}, got = {0};
    struct manifest m;
    struct key_public osaka;
    seal_for(&sealed, "<assessment/>", &p->osaka, &p->hq);
    assert_int_equal(seal_open(&got, &m, sealed.p, sealed.len, &p->hq, NULL), ERR_OK);
    assert_string_equal(buf_str(&got), "<assessment/>");
    key_public_of(&osaka, &p->osaka);
    assert_true(key_same(&m.from, &osaka));
    assert_string_equal(m.subject.site, "jp-osaka");
    assert_string_equal(m.subject.company, "見本精機");
    assert_int_equal(m.subject.number, 57);
    assert_string_equal(m.time, NOW);
    assert_string_equal(m.payload, "export.xml");
    assert_int_equal(seal_check_subject(&m, &OSAKA, NULL), ERR_OK);
    struct seal_subject other = OSAKA;
    other.number = 58;
    assert_int_equal(seal_check_subject(&m, &other, NULL), ERR_SEAL_SITE);
    other = OSAKA;
    strcpy(other.site, "jp-nagoya");
    assert_int_equal(seal_check_subject(&m, &other, NULL), ERR_SEAL_SITE);
    other = OSAKA;
    strcpy(other.company, "見本工業");
    assert_int_equal(seal_check_subject(&m, &other, NULL), ERR_SEAL_SITE);
    other = OSAKA;
    strcpy(other.file, "6b5b505f");
    assert_int_equal(seal_check_subject(&m, &other, NULL), ERR_SEAL_SITE);
    buf_clear(&got);
    assert_int_equal(seal_open(&got, &m, sealed.p, sealed.len, &p->third, NULL), ERR_SEAL_KEY);
    assert_int_equal(seal_open(&got, &m, sealed.p, sealed.len, &p->osaka, NULL), ERR_SEAL_KEY); /* the sender neither */
    assert_int_equal(got.len, 0);
    buf_release(&sealed);
    buf_release(&got);
    secret_free(p);
}

static void package__is_refused__when_the_recipient_passes_it_on(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct buf sealed = {0}, tar = {0}, again = {0}, got = {0};
    struct manifest m;
    unsigned char third[1][AGE_KEY_BYTES];
    memcpy(third[0], p->third.age.recipient, AGE_KEY_BYTES);
    seal_for(&sealed, "<assessment/>", &p->osaka, &p->hq);
    assert_int_equal(age_open(&tar, sealed.p, sealed.len, &p->hq.age, 1, NULL), ERR_OK);
    assert_int_equal(age_seal(&again, tar.p, tar.len, third, 1, NULL), ERR_OK);
    assert_int_equal(seal_open(&got, &m, again.p, again.len, &p->third, NULL), ERR_SEAL_RECIPIENT);
    assert_int_equal(got.len, 0);
    buf_release(&sealed);
    buf_release(&tar);
    buf_release(&again);
    buf_release(&got);
    secret_free(p);
}

/* Whoever knows the recipient's public key can encrypt; every byte inside is held by the signature all the same. */
static void package__is_refused__with_any_byte_inside_changed(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct buf sealed = {0}, tar = {0}, got = {0};
    struct manifest m;
    unsigned char hq[1][AGE_KEY_BYTES];
    size_t n_taken = 0;
    memcpy(hq[0], p->hq.age.recipient, AGE_KEY_BYTES);
    seal_for(&sealed, "<assessment/>", &p->osaka, &p->hq);
    assert_int_equal(age_open(&tar, sealed.p, sealed.len, &p->hq.age, 1, NULL), ERR_OK);
    for (size_t i = 0; i < tar.len; i++) {
        struct buf again = {0};
        tar.p[i] = (char)(tar.p[i] ^ 1);
        age_seal(&again, tar.p, tar.len, hq, 1, NULL);
        buf_clear(&got);
        if (seal_open(&got, &m, again.p, again.len, &p->hq, NULL) == ERR_OK) {
            n_taken++; /* the untrusted comment of minisign: it says nothing to us */
            assert_string_equal(buf_str(&got), "<assessment/>");
        }
        tar.p[i] = (char)(tar.p[i] ^ 1);
        buf_release(&again);
    }
    assert_int_equal(n_taken, strlen("signature of a monshin manifest"));
    buf_release(&sealed);
    buf_release(&tar);
    buf_release(&got);
    secret_free(p);
}

static void package__is_refused__with_another_payload_or_members(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct manifest m = {.subject = OSAKA, .n_to = 1, .n_bytes = 4, .payload = "export.xml"};
    unsigned char hq[1][AGE_KEY_BYTES];
    memcpy(hq[0], p->hq.age.recipient, AGE_KEY_BYTES);
    memcpy(m.to[0], hq[0], AGE_KEY_BYTES);
    strcpy(m.time, NOW);
    key_public_of(&m.from, &p->osaka);
    sha256_hex(m.sha256, "good", 4);
    /* payload, its name; whether a second one lies beside it, the signature is there, the signer is another; the verdict */
    static const struct {
        const char *payload, *name;
        bool both, no_signature, other_signer;
        enum err err;
    } cases[] = {
        {"good", "export.xml", false, false, false, ERR_OK},
        {"evil", "export.xml", false, false, false, ERR_SEAL_SIGNATURE},
        {"goods", "export.xml", false, false, false, ERR_SEAL_FORMAT},
        {"good", "export.xml.gz", false, false, false, ERR_SEAL_FORMAT},
        {"good", "other", false, false, false, ERR_SEAL_FORMAT},
        {"good", "export.xml", true, false, false, ERR_SEAL_FORMAT},
        {"good", "export.xml", false, true, false, ERR_SEAL_FORMAT},
        {"good", "export.xml", false, false, true, ERR_SEAL_SIGNER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = {0}, sig = {0}, tar = {0}, sealed = {0}, got = {0};
        struct manifest read;
        manifest_write(&text, &m);
        minisign_sign(&sig, text.p, text.len, cases[i].other_signer ? &p->third.sign : &p->osaka.sign, "", "");
        tar_put(&tar, "manifest", text.p, text.len, 0);
        if (!cases[i].no_signature)
            tar_put(&tar, "manifest.minisig", sig.p, sig.len, 0);
        tar_put(&tar, cases[i].name, cases[i].payload, strlen(cases[i].payload), 0);
        if (cases[i].both)
            tar_put(&tar, "export.xml.gz", "evil", 4, 0);
        tar_end(&tar);
        age_seal(&sealed, tar.p, tar.len, hq, 1, NULL);
        enum err err = seal_open(&got, &read, sealed.p, sealed.len, &p->hq, NULL);
        if (err != cases[i].err)
            fail_msg("case %zu: %s, not %s", i, err_name(err), err_name(cases[i].err));
        assert_int_equal(got.len, err == ERR_OK ? 4 : 0);
        buf_release(&text);
        buf_release(&sig);
        buf_release(&tar);
        buf_release(&sealed);
        buf_release(&got);
    }
    secret_free(p);
}

static void package__is_not_made__for_nobody_too_many_or_too_much(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct buf out = {0};
    unsigned char to[AGE_RECIPIENTS_MAX + 1][AGE_KEY_BYTES];
    char *much = calloc(1, SEAL_PAYLOAD_MAX + 1);
    for (int i = 0; i <= AGE_RECIPIENTS_MAX; i++)
        memcpy(to[i], p->hq.age.recipient, AGE_KEY_BYTES);
    assert_int_equal(seal_make(&out, "x", 1, &OSAKA, &p->osaka, to, 0, NOW, NULL), ERR_KEY);
    assert_int_equal(seal_make(&out, "x", 1, &OSAKA, &p->osaka, to, AGE_RECIPIENTS_MAX + 1, NOW, NULL), ERR_KEY);
    assert_int_equal(age_seal(&out, "x", 1, to, 0, NULL), ERR_KEY);
    assert_int_equal(age_seal(&out, "x", 1, to, AGE_RECIPIENTS_MAX + 1, NULL), ERR_KEY);
    assert_int_equal(seal_make(&out, much, SEAL_PAYLOAD_MAX + 1, &OSAKA, &p->osaka, to, 1, NOW, NULL), ERR_TOO_BIG);
    p->third.signs = false;
    assert_int_equal(seal_make(&out, "x", 1, &OSAKA, &p->third, to, 1, NOW, NULL), ERR_KEY);
    assert_int_equal(out.len, 0);
    /* As many as there may be, and the largest. */
    assert_int_equal(seal_make(&out, much, SEAL_PAYLOAD_MAX, &OSAKA, &p->osaka, to, AGE_RECIPIENTS_MAX, NOW, NULL), ERR_OK);
    struct manifest m;
    struct buf got = {0};
    assert_true(out.len <= SEAL_FILE_MAX);
    assert_int_equal(seal_open(&got, &m, out.p, out.len, &p->hq, NULL), ERR_OK);
    assert_int_equal(m.n_to, AGE_RECIPIENTS_MAX);
    /* One more in the manifest is one too many. */
    struct buf text = {0}, other = {0};
    manifest_write(&text, &m);
    const char *line = strstr(text.p, "to: ");
    buf_add(&other, text.p, (size_t)(line - text.p));
    buf_add(&other, line, strcspn(line, "\n") + 1);
    buf_adds(&other, line);
    assert_int_equal(manifest_parse(&m, other.p, other.len, NULL), ERR_SEAL_FORMAT);
    assert_int_equal(age_open(&got, much, AGE_FILE_MAX + 1, &p->hq.age, 1, NULL), ERR_TOO_BIG);
    buf_release(&text);
    buf_release(&other);
    buf_release(&got);
    buf_release(&out);
    free(much);
    secret_free(p);
}

static void manifest__is_read_to_the_letter(void **state)
{
    (void)state;
    struct people *p = people_new();
    struct manifest m = {.subject = OSAKA, .n_to = 2, .n_bytes = 4, .payload = "export.xml.gz"}, read;
    struct buf text = {0};
    memcpy(m.to[0], p->hq.age.recipient, AGE_KEY_BYTES);
    memcpy(m.to[1], p->third.age.recipient, AGE_KEY_BYTES);
    strcpy(m.time, NOW);
    key_public_of(&m.from, &p->osaka);
    sha256_hex(m.sha256, "good", 4);
    manifest_write(&text, &m);
    assert_int_equal(manifest_parse(&read, text.p, text.len, NULL), ERR_OK);
    assert_memory_equal(read.to, m.to, sizeof m.to);
    assert_string_equal(read.sha256, m.sha256);
    for (size_t n = 0; n < text.len; n++)
        assert_int_equal(manifest_parse(&read, text.p, n, NULL), ERR_SEAL_FORMAT);
    /* A line more, an escape sequence, a bidi control: not as ours are. */
    struct buf other = {0};
    static const char *const insert[] = {"\n", "x", "site: b\n", "\x1b[2J", "\xe2\x80\xae", "\xff", "\r"};
    for (size_t k = 0; k < sizeof insert / sizeof insert[0]; k++) {
        const char *at = strstr(text.p, "site: ") + 6;
        size_t before = (size_t)(at - text.p);
        buf_clear(&other);
        buf_add(&other, text.p, before);
        buf_adds(&other, insert[k]);
        buf_adds(&other, at);
        bool plain = strcmp(insert[k], "x") == 0; /* another name is a good manifest: the signature decides */
        assert_int_equal(manifest_parse(&read, other.p, other.len, NULL), plain ? ERR_OK : ERR_SEAL_FORMAT);
    }
    /* A time that is none, a number that is written in another way. */
    static const char *const swap[][2] = {{"time: 2", "time: x"},   {"time: 2", "time: 2 "}, {"number: ", "number: 0"}, {"number: ", "number: +"},
                                          {"size: 4", "size: 4 "}, {"size: 4", "size: "},    {"size: ", "size: 9999999999"},
                                          {"from: RW", "from: RX"},  {"age1", "age2"},        {"from: ", "from:  "},
                                          {"to: a", "to: b"},        {"sha256: ", "sha256: x"}, {"sha256: ", "sha256: A"},
                                          {"  export.xml.gz", " export.xml.gz"}, {"export.xml.gz", "export.xml.gzx"}, {"export.xml.gz", "../export.xml"},
                                          {"export.xml.gz", "export"}, {"site: ", "Site: "}, {"monshin manifest 1", "monshin manifest 2"}};
    for (size_t k = 0; k < sizeof swap / sizeof swap[0]; k++) {
        const char *at = strstr(text.p, swap[k][0]);
        buf_clear(&other);
        buf_add(&other, text.p, (size_t)(at - text.p));
        buf_adds(&other, swap[k][1]);
        buf_adds(&other, at + strlen(swap[k][0]));
        if (manifest_parse(&read, other.p, other.len, NULL) != ERR_SEAL_FORMAT)
            fail_msg("taken: %s", swap[k][1]);
    }
    buf_release(&other);
    buf_addc(&text, '\n');
    assert_int_equal(manifest_parse(&read, text.p, text.len, NULL), ERR_SEAL_FORMAT);
    buf_release(&text);
    secret_free(p);
}

/* ---- What is inside ---- */

static void sealed_read__refuses__what_is_not_what_its_manifest_says(void **state)
{
    (void)state;
    struct people *p = people_new();
    unsigned char to[1][AGE_KEY_BYTES];
    struct buf xml = {0}, sealed = {0}, got = {0};
    struct seal_subject subject;
    struct manifest m;
    struct assessment *a = small_new(), *read = NULL;
    memcpy(to[0], p->hq.age.recipient, AGE_KEY_BYTES);
    assessment_write(&xml, a, "test");
    for (int i = 0; i < 5; i++) {
        sealed_subject(&subject, a);
        subject.number += i == 1; /* an old file as a new one, one site's as another's */
        strcat(subject.site, i == 2 ? "-2" : "");
        strcat(subject.company, i == 3 ? "x" : "");
        strcat(subject.file, i == 4 ? "x" : "");
        buf_clear(&sealed);
        buf_clear(&got);
        assert_int_equal(seal_make(&sealed, xml.p, xml.len, &subject, &p->osaka, to, 1, NOW, NULL), ERR_OK);
        enum err err = sealed_read(&got, &m, &read, sealed.p, sealed.len, &p->hq, NULL, small_find, NULL, NULL, NULL);
        assert_int_equal(err, i == 0 ? ERR_OK : ERR_SEAL_SITE);
        assert_true((read != NULL) == (i == 0) && (got.len > 0) == (i == 0));
        assessment_free(read);
    }
    assessment_free(a);
    buf_release(&xml);
    buf_release(&sealed);
    buf_release(&got);
    secret_free(p);
}

static void secrets__are_in_no_core_dump(void **state)
{
    (void)state;
    struct rlimit core;
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    assert_int_equal(core.rlim_cur, 0);
    assert_int_equal(core.rlim_max, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minisign__verifies_what_it_signed__and_no_changed_byte),
        cmocka_unit_test(minisign__has_the_public_key_of_rfc_8032),
        cmocka_unit_test(key__comes_back_from_its_files),
        cmocka_unit_test(key__is_refused__with_any_byte_changed),
        cmocka_unit_test(key__asks_no_more_of_the_machine_than_a_limit),
        cmocka_unit_test(key__takes_the_files_of_age_keygen),
        cmocka_unit_test(fingerprint__is_eight_groups_of_the_digest_of_the_lines),
        cmocka_unit_test(tar__gives_its_members_back__in_any_order),
        cmocka_unit_test(tar__refuses_what_is_hostile),
        cmocka_unit_test(tar__refuses_members_twice_and_bytes_after_the_end),
        cmocka_unit_test(package__comes_out_as_it_went_in__with_who_and_what),
        cmocka_unit_test(package__is_refused__when_the_recipient_passes_it_on),
        cmocka_unit_test(package__is_refused__with_any_byte_inside_changed),
        cmocka_unit_test(package__is_refused__with_another_payload_or_members),
        cmocka_unit_test(package__is_not_made__for_nobody_too_many_or_too_much),
        cmocka_unit_test(manifest__is_read_to_the_letter),
        cmocka_unit_test(sealed_read__refuses__what_is_not_what_its_manifest_says),
        cmocka_unit_test(secrets__are_in_no_core_dump),
    };
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
