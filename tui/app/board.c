/* See board.h. */
#include "tui/app/board.h"

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/out/board.h"
#include "tui/app/outcome.h"

/* The catalogue comes through a pointer of its own, so that nothing is cast from const. */
struct words {
    const struct catalog *cat;
};

static const char *translate(void *cookie, const char *msgid)
{
    const struct words *words = cookie;
    return catalog_get(words->cat, msgid);
}

static void say(void *cookie, struct buf *out, const struct rollup *r, const struct rollup_file *f)
{
    const struct words *words = cookie;
    outcome_message(out, words->cat, r, f);
}

static void make(struct buf *html, const struct board_request *request, struct board_since *since, const struct catalog *cat)
{
    struct words words = {cat};
    struct board board;
    struct board_options options = {
        .words = {.lang = catalog_lang(cat), .tr = translate, .cookie = &words, .program = "monshin " MONSHIN_VERSION, .now = request->now},
        .since = request->since,
        .since_rejected = since->rejected,
        .say = say,
        .say_cookie = &words};
    board_compute(&board, request->rollup, request->how, request->since != NULL ? since : NULL, request->now, request->day_rate);
    board_html(html, &board, &options);
    board_release(&board);
}

enum err board_to_file(const char *path, const struct board_request *request, const struct catalog *cat, const char **subject,
                       struct diag *diag)
{
    struct board_since since = {0};
    struct buf html = {0};
    enum err err = ERR_OK;
    *subject = request->since;
    if (request->since != NULL)
        err = board_since_read(&since, request->since, rollup_checklist(request->rollup), request->how, diag);
    if (err == ERR_OK) {
        *subject = path;
        make(&html, request, &since, cat);
        err = file_write_new(path, buf_str(&html), html.len, request->force, diag);
    }
    buf_release(&html);
    board_since_release(&since);
    return err;
}
