/* See beside.h. */
#include "tui/screen/beside.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/app/words.h"
#include "tui/screen/items.h"

enum { COL_ITEM = 1, COL_LEFT = 7, ANSWER_COLS = 11, COL_RIGHT = COL_LEFT + ANSWER_COLS, COL_SIGN = COL_RIGHT + ANSWER_COLS,
       COL_LABEL = COL_SIGN + BESIDE_SIGN + 1, ROOMY = 64 };

void beside_heads(const struct app *app, struct area a, int row, const char *left, const char *right)
{
    area_put_fit(a, row, COL_LEFT, ANSWER_COLS - 1, ST_DIM, left);
    area_put_fit(a, row, COL_RIGHT, ANSWER_COLS - 1, ST_DIM, right);
    if (a.cols > COL_LABEL + 4)
        area_put_fit(a, row, COL_LABEL, a.cols - COL_LABEL - 1, ST_DIM, T(app->cat, "Item"));
}

void beside_row(const struct app *app, struct area a, int row, const struct ck_item *item, const struct answer *left, const struct answer *right,
                const char *sign, unsigned sign_style, bool selected)
{
    if (selected)
        area_put(a, row, 0, ST_TITLE, app_glyph(app, GL_CURSOR));
    area_put_fit(a, row, COL_ITEM, 5, item->key ? ST_STRONG : ST_TEXT, item->id);
    items_draw_answer(app, left, a, row, COL_LEFT);
    items_draw_answer(app, right, a, row, COL_RIGHT);
    area_put_fit(a, row, COL_SIGN, BESIDE_SIGN, sign_style, sign);
    if (a.cols > COL_LABEL + 4)
        area_put_fit(a, row, COL_LABEL, a.cols - COL_LABEL - 2, ST_TEXT, app_ltext(app, &item->label));
    if (selected)
        area_select(area_sub(a, 0, 0, a.rows, a.cols - 1), row);
}

/* ---- The whole answers ---- */

static void add_part(struct page *p, unsigned style, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    page_line(p);
    int col = page_put(p, 1, ST_DIM, label) + 1;
    page_wrap(p, col < 12 ? col : 3, style, text);
}

static void add_who(struct buf *out, const struct app *app, const struct side *s)
{
    const struct person *who = assessment_person(s->a, s->x->state == ANSWER_UNKNOWN ? s->x->ask : s->x->by);
    if (who != NULL) {
        buf_adds(out, T(app->cat, ", "));
        buf_addf(out, s->x->state == ANSWER_UNKNOWN ? T(app->cat, "to ask: %s") : T(app->cat, "said by %s"), who->name);
    }
    if (s->x->at[0] != '\0')
        buf_addf(out, "  %.16s", s->x->at);
}

static void add_side(const struct app *app, struct page *p, const struct ck_item *item, const struct side *s)
{
    const struct answer *x = s->x;
    struct buf b = {0};
    page_line(p);
    page_put(p, 1, ST_TITLE, s->name);
    if (x->state == ANSWER_OPEN)
        buf_adds(&b, T(app->cat, "unanswered"));
    else
        words_answer(&b, app->cat, s->a->checklist, x);
    if (x->state == ANSWER_LEVEL) {
        buf_adds(&b, T(app->cat, ", "));
        buf_adds(&b, items_basis_name(app, x->basis));
    }
    add_who(&b, app, s);
    page_line(p);
    page_wrap(p, 1, ST_STRONG, buf_str(&b));
    if (x->state == ANSWER_LEVEL) {
        page_line(p);
        page_wrap(p, 1, ST_TEXT, app_ltext(app, &item->level[x->level - 1]));
    }
    if (x->state == ANSWER_NA)
        add_part(p, ST_TEXT, T(app->cat, "Reason"), x->reason);
    add_part(p, ST_TEXT, T(app->cat, "Note"), x->note);
    add_part(p, ST_TEXT, T(app->cat, "Seen"), x->evidence);
    buf_release(&b);
}

int beside_draw(const struct app *app, struct area a, int top, const struct ck_item *item, const struct side *left, const struct side *right)
{
    struct page p = {0}, q = {0};
    bool roomy = a.cols >= ROOMY;
    int half = roomy ? (a.cols - 2) / 2 : a.cols - 1;
    p.cols = q.cols = half;
    add_side(app, &p, item, left);
    if (!roomy)
        page_gap(&p);
    add_side(app, roomy ? &q : &p, item, right);
    int rows = p.n_lines > q.n_lines ? p.n_lines : q.n_lines, most = rows > a.rows ? rows - a.rows : 0;
    int from = top < most ? top : most;
    if (from < p.n_lines)
        page_draw(&p, area_sub(a, 0, 0, a.rows, half), from);
    if (roomy && from < q.n_lines)
        page_draw(&q, area_sub(a, 0, half + 2, a.rows, half), from);
    if (from < most)
        area_put(a, a.rows - 1, a.cols - 1, ST_DIM, app_glyph(app, GL_MORE));
    page_release(&q);
    page_release(&p);
    return most;
}
