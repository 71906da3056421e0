/* What headquarters has seen before of each signer and file: so that an old export, sent once more in the place of a newer one, is
 * noticed. A text file: NUMBER SIGNER FILE on each line, where the signer is the public minisign key and FILE the assessment's id. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/method/rollup_priv.h"

enum { SEEN_MAX = 16 * 1024 * 1024 };

struct seen {
    struct seen_line {
        long number;
        const char *who; /* "SIGNER FILE", within text */
        size_t n_who;
    } *line;
    size_t n;
    struct buf text;
};

static bool parse_line(struct seen_line *out, const char *p, size_t n)
{
    size_t digits = strspn(p, "0123456789");
    if (digits == 0 || digits > 9 || digits >= n || p[digits] != ' ')
        return false;
    *out = (struct seen_line){strtol(p, NULL, 10), p + digits + 1, n - digits - 1};
    return true;
}

static enum err parse(struct seen *out, struct diag *diag)
{
    const char *p = buf_str(&out->text);
    size_t lines = 1;
    for (const char *c = p; *c != '\0'; c++)
        lines += *c == '\n';
    out->line = xcalloc(lines, sizeof *out->line);
    for (long row = 1; *p != '\0'; row++) {
        size_t n = strcspn(p, "\n");
        if (n > 0 && p[0] != '#') {
            if (!parse_line(&out->line[out->n], p, n))
                return diag_set(diag, ERR_SEAL_FORMAT, row, "seen", NULL);
            out->n++;
        }
        p += n + (p[n] == '\n');
    }
    return ERR_OK;
}

static void who_of(struct buf *out, const struct rollup_seal *s)
{
    char sign[MINISIGN_SIZE];
    minisign_text(sign, &s->from.sign);
    buf_addf(out, "%s %s", sign, s->file);
}

static struct seen_line *find(const struct seen *s, const struct buf *who)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->line[i].n_who == who->len && memcmp(s->line[i].who, buf_str(who), who->len) == 0)
            return &s->line[i];
    return NULL;
}

static void refuse(struct rollup_file *f, long number)
{
    struct diag d = {0};
    diag_set(&d, ERR_SEAL_REPLAY, 0, NULL, NULL);
    d.number = number;
    rollup_reject(f, &d);
}

/* Those that were taken: refused when older than what was seen, else remembered. */
static void go_through(struct rollup *r, struct seen *s, struct buf *fresh)
{
    for (size_t i = 0; i < r->n_sites; i++) {
        struct rollup_file *f = &r->file[r->site[i]];
        struct buf who = {0};
        if (f->seal == NULL)
            continue;
        who_of(&who, f->seal);
        struct seen_line *line = find(s, &who);
        if (line != NULL && f->seal->number < line->number)
            refuse(f, line->number);
        else if (line != NULL)
            line->number = f->seal->number;
        else
            buf_addf(fresh, "%ld %s\n", f->seal->number, buf_str(&who));
        buf_release(&who);
    }
}

enum err rollup_check_seen(struct rollup *r, const char *path, struct diag *diag)
{
    struct seen s = {0};
    struct buf fresh = {0}, out = {0};
    enum err err = file_exists(path) ? file_read(&s.text, path, SEEN_MAX, diag) : ERR_OK;
    if (err == ERR_OK)
        err = parse(&s, diag);
    if (err == ERR_OK) {
        go_through(r, &s, &fresh);
        rollup_list_sites(r);
        buf_adds(&out, "# monshin: the newest export number seen of each signer and file\n");
        for (size_t i = 0; i < s.n; i++)
            buf_addf(&out, "%ld %.*s\n", s.line[i].number, (int)s.line[i].n_who, s.line[i].who);
        buf_add(&out, buf_str(&fresh), fresh.len);
        err = file_write_new(path, buf_str(&out), out.len, true, diag);
    }
    free(s.line);
    buf_release(&s.text);
    buf_release(&fresh);
    buf_release(&out);
    return err;
}
