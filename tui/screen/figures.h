/* Figures as people say them: yen in 万 or in k and M, person-days without a useless ".0", dates. For screens; files and CSV have the plain digits. */
#ifndef TUI_SCREEN_FIGURES_H
#define TUI_SCREEN_FIGURES_H

#include "core/method/gaps.h"
#include "tui/app/app.h"

/* Short, at most 7 columns: 800万, 4万, 8.5M, 600k; "-" for nothing. */
void figure_yen(struct buf *out, const struct app *app, long long yen);
/* In full, with separators: 8,000,000. */
void figure_digits(struct buf *out, long long n);
void figure_days(struct buf *out, long tenths);
const char *wave_name(const struct app *app, enum wave wave); /* max 6 columns */
const char *status_name(const struct app *app, enum action_status status);
/* Role that leads a step, short; "" when the checklist says nothing. */
const char *lead_name(const struct app *app, const struct ck_step *step);
/* YYYY-MM-DD of the app's clock, for what core computes with a date. out: at least ISO_SIZE bytes. */
void figure_today(const struct app *app, char *out);

#endif
