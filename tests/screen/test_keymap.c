/* tui/app/keymap: the table of keys is whole, without contradiction, and holds the contract. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <string.h>

#include "tui/app/app.h"
#include "tui/app/keymap.h"
#include "tui/screen/screens.h"

static const struct screen_ops *const SCREENS[] = {&items_screen, &help_screen, &search_screen, &checks_screen, &ask_screen,
                                                   &write_screen, &home_screen, &site_screen,   &person_screen, &result_screen,
                                                   &actions_screen, &playbook_screen, &plan_screen,  &sites_screen, &compare_screen, &merge_screen, &sites_rollout_screen, &sites_common_screen,
                                                   &sites_files_screen, &replace_screen, &bench_items_screen, &pick_screen};
enum { N_SCREENS = sizeof SCREENS / sizeof SCREENS[0] };

static bool in(const struct handler *h, size_t n, enum act action)
{
    for (size_t i = 0; i < n; i++)
        if (h[i].action == action)
            return true;
    return false;
}

static bool reaches(enum context from, enum context to)
{
    bool found = from == to;
    for (int i = 0; i < 3 && context_info(from)->parent[i] != CTX_COUNT; i++)
        found = found || context_info(from)->parent[i] == to;
    return found;
}

static bool handles(const struct screen_ops *ops, enum act action)
{
    return in(ops->handlers, ops->n_handlers, action) || in(GENERAL_HANDLERS, N_GENERAL_HANDLERS, action);
}

/* What a context inherits may mean nothing in one screen (Enter where there is nothing to open), but not in all. */
static void every_binding__is_handled__where_its_context_is_used(void **state)
{
    (void)state;
    size_t n;
    const struct binding *keys = keymap(&n);
    for (size_t i = 0; i < n; i++) {
        bool any = false;
        for (size_t s = 0; s < N_SCREENS; s++) {
            if (!reaches(SCREENS[s]->context, keys[i].context))
                continue;
            bool handled = handles(SCREENS[s], keys[i].action);
            any = any || handled;
            if (!handled && SCREENS[s]->context == keys[i].context)
                fail_msg("%s: nobody does %s (%s)", SCREENS[s]->name, action_info(keys[i].action)->name, keys[i].key);
        }
        if (!any)
            fail_msg("nobody does %s (%s)", action_info(keys[i].action)->name, keys[i].key);
    }
}

static void every_handler__has_a_key__in_its_screen(void **state)
{
    (void)state;
    for (size_t s = 0; s < N_SCREENS; s++)
        for (size_t i = 0; i < SCREENS[s]->n_handlers; i++)
            if (keymap_key(SCREENS[s]->context, SCREENS[s]->handlers[i].action)[0] == '\0')
                fail_msg("%s: no key for %s", SCREENS[s]->name, action_info(SCREENS[s]->handlers[i].action)->name);
}

static void every_action__has_name_help_hint_and_key__once(void **state)
{
    (void)state;
    size_t n;
    const struct binding *keys = keymap(&n);
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        const struct action_info *info = action_info((enum act)a);
        assert_true(info->name[0] != '\0' && info->hint[0] != '\0' && info->help[0] != '\0');
        for (int b = a + 1; b < ACT_COUNT; b++)
            assert_string_not_equal(info->name, action_info((enum act)b)->name);
        bool bound = false;
        for (size_t i = 0; i < n; i++)
            bound = bound || keys[i].action == (enum act)a;
        if (!bound)
            fail_msg("no key for %s", info->name);
        /* The help speaks every language of the program. */
        for (int lang = LANG_EN + 1; lang < LANG_COUNT; lang++)
            assert_string_not_equal(T(catalog_for((enum lang)lang), info->help), info->help);
    }
}

static void no_key__is_bound_twice__in_a_context(void **state)
{
    (void)state;
    size_t n;
    const struct binding *keys = keymap(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (keys[i].context == keys[j].context && strcmp(keys[i].key, keys[j].key) == 0)
                fail_msg("%s twice in %s", keys[i].key, context_info(keys[i].context)->title);
}

static void every_key_name__parses_and_prints_back__the_same(void **state)
{
    (void)state;
    size_t n;
    const struct binding *keys = keymap(&n);
    for (size_t i = 0; i < n; i++) {
        struct key key;
        char name[32];
        assert_true(key_parse(&key, keys[i].key));
        key_format(name, sizeof name, key);
        assert_string_equal(name, keys[i].key);
    }
    struct key key;
    assert_false(key_parse(&key, ""));
    assert_false(key_parse(&key, "F13"));
    assert_false(key_parse(&key, "Meta-x"));
}

static void contract_keys__do_what_was_promised__in_the_items(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        enum act action;
    } CONTRACT[] = {
        {"1", ACT_LEVEL_1},     {"2", ACT_LEVEL_2},      {"3", ACT_LEVEL_3},   {"4", ACT_LEVEL_4},
        {"5", ACT_LEVEL_5},     {"0", ACT_UNKNOWN},      {"x", ACT_NA},        {"Backspace", ACT_CLEAR},
        {"j", ACT_DOWN},        {"k", ACT_UP},           {"Down", ACT_DOWN},   {"Up", ACT_UP},
        {"PgDn", ACT_PAGE_DOWN}, {"PgUp", ACT_PAGE_UP},  {"g", ACT_FIRST},     {"G", ACT_LAST},
        {"Tab", ACT_TAB_NEXT},  {"Shift-Tab", ACT_TAB_PREV}, {"Right", ACT_TAB_NEXT}, {"Left", ACT_TAB_PREV},
        {"F1", ACT_TAB_1},      {"F2", ACT_TAB_2},       {"F3", ACT_TAB_3},    {"F4", ACT_TAB_4},
        {"F5", ACT_TAB_5},      {"F6", ACT_TAB_6},       {"F7", ACT_TAB_7},    {"F8", ACT_TAB_8},
        {"n", ACT_NOTE},        {"e", ACT_EVIDENCE},     {"b", ACT_BASIS},     {"d", ACT_CHECKS},
        {"f", ACT_FLAG},        {"a", ACT_ALTERNATIVE},  {"Enter", ACT_OPEN},  {"Esc", ACT_BACK},
        {"/", ACT_SEARCH},      {"u", ACT_UNDO},         {"Ctrl-R", ACT_REDO}, {"L", ACT_LANGUAGE},
        {"?", ACT_HELP},        {"q", ACT_QUIT},
    };
    for (size_t i = 0; i < sizeof CONTRACT / sizeof CONTRACT[0]; i++) {
        struct key key;
        assert_true(key_parse(&key, CONTRACT[i].key));
        if (keymap_find(CTX_ITEMS, key) != CONTRACT[i].action)
            fail_msg("%s does not do %s", CONTRACT[i].key, action_info(CONTRACT[i].action)->name);
    }
    struct key enter = {K_ENTER, 0}, esc = {K_ESC, 0};
    assert_int_equal(keymap_find(CTX_SEARCH, enter), ACT_SEARCH_NEXT);
    assert_int_equal(keymap_find(CTX_SEARCH, esc), ACT_BACK);
}

static void full_width_keys__count_as_plain_ones__as_input_methods_type_them(void **state)
{
    (void)state;
    struct key three = {0xff13, 0}, q = {0xff51, 0}, space = {0x3000, 0};
    assert_int_equal(keymap_find(CTX_ITEMS, three), ACT_LEVEL_3);
    assert_int_equal(keymap_find(CTX_ITEMS, q), ACT_QUIT);
    assert_int_equal(keymap_find(CTX_ITEMS, space), ACT_DETAIL_DOWN);
}

static void writing__has_no_commands__on_letters(void **state)
{
    (void)state;
    for (int c = ' '; c < 0x7f; c++) {
        struct key key = {c, 0};
        assert_int_equal(keymap_find(CTX_EDITOR, key), ACT_NONE);
        assert_int_equal(keymap_find(CTX_PROMPT, key), ACT_NONE);
        assert_int_equal(keymap_find(CTX_SEARCH, key), ACT_NONE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_binding__is_handled__where_its_context_is_used),
        cmocka_unit_test(every_handler__has_a_key__in_its_screen),
        cmocka_unit_test(every_action__has_name_help_hint_and_key__once),
        cmocka_unit_test(no_key__is_bound_twice__in_a_context),
        cmocka_unit_test(every_key_name__parses_and_prints_back__the_same),
        cmocka_unit_test(contract_keys__do_what_was_promised__in_the_items),
        cmocka_unit_test(full_width_keys__count_as_plain_ones__as_input_methods_type_them),
        cmocka_unit_test(writing__has_no_commands__on_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
