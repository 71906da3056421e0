/* See outcome.h. */
#include "tui/app/outcome.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/app/message.h"

static void clean(struct buf *out, const char *foreign)
{
    text_clean(out, foreign, strlen(foreign), TEXT_ONE_LINE);
}

/* A name is that of a file that somebody here has made, but foreign all the same. */
void outcome_signer(struct buf *out, const struct catalog *cat, const struct rollup_file *f)
{
    char fingerprint[FINGERPRINT_SIZE];
    struct buf name = {0};
    if (f->seal == NULL)
        return;
    if (out->len > 0)
        buf_adds(out, "; ");
    key_fingerprint(fingerprint, &f->seal->from);
    if (f->seal->name != NULL) {
        clean(&name, f->seal->name);
        buf_addf(out, T(cat, "sealed, number %ld, signed by %s"), f->seal->number, buf_str(&name));
    } else {
        buf_addf(out, T(cat, "sealed, number %ld, signed by a key that nobody here has vouched for: %s"), f->seal->number, fingerprint);
    }
    buf_release(&name);
}

void outcome_message(struct buf *out, const struct catalog *cat, const struct rollup *r,
                        const struct rollup_file *f)
{
    struct buf taken = {0};
    clean(&taken, r->file[f->taken].path);
    switch (f->outcome) {
    case ROLLUP_TAKEN:
    case ROLLUP_OUTCOME_COUNT:
        break;
    case ROLLUP_OLDER:
        if (r->file[f->taken].site == NULL)
            buf_addf(out, T(cat, "older: round %s #%ld; %s had a newer one and can no longer be read"), f->site->round, f->site->revision,
                     buf_str(&taken));
        else
            buf_addf(out, T(cat, "older: round %s #%ld; %s has round %s #%ld of this site"), f->site->round, f->site->revision,
                     buf_str(&taken), r->file[f->taken].site->round, r->file[f->taken].site->revision);
        break;
    case ROLLUP_DUPLICATE:
        buf_addf(out, T(cat, "duplicate: says the same as %s"), buf_str(&taken));
        break;
    case ROLLUP_CONFLICT:
        buf_addf(out,
                 T(cat, "conflict: the same site, round and revision as %s, but not the same "
                             "content; see: monshin compare"),
                 buf_str(&taken));
        break;
    case ROLLUP_REJECTED:
        buf_adds(out, T(cat, "rejected: "));
        message_diag(out, cat, f->diag);
        break;
    }
    if (f->site != NULL && f->other_name && r->file[f->taken].site != NULL) {
        buf_adds(out, "; ");
        buf_addf(out, T(cat, "it calls the site %s, the other file %s: one id, one site?"),
                 f->site->name, r->file[f->taken].site->name);
    }
    outcome_signer(out, cat, f);
    buf_release(&taken);
}
