/* What sealing is made of, against its standards: HKDF, base64, bech32. */
#include "tests/unit/cm.h"

#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"
#include "core/base/sha256.h"
#include "core/seal/age.h"
#include "core/seal/base64.h"
#include "core/seal/bech32.h"
#include "core/seal/hkdf.h"
#include "core/seal/secret.h"

static size_t from_hex(unsigned char *out, size_t size, const char *hex)
{
    size_t n = 0;
    assert_int_equal(sodium_hex2bin(out, size, hex, strlen(hex), NULL, &n, NULL), 0);
    return n;
}

/* ---- HKDF ---- */

static void hkdf__gives_the_keys_of_rfc_5869(void **state)
{
    (void)state;
    /* Appendix A, cases 1 to 3: basic, longer, without salt and info. */
    static const struct {
        const char *ikm, *salt, *info, *okm;
    } cases[] = {
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
         "404142434445464748494a4b4c4d4e4f",
         "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
         "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
         "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
         "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
         "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
         "cc30c58179ec3e87c14c01d5c1f3434f1d87"},
        {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned char ikm[80], salt[80], info[80], want[82], got[82];
        size_t n_ikm = from_hex(ikm, sizeof ikm, cases[i].ikm), n_salt = from_hex(salt, sizeof salt, cases[i].salt);
        size_t n_info = from_hex(info, sizeof info, cases[i].info), n = from_hex(want, sizeof want, cases[i].okm);
        hkdf_sha256(got, n, ikm, n_ikm, salt, n_salt, info, n_info);
        assert_memory_equal(got, want, n);
    }
}

/* ---- Base64 ---- */

static void base64__takes_its_alphabet__and_no_other_byte(void **state)
{
    (void)state;
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char out[3];
    for (int at = 0; at < 4; at++)
        for (int c = 0; c < 256; c++) {
            char text[4] = {'A', 'A', 'A', 'A'};
            text[at] = (char)c;
            bool in = c != 0 && strchr(ALPHABET, (char)c) != NULL;
            assert_int_equal(base64_exactly(out, 3, BASE64_RAW, text, 4), in);
            assert_int_equal(base64_exactly(out, 3, BASE64_PADDED, text, 4), in);
        }
}

static void base64__is_canonical_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n_raw, n_padded; /* 9: refused */
    } cases[] = {{"", 0, 0},      {"Zg", 1, 9},   {"Zg==", 9, 1}, {"Zh", 9, 9},    {"Zh==", 9, 9},   {"Zm8", 2, 9},      {"Zm8=", 9, 2},
                 {"Zm9", 9, 9},   {"Zm9=", 9, 9}, {"Zm9v", 3, 3}, {"Zm9v=", 9, 9}, {"Zm9v====", 9, 9}, {"Z", 9, 9},      {"Zg=", 9, 9},
                 {"Zg===", 9, 9}, {"=", 9, 9},    {"Zm9v\n", 9, 9}, {" Zm9v", 9, 9}, {"Zm 9v", 9, 9},   {"Zm9vYmFyYQ", 9, 9}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int kind = 0; kind < 2; kind++) {
            unsigned char out[6];
            size_t n = 0, want = kind == BASE64_RAW ? cases[i].n_raw : cases[i].n_padded;
            bool good = base64_take(out, sizeof out, &n, (enum base64)kind, cases[i].text, strlen(cases[i].text));
            if (good != (want != 9) || (good && n != want))
                fail_msg("%s, kind %d", cases[i].text, kind);
        }
}

/* ---- bech32 ---- */

static void bech32__takes_and_makes_the_strings_of_bip_173(void **state)
{
    (void)state;
    /* Those whose data are whole bytes. */
    static const struct {
        const char *hrp, *text;
        size_t n_bytes;
    } cases[] = {
        {"A", "A12UEL5L", 0},
        {"a", "a12uel5l", 0},
        {"an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio",
         "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", 0},
        {"abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", 20},
        {"1", "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j", 51},
        {"split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", 30},
        {"?", "?1ezyfcl", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned char bytes[64];
        struct buf again = {0};
        if (!bech32_decode(bytes, cases[i].n_bytes, cases[i].hrp, cases[i].text, strlen(cases[i].text)))
            fail_msg("refused: %s", cases[i].text);
        bech32_encode(&again, cases[i].hrp, bytes, cases[i].n_bytes);
        assert_string_equal(buf_str(&again), cases[i].text);
        buf_release(&again);
    }
}

static void bech32__refuses_what_bip_173_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *hrp, *text;
    } cases[] = {
        {"\x20", "\x20" "1nwldj5"}, {"\x7f", "\x7f" "1axkwrx"}, {"\x80", "\x80" "1eym55h"}, {"", "pzry9x0s0muk"},
        {"", "1pzry9x0s0muk"},      {"x", "x1b4n0q5v"},         {"li", "li1dgmt3"},          {"de", "de1lg7wt\xff"},
        {"A", "A1G7SGD8"},          {"", "10a06t8"},            {"", "1qzzfhee"},            {"a", "A12UEL5L"},
        {"A", "A12uEL5L"},          {"a", "a12uel5"},           {"a", "a12uel5ll"},          {"a", "a12uel5q"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned char bytes[64];
        for (size_t n = 0; n < 8; n++)
            if (cases[i].hrp[0] != '\0' && bech32_decode(bytes, n, cases[i].hrp, cases[i].text, strlen(cases[i].text)))
                fail_msg("taken: %s", cases[i].text);
    }
}

/* BIP 173's checksum, written down once more: for texts that are wrong in another way only. */
static void put_bech32(struct buf *out, const char *hrp, const unsigned char *value, size_t n)
{
    static const char CHARSET[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    static const unsigned GEN[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    unsigned char all[200];
    size_t n_hrp = strlen(hrp), n_all = 0;
    unsigned chk = 1;
    for (size_t i = 0; i < n_hrp; i++)
        all[n_all++] = (unsigned char)hrp[i] >> 5;
    all[n_all++] = 0;
    for (size_t i = 0; i < n_hrp; i++)
        all[n_all++] = hrp[i] & 31;
    memcpy(all + n_all, value, n);
    n_all += n;
    memset(all + n_all, 0, 6);
    for (size_t i = 0; i < n_all + 6; i++) {
        unsigned top = chk >> 25;
        chk = (chk & 0x1ffffff) << 5 ^ all[i];
        for (int k = 0; k < 5; k++)
            chk ^= (top >> k & 1) != 0 ? GEN[k] : 0;
    }
    chk ^= 1;
    buf_addf(out, "%s1", hrp);
    for (size_t i = 0; i < n; i++)
        buf_addc(out, CHARSET[value[i]]);
    for (int i = 0; i < 6; i++)
        buf_addc(out, CHARSET[chk >> 5 * (5 - i) & 31]);
}

/* With the right checksum, but of another length, or with bits left over that are not zero: not the one way to write it. */
static void bech32__refuses_other_lengths_and_bits_left_over(void **state)
{
    (void)state;
    unsigned char value[60] = {0}, out[32];
    struct buf text = {0};
    for (size_t n = 40; n < 60; n++) {
        buf_clear(&text);
        put_bech32(&text, "age", value, n);
        assert_int_equal(bech32_decode(out, sizeof out, "age", text.p, text.len), n == 52); /* 260 bits for 256 */
    }
    for (unsigned left = 1; left < 16; left++) {
        buf_clear(&text);
        value[51] = (unsigned char)left;
        put_bech32(&text, "age", value, 52);
        assert_false(bech32_decode(out, sizeof out, "age", text.p, text.len));
    }
    value[51] = 16; /* the last bit of the 256 */
    buf_clear(&text);
    put_bech32(&text, "age", value, 52);
    assert_true(bech32_decode(out, sizeof out, "age", text.p, text.len));
    assert_int_equal(out[31], 1);
    buf_release(&text);
}

static void bech32__refuses_every_changed_character(void **state)
{
    (void)state;
    struct age_identity id;
    struct buf text = {0};
    unsigned char bytes[AGE_KEY_BYTES];
    age_identity_new(&id);
    age_identity_text(&text, &id);
    assert_true(bech32_decode(bytes, sizeof bytes, "AGE-SECRET-KEY-", text.p, text.len));
    assert_memory_equal(bytes, id.secret, sizeof bytes);
    for (size_t i = 0; i < text.len; i++)
        for (int c = 1; c < 256; c++) {
            char was = text.p[i];
            text.p[i] = (char)c;
            if ((char)c != was && bech32_decode(bytes, sizeof bytes, "AGE-SECRET-KEY-", text.p, text.len))
                fail_msg("taken: %s", text.p);
            text.p[i] = was;
        }
    for (size_t n = 0; n < text.len; n++)
        assert_false(bech32_decode(bytes, sizeof bytes, "AGE-SECRET-KEY-", text.p, n));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hkdf__gives_the_keys_of_rfc_5869),
        cmocka_unit_test(base64__takes_its_alphabet__and_no_other_byte),
        cmocka_unit_test(base64__is_canonical_or_refused),
        cmocka_unit_test(bech32__takes_and_makes_the_strings_of_bip_173),
        cmocka_unit_test(bech32__refuses_what_bip_173_refuses),
        cmocka_unit_test(bech32__refuses_other_lengths_and_bits_left_over),
        cmocka_unit_test(bech32__refuses_every_changed_character),
    };
    secret_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
