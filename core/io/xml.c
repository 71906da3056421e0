/* See xml.h. The only file that includes libxml2. */
#include "core/io/xml.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/gz.h"

/* ---- The scan: one pass over the bytes before libxml2 sees any of them ---- */

struct scan {
    const char *bytes, *p, *end;
    long n_elements, n_attributes;
};

/* Lines are counted only when somebody wants to know. */
static enum err refuse_scan(const struct scan *s, enum err err, const char *what, struct diag *diag)
{
    long line = 1;
    for (const char *c = s->bytes; c < s->p; c++)
        line += *c == '\n';
    return diag_set(diag, err, line, what, NULL);
}

static bool starts(const struct scan *s, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(s->end - s->p) >= n && memcmp(s->p, what, n) == 0;
}

/* Moves behind the next occurrence of `what`. */
static enum err skip_past(struct scan *s, const char *what, struct diag *diag)
{
    const char *at = memmem(s->p, (size_t)(s->end - s->p), what, strlen(what));
    if (at == NULL)
        return refuse_scan(s, ERR_XML, NULL, diag);
    s->p = at + strlen(what);
    return ERR_OK;
}

/* At '<' of a tag: to behind its '>', quotes respected. Each pair of quotes is an attribute. */
static enum err scan_tag(struct scan *s, struct diag *diag)
{
    long n = 0;
    const char *limit = s->end - s->p > XML_MAX_TAG ? s->p + XML_MAX_TAG + 1 : s->end;
    for (const char *c = s->p; c < limit; c++) {
        if (*c == '>') {
            s->p = c + 1;
            s->n_attributes += n;
            bool many = n > XML_MAX_TAG_ATTRIBUTES || s->n_attributes > XML_MAX_ATTRIBUTES;
            return many ? refuse_scan(s, ERR_XML_FORBIDDEN, "attributes", diag) : ERR_OK;
        }
        bool quote = *c == '"' || *c == '\'';
        n += quote;
        if (quote)
            c = memchr(c + 1, *c, (size_t)(limit - c - 1));
        if (c == NULL)
            break;
    }
    s->p = limit;
    return limit < s->end ? refuse_scan(s, ERR_XML_FORBIDDEN, "tag", diag) : refuse_scan(s, ERR_XML, NULL, diag);
}

static enum err scan_markup(struct scan *s, struct diag *diag)
{
    char second = s->end - s->p > 1 ? s->p[1] : '\0';
    if (second != '!' && second != '?') {
        if (second != '/' && ++s->n_elements > XML_MAX_ELEMENTS)
            return refuse_scan(s, ERR_XML_FORBIDDEN, "elements", diag);
        return scan_tag(s, diag);
    }
    if (starts(s, "<!--"))
        return skip_past(s, "-->", diag);
    if (starts(s, "<![CDATA["))
        return skip_past(s, "]]>", diag);
    if (starts(s, "<!"))
        return refuse_scan(s, ERR_XML_FORBIDDEN, "DOCTYPE", diag);
    return skip_past(s, "?>", diag);
}

/* A document that says it is in another encoding is not read as UTF-8 by guess. */
static bool declares_other_encoding(const char *bytes, size_t n_bytes)
{
    if (n_bytes < 5 || memcmp(bytes, "<?xml", 5) != 0)
        return false;
    const char *end = memmem(bytes, n_bytes, "?>", 2);
    const char *at = end == NULL ? NULL : memmem(bytes, (size_t)(end - bytes), "encoding", 8);
    if (at == NULL)
        return false;
    at += 8;
    while (at < end && strchr(" \t\r\n=", *at) != NULL)
        at++;
    return end - at < 7 || strncasecmp(at + 1, "utf-8", 5) != 0 || (at[6] != '"' && at[6] != '\'');
}

/* The line on which the first byte stands that is not part of valid text. */
static long bad_line(const char *bytes, size_t n_bytes)
{
    long line = 1;
    const char *end = bytes + n_bytes;
    const char *lf = memchr(bytes, '\n', n_bytes);
    while (lf != NULL && text_valid(bytes, (size_t)(lf - bytes))) {
        bytes = lf + 1;
        line++;
        lf = memchr(bytes, '\n', (size_t)(end - bytes));
    }
    return line;
}

static enum err scan_bytes(const char *bytes, size_t n_bytes, struct diag *diag)
{
    if (!text_valid(bytes, n_bytes)) /* NUL, so UTF-16 and UTF-32 too */
        return diag_set(diag, ERR_ENCODING, bad_line(bytes, n_bytes), NULL, NULL);
    if (declares_other_encoding(bytes, n_bytes))
        return diag_set(diag, ERR_ENCODING, 1, NULL, NULL);
    struct scan s = {.bytes = bytes, .p = bytes, .end = bytes + n_bytes};
    for (;;) {
        const char *lt = memchr(s.p, '<', (size_t)(s.end - s.p));
        if (lt == NULL)
            break;
        s.p = lt;
        enum err err = scan_markup(&s, diag);
        if (err != ERR_OK)
            return err;
    }
    s.p = s.end;
    return s.n_elements > 0 ? ERR_OK : refuse_scan(&s, ERR_XML, NULL, diag);
}

/* ---- The tree: built from SAX events, in the document's arena ---- */

enum { MAX_NAMESPACES = 64, NAME_SLOTS = 64 };

struct open_element {
    struct xml_node *node;
    struct xml_node *last; /* last child so far */
};

struct builder {
    struct arena *arena;
    xmlParserCtxtPtr ctxt;
    struct open_element open[XML_MAX_DEPTH];
    int depth;
    struct xml_node *root;
    struct buf text; /* character data not yet made a node */
    const char *ns[MAX_NAMESPACES];
    const char *raw_ns[MAX_NAMESPACES]; /* as libxml2 gives them: see attr_value */
    int n_ns;
    const char *last_uri, *last_ns; /* what intern_ns was asked for last, and said */
    const char *no_ns;              /* what it says of none */
    struct {
        const xmlChar *raw; /* in libxml2's dictionary, where a name has one address */
        const char *name;
    } name[NAME_SLOTS]; /* the last name in each slot */
    enum err err;
    long line;
    char what[32];
};

static void refuse(struct builder *b, enum err err, const char *what)
{
    if (b->err == ERR_OK) {
        b->err = err;
        b->line = xmlSAX2GetLineNumber(b->ctxt);
        snprintf(b->what, sizeof b->what, "%s", what);
    }
    xmlStopParser(b->ctxt);
}

/* Without NOENT libxml2 hands an ampersand in an attribute or namespace on as a character reference, for a second parse that SAX does not have.
 * No other reference is left in a value: undefined entities are errors. */
static char *attr_value(struct builder *b, const char *s, size_t n_bytes)
{
    static const char ampersand[] = "&#38;";
    char *value = arena_strndup(b->arena, s, n_bytes), *to = value;
    if (memchr(s, '&', n_bytes) == NULL)
        return value;
    for (const char *from = value; *from != '\0'; to++) {
        *to = *from;
        from += strncmp(from, ampersand, strlen(ampersand)) == 0 ? strlen(ampersand) : 1;
    }
    *to = '\0';
    return value;
}

static const char *intern_ns(struct builder *b, const xmlChar *uri)
{
    const char *s = uri == NULL ? "" : (const char *)uri;
    if (uri == NULL && b->no_ns != NULL) /* nearly all attributes */
        return b->no_ns;
    if (b->n_ns > 0 && s == b->last_uri) /* in the dictionary too */
        return b->last_ns;
    int i = 0;
    while (i < b->n_ns && strcmp(b->raw_ns[i], s) != 0)
        i++;
    if (i == MAX_NAMESPACES) {
        refuse(b, ERR_XML_FORBIDDEN, "namespaces");
        return "";
    }
    if (i == b->n_ns) {
        b->raw_ns[i] = arena_strdup(b->arena, s);
        b->ns[i] = attr_value(b, s, strlen(s));
        b->n_ns++;
    }
    if (uri == NULL) {
        b->no_ns = b->ns[i];
    } else {
        b->last_uri = s;
        b->last_ns = b->ns[i];
    }
    return b->ns[i];
}

/* Most names come again and again: one copy of each will do. */
static const char *keep_name(struct builder *b, const xmlChar *raw)
{
    size_t slot = ((uintptr_t)raw >> 2) % NAME_SLOTS;
    if (b->name[slot].raw != raw) {
        b->name[slot].raw = raw;
        b->name[slot].name = arena_strdup(b->arena, (const char *)raw);
    }
    return b->name[slot].name;
}

static void append(struct builder *b, struct xml_node *node)
{
    if (b->depth == 0) {
        b->root = node;
        return;
    }
    struct open_element *parent = &b->open[b->depth - 1];
    if (parent->last == NULL)
        parent->node->first = node;
    else
        parent->last->next = node;
    parent->last = node;
}

static void flush_text(struct builder *b)
{
    if (b->text.len == 0)
        return;
    if (b->depth > 0) {
        struct xml_node *node = arena_alloc(b->arena, sizeof *node);
        node->text = arena_strndup(b->arena, b->text.p, b->text.len);
        append(b, node);
    }
    buf_clear(&b->text);
}

static struct xml_attr *make_attrs(struct builder *b, int n, const xmlChar **attrs)
{
    struct xml_attr *first = NULL, **tail = &first;
    for (int i = 0; i < n; i++, attrs += 5) {
        struct xml_attr *a = arena_alloc(b->arena, sizeof *a);
        a->name = keep_name(b, attrs[0]);
        a->ns = intern_ns(b, attrs[2]);
        a->value = attr_value(b, (const char *)attrs[3], (size_t)(attrs[4] - attrs[3]));
        *tail = a;
        tail = (struct xml_attr **)(uintptr_t)&a->next;
    }
    return first;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns, const xmlChar **ns,
                     int n_attrs, int n_defaulted, const xmlChar **attrs)
{
    (void)prefix, (void)n_ns, (void)ns, (void)n_defaulted;
    struct builder *b = ((xmlParserCtxtPtr)ctx)->_private;
    flush_text(b);
    if (b->depth == XML_MAX_DEPTH) {
        refuse(b, ERR_XML_FORBIDDEN, "depth");
        return;
    }
    struct xml_node *node = arena_alloc(b->arena, sizeof *node);
    node->name = keep_name(b, name);
    node->ns = intern_ns(b, uri);
    node->line = xmlSAX2GetLineNumber(b->ctxt);
    node->attrs = make_attrs(b, n_attrs, attrs);
    append(b, node);
    b->open[b->depth++] = (struct open_element){.node = node};
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    struct builder *b = ((xmlParserCtxtPtr)ctx)->_private;
    flush_text(b);
    if (b->depth > 0)
        b->depth--;
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
    struct builder *b = ((xmlParserCtxtPtr)ctx)->_private;
    buf_add(&b->text, s, (size_t)n);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    refuse(((xmlParserCtxtPtr)ctx)->_private, ERR_XML_FORBIDDEN, "DOCTYPE");
}

static enum err parse_tree(struct xml_doc *doc, const char *bytes, size_t n_bytes, struct diag *diag)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .ignorableWhitespace = on_text,
        .internalSubset = on_doctype,
    };
    xmlParserCtxtPtr ctxt = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    if (ctxt == NULL)
        return diag_set(diag, ERR_XML, 0, NULL, NULL);
    struct builder b = {.arena = &doc->arena, .ctxt = ctxt};
    ctxt->_private = &b;
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    /* The bytes are UTF-8, whatever the declaration says: scan_bytes has looked. */
    xmlSwitchEncoding(ctxt, XML_CHAR_ENCODING_UTF8);
    int rc = xmlParseChunk(ctxt, bytes, (int)n_bytes, 1);
    const xmlError *last = xmlCtxtGetLastError(ctxt);
    enum err err = b.err;
    if (err != ERR_OK)
        diag_set(diag, err, b.line, b.what, NULL);
    else if (rc != 0 || !ctxt->wellFormed || !ctxt->nsWellFormed || b.root == NULL)
        err = diag_set(diag, ERR_XML, last != NULL ? last->line : 0, NULL, last != NULL ? last->message : NULL);
    doc->root = b.root;
    buf_release(&b.text);
    xmlFreeParserCtxt(ctxt);
    return err;
}

/* What stands before every look at XML: the bytes, unpacked into room when they are a gzip, bounded and scanned. */
static enum err gate(const char **text, size_t *n_text, struct buf *room, const void *bytes, size_t n_bytes, struct diag *diag)
{
    if (n_bytes > XML_MAX_BYTES) {
        diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
        if (diag != NULL)
            diag->number = XML_MAX_BYTES;
        return ERR_TOO_BIG;
    }
    *text = bytes;
    *n_text = n_bytes;
    if (gz_is(bytes, n_bytes)) {
        enum err err = gz_inflate(room, bytes, n_bytes, XML_MAX_BYTES, diag);
        if (err != ERR_OK)
            return err;
        *text = buf_str(room);
        *n_text = room->len;
    }
    if (*n_text == 0)
        return diag_set(diag, ERR_EMPTY, 0, NULL, NULL);
    if (*n_text >= 3 && memcmp(*text, "\xef\xbb\xbf", 3) == 0) { /* editors on Windows put it there */
        *text += 3;
        *n_text -= 3;
    }
    return scan_bytes(*text, *n_text, diag);
}

static enum err full(const char *what, long limit, struct diag *diag)
{
    diag_set(diag, ERR_FULL, 0, what, NULL);
    if (diag != NULL)
        diag->number = limit;
    return ERR_FULL;
}

enum err xml_fits(const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct diag why = {0};
    if (n_bytes > XML_FULL_BYTES)
        return full("bytes", XML_FULL_BYTES, diag);
    if (scan_bytes(bytes, n_bytes, &why) == ERR_OK)
        return ERR_OK;
    bool tag = strcmp(why.where, "tag") == 0;
    return full(why.where, tag ? XML_MAX_TAG : XML_MAX_ELEMENTS, diag);
}

enum err xml_parse(struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag)
{
    struct buf room = {0};
    const char *text;
    size_t n_text;
    enum err err = gate(&text, &n_text, &room, bytes, n_bytes, diag);
    if (err == ERR_OK)
        err = parse_tree(doc, text, n_text, diag);
    if (err != ERR_OK)
        xml_doc_release(doc);
    buf_release(&room);
    return err;
}

void xml_doc_release(struct xml_doc *doc)
{
    arena_release(&doc->arena);
    *doc = (struct xml_doc){0};
}

/* ---- Looking ---- */

const char *xml_attr(const struct xml_node *el, const char *name)
{
    for (const struct xml_attr *a = el->attrs; a != NULL; a = a->next)
        if (a->name[0] == name[0] && a->ns[0] == '\0' && strcmp(a->name, name) == 0)
            return a->value;
    return NULL;
}

bool xml_is(const struct xml_node *n, const char *ns, const char *name)
{
    return n != NULL && n->name != NULL && n->name[0] == name[0] && strcmp(n->name, name) == 0 && strcmp(n->ns, ns) == 0;
}

static const struct xml_node *find_from(const struct xml_node *n, const char *ns, const char *name)
{
    for (; n != NULL; n = n->next)
        if (n->name != NULL && (name == NULL || (n->ns == ns && strcmp(n->name, name) == 0)))
            return n;
    return NULL;
}

const struct xml_node *xml_child(const struct xml_node *el, const char *name)
{
    return find_from(el->first, el->ns, name);
}

const struct xml_node *xml_next(const struct xml_node *n, const char *name)
{
    return find_from(n->next, n->ns, name);
}

void xml_text(struct buf *out, const struct xml_node *el)
{
    for (const struct xml_node *n = el->first; n != NULL; n = n->next)
        if (n->name == NULL)
            buf_adds(out, n->text);
}

/* ---- Writing ---- */

/* Length of what XML 1.0 forbids at s, 0 when it may stand: C0 controls but tab, LF, CR; surrogates do not occur in valid UTF-8; U+FFFE and
 * U+FFFF. */
static size_t forbidden(const unsigned char *s)
{
    if (s[0] < 0x20)
        return s[0] != '\t' && s[0] != '\n' && s[0] != '\r';
    return s[0] == 0xef && s[1] == 0xbf && (s[2] == 0xbe || s[2] == 0xbf) ? 3 : 0;
}

/* What XML allows and a terminal obeys or hides: DEL, C1 and bidi controls, zero-width signs, tags. As a reference it means the same, and whoever
 * looks at the file unawares is safe. Its length in bytes and the character; 0: another one. */
static size_t obeyed(const unsigned char *s, unsigned *c)
{
    *c = s[0];
    if (s[0] == 0x7f)
        return 1;
    if (s[0] == 0xc2 || s[0] == 0xd8) {
        *c = (s[0] & 0x1fU) << 6 | (s[1] & 0x3fU);
        return *c < 0xa0 || *c == 0x61c ? 2 : 0;
    }
    if (s[0] == 0xf3 && s[1] == 0xa0) {
        *c = 0xe0000U | (s[2] & 0x3fU) << 6 | (s[3] & 0x3fU);
        return 4;
    }
    if (s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf) {
        *c = 0xfeff;
        return 3;
    }
    if (s[0] != 0xe2 || (s[1] != 0x80 && s[1] != 0x81))
        return 0;
    *c = 0x2000U | (s[1] & 0x3fU) << 6 | (s[2] & 0x3fU);
    return *c == 0x200b || *c == 0x200e || *c == 0x200f || (*c >= 0x2028 && *c <= 0x202e) || (*c >= 0x2066 && *c <= 0x2069) ? 3 : 0;
}

/* Nearly all text goes in as it is. Beyond ASCII: the first bytes of what is forbidden or obeyed. */
static size_t unescaped(const unsigned char *s)
{
    size_t n = 0;
    while (s[n] >= 0x20 && s[n] != '&' && s[n] != '<' && s[n] != '>' && s[n] != '"' && s[n] != 0x7f && s[n] != 0xc2 && s[n] != 0xd8 &&
           s[n] != 0xe2 && s[n] != 0xef && s[n] != 0xf3)
        n++;
    return n;
}

void xml_escape(struct buf *out, const char *s, bool in_attribute)
{
    for (const unsigned char *c = (const unsigned char *)s;; c++) {
        size_t run = unescaped(c);
        buf_add(out, c, run);
        c += run;
        if (*c == '\0')
            return;
        unsigned control;
        size_t bad = forbidden(c), told = obeyed(c, &control);
        if (told > 0) {
            buf_addf(out, "&#x%x;", control);
            c += told - 1;
        } else if (bad > 0) {
            buf_adds(out, "\xef\xbf\xbd");
            c += bad - 1;
        } else if (*c == '&') {
            buf_adds(out, "&amp;");
        } else if (*c == '<') {
            buf_adds(out, "&lt;");
        } else if (*c == '>') {
            buf_adds(out, "&gt;");
        } else if (*c == '"' && in_attribute) {
            buf_adds(out, "&quot;");
        } else if (*c == '\r' || (in_attribute && (*c == '\n' || *c == '\t'))) {
            buf_addf(out, "&#%d;", *c);
        } else {
            buf_addc(out, (char)*c);
        }
    }
}

static void write_attrs(struct buf *out, const struct xml_node *n)
{
    int k = 0;
    for (const struct xml_attr *a = n->attrs; a != NULL; a = a->next) {
        if (strcmp(a->ns, "http://www.w3.org/XML/1998/namespace") == 0) {
            buf_addf(out, " xml:%s=\"", a->name);
        } else if (a->ns[0] != '\0') {
            k++;
            buf_addf(out, " xmlns:a%d=\"", k);
            xml_escape(out, a->ns, true);
            buf_addf(out, "\" a%d:%s=\"", k, a->name);
        } else {
            buf_addf(out, " %s=\"", a->name);
        }
        xml_escape(out, a->value, true);
        buf_addc(out, '"');
    }
}

static void write_node(struct buf *out, const struct xml_node *n, const char *default_ns)
{
    if (n->name == NULL) {
        xml_escape(out, n->text, false);
        return;
    }
    buf_addf(out, "<%s", n->name);
    if (strcmp(n->ns, default_ns) != 0) {
        buf_adds(out, " xmlns=\"");
        xml_escape(out, n->ns, true);
        buf_addc(out, '"');
    }
    write_attrs(out, n);
    if (n->first == NULL) {
        buf_adds(out, "/>");
        return;
    }
    buf_addc(out, '>');
    for (const struct xml_node *c = n->first; c != NULL; c = c->next)
        write_node(out, c, n->ns);
    buf_addf(out, "</%s>", n->name);
}

void xml_write_node(struct buf *out, const struct xml_node *n, const char *default_ns, int indent)
{
    for (int i = 0; i < indent; i++)
        buf_addc(out, ' ');
    write_node(out, n, default_ns);
    buf_addc(out, '\n');
}

/* ---- XSD ---- */

struct first_error {
    bool seen;
    long line;
    char message[200];
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *given_error;
#else
typedef xmlErrorPtr given_error;
#endif

static void on_schema_error(void *cookie, given_error error)
{
    struct first_error *first = cookie;
    if (first->seen)
        return;
    first->seen = true;
    first->line = error->line;
    /* without the namespaces in braces, which leave no room for what matters */
    size_t n = 0;
    for (const char *s = error->message != NULL ? error->message : ""; *s != '\0' && n + 1 < sizeof first->message; s++) {
        const char *close = *s == '{' ? strchr(s, '}') : NULL;
        if (close != NULL)
            s = close;
        else if (*s != '\n')
            first->message[n++] = *s;
    }
}

static enum err validate_doc(xmlDocPtr doc, xmlSchemaPtr schema, struct diag *diag)
{
    xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
    if (valid == NULL)
        return diag_set(diag, ERR_SCHEMA, 0, NULL, NULL);
    struct first_error first = {0};
    xmlSchemaSetValidStructuredErrors(valid, on_schema_error, &first);
    int rc = xmlSchemaValidateDoc(valid, doc);
    xmlSchemaFreeValidCtxt(valid);
    return rc == 0 ? ERR_OK : diag_set(diag, ERR_SCHEMA, first.line, NULL, first.message);
}

static xmlSchemaPtr parse_schema(const char *xsd, size_t xsd_bytes)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt(xsd, (int)xsd_bytes);
    if (parser == NULL)
        return NULL;
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

enum err xml_validate(const void *xml, size_t n_bytes, const char *xsd, size_t xsd_bytes, struct diag *diag)
{
    struct buf room = {0};
    const char *text;
    size_t n_text;
    enum err err = gate(&text, &n_text, &room, xml, n_bytes, diag);
    if (err == ERR_OK) {
        const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
        xmlDocPtr doc = xmlReadMemory(text, (int)n_text, NULL, "UTF-8", options);
        xmlSchemaPtr schema = parse_schema(xsd, xsd_bytes);
        if (doc == NULL)
            err = diag_set(diag, ERR_XML, 0, NULL, NULL);
        else if (schema == NULL)
            err = diag_set(diag, ERR_SCHEMA, 0, "xsd", NULL);
        else
            err = validate_doc(doc, schema, diag);
        xmlSchemaFree(schema);
        xmlFreeDoc(doc);
    }
    buf_release(&room);
    return err;
}

/* Nothing is ever fetched: neither file nor network, whatever a document or a schema asks for. */
static xmlParserInputPtr no_entities(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url, (void)id, (void)ctxt;
    return NULL;
}

/* Some of libxml2's complaints go to stderr whatever the options say. */
static void silent(void *cookie, const char *fmt, ...)
{
    (void)cookie, (void)fmt;
}

static void *get_again(void *p, size_t n_bytes)
{
    return xreallocarray(p, n_bytes, 1);
}

/* libxml2's memory is ours: where there is none it would go on with half a document here and there. */
void xml_start(void)
{
    xmlMemSetup(free, xmalloc, get_again, xstrdup);
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, silent);
    xmlSetExternalEntityLoader(no_entities);
}

void xml_stop(void)
{
    xmlCleanupParser(); /* the types of schemas too */
}

void xml_library(struct buf *out)
{
    /* "20914" for 2.9.14, with what a vendor adds behind it. */
    long v = strtol(xmlParserVersion, NULL, 10);
    buf_addf(out, "libxml2 %ld.%ld.%ld", v / 10000, v / 100 % 100, v % 100);
}
