/* See export.h. */
#include "core/out/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/method/axes.h"
#include "core/model/store.h"

/* ---- Without names ---- */

enum { ALIAS_DIGITS = 12 };

/* KIND-DIGITS. The file's id is random and not in the export: without it nobody can try names out. */
static void set_alias(char **field, const struct assessment *a, const char *kind)
{
    struct buf b = {0};
    char hex[SHA256_HEX];
    if ((*field)[0] == '\0')
        return;
    /* The unit separator stands in no cleaned text: no two lists of parts give the same bytes. */
    buf_addf(&b, "monshin alias 1\x1f%s\x1f%s\x1f%s", a->id, kind, *field);
    sha256_hex(hex, buf_str(&b), b.len);
    buf_clear(&b);
    buf_addf(&b, "%s-%.*s", kind, ALIAS_DIGITS, hex);
    free(*field);
    *field = buf_take(&b);
}

static void clear(char **field)
{
    (*field)[0] = '\0';
}

static void drop_foreign(struct foreign *f)
{
    clear(&f->attrs);
    clear(&f->elements);
    clear(&f->inside);
}

static void strip_answer(struct answer *x, const char *reason)
{
    clear(&x->by);
    clear(&x->ask);
    clear(&x->note);
    clear(&x->evidence);
    drop_foreign(&x->foreign);
    if (x->state == ANSWER_NA)
        field_set(&x->reason, reason, TEXT_MAX, true);
}

static void strip_rounds(struct assessment *a, const char *reason)
{
    for (size_t i = 0; i < a->n_rounds; i++) {
        struct round *r = &a->round[i];
        char id[24];
        snprintf(id, sizeof id, "%zu", i + 1);
        field_set(&r->id, id, FIELD_MAX, false);
        clear(&r->assessor);
        drop_foreign(&r->foreign);
        for (int k = 0; k < r->n_answers; k++)
            strip_answer(&r->answer[k], reason);
    }
}

static void make_anonymous(struct assessment *a, const char *reason)
{
    for (size_t i = 0; i < a->n_people; i++)
        person_release(&a->person[i]);
    a->n_people = 0;
    strip_rounds(a, reason);
    for (size_t i = 0; i < a->n_targets; i++) {
        clear(&a->target[i].reason);
        drop_foreign(&a->target[i].foreign);
    }
    for (size_t i = 0; i < a->n_actions; i++) {
        clear(&a->action[i].owner);
        clear(&a->action[i].note);
        clear(&a->action[i].history); /* it names owners */
        drop_foreign(&a->action[i].foreign);
    }
    set_alias(&a->site.id, a, "site");
    set_alias(&a->site.name, a, "name");
    set_alias(&a->site.company, a, "company");
    set_alias(&a->id, a, "file"); /* last: the others are made with it */
    drop_foreign(&a->site.foreign);
    drop_foreign(&a->people_foreign);
    drop_foreign(&a->foreign);
}

/* ---- The result ---- */

static void put_score(struct buf *out, const char *name, struct score score)
{
    char s[8];
    score_format(s, score);
    if (s[0] != '\0')
        buf_addf(out, " %s=\"%s\"", name, s);
}

static void put_letter(struct buf *out, const struct checklist *ck, const char *name, int grade)
{
    if (grade != GRADE_NONE)
        buf_addf(out, " %s=\"%c\"", name, ck->grade[grade].letter);
}

static void put_scope(struct buf *out, const struct checklist *ck, const char *id, const struct scope_grade *g, const struct axes *axes)
{
    buf_addf(out, "    <scope id=\"%s\"", id);
    put_score(out, "score", g->score);
    put_letter(out, ck, "grade", g->grade);
    put_letter(out, ck, "uncapped", g->by_score);
    put_score(out, "low", g->low);
    put_score(out, "high", g->high);
    buf_addf(out, " answered=\"%d\" applicable=\"%d\" total=\"%d\"", g->answered, g->applicable, g->total);
    if (axes != NULL) {
        put_score(out, "accountability", axes->accountability);
        put_score(out, "effectiveness", axes->effectiveness);
    }
    buf_adds(out, "/>\n");
}

static void put_cap(struct buf *out, const struct checklist *ck, const struct cap *cap)
{
    if (cap->kind == CAP_KEY_ITEM)
        buf_addf(out, "    <cap kind=\"key-item\" item=\"%s\"", ck->item[cap->item].id);
    else
        buf_addf(out, "    <cap kind=\"balance\" section=\"%s\"", ck->section[cap->section].id);
    buf_addf(out, " max=\"%c\"/>\n", ck->grade[cap->max_grade].letter);
}

static void put_result(struct buf *out, const struct assessment *a, const struct grade_result *r, const struct export_options *o)
{
    const struct checklist *ck = a->checklist;
    struct axes axes;
    axes_compute(&axes, ck, assessment_round(a));
    buf_adds(out, "  <result program=\"");
    xml_escape(out, o->program, true);
    buf_addf(out, "\" checklist=\"%s\" edition=\"%s\" computed=\"%s\">\n", ck->id, ck->edition[a->edition].id, o->now);
    put_scope(out, ck, "overall", &r->overall, &axes);
    for (int s = 0; s < ck->n_sections; s++)
        put_scope(out, ck, ck->section[s].id, &r->section[s], NULL);
    for (int i = 0; i < r->n_caps; i++)
        put_cap(out, ck, &r->cap[i]);
    buf_adds(out, "  </result>\n");
}

/* ---- Putting together ---- */

static void put_document(struct buf *out, const struct assessment *a, const struct grade_result *r, const struct export_options *o)
{
    static const char END[] = "</assessment>\n";
    assessment_write(out, a, o->program);
    buf_cut(out, out->len - strlen(END));
    put_result(out, a, r, o);
    buf_adds(out, END);
}

/* What is read back from the bytes must say the same as what went in. */
static enum err read_back(const struct buf *bytes, const struct assessment *a, const struct export_options *o, bool *all_known,
                          struct diag *diag)
{
    struct assessment *again = NULL;
    struct load_notes notes;
    struct buf want = {0}, got = {0};
    enum err err = assessment_read(&again, buf_str(bytes), bytes->len, o->find, o->cookie, &notes, diag);
    if (err != ERR_OK)
        return err;
    assessment_write(&want, a, o->program);
    assessment_write(&got, again, o->program);
    if (want.len != got.len || memcmp(buf_str(&want), buf_str(&got), want.len) != 0)
        err = diag_set(diag, ERR_CHANGED, 0, NULL, NULL);
    *all_known = notes.n_unknown == 0;
    buf_release(&want);
    buf_release(&got);
    assessment_free(again);
    return err;
}

static void cut_copy(char *out, size_t size, const char *s)
{
    snprintf(out, size, "%s", s);
}

static void fill_summary(struct export_summary *out, const struct assessment *a, const struct grade_result *r, const struct buf *bytes)
{
    const struct round *round = assessment_round(a);
    *out = (struct export_summary){.grade = *r, .total = round->n_answers, .n_bytes = bytes->len};
    for (int i = 0; i < round->n_answers; i++) {
        enum answer_state state = round->answer[i].state;
        out->answered += state == ANSWER_LEVEL || state == ANSWER_NA;
        out->unknown += state == ANSWER_UNKNOWN;
        out->open += state == ANSWER_OPEN;
    }
    cut_copy(out->site_id, sizeof out->site_id, a->site.id);
    cut_copy(out->site, sizeof out->site, a->site.name);
    cut_copy(out->company, sizeof out->company, a->site.company);
    cut_copy(out->edition, sizeof out->edition, a->checklist->edition[a->edition].id);
    sha256_hex(out->sha256, buf_str(bytes), bytes->len);
}

enum err export_make(struct buf *out, struct export_summary *summary, const struct assessment *a, const struct export_options *options,
                     struct diag *diag)
{
    struct assessment *copy = assessment_copy(a);
    struct grade_result r;
    struct buf xml = {0}, bytes = {0};
    bool all_known = true;
    copy->exported = copy->revision;
    if (options->anonymous)
        make_anonymous(copy, options->anonymous_reason);
    grade_assessment(&r, copy);
    put_document(&xml, copy, &r, options);
    enum err err = assessment_fits(copy, &xml, diag);
    if (err == ERR_OK && options->gzip)
        gz_deflate(&bytes, buf_str(&xml), xml.len);
    else if (err == ERR_OK)
        buf_add(&bytes, buf_str(&xml), xml.len);
    if (err == ERR_OK)
        err = read_back(&bytes, copy, options, &all_known, diag);
    /* Additions of a newer version are kept, and our schema does not know them. */
    if (err == ERR_OK && all_known)
        err = xml_validate(buf_str(&xml), xml.len, embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), diag);
    if (err == ERR_OK) {
        fill_summary(summary, copy, &r, &bytes);
        buf_add(out, buf_str(&bytes), bytes.len);
    }
    buf_release(&xml);
    buf_release(&bytes);
    assessment_free(copy);
    return err;
}

enum err export_to_file(struct export_summary *summary, const char *path, bool force, const struct assessment *a,
                        const struct export_options *options, struct diag *diag)
{
    struct buf bytes = {0}, again = {0};
    enum err err = export_make(&bytes, summary, a, options, diag);
    if (err == ERR_OK)
        err = file_write_new(path, buf_str(&bytes), bytes.len, force, diag);
    if (err == ERR_OK)
        err = file_read(&again, path, bytes.len, diag);
    if (err == ERR_OK && (again.len != bytes.len || memcmp(buf_str(&again), buf_str(&bytes), bytes.len) != 0))
        err = diag_set(diag, ERR_CHANGED, 0, NULL, NULL);
    buf_release(&bytes);
    buf_release(&again);
    return err;
}

/* ---- Since the last export ---- */

/* The mark is saved as a revision of its own, and names that revision: whatever is saved later is newer than the export. */
void export_record(struct store *s, struct assessment *a, const char *program, const char *now)
{
    if (store_read_only(s) || (a->exported > 0 && a->exported == a->revision))
        return;
    long before = a->exported;
    a->exported = a->revision + 1;
    if (store_submit(s, a, program, now) == 0)
        a->exported = before; /* there is no room to remember it */
}

bool export_outdated(const struct assessment *a)
{
    return a->exported > 0 && a->revision > a->exported;
}
