/* core/model/checklist: what is built in is what the XML says; another checklist works as well;
 * what cannot be meant is refused. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/method/grade.h"
#include "core/method/verdict.h"
#include "core/model/checklist.h"

static const char TINY[] = "tests/data/tiny/checklist.xml";
static const char METI[] = "checklists/meti-factory/checklist.xml";

static struct checklist *load(const char *path)
{
    struct checklist *ck = NULL;
    struct diag d = {0};
    if (checklist_load(&ck, path, &d) != ERR_OK)
        fail_msg("%s: %s at %s:%ld: %s", path, err_name(d.err), d.where, d.line, d.detail);
    return ck;
}

static const char *ja(struct ltext t)
{
    return t.in[LANG_JA];
}

static const char *en(struct ltext t)
{
    return t.in[LANG_EN];
}

/* Another checklist */

static void tiny__has_its_own_scale_grades_caps_and_sections(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    assert_string_equal(ck->id, "workshop-hygiene");
    assert_string_equal(ck->version, "2");
    assert_string_equal(ja(ck->name), "工房の整理整頓");
    for (int l = 0; l < LEVEL_MAX; l++)
        assert_int_equal(ck->level[l].score, 25 * l);
    assert_int_equal(ck->n_grades, 3);
    assert_int_equal(ck->grade[1].letter, 'Y');
    assert_int_equal(ck->grade[1].min, 40);
    assert_int_equal(ck->n_key_caps, 1);
    assert_int_equal(ck->key_cap[0].level, 3);
    assert_int_equal(ck->key_cap[0].max_grade, 1);
    assert_int_equal(ck->balance_letters, -1);
    assert_int_equal(ck->na_percent, 34);
    assert_int_equal(ck->n_sections, 2);
    assert_int_equal(ck->section[1].first_item, 3);
    assert_int_equal(ck->section[1].n_items, 2);
    assert_int_equal(ck->reference_people, 2);
    assert_int_equal(ck->reference_devices, 7);
    assert_int_equal(ck->n_editions, 1);
    assert_string_equal(ck->edition[0].licence, "");
    assert_string_equal(en(ck->edition[0].wording[4]), "Goggles are worn.");
    checklist_free(ck);
}

static void tiny__has_its_own_items_steps_and_estimates(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    const struct ck_item *guards = &ck->item[checklist_item(ck, "guards")];
    assert_int_equal(guards->section, 1);
    assert_int_equal(guards->weight, 5);
    assert_true(guards->key);
    assert_int_equal(guards->risk, 200);
    assert_int_equal(ck->item[0].risk, 100);
    assert_int_equal(ck->item[1].fix, FIX_HQ);
    assert_int_equal(guards->n_checks, 2);
    assert_int_equal(guards->check[1].level, 4);
    assert_string_equal(en(guards->level[4]), "Machine guards: Last week's change can be seen");
    const struct ck_step *step = &guards->step[0];
    assert_int_equal(step->to, 2);
    assert_int_equal(guards->step[1].to, 0);
    assert_int_equal(step->lead, checklist_role(ck, "master"));
    assert_int_equal(step->n_agree, 0);
    assert_int_equal(ck->item[0].step[0].n_agree, 2);
    assert_int_equal(ck->item[0].step[0].agree[0], checklist_role(ck, "apprentice"));
    assert_int_equal(ck->item[0].step[0].duty, DUTY_GOVERNANCE);
    assert_int_equal(step->duty, DUTY_MANAGEMENT);
    assert_int_equal(step->n_how, 3);
    assert_int_equal(step->effort.low, 5);
    assert_int_equal(step->effort.typical, 10);
    assert_int_equal(step->effort.high, 25);
    assert_int_equal(step->effort.scale, SCALE_HALF);
    assert_true(step->build.high == 50000000000LL);
    assert_int_equal(step->stops, 1);
    assert_int_equal(step->stop_hours, 2);
    assert_int_equal(step->n_requires, 1);
    assert_int_equal(step->requires[0].item, 0);
    assert_string_equal(step->refs[0].id, "ID.AM-01");
    const struct ck_item *goggles = &ck->item[checklist_item(ck, "goggles")];
    assert_true(goggles->na_plausible);
    assert_int_equal(goggles->n_alternatives, 1);
    assert_false(guards->na_plausible);
    checklist_free(ck);
}

static void lookups__find_by_id__and_targets_follow_importance(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    assert_int_equal(checklist_item(ck, "floor"), 2);
    assert_int_equal(checklist_item(ck, "2-6"), -1);
    assert_int_equal(checklist_section(ck, "safe"), 1);
    assert_int_equal(checklist_section(ck, "people"), -1);
    assert_int_equal(checklist_edition(ck, "plain"), 0);
    assert_int_equal(checklist_role(ck, "it"), -1);
    assert_int_equal(checklist_importance(ck, "high"),
                     0); /* written in another order in the file */
    assert_int_equal(checklist_importance(ck, "low"), 2);
    assert_int_equal(checklist_importance(ck, ""), 1);
    assert_int_equal(checklist_importance(ck, "huge"), 1);
    static const int want[3][2] = {{5, 4}, {4, 3}, {2, 2}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(checklist_target(ck, checklist_item(ck, "tools"), i), want[i][0]);
        assert_int_equal(checklist_target(ck, checklist_item(ck, "labels"), i), want[i][1]);
    }
    checklist_free(ck);
}

static void tiny__is_graded_by_its_own_rules(void **state)
{
    (void)state;
    struct checklist *ck = load(TINY);
    struct mark marks[ITEMS_MAX];
    for (int i = 0; i < ck->n_items; i++)
        marks[i] = (struct mark){ANSWER_LEVEL, 5};
    struct grade_result r;
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.grade].letter, 'X');
    marks[checklist_item(ck, "guards")].level = 2;
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.by_score].letter, 'Y');
    marks[checklist_item(ck, "guards")].level = 4;
    marks[checklist_item(ck, "tools")].level = 3; /* a key item at 3: at most Y */
    grade_compute(&r, ck, marks);
    assert_int_equal(ck->grade[r.overall.by_score].letter, 'X');
    assert_int_equal(ck->grade[r.overall.grade].letter, 'Y');
    checklist_free(ck);
}

/* METI */

static void meti__has_the_frame_that_the_method_names(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_find("meti-factory");
    assert_ptr_equal(ck, checklist_builtin(0));
    static const struct {
        const char *id;
        int weight, n;
    } sections[] = {{"people", 30, 5}, {"process", 30, 13}, {"technology", 30, 8}, {"scm", 10, 6}};
    assert_int_equal(ck->n_sections, 4);
    for (int s = 0; s < 4; s++) {
        assert_string_equal(ck->section[s].id, sections[s].id);
        assert_int_equal(ck->section[s].weight, sections[s].weight);
        assert_int_equal(ck->section[s].n_items, sections[s].n);
    }
    static const char keys[] = " 1-1 1-3 2-1 2-6 2-9 3-1 3-7 4-1 4-4 ";
    /* in the order of the guideline */
    static const int weights[32] = {4, 2, 4, 3, 1, 4, 3, 3, 2, 2, 4, 3, 4, 4, 3, 3,
                                    4, 2, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 4};
    assert_int_equal(ck->n_items, 32);
    for (int i = 0; i < ck->n_items; i++) {
        char id[16];
        snprintf(id, sizeof id, " %s ", ck->item[i].id);
        assert_int_equal(ck->item[i].key, strstr(keys, id) != NULL);
        assert_int_equal(ck->item[i].weight, weights[i]);
    }
    for (int g = 0; g < 4; g++) {
        assert_int_equal(ck->grade[g].letter, 'A' + g);
        assert_int_equal(ck->grade[g].min, g < 3 ? 80 - 20 * g : 0);
    }
    assert_int_equal(ck->balance_letters, 1);
    assert_int_equal(ck->na_percent, 50);
    assert_int_equal(ck->n_key_caps, 2);
    assert_string_equal(ck->edition[ck->default_edition].id, "draft-2022-04");
    assert_true(checklist_edition(ck, "public-2023") >= 0);
    assert_null(checklist_find("workshop-hygiene"));
}

/* What the compiler made is what the loader reads. */

static void same_text(struct ltext a, struct ltext b)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        assert_string_equal(a.in[l], b.in[l]);
        assert_true(a.in[l][0] != '\0' || b.in[l][0] == '\0');
    }
}

static void same_texts(const struct ltext *a, int n_a, const struct ltext *b, int n_b)
{
    assert_int_equal(n_a, n_b);
    for (int i = 0; i < n_a; i++)
        same_text(a[i], b[i]);
}

static void same_estimate(const struct ck_estimate *a, const struct ck_estimate *b)
{
    assert_true(a->low == b->low && a->typical == b->typical && a->high == b->high &&
                a->scale == b->scale);
    if (a->basis.in[0] != NULL || b->basis.in[0] != NULL)
        same_text(a->basis, b->basis);
}

static void same_step(const struct ck_step *a, const struct ck_step *b)
{
    assert_int_equal(a->to, b->to);
    if (a->to == 0)
        return;
    assert_int_equal(a->lead, b->lead);
    assert_int_equal(a->duty, b->duty);
    assert_int_equal(a->n_agree, b->n_agree);
    for (int i = 0; i < a->n_agree; i++)
        assert_int_equal(a->agree[i], b->agree[i]);
    same_text(a->action, b->action);
    same_text(a->first, b->first);
    same_text(a->paper, b->paper);
    same_texts(a->how, a->n_how, b->how, b->n_how);
    same_texts(a->evidence, a->n_evidence, b->evidence, b->n_evidence);
    same_estimate(&a->effort, &b->effort);
    same_estimate(&a->build, &b->build);
    same_estimate(&a->run, &b->run);
    assert_int_equal(a->stops, b->stops);
    assert_int_equal(a->stop_hours, b->stop_hours);
    if (a->stops > 0)
        same_text(a->stop_why, b->stop_why);
    assert_int_equal(a->n_requires, b->n_requires);
    for (int i = 0; i < a->n_requires; i++) {
        assert_int_equal(a->requires[i].item, b->requires[i].item);
        assert_int_equal(a->requires[i].level, b->requires[i].level);
    }
    assert_int_equal(a->n_refs, b->n_refs);
    for (int i = 0; i < a->n_refs; i++) {
        assert_string_equal(a->refs[i].std, b->refs[i].std);
        assert_string_equal(a->refs[i].id, b->refs[i].id);
    }
}

static void same_item(const struct ck_item *a, const struct ck_item *b)
{
    assert_string_equal(a->id, b->id);
    assert_true(a->section == b->section && a->weight == b->weight && a->key == b->key &&
                a->fix == b->fix);
    assert_true(a->na_plausible == b->na_plausible && a->risk == b->risk);
    same_text(a->label, b->label);
    same_texts(a->level, LEVEL_MAX, b->level, LEVEL_MAX);
    same_text(a->na_when, b->na_when);
    assert_int_equal(a->n_questions, b->n_questions);
    for (int i = 0; i < a->n_questions; i++) {
        assert_int_equal(a->question[i].role, b->question[i].role);
        same_text(a->question[i].text, b->question[i].text);
    }
    same_texts(a->evidence, a->n_evidence, b->evidence, b->n_evidence);
    same_texts(a->alternative, a->n_alternatives, b->alternative, b->n_alternatives);
    assert_int_equal(a->n_checks, b->n_checks);
    for (int i = 0; i < a->n_checks; i++) {
        assert_string_equal(a->check[i].id, b->check[i].id);
        assert_int_equal(a->check[i].level, b->check[i].level);
        same_text(a->check[i].text, b->check[i].text);
    }
    for (int s = 0; s < LEVEL_MAX - 1; s++)
        same_step(&a->step[s], &b->step[s]);
}

static void same_verdict(const struct ck_verdict *a, const struct ck_verdict *b)
{
    assert_string_equal(a->id, b->id);
    same_text(a->say, b->say);
    assert_int_equal(a->n_when, b->n_when);
    for (int i = 0; i < a->n_when; i++) {
        const struct ck_when *x = &a->when[i], *y = &b->when[i];
        assert_true(x->section == y->section && x->item == y->item && x->overall == y->overall);
        assert_true(x->grade_best == y->grade_best && x->grade_worst == y->grade_worst);
        assert_true(x->level_min == y->level_min && x->level_max == y->level_max);
    }
}

static void same_frame(const struct checklist *a, const struct checklist *b)
{
    same_text(a->name, b->name);
    same_text(a->attribution, b->attribution);
    same_text(a->reference_plant, b->reference_plant);
    for (int l = 0; l < LEVEL_MAX; l++) {
        assert_int_equal(a->level[l].score, b->level[l].score);
        same_text(a->level[l].brief, b->level[l].brief);
        same_text(a->level[l].name, b->level[l].name);
    }
    for (int i = 0; i < 3; i++) {
        assert_string_equal(a->importance[i].id, b->importance[i].id);
        assert_int_equal(a->importance[i].target_key, b->importance[i].target_key);
        assert_int_equal(a->importance[i].target, b->importance[i].target);
        same_text(a->importance[i].name, b->importance[i].name);
        same_text(a->importance[i].help, b->importance[i].help);
    }
    assert_int_equal(a->n_roles, b->n_roles);
    for (int i = 0; i < a->n_roles; i++) {
        assert_string_equal(a->role[i].id, b->role[i].id);
        same_text(a->role[i].name, b->role[i].name);
        same_text(a->role[i].brief, b->role[i].brief);
    }
    assert_int_equal(a->n_grades, b->n_grades);
    for (int i = 0; i < a->n_grades; i++)
        same_text(a->grade[i].meaning, b->grade[i].meaning);
}

static void builtin__is_the_same__as_the_xml_it_was_made_from(void **state)
{
    (void)state;
    const struct checklist *a = checklist_builtin(0);
    struct checklist *b = load(METI);
    same_frame(a, b);
    assert_int_equal(a->n_items, b->n_items);
    for (int i = 0; i < a->n_items; i++)
        same_item(&a->item[i], &b->item[i]);
    assert_int_equal(a->n_editions, b->n_editions);
    assert_int_equal(a->default_edition, b->default_edition);
    for (int e = 0; e < a->n_editions; e++) {
        assert_string_equal(a->edition[e].licence, b->edition[e].licence);
        same_texts(a->edition[e].wording, a->n_items, b->edition[e].wording, b->n_items);
    }
    assert_int_equal(a->n_groups, b->n_groups);
    for (int g = 0; g < a->n_groups; g++) {
        assert_int_equal(a->group[g].section, b->group[g].section);
        assert_int_equal(a->group[g].n_verdicts, b->group[g].n_verdicts);
        for (int v = 0; v < a->group[g].n_verdicts; v++)
            same_verdict(&a->group[g].verdict[v], &b->group[g].verdict[v]);
    }
    checklist_free(b);
}

/* Marks every sentence that is chosen for these marks. */
static void mark_chosen(bool *said, const struct checklist *ck, const struct mark *marks)
{
    struct grade_result r;
    grade_compute(&r, ck, marks);
    for (int section = -1; section < ck->n_sections; section++) {
        const struct ck_verdict *chosen[VERDICTS_MAX];
        int n = verdict_choose(chosen, ck, marks, &r, section);
        assert_true(n >= 1 || section >= 0);
        int at = 0;
        for (int g = 0; g < ck->n_groups; g++)
            for (int v = 0; v < ck->group[g].n_verdicts; v++, at++)
                for (int k = 0; k < n; k++)
                    said[at] |= chosen[k] == &ck->group[g].verdict[v];
    }
}

static void meti__comments_on_every_pattern__and_has_no_sentence_that_is_never_said(void **state)
{
    (void)state;
    const struct checklist *ck = checklist_builtin(0);
    bool said[40 * 40] = {false};
    struct mark marks[ITEMS_MAX];
    for (int pattern = 0; pattern < 5 * 5 * 5 * 5; pattern++) {
        int level[4] = {pattern % 5 + 1, pattern / 5 % 5 + 1, pattern / 25 % 5 + 1,
                        pattern / 125 + 1};
        for (int i = 0; i < ck->n_items; i++)
            marks[i] = (struct mark){ANSWER_LEVEL, level[ck->item[i].section]};
        mark_chosen(said, ck, marks);
    }
    /* one key item behind the others: what the uniform patterns hide behind the first of a group */
    for (int item = 0; item < ck->n_items; item++) {
        for (int i = 0; i < ck->n_items; i++)
            marks[i] = (struct mark){ANSWER_LEVEL, i == item ? 1 : 3};
        mark_chosen(said, ck, marks);
    }
    /* a section without a grade */
    for (int i = 0; i < ck->n_items; i++)
        marks[i] =
            ck->item[i].section == 0 ? (struct mark){ANSWER_NA, 0} : (struct mark){ANSWER_LEVEL, 3};
    mark_chosen(said, ck, marks);
    int at = 0;
    for (int g = 0; g < ck->n_groups; g++)
        for (int v = 0; v < ck->group[g].n_verdicts; v++, at++)
            if (!said[at])
                fail_msg("never said: %s", ck->group[g].verdict[v].id);
}

/* What cannot be meant */

struct place {
    char dir[64];
    struct buf tiny;
};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    strcpy(p->dir, "/tmp/monshin-test-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    assert_int_equal(file_read(&p->tiny, TINY, XML_MAX_BYTES, NULL), ERR_OK);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", p->dir);
    buf_release(&p->tiny);
    int rc = system(cmd);
    free(p);
    return rc;
}

static void put_file(const struct place *p, const char *name, const char *bytes, size_t n)
{
    char *path = path_join(p->dir, name);
    assert_int_equal(file_write_new(path, bytes, n, true, NULL), ERR_OK);
    free(path);
}

static enum err load_from(const struct place *p, const char *name, struct checklist **ck,
                          struct diag *d)
{
    char *path = path_join(p->dir, name);
    enum err err = checklist_load(ck, path, d);
    free(path);
    return err;
}

/* The tiny checklist with the first `from` made `to`; the line that was changed, in *line. */
static void put_changed(const struct place *p, const char *from, const char *to, long *line)
{
    const char *at = strstr(buf_str(&p->tiny), from);
    if (at == NULL)
        fail_msg("not in the tiny checklist: %s", from);
    *line = 1;
    for (const char *c = p->tiny.p; c < at; c++)
        *line += *c == '\n';
    struct buf out = {0};
    buf_add(&out, p->tiny.p, (size_t)(at - p->tiny.p));
    buf_adds(&out, to);
    buf_adds(&out, at + strlen(from));
    put_file(p, "c.xml", out.p, out.len);
    buf_release(&out);
}

static void load__refuses__what_cannot_be_meant(void **state)
{
    const struct place *p = *state;
    static const struct {
        const char *what, *from, *to;
        enum err err;
        const char *detail;
        bool at_line; /* the diag names the changed line */
    } cases[] = {
        {"item id twice", "<item id=\"labels\"", "<item id=\"tools\"", ERR_DUPLICATE, "tools",
         true},
        {"edition id twice", " </edition>",
         " </edition><edition "
         "id=\"plain\"><name><ja>x</ja><en>x</en></name><attribution><ja>x</ja><en>x</en></"
         "attribution>"
         "<wording item=\"tools\"><ja>x</ja><en>x</en></wording></edition>",
         ERR_DUPLICATE, "plain", true},
        {"section id twice", "<section id=\"safe\"", "<section id=\"tidy\"", ERR_DUPLICATE, "tidy",
         false},
        {"role id twice", "<role id=\"apprentice\"", "<role id=\"master\"", ERR_DUPLICATE, "master",
         true},
        {"check id twice", "\"tools.c2\"", "\"tools.c1\"", ERR_DUPLICATE, "tools.c1", false},
        {"check id of another item", "\"guards.c1\"", "\"tools.c1\"", ERR_DUPLICATE, "tools.c1",
         false},
        {"verdict id twice", "<verdict id=\"guarded\"", "<verdict id=\"good\"", ERR_DUPLICATE,
         "good", false},
        {"letter twice", "letter=\"Y\"", "letter=\"X\"", ERR_DUPLICATE, "X", true},
        {"wording twice", "<wording item=\"labels\"", "<wording item=\"tools\"", ERR_DUPLICATE,
         "tools", true},
        {"step twice", "</step>",
         "</step><step to=\"2\" lead=\"master\" agree=\"\" "
         "duty=\"management\"><action><ja>x</ja><en>x</en></action>"
         "<how><ja>x</ja><en>x</en></how><how><ja>x</ja><en>x</en></how><how><ja>x</ja><en>x</en></"
         "how>"
         "<first><ja>x</ja><en>x</en></first><paper><ja>x</ja><en>x</en></paper><evidence><ja>x</"
         "ja><en>x</en></evidence>"
         "<effort low=\"1\" typical=\"1\" high=\"1\" scale=\"half\"><ja>x</ja><en>x</en></effort>"
         "<build low=\"1\" typical=\"1\" high=\"1\" scale=\"half\"><ja>x</ja><en>x</en></build>"
         "<run low=\"1\" typical=\"1\" high=\"1\" scale=\"half\"><ja>x</ja><en>x</en></run></step>",
         ERR_DUPLICATE, "2", true},
        {"importance twice", "importance id=\"low\"", "importance id=\"high\"", ERR_DUPLICATE,
         "high", false},
        {"two defaults", " </edition>",
         " </edition><edition id=\"b\" "
         "default=\"true\"><name><ja>x</ja><en>x</en></name><attribution><ja>x</ja><en>x</en>"
         "</attribution><wording item=\"tools\"><ja>x</ja><en>x</en></wording><wording "
         "item=\"labels\"><ja>x</ja><en>x</en></wording>"
         "<wording item=\"floor\"><ja>x</ja><en>x</en></wording><wording "
         "item=\"guards\"><ja>x</ja><en>x</en></wording>"
         "<wording item=\"goggles\"><ja>x</ja><en>x</en></wording></edition>",
         ERR_DUPLICATE, "b", true},
        {"level missing", "<level n=\"5\"><ja>工具", "<level n=\"4\"><ja>工具", ERR_MEANING, "4",
         true},
        {"scale level missing", "<level n=\"2\" score", "<level n=\"3\" score", ERR_MEANING, "3",
         true},
        {"scale does not rise", "score=\"50\"", "score=\"25\"", ERR_MEANING, "3", false},
        {"grades do not fall", "min=\"40\"", "min=\"75\"", ERR_MEANING, "Y", false},
        {"last grade above 0", "min=\"0\"", "min=\"1\"", ERR_MEANING, "0", false},
        {"cap with unknown letter", "level=\"3\" max=\"Y\"", "level=\"3\" max=\"B\"",
         ERR_UNKNOWN_REF, "B", true},
        {"unknown section", "section=\"tidy\" weight=\"3\"", "section=\"none\" weight=\"3\"",
         ERR_UNKNOWN_REF, "none", true},
        {"section without items", "<section id=\"tidy\"",
         "<section id=\"void\" "
         "weight=\"1\"><name><ja>x</ja><en>x</en></name><short><ja>x</ja><en>x</en></short></"
         "section><section id=\"tidy\"",
         ERR_SCHEMA_MISSING, "item", false},
        {"unknown role asked", "question to=\"apprentice\"", "question to=\"nobody\"",
         ERR_UNKNOWN_REF, "nobody", true},
        {"unknown lead", "lead=\"master\"", "lead=\"boss\"", ERR_UNKNOWN_REF, "boss", true},
        {"unknown agree", "agree=\"apprentice master\"", "agree=\"apprentice boss\"",
         ERR_UNKNOWN_REF, "boss", true},
        {"unknown agree before a known one", "agree=\"apprentice master\"", "agree=\"boss master\"",
         ERR_UNKNOWN_REF, "boss", true},
        {"unknown prerequisite", "requires item=\"tools\"", "requires item=\"cellar\"",
         ERR_UNKNOWN_ITEM, "cellar", true},
        {"prerequisite of itself", "requires item=\"tools\"", "requires item=\"guards\"", ERR_CYCLE,
         "guards", false},
        {"unknown reference", "id=\"ID.AM-01\"", "id=\"ID.AM-99\"", ERR_UNKNOWN_REF, "ID.AM-99",
         false},
        {"unknown standard", "std=\"nist-csf-2.0\"", "std=\"nist-csf-9\"", ERR_UNKNOWN_REF,
         "nist-csf-9", false},
        {"wording missing",
         "<wording item=\"floor\"><ja>床に物がない。</ja><en>Nothing lies on the "
         "floor.</en></wording>",
         "", ERR_SCHEMA_MISSING, "floor", false},
        {"wording of nothing", "<wording item=\"floor\"", "<wording item=\"roof\"",
         ERR_UNKNOWN_ITEM, "roof", true},
        {"estimate not in order", "low=\"0.5\" typical=\"1\"", "low=\"1.5\" typical=\"1\"",
         ERR_MEANING, "1", true},
        {"estimate not in order at its end", "typical=\"1\" high=\"2.5\"", "typical=\"3\" high=\"2.5\"",
         ERR_MEANING, "3", true},
        {"effort with half a fraction", "low=\"0.5\"", "low=\"0.\"", ERR_SCHEMA, "low", true},
        {"unknown section of the last item", "section=\"safe\" weight=\"1\"", "section=\"none\" weight=\"1\"",
         ERR_UNKNOWN_REF, "none", true},
        {"verdict with unknown letter at most", "section=\"safe\" max=\"Y\"", "section=\"safe\" max=\"B\"",
         ERR_UNKNOWN_REF, "B", true},
        {"two languages blank", "<ja>工房の整理整頓</ja><en>Workshop hygiene</en>", "<ja> </ja><en> </en>",
         ERR_SCHEMA_MISSING, "en", true},
        {"verdict on unknown section", "<when section=\"safe\" min=\"X\"/>",
         "<when section=\"none\" min=\"X\"/>", ERR_UNKNOWN_REF, "none", true},
        {"verdict on unknown item", "<when item=\"guards\"", "<when item=\"none\"",
         ERR_UNKNOWN_ITEM, "none", true},
        {"verdict with unknown letter", "overall=\"true\" min=\"Y\"", "overall=\"true\" min=\"B\"",
         ERR_UNKNOWN_REF, "B", true},
        {"verdict on two things", "<when overall=\"true\"",
         "<when overall=\"true\" section=\"safe\"", ERR_MEANING, NULL, true},
        {"verdict on nothing", "<when overall=\"true\" min", "<when min", ERR_MEANING, NULL, true},
        {"comment on nothing", "group for=\"safe\"", "group for=\"none\"", ERR_UNKNOWN_REF, "none",
         true},
        {"a language missing", "<en>Workshop hygiene</en>", "", ERR_SCHEMA, "name", true},
        {"a language empty", "<en>Workshop hygiene</en>", "<en></en>", ERR_SCHEMA, "en", true},
        {"a language blank", "<en>Workshop hygiene</en>", "<en> \n </en>", ERR_SCHEMA_MISSING, "en",
         true},
        {"a language of invisible characters", "<ja>工房の整理整頓</ja>",
         "<ja>\xe2\x80\x8b\xe2\x80\xae</ja>", ERR_SCHEMA_MISSING, "ja", true},
        {"weight 0", "weight=\"5\"", "weight=\"0\"", ERR_SCHEMA, "weight", true},
        {"weight too large", "weight=\"5\"", "weight=\"1001\"", ERR_SCHEMA, "weight", true},
        {"level 6", "level-max=\"4\"", "level-max=\"6\"", ERR_SCHEMA, "level-max", true},
        {"step to level 1", "step to=\"2\"", "step to=\"1\"", ERR_SCHEMA, "to", true},
        {"blanks about a scale", "scale=\"half\"", "scale=\" half \"", ERR_SCHEMA, "scale", true},
        {"blanks about an id", "item id=\"floor\"", "item id=\" floor\"", ERR_SCHEMA, "id", true},
        {"blanks about a letter", "letter=\"Z\"", "letter=\" Z\"", ERR_SCHEMA, "letter", true},
        {"effort as no one writes it", "low=\"0.5\"", "low=\"+.5\"", ERR_SCHEMA, "low", true},
        {"unknown element", "<caps>", "<caps><extra/>", ERR_SCHEMA, "extra", false},
        {"a document type", "<checklist ", "<!DOCTYPE checklist><checklist ", ERR_XML_FORBIDDEN,
         NULL, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct checklist *ck = NULL;
        struct diag d = {0};
        long line = 0;
        put_changed(p, cases[i].from, cases[i].to, &line);
        enum err err = load_from(p, "c.xml", &ck, &d);
        bool right = err == cases[i].err && d.err == err && ck == NULL &&
                     strncmp(d.where, "c.xml", 5) == 0 &&
                     (cases[i].detail == NULL || strstr(d.detail, cases[i].detail) != NULL) &&
                     (!cases[i].at_line || d.line == line);
        if (!right)
            fail_msg("%s: %s at %s:%ld (%s); wanted %s at line %ld (%s)", cases[i].what,
                     err_name(err), d.where, d.line, d.detail, err_name(cases[i].err), line,
                     cases[i].detail != NULL ? cases[i].detail : "");
    }
}

/* The place in the text, counted from its beginning. */
static size_t place_of(const char *text, const char *what)
{
    const char *at = strstr(text, what);
    if (at == NULL)
        fail_msg("not in the tiny checklist: %s", what);
    return (size_t)(at - text);
}

/* The tiny checklist with `more` in front of `before` and `last` in front of `end`, as c.xml. */
static enum err load_with(const struct place *p, const char *before, const char *more, const char *end, const char *last)
{
    const char *tiny = buf_str(&p->tiny);
    size_t at = place_of(tiny, before), then = place_of(tiny, end);
    struct checklist *ck = NULL;
    struct buf out = {0};
    buf_add(&out, tiny, at);
    buf_adds(&out, more);
    buf_add(&out, tiny + at, then - at);
    buf_adds(&out, last);
    buf_adds(&out, tiny + then);
    put_file(p, "c.xml", out.p, out.len);
    buf_release(&out);
    enum err err = load_from(p, "c.xml", &ck, NULL);
    checklist_free(ck);
    return err;
}

/* n copies of the item "floor", of this section and weight; their wordings. */
static void add_copies(const struct place *p, struct buf *items, struct buf *wordings, const char *section, int weight, int n)
{
    const char *tiny = buf_str(&p->tiny);
    size_t from = place_of(tiny, "key=\"false\" fix=\"plant\">"), to = from + place_of(tiny + from, "</item>");
    for (int i = 0; i < n; i++) {
        buf_addf(items, "<item id=\"%s%d\" section=\"%s\" weight=\"%d\" ", section, i, section, weight);
        buf_add(items, tiny + from, to - from);
        buf_adds(items, "</item>");
        buf_addf(wordings, "<wording item=\"%s%d\"><ja>x</ja><en>x</en></wording>", section, i);
    }
}

/* The exact grade is reckoned in 64 bits. */
static void load__refuses__weights_whose_product_is_too_large(void **state)
{
    static const char three[] = "<section id=\"s1\" weight=\"1\"><name><ja>x</ja><en>x</en></name><short><ja>x</ja><en>x</en></short></section>"
                               "<section id=\"s2\" weight=\"1\"><name><ja>x</ja><en>x</en></name><short><ja>x</ja><en>x</en></short></section>"
                               "<section id=\"s3\" weight=\"1\"><name><ja>x</ja><en>x</en></name><short><ja>x</ja><en>x</en></short></section>";
    const struct place *p = *state;
    for (int n = 21; n <= 22; n++) {
        struct buf items = {0}, wordings = {0};
        /* 6 and 6 in the tiny ones, 21,000 each in two more, 50 in the third: 7.9e11 of at most 1.1e12 */
        add_copies(p, &items, &wordings, "s1", 1000, n);
        add_copies(p, &items, &wordings, "s2", 1000, n);
        add_copies(p, &items, &wordings, "s3", n == 21 ? 10 : 100, 5);
        /* sections stand before the verdicts, wordings at the end of the edition, items at the end */
        struct place with = *p;
        const char *tiny = buf_str(&p->tiny);
        size_t at = place_of(tiny, " </edition>");
        with.tiny = (struct buf){0};
        buf_add(&with.tiny, tiny, at);
        buf_adds(&with.tiny, buf_str(&wordings));
        buf_adds(&with.tiny, tiny + at);
        assert_int_equal(load_with(&with, " <verdicts>", three, "</checklist>", buf_str(&items)), n == 21 ? ERR_OK : ERR_MEANING);
        buf_release(&with.tiny);
        buf_release(&items);
        buf_release(&wordings);
    }
}

static void load__refuses__more_than_there_is_room_for(void **state)
{
    const struct place *p = *state;
    struct buf items = {0}, wordings = {0};
    add_copies(p, &items, &wordings, "tidy", 1, ITEMS_MAX);
    assert_int_equal(load_with(p, " <verdicts>", "", "</checklist>", buf_str(&items)), ERR_TOO_BIG);
    buf_release(&items);
    buf_release(&wordings);
}

/* The smallest change that lifts the grade is a matter of counting levels: where sections are held against each other, these weigh the same. */
static void load__wants_an_even_scale__where_there_is_a_balance(void **state)
{
    const struct place *p = *state;
    static const char uneven[] = "score=\"80\"", balance[] = "<balance letters=\"1\"/>";
    struct place with = *p;
    const char *tiny = buf_str(&p->tiny);
    size_t at = place_of(tiny, "score=\"75\"");
    with.tiny = (struct buf){0};
    buf_add(&with.tiny, tiny, at);
    buf_adds(&with.tiny, uneven);
    buf_adds(&with.tiny, tiny + at + strlen(uneven));
    assert_int_equal(load_with(p, "<not-applicable percent", balance, "</checklist>", ""), ERR_OK);
    assert_int_equal(load_with(&with, "<not-applicable percent", "", "</checklist>", ""), ERR_OK);
    assert_int_equal(load_with(&with, "<not-applicable percent", balance, "</checklist>", ""), ERR_MEANING);
    buf_release(&with.tiny);
}

/* What may be left out, and what may not. */
static void load__does_without_a_limit_of_what_does_not_apply__but_not_without_an_edition(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    long line;
    put_changed(p, "<not-applicable percent=\"34\"/>", "", &line);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_OK);
    assert_int_equal(ck->na_percent, 101);
    checklist_free(ck);
    const char *tiny = buf_str(&p->tiny);
    size_t from = place_of(tiny, "<edition "), to = place_of(tiny, "</edition>") + strlen("</edition>");
    struct buf out = {0};
    buf_add(&out, tiny, from);
    buf_adds(&out, tiny + to);
    put_file(p, "c.xml", out.p, out.len);
    buf_release(&out);
    ck = NULL;
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_SCHEMA_MISSING);
    assert_null(ck);
}

/* As many as there are; blanks between them as the author likes. */
static void load__takes_every_role_that_has_to_agree(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    struct buf to = {0};
    long line;
    buf_adds(&to, "agree=\" ");
    for (int i = 0; i < 30; i++)
        buf_adds(&to, i % 2 == 0 ? "apprentice  " : "master ");
    buf_adds(&to, "\"");
    put_changed(p, "agree=\"apprentice master\"", buf_str(&to), &line);
    buf_release(&to);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_OK);
    assert_int_equal(ck->item[0].step[0].n_agree, 30);
    assert_int_equal(ck->item[0].step[0].agree[29], checklist_role(ck, "master"));
    checklist_free(ck);
}

static void load__finds_a_circle__over_several_items(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    struct diag d = {0};
    long line;
    /* guards needs tools already */
    put_changed(p, "<ref std", "<requires item=\"guards\" level=\"2\"/><ref std", &line);
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_CYCLE);
    assert_null(ck);
    /* level 1 is where everything begins: it needs nothing */
    put_changed(p, "<ref std", "<requires item=\"guards\" level=\"1\"/><ref std", &line);
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_OK);
    checklist_free(ck);
}

static void load__reads_booleans__however_the_schema_lets_them_be_written(void **state)
{
    const struct place *p = *state;
    static const char *const yes[] = {"true", "1", " true "};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        char to[64];
        long line;
        struct checklist *ck = NULL;
        snprintf(to, sizeof to, "weight=\"1\" key=\"%s\"", yes[i]);
        put_changed(p, "weight=\"1\" key=\"false\"", to, &line);
        assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_OK);
        assert_true(ck->item[checklist_item(ck, "labels")].key);
        checklist_free(ck);
    }
}

/* Includes */

/* Moves the item "floor" into a file of its own. */
static void put_split(const struct place *p, const char *name, const char *root)
{
    const char *tiny = buf_str(&p->tiny);
    const char *from = strstr(tiny, " <item id=\"floor\""),
               *to = strstr(from, "</item>") + strlen("</item>");
    struct buf out = {0};
    buf_add(&out, tiny, (size_t)(from - tiny));
    buf_addf(&out, "<include file=\"%s\"/>", name);
    buf_adds(&out, to);
    put_file(p, "c.xml", out.p, out.len);
    buf_clear(&out);
    buf_addf(&out, "\n<item xmlns=\"%s\"", root);
    buf_add(&out, from + strlen(" <item"), (size_t)(to - from) - strlen(" <item"));
    char *path = path_join(p->dir, "items");
    mkdir(path, 0700);
    free(path);
    put_file(p, "items/floor.xml", out.p, out.len);
    buf_release(&out);
}

static void include__takes_items_from_a_folder__and_names_the_file_in_errors(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    struct diag d = {0};
    put_split(p, "items/floor.xml", "urn:monshin:checklist:1");
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_OK);
    assert_string_equal(ck->item[2].id, "floor"); /* in the order of the sections */
    checklist_free(ck);

    put_split(p, "items/floor.xml", "urn:monshin:checklist:2");
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_NEWER);
    assert_int_equal(strncmp(d.where, "items/floor.xml", 15), 0);
    assert_int_equal(d.line, 2);
    put_split(p, "items/floor.xml", "urn:other");
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_NOT_OURS);
    put_split(p, "items/gone.xml", "urn:monshin:checklist:1");
    assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_NOT_FOUND);
    assert_int_equal(strncmp(d.where, "items/gone.xml", 14), 0);
}

static void include__never_leaves_the_folder(void **state)
{
    const struct place *p = *state;
    static const char *const bad[] = {"../floor.xml",  "/etc/floor.xml", "items/../floor.xml",
                                      "a/b/floor.xml", ".hidden.xml",    "items/floor",
                                      "./floor.xml"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct checklist *ck = NULL;
        struct diag d = {0};
        put_split(p, bad[i], "urn:monshin:checklist:1");
        assert_int_equal(load_from(p, "c.xml", &ck, &d), ERR_SCHEMA);
    }
}

static void include__does_not_nest(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    put_split(p, "c.xml", "urn:monshin:checklist:1");
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_SCHEMA_PLACE);
}

static void load__says_why__when_there_is_no_checklist(void **state)
{
    const struct place *p = *state;
    struct checklist *ck = NULL;
    assert_int_equal(load_from(p, "none.xml", &ck, NULL), ERR_NOT_FOUND);
    put_file(p, "c.xml", "", 0);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_EMPTY);
    put_file(p, "c.xml", "<a/>", 4);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_NOT_OURS);
    static const char part[] = "<item xmlns=\"urn:monshin:checklist:1\"/>";
    put_file(p, "c.xml", part, sizeof part - 1);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_NOT_OURS);
    put_file(p, "c.xml", "<a", 2);
    assert_int_equal(load_from(p, "c.xml", &ck, NULL), ERR_XML);
    assert_int_equal(checklist_load(&ck, "tests/data/example.xml", NULL), ERR_NOT_OURS);
    assert_null(ck);
    checklist_free(NULL);
}

static int stop_xml(void **state)
{
    (void)state;
    xml_stop();
    return 0;
}

#define IN_PLACE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny__has_its_own_scale_grades_caps_and_sections),
        cmocka_unit_test(tiny__has_its_own_items_steps_and_estimates),
        cmocka_unit_test(lookups__find_by_id__and_targets_follow_importance),
        cmocka_unit_test(tiny__is_graded_by_its_own_rules),
        cmocka_unit_test(meti__has_the_frame_that_the_method_names),
        cmocka_unit_test(builtin__is_the_same__as_the_xml_it_was_made_from),
        cmocka_unit_test(meti__comments_on_every_pattern__and_has_no_sentence_that_is_never_said),
        IN_PLACE(load__refuses__what_cannot_be_meant),
        IN_PLACE(load__refuses__weights_whose_product_is_too_large),
        IN_PLACE(load__refuses__more_than_there_is_room_for),
        IN_PLACE(load__wants_an_even_scale__where_there_is_a_balance),
        IN_PLACE(load__does_without_a_limit_of_what_does_not_apply__but_not_without_an_edition),
        IN_PLACE(load__takes_every_role_that_has_to_agree),
        IN_PLACE(load__finds_a_circle__over_several_items),
        IN_PLACE(load__reads_booleans__however_the_schema_lets_them_be_written),
        IN_PLACE(include__takes_items_from_a_folder__and_names_the_file_in_errors),
        IN_PLACE(include__never_leaves_the_folder),
        IN_PLACE(include__does_not_nest),
        IN_PLACE(load__says_why__when_there_is_no_checklist),
    };
    xml_start();
    return cmocka_run_group_tests(tests, NULL, stop_xml);
}
