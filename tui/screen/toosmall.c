/* The window is too small for anything else: says so in both languages, whatever is chosen. */
#include "tui/app/app.h"
#include "tui/screen/screens.h"

void toosmall_draw(const struct app *app, struct area a)
{
    int row = a.rows / 2 - 1;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        area_printf(a, row + lang, 1, ST_STRONG,
                    T(catalog_for((enum lang)lang), "Too small: needs %d x %d"), APP_MIN_COLS,
                    APP_MIN_ROWS);
    area_printf(a, row + LANG_COUNT, 1, ST_DIM, "%d x %d", app->cols, app->rows);
}
