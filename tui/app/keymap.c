/* See keymap.h. */
#include "tui/app/keymap.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct action_info INFOS[ACT_COUNT] = {
#define X(id, name_, needs_, hint_, help_) [ACT_##id] = {name_, needs_, hint_, help_},
    ACTIONS(X)
#undef X
};

const struct action_info *action_info(enum act action)
{
    return &INFOS[action];
}

static const struct context_info CONTEXTS[CTX_COUNT] = {
    [CTX_ANYWHERE] = {N_("Everywhere"), {CTX_COUNT}},
    [CTX_TABS] = {N_("Tabs"), {CTX_COUNT}},
    [CTX_LIST] = {N_("Lists"), {CTX_COUNT}},
    [CTX_ITEMS] = {N_("Items"), {CTX_LIST, CTX_TABS, CTX_ANYWHERE}},
    [CTX_CHECKS] = {N_("Deep dive"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_SEARCH] = {N_("Search"), {CTX_COUNT}},
    [CTX_EDITOR] = {N_("Writing"), {CTX_COUNT}},
    [CTX_PROMPT] = {N_("Question"), {CTX_COUNT}},
    [CTX_BENCH] = {N_("Benchmark"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_PICK] = {N_("Choosing a person"), {CTX_COUNT}},
    [CTX_REPLACE] = {N_("Replacing a file"), {CTX_COUNT}},
    [CTX_HOME] = {N_("Home"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_SITES] = {N_("Sites at a glance"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_COMPARE] = {N_("Comparison"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_MERGE] = {N_("Merge"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_SITES_VIEW] = {N_("Sites at a glance"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_ACTIONS] = {N_("Actions"), {CTX_LIST, CTX_TABS, CTX_ANYWHERE}},
    [CTX_PLAYBOOK] = {N_("Playbook"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
    [CTX_PLAN] = {N_("Plan"), {CTX_LIST, CTX_TABS, CTX_ANYWHERE}},
    [CTX_FORM] = {N_("Forms"), {CTX_LIST, CTX_TABS, CTX_ANYWHERE}},
    [CTX_PAGE] = {N_("Pages"), {CTX_LIST, CTX_TABS, CTX_ANYWHERE}},
    [CTX_HELP] = {N_("Help"), {CTX_LIST, CTX_ANYWHERE, CTX_COUNT}},
};

/* One row, one key. No key twice in a context; the first row of an action is the key that help and footer show first. */
static const struct binding KEYS[] = {
    {CTX_ANYWHERE, "L", ACT_LANGUAGE},
    {CTX_ANYWHERE, "?", ACT_HELP},
    {CTX_ANYWHERE, "u", ACT_UNDO},
    {CTX_ANYWHERE, "Ctrl-R", ACT_REDO},
    {CTX_ANYWHERE, "S", ACT_SAVE_ELSEWHERE},
    {CTX_ANYWHERE, "Ctrl-O", ACT_RELOAD},
    {CTX_ANYWHERE, "Ctrl-L", ACT_REDRAW},
    {CTX_ANYWHERE, "Ctrl-K", ACT_LOCK},
    {CTX_ANYWHERE, "P", ACT_PASSPHRASE},
    {CTX_ANYWHERE, "Ctrl-Z", ACT_SUSPEND},
    {CTX_ANYWHERE, "q", ACT_QUIT},
    {CTX_ANYWHERE, "Ctrl-C", ACT_QUIT},

    {CTX_TABS, "Tab", ACT_TAB_NEXT},
    {CTX_TABS, "Right", ACT_TAB_NEXT},
    {CTX_TABS, "Shift-Tab", ACT_TAB_PREV},
    {CTX_TABS, "Left", ACT_TAB_PREV},
    {CTX_TABS, "F1", ACT_TAB_1},
    {CTX_TABS, "F2", ACT_TAB_2},
    {CTX_TABS, "F3", ACT_TAB_3},
    {CTX_TABS, "F4", ACT_TAB_4},
    {CTX_TABS, "F5", ACT_TAB_5},
    {CTX_TABS, "F6", ACT_TAB_6},
    {CTX_TABS, "F7", ACT_TAB_7},
    {CTX_TABS, "F8", ACT_TAB_8},
    {CTX_TABS, "/", ACT_SEARCH},
    {CTX_TABS, "H", ACT_HOME},
    {CTX_TABS, "R", ACT_NEW_ROUND},
    {CTX_TABS, "c", ACT_COMPARE},

    {CTX_LIST, "j", ACT_DOWN},
    {CTX_LIST, "Down", ACT_DOWN},
    {CTX_LIST, "k", ACT_UP},
    {CTX_LIST, "Up", ACT_UP},
    {CTX_LIST, "PgDn", ACT_PAGE_DOWN},
    {CTX_LIST, "PgUp", ACT_PAGE_UP},
    {CTX_LIST, "g", ACT_FIRST},
    {CTX_LIST, "Home", ACT_FIRST},
    {CTX_LIST, "G", ACT_LAST},
    {CTX_LIST, "End", ACT_LAST},
    {CTX_LIST, "Enter", ACT_OPEN},
    {CTX_LIST, "Esc", ACT_BACK},

    {CTX_ITEMS, "1", ACT_LEVEL_1},
    {CTX_ITEMS, "2", ACT_LEVEL_2},
    {CTX_ITEMS, "3", ACT_LEVEL_3},
    {CTX_ITEMS, "4", ACT_LEVEL_4},
    {CTX_ITEMS, "5", ACT_LEVEL_5},
    {CTX_ITEMS, "0", ACT_UNKNOWN},
    {CTX_ITEMS, "x", ACT_NA},
    {CTX_ITEMS, "Backspace", ACT_CLEAR},
    {CTX_ITEMS, "n", ACT_NOTE},
    {CTX_ITEMS, "e", ACT_EVIDENCE},
    {CTX_ITEMS, "b", ACT_BASIS},
    {CTX_ITEMS, "d", ACT_CHECKS},
    {CTX_ITEMS, "a", ACT_ALTERNATIVE},
    {CTX_ITEMS, "f", ACT_FLAG},
    {CTX_ITEMS, "p", ACT_PERSON},
    {CTX_ITEMS, "t", ACT_TARGET},
    {CTX_ITEMS, "F", ACT_FILTER},
    {CTX_ITEMS, "J", ACT_DETAIL_DOWN},
    {CTX_ITEMS, "Space", ACT_DETAIL_DOWN},
    {CTX_ITEMS, "K", ACT_DETAIL_UP},

    {CTX_CHECKS, "y", ACT_CHECK_YES},
    {CTX_CHECKS, "n", ACT_CHECK_NO},
    {CTX_CHECKS, "0", ACT_CHECK_UNKNOWN},
    {CTX_CHECKS, "Backspace", ACT_CHECK_CLEAR},

    {CTX_SEARCH, "Enter", ACT_SEARCH_NEXT},
    {CTX_SEARCH, "Down", ACT_SEARCH_NEXT},
    {CTX_SEARCH, "Up", ACT_SEARCH_PREV},
    {CTX_SEARCH, "Esc", ACT_BACK},
    {CTX_SEARCH, "Left", ACT_EDIT_LEFT},
    {CTX_SEARCH, "Right", ACT_EDIT_RIGHT},
    {CTX_SEARCH, "Home", ACT_EDIT_HOME},
    {CTX_SEARCH, "Ctrl-A", ACT_EDIT_HOME},
    {CTX_SEARCH, "End", ACT_EDIT_END},
    {CTX_SEARCH, "Ctrl-E", ACT_EDIT_END},
    {CTX_SEARCH, "Backspace", ACT_EDIT_BACKSPACE},
    {CTX_SEARCH, "Delete", ACT_EDIT_DELETE},
    {CTX_SEARCH, "Ctrl-U", ACT_EDIT_CLEAR},
    {CTX_SEARCH, "Ctrl-C", ACT_BACK},
    {CTX_SEARCH, "Ctrl-L", ACT_REDRAW},

    {CTX_EDITOR, "Esc", ACT_EDIT_DONE},
    {CTX_EDITOR, "Ctrl-S", ACT_EDIT_DONE},
    {CTX_EDITOR, "Left", ACT_EDIT_LEFT},
    {CTX_EDITOR, "Right", ACT_EDIT_RIGHT},
    {CTX_EDITOR, "Up", ACT_EDIT_UP},
    {CTX_EDITOR, "Down", ACT_EDIT_DOWN},
    {CTX_EDITOR, "Ctrl-Left", ACT_EDIT_WORD_LEFT},
    {CTX_EDITOR, "Ctrl-Right", ACT_EDIT_WORD_RIGHT},
    {CTX_EDITOR, "Ctrl-B", ACT_EDIT_WORD_LEFT},
    {CTX_EDITOR, "Ctrl-W", ACT_EDIT_WORD_RIGHT},
    {CTX_EDITOR, "Home", ACT_EDIT_HOME},
    {CTX_EDITOR, "Ctrl-A", ACT_EDIT_HOME},
    {CTX_EDITOR, "End", ACT_EDIT_END},
    {CTX_EDITOR, "Ctrl-E", ACT_EDIT_END},
    {CTX_EDITOR, "PgUp", ACT_EDIT_PAGE_UP},
    {CTX_EDITOR, "PgDn", ACT_EDIT_PAGE_DOWN},
    {CTX_EDITOR, "Ctrl-Home", ACT_EDIT_TOP},
    {CTX_EDITOR, "Ctrl-End", ACT_EDIT_BOTTOM},
    {CTX_EDITOR, "Enter", ACT_EDIT_NEWLINE},
    {CTX_EDITOR, "Backspace", ACT_EDIT_BACKSPACE},
    {CTX_EDITOR, "Delete", ACT_EDIT_DELETE},
    {CTX_EDITOR, "Ctrl-D", ACT_EDIT_DELETE},
    {CTX_EDITOR, "Ctrl-Z", ACT_EDIT_UNDO},
    {CTX_EDITOR, "Ctrl-U", ACT_EDIT_UNDO},
    {CTX_EDITOR, "Ctrl-R", ACT_EDIT_REDO},
    {CTX_EDITOR, "Ctrl-Y", ACT_EDIT_REDO},
    {CTX_EDITOR, "Ctrl-L", ACT_REDRAW},
    {CTX_EDITOR, "Ctrl-K", ACT_LOCK},

    {CTX_PROMPT, "Enter", ACT_PROMPT_OK},
    {CTX_PROMPT, "Esc", ACT_PROMPT_CANCEL},
    {CTX_PROMPT, "Ctrl-C", ACT_PROMPT_CANCEL},
    {CTX_PROMPT, "Left", ACT_EDIT_LEFT},
    {CTX_PROMPT, "Right", ACT_EDIT_RIGHT},
    {CTX_PROMPT, "Home", ACT_EDIT_HOME},
    {CTX_PROMPT, "Ctrl-A", ACT_EDIT_HOME},
    {CTX_PROMPT, "End", ACT_EDIT_END},
    {CTX_PROMPT, "Ctrl-E", ACT_EDIT_END},
    {CTX_PROMPT, "Backspace", ACT_EDIT_BACKSPACE},
    {CTX_PROMPT, "Delete", ACT_EDIT_DELETE},
    {CTX_PROMPT, "Ctrl-U", ACT_EDIT_CLEAR},
    {CTX_PROMPT, "Ctrl-L", ACT_REDRAW},

    {CTX_PICK, "Down", ACT_DOWN},
    {CTX_PICK, "Up", ACT_UP},
    {CTX_PICK, "PgDn", ACT_PAGE_DOWN},
    {CTX_PICK, "PgUp", ACT_PAGE_UP},
    {CTX_PICK, "Home", ACT_FIRST},
    {CTX_PICK, "End", ACT_LAST},
    {CTX_PICK, "Enter", ACT_PROMPT_OK},
    {CTX_PICK, "Esc", ACT_PROMPT_CANCEL},
    {CTX_PICK, "Ctrl-C", ACT_PROMPT_CANCEL},
    {CTX_PICK, "Ctrl-L", ACT_REDRAW},

    {CTX_REPLACE, "y", ACT_REPLACE},
    {CTX_REPLACE, "n", ACT_KEEP},
    {CTX_REPLACE, "Esc", ACT_KEEP},
    {CTX_REPLACE, "Ctrl-C", ACT_KEEP},
    {CTX_REPLACE, "Ctrl-L", ACT_REDRAW},

    {CTX_HELP, "Space", ACT_PAGE_DOWN},

    {CTX_PAGE, "Space", ACT_PAGE_DOWN},
    {CTX_PAGE, "a", ACT_SHOW_ACTIONS},
    {CTX_PAGE, "p", ACT_SHOW_PLAN},
    {CTX_PAGE, "r", ACT_REPORT},
    {CTX_PAGE, "e", ACT_EXPORT},
    {CTX_PAGE, "m", ACT_BENCHMARK},
    {CTX_PAGE, "i", ACT_BENCH_ITEMS},

    {CTX_ACTIONS, "s", ACT_STEP_STATUS},
    {CTX_ACTIONS, "o", ACT_STEP_OWNER},
    {CTX_ACTIONS, "t", ACT_STEP_DUE},
    {CTX_ACTIONS, "p", ACT_STEP_DAYS},
    {CTX_ACTIONS, "y", ACT_STEP_COST},
    {CTX_ACTIONS, "n", ACT_STEP_NOTE},
    {CTX_ACTIONS, "w", ACT_WHY},
    {CTX_ACTIONS, "F", ACT_FILTER},
    {CTX_ACTIONS, "O", ACT_FILTER_ROLE},

    {CTX_PLAYBOOK, "s", ACT_STEP_STATUS},
    {CTX_PLAYBOOK, "o", ACT_STEP_OWNER},
    {CTX_PLAYBOOK, "t", ACT_STEP_DUE},
    {CTX_PLAYBOOK, "p", ACT_STEP_DAYS},
    {CTX_PLAYBOOK, "y", ACT_STEP_COST},
    {CTX_PLAYBOOK, "n", ACT_STEP_NOTE},

    {CTX_PLAN, "b", ACT_PLAN_BUDGET},
    {CTX_PLAN, "p", ACT_PLAN_DAYS},
    {CTX_PLAN, "s", ACT_PLAN_STOPS},
    {CTX_PLAN, "t", ACT_PLAN_TARGET},
    {CTX_PLAN, "m", ACT_PLAN_MUST},
    {CTX_PLAN, "x", ACT_PLAN_BAR},
    {CTX_PLAN, "a", ACT_PLAN_ACCEPT},

    {CTX_HOME, "n", ACT_NEW_FILE},
    {CTX_HOME, "o", ACT_OPEN_FILE},
    {CTX_HOME, "s", ACT_SITES},
    {CTX_HOME, "d", ACT_DEMO},
    {CTX_HOME, "D", ACT_DEMO_FLEET},

    {CTX_COMPARE, "F", ACT_FILTER},
    {CTX_COMPARE, "J", ACT_DETAIL_DOWN},
    {CTX_COMPARE, "Space", ACT_DETAIL_DOWN},
    {CTX_COMPARE, "K", ACT_DETAIL_UP},
    {CTX_COMPARE, "c", ACT_COMPARE},

    {CTX_MERGE, "a", ACT_MERGE_A},
    {CTX_MERGE, "b", ACT_MERGE_B},
    {CTX_MERGE, "n", ACT_MERGE_NEWER},
    {CTX_MERGE, "N", ACT_MERGE_REST},
    {CTX_MERGE, "w", ACT_MERGE_WRITE},
    {CTX_MERGE, "J", ACT_DETAIL_DOWN},
    {CTX_MERGE, "Space", ACT_DETAIL_DOWN},
    {CTX_MERGE, "K", ACT_DETAIL_UP},

    {CTX_SITES, "Right", ACT_SITES_RIGHT},
    {CTX_SITES, "l", ACT_SITES_RIGHT},
    {CTX_SITES, "Left", ACT_SITES_LEFT},
    {CTX_SITES, "h", ACT_SITES_LEFT},
    {CTX_SITES, "s", ACT_SITES_SORT},
    {CTX_SITES, "S", ACT_SITES_REVERSE},
    {CTX_SITES, "i", ACT_SITES_BY_ITEM},
    {CTX_SITES, "m", ACT_SITES_MODEL},
    {CTX_SITES, "c", ACT_SITES_COMMON},
    {CTX_SITES, "r", ACT_SITES_FILES},
    {CTX_SITES, "K", ACT_SITES_KEY},
    {CTX_SITES, "w", ACT_SITES_ROLLOUT},
    {CTX_SITES, "b", ACT_SITES_BOARD},
};

static const struct hint HINTS[] = {
    {CTX_ITEMS, ACT_LEVEL_1, ACT_LEVEL_5},
    {CTX_ITEMS, ACT_UNKNOWN, ACT_UNKNOWN},
    {CTX_ITEMS, ACT_NA, ACT_NA},
    {CTX_ITEMS, ACT_NOTE, ACT_NOTE},
    {CTX_ITEMS, ACT_BASIS, ACT_BASIS},
    {CTX_ITEMS, ACT_CHECKS, ACT_CHECKS},
    {CTX_ITEMS, ACT_SEARCH, ACT_SEARCH},
    {CTX_ITEMS, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_ITEMS, ACT_UNDO, ACT_UNDO},
    {CTX_ITEMS, ACT_FILTER, ACT_FILTER},
    {CTX_ITEMS, ACT_FLAG, ACT_FLAG},
    {CTX_ITEMS, ACT_EVIDENCE, ACT_EVIDENCE},
    {CTX_CHECKS, ACT_CHECK_YES, ACT_CHECK_YES},
    {CTX_CHECKS, ACT_CHECK_NO, ACT_CHECK_NO},
    {CTX_CHECKS, ACT_CHECK_UNKNOWN, ACT_CHECK_UNKNOWN},
    {CTX_CHECKS, ACT_CHECK_CLEAR, ACT_CHECK_CLEAR},
    {CTX_CHECKS, ACT_BACK, ACT_BACK},
    {CTX_SEARCH, ACT_SEARCH_NEXT, ACT_SEARCH_NEXT},
    {CTX_SEARCH, ACT_SEARCH_PREV, ACT_SEARCH_PREV},
    {CTX_SEARCH, ACT_BACK, ACT_BACK},
    {CTX_EDITOR, ACT_EDIT_DONE, ACT_EDIT_DONE},
    {CTX_EDITOR, ACT_EDIT_UNDO, ACT_EDIT_UNDO},
    {CTX_EDITOR, ACT_EDIT_REDO, ACT_EDIT_REDO},
    {CTX_PROMPT, ACT_PROMPT_OK, ACT_PROMPT_OK},
    {CTX_PROMPT, ACT_PROMPT_CANCEL, ACT_PROMPT_CANCEL},
    {CTX_PROMPT, ACT_EDIT_CLEAR, ACT_EDIT_CLEAR},
    {CTX_PICK, ACT_DOWN, ACT_DOWN},
    {CTX_PICK, ACT_UP, ACT_UP},
    {CTX_PICK, ACT_PROMPT_OK, ACT_PROMPT_OK},
    {CTX_PICK, ACT_PROMPT_CANCEL, ACT_PROMPT_CANCEL},
    {CTX_REPLACE, ACT_REPLACE, ACT_REPLACE},
    {CTX_REPLACE, ACT_KEEP, ACT_KEEP},
    {CTX_HELP, ACT_DOWN, ACT_DOWN},
    {CTX_HELP, ACT_UP, ACT_UP},
    {CTX_HELP, ACT_PAGE_DOWN, ACT_PAGE_DOWN},
    {CTX_HELP, ACT_BACK, ACT_BACK},
    {CTX_ACTIONS, ACT_OPEN, ACT_OPEN},
    {CTX_ACTIONS, ACT_WHY, ACT_WHY},
    {CTX_ACTIONS, ACT_STEP_STATUS, ACT_STEP_STATUS},
    {CTX_ACTIONS, ACT_STEP_OWNER, ACT_STEP_OWNER},
    {CTX_ACTIONS, ACT_STEP_DUE, ACT_STEP_DUE},
    {CTX_ACTIONS, ACT_FILTER, ACT_FILTER},
    {CTX_ACTIONS, ACT_FILTER_ROLE, ACT_FILTER_ROLE},
    {CTX_ACTIONS, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_PLAYBOOK, ACT_STEP_STATUS, ACT_STEP_STATUS},
    {CTX_PLAYBOOK, ACT_STEP_OWNER, ACT_STEP_OWNER},
    {CTX_PLAYBOOK, ACT_STEP_DUE, ACT_STEP_DUE},
    {CTX_PLAYBOOK, ACT_STEP_DAYS, ACT_STEP_DAYS},
    {CTX_PLAYBOOK, ACT_STEP_COST, ACT_STEP_COST},
    {CTX_PLAYBOOK, ACT_STEP_NOTE, ACT_STEP_NOTE},
    {CTX_PLAYBOOK, ACT_BACK, ACT_BACK},
    {CTX_PLAN, ACT_PLAN_BUDGET, ACT_PLAN_BUDGET},
    {CTX_PLAN, ACT_PLAN_DAYS, ACT_PLAN_DAYS},
    {CTX_PLAN, ACT_PLAN_STOPS, ACT_PLAN_STOPS},
    {CTX_PLAN, ACT_PLAN_TARGET, ACT_PLAN_TARGET},
    {CTX_PLAN, ACT_PLAN_MUST, ACT_PLAN_MUST},
    {CTX_PLAN, ACT_PLAN_BAR, ACT_PLAN_BAR},
    {CTX_PLAN, ACT_PLAN_ACCEPT, ACT_PLAN_ACCEPT},
    {CTX_PLAN, ACT_OPEN, ACT_OPEN},
    {CTX_HOME, ACT_OPEN, ACT_OPEN},
    {CTX_HOME, ACT_NEW_FILE, ACT_NEW_FILE},
    {CTX_HOME, ACT_OPEN_FILE, ACT_OPEN_FILE},
    {CTX_HOME, ACT_SITES, ACT_SITES},
    {CTX_HOME, ACT_DEMO, ACT_DEMO},
    {CTX_HOME, ACT_DEMO_FLEET, ACT_DEMO_FLEET},
    {CTX_HOME, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_SITES, ACT_OPEN, ACT_OPEN},
    {CTX_SITES, ACT_SITES_SORT, ACT_SITES_SORT},
    {CTX_SITES, ACT_SITES_COMMON, ACT_SITES_COMMON},
    {CTX_SITES, ACT_SITES_FILES, ACT_SITES_FILES},
    {CTX_SITES, ACT_SITES_MODEL, ACT_SITES_MODEL},
    {CTX_SITES, ACT_SITES_ROLLOUT, ACT_SITES_ROLLOUT},
    {CTX_SITES, ACT_SITES_BOARD, ACT_SITES_BOARD},
    {CTX_SITES, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_SITES_VIEW, ACT_OPEN, ACT_OPEN},
    {CTX_SITES_VIEW, ACT_BACK, ACT_BACK},
    {CTX_SITES_VIEW, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_COMPARE, ACT_OPEN, ACT_OPEN},
    {CTX_COMPARE, ACT_BACK, ACT_BACK},
    {CTX_COMPARE, ACT_FILTER, ACT_FILTER},
    {CTX_COMPARE, ACT_DETAIL_DOWN, ACT_DETAIL_DOWN},
    {CTX_COMPARE, ACT_COMPARE, ACT_COMPARE},
    {CTX_COMPARE, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_MERGE, ACT_MERGE_A, ACT_MERGE_A},
    {CTX_MERGE, ACT_MERGE_B, ACT_MERGE_B},
    {CTX_MERGE, ACT_MERGE_NEWER, ACT_MERGE_NEWER},
    {CTX_MERGE, ACT_MERGE_REST, ACT_MERGE_REST},
    {CTX_MERGE, ACT_MERGE_WRITE, ACT_MERGE_WRITE},
    {CTX_MERGE, ACT_DETAIL_DOWN, ACT_DETAIL_DOWN},
    {CTX_MERGE, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_FORM, ACT_DOWN, ACT_DOWN},
    {CTX_FORM, ACT_UP, ACT_UP},
    {CTX_FORM, ACT_OPEN, ACT_OPEN},
    {CTX_FORM, ACT_TAB_NEXT, ACT_TAB_NEXT},
    {CTX_FORM, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_PAGE, ACT_DOWN, ACT_DOWN},
    {CTX_PAGE, ACT_PAGE_DOWN, ACT_PAGE_DOWN},
    {CTX_PAGE, ACT_OPEN, ACT_OPEN},
    {CTX_PAGE, ACT_SHOW_ACTIONS, ACT_SHOW_ACTIONS},
    {CTX_PAGE, ACT_SHOW_PLAN, ACT_SHOW_PLAN},
    {CTX_PAGE, ACT_REPORT, ACT_REPORT},
    {CTX_PAGE, ACT_EXPORT, ACT_EXPORT},
    {CTX_PAGE, ACT_BENCHMARK, ACT_BENCHMARK},
    {CTX_PAGE, ACT_BENCH_ITEMS, ACT_BENCH_ITEMS},
    {CTX_BENCH, ACT_OPEN, ACT_OPEN},
    {CTX_BENCH, ACT_BACK, ACT_BACK},
    {CTX_BENCH, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_PAGE, ACT_LANGUAGE, ACT_LANGUAGE},
    {CTX_ANYWHERE, ACT_HELP, ACT_HELP},
    {CTX_ANYWHERE, ACT_QUIT, ACT_QUIT},
};

const struct context_info *context_info(enum context context)
{
    return &CONTEXTS[context];
}

const struct binding *keymap(size_t *n)
{
    *n = sizeof KEYS / sizeof KEYS[0];
    return KEYS;
}

const struct hint *keymap_hints(size_t *n)
{
    *n = sizeof HINTS / sizeof HINTS[0];
    return HINTS;
}

static const struct {
    const char *name;
    int code;
} KEY_NAMES[] = {
    {"Enter", K_ENTER},   {"Tab", K_TAB},       {"Esc", K_ESC},   {"Backspace", K_BACKSPACE},
    {"Delete", K_DELETE}, {"Insert", K_INSERT}, {"Up", K_UP},     {"Down", K_DOWN},
    {"Left", K_LEFT},     {"Right", K_RIGHT},   {"Home", K_HOME}, {"End", K_END},
    {"PgUp", K_PGUP},     {"PgDn", K_PGDN},     {"Space", ' '},
};

static const struct {
    const char *name;
    unsigned mod;
} MOD_NAMES[] = {{"Ctrl-", MOD_CTRL}, {"Alt-", MOD_ALT}, {"Shift-", MOD_SHIFT}};

static int named_key(const char *name)
{
    for (size_t i = 0; i < sizeof KEY_NAMES / sizeof KEY_NAMES[0]; i++)
        if (strcmp(KEY_NAMES[i].name, name) == 0)
            return KEY_NAMES[i].code;
    int f = 0, end = 0;
    if (sscanf(name, "F%2d%n", &f, &end) == 1 && name[end] == '\0' && f >= 1 && f <= 12)
        return K_F1 + f - 1;
    return name[0] > ' ' && name[0] < 0x7f && name[1] == '\0' ? name[0] : 0;
}

bool key_parse(struct key *out, const char *name)
{
    struct key key = {0};
    for (size_t i = 0; i < sizeof MOD_NAMES / sizeof MOD_NAMES[0]; i++) {
        size_t n = strlen(MOD_NAMES[i].name);
        if (strncmp(name, MOD_NAMES[i].name, n) == 0) {
            key.mods |= MOD_NAMES[i].mod;
            name += n;
        }
    }
    key.code = named_key(name);
    if (key.code == 0)
        return false;
    if ((key.mods & MOD_CTRL) != 0 && key.code >= 'A' && key.code <= 'Z')
        key.code += 'a' - 'A';
    *out = key;
    return true;
}

void key_format(char *out, size_t n, struct key key)
{
    char base[16] = "";
    for (size_t i = 0; i < sizeof KEY_NAMES / sizeof KEY_NAMES[0]; i++)
        if (KEY_NAMES[i].code == key.code)
            snprintf(base, sizeof base, "%s", KEY_NAMES[i].name);
    if (key.code >= K_F1 && key.code <= K_F12)
        snprintf(base, sizeof base, "F%d", key.code - K_F1 + 1);
    else if (key.code > ' ' && key.code < 0x7f) {
        bool upper = (key.mods & MOD_CTRL) != 0 && key.code >= 'a' && key.code <= 'z';
        snprintf(base, sizeof base, "%c", upper ? key.code - 'a' + 'A' : key.code);
    }
    snprintf(out, n, "%s%s%s%s", (key.mods & MOD_CTRL) != 0 ? "Ctrl-" : "", (key.mods & MOD_ALT) != 0 ? "Alt-" : "",
             (key.mods & MOD_SHIFT) != 0 ? "Shift-" : "", base);
}

static enum act find_in(enum context context, const char *name)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        if (KEYS[i].context == context && strcmp(KEYS[i].key, name) == 0)
            return KEYS[i].action;
    return ACT_NONE;
}

enum act keymap_find(enum context context, struct key key)
{
    if (key.code >= 0xff01 && key.code <= 0xff5e) /* full-width forms of ! to ~ */
        key.code -= 0xff01 - '!';
    else if (key.code == 0x3000)
        key.code = ' ';
    char name[32]; /* every name in the table is as it is formatted */
    key_format(name, sizeof name, key);
    enum act action = find_in(context, name);
    for (int i = 0; i < 3 && action == ACT_NONE && CONTEXTS[context].parent[i] != CTX_COUNT; i++)
        action = find_in(CONTEXTS[context].parent[i], name);
    return action;
}

static const char *key_in(enum context context, enum act action)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        if (KEYS[i].context == context && KEYS[i].action == action)
            return KEYS[i].key;
    return "";
}

const char *keymap_key(enum context context, enum act action)
{
    const char *key = key_in(context, action);
    for (int i = 0; i < 3 && key[0] == '\0' && CONTEXTS[context].parent[i] != CTX_COUNT; i++)
        key = key_in(CONTEXTS[context].parent[i], action);
    return key;
}
