/* Exports: valid, the same as what went in, with the result; without anything that names anybody when anonymous. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/store.h"
#include "core/out/export.h"
#include "tests/unit/small.h"

#define PROGRAM "monshin test"
static const char NOW[] = "2026-12-01T09:00:00+09:00";

/* The example, read with the real checklist. */
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

static struct export_options options(bool anonymous, bool gzip)
{
    return (struct export_options){.anonymous = anonymous, .anonymous_reason = "withheld", .gzip = gzip, .program = PROGRAM, .now = NOW};
}

/* The XML of an export and its summary; owned by the caller. */
static char *make(struct export_summary *summary, const struct assessment *a, bool anonymous)
{
    struct buf out = {0};
    struct diag diag = {0};
    struct export_options o = options(anonymous, false);
    assert_int_equal(export_make(&out, summary, a, &o, &diag), ERR_OK);
    return buf_take(&out);
}

static void export__follows_the_schema__and_carries_the_result(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_summary s;
    struct diag diag = {0};
    char *xml = make(&s, a, false), score[8], want[80];
    assert_int_equal(xml_validate(xml, strlen(xml), embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), &diag), ERR_OK);
    score_format(score, s.grade.overall.score);
    snprintf(want, sizeof want, "<scope id=\"overall\" score=\"%s\" grade=\"%c\"", score,
             a->checklist->grade[s.grade.overall.grade].letter);
    assert_non_null(strstr(xml, want));
    assert_non_null(strstr(xml, "<scope id=\"scm\""));
    assert_non_null(strstr(xml, "exported=\"57\""));
    assert_non_null(strstr(xml, "山田"));
    assert_int_equal(s.n_bytes, strlen(xml));
    assert_int_equal(s.answered + s.unknown + s.open, s.total);
    char hex[SHA256_HEX];
    sha256_hex(hex, xml, strlen(xml));
    assert_string_equal(s.sha256, hex);
    free(xml);
    assessment_free(a);
}

static void export__names_nobody__when_anonymous(void **state)
{
    (void)state;
    static const char *const secrets[] = {"山田",     "Sato",    "生産技術部", "CISO",     "例示精機", "大阪",   "jp-osaka-2", "取締役会",
                                          "無線LAN", "遠隔保守", "実演",       "IT部門", "来期",     "0f3c9a52", "<person",  "<note",
                                          "<evidence", " by=",   " ask=",      " owner=", " assessor="};
    struct assessment *a = example();
    struct export_summary s;
    struct diag diag = {0};
    action_log(&a->action[0], NOW); /* its owner is p1 */
    char *xml = make(&s, a, true);
    assert_null(strstr(xml, "p1"));
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        if (strstr(xml, secrets[i]) != NULL)
            fail_msg("the export still has \"%s\"", secrets[i]);
    assert_int_equal(xml_validate(xml, strlen(xml), embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), &diag), ERR_OK);
    assert_non_null(strstr(xml, "<reason>withheld</reason>"));
    assert_non_null(strstr(xml, "company=\"company-"));
    free(xml);
    assessment_free(a);
}

static void export__gives_the_same_grade__anonymous_or_not(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_summary named, anonymous;
    free(make(&named, a, false));
    free(make(&anonymous, a, true));
    assert_int_equal(score_cmp(named.grade.overall.score, anonymous.grade.overall.score), 0);
    assert_int_equal(named.grade.overall.grade, anonymous.grade.overall.grade);
    assessment_free(a);
}

static void alias__is_the_same_in_each_export_of_a_file__and_in_no_other_file(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_summary first, again, other;
    free(make(&first, a, true));
    a->revision++;
    free(make(&again, a, true));
    assert_string_equal(first.site_id, again.site_id);
    assert_string_equal(first.company, again.company);
    field_set(&a->id, "11111111-2222-4333-8444-555555555555", FIELD_MAX, false);
    free(make(&other, a, true));
    assert_string_not_equal(first.site_id, other.site_id);
    assert_string_not_equal(first.company, other.company);
    assessment_free(a);
}

static void export__leaves_the_assessment_alone(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_summary s;
    char *before = small_xml(a);
    free(make(&s, a, true));
    char *after = small_xml(a);
    assert_string_equal(before, after);
    free(before);
    free(after);
    assessment_free(a);
}

static void export__keeps_what_a_newer_version_added__but_not_when_anonymous(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_summary s;
    free(a->foreign.attrs);
    a->foreign.attrs = strdup(" nickname=\"Umeda\"");
    char *named = make(&s, a, false), *anonymous = make(&s, a, true);
    assert_non_null(strstr(named, "Umeda"));
    assert_null(strstr(anonymous, "Umeda"));
    free(named);
    free(anonymous);
    assessment_free(a);
}

struct place {
    char dir[32], path[64];
};

static void place_init(struct place *p)
{
    strcpy(p->dir, "/tmp/export-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->path, sizeof p->path, "%s/out.xml.gz", p->dir);
}

static void place_release(const struct place *p)
{
    struct buf b = {0};
    buf_addf(&b, "rm -rf %s", p->dir);
    assert_int_equal(system(buf_str(&b)), 0);
    buf_release(&b);
}

static void export_to_file__is_the_owner_s_alone__and_replaces_nothing_unasked(void **state)
{
    (void)state;
    struct assessment *a = example();
    struct export_options o = options(false, true);
    struct export_summary s;
    struct diag diag = {0};
    struct place p;
    struct stat st;
    place_init(&p);
    assert_int_equal(export_to_file(&s, p.path, false, a, &o, &diag), ERR_OK);
    assert_int_equal(stat(p.path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, s.n_bytes);
    assert_int_equal(export_to_file(&s, p.path, false, a, &o, &diag), ERR_EXISTS);
    assert_int_equal(export_to_file(&s, p.path, true, a, &o, &diag), ERR_OK);
    struct buf bytes = {0};
    assert_int_equal(file_read(&bytes, p.path, XML_MAX_BYTES, &diag), ERR_OK);
    assert_true(gz_is(bytes.p, bytes.len));
    buf_release(&bytes);
    place_release(&p);
    assessment_free(a);
}

static void export_record__is_durable__and_what_is_saved_later_is_newer(void **state)
{
    (void)state;
    struct place p;
    struct store *store = NULL;
    struct diag diag = {0};
    struct assessment *a = small_new();
    place_init(&p);
    assert_int_equal(store_create(&store, p.path, a, PROGRAM, NOW, NULL, &diag), ERR_OK);
    assert_false(export_outdated(a)); /* never exported */
    export_record(store, a, PROGRAM, NOW);
    assert_true(store_flush(store, 10000, &diag));
    assert_int_equal(a->exported, a->revision);
    assert_false(export_outdated(a));
    long revision = a->revision;
    export_record(store, a, PROGRAM, NOW); /* nothing new: nothing is saved */
    assert_int_equal(a->revision, revision);
    store_submit(store, a, PROGRAM, NOW);
    assert_true(export_outdated(a));
    assert_true(store_flush(store, 10000, &diag));
    store_close(store);
    struct buf bytes = {0};
    struct assessment *again = NULL;
    assert_int_equal(file_read(&bytes, p.path, XML_MAX_BYTES, &diag), ERR_OK);
    assert_int_equal(assessment_read(&again, bytes.p, bytes.len, small_find, NULL, NULL, &diag), ERR_OK);
    assert_int_equal(again->exported, revision);
    buf_release(&bytes);
    assessment_free(again);
    assessment_free(a);
    place_release(&p);
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
        cmocka_unit_test(export__follows_the_schema__and_carries_the_result),
        cmocka_unit_test(export__names_nobody__when_anonymous),
        cmocka_unit_test(export__gives_the_same_grade__anonymous_or_not),
        cmocka_unit_test(alias__is_the_same_in_each_export_of_a_file__and_in_no_other_file),
        cmocka_unit_test(export__leaves_the_assessment_alone),
        cmocka_unit_test(export__keeps_what_a_newer_version_added__but_not_when_anonymous),
        cmocka_unit_test(export_to_file__is_the_owner_s_alone__and_replaces_nothing_unasked),
        cmocka_unit_test(export_record__is_durable__and_what_is_saved_later_is_newer),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
