/* See html.h. */
#include "core/out/html.h"

#include <stddef.h>

#include "core/base/buf.h"

/* Colours: at least 4.5:1 on their ground (WCAG 2.1 AA); whatever a colour says, a letter, a word or a shape says as well. */
static const char STYLE[] =
    "@page{size:A4;margin:12mm 13mm 14mm;@bottom-right{content:counter(page) \"/\" counter(pages);font:8pt sans-serif;color:#4a525c}}\n"
    "*{box-sizing:border-box}\n"
    "html{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    "body{margin:0 auto;padding:1.2rem;max-width:62rem;color:#1a1d21;background:#fff;font:15px/1.6 \"Noto Sans JP\",\"Noto Sans CJK JP\","
    "\"Hiragino Sans\",\"Yu Gothic UI\",\"Yu Gothic\",Meiryo,system-ui,sans-serif;overflow-wrap:break-word}\n"
    "h1{font-size:1.5rem;line-height:1.3;margin:0}\n"
    "h2{font-size:1.2rem;margin:1.8rem 0 .5rem;padding-bottom:.2rem;border-bottom:2px solid #1a1d21;break-after:avoid}\n"
    "h3{font-size:1rem;margin:1.1rem 0 .3rem;break-after:avoid}\n"
    "p{margin:.4rem 0}ul,ol{margin:.4rem 0;padding-left:1.4rem}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9rem}\n"
    "caption{text-align:left;font-weight:600;padding:.2rem 0}\n"
    "th,td{border:1px solid #8b929b;padding:.3rem .45rem;text-align:left;vertical-align:top}\n"
    "td{overflow-wrap:anywhere}td p{margin:.1rem 0}thead th{background:#e8ebef;white-space:nowrap}thead{display:table-header-group}caption,thead{break-after:avoid}tbody tr:first-child{break-before:avoid}tr{break-inside:avoid}\n"
    "td.n,th.n{text-align:right;white-space:nowrap}td.k,th.k{white-space:nowrap}\n"
    ".meta{color:#4a525c;font-size:.9rem;margin:.1rem 0 0}\n"
    ".small{font-size:.85rem;color:#3d444d}\n"
    ".warn{border-left:5px solid #8a4b00;background:#fff5e6;padding:.4rem .7rem;margin:.5rem 0}\n"
    ".cols{display:grid;grid-template-columns:1fr 1fr;gap:0 1.4rem;align-items:start}\n"
    ".grade{display:inline-block;min-width:1.7em;padding:0 .35em;border-radius:3px;text-align:center;font-weight:700;color:#fff}\n"
    ".g0{background:#17663a}.g1{background:#1b5793}.g2{background:#7a5200}.g3{background:#a01c1c}.g9{background:#565e68}\n"
    ".big{font-size:4.2rem;line-height:1.25;min-width:1.5em;margin-right:.8rem;float:left}\n"
    ".lead{font-size:1.15rem;font-weight:600;margin:.1rem 0}\n"
    ".bar{display:block;height:.55rem;border:1px solid #565e68;background:#fff;margin-top:.2rem}.bar span{display:block;height:100%;background:#3b4c63}\n"
    ".clear{clear:both}\n"
    "svg{display:block;width:100%;max-width:24rem;height:auto;margin:0 auto}\n"
    ".items th:nth-child(1){width:3.4rem}.items th:nth-child(3){width:8.2rem}.items th:nth-child(4){width:5.4rem}.items th:nth-child(5){width:36%}\n"
    ".sign td{height:3.4rem}.sign th:first-child{width:9rem}.sign th:last-child{width:8rem}\n"
    ".page{break-before:page}\n"
    ".q{break-inside:avoid;border-top:1px solid #8b929b;padding:.2rem 0 .5rem}.q ul{list-style:none;padding:0}.q li{padding:.08rem 0 .08rem 1.6em;text-indent:-1.6em}"
    ".tick,.cell{display:inline-block;border:1.3px solid #1a1d21;text-indent:0;text-align:center}"
    ".tick{width:1.1em;height:1.1em;line-height:1em;margin-right:.5em;font-weight:700}.cell{min-width:3em;margin:0 .3em .3em 0;line-height:1.9em}"
    ".q li.open{display:flex;align-items:baseline;padding-left:0;text-indent:0}.fill{flex:1;border-bottom:1px dotted #565e68;margin-left:.5em}"
    ".room{border-bottom:1px solid #8b929b;min-height:2.4em;padding-top:.7em}.tall{border:1px solid #b4bac2;border-radius:3px;min-height:4.6em;padding:.2em .5em}\n"
    "footer{margin-top:2rem;border-top:1px solid #8b929b;padding-top:.4rem}\n"
    "@media print{html{font-size:9pt}body{padding:0;max-width:none;font-size:9pt;line-height:1.38}h1{font-size:15pt}"
    "h2{font-size:11.5pt;margin:.65rem 0 .2rem;border-bottom-width:1.5px}h3{font-size:10pt;margin:.7rem 0 .2rem}"
    "p{margin:.2rem 0}table{font-size:8.6pt;margin:.25rem 0}th,td{padding:.13rem .35rem}h3+p,h3+p+p{break-after:avoid}.big{font-size:30pt}.lead{font-size:11.5pt}"
    ".warn{padding:.2rem .6rem;margin:.3rem 0}.q{padding:0 0 .4rem}.q h3{margin:.4rem 0 .1rem}.q .small{font-size:8pt;line-height:1.3}.q ul{margin:.15rem 0}.q li{line-height:1.24}.q p{margin:.1rem 0}svg{max-width:21rem}.radar{grid-template-columns:2fr 3fr}.sign td{height:15mm}footer{margin-top:1rem}}\n"
    "@media (max-width:40rem){.cols{grid-template-columns:1fr}}\n";

/* What many sites beside each other need: tiles, and a heat map as wide as the page. */
static const char STYLE_SITES[] =
    ".tiles{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:2px}.tiles .named{margin-right:.9em;white-space:normal}.w{width:45%}.narrow{width:auto}\n"
    ".heat{table-layout:fixed;font-size:.72rem}.heat th,.heat td{padding:.1rem .05rem;text-align:center;overflow-wrap:anywhere}.heat .id{font-weight:400;color:#3d444d}.heat thead th{white-space:normal;line-height:1.15}"
    ".heat tr>th:first-child[scope=row],.heat tr>th[rowspan]{width:22%;text-align:left;padding-left:.25rem}"
    ".l1{background:#f3c1bd}.l2{background:#f8dfb0}.l3{background:#dfeccb}.l4{background:#bfe0c8}.l5{background:#9fd0e0}.u{text-decoration:underline;font-weight:700}\n"
    "@media print{.heat{font-size:6.4pt}.heat th,.heat td{padding:.1rem .05rem}.tiles{gap:1px}.tiles .grade{font-size:7pt;line-height:1.25;min-width:1.5em;padding:0 .15em}}\n";

void html_text(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '&':
            buf_adds(out, "&amp;");
            break;
        case '<':
            buf_adds(out, "&lt;");
            break;
        case '>':
            buf_adds(out, "&gt;");
            break;
        case '"':
            buf_adds(out, "&quot;");
            break;
        case '\'':
            buf_adds(out, "&#39;");
            break;
        default:
            buf_addc(out, *s);
        }
    }
}

void html_lines(struct buf *out, const char *s)
{
    char one[2] = "";
    for (; *s != '\0'; s++) {
        one[0] = *s;
        if (*s == '\n')
            buf_adds(out, "<br/>");
        else
            html_text(out, one);
    }
}

void html_element(struct buf *out, const char *tag, const char *attributes, const char *text)
{
    buf_addf(out, "<%s%s%s>", tag, attributes != NULL ? " " : "", attributes != NULL ? attributes : "");
    html_text(out, text);
    buf_addf(out, "</%s>\n", tag);
}

void html_begin(struct buf *out, const char *lang, const char *title)
{
    /* The policy is a second lock: even an escape that was forgotten could load and run nothing. */
    buf_addf(out,
             "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n",
             lang);
    html_element(out, "title", NULL, title);
    buf_addf(out, "<style>\n%s%s</style>\n</head>\n<body>\n", STYLE, STYLE_SITES);
}

void html_end(struct buf *out)
{
    buf_adds(out, "</body>\n</html>\n");
}

void html_grade(struct buf *out, int rank, int n_grades, char letter, const char *class)
{
    enum { COLOURS = 4, NONE = 9 };
    /* The worst grade has the last colour, the best the first, whatever their number. */
    int colour = rank < 0 ? NONE : n_grades <= 1 ? 0 : rank * (COLOURS - 1) / (n_grades - 1);
    buf_addf(out, "<span class=\"grade g%d%s%s\">", colour, class[0] != '\0' ? " " : "", class);
    if (rank < 0)
        buf_adds(out, "&#8211;");
    else
        buf_addc(out, letter);
    buf_adds(out, "</span>");
}

void html_bar(struct buf *out, int tenths)
{
    int n = tenths < 0 ? 0 : tenths > 1000 ? 1000 : tenths;
    buf_addf(out, "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:%d.%d%%\"></span></span>", n / 10, n % 10);
}
