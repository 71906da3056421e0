/* The questionnaire as one HTML file that prints on A4; see print.h. */
#include "tui/cmd/print.h"

#include "core/base/buf.h"
#include "core/out/html.h"
#include "tui/app/words.h"

static void put_tick(struct buf *out, bool ticked)
{
    buf_addf(out, "<span class=\"tick\">%s</span>", ticked ? "x" : "&#160;");
}

/* A label and room to write beside it; what is there already stands in it. */
static void put_room(struct buf *out, const char *label, const char *text, const char *class)
{
    buf_addf(out, "<div class=\"room %s\"><span class=\"small\">", class);
    html_text(out, label);
    buf_adds(out, "</span> ");
    html_lines(out, text);
    buf_adds(out, "</div>\n");
}

/* open: a line to write on follows. */
static void put_box(struct buf *out, const struct sheet *s, int item, int level, const char *text, bool open)
{
    buf_adds(out, open ? "<li class=\"open\">" : "<li>");
    put_tick(out, sheet_ticked(s, item, level));
    html_text(out, text);
    buf_adds(out, open ? "<span class=\"fill\"></span></li>\n" : "</li>\n");
}

static void put_levels(struct buf *out, const struct sheet *s, int item)
{
    struct buf line = {0};
    const struct answer *x = sheet_answer(s, item);
    buf_adds(out, "<ul>\n");
    for (int l = LEVEL_MIN; l <= LEVEL_MAX; l++) {
        buf_clear(&line);
        buf_addf(&line, T(s->cmd->cat, "%d %s: %s"), l, cmd_ltext(s->cmd, &s->ck->level[l - 1].brief), cmd_ltext(s->cmd, &s->ck->item[item].level[l - 1]));
        put_box(out, s, item, l, buf_str(&line), false);
    }
    put_box(out, s, item, 0, T(s->cmd->cat, "0 unknown; whom to ask:"), true);
    buf_clear(&line);
    buf_addf(&line, "%s %s", T(s->cmd->cat, "x not applicable, because:"), x != NULL ? x->reason : "");
    put_box(out, s, item, -1, buf_str(&line), x == NULL || x->reason[0] == '\0');
    buf_adds(out, "</ul>\n");
    buf_release(&line);
}

static void put_basis(struct buf *out, const struct sheet *s, int item)
{
    const struct answer *x = sheet_answer(s, item);
    buf_adds(out, "<p>");
    html_text(out, T(s->cmd->cat, "Basis:"));
    for (int b = BASIS_INTERVIEW; b < BASIS_COUNT; b++) {
        buf_adds(out, " &#160; ");
        put_tick(out, x != NULL && (int)x->basis == b);
        html_text(out, words_basis(s->cmd->cat, (enum basis)b));
    }
    buf_adds(out, "</p>\n");
}

static void put_item(struct buf *out, const struct sheet *s, int item)
{
    const struct answer *x = sheet_answer(s, item);
    struct buf text = {0};
    buf_addf(&text, "%s ", s->ck->item[item].id);
    sheet_title(&text, s, item);
    buf_adds(out, "<div class=\"q\">\n");
    html_element(out, "h3", NULL, buf_str(&text));
    html_element(out, "p", NULL, cmd_ltext(s->cmd, &s->ck->edition[s->edition].wording[item]));
    buf_clear(&text);
    sheet_questions(&text, s, item);
    buf_adds(out, "<p class=\"small\">");
    html_lines(out, buf_str(&text));
    buf_adds(out, "</p>\n");
    put_levels(out, s, item);
    put_basis(out, s, item);
    put_room(out, T(s->cmd->cat, "Note:"), x != NULL ? x->note : "", "tall");
    if (x != NULL && x->evidence[0] != '\0')
        put_room(out, T(s->cmd->cat, "Evidence:"), x->evidence, "");
    buf_adds(out, "</div>\n");
    buf_release(&text);
}

static void put_head(struct buf *out, const struct sheet *s)
{
    struct buf site = {0};
    html_element(out, "h1", NULL, cmd_ltext(s->cmd, &s->ck->name));
    html_element(out, "p", "class=\"meta\"", cmd_ltext(s->cmd, &s->ck->edition[s->edition].name));
    html_element(out, "p", "class=\"small\"", cmd_ltext(s->cmd, &s->ck->edition[s->edition].attribution));
    if (s->a != NULL)
        cmd_put_site(&site, s->cmd, s->a);
    put_room(out, T(s->cmd->cat, "Site:"), buf_str(&site), "");
    put_room(out, T(s->cmd->cat, "Date:"), "", "");
    put_room(out, T(s->cmd->cat, "Who was asked:"), "", "");
    html_element(out, "p", NULL, sheet_how(s));
    buf_release(&site);
}

static void put_strip(struct buf *out, const struct sheet *s)
{
    buf_adds(out, "<div class=\"q\">\n");
    html_element(out, "h2", NULL, sheet_strip(s));
    for (int k = 0; k < s->ck->n_sections; k++) {
        const struct ck_section *section = &s->ck->section[k];
        html_element(out, "h3", NULL, cmd_ltext(s->cmd, &section->name));
        buf_adds(out, "<p>");
        for (int i = 0; i < section->n_items; i++) {
            buf_adds(out, "<span class=\"cell\">");
            html_text(out, s->ck->item[section->first_item + i].id);
            buf_adds(out, "<br/>&#160;</span>\n");
        }
        buf_adds(out, "</p>\n");
    }
    buf_adds(out, "</div>\n");
}

void print_html(struct buf *out, const struct sheet *s)
{
    html_begin(out, lang_code(s->cmd->lang), cmd_ltext(s->cmd, &s->ck->name));
    put_head(out, s);
    for (int k = 0; k < s->ck->n_sections; k++) {
        const struct ck_section *section = &s->ck->section[k];
        html_element(out, "h2", NULL, cmd_ltext(s->cmd, &section->name));
        for (int i = 0; i < section->n_items; i++)
            put_item(out, s, section->first_item + i);
    }
    put_strip(out, s);
    html_end(out);
}
