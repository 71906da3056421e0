/* What is kept of a file, and how it comes out of a cell: see rollup.h. */
#include "core/method/rollup_priv.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/pack.h"
#include "core/base/text.h"
#include "core/io/xml.h"

enum { N_STRINGS = 5, SUMMARY_MAX = 64 * 1024 };

/* The site with room behind it for its marks and strings; *strings is where these go. */
static struct rollup_site *site_alloc(const struct checklist *ck, size_t n_strings, char **strings)
{
    size_t n_items = (size_t)ck->n_items;
    struct rollup_mark *mark;
    struct rollup_site *s = xcalloc(1, sizeof *s + n_items * sizeof *mark + n_strings);
    mark = (struct rollup_mark *)(s + 1);
    s->checklist = ck;
    s->mark = mark;
    *strings = (char *)(mark + n_items);
    return s;
}

static const char *keep(char **room, const char *s)
{
    size_t n = strlen(s) + 1;
    char *kept = memcpy(*room, s, n);
    *room += n;
    return kept;
}

static void fill_round(struct rollup_site *s, const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    const char *date = round->finished[0] != '\0' ? round->finished : round->started;
    size_t n_digits = strspn(round->id, "0123456789");
    snprintf(s->date, sizeof s->date, "%.10s", date);
    s->round_numeric = round->id[n_digits] == '\0' && n_digits > 0 && n_digits < 10;
    s->round_number = s->round_numeric ? strtol(round->id, NULL, 10) : (long)a->n_rounds;
    iso_parse(&s->started, round->started);
    iso_parse(&s->modified, a->modified);
}

static void fill_marks(struct rollup_site *s, struct rollup_mark *mark, const struct assessment *a)
{
    for (int i = 0; i < a->checklist->n_items; i++) {
        const struct answer *x = assessment_answer(a, i);
        mark[i] = (struct rollup_mark){.state = (unsigned char)x->state,
                                       .level = (unsigned char)x->level,
                                       .basis = (unsigned char)x->basis,
                                       .target = (unsigned char)assessment_target_level(a, i)};
        s->answered += x->state == ANSWER_LEVEL || x->state == ANSWER_NA;
        s->total++;
    }
}

static void fill_grades(struct rollup_site *s, const struct assessment *a)
{
    struct grade_result g;
    grade_assessment(&g, a);
    s->provisional = g.provisional;
    s->score = (short)score_tenths(g.overall.score);
    s->grade = (signed char)g.overall.grade;
    for (int i = 0; i < a->checklist->n_sections; i++) {
        s->section_score[i] = (short)score_tenths(g.section[i].score);
        s->section_grade[i] = (signed char)g.section[i].grade;
    }
}

struct rollup_site *rollup_site_of(const struct assessment *a)
{
    char *room;
    size_t n_strings = strlen(a->site.id) + strlen(a->site.company) + strlen(a->site.name) + strlen(a->site.country) +
                       strlen(assessment_round(a)->id) + N_STRINGS;
    struct rollup_site *s = site_alloc(a->checklist, n_strings, &room);
    s->id = keep(&room, a->site.id);
    s->company = keep(&room, a->site.company);
    s->name = keep(&room, a->site.name);
    s->country = keep(&room, a->site.country);
    s->round = keep(&room, assessment_round(a)->id);
    s->revision = a->revision;
    s->employees = a->site.employees;
    s->importance = a->site.importance;
    s->model = a->site.model;
    fill_round(s, a);
    fill_marks(s, (struct rollup_mark *)(s + 1), a);
    fill_grades(s, a);
    return s;
}

/* ---- Out of a cell ---- */

static void pack_site(struct buf *out, const struct rollup_site *s)
{
    pack_text(out, s->checklist->id);
    const char *strings[N_STRINGS] = {s->id, s->company, s->name, s->country, s->round};
    for (int i = 0; i < N_STRINGS; i++)
        pack_text(out, strings[i]);
    pack_text(out, s->date);
    pack_number(out, s->round_numeric);
    pack_signed(out, s->round_number);
    pack_signed(out, s->started);
    pack_signed(out, s->modified);
    pack_signed(out, s->revision);
    pack_signed(out, s->employees);
    pack_number(out, s->importance);
    pack_number(out, s->model);
    pack_number(out, s->provisional);
    pack_signed(out, s->score);
    pack_signed(out, s->grade);
    for (int i = 0; i < s->checklist->n_sections; i++) {
        pack_signed(out, s->section_score[i]);
        pack_signed(out, s->section_grade[i]);
    }
    for (int i = 0; i < s->checklist->n_items; i++) {
        const struct rollup_mark *m = &s->mark[i];
        const unsigned char bytes[] = {m->state, m->level, m->basis, m->target};
        buf_add(out, bytes, sizeof bytes);
    }
}

/* A text as the reader of assessments would have taken it: cleaned and bounded. */
static void take_text(struct unpack *u, struct buf *out)
{
    size_t n;
    const char *s = unpack_text(u, &n);
    u->wrong = u->wrong || n > FIELD_MAX;
    buf_clear(out);
    if (!u->wrong)
        text_clean(out, s, n, TEXT_ONE_LINE);
}

static short take_score(struct unpack *u)
{
    enum { SCORE_MAX = 1000 };
    return (short)unpack_signed(u, -1, SCORE_MAX);
}

static signed char take_grade(struct unpack *u, const struct checklist *ck)
{
    _Static_assert(GRADE_NONE == -1, "comes before the first");
    return (signed char)unpack_signed(u, GRADE_NONE, ck->n_grades - 1);
}

static void take_numbers(struct rollup_site *s, struct unpack *u)
{
    s->round_numeric = unpack_number(u, 1) != 0;
    s->round_number = (long)unpack_signed(u, 0, LONG_MAX);
    s->started = unpack_signed(u, LLONG_MIN, LLONG_MAX);
    s->modified = unpack_signed(u, LLONG_MIN, LLONG_MAX);
    s->revision = (long)unpack_signed(u, 0, LONG_MAX);
    s->employees = (long)unpack_signed(u, 0, LONG_MAX);
    s->importance = (enum importance)unpack_number(u, IMPORTANCE_COUNT - 1);
    s->model = unpack_number(u, 1) != 0;
    s->provisional = unpack_number(u, 1) != 0;
    s->score = take_score(u);
    s->grade = take_grade(u, s->checklist);
    for (int i = 0; i < s->checklist->n_sections; i++) {
        s->section_score[i] = take_score(u);
        s->section_grade[i] = take_grade(u, s->checklist);
    }
}

static void take_marks(struct rollup_site *s, struct unpack *u)
{
    struct rollup_mark *mark = (struct rollup_mark *)(s + 1);
    for (int i = 0; i < s->checklist->n_items; i++, u->p += sizeof mark[i]) {
        if ((size_t)(u->end - u->p) < sizeof mark[i]) {
            u->wrong = true;
            return;
        }
        struct rollup_mark m = {u->p[0], u->p[1], u->p[2], u->p[3]};
        bool level = m.state == ANSWER_LEVEL;
        u->wrong = u->wrong || m.state >= ANSWER_STATE_COUNT || m.basis >= BASIS_COUNT || m.level > LEVEL_MAX || level != (m.level >= LEVEL_MIN) ||
                   m.target < LEVEL_MIN || m.target > LEVEL_MAX;
        mark[i] = m;
        s->answered += level || m.state == ANSWER_NA;
        s->total++;
    }
}

static struct rollup_site *take_site(struct unpack *u, const struct checklist *ck)
{
    struct buf text[N_STRINGS] = {0}, date = {0};
    size_t n_strings = N_STRINGS;
    char *room;
    for (int i = 0; i < N_STRINGS; i++) {
        take_text(u, &text[i]);
        n_strings += text[i].len;
    }
    take_text(u, &date);
    struct rollup_site *s = site_alloc(ck, n_strings, &room);
    const char **field[N_STRINGS] = {&s->id, &s->company, &s->name, &s->country, &s->round};
    for (int i = 0; i < N_STRINGS; i++) {
        *field[i] = keep(&room, buf_str(&text[i]));
        buf_release(&text[i]);
    }
    u->wrong = u->wrong || (date.len > 0 && !iso_date_valid(buf_str(&date)));
    snprintf(s->date, sizeof s->date, "%.10s", buf_str(&date));
    buf_release(&date);
    take_numbers(s, u);
    take_marks(s, u);
    u->wrong = u->wrong || u->p != u->end;
    return s;
}

/* In the child. */
static enum err summarise(void *cookie, const void *bytes, size_t n_bytes, struct buf *answer, struct diag *diag)
{
    const struct rollup_request *request = cookie;
    struct assessment *a = NULL;
    enum err err = assessment_read(&a, bytes, n_bytes, request->find, request->cookie, NULL, diag);
    if (err != ERR_OK)
        return err;
    struct rollup_site *site = rollup_site_of(a);
    pack_site(answer, site);
    free(site);
    assessment_free(a);
    return ERR_OK;
}

struct cell *rollup_site_cell_new(const struct rollup_request *request)
{
    return cell_new(summarise, (void *)(uintptr_t)request, XML_MAX_BYTES, SUMMARY_MAX);
}

struct rollup_site *rollup_site_unpack(const struct buf *answer, const struct rollup_request *request)
{
    struct unpack u = {(const unsigned char *)buf_str(answer), (const unsigned char *)buf_str(answer) + answer->len, false};
    struct buf id = {0};
    take_text(&u, &id);
    const struct checklist *ck = request->find != NULL ? request->find(request->cookie, buf_str(&id)) : checklist_find(buf_str(&id));
    buf_release(&id);
    struct rollup_site *site = ck != NULL ? take_site(&u, ck) : NULL;
    if (site != NULL && !u.wrong)
        return site;
    free(site);
    return NULL;
}
