/* Reading the attributes of an element by their table, keeping those that we do not know
 * (assessment_reader.h). */
#include "core/model/assessment_reader.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"

static const char XML_NS[] = "http://www.w3.org/XML/1998/namespace";
static const char XSI_NS[] = "http://www.w3.org/2001/XMLSchema-instance";
enum {
    FOREIGN_ATTRS_MAX = 4000
}; /* per element: what is written back has to pass the gate's limit for a tag again */

void reader_fail(struct reader *r, enum err err, const struct xml_node *el, const char *attr,
                 const char *detail)
{
    if (r->err != ERR_OK)
        return;
    struct buf where = {0};
    buf_adds(&where, el->name);
    if (attr != NULL)
        buf_addf(&where, "/@%s", attr);
    r->err = diag_set(r->diag, err, el->line, buf_str(&where), detail);
    buf_release(&where);
}

void reader_too_big(struct reader *r, const struct xml_node *el, const char *attr, long limit)
{
    if (r->err != ERR_OK)
        return;
    reader_fail(r, ERR_TOO_BIG, el, attr, NULL);
    if (r->diag != NULL)
        r->diag->number = limit;
}

/* Unknown additions */

static void note_unknown(struct reader *r, const struct xml_node *el, const char *attr)
{
    if (r->notes.n_unknown == 0) {
        struct buf name = {0};
        buf_adds(&name, el->name);
        if (attr != NULL)
            buf_addf(&name, "/@%s", attr);
        struct buf clean = {0};
        text_clean(&clean, buf_str(&name), name.len, TEXT_ONE_LINE);
        size_t n = text_floor(buf_str(&clean), clean.len, sizeof r->notes.first_unknown - 1);
        memcpy(r->notes.first_unknown, buf_str(&clean), n);
        r->notes.first_line = el->line;
        buf_release(&name);
        buf_release(&clean);
    }
    r->notes.n_unknown++;
}

static void keep_attr(struct buf *out, const struct xml_attr *x, int n_before)
{
    if (*x->ns == '\0')
        buf_addf(out, " %s=\"", x->name);
    else if (strcmp(x->ns, XML_NS) == 0)
        buf_addf(out, " xml:%s=\"", x->name);
    else {
        buf_addf(out, " xmlns:x%d=\"", n_before);
        xml_escape(out, x->ns, true);
        buf_addf(out, "\" x%d:%s=\"", n_before, x->name);
    }
    xml_escape(out, x->value, true);
    buf_addc(out, '"');
}

static bool knows(const struct attr_row *rows, const struct xml_attr *x)
{
    if (*x->ns != '\0')
        return false;
    while (rows->name != NULL && (rows->name[0] != x->name[0] || strcmp(rows->name, x->name) != 0))
        rows++;
    return rows->name != NULL;
}

static void keep_attrs(struct reader *r, const struct xml_node *el, const struct attr_row *rows,
                       struct buf *out)
{
    int n = 0;
    for (const struct xml_attr *x = el->attrs; x != NULL; x = x->next) {
        if (knows(rows, x))
            continue;
        keep_attr(out, x, n);
        n++;
        if (strcmp(x->ns, XSI_NS) != 0) /* a pointer to the schema is nobody's addition */
            note_unknown(r, el, x->name);
    }
    if (out->len > FOREIGN_ATTRS_MAX)
        reader_too_big(r, el, NULL, FOREIGN_ATTRS_MAX);
}

static void count_kept(struct reader *r, const struct xml_node *n, size_t n_bytes)
{
    r->n_kept += n_bytes;
    if (r->n_kept > XML_FULL_BYTES) /* escaped it is longer than it came: it could never be saved */
        reader_too_big(r, n, NULL, XML_FULL_BYTES);
}

void reader_keep_element(struct reader *r, const struct xml_node *n, char **elements, int indent)
{
    if (r->kept_of != elements) {
        reader_settle(r);
        buf_adds(&r->kept, *elements);
        r->kept_of = elements;
    }
    size_t before = r->kept.len;
    xml_write_node(&r->kept, n, ASSESSMENT_NS, indent);
    count_kept(r, n, r->kept.len - before);
    note_unknown(r, n, NULL);
}

void reader_settle(struct reader *r)
{
    if (r->kept_of == NULL)
        return;
    free(*r->kept_of);
    *r->kept_of = buf_take(&r->kept);
    r->kept_of = NULL;
}

void reader_keep_inside(struct reader *r, const struct xml_node *el, const struct attr_row *rows,
                        const char *key, char **inside)
{
    struct buf attrs = {0};
    keep_attrs(r, el, rows, &attrs);
    if (attrs.len > 0) {
        struct buf all = {0};
        buf_addf(&all, "%s%s%s\n", *inside, key, attrs.p);
        free(*inside);
        *inside = buf_take(&all);
    }
    buf_release(&attrs);
}

/* On one line: a line feed can only stand in a text, where it may be written as a reference. */
void reader_keep_children(struct reader *r, const struct xml_node *el, const char *key, char **inside)
{
    struct buf all = {0}, one = {0};
    for (const struct xml_node *n = el->first; n != NULL; n = n->next) {
        if (n->name == NULL)
            continue;
        buf_clear(&one);
        xml_write_node(&one, n, ASSESSMENT_NS, 0);
        if (all.len == 0)
            buf_addf(&all, "%s%s>", *inside, key);
        for (size_t i = 0; i + 1 < one.len; i++) /* but the one behind it */
            buf_adds(&all, one.p[i] == '\n' ? "&#10;" : (const char[]){one.p[i], '\0'});
        count_kept(r, n, one.len);
        note_unknown(r, n, NULL);
    }
    if (all.len > 0) {
        buf_addc(&all, '\n');
        free(*inside);
        *inside = buf_take(&all);
    }
    buf_release(&all);
    buf_release(&one);
}

/* Values */

char *reader_trimmed(const char *s)
{
    static const char blanks[] = " \t\r\n";
    s += strspn(s, blanks);
    size_t n = strlen(s);
    while (n > 0 && strchr(blanks, s[n - 1]) != NULL)
        n--;
    return xstrndup(s, n);
}

static bool has_blank_ends(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && (strchr(" \t\r\n", s[0]) != NULL || strchr(" \t\r\n", s[n - 1]) != NULL);
}

bool reader_all_digits(const char *s, size_t n, size_t max)
{
    return n >= 1 && n <= max && strspn(s, "0123456789") >= n;
}

bool reader_number(const char *s, int max_digits, long long *out)
{
    if (!reader_all_digits(s, strlen(s), (size_t)max_digits))
        return false;
    *out = strtoll(s, NULL, 10);
    return true;
}

static bool parse_days(const char *s, long *tenths)
{
    size_t whole = strcspn(s, ".");
    if (!reader_all_digits(s, whole, 5) ||
        (s[whole] == '.' && (strlen(s + whole) != 2 || !reader_all_digits(s + whole + 1, 1, 1))))
        return false;
    *tenths = strtol(s, NULL, 10) * 10 + (s[whole] == '.' ? s[whole + 1] - '0' : 0);
    return true;
}

static bool parse_bool(const char *s, bool *out)
{
    *out = strcmp(s, "true") == 0 || strcmp(s, "1") == 0;
    return *out || strcmp(s, "false") == 0 || strcmp(s, "0") == 0;
}

static void set_string(char **field, const char *s)
{
    free(*field);
    *field = xstrdup(s);
}

/* One line or many, cleaned; too long is an error and not a cut: nothing that somebody wrote
 * disappears silently. */
void reader_set_text(struct reader *r, const struct xml_node *el, const char *attr, const char *s,
                     size_t max, bool lines, char **field)
{
    struct buf clean = {0};
    size_t n = strlen(s);
    text_clean(&clean, s, n, lines ? TEXT_MULTI_LINE : TEXT_ONE_LINE);
    if (n > max || clean.len > max)
        reader_too_big(r, el, attr, (long)max);
    else
        set_string(field, buf_str(&clean));
    buf_release(&clean);
}

static bool set_number(const struct attr_row *row, const char *s, void *at)
{
    long long n;
    long tenths;
    switch (row->type) {
    case ATTR_LEVEL:
        if (strlen(s) != 1 || s[0] < '0' + LEVEL_MIN || s[0] > '0' + LEVEL_MAX)
            return false;
        *(int *)at = s[0] - '0';
        return true;
    case ATTR_COUNT:
        if (!reader_number(s, row->max, &n))
            return false;
        *(long *)at = (long)n;
        return true;
    case ATTR_YEN:
        return reader_number(s, row->max, at);
    case ATTR_DAYS:
        if (!parse_days(s, &tenths))
            return false;
        *(long *)at = tenths;
        return true;
    case ATTR_HAND:
    case ATTR_ID:
    case ATTR_REF:
    case ATTR_FIELD:
    case ATTR_TIME:
    case ATTR_DATE:
    case ATTR_BOOL:
    case ATTR_ITEM:
    case ATTR_STATE:
    case ATTR_WORD:
        break;
    }
    return false;
}

static bool set_word(const struct attr_row *row, const char *s, void *at)
{
    int value = *s != '\0' ? words_parse(row->words, s) : -1;
    if (value >= 0)
        memcpy(at, &value, sizeof value);
    return value >= 0;
}

int reader_item(struct reader *r, const struct xml_node *el, const char *id)
{
    const struct checklist *ck = r->a->checklist;
    int item = r->next_item < ck->n_items ? r->next_item : 0; /* files are in order, mostly */
    if (strcmp(ck->item[item].id, id) != 0)
        item = checklist_item(ck, id);
    if (item < 0)
        reader_fail(r, ERR_UNKNOWN_ITEM, el, "item", id);
    r->next_item = item + 1;
    return item;
}

/* s is trimmed but for ATTR_FIELD. False: not a value of this type. */
static bool set_value(struct reader *r, const struct xml_node *el, const struct attr_row *row,
                      const char *s, void *at)
{
    switch (row->type) {
    case ATTR_HAND:
        return true;
    case ATTR_FIELD:
        reader_set_text(r, el, row->name, s, (size_t)row->max, false, at);
        return true;
    case ATTR_REF:
        if (id_valid(s) && assessment_person(r->a, s) == NULL)
            reader_fail(r, ERR_UNKNOWN_REF, el, row->name, s);
        set_string(at, s);
        return id_valid(s);
    case ATTR_ID:
        set_string(at, s);
        return id_valid(s);
    case ATTR_TIME:
        set_string(at, s);
        return iso_time_valid(s);
    case ATTR_DATE:
        set_string(at, s);
        return iso_date_valid(s);
    case ATTR_BOOL:
        return parse_bool(s, at);
    case ATTR_ITEM:
        *(int *)at = reader_item(r, el, s);
        return true;
    case ATTR_LEVEL:
    case ATTR_COUNT:
    case ATTR_YEN:
    case ATTR_DAYS:
        return set_number(row, s, at);
    case ATTR_STATE: {
        int state = words_parse(&answer_state_words, s);
        *(enum answer_state *)at = state < 0 ? ANSWER_OPEN : (enum answer_state)state;
        return state >= 0 && state != ANSWER_LEVEL;
    }
    case ATTR_WORD:
        return set_word(row, s, at);
    }
    return false;
}

void reader_attrs(struct reader *r, const struct xml_node *el, const struct attr_row *rows,
                  void *record, struct foreign *foreign)
{
    for (const struct attr_row *row = rows; row->name != NULL; row++) {
        const char *raw = xml_attr(el, row->name);
        if (raw == NULL && row->required)
            reader_fail(r, ERR_SCHEMA_MISSING, el, NULL, row->name);
        if (raw == NULL || row->type == ATTR_HAND)
            continue;
        char *s = row->type != ATTR_FIELD && has_blank_ends(raw) ? reader_trimmed(raw) : NULL;
        if (!set_value(r, el, row, s != NULL ? s : raw, (char *)record + row->offset))
            reader_fail(r, ERR_SCHEMA_VALUE, el, row->name, raw);
        free(s);
    }
    struct buf kept = {0};
    keep_attrs(r, el, rows, &kept);
    if (kept.len > 0) {
        free(foreign->attrs);
        foreign->attrs = buf_take(&kept);
    }
    buf_release(&kept);
}
