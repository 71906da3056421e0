/* The XML gate. Every byte of XML, ours or foreign, comes in through xml_parse and becomes a small tree of our own in one
 * arena; libxml2 is used only behind this header. What is refused, and why: shared feasibility study and tests/hostile.
 *
 * Order: size cap, UTF-8 and NUL check, one scan (no <! but comments and CDATA, no tag over 16 kB or with more than 256 attributes,
 * which libxml2 compares each with each, at most 200,000 elements and as many attributes),
 * then libxml2's SAX2 push from memory with NONET and without NOENT, DTDLOAD, DTDATTR, HUGE, XINCLUDE; depth at most 64. */
#ifndef CORE_IO_XML_H
#define CORE_IO_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/diag.h"
#include "core/base/mem.h"

struct buf;

enum { XML_MAX_BYTES = 4 * 1024 * 1024, XML_MAX_TAG = 16 * 1024, XML_MAX_ELEMENTS = 200 * 1000, XML_MAX_DEPTH = 64,
       XML_MAX_TAG_ATTRIBUTES = 256, XML_MAX_ATTRIBUTES = 200 * 1000 };

struct xml_attr {
    const char *ns;   /* namespace URI, "" for none; interned: equal URIs have equal pointers within a document */
    const char *name; /* local name */
    const char *value;
    const struct xml_attr *next;
};

/* An element (name != NULL) or a run of text (name == NULL, text set). Comments and processing instructions are dropped. */
struct xml_node {
    const char *ns;
    const char *name;
    const char *text; /* raw text of a text node, valid UTF-8, not yet cleaned */
    const struct xml_attr *attrs;
    const struct xml_node *first; /* children in order */
    const struct xml_node *next;  /* sibling */
    long line;
};

struct xml_doc {
    struct arena arena;
    const struct xml_node *root;
    const void *priv;
};

/* Would these bytes, a document of our own making, pass the gate when they are read again, however they are compressed? ERR_FULL, with what
 * there is too much of in where ("bytes", "elements", "tag") and the limit in number. */
enum { XML_FULL_BYTES = XML_MAX_BYTES - 4 * 1024 };
enum err xml_fits(const void *bytes, size_t n_bytes, struct diag *diag);

/* Bytes of an XML document, or of its gzip. Zeroed doc in; on failure doc stays empty. */
enum err xml_parse(struct xml_doc *doc, const void *bytes, size_t n_bytes, struct diag *diag);
void xml_doc_release(struct xml_doc *doc);

/* Looking: all borrowed. */
const char *xml_attr(const struct xml_node *el, const char *name);            /* un-namespaced attribute or NULL */
bool xml_is(const struct xml_node *n, const char *ns, const char *name);
const struct xml_node *xml_child(const struct xml_node *el, const char *name); /* first child element of el's namespace */
const struct xml_node *xml_next(const struct xml_node *n, const char *name);   /* next sibling element so named; NULL name: any */
/* All text directly inside el, joined, appended raw. */
void xml_text(struct buf *out, const struct xml_node *el);

/* Writing. Escapes &<>" and what XML 1.0 forbids becomes U+FFFD; line feed and tab in attributes as character references. */
void xml_escape(struct buf *out, const char *s, bool in_attribute);
/* Writes a (foreign) subtree back, namespace declarations included, so that a parse gives the same tree. */
void xml_write_node(struct buf *out, const struct xml_node *n, const char *default_ns, int indent);

/* XSD validation with an embedded schema (text borrowed). ERR_SCHEMA with line and the first message. */
enum err xml_validate(const void *xml, size_t n_bytes, const char *xsd, size_t xsd_bytes, struct diag *diag);

/* Call once before threads start, and once at the very end (so that leak checkers see nothing). */
void xml_start(void);
void xml_stop(void);
/* Name and version of the library in use. */
void xml_library(struct buf *out);

#endif
