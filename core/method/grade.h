/* Scores and grades: the one place where they are computed (design §2, the method; weights and key items after the open
 * questionnaire of the Nagoya Institute of Technology app, thresholds and caps from the checklist's data).
 *
 * Exact: scores are fractions of integers; nothing is rounded before a comparison, and what is shown is truncated, never
 * rounded up across a boundary. Pure: answers in, result out; no allocation. */
#ifndef CORE_METHOD_GRADE_H
#define CORE_METHOD_GRADE_H

#include <stdbool.h>

#include "core/model/assessment.h"
#include "core/model/checklist.h"

/* A score 0..100 as num/den; den 0: there is none. */
struct score {
    long long num, den;
};
int score_tenths(struct score s);                 /* truncated, in tenths: 624 is 62.4; -1 when there is none */
int score_cmp(struct score a, struct score b);    /* both present */
bool score_at_least(struct score s, int points);

/* What grading needs of an answer; level 0 for anything that is not a level. */
struct mark {
    enum answer_state state;
    int level;
};

enum { GRADE_NONE = -1 }; /* else an index into checklist->grade: 0 is the best */

enum cap_kind { CAP_KEY_ITEM, CAP_BALANCE };
struct cap {
    enum cap_kind kind;
    int item;      /* CAP_KEY_ITEM: the item; CAP_BALANCE: -1 */
    int section;   /* CAP_BALANCE: the (first) weakest section; CAP_KEY_ITEM: its section */
    int max_grade; /* at best */
};

enum no_grade { HAS_GRADE, NO_ANSWERS, TOO_FEW_APPLICABLE };

struct scope_grade {
    struct score score, low, high; /* as answered; all open items at 1; all at 5 */
    int by_score;                  /* grade by score alone, or GRADE_NONE */
    int grade;                     /* after the caps (overall only: sections have none) */
    int low_grade, high_grade;     /* range it can still end in, caps included */
    enum no_grade why_none;
    int answered;   /* items with a level */
    int unknown;
    int applicable; /* total minus not applicable */
    int total;
};

struct lift {
    int item, from, to;
};

struct grade_result {
    struct scope_grade overall;
    struct scope_grade section[SECTIONS_MAX];
    bool provisional; /* anything open or unknown */
    /* caps that bind (hold the overall grade below by_score), strongest first */
    struct cap cap[ITEMS_MAX > 64 ? 64 : ITEMS_MAX];
    int n_caps;
    /* the smallest change (fewest level steps) that raises the overall grade by one letter when caps bind; 0: no cap binds */
    struct lift lift[64];
    int n_lifts;
    int lift_grade; /* the overall grade then */
};

void grade_marks(struct mark *out, const struct round *round, int n_items); /* out: n_items of them */
void grade_compute(struct grade_result *out, const struct checklist *ck, const struct mark *marks);
/* The same for the current round of an assessment. */
void grade_assessment(struct grade_result *out, const struct assessment *a);

/* "62.4" into out (at least 8 bytes), "" when there is none. */
void score_format(char *out, struct score s);

/* The greatest common divisor, for what adds scores exactly; both not negative. */
long long score_gcd(long long a, long long b);

#endif
