/* The Site tab: what is assessed, how much depends on it, and who takes part. A list of rows; Enter changes one: a text in a prompt, a choice
 * to its next value, a person in a form of its own. Beside or below the rows: what the row is for and how to choose. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/app.h"
#include "tui/screen/screens.h"
#include "tui/widget/list.h"
#include "tui/widget/page.h"

enum row { ROW_COMPANY, ROW_NAME, ROW_ID, ROW_COUNTRY, ROW_INDUSTRY, ROW_EMPLOYEES, ROW_IMPORTANCE, ROW_MODEL, ROW_KIND, ROW_ASSESSOR,
           ROW_EDITION, ROW_PEOPLE /* the first person, or "add" */ };

struct row_info {
    const char *label; /* max 18 columns */
    const char *help;
};

static const struct row_info ROWS[ROW_PEOPLE] = {
    [ROW_COMPANY] = {N_("Company"), N_("The company that the plant belongs to, as headquarters writes it.")},
    [ROW_NAME] = {N_("Site"), N_("The plant, or the part of it that is assessed. It stands on every page of the report.")},
    [ROW_ID] = {N_("Site id"), N_("How headquarters tells sites apart: letters, digits and hyphens. Keep it the same from round to round.")},
    [ROW_COUNTRY] = {N_("Country"), N_("Two letters, as in JP, TH, US.")},
    [ROW_INDUSTRY] = {N_("Industry"), N_("In your own words: machinery, food, chemicals ... Headquarters compares like with like.")},
    [ROW_EMPLOYEES] = {N_("Employees"), N_("People who work at the site. Effort and cost of the next actions are scaled with it.")},
    [ROW_IMPORTANCE] = {N_("Importance"), N_("How much depends on this site. It sets how far is enough: the target level of each item.")},
    [ROW_MODEL] = {N_("Model plant"), N_("A plant whose measures other plants are to take over.")},
    [ROW_KIND] = {N_("This round"), N_("Who answers: the plant itself, or an assessor from outside.")},
    [ROW_ASSESSOR] = {N_("Assessor"), N_("Who leads the interview of this round. Add the person below first.")},
    [ROW_EDITION] = {N_("Wording"), N_("Which published wording of the items is shown. Answers stay the same.")},
};

struct site_screen {
    struct list list;
};

static int n_rows(const struct app *app)
{
    return ROW_PEOPLE + (int)app->assessment->n_people + 1;
}

/* ---- Values ---- */

static const char *kind_name(const struct app *app, enum round_kind kind)
{
    return kind == ROUND_ASSESSOR ? T(app->cat, "by an assessor") : T(app->cat, "self-assessment");
}

static void row_value(const struct app *app, int row, struct buf *out)
{
    const struct assessment *as = app->assessment;
    const struct site *site = &as->site;
    const struct round *round = assessment_round(as);
    const struct person *assessor = assessment_person(as, round->assessor);
    switch ((enum row)row) {
    case ROW_COMPANY:
        buf_adds(out, site->company);
        break;
    case ROW_NAME:
        buf_adds(out, site->name);
        break;
    case ROW_ID:
        buf_adds(out, site->id);
        break;
    case ROW_COUNTRY:
        buf_adds(out, site->country);
        break;
    case ROW_INDUSTRY:
        buf_adds(out, site->industry);
        break;
    case ROW_EMPLOYEES:
        if (site->employees > 0)
            buf_addf(out, "%ld", site->employees);
        break;
    case ROW_IMPORTANCE:
        buf_adds(out, app_ltext(app, &as->checklist->importance[site->importance].name));
        break;
    case ROW_MODEL:
        buf_adds(out, site->model ? T(app->cat, "yes") : T(app->cat, "no"));
        break;
    case ROW_KIND:
        buf_adds(out, kind_name(app, round->kind));
        break;
    case ROW_ASSESSOR:
        buf_adds(out, assessor != NULL ? assessor->name : "");
        break;
    case ROW_EDITION:
        buf_adds(out, app_ltext(app, &as->checklist->edition[as->edition].name));
        break;
    case ROW_PEOPLE:
        break;
    }
}

/* ---- Changing ---- */

static void begin_site(const struct app *app, struct change *c)
{
    *c = (struct change){.kind = CHANGE_SITE};
    site_copy(&c->u.site, &app->assessment->site);
}

static void begin_round(const struct app *app, struct change *c)
{
    *c = (struct change){.kind = CHANGE_ROUND, .index = app->assessment->n_rounds - 1};
    round_copy(&c->u.round, assessment_round(app->assessment), app->assessment->checklist);
}

static bool good_id(const char *s)
{
    for (const char *c = s; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && strchr("-._", *c) == NULL)
            return false;
    return s[0] != '\0' && isalnum((unsigned char)s[0]);
}

static bool good_country(char s[3])
{
    for (int i = 0; i < 2; i++) {
        if (!isalpha((unsigned char)s[i]))
            return s[0] == '\0';
        s[i] = (char)toupper((unsigned char)s[i]);
    }
    return s[2] == '\0';
}

static void set_field(struct app *app, char **(*field)(struct site *), const char *text)
{
    struct change c;
    begin_site(app, &c);
    field_set(field(&c.u.site), text, FIELD_MAX, false);
    app_do(app, &c, 0);
}

static char **company_of(struct site *s)
{
    return &s->company;
}

static char **name_of(struct site *s)
{
    return &s->name;
}

static char **id_of(struct site *s)
{
    return &s->id;
}

static char **country_of(struct site *s)
{
    return &s->country;
}

static char **industry_of(struct site *s)
{
    return &s->industry;
}

static void company_done(struct app *app, int item, const char *text)
{
    (void)item;
    set_field(app, company_of, text);
}

static void name_done(struct app *app, int item, const char *text)
{
    (void)item;
    set_field(app, name_of, text);
}

static void industry_done(struct app *app, int item, const char *text)
{
    (void)item;
    set_field(app, industry_of, text);
}

static void id_done(struct app *app, int item, const char *text)
{
    (void)item;
    if (good_id(text))
        set_field(app, id_of, text);
    else
        app_say(app, TONE_WARN, "%s", T(app->cat, "A site id has letters, digits, hyphens, dots and underscores only"));
}

static void country_done(struct app *app, int item, const char *text)
{
    (void)item;
    char code[3] = "";
    snprintf(code, sizeof code, "%.2s", text);
    if (strlen(text) <= 2 && good_country(code))
        set_field(app, country_of, code);
    else
        app_say(app, TONE_WARN, "%s", T(app->cat, "A country is two letters, as in JP"));
}

static void employees_done(struct app *app, int item, const char *text)
{
    (void)item;
    char *end;
    long n = strtol(text, &end, 10);
    if (*end != '\0' || n < 0 || n > 10000000) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "Employees: a number from 0 to 10,000,000"));
        return;
    }
    struct change c;
    begin_site(app, &c);
    c.u.site.employees = n;
    app_do(app, &c, 0);
}

static void next_importance(struct app *app)
{
    struct change c;
    begin_site(app, &c);
    c.u.site.importance = (enum importance)((c.u.site.importance + 1) % IMPORTANCE_COUNT);
    app_do(app, &c, 0);
}

static void toggle_model(struct app *app)
{
    struct change c;
    begin_site(app, &c);
    c.u.site.model = !c.u.site.model;
    app_do(app, &c, 0);
}

static void next_kind(struct app *app)
{
    struct change c;
    begin_round(app, &c);
    c.u.round.kind = (enum round_kind)((c.u.round.kind + 1) % ROUND_KIND_COUNT);
    app_do(app, &c, 0);
}

static void assessor_done(struct app *app, int tag, const char *id)
{
    struct change c;
    (void)tag;
    begin_round(app, &c);
    field_set(&c.u.round.assessor, id, FIELD_MAX, false);
    app_do(app, &c, 0);
}

static void next_assessor(struct app *app)
{
    struct pick pick = {.title = N_("Assessor"), .current = assessment_round(app->assessment)->assessor, .item = -1, .done = assessor_done};
    pick_person(app, &pick);
}

static void next_edition(struct app *app)
{
    struct change c = {.kind = CHANGE_EDITION};
    c.index = (size_t)((app->assessment->edition + 1) % app->assessment->checklist->n_editions);
    app_do(app, &c, 0);
}

static void ask_text(struct app *app, int row, void (*done)(struct app *, int, const char *))
{
    struct buf value = {0};
    row_value(app, row, &value);
    struct ask ask = {.title = ROWS[row].label, .initial = buf_str(&value), .item = -1, .done = done};
    app_push(app, &ask_screen, &ask);
    buf_release(&value);
}

static void change_row(struct app *app, int row)
{
    switch ((enum row)row) {
    case ROW_COMPANY:
        ask_text(app, row, company_done);
        break;
    case ROW_NAME:
        ask_text(app, row, name_done);
        break;
    case ROW_ID:
        ask_text(app, row, id_done);
        break;
    case ROW_COUNTRY:
        ask_text(app, row, country_done);
        break;
    case ROW_INDUSTRY:
        ask_text(app, row, industry_done);
        break;
    case ROW_EMPLOYEES:
        ask_text(app, row, employees_done);
        break;
    case ROW_IMPORTANCE:
        next_importance(app);
        break;
    case ROW_MODEL:
        toggle_model(app);
        break;
    case ROW_KIND:
        next_kind(app);
        break;
    case ROW_ASSESSOR:
        next_assessor(app);
        break;
    case ROW_EDITION:
        next_edition(app);
        break;
    case ROW_PEOPLE:
        break;
    }
}

static void open_row(struct app *app, void *state, enum act action)
{
    (void)action;
    const struct site_screen *st = state;
    if (app->read_only) {
        app_say(app, TONE_WARN, "%s", T(app->cat, "This file is open read-only"));
        return;
    }
    if (st->list.sel < ROW_PEOPLE) {
        change_row(app, st->list.sel);
        return;
    }
    int person = st->list.sel - ROW_PEOPLE;
    app_push(app, &person_screen, &person);
}

/* ---- Drawing ---- */

static int label_cols(const struct app *app)
{
    int width = 0;
    for (int row = 0; row < ROW_PEOPLE; row++) {
        int w = text_width(T(app->cat, ROWS[row].label));
        width = w > width ? w : width;
    }
    return width;
}

static void draw_person(const struct app *app, struct area a, int row, const struct person *p)
{
    struct buf b = {0};
    int role = p->role[0] != '\0' ? checklist_role(app->assessment->checklist, p->role) : -1;
    buf_adds(&b, p->name[0] != '\0' ? p->name : p->id);
    if (p->dept[0] != '\0')
        buf_addf(&b, "  %s", p->dept);
    if (role >= 0)
        buf_addf(&b, "  %s", app_ltext(app, &app->assessment->checklist->role[role].brief));
    if (p->duty != PERSON_DUTY_NONE)
        buf_addf(&b, "  %s", person_duty_name(app, p->duty));
    area_put_fit(a, row, 3, a.cols - 4, ST_TEXT, buf_str(&b));
    buf_release(&b);
}

static void draw_row(const struct app *app, struct area a, int at, int row, bool selected)
{
    int people = row - ROW_PEOPLE;
    if (selected)
        area_put(a, at, 1, ST_ACCENT, app_glyph(app, GL_CURSOR));
    if (people >= 0 && people < (int)app->assessment->n_people) {
        draw_person(app, a, at, &app->assessment->person[people]);
    } else if (people >= 0) {
        area_put_fit(a, at, 3, a.cols - 4, ST_DIM, T(app->cat, "+ add a person"));
    } else {
        struct buf value = {0};
        int col = label_cols(app) + 5;
        row_value(app, row, &value);
        area_put(a, at, 3, ST_DIM, T(app->cat, ROWS[row].label));
        area_put_fit(a, at, col, a.cols - col - 1, value.len > 0 ? ST_STRONG : ST_DIM, value.len > 0 ? buf_str(&value) : app_glyph(app, GL_DASH));
        buf_release(&value);
    }
    if (selected)
        area_select(a, at);
}

/* All of them, or where there is no room the one that is chosen: Enter shows the next. */
static void add_importance_help(const struct app *app, struct page *p, bool all)
{
    for (int i = 0; i < IMPORTANCE_COUNT; i++) {
        const struct ck_importance *imp = &app->assessment->checklist->importance[i];
        bool on = (int)app->assessment->site.importance == i;
        if (!on && !all)
            continue;
        page_line(p);
        if (on)
            page_put(p, 1, ST_TITLE, app_glyph(app, GL_MARK));
        page_put(p, 3, on ? ST_STRONG : ST_KEY, app_ltext(app, &imp->name));
        page_wrap(p, 10, on ? ST_STRONG : ST_TEXT, app_ltext(app, &imp->help));
    }
}

static void build_help(const struct app *app, int row, struct page *p, int rows)
{
    enum { ROOMY_ROWS = 9 };
    if (row == ROW_IMPORTANCE && rows < ROOMY_ROWS) {
        add_importance_help(app, p, false);
        return;
    }
    page_line(p);
    page_wrap(p, 1, ST_TEXT,
              row < ROW_PEOPLE ? T(app->cat, ROWS[row].help)
                               : T(app->cat, "Who takes part, and whether the person decides (governance) or carries out (management). Answers "
                                             "can name who said so; unknown ones, whom to ask."));
    if (row == ROW_IMPORTANCE) {
        page_gap(p);
        add_importance_help(app, p, true);
    }
    if (row == ROW_EDITION) {
        page_gap(p);
        page_line(p);
        page_wrap(p, 1, ST_DIM, app_ltext(app, &app->assessment->checklist->edition[app->assessment->edition].attribution));
    }
}

/* Rows and help side by side when there is room, else the help below. */
static void split(const struct area a, struct area *rows, struct area *help, bool *beside)
{
    *beside = a.cols >= 100;
    int list_cols = *beside ? a.cols / 2 : a.cols;
    int help_rows = a.rows > 14 ? (a.rows - 12 > 9 ? 9 : a.rows - 12) : 0;
    int list_rows = *beside ? a.rows : a.rows - help_rows;
    *rows = area_sub(a, 0, 0, list_rows, list_cols);
    *help = *beside ? area_sub(a, 0, list_cols + 1, a.rows, a.cols - list_cols - 1) : area_sub(a, list_rows, 0, help_rows, a.cols);
}

static int visible_rows(const struct app *app)
{
    struct area a = {0}, rows, help;
    bool beside;
    app_content_size(app, &a.rows, &a.cols);
    split(a, &rows, &help, &beside);
    return rows.rows;
}

static void draw(const struct app *app, const void *state, struct area a)
{
    const struct site_screen *st = state;
    struct area rows, help;
    bool beside;
    split(a, &rows, &help, &beside);
    int top = list_top(&st->list, n_rows(app), rows.rows);
    for (int i = 0; i < rows.rows && top + i < n_rows(app); i++)
        draw_row(app, rows, i, top + i, top + i == st->list.sel);
    list_bar(rows, top, n_rows(app), app->glyphs);
    if (help.rows <= 0)
        return;
    struct page p = {.cols = help.cols - 2};
    if (!beside) {
        area_hline(help, 0, ST_RULE, app_glyph(app, GL_HLINE));
        help = area_sub(help, 1, 0, help.rows - 1, help.cols);
    } else {
        area_vline(area_sub(a, 0, rows.cols, a.rows, 1), 0, ST_RULE, app_glyph(app, GL_VLINE));
    }
    build_help(app, st->list.sel, &p, help.rows);
    page_draw(&p, help, 0);
    page_release(&p);
}

static void move(struct app *app, void *state, enum act action)
{
    struct site_screen *st = state;
    list_act(&st->list, action, n_rows(app), visible_rows(app));
}

static void click(struct app *app, void *state, struct click c)
{
    struct site_screen *st = state;
    int rows = visible_rows(app), row = list_top(&st->list, n_rows(app), rows) + c.row;
    if (c.row >= rows || row >= n_rows(app))
        return;
    bool again = row == st->list.sel;
    list_select(&st->list, row, n_rows(app), rows);
    if (again)
        open_row(app, st, ACT_OPEN);
}

static void changed(struct app *app, void *state)
{
    struct site_screen *st = state;
    if (st->list.sel >= n_rows(app))
        st->list.sel = n_rows(app) - 1;
}

static const struct handler HANDLERS[] = {
    {ACT_UP, move},   {ACT_DOWN, move}, {ACT_PAGE_UP, move}, {ACT_PAGE_DOWN, move},
    {ACT_FIRST, move}, {ACT_LAST, move}, {ACT_OPEN, open_row},
};

const struct screen_ops site_screen = {
    .name = "site",
    .title = N_("Site"),
    .context = CTX_FORM,
    .state_size = sizeof(struct site_screen),
    .handlers = HANDLERS,
    .n_handlers = N_HANDLERS(HANDLERS),
    .draw = draw,
    .click = click,
    .changed = changed,
};
