/* age: the header's grammar, STREAM at its edges, and nothing changed gets through. With
 * MONSHIN_AGE_VECTORS=FOLDER also the vectors of C2SP/CCTV (age/testdata). How it goes with the program `age`: test_seal_interop.c. */
#include "tests/unit/cm.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zlib.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/sha256.h"
#include "core/io/file.h"
#include "core/seal/age.h"
#include "core/seal/age_priv.h"
#include "core/seal/base64.h"
#include "core/seal/hkdf.h"
#include "core/seal/safe.h"
#include "core/seal/secret.h"

/* ---- Keys ---- */

static void age__has_the_keys_of_the_specification(void **state)
{
    (void)state;
    static const char SECRET[] = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
                      RECIPIENT[] = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    struct age_identity id;
    unsigned char recipient[AGE_KEY_BYTES];
    char text[AGE_RECIPIENT_SIZE];
    struct buf secret = {0};
    assert_true(age_identity_parse(&id, SECRET, strlen(SECRET)));
    assert_true(age_recipient_parse(recipient, RECIPIENT, strlen(RECIPIENT)));
    assert_memory_equal(recipient, id.recipient, sizeof recipient);
    age_recipient_text(text, id.recipient);
    assert_string_equal(text, RECIPIENT);
    age_identity_text(&secret, &id);
    assert_string_equal(buf_str(&secret), SECRET);
    buf_release(&secret);
    assert_false(age_identity_parse(&id, "age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex", 74));
}

/* ---- Sealing and opening ---- */

static void fill(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addc(out, (char)(i * 31 + (i >> 8)));
}

static enum err open_with(struct buf *out, const struct buf *sealed, const struct age_identity *id)
{
    struct diag diag = {0};
    enum err err = age_open(out, buf_str(sealed), sealed->len, id, 1, &diag);
    assert_int_equal(diag.err, err);
    if (err != ERR_OK)
        assert_int_equal(out->len, 0);
    return err;
}

static void age__opens_what_it_sealed__at_every_size_around_a_chunk(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 65519, 65520, 65535, 65536, 65537, 131071, 131072, 131073, 196608, 300000};
    struct age_identity id[2], other;
    unsigned char to[2][AGE_KEY_BYTES];
    age_identity_new(&id[0]);
    age_identity_new(&id[1]);
    age_identity_new(&other);
    memcpy(to[0], id[0].recipient, AGE_KEY_BYTES);
    memcpy(to[1], id[1].recipient, AGE_KEY_BYTES);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct buf plain = {0}, sealed = {0}, got = {0};
        fill(&plain, sizes[i]);
        assert_int_equal(age_seal(&sealed, buf_str(&plain), plain.len, to, 2, NULL), ERR_OK);
        assert_true(age_is(sealed.p, sealed.len));
        for (int k = 0; k < 2; k++) {
            buf_clear(&got);
            assert_int_equal(open_with(&got, &sealed, &id[k]), ERR_OK);
            assert_int_equal(got.len, plain.len);
            assert_memory_equal(buf_str(&got), buf_str(&plain), plain.len);
        }
        buf_clear(&got);
        assert_int_equal(open_with(&got, &sealed, &other), ERR_SEAL_KEY);
        buf_release(&plain);
        buf_release(&sealed);
        buf_release(&got);
    }
}

static void age__refuses_every_changed_byte(void **state)
{
    (void)state;
    struct age_identity id;
    struct buf sealed = {0}, got = {0};
    unsigned char to[1][AGE_KEY_BYTES];
    age_identity_new(&id);
    memcpy(to[0], id.recipient, AGE_KEY_BYTES);
    assert_int_equal(age_seal(&sealed, "the plant's weaknesses", 22, to, 1, NULL), ERR_OK);
    for (size_t i = 0; i < sealed.len; i++)
        for (int x = 1; x < 256; x++) {
            sealed.p[i] = (char)(sealed.p[i] ^ x);
            if (open_with(&got, &sealed, &id) == ERR_OK)
                fail_msg("taken with byte %zu changed by %02x", i, (unsigned)x);
            sealed.p[i] = (char)(sealed.p[i] ^ x);
        }
    assert_int_equal(open_with(&got, &sealed, &id), ERR_OK);
    buf_release(&sealed);
    buf_release(&got);
}

static void age__refuses_what_is_cut_off_or_longer(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 22, 65536 + 5};
    struct age_identity id;
    unsigned char to[1][AGE_KEY_BYTES];
    age_identity_new(&id);
    memcpy(to[0], id.recipient, AGE_KEY_BYTES);
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        struct buf plain = {0}, sealed = {0}, got = {0};
        fill(&plain, sizes[k]);
        assert_int_equal(age_seal(&sealed, buf_str(&plain), plain.len, to, 1, NULL), ERR_OK);
        size_t whole = sealed.len, step = whole > 2000 ? 61 : 1;
        for (size_t n = 0; n < whole; n += step) {
            sealed.len = n;
            assert_int_not_equal(open_with(&got, &sealed, &id), ERR_OK);
        }
        sealed.len = whole - 5 - 16; /* between two chunks */
        assert_int_not_equal(open_with(&got, &sealed, &id), ERR_OK);
        sealed.len = whole;
        for (int n = 0; n < 40; n++) {
            buf_addc(&sealed, '\0');
            assert_int_not_equal(open_with(&got, &sealed, &id), ERR_OK);
        }
        buf_release(&plain);
        buf_release(&sealed);
        buf_release(&got);
    }
}

static void age__never_makes_the_same_file_twice(void **state)
{
    (void)state;
    struct age_identity id;
    struct buf a = {0}, b = {0};
    unsigned char to[1][AGE_KEY_BYTES];
    age_identity_new(&id);
    memcpy(to[0], id.recipient, AGE_KEY_BYTES);
    age_seal(&a, "x", 1, to, 1, NULL);
    age_seal(&b, "x", 1, to, 1, NULL);
    assert_int_equal(a.len, b.len);
    assert_memory_not_equal(a.p + 32, b.p + 32, 43);             /* the share */
    assert_memory_not_equal(a.p + a.len - 33, b.p + b.len - 33, 33); /* nonce and contents */
    buf_release(&a);
    buf_release(&b);
}

static void age__seals_for_nobody_that_is_no_key(void **state)
{
    (void)state;
    unsigned char to[1][AGE_KEY_BYTES] = {{0}};
    struct buf out = {0};
    buf_adds(&out, "before");
    assert_int_equal(age_seal(&out, "x", 1, to, 1, NULL), ERR_KEY);
    assert_int_equal(age_seal(&out, "x", 1, to, 0, NULL), ERR_KEY);
    assert_string_equal(buf_str(&out), "before");
    buf_release(&out);
}

/* ---- The header's grammar ---- */

static const char KEY[] = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/* A file around stanzas of the test's own: "@" stands for one that is for KEY. Its MAC is right, so that only the grammar can refuse. */
static void put_file(struct buf *out, const char *stanzas)
{
    struct age_identity id;
    struct buf good = {0};
    unsigned char to[1][AGE_KEY_BYTES], file_key[AGE_FILE_KEY_BYTES];
    struct age_header h;
    struct buf first = {0};
    assert_true(age_identity_parse(&id, KEY, strlen(KEY)));
    memcpy(to[0], id.recipient, AGE_KEY_BYTES);
    /* The file key of a file that age_seal made is not told: unwrap is done here once more, by hand. */
    age_seal(&good, "", 0, to, 1, NULL);
    assert_int_equal(age_header_parse(&h, good.p, good.len, NULL), ERR_OK);
    unsigned char share[32], shared[32], salt[64], wrap[32];
    assert_true(age_arg_bytes(&h.stanza[0].arg[1], share, 32));
    assert_int_equal(crypto_scalarmult_curve25519(shared, id.secret, share), 0);
    memcpy(salt, share, 32);
    memcpy(salt + 32, id.recipient, 32);
    hkdf_sha256(wrap, 32, shared, 32, salt, 64, "age-encryption.org/v1/X25519", 28);
    assert_true(age_unwrap(file_key, h.stanza[0].body, wrap));
    buf_add(&first, good.p + 22, h.n_maced - 3 - 22);
    age_put_version(out);
    for (const char *s = stanzas; *s != '\0'; s++)
        if (*s == '@')
            buf_add(out, first.p, first.len);
        else
            buf_addc(out, *s);
    age_put_mac(out, 0, file_key);
    age_stream_seal(out, (const unsigned char *)"inside", 6, file_key);
    buf_release(&good);
    buf_release(&first);
}

#define B64_64 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define B64_43 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void header__is_held_to_the_grammar(void **state)
{
    (void)state;
    static const struct {
        const char *stanzas;
        enum err err;
    } cases[] = {
        {"@", ERR_OK},
        {"@-> other\n\n", ERR_OK},
        {"-> other arg ~!#\nAAAA\n@", ERR_OK},
        {"-> other\n" B64_64 "\n\n@", ERR_OK},
        {"-> other\n" B64_64 "\n" B64_64 "\nAA\n@", ERR_OK},
        {"-> x25519 AAAA\nAAAA\n@", ERR_OK}, /* another kind: case counts */
        {"-> X25519 " B64_43 "\n" B64_43 "\n@", ERR_SEAL_FORMAT}, /* a share of zeros */
        {"", ERR_SEAL_FORMAT},
        {"-> other\n@", ERR_SEAL_FORMAT},                  /* no body */
        {"-> other\n" B64_64 "\n@", ERR_SEAL_FORMAT},      /* no last line */
        {"-> other\n" B64_64 "A\n@", ERR_SEAL_FORMAT},     /* 65 characters */
        {"-> other\nAB\n@", ERR_SEAL_FORMAT},              /* bits left over */
        {"-> other\nAA==\n@", ERR_SEAL_FORMAT},            /* padding */
        {"-> other\nA\n@", ERR_SEAL_FORMAT},
        {"-> other\nA_-A\n@", ERR_SEAL_FORMAT},            /* the other alphabet */
        {"-> other\nAA AA\n@", ERR_SEAL_FORMAT},
        {"-> other\nAAAA\r\n@", ERR_SEAL_FORMAT},
        {"-> other\r\nAAAA\n@", ERR_SEAL_FORMAT},
        {"-> \nAAAA\n@", ERR_SEAL_FORMAT},
        {"->\nAAAA\n@", ERR_SEAL_FORMAT},
        {"->other\nAAAA\n@", ERR_SEAL_FORMAT},
        {"-> other \nAAAA\n@", ERR_SEAL_FORMAT},
        {"->  other\nAAAA\n@", ERR_SEAL_FORMAT},
        {"-> other  arg\nAAAA\n@", ERR_SEAL_FORMAT},
        {"-> \xc3\xa9\nAAAA\n@", ERR_SEAL_FORMAT},
        {"-> other\targ\nAAAA\n@", ERR_SEAL_FORMAT},
        {"=> other\nAAAA\n@", ERR_SEAL_FORMAT},
        {"\n@", ERR_SEAL_FORMAT},
        {"@\n", ERR_SEAL_FORMAT},
        {"-> X25519\n" B64_43 "\n@", ERR_SEAL_FORMAT},
        {"-> X25519 " B64_43 " more\n" B64_43 "\n@", ERR_SEAL_FORMAT},
        {"-> X25519 AAAA\n" B64_43 "\n@", ERR_SEAL_FORMAT},
        {"@-> X25519 " B64_43 "\nAAAA\n", ERR_SEAL_FORMAT},
        {"@-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\n" B64_43 "\n", ERR_SEAL_FORMAT}, /* not canonical */
        {"@-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" B64_43 "\n", ERR_SEAL_FORMAT},
    };
    struct age_identity id;
    age_identity_parse(&id, KEY, strlen(KEY));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf file = {0}, got = {0};
        put_file(&file, cases[i].stanzas);
        enum err err = open_with(&got, &file, &id);
        if (err != cases[i].err)
            fail_msg("case %zu: %s, not %s", i, err_name(err), err_name(cases[i].err));
        if (err == ERR_OK)
            assert_string_equal(buf_str(&got), "inside");
        buf_release(&file);
        buf_release(&got);
    }
}

static void header__has_a_limit(void **state)
{
    (void)state;
    struct buf many = {0}, file = {0}, got = {0};
    struct age_identity id;
    age_identity_parse(&id, KEY, strlen(KEY));
    for (int i = 0; i < AGE_STANZAS_MAX; i++)
        buf_adds(&many, "-> x\n\n");
    buf_addc(&many, '@');
    put_file(&file, buf_str(&many));
    assert_int_equal(open_with(&got, &file, &id), ERR_SEAL_FORMAT);
    buf_release(&many);
    buf_release(&file);
    buf_release(&got);
}

static void header__of_another_version_is_refused(void **state)
{
    (void)state;
    struct buf file = {0}, got = {0};
    struct age_identity id;
    age_identity_parse(&id, KEY, strlen(KEY));
    put_file(&file, "@");
    file.p[20] = '2';
    assert_true(age_is(file.p, file.len));
    assert_int_equal(open_with(&got, &file, &id), ERR_SEAL_FORMAT);
    buf_release(&file);
    buf_release(&got);
}

/* ---- STREAM ---- */

/* Chunks put together by the test: an empty last one, a last one in the middle, one that is left out. */
static void put_chunk(struct buf *out, const unsigned char key[32], unsigned char i, bool last, size_t n)
{
    unsigned char nonce[12] = {0}, *plain = xcalloc(1, n + 1), *box = xcalloc(1, n + 16);
    nonce[10] = i;
    nonce[11] = last;
    crypto_aead_chacha20poly1305_ietf_encrypt(box, NULL, plain, n, NULL, 0, NULL, nonce, key);
    buf_add(out, box, n + 16);
    free(plain);
    free(box);
}

static void stream__has_one_last_chunk__not_empty_but_alone(void **state)
{
    (void)state;
    static const struct {
        struct {
            unsigned char i;
            bool last;
            size_t n;
        } chunk[3];
        int n;
        bool good;
    } cases[] = {
        {{{0, true, 0}}, 1, true},
        {{{0, true, 65536}}, 1, true},
        {{{0, false, 65536}, {1, true, 1}}, 2, true},
        {{{0, false, 65536}, {1, false, 65536}, {2, true, 65536}}, 3, true},
        {{{0, false, 65536}, {1, true, 0}}, 2, false},
        {{{0, false, 0}}, 1, false},
        {{{0, false, 65536}}, 1, false},
        {{{0, true, 65536}, {1, true, 1}}, 2, false},
        {{{0, true, 1}, {1, true, 1}}, 2, false},
        {{{0, false, 65536}, {2, true, 1}}, 2, false},
        {{{1, false, 65536}, {0, true, 1}}, 2, false},
        {{{1, true, 5}}, 1, false},
    };
    static const unsigned char file_key[AGE_FILE_KEY_BYTES] = "sixteen bytes..";
    unsigned char nonce[AGE_NONCE_BYTES] = {7}, key[32];
    hkdf_sha256(key, 32, file_key, sizeof file_key, nonce, sizeof nonce, "payload", 7);
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct buf file = {0}, got = {0};
        buf_add(&file, nonce, sizeof nonce);
        for (int c = 0; c < cases[k].n; c++)
            put_chunk(&file, key, cases[k].chunk[c].i, cases[k].chunk[c].last, cases[k].chunk[c].n);
        enum err err = age_stream_open(&got, (const unsigned char *)file.p, file.len, file_key, NULL);
        if ((err == ERR_OK) != cases[k].good)
            fail_msg("case %zu: %s", k, err_name(err));
        buf_release(&file);
        buf_release(&got);
    }
}

/* ---- Vectors of others ---- */

/* Made by age 1.1.1 (Debian 12) for KEY: "age -r age1zvk... <file". */
static void age__opens_a_file_of_the_program_age(void **state)
{
    (void)state;
    static const char HEX[] = 
        "6167652d656e6372797074696f6e2e6f72672f76310a2d3e20583235353139204875365542797a70526853623679704334595252796b307774584861"
        "484442466f33326341507a354b32670a54314837797a57416176583277514e4c425632326f4948544b4c576b4250444e48546474795732324d576b0a"
        "2d2d2d20594e56706d31334e37587776474e47376c374e6536774b4276316c35395063393469464d646c6545387a490a3e074a45f59ad7b3284c1a45"
        "21000c454d43f797114ae2159a7dd9542ead73032e3a6ee9876b6f6f";
    unsigned char bytes[1024];
    size_t n = 0;
    assert_int_equal(sodium_hex2bin(bytes, sizeof bytes, HEX, strlen(HEX), NULL, &n, NULL), 0);
    struct age_identity id;
    struct buf got = {0};
    age_identity_parse(&id, KEY, strlen(KEY));
    assert_int_equal(age_open(&got, bytes, n, &id, 1, NULL), ERR_OK);
    assert_string_equal(buf_str(&got), "monshin\n");
    buf_release(&got);
}

/* ---- Armor ---- */

static const char ARMOR_BEGIN[] = "-----BEGIN AGE ENCRYPTED FILE-----", ARMOR_END[] = "-----END AGE ENCRYPTED FILE-----";

static void put_armor(struct buf *out, const struct buf *bytes, const char *eol)
{
    buf_addf(out, "%s%s", ARMOR_BEGIN, eol);
    for (size_t at = 0; at < bytes->len; at += 48) {
        base64_put(out, BASE64_PADDED, bytes->p + at, bytes->len - at < 48 ? bytes->len - at : 48);
        buf_adds(out, eol);
    }
    buf_addf(out, "%s%s", ARMOR_END, eol);
}

static void armor__is_read_as_what_is_in_it__whatever_the_length(void **state)
{
    (void)state;
    struct age_identity id;
    age_identity_new(&id);
    for (size_t n = 0; n < 100; n++) {
        struct buf sealed = {0}, text = {0}, got = {0};
        char plain[100];
        memset(plain, 'x', sizeof plain);
        assert_int_equal(age_seal(&sealed, plain, n, &id.recipient, 1, NULL), ERR_OK);
        buf_adds(&text, n % 3 == 0 ? " \r\n\t\n" : "");
        put_armor(&text, &sealed, n % 2 == 0 ? "\n" : "\r\n");
        buf_adds(&text, n % 3 == 1 ? "\n \t" : "");
        assert_true(age_is(text.p, text.len));
        assert_int_equal(age_open(&got, text.p, text.len, &id, 1, NULL), ERR_OK);
        assert_int_equal(got.len, n);
        buf_release(&sealed);
        buf_release(&text);
        buf_release(&got);
    }
}

/* The text with one piece exchanged, at its first place from the end of the first line on. */
static void exchange(struct buf *out, const struct buf *text, const char *old, const char *fresh)
{
    const char *at = strstr(text->p + 1, old);
    assert_non_null(at);
    buf_clear(out);
    buf_add(out, text->p, (size_t)(at - text->p));
    buf_adds(out, fresh);
    buf_adds(out, at + strlen(old));
}

static void armor__is_strict_or_refused(void **state)
{
    (void)state;
    static const char *const swap[][2] = {
        {"FILE-----\n", "FILE-----\n\n"},          {"FILE-----\n", "FILE-----\nVersion: 1\n\n"},
        {"FILE-----\n", "FILE----- \n"},           {"\nYW", "\n YW"},
        {"\nYW", "\nY W"},                         {"\nYW", "\nY=W"},
        {"\nYW", "\nAAAAYW"},                      {"\nYWdl", "\n"},
        {"==\n", "\n"},                            {"==\n", "=\n=\n"},
        {"==\n", "==\n\n"},                        {"==\n", "==\n=abcd\n"},
        {"==\n", "==\nAAAA\n"},                    {"-----END AGE", "-----END"},
        {"-----END AGE", "-----END PGP"},           {"-----END AGE ENCRYPTED FILE-----", ""},
        {"\n-----END", "-----END"},
    };
    struct age_identity id;
    struct buf sealed = {0}, text = {0}, other = {0}, got = {0};
    age_identity_new(&id);
    for (size_t n = 0; sealed.len % 3 != 1; n++) { /* so that the last line ends in two signs of padding */
        buf_clear(&sealed);
        assert_int_equal(age_seal(&sealed, "0123456789", n, &id.recipient, 1, NULL), ERR_OK);
    }
    put_armor(&text, &sealed, "\n");
    for (size_t i = 0; i < sizeof swap / sizeof swap[0]; i++) {
        struct diag d = {0};
        exchange(&other, &text, swap[i][0], swap[i][1]);
        if (age_open(&got, other.p, other.len, &id, 1, &d) != ERR_SEAL_FORMAT || strcmp(d.where, "armor") != 0)
            fail_msg("taken: %s", swap[i][1]);
    }
    /* Text around it: not an XML file, so it is told what is the matter with it. */
    for (int after = 0; after < 2; after++) {
        buf_clear(&other);
        buf_adds(&other, after ? "" : "Here is our file.\n");
        buf_adds(&other, text.p);
        buf_adds(&other, after ? "Yours, Osaka\n" : "");
        assert_true(age_is(other.p, other.len));
        assert_int_equal(age_open(&got, other.p, other.len, &id, 1, NULL), ERR_SEAL_FORMAT);
    }
    assert_int_equal(got.len, 0);
    buf_clear(&other);
    buf_addf(&other, "<note>\n%s\n</note>", ARMOR_BEGIN);
    assert_false(age_is(other.p, other.len));
    assert_false(age_is(" \n", 2));
    buf_release(&sealed);
    buf_release(&text);
    buf_release(&other);
}

/* ---- C2SP/CCTV ---- */

struct vector {
    char expect[32], payload[65];
    struct age_identity id[4];
    struct passphrase pass;
    size_t n_ids, start;
    bool compressed, other; /* other: a kind of key that we do not have */
};

static bool parse_vector(struct vector *v, const struct buf *text)
{
    const char *p = buf_str(text);
    *v = (struct vector){0};
    while (*p != '\n' && *p != '\0') {
        size_t n = strcspn(p, "\n"), name = strcspn(p, ":");
        const char *value = p + name + 2;
        size_t n_value = n > name + 2 ? n - name - 2 : 0;
        if (strncmp(p, "expect", name) == 0)
            snprintf(v->expect, sizeof v->expect, "%.*s", (int)n_value, value);
        else if (strncmp(p, "payload", name) == 0)
            snprintf(v->payload, sizeof v->payload, "%.*s", (int)n_value, value);
        else if (strncmp(p, "identity", name) == 0 && age_identity_parse(&v->id[v->n_ids], value, n_value))
            v->n_ids++;
        else if (strncmp(p, "passphrase", name) == 0 && v->pass.n_bytes == 0)
            v->pass.n_bytes = (size_t)snprintf(v->pass.text, sizeof v->pass.text, "%.*s", (int)n_value, value);
        else if (strncmp(p, "compressed", name) == 0)
            v->compressed = true;
        else if (strncmp(p, "comment", name) != 0 && strncmp(p, "file key", name) != 0 && strncmp(p, "armored", name) != 0)
            v->other = true;
        p += n + 1;
    }
    v->start = (size_t)(p + 1 - buf_str(text));
    return (v->n_ids > 0) != (v->pass.n_bytes > 0) && !v->other;
}

static enum err expected(const char *word)
{
    static const struct {
        const char *word;
        enum err err;
    } words[] = {{"success", ERR_OK},
                 {"no match", ERR_SEAL_KEY},
                 {"HMAC failure", ERR_SEAL_CHANGED},
                 {"header failure", ERR_SEAL_FORMAT},
                 {"armor failure", ERR_SEAL_FORMAT},
                 {"payload failure", ERR_SEAL_CHANGED}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].err;
    return ERR_COUNT;
}

/* The rest of the file, which some have under zlib to be smaller. */
static void take_body(struct buf *out, const struct vector *v, const struct buf *text)
{
    uLongf n = 2 * AGE_FILE_MAX;
    const char *at = text->p + v->start;
    size_t n_at = text->len - v->start;
    if (!v->compressed) {
        buf_add(out, at, n_at);
        return;
    }
    buf_reserve(out, n);
    assert_int_equal(uncompress((Bytef *)out->p, &n, (const Bytef *)at, (uLong)n_at), Z_OK);
    out->len = n;
}

static void age__does_as_the_public_vectors_say(void **state)
{
    (void)state;
    const char *folder = getenv("MONSHIN_AGE_VECTORS");
    DIR *dir = folder != NULL ? opendir(folder) : NULL;
    int n_tried = 0, n_other = 0;
    if (dir == NULL) {
        printf("skipped: MONSHIN_AGE_VECTORS does not name the folder age/testdata of C2SP/CCTV\n");
        skip();
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        struct buf text = {0}, body = {0}, got = {0};
        struct vector v;
        char *path = path_join(folder, e->d_name), hex[SHA256_HEX];
        if (e->d_name[0] != '.' && file_read(&text, path, AGE_FILE_MAX, NULL) == ERR_OK) {
            if (parse_vector(&v, &text)) {
                take_body(&body, &v, &text);
                const char *at = buf_str(&body);
                size_t n = body.len;
                enum err err = v.n_ids > 0 ? age_open(&got, at, n, v.id, v.n_ids, NULL) : safe_open(NULL, &got, at, n, &v.pass, NULL);
                enum err want = expected(v.expect);
                if (want == ERR_SEAL_KEY && v.n_ids == 0 && err != ERR_SEAL_KEY)
                    want = ERR_PASSPHRASE;
                if (strstr(e->d_name, "_work_factor_23") != NULL) /* more than we are ready to do: told apart here */
                    want = ERR_MEMORY;
                if (strstr(e->d_name, "_nonce") != NULL) /* cut off in the nonce: they count it to the header */
                    want = ERR_SEAL_CHANGED;
                if (err != want)
                    fail_msg("%s: %s, not %s", e->d_name, err_name(err), v.expect);
                sha256_hex(hex, buf_str(&got), got.len);
                if (err == ERR_OK)
                    assert_string_equal(hex, v.payload);
                n_tried++;
            } else {
                n_other++;
            }
        }
        free(path);
        buf_release(&text);
        buf_release(&body);
        buf_release(&got);
    }
    closedir(dir);
    printf("figure: age vectors of C2SP/CCTV: %d as they say, %d of other kinds left out\n", n_tried, n_other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age__has_the_keys_of_the_specification),
        cmocka_unit_test(age__opens_what_it_sealed__at_every_size_around_a_chunk),
        cmocka_unit_test(age__refuses_every_changed_byte),
        cmocka_unit_test(age__refuses_what_is_cut_off_or_longer),
        cmocka_unit_test(age__never_makes_the_same_file_twice),
        cmocka_unit_test(age__seals_for_nobody_that_is_no_key),
        cmocka_unit_test(header__is_held_to_the_grammar),
        cmocka_unit_test(header__has_a_limit),
        cmocka_unit_test(header__of_another_version_is_refused),
        cmocka_unit_test(stream__has_one_last_chunk__not_empty_but_alone),
        cmocka_unit_test(age__opens_a_file_of_the_program_age),
        cmocka_unit_test(armor__is_read_as_what_is_in_it__whatever_the_length),
        cmocka_unit_test(armor__is_strict_or_refused),
        cmocka_unit_test(age__does_as_the_public_vectors_say),
    };
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
