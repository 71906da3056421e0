/* The Result: the grade large, what holds it down and what would lift it, the sections as radar and bars, and the comments. One page that
 * scrolls; the letter and the radar stand at its top. Everything is computed from the answers when drawn: it is cheap. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/method/axes.h"
#include "core/method/verdict.h"
#include "core/out/export.h"
#include "tui/app/app.h"
#include "tui/app/bench.h"
#include "tui/screen/big.h"
#include "tui/screen/figures.h"
#include "tui/screen/hand_over.h"
#include "tui/screen/result_parts.h"
#include "tui/screen/screens.h"
#include "tui/widget/page.h"
#include "tui/widget/radar.h"

enum { FACTS_COL = BIG_COLS + 4, RADAR_ROWS = 12, GAUGE = 10, SIDE_BY_SIDE = 76, RADAR_COLS_MAX = 48 };

struct result {
    int top;
    struct gaps gaps; /* for the next three; computed when the model changes */
};

/* ---- Small words ---- */

static const struct checklist *ck_of(const struct app *app)
{
    return app->assessment->checklist;
}

static char letter_of(const struct app *app, int grade)
{
    return grade == GRADE_NONE ? '-' : ck_of(app)->grade[grade].letter;
}

/* Best grade good, worst bad, what lies between by its distance from the worst: any number of grades. */
static unsigned grade_style(const struct app *app, int grade)
{
    int from_worst = ck_of(app)->n_grades - 1 - grade;
    return grade == GRADE_NONE ? ST_DIM : from_worst == 0 ? ST_LOW : from_worst == 1 ? ST_MID : ST_OK;
}

static const char *item_name(const struct app *app, int item, struct buf *out)
{
    buf_clear(out);
    buf_addf(out, T(app->cat, "%s \"%s\""), ck_of(app)->item[item].id, app_ltext(app, &ck_of(app)->item[item].label));
    return buf_str(out);
}

/* ---- The facts beside the letter ---- */

static void add_range(const struct app *app, struct page *p)
{
    const struct scope_grade *g = &app->grade.overall;
    char low[8], high[8];
    struct buf b = {0};
    score_format(low, g->low);
    score_format(high, g->high);
    buf_addf(&b, T(app->cat, "provisional: ends in %c %s .. %c %s"), letter_of(app, g->low_grade), low, letter_of(app, g->high_grade),
             high);
    page_line(p);
    page_wrap(p, FACTS_COL, ST_WARN, buf_str(&b));
    buf_release(&b);
}

static void add_counts(const struct app *app, struct page *p)
{
    const struct scope_grade *g = &app->grade.overall;
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "%d of %d answered"), g->answered, g->applicable);
    if (g->unknown > 0)
        buf_addf(&b, T(app->cat, ", %d unknown"), g->unknown);
    if (g->total > g->applicable)
        buf_addf(&b, T(app->cat, ", %d not applicable"), g->total - g->applicable);
    page_line(p);
    page_wrap(p, FACTS_COL, ST_DIM, buf_str(&b));
    buf_release(&b);
}

static void add_facts(const struct app *app, struct page *p)
{
    const struct scope_grade *g = &app->grade.overall;
    struct buf b = {0};
    page_line(p);
    page_put(p, FACTS_COL, ST_DIM, T(app->cat, "Overall grade"));
    page_line(p);
    if (g->grade == GRADE_NONE) {
        page_wrap(p, FACTS_COL, ST_STRONG,
                  g->why_none == NO_ANSWERS ? T(app->cat, "Nothing is answered yet") : T(app->cat, "Nothing is applicable"));
    } else {
        page_wrap(p, FACTS_COL, ST_STRONG, app_ltext(app, &ck_of(app)->grade[g->grade].name));
        char score[8];
        score_format(score, g->score);
        buf_addf(&b, "%s / 100", score);
        page_line(p);
        page_put(p, FACTS_COL, ST_TEXT, buf_str(&b));
    }
    if (app->grade.provisional)
        add_range(app, p);
    add_counts(app, p);
    while (p->n_lines < BIG_ROWS + 2)
        page_line(p);
    buf_release(&b);
}

/* ---- Caps ---- */

static void add_cap(const struct app *app, struct page *p, const struct cap *cap)
{
    struct buf b = {0}, name = {0};
    char max = letter_of(app, cap->max_grade);
    if (cap->kind == CAP_KEY_ITEM)
        buf_addf(&b, T(app->cat, "held at %c: key item %s is at level %d"), max, item_name(app, cap->item, &name),
                 assessment_answer(app->assessment, cap->item)->level);
    else
        buf_addf(&b, T(app->cat, "held at %c: %s is too far behind (%c)"), max,
                 app_ltext(app, &ck_of(app)->section[cap->section].name), letter_of(app, app->grade.section[cap->section].grade));
    page_line(p);
    page_put(p, 1, ST_WARN, "!");
    page_wrap(p, 3, ST_TEXT, buf_str(&b));
    buf_release(&b);
    buf_release(&name);
}

static void add_lift(const struct app *app, struct page *p)
{
    const struct grade_result *r = &app->grade;
    struct buf b = {0};
    for (int i = 0; i < r->n_lifts; i++)
        buf_addf(&b, T(app->cat, "%s%s from %d to %d"), i > 0 ? TC(app->cat, "list", ", ") : "", ck_of(app)->item[r->lift[i].item].id,
                 r->lift[i].from, r->lift[i].to);
    struct buf line = {0};
    buf_addf(&line, T(app->cat, "raise %s and the grade is %c"), buf_str(&b), letter_of(app, r->lift_grade));
    page_line(p);
    page_put(p, 1, ST_OK, app_glyph(app, GL_ARROW));
    page_wrap(p, 3, ST_STRONG, buf_str(&line));
    buf_release(&b);
    buf_release(&line);
}

static void add_caps(const struct app *app, struct page *p)
{
    const struct grade_result *r = &app->grade;
    if (r->n_caps == 0)
        return;
    struct buf b = {0};
    char score[8];
    score_format(score, r->overall.score);
    buf_addf(&b, T(app->cat, "%c by score (%s), but %c overall:"), letter_of(app, r->overall.by_score), score,
             letter_of(app, r->overall.grade));
    page_line(p);
    page_wrap(p, 1, ST_STRONG, buf_str(&b));
    for (int i = 0; i < r->n_caps && i < 4; i++)
        add_cap(app, p, &r->cap[i]);
    if (r->n_caps > 4) {
        buf_clear(&b);
        buf_addf(&b, TN(app->cat, "and %d more", "and %d more", (unsigned long)(r->n_caps - 4)), r->n_caps - 4);
        page_line(p);
        page_wrap(p, 3, ST_DIM, buf_str(&b));
    }
    if (r->n_lifts > 0)
        add_lift(app, p);
    page_line(p);
    buf_release(&b);
}

/* ---- Sections as bars ---- */

static void add_gauge(const struct app *app, struct page *p, int col, struct score score, unsigned style)
{
    int on = score.den == 0 ? 0 : score_tenths(score) * GAUGE / 1000;
    for (int i = 0; i < GAUGE; i++)
        page_put(p, col + i, i < on ? style : ST_RULE, app_glyph(app, i < on ? GL_BAR_ON : GL_BAR_OFF));
}

static int widest_section(const struct app *app)
{
    int width = 0;
    for (int s = 0; s < ck_of(app)->n_sections; s++) {
        int w = text_width(app_ltext(app, &ck_of(app)->section[s].brief));
        width = w > width ? w : width;
    }
    return width;
}

static void add_section_bar(const struct app *app, struct page *p, int section, int name_cols)
{
    const struct scope_grade *g = &app->grade.section[section];
    char score[8], target[8], cell[16];
    score_format(score, g->score);
    score_format(target, target_score(app->assessment, section));
    page_line(p);
    page_put(p, 1, ST_TEXT, app_ltext(app, &ck_of(app)->section[section].brief));
    snprintf(cell, sizeof cell, "%5s", score[0] != '\0' ? score : "-");
    int col = page_put(p, name_cols + 2, ST_TEXT, cell) + 1;
    char letter[2] = {letter_of(app, g->grade), '\0'};
    page_put(p, col, grade_style(app, g->grade), letter);
    add_gauge(app, p, col + 2, g->score, grade_style(app, g->grade));
    struct buf b = {0};
    buf_addf(&b, T(app->cat, "target %s"), target[0] != '\0' ? target : "-");
    page_put(p, col + 2 + GAUGE + 1, ST_DIM, buf_str(&b));
    buf_release(&b);
}

static void add_axes(const struct app *app, struct page *p)
{
    struct axes axes;
    axes_compute(&axes, ck_of(app), assessment_round(app->assessment));
    if (axes.accountability.den == 0)
        return;
    struct buf b = {0};
    page_line(p);
    buf_addf(&b, T(app->cat, "Accountability %d %%  Effectiveness %d %%"), score_tenths(axes.accountability) / 10,
             score_tenths(axes.effectiveness) / 10);
    page_line(p);
    page_wrap(p, 1, ST_TEXT, buf_str(&b));
    if (axes.paper) {
        buf_clear(&b);
        buf_addf(&b, TN(app->cat, "paper security? %d claim not yet verified", "paper security? %d claims not yet verified",
                        (unsigned long)axes.n_verify),
                 axes.n_verify);
        page_line(p);
        page_put(p, 1, ST_WARN, "!");
        page_wrap(p, 3, ST_WARN, buf_str(&b));
    }
    buf_release(&b);
}

static void add_outdated(const struct app *app, struct page *p)
{
    if (!export_outdated(app->assessment))
        return;
    page_line(p);
    page_put(p, 1, ST_WARN, "!");
    page_wrap(p, 3, ST_WARN, T(app->cat, "changed since the last export"));
}

static void build_head(const struct app *app, struct page *p)
{
    add_facts(app, p);
    add_caps(app, p);
    int name_cols = widest_section(app);
    for (int s = 0; s < ck_of(app)->n_sections; s++)
        add_section_bar(app, p, s, name_cols);
    add_axes(app, p);
    add_outdated(app, p);
}

/* ---- Comments ---- */

/* Sentences joined into one paragraph: Japanese without blanks between them, English with. */
static void add_comment(const struct app *app, struct page *p, int section, int indent)
{
    struct mark marks[ITEMS_MAX];
    const struct ck_verdict *chosen[VERDICTS_MAX];
    grade_marks(marks, assessment_round(app->assessment), ck_of(app)->n_items);
    int n = verdict_choose(chosen, ck_of(app), marks, &app->grade, section);
    struct buf b = {0};
    for (int i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i > 0 && app->lang != LANG_JA ? " " : "", app_ltext(app, &chosen[i]->say));
    if (n > 0) {
        page_line(p);
        page_wrap(p, indent, ST_TEXT, buf_str(&b));
    }
    buf_release(&b);
}

static void add_card(const struct app *app, struct page *p, int section)
{
    const struct scope_grade *g = &app->grade.section[section];
    char score[8], letter[2] = {letter_of(app, g->grade), '\0'};
    score_format(score, g->score);
    page_gap(p);
    page_line(p);
    int col = page_put(p, 1, ST_STRONG, app_ltext(app, &ck_of(app)->section[section].name)) + 2;
    if (g->why_none == TOO_FEW_APPLICABLE) {
        page_put(p, col, ST_DIM, T(app->cat, "no grade: too many items are not applicable"));
    } else if (g->why_none == NO_ANSWERS) {
        page_put(p, col, ST_DIM, T(app->cat, "nothing answered yet"));
    } else {
        col = page_put(p, col, grade_style(app, g->grade), letter) + 1;
        page_put(p, col, ST_TEXT, score);
    }
    add_comment(app, p, section, 3);
}

static void add_legend(const struct app *app, struct page *p)
{
    result_add_heading(p, T(app->cat, "What the letters mean"));
    for (int g = 0; g < ck_of(app)->n_grades; g++) {
        const struct ck_grade *grade = &ck_of(app)->grade[g];
        struct buf b = {0};
        char letter[2] = {grade->letter, '\0'};
        page_line(p);
        page_put(p, 3, grade_style(app, g), letter);
        /* The last letter has no lower end worth naming. */
        bool last = g > 0 && grade->min == 0;
        buf_addf(&b, last ? T(app->cat, "below %d: %s. %s") : T(app->cat, "%d and above: %s. %s"), last ? grade[-1].min : grade->min, app_ltext(app, &grade->name), app_ltext(app, &grade->meaning));
        page_wrap(p, 5, ST_TEXT, buf_str(&b));
        buf_release(&b);
    }
}

static void build_body(const struct app *app, const struct result *res, struct page *p)
{
    result_add_next(app, p, &res->gaps);
    if (app->grade.overall.grade != GRADE_NONE) {
        result_add_heading(p, T(app->cat, "Comment"));
        add_comment(app, p, -1, 1);
    }
    for (int s = 0; s < ck_of(app)->n_sections; s++)
        add_card(app, p, s);
    result_add_bench(app, p);
    result_add_verify(app, p);
    result_add_rounds(app, p);
    add_legend(app, p);
    page_gap(p);
    page_line(p);
    page_wrap(p, 1, ST_DIM, app_ltext(app, &ck_of(app)->attribution));
}

/* ---- The whole ---- */

struct pages {
    struct page head, body;
    int radar_col, radar_rows, radar_cols, radar_row; /* radar_rows 0: none */
    int body_row;
};

static void build(const struct app *app, const struct result *res, struct pages *ps, int cols)
{
    *ps = (struct pages){0};
    bool beside = cols >= SIDE_BY_SIDE;
    if (beside) {
        ps->radar_cols = cols * 9 / 20 < RADAR_COLS_MAX ? cols * 9 / 20 : RADAR_COLS_MAX;
        ps->radar_col = cols - ps->radar_cols - 1;
        ps->radar_rows = RADAR_ROWS + 1;
    }
    ps->head.cols = beside ? ps->radar_col - 1 : cols - 1;
    ps->body.cols = cols - 2;
    build_head(app, &ps->head);
    build_body(app, res, &ps->body);
    ps->body_row = ps->head.n_lines > ps->radar_rows ? ps->head.n_lines : ps->radar_rows;
    ps->body_row++;
}

static void release(struct pages *ps)
{
    page_release(&ps->head);
    page_release(&ps->body);
}

static int max_top(const struct pages *ps, int rows)
{
    int all = ps->body_row + ps->body.n_lines;
    return all > rows ? all - rows : 0;
}

static int tenths_of(struct score s)
{
    return s.den == 0 ? -1 : score_tenths(s);
}

static void draw_radar(const struct app *app, struct area a)
{
    struct radar r = {.n_axes = ck_of(app)->n_sections};
    const struct assessment *as = app->assessment;
    const struct benchmark *bench = bench_of(app);
    struct grade_result last;
    bool has_last = as->n_rounds > 1;
    if (has_last) {
        struct mark marks[ITEMS_MAX];
        grade_marks(marks, &as->round[as->n_rounds - 2], ck_of(app)->n_items);
        grade_compute(&last, ck_of(app), marks);
    }
    for (int s = 0; s < r.n_axes; s++) {
        r.label[s] = app_ltext(app, &ck_of(app)->section[s].brief);
        r.value[RADAR_NOW][s] = tenths_of(app->grade.section[s].score);
        r.value[RADAR_TARGET][s] = tenths_of(target_score(app->assessment, s));
        r.value[RADAR_LAST][s] = has_last ? tenths_of(last.section[s].score) : -1;
        r.value[RADAR_BENCH][s] = bench != NULL && bench->section[s].n > 0 ? bench->section[s].median : -1;
    }
    const char *const names[RADAR_SERIES_COUNT] = {T(app->cat, "now"), T(app->cat, "target"), T(app->cat, "last round"),
                                                   T(app->cat, "benchmark")};
    int first = a.rows - radar_legend_rows(&r, names, a.cols);
    radar_draw(&r, area_sub(a, 0, 0, first, a.cols), app->glyphs);
    radar_legend(&r, names, area_sub(a, first, 0, a.rows, a.cols), app->glyphs);
}

/* The radar scrolls with the page: drawn whole on a canvas of its own, of which the visible rows are copied. */
static void draw_radar_from(const struct app *app, struct area a, int first_row, int rows, int cols)
{
    struct canvas own;
    canvas_init(&own, rows, cols);
    draw_radar(app, area_all(&own));
    for (int row = first_row; row < rows; row++) {
        for (int col = 0; col < cols; col++) {
            const struct cell *cell = canvas_cell(&own, row, col);
            if (cell->width > 0)
                area_put(a, row - first_row, col, cell->style, cell->text);
        }
    }
    canvas_release(&own);
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct result *res = state;
    struct pages ps;
    build(app, res, &ps, a.cols);
    int top = res->top < max_top(&ps, a.rows) ? res->top : max_top(&ps, a.rows);
    if (top < ps.head.n_lines)
        page_draw(&ps.head, area_sub(a, 0, 0, ps.head.n_lines - top, ps.radar_rows > 0 ? ps.radar_col : a.cols), top);
    big_letter(a, 1 - top, 2, grade_style(app, app->grade.overall.grade), letter_of(app, app->grade.overall.grade),
               app_glyph(app, GL_BAR_ON));
    if (ps.radar_rows > 0 && top < ps.radar_rows)
        draw_radar_from(app, area_sub(a, 0, ps.radar_col, a.rows, ps.radar_cols), top, ps.radar_rows, ps.radar_cols);
    int body_row = ps.body_row - top;
    if (body_row < a.rows)
        page_draw(&ps.body, area_sub(a, body_row > 0 ? body_row : 0, 0, a.rows, a.cols), body_row > 0 ? 0 : -body_row);
    if (max_top(&ps, a.rows) > top)
        area_put(a, a.rows - 1, a.cols - 1, ST_DIM, app_glyph(app, GL_MORE));
    release(&ps);
}

static void scroll(struct app *app, void *state, enum act action)
{
    struct result *res = state;
    int rows, cols;
    app_content_size(app, &rows, &cols);
    struct pages ps;
    build(app, res, &ps, cols);
    int max = max_top(&ps, rows), page = rows > 2 ? rows - 2 : 1;
    release(&ps);
    const struct {
        enum act action;
        int to;
    } MOVES[] = {{ACT_UP, res->top - 1},           {ACT_DOWN, res->top + 1}, {ACT_PAGE_UP, res->top - page},
                 {ACT_PAGE_DOWN, res->top + page}, {ACT_FIRST, 0},           {ACT_LAST, max}};
    for (size_t i = 0; i < N_HANDLERS(MOVES); i++)
        if (MOVES[i].action == action)
            res->top = MOVES[i].to > max ? max : MOVES[i].to < 0 ? 0 : MOVES[i].to;
}

static void changed(struct app *app, void *state)
{
    struct result *res = state;
    char today[ISO_SIZE];
    figure_today(app, today);
    gaps_release(&res->gaps);
    gaps_compute(&res->gaps, app->assessment, today, DAY_RATE_DEFAULT);
}

static void close_result(struct app *app, void *state)
{
    (void)app;
    struct result *res = state;
    gaps_release(&res->gaps);
}

/* To the item that decides: the first that would lift the grade, else the first without an answer. */
static void go_decisive(struct app *app, void *state, enum act action)
{
    (void)state, (void)action;
    if (app->grade.n_lifts > 0) {
        app_go(app, app->grade.lift[0].item);
        return;
    }
    for (int i = 0; i < ck_of(app)->n_items; i++) {
        enum answer_state s = assessment_answer(app->assessment, i)->state;
        if (s == ANSWER_OPEN || s == ANSWER_UNKNOWN) {
            app_go(app, i);
            return;
        }
    }
    app_say(app, TONE_INFO, "%s", T(app->cat, "Every item is answered, and nothing holds the grade down"));
}

static void export(struct app *app, void *state, enum act action)
{
    (void)state;
    if (action == ACT_EXPORT)
        hand_over_export(app);
    else if (action == ACT_BENCHMARK)
        hand_over_benchmark(app);
    else if (action == ACT_BENCH_ITEMS && bench_of(app) != NULL)
        app_push(app, &bench_items_screen, NULL);
    else if (action == ACT_BENCH_ITEMS)
        app_say(app, TONE_INFO, T(app->cat, "There is no benchmark yet: %s takes one"), keymap_key(CTX_PAGE, ACT_BENCHMARK));
    else
        hand_over_report(app);
}

static void show_tab(struct app *app, void *state, enum act action)
{
    (void)state;
    const struct screen_ops *want = action == ACT_SHOW_ACTIONS ? &actions_screen : &plan_screen;
    for (int i = 0; i < app->n_tabs; i++)
        if (app->tab[i].ops == want)
            app_show_tab(app, i);
}

static const struct handler HANDLERS[] = {
    {ACT_SHOW_ACTIONS, show_tab}, {ACT_SHOW_PLAN, show_tab}, {ACT_EXPORT, export}, {ACT_REPORT, export}, {ACT_BENCHMARK, export}, {ACT_BENCH_ITEMS, export},
    {ACT_OPEN, go_decisive},
    {ACT_UP, scroll}, {ACT_DOWN, scroll}, {ACT_PAGE_UP, scroll}, {ACT_PAGE_DOWN, scroll}, {ACT_FIRST, scroll}, {ACT_LAST, scroll},
};

const struct screen_ops result_screen = {
    .name = "result",
    .title = N_("Result"),
    .context = CTX_PAGE,
    .state_size = sizeof(struct result),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .draw = draw,
    .changed = changed,
    .close = close_result,
};
