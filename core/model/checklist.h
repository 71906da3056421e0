/* A checklist: what is asked, how it is scored, and what to do next. Read-only once made. Nothing about a particular
 * checklist stands in code: sections, weights, scale, grades, caps, roles, sentences all come from the data
 * (checklists/checklist.xsd; how to write one: checklists/README.md).
 *
 * Built-in checklists are compiled at build time from the same XML by the same loader into static tables (see
 * model/checklist_emit.h), so that starting the program parses nothing. All pointers are borrowed for the life of the checklist. */
#ifndef CORE_MODEL_CHECKLIST_H
#define CORE_MODEL_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"
#include "i18n/lang.h"

enum {
    LEVEL_MIN = 1,
    LEVEL_MAX = 5,
    SECTIONS_MAX = 12,
    ITEMS_MAX = 512,
};

struct ck_level {
    struct ltext brief; /* "done" */
    struct ltext name;  /* the scale's sentence */
    int score;          /* 0..100 */
};

struct ck_grade {
    char letter;
    int min; /* score from which it holds, 0..100 */
    struct ltext name;
    struct ltext meaning;
};

struct ck_key_cap {
    int level;     /* a key item at this level or below ... */
    int max_grade; /* ... allows at best this grade (index into grades) */
};

struct ck_importance {
    const char *id; /* "high", "medium", "low" */
    struct ltext name;
    struct ltext help;
    int target_key; /* target level of key items */
    int target;     /* of the others */
};

struct ck_role {
    const char *id;
    struct ltext name;
    struct ltext brief;
};

struct ck_section {
    const char *id;
    struct ltext name;
    struct ltext brief; /* for tabs */
    int weight;
    int first_item; /* items of a section are contiguous */
    int n_items;
};

/* A condition of a verdict. Exactly one of section, item, overall is used. */
struct ck_when {
    int section;              /* index, or -1 */
    int item;                 /* index, or -1 */
    bool overall;
    int grade_best;           /* index of the best grade allowed, or -1 (max="C": not better than C) */
    int grade_worst;          /* index of the worst grade allowed, or -1 (min="B": B or better) */
    int level_min, level_max; /* or 0 */
};

struct ck_verdict {
    const char *id;
    const struct ck_when *when;
    int n_when;
    struct ltext say;
};

struct ck_verdict_group {
    int section; /* index: a comment on that section; -1: part of the executive comment */
    const struct ck_verdict *verdict;
    int n_verdicts;
};

struct ck_question {
    int role; /* index into roles */
    struct ltext text;
};

struct ck_check {
    const char *id; /* "2-6.c1" */
    int level;      /* the level that a "yes" is evidence for */
    struct ltext text;
};

struct ck_requires {
    int item; /* index */
    int level;
};

struct ck_ref {
    const char *std; /* "nist-csf-2.0" */
    const char *id;
};

enum ck_scale { SCALE_FIXED, SCALE_HALF, SCALE_LINEAR, SCALE_COUNT };
enum ck_duty { DUTY_GOVERNANCE, DUTY_MANAGEMENT, DUTY_COUNT };

/* An estimate for the reference plant. Effort in tenths of a person-day; cost in yen. */
struct ck_estimate {
    long long low, typical, high;
    enum ck_scale scale;
    struct ltext basis;
};

/* How to get from level to-1 to level to. */
struct ck_step {
    int to; /* 2..5; 0: the checklist says nothing about this step */
    int lead;
    const int *agree;
    int n_agree;
    enum ck_duty duty;
    struct ltext action, first, paper;
    const struct ltext *how;
    int n_how;
    const struct ltext *evidence;
    int n_evidence;
    struct ck_estimate effort, build, run;
    int stops;      /* planned line stops */
    int stop_hours; /* hours in all */
    struct ltext stop_why;
    const struct ck_requires *requires;
    int n_requires;
    const struct ck_ref *refs;
    int n_refs;
};

enum ck_fix { FIX_HQ, FIX_PLANT, FIX_COUNT };

struct ck_item {
    const char *id;
    int section;
    int weight;
    bool key;
    enum ck_fix fix;
    struct ltext label;
    struct ltext level[LEVEL_MAX]; /* what level n looks like, at [n-1] */
    const struct ck_question *question;
    int n_questions;
    const struct ltext *evidence;
    int n_evidence;
    bool na_plausible;
    struct ltext na_when;
    const struct ltext *alternative;
    int n_alternatives;
    int risk; /* per cent, 100 = as its weight says */
    struct ltext risk_why;
    const struct ck_check *check;
    int n_checks;
    struct ck_step step[LEVEL_MAX - 1]; /* to level n at [n-2] */
};

struct ck_edition {
    const char *id;
    struct ltext name;
    struct ltext attribution;
    const char *licence;         /* "" when none is needed */
    const struct ltext *wording; /* by item index */
};

struct checklist {
    const char *id;
    const char *version;
    struct ltext name;
    struct ltext attribution;
    struct ck_level level[LEVEL_MAX]; /* at [n-1] */
    const struct ck_grade *grade;     /* best first */
    int n_grades;
    const struct ck_key_cap *key_cap;
    int n_key_caps;
    int balance_letters; /* overall at most this many grades above the weakest section; -1: no such cap */
    int na_percent;      /* share of not-applicable items from which a section has no grade; 101: never */
    struct ck_importance importance[3]; /* in the order high, medium, low */
    struct ltext reference_plant;
    int reference_people;
    int reference_devices;
    const struct ck_role *role;
    int n_roles;
    const struct ck_section *section;
    int n_sections;
    const struct ck_item *item; /* in the order of the sections */
    int n_items;
    const struct ck_edition *edition;
    int n_editions;
    int default_edition;
    const struct ck_verdict_group *group;
    int n_groups;
};

/* Built in: the first one is the default. */
int checklist_n_builtin(void);
const struct checklist *checklist_builtin(int i);
const struct checklist *checklist_find(const char *id); /* built in, by id; NULL when there is none */

/* Index by id, or -1. */
int checklist_item(const struct checklist *ck, const char *id);
int checklist_section(const struct checklist *ck, const char *id);
int checklist_edition(const struct checklist *ck, const char *id);
int checklist_role(const struct checklist *ck, const char *id);
int checklist_importance(const struct checklist *ck, const char *id); /* "" and unknown: the middle one */
int checklist_target(const struct checklist *ck, int item, int importance);

/* Loading from XML. The folder is where <include> looks; the result owns everything (one arena). Checks schema and meaning:
 * both languages, unique ids, levels 1..5 once each, weights in range, references resolved, estimates in order, prerequisites without a circle,
 * an edition that words every item, reference ids that exist in checklists/references.xml. */
enum err checklist_load(struct checklist **out, const char *path, struct diag *diag);
void checklist_free(struct checklist *ck); /* only for what checklist_load gave */

#endif
