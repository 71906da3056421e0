/* core/io/gz: bounded gzip both ways. */
#include "tests/unit/cm.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/io/gz.h"

static struct buf packed(const char *s, size_t n)
{
    struct buf out = {0};
    gz_deflate(&out, s, n);
    return out;
}

static void deflate__comes_back_by_inflate__for_small_large_and_empty(void **state)
{
    (void)state;
    struct buf big = {0};
    for (int i = 0; i < 100000; i++)
        buf_addf(&big, "%d 工場 ", i * 7919);
    const struct {
        const char *s;
        size_t n;
    } cases[] = {{"", 0}, {"a", 1}, {"a\0b", 3}, {big.p, big.len}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf gz = packed(cases[i].s, cases[i].n), back = {0};
        buf_adds(&back, "kept:");
        assert_true(gz_is(gz.p, gz.len));
        assert_int_equal(gz_inflate(&back, gz.p, gz.len, cases[i].n, NULL), ERR_OK);
        assert_int_equal(back.len, cases[i].n + 5);
        assert_memory_equal(back.p, "kept:", 5);
        assert_memory_equal(back.p + 5, cases[i].s, cases[i].n);
        buf_release(&gz);
        buf_release(&back);
    }
    buf_release(&big);
}

static void deflate__gives_the_same_bytes__without_name_time_or_system(void **state)
{
    (void)state;
    struct buf a = packed("monshin", 7), b = packed("monshin", 7);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.p, b.p, a.len);
    assert_int_equal(a.p[3], 0); /* flags: no name */
    assert_memory_equal(a.p + 4, "\0\0\0\0", 4);
    buf_release(&a);
    buf_release(&b);
}

static void inflate__refuses__every_truncation_and_every_flipped_byte_of_the_sum(void **state)
{
    (void)state;
    struct buf gz = packed("some text, some text, some text", 31);
    for (size_t n = 0; n < gz.len; n++) {
        struct buf out = {0};
        assert_int_equal(gz_inflate(&out, gz.p, n, 1000, NULL), ERR_GZIP);
        assert_int_equal(out.len, 0);
        buf_release(&out);
    }
    for (size_t k = 1; k <= 8; k++) {
        struct buf out = {0};
        struct diag d = {0};
        gz.p[gz.len - k] ^= 1;
        assert_int_equal(gz_inflate(&out, gz.p, gz.len, 1000, &d), ERR_GZIP);
        assert_int_equal(d.err, ERR_GZIP);
        gz.p[gz.len - k] ^= 1;
        buf_release(&out);
    }
    buf_release(&gz);
}

static void inflate__refuses_what_follows__garbage_or_a_second_member(void **state)
{
    (void)state;
    struct buf gz = packed("one", 3), out = {0};
    size_t n = gz.len;
    gz_deflate(&gz, "two", 3);
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 1000, NULL), ERR_GZIP);
    assert_int_equal(gz_inflate(&out, gz.p, n + 1, 1000, NULL), ERR_GZIP);
    assert_int_equal(gz_inflate(&out, gz.p, n, 1000, NULL), ERR_OK);
    assert_string_equal(buf_str(&out), "one");
    buf_release(&gz);
    buf_release(&out);
}

static void inflate__stops_at_the_limit__when_fed_a_bomb(void **state)
{
    (void)state;
    struct buf zeros = {0}, out = {0};
    buf_reserve(&zeros, 8 << 20);
    memset(zeros.p, 'x', 8 << 20);
    struct buf gz = packed(zeros.p, 8 << 20);
    assert_true(gz.len < 20000);
    struct diag d = {0};
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 100000, &d), ERR_TOO_BIG);
    assert_int_equal(d.number, 100000);
    assert_true(out.cap < 1000000);
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 100000, NULL), ERR_TOO_BIG);
    assert_int_equal(out.len, 0);
    assert_int_equal(gz_inflate(&out, gz.p, gz.len, 8 << 20, &d), ERR_OK);
    assert_int_equal(out.len, 8 << 20);
    buf_release(&zeros);
    buf_release(&gz);
    buf_release(&out);
}

static void inflate__refuses__more_than_zlib_can_count(void **state)
{
    (void)state;
    struct buf out = {0};
    struct diag d = {0};
    if (sizeof(size_t) > 4)
        assert_int_equal(gz_inflate(&out, "", (size_t)0xffffffffU + 1, 100, &d), ERR_GZIP);
    assert_int_equal(out.len, 0);
}

/* What reads the file goes by its bytes; its name says how it is written. */
static void name__says_whether_it_is_gzip(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bool gz;
    } cases[] = {{"a.xml.gz", true}, {"a.xml", false}, {"a.XML", false}, {".xml", false}, {"xml", true}, {"", true}, {"a.xml/b", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(gz_fits_name(cases[i].path), cases[i].gz);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deflate__comes_back_by_inflate__for_small_large_and_empty),
        cmocka_unit_test(deflate__gives_the_same_bytes__without_name_time_or_system),
        cmocka_unit_test(inflate__refuses__every_truncation_and_every_flipped_byte_of_the_sum),
        cmocka_unit_test(inflate__refuses_what_follows__garbage_or_a_second_member),
        cmocka_unit_test(inflate__stops_at_the_limit__when_fed_a_bomb),
        cmocka_unit_test(inflate__refuses__more_than_zlib_can_count),
        cmocka_unit_test(name__says_whether_it_is_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
