/* See figures.h. */
#include "tui/screen/figures.h"

#include "core/base/buf.h"
#include "tui/app/words.h"

/* One digit after the point, and only where there is something behind it. */
static void add_scaled(struct buf *out, long long n, long long unit, const char *name)
{
    long long tenths = n * 10 / unit;
    if (tenths % 10 == 0 || tenths >= 1000)
        buf_addf(out, "%lld%s", tenths / 10, name);
    else
        buf_addf(out, "%lld.%lld%s", tenths / 10, tenths % 10, name);
}

void figure_yen(struct buf *out, const struct app *app, long long yen)
{
    if (yen <= 0)
        buf_adds(out, "-");
    else if (app->lang == LANG_JA && yen >= 100000000)
        add_scaled(out, yen, 100000000, "億");
    else if (app->lang == LANG_JA && yen >= 10000)
        add_scaled(out, yen, 10000, "万");
    else if (yen >= 1000000)
        add_scaled(out, yen, 1000000, "M");
    else if (yen >= 1000)
        add_scaled(out, yen, 1000, "k");
    else
        buf_addf(out, "%lld", yen);
}

void figure_digits(struct buf *out, long long n)
{
    words_digits(out, n);
}

void figure_days(struct buf *out, long tenths)
{
    words_days(out, tenths);
}

const char *wave_name(const struct app *app, enum wave wave)
{
    return words_wave(app->cat, wave);
}

const char *status_name(const struct app *app, enum action_status status)
{
    return words_status(app->cat, status);
}

const char *lead_name(const struct app *app, const struct ck_step *step)
{
    return step->to == 0 ? "" : app_ltext(app, &app->assessment->checklist->role[step->lead].brief);
}

void figure_today(const struct app *app, char *out)
{
    app_now(app, out);
    out[10] = '\0';
}
