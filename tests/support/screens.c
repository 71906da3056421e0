/* See screens.h. */
#include "tests/support/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "tests/unit/cm.h"

static const char T0[] = "2026-11-20T10:02:11+09:00";

static time_t stage_now(void *cookie)
{
    return ((struct stage *)cookie)->now;
}

static long long stage_ms(void *cookie)
{
    return ((struct stage *)cookie)->ms;
}

static void apply(struct assessment *a, struct change *c)
{
    assessment_apply(a, c, NULL);
}

static void level(struct assessment *a, const char *id, int n, enum basis basis)
{
    struct change c;
    int item = checklist_item(a->checklist, id);
    assert_true(item >= 0);
    change_level(&c, a, item, n, T0);
    c.u.answer.basis = basis;
    apply(a, &c);
}

static void answers(struct assessment *a)
{
    struct change c;
    level(a, "1-1", 3, BASIS_EXAMINE);
    level(a, "1-2", 2, BASIS_INTERVIEW);
    level(a, "1-3", 1, BASIS_INTERVIEW);
    level(a, "2-1", 4, BASIS_TEST);
    level(a, "2-2", 5, BASIS_NONE);
    level(a, "3-1", 3, BASIS_TEST);
    int item = checklist_item(a->checklist, "3-1");
    change_alternative(&c, a, item, true, T0);
    apply(a, &c);
    change_flag(&c, a, item, true, T0);
    apply(a, &c);
    change_note(&c, a, item, "PLC系はUSB型アンチウイルスで月1回検査。実演を確認。", T0);
    apply(a, &c);
    item = checklist_item(a->checklist, "1-1");
    change_note(&c, a, item, "取締役会議事録（2026年9月）で予算承認を確認。\n次回は投資計画も見る。", T0);
    apply(a, &c);
    change_evidence(&c, a, item, "取締役会議事録 2026-09-18", T0);
    apply(a, &c);
    change_unknown(&c, a, checklist_item(a->checklist, "1-4"), T0);
    apply(a, &c);
    change_na(&c, a, checklist_item(a->checklist, "2-7"), "無線LANなし。持込みも禁止。", T0);
    apply(a, &c);
    level(a, "2-3", 3, BASIS_INTERVIEW);
    assessment_round(a)->answer[checklist_item(a->checklist, "2-3")].carried = true;
}

struct assessment *stage_example(const struct checklist *ck)
{
    struct assessment *a =
        assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T10:00:00+09:00");
    struct change c = {.kind = CHANGE_SITE};
    site_copy(&c.u.site, &a->site);
    field_set(&c.u.site.name, "大阪第二工場", FIELD_MAX, false);
    field_set(&c.u.site.company, "例示精機株式会社", FIELD_MAX, false);
    apply(a, &c);
    answers(a);
    a->revision = 57;
    return a;
}

static void open_stage(struct stage *s, enum lang lang, int rows, int cols)
{
    *s = (struct stage){.now = 1795140131, .ms = 1000};
    setenv("TZ", "Asia/Tokyo", 1);
    app_init(&s->app, lang, (struct app_clock){stage_now, stage_ms, s});
    s->app.glyphs = GLYPHS_FULL;
    s->app.rows = rows;
    s->app.cols = cols;
    canvas_init(&s->cv, rows, cols);
}

void stage_open_empty(struct stage *s, enum lang lang, int rows, int cols)
{
    open_stage(s, lang, rows, cols);
}

static void attach(struct stage *s, const struct checklist *ck)
{
    app_attach(&s->app, stage_example(ck), NULL, false, "");
    s->app.save.saved_at = s->now;
    s->ms += 12 * 60000;
    app_resize(&s->app, s->app.rows, s->app.cols);
}

void stage_open(struct stage *s, enum lang lang, int rows, int cols)
{
    const struct checklist *ck = checklist_find("meti-factory");
    assert_non_null(ck);
    open_stage(s, lang, rows, cols);
    attach(s, ck);
}

void stage_open_frozen(struct stage *s, enum lang lang, int rows, int cols)
{
    struct diag diag = {0};
    open_stage(s, lang, rows, cols);
    if (checklist_load(&s->own, "tests/data/stage/checklist.xml", &diag) != ERR_OK)
        fail_msg("tests/data/stage/checklist.xml: %s %s %s", err_name(diag.err), diag.where, diag.detail);
    attach(s, s->own);
}

void stage_close(struct stage *s)
{
    app_release(&s->app);
    canvas_release(&s->cv);
    buf_release(&s->shown);
    checklist_free(s->own);
    s->own = NULL;
}

static void press(struct stage *s, const char *name)
{
    struct event ev = {.kind = EV_KEY};
    if (!key_parse(&ev.key, name))
        fail_msg("no such key: %s", name);
    if (ev.key.code < 0x7f && ev.key.mods == 0)
        ev.text[0] = (char)ev.key.code;
    app_event(&s->app, &ev);
}

void stage_keys(struct stage *s, const char *keys)
{
    char all[512];
    snprintf(all, sizeof all, "%s", keys);
    char *rest = NULL;
    for (char *name = strtok_r(all, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest))
        press(s, name);
}

void stage_type(struct stage *s, const char *text)
{
    struct input in = {0};
    struct event ev;
    input_feed(&in, text, strlen(text));
    while (input_next(&in, &ev, 0))
        app_event(&s->app, &ev);
    input_release(&in);
}

void stage_paste(struct stage *s, const char *text)
{
    struct event ev = {.kind = EV_PASTE, .paste = text, .n_paste = strlen(text)};
    app_event(&s->app, &ev);
}

void stage_click(struct stage *s, int row, int col)
{
    struct event ev = {.kind = EV_MOUSE, .row = row, .col = col, .button = MOUSE_LEFT};
    app_event(&s->app, &ev);
}

void stage_resize(struct stage *s, int rows, int cols)
{
    canvas_release(&s->cv);
    canvas_init(&s->cv, rows, cols);
    app_resize(&s->app, rows, cols);
}

const char *stage_text(struct stage *s)
{
    buf_clear(&s->shown);
    app_draw(&s->app, &s->cv);
    canvas_to_text(&s->shown, &s->cv);
    return buf_str(&s->shown);
}

int stage_shows(struct stage *s, const char *text)
{
    return strstr(stage_text(s), text) != NULL;
}

/* No line may be wider than the screen, whatever the language. */
static void check_widths(const char *text, int cols)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        assert_true(text_columns(text, n) <= cols);
        text += n + (text[n] == '\n');
    }
}

static void rewrite(const char *path, const struct buf *picture)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(buf_str(picture), 1, picture->len, f), picture->len);
    assert_int_equal(fclose(f), 0);
}

static void compare(const char *path, const struct buf *picture)
{
    struct buf want = {0};
    struct diag diag = {0};
    if (file_read(&want, path, 1 << 20, &diag) != ERR_OK)
        fail_msg("%s: missing; UPDATE=1 make check-screens writes it", path);
    if (strcmp(buf_str(&want), buf_str(picture)) != 0) {
        print_error("%s: wanted\n%s\nbut it is\n%s\n", path, buf_str(&want), buf_str(picture));
        fail_msg("%s differs; UPDATE=1 make check-screens rewrites it", path);
    }
    buf_release(&want);
}

void stage_golden(struct stage *s, const char *name, int styles)
{
    struct buf picture = {0};
    buf_adds(&picture, stage_text(s));
    check_widths(buf_str(&picture), s->cv.cols);
    if (styles) {
        buf_adds(&picture, "\n");
        canvas_to_styles(&picture, &s->cv);
    }
    char path[256];
    snprintf(path, sizeof path, "tests/golden/%s.txt", name);
    const char *update = getenv("UPDATE");
    if (update != NULL && strcmp(update, "1") == 0)
        rewrite(path, &picture);
    else
        compare(path, &picture);
    buf_release(&picture);
}
