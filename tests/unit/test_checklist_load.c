/* Reading a checklist: what cannot be meant is refused with its line, files are included from a folder and from nowhere else. */
#include "tests/unit/cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "core/model/checklist.h"

static const char TINY[] = "tests/data/tiny/checklist.xml";

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
