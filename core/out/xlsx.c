/* See xlsx.h. */
#include "core/out/xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/buf.h"
#include "core/base/library.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/out/table.h"

enum {
    WIDTH_MIN = 6,
    WIDTH_MAX = 60,
    CELL_MAX = 32000,          /* Excel's own bound is 32,767 characters */
    CREATED = 946684800,       /* 2000-01-01: same table, same bytes */
    ROWS_MAX = 1048575,        /* and its bound of rows, below the header */
    FILE_MAX = 256 * 1024 * 1024
};

/* Opened when a workbook is made (it brings libcrypto along). */
#define FUNCTIONS(X) \
    X(format_set_align) \
    X(format_set_bg_color) \
    X(format_set_bold) \
    X(format_set_bottom) \
    X(format_set_text_wrap) \
    X(workbook_add_format) \
    X(workbook_add_worksheet) \
    X(workbook_close) \
    X(workbook_new_opt) \
    X(workbook_set_properties) \
    X(worksheet_autofilter) \
    X(worksheet_conditional_format_range) \
    X(worksheet_fit_to_pages) \
    X(worksheet_freeze_panes) \
    X(worksheet_repeat_rows) \
    X(worksheet_set_column) \
    X(worksheet_set_landscape) \
    X(worksheet_set_paper) \
    X(worksheet_write_number) \
    X(worksheet_write_string)

struct api {
    struct library library;
    FUNCTIONS(LIBRARY_FIELD)
};

static enum err api_open(struct api *api, struct diag *diag)
{
#ifdef XLSX_SONAME
    library_open(&api->library, XLSX_SONAME);
    FUNCTIONS(LIBRARY_TAKE)
    if (!api->library.whole) {
        library_close(&api->library);
        return diag_set(diag, ERR_LIBRARY, 0, NULL, XLSX_SONAME);
    }
#else
    (void)diag;
    FUNCTIONS(LIBRARY_LINK)
#endif
    return ERR_OK;
}

#define CALL_IN(book, f) ((book)->api.f)
#define CALL(f)          CALL_IN(b, f)

struct book {
    struct api api;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *head, *text, *number;
    const struct table *t;
};

/* ---- Cells ---- */

/* A number as Excel is to know it, or not a number at all. */
static bool parse_number(const char *s, double *out)
{
    char *end;
    if (s[0] == '\0' || strspn(s, "-0123456789.") != strlen(s))
        return false;
    *out = strtod(s, &end);
    return *end == '\0';
}

static void write_text(const struct book *b, lxw_row_t row, lxw_col_t col, const char *s, lxw_format *format)
{
    char *cut = xstrndup(s, text_floor(s, strlen(s), CELL_MAX));
    CALL(worksheet_write_string)(b->sheet, row, col, cut, format);
    free(cut);
}

static void write_rows(const struct book *b)
{
    for (size_t r = 0; r < b->t->n_rows; r++)
        for (size_t c = 0; c < b->t->n_columns; c++) {
            const char *s = table_cell(b->t, r, c);
            double n;
            if (b->t->column[c].number && parse_number(s, &n))
                CALL(worksheet_write_number)(b->sheet, (lxw_row_t)r + 1, (lxw_col_t)c, n, b->number);
            else if (s[0] != '\0')
                write_text(b, (lxw_row_t)r + 1, (lxw_col_t)c, s, b->text);
        }
}

static int widest_line(const char *s)
{
    int widest = 0;
    while (*s != '\0') {
        size_t n = strcspn(s, "\n");
        int w = text_columns(s, n);
        widest = w > widest ? w : widest;
        s += n + (s[n] == '\n');
    }
    return widest;
}

static void write_head(const struct book *b, const char *const *heads)
{
    for (size_t c = 0; c < b->t->n_columns; c++) {
        const char *head = heads != NULL ? heads[c] : b->t->column[c].name;
        int width = text_width(head) + 3; /* the filter's button */
        for (size_t r = 0; r < b->t->n_rows; r++) {
            int w = widest_line(table_cell(b->t, r, c)) + 1;
            width = w > width ? w : width;
        }
        width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
        CALL(worksheet_set_column)(b->sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
        write_text(b, 0, (lxw_col_t)c, head, b->head);
    }
}

/* ---- Colours: whatever they say, the figure or the letter in the cell says too ---- */

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && strcmp(s + n - m, tail) == 0;
}

static void colour(const struct book *b, size_t column, const char *value, lxw_color_t ground)
{
    lxw_format *format = CALL(workbook_add_format)(b->workbook);
    CALL(format_set_bg_color)(format, ground);
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO, .format = format};
    char text[8] = "";
    if (value[0] >= '0' && value[0] <= '9') {
        rule.value = value[0] - '0';
    } else {
        strcat(strcat(strcat(text, "\""), value), "\"");
        rule.value_string = text;
    }
    CALL(worksheet_conditional_format_range)(b->sheet, 1, (lxw_col_t)column, (lxw_row_t)b->t->n_rows, (lxw_col_t)column, &rule);
}

/* Rules of the sheet rather than formats of the cells, so that a corrected figure has its own colour. */
static void colour_columns(const struct book *b)
{
    static const struct {
        const char *column, *value;
        lxw_color_t ground;
    } RULES[] = {{"level", "1", 0xF6B8B0}, {"level", "2", 0xFBD9A0}, {"level", "3", 0xFFF2B3}, {"level", "4", 0xCDE8C5},
                 {"level", "5", 0xA8D8B0}, {"grade", "A", 0xA8D8B0}, {"grade", "B", 0xCDE0F2}, {"grade", "C", 0xFBD9A0},
                 {"grade", "D", 0xF6B8B0}};
    if (b->t->n_rows == 0)
        return;
    for (size_t c = 0; c < b->t->n_columns; c++)
        for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++)
            if (ends_with(b->t->column[c].name, RULES[i].column))
                colour(b, c, RULES[i].value, RULES[i].ground);
}

/* ---- The workbook ---- */

static lxw_format *cell_format(const struct book *b)
{
    lxw_format *format = CALL(workbook_add_format)(b->workbook);
    CALL(format_set_align)(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

static void set_formats(struct book *b)
{
    b->head = cell_format(b);
    CALL(format_set_bold)(b->head);
    CALL(format_set_bg_color)(b->head, 0xE8EBEF);
    CALL(format_set_bottom)(b->head, LXW_BORDER_THIN);
    b->text = cell_format(b);
    CALL(format_set_text_wrap)(b->text);
    b->number = cell_format(b);
}

static enum err fill(const char *path, char *folder, const struct table *t, const char *sheet, const char *const *heads, struct diag *diag)
{
    lxw_workbook_options options = {.tmpdir = folder};
    struct book b = {.t = t};
    enum err err = api_open(&b.api, diag);
    if (err != ERR_OK)
        return err;
    b.workbook = CALL_IN(&b, workbook_new_opt)(path, &options);
    if (b.workbook == NULL) {
        library_close(&b.api.library);
        return diag_sys(diag, ERR_WRITE, ENOMEM, NULL);
    }
    lxw_doc_properties properties = {.created = CREATED};
    CALL_IN(&b, workbook_set_properties)(b.workbook, &properties);
    b.sheet = CALL_IN(&b, workbook_add_worksheet)(b.workbook, sheet);
    if (b.sheet == NULL) /* a name that Excel does not take: it gives its own */
        b.sheet = CALL_IN(&b, workbook_add_worksheet)(b.workbook, NULL);
    set_formats(&b);
    write_head(&b, heads);
    write_rows(&b);
    colour_columns(&b);
    CALL_IN(&b, worksheet_freeze_panes)(b.sheet, 1, 0);
    CALL_IN(&b, worksheet_autofilter)(b.sheet, 0, 0, (lxw_row_t)t->n_rows, (lxw_col_t)(t->n_columns - 1));
    CALL_IN(&b, worksheet_repeat_rows)(b.sheet, 0, 0);
    CALL_IN(&b, worksheet_set_landscape)(b.sheet);
    CALL_IN(&b, worksheet_set_paper)(b.sheet, 9); /* A4 */
    CALL_IN(&b, worksheet_fit_to_pages)(b.sheet, 1, 0);
    errno = 0;
    if (CALL_IN(&b, workbook_close)(b.workbook) != LXW_NO_ERROR)
        err = diag_sys(diag, ERR_WRITE, errno, NULL);
    library_close(&b.api.library);
    return err;
}

enum err xlsx_make(struct buf *out, const struct table *t, const char *sheet, const char *const *heads, struct diag *diag)
{
    const char *tmp = getenv("TMPDIR");
    if (t->n_rows > ROWS_MAX) {
        diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
        if (diag != NULL)
            diag->number = ROWS_MAX;
        return ERR_TOO_BIG;
    }
    char *folder = path_join(tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp", "monshin-XXXXXX");
    if (mkdtemp(folder) == NULL) { /* 0700: what is written in it is nobody else's */
        enum err err = diag_sys(diag, ERR_WRITE, errno, NULL);
        free(folder);
        return err;
    }
    char *path = path_join(folder, "table.xlsx");
    enum err err = fill(path, folder, t, sheet, heads, diag);
    if (err == ERR_OK)
        err = file_read(out, path, FILE_MAX, diag);
    unlink(path);
    rmdir(folder);
    free(path);
    free(folder);
    return err;
}

void xlsx_library(struct buf *out)
{
    buf_adds(out, "libxlsxwriter " LXW_VERSION);
}
