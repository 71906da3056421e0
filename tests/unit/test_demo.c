/* core/model/demo: the built-in example. */
#include "tests/unit/cm.h"

#include <string.h>

#include "core/io/gz.h"
#include "core/method/grade.h"
#include "core/model/checklist_builtin.h"
#include "core/model/demo.h"

static void text_of(struct buf *out, const struct demo_file *f)
{
    assert_int_equal(gz_inflate(out, buf_str(&f->bytes), f->bytes.len, 1 << 20, NULL), ERR_OK);
}

static void load__gives_the_plant_shown_first_in_front__in_each_language(void **state)
{
    (void)state;
    static const char *const words[] = {[LANG_EN] = "Osaka No.2", [LANG_JA] = "大阪第二工場"};
    for (int lang = LANG_EN; lang <= LANG_JA; lang++) {
        struct demo demo;
        struct buf text = {0};
        demo_load(&demo, (enum lang)lang, "2031-01-10");
        assert_int_equal(demo.n, 13);
        assert_string_equal(demo.file[0].name, "osaka-2.xml.gz");
        text_of(&text, &demo.file[0]);
        assert_non_null(strstr(buf_str(&text), words[lang]));
        assert_null(strstr(buf_str(&text), words[1 - lang]));
        assert_null(strstr(buf_str(&text), "[["));
        buf_release(&text);
        demo_release(&demo);
    }
}

static void load__moves_all_dates__to_the_day_before(void **state)
{
    (void)state;
    struct demo demo;
    struct buf text = {0};
    demo_load(&demo, LANG_EN, "2031-01-10");
    text_of(&text, &demo.file[0]);
    assert_non_null(strstr(buf_str(&text), "modified=\"2031-01-09T"));
    assert_non_null(strstr(buf_str(&text), "<round id=\"2\" kind=\"assessor\" assessor=\"p4\" started=\"2031-01-09T"));
    assert_null(strstr(buf_str(&text), "2025-"));
    buf_release(&text);
    demo_release(&demo);
}

static void load__gives_one_file_that_broke_off__and_others_that_open(void **state)
{
    (void)state;
    struct demo demo;
    int bad = 0;
    demo_load(&demo, LANG_JA, "2026-11-23");
    for (size_t i = 0; i < demo.n; i++) {
        struct buf text = {0};
        struct assessment *a = NULL;
        const struct demo_file *f = &demo.file[i];
        if (gz_inflate(&text, buf_str(&f->bytes), f->bytes.len, 1 << 20, NULL) != ERR_OK) {
            bad++;
            assert_string_equal(f->name, "nagano-1.xml.gz");
        } else {
            assert_int_equal(assessment_read(&a, buf_str(&text), text.len, NULL, NULL, NULL, NULL), ERR_OK);
            struct grade_result grade;
            grade_assessment(&grade, a);
            assert_true(grade.overall.grade != GRADE_NONE);
            assessment_free(a);
        }
        buf_release(&text);
    }
    assert_int_equal(bad, 1);
    demo_release(&demo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(load__gives_the_plant_shown_first_in_front__in_each_language),
        cmocka_unit_test(load__moves_all_dates__to_the_day_before),
        cmocka_unit_test(load__gives_one_file_that_broke_off__and_others_that_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
