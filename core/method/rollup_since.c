/* An earlier roll-up: the files of then, or the table that was made of them (`rollup --format xml`). See rollup_board.h. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/method/rollup_board.h"

/* ---- From files ---- */

static enum err from_files(struct board_since *out, const char *path, const struct checklist *ck, const struct rollup_request *like,
                           struct diag *diag)
{
    const char *const paths[] = {path};
    struct rollup_request request = *like;
    struct rollup r;
    enum err err = ERR_OK;
    request.path = paths;
    request.n_paths = 1;
    rollup_collect(&r, &request);
    out->rejected = r.count[ROLLUP_REJECTED];
    out->site = xcalloc(r.n_sites, sizeof *out->site);
    for (size_t i = 0; i < r.n_sites; i++)
        if (r.file[r.site[i]].site->checklist == ck)
            board_then_of(&out->site[out->n++], r.file[r.site[i]].site);
    if (out->n == 0 && r.n == 1 && r.file[0].diag != NULL) {
        if (diag != NULL)
            *diag = *r.file[0].diag;
        err = r.file[0].diag->err;
    } else if (out->n == 0) {
        err = diag_set(diag, ERR_EMPTY, 0, NULL, NULL);
    }
    rollup_release(&r);
    return err;
}

/* ---- From a table ---- */

/* A cell, cleaned; owned. */
static char *cell(const struct xml_node *row, const char *name)
{
    struct buf raw = {0}, clean = {0};
    const struct xml_node *el = xml_child(row, name);
    if (el != NULL)
        xml_text(&raw, el);
    text_clean(&clean, buf_str(&raw), raw.len, TEXT_ONE_LINE);
    buf_release(&raw);
    return buf_take(&clean);
}

/* "62.4" in tenths, "" is -1; false: neither. */
static bool tenths_parse(short *out, const char *s)
{
    char *end;
    *out = -1;
    if (*s == '\0')
        return true;
    if (*s < '0' || *s > '9')
        return false;
    long whole = strtol(s, &end, 10);
    if (whole > 100 || end[0] != '.' || end[1] < '0' || end[1] > '9' || end[2] != '\0')
        return false;
    long tenths = whole * 10 + (end[1] - '0');
    *out = (short)tenths;
    return tenths <= 1000;
}

static bool read_tenths(short *out, const struct xml_node *row, const char *name)
{
    char *text = cell(row, name);
    bool good = tenths_parse(out, text);
    free(text);
    return good;
}

static signed char read_grade(const struct xml_node *row, const struct checklist *ck)
{
    char *letter = cell(row, "grade");
    signed char grade = GRADE_NONE;
    for (int g = 0; g < ck->n_grades; g++)
        if (letter[0] == ck->grade[g].letter && letter[1] == '\0')
            grade = (signed char)g;
    free(letter);
    return grade;
}

static enum err from_row(struct board_then *out, const struct xml_node *row, const struct checklist *ck, struct diag *diag)
{
    char *date = cell(row, "date");
    *out = (struct board_then){.id = cell(row, "site_id"),
                               .company = cell(row, "company"),
                               .name = cell(row, "site"),
                               .round = cell(row, "round"),
                               .grade = read_grade(row, ck)};
    bool dated = iso_date_valid(date);
    if (dated)
        memcpy(out->date, date, sizeof out->date);
    free(date);
    if (!read_tenths(&out->score, row, "score"))
        return diag_set(diag, ERR_SCHEMA_VALUE, row->line, "row/score", NULL);
    for (int s = 0; s < ck->n_sections; s++)
        if (!read_tenths(&out->section_score[s], row, ck->section[s].id))
            return diag_set(diag, ERR_SCHEMA_VALUE, row->line, "row/section", ck->section[s].id);
    if (out->id[0] == '\0' && out->name[0] == '\0')
        return diag_set(diag, ERR_SCHEMA_MISSING, row->line, "row", "site_id");
    return ERR_OK;
}

static enum err from_table(struct board_since *out, const struct xml_node *root, const struct checklist *ck, struct diag *diag)
{
    enum err err = ERR_OK;
    size_t n = 0;
    for (const struct xml_node *row = xml_child(root, "row"); row != NULL; row = xml_next(row, "row"))
        n++;
    out->site = xcalloc(n, sizeof *out->site);
    for (const struct xml_node *row = xml_child(root, "row"); row != NULL && err == ERR_OK; row = xml_next(row, "row"))
        err = from_row(&out->site[out->n++], row, ck, diag);
    if (err == ERR_OK && n == 0)
        err = diag_set(diag, ERR_EMPTY, 0, NULL, NULL);
    return err;
}

/* Is it a table? Then what it says, in *err. */
static bool try_table(enum err *err, struct board_since *out, const char *path, const struct checklist *ck, const struct rollup_request *like,
                      struct diag *diag)
{
    struct cell *in = like->guarded ? xml_cell_new() : NULL;
    struct buf bytes = {0};
    struct xml_doc doc = {0};
    bool is = file_read(&bytes, path, XML_MAX_BYTES, NULL) == ERR_OK && xml_parse_in(in, &doc, buf_str(&bytes), bytes.len, NULL) == ERR_OK &&
              xml_is(doc.root, "", "sites");
    if (is)
        *err = from_table(out, doc.root, ck, diag);
    xml_doc_release(&doc);
    cell_free(in);
    buf_release(&bytes);
    return is;
}

enum err board_since_read(struct board_since *out, const char *path, const struct checklist *ck, const struct rollup_request *like,
                          struct diag *diag)
{
    enum err err = ERR_OK;
    *out = (struct board_since){0};
    if (ck == NULL)
        return ERR_OK;
    if (!try_table(&err, out, path, ck, like, diag))
        err = from_files(out, path, ck, like, diag);
    if (err != ERR_OK)
        board_since_release(out);
    return err;
}
