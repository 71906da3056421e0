/* What the parts of the assessment share among themselves: words, the attributes of each element,
 * small copies. */
#ifndef CORE_MODEL_ASSESSMENT_PRIV_H
#define CORE_MODEL_ASSESSMENT_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/assessment.h"

#define ASSESSMENT_NS_STEM "urn:monshin:assessment:"
#define ASSESSMENT_NS      ASSESSMENT_NS_STEM "1"

/* The words of an enum in its order; "" where the value is not written. */
struct words {
    const char *word[5];
    int n;
};
extern const struct words answer_state_words, basis_words, check_result_words, importance_words,
    duty_words, round_kind_words, action_status_words;
int words_parse(const struct words *w,
                const char *s); /* index or -1; "" is the value without a word, if there is one */

/* One row per attribute of an element, in the order in which they are written: the reader, the
 * writer and the list of known names all come from it. To add an attribute: a member, a row here,
 * and the schema. */
enum attr_type {
    ATTR_HAND,  /* known, but read and written by hand */
    ATTR_ID,    /* char *: the schema's id */
    ATTR_REF,   /* char *: the id of a person who exists */
    ATTR_FIELD, /* char *: one line of text, at most max bytes */
    ATTR_TIME,  /* char * */
    ATTR_DATE,  /* char * */
    ATTR_BOOL,  /* bool: written when true */
    ATTR_LEVEL, /* int: 1..5, 0 is not written */
    ATTR_ITEM,  /* int: item index */
    ATTR_COUNT, /* long: at most max digits, 0 is not written */
    ATTR_YEN,   /* long long: -1 is not written */
    ATTR_DAYS,  /* long: tenths; -1 is not written */
    ATTR_STATE, /* enum answer_state: ANSWER_LEVEL is not written */
    ATTR_WORD   /* an enum with words */
};

struct attr_row {
    const char *name;
    enum attr_type type;
    size_t offset;
    int max;
    const struct words *words;
    bool required;
};

extern const struct attr_row assessment_attrs[], site_attrs[], people_attrs[], person_attrs[],
    round_attrs[], answer_attrs[], target_attrs[], action_attrs[], text_attrs[],
    check_attrs[]; /* each ends with a row without a name */

/* An id as the schema has it. */
bool id_valid(const char *s);

/* A copy of s, "" for NULL. */
char *field_copy(const char *s);
void foreign_copy(struct foreign *out, const struct foreign *from);
void foreign_release(struct foreign *x);
void answer_clear(struct answer *x); /* an open answer out of uninitialised memory */
bool answer_is_blank(const struct answer *x,
                     const struct ck_item *item); /* nothing in it to be written */

/* Places in the sorted lists: where the record is, or where it belongs. */
size_t target_place(const struct assessment *a, int item, bool *found);
size_t action_place(const struct assessment *a, int item, int to, bool *found);
/* Opens and closes a gap in an array of n records; the opened record is zeroed. Returns the array.
 */
void *array_open(void *array, size_t *n, size_t at, size_t size);
void array_close(void *array, size_t *n, size_t at, size_t size);

#endif
