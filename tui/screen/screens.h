/* The screens, by name. */
#ifndef TUI_SCREEN_SCREENS_H
#define TUI_SCREEN_SCREENS_H

#include "core/model/assessment.h"
#include "tui/app/screen.h"

struct app;
struct area;
struct buf;

extern const struct screen_ops items_screen;  /* a section tab; arg: const int * (section) */
extern const struct screen_ops home_screen;   /* no arg */
extern const struct screen_ops sites_screen;        /* no arg; app->fleet */
extern const struct screen_ops sites_common_screen; /* the same */
extern const struct screen_ops sites_rollout_screen; /* the same, with a model plant */
extern const struct screen_ops sites_files_screen;  /* the same */
extern const struct screen_ops site_screen;   /* tab: site, round, people */
extern const struct screen_ops person_screen; /* arg: const int * (index; n_people: a new one) */
extern const struct screen_ops actions_screen; /* tab: the gap list */
extern const struct screen_ops plan_screen;    /* tab: the exact plan */
extern const struct screen_ops bench_items_screen; /* no arg; there is a benchmark */
extern const struct screen_ops result_screen; /* tab: grade, radar, comments */
extern const struct screen_ops help_screen;   /* arg: const enum context * */
extern const struct screen_ops search_screen; /* no arg */
extern const struct screen_ops merge_screen;   /* no arg; app->merging */
extern const struct screen_ops compare_screen; /* arg: const int * (item to begin with) or NULL; other_round is there */
/* Asks which file to compare with, and shows it. */
void compare_ask(struct app *app);
extern const struct screen_ops checks_screen; /* deep dive; arg: const int * (item) */

/* Writes to path, which is there only if force says that it may be replaced. */
typedef void (*target_fn)(struct app *app, const char *path, bool force);

/* One line to type, at the bottom. */
struct ask {
    const char *title;   /* msgid */
    const char *initial; /* borrowed while opening */
    int item;            /* handed to done; its label is shown. -1: none */
    int tag;             /* handed to done instead when there is no item */
    bool must;           /* an empty answer is refused */
    size_t max_bytes;    /* 0: FIELD_MAX */
    void (*done)(struct app *app, int item, const char *text); /* after the prompt is closed */
    target_fn write;     /* instead of done: the text names a file to write (ask_target) */
};
extern const struct screen_ops ask_screen; /* arg: const struct ask * */

/* One of the people, or nobody (id ""): pick.c. done is called at once, or after one is chosen from the list. */
struct pick {
    const char *title;   /* msgid */
    const char *current; /* the id; borrowed while opening */
    int item;            /* its label is shown. -1: none */
    int tag;             /* handed to done */
    void (*done)(struct app *app, int tag, const char *id);
};
void pick_person(struct app *app, const struct pick *pick);
extern const struct screen_ops pick_screen; /* arg: const struct pick * */

/* replace.c: asks for the name of a file to write (title: msgid) and, where it exists, whether it may be replaced. */
void ask_target(struct app *app, const char *title, const char *initial, target_fn write);
void target_named(struct app *app, const char *title, const char *path, target_fn write); /* for the prompt */
extern const struct screen_ops replace_screen;

/* One step of one item. */
struct step_ref {
    int item, to;
};
extern const struct screen_ops playbook_screen; /* arg: const struct step_ref * */
/* ACT_STEP_*: changes status, owner, due date, own figures or note of a step (step.c). */
void step_edit(struct app *app, int item, int to, enum act action);
struct gap;
/* Why a step stands where it stands, in words and figures (actions.c). */
void gap_explain(const struct app *app, const struct gap *g, struct buf *out);

/* The editor for the long texts of an answer. */
enum long_text { LONG_NOTE, LONG_EVIDENCE };
struct write {
    int item;
    enum long_text what;
};
extern const struct screen_ops write_screen; /* arg: const struct write * */

/* "governance", "management", "" in the person's language. */
const char *person_duty_name(const struct app *app, enum duty duty);

void toosmall_draw(const struct app *app, struct area a);

/* sites_board.c: asks what to compare with and where to, and writes the page for the board. */
void sites_board(struct app *app);

#endif
