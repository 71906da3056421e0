/* Tables: what a spreadsheet and an XML tool get. */
#include "tests/unit/cm.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/io/xml.h"
#include "core/out/table.h"

static const struct column columns[] = {{"item", false}, {"score", true}, {"note", false}};

static void three(struct table *t)
{
    table_init(t, columns, 3);
    table_row(t);
    table_add(t, "1-1");
    table_addf(t, "%d", -5);
    table_add(t, "a \"b\", c");
    table_row(t);
    table_add(t, "");
    table_add(t, "");
    table_add(t, "=HYPERLINK(\"x\")\n<&>");
}

static void table_csv__is_rfc_4180__with_crlf_and_doubled_quotes(void **state)
{
    (void)state;
    struct table t;
    struct buf out = {0};
    three(&t);
    table_csv(&out, &t, false);
    assert_string_equal(buf_str(&out), "item,score,note\r\n"
                                       "1-1,-5,\"a \"\"b\"\", c\"\r\n"
                                       ",,\"'=HYPERLINK(\"\"x\"\")\n<&>\"\r\n");
    buf_clear(&out);
    table_csv(&out, &t, true);
    assert_int_equal(strncmp(buf_str(&out), "\xEF\xBB\xBFitem,", 8), 0);
    buf_release(&out);
    table_release(&t);
}

static void csv_field__disarms_text__that_a_spreadsheet_takes_for_a_formula(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool number;
        const char *csv;
    } cases[] = {{"=1+1", false, "'=1+1"},
                 {"+81", false, "'+81"},
                 {"-", false, "'-"},
                 {"@x", false, "'@x"},
                 {"\tx", false, "'\tx"},
                 {"\r=1", false, "\"'\r=1\""},
                 {"\n=1", false, "\"'\n=1\""},
                 {"＝1", false, "'＝1"},
                 {"－", false, "'－"},
                 {"-1.5", true, "-1.5"},
                 {"a=1", false, "a=1"},
                 {"'=1", false, "'=1"},
                 {" =1", false, " =1"},
                 {"ー", false, "ー"},
                 {"", false, ""},
                 {"メモ, 2", false, "\"メモ, 2\""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        csv_field(&out, cases[i].text, cases[i].number);
        assert_string_equal(buf_str(&out), cases[i].csv);
        buf_release(&out);
    }
}

static void table_xml__parses__and_gives_the_cells_back(void **state)
{
    (void)state;
    struct table t;
    struct buf out = {0}, text = {0};
    struct xml_doc doc = {0};
    three(&t);
    table_xml(&out, &t, "grade", "row");
    assert_int_equal(xml_parse(&doc, out.p, out.len, NULL), ERR_OK);
    assert_string_equal(doc.root->name, "grade");
    const struct xml_node *row = xml_child(doc.root, "row");
    for (size_t r = 0; r < t.n_rows; r++, row = xml_next(row, "row")) {
        assert_non_null(row);
        for (size_t c = 0; c < t.n_columns; c++) {
            buf_clear(&text);
            xml_text(&text, xml_child(row, columns[c].name));
            assert_string_equal(buf_str(&text), table_cell(&t, r, c));
        }
    }
    assert_null(row);
    xml_doc_release(&doc);
    buf_release(&text);
    buf_release(&out);
    table_release(&t);
    xml_stop();
}

static void table__grows__as_far_as_needed(void **state)
{
    (void)state;
    struct table t;
    table_init(&t, columns, 3);
    for (int i = 0; i < 1000; i++) {
        table_row(&t);
        table_addf(&t, "%d", i);
        table_add(&t, "x");
        table_add(&t, "y");
    }
    assert_int_equal(t.n_rows, 1000);
    assert_string_equal(table_cell(&t, 999, 0), "999");
    table_release(&t);
    table_release(&t); /* released is reusable */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_csv__is_rfc_4180__with_crlf_and_doubled_quotes),
        cmocka_unit_test(csv_field__disarms_text__that_a_spreadsheet_takes_for_a_formula),
        cmocka_unit_test(table_xml__parses__and_gives_the_cells_back),
        cmocka_unit_test(table__grows__as_far_as_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
