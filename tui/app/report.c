/* See report.h. */
#include "tui/app/report.h"

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/out/report.h"

/* The catalogue comes through a pointer of its own, so that nothing is cast from const. */
struct words {
    const struct catalog *cat;
};

static const char *translate(void *cookie, const char *msgid)
{
    const struct words *words = cookie;
    return catalog_get(words->cat, msgid);
}

enum err report_to_file(const char *path, bool force, const struct assessment *a, const struct benchmark *bench,
                        const struct catalog *cat, const char *now, struct diag *diag)
{
    struct words words = {cat};
    struct report_options options = {
        .lang = catalog_lang(cat), .tr = translate, .cookie = &words, .program = "monshin " MONSHIN_VERSION, .now = now, .bench = bench};
    struct buf html = {0};
    report_html(&html, a, &options);
    enum err err = file_write_new(path, buf_str(&html), html.len, force, diag);
    buf_release(&html);
    return err;
}
