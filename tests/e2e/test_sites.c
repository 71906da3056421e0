/* The Sites screen on a terminal: the fleet of the example, looked at in every way there is; its numbers are those of the tables. */
#include "tests/e2e/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"

enum { SITES = 12, WIDE_COLS = 130, WIDE_ROWS = 40 };

static struct pty *start_fleet(struct kit *k, const char *lang, int rows, int cols)
{
    struct buf out = {0};
    assert_int_equal(kit_run(k, &out, "%s demo --lang en --into %s/plants --fleet", k->program, k->dir), 0);
    buf_release(&out);
    const char *argv[] = {k->program, "rollup", "plants", "--lang", lang, NULL};
    k->p = pty_start(&(struct pty_options){.argv = argv, .cwd = k->dir, .home = k->dir, .rows = rows, .cols = cols});
    return k->p;
}

/* The table of the same files as CSV, its lines without what stands on standard error. */
static void table(struct kit *k, struct buf *out, const char *options)
{
    struct buf all = {0};
    int status = kit_run(k, &all, "cd %s && %s rollup plants --lang en %s --format csv 2>/dev/null", k->dir, k->program, options);
    assert_int_equal(status, 1); /* one file is damaged */
    buf_adds(out, buf_str(&all));
    buf_release(&all);
}

static size_t cell_length(const char *cell)
{
    if (*cell != '"')
        return strcspn(cell, ",\r\n");
    return (size_t)(strchr(cell + 1, '"') - cell) + 1;
}

/* Cell c of a line of CSV (no quote stands in a quoted one), without its quotes; owned. */
static char *cell(const char *line, int c)
{
    for (; c > 0; c--)
        line += cell_length(line) + 1;
    size_t n = cell_length(line);
    return *line == '"' ? strndup(line + 1, n - 2) : strndup(line, n);
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end != NULL && end[1] != '\0' ? end + 1 : NULL;
}

/* The row of the screen that has this text. */
static void row_with(struct pty *p, const char *text, struct buf *out)
{
    int row, col;
    buf_clear(out);
    if (pty_find(p, text, &row, &col))
        pty_row(p, row, out);
}

struct on_row {
    const char *of, *text;
};

static bool is_on_row(struct pty *p, void *cookie)
{
    const struct on_row *want = cookie;
    struct buf row = {0};
    row_with(p, want->of, &row);
    bool is = strstr(buf_str(&row), want->text) != NULL;
    buf_release(&row);
    return is;
}

/* Waits: a title may be painted before what stands below it. */
static void expect_on_row(struct pty *p, const char *of, const char *text)
{
    expect_(p, pty_until(p, is_on_row, &(struct on_row){of, text}, -1), "on its row", text, __FILE__, __LINE__);
}

/* ---- The same numbers ---- */

static void sites__show_the_numbers_of_the_tables(void **state)
{
    struct kit *k = *state;
    struct buf csv = {0};
    struct pty *p = start_fleet(k, "en", WIDE_ROWS, WIDE_COLS);
    expect_text(p, "12 sites");
    table(k, &csv, "--rows grades");
    for (const char *line = next_line(buf_str(&csv)); line != NULL; line = next_line(line)) {
        char *grade = cell(line, 0), *n = cell(line, 1), text[32];
        snprintf(text, sizeof text, "%s %s  ", grade, n);
        if (grade[0] != '\0')
            expect_row(p, 2, text);
        free(grade);
        free(n);
    }
    buf_clear(&csv);
    table(k, &csv, "");
    int seen = 0;
    for (const char *line = next_line(buf_str(&csv)); line != NULL; line = next_line(line)) {
        char *site = cell(line, 2), *score = cell(line, 8), *grade = cell(line, 9), *people = cell(line, 10), text[32];
        snprintf(text, sizeof text, "%.1s%5s", grade, score);
        expect_on_row(p, site, text);
        snprintf(text, sizeof text, " %.*s ", (int)strcspn(people, "."), people);
        expect_on_row(p, site, text);
        seen++;
        free(site);
        free(score);
        free(grade);
        free(people);
    }
    assert_int_equal(seen, SITES);
    buf_release(&csv);
}

static void common_gaps__show_the_numbers_of_the_table__and_where_to_fix(void **state)
{
    struct kit *k = *state;
    struct buf csv = {0};
    struct pty *p = start_fleet(k, "en", WIDE_ROWS, WIDE_COLS);
    expect_text(p, "12 sites");
    table(k, &csv, "--rows common");
    pty_keys(p, "c");
    expect_text(p, "Common gaps: sites under target");
    int n = 0;
    for (const char *line = next_line(buf_str(&csv)); line != NULL && n < 20; line = next_line(line), n++) {
        char *item = cell(line, 0), *fix = cell(line, 3), *of = cell(line, 4), *below = cell(line, 5), *mean = cell(line, 7), text[32], start[16];
        snprintf(start, sizeof start, " %s ", item);
        snprintf(text, sizeof text, "%s/%s", below, of);
        expect_on_row(p, start, text);
        expect_on_row(p, start, mean);
        expect_on_row(p, start, strcmp(fix, "hq") == 0 ? "HQ" : "each plant");
        free(item);
        free(fix);
        free(of);
        free(below);
        free(mean);
    }
    /* The most common gap leads back to the sites, the worst first. */
    pty_keys(p, "Enter");
    expect_text(p, "by 3-7");
    expect_clean_exit(p, (pty_keys(p, "q"), 0));
    buf_release(&csv);
}

/* ---- Looking ---- */

static void sites__are_sorted_and_scrolled_both_ways(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_fleet(k, "en", 24, 80);
    expect_text(p, "by score");
    expect_row(p, 5, "Nagoya");
    pty_keys(p, "s");
    expect_text(p, "by grade");
    expect_row(p, 5, "B");
    pty_keys(p, "s");
    expect_text(p, "by country");
    expect_row(p, 5, "CN");
    pty_keys(p, "s s");
    expect_text(p, "by People");
    pty_keys(p, "S");
    expect_text(p, "Sorted by People, reversed");
    pty_keys(p, "G");
    expect_row(p, -4, "jp-nagoya-1");
    pty_keys(p, "g");
    expect_row(p, -4, "jp-niigata-1");
    for (int i = 0; i < 31; i++)
        pty_keys(p, "Right");
    expect_row(p, -3, "4-6 ");
    expect_text(p, "SCM");
    pty_keys(p, "i");
    expect_text(p, "Sorted by 4-6");
    for (int i = 0; i < 31; i++)
        pty_keys(p, "Left");
    expect_row(p, -3, "1-1 ");
    expect_text(p, "by 4-6"); /* moving the cursor sorts nothing */
    pty_resize(p, 24, 60);
    expect_row(p, -4, "mx-queretaro-1");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void site__opens_for_looking__and_esc_comes_back(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_fleet(k, "en", 24, 80);
    expect_text(p, "12 sites");
    pty_keys(p, "j j Enter");
    expect_row(p, 0, "Kumamoto");
    expect_text(p, "Read-only");
    pty_keys(p, "Esc");
    expect_text(p, "12 sites");
    expect_row(p, -4, "jp-kumamoto-1");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void files__are_all_there__taken_and_rejected_with_the_reason(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_fleet(k, "en", 24, 100);
    expect_text(p, "rejected 1 (r)");
    pty_keys(p, "r");
    expect_text(p, "nagano-1.xml.gz");
    expect_on_row(p, "nagano-1.xml.gz", "rejected");
    expect_on_row(p, "nagano-1.xml.gz", "damaged");
    expect_row(p, 2, "taken 12");
    expect_on_row(p, "osaka-2.xml.gz", "taken");
    pty_keys(p, "Enter");
    expect_row(p, -2, "damaged (gzip)");
    pty_keys(p, "Esc q");
    expect_clean_exit(p, 0);
}

static void model__marks_what_is_under_it(void **state)
{
    struct kit *k = *state;
    struct pty *p = start_fleet(k, "en", 24, WIDE_COLS);
    expect_text(p, "12 sites");
    pty_keys(p, "j");
    expect_text(p, "under the model plant: ");
    pty_keys(p, "k m");
    expect_text(p, "No model plant");
    pty_keys(p, "j");
    expect_gone(p, "under the model plant: ");
    pty_keys(p, "m");
    expect_text(p, "Model plant: Kassel");
    pty_keys(p, "j");
    expect_text(p, "under the model plant: ");
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

static void board__is_written__and_says_what_the_screen_says(void **state)
{
    struct kit *k = *state;
    struct buf html = {0};
    struct pty *p = start_fleet(k, "ja", 24, 80);
    expect_text(p, "12拠点");
    pty_keys(p, "b");
    expect_text(p, "比べる前回の集約");
    pty_keys(p, "Enter");
    expect_text(p, "経営向けの報告の保存先");
    pty_keys(p, "Ctrl-U");
    pty_type(p, "board.html");
    pty_keys(p, "Enter");
    expect_text(p, "経営向けの報告をboard.htmlに出しました");
    char *path = path_join(k->dir, "board.html");
    assert_int_equal(file_read(&html, path, 4 << 20, NULL), ERR_OK);
    assert_non_null(strstr(buf_str(&html), "拠点 12、ファイル 13（うち不採用 1）"));
    assert_non_null(strstr(buf_str(&html), "76.8"));
    assert_non_null(strstr(buf_str(&html), "nagano-1.xml.gz"));
    free(path);
    buf_release(&html);
    pty_keys(p, "q");
    expect_clean_exit(p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(sites__show_the_numbers_of_the_tables),
        KIT_TEST(common_gaps__show_the_numbers_of_the_table__and_where_to_fix),
        KIT_TEST(sites__are_sorted_and_scrolled_both_ways),
        KIT_TEST(site__opens_for_looking__and_esc_comes_back),
        KIT_TEST(files__are_all_there__taken_and_rejected_with_the_reason),
        KIT_TEST(model__marks_what_is_under_it),
        KIT_TEST(board__is_written__and_says_what_the_screen_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
