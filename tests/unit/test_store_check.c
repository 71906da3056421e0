/* What the store says of a file: whether it is good, what is wrong with it, and which older one is. */
#include "tests/unit/cm.h"

#include <glob.h>
#include <unistd.h>

#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/store_priv.h"
#include "tests/unit/small.h"
#include "tests/unit/world.h"

/* Here, and in cells: the same verdict. */
static void check(struct file_report *out, const char *path)
{
    struct file_report there;
    store_check(out, path, NULL, false, small_find, NULL);
    store_check(&there, path, NULL, true, small_find, NULL);
    assert_int_equal(out->err, there.err);
    assert_int_equal(out->diag.line, there.diag.line);
    assert_int_equal(out->diag.sys, there.diag.sys);
    assert_string_equal(out->diag.where, there.diag.where);
    assert_string_equal(out->diag.detail, there.diag.detail);
    assert_int_equal(out->revision, there.revision);
    assert_int_equal(out->answered, there.answered);
    assert_int_equal(out->good_generation, there.good_generation);
    assert_int_equal(out->notes.n_unknown, there.notes.n_unknown);
}

static void store_check__tells_what_is_wrong(void **state)
{
    struct world *w = *state;
    struct buf example = {0}, gz = {0};
    assert_int_equal(file_read(&example, "tests/data/example.xml", 1 << 20, NULL), ERR_OK);
    gz_deflate(&gz, example.p, example.len);
    static const struct {
        const char *from, *to;
        enum err err;
    } cases[] = {
        {"", "", ERR_OK},
        {"urn:monshin:assessment:1", "urn:monshin:assessment:2", ERR_NEWER},
        {"urn:monshin:assessment:1", "urn:somebody:else", ERR_NOT_OURS},
        {"item=\"2-7\"", "item=\"7-7\"", ERR_UNKNOWN_ITEM},
        {"draft-2022-04", "draft-1999", ERR_UNKNOWN_EDITION},
        {"meti-factory", "another", ERR_UNKNOWN_CHECKLIST},
        {"level=\"2\"", "level=\"9\"", ERR_SCHEMA_VALUE},
        {"</site>", "", ERR_OK},
        {"</people>", "", ERR_XML},
        {"</assessment>", "<result program=\"x\"/></assessment>", ERR_SCHEMA},
        {"<assessment ", "<!DOCTYPE a><assessment ", ERR_XML_FORBIDDEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf xml = {0};
        const char *at = strstr(example.p, cases[i].from);
        if (at == NULL)
            at = example.p;
        else
            buf_add(&xml, example.p, (size_t)(at - example.p));
        if (at != example.p || *cases[i].from == '\0')
            buf_adds(&xml, cases[i].to);
        buf_adds(&xml, at + (xml.len > 0 ? strlen(cases[i].from) : 0));
        assert_int_equal(file_write_new(w->path, xml.p, xml.len, true, NULL), ERR_OK);
        struct file_report report;
        check(&report, w->path);
        if (report.err != cases[i].err)
            fail_msg("%s -> %s: %s, line %ld %s %s", cases[i].from, cases[i].to,
                     err_name(report.err), report.diag.line, report.diag.where, report.diag.detail);
        buf_release(&xml);
    }
    struct file_report report;
    assert_int_equal(file_write_new(w->path, gz.p, gz.len - 3, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_GZIP);
    assert_int_equal(file_write_new(w->path, "hello", 5, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_XML);
    assert_int_equal(file_write_new(w->path, "", 0, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_EMPTY);
    check(&report, w->dir);
    assert_int_equal(report.err, ERR_NOT_REGULAR);
    assert_int_equal(file_write_new(w->path, gz.p, gz.len, true, NULL), ERR_OK);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_OK);
    assert_int_equal(report.revision, 57);
    assert_int_equal(report.answered, 3);
    assert_int_equal(report.total, SMALL_ITEMS);
    assert_string_equal(report.edition, "draft-2022-04");
    buf_release(&example);
    buf_release(&gz);
}

static void store_check__names_the_newest_good_generation__when_the_file_is_bad(void **state)
{
    struct world *w = *state;
    struct assessment *a = small_new();
    struct store *s = create(w, a, NULL);
    s->generation_seconds = 0;
    for (int i = 0; i < 4; i++) {
        save(s, a);
        store_flush(s, -1, NULL);
    }
    store_close(s);
    struct file_report report;
    assert_int_equal(truncate(w->path, 100), 0);
    check(&report, w->path);
    assert_int_equal(report.err, ERR_GZIP);
    assert_int_equal(report.good_generation, 1);
    assert_int_equal(report.good_revision, 4);
    char *gen1 = beside(w, ".gen1");
    assert_int_equal(truncate(gen1, 50), 0);
    check(&report, w->path);
    assert_int_equal(report.good_generation, 2);
    assert_int_equal(report.good_revision, 3);
    free(gen1);
    assessment_free(a);
}

static void store_open__refuses_what_is_not_there_or_not_good(void **state)
{
    struct world *w = *state;
    struct store *s = NULL;
    struct store_open got;
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_FOUND);
    assert_false(exists_beside(w, ".lock"));
    assert_int_equal(file_write_new(w->path, "<x/>", 4, false, NULL), ERR_OK);
    assert_int_equal(store_open(&s, &got, w->path, small_find, NULL, NULL, NULL), ERR_NOT_OURS);
    assert_false(exists_beside(w, ".lock"));
    assert_null(s);
}

/* Every version of the format that was ever written opens, without a word. */
static void store_open__understands_every_version_ever_written(void **state)
{
    (void)state;
    glob_t found; /* one as it is worked on, one as it is handed over, with its result and everything that may stand in it */
    assert_int_equal(glob("tests/data/v[0-9]*-*.xml.gz", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 2);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct file_report report;
        check(&report, found.gl_pathv[i]);
        if (report.err != ERR_OK)
            fail_msg("%s: %s %s", found.gl_pathv[i], err_name(report.err), report.diag.detail);
        assert_int_equal(report.notes.n_unknown, 0);
        assert_int_equal(report.revision, 57);
        assert_int_equal(report.answered, 3);
    }
    globfree(&found);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(store_check__tells_what_is_wrong),
        IN_FOLDER(store_check__names_the_newest_good_generation__when_the_file_is_bad),
        IN_FOLDER(store_open__refuses_what_is_not_there_or_not_good),
        cmocka_unit_test(store_open__understands_every_version_ever_written),
    };
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
