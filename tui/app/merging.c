/* See merging.h. */
#include "tui/app/merging.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/gz.h"
#include "core/seal/safe.h"

static enum merge_refusal again(struct merging *m)
{
    struct assessment *merged = NULL;
    enum merge_refusal why = merge_assessments(&merged, m->side[0], m->side[1], m->choice, m->conflict, &m->n_conflicts);
    assessment_free(m->merged);
    m->merged = merged;
    return why;
}

enum merge_refusal merging_begin(struct merging *m, enum merge_choice prefer)
{
    for (int i = 0; i < ITEMS_MAX; i++)
        m->choice[i] = prefer;
    return again(m);
}

void merging_release(struct merging *m)
{
    assessment_free(m->merged);
    m->merged = NULL;
}

void merging_decide(struct merging *m, int i, enum merge_choice choice)
{
    int item = m->conflict[i].item;
    m->choice[item] = choice;
    m->decided[item] = true;
    again(m);
}

int merging_undecided(const struct merging *m)
{
    int n = 0;
    for (int i = 0; i < m->n_conflicts; i++)
        n += !m->decided[m->conflict[i].item];
    return n;
}

/* As it goes to the disk. */
static enum err pack(struct buf *out, const struct merging *m, const struct buf *xml, const char *path, struct diag *diag)
{
    struct buf gz = {0};
    struct safe *safe = NULL;
    const struct buf *bytes = gz_fits_name(path) ? &gz : xml;
    if (m->pass != NULL && safe_new(&safe, m->pass, SAFE_WORK, diag) != ERR_OK)
        return ERR_MEMORY;
    if (bytes == &gz)
        gz_deflate(&gz, buf_str(xml), xml->len);
    if (safe != NULL)
        safe_seal(out, bytes->p, bytes->len, safe);
    else
        buf_add(out, buf_str(bytes), bytes->len);
    safe_release(safe);
    buf_release(&gz);
    return ERR_OK;
}

enum err merging_write(struct merging *m, const char *path, const char *now, struct diag *diag)
{
    struct assessment *a = m->merged;
    struct buf xml = {0}, bytes = {0};
    long revision = a->revision;
    a->revision++;
    a->exported = 0;
    field_set(&a->modified, now, FIELD_MAX, false);
    assessment_write(&xml, a, "monshin " MONSHIN_VERSION);
    enum err err = assessment_fits(a, &xml, diag);
    if (err == ERR_OK)
        err = pack(&bytes, m, &xml, path, diag);
    if (err == ERR_OK)
        err = file_write_new(path, buf_str(&bytes), bytes.len, m->force, diag);
    m->written = err == ERR_OK;
    if (err != ERR_OK)
        a->revision = revision;
    buf_release(&bytes);
    buf_release(&xml);
    return err;
}
