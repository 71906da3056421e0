/* See flat.h. A name: its number, and when that is the next free one, its text. An element: name,
 * number of the namespace (the same way), line, attributes and their count. */
#include "core/io/flat.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/pack.h"

enum token { TOKEN_END, TOKEN_ELEMENT, TOKEN_TEXT };
enum { SLOTS = 64, NAMESPACES_MAX = 64, TEXTS_MAX = 2 * XML_MAX_ELEMENTS };

/* ---- Writing ---- */

struct writer {
    struct buf *out;
    struct {
        const char *name;
        size_t number;
    } slot[SLOTS]; /* the last name in each; one that has gone is told again */
    size_t n_names;
    const char *ns[NAMESPACES_MAX]; /* equal ones have equal pointers: xml.h */
    size_t n_ns;
};

static void put_name(struct writer *w, const char *name)
{
    size_t at = ((uintptr_t)name >> 3) % SLOTS;
    if (w->slot[at].name == name) {
        pack_number(w->out, w->slot[at].number);
        return;
    }
    w->slot[at].name = name;
    w->slot[at].number = w->n_names;
    pack_number(w->out, w->n_names++);
    pack_text(w->out, name);
}

static void put_ns(struct writer *w, const char *ns)
{
    size_t i = 0;
    while (i < w->n_ns && w->ns[i] != ns)
        i++;
    pack_number(w->out, i);
    if (i < w->n_ns)
        return;
    pack_text(w->out, ns);
    w->ns[w->n_ns++] = ns; /* the gate lets no more through */
}

static void put_node(struct writer *w, const struct xml_node *n)
{
    if (n->name == NULL) {
        buf_addc(w->out, TOKEN_TEXT);
        pack_text(w->out, n->text);
        return;
    }
    size_t n_attrs = 0;
    for (const struct xml_attr *a = n->attrs; a != NULL; a = a->next)
        n_attrs++;
    buf_addc(w->out, TOKEN_ELEMENT);
    put_name(w, n->name);
    put_ns(w, n->ns);
    pack_number(w->out, n->line > 0 ? (size_t)n->line : 0);
    pack_number(w->out, n_attrs);
    for (const struct xml_attr *a = n->attrs; a != NULL; a = a->next) {
        put_name(w, a->name);
        put_ns(w, a->ns);
        pack_text(w->out, a->value);
    }
    for (const struct xml_node *c = n->first; c != NULL; c = c->next)
        put_node(w, c);
    buf_addc(w->out, TOKEN_END);
}

void flat_write(struct buf *out, const struct xml_doc *doc)
{
    struct writer w = {.out = out};
    put_node(&w, doc->root);
}

/* ---- Reading: the first thing that is wrong ends it ---- */

struct open_element {
    struct xml_node *node, *last;
};

struct reader {
    struct unpack in;
    struct arena *arena;
    const char **name;
    size_t n_names, cap_names;
    const char *ns[NAMESPACES_MAX];
    size_t n_ns;
    struct open_element open[XML_MAX_DEPTH];
    int depth;
    struct xml_node *root;
    size_t n_elements, n_attributes, n_texts;
};

static bool refuse(struct reader *r)
{
    r->in.wrong = true;
    return false;
}

/* The reader's own copy. */
static const char *take_text(struct reader *r)
{
    size_t n;
    const char *s = unpack_text(&r->in, &n);
    return arena_strndup(r->arena, s, n);
}

/* Names are written back as they are where we do not know them: nothing that would end a tag. */
static bool is_name(const char *s)
{
    if (*s == '\0' || *s == '-' || *s == '.' || (*s >= '0' && *s <= '9'))
        return false;
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s, letter = c | 0x20;
        if (c < 0x80 && !(letter >= 'a' && letter <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.')
            return false;
    }
    return true;
}

static const char *take_name(struct reader *r)
{
    size_t number = (size_t)unpack_number(&r->in, r->n_names);
    if (!r->in.wrong && number < r->n_names)
        return r->name[number];
    const char *name = take_text(r);
    if (!is_name(name)) {
        refuse(r);
        return "";
    }
    if (r->n_names == r->cap_names) {
        r->cap_names = r->cap_names > 0 ? 2 * r->cap_names : SLOTS;
        r->name = xreallocarray(r->name, r->cap_names, sizeof *r->name);
    }
    r->name[r->n_names++] = name;
    return name;
}

static const char *take_ns(struct reader *r)
{
    size_t number = (size_t)unpack_number(&r->in, r->n_ns);
    if (!r->in.wrong && number < r->n_ns)
        return r->ns[number];
    if (r->n_ns == NAMESPACES_MAX) {
        refuse(r);
        return "";
    }
    const char *ns = take_text(r);
    for (size_t i = 0; i < r->n_ns; i++)
        if (strcmp(r->ns[i], ns) == 0)
            refuse(r); /* would have two addresses */
    r->ns[r->n_ns++] = ns;
    return ns;
}

static void append(struct reader *r, struct xml_node *n)
{
    struct open_element *parent = &r->open[r->depth - 1];
    if (parent->last == NULL)
        parent->node->first = n;
    else
        parent->last->next = n;
    parent->last = n;
}

static const struct xml_attr *take_attrs(struct reader *r)
{
    const struct xml_attr *first = NULL, **tail = &first;
    size_t n = (size_t)unpack_number(&r->in, XML_MAX_TAG_ATTRIBUTES);
    r->n_attributes += n;
    if (r->n_attributes > XML_MAX_ATTRIBUTES)
        refuse(r);
    for (size_t i = 0; i < n && !r->in.wrong; i++) {
        struct xml_attr *a = arena_alloc(r->arena, sizeof *a);
        a->name = take_name(r);
        a->ns = take_ns(r);
        a->value = take_text(r);
        *tail = a;
        tail = &a->next;
    }
    return first;
}

static bool take_element(struct reader *r)
{
    bool root = r->depth == 0;
    if (r->depth == XML_MAX_DEPTH || (root && r->root != NULL) || ++r->n_elements > XML_MAX_ELEMENTS)
        return refuse(r);
    struct xml_node *n = arena_alloc(r->arena, sizeof *n);
    n->name = take_name(r);
    n->ns = take_ns(r);
    n->line = (long)unpack_number(&r->in, XML_MAX_BYTES);
    n->attrs = take_attrs(r);
    if (root)
        r->root = n;
    else
        append(r, n);
    r->open[r->depth++] = (struct open_element){.node = n};
    return !r->in.wrong;
}

static bool take_run(struct reader *r)
{
    if (r->depth == 0 || ++r->n_texts > TEXTS_MAX)
        return refuse(r);
    struct xml_node *n = arena_alloc(r->arena, sizeof *n);
    n->text = take_text(r);
    append(r, n);
    return !r->in.wrong && n->text[0] != '\0';
}

static bool take_end(struct reader *r)
{
    if (r->depth == 0)
        return refuse(r);
    r->depth--;
    return true;
}

static bool take_token(struct reader *r)
{
    switch (*r->in.p++) {
    case TOKEN_END:
        return take_end(r);
    case TOKEN_ELEMENT:
        return take_element(r);
    case TOKEN_TEXT:
        return take_run(r);
    }
    return false;
}

bool flat_read(struct xml_doc *doc, const void *bytes, size_t n_bytes)
{
    struct reader r = {.in = {.p = bytes, .end = (const unsigned char *)bytes + n_bytes}, .arena = &doc->arena};
    bool good = n_bytes > 0 && n_bytes <= FLAT_MAX_BYTES;
    while (good && r.in.p < r.in.end)
        good = take_token(&r);
    free(r.name);
    good = good && !r.in.wrong && r.depth == 0 && r.root != NULL;
    doc->root = r.root;
    if (!good)
        xml_doc_release(doc);
    return good;
}
