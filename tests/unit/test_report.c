/* The report: whole, self-contained, escaped, in both languages, and its headings and tables usable without eyes. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/out/html.h"
#include "core/out/report.h"
#include "i18n/catalog.h"

static const char NOW[] = "2026-12-01T09:00:00+09:00";

static struct assessment *example(void)
{
    struct buf bytes = {0};
    struct assessment *a = NULL;
    struct diag diag = {0};
    assert_int_equal(file_read(&bytes, "tests/data/example.xml", XML_MAX_BYTES, &diag), ERR_OK);
    assert_int_equal(assessment_read(&a, bytes.p, bytes.len, NULL, NULL, NULL, &diag), ERR_OK);
    buf_release(&bytes);
    return a;
}

static const char *translate(void *cookie, const char *msgid)
{
    return catalog_get(catalog_for(*(enum lang *)cookie), msgid);
}

static char *report(const struct assessment *a, enum lang lang)
{
    struct report_options o = {.lang = lang, .tr = translate, .cookie = &lang, .program = "monshin test", .now = NOW};
    struct buf out = {0};
    report_html(&out, a, &o);
    return buf_take(&out);
}

/* The document as a tree. The gate refuses a DOCTYPE, and so it must: the line is cut off. */
static void parse(struct xml_doc *doc, const char *html)
{
    struct diag diag = {0};
    const char *start = strchr(html, '\n') + 1;
    if (xml_parse(doc, start, strlen(start), &diag) != ERR_OK)
        fail_msg("not well-formed, line %ld: %s", diag.line, diag.detail);
}

typedef void (*visit_fn)(const struct xml_node *n, void *cookie);

static void walk(const struct xml_node *n, visit_fn visit, void *cookie)
{
    for (; n != NULL; n = n->next)
        if (n->name != NULL) {
            visit(n, cookie);
            walk(n->first, visit, cookie);
        }
}

static void report__has_every_item_and_the_words_of_the_file__in_both_languages(void **state)
{
    (void)state;
    static const char *const texts[] = {"大阪第二工場", "例示精機株式会社", "取締役会議事録 2026-09-18", "実演を確認", "IT部門の資産管理ツール",
                                        "2026-12-25",  "山田 太郎",       "Hanako Sato",              "無線LANなし", "遠隔保守回線が4本"};
    struct assessment *a = example();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char *html = report(a, (enum lang)lang), cell[64];
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if (strstr(html, texts[i]) == NULL)
                fail_msg("%s: no \"%s\"", lang_code((enum lang)lang), texts[i]);
        for (int i = 0; i < a->checklist->n_items; i++) {
            snprintf(cell, sizeof cell, ">%s</th>", a->checklist->item[i].id);
            assert_non_null(strstr(html, cell));
        }
        snprintf(cell, sizeof cell, "<html lang=\"%s\">", lang_code((enum lang)lang));
        assert_non_null(strstr(html, cell));
        free(html);
    }
    assessment_free(a);
}

static void report__is_translated__when_japanese(void **state)
{
    (void)state;
    struct assessment *a = example();
    char *html = report(a, LANG_JA);
    assert_non_null(strstr(html, "総評"));
    assert_non_null(strstr(html, "署名"));
    assert_null(strstr(html, "Executive comment"));
    assert_null(strstr(html, "Signatures"));
    free(html);
    assessment_free(a);
}

static void no_script(const struct xml_node *n, void *cookie)
{
    static const char *const forbidden[] = {"script", "link", "iframe", "img", "object", "embed", "a", "base", "form", "use", "image"};
    (void)cookie;
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        assert_string_not_equal(n->name, forbidden[i]);
    for (const struct xml_attr *x = n->attrs; x != NULL; x = x->next) {
        assert_int_not_equal(strncmp(x->name, "on", 2), 0);
        assert_string_not_equal(x->name, "src");
        assert_string_not_equal(x->name, "href");
    }
}

static void report__refers_to_nothing_outside__and_runs_nothing(void **state)
{
    (void)state;
    struct assessment *a = example();
    char *html = report(a, LANG_EN);
    struct xml_doc doc = {0};
    parse(&doc, html);
    walk(doc.root, no_script, NULL);
    assert_null(strstr(html, "url("));
    assert_null(strstr(html, "@import"));
    assert_non_null(strstr(html, "default-src 'none'"));
    xml_doc_release(&doc);
    free(html);
    assessment_free(a);
}

static void report__escapes__whatever_stands_in_the_file(void **state)
{
    (void)state;
    static const char HOSTILE[] = "</td><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp; %s %n <!--";
    struct assessment *a = example();
    struct change c;
    field_set(&a->site.name, HOSTILE, FIELD_MAX, false);
    field_set(&a->site.company, HOSTILE, FIELD_MAX, false);
    field_set(&a->site.id, HOSTILE, FIELD_MAX, false);
    field_set(&a->person[0].name, HOSTILE, FIELD_MAX, false);
    field_set(&a->person[0].dept, HOSTILE, FIELD_MAX, false);
    field_set(&a->person[0].role, HOSTILE, FIELD_MAX, false);
    field_set(&a->round[1].id, HOSTILE, FIELD_MAX, false);
    field_set(&a->action[0].note, HOSTILE, TEXT_MAX, true);
    field_set(&a->target[0].reason, HOSTILE, REASON_MAX, true);
    change_note(&c, a, 0, HOSTILE, NOW);
    assessment_apply(a, &c, NULL);
    change_evidence(&c, a, 0, HOSTILE, NOW);
    assessment_apply(a, &c, NULL);
    change_na(&c, a, 1, HOSTILE, NOW);
    assessment_apply(a, &c, NULL);
    char *html = report(a, LANG_EN);
    struct xml_doc doc = {0};
    parse(&doc, html);
    walk(doc.root, no_script, NULL);
    assert_null(strstr(html, "<script"));
    assert_non_null(strstr(html, "&lt;script&gt;alert(&#39;x&#39;)"));
    xml_doc_release(&doc);
    free(html);
    assessment_free(a);
}

struct seen {
    int h1, level, tables, captions, heads, scoped, svgs;
};

static void look(const struct xml_node *n, void *cookie)
{
    struct seen *seen = cookie;
    if (n->name[0] == 'h' && n->name[1] >= '1' && n->name[1] <= '6' && n->name[2] == '\0') {
        int level = n->name[1] - '0';
        assert_true(level <= seen->level + 1); /* no level is left out on the way down */
        seen->level = level;
        seen->h1 += level == 1;
    }
    seen->tables += strcmp(n->name, "table") == 0;
    seen->captions += strcmp(n->name, "caption") == 0;
    seen->heads += strcmp(n->name, "th") == 0;
    seen->scoped += strcmp(n->name, "th") == 0 && xml_attr(n, "scope") != NULL;
    if (strcmp(n->name, "svg") == 0) {
        seen->svgs++;
        assert_string_equal(xml_attr(n, "role"), "img");
        assert_non_null(xml_child(n, "title"));
        assert_non_null(xml_child(n, "desc"));
    }
}

static void report__can_be_read_without_eyes(void **state)
{
    (void)state;
    struct assessment *a = example();
    char *html = report(a, LANG_EN);
    struct xml_doc doc = {0};
    struct seen seen = {0};
    parse(&doc, html);
    walk(doc.root, look, &seen);
    assert_int_equal(seen.h1, 1);
    assert_true(seen.tables > 8);
    assert_int_equal(seen.captions, seen.tables);
    assert_int_equal(seen.scoped, seen.heads);
    assert_int_equal(seen.svgs, 1);
    xml_doc_release(&doc);
    free(html);
    assessment_free(a);
}

static void report__stands__when_nothing_is_answered_or_nothing_applies(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_builtin(0);
    for (int all_na = 0; all_na < 2; all_na++) {
        struct assessment *a = assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", NOW);
        for (int i = 0; all_na && i < ck->n_items; i++) {
            struct change c;
            change_na(&c, a, i, "none here", NOW);
            assessment_apply(a, &c, NULL);
        }
        char *html = report(a, LANG_EN);
        struct xml_doc doc = {0};
        parse(&doc, html);
        assert_non_null(strstr(html, all_na ? "No grade: too few items apply." : "No grade yet: nothing is answered."));
        assert_null(strstr(html, "inf,")); /* a coordinate that is none */
        assert_null(strstr(html, "nan,"));
        xml_doc_release(&doc);
        free(html);
        assessment_free(a);
    }
}

static void html_lines__breaks_lines__and_escapes(void **state)
{
    (void)state;
    struct buf out = {0};
    html_lines(&out, "a<b\n\"c\" & 'd'");
    assert_string_equal(buf_str(&out), "a&lt;b<br/>&quot;c&quot; &amp; &#39;d&#39;");
    buf_release(&out);
}

static void html_grade__always_has_its_letter(void **state)
{
    (void)state;
    struct buf out = {0};
    html_grade(&out, 0, 4, 'A', "");
    html_grade(&out, 3, 4, 'D', "big");
    html_grade(&out, -1, 4, '-', "");
    assert_string_equal(buf_str(&out), "<span class=\"grade g0\">A</span><span class=\"grade g3 big\">D</span><span class=\"grade g9\">&#8211;</span>");
    buf_release(&out);
}

static int stop(void **state)
{
    (void)state;
    xml_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__has_every_item_and_the_words_of_the_file__in_both_languages),
        cmocka_unit_test(report__is_translated__when_japanese),
        cmocka_unit_test(report__refers_to_nothing_outside__and_runs_nothing),
        cmocka_unit_test(report__escapes__whatever_stands_in_the_file),
        cmocka_unit_test(report__can_be_read_without_eyes),
        cmocka_unit_test(report__stands__when_nothing_is_answered_or_nothing_applies),
        cmocka_unit_test(html_lines__breaks_lines__and_escapes),
        cmocka_unit_test(html_grade__always_has_its_letter),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
