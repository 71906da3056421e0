/* Words and short phrases about answers, steps and plans that the screens and the command line share. All by catalogue: its language is
 * also that of the checklist's texts. */
#ifndef TUI_APP_WORDS_H
#define TUI_APP_WORDS_H

#include "core/method/gaps.h"
#include "core/method/plan.h"
#include "i18n/catalog.h"

struct buf;

const char *words_ltext(const struct catalog *cat, const struct ltext *text);
const char *words_wave(const struct catalog *cat, enum wave wave); /* max 6 columns */
const char *words_status(const struct catalog *cat, enum action_status status);
const char *words_basis(const struct catalog *cat, enum basis basis); /* "" for none */

/* "3 Done", "unknown", "not applicable", "-". */
void words_answer(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct answer *x);

/* In full, with separators: 8,000,000. */
void words_digits(struct buf *out, long long n);
void words_days(struct buf *out, long tenths);

/* What to do: the step's sentence, or, when the checklist has none, what its level looks like. */
const char *words_step(const struct catalog *cat, const struct checklist *ck, int item, int to);
/* "needs 2-6 "..." at level 2"; nothing when the step can start today. */
void words_blocked(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct gap *g);
/* Why a step stands where it stands. low_grade: the overall grade with every open item at level 1. */
void words_why(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct gap *g, int low_grade);

/* What a plan takes, what is missing within the limits, and why a grade cannot be reached. */
void words_plan_takes(struct buf *out, const struct catalog *cat, const struct plan_result *r);
void words_plan_missing(struct buf *out, const struct catalog *cat, const struct plan_result *r);
void words_plan_failed(struct buf *out, const struct catalog *cat, const struct plan_result *r);
void words_plan_why(struct buf *out, const struct catalog *cat, const struct checklist *ck, const struct plan_result *r);
/* "C 52.1", "-" without a grade. */
void words_grade(struct buf *out, const struct checklist *ck, const struct grade_result *r);

#endif
