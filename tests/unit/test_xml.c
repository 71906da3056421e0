/* core/io/xml: the gate. What is hostile is refused for the right reason; what is honest comes
 * through unchanged. */
#include "tests/unit/cm.h"

#include <string.h>
#include <unistr.h>

#include "core/base/buf.h"
#include "core/io/gz.h"
#include "core/io/xml.h"

static enum err parse(struct xml_doc *doc, const char *s, struct diag *d)
{
    return xml_parse(doc, s, strlen(s), d);
}

static void repeat(struct buf *b, const char *s, int n)
{
    for (int i = 0; i < n; i++)
        buf_adds(b, s);
}

/* Refused, with this code and (when not NULL) this where. */
static void refuse(const char *what, const char *s, size_t n, enum err want, const char *where)
{
    struct xml_doc doc = {0};
    struct diag d = {0};
    enum err got = xml_parse(&doc, s, n, &d);
    if (got != want || d.err != want || (where != NULL && strcmp(d.where, where) != 0))
        fail_msg("%s: got %s at '%s' line %ld (%s), want %s at '%s'", what, err_name(got), d.where,
                 d.line, d.detail, err_name(want), where != NULL ? where : "");
    assert_null(doc.root);
    assert_null(doc.arena.blocks);
    /* the same gate stands before the schema; of the undeclared prefixes only the schema itself
     * complains */
    got = xml_validate(s, n, "", 0, &d);
    assert_true(got == want || (want == ERR_XML && got == ERR_SCHEMA));
}

static void parse__builds_the_tree__with_names_attributes_text_and_lines(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    const char *s = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<a xmlns=\"urn:a\" "
                    "xmlns:b=\"urn:b\" k='1' b:k='2'>\n"
                    "x&amp;y<!-- no -->z<![CDATA[<&]]>&#x5de5;<c/>\n<b:c>t</b:c><c n='2'/></a>\n";
    assert_int_equal(parse(&doc, s, NULL), ERR_OK);
    assert_true(xml_is(doc.root, "urn:a", "a"));
    assert_false(xml_is(doc.root, "urn:b", "a"));
    assert_int_equal(doc.root->line, 3);
    assert_string_equal(xml_attr(doc.root, "k"), "1");
    assert_null(xml_attr(doc.root, "n"));
    assert_string_equal(doc.root->attrs->next->ns, "urn:b");
    assert_string_equal(doc.root->first->text, "\nx&yz<&工");
    const struct xml_node *c = xml_child(doc.root, "c");
    assert_int_equal(c->line, 4);
    assert_ptr_equal(c->ns, doc.root->ns);
    assert_string_equal(xml_attr(xml_next(c, "c"), "n"), "2"); /* b:c is passed over */
    assert_string_equal(xml_next(c, NULL)->ns, "urn:b");
    assert_ptr_equal(xml_next(c, NULL)->ns, doc.root->attrs->next->ns);
    assert_null(xml_child(c, "c"));
    struct buf t = {0};
    xml_text(&t, doc.root);
    assert_string_equal(buf_str(&t), "\nx&yz<&工\n");
    buf_release(&t);
    xml_doc_release(&doc);
}

static void parse__reads_attributes_exactly__with_ampersands_and_references(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    assert_int_equal(parse(&doc, "<a k='&amp;#38;&amp;lt;&lt;&#38;x&#x26;&quot;&#10;'/>", NULL),
                     ERR_OK);
    assert_string_equal(xml_attr(doc.root, "k"), "&#38;&lt;<&x&\"\n");
    xml_doc_release(&doc);
    assert_int_equal(parse(&doc, "<a xmlns='urn:a?b&amp;c'/>", NULL), ERR_OK);
    assert_string_equal(doc.root->ns, "urn:a?b&c");
    xml_doc_release(&doc);
}

static void parse__takes_gzip_and_byte_order_mark__as_plain(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    struct buf gz = {0};
    gz_deflate(&gz, "\xef\xbb\xbf<a/>", 7);
    assert_int_equal(xml_parse(&doc, gz.p, gz.len, NULL), ERR_OK);
    assert_string_equal(doc.root->name, "a");
    xml_doc_release(&doc);
    buf_release(&gz);
}

static void parse__refuses__what_is_not_well_formed(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "x",
        " ",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "<a k=1/>",
        "<a k='1' k='2'/>",
        "<a>&nope;</a>",
        "<a k='&nope;'/>",
        "<a>&#0;</a>",
        "<a>&#xFFFE;</a>",
        "<x:a/>",
        "<a x:k='1'/>",
        "<a><!-- -- --></a>",
        "<a><!--",
        "<a><![CDATA[",
        "<a",
        "<?xml version='1.0'?>",
        "<a>\x01</a>",
        "<a xmlns:b='urn:1' xmlns:c='urn:1' b:k='' c:k=''/>",
        "<a k='<'/>",
        "<a>]]></a>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuse(bad[i], bad[i], strlen(bad[i]), ERR_XML, NULL);
}

static void parse__names_the_line__of_what_is_wrong(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    struct diag d = {0};
    assert_int_equal(parse(&doc, "<a>\n\n</b>", &d), ERR_XML);
    assert_int_equal(d.line, 3);
    assert_true(strlen(d.detail) > 0);
    assert_int_equal(parse(&doc, "<a>\n\n<!ENTITY x 'y'></a>", &d), ERR_XML_FORBIDDEN);
    assert_int_equal(d.line, 3);
    assert_int_equal(parse(&doc, "<a>\n\xff</a>", &d), ERR_ENCODING);
    assert_int_equal(d.line, 2);
}

static void parse__refuses__every_document_type_and_entity(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM \"http://localhost:1/x.dtd\"><a/>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><a/>",
        ("<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b "
         "'&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
         "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;</l>"),
        "<!-- x --><!DOCTYPE a><a/>",
        "<?p <!-- ?><!DOCTYPE a><a/>",
        "<a><!DOCTYPE b></a>",
        "<!doctype a><a/>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuse(bad[i], bad[i], strlen(bad[i]), ERR_XML_FORBIDDEN, "DOCTYPE");
}

static void parse__accepts__what_only_looks_like_a_document_type(void **state)
{
    (void)state;
    static const char *const good[] = {"<a><!-- <!DOCTYPE a> --></a>",
                                       "<a><![CDATA[<!DOCTYPE a>]]></a>",
                                       "<a>&lt;!DOCTYPE a></a>",
                                       "<?p <!DOCTYPE a> ?><a/>",
                                       "<a k='>'/>",
                                       "<a k=\"'>'\"><b/></a>"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct xml_doc doc = {0};
        assert_int_equal(parse(&doc, good[i], NULL), ERR_OK);
        xml_doc_release(&doc);
    }
}

static void parse__refuses__other_encodings_nul_and_broken_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *what, *s;
        size_t n;
    } bad[] = {
        {"nul", "<a>\0</a>", 8},
        {"utf-16le", "\xff\xfe<\0a\0/\0>\0", 10},
        {"utf-16be without mark", "\0<\0a\0/\0>", 8},
        {"utf-32", "<\0\0\0a\0\0\0/\0\0\0>\0\0\0", 16},
        {"half a character", "<a>\xe5\xb7</a>", 9},
        {"overlong slash", "<a>\xc0\xaf</a>", 9},
        {"surrogate", "<a>\xed\xa0\x80</a>", 10},
        {"latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", 52},
        {"shift_jis in name only", "<?xml version='1.0' encoding='Shift_JIS'?><a/>", 46},
        {"utf-7", "<?xml version='1.0' encoding=\"UTF-7\"?><a/>", 42},
        {"no end of the name", "<?xml encoding='utf-8x'?><a/>", 29},
        {"no name", "<?xml encoding?><a/>", 20},
        {"nothing but the word", "<?xml encoding= ?><a/>", 22},
    };
    static const char *const good[] = {"<?xml version='1.0' encoding='utf-8'?><a/>", "<?xml version='1.0' encoding = \t\n\"UTF-8\" ?><a/>",
                                       "<?xml version='1.0'?><a/>", "<a/>"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct xml_doc doc = {0};
        assert_int_equal(xml_parse(&doc, good[i], strlen(good[i]), NULL), ERR_OK);
        xml_doc_release(&doc);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refuse(bad[i].what, bad[i].s, bad[i].n, ERR_ENCODING, NULL);
    refuse("nothing", "", 0, ERR_EMPTY, NULL);
}

static void parse__refuses__giants(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "<a ");
    repeat(&b, "bbbbbbbb='1' ", 2000);
    buf_adds(&b, "/>");
    refuse("giant tag", b.p, b.len, ERR_XML_FORBIDDEN, "tag");

    buf_clear(&b);
    buf_adds(&b, "<a>");
    for (int i = 0; i < 200000; i++)
        buf_addf(&b, "%s", i == 0 ? "<b " : "a='' ");
    refuse("a million attributes", b.p, b.len, ERR_XML_FORBIDDEN, "tag");

    buf_clear(&b);
    buf_adds(&b, "<a k='");
    repeat(&b, ">", 20000);
    buf_adds(&b, "'/>");
    refuse("giant attribute of >", b.p, b.len, ERR_XML_FORBIDDEN, "tag");

    buf_clear(&b);
    buf_adds(&b, "<a>");
    repeat(&b, "<b/>", XML_MAX_ELEMENTS);
    buf_adds(&b, "</a>");
    refuse("elements", b.p, b.len, ERR_XML_FORBIDDEN, "elements");

    buf_clear(&b);
    buf_adds(&b, "<a>");
    repeat(&b, "x", XML_MAX_BYTES);
    buf_adds(&b, "</a>");
    refuse("bytes", b.p, b.len, ERR_TOO_BIG, NULL);

    struct buf gz = {0};
    gz_deflate(&gz, b.p, b.len);
    refuse("gzip bomb", gz.p, gz.len, ERR_TOO_BIG, NULL);
    gz.p[gz.len - 5] ^= 1;
    refuse("gzip with a wrong sum", gz.p, 200, ERR_GZIP, NULL);
    buf_release(&gz);

    buf_clear(&b);
    buf_adds(&b, "<a>");
    for (int i = 0; i < 100; i++)
        buf_addf(&b, "<b xmlns='urn:%d'/>", i);
    buf_adds(&b, "</a>");
    struct xml_doc doc = {0};
    struct diag d = {0};
    assert_int_equal(xml_parse(&doc, b.p, b.len, &d), ERR_XML_FORBIDDEN);
    assert_string_equal(d.where, "namespaces");
    buf_release(&b);
}

static void parse__accepts_the_deepest_allowed__and_not_one_more(void **state)
{
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        struct buf b = {0};
        repeat(&b, "<a>", XML_MAX_DEPTH + extra);
        repeat(&b, "</a>", XML_MAX_DEPTH + extra);
        struct xml_doc doc = {0};
        struct diag d = {0};
        assert_int_equal(xml_parse(&doc, b.p, b.len, &d), extra == 0 ? ERR_OK : ERR_XML_FORBIDDEN);
        assert_string_equal(d.where, extra == 0 ? "" : "depth");
        xml_doc_release(&doc);
        buf_release(&b);
    }
}

static void same_tree(const struct xml_node *a, const struct xml_node *b)
{
    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        if (a->name != NULL && b->name != NULL)
            assert_string_equal(a->ns, b->ns);
        assert_int_equal(a->name == NULL, b->name == NULL);
        assert_string_equal(a->name != NULL ? a->name : a->text,
                            b->name != NULL ? b->name : b->text);
        const struct xml_attr *x = a->attrs, *y = b->attrs;
        for (; x != NULL && y != NULL; x = x->next, y = y->next) {
            assert_string_equal(x->ns, y->ns);
            assert_string_equal(x->name, y->name);
            assert_string_equal(x->value, y->value);
        }
        assert_null(x);
        assert_null(y);
        same_tree(a->first, b->first);
    }
    assert_null(a);
    assert_null(b);
}

static void write__comes_back_the_same__whatever_the_namespaces(void **state)
{
    (void)state;
    static const char *const docs[] = {
        "<a/>",
        "<a xmlns='urn:d'><b>x</b></a>",
        ("<x:a xmlns:x='urn:x' xmlns:y='urn:y' y:k='&#10;&#9;&quot;&lt;&amp;' x:k='v' k='plain' "
         "xml:lang='ja'>\n <b> &#13; 工場 </b>\n <y:b/>\n</x:a>"),
        "<a xmlns='urn:a'><b xmlns=''><c xmlns='urn:a'/></b>tail &gt; &amp;amp; ]]&gt;</a>",
        "<a xmlns='urn:a?b&amp;c' xmlns:x='urn:a?d&amp;e' x:k=''/>",
    };
    static const char *const around[] = {"", "urn:d", "urn:x"};
    for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++) {
        for (size_t k = 0; k < sizeof around / sizeof around[0]; k++) {
            struct xml_doc one = {0}, two = {0};
            struct buf out = {0};
            assert_int_equal(parse(&one, docs[i], NULL), ERR_OK);
            buf_addf(&out, "<r xmlns=\"%s\">", around[k]);
            xml_write_node(&out, one.root, around[k], 2);
            buf_adds(&out, "</r>");
            struct diag d = {0};
            if (xml_parse(&two, out.p, out.len, &d) != ERR_OK)
                fail_msg("%s: %s", out.p, d.detail);
            const struct xml_node *again = xml_next(two.root->first, NULL);
            struct xml_node alone = *again;
            alone.next = NULL;
            same_tree(one.root, &alone);
            buf_release(&out);
            xml_doc_release(&one);
            xml_doc_release(&two);
        }
    }
}

static void escape__leaves_nothing_forbidden__in_text_and_attributes(void **state)
{
    (void)state;
    struct buf b = {0};
    xml_escape(&b, "a<b>&\r\n\t\x01工\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd\xef\xbe\x9f", false);
    assert_string_equal(buf_str(&b), "a&lt;b&gt;&amp;&#13;\n\t\xef\xbf\xbd工\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbe\x9f");
    buf_clear(&b);
    xml_escape(&b, "\n\t\"'", true);
    assert_string_equal(buf_str(&b), "&#10;&#9;&quot;'");
    buf_release(&b);
}

static const char XSD[] = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' "
                          "targetNamespace='urn:t' elementFormDefault='qualified'>"
                          "<xs:element name='a'><xs:complexType><xs:sequence><xs:element name='n' "
                          "type='xs:int' maxOccurs='9'/></xs:sequence>"
                          "</xs:complexType></xs:element></xs:schema>";

static enum err validate(const char *s, struct diag *d)
{
    return xml_validate(s, strlen(s), XSD, sizeof XSD - 1, d);
}

static void fits__is_said_of_what_the_gate_lets_in__and_of_nothing_else(void **state)
{
    (void)state;
    struct diag d = {0};
    struct buf b = {0};
    struct xml_doc doc = {0};
    buf_adds(&b, "<a>");
    while (b.len < XML_FULL_BYTES - 4)
        buf_addc(&b, 'x');
    buf_adds(&b, "</a>");
    assert_int_equal(b.len, XML_FULL_BYTES);
    assert_int_equal(xml_fits(b.p, b.len, &d), ERR_OK);
    assert_int_equal(xml_parse(&doc, b.p, b.len, NULL), ERR_OK);
    xml_doc_release(&doc);
    b.p[b.len - 4] = 'x';
    buf_adds(&b, "</a>");
    assert_int_equal(xml_fits(b.p, b.len, &d), ERR_FULL);
    assert_int_equal(d.number, XML_FULL_BYTES);
    assert_int_equal(xml_fits(b.p, b.len, NULL), ERR_FULL);
    while (b.len <= XML_MAX_BYTES)
        buf_addc(&b, ' ');
    assert_int_equal(xml_parse(&doc, b.p, b.len, &d), ERR_TOO_BIG);
    assert_int_equal(d.number, XML_MAX_BYTES);
    assert_int_equal(xml_parse(&doc, b.p, b.len, NULL), ERR_TOO_BIG);
    buf_clear(&b);
    buf_adds(&b, "<a k='");
    repeat(&b, "x", XML_MAX_TAG);
    buf_adds(&b, "'/>");
    assert_int_equal(xml_fits(b.p, b.len, &d), ERR_FULL);
    assert_string_equal(d.where, "tag");
    buf_clear(&b);
    repeat(&b, "<a/>", XML_MAX_ELEMENTS + 1);
    assert_int_equal(xml_fits(b.p, b.len, &d), ERR_FULL);
    assert_int_equal(d.number, XML_MAX_ELEMENTS);
    buf_release(&b);
}

static void escape__writes_what_a_terminal_obeys_as_a_reference__and_it_comes_back(void **state)
{
    (void)state;
    struct buf b = {0};
    struct xml_doc doc = {0};
    static const char text[] = "a\x7f\xc2\x85\xc2\x9b" "31m\xc2\xa0\xd8\x9c\xd8\xa7\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa6\xef\xbb\xbf\xf3\xa0\x81\x81";
    buf_adds(&b, "<a>");
    xml_escape(&b, text, false);
    buf_adds(&b, "</a>");
    assert_string_equal(b.p, "<a>a&#x7f;&#x85;&#x9b;31m\xc2\xa0&#x61c;\xd8\xa7&#x202e;&#x2066;\xe2\x80\xa6&#xfeff;&#xe0041;</a>");
    assert_int_equal(xml_parse(&doc, b.p, b.len, NULL), ERR_OK);
    assert_string_equal(doc.root->first->text, text);
    xml_doc_release(&doc);
    buf_release(&b);
}

/* Each of them, and its neighbours, which may stand. */
static void escape__knows_every_character_that_is_obeyed(void **state)
{
    (void)state;
    static const struct {
        unsigned first, last; /* obeyed; the one before and the one behind are not */
    } obeyed[] = {{0x7f, 0x9f}, {0x61c, 0x61c}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff},
                  {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof obeyed / sizeof obeyed[0]; i++)
        for (unsigned c = obeyed[i].first - 1; c <= obeyed[i].last + 1; c++) {
            struct buf b = {0};
            char text[8] = "";
            u8_uctomb((uint8_t *)text, c, 6);
            if (c == 0xdffff)
                continue; /* no character: refused, not written otherwise */
            xml_escape(&b, text, false);
            bool is_obeyed = c >= obeyed[i].first && c <= obeyed[i].last;
            if (is_obeyed == (strcmp(buf_str(&b), text) == 0))
                fail_msg("U+%04X: %s", c, buf_str(&b));
            buf_release(&b);
        }
}

static void is__asks_for_an_element_of_that_name(void **state)
{
    (void)state;
    struct xml_doc doc = {0};
    static const char xml[] = "<a xmlns='urn:t'>text<b/></a>";
    assert_int_equal(xml_parse(&doc, xml, sizeof xml - 1, NULL), ERR_OK);
    assert_true(xml_is(doc.root, "urn:t", "a"));
    assert_false(xml_is(doc.root, "urn:t", "ab"));
    assert_false(xml_is(doc.root, "urn:u", "a"));
    assert_false(xml_is(doc.root->first, "urn:t", "a")); /* a text */
    assert_false(xml_is(NULL, "urn:t", "a"));
    xml_doc_release(&doc);
}

/* In each tag as many as a tag may have: together too many. */
static void parse__refuses__attributes_by_their_sum(void **state)
{
    (void)state;
    struct diag d = {0};
    struct xml_doc doc = {0};
    for (int over = 0; over < 2; over++) {
        struct buf b = {0}, tag = {0};
        buf_adds(&tag, "<a");
        for (int i = 0; i < 250; i++)
            buf_addf(&tag, " a%d=''", i);
        buf_adds(&tag, "/>");
        buf_adds(&b, "<r>");
        repeat(&b, buf_str(&tag), XML_MAX_ATTRIBUTES / 250 + over);
        buf_adds(&b, "</r>");
        assert_int_equal(xml_parse(&doc, b.p, b.len, &d), over ? ERR_XML_FORBIDDEN : ERR_OK);
        if (over)
            assert_string_equal(d.where, "attributes");
        xml_doc_release(&doc);
        buf_release(&b);
        buf_release(&tag);
    }
}

static void validate__accepts_what_fits__and_names_the_line_of_what_does_not(void **state)
{
    (void)state;
    struct diag d = {0};
    assert_int_equal(validate("<a xmlns='urn:t'><n>1</n></a>", &d), ERR_OK);
    assert_int_equal(validate("<a xmlns='urn:t'>\n<n>1</n>\n<n>x</n></a>", &d), ERR_SCHEMA);
    assert_int_equal(d.line, 3);
    assert_non_null(strstr(d.detail, "'n'"));
    assert_null(strstr(d.detail, "urn:t"));
    assert_int_equal(validate("<a xmlns='urn:other'/>", &d), ERR_SCHEMA);
    assert_int_equal(validate("<a xmlns='urn:t'><n>1</n><xi:include "
                              "xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/></a>",
                              &d),
                     ERR_SCHEMA);
    assert_int_equal(xml_validate("<a/>", 4, "<no/>", 5, &d), ERR_SCHEMA);
}

static void validate__fetches_nothing__that_the_document_names(void **state)
{
    (void)state;
    struct diag d = {0};
    assert_int_equal(
        validate(
            "<a xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
            "xsi:schemaLocation='urn:u /etc/passwd urn:v http://localhost:1/v.xsd'><n>1</n></a>",
            &d),
        ERR_OK);
}

static int stop_xml(void **state)
{
    (void)state;
    xml_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__builds_the_tree__with_names_attributes_text_and_lines),
        cmocka_unit_test(parse__reads_attributes_exactly__with_ampersands_and_references),
        cmocka_unit_test(parse__takes_gzip_and_byte_order_mark__as_plain),
        cmocka_unit_test(parse__refuses__what_is_not_well_formed),
        cmocka_unit_test(parse__names_the_line__of_what_is_wrong),
        cmocka_unit_test(parse__refuses__every_document_type_and_entity),
        cmocka_unit_test(parse__accepts__what_only_looks_like_a_document_type),
        cmocka_unit_test(parse__refuses__other_encodings_nul_and_broken_utf8),
        cmocka_unit_test(parse__refuses__giants),
        cmocka_unit_test(parse__accepts_the_deepest_allowed__and_not_one_more),
        cmocka_unit_test(write__comes_back_the_same__whatever_the_namespaces),
        cmocka_unit_test(escape__leaves_nothing_forbidden__in_text_and_attributes),
        cmocka_unit_test(fits__is_said_of_what_the_gate_lets_in__and_of_nothing_else),
        cmocka_unit_test(escape__writes_what_a_terminal_obeys_as_a_reference__and_it_comes_back),
        cmocka_unit_test(escape__knows_every_character_that_is_obeyed),
        cmocka_unit_test(is__asks_for_an_element_of_that_name),
        cmocka_unit_test(parse__refuses__attributes_by_their_sum),
        cmocka_unit_test(validate__accepts_what_fits__and_names_the_line_of_what_does_not),
        cmocka_unit_test(validate__fetches_nothing__that_the_document_names),
    };
    xml_start();
    return cmocka_run_group_tests(tests, NULL, stop_xml);
}
