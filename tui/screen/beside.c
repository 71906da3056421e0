/* See beside.h. */
#include "tui/screen/beside.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/app/words.h"
#include "tui/screen/items.h"

enum { COL_ITEM = 1, COL_LEFT = 7, ANSWER_COLS = 11, COL_RIGHT = COL_LEFT + ANSWER_COLS, COL_SIGN = COL_RIGHT + ANSWER_COLS,
       COL_LABEL = COL_SIGN + BESIDE_SIGN + 1, ROOMY = 64, PAIR_MIN = 5, LIST_MIN = 3 };

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

/* Both on one page, one below the other, where they do not fit side by side. */
struct pair {
    struct page p, q;
    int half, rows; /* rows: of the longer one */
    bool roomy;
};

static void build_pair(struct pair *x, const struct app *app, int cols, const struct ck_item *item, const struct side *left, const struct side *right)
{
    *x = (struct pair){.roomy = cols >= ROOMY};
    x->half = x->roomy ? (cols - 2) / 2 : cols - 1;
    x->p.cols = x->q.cols = x->half;
    add_side(app, &x->p, item, left);
    if (!x->roomy)
        page_gap(&x->p);
    add_side(app, x->roomy ? &x->q : &x->p, item, right);
    x->rows = x->p.n_lines > x->q.n_lines ? x->p.n_lines : x->q.n_lines;
}

static void release_pair(struct pair *x)
{
    page_release(&x->q);
    page_release(&x->p);
}

static void draw_title(const struct app *app, struct area a, const struct ck_item *item, bool up, bool down)
{
    struct buf b = {0}, fit = {0}, hint = {0};
    area_hline(a, 0, ST_RULE, app_glyph(app, GL_HLINE));
    if (up)
        buf_addf(&hint, "%s%s ", keymap_key(CTX_COMPARE, ACT_DETAIL_UP), app_glyph(app, GL_LESS));
    if (down) /* where this is only a glimpse, the way to all of it */
        buf_addf(&hint, "%s%s ", keymap_key(CTX_COMPARE, a.rows < PAIR_MIN ? ACT_OPEN : ACT_DETAIL_DOWN), app_glyph(app, GL_MORE));
    int room = a.cols - 3 - text_width(buf_str(&hint));
    buf_addf(&b, " %s %s ", item->id, app_ltext(app, &item->label));
    text_fit(&fit, buf_str(&b), room, false);
    area_put(a, 0, 0, ST_STRONG, buf_str(&fit));
    if (hint.len > 0) {
        area_put(a, 0, room, ST_RULE, " ");
        area_put(a, 0, room + 1, ST_DIM, buf_str(&hint));
    }
    buf_release(&hint);
    buf_release(&fit);
    buf_release(&b);
}

void beside_draw(const struct app *app, struct area a, int top, const struct ck_item *item, const struct side *left, const struct side *right)
{
    struct pair x;
    build_pair(&x, app, a.cols, item, left, right);
    int rows = a.rows - 1, most = x.rows > rows ? x.rows - rows : 0, from = top < most ? top : most;
    draw_title(app, a, item, from > 0, from < most);
    if (from < x.p.n_lines)
        page_draw(&x.p, area_sub(a, 1, 0, rows, x.half), from);
    if (x.roomy && from < x.q.n_lines)
        page_draw(&x.q, area_sub(a, 1, x.half + 2, rows, x.half), from);
    release_pair(&x);
}

int beside_scroll(const struct app *app, struct area a, int top, enum act action, const struct ck_item *item, const struct side *left,
                  const struct side *right)
{
    struct pair x;
    build_pair(&x, app, a.cols, item, left, right);
    int rows = a.rows - 1, most = x.rows > rows ? x.rows - rows : 0, step = rows > 2 ? rows - 2 : 1;
    release_pair(&x);
    top = (top < most ? top : most) + (action == ACT_DETAIL_DOWN ? step : -step);
    return top > most ? most : top < 0 ? 0 : top;
}

/* ---- Where they are ---- */


int beside_list_rows(int rows, int n)
{
    int room = rows - BESIDE_HEAD, list = room / 2;
    if (room - list < PAIR_MIN)
        list = room - PAIR_MIN >= LIST_MIN ? room - PAIR_MIN : room;
    return n < 1 ? 1 : n < list ? n : list;
}

bool beside_room(int rows, int n)
{
    return rows - BESIDE_HEAD - beside_list_rows(rows, n) >= PAIR_MIN;
}
