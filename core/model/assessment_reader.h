/* What reading an assessment is made of, below the elements: values, attributes by table, and what
 * we do not know. The first error wins (reader.err is sticky); nothing after it matters. */
#ifndef CORE_MODEL_ASSESSMENT_READER_H
#define CORE_MODEL_ASSESSMENT_READER_H

#include "core/base/buf.h"
#include "core/io/xml.h"
#include "core/model/assessment_priv.h"

struct reader {
    struct assessment *a;
    struct load_notes notes;
    struct diag *diag;
    enum err err;
    int next_item; /* where the next answer is likely to belong */
    struct buf kept;  /* unknown elements on their way to *kept_of: there may be very many */
    char **kept_of;   /* NULL: none */
    size_t n_kept;    /* bytes of all of them, as they will be written */
};

/* attr NULL: the element itself. */
void reader_fail(struct reader *r, enum err err, const struct xml_node *el, const char *attr,
                 const char *detail);
void reader_too_big(struct reader *r, const struct xml_node *el, const char *attr, long limit);

/* Reads the attributes that rows name into record (by hand: not at all) and keeps the others in
 * foreign. */
void reader_attrs(struct reader *r, const struct xml_node *el, const struct attr_row *rows,
                  void *record, struct foreign *foreign);
/* Keeps an unknown element, and the unknown attributes of a text or check inside a record: as a
 * line "key attributes". */
void reader_keep_element(struct reader *r, const struct xml_node *n, char **elements, int indent);
/* Elements that were kept are in their place only after this: to be called before the place is read, moved or left. */
void reader_settle(struct reader *r);
void reader_keep_inside(struct reader *r, const struct xml_node *el, const struct attr_row *rows,
                        const char *key, char **inside);
/* Keeps the elements inside el, as a line "key>elements". */
void reader_keep_children(struct reader *r, const struct xml_node *el, const char *key, char **inside);

/* Without the blanks around it, as xs:token and its kin have it; owned by the caller. */
char *reader_trimmed(const char *s);
bool reader_all_digits(const char *s, size_t n, size_t max);
bool reader_number(const char *s, int max_digits, long long *out);
void reader_set_text(struct reader *r, const struct xml_node *el, const char *attr, const char *s,
                     size_t max, bool lines, char **field);
/* Index of the item, or -1 and ERR_UNKNOWN_ITEM. */
int reader_item(struct reader *r, const struct xml_node *el, const char *id);

#endif
