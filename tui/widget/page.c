/* See page.h. */
#include "tui/widget/page.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

void page_release(struct page *p)
{
    buf_release(&p->text);
    free(p->span);
    free(p->tag);
    *p = (struct page){.cols = p->cols};
}

void page_line(struct page *p)
{
    p->n_lines++;
}

static void add_span(struct page *p, int col, unsigned style, const char *s, size_t n)
{
    if (p->n_lines == 0)
        p->n_lines = 1;
    if (p->n_spans == p->cap) {
        p->cap = p->cap > 0 ? p->cap * 2 : 32;
        p->span = xreallocarray(p->span, p->cap, sizeof *p->span);
    }
    p->span[p->n_spans++] = (struct page_span){p->n_lines - 1, col, style, p->text.len, n};
    buf_add(&p->text, s, n);
}

int page_put(struct page *p, int col, unsigned style, const char *s)
{
    add_span(p, col, style, s, strlen(s));
    return col + text_width(s);
}

void page_wrap(struct page *p, int indent, unsigned style, const char *s)
{
    struct text_lines lines = {0};
    text_wrap(&lines, s, strlen(s), p->cols - indent);
    for (size_t i = 0; i < lines.n; i++) {
        if (i > 0)
            page_line(p);
        add_span(p, indent, style, s + lines.line[i].start, lines.line[i].len);
    }
    text_lines_release(&lines);
}

void page_item(struct page *p, int indent, unsigned label_style, const char *label, unsigned style, const char *s)
{
    page_line(p);
    page_put(p, 0, label_style, label);
    page_wrap(p, indent, style, s);
}

void page_gap(struct page *p)
{
    bool empty = p->n_spans == 0 || p->span[p->n_spans - 1].line < p->n_lines - 1;
    if (!empty)
        page_line(p);
}

void page_tag(struct page *p, int first_line, int tag)
{
    if (p->n_tags < p->n_lines) {
        p->tag = xreallocarray(p->tag, (size_t)p->n_lines, sizeof *p->tag);
        memset(p->tag + p->n_tags, 0, (size_t)(p->n_lines - p->n_tags) * sizeof *p->tag);
        p->n_tags = p->n_lines;
    }
    for (int i = first_line; i < p->n_lines; i++)
        p->tag[i] = tag;
}

int page_tag_at(const struct page *p, int line)
{
    return line >= 0 && line < p->n_tags ? p->tag[line] : 0;
}

int page_max_top(const struct page *p, int n_rows)
{
    return p->n_lines > n_rows ? p->n_lines - n_rows : 0;
}

void page_draw(const struct page *p, struct area a, int top)
{
    int max = page_max_top(p, a.rows);
    if (top > max)
        top = max;
    for (size_t i = 0; i < p->n_spans; i++) {
        const struct page_span *s = &p->span[i];
        area_put_n(a, s->line - top, s->col, a.cols, s->style, buf_str(&p->text) + s->at, s->len);
    }
}

int page_scroll(const struct page *p, int top, int n_rows, enum act action)
{
    int max = page_max_top(p, n_rows), page = n_rows > 1 ? n_rows - 1 : 1;
    const struct {
        enum act action;
        int to;
    } moves[] = {{ACT_UP, top - 1},          {ACT_DOWN, top + 1}, {ACT_PAGE_UP, top - page},
                 {ACT_PAGE_DOWN, top + page}, {ACT_FIRST, 0},      {ACT_LAST, max}};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (moves[i].action == action)
            return moves[i].to > max ? max : moves[i].to < 0 ? 0 : moves[i].to;
    return top;
}
