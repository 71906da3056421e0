/* Workbooks: the same bytes for the same table, nothing left behind. What stands in the cells: tests/cli/xlsx.sh. */
#include "tests/unit/cm.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/out/table.h"
#include "core/out/xlsx.h"

static const struct column columns[] = {{"item", false}, {"level", true}, {"note", false}};

static void fill(struct table *t)
{
    table_init(t, columns, 3);
    table_row(t);
    table_add(t, "1-1");
    table_add(t, "3");
    table_add(t, "=HYPERLINK(\"http://example.invalid\")\n2行目");
    table_row(t);
    table_add(t, "1-2");
    table_add(t, "");
    table_add(t, "");
}

static void xlsx__is_the_same_to_the_byte__for_the_same_table(void **state)
{
    (void)state;
    struct table t;
    struct buf a = {0}, b = {0};
    struct diag diag = {0};
    fill(&t);
    assert_int_equal(xlsx_make(&a, &t, "回答", NULL, &diag), ERR_OK);
    sleep(1); /* a clock inside would show */
    assert_int_equal(xlsx_make(&b, &t, "回答", NULL, &diag), ERR_OK);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.p, b.p, a.len);
    assert_memory_equal(a.p, "PK\3\4", 4);
    buf_release(&a);
    buf_release(&b);
    table_release(&t);
}

static void xlsx__leaves_nothing_behind__and_takes_any_name(void **state)
{
    (void)state;
    char dir[] = "/tmp/xlsx-XXXXXX";
    struct table t;
    struct buf out = {0};
    struct diag diag = {0};
    assert_non_null(mkdtemp(dir));
    setenv("TMPDIR", dir, 1);
    table_init(&t, columns, 3); /* no rows at all */
    assert_int_equal(xlsx_make(&out, &t, "a name that is far too long for a sheet: [x]", NULL, &diag), ERR_OK);
    assert_int_equal(rmdir(dir), 0); /* it is empty again */
    assert_int_equal(xlsx_make(&out, &t, "x", NULL, &diag), ERR_WRITE);
    unsetenv("TMPDIR");
    buf_release(&out);
    table_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xlsx__is_the_same_to_the_byte__for_the_same_table),
        cmocka_unit_test(xlsx__leaves_nothing_behind__and_takes_any_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
