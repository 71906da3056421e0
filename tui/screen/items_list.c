/* The list of a section's items: one line for each. See items.h. */
#include <string.h>

#include "core/base/text.h"
#include "tui/screen/items.h"

static bool shown(const struct answer *x, enum filter filter)
{
    bool level = x->state == ANSWER_LEVEL;
    switch (filter) {
    case FILTER_ALL:
    case FILTER_COUNT:
        return true;
    case FILTER_OPEN:
        return x->state == ANSWER_OPEN || x->carried;
    case FILTER_UNKNOWN:
        return x->state == ANSWER_UNKNOWN;
    case FILTER_FLAGGED:
        return x->flag;
    case FILTER_NO_BASIS:
        return level && x->basis == BASIS_NONE;
    case FILTER_INTERVIEW:
        return level && x->basis == BASIS_INTERVIEW;
    case FILTER_EXAMINE:
        return level && x->basis == BASIS_EXAMINE;
    case FILTER_TEST:
        return level && x->basis == BASIS_TEST;
    }
    return true;
}

int items_visible(const struct app *app, int section, int *out)
{
    const struct ck_section *s = &app->assessment->checklist->section[section];
    int n = 0;
    for (int i = s->first_item; i < s->first_item + s->n_items; i++)
        if (shown(assessment_answer(app->assessment, i), app->filter))
            out[n++] = i;
    return n;
}

int items_row(const int *visible, int n, int item)
{
    int row = 0;
    for (int i = 0; i < n && visible[i] <= item; i++)
        row = i;
    return row;
}

const char *items_filter_name(const struct app *app)
{
    static const char *const NAMES[FILTER_COUNT] = {
        [FILTER_ALL] = "",
        [FILTER_OPEN] = N_("unanswered"),
        [FILTER_UNKNOWN] = N_("unknown"),
        [FILTER_FLAGGED] = N_("flagged"),
        [FILTER_NO_BASIS] = N_("level without a basis"),
        [FILTER_INTERVIEW] = N_("said only"),
        [FILTER_EXAMINE] = N_("document seen"),
        [FILTER_TEST] = N_("tested on the floor"),
    };
    return app->filter == FILTER_ALL ? "" : T(app->cat, NAMES[app->filter]);
}

const char *items_basis_letter(const struct app *app, enum basis basis)
{
    switch (basis) {
    case BASIS_NONE:
    case BASIS_COUNT:
        return "";
    case BASIS_INTERVIEW:
        /* max 2 columns */
        return TC(app->cat, "basis", "I");
    case BASIS_EXAMINE:
        /* max 2 columns */
        return TC(app->cat, "basis", "E");
    case BASIS_TEST:
        /* max 2 columns */
        return TC(app->cat, "basis", "T");
    }
    return "";
}

const char *items_basis_name(const struct app *app, enum basis basis)
{
    static const char *const NAMES[BASIS_COUNT] = {[BASIS_NONE] = N_("no basis"),
                                                   [BASIS_INTERVIEW] = N_("interview"),
                                                   [BASIS_EXAMINE] = N_("document seen"),
                                                   [BASIS_TEST] = N_("tested on the floor")};
    return T(app->cat, NAMES[basis]);
}

static unsigned level_style(int level)
{
    return level <= 0 ? ST_DIM : level == 1 ? ST_LOW : level == 2 ? ST_MID : ST_OK;
}

int items_draw_answer(const struct app *app, const struct answer *x, struct area a, int row, int col)
{
    enum { ANSWER_COLS = 11 };
    if (x->state == ANSWER_NA) {
        area_put_fit(a, row, col, ANSWER_COLS - 1, ST_DIM, T(app->cat, "n/a"));
        return col + ANSWER_COLS;
    }
    int level = x->state == ANSWER_LEVEL ? x->level : 0;
    unsigned style = level_style(level);
    for (int i = 0; i < LEVEL_MAX; i++)
        area_put(a, row, col + i, i < level ? style : ST_RULE, app_glyph(app, i < level ? GL_GAUGE_ON : GL_GAUGE_OFF));
    if (x->state == ANSWER_UNKNOWN)
        area_put(a, row, col + 6, ST_WARN, "?");
    else if (level > 0)
        area_printf(a, row, col + 6, level >= 3 ? ST_STRONG : style, "%d", level);
    else
        area_put(a, row, col + 6, ST_DIM, app_glyph(app, GL_DASH));
    area_put(a, row, col + 8, ST_ACCENT, items_basis_letter(app, x->basis));
    return col + ANSWER_COLS;
}

/* Signs at the right end, each in its own column: the letter is the key that made it. */
enum { SIGN_COLS = 6 };

static void draw_signs(const struct app *app, const struct answer *x, bool key, struct area a, int row, int col)
{
    if (x->carried)
        area_put(a, row, col, ST_DIM, "c");
    if (x->flag)
        area_put(a, row, col + 1, ST_WARN, "f");
    if (x->note[0] != '\0')
        area_put(a, row, col + 2, ST_ACCENT, "n");
    if (x->evidence[0] != '\0')
        area_put(a, row, col + 3, ST_ACCENT, "e");
    if (x->alternative)
        area_put(a, row, col + 4, ST_ACCENT, "a");
    if (key)
        area_put(a, row, col + 5, ST_WARN, app_glyph(app, GL_KEY));
}

static void draw_row(const struct app *app, int item, bool selected, struct area a, int row)
{
    const struct ck_item *ck = &app->assessment->checklist->item[item];
    const struct answer *x = assessment_answer(app->assessment, item);
    if (selected)
        area_put(a, row, 0, ST_TITLE, app_glyph(app, GL_CURSOR));
    area_put_fit(a, row, 1, 5, selected ? ST_STRONG : ST_TEXT, ck->id);
    int col = items_draw_answer(app, x, a, row, 7);
    int room = a.cols - col - SIGN_COLS - 2;
    if (room > 3)
        area_put_fit(a, row, col, room, x->state == ANSWER_NA ? ST_DIM : ST_TEXT, app_ltext(app, &ck->label));
    draw_signs(app, x, ck->key, a, row, a.cols - SIGN_COLS - 1);
    if (selected)
        area_select(area_sub(a, 0, 0, a.rows, a.cols - 1), row);
}

void items_draw_list(const struct app *app, const struct items *st, struct area a)
{
    int visible[ITEMS_MAX];
    int n = items_visible(app, st->section, visible);
    if (app->filter != FILTER_ALL) {
        int col = area_printf(a, 0, 1, ST_DIM, T(app->cat, "Shown: %s (%d)"), items_filter_name(app), n);
        area_printf(a, 0, col + 2, ST_DIM, T(app->cat, "next filter: %s"), keymap_key(CTX_ITEMS, ACT_FILTER));
        a = area_sub(a, 1, 0, a.rows - 1, a.cols);
    }
    if (n == 0) {
        area_put(a, 0, 1, ST_DIM, T(app->cat, "Nothing here"));
        return;
    }
    struct list list = {items_row(visible, n, st->item), st->top};
    int top = list_top(&list, n, a.rows);
    for (int row = 0; row < a.rows && top + row < n; row++)
        draw_row(app, visible[top + row], top + row == list.sel, a, row);
    list_bar(a, top, n, app->glyphs);
}
