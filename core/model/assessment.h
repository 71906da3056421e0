/* An assessment: one site, its people, its rounds of answers, targets and actions. The model behind every screen.
 *
 * All changes go through assessment_apply, which takes a change and gives its inverse: undo, redo, autosave and the
 * "modified" mark hang on it; no screen writes a field. A change replaces one record whole, so an inverse is simply the
 * record as it was. Strings are owned, never NULL ("" when absent), cleaned (text.h) and bounded (TEXT_MAX bytes). */
#ifndef CORE_MODEL_ASSESSMENT_H
#define CORE_MODEL_ASSESSMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"
#include "core/model/checklist.h"

struct buf;
struct cell;
struct xml_node;

enum { TEXT_MAX = 8000, REASON_MAX = 1000, FIELD_MAX = 200, ROUNDS_MAX = 200, PEOPLE_MAX = 500, SAVES_MAX = 999999999 }; /* REASON_MAX: of a target */

/* "2026-11-20T16:40:31+09:00" (seconds may have a fraction, the offset may be Z) and "2026-12-25", real days only. */
bool iso_time_valid(const char *s);
bool iso_date_valid(const char *s);

enum answer_state { ANSWER_OPEN, ANSWER_UNKNOWN, ANSWER_NA, ANSWER_LEVEL, ANSWER_STATE_COUNT };
enum basis { BASIS_NONE, BASIS_INTERVIEW, BASIS_EXAMINE, BASIS_TEST, BASIS_COUNT };
enum check_result { CHECK_OPEN, CHECK_YES, CHECK_NO, CHECK_UNKNOWN, CHECK_RESULT_COUNT };
enum importance { IMPORTANCE_HIGH, IMPORTANCE_MEDIUM, IMPORTANCE_LOW, IMPORTANCE_COUNT };
enum duty { PERSON_DUTY_NONE, PERSON_DUTY_GOVERNANCE, PERSON_DUTY_MANAGEMENT, PERSON_DUTY_COUNT };
enum round_kind { ROUND_SELF, ROUND_ASSESSOR, ROUND_KIND_COUNT };
enum action_status { ACTION_OPEN, ACTION_DOING, ACTION_DONE, ACTION_DROPPED, ACTION_STATUS_COUNT };

/* Words of the file format for the enums above ("interview", "na", ...); "" for the NONE values. Parsing: index or -1. */
const char *answer_state_word(enum answer_state v);
const char *basis_word(enum basis v);
const char *check_result_word(enum check_result v);
const char *importance_word(enum importance v);
const char *duty_word(enum duty v);
const char *round_kind_word(enum round_kind v);
const char *action_status_word(enum action_status v);
int basis_parse(const char *s);
int importance_parse(const char *s);
int duty_parse(const char *s);
int check_result_parse(const char *s);
int action_status_parse(const char *s);
int round_kind_parse(const char *s);

/* What a newer minor version added and we do not know: kept and written back where it stood. */
struct foreign {
    char *attrs;    /* serialised attributes, with a leading blank each; "" when none */
    char *elements; /* serialised elements; "" when none */
    char *inside;   /* of the texts and checks inside: lines of "note ATTRIBUTES", "1-1.c1>ELEMENTS" and the like; "" when none */
};

struct site {
    char *id, *company, *name, *country, *industry;
    long employees; /* 0: not said */
    enum importance importance;
    bool model;   /* a model plant */
    bool example; /* made up, to show the program: marked wherever it is shown */
    struct foreign foreign;
};

struct person {
    char *id, *name, *dept, *role; /* role: a role id of the checklist, or "" */
    enum duty duty;
    struct foreign foreign;
};

struct answer {
    enum answer_state state;
    int level; /* 1..5 when state is ANSWER_LEVEL, else 0 */
    enum basis basis;
    bool alternative; /* the level rests on an alternative measure */
    bool flag;        /* marked for follow-up */
    bool carried;     /* from the last round, not yet confirmed */
    char *by;         /* person who said so, or "" */
    char *ask;        /* person to ask, or "" */
    char *at;         /* time of the last change, ISO 8601 with offset, or "" */
    char *reason;     /* why not applicable */
    char *note;
    char *evidence;
    enum check_result *check; /* by check index of the item; NULL: none answered */
    struct foreign foreign;
};

struct round {
    char *id;
    enum round_kind kind;
    char *assessor; /* person id or "" */
    char *started, *finished;
    struct answer *answer; /* by item index */
    int n_answers;         /* checklist->n_items */
    struct foreign foreign;
};

struct target {
    int item;
    int level;
    char *reason;
    struct foreign foreign;
};

struct action {
    int item, to; /* the step: to level `to` */
    enum action_status status;
    char *owner;        /* person id or "" */
    char *due;          /* YYYY-MM-DD or "" */
    long effort_tenths; /* own figures; -1: as the checklist estimates */
    long long cost_jpy; /* -1: as estimated */
    long long run_jpy;  /* -1: as estimated */
    char *updated;
    char *note;
    char *history; /* one line for each change of status or owner: time, status, owner; oldest first */
    struct foreign foreign;
};

struct assessment {
    const struct checklist *checklist; /* borrowed */
    int edition;                       /* index */
    char *id;                          /* UUID */
    long revision;                     /* saves so far */
    char *created, *modified;          /* ISO 8601 */
    char *program;                     /* who wrote the file last */
    long exported;                     /* revision of the last export, 0: never */
    struct site site;
    struct person *person;
    size_t n_people;
    struct round *round; /* oldest first; at least one */
    size_t n_rounds;
    struct target *target; /* by item */
    size_t n_targets;
    struct action *action; /* by item and step */
    size_t n_actions;
    struct foreign foreign;
    struct foreign people_foreign; /* of the list itself */
};

/* A new assessment with one open round. now: ISO 8601. id: UUID text (the caller makes it random; core has no clock and no dice). */
struct assessment *assessment_new(const struct checklist *ck, int edition, const char *id, const char *now);
void assessment_free(struct assessment *a);
struct assessment *assessment_copy(const struct assessment *a);

/* The round that is being answered: the last one. */
struct round *assessment_round(const struct assessment *a);
const struct answer *assessment_answer(const struct assessment *a, int item); /* in that round */
const struct person *assessment_person(const struct assessment *a, const char *id); /* or NULL */
const struct action *assessment_action(const struct assessment *a, int item, int to); /* or NULL */
const struct target *assessment_target(const struct assessment *a, int item);          /* override, or NULL */
/* Target level of an item: the override, else what the checklist says for the site's importance. */
int assessment_target_level(const struct assessment *a, int item);
/* Does an answer, a round or an action name this person? Such a person cannot be removed, nor get another id. */
bool assessment_person_used(const struct assessment *a, const char *id);
enum { PERSON_ID_SIZE = 24 };
void assessment_free_person_id(char out[PERSON_ID_SIZE], const struct assessment *a); /* "p1", "p2", ... that nobody has */

/* Changes. A change owns its record; assessment_apply takes it (the change is empty afterwards) and, when inverse is not
 * NULL, gives what undoes it. Wrong values are a programmer's mistake (assert): screens and commands check before. Wrong is what a
 * file may not hold: a level outside 1..5, not applicable without a reason (or a reason without that), a time or date that is none, a
 * person who does not exist or an id that another has, a text over its bound. */
enum change_kind {
    CHANGE_ANSWER,  /* round, item: replaces the answer */
    CHANGE_SITE,    /* replaces the site */
    CHANGE_PERSON,  /* index: replaces; remove: removes; index == n_people: adds */
    CHANGE_ROUND,   /* the same for rounds (kind, assessor, times and answers) */
    CHANGE_TARGET,  /* by item: sets, or removes when u.target.level is 0 */
    CHANGE_ACTION,  /* by item and u.action.to: sets; remove: removes */
    CHANGE_EDITION, /* index */
    CHANGE_KIND_COUNT
};

struct change {
    enum change_kind kind;
    size_t index; /* round for ANSWER; place for PERSON and ROUND; edition for EDITION */
    int item;     /* also in u.target.item and u.action.item */
    bool remove;
    bool insert; /* PERSON, ROUND: put in at index instead of replacing */
    union {
        struct answer answer;
        struct site site;
        struct person person;
        struct round round;
        struct target target;
        struct action action;
    } u;
};

void assessment_apply(struct assessment *a, struct change *c, struct change *inverse);
void change_release(struct change *c);

/* Copies for making changes: start from the present record, alter the copy, apply. Results are owned. */
void answer_copy(struct answer *out, const struct answer *from, const struct ck_item *item);
void answer_release(struct answer *x);
void site_copy(struct site *out, const struct site *from);
void site_release(struct site *x);
void person_copy(struct person *out, const struct person *from);
void person_release(struct person *x);
void round_copy(struct round *out, const struct round *from, const struct checklist *ck);
void round_release(struct round *x);
void target_copy(struct target *out, const struct target *from);
void target_release(struct target *x);
void action_copy(struct action *out, const struct action *from);
/* Adds a line to the history: what status and owner are from `now` on. The oldest lines go when there is no more room. */
void action_log(struct action *x, const char *now);
void action_release(struct action *x);
/* A line of the history. */
struct action_event {
    char time[40]; /* ISO 8601 */
    enum action_status status;
    char owner[FIELD_MAX + 1]; /* person id, or "" */
};
/* The next line that is as action_log writes it, and moves on; others are passed over (they stay in the file). false: there is none. */
bool action_event_next(struct action_event *out, const char **history);
/* Sets an owned string field to a cleaned, bounded copy of s. */
void field_set(char **field, const char *s, size_t max_bytes, bool multi_line);

/* Ready-made changes for what people do most. now: ISO 8601 time of the change. They keep note, evidence, flag, checks. A confirmed or
 * changed answer loses its carried mark; a note or a flag alone confirms nothing. */
void change_level(struct change *out, const struct assessment *a, int item, int level, const char *now);
void change_unknown(struct change *out, const struct assessment *a, int item, const char *now);
void change_na(struct change *out, const struct assessment *a, int item, const char *reason, const char *now);
void change_clear(struct change *out, const struct assessment *a, int item, const char *now);
void change_basis(struct change *out, const struct assessment *a, int item, enum basis basis, const char *now);
void change_note(struct change *out, const struct assessment *a, int item, const char *note, const char *now);
void change_evidence(struct change *out, const struct assessment *a, int item, const char *evidence, const char *now);
void change_flag(struct change *out, const struct assessment *a, int item, bool flag, const char *now);
void change_alternative(struct change *out, const struct assessment *a, int item, bool alternative, const char *now);
void change_check(struct change *out, const struct assessment *a, int item, int check, enum check_result result, const char *now);

/* XML (model/assessment_xml.c). The file format is a contract: design §4/§5, checklists/assessment.xsd.
 *
 * How the checklist named in a file is found: the caller's function, so that tests and folders of own checklists work. */
typedef const struct checklist *(*find_checklist_fn)(void *cookie, const char *id);

/* What a load wants to tell beside success: additions of a newer minor version that were kept. */
struct load_notes {
    int n_unknown;         /* elements and attributes that we do not know */
    char first_unknown[96];
    long first_line;
};

/* Bytes as they stand in the file (gzip or plain). find NULL: built-in checklists only. notes may be NULL. */
enum err assessment_read(struct assessment **out, const void *bytes, size_t n_bytes, find_checklist_fn find, void *cookie,
                         struct load_notes *notes, struct diag *diag);
/* The same with the XML parsed in a cell (core/io/xml_cell.h), for what comes from others; cell NULL: here. */
enum err assessment_read_in(struct cell *cell, struct assessment **out, const void *bytes, size_t n_bytes, find_checklist_fn find,
                            void *cookie, struct load_notes *notes, struct diag *diag);
/* Could what assessment_write made of a be read again? ERR_FULL: it has grown over what the reader takes (bytes, elements, rounds, people,
 * saves); then it must not be written. */
enum err assessment_fits(const struct assessment *a, const struct buf *xml, struct diag *diag);
/* Appends the XML (not compressed). Everything that was read is written back; the order is stable. */
void assessment_write(struct buf *out, const struct assessment *a, const char *program);

#endif
