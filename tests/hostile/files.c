/* See files.h. */
#include "tests/hostile/files.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "core/base/buf.h"
#include "core/io/gz.h"
#include "core/io/xml.h"

/* ---- Parts ---- */

#define HEAD                                                                                                           \
    "<assessment xmlns=\"urn:monshin:assessment:1\" id=\"x\" checklist=\"meti-factory\" edition=\"draft-2022-04\" "     \
    "revision=\"1\">"
#define SITE  "<site id=\"s\" company=\"c\" name=\"n\"/>"
#define ROUND "<round id=\"1\" kind=\"self\">"
#define TAIL  "</round></assessment>"

static void times(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_adds(out, s);
}

void hostile_good(struct buf *out)
{
    buf_adds(out, HEAD SITE ROUND "<answer item=\"1-1\" level=\"3\"/><answer item=\"2-6\" level=\"1\"/>" TAIL);
}

/* The text itself. */
static void as_it_is(struct buf *out, const struct hostile_file *f)
{
    buf_adds(out, f->text);
}

/* In the site, the people, the round, behind the round. */
static void in_site(struct buf *out, const struct hostile_file *f)
{
    buf_addf(out, HEAD "<site id=\"s\" %s/>" ROUND TAIL, f->text);
}

static void in_people(struct buf *out, const struct hostile_file *f)
{
    buf_addf(out, HEAD SITE "<people>%s</people>" ROUND TAIL, f->text);
}

static void in_round(struct buf *out, const struct hostile_file *f)
{
    buf_addf(out, HEAD SITE ROUND "%s" TAIL, f->text);
}

static void after_round(struct buf *out, const struct hostile_file *f)
{
    buf_addf(out, HEAD SITE ROUND "</round>%s</assessment>", f->text);
}

static void in_head(struct buf *out, const struct hostile_file *f)
{
    buf_addf(out, "<assessment xmlns=\"urn:monshin:assessment:1\" %s>" SITE ROUND TAIL, f->text);
}

/* Before an ordinary assessment. */
static void in_front(struct buf *out, const struct hostile_file *f)
{
    buf_adds(out, f->text);
    hostile_good(out);
}

/* ---- Compressed ---- */

/* So many bytes of one kind, without ever having them in memory: they compress to a thousandth. */
static void squeeze(struct buf *out, const char *front, char fill, size_t n_bytes)
{
    char chunk[16384];
    z_stream z = {0};
    int rc = deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    assert(rc == Z_OK);
    memset(chunk, fill, sizeof chunk);
    size_t n_front = strlen(front), done = 0;
    while (rc != Z_STREAM_END) {
        bool first = done == 0 && n_front > 0;
        z.next_in = (const Bytef *)(first ? front : chunk);
        z.avail_in = (uInt)(first ? n_front : sizeof chunk);
        done += z.avail_in;
        do {
            buf_reserve(out, 4096);
            z.next_out = (Bytef *)out->p + out->len;
            z.avail_out = 4096;
            rc = deflate(&z, done < n_bytes ? Z_NO_FLUSH : Z_FINISH);
            out->len += 4096 - z.avail_out;
        } while (z.avail_out == 0 && rc == Z_OK);
    }
    deflateEnd(&z);
}

static void bomb(struct buf *out, const struct hostile_file *f)
{
    squeeze(out, f->text, f->text[0] != '\0' ? ' ' : '\0', 300u << 20);
}

static void bomb_in_bomb(struct buf *out, const struct hostile_file *f)
{
    struct buf inner = {0};
    bomb(&inner, f);
    gz_deflate(out, inner.p, inner.len);
    buf_release(&inner);
}

static void compressed(struct buf *out)
{
    struct buf good = {0};
    hostile_good(&good);
    gz_deflate(out, good.p, good.len);
    buf_release(&good);
}

static void two_members(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    compressed(out);
    compressed(out);
}

/* With the text behind it. */
static void trailing(struct buf *out, const struct hostile_file *f)
{
    compressed(out);
    buf_adds(out, f->text);
}

static void trailing_nul(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    compressed(out);
    buf_add(out, "\0\0\0\0", 4);
}

static void cut_off(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    compressed(out);
    buf_cut(out, out->len - 9);
}

static void wrong_sum(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    compressed(out);
    out->p[out->len - 6] ^= 1;
}

static void twice_compressed(struct buf *out, const struct hostile_file *f)
{
    struct buf once = {0};
    (void)f;
    compressed(&once);
    gz_deflate(out, once.p, once.len);
    buf_release(&once);
}

/* ---- Giants ---- */

static void too_long(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    hostile_good(out);
    while (out->len <= XML_MAX_BYTES)
        buf_addc(out, ' ');
}

static void deep(struct buf *out, size_t n)
{
    buf_adds(out, HEAD SITE ROUND "</round>");
    times(out, "<d>", n);
    times(out, "</d>", n);
    buf_adds(out, "</assessment>");
}

static void deep_5000(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    deep(out, 5000);
}

static void deep_allowed(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    deep(out, XML_MAX_DEPTH - 1);
}

static void attributes(struct buf *out, int n)
{
    for (int i = 0; i < n; i++)
        buf_addf(out, " a%d=\"\"", i);
}

static void attributes_80000(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD "<site id=\"s\"");
    attributes(out, 80000);
    buf_adds(out, "/>" ROUND TAIL);
}

/* As many as fit into a tag of the greatest length, tag after tag: libxml2 compares each with each. */
static void attributes_in_all_tags(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD SITE ROUND "</round>");
    while (out->len < XML_MAX_BYTES - XML_MAX_TAG - 100) {
        buf_adds(out, "<w");
        attributes(out, 1750);
        buf_adds(out, "/>");
    }
    buf_adds(out, "</assessment>");
}

/* The worst that comes as far as libxml2. */
static void attributes_allowed(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD SITE ROUND "</round>");
    for (int i = 0; i < XML_MAX_ATTRIBUTES / XML_MAX_TAG_ATTRIBUTES - 1; i++) {
        buf_adds(out, "<w");
        attributes(out, XML_MAX_TAG_ATTRIBUTES);
        buf_adds(out, "/>");
    }
    buf_adds(out, "</assessment>");
}

static void long_attribute(struct buf *out, size_t n)
{
    buf_adds(out, HEAD SITE ROUND "</round><w a=\"");
    times(out, "&gt;", n);
    buf_adds(out, "\"/></assessment>");
}

static void attribute_allowed(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    long_attribute(out, 4000);
}

static void attribute_too_long(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    long_attribute(out, 5000);
}

static void huge_note(struct buf *out, const struct hostile_file *f)
{
    buf_adds(out, HEAD SITE ROUND "<answer item=\"1-1\" level=\"3\"><note>");
    times(out, f->text, 3u * 1000 * 1000 / strlen(f->text));
    buf_adds(out, "</note></answer>" TAIL);
}

/* All notes as long as they may be, of characters that are cheap to write and dear to measure. */
static void longest_notes(struct buf *out, const struct hostile_file *f)
{
    static const int n_items[] = {5, 13, 8, 6};
    buf_adds(out, HEAD SITE ROUND);
    for (int s = 0; s < 4; s++)
        for (int i = 1; i <= n_items[s]; i++) {
            buf_addf(out, "<answer item=\"%d-%d\" level=\"3\"><note>", s + 1, i);
            times(out, f->text, 8000 / strlen(f->text));
            buf_adds(out, "</note></answer>");
        }
    buf_adds(out, TAIL);
}

static void elements(struct buf *out, size_t n)
{
    buf_adds(out, HEAD SITE ROUND "</round>");
    times(out, "<e/>", n);
    buf_adds(out, "</assessment>");
}

static void elements_allowed(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    elements(out, XML_MAX_ELEMENTS - 3);
}

static void elements_too_many(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    elements(out, XML_MAX_ELEMENTS - 2);
}

static void giant_comment(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    hostile_good(out);
    buf_adds(out, "<!--");
    while (out->len < XML_MAX_BYTES - 3)
        buf_adds(out, "<&");
    buf_cut(out, XML_MAX_BYTES - 3);
    buf_adds(out, "-->");
}

static void giant_addition(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD SITE ROUND "</round><x>");
    while (out->len < XML_MAX_BYTES - 40)
        buf_addc(out, '>'); /* four times as long when it is written again */
    buf_adds(out, "</x></assessment>");
}

static void rounds(struct buf *out, int n)
{
    buf_adds(out, HEAD SITE);
    for (int i = 0; i < n; i++)
        buf_addf(out, "<round id=\"r%d\" kind=\"self\"/>", i);
    buf_adds(out, "</assessment>");
}

static void rounds_allowed(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    rounds(out, 200);
}

static void rounds_too_many(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    rounds(out, 201);
}

static void people_too_many(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD SITE "<people>");
    for (int i = 0; i < 501; i++)
        buf_addf(out, "<person id=\"p%d\"/>", i);
    buf_adds(out, "</people>" ROUND TAIL);
}

static void namespaces(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    buf_adds(out, HEAD SITE ROUND "</round>");
    for (int i = 0; i < 5000; i++)
        buf_addf(out, "<n:e xmlns:n=\"urn:%d\"/>", i);
    buf_adds(out, "</assessment>");
}

/* ---- Encodings ---- */

static void utf16(struct buf *out, bool big, bool mark)
{
    struct buf good = {0};
    hostile_good(&good);
    if (mark)
        buf_add(out, big ? "\xfe\xff" : "\xff\xfe", 2);
    for (size_t i = 0; i < good.len; i++) {
        char two[2] = {big ? '\0' : good.p[i], big ? good.p[i] : '\0'};
        buf_add(out, two, 2);
    }
    buf_release(&good);
}

static void utf16_le(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    utf16(out, false, true);
}

static void utf16_be(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    utf16(out, true, true);
}

static void utf16_unmarked(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    utf16(out, false, false);
}

static void nul_inside(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    hostile_good(out);
    out->p[out->len / 2] = '\0';
}

/* ---- Text that speaks ---- */

/* What XML lets through: C1 controls, bidi controls, invisible characters, formulas, markup, formats, mountains of marks. */
#define SPEECH                                                                                                         \
    "HOSTILE&#x9b;31m&#x9d;0;title&#x9c;&#x85;&#x90;q&#x202e;esrever&#x2066;&#x200b;&#xfeff;&#xad;&#xe0041;&#x3164;"  \
    "&lt;script&gt;alert(1)&lt;/script&gt;'&quot;&gt;&lt;img src=x onerror=1&gt;]]&gt;%s%n&#x301;&#x301;&#x301;"       \
    "&#x1f468;&#x200d;&#x1f469;&#x61c;&#x2028;end"

static void speech_people(struct buf *out)
{
    buf_adds(out, "<people>");
    for (int i = 1; i <= 2; i++)
        buf_addf(out, "<person id=\"p%d\" name=\"=%s\" dept=\"@%s\" role=\"%s\" duty=\"management\"/>", i, SPEECH, SPEECH, "+" SPEECH);
    buf_adds(out, "</people>");
}

static void speech_answer(struct buf *out, const char *item, const char *rest)
{
    buf_addf(out, "<answer item=\"%s\" %s by=\"p1\" flag=\"true\" at=\"2026-11-20T16:40:31+09:00\"", item, rest);
    buf_addf(out, ">%s<note>-%s&#10;=%s</note><evidence>&#xff1d;%s</evidence><x:y xmlns:x=\"urn:x\" k=\"%s\">%s</x:y></answer>",
             strstr(rest, "\"na\"") != NULL ? "<reason>=" SPEECH "</reason>" : "", SPEECH, SPEECH, SPEECH, SPEECH, SPEECH);
}

void hostile_speaker(struct buf *out)
{
    buf_addf(out, "%.*s program=\"%s\" modified=\"2026-11-20T16:40:31+09:00\">", (int)(sizeof HEAD - 2), HEAD, SPEECH);
    buf_addf(out, "<site id=\"../../%s\" company=\"=%s\" name=\"+%s\" country=\"@%s\" industry=\"-%s\"/>", "x/" SPEECH, SPEECH, SPEECH, SPEECH,
             SPEECH);
    speech_people(out);
    buf_adds(out, "<round id=\"1\" kind=\"self\" assessor=\"p1\"><answer item=\"1-1\" level=\"1\"/></round>"
                  "<round id=\"2\" kind=\"assessor\" assessor=\"p2\" started=\"2026-11-20T10:00:00+09:00\">");
    speech_answer(out, "1-1", "level=\"3\" basis=\"test\"");
    speech_answer(out, "1-2", "state=\"unknown\" ask=\"p1\"");
    speech_answer(out, "2-7", "state=\"na\"");
    speech_answer(out, "2-6", "level=\"1\" alternative=\"true\"");
    speech_answer(out, "4-1", "level=\"2\"");
    buf_addf(out, "</round><target item=\"3-7\" level=\"4\" reason=\"=%s\"/>", SPEECH);
    buf_addf(out, "<action item=\"2-6\" to=\"2\" status=\"doing\" owner=\"p1\" due=\"2026-12-25\"><note>=%s</note><history>%s</history></action>", SPEECH,
             SPEECH);
    buf_addf(out, "<action item=\"2-9\" to=\"3\" status=\"dropped\" owner=\"p2\"><note>%s</note></action></assessment>", SPEECH);
}

static void speaker(struct buf *out, const struct hostile_file *f)
{
    (void)f;
    hostile_speaker(out);
}

/* ---- The list ---- */

const struct hostile_file HOSTILE_FILES[] = {
    /* compressed */
    {"bomb-nul.xml.gz", "too-big", bomb, ""},
    {"bomb-blank.xml.gz", "too-big", bomb, HEAD},
    {"bomb-nested.xml.gz", "encoding", bomb_in_bomb, ""},
    {"two-members.xml.gz", "gzip", two_members, NULL},
    {"trailing-text.xml.gz", "gzip", trailing, "more"},
    {"trailing-nul.xml.gz", "gzip", trailing_nul, NULL},
    {"cut-off.xml.gz", "gzip", cut_off, NULL},
    {"wrong-sum.xml.gz", "gzip", wrong_sum, NULL},
    {"twice.xml.gz", "encoding", twice_compressed, NULL},
    {"only-magic.xml.gz", "gzip", as_it_is, "\x1f\x8b"},
    /* document types and entities */
    {"doctype.xml", "xml-forbidden", in_front, "<!DOCTYPE a>"},
    {"doctype-small.xml", "xml-forbidden", in_front, "<!doctype a>"},
    {"doctype-late.xml", "xml-forbidden", in_front, "<?xml version=\"1.0\"?><!-- x -->\n<!DOCTYPE a>"},
    {"doctype-system.xml", "xml-forbidden", in_front, "<!DOCTYPE a SYSTEM \"http://localhost:1/x.dtd\">"},
    {"doctype-public.xml", "xml-forbidden", in_front, "<!DOCTYPE a PUBLIC \"-//X\" \"file:///etc/passwd\">"},
    {"entity-file.xml", "xml-forbidden", in_front, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"},
    {"entity-parameter.xml", "xml-forbidden", in_front, "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>"},
    {"entity-laughs.xml", "xml-forbidden", in_front,
     "<!DOCTYPE a [<!ENTITY a \"lolololol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"},
    {"entity-default.xml", "xml-forbidden", in_front, "<!DOCTYPE a [<!ATTLIST assessment id CDATA \"x\">]>"},
    {"entity-unknown.xml", "xml", in_round, "<answer item=\"1-1\" level=\"3\"><note>&nope;</note></answer>"},
    {"xinclude.xml", "ok", after_round, "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\" parse=\"text\"/>"},
    {"schema-location.xml", "ok", after_round,
     "<x xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x http://localhost:1/x.xsd\"/>"},
    {"stylesheet.xml", "ok", in_front, "<?xml-stylesheet href=\"http://localhost:1/x.xsl\"?>"},
    /* out of all proportion */
    {"too-long.xml", "too-big", too_long, NULL},
    {"deep-5000.xml", "xml-forbidden", deep_5000, NULL},
    {"deep-allowed.xml", "ok", deep_allowed, NULL},
    {"attributes-80000.xml", "xml-forbidden", attributes_80000, NULL},
    {"attributes-everywhere.xml", "xml-forbidden", attributes_in_all_tags, NULL},
    {"attributes-allowed.xml", "ok", attributes_allowed, NULL},
    {"attribute-long.xml", "ok", attribute_allowed, NULL},
    {"attribute-too-long.xml", "xml-forbidden", attribute_too_long, NULL},
    {"huge-note.xml", "too-big", huge_note, "x"},
    {"huge-note-marks.xml", "too-big", huge_note, "a\xcc\x81"},
    {"longest-notes.xml", "ok", longest_notes, "x"},
    {"longest-notes-marks.xml", "ok", longest_notes, "\xcc\x81\xcc\xa3"},
    {"longest-notes-joined.xml", "ok", longest_notes, "\xf0\x9f\x91\xa8\xe2\x80\x8d"},
    {"longest-notes-kana.xml", "ok", longest_notes, "\xe3\x81\x8b\xe3\x82\x99"},
    {"elements-allowed.xml", "ok", elements_allowed, NULL},
    {"elements-too-many.xml", "xml-forbidden", elements_too_many, NULL},
    {"giant-comment.xml", "ok", giant_comment, NULL},
    {"giant-addition.xml", "too-big", giant_addition, NULL},
    {"rounds-200.xml", "ok", rounds_allowed, NULL},
    {"rounds-201.xml", "too-big", rounds_too_many, NULL},
    {"people-501.xml", "too-big", people_too_many, NULL},
    {"namespaces.xml", "xml-forbidden", namespaces, NULL},
    /* bytes */
    {"empty.xml", "empty", as_it_is, ""},
    {"mark-only.xml", "xml", as_it_is, "\xef\xbb\xbf"},
    {"blank.xml", "xml", as_it_is, " \n\n "},
    {"text.xml", "xml", as_it_is, "not XML at all\n"},
    {"nul.xml", "encoding", nul_inside, NULL},
    {"utf8-stray.xml", "encoding", in_round, "<answer item=\"1-1\" level=\"3\"><note>\x80</note></answer>"},
    {"utf8-overlong.xml", "encoding", in_round, "<answer item=\"1-1\" level=\"3\"><note>\xc0\xbcscript</note></answer>"},
    {"utf8-surrogate.xml", "encoding", in_round, "<answer item=\"1-1\" level=\"3\"><note>\xed\xa0\x80</note></answer>"},
    {"utf8-beyond.xml", "encoding", in_round, "<answer item=\"1-1\" level=\"3\"><note>\xf4\x90\x80\x80</note></answer>"},
    {"utf8-cut.xml", "encoding", in_round, "<answer item=\"1-1\" level=\"3\"><note>\xe3\x81</note></answer>"},
    {"escape.xml", "xml", in_round, "<answer item=\"1-1\" level=\"3\"><note>\033[31m</note></answer>"},
    {"escape-reference.xml", "xml", in_round, "<answer item=\"1-1\" level=\"3\"><note>&#27;[31m</note></answer>"},
    {"escape-attribute.xml", "xml", in_site, "name=\"\033]0;x\007\""},
    {"utf16-le.xml", "encoding", utf16_le, NULL},
    {"utf16-be.xml", "encoding", utf16_be, NULL},
    {"utf16-unmarked.xml", "encoding", utf16_unmarked, NULL},
    {"declared-utf16.xml", "encoding", in_front, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"},
    {"declared-euc.xml", "encoding", in_front, "<?xml version=\"1.0\" encoding=\"EUC-JP\"?>"},
    {"declared-sjis.xml", "encoding", in_front, "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>"},
    {"declared-utf7.xml", "encoding", in_front, "<?xml version='1.0' encoding='UTF-7'?>+ADw-x+AD4-"},
    {"declared-jis.xml", "encoding", in_front, "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>"},
    {"bytes-sjis.xml", "encoding", in_site, "name=\"\x91\xe5\x8d\xe3\""},
    {"bytes-euc.xml", "encoding", in_site, "name=\"\xc2\xe7\xba\xe5\""},
    {"bytes-jis.xml", "xml", in_site, "name=\"\033$BBg:e\033(B\""},
    /* of another kind */
    {"other-namespace.xml", "not-ours", as_it_is, "<assessment xmlns=\"urn:x\"/>"},
    {"no-namespace.xml", "not-ours", as_it_is, "<assessment/>"},
    {"other-root.xml", "not-ours", as_it_is, "<checklist xmlns=\"urn:monshin:checklist:1\"/>"},
    {"newer.xml", "newer", as_it_is, "<assessment xmlns=\"urn:monshin:assessment:2\"/>"},
    {"newer-forged.xml", "not-ours", as_it_is, "<assessment xmlns=\"urn:monshin:assessment:2x\"/>"},
    {"checklist-unknown.xml", "unknown-checklist", in_head, "id=\"x\" checklist=\"../../etc\" edition=\"draft-2022-04\" revision=\"1\""},
    {"edition-unknown.xml", "unknown-edition", in_head, "id=\"x\" checklist=\"meti-factory\" edition=\"&#x202e;\" revision=\"1\""},
    {"revision-missing.xml", "schema-missing", in_head, "id=\"x\" checklist=\"meti-factory\" edition=\"draft-2022-04\""},
    {"revision-negative.xml", "schema-value", in_head, "id=\"x\" checklist=\"meti-factory\" edition=\"draft-2022-04\" revision=\"-1\""},
    {"revision-huge.xml", "schema-value", in_head,
     "id=\"x\" checklist=\"meti-factory\" edition=\"draft-2022-04\" revision=\"99999999999999999999\""},
    {"id-path.xml", "schema-value", in_head, "id=\"../x\" checklist=\"meti-factory\" edition=\"draft-2022-04\" revision=\"1\""},
    /* twice, out of range, leading nowhere */
    {"twice-person.xml", "duplicate", in_people, "<person id=\"p\"/><person id=\"p\"/>"},
    {"twice-answer.xml", "duplicate", in_round, "<answer item=\"1-1\" level=\"3\"/><answer item=\"1-1\" level=\"4\"/>"},
    {"twice-round.xml", "duplicate", after_round, "<round id=\"1\" kind=\"self\"/>"},
    {"twice-target.xml", "duplicate", after_round, "<target item=\"1-1\" level=\"3\"/><target item=\"1-1\" level=\"3\"/>"},
    {"twice-action.xml", "duplicate", after_round,
     "<action item=\"1-1\" to=\"3\" status=\"open\"/><action item=\"1-1\" to=\"3\" status=\"open\"/>"},
    {"twice-site.xml", "schema-place", after_round, SITE},
    {"level-0.xml", "schema-value", in_round, "<answer item=\"1-1\" level=\"0\"/>"},
    {"level-6.xml", "schema-value", in_round, "<answer item=\"1-1\" level=\"6\"/>"},
    {"level-word.xml", "schema-value", in_round, "<answer item=\"1-1\" level=\"three&#x202e;\"/>"},
    {"level-and-state.xml", "schema-value", in_round, "<answer item=\"1-1\" level=\"3\" state=\"na\"><reason>x</reason></answer>"},
    {"state-unknown.xml", "schema-value", in_round, "<answer item=\"1-1\" state=\"fine\"/>"},
    {"na-without-reason.xml", "schema-missing", in_round, "<answer item=\"2-7\" state=\"na\"/>"},
    {"na-blank-reason.xml", "schema-missing", in_round, "<answer item=\"2-7\" state=\"na\"><reason> &#x200b; </reason></answer>"},
    {"employees.xml", "schema-value", in_site, "employees=\"99999999\""},
    {"importance.xml", "schema-value", in_site, "importance=\"extreme\""},
    {"date.xml", "schema-value", after_round, "<action item=\"1-1\" to=\"3\" status=\"open\" due=\"2026-02-30\"/>"},
    {"time.xml", "schema-value", in_round, "<answer item=\"1-1\" level=\"3\" at=\"yesterday\"/>"},
    {"yen.xml", "schema-value", after_round, "<action item=\"1-1\" to=\"3\" status=\"open\" cost-jpy=\"9999999999999\"/>"},
    {"days.xml", "schema-value", after_round, "<action item=\"1-1\" to=\"3\" status=\"open\" effort-days=\"1e9\"/>"},
    {"item-unknown.xml", "unknown-item", in_round, "<answer item=\"9-9&#x9b;31m\" level=\"3\"/>"},
    {"person-unknown.xml", "unknown-ref", in_round, "<answer item=\"1-1\" level=\"3\" by=\"nobody\"/>"},
    {"round-missing.xml", "schema-missing", as_it_is, HEAD SITE "</assessment>"},
    {"text-between.xml", "schema-place", in_round, "=cmd|' /C calc'!A0"},
    /* text that does harm only where it is shown */
    {"speaker.xml", "ok", speaker, NULL},
};
const size_t N_HOSTILE_FILES = sizeof HOSTILE_FILES / sizeof HOSTILE_FILES[0];
