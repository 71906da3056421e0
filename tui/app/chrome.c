/* What surrounds every screen: header bar, tab bar, message line, footer. See app.h. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/app/message.h"
#include "tui/widget/page.h"

enum { MESSAGE_ROWS = 4 };
enum { ROOMY_ROWS = 18 }; /* from here on there is room for rules */

/* The screen that fills the window, whatever strip lies over it; NULL: there is none. */
static const struct screen_ops *filling(const struct app *app)
{
    for (int i = app->n_layers - 1; i >= 0; i--)
        if (app->layer[i].ops->bottom_rows == 0)
            return app->layer[i].ops;
    return app->n_tabs > 0 ? app->tab[app->tab_now].ops : NULL;
}

static bool about_the_file(const struct app *app)
{
    const struct screen_ops *ops = filling(app);
    return app->assessment != NULL && (ops == NULL || !ops->alone);
}

struct layout chrome_layout(const struct app *app)
{
    bool rules = app->rows >= ROOMY_ROWS, tabs = about_the_file(app);
    struct layout l = {.header = 0, .tabs = tabs ? 1 : -1, .footer = app->rows - 1, .rules = rules};
    l.content = 1 + tabs + rules;
    /* Without a rule to write on, a message takes the footer's place. */
    l.message = rules ? l.footer - 1 : l.footer;
    l.content_rows = l.message - l.content;
    return l;
}

/* Header */

static void add_local_time(struct buf *out, time_t t, const char *fmt)
{
    struct tm local;
    char s[32];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (localtime_r(&t, &local) != NULL && strftime(s, sizeof s, fmt, &local) > 0)
        buf_adds(out, s);
#pragma GCC diagnostic pop
}

/* "#57" stands on the screen only when revision 57 is on the disk. */
void chrome_save_text(const struct app *app, struct buf *out)
{
    const struct store_state *s = &app->save;
    if (app_is_example(app)) {
        buf_adds(out, T(app->cat, "EXAMPLE"));
    } else if (app->read_only) {
        buf_adds(out, T(app->cat, "read-only"));
    } else if (s->phase == STORE_FAILING) {
        buf_adds(out, T(app->cat, "NOT SAVED"));
    } else if (s->durable < s->submitted || s->phase == STORE_SAVING) {
        buf_adds(out, T(app->cat, "saving"));
    } else if (s->saved_at != 0) {
        buf_addf(out, T(app->cat, "saved #%ld "), s->durable);
        add_local_time(out, s->saved_at, "%H:%M");
    } else {
        long long modified;
        buf_addf(out, T(app->cat, "saved #%ld "), s->durable);
        if (iso_parse(&modified, app->assessment->modified))
            add_local_time(out, (time_t)modified, "%m-%d");
    }
}

static void add_grade(const struct app *app, struct buf *out)
{
    const struct scope_grade *g = &app->grade.overall;
    char score[16];
    score_format(score, g->score);
    if (g->grade == GRADE_NONE) {
        buf_addf(out, "%s %s", T(app->cat, "grade"), app_glyph(app, GL_DASH));
        return;
    }
    char letter = app->assessment->checklist->grade[g->grade].letter;
    if (app->grade.provisional)
        buf_addf(out, T(app->cat, "prov. %c"), letter);
    else
        buf_addf(out, T(app->cat, "grade %c"), letter);
    buf_addf(out, " %s", score);
}

static unsigned grade_style(const struct app *app)
{
    int grade = app->grade.overall.grade;
    return grade == GRADE_NONE ? ST_DIM : grade >= 3 ? ST_LOW : grade == 2 ? ST_MID : ST_OK;
}

enum part { PART_GRADE, PART_SAVE, PART_COUNT, PART_TIMER, PARTS };

/* The right end: parts are dropped from the last until they fit. */
static int draw_right(const struct app *app, struct area a, int min_left)
{
    struct buf part[PARTS] = {0};
    unsigned style[PARTS] = {grade_style(app), ST_DIM, ST_TEXT, ST_DIM};
    add_grade(app, &part[PART_GRADE]);
    chrome_save_text(app, &part[PART_SAVE]);
    if (app->save.phase == STORE_FAILING && !app->read_only)
        style[PART_SAVE] = ST_BAD;
    if (app_is_example(app))
        style[PART_SAVE] = ST_WARN;
    buf_addf(&part[PART_COUNT], "%d/%d", app_asked(app, -1), app->grade.overall.total);
    long long minutes = (app->clock.ms(app->clock.cookie) - app->opened_ms) / 60000;
    if (app->assessment->site.example && !app_is_example(app)) { /* a copy that is kept; in monshin demo the state of saving says it */
        buf_clear(&part[PART_COUNT]);
        buf_adds(&part[PART_COUNT], T(app->cat, "EXAMPLE"));
        style[PART_COUNT] = ST_WARN;
    } else {
        buf_addf(&part[PART_TIMER], T(app->cat, "%lld min"), minutes);
    }

    int n = PARTS, width = 0;
    for (int i = 0; i < PARTS; i++)
        width += text_width(buf_str(&part[i])) + 2;
    while (n > 1 && a.cols - width < min_left)
        width -= text_width(buf_str(&part[--n])) + 2;
    static const enum part ORDER[PARTS] = {PART_TIMER, PART_COUNT, PART_SAVE, PART_GRADE};
    int start = a.cols - width + 1, col = start;
    for (int i = 0; i < PARTS; i++)
        if ((int)ORDER[i] < n)
            col = area_put(a, 0, col, style[ORDER[i]], buf_str(&part[ORDER[i]])) + 2;
    for (int i = 0; i < PARTS; i++)
        buf_release(&part[i]);
    return start;
}

static void draw_header(const struct app *app, struct area a)
{
    area_put(a, 0, 1, ST_TITLE, "monshin");
    if (!about_the_file(app)) {
        const struct screen_ops *ops = filling(app);
        int col = ops != NULL && ops->title != NULL ? area_put(a, 0, 10, ST_STRONG, T(app->cat, ops->title)) + 2 : 10;
        if (app_is_example(app))
            area_put(a, 0, col, ST_WARN, T(app->cat, "EXAMPLE"));
        return;
    }
    const struct assessment *as = app->assessment;
    const struct round *round = assessment_round(as);
    struct buf when = {0};
    buf_addf(&when, T(app->cat, "round %zu"), as->n_rounds);
    buf_addf(&when, " %.7s", round->started);
    const char *site = as->site.name[0] != '\0' ? as->site.name : as->site.company;
    int when_width = text_width(buf_str(&when));
    int left = a.cols < 60 ? 1 : 10;
    int right = draw_right(app, area_sub(a, 0, left, 1, a.cols - left), when_width + 14) + left;
    if (left == 1)
        area_fill(area_sub(a, 0, 1, 1, right - 2), ST_TEXT);
    int room = right - 2 - left, site_width = text_width(site);
    bool with_round = room >= when_width + 2 + (site_width < 12 ? site_width : 12);
    int site_room = with_round ? room - when_width - 2 : room;
    int col = left;
    if (site_room > 2 && site[0] != '\0')
        col = area_put_fit(a, 0, left, site_width < site_room ? site_width : site_room, ST_STRONG, site) + 2;
    if (with_round)
        area_put(a, 0, col, ST_DIM, buf_str(&when));
    buf_release(&when);
}

/* Tabs */

struct tab_place {
    int col, width; /* of the label, pads included */
};

static void tab_label(const struct app *app, int i, bool count, struct buf *out)
{
    const struct open_screen *s = &app->tab[i];
    buf_clear(out);
    if (s->section < 0) {
        buf_adds(out, T(app->cat, s->ops->title));
        return;
    }
    const struct ck_section *section = &app->assessment->checklist->section[s->section];
    buf_adds(out, app_ltext(app, &section->brief));
    if (count)
        buf_addf(out, " %d/%d", app_asked(app, s->section), section->n_items);
}

/* Width of the bar when each label has pad blanks on both sides; a separator between two labels. */
static int place_tabs(const struct app *app, struct tab_place *place, int pad, bool count)
{
    struct buf b = {0};
    int col = 1;
    for (int i = 0; i < app->n_tabs; i++) {
        tab_label(app, i, count || i == app->tab_now, &b);
        place[i] = (struct tab_place){col, text_width(buf_str(&b)) + 2 * pad};
        col += place[i].width + 1;
    }
    buf_release(&b);
    return col;
}

struct tab_bar {
    struct tab_place place[TABS_MAX];
    int pad;
    bool count;
    int scroll; /* columns cut at the left */
};

static void lay_out_tabs(const struct app *app, struct tab_bar *bar, int cols)
{
    static const struct {
        int pad;
        bool count;
    } TRIES[] = {{1, true}, {0, true}, {0, false}};
    *bar = (struct tab_bar){0};
    int width = 0;
    for (size_t i = 0; i < sizeof TRIES / sizeof TRIES[0]; i++) {
        bar->pad = TRIES[i].pad;
        bar->count = TRIES[i].count;
        width = place_tabs(app, bar->place, bar->pad, bar->count);
        if (width <= cols)
            return;
    }
    const struct tab_place *now = &bar->place[app->tab_now];
    int end = now->col + now->width + 1;
    bar->scroll = end > cols ? end - cols : 0;
}

static void draw_tabs(const struct app *app, struct area a)
{
    struct tab_bar bar;
    lay_out_tabs(app, &bar, a.cols);
    struct buf b = {0};
    for (int i = 0; i < app->n_tabs; i++) {
        bool on = i == app->tab_now;
        int col = bar.place[i].col - bar.scroll, end = col + bar.place[i].width;
        tab_label(app, i, bar.count || on, &b);
        if (col < 1)
            continue;
        if (on && bar.pad > 0)
            area_fill(area_sub(a, 0, col, 1, bar.place[i].width), ST_TAB_ON);
        int room = a.cols - col - bar.pad;
        if (room < 3)
            break; /* not half a word */
        int width = text_width(buf_str(&b));
        area_put_fit(a, 0, col + bar.pad, room < width ? room : width, on ? ST_TAB_ON : ST_TAB, buf_str(&b));
        bool next_on = i + 1 == app->tab_now;
        if (i + 1 < app->n_tabs && !on && !next_on)
            area_put(a, 0, end, ST_RULE, app_glyph(app, GL_TAB_GAP));
        if (on) {
            area_put(a, 0, col - 1, ST_TITLE, app_glyph(app, GL_TAB_LEFT));
            area_put(a, 0, end, ST_TITLE, app_glyph(app, GL_TAB_RIGHT));
        }
    }
    buf_release(&b);
}

int chrome_tab_at(const struct app *app, int col)
{
    struct tab_bar bar;
    lay_out_tabs(app, &bar, app->cols);
    for (int i = 0; i < app->n_tabs; i++) {
        int start = bar.place[i].col - bar.scroll;
        if (col >= start && col < start + bar.place[i].width)
            return i;
    }
    return -1;
}

/* Message line and footer */

/* Why nothing is saved, and the way out, which is never what is cut off. */
static void add_failure(const struct app *app, struct buf *out, int cols)
{
    const struct diag *d = &app->save.diag;
    struct buf reason = {0}, offer = {0};
    buf_addf(&offer, T(app->cat, " - trying again; %s: save elsewhere"), keymap_key(CTX_ITEMS, ACT_SAVE_ELSEWHERE));
    buf_adds(&reason, T(app->cat, "Not saved: "));
    if (d->err == ERR_WRITE && d->sys != 0)
        buf_adds(&reason, message_system(app->cat, d->sys));
    else
        message_diag(&reason, app->cat, d);
    text_fit(out, buf_str(&reason), cols - text_width(buf_str(&offer)), false);
    buf_adds(out, buf_str(&offer));
    buf_release(&reason);
    buf_release(&offer);
}

/* What does not fit on one row goes on above it; what stays for longer than a key takes one row only. */
static void put_lines(struct area a, int row, unsigned style, const char *text, int most)
{
    struct page p = {.cols = a.cols - 1};
    struct buf fit = {0};
    page_line(&p);
    page_wrap(&p, 1, style, text);
    int rows = p.n_lines;
    if (rows > most)
        rows = most;
    if (rows > 1) {
        area_fill(area_sub(a, row - rows + 1, 0, rows, a.cols), ST_TEXT);
        page_draw(&p, area_sub(a, row - rows + 1, 0, rows, a.cols), 0);
    } else {
        area_fill(area_sub(a, row, 0, 1, a.cols), ST_TEXT);
        text_fit(&fit, text, a.cols - 2, false);
        area_put(a, row, 1, style, buf_str(&fit));
    }
    buf_release(&fit);
    page_release(&p);
}

/* On a strip at the bottom somebody is typing: nothing may cover that. */
static int message_rows(const struct app *app)
{
    const struct open_screen *s = app_top(app);
    return app->message[0] == '\0' || (s != NULL && s->ops->bottom_rows > 0) ? 1 : MESSAGE_ROWS;
}

void chrome_message(const struct app *app, struct area a)
{
    int row = chrome_layout(app).message;
    static const unsigned STYLES[] = {[TONE_INFO] = ST_ACCENT, [TONE_WARN] = ST_WARN, [TONE_BAD] = ST_BAD};
    struct buf b = {0};
    unsigned style = STYLES[app->tone];
    bool failing = app->save.phase == STORE_FAILING && app->assessment != NULL && !app->read_only;
    /* "Done" must not stand where "not saved, because" has to. */
    if (app->message[0] != '\0' && (!failing || app->tone != TONE_INFO)) {
        buf_adds(&b, app->message);
    } else if (failing) {
        add_failure(app, &b, a.cols - 2);
        style = ST_BAD;
    } else {
        watch_text(app, &b);
        style = ST_WARN;
    }
    if (b.len > 0)
        put_lines(a, row, style, buf_str(&b), message_rows(app));
    buf_release(&b);
}

static void hint_key(struct buf *out, enum context context, const struct hint *h)
{
    buf_clear(out);
    buf_adds(out, keymap_key(context, h->first));
    if (h->last != h->first)
        buf_addf(out, "-%s", keymap_key(context, h->last));
}

static int hint_width(const struct app *app, enum context context, const struct hint *h, struct buf *key)
{
    hint_key(key, context, h);
    return text_width(buf_str(key)) + 1 + text_width(T(app->cat, action_info(h->first)->hint)) + 2;
}

/* Keys and words for as many hints as fit; those that hold everywhere (help, quit) keep their place at the end. */
static void draw_footer(const struct app *app, struct area a, int row)
{
    const struct open_screen *s = app_top(app);
    if (s == NULL)
        return;
    enum context context = s->ops->context;
    bool modal = keymap_key(context, ACT_HELP)[0] == '\0';
    size_t n;
    const struct hint *hints = keymap_hints(&n);
    struct buf key = {0};
    int reserved = 0;
    for (size_t i = 0; i < n; i++)
        if (hints[i].context == CTX_ANYWHERE && !modal)
            reserved += hint_width(app, context, &hints[i], &key);
    int col = 1;
    for (size_t i = 0; i < n; i++) {
        bool general = hints[i].context == CTX_ANYWHERE;
        if (general ? modal : hints[i].context != context)
            continue;
        int width = hint_width(app, context, &hints[i], &key);
        if (general)
            reserved -= width;
        if (col + width - 2 + reserved > a.cols)
            continue;
        int after = area_put(a, row, col, ST_KEY, buf_str(&key));
        area_put(a, row, after + 1, ST_DIM, T(app->cat, action_info(hints[i].first)->hint));
        col += width;
    }
    buf_release(&key);
}

void chrome_draw(const struct app *app, struct area a)
{
    struct layout l = chrome_layout(app);
    draw_header(app, area_sub(a, l.header, 0, 1, a.cols));
    if (l.tabs >= 0)
        draw_tabs(app, area_sub(a, l.tabs, 0, 1, a.cols));
    if (l.rules) {
        area_hline(a, l.content - 1, ST_RULE, app_glyph(app, GL_HLINE));
        area_hline(a, l.message, ST_RULE, app_glyph(app, GL_HLINE));
    }
    bool message = app->message[0] != '\0' || (app->save.phase == STORE_FAILING && app->assessment != NULL) ||
                   app->outside != OUTSIDE_SAME;
    if (l.rules || !message)
        draw_footer(app, a, l.footer);
}
