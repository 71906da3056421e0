/* The catalogue of messages: what is found, what is refused, and that a damaged image is never read out of bounds. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/io/file.h"
#include "i18n/catalog.h"
#include "tests/unit/small.h"

/* A small image, made here so that the tests do not hang on what the interface happens to say. */
struct message {
    const char *id, *text;
    size_t id_bytes, text_bytes;
};
#define MESSAGE(id, text) {id, text, sizeof id - 1, sizeof text - 1}
static const struct message sorted[] = {
    MESSAGE("", "Language: xx\n"),
    MESSAGE("File", "Datei"),
    MESSAGE("menu\004File", "Ablage"),
    MESSAGE("one file\0%lu files", "eine Datei\0%lu Dateien"),
    MESSAGE("zebra", "シマウマ"),
};
enum { N_SORTED = sizeof sorted / sizeof sorted[0] };

static void put32(struct buf *b, size_t v)
{
    for (int shift = 0; shift < 32; shift += 8)
        buf_addc(b, (char)(v >> shift & 0xff));
}

static void image(struct buf *out, const struct message *m, size_t n)
{
    size_t tables = 28, at = tables + n * 16;
    put32(out, 0x950412deU);
    put32(out, 0);
    put32(out, n);
    put32(out, tables);
    put32(out, tables + n * 8);
    put32(out, 0);
    put32(out, 0);
    for (int texts = 0; texts < 2; texts++)
        for (size_t i = 0; i < n; i++) {
            size_t len = texts ? m[i].text_bytes : m[i].id_bytes;
            put32(out, len);
            put32(out, at);
            at += len + 1;
        }
    for (int texts = 0; texts < 2; texts++)
        for (size_t i = 0; i < n; i++)
            buf_add(out, texts ? m[i].text : m[i].id, (texts ? m[i].text_bytes : m[i].id_bytes) + 1);
}

static bool opens(const struct message *m, size_t n, enum lang lang)
{
    struct buf b = {0};
    struct catalog *cat = NULL;
    image(&b, m, n);
    bool ok = catalog_open(&cat, lang, b.p, b.len);
    catalog_free(cat);
    buf_release(&b);
    return ok;
}

static void catalog_get__finds_every_message__when_it_is_there(void **state)
{
    (void)state;
    struct buf b = {0};
    struct catalog *cat = NULL;
    image(&b, sorted, N_SORTED);
    assert_true(catalog_open(&cat, LANG_EN, b.p, b.len));
    assert_string_equal(T(cat, "File"), "Datei");
    assert_string_equal(TC(cat, "menu", "File"), "Ablage");
    assert_string_equal(T(cat, "zebra"), "シマウマ");
    assert_string_equal(TN(cat, "one file", "%lu files", 1UL), "eine Datei");
    assert_string_equal(TN(cat, "one file", "%lu files", 2UL), "%lu Dateien");
    assert_string_equal(TN(cat, "one file", "%lu files", 0UL), "%lu Dateien");
    assert_int_equal(catalog_lang(cat), LANG_EN);
    catalog_free(cat);
    buf_release(&b);
}

static void catalog_get__gives_the_id__when_there_is_no_translation(void **state)
{
    (void)state;
    struct buf b = {0};
    struct catalog *cat = NULL;
    image(&b, sorted, N_SORTED);
    assert_true(catalog_open(&cat, LANG_EN, b.p, b.len));
    assert_string_equal(T(cat, "menu"), "menu");
    assert_string_equal(T(cat, "zebras"), "zebras");
    assert_string_equal(TC(cat, "men", "File"), "File");
    assert_string_equal(TC(cat, "menus", "File"), "File");
    assert_string_equal(TC(cat, "menu", "Fil"), "Fil");
    assert_string_equal(T(cat, ""), ""); /* never the header */
    assert_string_equal(TN(cat, "a", "b", 1UL), "a");
    assert_string_equal(TN(cat, "a", "b", 3UL), "b");
    assert_string_equal(TN(cat, "zebra", "zebras", 3UL), "シマウマ");
    catalog_free(cat);
    buf_release(&b);
    assert_string_equal(T(catalog_for(LANG_EN), "File"), "File");
}

static void catalog_open__refuses__when_an_image_is_not_in_order(void **state)
{
    (void)state;
    static const struct message swapped[] = {MESSAGE("b", "B"), MESSAGE("a", "A")};
    static const struct message twice[] = {MESSAGE("a", "A"), MESSAGE("a", "A")};
    static const struct message missing_form[] = {MESSAGE("a\0b", "A")};
    static const struct message spare_form[] = {MESSAGE("a", "A\0B")};
    static const struct message three_ids[] = {MESSAGE("a\0b\0c", "A\0B")};
    static const struct message not_utf8[] = {MESSAGE("a", "\xff")};
    assert_true(opens(sorted, N_SORTED, LANG_EN));
    assert_false(opens(sorted, N_SORTED, LANG_JA)); /* Japanese has one form */
    assert_false(opens(swapped, 2, LANG_EN));
    assert_false(opens(twice, 2, LANG_EN));
    assert_false(opens(missing_form, 1, LANG_EN));
    assert_false(opens(spare_form, 1, LANG_EN));
    assert_false(opens(three_ids, 1, LANG_EN));
    assert_false(opens(not_utf8, 1, LANG_EN));
}

static void look_at_all(const struct catalog *cat)
{
    size_t sum = strlen(T(cat, "File")) + strlen(T(cat, "zebra")) + strlen(TC(cat, "menu", "File"));
    for (unsigned long n = 0; n < 3; n++)
        sum += strlen(TN(cat, "one file", "%lu files", n));
    assert_true(sum > 0);
}

/* Each image stands alone in memory of its own, so that the sanitizer sees one byte too many. */
static void open_exact(const char *bytes, size_t n)
{
    char *own = malloc(n > 0 ? n : 1);
    assert_non_null(own);
    memcpy(own, bytes, n);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct catalog *cat = NULL;
        if (catalog_open(&cat, (enum lang)lang, own, n))
            look_at_all(cat);
        catalog_free(cat);
    }
    free(own);
}

static void catalog_open__stays_in_bounds__when_an_image_is_cut_or_mutated(void **state)
{
    (void)state;
    struct buf b = {0};
    unsigned seed = 7;
    image(&b, sorted, N_SORTED);
    for (size_t n = 0; n <= b.len; n++)
        open_exact(b.p, n);
    for (int round = 0; round < 50000; round++) {
        char *copy = malloc(b.len);
        assert_non_null(copy);
        memcpy(copy, b.p, b.len);
        for (unsigned hits = small_random(&seed, 4) + 1; hits > 0; hits--)
            copy[small_random(&seed, (unsigned)b.len)] = (char)small_random(&seed, 256);
        open_exact(copy, b.len);
        free(copy);
    }
    buf_release(&b);
}

static void catalog_for__is_sound__in_every_language(void **state)
{
    (void)state;
    struct catalog *cat = NULL;
    assert_true(catalog_open(&cat, LANG_JA, embed_ja_mo, (size_t)(embed_ja_mo_end - embed_ja_mo)));
    catalog_free(cat);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_int_equal(catalog_lang(catalog_for((enum lang)lang)), lang);
}

/* The rules are constants in C: a PO file that says otherwise would silently show the wrong form. */
static void plural_rule__equals_the_header__of_the_po_file(void **state)
{
    (void)state;
    struct buf po = {0};
    assert_int_equal(file_read(&po, "i18n/ja.po", 4 * 1024 * 1024, NULL), ERR_OK);
    assert_non_null(strstr(buf_str(&po), "\"Language: ja\\n\""));
    assert_non_null(strstr(buf_str(&po), "\"Plural-Forms: nplurals=1; plural=0;\\n\""));
    buf_release(&po);
    /* English: nplurals=2; plural=(n != 1) */
    for (unsigned long n = 0; n < 200; n++)
        assert_string_equal(TN(catalog_for(LANG_EN), "one", "many", n), n != 1 ? "many" : "one");
}

static void lang_parse__accepts_locale_names__of_our_languages_only(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int lang;
    } cases[] = {{"ja", LANG_JA},    {"ja_JP.UTF-8", LANG_JA}, {"ja.UTF-8", LANG_JA}, {"JA", LANG_JA}, {"ja-JP", LANG_JA},
                 {"en", LANG_EN},    {"en_GB", LANG_EN},       {"en@quot", LANG_EN},  {"jam", -1},     {"C", -1},
                 {"C.UTF-8", -1},    {"", -1},                 {"e", -1},             {"de_DE", -1},   {"POSIX", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum lang got = LANG_COUNT;
        bool ok = lang_parse(&got, cases[i].name);
        assert_int_equal(ok ? (int)got : -1, cases[i].lang);
    }
    assert_string_equal(lang_code(LANG_JA), "ja");
    assert_string_equal(lang_code(LANG_EN), "en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalog_get__finds_every_message__when_it_is_there),
        cmocka_unit_test(catalog_get__gives_the_id__when_there_is_no_translation),
        cmocka_unit_test(catalog_open__refuses__when_an_image_is_not_in_order),
        cmocka_unit_test(catalog_open__stays_in_bounds__when_an_image_is_cut_or_mutated),
        cmocka_unit_test(catalog_for__is_sound__in_every_language),
        cmocka_unit_test(plural_rule__equals_the_header__of_the_po_file),
        cmocka_unit_test(lang_parse__accepts_locale_names__of_our_languages_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
