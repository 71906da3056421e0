/* See typeset.h. */
#include "tui/cmd/typeset.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/cmd/command.h"

enum { BODY = 7, SUBTITLE = 3, TAG = 7 };

struct page_state {
    struct buf *out;
    int n_cols;
    struct buf text;   /* the paragraph so far */
    int indent;        /* of the paragraph */
    int tag_width;     /* of .TP, kept for the next one */
    bool verbatim;     /* between .nf and .fi */
    bool tag_next;     /* the next line is the tag of .TP */
    bool tight;        /* .PD 0: no empty lines between tags */
    bool titled;       /* the last line is a title: nothing stands between it and what follows */
    bool open;         /* the tag stands on the last line of out, which is not ended */
};

/* Text without what roff escapes: fonts, places where a line may be broken. */
static void add_plain(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s != '\\') {
            buf_addc(out, *s);
        } else if (*++s == 'f') {
            s++;
        } else if (*s == '-' || *s == 'e') {
            buf_addc(out, *s == '-' ? '-' : '\\');
        }
        if (*s == '\0')
            return;
    }
}

/* The paragraph so far, at its indent. Behind a tag that is short enough it begins on the tag's line. */
static void flush(struct page_state *p)
{
    struct buf lines = {0};
    if (p->text.len > 0) {
        put_wrapped(&lines, buf_str(&p->text), p->indent, p->n_cols);
        buf_adds(p->out, buf_str(&lines) + (p->open ? p->indent : 0));
    } else if (p->open) {
        buf_addc(p->out, '\n');
    }
    p->open = false;
    buf_clear(&p->text);
    buf_release(&lines);
}

static void gap(struct page_state *p)
{
    flush(p);
    size_t n = p->out->len;
    if (!p->titled && n > 1 && !(p->out->p[n - 1] == '\n' && p->out->p[n - 2] == '\n'))
        buf_addc(p->out, '\n');
}

static void put_tag(struct page_state *p, const char *tag)
{
    int used = TAG + text_width(tag);
    p->tag_next = false;
    p->indent = TAG + p->tag_width;
    p->open = used < p->indent;
    if (p->open)
        buf_addf(p->out, "%*s%s%*s", TAG, "", tag, p->indent - used, "");
    else
        put_wrapped(p->out, tag, TAG, p->n_cols);
}

static void take_text(struct page_state *p, const char *s)
{
    struct buf plain = {0};
    p->titled = false;
    add_plain(&plain, s);
    if (p->tag_next) {
        put_tag(p, buf_str(&plain));
    } else if (p->verbatim) {
        buf_addf(p->out, "%*s%s\n", p->indent, "", buf_str(&plain));
    } else {
        buf_adds(&p->text, p->text.len > 0 ? " " : "");
        buf_adds(&p->text, buf_str(&plain));
    }
    buf_release(&plain);
}

/* The next argument of a request, without its quotes. */
static bool next_argument(const char **at, struct buf *out)
{
    buf_clear(out);
    *at += strspn(*at, " ");
    if (**at == '\0')
        return false;
    bool quoted = **at == '"';
    *at += quoted;
    size_t n = strcspn(*at, quoted ? "\"" : " ");
    buf_add(out, *at, n);
    *at += n + (quoted && (*at)[n] == '"');
    return true;
}

/* .B a b: "a b"; .BR a b: "ab". */
static void take_fonts(struct page_state *p, const char *arguments, bool alternate)
{
    struct buf line = {0}, one = {0};
    while (next_argument(&arguments, &one)) {
        buf_adds(&line, line.len > 0 && !alternate ? " " : "");
        buf_adds(&line, buf_str(&one));
    }
    take_text(p, buf_str(&line));
    buf_release(&line);
    buf_release(&one);
}

static void take_title(struct page_state *p, const char *arguments, int indent)
{
    struct buf line = {0}, one = {0};
    gap(p);
    p->titled = true;
    while (next_argument(&arguments, &one)) {
        buf_adds(&line, line.len > 0 ? " " : "");
        add_plain(&line, buf_str(&one));
    }
    buf_addf(p->out, "%*s%s\n", indent, "", buf_str(&line));
    p->indent = BODY;
    p->tag_width = BODY;
    buf_release(&line);
    buf_release(&one);
}

/* .TH NAME SECTION DATE SOURCE TITLE: the head line. */
static void take_head(struct page_state *p, const char *arguments)
{
    struct buf part[5] = {{0}, {0}, {0}, {0}, {0}};
    for (int i = 0; i < 5; i++)
        next_argument(&arguments, &part[i]);
    buf_addf(p->out, "%s(%s)  %s  (%s, %s)\n", buf_str(&part[0]), buf_str(&part[1]), buf_str(&part[4]), buf_str(&part[3]), buf_str(&part[2]));
    for (int i = 0; i < 5; i++)
        buf_release(&part[i]);
}

static void begin_tag(struct page_state *p, const char *width, bool close_to_last)
{
    if (p->tight || close_to_last)
        flush(p);
    else
        gap(p);
    if (width[0] != '\0')
        p->tag_width = atoi(width);
    p->tag_next = true;
}

static void take_request(struct page_state *p, const char *name, const char *arguments)
{
    if (strcmp(name, "TH") == 0)
        take_head(p, arguments);
    else if (strcmp(name, "SH") == 0)
        take_title(p, arguments, 0);
    else if (strcmp(name, "SS") == 0)
        take_title(p, arguments, SUBTITLE);
    else if (strcmp(name, "TP") == 0)
        begin_tag(p, arguments, false);
    else if (strcmp(name, "TQ") == 0)
        begin_tag(p, "", true);
    else if (strcmp(name, "B") == 0 || strcmp(name, "I") == 0)
        take_fonts(p, arguments, false);
    else if (strspn(name, "BIR") == 2)
        take_fonts(p, arguments, true);
    else if (strcmp(name, "PD") == 0)
        p->tight = arguments[0] == '0';
    else if (strcmp(name, "br") == 0)
        flush(p);
    else if (strcmp(name, "in") == 0) {
        flush(p);
        p->indent = BODY + (arguments[0] != '\0' ? atoi(arguments) : 0);
    } else if (strcmp(name, "PP") == 0) {
        gap(p);
        p->indent = BODY;
    } else if (strcmp(name, "nf") == 0 || strcmp(name, "fi") == 0) {
        flush(p);
        p->verbatim = name[0] == 'n';
    }
}

static void take_line(struct page_state *p, const char *line)
{
    char name[3] = "";
    if (line[0] != '.') {
        take_text(p, line);
        return;
    }
    size_t n = strcspn(line + 1, " ");
    memcpy(name, line + 1, n < 2 ? n : 2);
    take_request(p, name, line + 1 + n + strspn(line + 1 + n, " "));
}

void typeset(struct buf *out, const char *source, int n_cols)
{
    struct page_state p = {.out = out, .n_cols = n_cols, .indent = BODY, .tag_width = BODY};
    struct buf line = {0};
    for (const char *s = source; *s != '\0';) {
        size_t n = strcspn(s, "\n");
        buf_clear(&line);
        buf_add(&line, s, n);
        take_line(&p, buf_str(&line));
        s += n + (s[n] == '\n');
    }
    flush(&p);
    buf_release(&line);
    buf_release(&p.text);
}
