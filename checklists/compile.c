/* The checklist compiler: compile OUT.c CHECKLIST.xml... writes the checklists as tables in C, so that starting monshin parses nothing.
 * It loads with the program's own loader: what cannot be used cannot be built. Runs on the machine that builds. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/model/checklist_builtin.h"

/* This program has none built in: it makes them. */
const struct checklist *const checklist_builtin_table[] = {NULL};
const int checklist_builtin_count = 0;

/* Everything that a table points to is written before it, under a number. */
struct emitter {
    struct buf out;
    int n_names;
};

static void put_string(struct buf *out, const char *s)
{
    buf_addc(out, '"');
    for (const unsigned char *c = (const unsigned char *)s; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buf_addf(out, "\\%c", *c);
        else if (*c < 0x20 || *c == '?') /* three digits always, so that what follows cannot join in; ? for trigraphs */
            buf_addf(out, "\\%03o", *c);
        else
            buf_addc(out, (char)*c);
    }
    buf_addc(out, '"');
}

static void put_ltext(struct buf *out, struct ltext t)
{
    buf_adds(out, "{{");
    for (int l = 0; l < LANG_COUNT; l++) {
        put_string(out, t.in[l]);
        buf_adds(out, l + 1 < LANG_COUNT ? "," : "}}");
    }
}

static int open_array(struct emitter *e, const char *type)
{
    buf_addf(&e->out, "static const %s t%d[] = {\n", type, ++e->n_names);
    return e->n_names;
}

static void close_array(struct emitter *e)
{
    buf_adds(&e->out, "};\n");
}

/* 0 for an empty array, which is a NULL pointer in the table. */
static int put_ltexts(struct emitter *e, const struct ltext *texts, int n)
{
    if (n == 0)
        return 0;
    int name = open_array(e, "struct ltext");
    for (int i = 0; i < n; i++) {
        put_ltext(&e->out, texts[i]);
        buf_adds(&e->out, ",\n");
    }
    close_array(e);
    return name;
}

static void put_ref(struct buf *out, int name)
{
    if (name == 0)
        buf_adds(out, "0");
    else
        buf_addf(out, "t%d", name);
}

static void put_estimate(struct buf *out, const struct ck_estimate *x)
{
    buf_addf(out, "{%lld,%lld,%lld,%d,", x->low, x->typical, x->high, (int)x->scale);
    put_ltext(out, x->basis);
    buf_adds(out, "}");
}

struct step_names {
    int agree, how, evidence, requires, refs;
};

static struct step_names put_step_arrays(struct emitter *e, const struct ck_step *s)
{
    struct step_names n = {.how = put_ltexts(e, s->how, s->n_how), .evidence = put_ltexts(e, s->evidence, s->n_evidence)};
    if (s->n_agree > 0) {
        n.agree = open_array(e, "int");
        for (int i = 0; i < s->n_agree; i++)
            buf_addf(&e->out, "%d,", s->agree[i]);
        close_array(e);
    }
    if (s->n_requires > 0) {
        n.requires = open_array(e, "struct ck_requires");
        for (int i = 0; i < s->n_requires; i++)
            buf_addf(&e->out, "{%d,%d},", s->requires[i].item, s->requires[i].level);
        close_array(e);
    }
    if (s->n_refs > 0) {
        n.refs = open_array(e, "struct ck_ref");
        for (int i = 0; i < s->n_refs; i++) {
            buf_adds(&e->out, "{");
            put_string(&e->out, s->refs[i].std);
            buf_adds(&e->out, ",");
            put_string(&e->out, s->refs[i].id);
            buf_adds(&e->out, "},");
        }
        close_array(e);
    }
    return n;
}

static void put_step(struct buf *out, const struct ck_step *s, const struct step_names *n)
{
    if (s->to == 0) {
        buf_adds(out, "{.to=0},\n");
        return;
    }
    buf_addf(out, "{.to=%d,.lead=%d,.duty=%d,.stops=%d,.stop_hours=%d", s->to, s->lead, (int)s->duty, s->stops, s->stop_hours);
    const struct {
        const char *field;
        int name, count;
    } arrays[] = {{"agree", n->agree, s->n_agree},
                  {"how", n->how, s->n_how},
                  {"evidence", n->evidence, s->n_evidence},
                  {"requires", n->requires, s->n_requires},
                  {"refs", n->refs, s->n_refs}};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        buf_addf(out, ",.%s=", arrays[i].field);
        put_ref(out, arrays[i].name);
        buf_addf(out, ",.n_%s=%d", arrays[i].field, arrays[i].count);
    }
    const struct {
        const char *field;
        struct ltext text;
    } texts[] = {{"action", s->action}, {"first", s->first}, {"paper", s->paper}, {"stop_why", s->stop_why}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        buf_addf(out, ",\n.%s=", texts[i].field);
        put_ltext(out, texts[i].text);
    }
    buf_adds(out, ",\n.effort=");
    put_estimate(out, &s->effort);
    buf_adds(out, ",.build=");
    put_estimate(out, &s->build);
    buf_adds(out, ",.run=");
    put_estimate(out, &s->run);
    buf_adds(out, "},\n");
}

struct item_names {
    int question, evidence, alternative, check;
    struct step_names step[LEVEL_MAX - 1];
};

static struct item_names put_item_arrays(struct emitter *e, const struct ck_item *item)
{
    struct item_names n = {.evidence = put_ltexts(e, item->evidence, item->n_evidence),
                           .alternative = put_ltexts(e, item->alternative, item->n_alternatives)};
    n.question = open_array(e, "struct ck_question");
    for (int i = 0; i < item->n_questions; i++) {
        buf_addf(&e->out, "{%d,", item->question[i].role);
        put_ltext(&e->out, item->question[i].text);
        buf_adds(&e->out, "},\n");
    }
    close_array(e);
    if (item->n_checks > 0) {
        n.check = open_array(e, "struct ck_check");
        for (int i = 0; i < item->n_checks; i++) {
            buf_adds(&e->out, "{");
            put_string(&e->out, item->check[i].id);
            buf_addf(&e->out, ",%d,", item->check[i].level);
            put_ltext(&e->out, item->check[i].text);
            buf_adds(&e->out, "},\n");
        }
        close_array(e);
    }
    for (int s = 0; s < LEVEL_MAX - 1; s++)
        n.step[s] = put_step_arrays(e, &item->step[s]);
    return n;
}

static void put_item(struct buf *out, const struct ck_item *item, const struct item_names *n)
{
    buf_adds(out, "{.id=");
    put_string(out, item->id);
    buf_addf(out, ",.section=%d,.weight=%d,.key=%d,.fix=%d,.na_plausible=%d,.risk=%d", item->section, item->weight, item->key,
             (int)item->fix, item->na_plausible, item->risk);
    buf_adds(out, ",.label=");
    put_ltext(out, item->label);
    buf_adds(out, ",.na_when=");
    put_ltext(out, item->na_when);
    buf_adds(out, ",.risk_why=");
    put_ltext(out, item->risk_why);
    buf_adds(out, ",\n.level={");
    for (int l = 0; l < LEVEL_MAX; l++) {
        put_ltext(out, item->level[l]);
        buf_adds(out, ",\n");
    }
    buf_addf(out, "},.question=t%d,.n_questions=%d,.evidence=", n->question, item->n_questions);
    put_ref(out, n->evidence);
    buf_addf(out, ",.n_evidence=%d,.alternative=", item->n_evidence);
    put_ref(out, n->alternative);
    buf_addf(out, ",.n_alternatives=%d,.check=", item->n_alternatives);
    put_ref(out, n->check);
    buf_addf(out, ",.n_checks=%d,.step={\n", item->n_checks);
    for (int s = 0; s < LEVEL_MAX - 1; s++)
        put_step(out, &item->step[s], &n->step[s]);
    buf_adds(out, "}},\n");
}

static int put_items(struct emitter *e, const struct checklist *ck)
{
    static struct item_names names[ITEMS_MAX];
    for (int i = 0; i < ck->n_items; i++)
        names[i] = put_item_arrays(e, &ck->item[i]);
    int name = open_array(e, "struct ck_item");
    for (int i = 0; i < ck->n_items; i++)
        put_item(&e->out, &ck->item[i], &names[i]);
    close_array(e);
    return name;
}

static int put_editions(struct emitter *e, const struct checklist *ck)
{
    int wording[16];
    for (int i = 0; i < ck->n_editions; i++)
        wording[i] = put_ltexts(e, ck->edition[i].wording, ck->n_items);
    int name = open_array(e, "struct ck_edition");
    for (int i = 0; i < ck->n_editions; i++) {
        const struct ck_edition *ed = &ck->edition[i];
        buf_adds(&e->out, "{");
        put_string(&e->out, ed->id);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, ed->name);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, ed->attribution);
        buf_adds(&e->out, ",");
        put_string(&e->out, ed->licence);
        buf_addf(&e->out, ",t%d},\n", wording[i]);
    }
    close_array(e);
    return name;
}

static int put_when(struct emitter *e, const struct ck_verdict *v)
{
    if (v->n_when == 0)
        return 0;
    int name = open_array(e, "struct ck_when");
    for (int i = 0; i < v->n_when; i++) {
        const struct ck_when *w = &v->when[i];
        buf_addf(&e->out, "{%d,%d,%d,%d,%d,%d,%d},\n", w->section, w->item, w->overall, w->grade_best, w->grade_worst, w->level_min,
                 w->level_max);
    }
    close_array(e);
    return name;
}

static int put_group(struct emitter *e, const struct ck_verdict_group *g)
{
    int when[40];
    for (int i = 0; i < g->n_verdicts; i++)
        when[i] = put_when(e, &g->verdict[i]);
    int name = open_array(e, "struct ck_verdict");
    for (int i = 0; i < g->n_verdicts; i++) {
        buf_adds(&e->out, "{");
        put_string(&e->out, g->verdict[i].id);
        buf_adds(&e->out, ",");
        put_ref(&e->out, when[i]);
        buf_addf(&e->out, ",%d,", g->verdict[i].n_when);
        put_ltext(&e->out, g->verdict[i].say);
        buf_adds(&e->out, "},\n");
    }
    close_array(e);
    return name;
}

static int put_groups(struct emitter *e, const struct checklist *ck)
{
    int verdicts[40];
    for (int i = 0; i < ck->n_groups; i++)
        verdicts[i] = put_group(e, &ck->group[i]);
    int name = open_array(e, "struct ck_verdict_group");
    for (int i = 0; i < ck->n_groups; i++)
        buf_addf(&e->out, "{%d,t%d,%d},\n", ck->group[i].section, verdicts[i], ck->group[i].n_verdicts);
    close_array(e);
    return name;
}

struct frame_names {
    int grade, key_cap, role, section, item, edition, group;
};

static int put_grades(struct emitter *e, const struct checklist *ck)
{
    int name = open_array(e, "struct ck_grade");
    for (int i = 0; i < ck->n_grades; i++) {
        buf_addf(&e->out, "{'%c',%d,", ck->grade[i].letter, ck->grade[i].min);
        put_ltext(&e->out, ck->grade[i].name);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, ck->grade[i].meaning);
        buf_adds(&e->out, "},\n");
    }
    close_array(e);
    return name;
}

static int put_key_caps(struct emitter *e, const struct checklist *ck)
{
    if (ck->n_key_caps == 0)
        return 0;
    int name = open_array(e, "struct ck_key_cap");
    for (int i = 0; i < ck->n_key_caps; i++)
        buf_addf(&e->out, "{%d,%d},", ck->key_cap[i].level, ck->key_cap[i].max_grade);
    close_array(e);
    return name;
}

static int put_roles(struct emitter *e, const struct checklist *ck)
{
    int name = open_array(e, "struct ck_role");
    for (int i = 0; i < ck->n_roles; i++) {
        buf_adds(&e->out, "{");
        put_string(&e->out, ck->role[i].id);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, ck->role[i].name);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, ck->role[i].brief);
        buf_adds(&e->out, "},\n");
    }
    close_array(e);
    return name;
}

static int put_sections(struct emitter *e, const struct checklist *ck)
{
    int name = open_array(e, "struct ck_section");
    for (int i = 0; i < ck->n_sections; i++) {
        const struct ck_section *s = &ck->section[i];
        buf_adds(&e->out, "{");
        put_string(&e->out, s->id);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, s->name);
        buf_adds(&e->out, ",");
        put_ltext(&e->out, s->brief);
        buf_addf(&e->out, ",%d,%d,%d},\n", s->weight, s->first_item, s->n_items);
    }
    close_array(e);
    return name;
}

static void put_frame(struct buf *out, const struct checklist *ck, const struct frame_names *n, int index)
{
    buf_addf(out, "static const struct checklist checklist%d = {.id=", index);
    put_string(out, ck->id);
    buf_adds(out, ",.version=");
    put_string(out, ck->version);
    buf_adds(out, ",.name=");
    put_ltext(out, ck->name);
    buf_adds(out, ",.attribution=");
    put_ltext(out, ck->attribution);
    buf_adds(out, ",\n.level={");
    for (int l = 0; l < LEVEL_MAX; l++) {
        buf_adds(out, "{");
        put_ltext(out, ck->level[l].brief);
        buf_adds(out, ",");
        put_ltext(out, ck->level[l].name);
        buf_addf(out, ",%d},\n", ck->level[l].score);
    }
    buf_adds(out, "},.importance={");
    for (int i = 0; i < 3; i++) {
        const struct ck_importance *imp = &ck->importance[i];
        buf_adds(out, "{");
        put_string(out, imp->id);
        buf_adds(out, ",");
        put_ltext(out, imp->name);
        buf_adds(out, ",");
        put_ltext(out, imp->help);
        buf_addf(out, ",%d,%d},\n", imp->target_key, imp->target);
    }
    buf_addf(out, "},.grade=t%d,.n_grades=%d,.key_cap=", n->grade, ck->n_grades);
    put_ref(out, n->key_cap);
    buf_addf(out, ",.n_key_caps=%d,.balance_letters=%d,.na_percent=%d,.reference_plant=", ck->n_key_caps, ck->balance_letters,
             ck->na_percent);
    put_ltext(out, ck->reference_plant);
    buf_addf(out, ",.reference_people=%d,.reference_devices=%d,", ck->reference_people, ck->reference_devices);
    buf_addf(out, ".role=t%d,.n_roles=%d,.section=t%d,.n_sections=%d,.item=t%d,.n_items=%d,", n->role, ck->n_roles, n->section,
             ck->n_sections, n->item, ck->n_items);
    buf_addf(out, ".edition=t%d,.n_editions=%d,.default_edition=%d,.group=t%d,.n_groups=%d};\n", n->edition, ck->n_editions,
             ck->default_edition, n->group, ck->n_groups);
}

static void put_checklist(struct emitter *e, const struct checklist *ck, int index)
{
    struct frame_names n = {.grade = put_grades(e, ck), .key_cap = put_key_caps(e, ck)};
    n.role = put_roles(e, ck);
    n.section = put_sections(e, ck);
    n.item = put_items(e, ck);
    n.edition = put_editions(e, ck);
    n.group = put_groups(e, ck);
    put_frame(&e->out, ck, &n, index);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: compile OUT.c CHECKLIST.xml...\n");
        return 2;
    }
    xml_start();
    struct emitter e = {0};
    buf_adds(&e.out, "/* Made by checklists/compile.c. Do not edit. */\n#include \"core/model/checklist_builtin.h\"\n");
    for (int i = 2; i < argc; i++) {
        struct checklist *ck = NULL;
        struct diag diag = {0};
        if (checklist_load(&ck, argv[i], &diag) != ERR_OK) {
            fprintf(stderr, "%s: %s:%ld: %s: %s\n", argv[i], diag.where, diag.line, err_name(diag.err), diag.detail);
            return 1;
        }
        put_checklist(&e, ck, i - 2);
        checklist_free(ck);
    }
    buf_adds(&e.out, "const struct checklist *const checklist_builtin_table[] = {");
    for (int i = 2; i < argc; i++)
        buf_addf(&e.out, "&checklist%d,", i - 2);
    buf_addf(&e.out, "};\nconst int checklist_builtin_count = %d;\n", argc - 2);
    struct diag diag = {0};
    enum err err = file_write_new(argv[1], buf_str(&e.out), e.out.len, true, &diag);
    if (err != ERR_OK)
        fprintf(stderr, "%s: %s\n", argv[1], err_name(err));
    buf_release(&e.out);
    xml_stop();
    return err != ERR_OK;
}
