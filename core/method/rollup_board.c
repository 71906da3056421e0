/* See rollup_board.h. Earlier roll-ups are read in rollup_since.c. */
#include "core/method/rollup_board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/method/gaps.h"

const struct rollup_site *board_site(const struct board *b, size_t i)
{
    return b->rollup->file[b->site[i].file].site;
}

size_t board_edition_sites(const struct board *b, int edition)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        n += b->site[i].edition == edition;
    return n;
}

int board_editions(const struct board *b)
{
    int n = 0;
    for (int e = 0; b->checklist != NULL && e < b->checklist->n_editions; e++)
        n += board_edition_sites(b, e) > 0;
    return n;
}

/* ---- What is planned ---- */

struct computing {
    struct board *b;
    const struct rollup *r;
    const char *now;
    long long day_rate;
};

static void add_money(struct board_money *to, const struct board_money *m)
{
    to->steps += m->steps;
    to->own += m->own;
    to->effort_tenths += m->effort_tenths;
    to->cost_jpy += m->cost_jpy;
    to->run_jpy += m->run_jpy;
}

static int year_in(const char *now, int months)
{
    int year = 0, month = 0;
    if (sscanf(now, "%4d-%2d", &year, &month) != 2)
        return 0;
    return year + (month - 1 + months) / 12;
}

static enum wave wave_of(const struct gaps *gaps, const struct action *x)
{
    for (size_t i = 0; i < gaps->n; i++)
        if (gaps->gap[i].item == x->item && gaps->gap[i].to == x->to)
            return gaps->gap[i].wave;
    return WAVE_LATER; /* above the target: nobody is in a hurry */
}

static int slot_of(const struct computing *c, const struct gaps *gaps, const struct action *x)
{
    enum { NOW_MONTHS = 1, NEXT_MONTHS = 6 };
    int year = c->b->first_year;
    if (x->due[0] != '\0') {
        year = year_in(x->due, 0);
    } else {
        enum wave wave = wave_of(gaps, x);
        if (wave == WAVE_LATER)
            return BOARD_NO_YEAR;
        year = year_in(c->now, wave == WAVE_NOW ? NOW_MONTHS : NEXT_MONTHS);
    }
    int slot = year - c->b->first_year;
    return slot < 0 ? 0 : slot < BOARD_YEARS ? slot : BOARD_YEARS - 1;
}

static bool is_ahead(const struct assessment *a, const struct action *x)
{
    const struct answer *answer = assessment_answer(a, x->item);
    bool live = x->status == ACTION_OPEN || x->status == ACTION_DOING;
    return live && answer->state != ANSWER_NA && !(answer->state == ANSWER_LEVEL && answer->level >= x->to);
}

static void fill_money(struct board_site *out, const struct computing *c, const struct assessment *a)
{
    struct gaps gaps;
    gaps_compute(&gaps, a, c->now, c->day_rate);
    for (size_t i = 0; i < a->n_actions; i++) {
        const struct action *x = &a->action[i];
        struct step_cost cost;
        if (!is_ahead(a, x))
            continue;
        step_cost(&cost, a, x->item, x->to);
        struct board_money m = {1, cost.own, cost.effort_tenths, cost.cost_jpy, cost.run_jpy};
        add_money(&out->all, &m);
        add_money(&out->slot[slot_of(c, &gaps, x)], &m);
    }
    gaps_release(&gaps);
}

/* ---- The round before ---- */

static void fill_then(struct board_site *out, const struct assessment *a)
{
    struct mark marks[ITEMS_MAX];
    struct grade_result g;
    if (a->n_rounds < 2)
        return;
    const struct round *round = &a->round[a->n_rounds - 2];
    grade_marks(marks, round, a->checklist->n_items);
    grade_compute(&g, a->checklist, marks);
    out->has_then = true;
    out->then = (struct board_then){.id = xstrdup(a->site.id),
                                    .company = xstrdup(a->site.company),
                                    .name = xstrdup(a->site.name),
                                    .round = xstrdup(round->id),
                                    .score = (short)score_tenths(g.overall.score),
                                    .grade = (signed char)g.overall.grade};
    snprintf(out->then.date, sizeof out->then.date, "%.10s", round->finished[0] != '\0' ? round->finished : round->started);
    for (int s = 0; s < a->checklist->n_sections; s++)
        out->then.section_score[s] = (short)score_tenths(g.section[s].score);
}

void board_then_of(struct board_then *out, const struct rollup_site *s)
{
    *out = (struct board_then){.id = xstrdup(s->id),
                               .company = xstrdup(s->company),
                               .name = xstrdup(s->name),
                               .round = xstrdup(s->round),
                               .score = s->score,
                               .grade = s->grade};
    memcpy(out->date, s->date, sizeof out->date);
    memcpy(out->section_score, s->section_score, sizeof out->section_score);
}

/* A file without an earlier round in it: one of the older files of this site may have it. */
static void look_in_older(struct board_site *out, const struct rollup *r)
{
    const struct rollup_site *now = r->file[out->file].site, *best = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const struct rollup_file *f = &r->file[i];
        if (f->outcome != ROLLUP_OLDER || f->taken != out->file || f->site->checklist != now->checklist ||
            strcmp(f->site->round, now->round) == 0)
            continue;
        if (best == NULL || f->site->round_number > best->round_number ||
            (f->site->round_number == best->round_number && f->site->revision > best->revision))
            best = f->site;
    }
    if (best != NULL) {
        out->has_then = true;
        board_then_of(&out->then, best);
    }
}

/* ---- The pass over the files ---- */

static void *make_site(void *cookie, const struct assessment *a, const struct rollup_site *site)
{
    const struct computing *c = cookie;
    if (site->checklist != c->b->checklist)
        return NULL;
    struct board_site *made = xcalloc(1, sizeof *made);
    made->edition = a->edition;
    fill_money(made, c, a);
    if (!c->b->since)
        fill_then(made, a);
    return made;
}

static bool take_site(void *cookie, const struct rollup_file *file, void *made)
{
    const struct computing *c = cookie;
    struct board_site *site = made;
    if (site == NULL)
        return true;
    struct board_site *place = &c->b->site[c->b->n++];
    *place = *site;
    free(site);
    place->file = (size_t)(file - c->r->file);
    if (!place->has_then && !c->b->since)
        look_in_older(place, c->r);
    return true;
}

/* ---- An earlier roll-up ---- */

static bool same_site(const struct board_then *t, const struct rollup_site *s)
{
    return t->id != NULL && strcmp(t->id, s->id) == 0 && strcmp(t->company, s->company) == 0;
}

static void match_since(struct board *b, struct board_since *since)
{
    /* Both are in order of id, as a rule: the next one is looked for behind the last one found. */
    for (size_t i = 0, last = 0; i < b->n; i++)
        for (size_t n = 0; n < since->n; n++) {
            size_t k = (last + n) % since->n;
            if (!same_site(&since->site[k], board_site(b, i)))
                continue;
            b->site[i].then = since->site[k];
            b->site[i].has_then = true;
            since->site[k] = (struct board_then){0};
            last = k + 1;
            break;
        }
    b->gone = xcalloc(since->n, sizeof *b->gone);
    for (size_t k = 0; k < since->n; k++)
        if (since->site[k].id != NULL) {
            b->gone[b->n_gone++] = since->site[k];
            since->site[k] = (struct board_then){0};
        }
}

/* ---- All ---- */

struct ranked {
    int score;
    const char *id;
    struct board_site site;
};

static int cmp_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->site.file > y->site.file) - (x->site.file < y->site.file);
}

static void rank(struct board *b)
{
    struct ranked *order = xcalloc(b->n, sizeof *order);
    for (size_t i = 0; i < b->n; i++)
        order[i] = (struct ranked){board_site(b, i)->score, board_site(b, i)->id, b->site[i]};
    if (b->n > 0)
        qsort(order, b->n, sizeof *order, cmp_ranked);
    for (size_t i = 0; i < b->n; i++)
        b->site[i] = order[i].site;
    free(order);
}

static void add_up(struct board *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct board_site *s = &b->site[i];
        b->n_planned += s->all.steps > 0;
        b->n_then += s->has_then;
        add_money(&b->all, &s->all);
        for (int k = 0; k < BOARD_SLOTS; k++)
            add_money(&b->slot[k], &s->slot[k]);
    }
}

void board_compute(struct board *out, struct rollup *r, const struct rollup_request *request, struct board_since *since, const char *now,
                   long long day_rate)
{
    *out = (struct board){
        .rollup = r, .checklist = rollup_checklist(r), .first_year = year_in(now, 0), .since = since != NULL};
    struct computing c = {out, r, now, day_rate};
    struct rollup_pass pass = {make_site, take_site, &c};
    out->site = xcalloc(r->n_sites, sizeof *out->site);
    if (out->checklist != NULL)
        rollup_each(r, request, &pass);
    if (since != NULL)
        match_since(out, since);
    rank(out);
    add_up(out);
}

static void then_release(struct board_then *t)
{
    free(t->id);
    free(t->company);
    free(t->name);
    free(t->round);
}

void board_since_release(struct board_since *s)
{
    for (size_t i = 0; i < s->n; i++)
        then_release(&s->site[i]);
    free(s->site);
    *s = (struct board_since){0};
}

void board_release(struct board *b)
{
    for (size_t i = 0; i < b->n; i++)
        then_release(&b->site[i].then);
    for (size_t i = 0; i < b->n_gone; i++)
        then_release(&b->gone[i]);
    free(b->site);
    free(b->gone);
    *b = (struct board){0};
}
