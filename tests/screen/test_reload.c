/* Reading a file again while it is looked at: what comes back may be anything, on another checklist too. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/model/store.h"
#include "tests/support/screens.h"

static char folder[] = "/tmp/monshin-again-XXXXXX";
static char path[64];
static struct checklist *tiny, *swapped; /* swapped: the same, the first two items have each other's ids */

static const struct checklist *find(void *cookie, const char *id)
{
    (void)cookie;
    return strcmp(id, tiny->id) == 0 ? tiny : strcmp(id, swapped->id) == 0 ? swapped : checklist_find(id);
}

/* Takes the assessment. */
static void put(struct assessment *a)
{
    struct store *store = NULL;
    unlink(path);
    assert_int_equal(store_create(&store, path, a, "test", "2026-11-20T10:02:11+09:00", NULL, NULL), ERR_OK);
    store_close(store);
    assessment_free(a);
}

static struct assessment *empty(const struct checklist *ck)
{
    return assessment_new(ck, 0, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c12", "2026-11-20T10:00:00+09:00");
}

/* Takes the assessment. */
static void look_at(struct stage *s, struct assessment *a)
{
    put(a);
    stage_open_empty(s, LANG_EN, 24, 80);
    s->app.find = find;
    assert_int_equal(app_open(&s->app, path, true, NULL), ERR_OK);
    app_resize(&s->app, 24, 80);
}

static void reading_again__a_file_that_is_on_a_shorter_checklist_now__shows_that(void **state)
{
    (void)state;
    struct stage s;
    look_at(&s, stage_example(checklist_find("meti-factory")));
    int last = s.app.assessment->checklist->n_items - 1;
    assert_true(last >= tiny->n_items);
    app_go(&s.app, last);
    assert_int_equal(app_item(&s.app), last);
    put(empty(tiny));
    stage_keys(&s, "Ctrl-O");
    assert_ptr_equal(s.app.assessment->checklist, tiny);
    assert_true(app_item(&s.app) < tiny->n_items);
    for (int i = 0; i < 8; i++)
        stage_keys(&s, "Tab j");
    stage_close(&s);
}

static void reading_again__stays_at_the_item__wherever_it_stands_now(void **state)
{
    (void)state;
    struct stage s;
    look_at(&s, empty(tiny));
    app_go(&s.app, checklist_item(tiny, "labels"));
    int before = app_item(&s.app);
    put(empty(swapped));
    stage_keys(&s, "Ctrl-O");
    assert_ptr_equal(s.app.assessment->checklist, swapped);
    assert_int_equal(app_item(&s.app), checklist_item(swapped, "labels"));
    assert_int_not_equal(app_item(&s.app), before);
    stage_close(&s);
}

/* Whatever lies on the tab then: it closes, and nothing of what went is used. */
static void reading_again__from_every_layer__is_safe(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"n", "a", "v", "?", "d", "/", "c", "g", "x", "X", "t", "e", "w", "F7", "F8", "Ctrl-B"};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        for (int tab = 0; tab < 8; tab++) {
            struct stage s;
            look_at(&s, stage_example(checklist_find("meti-factory")));
            app_show_tab(&s.app, tab);
            stage_keys(&s, KEYS[i]);
            put(empty(tiny));
            stage_keys(&s, "Ctrl-O Esc j k Enter Esc Tab j");
            stage_close(&s);
        }
}

static int setup(void **state)
{
    (void)state;
    struct diag diag = {0};
    char line[300];
    if (checklist_load(&tiny, "tests/data/tiny/checklist.xml", &diag) != ERR_OK || mkdtemp(folder) == NULL)
        return -1;
    snprintf(line, sizeof line, "sed 's/\"tools\"/\"T\"/g; s/\"labels\"/\"tools\"/g; s/\"T\"/\"labels\"/g; s/workshop-hygiene/workshop-two/' tests/data/tiny/checklist.xml >%s/two.xml", folder);
    snprintf(path, sizeof path, "%s/two.xml", folder);
    if (system(line) != 0 || checklist_load(&swapped, path, &diag) != ERR_OK)
        return -1;
    snprintf(path, sizeof path, "%s/a.xml.gz", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    char line[100];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    checklist_free(tiny);
    checklist_free(swapped);
    return system(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_again__a_file_that_is_on_a_shorter_checklist_now__shows_that),
        cmocka_unit_test(reading_again__stays_at_the_item__wherever_it_stands_now),
        cmocka_unit_test(reading_again__from_every_layer__is_safe),
    };
    return cmocka_run_group_tests_name("reload", tests, setup, teardown);
}
