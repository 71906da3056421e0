/* The answers of an assessment as a short code that is read out, typed or shown as a QR code: across an air gap without media.
 *
 * In it: levels, states and basis of all items, which levels rest on an alternative measure; site id, country, importance; round id, kind and
 * dates; revision and time of the last change; which checklist, version and edition. Not in it: texts, names, deep-dive checks, flags, targets,
 * actions, earlier rounds, and whether an answer was carried over.
 *
 * Characters: 0-9 A-Z without I L O U (Crockford's base 32), in groups of five. The fifth of a group is its check: a linear one over GF(32)
 * with another weight for each place, moved on by the number of the group; so every single wrong character, every swap of two neighbours, and
 * every swap of two groups within a distance of 30 is caught, and the group named. The last six characters of the data are 30 bits of a
 * SHA-256 over the others: what is wrong in several places is caught too. The first four bits are the version of the layout. */
#ifndef CORE_METHOD_CODE_H
#define CORE_METHOD_CODE_H

#include <stdbool.h>

#include "core/base/clock.h"
#include "core/model/assessment.h"

struct buf;

enum { CODE_GROUP_CHARS = 5 };

struct code_answer {
    enum answer_state state;
    int level; /* 0 unless the state is a level */
    enum basis basis;
    bool alternative;
};

/* What a code says. Texts are valid and clean; times are ISO 8601 or "". */
struct code {
    unsigned long checklist, edition; /* fingerprints: see code_fits and code_edition */
    char version[FIELD_MAX + 1];      /* of the checklist */
    char site_id[FIELD_MAX + 1];
    char country[FIELD_MAX + 1];
    enum importance importance;
    char round_id[FIELD_MAX + 1];
    enum round_kind kind;
    char started[ISO_SIZE], finished[ISO_SIZE]; /* to the day */
    char modified[ISO_SIZE];                    /* to the minute */
    long revision;
    int n_answers;
    struct code_answer answer[ITEMS_MAX];
};

enum code_problem {
    CODE_GOOD,
    CODE_EMPTY,
    CODE_CHARACTER, /* text: a character that no code has */
    CODE_GROUP,     /* the first group whose check is wrong */
    CODE_LENGTH,    /* the last group is not whole, or too few groups */
    CODE_SUM,       /* each group is right, the whole is not: a group is missing or twice */
    CODE_NEWER,     /* of a newer program */
    CODE_MEANING    /* right, but it says what cannot be */
};
struct code_fault {
    enum code_problem problem;
    int group; /* from 1 */
    char text[CODE_GROUP_CHARS + 4];
};

/* Appends the code of the present round: groups with a blank between them. */
void code_make(struct buf *out, const struct assessment *a);
/* Blanks, line breaks and hyphens mean nothing; small letters are read, I and L as 1, O as 0. false: *fault says why. */
bool code_read(struct code *out, struct code_fault *fault, const char *text);

/* Is the code about the items of this checklist? Its id and the ids of its items have to be the same; its version may differ. */
bool code_fits(const struct code *c, const struct checklist *ck);
int code_edition(const struct code *c, const struct checklist *ck); /* index, or -1 */

/* Puts what the code says into a new assessment of a checklist that fits; reason: of what is not applicable. The first save will have
 * the number of the revision that the code was made from. */
void code_fill(struct assessment *a, const struct code *c, const char *reason);

#endif
