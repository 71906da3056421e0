/* Screens without a terminal: an app on an example assessment, keys by name, pictures compared with tests/golden. */
#ifndef TESTS_SUPPORT_SCREENS_H
#define TESTS_SUPPORT_SCREENS_H

#include "core/base/buf.h"
#include "core/model/assessment.h"
#include "tui/app/app.h"

struct stage {
    struct app app;
    struct canvas cv;
    long long ms;  /* what the monotonic clock says; tests move it */
    time_t now;    /* what the wall clock says */
    struct buf shown;
    struct checklist *own; /* of stage_open_frozen */
};

/* An app with the example below, of this size and language, full glyphs, nothing saved. Borrowed by the app: release with stage_close. */
void stage_open(struct stage *s, enum lang lang, int rows, int cols);
/* The same on a checklist that never changes (tests/data/stage), for golden pictures of items. */
void stage_open_frozen(struct stage *s, enum lang lang, int rows, int cols);
/* The same without a file (home). */
void stage_open_empty(struct stage *s, enum lang lang, int rows, int cols);
void stage_close(struct stage *s);

/* A site in Osaka in its second round: levels, an unknown, a not applicable, notes, flags, an alternative, something carried over. */
struct assessment *stage_example(const struct checklist *ck);

/* Presses keys, named as in the keymap and separated by blanks: "j j 3 n". Unknown names fail the test. */
void stage_keys(struct stage *s, const char *keys);
void stage_type(struct stage *s, const char *text); /* characters, one event each */
void stage_paste(struct stage *s, const char *text);
void stage_click(struct stage *s, int row, int col);
void stage_resize(struct stage *s, int rows, int cols);

/* The screen as text; valid until the next call. */
const char *stage_text(struct stage *s);
/* Is this text somewhere on the screen? */
int stage_shows(struct stage *s, const char *text);
/* Compares with tests/golden/NAME.txt; rewrites it when UPDATE=1. styles: the styles too, under the text. */
void stage_golden(struct stage *s, const char *name, int styles);

#endif
