/* The roll-up that is on the screen: what was collected, and how it is looked at. Lives in the app, not in a screen: it outlasts the sites
 * that are opened from it. */
#ifndef TUI_APP_FLEET_H
#define TUI_APP_FLEET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/method/rollup.h"
#include "core/method/rollup_fleet.h"
#include "tui/widget/list.h"

/* What the sites are sorted by. From SORT_SECTION on: a section of the checklist. */
enum fleet_sort { SORT_SCORE, SORT_GRADE, SORT_COUNTRY, SORT_NAME, SORT_ITEM, SORT_SECTION };

struct fleet {
    struct rollup r;
    char **path; /* owned: what was rolled up */
    size_t n_paths;
    struct key_secret *key;    /* owned, in secret_new: opens sealed files; NULL: none was given */
    const struct trust *trust; /* borrowed: whose sealed files are taken; NULL: anybody's */
    const struct checklist *checklist; /* of the most sites; NULL: there are none. The others are not shown. */
    struct common_gap gap[ITEMS_MAX];  /* most sites first */
    int gap_of[ITEMS_MAX];             /* by item: its place in gap */
    size_t *grades;                    /* owned: by grade, last without one */
    size_t *row;                       /* owned: file indices of the sites shown, sorted */
    size_t n_rows;
    int sort;      /* enum fleet_sort, or SORT_SECTION + section */
    int sort_item; /* the item of SORT_ITEM */
    bool reverse;
    size_t model;  /* file index of the model plant; r.n: none */
    char *since;   /* owned: the earlier roll-up that the page for the board is to compare with; NULL: none */
    struct list sites, items; /* cursor: which site, which item */
};

/* Collects; takes as long as reading the files does. Takes the key. */
struct fleet *fleet_new(const char *const *path, size_t n_paths, struct key_secret *key, const struct trust *trust, find_checklist_fn find,
                        void *cookie);
/* How its files are read once more. */
struct rollup_request fleet_request(const struct fleet *f, find_checklist_fn find, void *cookie);
/* How many files were rejected because they are sealed and no key, or another one, was given. */
size_t fleet_n_sealed(const struct fleet *f);
/* How many were opened, and of these: signed by nobody whom somebody here has vouched for. */
size_t fleet_n_opened(const struct fleet *f, size_t *n_strange);
void fleet_free(struct fleet *f);
/* After sites have gone from the roll-up, because their files could not be read once more. */
void fleet_refresh(struct fleet *f);
/* Sorts anew; the cursor stays on its site. */
void fleet_sort(struct fleet *f);
/* The site under the cursor, or of a row; NULL: there is none. */
const struct rollup_site *fleet_at(const struct fleet *f, int row);
/* How many items are below the model plant's level there; -1: no model, or it is the model itself. */
int fleet_behind_model(const struct fleet *f, const struct rollup_site *s);

#endif
