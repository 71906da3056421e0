/* Everything a person can ask of the program, once. From this list come dispatch, preconditions, the help page and the footer; which
 * keys ask for it stands in keymap.c.
 *
 * A row: X(id, stable name for tests and logs, what it needs, word for the footer, sentence for the help). To add an action: a row here, a
 * binding in keymap.c, a handler in the screen that does it (or in app/general.c). The tests find what was forgotten. */
#ifndef TUI_APP_ACTION_H
#define TUI_APP_ACTION_H

#include "i18n/catalog.h"

/* Preconditions as data: checked before a handler is called; app_unmet says why not. */
enum need {
    NEED_NONE = 0,
    NEED_FILE = 1 << 0,  /* an assessment is open */
    NEED_WRITE = 1 << 1, /* and may be changed */
    NEED_ITEM = 1 << 2,  /* an item is selected */
    NEED_LEVEL = 1 << 3 /* and it may have a level: it is neither unknown nor not applicable */
};

#define NEED_EDIT (NEED_FILE | NEED_WRITE | NEED_ITEM)

#define ACTIONS(X)                                                                                                   \
    X(UP, "up", NEED_NONE, N_("up"), N_("up one line"))                                                              \
    X(DOWN, "down", NEED_NONE, N_("down"), N_("down one line"))                                                      \
    X(PAGE_UP, "page-up", NEED_NONE, N_("page up"), N_("up one page"))                                               \
    X(PAGE_DOWN, "page-down", NEED_NONE, N_("page down"), N_("down one page"))                                       \
    X(FIRST, "first", NEED_NONE, N_("first"), N_("to the first line"))                                               \
    X(LAST, "last", NEED_NONE, N_("last"), N_("to the last line"))                                                   \
    X(TAB_NEXT, "tab-next", NEED_FILE, N_("next tab"), N_("next tab"))                                               \
    X(TAB_PREV, "tab-previous", NEED_FILE, N_("previous tab"), N_("previous tab"))                                   \
    X(TAB_1, "tab-1", NEED_FILE, N_("tab"), N_("first tab"))                                                         \
    X(TAB_2, "tab-2", NEED_FILE, N_("tab"), N_("second tab"))                                                        \
    X(TAB_3, "tab-3", NEED_FILE, N_("tab"), N_("third tab"))                                                         \
    X(TAB_4, "tab-4", NEED_FILE, N_("tab"), N_("fourth tab"))                                                        \
    X(TAB_5, "tab-5", NEED_FILE, N_("tab"), N_("fifth tab"))                                                         \
    X(TAB_6, "tab-6", NEED_FILE, N_("tab"), N_("sixth tab"))                                                         \
    X(TAB_7, "tab-7", NEED_FILE, N_("tab"), N_("seventh tab"))                                                       \
    X(TAB_8, "tab-8", NEED_FILE, N_("tab"), N_("eighth tab"))                                                        \
    X(OPEN, "open", NEED_NONE, N_("open"), N_("open, or do what is selected"))                                       \
    X(BACK, "back", NEED_NONE, N_("back"), N_("go back"))                                                            \
    X(LEVEL_1, "level-1", NEED_EDIT, N_("level"), N_("level 1, and on to the next unanswered item"))                 \
    X(LEVEL_2, "level-2", NEED_EDIT, N_("level"), N_("level 2, and on"))                                             \
    X(LEVEL_3, "level-3", NEED_EDIT, N_("level"), N_("level 3, and on"))                                             \
    X(LEVEL_4, "level-4", NEED_EDIT, N_("level"), N_("level 4, and on"))                                             \
    X(LEVEL_5, "level-5", NEED_EDIT, N_("level"), N_("level 5, and on"))                                             \
    X(UNKNOWN, "unknown", NEED_EDIT, N_("unknown"), N_("unknown: nobody in the room knows"))                         \
    X(NA, "not-applicable", NEED_EDIT, N_("n/a"), N_("not applicable, with the reason"))                             \
    X(CLEAR, "clear", NEED_EDIT, N_("clear"), N_("take the answer back"))                                            \
    X(NOTE, "note", NEED_EDIT, N_("note"), N_("write a note"))                                                       \
    X(EVIDENCE, "evidence", NEED_EDIT, N_("evidence"), N_("write down the evidence seen"))                           \
    X(BASIS, "basis", NEED_EDIT | NEED_LEVEL, N_("basis"), N_("basis: said, document seen, tested on the floor"))   \
    X(CHECKS, "checks", NEED_FILE | NEED_ITEM, N_("deep dive"), N_("deep dive: the checks of this item"))            \
    X(FLAG, "flag", NEED_EDIT, N_("flag"), N_("flag for follow-up"))                                                 \
    X(ALTERNATIVE, "alternative", NEED_EDIT | NEED_LEVEL, N_("alternative"),                                        \
      N_("the level rests on an alternative measure"))                                                               \
    X(PERSON, "person", NEED_EDIT, N_("who"), N_("who said so; of an unknown: whom to ask"))              \
    X(TARGET, "target", NEED_EDIT, N_("target"), N_("own target level for this item, with the reason"))                \
    X(SHOW_ACTIONS, "show-actions", NEED_FILE, N_("actions"), N_("to the next actions"))                              \
    X(REPORT, "report", NEED_FILE, N_("report"), N_("report as a web page"))                                          \
    X(EXPORT, "export", NEED_FILE, N_("export"), N_("export for headquarters"))                                       \
    X(COMPARE, "compare", NEED_FILE, N_("compare"), N_("compare with another file, or with the round before"))            \
    X(MERGE_A, "merge-a", NEED_NONE, N_("take A"), N_("take the answer of A"))                                        \
    X(MERGE_B, "merge-b", NEED_NONE, N_("take B"), N_("take the answer of B"))                                        \
    X(MERGE_NEWER, "merge-newer", NEED_NONE, N_("newer"), N_("take the newer answer"))                                \
    X(MERGE_REST, "merge-rest", NEED_NONE, N_("all the rest newer"), N_("take the newer answer wherever nothing is decided")) \
    X(MERGE_WRITE, "merge-write", NEED_NONE, N_("write"), N_("write the merged file and open it"))                    \
    X(BENCHMARK, "benchmark", NEED_FILE, N_("benchmark"), N_("hold the site against a benchmark of other sites"))         \
    X(BENCH_ITEMS, "bench-items", NEED_FILE, N_("by item"), N_("every item beside the other sites, furthest behind first")) \
    X(SHOW_PLAN, "show-plan", NEED_FILE, N_("plan"), N_("to the plan"))                                               \
    X(FILTER, "filter", NEED_FILE, N_("filter"), N_("show only: open, unknown, flagged, by basis; all again"))       \
    X(DETAIL_DOWN, "detail-down", NEED_NONE, N_("scroll"), N_("scroll the item's text down"))                        \
    X(DETAIL_UP, "detail-up", NEED_NONE, N_("scroll"), N_("scroll the item's text up"))                              \
    X(SEARCH, "search", NEED_FILE, N_("search"), N_("search all items and notes"))                                   \
    X(SEARCH_NEXT, "search-next", NEED_FILE, N_("next match"), N_("next match"))                                     \
    X(SEARCH_PREV, "search-previous", NEED_FILE, N_("previous match"), N_("previous match"))                         \
    X(UNDO, "undo", NEED_FILE | NEED_WRITE, N_("undo"), N_("undo"))                                                  \
    X(REDO, "redo", NEED_FILE | NEED_WRITE, N_("redo"), N_("redo"))                                                  \
    X(LANGUAGE, "language", NEED_NONE, N_("language"), N_("switch the language"))                                    \
    X(HELP, "help", NEED_NONE, N_("help"), N_("this help"))                                                          \
    X(FILTER_ROLE, "filter-role", NEED_FILE, N_("by role"), N_("show only the steps that one role leads")) \
    X(WHY, "why", NEED_FILE, N_("why"), N_("why the step stands where it stands")) \
    X(STEP_STATUS, "step-status", NEED_FILE | NEED_WRITE, N_("status"), N_("status: open, doing, done, dropped with the reason")) \
    X(STEP_OWNER, "step-owner", NEED_FILE | NEED_WRITE, N_("owner"), N_("owner: the next person of the Site tab")) \
    X(STEP_DUE, "step-due", NEED_FILE | NEED_WRITE, N_("due"), N_("due date")) \
    X(STEP_DAYS, "step-days", NEED_FILE | NEED_WRITE, N_("days"), N_("own figure for the person-days")) \
    X(STEP_COST, "step-cost", NEED_FILE | NEED_WRITE, N_("yen"), N_("own figure for the cost in yen")) \
    X(STEP_NOTE, "step-note", NEED_FILE | NEED_WRITE, N_("note"), N_("note on the step")) \
    X(PLAN_BUDGET, "plan-budget", NEED_FILE, N_("budget"), N_("budget in yen; empty: no limit")) \
    X(PLAN_DAYS, "plan-days", NEED_FILE, N_("days"), N_("person-days to spend; empty: no limit")) \
    X(PLAN_STOPS, "plan-stops", NEED_FILE, N_("stops"), N_("planned line stops; empty: no limit")) \
    X(PLAN_TARGET, "plan-target", NEED_FILE, N_("target"), N_("the grade to reach, or none: the best for the money")) \
    X(PLAN_MUST, "plan-must", NEED_FILE, N_("must"), N_("this step must be in the plan")) \
    X(PLAN_BAR, "plan-bar", NEED_FILE, N_("not this year"), N_("this step not this year")) \
    X(PLAN_ACCEPT, "plan-accept", NEED_FILE | NEED_WRITE, N_("accept"), N_("accept the plan: its steps become actions")) \
    X(NEW_ROUND, "new-round", NEED_FILE | NEED_WRITE, N_("new round"), N_("begin a new round from these answers")) \
    X(HOME, "home", NEED_FILE, N_("home"), N_("home: another file, or a new one"))                                  \
    X(NEW_FILE, "new-file", NEED_NONE, N_("new"), N_("a new assessment"))                                           \
    X(OPEN_FILE, "open-file", NEED_NONE, N_("open"), N_("open a file by name"))                                      \
    X(DEMO, "demo", NEED_NONE, N_("example"), N_("look at an example plant; nothing of yours is touched"))         \
    X(DEMO_FLEET, "demo-fleet", NEED_NONE, N_("12 plants"), N_("look at all plants of the example, as headquarters sees them")) \
    X(SITES, "sites", NEED_NONE, N_("all sites"), N_("sites: many files as one picture"))                               \
    X(SITES_LEFT, "sites-left", NEED_NONE, N_("item left"), N_("one item to the left"))                             \
    X(SITES_RIGHT, "sites-right", NEED_NONE, N_("item right"), N_("one item to the right"))                         \
    X(SITES_SORT, "sites-sort", NEED_NONE, N_("sort"), N_("sort by score, grade, country, name or section"))        \
    X(SITES_REVERSE, "sites-reverse", NEED_NONE, N_("reverse"), N_("the other way round"))                          \
    X(SITES_BY_ITEM, "sites-by-item", NEED_NONE, N_("by item"), N_("sort by the selected item"))                    \
    X(SITES_MODEL, "sites-model", NEED_NONE, N_("model plant"), N_("make this site the model plant, or no longer")) \
    X(SITES_COMMON, "sites-common", NEED_NONE, N_("common gaps"), N_("the gaps that sites have in common"))         \
    X(SITES_KEY, "sites-key", NEED_NONE, N_("key"), N_("open what is sealed: asks for the key file and its passphrase")) \
    X(SITES_FILES, "sites-files", NEED_NONE, N_("files"), N_("what became of each file, and why"))                  \
    X(SITES_ROLLOUT, "sites-rollout", NEED_NONE, N_("roll-out"), N_("what the others need to get where the model plant is")) \
    X(SITES_BOARD, "sites-board", NEED_NONE, N_("for the board"), N_("a page for the board, as a web page"))       \
    X(SAVE_ELSEWHERE, "save-elsewhere", NEED_FILE, N_("save elsewhere"), N_("save in another place from now on"))    \
    X(RELOAD, "reload", NEED_FILE, N_("read again"), N_("read-only: read the file again; open it for work if it is free")) \
    X(LOCK, "lock", NEED_NONE, N_("lock"), N_("lock the screen; the passphrase of the file or key brings it back")) \
    X(PASSPHRASE, "passphrase", NEED_FILE | NEED_WRITE, N_("passphrase"), N_("set, change or remove the passphrase of the file")) \
    X(QUIT, "quit", NEED_NONE, N_("quit"), N_("quit; everything is saved already"))                                  \
    X(SUSPEND, "suspend", NEED_NONE, N_("suspend"), N_("back to the shell for a moment (fg returns)"))               \
    X(REDRAW, "redraw", NEED_NONE, N_("redraw"), N_("draw the screen anew"))                                         \
    X(CHECK_YES, "check-yes", NEED_EDIT, N_("yes"), N_("the check holds"))                                           \
    X(CHECK_NO, "check-no", NEED_EDIT, N_("no"), N_("the check does not hold"))                                      \
    X(CHECK_UNKNOWN, "check-unknown", NEED_EDIT, N_("unknown"), N_("cannot be said"))                                \
    X(CHECK_CLEAR, "check-clear", NEED_EDIT, N_("clear"), N_("take the result back"))                                \
    X(EDIT_LEFT, "edit-left", NEED_NONE, N_("left"), N_("one character left"))                                       \
    X(EDIT_RIGHT, "edit-right", NEED_NONE, N_("right"), N_("one character right"))                                   \
    X(EDIT_UP, "edit-up", NEED_NONE, N_("up"), N_("one line up"))                                                    \
    X(EDIT_DOWN, "edit-down", NEED_NONE, N_("down"), N_("one line down"))                                            \
    X(EDIT_WORD_LEFT, "edit-word-left", NEED_NONE, N_("word left"), N_("one word left"))                             \
    X(EDIT_WORD_RIGHT, "edit-word-right", NEED_NONE, N_("word right"), N_("one word right"))                         \
    X(EDIT_HOME, "edit-home", NEED_NONE, N_("line start"), N_("to the start of the line"))                           \
    X(EDIT_END, "edit-end", NEED_NONE, N_("line end"), N_("to the end of the line"))                                 \
    X(EDIT_PAGE_UP, "edit-page-up", NEED_NONE, N_("page up"), N_("one page up"))                                     \
    X(EDIT_PAGE_DOWN, "edit-page-down", NEED_NONE, N_("page down"), N_("one page down"))                             \
    X(EDIT_TOP, "edit-top", NEED_NONE, N_("start"), N_("to the start of the text"))                                  \
    X(EDIT_BOTTOM, "edit-bottom", NEED_NONE, N_("end"), N_("to the end of the text"))                                \
    X(EDIT_NEWLINE, "edit-newline", NEED_NONE, N_("new line"), N_("new line"))                                       \
    X(EDIT_BACKSPACE, "edit-backspace", NEED_NONE, N_("rub out"), N_("delete the character before the cursor"))      \
    X(EDIT_DELETE, "edit-delete", NEED_NONE, N_("delete"), N_("delete the character at the cursor"))                 \
    X(EDIT_CLEAR, "edit-clear", NEED_NONE, N_("clear all"), N_("delete the whole line"))                             \
    X(EDIT_UNDO, "edit-undo", NEED_NONE, N_("undo"), N_("undo in this text"))                                        \
    X(EDIT_REDO, "edit-redo", NEED_NONE, N_("redo"), N_("redo in this text"))                                        \
    X(EDIT_DONE, "edit-done", NEED_NONE, N_("keep and close"), N_("close; the text is kept"))                        \
    X(PROMPT_OK, "prompt-ok", NEED_NONE, N_("ok"), N_("take what was typed"))                                      \
    X(REPLACE, "replace", NEED_NONE, N_("yes, replace it"), N_("replace the file"))                                  \
    X(KEEP, "keep", NEED_NONE, N_("no, another name"), N_("leave the file alone, and name another one"))             \
    X(PROMPT_CANCEL, "prompt-cancel", NEED_NONE, N_("cancel"), N_("close without a change"))

enum act {
    ACT_NONE,
#define X(id, name, needs, hint, help) ACT_##id,
    ACTIONS(X)
#undef X
    ACT_COUNT
};

struct action_info {
    const char *name;
    unsigned needs; /* enum need */
    const char *hint; /* msgids */
    const char *help;
};
const struct action_info *action_info(enum act action);

#endif
