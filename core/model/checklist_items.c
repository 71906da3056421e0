/* Items, editions and verdicts of a checklist: see checklist_priv.h. */
#include "core/model/checklist_priv.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

static enum err find_role(struct loader *ld, const struct xml_node *el, const char *id, int *out)
{
    *out = checklist_role(ld->ck, id);
    return *out >= 0 ? ERR_OK : loader_fail(ld, ERR_UNKNOWN_REF, el, "role", id);
}

/* All <name> children of el as texts. */
static const struct ltext *load_texts(struct loader *ld, const struct xml_node *el, const char *name, int *n)
{
    struct ltext *texts = arena_alloc(ld->arena, (size_t)count_children(el, name) * sizeof *texts);
    *n = 0;
    for (const struct xml_node *c = xml_child(el, name); c != NULL; c = xml_next(c, name))
        texts[(*n)++] = read_ltext(ld, c);
    return texts;
}

/* "2.5" in tenths; the schema allows one fraction digit. */
static long long read_tenths(const char *s)
{
    char *end;
    long long v = strtoll(s, &end, 10) * 10;
    return *end == '.' ? v + (end[1] - '0') : v;
}

static enum err load_estimate(struct loader *ld, struct ck_estimate *out, const struct xml_node *el, bool tenths)
{
    static const char *const scales[SCALE_COUNT] = {"fixed", "half", "linear"};
    const char *low = xml_attr(el, "low"), *typical = xml_attr(el, "typical"), *high = xml_attr(el, "high");
    *out = (struct ck_estimate){.low = tenths ? read_tenths(low) : strtoll(low, NULL, 10),
                                .typical = tenths ? read_tenths(typical) : strtoll(typical, NULL, 10),
                                .high = tenths ? read_tenths(high) : strtoll(high, NULL, 10),
                                .basis = read_ltext(ld, el)};
    while (strcmp(scales[out->scale], xml_attr(el, "scale")) != 0)
        out->scale++;
    if (out->low > out->typical || out->typical > out->high)
        return loader_fail(ld, ERR_MEANING, el, el->name, typical);
    return ERR_OK;
}

static enum err load_agree(struct loader *ld, struct ck_step *step, const struct xml_node *el)
{
    static const char blanks[] = " \t\r\n";
    const char *s = xml_attr(el, "agree");
    int *agree = arena_alloc(ld->arena, (strlen(s) / 2 + 1) * sizeof *agree); /* an id and the blank behind it take two bytes */
    enum err err = ERR_OK;
    for (s += strspn(s, blanks); *s != '\0' && err == ERR_OK; s += strspn(s, blanks)) {
        size_t len = strcspn(s, blanks);
        err = find_role(ld, el, arena_strndup(ld->arena, s, len), &agree[step->n_agree++]);
        s += len;
    }
    step->agree = agree;
    return err;
}

static int find_item_source(const struct loader *ld, const char *id)
{
    for (int i = 0; i < ld->n_items; i++)
        if (strcmp(xml_attr(ld->item[i].node, "id"), id) == 0)
            return i;
    return -1;
}

static enum err load_requires(struct loader *ld, struct ck_step *step, const struct xml_node *el)
{
    struct ck_requires *list = arena_alloc(ld->arena, (size_t)count_children(el, "requires") * sizeof *list);
    for (const struct xml_node *c = xml_child(el, "requires"); c != NULL; c = xml_next(c, "requires")) {
        int item = find_item_source(ld, xml_attr(c, "item"));
        if (item < 0)
            return loader_fail(ld, ERR_UNKNOWN_ITEM, c, "requires", xml_attr(c, "item"));
        list[step->n_requires++] = (struct ck_requires){item, read_int(c, "level", 1)};
    }
    step->requires = list;
    return ERR_OK;
}

static void load_refs(struct loader *ld, struct ck_step *step, const struct xml_node *el)
{
    struct ck_ref *list = arena_alloc(ld->arena, (size_t)count_children(el, "ref") * sizeof *list);
    for (const struct xml_node *c = xml_child(el, "ref"); c != NULL; c = xml_next(c, "ref"))
        list[step->n_refs++] = (struct ck_ref){read_string(ld, xml_attr(c, "std")), read_string(ld, xml_attr(c, "id"))};
    step->refs = list;
}

static enum err load_step(struct loader *ld, struct ck_item *item, const struct xml_node *el)
{
    struct ck_step *step = &item->step[read_int(el, "to", 2) - 2];
    if (step->to != 0)
        return loader_fail(ld, ERR_DUPLICATE, el, "step", xml_attr(el, "to"));
    *step = (struct ck_step){.to = read_int(el, "to", 2),
                             .duty = strcmp(xml_attr(el, "duty"), "governance") == 0 ? DUTY_GOVERNANCE : DUTY_MANAGEMENT,
                             .action = read_child_ltext(ld, el, "action"),
                             .first = read_child_ltext(ld, el, "first"),
                             .paper = read_child_ltext(ld, el, "paper"),
                             .stop_why = read_child_ltext(ld, el, "line-stop")};
    step->how = load_texts(ld, el, "how", &step->n_how);
    step->evidence = load_texts(ld, el, "evidence", &step->n_evidence);
    load_refs(ld, step, el);
    const struct xml_node *stop = xml_child(el, "line-stop");
    if (stop != NULL) {
        step->stops = read_int(stop, "count", 1);
        step->stop_hours = read_int(stop, "hours", 1);
    }
    enum err err = find_role(ld, el, xml_attr(el, "lead"), &step->lead);
    if (err == ERR_OK)
        err = load_agree(ld, step, el);
    if (err == ERR_OK)
        err = load_requires(ld, step, el);
    if (err == ERR_OK)
        err = load_estimate(ld, &step->effort, xml_child(el, "effort"), true);
    if (err == ERR_OK)
        err = load_estimate(ld, &step->build, xml_child(el, "build"), false);
    return err == ERR_OK ? load_estimate(ld, &step->run, xml_child(el, "run"), false) : err;
}

static enum err load_questions(struct loader *ld, struct ck_item *item, const struct xml_node *el)
{
    struct ck_question *list = arena_alloc(ld->arena, (size_t)count_children(el, "question") * sizeof *list);
    for (const struct xml_node *c = xml_child(el, "question"); c != NULL; c = xml_next(c, "question")) {
        struct ck_question *q = &list[item->n_questions++];
        q->text = read_ltext(ld, c);
        enum err err = find_role(ld, c, xml_attr(c, "to"), &q->role);
        if (err != ERR_OK)
            return err;
    }
    item->question = list;
    return ERR_OK;
}

static enum err load_levels(struct loader *ld, struct ck_item *item, const struct xml_node *el)
{
    int n = 0;
    for (const struct xml_node *c = xml_child(el, "level"); c != NULL; c = xml_next(c, "level")) {
        if (read_int(c, "n", 0) != ++n)
            return loader_fail(ld, ERR_MEANING, c, "level/@n", xml_attr(c, "n"));
        item->level[n - 1] = read_ltext(ld, c);
    }
    return ERR_OK;
}

static void load_checks(struct loader *ld, struct ck_item *item, const struct xml_node *el)
{
    struct ck_check *list = arena_alloc(ld->arena, (size_t)count_children(el, "check") * sizeof *list);
    for (const struct xml_node *c = xml_child(el, "check"); c != NULL; c = xml_next(c, "check"))
        list[item->n_checks++] =
            (struct ck_check){read_string(ld, xml_attr(c, "id")), read_int(c, "level", 2), read_ltext(ld, c)};
    item->check = list;
}

static enum err load_item(struct loader *ld, struct ck_item *item, const struct xml_node *el)
{
    const struct xml_node *na = xml_child(el, "not-applicable"), *risk = xml_child(el, "risk");
    *item = (struct ck_item){.id = read_string(ld, xml_attr(el, "id")),
                             .section = checklist_section(ld->ck, xml_attr(el, "section")),
                             .weight = read_int(el, "weight", 1),
                             .key = read_bool(el, "key"),
                             .fix = strcmp(xml_attr(el, "fix"), "hq") == 0 ? FIX_HQ : FIX_PLANT,
                             .label = read_child_ltext(ld, el, "label"),
                             .na_plausible = read_bool(na, "plausible"),
                             .na_when = read_ltext(ld, na),
                             .risk = risk != NULL ? read_int(risk, "percent", 100) : 100,
                             .risk_why = read_child_ltext(ld, el, "risk")};
    item->evidence = load_texts(ld, el, "evidence", &item->n_evidence);
    item->alternative = load_texts(ld, el, "alternative", &item->n_alternatives);
    load_checks(ld, item, el);
    enum err err = load_levels(ld, item, el);
    if (err == ERR_OK)
        err = load_questions(ld, item, el);
    const struct xml_node *step = err == ERR_OK ? xml_child(el, "step") : NULL;
    for (; err == ERR_OK && step != NULL; step = xml_next(step, "step"))
        err = load_step(ld, item, step);
    return err;
}

/* Items in the order of the sections, otherwise as written. */
static enum err sort_items(struct loader *ld, struct ck_section *sections)
{
    struct ck_source *sorted = xcalloc((size_t)ld->n_items + 1, sizeof *sorted);
    int n = 0;
    for (int s = 0; s < ld->ck->n_sections; s++) {
        sections[s].first_item = n;
        for (int i = 0; i < ld->n_items; i++)
            if (strcmp(xml_attr(ld->item[i].node, "section"), sections[s].id) == 0)
                sorted[n++] = ld->item[i];
        sections[s].n_items = n - sections[s].first_item;
    }
    enum err err = ERR_OK;
    for (int i = 0; n < ld->n_items && err == ERR_OK; i++) { /* one is of no section */
        ld->file = ld->item[i].file;
        if (checklist_section(ld->ck, xml_attr(ld->item[i].node, "section")) < 0)
            err = loader_fail(ld, ERR_UNKNOWN_REF, ld->item[i].node, "item/@section", xml_attr(ld->item[i].node, "section"));
    }
    memcpy(ld->item, sorted, (size_t)n * sizeof *sorted);
    free(sorted);
    return err;
}

enum err load_items(struct loader *ld)
{
    struct checklist *ck = ld->ck;
    struct ck_section *sections = arena_alloc(ld->arena, (size_t)ck->n_sections * sizeof *sections);
    memcpy(sections, ck->section, (size_t)ck->n_sections * sizeof *sections);
    ck->section = sections;
    const char *main_file = ld->file;
    enum err err = sort_items(ld, sections);
    struct ck_item *items = arena_alloc(ld->arena, (size_t)ld->n_items * sizeof *items);
    ck->item = items;
    for (int i = 0; err == ERR_OK && i < ld->n_items; i++) {
        ld->file = ld->item[i].file;
        err = load_item(ld, &items[i], ld->item[i].node);
        ck->n_items = i + 1;
    }
    if (err == ERR_OK)
        ld->file = main_file;
    return err;
}

static enum err load_edition(struct loader *ld, struct ck_edition *edition, const struct xml_node *el)
{
    struct checklist *ck = ld->ck;
    const struct xml_node *licence = xml_child(el, "licence");
    struct ltext *wording = arena_alloc(ld->arena, (size_t)ck->n_items * sizeof *wording);
    struct buf raw = {0};
    if (licence != NULL)
        xml_text(&raw, licence);
    struct buf clean = {0};
    text_clean(&clean, buf_str(&raw), raw.len, TEXT_MULTI_LINE);
    *edition = (struct ck_edition){read_string(ld, xml_attr(el, "id")), read_child_ltext(ld, el, "name"),
                                   read_child_ltext(ld, el, "attribution"), arena_strdup(ld->arena, buf_str(&clean)), wording};
    buf_release(&raw);
    buf_release(&clean);
    for (const struct xml_node *c = xml_child(el, "wording"); c != NULL; c = xml_next(c, "wording")) {
        int item = checklist_item(ck, xml_attr(c, "item"));
        if (item < 0)
            return loader_fail(ld, ERR_UNKNOWN_ITEM, c, "wording", xml_attr(c, "item"));
        if (wording[item].in[0] != NULL)
            return loader_fail(ld, ERR_DUPLICATE, c, "wording", xml_attr(c, "item"));
        wording[item] = read_ltext(ld, c);
    }
    for (int i = 0; i < ck->n_items; i++)
        if (wording[i].in[0] == NULL)
            return loader_fail(ld, ERR_SCHEMA_MISSING, el, "wording", ck->item[i].id);
    return ERR_OK;
}

enum err load_editions(struct loader *ld)
{
    struct checklist *ck = ld->ck;
    const char *main_file = ld->file;
    struct ck_edition *editions = arena_alloc(ld->arena, (size_t)ld->n_editions * sizeof *editions);
    ck->edition = editions;
    bool has_default = false;
    if (ld->n_editions == 0)
        return loader_fail(ld, ERR_SCHEMA_MISSING, NULL, "checklist", "edition");
    for (int i = 0; i < ld->n_editions; i++) {
        ld->file = ld->edition[i].file;
        enum err err = load_edition(ld, &editions[i], ld->edition[i].node);
        if (err != ERR_OK)
            return err;
        bool is_default = read_bool(ld->edition[i].node, "default");
        if (is_default && has_default)
            return loader_fail(ld, ERR_DUPLICATE, ld->edition[i].node, "edition/@default", editions[i].id);
        has_default |= is_default;
        if (is_default)
            ck->default_edition = i;
        ck->n_editions = i + 1;
    }
    ld->file = main_file;
    return ERR_OK;
}

static enum err load_when(struct loader *ld, struct ck_when *w, const struct xml_node *el)
{
    const char *section = xml_attr(el, "section"), *item = xml_attr(el, "item");
    const char *min = xml_attr(el, "min"), *max = xml_attr(el, "max");
    *w = (struct ck_when){.section = section != NULL ? checklist_section(ld->ck, section) : -1,
                          .item = item != NULL ? checklist_item(ld->ck, item) : -1,
                          .overall = read_bool(el, "overall"),
                          .grade_best = find_grade(ld->ck, max),
                          .grade_worst = find_grade(ld->ck, min),
                          .level_min = read_int(el, "level-min", 0),
                          .level_max = read_int(el, "level-max", 0)};
    if (section != NULL && w->section < 0)
        return loader_fail(ld, ERR_UNKNOWN_REF, el, "when/@section", section);
    if (item != NULL && w->item < 0)
        return loader_fail(ld, ERR_UNKNOWN_ITEM, el, "when", item);
    if ((min != NULL && w->grade_worst < 0) || (max != NULL && w->grade_best < 0))
        return loader_fail(ld, ERR_UNKNOWN_REF, el, "when", min != NULL ? min : max);
    if ((section != NULL) + (item != NULL) + w->overall != 1)
        return loader_fail(ld, ERR_MEANING, el, "when", "section, item, overall");
    return ERR_OK;
}

static enum err load_verdict(struct loader *ld, struct ck_verdict *v, const struct xml_node *el)
{
    struct ck_when *when = arena_alloc(ld->arena, (size_t)count_children(el, "when") * sizeof *when);
    *v = (struct ck_verdict){read_string(ld, xml_attr(el, "id")), when, 0, read_child_ltext(ld, el, "say")};
    for (const struct xml_node *c = xml_child(el, "when"); c != NULL; c = xml_next(c, "when")) {
        enum err err = load_when(ld, &when[v->n_when++], c);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

static enum err load_group(struct loader *ld, struct ck_verdict_group *group, const struct xml_node *el)
{
    const char *what = xml_attr(el, "for");
    group->section = checklist_section(ld->ck, what);
    if (group->section < 0 && strcmp(what, "executive") != 0)
        return loader_fail(ld, ERR_UNKNOWN_REF, el, "group/@for", what);
    struct ck_verdict *list = arena_alloc(ld->arena, (size_t)count_children(el, "verdict") * sizeof *list);
    group->verdict = list;
    for (const struct xml_node *c = xml_child(el, "verdict"); c != NULL; c = xml_next(c, "verdict")) {
        enum err err = load_verdict(ld, &list[group->n_verdicts++], c);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

enum err load_verdicts(struct loader *ld, const struct xml_node *verdicts)
{
    struct ck_verdict_group *list = arena_alloc(ld->arena, (size_t)count_children(verdicts, "group") * sizeof *list);
    ld->ck->group = list;
    for (const struct xml_node *el = xml_child(verdicts, "group"); el != NULL; el = xml_next(el, "group")) {
        enum err err = load_group(ld, &list[ld->ck->n_groups++], el);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}
