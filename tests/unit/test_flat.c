/* core/io/flat and core/io/xml_cell: what goes in comes out, and what nobody sane would write does no harm. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/flat.h"
#include "core/io/xml_cell.h"

static const char *const FILES[] = {"tests/data/v1-0.1.0.xml.gz", "tests/data/newer-minor.xml"};
enum { N_FILES = sizeof FILES / sizeof FILES[0] };

static const char ODD[] = "<?xml version='1.0'?>\n<r xmlns='urn:a&amp;b' xmlns:p='urn:p' p:a='&lt;&#10;\"' b=''>\n"
                          "t&amp;<p:c xml:lang='ja'>日本語</p:c>\n<名前 p:x='1' y='2'/>u<![CDATA[<v>]]>"
                          "<c xmlns=''><d/></c></r>";

static void read_file(struct buf *out, int i)
{
    struct diag d = {0};
    if (file_read(out, FILES[i], XML_MAX_BYTES, &d) != ERR_OK)
        fail_msg("%s: %s", FILES[i], err_name(d.err));
}

static void written(struct buf *out, const struct xml_doc *doc)
{
    xml_write_node(out, doc->root, "", 0);
}

/* The same names, texts, values, namespaces, lines. */
static void assert_same(const struct xml_node *a, const struct xml_node *b)
{
    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        assert_int_equal(a->name == NULL, b->name == NULL);
        if (a->name != NULL)
            assert_string_equal(a->name, b->name);
        assert_int_equal(a->line, b->line);
        assert_same(a->first, b->first);
    }
    assert_true(a == NULL && b == NULL);
}

static void round_trip(const void *bytes, size_t n_bytes)
{
    struct xml_doc doc = {0}, again = {0};
    struct buf flat = {0}, one = {0}, two = {0};
    assert_int_equal(xml_parse(&doc, bytes, n_bytes, NULL), ERR_OK);
    flat_write(&flat, &doc);
    assert_true(flat_read(&again, flat.p, flat.len));
    assert_same(doc.root, again.root);
    written(&one, &doc);
    written(&two, &again);
    assert_string_equal(buf_str(&one), buf_str(&two));
    xml_doc_release(&doc);
    xml_doc_release(&again);
    buf_release(&flat);
    buf_release(&one);
    buf_release(&two);
}

static void flat__brings_back_what_was_parsed(void **state)
{
    (void)state;
    round_trip(ODD, strlen(ODD));
    for (int i = 0; i < N_FILES; i++) {
        struct buf bytes = {0};
        read_file(&bytes, i);
        round_trip(bytes.p, bytes.len);
        buf_release(&bytes);
    }
}

/* Equal namespaces must have one address, as readers compare these. */
static void flat__gives_equal_namespaces_one_address(void **state)
{
    (void)state;
    struct xml_doc doc = {0}, again = {0};
    struct buf flat = {0};
    assert_int_equal(xml_parse(&doc, ODD, strlen(ODD), NULL), ERR_OK);
    flat_write(&flat, &doc);
    assert_true(flat_read(&again, flat.p, flat.len));
    const struct xml_node *c = again.root->first->next, *name = c->next->next;
    assert_string_equal(c->ns, "urn:p");
    assert_ptr_equal(c->ns, name->attrs->ns);
    assert_ptr_equal(name->ns, again.root->ns);
    xml_doc_release(&doc);
    xml_doc_release(&again);
    buf_release(&flat);
}

/* Refused and left empty, or a tree that can be written down. */
static bool harmless(const char *bytes, size_t n_bytes)
{
    struct xml_doc doc = {0}, again = {0};
    struct buf xml = {0};
    struct diag d = {0};
    if (!flat_read(&doc, bytes, n_bytes)) {
        assert_null(doc.root);
        assert_null(doc.arena.blocks);
        return false;
    }
    written(&xml, &doc);
    enum err err = xml_parse(&again, xml.p, xml.len, &d);
    /* the same attribute twice, a namespace that is no address: harmless, and for the reader of elements to see */
    if (err != ERR_OK && (err != ERR_XML || (strstr(d.detail, "redefined") == NULL && strstr(d.detail, "URI") == NULL)))
        fail_msg("%s %s: %s", err_name(err), d.detail, buf_str(&xml));
    xml_doc_release(&doc);
    xml_doc_release(&again);
    buf_release(&xml);
    return true;
}

static void flat__takes_no_part_of_itself(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    struct buf flat = {0};
    assert_int_equal(xml_parse(&doc, ODD, strlen(ODD), NULL), ERR_OK);
    flat_write(&flat, &doc);
    for (size_t n = 0; n < flat.len; n++)
        assert_false(harmless(flat.p, n));
    assert_true(harmless(flat.p, flat.len));
    buf_addc(&flat, '\0'); /* one end too many */
    assert_false(harmless(flat.p, flat.len));
    xml_doc_release(&doc);
    buf_release(&flat);
}

static void flat__gives_no_tree_that_the_gate_would_not__whatever_byte_is_changed(void **state)
{
    (void)state;
    static const unsigned char to[] = {0, 1, 2, 3, 5, 9, 10, '"', '<', '&', ':', ' ', 'x', 0x7f, 0x80, 0xc2, 0xff};
    struct xml_doc doc = {0};
    struct buf flat = {0};
    int n_taken = 0;
    assert_int_equal(xml_parse(&doc, ODD, strlen(ODD), NULL), ERR_OK);
    flat_write(&flat, &doc);
    for (size_t i = 0; i < flat.len; i++)
        for (size_t k = 0; k < sizeof to; k++) {
            char was = flat.p[i];
            flat.p[i] = (char)to[k];
            n_taken += harmless(flat.p, flat.len);
            flat.p[i] = was;
        }
    assert_true(n_taken > 100); /* letters for letters */
    xml_doc_release(&doc);
    buf_release(&flat);
}

/* A child that has been taken over may say anything. */
static void flat__has_the_limits_of_the_gate(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i <= XML_MAX_DEPTH; i++)
        buf_add(&b, i == 0 ? "\1\0\1r\0\0\1\0" : "\1\0\0\1\0", i == 0 ? 8 : 5);
    for (int i = 0; i <= XML_MAX_DEPTH; i++)
        buf_addc(&b, '\0');
    assert_false(harmless(b.p, b.len));
    buf_cut(&b, 0);
    buf_add(&b, "\1\0\1r\0\0\1\0", 8);
    for (int i = 0; i < XML_MAX_ELEMENTS; i++)
        buf_add(&b, "\1\0\0\1\0\0", 6);
    buf_addc(&b, '\0');
    assert_false(harmless(b.p, b.len));
    buf_release(&b);
}

static void refused(const char *what, const char *bytes, size_t n_bytes)
{
    if (harmless(bytes, n_bytes))
        fail_msg("%s was taken", what);
}

/* Element: 1, name, namespace, line, attributes; text: 2, text; end: 0. A number one above those seen so far is followed by what it stands for. */
static void flat__refuses_what_has_no_place(void **state)
{
    (void)state;
#define REFUSED(what, bytes) refused(what, bytes, sizeof bytes - 1)
    assert_true(harmless("\1\0\1r\0\0\1\0\0", 9));
    REFUSED("nothing", "");
    REFUSED("an end of nothing", "\0");
    REFUSED("text outside", "\2\1t\1\0\1r\0\0\1\0\0");
    REFUSED("a second root", "\1\0\1r\0\0\1\0\0\1\0\0\1\0\0");
    REFUSED("an unknown token", "\1\0\1r\0\0\1\0\7\0");
    REFUSED("empty text", "\1\0\1r\0\0\1\0\2\0\0");
    REFUSED("a name that nobody has told", "\1\5\1r\0\0\1\0\0");
    REFUSED("a namespace that nobody has told", "\1\0\1r\5\0\1\0\0");
    REFUSED("a namespace told twice", "\1\0\1r\0\1u\1\0\1\0\1\1u\1\0\0\0");
    REFUSED("a name that begins with a digit", "\1\0\0021r\0\0\1\0\0");
    REFUSED("a name with a blank", "\1\0\3r r\0\0\1\0\0");
    REFUSED("an empty name", "\1\0\0\0\0\1\0\0");
    REFUSED("a number without end", "\1\0\1r\0\0\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\0\0");
    REFUSED("a length over the end", "\1\0\1r\0\0\1\0\2\x7ft\0");
    REFUSED("too many attributes", "\1\0\1r\0\0\1\x81\2");
#undef REFUSED
}

static void flat__counts_attributes_texts_and_namespaces(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_add(&b, "\1\0\1r\0\0\1\0", 8);
    for (int i = 0; i <= XML_MAX_ATTRIBUTES / XML_MAX_TAG_ATTRIBUTES; i++) {
        buf_add(&b, "\1\0\0\1\x80\2", 6);
        for (int k = 0; k < XML_MAX_TAG_ATTRIBUTES; k++)
            buf_add(&b, "\0\0\0", 3);
        buf_addc(&b, '\0');
    }
    buf_addc(&b, '\0');
    refused("so many attributes in all", b.p, b.len);
    buf_cut(&b, 8);
    for (int i = 0; i <= 2 * XML_MAX_ELEMENTS; i++)
        buf_add(&b, "\2\1t", 3);
    buf_addc(&b, '\0');
    refused("so many texts", b.p, b.len);
    buf_cut(&b, 8);
    for (int i = 1; i <= 64; i++) {
        const char element[] = {1, 0, (char)i, 1, (char)('A' + i), 1, 0, 0};
        buf_add(&b, element, sizeof element);
    }
    buf_addc(&b, '\0');
    refused("so many namespaces", b.p, b.len);
    buf_release(&b);
}

/* ---- In a cell ---- */

static void xml_cell__says_of_a_document_what_the_gate_says(void **state)
{
    (void)state;
    static const char *const docs[] = {"<a/>",   "<a>",      "",        "x",       "<!DOCTYPE a><a/>", "<a b='1' b='2'/>", "<a>\xff</a>",
                                       "<a>\n<b></a>", "<p:a/>", "\x1f\x8b\x08", ODD};
    struct cell *cell = xml_cell_new();
    for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++) {
        struct xml_doc here = {0}, there = {0};
        struct diag a = {0}, b = {0};
        struct buf one = {0}, two = {0};
        enum err err = xml_parse(&here, docs[i], strlen(docs[i]), &a);
        assert_int_equal(xml_parse_in(cell, &there, docs[i], strlen(docs[i]), &b), err);
        assert_int_equal(a.line, b.line);
        assert_string_equal(a.where, b.where);
        assert_string_equal(a.detail, b.detail);
        if (err == ERR_OK) {
            written(&one, &here);
            written(&two, &there);
        }
        assert_string_equal(buf_str(&one), buf_str(&two));
        xml_doc_release(&here);
        xml_doc_release(&there);
        buf_release(&one);
        buf_release(&two);
    }
    cell_free(cell);
}

static void xml_cell__takes_files_near_the_limits(void **state)
{
    (void)state;
    struct cell *cell = xml_cell_new();
    struct buf xml = {0};
    struct xml_doc doc = {0};
    struct diag d = {0};
    buf_adds(&xml, "<r>");
    for (int i = 0; i < XML_MAX_ELEMENTS - 1; i++)
        buf_addf(&xml, "<n%d a='%d'/>", i % 1000, i % 10);
    buf_adds(&xml, "</r>");
    assert_true(xml.len < XML_MAX_BYTES);
    assert_int_equal(xml_parse_in(cell, &doc, xml.p, xml.len, &d), ERR_OK);
    long n = 0;
    for (const struct xml_node *c = doc.root->first; c != NULL; c = c->next)
        n++;
    assert_int_equal(n, XML_MAX_ELEMENTS - 1);
    xml_doc_release(&doc);
    buf_reserve(&xml, XML_MAX_BYTES);
    assert_int_equal(xml_parse_in(cell, &doc, xml.p, XML_MAX_BYTES + 1, &d), ERR_TOO_BIG);
    assert_int_equal(d.number, XML_MAX_BYTES);
    buf_release(&xml);
    cell_free(cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flat__brings_back_what_was_parsed),
        cmocka_unit_test(flat__gives_equal_namespaces_one_address),
        cmocka_unit_test(flat__takes_no_part_of_itself),
        cmocka_unit_test(flat__gives_no_tree_that_the_gate_would_not__whatever_byte_is_changed),
        cmocka_unit_test(flat__has_the_limits_of_the_gate),
        cmocka_unit_test(flat__refuses_what_has_no_place),
        cmocka_unit_test(flat__counts_attributes_texts_and_namespaces),
        cmocka_unit_test(xml_cell__says_of_a_document_what_the_gate_says),
        cmocka_unit_test(xml_cell__takes_files_near_the_limits),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
