/* The messages as they stand in i18n/ja.po: what has a budget of columns ("max N columns" before the string in the source) keeps it in
 * both languages, measured as the screen measures. That the PO file belongs to the source is held by i18n/check. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/file.h"

/* One message while its lines are read. */
struct entry {
    struct buf id, text;
    int max; /* columns, 0: no budget */
    struct buf *into;
};

static void unescape(struct buf *out, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '\\' && p + 1 < end) {
            p++;
            buf_addc(out, *p == 'n' ? '\n' : *p == 't' ? '\t' : *p);
        } else {
            buf_addc(out, *p);
        }
    }
}

/* What a format makes of itself is not known here: a message with a budget that holds one counts as written. */
static int judge(struct entry *e)
{
    int bad = 0;
    const char *const texts[] = {buf_str(&e->id), buf_str(&e->text)};
    for (int i = 0; i < 2 && e->max > 0; i++)
        if (text_width(texts[i]) > e->max) {
            fprintf(stderr, "\"%s\" takes %d columns of %d\n", texts[i], text_width(texts[i]), e->max);
            bad++;
        }
    buf_clear(&e->id);
    buf_clear(&e->text);
    e->max = 0;
    e->into = NULL;
    return bad;
}

/* Takes one line of the PO file. Of a plural the last form is measured: the longest in practice. */
static void take(struct entry *e, const char *line, size_t n)
{
    int max = 0;
    if (sscanf(line, "#. max %d columns", &max) == 1 && (e->max == 0 || max < e->max))
        e->max = max;
    const char *open = memchr(line, '"', n);
    if (open == NULL || line[0] == '#')
        return;
    if (strncmp(line, "msgid", 5) == 0 || strncmp(line, "msgstr", 6) == 0) {
        e->into = line[3] == 'i' ? &e->id : &e->text;
        buf_clear(e->into);
    } else if (strncmp(line, "msgctxt", 7) == 0) {
        e->into = NULL;
    }
    if (e->into != NULL)
        unescape(e->into, open + 1, line + n - 1);
}

static int too_wide(const char *po)
{
    struct entry e = {0};
    int bad = 0;
    while (*po != '\0') {
        size_t n = strcspn(po, "\n");
        if (n == 0)
            bad += judge(&e);
        else
            take(&e, po, n);
        po += n + (po[n] == '\n');
    }
    bad += judge(&e);
    buf_release(&e.id);
    buf_release(&e.text);
    return bad;
}

static void message__fits_its_place__in_both_languages(void **state)
{
    (void)state;
    struct buf po = {0};
    assert_int_equal(file_read(&po, "i18n/ja.po", 4 * 1024 * 1024, NULL), ERR_OK);
    assert_int_equal(too_wide(buf_str(&po)), 0);
    buf_release(&po);
}

static void too_wide__counts_columns__not_bytes_or_characters(void **state)
{
    (void)state;
    assert_int_equal(too_wide("#. max 4 columns\nmsgid \"Open\"\nmsgstr \"開く\"\n"), 0);
    assert_int_equal(too_wide("#. max 4 columns\nmsgid \"Open\"\nmsgstr \"ひらく\"\n"), 1);
    assert_int_equal(too_wide("#. max 3 columns\nmsgctxt \"long context\"\nmsgid \"Open\"\nmsgstr \"開\"\n"), 1);
    assert_int_equal(too_wide("#. max 9 columns\n#. max 3 columns\nmsgid \"Open\"\nmsgstr \"開く\"\n"), 2);
    assert_int_equal(too_wide("#. max 2 columns\nmsgid \"\"\n\"a\"\n\"b\"\nmsgstr \"\\\"\"\n\nmsgid \"c\"\nmsgstr \"cccc\"\n"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__fits_its_place__in_both_languages),
        cmocka_unit_test(too_wide__counts_columns__not_bytes_or_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
