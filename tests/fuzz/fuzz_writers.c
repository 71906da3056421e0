/* Hostile text in every field of an assessment, through whatever writes it: the text, CSV and XML of the commands, the report, the sheet, the
 * export, the workbook. The first byte chooses the writer; NULs part the others into texts. */
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/xml.h"
#include "core/model/assessment.h"
#include "core/out/export.h"
#include "core/out/report.h"
#include "core/out/table.h"
#include "core/out/xlsx.h"
#include "i18n/catalog.h"
#include "tests/fuzz/unzip.h"
#include "tui/cmd/command.h"

static const char NOW[] = "2026-11-20T16:40:31+09:00";

/* A small checklist, so that most of what is written is the hostile text. The only thing kept. */
static struct checklist *tiny(void)
{
    static struct checklist *loaded;
    if (loaded == NULL)
        HOLD(checklist_load(&loaded, "tests/data/tiny/checklist.xml", NULL) == ERR_OK);
    return loaded;
}

static const struct checklist *find_tiny(void *cookie, const char *id)
{
    (void)cookie, (void)id;
    return tiny();
}

/* ---- The texts ---- */

struct texts {
    const char *p, *end, *first;
};

/* The next text, from the start again when there are no more. */
static char *next_text(struct texts *t)
{
    if (t->p >= t->end)
        t->p = t->first;
    size_t n = strnlen(t->p, (size_t)(t->end - t->p));
    char *s = xstrndup(t->p, n);
    t->p += n + 1;
    return s;
}

static void set(struct texts *t, char **field, size_t max, bool lines)
{
    char *s = next_text(t);
    field_set(field, s, max, lines);
    free(s);
}

static void fill_people(struct assessment *a, struct texts *t)
{
    static const char *const ids[] = {"p1", "p2"};
    for (size_t i = 0; i < 2; i++) {
        struct change c = {.kind = CHANGE_PERSON, .index = i, .insert = true};
        person_copy(&c.u.person, &(struct person){0});
        field_set(&c.u.person.id, ids[i], FIELD_MAX, false);
        set(t, &c.u.person.name, FIELD_MAX, false);
        set(t, &c.u.person.dept, FIELD_MAX, false);
        set(t, &c.u.person.role, FIELD_MAX, false);
        assessment_apply(a, &c, NULL);
    }
}

static void fill_answer(struct assessment *a, struct texts *t, int item)
{
    struct answer *x = &assessment_round(a)->answer[item];
    x->state = (enum answer_state)(item % ANSWER_STATE_COUNT);
    x->level = x->state == ANSWER_LEVEL ? 1 + item % LEVEL_MAX : 0;
    x->basis = (enum basis)(item % BASIS_COUNT);
    x->flag = item % 3 == 0;
    field_set(&x->by, item % 2 ? "p1" : "p2", FIELD_MAX, false);
    field_set(&x->ask, "p1", FIELD_MAX, false);
    field_set(&x->at, NOW, FIELD_MAX, false);
    set(t, &x->note, TEXT_MAX, true);
    set(t, &x->evidence, TEXT_MAX, true);
    if (x->state == ANSWER_NA) {
        set(t, &x->reason, TEXT_MAX, true);
        if (x->reason[strspn(x->reason, " \n")] == '\0')
            field_set(&x->reason, "none", TEXT_MAX, true);
    }
}

static void fill_action(struct assessment *a, struct texts *t, int item, int to, enum action_status status)
{
    struct change c = {.kind = CHANGE_ACTION, .item = item};
    action_copy(&c.u.action, &(struct action){.item = item, .to = to, .status = status, .effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1});
    field_set(&c.u.action.owner, "p2", FIELD_MAX, false);
    field_set(&c.u.action.updated, NOW, FIELD_MAX, false);
    set(t, &c.u.action.note, TEXT_MAX, true);
    set(t, &c.u.action.history, TEXT_MAX, true);
    assessment_apply(a, &c, NULL);
}

static struct assessment *hostile(struct texts *t)
{
    const struct checklist *ck = tiny();
    struct assessment *a = assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", NOW);
    set(t, &a->site.name, FIELD_MAX, false);
    set(t, &a->site.company, FIELD_MAX, false);
    set(t, &a->site.id, FIELD_MAX, false);
    set(t, &a->site.country, FIELD_MAX, false);
    set(t, &a->site.industry, FIELD_MAX, false);
    fill_people(a, t);
    for (int i = 0; i < ck->n_items; i++)
        fill_answer(a, t, i);
    fill_action(a, t, 0, 2, ACTION_DOING);
    fill_action(a, t, 3, 3, ACTION_DROPPED);
    struct change c = {.kind = CHANGE_TARGET, .item = 2};
    target_copy(&c.u.target, &(struct target){.item = 2, .level = 4});
    set(t, &c.u.target.reason, REASON_MAX, false);
    assessment_apply(a, &c, NULL);
    return a;
}

/* ---- What must be true of the output ---- */

static void hold_cell(const char *s, size_t n)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    HOLD(n == 0 || strchr("=+@\t\r\n", s[0]) == NULL);
    if (n > 0 && s[0] == '-') /* a number may be negative */
        HOLD(n > 1 && strspn(s + 1, "0123456789.") == n - 1);
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        HOLD(n < 3 || memcmp(s, wide[i], 3) != 0);
}

/* RFC 4180, every record of as many fields as the first; no cell that a spreadsheet would compute. */
static void hold_csv(const struct buf *out)
{
    size_t i = 0, columns = 0, field = 0;
    struct buf cell = {0};
    hold_harmless(buf_str(out), out->len, ALLOW_CR);
    while (i < out->len) {
        buf_clear(&cell);
        if (out->p[i] == '"') {
            for (i++; i < out->len && (out->p[i] != '"' || (i + 1 < out->len && out->p[i + 1] == '"')); i++) {
                i += out->p[i] == '"';
                buf_addc(&cell, out->p[i]);
            }
            i++;
        } else {
            for (; i < out->len && strchr(",\r\n", out->p[i]) == NULL; i++) {
                HOLD(out->p[i] != '"');
                buf_addc(&cell, out->p[i]);
            }
        }
        hold_cell(buf_str(&cell), cell.len);
        field++;
        HOLD(i < out->len && (out->p[i] == ',' || (out->p[i] == '\r' && out->p[i + 1] == '\n')));
        if (out->p[i] == '\r') {
            columns = columns == 0 ? field : columns;
            HOLD(field == columns);
            field = 0;
            i++;
        }
        i++;
    }
    HOLD(field == 0);
    buf_release(&cell);
}

static void hold_xml(const char *s, size_t n)
{
    struct xml_doc doc = {0};
    hold_harmless(s, n, ALLOW_NONE);
    HOLD(xml_parse(&doc, s, n, NULL) == ERR_OK);
    xml_doc_release(&doc);
}

/* Well-formed as XML behind its <!DOCTYPE html>, and nothing in it runs or fetches. */
static void hold_element(const struct xml_node *n)
{
    for (; n != NULL; n = n->next) {
        if (n->name == NULL)
            continue;
        HOLD(strcmp(n->name, "script") != 0 && strcmp(n->name, "iframe") != 0 && strcmp(n->name, "img") != 0 && strcmp(n->name, "link") != 0);
        for (const struct xml_attr *x = n->attrs; x != NULL; x = x->next)
            HOLD(strncmp(x->name, "on", 2) != 0 && strcmp(x->name, "src") != 0 && (strcmp(x->name, "href") != 0 || x->value[0] == '#'));
        hold_element(n->first);
    }
}

static void hold_html(const char *s, size_t n)
{
    static const char doctype[] = "<!DOCTYPE html>";
    struct xml_doc doc = {0};
    hold_harmless(s, n, ALLOW_NONE);
    HOLD(n > sizeof doctype && memcmp(s, doctype, sizeof doctype - 1) == 0);
    s += sizeof doctype - 1;
    n -= sizeof doctype - 1;
    struct diag diag = {0};
    if (xml_parse(&doc, s, n, &diag) != ERR_OK)
        fprintf(stderr, "line %ld %s\n", diag.line, diag.detail);
    HOLD(doc.root != NULL);
    hold_element(doc.root);
    xml_doc_release(&doc);
}

/* ---- Commands, with what they print in memory ---- */

enum { FILE_SLOT, OUT_SLOT, ERR_SLOT };

/* Puts memory in the place of a descriptor; gives what was there. */
static int divert(int fd, int slot)
{
    int keep = dup(fd), room = memory_descriptor(slot);
    HOLD(ftruncate(room, 0) == 0 && lseek(room, 0, SEEK_SET) == 0);
    HOLD(keep >= 0 && dup2(room, fd) >= 0);
    return keep;
}

static void restore(int fd, int keep, int slot, struct buf *out)
{
    int room = memory_descriptor(slot);
    HOLD(dup2(keep, fd) >= 0);
    close(keep);
    off_t end = lseek(room, 0, SEEK_END);
    HOLD(end >= 0);
    buf_reserve(out, (size_t)end);
    HOLD(pread(room, out->p, (size_t)end, 0) == (ssize_t)end);
    out->len = (size_t)end;
    out->p[out->len] = '\0';
}

static void hold_output(const struct cmd *cmd, const struct buf *out)
{
    if (cmd->format == FORMAT_CSV)
        hold_csv(out);
    else if (cmd->format == FORMAT_XML)
        hold_xml(buf_str(out), out->len);
    else if (cmd->value[OPT_SHEET_FORMAT] != NULL)
        hold_html(buf_str(out), out->len);
    else
        hold_harmless(buf_str(out), out->len, ALLOW_NONE);
}

static void run(int (*command)(struct cmd *), enum format format, enum lang lang, enum opt opt, const char *value, const char *path)
{
    const char *operands[2] = {path, path};
    struct cmd cmd = {.operand = operands, .format = format, .lang = lang, .cat = catalog_for(lang), .locale.utf8 = true};
    cmd.shelf.loaded[0] = tiny();
    cmd.shelf.n = 1;
    struct buf out = {0}, err = {0};
    cmd.n_operands = command == cmd_compare ? 2 : 1;
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (COMMANDS[i].run == command)
            cmd.command = &COMMANDS[i];
    cmd.value[opt] = value;
    cmd.value[OPT_JOBS] = command == cmd_rollup ? "1" : NULL;
    fflush(stdout);
    int keep_out = divert(STDOUT_FILENO, OUT_SLOT), keep_err = divert(STDERR_FILENO, ERR_SLOT);
    command(&cmd);
    fflush(stdout);
    restore(STDERR_FILENO, keep_err, ERR_SLOT, &err);
    restore(STDOUT_FILENO, keep_out, OUT_SLOT, &out);
    HOLD(out.len > 0);
    hold_output(&cmd, &out);
    hold_harmless(buf_str(&err), err.len, ALLOW_NONE);
    buf_release(&err);
    buf_release(&out);
}

static void run_on(int (*command)(struct cmd *), enum format format, enum lang lang, enum opt opt, const char *value, const struct assessment *a)
{
    struct buf xml = {0};
    assessment_write(&xml, a, "monshin fuzz");
    run(command, format, lang, opt, value, memory_file(FILE_SLOT, xml.p, xml.len));
    buf_release(&xml);
}

/* ---- Files ---- */

static const char *translate(void *cookie, const char *msgid)
{
    return catalog_get(catalog_for(*(const enum lang *)cookie), msgid);
}

static void report(const struct assessment *a, enum lang lang)
{
    struct buf html = {0};
    struct report_options options = {.lang = lang, .tr = translate, .cookie = &lang, .program = "monshin fuzz", .now = NOW};
    report_html(&html, a, &options);
    hold_html(html.p, html.len);
    buf_release(&html);
}

static void export_both(const struct assessment *a)
{
    for (int anonymous = 0; anonymous < 2; anonymous++) {
        struct export_options options = {.anonymous = anonymous == 1, .anonymous_reason = "not stated", .program = "monshin fuzz", .now = NOW, .find = find_tiny};
        struct export_summary summary;
        struct buf out = {0};
        struct diag diag = {0};
        if (export_make(&out, &summary, a, &options, &diag) != ERR_OK)
            fprintf(stderr, "%s %ld %s %s\n", err_name(diag.err), diag.line, diag.where, diag.detail);
        HOLD(out.len > 0);
        hold_xml(out.p, out.len);
        buf_release(&out);
    }
}

static void hold_part(const char *name, const char *bytes, size_t n_bytes)
{
    struct xml_doc doc = {0};
    (void)name;
    HOLD(memmem(bytes, n_bytes, "<f>", 3) == NULL && memmem(bytes, n_bytes, "<hyperlink", 10) == NULL);
    HOLD(xml_parse(&doc, bytes, n_bytes, NULL) == ERR_OK);
    xml_doc_release(&doc);
}

static void workbook(const struct assessment *a)
{
    static const struct column columns[] = {{"item", false}, {"level", true}, {"note", false}};
    struct table t;
    struct buf out = {0};
    table_init(&t, columns, 3);
    for (int i = 0; i < a->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(a, i);
        table_row(&t);
        table_add(&t, x->evidence);
        table_addf(&t, "%d", x->level);
        table_add(&t, x->note);
    }
    if (xlsx_make(&out, &t, a->site.name, NULL, NULL) == ERR_OK)
        unzip_each(out.p, out.len, hold_part);
    buf_release(&out);
    table_release(&t);
}

/* A row for each writer of the commands. */
static const struct {
    int (*command)(struct cmd *);
    enum format format;
    enum opt opt;
    const char *value;
} WRITERS[] = {
    {cmd_show, FORMAT_TEXT, OPT_LANG, NULL},       {cmd_show, FORMAT_CSV, OPT_LANG, NULL},
    {cmd_show, FORMAT_XML, OPT_LANG, NULL},        {cmd_grade, FORMAT_TEXT, OPT_LANG, NULL},
    {cmd_gaps, FORMAT_TEXT, OPT_LANG, NULL},       {cmd_gaps, FORMAT_CSV, OPT_LANG, NULL},
    {cmd_gaps, FORMAT_XML, OPT_LANG, NULL},        {cmd_compare, FORMAT_TEXT, OPT_LANG, NULL},
    {cmd_compare, FORMAT_CSV, OPT_LANG, NULL},     {cmd_check, FORMAT_TEXT, OPT_LANG, NULL},
    {cmd_rollup, FORMAT_TEXT, OPT_ROWS, "sites"},  {cmd_rollup, FORMAT_CSV, OPT_ROWS, "sites"},
    {cmd_rollup, FORMAT_CSV, OPT_ROWS, "answers"}, {cmd_rollup, FORMAT_CSV, OPT_ROWS, "gaps"},
    {cmd_rollup, FORMAT_XML, OPT_ROWS, "sites"},   {cmd_sheet, FORMAT_TEXT, OPT_SHEET_FORMAT, NULL},
    {cmd_sheet, FORMAT_TEXT, OPT_SHEET_FORMAT, "html"},
};
enum { N_WRITERS = sizeof WRITERS / sizeof WRITERS[0] };

void fuzz_writers(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes < 2)
        return;
    struct texts t = {(const char *)bytes + 1, (const char *)bytes + n_bytes, (const char *)bytes + 1};
    struct assessment *a = hostile(&t);
    enum lang lang = bytes[0] & 0x80 ? LANG_JA : LANG_EN;
    size_t which = (bytes[0] & 0x7f) % (4 * N_WRITERS); /* what takes long, seldom */
    if (which == N_WRITERS)
        report(a, lang);
    else if (which == N_WRITERS + 1)
        export_both(a);
    else if (which == N_WRITERS + 2)
        workbook(a);
    else
        which %= N_WRITERS;
    if (which < N_WRITERS)
        run_on(WRITERS[which].command, WRITERS[which].format, lang, WRITERS[which].opt, WRITERS[which].value, a);
    assessment_free(a);
}
