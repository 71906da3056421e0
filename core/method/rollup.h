/* The roll-up: many files in, one picture out.
 *
 * Every file found has exactly one outcome. Sites are told apart by checklist, company and site/@id
 * (each as it stands in the file). Of the files of one site the newest counts: the highest round
 * (round ids that are numbers by number, others by the number of rounds in the file and then by
 * their start), in it the highest revision. Two files of the same round and revision are duplicates
 * when they say the same (how they are compressed, when and by which version they were exported
 * does not matter), else a conflict: then the one changed last counts (by its own clock; else the
 * first by path) and the others are reported.
 *
 * Order: files by path, sites by id, company and checklist: the same whatever the file system and
 * the threads do. Kept of each file: what the tables need (about 400 bytes), never the assessment;
 * what needs the assessment (rollup_each) reads the taken files once more, a few at a time. */
#ifndef CORE_METHOD_ROLLUP_H
#define CORE_METHOD_ROLLUP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/grade.h"
#include "core/model/assessment.h"
#include "core/seal/trust.h"

enum rollup_outcome {
    ROLLUP_TAKEN,
    ROLLUP_OLDER,     /* an older round or revision of a site that another file has newer */
    ROLLUP_DUPLICATE, /* says the same as the file taken */
    ROLLUP_CONFLICT, /* same site, round and revision as the file taken, and something else in it */
    ROLLUP_REJECTED, /* cannot be read; diag says why */
    ROLLUP_OUTCOME_COUNT
};
const char *rollup_outcome_word(enum rollup_outcome o); /* "taken", "older", ... */

/* An answer of the last round, small. */
struct rollup_mark {
    unsigned char state; /* enum answer_state */
    unsigned char level; /* 1..5 when it is a level, else 0 */
    unsigned char basis; /* enum basis */
    unsigned char target;
};

/* What the tables need of a site. One piece of memory; the strings and marks stand behind it. */
struct rollup_site {
    const struct checklist *checklist;
    const char *id, *company, *name, *country;
    const char *round; /* id of the last round */
    char date[11];     /* of the last round: its end, else its start; YYYY-MM-DD or "" */
    bool round_numeric;
    long round_number;  /* of a numeric id, else how many rounds there are */
    long long started;  /* of the last round, seconds; 0: not known */
    long long modified; /* seconds; 0: not known */
    long revision;
    long employees;
    enum importance importance;
    bool model; /* says of itself that it is a model plant */
    bool provisional;
    short answered, total; /* levels and reasoned "not applicable", of all items */
    short score;           /* tenths, truncated; -1: none */
    short section_score[SECTIONS_MAX];
    signed char grade; /* index, or GRADE_NONE */
    signed char section_grade[SECTIONS_MAX];
    const struct rollup_mark *mark; /* by item */
};

/* Of a file that came sealed and was opened. */
struct rollup_seal {
    struct key_public from;
    const char *name; /* who that is to --trust, borrowed from there; NULL: nobody has said */
    long number;      /* the export number */
    char *file;       /* assessment/@id */
};

struct rollup_file {
    char *path; /* as the operand gives it; raw: clean it before showing */
    enum rollup_outcome outcome;
    struct diag *diag;        /* why rejected, else NULL */
    struct rollup_site *site; /* NULL when rejected */
    struct rollup_seal *seal; /* NULL: it was not sealed, or could not be opened */
    size_t taken;    /* the file that counts for this site; its own index when taken or rejected */
    bool other_name; /* the file taken has another name for this site */
    bool operand;    /* was named by the caller, not found in a folder */
};

struct rollup {
    struct rollup_file *file; /* by path */
    size_t n, cap;
    size_t *site; /* file indices of the sites, in order */
    size_t n_sites;
    size_t count[ROLLUP_OUTCOME_COUNT];
};

struct rollup_request {
    const char *const *path; /* files and folders */
    size_t n_paths;
    int jobs;
    /* Called from several threads at once; before that once from the caller's for "", so that what it loads when it is first asked
     * for something that it does not know is there. NULL: built-in ones only. */
    find_checklist_fn find;
    void *cookie;
    const struct key_secret *key; /* opens sealed files; NULL: they are rejected */
    /* Whose are taken; NULL: anybody's, and each says whose. With it a file that is not sealed is rejected (ERR_SEAL_UNSIGNED) where a signed
     * one of the same site is among the files. */
    const struct trust *trust;
    bool guarded; /* each thread has its files read in a child that can do nothing else (core/io/cell.h); else in this process */
};

void rollup_collect(struct rollup *out, const struct rollup_request *request);
void rollup_release(struct rollup *r);

/* Holds the sealed files that were taken against the newest export numbers seen before, which stand in the file at path (made when it is
 * not there), and writes these anew: ERR_SEAL_REPLAY rejects a file that is older. To be called after rollup_collect. */
enum err rollup_check_seen(struct rollup *r, const char *path, struct diag *diag);

/* The file (index) of a site, by id; company NULL: any. r->n: there is none. Sites with one id
 * stand together in r->site. */
size_t rollup_find_site(const struct rollup *r, const char *id, const char *company);

/* Reads the sites' files once more, in parallel, and gives the results on in the order of r->site.
 * make is called from several threads and gives what take is called with, in order, from the
 * caller's thread; take false ends it. A file that cannot be read any more becomes rejected, its
 * site is left out; give the list again with rollup_sites afterwards. */
struct rollup_pass {
    void *(*make)(void *cookie, const struct assessment *a, const struct rollup_site *site);
    bool (*take)(void *cookie, const struct rollup_file *file, void *made);
    void *cookie;
};
void rollup_each(struct rollup *r, const struct rollup_request *request,
                 const struct rollup_pass *pass);

/* One file (index) once more, whole, however it came; owned by the caller. NULL: it cannot be read any
 * more, and is rejected from now on. */
struct assessment *rollup_open(struct rollup *r, size_t file, const struct rollup_request *request);

/* Which files of a folder are looked at: NAME.xml, NAME.xml.gz and NAME.age (in any case), not hidden. */
bool rollup_wants(const char *name);

#endif
